//! A question that was put, with its answer: what the two formats of `ask` have in common.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::answer::{Outcome, Status};
use crate::law::QuestionHead;

/// A question with its answer.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The question, as the language asks it.
    pub question: String,
    /// The case in which it was asked.
    pub case: CaseWords,
    /// What the law says.
    pub answer: ReplyKind,
    /// What is good to know beside it, each a sentence.
    pub notes: Vec<String>,
}

/// What the law says.
#[derive(Clone, Debug)]
pub enum ReplyKind {
    /// It speaks of the case.
    Outcome(QuestionHead, Outcome),
    /// It cannot speak of the case, for these reasons: something is not declared.
    OutOfScope(Vec<String>),
}

/// A case in words.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CaseWords {
    /// The matter.
    pub matter: String,
    /// The requesting country.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The requested country.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// The one country.
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    pub within: Option<String>,
    /// The day.
    pub on: String,
    /// What the request is made under.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub under: Option<String>,
    /// The facts that are given.
    pub facts: BTreeMap<String, String>,
    /// Those of them that are yes or no, and said without `is`.
    #[serde(skip)]
    pub yes_or_no: BTreeSet<String>,
    /// The days of events that are given.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub events: BTreeMap<String, String>,
}

impl Reply {
    /// What kind of answer it is.
    pub fn status(&self) -> Status {
        match &self.answer {
            ReplyKind::Outcome(_, outcome) => outcome.status,
            ReplyKind::OutOfScope(_) => Status::OutOfScope,
        }
    }
}

impl CaseWords {
    /// The case in one line: `transfer from Sweden to Norway on 2026-01-15, offence-district is "Oslo"`.
    pub fn sentence(&self) -> String {
        let countries = [("from", &self.from), ("to", &self.to), ("in", &self.within)];
        let countries =
            countries.into_iter().filter_map(|(word, country)| Some(format!("{word} {}", country.as_ref()?)));
        let under = self.under.as_deref().map(|under| match under {
            "none" => "under no instrument".to_owned(),
            instrument => format!("under {instrument}"),
        });
        let on = format!("on {}", self.on);
        let case: Vec<_> =
            std::iter::once(self.matter.clone()).chain(countries).chain(under).chain(std::iter::once(on)).collect();
        let facts = self.facts.iter().map(|(fact, value)| match (value.as_str(), self.yes_or_no.contains(fact)) {
            ("yes", true) => fact.clone(),
            ("no", true) => format!("not {fact}"),
            (value, _) => format!("{fact} is {value}"),
        });
        let events = self.events.iter().map(|(event, day)| format!("{event} on {day}"));
        std::iter::once(case.join(" ")).chain(facts).chain(events).collect::<Vec<_>>().join(", ")
    }
}
