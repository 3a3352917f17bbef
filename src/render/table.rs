//! Decision tables: for people, as Markdown, as comma-separated values, and for programs.

use std::fmt::Write as _;

use serde::Serialize;

use super::escape::{csv as csv_cell, html, visible};
use crate::answer::{Open, OpenValue, Outcome, Status};
use crate::law::{CountryId, Day, Interval, Law, MatterId, Question, QuestionHead};
use crate::proof::{Row, Table};
use crate::words;

/// A row in words, one text for each column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RowWords {
    /// The requesting countries; none: any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Vec<String>>,
    /// The requested countries, or the one country; none: any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Vec<String>>,
    /// The first day; none: always was so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_day: Option<String>,
    /// The last day, included; none: without end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_day: Option<String>,
    /// What is asked of facts, each in words; all hold.
    pub when: Vec<String>,
    /// What kind of answer it is.
    pub status: &'static str,
    /// What is answered, each in words.
    pub answers: Vec<String>,
    /// Where it stands, or which texts leave it open or disagree.
    pub by: Vec<String>,
    /// On what it rests.
    pub assumptions: Vec<String>,
}

/// A table for programs.
#[derive(Clone, Debug, Serialize)]
pub struct TableJson {
    /// The version of this shape.
    pub schema_version: u32,
    /// The question.
    pub question: String,
    /// The matter.
    pub matter: String,
    /// The rows.
    pub rows: Vec<RowWords>,
}

/// The rows of a table in words.
pub fn rows(law: &Law, head: QuestionHead, table: &Table) -> Vec<RowWords> {
    table.rows.iter().map(|row| row_words(law, head, row, &table.outcomes[row.outcome])).collect()
}

fn row_words(law: &Law, head: QuestionHead, row: &Row, outcome: &Outcome) -> RowWords {
    let names = |ids: &Vec<CountryId>| ids.iter().map(|id| law[*id].name.clone()).collect();
    let tests = |(open, values): &(Open, Vec<OpenValue>)| words::open_test(law, *open, values);
    let answered = outcome.status == Status::Answered;
    let deciding = || outcome.answers.iter().filter(|_| answered);
    let mut answers: Vec<String> = deciding().map(|deciding| words::answer(law, head, &deciding.answer)).collect();
    answers.dedup();
    let mut assumptions: Vec<String> = Vec::new();
    for assumption in deciding().flat_map(|deciding| &deciding.assumptions) {
        if !assumptions.contains(assumption) {
            assumptions.push(assumption.clone());
        }
    }
    RowWords {
        from: row.from.as_ref().map(names),
        to: row.to.as_ref().map(names),
        first_day: (row.dates.from != Day::BEGINNING).then(|| row.dates.from.to_string()),
        last_day: (row.dates.until != Day::END).then(|| row.dates.until.previous().to_string()),
        when: row.tests.iter().map(tests).collect(),
        status: outcome.status.word(),
        answers,
        by: cited(law, outcome),
        assumptions,
    }
}

fn cited(law: &Law, outcome: &Outcome) -> Vec<String> {
    let deciding = outcome.answers.iter().filter(|_| outcome.status == Status::Answered).map(|deciding| &deciding.line);
    let disputed = outcome.disputes.iter().flat_map(|dispute| &dispute.lines);
    let held = deciding.chain(disputed).map(|line| words::citation(law, &line.line));
    let unread = outcome.unread.iter().map(|line| format!("{} (not held)", words::citation(law, &line.line)));
    let mut cited: Vec<String> = Vec::new();
    for citation in held.chain(unread) {
        if !cited.contains(&citation) {
            cited.push(citation);
        }
    }
    cited
}

/// For people: one paragraph to a row.
pub fn human(law: &Law, Question { matter, head }: Question, table: &Table) -> String {
    let to = word_of_requested(law, matter);
    let mut text = format!("{}\n", words::question(law, head));
    for (row, shown) in table.rows.iter().zip(rows(law, head, table)) {
        let _ = write!(text, "\n{}\n", cases(&shown, row.dates, to));
        for answer in answers(&shown) {
            let _ = writeln!(text, "    {answer}");
        }
        for by in &shown.by {
            let _ = writeln!(text, "    by {by}");
        }
        for assumption in &shown.assumptions {
            let _ = writeln!(text, "    assuming {assumption}");
        }
    }
    visible(&text)
}

/// As a Markdown table.
pub fn markdown(law: &Law, Question { matter, head }: Question, table: &Table) -> String {
    let to = word_of_requested(law, matter);
    let mut text = String::from("| cases | answer | by | assuming |\n|---|---|---|---|\n");
    for (row, shown) in table.rows.iter().zip(rows(law, head, table)) {
        let cells = [
            cases(&shown, row.dates, to),
            answers(&shown).join("; "),
            shown.by.join("; "),
            shown.assumptions.join("; "),
        ];
        let _ = writeln!(text, "| {} |", cells.map(|cell| html(&cell)).join(" | "));
    }
    text
}

/// As comma-separated values (RFC 4180), with a head.
pub fn csv(law: &Law, head: QuestionHead, table: &Table) -> String {
    let mut text = String::from("from,to,first_day,last_day,when,status,answer,by,assuming\r\n");
    for shown in rows(law, head, table) {
        let list = |names: &Option<Vec<String>>| names.as_ref().map(|names| names.join("; ")).unwrap_or_default();
        let cells = [
            list(&shown.from),
            list(&shown.to),
            shown.first_day.clone().unwrap_or_default(),
            shown.last_day.clone().unwrap_or_default(),
            shown.when.join("; "),
            shown.status.to_owned(),
            shown.answers.join("; "),
            shown.by.join("; "),
            shown.assumptions.join("; "),
        ];
        let _ = write!(text, "{}\r\n", cells.map(|cell| csv_cell(&cell)).join(","));
    }
    text
}

/// What is answered; for a row without an answer, why there is none.
fn answers(row: &RowWords) -> Vec<String> {
    if row.answers.is_empty() { vec![row.status.replace('-', " ")] } else { row.answers.clone() }
}

/// A request goes to a country; a matter within one country lies in it.
fn word_of_requested(law: &Law, matter: MatterId) -> &'static str {
    if law[matter].between_countries { "to" } else { "in" }
}

/// `from Denmark or Norway to Finland, from 2027-02-01, when urgent`.
fn cases(row: &RowWords, dates: Interval, to: &str) -> String {
    let mut parts = Vec::new();
    let sides = [("from", &row.from), (to, &row.to)];
    let sides = sides.iter().filter_map(|(word, names)| Some(format!("{word} {}", words::either(names.as_ref()?))));
    let sides: Vec<String> = sides.collect();
    if !sides.is_empty() {
        parts.push(sides.join(" "));
    }
    if dates != Interval::ALWAYS {
        parts.push(words::interval(dates));
    }
    if !row.when.is_empty() {
        parts.push(format!("when {}", words::both(&row.when)));
    }
    if parts.is_empty() { "in all cases".to_owned() } else { parts.join(", ") }
}
