//! What can be written instead, so exactly that a program can write it.

use crate::source::{Sources, Span};

use super::Finding;

/// A correction of the files that takes a finding away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does: lower case, no full stop, names in backquotes.
    pub says: String,
    /// What is written; no two of one fix overlap.
    pub edits: Vec<Edit>,
    /// It keeps every answer with its grounds, or only lets something be read that could not be. What is not safe is for a
    /// lawyer to decide.
    pub is_safe: bool,
}

/// Words in the place of others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// What they stand in the place of; nothing, where it is empty.
    pub span: Span,
    /// The new words; none, where something is taken out.
    pub words: String,
}

impl Fix {
    /// Writes words in the place of others. It is safe.
    pub fn replace(span: Span, words: impl Into<String>) -> Fix {
        let words = words.into();
        Fix { says: format!("write `{words}`"), edits: vec![Edit { span, words }], is_safe: true }
    }

    /// Takes something out, with the blanks and the empty line that would be left. It is safe.
    pub fn remove(span: Span, says: impl Into<String>) -> Fix {
        Fix { says: says.into(), edits: vec![Edit { span, words: String::new() }], is_safe: true }
    }

    /// For a lawyer to decide.
    #[must_use]
    pub fn unsafely(self) -> Fix {
        Fix { is_safe: false, ..self }
    }
}

/// Lets what is taken out go with its blanks. To be done once, when the files are at hand.
pub(crate) fn widen_removals(sources: &Sources, findings: &mut [Finding]) {
    let edits = findings.iter_mut().filter_map(|finding| finding.fix.as_mut()).flat_map(|fix| &mut fix.edits);
    for edit in edits.filter(|edit| edit.words.is_empty()) {
        edit.span = with_its_blanks(&sources.file(edit.span.file).text, edit.span);
    }
}

/// What stands alone on its lines goes with them, and with one of two empty lines around it; anything else with the
/// blanks before it.
fn with_its_blanks(text: &str, span: Span) -> Span {
    let (Some(before), Some(after)) = (text.get(..span.start as usize), text.get(span.end as usize..)) else {
        return span;
    };
    let blank = [' ', '\t'];
    let before_blanks = before.trim_end_matches(blank);
    let (rest_of_line, below) = after.split_once('\n').unwrap_or((after, ""));
    let begins_line = before_blanks.is_empty() || before_blanks.ends_with('\n');
    if !begins_line || !rest_of_line.trim().is_empty() {
        let start = if begins_line { before.len() } else { before_blanks.len() };
        // at the beginning of a line the blanks after it go, and what follows takes its place
        let after_blanks = if begins_line { after.len() - after.trim_start_matches(blank).len() } else { 0 };
        return cut(span, start, text.len() - after.len() + after_blanks);
    }
    let (mut start, mut end) = (before_blanks.len(), text.len() - below.len());
    let above = before_blanks.strip_suffix('\n').map_or(before_blanks, |above| above.trim_end_matches('\r'));
    let is_empty_above = above.is_empty() || above.ends_with('\n');
    let (next, further) = below.split_once('\n').unwrap_or((below, ""));
    if is_empty_above && below.is_empty() {
        // nothing follows: the file ends with what stands above
        start = above.trim_end_matches(['\r', '\n', ' ', '\t']).len();
        start += text.get(start..).and_then(|rest| rest.find('\n')).map_or(0, |line_end| line_end + 1).min(end - start);
        start = start.min(before_blanks.len());
    } else if is_empty_above && next.trim().is_empty() {
        end = text.len() - further.len();
    }
    cut(span, start, end)
}

fn cut(span: Span, start: usize, end: usize) -> Span {
    let place = |offset: usize, own: u32| u32::try_from(offset).unwrap_or(own);
    Span { start: place(start, span.start), end: place(end, span.end), ..span }
}

#[cfg(test)]
mod tests {
    use super::with_its_blanks;
    use crate::source::{FileId, Span};

    /// What is left of a text when what stands between `<` and `>` is taken out.
    fn left(marked: &str) -> String {
        let start = marked.find('<').expect("a beginning");
        let end = marked.find('>').expect("an end") - 1;
        let text = marked.replacen('<', "", 1).replacen('>', "", 1);
        let place = |offset: usize| u32::try_from(offset).expect("a short text");
        let span = with_its_blanks(&text, Span { file: FileId(0), start: place(start), end: place(end) });
        format!("{}{}", &text[..span.start as usize], &text[span.end as usize..])
    }

    #[test]
    fn what_is_taken_out_leaves_no_hole() {
        for (marked, expected) in [
            ("provision a <notwithstanding b> {\n}\n", "provision a {\n}\n"),
            ("x {\n  kind treaty\n  <prevails over b>\n}\n", "x {\n  kind treaty\n}\n"),
            ("x {\n  <prevails over b> # a remark\n}\n", "x {\n  # a remark\n}\n"),
            ("x\n\n<excuse a\n  because b>\n\ny\n", "x\n\ny\n"),
            ("x\n<excuse a>\ny\n", "x\ny\n"),
            ("x\n\n<excuse a>\ny\n", "x\n\ny\n"),
            ("x\n\n<excuse a>\n", "x\n"),
            ("x\n\n<excuse a>", "x\n"),
            ("x\r\n\r\n<excuse a>\r\n\r\ny\r\n", "x\r\n\r\ny\r\n"),
            ("<excuse a>\n\ny\n", "y\n"),
            ("<excuse a>", ""),
            ("  <excuse a>\n", ""),
        ] {
            assert_eq!(left(marked), expected, "{marked:?}");
        }
    }
}
