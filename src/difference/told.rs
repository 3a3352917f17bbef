//! What two laws answer, by the names that they use: ids of one mean nothing in the other.

use std::collections::BTreeSet;

use super::Told;
use crate::answer::{LineRef, Outcome, Status};
use crate::law::{Answer, FactId, Law, PlaceTerm, QuestionHead, Strength, Value};
use crate::source::Span;
use crate::words;

/// What a place is called that a fact names; none where it stays open.
pub(super) type Placed<'p> = &'p dyn Fn(FactId) -> Option<String>;

/// One answer: how strongly, which alternatives, by when.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Named {
    pub(super) strength: Strength,
    pub(super) values: BTreeSet<String>,
    pub(super) limit: Option<String>,
}

/// What is said, whatever the reasons.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Said {
    /// None: nothing is answered, since no rule speaks or there is no such case.
    pub(super) status: Option<Status>,
    pub(super) incomplete: bool,
    pub(super) answers: BTreeSet<Named>,
}

/// On what it rests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    deciding: BTreeSet<(Named, String, BTreeSet<String>)>,
    pub(super) unread: BTreeSet<String>,
    disputed: BTreeSet<(String, Option<Named>)>,
}

impl Said {
    pub(super) const NOTHING: Said = Said { status: None, incomplete: false, answers: BTreeSet::new() };

    pub(super) fn of(law: &Law, outcome: &Outcome, placed: Placed<'_>) -> Said {
        Said {
            status: Some(outcome.status).filter(|status| !matches!(status, Status::NoRule | Status::OutOfScope)),
            incomplete: outcome.is_incomplete(),
            answers: counting(&outcome.counting().map(|deciding| named(law, &deciding.answer, placed)).collect()),
        }
    }
}

/// Those that count: with the places put in, answers can be equal that were not.
fn counting(all: &BTreeSet<Named>) -> BTreeSet<Named> {
    let outweighs = |one: &Named, other: &Named| {
        let same = one.values == other.values && one.limit == other.limit;
        same && one.strength < other.strength && other.strength != Strength::ShallNot
    };
    all.iter().filter(|one| !all.iter().any(|other| outweighs(other, one))).cloned().collect()
}

impl Standing {
    /// As [`Self::of`], without what is answered.
    pub(super) fn cited(law: &Law, outcome: &Outcome) -> BTreeSet<(String, BTreeSet<String>)> {
        let standing = Standing::of(law, outcome);
        standing.deciding.into_iter().map(|(_, citation, assumptions)| (citation, assumptions)).collect()
    }

    pub(super) fn of(law: &Law, outcome: &Outcome) -> Standing {
        let open: Placed<'_> = &|_| None;
        let deciding = outcome.answers.iter().map(|deciding| {
            let assumptions = deciding.assumptions.iter().cloned().collect();
            (named(law, &deciding.answer, open), words::citation(law, &deciding.line.line), assumptions)
        });
        let disputed = outcome.disputes.iter().flat_map(|dispute| &dispute.lines).map(|line| {
            let answer = line.line.answer.map(|answer| named(law, &law[answer], open));
            (words::citation(law, &line.line), answer)
        });
        Standing {
            deciding: deciding.collect(),
            unread: outcome.unread.iter().map(|line| words::citation(law, &line.line)).collect(),
            disputed: disputed.collect(),
        }
    }
}

/// An answer whose places stay the facts that name them.
pub(super) fn named_openly(law: &Law, answer: &Answer) -> Named {
    named(law, answer, &|_| None)
}

fn named(law: &Law, answer: &Answer, placed: Placed<'_>) -> Named {
    Named {
        strength: answer.strength,
        values: answer.values.iter().map(|value| value_named(law, value, placed)).collect(),
        limit: answer.limit.map(|limit| words::limit(law, limit)),
    }
}

fn value_named(law: &Law, value: &Value, placed: Placed<'_>) -> String {
    let Value::Authority(id, Some(place)) = value else { return words::value(law, value) };
    let place = match place {
        PlaceTerm::Fact(fact) => placed(*fact).unwrap_or_else(|| format!("<{}>", law[*fact].name)),
        PlaceTerm::Place(place) => law[*place].name.clone(),
        PlaceTerm::Named(name) => name.clone(),
    };
    format!("{} of {place}", words::authority(law, *id))
}

/// The facts whose places the answer names.
pub(super) fn places_of(outcome: &Outcome) -> impl Iterator<Item = FactId> {
    let values = outcome.answers.iter().flat_map(|deciding| &deciding.answer.values);
    values.filter_map(|value| match value {
        Value::Authority(_, Some(PlaceTerm::Fact(fact))) => Some(*fact),
        _ => None,
    })
}

/// Where the rules stand on which the answer rests, or that keep it from being one.
pub(super) fn places_of_rules(outcome: &Outcome) -> impl Iterator<Item = Span> {
    let deciding = outcome.answers.iter().map(|deciding| &deciding.line);
    let disputed = outcome.disputes.iter().flat_map(|dispute| &dispute.lines);
    deciding.chain(disputed).chain(&outcome.unread).map(|line| line.line.span)
}

/// The places that the answer names outright.
pub(super) fn places_named(law: &Law, outcome: &Outcome) -> impl Iterator<Item = String> {
    let values = outcome.answers.iter().flat_map(|deciding| &deciding.answer.values);
    values.filter_map(|value| match value {
        Value::Authority(_, Some(PlaceTerm::Place(place))) => Some(law[*place].name.clone()),
        Value::Authority(_, Some(PlaceTerm::Named(name))) => Some(name.clone()),
        _ => None,
    })
}

/// As it is shown.
pub(super) fn told(law: &Law, head: QuestionHead, outcome: &Outcome) -> Told {
    let mut told = Told { status: outcome.status.word(), incomplete: outcome.is_incomplete(), ..Told::default() };
    for deciding in outcome.answers.iter().filter(|_| outcome.status != Status::Conflict) {
        add(&mut told.answers, words::answer(law, head, &deciding.answer));
        deciding.assumptions.iter().for_each(|assumption| add(&mut told.assumptions, assumption.clone()));
        add(&mut told.by, words::citation(law, &deciding.line.line));
    }
    for line in outcome.disputes.iter().flat_map(|dispute| &dispute.lines) {
        add(&mut told.by, rule(law, head, line));
    }
    for line in &outcome.unread {
        add(&mut told.by, format!("{} (not held)", words::citation(law, &line.line)));
    }
    told
}

fn rule(law: &Law, head: QuestionHead, line: &LineRef) -> String {
    let citation = words::citation(law, &line.line);
    match line.line.answer {
        Some(answer) => format!("{citation} ({})", words::answer(law, head, &law[answer])),
        None => citation,
    }
}

fn add(all: &mut Vec<String>, one: String) {
    if !all.contains(&one) {
        all.push(one);
    }
}
