//! In which cases something holds: scopes, and conditions as trees that a program can evaluate.

use serde::Serialize;

use super::{Days, Writer};
use crate::law::{self, CountrySet, FactTest, FactValue, Under};
use crate::words;

/// Countries, days and the instrument of the request; what is missing does not restrict.
#[derive(Serialize)]
pub(super) struct Scope {
    #[serde(skip_serializing_if = "Option::is_none")]
    requesting: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    requested: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    between: Vec<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    under: Option<Vec<String>>,
    #[serde(flatten)]
    days: Days,
}

pub(super) fn scope(writer: &Writer, scope: law::Scope) -> Scope {
    let relations = &writer.law[scope.relations];
    let names = |set: CountrySet| sorted(set.iter().map(|id| writer.law[id].name.clone()));
    let mut between: Vec<_> = relations.between.iter().copied().map(names).collect();
    between.sort();
    between.dedup();
    Scope {
        requesting: relations.from.map(names),
        requested: relations.to.map(names),
        between,
        under: relations.under.as_ref().map(|set| sorted(set.iter().map(|one| under(writer, *one)))),
        days: Days::of(scope.dates),
    }
}

fn sorted(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut names: Vec<_> = names.collect();
    names.sort();
    names
}

/// The name of the instrument of the request; `none` where it is made under none.
pub(super) fn under(writer: &Writer, under: Under) -> String {
    words::under(writer.law, under).to_owned()
}

/// A condition, as the language writes it and as a tree.
#[derive(Serialize)]
pub(super) struct When {
    words: String,
    test: Test,
}

/// A condition that restricts; none for one that always holds.
pub(super) fn when(writer: &Writer, condition: &law::Condition) -> Option<When> {
    (*condition != law::Condition::ALWAYS)
        .then(|| When { words: words::condition(writer.law, condition), test: test(writer, condition) })
}

#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Test {
    All {
        all: Vec<Test>,
    },
    Any {
        any: Vec<Test>,
    },
    Not {
        not: Box<Test>,
    },
    Applies {
        applies: String,
    },
    IsOneOf {
        fact: String,
        is_one_of: Vec<Value>,
    },
    Known {
        fact: String,
        is_known: bool,
    },
    Number {
        fact: String,
        #[serde(flatten)]
        range: Range,
    },
    Day {
        fact: String,
        #[serde(flatten)]
        days: Days,
    },
}

/// A half-open range of numbers; a bound that is missing does not restrict.
#[derive(Serialize)]
pub(super) struct Range {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) at_least: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) less_than: Option<i64>,
}

fn test(writer: &Writer, condition: &law::Condition) -> Test {
    let all = |parts: &[law::Condition]| parts.iter().map(|part| test(writer, part)).collect();
    match condition {
        law::Condition::All(parts) => Test::All { all: all(parts) },
        law::Condition::Any(parts) => Test::Any { any: all(parts) },
        law::Condition::Not(inner) => Test::Not { not: Box::new(test(writer, inner)) },
        law::Condition::Applies(instrument) => Test::Applies { applies: writer.law[*instrument].name.clone() },
        law::Condition::Fact(id, of) => {
            let fact = writer.law[*id].name.clone();
            match of {
                FactTest::IsOneOf(values) => {
                    Test::IsOneOf { fact, is_one_of: values.iter().map(|one| value(writer, *id, one)).collect() }
                }
                FactTest::Known => Test::Known { fact, is_known: true },
                FactTest::Number { from, until } => {
                    Test::Number { fact, range: Range { at_least: *from, less_than: *until } }
                }
                FactTest::Date { from, until } => {
                    let dates = law::Interval {
                        from: from.unwrap_or(law::Day::BEGINNING),
                        until: until.unwrap_or(law::Day::END),
                    };
                    Test::Day { fact, days: Days::of(dates) }
                }
            }
        }
    }
}

/// The value of a fact, with what kind of value it is.
#[derive(Serialize)]
#[serde(tag = "kind", content = "value", rename_all = "kebab-case")]
pub(super) enum Value {
    Unknown,
    /// Of a place: not in the country whose authority is asked for.
    None,
    YesNo(bool),
    Choice(String),
    Place(String),
    /// A place that is not declared.
    NamedPlace(String),
    Language(String),
    OtherLanguage,
    Country(String),
    OtherCountry,
    /// In the unit of the fact.
    Number(i64),
    Day(String),
}

pub(super) fn value(writer: &Writer, fact: law::FactId, value: &FactValue) -> Value {
    match value {
        FactValue::Unknown => Value::Unknown,
        FactValue::NoPlace => Value::None,
        FactValue::YesNo(yes) => Value::YesNo(*yes),
        FactValue::Choice(_) => Value::Choice(words::fact_value(writer.law, fact, value)),
        FactValue::Place(place) => Value::Place(writer.law[*place].name.clone()),
        FactValue::OtherPlace(name) => Value::NamedPlace(name.clone()),
        FactValue::Language(language) => Value::Language(writer.law[*language].name.clone()),
        FactValue::OtherLanguage => Value::OtherLanguage,
        FactValue::Country(country) => Value::Country(writer.law[*country].name.clone()),
        FactValue::OtherCountry => Value::OtherCountry,
        FactValue::Number(number) => Value::Number(*number),
        FactValue::Date(day) => Value::Day(day.to_string()),
    }
}
