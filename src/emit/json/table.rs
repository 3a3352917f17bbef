//! Decision tables: what is answered in which cases, with all conditions and all precedence worked out.

use serde::Serialize;

use super::condition::{self, Range};
use super::question::{Cited, cited};
use super::rule::{Answer, answer};
use super::{Days, Writer};
use crate::answer::{self, LineRef, Open, OpenValue};
use crate::law::{CountryId, Day, FactId, FactKind, FactValue, Interval, Under};
use crate::proof;

/// The table of a question, or why there is none.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Table {
    Whole { outcomes: Vec<Outcome>, rows: Vec<Row> },
    TooLarge { too_large: String },
}

#[derive(Serialize)]
pub(super) struct Row {
    #[serde(skip_serializing_if = "Option::is_none")]
    requesting: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    requested: Option<Vec<String>>,
    #[serde(flatten)]
    days: Days,
    #[serde(skip_serializing_if = "Option::is_none")]
    under: Option<Request>,
    facts: Vec<Fact>,
    outcome: usize,
}

/// What a request may be made under.
#[derive(Serialize)]
struct Request {
    is_one_of: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    other_than: Option<Vec<String>>,
}

/// What a fact may be.
#[derive(Serialize)]
struct Fact {
    #[serde(rename = "fact")]
    name: String,
    is_one_of: Vec<condition::Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    other_than: Option<Vec<condition::Value>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    numbers: Vec<Range>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    days: Vec<Days>,
}

#[derive(Serialize)]
pub(super) struct Outcome {
    status: &'static str,
    incomplete: bool,
    lines: Vec<Deciding>,
    unread: Vec<NotHeld>,
    disputed: Vec<Cited>,
}

#[derive(Serialize)]
struct Deciding {
    #[serde(flatten)]
    cited: Cited,
    answer: Answer,
    assumptions: Vec<String>,
}

#[derive(Serialize)]
struct NotHeld {
    #[serde(flatten)]
    cited: Cited,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

pub(super) fn table(writer: &Writer, between: bool, made: &Result<proof::Table, String>) -> Table {
    match made {
        Ok(table) => Table::Whole {
            outcomes: table.outcomes.iter().map(|one| outcome(writer, one)).collect(),
            rows: table.rows.iter().flat_map(|one| rows(writer, between, table, one)).collect(),
        },
        Err(large) => Table::TooLarge { too_large: large.clone() },
    }
}

/// The row, parted so that no country stands on both sides of a row: no country asks anything of itself.
fn rows(writer: &Writer, between: bool, table: &proof::Table, row: &proof::Row) -> Vec<Row> {
    if !between {
        return vec![one_row(writer, table, row)];
    }
    let all: Vec<CountryId> = writer.law.countries().map(|(id, _)| id).collect();
    let (from, to) = (row.from.as_ref().unwrap_or(&all), row.to.as_ref().unwrap_or(&all));
    let (both, others): (Vec<CountryId>, Vec<CountryId>) = to.iter().partition(|id| from.contains(id));
    let of_itself = both.into_iter().map(|one| (from.iter().copied().filter(|id| *id != one).collect(), vec![one]));
    let parts = of_itself.chain([(from.clone(), others)]);
    let some = parts.filter(|(from, to): &(Vec<CountryId>, Vec<CountryId>)| !from.is_empty() && !to.is_empty());
    some.map(|(from, to)| one_row(writer, table, &proof::Row { from: Some(from), to: Some(to), ..row.clone() }))
        .collect()
}

fn one_row(writer: &Writer, table: &proof::Table, row: &proof::Row) -> Row {
    let names = |ids: &Vec<CountryId>| ids.iter().map(|id| writer.law[*id].name.clone()).collect();
    let mut under = None;
    let mut facts = Vec::new();
    for (axis, values) in &row.tests {
        let all = table.classes.get(axis).map_or(&[][..], Vec::as_slice);
        match axis {
            Open::Under => under = Some(request(writer, all, values)),
            Open::Fact(id) => facts.push(fact(writer, *id, all, values)),
        }
    }
    Row {
        requesting: row.from.as_ref().map(names),
        requested: row.to.as_ref().map(names),
        days: Days::of(row.dates),
        under,
        facts,
        outcome: row.outcome,
    }
}

fn request(writer: &Writer, all: &[OpenValue], values: &[OpenValue]) -> Request {
    let named = |values: &[OpenValue]| {
        let named = values.iter().filter_map(|value| match value {
            OpenValue::Under(under) => Some(*under),
            _ => None,
        });
        named.map(|under| condition::under(writer, under)).collect()
    };
    let instruments: Vec<OpenValue> =
        all.iter().filter(|one| **one != OpenValue::Under(Under::Nothing)).cloned().collect();
    let others = values.contains(&OpenValue::OtherInstrument);
    Request { is_one_of: named(values), other_than: others.then(|| named(&instruments)) }
}

fn fact(writer: &Writer, id: FactId, all: &[OpenValue], values: &[OpenValue]) -> Fact {
    let named = |values: &[OpenValue]| {
        let named = values.iter().filter_map(|value| match value {
            OpenValue::Is(value) => Some(value),
            _ => None,
        });
        named.map(|one| condition::value(writer, id, one)).collect()
    };
    let asked = |value: &&OpenValue| !matches!(value, OpenValue::Is(FactValue::Unknown | FactValue::NoPlace));
    let known: Vec<OpenValue> = all.iter().filter(asked).cloned().collect();
    let others = values.iter().any(|value| matches!(value, OpenValue::AnyOther | OpenValue::Known));
    let ranges = values.iter().filter_map(|value| match value {
        OpenValue::Range(from, until) => Some((*from, *until)),
        _ => None,
    });
    let (mut numbers, mut days) = (Vec::new(), Vec::new());
    for (from, until) in ranges {
        if writer.law[id].kind == FactKind::Date {
            let day = |bound: Option<i64>, none| bound.and_then(|day| i32::try_from(day).ok()).map_or(none, Day);
            days.push(Days::of(Interval { from: day(from, Day::BEGINNING), until: day(until, Day::END) }));
        } else {
            numbers.push(Range { at_least: from, less_than: until });
        }
    }
    Fact {
        name: writer.law[id].name.clone(),
        is_one_of: named(values),
        other_than: others.then(|| named(&known)),
        numbers,
        days,
    }
}

fn outcome(writer: &Writer, outcome: &answer::Outcome) -> Outcome {
    let of = |line: &LineRef| cited(writer, &line.line);
    let mut disputed: Vec<Cited> = outcome.disputes.iter().flat_map(|dispute| &dispute.lines).map(of).collect();
    disputed.sort();
    disputed.dedup();
    Outcome {
        status: outcome.status.word(),
        incomplete: outcome.is_incomplete(),
        lines: outcome
            .answers
            .iter()
            .map(|deciding| Deciding {
                cited: of(&deciding.line),
                answer: answer(writer, &deciding.answer),
                assumptions: deciding.assumptions.clone(),
            })
            .collect(),
        unread: outcome
            .unread
            .iter()
            .map(|line| NotHeld {
                cited: of(line),
                note: answer::unread_note(writer.law, &line.line).map(str::to_owned),
            })
            .collect(),
        disputed,
    }
}
