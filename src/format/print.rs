//! Writes lines out.

use unicode_width::UnicodeWidthStr;

use super::STEP;
use super::lines::{Line, Word};

/// The text of a file.
pub(super) fn print(lines: &[Line<'_>]) -> String {
    let mut page = Page::default();
    for line in lines {
        let remarks = line.remark_depth * STEP;
        for remark in &line.remarks {
            if remark.paragraph {
                page.text.push('\n');
            }
            page.begin(remarks);
            page.put(remark.text);
            page.end();
        }
        if line.paragraph {
            page.text.push('\n');
        }
        page.begin(line.indent());
        for (at, word) in line.words.iter().enumerate() {
            page.word(word, at == 0);
        }
        page.end();
    }
    page.text
}

#[derive(Default)]
struct Page {
    text: String,
    /// How many columns the line takes so far.
    column: usize,
    /// Blanks that are written once something follows.
    blanks: usize,
}

impl Page {
    fn begin(&mut self, indent: usize) {
        self.column = 0;
        self.blanks = indent;
    }

    fn end(&mut self) {
        if self.column > 0 {
            self.text.push('\n');
        }
        self.column = 0;
    }

    fn put(&mut self, text: &str) {
        self.text.extend(std::iter::repeat_n(' ', self.blanks));
        self.text.push_str(text);
        self.column += self.blanks + text.width();
        self.blanks = 0;
    }

    fn word(&mut self, word: &Word<'_>, first: bool) {
        if let Some(indent) = word.broken {
            self.end();
            for remark in &word.above {
                self.begin(indent);
                self.put(remark);
                self.end();
            }
            self.begin(indent);
        } else if !first {
            self.blanks = word.blanks();
        }
        self.quoted(word.text);
        if let Some(remark) = word.behind {
            self.blanks = 2;
            self.put(remark);
        }
    }

    /// A word, or a text, of which each line begins below its first character.
    fn quoted(&mut self, text: &str) {
        let column = self.column + self.blanks + 1;
        for (at, line) in text.split('\n').map(|line| line.trim_matches([' ', '\t', '\r'])).enumerate() {
            if at > 0 {
                if line.is_empty() {
                    continue;
                }
                self.end();
                self.begin(column);
            }
            self.put(line);
        }
    }
}
