//! What is given in a case: countries and the values of facts.

use super::conditions;
use super::names::{Found, Names};
use crate::finding::{Code, Finding};
use crate::law::{CountryId, FactId, FactKind, FactValue, Law};
use crate::source::Span;
use crate::syntax::ast;

/// A country by its name or its ISO 3166-1 code, in whatever case the code is written.
pub fn country_named(law: &Law, text: &str) -> Option<CountryId> {
    let text = super::names::normal(text);
    let by_name = law.countries().find(|(_, country)| country.name == *text);
    let by_code = || law.countries().find(|(_, country)| country.code.eq_ignore_ascii_case(&text));
    by_name.or_else(by_code).map(|(id, _)| id)
}

/// A fact that is given in a case, and its value. `countries` are those of the case: a place is looked up in them; with
/// none, everywhere.
///
/// # Errors
/// A finding where the fact is not declared, or cannot have the value.
#[expect(clippy::result_large_err, reason = "asked once a fact, and a finding is what callers collect")]
pub fn given(law: &Law, countries: &[CountryId], given: &ast::Given<'_>) -> Result<(FactId, FactValue), Finding> {
    let names = Names::of(law);
    let found = names
        .fact(given.fact)
        .and_then(|fact| value(law, &names, fact, countries, (&given.value, given.span)).map(|value| (fact, value)));
    found.map_err(|lost| {
        lost.map_or_else(|| Finding::nowhere(Code::BadFact, "this value is not in order"), |lost| *lost)
    })
}

/// The value of a fact in a case, as [`given`] has it.
///
/// # Errors
/// A finding where the fact cannot have the value.
#[expect(clippy::result_large_err, reason = "asked once a fact, and a finding is what callers collect")]
pub fn fact_value(
    law: &Law,
    fact: FactId,
    countries: &[CountryId],
    given: &ast::GivenValue<'_>,
    span: Span,
) -> Result<FactValue, Finding> {
    value(law, &Names::of(law), fact, countries, (given, span)).map_err(|lost| {
        lost.map_or_else(|| Finding::new(Code::BadFact, span, "this value is not in order"), |lost| *lost)
    })
}

/// The value that is given, where the fact can have it.
pub(crate) fn value(
    law: &Law,
    names: &Names,
    id: FactId,
    countries: &[CountryId],
    (given, span): (&ast::GivenValue<'_>, Span),
) -> Found<FactValue> {
    let fact = &law[id];
    let bad = |message: String, help: &str| {
        let finding = Finding::new(Code::BadFact, span, message).other(fact.span, "declared here");
        Err(Some(Box::new(finding.help(help))))
    };
    match given {
        ast::GivenValue::Yes | ast::GivenValue::No if fact.kind == FactKind::YesNo => {
            Ok(FactValue::YesNo(matches!(given, ast::GivenValue::Yes)))
        }
        ast::GivenValue::Yes | ast::GivenValue::No => {
            bad(format!("`{}` is not a fact that is yes or no", fact.name), "say which value it has, after `is`")
        }
        ast::GivenValue::Unknown if fact.may_be_unknown => Ok(FactValue::Unknown),
        ast::GivenValue::Unknown => bad(
            format!("`{}` is never unknown", fact.name),
            "leave it out where it is not given; where nobody may know it, declare it `or unknown`",
        ),
        ast::GivenValue::None if fact.kind == FactKind::Place => Ok(FactValue::NoPlace),
        ast::GivenValue::None => {
            bad(format!("`{}` is no place, and only a place is `none`", fact.name), "say its value")
        }
        ast::GivenValue::On(_) => bad(
            format!("`{}` is a fact, and only an event has its day after `on`", fact.name),
            "say which value it has, after `is`",
        ),
        ast::GivenValue::Value(value) => conditions::fact_value(law, names, id, value, Some(countries)),
    }
}
