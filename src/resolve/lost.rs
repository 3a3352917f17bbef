//! What is lost: what could not be read, and what stands in a provision that is not in order. What seems to be missing for
//! that alone is not reported: one slip, one finding.

use std::collections::BTreeSet;

use super::Context;
use super::names::normal;
use crate::compile::is_error;
use crate::source::Span;
use crate::syntax::ast::Ast;
use crate::syntax::{all_words, is_reserved};

/// What may be there although it is not found.
#[derive(Debug, Default)]
pub(crate) struct Lost {
    /// What was not read.
    stretches: Vec<Span>,
    /// The words that stand in what was not read, and its quoted texts with the mark that opens them.
    unread: BTreeSet<String>,
    /// Those of the provisions that are not in order.
    spoilt: BTreeSet<String>,
    /// The names of items that are declared and were not read in full.
    pub(crate) in_part: BTreeSet<String>,
}

impl Lost {
    pub(super) fn of(ast: &Ast<'_>) -> Lost {
        let mut lost = Lost { stretches: ast.unread.clone(), ..Lost::default() };
        for place in &ast.unread {
            lost.unread.extend(all_words(ast.text_of(*place)).map(word));
        }
        lost
    }

    /// The name may be declared in what was not read.
    pub(crate) fn may_declare(&self, name: &str) -> bool {
        !self.unread.is_empty() && self.unread.contains(&*normal(name))
    }

    /// The citation may be that of a provision that was not read.
    pub(crate) fn may_cite(&self, citation: &str) -> bool {
        !self.unread.is_empty() && self.unread.contains(&format!("\"{citation}"))
    }

    /// A rule may speak of the word that was not read, or whose provision is not in order. All provisions are known by now.
    pub(crate) fn may_speak_of(&self, name: &str) -> bool {
        self.may_declare(name) || !self.spoilt.is_empty() && self.spoilt.contains(&*normal(name))
    }

    /// Such a rule may answer the question.
    pub(crate) fn may_answer(&self, question: &str) -> bool {
        if self.unread.is_empty() && self.spoilt.is_empty() {
            return false;
        }
        let mut names = question.split_whitespace().filter(|word| !is_reserved(word)).peekable();
        if names.peek().is_none() {
            return question.split_whitespace().all(|word| self.may_speak_of(word));
        }
        names.all(|name| self.may_speak_of(name))
    }

    /// Some of what stands there was not read.
    pub(crate) fn is_in(&self, place: Span) -> bool {
        self.stretches.iter().any(|lost| lost.file == place.file && place.start <= lost.start && lost.end <= place.end)
    }

    /// A country may be declared in something that is lost.
    pub(crate) fn may_hold_country(&self) -> bool {
        self.may_declare("country")
    }
}

/// A word as names are compared, a quoted text as citations are.
fn word(text: &str) -> String {
    match text.strip_prefix('"') {
        Some(inner) => format!("\"{}", normal(inner).split_whitespace().collect::<Vec<_>>().join(" ")),
        None => normal(text).into_owned(),
    }
}

/// How much has been told.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Told {
    findings: usize,
    passed_over: usize,
}

impl Context {
    /// How much has been told, and passed over because it is told elsewhere.
    pub(crate) fn told(&self) -> Told {
        Told { findings: self.findings.len(), passed_over: self.passed_over }
    }

    /// Something has been told since, or passed over.
    pub(crate) fn has_told(&self, before: Told) -> bool {
        self.told() != before
    }

    /// What has been looked at since is not in order.
    pub(crate) fn is_faulty(&self, before: Told) -> bool {
        self.passed_over > before.passed_over || self.findings[before.findings..].iter().any(is_error)
    }

    /// Notes that something is not all known, for a reason that is told elsewhere.
    pub(super) fn pass_over(&mut self, is_open: bool) {
        self.passed_over += usize::from(is_open);
    }

    /// The text is that of a provision that is not in order.
    pub(super) fn lose(&mut self, text: &str) {
        self.names.lost.spoilt.extend(all_words(text).map(word));
    }
}
