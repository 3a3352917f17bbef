//! From what was written to what is meant.
//!
//! ```text
//! declare       names and words get their ids, in an order that does not depend on the order of files
//! vocabulary    countries, languages, facts, places, authorities, sources: the rows behind the names
//! scopes        sets of countries (groups, parties of …) and the scopes made of them
//! instruments   who is bound, when; what is not held; clauses of precedence; what a text consists of (extent)
//! conditions    tests of facts
//! rules         what a provision says: heads, branches, values (values, clauses), for whom (sides)
//! passages      where the words of a provision stand in the text of a source
//! provisions    all of it in order, with ids
//! shared        what many rules and lines have in common, each once
//! alike         names and citations that look the same and are not
//! assumed       assumptions that are said of less than it seems
//! twice         what is said twice where once is enough
//! places        which text is the name of a place
//! lost          what may be there although it is not found
//! near          the nearest of some names, where one is not declared
//! expand        rules become lines: one question, one region, one answer (opposites)
//! questions     what is asked, in the words of the law
//! claims        never, complete, assert, excuse
//! expectations  tests: a case (given) and what must be answered in it
//! forms         what a form asks for and shows
//! ```
//!
//! Resolving never gives up: what is broken is a finding, and the rest is resolved as if it were not there. A name whose
//! own declaration is broken is not reported again where it is used.

mod alike;
mod assumed;
mod claims;
mod clauses;
mod codes;
mod conditions;
mod declare;
mod expand;
mod expectations;
mod extent;
mod forms;
mod given;
mod instruments;
mod lost;
mod names;
mod near;
mod opposites;
mod passages;
mod places;
mod provisions;
mod questions;
mod rules;
mod scopes;
mod shared;
mod sides;
mod twice;
mod values;
mod vocabulary;

use std::collections::{BTreeMap, BTreeSet};

pub use given::{country_named, fact_value, given};
pub(crate) use names::normal;
pub(crate) use near::suggest;
pub use questions::question;

use crate::finding::{self, Code, Finding};
use crate::law::{CountrySet, Day, Interval, Kind, Law, Question, QuestionId, id_of};
use crate::source::Span;
use crate::syntax::ast::{Ast, DateText, Dates};
use names::{Found, Names};
use shared::Shared;

/// Looks up every name and expands every rule. The law is whole in itself even where there are findings: every id in it
/// has its row. The findings come in the order of places.
pub fn resolve(ast: &Ast<'_>) -> (Law, Vec<Finding>) {
    let mut cx = Context::default();
    cx.names.lost = lost::Lost::of(ast);
    let declared = declare::declare(&mut cx, ast);
    vocabulary::fill(&mut cx, &declared);
    scopes::fill_country_sets(&mut cx, &declared);
    instruments::fill(&mut cx, &declared, ast);
    provisions::fill(&mut cx, ast);
    report_alike(&mut cx);
    instruments::fill_precedence(&mut cx, &declared);
    sides::fill_own_sides(&mut cx);
    expand::fill_lines(&mut cx);
    let asked = questions::Asked::of(&cx.law, &|answer| &cx.shared[answer]);
    forms::fill(&mut cx, &asked, &declared);
    claims::fill(&mut cx, &asked, &declared, ast);
    expectations::fill(&mut cx, &asked, &declared);
    scopes::report_unused_groups(&mut cx, &declared);
    questions::put_in_order(&mut cx.law);
    finding::sort(&mut cx.findings);
    cx.shared.give_to(&mut cx.law);
    (cx.law.finished(), cx.findings)
}

/// Reports names, words and citations that look the same and are not.
fn report_alike(cx: &mut Context) {
    let Context { law, names, findings, .. } = cx;
    let declared = names.declared();
    findings.extend(alike::findings("names", declared.iter().map(|(name, span)| (name.as_str(), *span))));
    for offices in law.authorities.chunk_by(|one, other| one.country == other.country) {
        findings.extend(alike::findings("offices", offices.iter().map(|row| (row.office.as_str(), row.span))));
    }
    findings.extend(alike::findings("words", law.words.iter().map(|word| (word.text.as_str(), word.span))));
    // provisions of one instrument stand together
    for provisions in law.provisions.chunk_by(|one, other| one.instrument == other.instrument) {
        findings.extend(alike::findings("citations", provisions.iter().map(|row| (row.citation.as_str(), row.span))));
    }
}

/// What is known so far, and what was found.
#[derive(Default)]
pub(crate) struct Context {
    pub(crate) law: Law,
    pub(crate) shared: Shared,
    pub(crate) names: Names,
    /// The countries of each group.
    pub(crate) groups: Vec<CountrySet>,
    /// The groups that something names.
    pub(crate) groups_used: BTreeSet<usize>,
    /// The countries that ever are a party, for each instrument.
    pub(crate) parties: Vec<CountrySet>,
    /// The kind of each instrument, where it is said.
    pub(crate) kinds: Vec<Option<Kind>>,
    /// What is held of each instrument.
    pub(crate) held: Vec<Held>,
    /// The groups and instruments whose countries are not all known, since something said of them is not in order.
    pub(crate) open_groups: BTreeSet<usize>,
    pub(crate) open_parties: BTreeSet<usize>,
    /// The instruments that may govern more than is known, for the same reason.
    pub(crate) open_governs: BTreeSet<usize>,
    /// How often something was not found for a reason that is told elsewhere.
    passed_over: usize,
    question_ids: BTreeMap<Question, QuestionId>,
    pub(crate) findings: Vec<Finding>,
}

/// What is held of the text of an instrument.
#[derive(Default)]
pub(crate) struct Held {
    /// The citations of its provisions.
    pub(crate) citations: BTreeSet<String>,
    /// Some of it is said not to be held.
    pub(crate) in_part: bool,
}

impl Context {
    pub(crate) fn report(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// What was found; otherwise reports why not.
    pub(crate) fn take<T>(&mut self, found: Found<T>) -> Option<T> {
        match found {
            Ok(found) => Some(found),
            Err(lost) => {
                match lost {
                    Some(finding) => self.findings.push(*finding),
                    None => self.passed_over += 1,
                }
                None
            }
        }
    }

    /// The id of a question; ids are put in order at the end.
    pub(crate) fn ask(&mut self, question: Question) -> QuestionId {
        let questions = &mut self.law.questions;
        *self.question_ids.entry(question).or_insert_with(|| {
            questions.push(question);
            QuestionId(id_of(questions.len() - 1))
        })
    }

    /// A day of the calendar.
    pub(crate) fn day(&mut self, date: &DateText<'_>) -> Option<Day> {
        self.take(day(date))
    }

    /// An interval as files write it, `until` a day that is included; all days for what is missing or no day.
    pub(crate) fn interval(&mut self, dates: &Dates<'_>) -> Interval {
        let from = dates.from.as_ref().and_then(|date| self.day(date));
        let until = dates.until.as_ref().and_then(|date| self.day(date));
        let interval = Interval { from: from.unwrap_or(Day::BEGINNING), until: until.map_or(Day::END, Day::next) };
        if let (true, Some(from), Some(until)) = (interval.is_empty(), &dates.from, &dates.until) {
            self.report(empty_interval(from.0.span.to(until.0.span)));
        }
        interval
    }
}

fn day(date: &DateText<'_>) -> Found<Day> {
    Day::parse(date.0.text).ok_or_else(|| {
        let message = format!("the calendar has no day `{}`", date.0.text);
        Some(Box::new(Finding::new(Code::BadDate, date.0.span, message).help(no_such_day(date.0.text))))
    })
}

/// What is wrong with a day that is written as days are.
fn no_such_day(text: &str) -> String {
    let month = text.get(..7).unwrap_or_default();
    match (28..=31).rev().find_map(|number| Day::parse(&format!("{month}-{number}"))) {
        Some(last) => format!("the last day of that month is `{last}`"),
        None => "write the year, a month from 01 to 12 and the day: `2025-06-09`".to_owned(),
    }
}

fn empty_interval(span: Span) -> Finding {
    Finding::new(Code::EmptyInterval, span, "the last day lies before the first: no day is left")
        .help("`from` is the first day and `until` the last, both included")
}
