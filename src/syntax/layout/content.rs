//! What a file says, apart from how it is laid out: two layouts of one law have the same content.

use super::super::grammar::Rule;
use super::super::text::unquote;
use super::super::tree::Part;
use super::lexemes::{Kind, Lexeme, lexemes};

/// Every form of the grammar that the file uses, in order and with its depth, what its words and texts say, and after
/// which word each remark stands.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Content {
    forms: Vec<(usize, Rule, String)>,
    remarks: Vec<(usize, String)>,
}

impl Content {
    /// Adds an item.
    pub(super) fn item(&mut self, item: Part<'_, '_>) {
        let mut open = vec![(0, item)];
        while let Some((depth, pair)) = open.pop() {
            let inner: Vec<_> = pair.into_inner().collect();
            let said = if inner.is_empty() { said(pair) } else { String::new() };
            self.forms.push((depth, pair.as_rule(), said));
            open.extend(inner.into_iter().rev().map(|pair| (depth + 1, pair)));
        }
    }

    /// Adds the remarks of a file.
    pub(super) fn remarks(&mut self, lexemes: &[Lexeme<'_>]) {
        let mut words = 0;
        for lexeme in lexemes {
            if lexeme.kind == Kind::Remark {
                self.remarks.push((words, lexeme.text.to_owned()));
            } else {
                words += 1;
            }
        }
    }
}

/// What a form without parts says: the value of a text, the words of a phrase.
fn said(pair: Part<'_, '_>) -> String {
    let written = pair.as_str();
    if pair.as_rule() == Rule::text {
        let inner = written.get(1..written.len().saturating_sub(1)).unwrap_or("");
        return unquote(inner).0.into_owned();
    }
    let words = lexemes(written).into_iter().filter(|lexeme| lexeme.kind != Kind::Remark);
    words.map(|lexeme| lexeme.text).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::Content;
    use crate::source::{FileId, SourceFile};
    use crate::syntax::layout::read;

    fn content(text: &str) -> Content {
        let file = SourceFile::new("a.rules", text);
        match read(FileId(0), &file) {
            Ok(written) => written.content,
            Err(findings) => panic!("{findings:?}"),
        }
    }

    #[test]
    fn blanks_are_no_content() {
        let written = "never a and (b or not c) because \"x y\" # r\nact send \"s\"";
        let otherwise = "never a\n  and(b\tor not  c)because\"x  \n y\"\n  # r  \r\n\n act send\n\"s\"\n";
        assert_eq!(content(written), content(otherwise));
    }

    #[test]
    fn everything_else_is() {
        let written = "never a and (b or c) because \"x y\" # r\n# s\nact send \"s\"";
        for (from, to) in [
            ("a and", "d and"),
            ("(b or c)", "b and c"),
            ("(b or c)", "(b and c)"),
            ("(b or c)", "((b or c))"),
            ("x y", "x  y"),
            ("x y", "x\\ny"),
            ("# r", "# R"),
            ("# r\n# s", "# s\n# r"),
            ("# r\n# s\nact", "# r\nact # s\n"),
            ("# r\n# s", "# r"),
            ("act", "item"),
        ] {
            let other = written.replacen(from, to, 1);
            assert!(other != written && content(&other) != content(written), "{other}");
        }
    }
}
