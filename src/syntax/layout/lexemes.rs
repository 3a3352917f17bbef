//! The words, marks, quoted texts and remarks of a file that the grammar accepts.

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lexeme<'s> {
    pub(super) kind: Kind,
    /// As it is written; a remark without the blanks at its end.
    pub(super) text: &'s str,
    /// Offset of its first byte.
    pub(super) start: usize,
    /// How many line breaks stand between it and the one before.
    pub(super) breaks_before: usize,
}

/// What it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word or a mark.
    Word,
    /// A quoted text, with its quotation marks.
    Text,
    /// From `#` to the end of the line.
    Remark,
}

const BLANKS: [char; 4] = [' ', '\t', '\r', '\n'];

/// All of a file, in order.
pub(super) fn lexemes(text: &str) -> Vec<Lexeme<'_>> {
    let mut lexemes = Vec::new();
    let mut rest = text;
    loop {
        let next = rest.trim_start_matches(BLANKS);
        if next.is_empty() {
            return lexemes;
        }
        let blanks = rest.get(..rest.len() - next.len()).unwrap_or("");
        let (kind, length) = first(next);
        let (written, after) = next.split_at_checked(length).unwrap_or((next, ""));
        let breaks_before = blanks.bytes().filter(|byte| *byte == b'\n').count();
        lexemes.push(Lexeme {
            kind,
            text: if kind == Kind::Remark { written.trim_end_matches(BLANKS) } else { written },
            start: text.len() - next.len(),
            breaks_before,
        });
        rest = after;
    }
}

/// What `text` begins with, and how many bytes of it that are.
fn first(text: &str) -> (Kind, usize) {
    let until = |end: &[char]| text.find(end).unwrap_or(text.len());
    match text.as_bytes().first() {
        Some(b'#') => (Kind::Remark, until(&['\n'])),
        Some(b'"') => (Kind::Text, length_of_text(text)),
        Some(b',' | b'(' | b')' | b'{' | b'}' | b':') => (Kind::Word, 1),
        Some(b'<' | b'>') => (Kind::Word, if text.as_bytes().get(1) == Some(&b'=') { 2 } else { 1 }),
        _ => (Kind::Word, until(&[' ', '\t', '\r', '\n', '#', '"', ',', '(', ')', '{', '}', ':', '<', '>'])),
    }
}

/// The length of the quoted text with which `text` begins, quotation marks included.
fn length_of_text(text: &str) -> usize {
    let mut escaped = true;
    let end = text.bytes().position(|byte| {
        let closes = byte == b'"' && !escaped;
        escaped = !escaped && byte == b'\\';
        closes
    });
    end.map_or(text.len(), |end| end + 1)
}

#[cfg(test)]
mod tests {
    use super::lexemes;

    fn texts(text: &str) -> Vec<&str> {
        lexemes(text).into_iter().map(|lexeme| lexeme.text).collect()
    }

    #[test]
    fn everything_is_cut_where_the_grammar_cuts() {
        assert_eq!(
            texts("fact a:months#b \r\n\"c # \\\" d\"e.f>=2"),
            ["fact", "a", ":", "months", "#b", "\"c # \\\" d\"", "e.f", ">=", "2"]
        );
        assert_eq!(texts(" \r\n\t"), Vec::<&str>::new());
        assert_eq!(texts(r#""\\""a""#), [r#""\\""#, r#""a""#]);
    }

    #[test]
    fn line_breaks_are_counted() {
        let breaks: Vec<_> = lexemes("\na\n\n\n# b\nc d").iter().map(|lexeme| lexeme.breaks_before).collect();
        assert_eq!(breaks, [1, 3, 1, 0]);
    }
}
