//! Conditions: tests of facts, in the values that the kind of the fact has.

use std::collections::BTreeSet;

use super::Context;
use super::names::{Found, Meaning, Names, normal, shown};
use super::places;
use super::twice;
use crate::finding::{Code, Finding};
use crate::law::{Condition, CountryId, Day, Fact, FactId, FactKind, FactTest, FactValue, Law, Place, PlaceId, Unit};
use crate::source::Span;
use crate::syntax::ast::{self, Atom, Comparison, Duration, Predicate, Text};
use crate::syntax::number_in_words;

/// A condition as meant. A test that is broken is reported and left out.
pub(crate) fn condition(cx: &mut Context, written: &ast::Condition<'_>) -> Condition {
    let mut negated = Vec::new();
    let condition = lower(cx, written, false, &mut negated);
    note_what_holds_when_unknown(cx, &condition, &negated);
    condition
}

/// Collects, beside the condition, the tests of values that stand under `not`.
fn lower(
    cx: &mut Context,
    written: &ast::Condition<'_>,
    under_not: bool,
    negated: &mut Vec<(FactId, Span)>,
) -> Condition {
    match written {
        ast::Condition::All(parts) | ast::Condition::Any(parts) => {
            let lowered: Vec<_> = parts.iter().map(|part| lower(cx, part, under_not, negated)).collect();
            let placed = lowered.iter().zip(parts).filter_map(|(part, written)| Some((part.clone(), written.span()?)));
            twice::parts(cx, placed.collect::<Vec<_>>());
            if matches!(written, ast::Condition::All(_)) { Condition::All(lowered) } else { Condition::Any(lowered) }
        }
        ast::Condition::Not(inner, _) => lower(cx, inner, !under_not, negated).negated(),
        ast::Condition::Atom(atom) => {
            let test = test(cx, atom);
            let says_not = matches!(atom.predicate, Predicate::IsNot(_));
            // Who asks whether a place is `none` tells the classes of places apart, the unknown among them.
            if let Some(fact) = test.as_ref().and_then(tested_fact)
                && says_not != under_not
                && !matches!(atom.predicate, Predicate::None)
            {
                negated.push((fact, atom.span));
            }
            test.unwrap_or(Condition::ALWAYS)
        }
    }
}

fn tested_fact(condition: &Condition) -> Option<FactId> {
    match condition {
        Condition::Fact(fact, _) => Some(*fact),
        Condition::Not(inner) => tested_fact(inner),
        _ => None,
    }
}

/// A test of one fact or instrument; none where it is broken.
fn test(cx: &mut Context, atom: &Atom<'_>) -> Option<Condition> {
    let subject = cx.names.subject(atom.subject);
    let fact = match (cx.take(subject)?, &atom.predicate) {
        (Meaning::Instrument(instrument), Predicate::Applies) => return Some(Condition::Applies(instrument)),
        (Meaning::Instrument(_), _) => {
            let name = shown(atom.subject.text);
            let message = format!("`{name}` is an instrument: all that can be asked of it is whether it applies");
            cx.report(Finding::new(Code::BadFact, atom.span, message).help(format!("write `{name} applies`")));
            return None;
        }
        (Meaning::Fact(fact), _) => fact,
        _ => return None,
    };
    use_groups(cx, &atom.predicate);
    if let Predicate::Is(values) = &atom.predicate
        && values.len() > 1
    {
        let key = |value: &ast::FactValue<'_>| {
            let written = match value {
                ast::FactValue::Name(name) | ast::FactValue::Integer(name) => normal(name.text).into_owned(),
                ast::FactValue::Date(date) => date.0.text.to_owned(),
                ast::FactValue::Text(text) => format!("\"{}\"", normal(&text.value)),
                ast::FactValue::Duration(duration) => format!("{} {}", duration.number.text, duration.unit.text),
            };
            (written.clone(), shown(&written).into_owned(), value.span())
        };
        twice::members(cx, values.iter().map(key).collect::<Vec<_>>());
    }
    let test = fact_test(cx, fact, atom);
    cx.take(test)
}

/// Notes the groups of countries that a test names.
fn use_groups(cx: &mut Context, predicate: &Predicate<'_>) {
    let values = match predicate {
        Predicate::Is(values) => &values[..],
        Predicate::IsNot(value) => std::slice::from_ref(value),
        _ => &[],
    };
    for value in values {
        if let ast::FactValue::Name(name) = value
            && let Some((Meaning::Group(group), _)) = cx.names.get(name.text)
        {
            cx.groups_used.insert(group);
        }
    }
}

fn fact_test(cx: &Context, id: FactId, atom: &Atom<'_>) -> Found<Condition> {
    let fact = &cx.law[id];
    let name = &fact.name;
    let bad = |message: String, help: String| {
        let finding = Finding::new(Code::BadFact, atom.span, message).other(fact.span, "declared here");
        Err(Some(Box::new(finding.help(help))))
    };
    let is = |values: Vec<FactValue>| Condition::Fact(id, FactTest::IsOneOf(values));
    match &atom.predicate {
        Predicate::Holds if fact.kind == FactKind::YesNo => Ok(is(vec![FactValue::YesNo(true)])),
        Predicate::Holds => bad(
            format!("`{name}` is {} and does not hold by itself", kind_in_words(&fact.kind)),
            format!("say which value it has: {}", example(fact)),
        ),
        Predicate::Known | Predicate::Unknown if !fact.may_be_unknown => bad(
            format!("`{name}` is never unknown"),
            format!("where nobody may know it, declare `fact {name} : … or unknown`"),
        ),
        Predicate::Known => Ok(Condition::Fact(id, FactTest::Known)),
        Predicate::Unknown => Ok(is(vec![FactValue::Unknown])),
        Predicate::None if fact.kind == FactKind::Place => Ok(is(vec![FactValue::NoPlace])),
        Predicate::None => {
            bad(format!("`{name}` is no place, and only a place is `none`"), format!("say {}", example(fact)))
        }
        Predicate::Applies => {
            bad(format!("`{name}` is a fact, and only an instrument applies"), format!("say {}", example(fact)))
        }
        Predicate::Is(values) => {
            let mut found = Vec::new();
            for value in values {
                found.extend(values_of(cx, id, value)?);
            }
            Ok(is(found))
        }
        Predicate::IsNot(ast::FactValue::Name(value)) if fact.may_be_unknown && value.text == "unknown" => {
            bad(format!("that `{name}` is not unknown is said in other words"), format!("write `{name} is known`"))
        }
        Predicate::IsNot(value) => Ok(is(values_of(cx, id, value)?).negated()),
        Predicate::Compare(comparison, value) => match (fact_value(&cx.law, &cx.names, id, value, None)?, &fact.kind) {
            (FactValue::Number(number), _) if !matches!(comparison, Comparison::Before | Comparison::After) => {
                Ok(number_test(id, *comparison, number))
            }
            (FactValue::Date(day), _) if !matches!(comparison, Comparison::MoreThan | Comparison::LessThan) => {
                Ok(date_test(id, *comparison, day))
            }
            (_, FactKind::Number(_)) => bad(
                format!("`{name}` is a number: it is more or less, not before or after"),
                format!("write `{name} less than …` or `{name} more than …`"),
            ),
            (_, FactKind::Date) => bad(
                format!("`{name}` is a date: it is before or after, not more or less"),
                format!("write `{name} before …` or `{name} after …`"),
            ),
            (_, kind) => bad(
                format!("`{name}` is {}, which is neither more nor less than another", kind_in_words(kind)),
                format!("say {}", example(fact)),
            ),
        },
    }
}

/// The values that a word stands for: several for a group of countries.
fn values_of(cx: &Context, fact: FactId, value: &ast::FactValue<'_>) -> Found<Vec<FactValue>> {
    if let (FactKind::Country, ast::FactValue::Name(name)) = (&cx.law[fact].kind, value)
        && let Some((Meaning::Group(group), _)) = cx.names.get(name.text)
    {
        return Ok(cx.groups[group].iter().map(FactValue::Country).collect());
    }
    fact_value(&cx.law, &cx.names, fact, value, None).map(|value| vec![value])
}

/// Ranges are half-open; beyond the last number there is none.
fn number_test(fact: FactId, comparison: Comparison, number: i64) -> Condition {
    let (from, until) = match comparison {
        Comparison::AtLeast | Comparison::After => (Some(number), None),
        Comparison::LessThan | Comparison::Before => (None, Some(number)),
        Comparison::AtMost => (None, number.checked_add(1)),
        Comparison::MoreThan => match number.checked_add(1) {
            Some(next) => (Some(next), None),
            None => return Condition::NEVER,
        },
    };
    Condition::Fact(fact, FactTest::Number { from, until })
}

fn date_test(fact: FactId, comparison: Comparison, day: Day) -> Condition {
    let (from, until) = match comparison {
        Comparison::AtLeast => (Some(day), None),
        Comparison::AtMost => (None, Some(day.next())),
        Comparison::Before | Comparison::LessThan => (None, Some(day)),
        Comparison::After | Comparison::MoreThan => (Some(day.next()), None),
    };
    Condition::Fact(fact, FactTest::Date { from, until })
}

/// The value that is meant for a fact. `given` is none for a rule, which can name only what is declared, and the
/// countries of the case for a value that is given in one: there a place or a code that is not declared is a value too.
pub(crate) fn fact_value(
    law: &Law,
    names: &Names,
    id: FactId,
    value: &ast::FactValue<'_>,
    given: Option<&[CountryId]>,
) -> Found<FactValue> {
    let fact = &law[id];
    match (&fact.kind, value) {
        (FactKind::YesNo, ast::FactValue::Name(name)) if matches!(name.text, "yes" | "no") => {
            Ok(FactValue::YesNo(name.text == "yes"))
        }
        (FactKind::OneOf(choices), ast::FactValue::Name(name)) => {
            let wanted = normal(name.text);
            names.choice(id, &wanted).map(FactValue::Choice).ok_or_else(|| {
                let message = format!("`{}` is none of the values of `{}`", shown(name.text), fact.name);
                let finding = Finding::new(Code::UnknownName, name.span, message).other(fact.span, "declared here");
                Some(Box::new(match names.near(&wanted, choices.len(), choices.iter().map(String::as_str)) {
                    Some(near) => near.ask(finding, near.name, name.span),
                    None => finding.help(format!("it is {}", kind_in_words(&fact.kind))),
                }))
            })
        }
        (FactKind::Place, ast::FactValue::Name(name)) => declared_place(law, names, *name, given),
        (FactKind::Place, ast::FactValue::Text(text)) => place_in_quotes(law, text, given),
        (FactKind::Language, ast::FactValue::Name(name)) => {
            let coded = given.and_then(|_| names.language_by_code(name.text));
            match (coded, given) {
                (Some(language), _) => Ok(FactValue::Language(language)),
                (None, Some(_)) if name.text == "other" => Ok(FactValue::OtherLanguage),
                _ => names.language(*name).map(FactValue::Language).map_err(|lost| other_word(lost, given)),
            }
        }
        (FactKind::Country, ast::FactValue::Name(name)) => {
            let coded = given.and_then(|_| names.country_by_code(name.text));
            match (coded, given) {
                (Some(country), _) => Ok(FactValue::Country(country)),
                (None, Some(_)) if name.text == "other" => Ok(FactValue::OtherCountry),
                _ => names.country(*name).map(FactValue::Country).map_err(|lost| other_word(lost, given)),
            }
        }
        (FactKind::Number(_), ast::FactValue::Integer(number)) => {
            number.text.parse().map(FactValue::Number).map_err(|_| Some(Box::new(too_large(number.span))))
        }
        (FactKind::Number(unit), ast::FactValue::Duration(duration)) => {
            in_unit(fact, *unit, duration).map(FactValue::Number)
        }
        (FactKind::Date, ast::FactValue::Date(date)) => super::day(date).map(FactValue::Date),
        (FactKind::Number(_), ast::FactValue::Name(name)) if name.text.contains(|c: char| c.is_ascii_digit()) => {
            let finding = Finding::new(Code::BadFact, name.span, NOT_WHOLE).other(fact.span, "declared here");
            Err(Some(Box::new(finding.help(format!("say {}", example(fact))))))
        }
        _ => {
            let message = format!("`{}` is {}, and this is not", fact.name, kind_in_words(&fact.kind));
            let finding = Finding::new(Code::BadFact, value.span(), message).other(fact.span, "declared here");
            if let (FactKind::Number(_), ast::FactValue::Name(name)) = (&fact.kind, value)
                && let Some(number) = number_in_words(name.text)
            {
                return Err(Some(Box::new(finding.help(format!("write `{number}`: numbers are written in digits")))));
            }
            Err(Some(Box::new(finding.help(format!("say {}", example(fact))))))
        }
    }
}

/// A language or country of a case that the law does not know can be given as `other`.
fn other_word(lost: Option<Box<Finding>>, given: Option<&[CountryId]>) -> Option<Box<Finding>> {
    lost.map(|mut finding| {
        if given.is_some() && finding.code == Code::UnknownName {
            finding.code = Code::BadFact;
            let near = finding.help.take().filter(|help| help.starts_with("did you mean"));
            finding.help =
                Some(near.unwrap_or_else(|| "for one that the law does not declare, say `other`".to_owned()));
        }
        finding
    })
}

fn declared_place(law: &Law, names: &Names, name: ast::Name<'_>, given: Option<&[CountryId]>) -> Found<FactValue> {
    let place = names.place(name).map_err(|lost| {
        lost.map(|mut finding| {
            if given.is_some()
                && finding.code == Code::UnknownName
                && !finding.help.as_ref().is_some_and(|help| help.starts_with("did"))
            {
                finding.help =
                    Some(format!("a place that is not declared stands in quotes: `\"{}\"`", shown(name.text)));
            }
            finding
        })
    })?;
    let within = given.unwrap_or(&[]);
    if !within.is_empty() && !within.contains(&law[place].country) {
        let message =
            format!("`{}` lies in {}, which is no country of this case", law[place].name, law[law[place].country].name);
        let finding = Finding::new(Code::BadFact, name.span, message);
        return Err(Some(Box::new(finding.help("a place that lies in none of the countries asked is `none`"))));
    }
    Ok(FactValue::Place(place))
}

fn place_in_quotes(law: &Law, text: &Text<'_>, given: Option<&[CountryId]>) -> Found<FactValue> {
    let wanted = normal(&text.value);
    let within = given.unwrap_or(&[]);
    let is_meant = |place: &Place| {
        (place.name == *wanted || place.title.as_deref().is_some_and(|title| normal(title) == wanted))
            && (within.is_empty() || within.contains(&place.country))
    };
    let mut meant = law.places().filter(|(_, place)| is_meant(place)).map(|(id, _)| id);
    match (meant.next(), meant.next(), given) {
        (Some(place), None, _) => Ok(FactValue::Place(place)),
        (Some(one), Some(other), _) => Err(Some(Box::new(ambiguous_place(law, text.span, one, other)))),
        (None, _, Some(_)) => match places::no_place(law, &wanted, within, text.span) {
            Some(finding) => Err(Some(Box::new(finding))),
            None => Ok(FactValue::OtherPlace(wanted.into_owned())),
        },
        (None, _, None) => {
            let message = format!("no place `{}` is declared", shown(&wanted));
            let finding = Finding::new(Code::BadFact, text.span, message);
            let help = "a rule can tell a place from others only if it is declared: `place aland \"Åland\" in Finland`";
            Err(Some(Box::new(finding.help(help))))
        }
    }
}

fn ambiguous_place(law: &Law, span: Span, one: PlaceId, other: PlaceId) -> Finding {
    Finding::new(Code::AmbiguousName, span, "two places are called so")
        .other(law[one].span, "this one")
        .other(law[other].span, "and this one")
        .help(format!("write `{}` or `{}`", law[one].name, law[other].name))
}

/// What is wrong with `2.5` and `-1`.
const NOT_WHOLE: &str = "a number is whole and not less than 0";

fn too_large(span: Span) -> Finding {
    Finding::new(Code::BadNumber, span, "the number is too large")
}

/// A length of time in the unit of the fact, where the calendar converts it exactly.
fn in_unit(fact: &Fact, unit: Option<Unit>, duration: &Duration<'_>) -> Found<i64> {
    let span = duration.number.span.to(duration.unit.span);
    if !duration.number.text.bytes().all(|byte| byte.is_ascii_digit()) {
        let finding = Finding::new(Code::BadNumber, span, NOT_WHOLE).other(fact.span, "declared here");
        return Err(Some(Box::new(finding.help(format!("say {}", example(fact))))));
    }
    let number: i64 = duration.number.text.parse().map_err(|_| Some(Box::new(too_large(span))))?;
    let Some(unit) = unit else {
        let message = format!("`{}` is a plain number, without a unit", fact.name);
        let finding = Finding::new(Code::BadNumber, span, message).other(fact.span, "declared here");
        return Err(Some(Box::new(finding)));
    };
    let Some(written) = Unit::parse(duration.unit.text) else {
        let message = "a time is given in hours, days, weeks, months or years";
        return Err(Some(Box::new(Finding::new(Code::BadNumber, span, message))));
    };
    if let Some(factor) = written.in_units_of(unit) {
        return number.checked_mul(factor).ok_or_else(|| Some(Box::new(too_large(span))));
    }
    match unit.in_units_of(written) {
        Some(factor) if number % factor == 0 => Ok(number / factor),
        _ => {
            let message = format!("`{}` is counted in {}, and this is no whole number of them", fact.name, unit.word());
            let finding = Finding::new(Code::BadNumber, span, message).other(fact.span, "declared here");
            let help = format!("write it in {}; a month has no fixed number of days", unit.word());
            Err(Some(Box::new(finding.help(help))))
        }
    }
}

/// What a fact of a kind is.
fn kind_in_words(kind: &FactKind) -> String {
    match kind {
        FactKind::YesNo => "yes or no".to_owned(),
        FactKind::OneOf(choices) => {
            format!("one of {}", choices.iter().map(|choice| format!("`{choice}`")).collect::<Vec<_>>().join(", "))
        }
        FactKind::Place => "a place".to_owned(),
        FactKind::Language => "a language".to_owned(),
        FactKind::Country => "a country".to_owned(),
        FactKind::Number(None) => "a number".to_owned(),
        FactKind::Number(Some(unit)) => format!("a number of {}", unit.word()),
        FactKind::Date => "a date".to_owned(),
    }
}

/// A test that fits the fact.
fn example(fact: &Fact) -> String {
    let name = &fact.name;
    match &fact.kind {
        FactKind::YesNo => format!("`{name}` or `not {name}`"),
        FactKind::OneOf(choices) => format!("`{name} is {}`", choices.first().map_or("…", String::as_str)),
        FactKind::Place => format!("`{name} is known`, `{name} is none`, or the place"),
        FactKind::Language => format!("`{name} is Danish`"),
        FactKind::Country => format!("`{name} is Denmark`"),
        FactKind::Number(None) => format!("`{name} at least 2`"),
        FactKind::Number(Some(unit)) => format!("`{name} at least 2 {}`", unit.word()),
        FactKind::Date => format!("`{name} before 2025-06-09`"),
    }
}

/// Notes each negated test of a value that lets the condition hold when the fact is unknown, unless the author speaks of
/// the unknown fact elsewhere in the condition.
fn note_what_holds_when_unknown(cx: &mut Context, condition: &Condition, negated: &[(FactId, Span)]) {
    let mut considered = BTreeSet::new();
    condition.for_each_test(&mut |test| {
        if let Condition::Fact(fact, test) = test
            && (*test == FactTest::Known || test.passes(&FactValue::Unknown))
        {
            considered.insert(*fact);
        }
    });
    for (fact, span) in negated {
        let row = &cx.law[*fact];
        if !row.may_be_unknown || considered.contains(fact) || when_unknown(condition, *fact) == Some(false) {
            continue;
        }
        let name = &row.name;
        let finding = Finding::new(Code::HoldsWhenUnknown, *span, format!("this holds also when `{name}` is unknown"))
            .other(row.span, "it may be unknown")
            .help(format!("add `and {name} is known` if that is not meant"));
        cx.report(finding);
    }
}

/// What a condition says when the fact is unknown; none where that turns on other facts.
fn when_unknown(condition: &Condition, fact: FactId) -> Option<bool> {
    match condition {
        Condition::All(parts) => {
            let parts: Vec<_> = parts.iter().map(|part| when_unknown(part, fact)).collect();
            if parts.contains(&Some(false)) { Some(false) } else { (!parts.contains(&None)).then_some(true) }
        }
        Condition::Any(parts) => {
            let parts: Vec<_> = parts.iter().map(|part| when_unknown(part, fact)).collect();
            if parts.contains(&Some(true)) { Some(true) } else { (!parts.contains(&None)).then_some(false) }
        }
        Condition::Not(inner) => when_unknown(inner, fact).map(|holds| !holds),
        Condition::Fact(tested, test) => (*tested == fact).then(|| test.passes(&FactValue::Unknown)),
        Condition::Applies(_) => None,
    }
}
