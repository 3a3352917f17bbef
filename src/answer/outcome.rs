//! What the law answers in one case, and why.

use std::collections::{BTreeMap, BTreeSet};

use super::clash::outweighs;
use super::period::Period;
use crate::law::{Answer, ClauseId, FactId, FactValue, Line, LineId, Strength, Under};

/// The answer to one question in one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// What kind of answer it is.
    pub status: Status,
    /// The rules that decide, strongest and binding first. Filled when answered, and for what is held when undetermined
    /// or in conflict.
    pub answers: Vec<Deciding>,
    /// Texts that are not held and leave it open: of an undetermined answer, or of a collected one that is incomplete.
    pub unread: Vec<LineRef>,
    /// Rules that disagree and are not settled.
    pub disputes: Vec<Dispute>,
    /// For facts that were not given and would change the answer.
    pub depends: Option<Depends>,
}

/// What kind of answer it is (semantics, section 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Rules decide it.
    Answered,
    /// A text governs that is not held.
    Undetermined,
    /// No rule speaks.
    NoRule,
    /// Rules disagree and nothing written settles it.
    Conflict,
    /// A country or matter is not declared.
    OutOfScope,
    /// Facts that were not given would change it.
    Depends,
}

impl Status {
    /// As machine formats write it.
    pub fn word(self) -> &'static str {
        match self {
            Status::Answered => "answered",
            Status::Undetermined => "undetermined",
            Status::NoRule => "no-rule",
            Status::Conflict => "conflict",
            Status::OutOfScope => "out-of-scope",
            Status::Depends => "depends",
        }
    }
}

/// A line of the law's table, or the unread line of a text made for the question.
#[derive(Clone, Copy, Debug)]
pub struct LineRef {
    /// Its place in the table; none for an unread line.
    pub id: Option<LineId>,
    /// The line.
    pub line: Line,
}

impl PartialEq for LineRef {
    fn eq(&self, other: &Self) -> bool {
        (self.id, self.line.instrument, self.line.provision, self.line.span)
            == (other.id, other.line.instrument, other.line.provision, other.line.span)
    }
}

impl Eq for LineRef {}

/// A rule that decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deciding {
    /// The line.
    pub line: LineRef,
    /// Its answer, with the places of the case put in.
    pub answer: Answer,
    /// When the period that it names ends, if the case gives the day of its event.
    pub period: Option<Period>,
    /// All that it rests on: rule, provision, instrument, bonds, and the clauses by which it won.
    pub assumptions: Vec<String>,
    /// What it defeated.
    pub defeated: Vec<Defeat>,
}

/// A rule that lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Defeat {
    /// The loser.
    pub line: LineRef,
    /// The clauses by which it lost, in the order of the table.
    pub by: Vec<ClauseId>,
}

/// Two rules that disagree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dispute {
    /// Why nothing settles it.
    pub kind: DisputeKind,
    /// The rules, in the order of the table; two, or all of a circle.
    pub lines: Vec<LineRef>,
    /// The clauses involved.
    pub clauses: Vec<ClauseId>,
}

/// Why nothing settles a dispute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DisputeKind {
    /// No clause says which prevails.
    Unsettled,
    /// A text claims to prevail over one to which it must yield.
    Inversion,
    /// Each gives way to the next in a circle.
    Cycle,
}

/// An answer that turns on facts that were not given (semantics, section 8).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Depends {
    /// The facts, in the order of the table; the instrument of the request first.
    pub on: Vec<Open>,
    /// What it is in which circumstances: no two branches have the same answer, and together they leave nothing out
    /// unless it is not `complete`.
    pub branches: Vec<DependsBranch>,
    /// All circumstances were looked at. Otherwise there were too many: not every fact in `on` need matter, and not
    /// every answer need be among the branches.
    pub complete: bool,
}

/// Something that was not given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Open {
    /// What the request is made under.
    Under,
    /// A fact.
    Fact(FactId),
}

/// One answer with the circumstances that lead to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DependsBranch {
    /// Regions, each a set of tests that all hold; the answer is this in any of them.
    pub regions: Vec<BTreeMap<Open, Vec<OpenValue>>>,
    /// The answer there; never itself `depends`.
    pub outcome: Outcome,
}

/// A class of values of something that was not given.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OpenValue {
    /// Exactly this value.
    Is(FactValue),
    /// A known place, language, country or choice that no rule names; the values that are named elsewhere.
    AnyOther,
    /// A place inside the country, where no rule names any.
    Known,
    /// A number or a day in a half-open range.
    Range(Option<i64>, Option<i64>),
    /// The request is made under this.
    Under(Under),
    /// It is made under an instrument that no rule tells from others.
    OtherInstrument,
}

impl OpenValue {
    /// Classes in their order, of which ranges that follow upon each other are one.
    pub fn joined(classes: &[OpenValue]) -> Vec<OpenValue> {
        let mut joined: Vec<OpenValue> = Vec::new();
        for class in classes {
            match (joined.last_mut(), class) {
                (Some(OpenValue::Range(_, end)), OpenValue::Range(Some(next), until)) if *end == Some(*next) => {
                    *end = *until;
                }
                _ => joined.push(class.clone()),
            }
        }
        joined
    }
}

/// What an outcome says: two that say the same are not different answers (semantics, section 8).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Said {
    /// The status.
    pub status: Status,
    /// A text that is not held may add something.
    pub incomplete: bool,
    /// Values, strengths and limits that count, if it is answered.
    pub answers: BTreeSet<Answer>,
}

impl Outcome {
    /// Time limits of one duty that do nothing because another answer, at least as strong, has a shorter one from the same
    /// event: the shorter, then the longer.
    pub fn idle_limits(&self) -> impl Iterator<Item = (&Deciding, &Deciding)> {
        self.answers.iter().filter_map(|longer| {
            let shorter = self.answers.iter().find(|shorter| {
                let (Some(short), Some(long)) = (shorter.answer.limit, longer.answer.limit) else { return false };
                shorter.answer.strength <= longer.answer.strength
                    // a power may be used by either
                    && longer.answer.strength <= Strength::Should
                    && short.is_shorter_than(long)
            })?;
            Some((shorter, longer))
        })
    }

    /// Nothing but a status.
    pub(crate) fn empty(status: Status) -> Outcome {
        Outcome { status, answers: Vec::new(), unread: Vec::new(), disputes: Vec::new(), depends: None }
    }

    /// A collected answer to which a text that is not held may add something.
    pub fn is_incomplete(&self) -> bool {
        self.status == Status::Answered && !self.unread.is_empty()
    }

    /// The answers that count, if it is answered: of those that are equal but for their strength, the strongest. The others
    /// are cited beside it.
    pub(crate) fn counting(&self) -> impl Iterator<Item = &Deciding> {
        let outweighed = |one: &Deciding| self.answers.iter().any(|other| outweighs(&other.answer, &one.answer));
        self.answers.iter().filter(move |one| self.status == Status::Answered && !outweighed(one))
    }

    /// What it says, whatever the reasons.
    pub fn said(&self) -> Said {
        let answers = self.counting().map(|deciding| deciding.answer.clone()).collect();
        Said { status: self.status, incomplete: self.is_incomplete(), answers }
    }

    /// The same status, values, strengths and limits, and as complete; whatever the reasons.
    pub fn says_the_same_as(&self, other: &Outcome) -> bool {
        self.said() == other.said()
    }

    /// Adds the reasons of an outcome that says the same: all are shown, each rule once.
    pub(super) fn add_reasons_of(&mut self, other: &Outcome) {
        for more in &other.answers {
            match self.answers.iter_mut().find(|known| known.line == more.line && known.answer == more.answer) {
                Some(known) => {
                    add_missing(&mut known.assumptions, &more.assumptions);
                    add_missing(&mut known.defeated, &more.defeated);
                }
                None => self.answers.push(more.clone()),
            }
        }
        add_missing(&mut self.unread, &other.unread);
        add_missing(&mut self.disputes, &other.disputes);
    }
}

fn add_missing<T: PartialEq + Clone>(all: &mut Vec<T>, more: &[T]) {
    for one in more {
        if !all.contains(one) {
            all.push(one.clone());
        }
    }
}
