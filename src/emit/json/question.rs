//! The questions that the law answers, each with the lines that answer it: one for each branch, item, act and country
//! of a rule, with the region of cases in which it speaks; and with the table of what they decide together.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Writer;
use super::condition::{Scope, When, scope, when};
use super::rule::{Answer, Asked, answer, asked};
use super::table::{Table, table};
use crate::answer as meaning;
use crate::law::{self, LineOrigin, QuestionId, QuestionKind};
use crate::proof;

#[derive(Serialize)]
pub(super) struct Question {
    matter: String,
    #[serde(flatten)]
    asked: Asked,
    kind: &'static str,
    provisions: Vec<Cited>,
    turns_on: Vec<String>,
    lines: Vec<Line>,
    table: Table,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct Cited {
    instrument: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    citation: Option<String>,
}

#[derive(Serialize)]
struct Line {
    #[serde(flatten)]
    cited: Cited,
    origin: &'static str,
    scope: Scope,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<When>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<Answer>,
    assumptions: Vec<String>,
}

/// The questions that the law mentions.
pub(super) fn questions(writer: &Writer) -> Vec<Question> {
    let tables = proof::tables(writer.law);
    writer
        .unordered(writer.law.questions().zip(&tables), |writer, ((id, row), made)| question(writer, *id, **row, made))
}

fn question(writer: &Writer, id: QuestionId, row: law::Question, made: &Result<proof::Table, String>) -> Question {
    let law = writer.law;
    let lines: Vec<_> = law.lines_of(id).iter().map(|line| &law[*line]).collect();
    let mut facts = BTreeSet::new();
    for line in meaning::lines(law, row) {
        facts.extend(law.facts_of(&line.line));
    }
    let provisions: BTreeSet<_> = lines.iter().map(|line| cited(writer, line)).collect();
    Question {
        matter: law[row.matter].name.clone(),
        asked: asked(writer, row.head),
        kind: match row.head.kind() {
            QuestionKind::One => "one",
            QuestionKind::Conduct => "conduct",
            QuestionKind::Collected => "collected",
        },
        provisions: provisions.into_iter().collect(),
        turns_on: writer.unordered(facts, |writer, fact| writer.law[*fact].name.clone()),
        lines: writer.unordered(lines, |writer, row| line(writer, row)),
        table: table(writer, law[row.matter].between_countries, made),
    }
}

pub(super) fn cited(writer: &Writer, line: &law::Line) -> Cited {
    Cited {
        instrument: writer.law[line.instrument].name.clone(),
        citation: line.provision.map(|provision| writer.law[provision].citation.clone()),
    }
}

fn line(writer: &Writer, row: &law::Line) -> Line {
    Line {
        cited: cited(writer, row),
        origin: match row.origin {
            LineOrigin::Branch(_) => "branch",
            LineOrigin::Opposite => "opposite",
            LineOrigin::Unread(_) => "unread",
        },
        scope: scope(writer, row.scope),
        when: when(writer, &writer.law[row.condition]),
        answer: row.answer.map(|row| answer(writer, &writer.law[row])),
        assumptions: writer.law[row.assumptions].clone(),
    }
}
