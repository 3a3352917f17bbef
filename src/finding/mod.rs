//! One kind of finding for the whole compiler, and the catalogue of their codes.
//!
//! A finding is made in the same way everywhere and rendered in one place for each format.
//!
//! ```text
//! catalogue    the one table of codes: number, name, gravity, excuse, version
//! baseline     what was there when the lint was adopted
//! fingerprint  how a finding is known again
//! fix          what can be written instead
//! page         what a code means, at length: one file for each in `pages`
//! ```

mod baseline;
mod catalogue;
mod fingerprint;
mod fix;
mod page;

pub use baseline::{Baseline, Held, Stale};
pub use catalogue::{Code, Family};
pub use fingerprint::fingerprints;
pub(crate) use fix::widen_removals;
pub use fix::{Edit, Fix};
pub use page::{Block, Page};

use crate::source::Span;

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The law is not compiled.
    Error,
    /// The law is compiled; `check` fails, unless it is told to fail on errors alone.
    Warning,
    /// Something to know; `check` does not fail, unless it is told to.
    Note,
}

impl Severity {
    /// All, the gravest first.
    pub const ALL: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Note];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }

    /// The severity of that word.
    pub fn named(word: &str) -> Option<Severity> {
        Severity::ALL.into_iter().find(|severity| severity.word() == word)
    }
}

/// Something found in the files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What kind.
    pub code: Code,
    /// How grave it is: as the catalogue says, unless the settings say otherwise.
    pub severity: Severity,
    /// What it is about, by the names that the law gives: the fingerprint is made of it. What does not say it is called
    /// by the names and words at its places.
    pub subject: Vec<String>,
    /// What is wrong, in one sentence: lower case, no full stop, names in backquotes.
    pub message: String,
    /// Where; none only for what lies in no file, such as a folder without rules.
    pub place: Option<Place>,
    /// Other places, possibly in other files.
    pub others: Vec<Place>,
    /// Why it matters.
    pub why: Option<String>,
    /// What to write instead.
    pub help: Option<String>,
    /// How that is written, where a program can do it.
    pub fix: Option<Fix>,
    /// A case for which it is true, as a command line of `ask`.
    pub witness: Option<String>,
    /// The reason for which it is excused.
    pub excused: Option<String>,
    /// The baseline holds it back.
    pub held: bool,
}

/// A place with what is to be seen there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Where.
    pub span: Span,
    /// What is to be seen; may be empty.
    pub label: String,
}

impl Finding {
    /// A finding at a place.
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Finding {
        Finding { place: Some(Place { span, label: String::new() }), ..Finding::nowhere(code, message) }
    }

    /// A finding that lies in no file.
    pub fn nowhere(code: Code, message: impl Into<String>) -> Finding {
        Finding {
            code,
            severity: code.severity(),
            subject: Vec::new(),
            message: message.into(),
            place: None,
            others: Vec::new(),
            why: None,
            help: None,
            fix: None,
            witness: None,
            excused: None,
            held: false,
        }
    }

    /// What it is about: names of the law, in an order that does not depend on the order of files and items.
    #[must_use]
    pub fn about(mut self, subject: impl IntoIterator<Item = String>) -> Finding {
        self.subject = subject.into_iter().collect();
        self
    }

    /// What is to be seen at its place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Finding {
        if let Some(place) = &mut self.place {
            place.label = label.into();
        }
        self
    }

    /// Another place.
    #[must_use]
    pub fn other(mut self, span: Span, label: impl Into<String>) -> Finding {
        self.others.push(Place { span, label: label.into() });
        self
    }

    /// Why it matters.
    #[must_use]
    pub fn why(mut self, why: impl Into<String>) -> Finding {
        self.why = Some(why.into());
        self
    }

    /// What to write instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Finding {
        self.help = Some(help.into());
        self
    }

    /// How a program can correct it.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Finding {
        self.fix = Some(fix);
        self
    }

    /// A command line that shows it.
    #[must_use]
    pub fn witness(mut self, command: impl Into<String>) -> Finding {
        self.witness = Some(command.into());
        self
    }

    /// Nobody excused it, and the baseline does not hold it back.
    pub fn is_open(&self) -> bool {
        self.excused.is_none() && !self.held
    }

    /// It is open and at least as grave as that.
    pub fn counts(&self, from: Severity) -> bool {
        self.severity <= from && self.is_open()
    }
}

/// Puts findings into the order in which they are shown: by file and place, then by code.
pub fn sort(findings: &mut Vec<Finding>) {
    findings.sort_by(|a, b| {
        let key = |finding: &Finding| (finding.place.as_ref().map(|place| place.span), finding.code);
        key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
    });
    findings.dedup();
}
