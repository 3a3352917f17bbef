//! Files and places in them. Everything that is reported has a [`Span`]; nothing that decides needs one.

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
    line_starts: Vec<u32>,
}

impl SourceFile {
    /// `text` is at most 4 GiB long; the loader sees to that.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let mut line_starts = vec![0];
        line_starts.extend((1u32..).zip(text.bytes()).filter(|(_, byte)| *byte == b'\n').map(|(next, _)| next));
        SourceFile { path: path.into(), text, line_starts }
    }

    /// Line (from 0) that holds the byte.
    pub fn line_of(&self, offset: u32) -> usize {
        self.line_starts.partition_point(|start| *start <= offset) - 1
    }

    /// Line and column of a byte, both from 1; columns count characters.
    pub fn line_column(&self, offset: u32) -> (usize, usize) {
        let line = self.line_of(offset);
        let before = self.text.get(self.line_starts[line] as usize..offset as usize).unwrap_or("");
        (line + 1, before.chars().count() + 1)
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

    /// All files with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        (0u32..).map(FileId).zip(&self.files)
    }

    /// The text under a span.
    pub fn text(&self, span: Span) -> &str {
        self.file(span.file).text.get(span.start as usize..span.end as usize).unwrap_or("")
    }
}
