//! Corrects the files as far as a program may: in memory, and checked again after each step.
//!
//! What is reported can carry a [`Fix`](crate::finding::Fix). Those that do not stand in each other's way are tried together, and the files
//! are compiled again. A law that could be read must answer as before, with the same provisions and assumptions, in
//! every case that both know; in one that could not be read, no fault may lie at the words that were written. If it is not so, half of
//! them are tried, and so on: what fails alone is left out.
//!
//! ```text
//! edits   words in the place of others
//! ```

mod edits;

use std::collections::BTreeSet;

use crate::compile::{self, is_error};
use crate::difference::difference;
use crate::finding::{Family, Finding, fingerprints};
use crate::law::{Day, Law};
use crate::source::{Sources, Span};

/// Which corrections are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Those that are safe.
    Safe,
    /// Those too that a lawyer has to want. Even they change no answer of a law that can be read.
    All,
}

/// What came of it.
#[derive(Debug)]
pub struct Mended {
    /// The files as they would be, in their order.
    pub sources: Sources,
    /// What was corrected.
    pub done: Vec<Correction>,
    /// What was left out, since it would have changed an answer or would have been a fault itself.
    pub refused: Vec<Correction>,
    /// How many more corrections there are that are not safe, and were not asked for.
    pub unasked: usize,
}

/// One correction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The file.
    pub path: String,
    /// What was wrong.
    pub message: String,
    /// What was done.
    pub says: String,
}

/// The files with what is found in them.
struct State {
    sources: Sources,
    law: Law,
    findings: Vec<Finding>,
}

/// So many steps lead to an end; more would go round in a circle.
const MOST_STEPS: usize = 200;

/// Corrects the files. `today` is the day on which excuses expire.
pub fn mend(sources: &Sources, today: Option<Day>, extent: Extent) -> Mended {
    let mut state = State::of(sources.clone(), today);
    let (mut done, mut refused, mut left_out) = (Vec::new(), Vec::new(), BTreeSet::new());
    let mut most = usize::MAX;
    for _ in 0..MOST_STEPS {
        let known = fingerprints(&state.sources, &state.findings);
        let open = state.findings.iter().zip(&known).filter(|(finding, print)| {
            let wanted = finding.fix.as_ref().is_some_and(|fix| fix.is_safe || extent == Extent::All);
            wanted && finding.is_open() && !left_out.contains(*print)
        });
        let chosen: Vec<_> =
            edits::compatible(open, |(finding, _)| finding.fix.as_ref()).into_iter().take(most).collect();
        if chosen.is_empty() {
            break;
        }
        let corrections = || chosen.iter().map(|(finding, _)| correction(&state.sources, finding));
        let fixes = chosen.iter().filter_map(|(finding, _)| finding.fix.as_ref());
        let (texts, written) = edits::apply(&state.sources, fixes);
        let next = State::of(texts, today);
        if state.may_become(&next, &written) {
            done.extend(corrections());
            state = next;
            most = usize::MAX;
        } else if let [(_, print)] = chosen[..] {
            refused.extend(corrections());
            left_out.insert(print.clone());
            most = usize::MAX;
        } else {
            most = chosen.len() / 2;
        }
    }
    let is_unasked = |finding: &&Finding| {
        finding.is_open() && extent == Extent::Safe && finding.fix.as_ref().is_some_and(|fix| !fix.is_safe)
    };
    let unasked = state.findings.iter().filter(is_unasked).count();
    Mended { sources: state.sources, done, refused, unasked }
}

fn correction(sources: &Sources, finding: &Finding) -> Correction {
    let path = finding.place.as_ref().map(|place| sources.file(place.span.file).path.clone());
    Correction {
        path: path.unwrap_or_default(),
        message: finding.message.clone(),
        says: finding.fix.as_ref().map(|fix| fix.says.clone()).unwrap_or_default(),
    }
}

impl State {
    fn of(sources: Sources, today: Option<Day>) -> State {
        let (law, findings) = compile::prove(&sources, today);
        State { sources, law, findings }
    }

    /// What is wrong with what is written, and not with what it means.
    fn faults(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| is_error(finding) && finding.code.family() != Family::Proofs)
    }

    /// The step to `next`, in which these places were written, may be made.
    fn may_become(&self, next: &State, written: &[Span]) -> bool {
        if self.faults().next().is_some() {
            let lies_there = |fault: &Finding| {
                let own = fault.place.as_ref().map(|place| place.span);
                own.is_some_and(|own| written.iter().any(|span| edits::meet(own, *span)))
            };
            return !next.faults().any(lies_there);
        }
        next.faults().next().is_none() && self.answers_as(next)
    }

    /// Both answer the same in every case, by the same citations and with the same assumptions. What is too large to be
    /// compared is taken to differ.
    fn answers_as(&self, next: &State) -> bool {
        // Which day it is tells only what kind of change there is.
        let found = difference(&self.law, &next.law, Day::BEGINNING);
        found.changes.is_empty() && found.not_compared.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::State;
    use crate::source::{FileId, SourceFile, Sources, Span};

    const LAW: &str = "country Denmark (DK), Norway (NO)\nmatter transfer \"transfer\" between countries\n\
        instrument a \"A\" { kind treaty governs transfer parties Denmark, Norway }\n\
        provision \"1\" of a { channel is direct assuming \"so it is\" }\n";

    fn state(text: &str) -> State {
        let mut sources = Sources::default();
        sources.add(SourceFile::new("a.rules", text));
        State::of(sources, None)
    }

    /// The law may become what it is with other words.
    fn may(old: &str, new: &str) -> bool {
        state(LAW).may_become(&state(&LAW.replace(old, new)), &[])
    }

    #[test]
    fn a_law_that_can_be_read_keeps_its_answers_provisions_and_assumptions() {
        assert!(may("provision", "# a remark\nprovision"));
        assert!(!may("is direct", "is courts"), "another answer");
        assert!(!may("\"1\"", "\"2\""), "another provision");
        assert!(!may("so it is", "so it may be"), "another assumption");
        assert!(!may("parties Denmark, Norway", "parties Denmark, Norway from 2020-01-01"), "other days");
        assert!(!may("is direct", "is direkt until 9.6.2025"), "it cannot be read any more");
    }

    #[test]
    fn what_is_written_into_a_law_that_cannot_be_read_is_no_fault() {
        let (broken, worse) =
            (LAW.replace("governs transfer", "governs transfre"), LAW.replace("governs transfer", "governs transfe"));
        let place = |text: &str| {
            let offset = |found: Option<usize>| u32::try_from(found.expect("it is there")).expect("a short text");
            Span { file: FileId(0), start: offset(text.find("governs")), end: offset(text.find(" parties")) }
        };
        assert!(state(&broken).may_become(&state(LAW), &[place(LAW)]));
        assert!(!state(&broken).may_become(&state(&worse), &[place(&worse)]));
        let elsewhere = Span { file: FileId(0), start: 0, end: 7 };
        assert!(state(&broken).may_become(&state(&worse), &[elsewhere]));
    }
}
