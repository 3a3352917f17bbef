//! What is known of a value, as a condition of the language: of which classes of values it is one.

use super::case::{fact_value, is_one_of, number_day, range};
use crate::answer::OpenValue;
use crate::law::{FactId, FactKind, FactValue, Law};

/// A condition that holds exactly where the fact has a value of one of these classes, out of all there are. Several parts,
/// of which one must hold, where it is `Either`; which all must hold, where it is `All`.
pub(super) enum Test {
    Either(Vec<String>),
    All(Vec<String>),
}

impl Test {
    /// As a part of a chain of `and`.
    fn within_and(self) -> String {
        match self {
            Test::Either(parts) if parts.len() > 1 => format!("({})", parts.join(" or ")),
            Test::Either(parts) => parts.concat(),
            Test::All(parts) => parts.join(" and "),
        }
    }

    /// As a part of a chain of `or`.
    fn within_or(self) -> String {
        match self {
            Test::All(parts) if parts.len() > 1 => format!("({})", parts.join(" and ")),
            Test::All(parts) => parts.concat(),
            Test::Either(parts) => parts.join(" or "),
        }
    }
}

/// What holds where each of the facts has one of these classes, as a condition: `victims at least 2 and stage is early`.
pub fn all_of<'v>(law: &Law, tests: impl IntoIterator<Item = (FactId, &'v [OpenValue], &'v [OpenValue])>) -> String {
    let mut tests: Vec<Test> = tests.into_iter().map(|(fact, values, all)| test(law, fact, values, all)).collect();
    match tests.len() {
        1 => match tests.remove(0) {
            Test::Either(parts) => parts.join(" or "),
            Test::All(parts) => parts.join(" and "),
        },
        _ => tests.into_iter().map(Test::within_and).collect::<Vec<_>>().join(" and "),
    }
}

/// What holds where one of the facts has none of these classes: the opposite of [`all_of`].
pub fn none_of<'v>(law: &Law, tests: impl IntoIterator<Item = (FactId, &'v [OpenValue], &'v [OpenValue])>) -> String {
    let mut tests: Vec<Test> = tests
        .into_iter()
        .map(|(fact, values, all)| {
            let others: Vec<OpenValue> = all.iter().filter(|value| !values.contains(value)).cloned().collect();
            test(law, fact, &others, all)
        })
        .collect();
    match tests.len() {
        1 => match tests.remove(0) {
            Test::Either(parts) => parts.join(" or "),
            Test::All(parts) => parts.join(" and "),
        },
        _ => tests.into_iter().map(Test::within_or).collect::<Vec<_>>().join(" or "),
    }
}

fn test(law: &Law, fact: FactId, values: &[OpenValue], all: &[OpenValue]) -> Test {
    let name = &law[fact].name;
    let (mut plain, mut ranges, mut open) = (Vec::new(), Vec::new(), false);
    for value in OpenValue::joined(values) {
        match value {
            OpenValue::Is(FactValue::OtherLanguage | FactValue::OtherCountry) | OpenValue::Known => open = true,
            OpenValue::AnyOther => match &law[fact].kind {
                FactKind::OneOf(words) => {
                    let choices = (0..crate::law::id_of(words.len())).map(FactValue::Choice);
                    plain.extend(choices.filter(|choice| !all.contains(&OpenValue::Is(choice.clone()))));
                }
                _ => open = true,
            },
            OpenValue::Is(value) => plain.push(value),
            OpenValue::Range(from, until) => ranges.push((from, until)),
            OpenValue::Under(_) | OpenValue::OtherInstrument => {}
        }
    }
    if open {
        return Test::All(but_for(law, fact, values, all));
    }
    let (show, words): (&dyn Fn(i64) -> String, [&str; 2]) = if law[fact].kind == FactKind::Date {
        (&number_day, ["on or after", "before"])
    } else {
        (&|number| fact_value(law, fact, &FactValue::Number(number)), ["at least", "less than"])
    };
    let may_be_unknown = law[fact].may_be_unknown;
    let mut parts: Vec<Vec<String>> = Vec::new();
    for (from, until) in ranges {
        let tests = range(from, until, show, words);
        parts.push(if tests.is_empty() {
            vec![if may_be_unknown { format!("{name} is known") } else { format!("{name} at least 0") }]
        } else {
            tests.into_iter().map(|test| format!("{name} {test}")).collect()
        });
    }
    if parts.len() == 1 && plain.is_empty() {
        return Test::All(parts.remove(0));
    }
    let several = |part: &Vec<String>| part.len() > 1;
    let mut either: Vec<String> = parts
        .iter()
        .map(|part| if several(part) { format!("({})", part.join(" and ")) } else { part.concat() })
        .collect();
    either.extend(is_one_of(law, fact, &plain));
    Test::Either(either)
}

/// A known value that is none of those that are told apart and left out.
fn but_for(law: &Law, fact: FactId, values: &[OpenValue], all: &[OpenValue]) -> Vec<String> {
    let name = &law[fact].name;
    let left_out: Vec<&FactValue> = all
        .iter()
        .filter(|value| !values.contains(value))
        .filter_map(|value| if let OpenValue::Is(value) = value { Some(value) } else { None })
        .collect();
    let lacks = |value: &FactValue| left_out.contains(&value);
    let mut parts = Vec::new();
    let may_be_none = law[fact].kind == FactKind::Place;
    if law[fact].may_be_unknown && lacks(&FactValue::Unknown) && (!may_be_none || lacks(&FactValue::NoPlace)) {
        parts.push(format!("{name} is known"));
    } else {
        for value in [FactValue::Unknown, FactValue::NoPlace].into_iter().filter(|value| lacks(value)) {
            parts.push(format!("not {name} is {}", fact_value(law, fact, &value)));
        }
    }
    let named: Vec<FactValue> = left_out
        .into_iter()
        .filter(|value| !matches!(value, FactValue::Unknown | FactValue::NoPlace))
        .cloned()
        .collect();
    parts.extend(is_one_of(law, fact, &named).into_iter().map(|test| format!("not {test}")));
    parts
}
