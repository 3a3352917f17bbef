//! In which cases something holds: conditions, facts, scopes and days.

use super::answer::amount;
use super::{both, either, quoted};
use crate::answer::applicability::{self, WhyNot};
use crate::answer::{Open, OpenValue, setting};
use crate::case::Case;
use crate::law::{
    Condition, CountryId, CountrySet, Day, FactId, FactKind, FactTest, FactValue, InstrumentId, Interval, Law, Scope,
    Under,
};

/// How a condition is bound to what stands around it: only a part that mixes `and` with `or` needs parentheses.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    Nothing,
    And,
    Or,
    Not,
}

/// A condition as the language writes it; `always` and `never` for the two that it has no form for.
pub fn condition(law: &Law, condition: &Condition) -> String {
    written(law, condition, Around::Nothing)
}

fn written(law: &Law, condition: &Condition, around: Around) -> String {
    let (parts, inner, joint) = match condition {
        Condition::All(parts) if parts.is_empty() => return "always".to_owned(),
        Condition::Any(parts) if parts.is_empty() => return "never".to_owned(),
        Condition::All(parts) | Condition::Any(parts) if parts.len() == 1 => return written(law, &parts[0], around),
        Condition::All(parts) => (parts, Around::And, " and "),
        Condition::Any(parts) => (parts, Around::Or, " or "),
        Condition::Not(part) => return format!("not {}", written(law, part, Around::Not)),
        Condition::Fact(fact, test) => return fact_test(law, *fact, test, around),
        Condition::Applies(instrument) => return format!("{} applies", law[*instrument].name),
    };
    let text = parts.iter().map(|part| written(law, part, inner)).collect::<Vec<_>>().join(joint);
    bound(text, inner, around)
}

fn bound(text: String, inner: Around, around: Around) -> String {
    if around == Around::Nothing || around == inner { text } else { format!("({text})") }
}

fn fact_test(law: &Law, fact: FactId, test: &FactTest, around: Around) -> String {
    let name = &law[fact].name;
    let (tests, inner) = match test {
        FactTest::IsOneOf(values) => (is_one_of(law, fact, values), Around::Or),
        FactTest::Known => (vec![format!("{name} is known")], Around::And),
        FactTest::Number { from, until } => (
            range(*from, *until, |n| fact_value(law, fact, &FactValue::Number(n)), ["at least", "less than"])
                .into_iter()
                .map(|test| format!("{name} {test}"))
                .collect(),
            Around::And,
        ),
        FactTest::Date { from, until } => (
            range(from.map(day_number), until.map(day_number), number_day, ["on or after", "before"])
                .into_iter()
                .map(|test| format!("{name} {test}"))
                .collect(),
            Around::And,
        ),
    };
    if let [one] = tests.as_slice() {
        return one.clone();
    }
    bound(tests.join(if inner == Around::Or { " or " } else { " and " }), inner, around)
}

fn day_number(day: Day) -> i64 {
    i64::from(day.0)
}

pub(super) fn number_day(number: i64) -> String {
    let beyond = if number < 0 { i32::MIN } else { i32::MAX };
    Day(i32::try_from(number).unwrap_or(beyond)).to_string()
}

/// The tests that together say that a number lies in a half-open range; none where nothing is restricted.
pub(super) fn range(
    from: Option<i64>,
    until: Option<i64>,
    show: impl Fn(i64) -> String,
    words: [&str; 2],
) -> Vec<String> {
    if let (Some(from), Some(until)) = (from, until)
        && from.checked_add(1) == Some(until)
    {
        return vec![format!("is {}", show(from))];
    }
    let bounds = [(words[0], from), (words[1], until)];
    bounds.into_iter().filter_map(|(word, bound)| Some(format!("{word} {}", show(bound?)))).collect()
}

/// The tests one of which must hold.
pub(super) fn is_one_of(law: &Law, fact: FactId, values: &[FactValue]) -> Vec<String> {
    let name = &law[fact].name;
    let apart = |value: &FactValue| matches!(value, FactValue::Unknown | FactValue::NoPlace | FactValue::YesNo(_));
    let plain: Vec<_> = values.iter().filter(|value| !apart(value)).map(|value| fact_value(law, fact, value)).collect();
    let mut tests = Vec::new();
    match plain.as_slice() {
        [] => {}
        [one] => tests.push(format!("{name} is {one}")),
        several => tests.push(format!("{name} is one of {}", several.join(", "))),
    }
    tests.extend(values.iter().filter(|value| apart(value)).map(|value| match value {
        FactValue::YesNo(true) => name.clone(),
        FactValue::YesNo(false) if !law[fact].may_be_unknown => format!("not {name}"),
        value => format!("{name} is {}", fact_value(law, fact, value)),
    }));
    tests
}

/// The value of a fact, as the language writes it. For a language or country that is not declared: `other`.
pub fn fact_value(law: &Law, fact: FactId, value: &FactValue) -> String {
    match value {
        FactValue::Unknown => "unknown".to_owned(),
        FactValue::NoPlace => "none".to_owned(),
        FactValue::YesNo(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        FactValue::Choice(choice) => match &law[fact].kind {
            FactKind::OneOf(words) => words.get(*choice as usize).cloned().unwrap_or_default(),
            _ => String::new(),
        },
        FactValue::Place(place) => law[*place].name.clone(),
        FactValue::OtherPlace(name) => quoted(name),
        FactValue::Language(language) => law[*language].name.clone(),
        FactValue::Country(country) => law[*country].name.clone(),
        FactValue::OtherLanguage | FactValue::OtherCountry => "other".to_owned(),
        FactValue::Number(number) => match law[fact].kind {
            FactKind::Number(unit) => amount(*number, unit),
            _ => number.to_string(),
        },
        FactValue::Date(day) => day.to_string(),
    }
}

/// What was not given: the name of the fact, or `under` for the instrument of the request.
pub fn open(law: &Law, open: Open) -> &str {
    match open {
        Open::Under => "under",
        Open::Fact(fact) => &law[fact].name,
    }
}

/// A class of values of something that was not given, without its name: `unknown`, `any other`, `at least 6 months`.
pub fn open_value(law: &Law, open: Open, value: &OpenValue) -> String {
    match (value, open) {
        (OpenValue::Is(value), Open::Fact(fact)) => fact_value(law, fact, value),
        (OpenValue::Range(from, until), Open::Fact(fact)) => {
            let tests = if law[fact].kind == FactKind::Date {
                range(*from, *until, number_day, ["on or after", "before"])
            } else {
                range(*from, *until, |n| fact_value(law, fact, &FactValue::Number(n)), ["at least", "less than"])
            };
            let text = tests.join(" and ");
            if text.is_empty() { "any".to_owned() } else { text.trim_start_matches("is ").to_owned() }
        }
        (OpenValue::Under(what), _) => under(law, *what).to_owned(),
        (OpenValue::Known, _) => "known".to_owned(),
        (OpenValue::OtherInstrument, _) => "another instrument".to_owned(),
        (OpenValue::AnyOther, Open::Fact(fact)) => match law[fact].kind {
            FactKind::Place => "any other place",
            FactKind::Language => "any other language",
            FactKind::Country => "any other country",
            _ => "any other",
        }
        .to_owned(),
        (OpenValue::AnyOther | OpenValue::Is(_) | OpenValue::Range(..), _) => "any other".to_owned(),
    }
}

/// Something that was not given, and what is supposed of it: `offence-district is unknown or none`,
/// `not suspect-resides`, `under no instrument`.
pub fn open_test(law: &Law, open: Open, values: &[OpenValue]) -> String {
    let values = OpenValue::joined(values);
    match (open, values.as_slice()) {
        (Open::Fact(fact), [OpenValue::Is(value @ FactValue::YesNo(_))]) => {
            is_one_of(law, fact, std::slice::from_ref(value)).concat()
        }
        (Open::Under, [OpenValue::Under(Under::Nothing)]) => "under no instrument".to_owned(),
        (Open::Under, _) => {
            let named = values.iter().map(|value| match value {
                OpenValue::Under(Under::Nothing) => "no instrument".to_owned(),
                value => open_value(law, open, value),
            });
            format!("under {}", either(named))
        }
        (Open::Fact(fact), [only]) => format!("{} is {}", law[fact].name, open_value(law, open, only)),
        (Open::Fact(fact), _) => {
            let words = either(values.iter().map(|value| one_of_several(law, fact, value)));
            format!("{} is {words}", law[fact].name)
        }
    }
}

/// A value among others: a range says by itself where it begins and ends, so that it cannot be read together with the
/// next.
fn one_of_several(law: &Law, fact: FactId, value: &OpenValue) -> String {
    let show = |number: i64| match law[fact].kind {
        FactKind::Date => number_day(number),
        _ => fact_value(law, fact, &FactValue::Number(number)),
    };
    match value {
        OpenValue::Range(Some(from), Some(until)) if from + 1 == *until => format!("exactly {}", show(*from)),
        OpenValue::Range(Some(from), Some(until)) => format!("from {} to {}", show(*from), show(until - 1)),
        value => open_value(law, Open::Fact(fact), value),
    }
}

/// What a request is made under: the name of the instrument, or `none`.
pub fn under(law: &Law, under: Under) -> &str {
    match under {
        Under::Nothing => "none",
        Under::Instrument(instrument) => &law[instrument].name,
    }
}

/// Why no request can be made under what the case names, between its countries on its day; none where one can.
pub fn under_in_vain(law: &Law, case: &Case) -> Option<String> {
    let Some(Under::Instrument(id)) = case.under else { return None };
    let why = applicability::why_not(law, id, setting(case))?;
    let name = |id: InstrumentId| format!("`{}`", law[id].name);
    let countries = |countries: &[CountryId]| both(countries.iter().map(|country| law[*country].name.as_str()));
    let between = if law[case.matter].between_countries {
        format!("between {}", countries(&[case.requesting, case.requested]))
    } else {
        format!("in {}", law[case.requested].name)
    };
    let because = match why {
        WhyNot::Matter => return Some(format!("{} does not govern `{}`", name(id), law[case.matter].name)),
        WhyNot::NotBound(those) if law[id].kind.is_of_one_country() => {
            let names: Vec<&str> = those.iter().map(|country| law[*country].name.as_str()).collect();
            let neither = if names.len() > 1 { "neither " } else { "another country than " };
            format!("it is a text of {neither}{}", names.join(" nor "))
        }
        WhyNot::NotBound(those) => format!("{} not bound by it", are(&countries(&those), those.len())),
        WhyNot::NotYet(day) => format!("it applies from {day}"),
        WhyNot::NoLonger(day) => format!("it applied until {day}"),
        WhyNot::Replaced(newer) => format!("it is replaced by {}", both(newer.into_iter().map(name))),
    };
    Some(format!("{} does not apply {between} on {}: {because}", name(id), case.on))
}

fn are(subject: &str, number: usize) -> String {
    format!("{subject} {}", if number == 1 { "is" } else { "are" })
}

/// A scope as the language writes it: `from Denmark to Finland, Norway under uncac-2003 from 2025-06-09`; empty where it
/// restricts nothing.
pub fn scope(law: &Law, scope: Scope) -> String {
    let relations = &law[scope.relations];
    let countries = |set: CountrySet| set.iter().map(|country| law[country].name.as_str()).collect::<Vec<_>>();
    let mut parts = Vec::new();
    if let Some(from) = relations.from {
        parts.push(format!("from {}", countries(from).join(", ")));
    }
    if let Some(to) = relations.to {
        parts.push(format!("to {}", countries(to).join(", ")));
    }
    parts.extend(relations.between.iter().map(|set| format!("between {}", both(countries(*set)))));
    if let Some(set) = &relations.under {
        let named = either(set.iter().filter(|one| **one != Under::Nothing).map(|one| under(law, *one)));
        let none = set.contains(&Under::Nothing).then_some("under no instrument");
        parts.push(either(
            (!named.is_empty()).then(|| format!("under {named}")).into_iter().chain(none.map(str::to_owned)),
        ));
    }
    if scope.dates != Interval::ALWAYS {
        parts.push(day_range(scope.dates));
    }
    parts.join(" ")
}

/// Days as people read them: `from 2025-06-09`, `until 2027-01-31` (that day included), `at any time`, `on no day`.
pub fn interval(dates: Interval) -> String {
    if dates.is_empty() {
        "on no day".to_owned()
    } else if dates == Interval::ALWAYS {
        "at any time".to_owned()
    } else if dates.from.next() == dates.until {
        format!("on {}", dates.from)
    } else {
        day_range(dates)
    }
}

/// Days as the language writes them, both bounds included: `from 2025-06-09 until 2027-01-31`; empty for all days.
pub fn day_range(dates: Interval) -> String {
    let from = (dates.from != Day::BEGINNING).then(|| format!("from {}", dates.from));
    let until = (dates.until != Day::END).then(|| format!("until {}", dates.until.previous()));
    from.into_iter().chain(until).collect::<Vec<_>>().join(" ")
}
