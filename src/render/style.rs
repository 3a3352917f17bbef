//! Colours and widths of what people read.

/// How a report is to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// In colour.
    pub color: bool,
    /// How many characters a line has.
    pub width: usize,
}

/// What a piece of text is, which decides its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant is what it says")]
pub enum Ink {
    Strong,
    Faint,
    Good,
    Bad,
    Doubtful,
    Guide,
}

impl Look {
    /// Text as it is printed in black and white, 100 characters wide.
    pub const PLAIN: Look = Look { color: false, width: 100 };

    /// The text in its colour.
    pub fn ink(self, ink: Ink, text: &str) -> String {
        if !self.color {
            return text.to_owned();
        }
        let code = match ink {
            Ink::Strong => "1",
            Ink::Faint => "2",
            Ink::Good => "1;32",
            Ink::Bad => "1;31",
            Ink::Doubtful => "1;33",
            Ink::Guide => "36",
        };
        format!("\x1b[{code}m{text}\x1b[0m")
    }

    /// The text broken into lines at its blanks, each line with `indent` blanks before it but for the first. A word that
    /// is longer than a line is not broken.
    pub fn wrapped(self, text: &str, indent: usize) -> String {
        let room = self.width.saturating_sub(indent).max(20);
        let mut out = String::new();
        let mut used = 0;
        for word in text.split_whitespace() {
            let length = word.chars().count();
            if used > 0 && used + 1 + length > room {
                out.push('\n');
                out.push_str(&" ".repeat(indent));
                used = 0;
            } else if used > 0 {
                out.push(' ');
                used += 1;
            }
            out.push_str(word);
            used += length;
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::{Ink, Look};

    #[test]
    fn long_texts_are_broken_between_words() {
        let look = Look { color: false, width: 26 };
        assert_eq!(look.wrapped("one two three four five six", 4), "one two three four\n    five six");
        assert_eq!(look.wrapped("", 4), "");
        assert_eq!(look.wrapped(&"x".repeat(50), 4), "x".repeat(50));
    }

    #[test]
    fn colour_is_only_where_it_was_asked_for() {
        assert_eq!(Look::PLAIN.ink(Ink::Bad, "no"), "no");
        assert_eq!(Look { color: true, width: 80 }.ink(Ink::Bad, "no"), "\x1b[1;31mno\x1b[0m");
    }
}
