//! A file as it is written: its words, marks and remarks in order, each with how it may stand to the one before.
//!
//! This is what a layout is made from. The tree of the law has neither remarks nor spelling, so it is not used here; the
//! roles come from the pairs of the grammar, and what a file says is compared by them too ([`Content`]).

mod content;
mod lexemes;
mod roles;

pub(crate) use content::Content;

use crate::finding::{Code, Finding};
use crate::source::{FileId, SourceFile};

use super::ast::Ast;
use super::grammar::{self, Rule};
use super::{LONGEST, parse_file, span, split};
use lexemes::{Kind, Lexeme};
use roles::Roles;

/// A word, a mark, a quoted text or a remark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token<'s> {
    /// As it is written; a remark without the blanks at its end.
    pub(crate) text: &'s str,
    /// How many line breaks stand before it.
    pub(crate) breaks_before: usize,
    /// How it stands to the token before it.
    pub(crate) gap: Gap,
    /// The column that it begins in a list of alike lines.
    pub(crate) column: Option<Column>,
}

/// How a token stands to the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gap {
    /// It begins an item.
    Item(List),
    /// It begins a line of a block.
    Statement(List),
    /// It begins a line of its own, moved right, in its item or statement.
    Part(List),
    /// It opens a block whose statements stand on lines of their own.
    Open,
    /// It closes one.
    Close,
    /// A blank, or a line break where the line gets too long.
    Fold(Fold),
    /// A blank.
    Blank,
    /// Nothing.
    Tight,
    /// It is a remark.
    Remark,
}

/// Where a line that is too long is broken first: the smallest comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fold(pub(crate) u16);

impl Fold {
    /// Before a clause: a condition, an assumption, a relation to other texts. Where one is, all are.
    pub(crate) const CLAUSE: Fold = Fold(1);
    /// Before a part of a statement: its scope, its answer, a title.
    pub(crate) const PART: Fold = Fold(2);
    /// Between scopes that belong together, and before an exception.
    pub(crate) const SCOPE: Fold = Fold(3);
    /// Between `from` and `until`.
    pub(crate) const DAYS: Fold = Fold(4);
    /// In a list.
    pub(crate) const LIST: Fold = Fold(5);

    /// The same, in so many parentheses.
    fn within(self, parentheses: u16) -> Fold {
        Fold(self.0.saturating_add(parentheses.saturating_mul(3)))
    }
}

/// Lines that line up where they stand together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the list of what it names")]
pub(crate) enum List {
    Declarations,
    Authorities,
    Particulars,
    Precedences,
    AuthorityRules,
    LanguageRules,
    Transmissions,
    Deadlines,
    Maxima,
    Criteria,
    CriteriaModes,
    Bases,
    Conducts,
    Grounds,
    Write,
    Tick,
    Choices,
    Expectations,
    /// It lines up with nothing.
    Alone,
}

/// A column of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is named for what stands in it")]
pub(crate) enum Column {
    /// What a first word says something about.
    Subject,
    Title,
    Kind,
    Members,
    Country,
    Sides,
    Days,
    Basis,
    Block,
    Over,
    Scope,
    Strength,
    Clause,
    Shows,
    Answer,
}

/// A file, read for its layout.
pub(crate) struct Written<'s> {
    /// Its tokens in order.
    pub(crate) tokens: Vec<Token<'s>>,
    /// What it says.
    pub(crate) content: Content,
}

/// Reads a file for its layout.
///
/// # Errors
/// What is wrong with how it is written. Names need not be declared.
pub(crate) fn read(id: FileId, file: &SourceFile) -> Result<Written<'_>, Vec<Finding>> {
    let mut findings = parse_file(id, file, &mut Ast::default());
    if !findings.is_empty() {
        return Err(findings);
    }
    let lexemes = lexemes::lexemes(&file.text);
    let mut roles = Roles::default();
    let mut content = Content::default();
    for chunk in split::split(id, &file.text, &mut findings) {
        let text = file.text.get(chunk.start..chunk.end).unwrap_or("");
        let long = text.len() > LONGEST;
        let Some(tree) = (!long).then(|| grammar::read(Rule::chunk, text)).and_then(Result::ok) else {
            let message = format!("an item of more than {LONGEST} bytes cannot be laid out");
            return Err(vec![Finding::new(Code::TooLong, span(id, chunk.start, chunk.start), message)]);
        };
        for item in tree.view().forms() {
            content.item(item);
            roles.item(chunk.start, item);
        }
    }
    content.remarks(&lexemes);
    Ok(Written { tokens: tokens(&lexemes, &roles), content })
}

/// A file that can be read, without its remarks and the blanks before them; every word stays on its line and in its column.
pub(crate) fn without_remarks(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut from = 0;
    for remark in lexemes::lexemes(text).iter().filter(|lexeme| lexeme.kind == Kind::Remark) {
        kept.push_str(text.get(from..remark.start).unwrap_or("").trim_end_matches([' ', '\t']));
        from = remark.start + remark.text.len();
    }
    kept.push_str(text.get(from..).unwrap_or(""));
    kept
}

/// Gives each lexeme its role. What the grammar says nothing of follows from the mark itself.
fn tokens<'s>(lexemes: &[Lexeme<'s>], roles: &Roles) -> Vec<Token<'s>> {
    let mut tokens = Vec::with_capacity(lexemes.len());
    let mut parentheses = 0u16;
    let mut before = "";
    for lexeme in lexemes {
        let role = roles.at(lexeme.start);
        let gap = match (lexeme.kind, lexeme.text) {
            (Kind::Remark, _) => Gap::Remark,
            (_, "," | ")") => Gap::Tight,
            _ if before == "(" => Gap::Tight,
            _ => match role.gap {
                Some(Gap::Fold(fold)) => Gap::Fold(fold.within(parentheses)),
                Some(gap) => gap,
                None if before == "," => Gap::Fold(Fold::LIST.within(parentheses)),
                None => Gap::Blank,
            },
        };
        tokens.push(Token { text: lexeme.text, breaks_before: lexeme.breaks_before, gap, column: role.column });
        if lexeme.kind != Kind::Remark {
            before = lexeme.text;
        }
        match lexeme.text {
            "(" => parentheses = parentheses.saturating_add(1),
            ")" => parentheses = parentheses.saturating_sub(1),
            _ => {}
        }
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::without_remarks;

    #[test]
    fn without_remarks_every_word_stays_where_it_is() {
        let text = "# a\r\nact b \"# c\\\" # d\" # e\n\n  #\n  f#g # h\n#";
        assert_eq!(without_remarks(text), "\r\nact b \"# c\\\" # d\"\n\n\n  f\n");
        assert_eq!(without_remarks("act b "), "act b ");
    }
}
