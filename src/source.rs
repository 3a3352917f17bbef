//! Files and places in them. Everything that is reported has a [`Span`]; nothing that decides needs one.

use std::borrow::Cow;

/// Which file of [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A stretch of one file: byte offsets, half-open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// First byte after it.
    pub end: u32,
}

impl Span {
    /// The stretch from the start of `self` to the end of `other`, which lies in the same file.
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        Span { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// One file, decoded.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// As the user named it, with `/` between folders; shown, never written into an artifact.
    pub path: String,
    /// The text, without a byte-order mark.
    pub text: String,
    /// The file begins with a byte-order mark, which is no part of the text.
    is_marked: bool,
    line_starts: Vec<u32>,
    /// How many characters begin before each multiple of [`STRIDE`] bytes, so that a column far along a line of many
    /// megabytes is found at once.
    characters_before: Vec<u32>,
}

/// Bytes from one count of characters to the next.
const STRIDE: usize = 4096;

impl SourceFile {
    /// `text` is at most 4 GiB long; the loader sees to that.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let mut line_starts = vec![0];
        let next = |(at, _): (usize, &str)| u32::try_from(at + 1).unwrap_or(u32::MAX);
        line_starts.extend(text.match_indices('\n').map(next));
        let mut count = 0;
        let mut characters_before = Vec::with_capacity(text.len() / STRIDE + 1);
        for chunk in text.as_bytes().chunks(STRIDE) {
            characters_before.push(count);
            count += begun(chunk);
        }
        SourceFile { path: path.into(), text, is_marked: false, line_starts, characters_before }
    }

    /// The same, of a file that begins with a byte-order mark.
    #[must_use]
    pub fn marked(self) -> Self {
        SourceFile { is_marked: true, ..self }
    }

    /// The file with another text.
    #[must_use]
    pub fn with_text(&self, text: String) -> Self {
        SourceFile { is_marked: self.is_marked, ..SourceFile::new(self.path.clone(), text) }
    }

    /// Where a byte of the text stands in the file.
    pub fn byte_in_file(&self, offset: u32) -> u32 {
        if self.is_marked { offset.saturating_add(3) } else { offset }
    }

    /// A text as the file would hold it, with the byte-order mark that it begins with.
    pub fn as_in_file<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.is_marked { Cow::Owned(format!("\u{feff}{text}")) } else { Cow::Borrowed(text) }
    }

    /// Line (from 0) that holds the byte.
    pub fn line_of(&self, offset: u32) -> usize {
        self.line_starts.partition_point(|start| *start <= offset) - 1
    }

    /// Line and column of a byte, both from 1; columns count characters.
    pub fn line_column(&self, offset: u32) -> (usize, usize) {
        let line = self.line_of(offset);
        let column = self.characters_until(offset as usize) - self.characters_until(self.line_start(line));
        (line + 1, column as usize + 1)
    }

    /// How many characters begin before the byte.
    fn characters_until(&self, offset: usize) -> u32 {
        let offset = offset.min(self.text.len());
        let whole = (offset / STRIDE).min(self.characters_before.len().saturating_sub(1));
        let counted = self.characters_before.get(whole).copied().unwrap_or(0);
        counted + self.text.as_bytes().get(whole * STRIDE..offset).map_or(0, begun)
    }

    /// Byte offset at which a line (from 0) starts; the end of the text for a line beyond it.
    pub fn line_start(&self, line: usize) -> usize {
        self.line_starts.get(line).map_or(self.text.len(), |start| *start as usize)
    }

    /// How many lines there are, at least one.
    pub fn line_count(&self) -> usize {
        self.line_starts.len()
    }
}

/// How many characters begin in a part of a text.
fn begun(bytes: &[u8]) -> u32 {
    // a byte of the form 10xxxxxx continues a character
    bytes.iter().map(|byte| u32::from(byte & 0b1100_0000 != 0b1000_0000)).sum()
}

/// All files of one body of law, in the order in which they were named and found.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// Adds a file and says how it is called from now on.
    ///
    /// # Panics
    /// With more than four thousand million files.
    pub fn add(&mut self, file: SourceFile) -> FileId {
        self.files.push(file);
        FileId(u32::try_from(self.files.len() - 1).expect("fewer files than that"))
    }

    /// The file.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// The same files under other names.
    #[must_use]
    pub fn renamed(mut self, name: impl Fn(&str) -> String) -> Sources {
        for file in &mut self.files {
            file.path = name(&file.path);
        }
        self
    }

    /// All files with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        (0u32..).map(FileId).zip(&self.files)
    }

    /// The text under a span.
    pub fn text(&self, span: Span) -> &str {
        self.file(span.file).text.get(span.start as usize..span.end as usize).unwrap_or("")
    }
}

#[cfg(test)]
mod tests {
    use super::{STRIDE, SourceFile};

    #[test]
    fn a_column_counts_characters_however_far_along_the_line() {
        let line = "Åland ".repeat(STRIDE);
        let file = SourceFile::new("far.rules", format!("first\n{line}\nlast"));
        let start = file.line_start(1);
        for characters in [0, 1, 2, STRIDE - 1, STRIDE, STRIDE + 1, 6 * STRIDE] {
            let bytes: usize = line.chars().take(characters).map(char::len_utf8).sum();
            let offset = u32::try_from(start + bytes).expect("a short file");
            assert_eq!(file.line_column(offset), (2, characters + 1));
        }
        assert_eq!(file.line_column(u32::try_from(file.text.len()).expect("a short file")), (3, 5));
        assert_eq!(SourceFile::new("empty.rules", "").line_column(0), (1, 1));
    }
}
