//! The finite form of what was not given (semantics, section 1): values that no condition tells apart are one class,
//! and one of them speaks for all.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::{OpenValue, Setting};
use crate::law::{Condition, CountryId, Day, FactId, FactKind, FactTest, FactValue, Law, QuestionHead, Side};

/// What conditions ask of facts, by fact.
pub type Asked<'l> = BTreeMap<FactId, Vec<&'l FactTest>>;

/// Collects what a condition asks of each fact.
pub fn asked<'l>(condition: &'l Condition, into: &mut Asked<'l>) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| asked(part, into)),
        Condition::Not(inner) => asked(inner, into),
        Condition::Fact(fact, test) => into.entry(*fact).or_default().push(test),
        Condition::Applies(_) => {}
    }
}

/// The classes of a fact's values under these tests, each with a value that speaks for it.
pub fn classes(law: &Law, fact: FactId, tests: &[&FactTest]) -> Vec<(OpenValue, FactValue)> {
    let row = &law[fact];
    let mut classes = match &row.kind {
        FactKind::YesNo => [true, false].map(|yes| exactly(FactValue::YesNo(yes))).into(),
        FactKind::OneOf(values) => {
            let all = (0..crate::law::id_of(values.len())).map(FactValue::Choice);
            named_and_other(tests, all, None)
        }
        FactKind::Place => {
            let mut classes = vec![exactly(FactValue::NoPlace)];
            classes.extend(named_and_other(tests, std::iter::empty(), Some(FactValue::OtherPlace(String::new()))));
            if let [_, (only, _)] = classes.as_mut_slice() {
                *only = OpenValue::Known;
            }
            classes
        }
        FactKind::Language => named_and_other(
            tests,
            law.languages().map(|(id, _)| FactValue::Language(id)),
            Some(FactValue::OtherLanguage),
        ),
        FactKind::Country => {
            named_and_other(tests, law.countries().map(|(id, _)| FactValue::Country(id)), Some(FactValue::OtherCountry))
        }
        FactKind::Number(_) => ranges(tests, 0..i64::MAX, FactValue::Number),
        FactKind::Date => ranges(tests, days(), |day| FactValue::Date(day_of(day))),
    };
    if row.may_be_unknown {
        classes.push(exactly(FactValue::Unknown));
    }
    classes
}

/// As [`classes`], of what can be in a case: a declared place that lies elsewhere is no value.
pub fn classes_in(
    law: &Law,
    fact: FactId,
    tests: &[&FactTest],
    head: QuestionHead,
    setting: Setting,
) -> Vec<(OpenValue, FactValue)> {
    let mut classes = classes(law, fact, tests);
    if law[fact].kind != FactKind::Place {
        return classes;
    }
    let lies_elsewhere = |value: &FactValue| match value {
        FactValue::Place(place) => !place_can_lie_in(head, setting, law[*place].country),
        _ => false,
    };
    classes.retain(|(_, value)| !lies_elsewhere(value));
    if !classes.iter().any(|(_, value)| matches!(value, FactValue::Place(_))) {
        // There is no other of which it could be told apart.
        classes.iter_mut().filter(|class| class.0 == OpenValue::AnyOther).for_each(|class| class.0 = OpenValue::Known);
    }
    classes
}

/// A place of that country can be named in a case: it lies in the country whose authority is asked for, and where another
/// question is asked, in one of the two (semantics, section 1).
pub fn place_can_lie_in(head: QuestionHead, setting: Setting, country: CountryId) -> bool {
    match head {
        QuestionHead::Authority(_, Side::Requesting) => country == setting.requesting,
        QuestionHead::Authority(_, Side::Requested) => country == setting.requested,
        _ => country == setting.requesting || country == setting.requested,
    }
}

fn exactly(value: FactValue) -> (OpenValue, FactValue) {
    (OpenValue::Is(value.clone()), value)
}

/// Each value that a test names is a class of its own; all others are one, if there are any.
fn named_and_other(
    tests: &[&FactTest],
    all: impl Iterator<Item = FactValue>,
    undeclared: Option<FactValue>,
) -> Vec<(OpenValue, FactValue)> {
    let named: BTreeSet<&FactValue> = tests
        .iter()
        .filter_map(|test| match test {
            FactTest::IsOneOf(values) => Some(values),
            _ => None,
        })
        .flatten()
        .filter(|value| !matches!(value, FactValue::Unknown | FactValue::NoPlace))
        .collect();
    let mut classes: Vec<_> = named.iter().map(|value| exactly((*value).clone())).collect();
    let mut others: Vec<FactValue> = all.filter(|value| !named.contains(value)).collect();
    others.extend(undeclared);
    match others.len() {
        0 => {}
        1 if !matches!(others[0], FactValue::OtherPlace(_)) => classes.push(exactly(others.remove(0))),
        _ => classes.push((OpenValue::AnyOther, others.remove(0))),
    }
    classes
}

/// All days that can be written.
fn days() -> Range<i64> {
    i64::from(Day::BEGINNING.0)..i64::from(Day::END.0)
}

fn day_of(number: i64) -> Day {
    i32::try_from(number).map_or(Day::END.previous(), Day)
}

/// Cuts numbers or days at every bound that a test names; below the first and beyond the last of `all` there is nothing.
fn ranges(tests: &[&FactTest], all: Range<i64>, value: impl Fn(i64) -> FactValue) -> Vec<(OpenValue, FactValue)> {
    let mut cuts = BTreeSet::new();
    for test in tests {
        match test {
            FactTest::Number { from, until } => cuts.extend([*from, *until].into_iter().flatten()),
            FactTest::Date { from, until } => {
                cuts.extend([*from, *until].into_iter().flatten().map(|day| i64::from(day.0)));
            }
            FactTest::IsOneOf(values) => {
                for named in values {
                    let at = match named {
                        FactValue::Number(number) => *number,
                        FactValue::Date(day) => i64::from(day.0),
                        _ => continue,
                    };
                    cuts.extend([at, at.saturating_add(1)]);
                }
            }
            FactTest::Known => {}
        }
    }
    cuts.retain(|cut| *cut > all.start && *cut < all.end);
    let bounds: Vec<Option<i64>> =
        std::iter::once(None).chain(cuts.into_iter().map(Some)).chain(std::iter::once(None)).collect();
    bounds
        .windows(2)
        .map(|pair| {
            let speaks_for_all = pair[0].or(pair[1].map(|until| until - 1)).unwrap_or(0);
            (OpenValue::Range(pair[0], pair[1]), value(speaks_for_all))
        })
        .collect()
}
