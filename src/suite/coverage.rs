//! Which parts of the law the tests reach: what no test expects, nobody has looked at.
//!
//! A part is a line (one question, one region, one answer), so that each act, item, side and branch of a rule counts for
//! itself, opposites and `otherwise` included; or a statement that a text is not held.

use std::collections::{BTreeMap, BTreeSet};

use super::TestReport;
use crate::answer::{LineRef, is_unread};
use crate::law::{InstrumentId, Law, LineId, ProvisionId, RuleId};
use crate::source::Span;

/// Something that a test can reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// A line of the law.
    Line(LineId),
    /// A statement that a text is not held, by its place: it gives a line to every question on which it is open.
    NotHeld(Span),
}

impl Part {
    /// What a line of an answer is a part of.
    pub fn of(line: &LineRef) -> Part {
        line.id.map_or(Part::NotHeld(line.line.span), Part::Line)
    }
}

/// How far the tests reach a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reach {
    /// It decides an answer that a test expects. A text that is not held is reached where it leaves such an answer open,
    /// and where the answer stands against it.
    Reached,
    /// Where a test asks, it is always beaten.
    OnlyBeaten,
    /// No test asks where it speaks.
    Not,
}

/// A part of the law, and how far the tests reach it.
#[derive(Clone, Copy, Debug)]
pub struct PartOf {
    /// The part.
    pub part: Part,
    /// Its instrument.
    pub instrument: InstrumentId,
    /// Its provision; none where a whole instrument is not held.
    pub provision: Option<ProvisionId>,
    /// Its rule; none for a text that is not held.
    pub rule: Option<RuleId>,
    /// Where it is written.
    pub span: Span,
    /// How far it is reached.
    pub reach: Reach,
}

/// How many of some parts, and of the rules to which they belong, are reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Parts.
    pub parts: usize,
    /// Parts that are reached.
    pub reached: usize,
    /// Parts that are beaten wherever a test asks.
    pub only_beaten: usize,
    /// Rules.
    pub rules: usize,
    /// Rules of which some part is reached.
    pub rules_reached: usize,
}

impl Tally {
    /// Counts parts and their rules.
    pub fn of(parts: &[PartOf]) -> Tally {
        let mut tally = Tally { parts: parts.len(), ..Tally::default() };
        let mut rules: BTreeMap<RuleId, bool> = BTreeMap::new();
        for part in parts {
            tally.reached += usize::from(part.reach == Reach::Reached);
            tally.only_beaten += usize::from(part.reach == Reach::OnlyBeaten);
            if let Some(rule) = part.rule {
                *rules.entry(rule).or_default() |= part.reach == Reach::Reached;
            }
        }
        tally.rules = rules.len();
        tally.rules_reached = rules.into_values().filter(|reached| *reached).count();
        tally
    }

    /// The share of parts that are reached, in whole per cent, rounded down: 100 only when nothing is left out.
    pub fn percent(self) -> usize {
        (self.reached * 100).checked_div(self.parts).unwrap_or(100)
    }
}

/// How far the tests reach the law.
#[derive(Clone, Debug)]
pub struct Coverage {
    /// All parts, by instrument and provision, in the order in which they are written there.
    pub parts: Vec<PartOf>,
}

impl Coverage {
    /// Counts all parts.
    pub fn tally(&self) -> Tally {
        Tally::of(&self.parts)
    }

    /// The parts of each instrument.
    pub fn instruments(&self) -> impl Iterator<Item = (InstrumentId, &[PartOf])> {
        self.parts.chunk_by(|a, b| a.instrument == b.instrument).map(|parts| (parts[0].instrument, parts))
    }
}

/// How far the tests reach the law. A test that fails reaches what its other expectations are about.
pub fn coverage(law: &Law, tests: &[TestReport]) -> Coverage {
    let all = |parts: fn(&TestReport) -> &BTreeSet<Part>| tests.iter().flat_map(parts).copied().collect();
    let reached: BTreeSet<Part> = all(|test| &test.reached);
    let beaten: BTreeSet<Part> = all(|test| &test.beaten);
    let reach = |part: Part, held: bool| match (reached.contains(&part), beaten.contains(&part)) {
        (false, true) if held => Reach::OnlyBeaten,
        (true, _) | (false, true) => Reach::Reached,
        (false, false) => Reach::Not,
    };
    let mut parts = Vec::new();
    for (id, line) in law.lines() {
        let part = Part::Line(id);
        parts.push(PartOf {
            part,
            instrument: line.instrument,
            provision: line.provision,
            rule: line.rule,
            span: line.span,
            reach: reach(part, !is_unread(line)),
        });
    }
    let of_instruments = law.instruments().map(|(id, row)| (id, None, &row.unread));
    let of_provisions = law.provisions().map(|(id, row)| (row.instrument, Some(id), &row.unread));
    for (instrument, provision, unread) in of_instruments.chain(of_provisions) {
        parts.extend(unread.iter().map(|text| {
            let part = Part::NotHeld(text.span);
            PartOf { part, instrument, provision, rule: None, span: text.span, reach: reach(part, false) }
        }));
    }
    parts.sort_by_key(|part| (part.instrument, part.provision, part.span, part.part));
    Coverage { parts }
}
