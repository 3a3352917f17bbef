//! Rules as written, and what they answer.

use serde::Serialize;

use super::super::places::At;
use super::Writer;
use super::condition::{Scope, When, scope, when};
use super::instrument::{Clause, clauses, matters};
use crate::law::{self, EventId, PlaceTerm, QuestionHead, Side};
use crate::syntax::ast::Moved;
use crate::words;

#[derive(Serialize)]
pub(super) struct Rule {
    questions: Vec<Asked>,
    matters: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    scope: Scope,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<When>,
    branches: Vec<Branch>,
    no_other_ground: bool,
    clauses: Vec<Clause>,
    assumptions: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<At>,
}

/// A question, and of which side's authority it is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Asked {
    question: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    side: Option<&'static str>,
}

pub(super) fn asked(writer: &Writer, head: QuestionHead) -> Asked {
    Asked { question: words::question(writer.law, head), side: head.side().map(side) }
}

/// The word for a side.
pub(super) fn side(side: Side) -> &'static str {
    match side {
        Side::Requesting => "requesting",
        Side::Requested => "requested",
    }
}

#[derive(Serialize)]
struct Branch {
    #[serde(skip_serializing_if = "Option::is_none")]
    conduct: Option<String>,
    answer: Answer,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<When>,
    only: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_not_held: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    citation: Option<String>,
    assumptions: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<At>,
}

pub(super) fn rule(writer: &Writer, row: &law::Rule) -> Rule {
    let heads = row.questions.iter().map(|question| writer.law[*question].head);
    // A rule for two matters names each of its questions once for each of them.
    let mut questions = writer.unordered(heads, |writer, head| asked(writer, *head));
    questions.dedup();
    let branches = row.branches.iter().map(|branch| Branch {
        conduct: branch.conduct.map(|conduct| writer.law[conduct].text.clone()),
        answer: answer(writer, &writer.law[branch.answer]),
        when: when(writer, &writer.law[branch.condition]),
        only: branch.only,
        start_not_held: branch.start_not_held.map(|note| writer.law[note].clone()),
        citation: branch.citation.clone(),
        assumptions: writer.law[branch.assumptions].clone(),
        at: writer.at(branch.span),
    });
    Rule {
        questions,
        matters: matters(writer, &row.matters),
        title: row.title.clone(),
        scope: scope(writer, row.scope),
        when: when(writer, &writer.law[row.condition]),
        branches: branches.collect(),
        no_other_ground: row.no_other_ground,
        clauses: clauses(writer, &row.clauses),
        assumptions: writer.law[row.assumptions].clone(),
        at: writer.at(row.span),
    }
}

#[derive(Serialize)]
pub(super) struct Answer {
    strength: &'static str,
    values: Vec<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<Limit>,
}

pub(super) fn answer(writer: &Writer, row: &law::Answer) -> Answer {
    Answer {
        strength: row.strength.word(),
        values: row.values.iter().map(|one| value(writer, one)).collect(),
        limit: row.limit.map(|row| limit(writer, row)),
    }
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Value {
    Authority {
        authority: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        of: Option<Place>,
    },
    Language {
        language: String,
    },
    Word {
        word: String,
    },
    Any,
    Deadline {
        duration: Duration,
        #[serde(skip_serializing_if = "Option::is_none")]
        from: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        moved: Option<&'static str>,
    },
    Maximum {
        duration: Duration,
        or_longer: bool,
    },
    Criteria {
        mode: &'static str,
    },
    Provision {
        instrument: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        citation: Option<String>,
    },
    Ground {
        ground: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        citation: Option<String>,
    },
    Criterion {
        met: bool,
    },
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Place {
    Fact { fact: String },
    Declared { place: String },
    Named { name: String },
}

fn value(writer: &Writer, value: &law::Value) -> Value {
    let law = writer.law;
    match value {
        law::Value::Authority(id, place) => Value::Authority {
            authority: words::authority(law, *id),
            of: place.as_ref().map(|place| match place {
                PlaceTerm::Fact(fact) => Place::Fact { fact: law[*fact].name.clone() },
                PlaceTerm::Place(place) => Place::Declared { place: law[*place].name.clone() },
                PlaceTerm::Named(name) => Place::Named { name: name.clone() },
            }),
        },
        law::Value::Language(language) => Value::Language { language: law[*language].name.clone() },
        law::Value::Word(word) => Value::Word { word: law[*word].text.clone() },
        law::Value::Any => Value::Any,
        law::Value::Deadline(deadline) => Value::Deadline {
            duration: duration(deadline.duration),
            from: deadline.from.map(|event| law[event].name.clone()),
            moved: deadline.moved.map(|moved| match moved {
                Moved::SameHourOfNextWeekday => "same-hour-of-next-weekday",
                Moved::NextWeekday => "next-weekday",
            }),
        },
        law::Value::Maximum { duration: length, or_longer } => {
            Value::Maximum { duration: duration(*length), or_longer: *or_longer }
        }
        law::Value::Mode(mode) => Value::Criteria { mode: mode.word() },
        law::Value::Provision(instrument, citation) => {
            Value::Provision { instrument: law[*instrument].name.clone(), citation: citation.clone() }
        }
        law::Value::Ground(ground, citation) => {
            Value::Ground { ground: law[*ground].text.clone(), citation: citation.clone() }
        }
        law::Value::Met(met) => Value::Criterion { met: *met },
    }
}

#[derive(Serialize)]
struct Duration {
    number: u32,
    unit: &'static str,
}

fn duration(duration: law::Duration) -> Duration {
    Duration { number: duration.number, unit: duration.unit.word() }
}

#[derive(Serialize)]
struct Limit {
    words: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    within: Option<Duration>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<String>,
}

fn limit(writer: &Writer, limit: law::Limit) -> Limit {
    let event = |event: EventId| writer.law[event].name.clone();
    let (within, from, before) = match limit {
        law::Limit::Within(length, from) => (Some(duration(length)), from.map(event), None),
        law::Limit::Before(end) => (None, None, Some(event(end))),
        _ => (None, None, None),
    };
    Limit { words: words::limit(writer.law, limit), within, from, before }
}
