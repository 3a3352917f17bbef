//! What the grammar refused, and how it would read on with other words there: no advice is given before it was tried.

use pest::error::{Error, ErrorVariant};

use super::grammar::{self, Rule};
use super::recover::place_of;
use super::words::{first_word, skip_blanks};

/// A refusal: the part that was read, by which rule, and where it stopped.
#[derive(Clone, Copy)]
pub(super) struct Refused<'p> {
    pub(super) rule: Rule,
    pub(super) part: &'p str,
    /// Where the grammar could not go on.
    pub(super) at: usize,
    /// What it had read.
    pub(super) before: &'p str,
    /// What follows.
    pub(super) rest: &'p str,
    /// What could have followed instead.
    pub(super) expected: &'p [Rule],
}

impl<'p> Refused<'p> {
    pub(super) fn new(rule: Rule, part: &'p str, error: &'p Error<Rule>) -> Refused<'p> {
        let at = place_of(error).min(part.len());
        let (before, rest) = part.split_at_checked(at).unwrap_or((part, ""));
        Refused { rule, part, at: before.len(), before, rest, expected: expected(error) }
    }

    /// One of these could have followed.
    pub(super) fn expects(&self, rules: &[Rule]) -> bool {
        rules.iter().any(|rule| self.expected.contains(rule))
    }

    /// The part with `words` in the place of what stands between two offsets.
    pub(super) fn with(&self, from: usize, to: usize, words: &str) -> String {
        let before = self.part.get(..from).unwrap_or("");
        format!("{before}{words}{}", self.part.get(to..).unwrap_or(""))
    }

    /// With `words` in the place of what stands between two offsets, these are read.
    pub(super) fn takes(&self, from: usize, to: usize, words: &str) -> bool {
        self.reads(&self.with(from, to, words), from + words.len())
    }

    /// With `words` in the place of what stands between two offsets, these are read and the word after them too.
    pub(super) fn leads_on(&self, from: usize, to: usize, words: &str) -> bool {
        let text = self.with(from, to, words);
        let rest = text.get(from + words.len()..).unwrap_or("");
        let next = skip_blanks(rest);
        let end = text.len() - next.len() + token(next).len();
        self.reads(&text, end)
    }

    /// The text is read whole, or further than to that place.
    pub(super) fn reads(&self, text: &str, to: usize) -> bool {
        match grammar::read(self.rule, text) {
            Ok(_) => true,
            Err(error) => place_of(&error) > to,
        }
    }
}

/// What could have followed where a reading stopped.
pub(super) fn expected(error: &Error<Rule>) -> &[Rule] {
    match &error.variant {
        ErrorVariant::ParsingError { positives, .. } => positives,
        ErrorVariant::CustomError { .. } => &[],
    }
}

/// What `text` begins with: a word, an office with its country, a quoted text, or a mark.
pub(super) fn token(text: &str) -> &str {
    let length = match text.chars().next() {
        None => 0,
        Some('"') => quoted_length(text),
        Some(first) => {
            let word = first_word(text).len();
            let office =
                text.get(word..).and_then(|rest| rest.strip_prefix('.')).map_or(0, |rest| first_word(rest).len());
            match (word, office) {
                (0, _) => first.len_utf8(),
                (word, 0) => word,
                (word, office) => word + 1 + office,
            }
        }
    };
    text.get(..length).unwrap_or(text)
}

/// How long the quoted text is with which `text` begins.
fn quoted_length(text: &str) -> usize {
    let mut escaped = false;
    let end = text.bytes().skip(1).position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    end.map_or(text.len(), |end| end + 2)
}

/// Where the last word, office or quoted text of `text` begins; blanks at its end do not count.
pub(super) fn last_token(text: &str) -> usize {
    let mut scanned = text.len() - skip_blanks(text).len();
    let mut last = scanned;
    while scanned < text.len() {
        last = scanned;
        let rest = text.get(scanned..).unwrap_or("");
        scanned += token(rest).len().max(1);
        scanned = text.len() - skip_blanks(text.get(scanned..).unwrap_or("")).len();
    }
    last
}
