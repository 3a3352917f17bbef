//! A walk over a text that sees no more than is needed to cut it: quoted texts and comments, braces and parentheses, and
//! the words at which lines begin.

use super::words::{begins_item_in_text, is_word_char};

/// Something that matters for cutting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// The first word of a line, or the first after a closing brace.
    Word {
        /// It is the very first thing on its line.
        at_margin: bool,
    },
    Open,
    Close,
    ParenOpen,
    ParenClose,
    /// A quoted text that is not closed; the walk goes on at the end of its line.
    UnclosedText,
}

/// The walk.
pub(super) struct Scanner<'s> {
    text: &'s str,
    at: usize,
    /// Nothing but blanks since the start of the line or the last closing brace.
    fresh: bool,
    last_text: Option<QuotedText>,
}

/// How the last search for a closing quotation mark ended. What was escaped in one search is what opens the next one, so
/// a search that starts inside an earlier one ends at the same place; without this a file of `\"` takes quadratic time.
#[derive(Clone, Copy)]
struct QuotedText {
    start: usize,
    /// The closing mark; or where an item, or the end of the file, came before one.
    stop: usize,
    /// The last line break before `stop`.
    last_break: Option<usize>,
    closed: bool,
}

/// Bytes at which the walk has something to do.
const STOPS: [bool; 256] = {
    let mut stops = [false; 256];
    let marks = b"\n#\"{}()";
    let mut index = 0;
    while index < marks.len() {
        stops[marks[index] as usize] = true;
        index += 1;
    }
    stops
};

impl<'s> Scanner<'s> {
    pub(super) fn new(text: &'s str) -> Scanner<'s> {
        Scanner { text, at: 0, fresh: true, last_text: None }
    }

    /// The next mark and where it stands.
    pub(super) fn next(&mut self) -> Option<(usize, Mark)> {
        let bytes = self.text.as_bytes();
        loop {
            let at = self.at;
            let byte = *bytes.get(at)?;
            if self.fresh && !matches!(byte, b' ' | b'\t' | b'\r' | b'\n') {
                self.fresh = false;
                if byte >= 0x80 || byte == b'_' || is_word_char(char::from(byte)) {
                    let at_margin = at == 0 || bytes.get(at - 1) == Some(&b'\n');
                    return Some((at, Mark::Word { at_margin }));
                }
            }
            self.at += 1;
            match byte {
                b'\n' => self.fresh = true,
                b'#' => self.at = self.line_end(at),
                b'"' => {
                    let Some(end) = self.end_of_text(at) else {
                        self.at = self.line_end(at);
                        return Some((at, Mark::UnclosedText));
                    };
                    self.at = end;
                }
                b'{' => return Some((at, Mark::Open)),
                b'}' => {
                    self.fresh = true;
                    return Some((at, Mark::Close));
                }
                b'(' => return Some((at, Mark::ParenOpen)),
                b')' => return Some((at, Mark::ParenClose)),
                _ if self.fresh => {}
                _ => {
                    let rest = bytes.get(self.at..).unwrap_or_default();
                    self.at += rest.iter().position(|byte| STOPS[usize::from(*byte)]).unwrap_or(rest.len());
                }
            }
        }
    }

    /// The end of the line that holds the byte.
    fn line_end(&self, at: usize) -> usize {
        let rest = self.text.as_bytes().get(at..).unwrap_or_default();
        at + rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len())
    }

    /// The byte after the quoted text that opens at `open`; none if it is not closed. A text that runs over lines up to
    /// a mark that a letter follows is not closed: that mark opens another text.
    fn end_of_text(&mut self, open: usize) -> Option<usize> {
        let found = match self.last_text {
            Some(last) if last.start < open && open < last.stop => last,
            _ => self.search(open),
        };
        self.last_text = Some(found);
        let over_lines = found.last_break.is_some_and(|line_break| line_break > open);
        let letter_follows = || self.text.get(found.stop + 1..).is_some_and(|rest| rest.starts_with(is_word_char));
        (found.closed && !(over_lines && letter_follows())).then_some(found.stop + 1)
    }

    fn search(&self, open: usize) -> QuotedText {
        let bytes = self.text.as_bytes();
        let mut found = QuotedText { start: open, stop: bytes.len(), last_break: None, closed: false };
        let mut at = open + 1;
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'"' => return QuotedText { stop: at, closed: true, ..found },
                b'\\' if bytes.get(at + 1).is_some_and(|next| *next != b'\n') => at += 1,
                b'\n' => {
                    found.last_break = Some(at);
                    if self.text.get(at + 1..).is_some_and(begins_item_in_text) {
                        return QuotedText { stop: at + 1, ..found };
                    }
                }
                _ => {}
            }
            at += 1;
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::{Mark, Scanner};

    fn marks(text: &str) -> Vec<(usize, Mark)> {
        let mut scanner = Scanner::new(text);
        std::iter::from_fn(|| scanner.next()).collect()
    }

    #[test]
    fn braces_in_texts_and_comments_do_not_count() {
        assert_eq!(
            marks("act \"{\" { # }\n  } b"),
            [
                (0, Mark::Word { at_margin: true }),
                (8, Mark::Open),
                (16, Mark::Close),
                (18, Mark::Word { at_margin: false })
            ]
        );
    }

    #[test]
    fn a_text_that_is_not_closed_ends_with_its_line() {
        let word = Mark::Word { at_margin: true };
        assert_eq!(marks("a \"b {\nact c \"d\"\n"), [(0, word), (2, Mark::UnclosedText), (7, word)]);
        assert_eq!(marks("a \"b\nc \"d\"\n"), [(0, word), (2, Mark::UnclosedText), (5, word)]);
        assert_eq!(marks("a \"b\nc\" d\n"), [(0, word)]);
    }

    #[test]
    fn a_million_escaped_marks() {
        let text = "\\\"\n".repeat(100_000);
        assert_eq!(marks(&text).len(), 100_000);
    }
}
