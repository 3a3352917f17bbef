//! The facts that a call gives: from `--fact NAME=VALUE` to values.

use std::collections::BTreeMap;

use super::case::{Fault, Put, near};
use super::question::Question;
use crate::finding::{Code, Finding};
use crate::law::{CountryId, Fact, FactId, FactKind, FactValue, Law, MatterId};
use crate::resolve::{self, normal, suggest};
use crate::source::{SourceFile, Sources, Span};
use crate::syntax::ast::{self, DateText, GivenValue, Name, Text};
use crate::words;

/// For what facts are given.
#[derive(Default)]
pub(super) struct Asked<'q> {
    /// The countries of the case, in which places are looked up; with none, everywhere.
    pub(super) countries: &'q [CountryId],
    /// The question with its matter, where that is declared.
    pub(super) question: Option<(&'q Question<'q>, MatterId)>,
}

/// The facts that are given.
///
/// # Errors
/// A fault where one is not declared, is given twice or cannot have the value.
pub(super) fn facts(
    law: &Law,
    sources: &mut Sources,
    all: &[String],
    asked: &Asked<'_>,
    put: &mut Put,
) -> Result<BTreeMap<FactId, FactValue>, Fault> {
    let mut facts = BTreeMap::new();
    for given in all {
        let (fact, value) = fact(law, sources, asked, given)?;
        let name = &law[fact].name;
        let shown = match &value {
            FactValue::OtherPlace(place) => {
                put.notes.extend(near_place(law, place).or_else(|| places_declared(law, asked.countries, place)));
                place.clone()
            }
            value => words::fact_value(law, fact, value),
        };
        put.words.facts.insert(name.clone(), shown);
        if law[fact].kind == FactKind::YesNo {
            put.words.yes_or_no.insert(name.clone());
        }
        if facts.insert(fact, value).is_some() {
            return Err(Fault::call(format!("the fact `{name}` is given twice"), "leave one of them out"));
        }
    }
    Ok(facts)
}

/// A fact and its value, from `NAME=VALUE` or `NAME`.
fn fact(law: &Law, sources: &mut Sources, asked: &Asked<'_>, given: &str) -> Result<(FactId, FactValue), Fault> {
    let (name, value) = given.split_once('=').map_or((given, None), |(name, value)| (name, Some(value.trim())));
    let name = name.trim();
    let Some((fact, declared)) = law.facts().find(|(_, fact)| fact.name == normal(name)) else {
        let similar = suggest(name, law.facts.iter().map(|fact| fact.name.as_str()));
        let help = near(similar, || asked.turns_on(law));
        return Err(Fault::call(format!("no fact is called `{name}`"), help));
    };
    match value {
        None if declared.kind != FactKind::YesNo => {
            let help = format!("write `--fact {name}=VALUE`");
            return Err(Fault::call(format!("the fact `{name}` needs a value"), help));
        }
        Some("") => {
            let help = "leave the fact out where it is not given; the answer then says whether it turns on it";
            return Err(Fault::call(format!("the fact `{name}` has no value after `=`"), help));
        }
        _ => {}
    }
    let start = given.len() - value.map_or(given.len(), str::len);
    let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let file = sources.add(SourceFile::new("--fact", given));
    let span = Span { file, start: place(start), end: place(given.len()) };
    let value = value_of(&declared.kind, value, span);
    let value = resolve::fact_value(law, fact, asked.countries, &value, span)
        .map_err(|finding| Fault::words(as_called(law, declared, finding)))?;
    Ok((fact, value))
}

/// What is wrong with a value, with what to write in a call: the language of the files words it otherwise.
fn as_called(law: &Law, fact: &Fact, mut finding: Finding) -> Finding {
    let name = &fact.name;
    let is_of_the_files = finding.help.as_ref().is_some_and(|help| help.starts_with("say "));
    if !matches!(finding.code, Code::BadFact | Code::BadNumber) || !is_of_the_files {
        return finding;
    }
    let one = |value: &str| format!("`--fact {name}={}`", words::shell(value));
    let first = |value: Option<&String>| one(value.map_or("other", String::as_str));
    let such_as = match &fact.kind {
        FactKind::YesNo => format!("{} or {}", one("yes"), one("no")),
        FactKind::OneOf(choices) => words::either(choices.iter().map(|choice| one(choice))),
        FactKind::Place => format!("the name of the place, or {} where it is not there", one("none")),
        FactKind::Language => format!("a language, as in {}", first(law.languages.first().map(|row| &row.name))),
        FactKind::Country => format!("a country, as in {}", first(law.countries.first().map(|row| &row.name))),
        FactKind::Number(None) => format!("a whole number, not less than 0, as in {}", one("2")),
        FactKind::Number(Some(unit)) => {
            format!("a whole number of {}, not less than 0, as in {}", unit.word(), one("2"))
        }
        FactKind::Date => format!("a day, as in {}", one("2026-01-31")),
    };
    let unknown =
        if fact.may_be_unknown { format!("; {} where nobody knows it", one("unknown")) } else { String::new() };
    finding.help = Some(format!("write {such_as}{unknown}"));
    finding
}

/// So many facts are named to somebody who gave one that the law does not have.
const MOST_FACTS: usize = 8;

impl Asked<'_> {
    /// Which facts can be given instead of one that is not declared: those on which the question turns.
    fn turns_on(&self, law: &Law) -> String {
        let of_question = self.question.and_then(|(question, matter)| question.turns_on(law, matter));
        let (names, what): (Vec<&str>, _) = match of_question {
            Some(facts) if facts.is_empty() => return "this question turns on no fact: leave it out".to_owned(),
            Some(facts) => (facts.iter().map(|fact| law[*fact].name.as_str()).collect(), "this question turns on"),
            None if law.facts.is_empty() => return "this law declares no fact".to_owned(),
            None => (law.facts.iter().map(|fact| fact.name.as_str()).collect(), "this law declares"),
        };
        let more = names.len().saturating_sub(MOST_FACTS);
        let shown = names.iter().take(MOST_FACTS).map(|name| format!("`{name}`"));
        let shown: Vec<String> = shown.chain((more > 0).then(|| format!("{more} more"))).collect();
        format!("{what} {}", words::both(shown))
    }
}

/// A value as the language writes it. A place needs no quotation marks here.
fn value_of<'v>(kind: &FactKind, value: Option<&'v str>, span: Span) -> GivenValue<'v> {
    let name = |text| Name { text, span };
    let quoted = value.and_then(|value| value.strip_prefix('"')).and_then(|value| value.strip_suffix('"'));
    let text = |text: &'v str| ast::FactValue::Text(Text { value: text.into(), span });
    let value = match (value, quoted) {
        (_, Some(quoted)) => text(quoted),
        // one of the values of a fact can be called so
        (Some(value @ ("yes" | "no")), _) if matches!(kind, FactKind::OneOf(_)) => ast::FactValue::Name(name(value)),
        (None | Some("yes"), _) => return GivenValue::Yes,
        (Some("no"), _) => return GivenValue::No,
        (Some("unknown"), _) => return GivenValue::Unknown,
        (Some("none"), _) => return GivenValue::None,
        (Some(value), _) if *kind == FactKind::Place => text(value),
        (Some(value), _) if value.bytes().all(|byte| byte.is_ascii_digit()) => ast::FactValue::Integer(name(value)),
        (Some(value), _) => match value.split_once(char::is_whitespace) {
            Some((number, unit)) => {
                ast::FactValue::Duration(ast::Duration { number: name(number), unit: name(unit.trim()) })
            }
            None if *kind == FactKind::Date => ast::FactValue::Date(DateText(name(value))),
            None => ast::FactValue::Name(name(value)),
        },
    };
    GivenValue::Value(value)
}

/// A place that no rule names may be a slip of the hand.
fn near_place(law: &Law, name: &str) -> Option<String> {
    if let Some(namesake) = law.places.iter().find(|place| place.name == name || place.title.as_deref() == Some(name)) {
        let country = &law[namesake.country].name;
        return Some(format!("`{name}` lies in {country}; here it is taken for another place of that name"));
    }
    let names = law.places.iter().flat_map(|place| [Some(place.name.as_str()), place.title.as_deref()]);
    let similar = suggest(name, names.flatten()).filter(|similar| *similar != name)?;
    Some(format!("`{name}` is taken for a place that no rule names; did you mean `{similar}`?"))
}

/// Where the law names the places of a country, a name beside them stands for a place for which it has no office.
fn places_declared(law: &Law, countries: &[CountryId], name: &str) -> Option<String> {
    let country = countries.last()?;
    let there = law.places.iter().filter(|place| place.country == *country);
    let known: Vec<String> = there.map(|place| format!("`{}`", place.name)).collect();
    if known.is_empty() {
        return None;
    }
    let country = &law[*country].name;
    Some(format!("the law names the places of {country}: {}; `{name}` is none of them", words::both(known)))
}
