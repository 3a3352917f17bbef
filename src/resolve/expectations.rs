//! Tests: one case, and what must be answered in it.

use std::collections::BTreeMap;

use super::Context;
use super::claims::{member, setting};
use super::clauses::check_citation;
use super::declare::Declarations;
use super::given;
use super::names::{Found, citation, normal, said, shown};
use super::questions::{self, Asked};
use super::twice;
use super::values;
use crate::finding::{Code, Finding};
use crate::law::{
    CountryId, Day, EventId, Expectation, Expected, FactId, FactValue, Governing, MatterId, Question, QuestionHead,
    Test, TestCase, Under, Value, WordId,
};
use crate::source::Span;
use crate::syntax::ast::{self, CasePart, GivenValue, Name, TestStatement};

/// Fills the table of tests, by title.
pub(crate) fn fill(cx: &mut Context, asked: &Asked, all: &Declarations<'_, '_>) {
    // a test that is not in order says less than is written
    let mut whole = Vec::new();
    for row in &all.tests {
        let before = cx.told();
        if let Some(test) = test(cx, asked, row) {
            if !cx.is_faulty(before) {
                whole.push(cx.law.tests.len());
            }
            cx.law.tests.push(test);
        }
    }
    let tested = whole.iter().map(|test| {
        let test = &cx.law.tests[*test];
        let TestCase { matter, countries, undeclared, under, on, facts, events } = test.case.clone();
        let case = (matter, countries, undeclared, under, on, facts, events);
        let governing =
            |texts: &[Governing]| texts.iter().map(|text| (text.instrument, text.citation.clone())).collect::<Vec<_>>();
        let expected = |one: &Expectation| (one.head, one.expected.clone(), one.by.clone(), one.assuming.clone());
        let expected: Vec<_> = test.expectations.iter().map(expected).collect();
        ((case, governing(&test.governed_by), governing(&test.not_governed_by), expected), test.span)
    });
    let tested: Vec<_> = tested.collect();
    twice::statements(cx, "this test", tested);
    twice::titles(cx, "tests", all.tests.iter().map(|row| &row.title));
    cx.law.tests.sort_by(|a, b| a.title.cmp(&b.title).then_with(|| a.case.on.cmp(&b.case.on)));
}

fn bad(span: Span, message: impl Into<String>, help: &str) -> Finding {
    Finding::new(Code::BadTest, span, message).help(help)
}

fn test(cx: &mut Context, asked: &Asked, row: &ast::Test<'_>) -> Option<Test> {
    let mut lines = row.statements.iter().filter_map(|statement| match statement {
        TestStatement::Case { matter, parts, span } => Some((*matter, parts.as_slice(), *span)),
        _ => None,
    });
    let case = if let Some((matter, parts, span)) = lines.next() {
        case(cx, matter, parts, span)
    } else if cx.names.lost.is_in(row.span) {
        None
    } else {
        let help = "begin with the case: `transfer from Denmark to Finland on 2026-01-15`";
        cx.report(bad(row.title.span, "this test has no case", help));
        None
    };
    if let Some((_, _, span)) = lines.next() {
        cx.report(bad(span, "this test has a second case", "a test has one case: make another test"));
    }
    // Without a case the rest is looked at all the same.
    let matter = case.as_ref().and_then(|case| case.matter);
    let countries: Vec<CountryId> = case
        .as_ref()
        .filter(|case| case.undeclared.is_empty())
        .and_then(|case| case.countries)
        .map_or_else(Vec::new, |(requesting, requested)| vec![requesting, requested]);
    let mut facts: BTreeMap<FactId, (FactValue, Span)> = BTreeMap::new();
    let mut events: BTreeMap<EventId, (Day, Span)> = BTreeMap::new();
    let (mut governed_by, mut not_governed_by, mut expectations) = (Vec::new(), Vec::new(), Vec::new());
    for statement in &row.statements {
        match statement {
            TestStatement::Case { .. } => {}
            TestStatement::With(all) => {
                for given in all {
                    match &given.value {
                        GivenValue::On(date) => event(cx, given, *date, &mut events),
                        _ => fact(cx, &countries, given, &mut facts),
                    }
                }
            }
            TestStatement::GovernedBy(texts) => governed_by.extend(governing(cx, texts)),
            TestStatement::NotGovernedBy(texts) => not_governed_by.extend(governing(cx, texts)),
            TestStatement::Expect(row) => expectations.extend(expectation(cx, asked, matter, &countries, row)),
        }
    }
    let texts = |texts: &[Governing]| {
        texts.iter().map(|text| ((text.instrument, text.citation.clone()), text.span)).collect::<Vec<_>>()
    };
    let (governing, not_governing) = (texts(&governed_by), texts(&not_governed_by));
    twice::statements(cx, "that this governs", governing);
    twice::statements(cx, "that this does not govern", not_governing);
    contradictions(cx, &governed_by, &not_governed_by);
    let expected: Vec<_> =
        expectations.iter().map(|one: &Expectation| ((one.head, one.expected.clone()), one.span)).collect();
    twice::statements(cx, "this answer", expected);
    let mut case = case?;
    case.facts = facts.into_iter().map(|(fact, (value, _))| (fact, value)).collect();
    case.events = events.into_iter().map(|(event, (day, _))| (event, day)).collect();
    Some(Test { title: said(&row.title), case, governed_by, not_governed_by, expectations, span: row.title.span })
}

/// No case is so that a text governs it and does not.
fn contradictions(cx: &mut Context, governed_by: &[Governing], not_governed_by: &[Governing]) {
    for not in not_governed_by {
        let is_denied = |text: &&Governing| {
            text.instrument == not.instrument && (not.citation.is_none() || text.citation == not.citation)
        };
        if let Some(text) = governed_by.iter().find(is_denied) {
            let message = "this test says that this text governs, and that it does not";
            let finding = bad(not.span, message, "no case is so: leave one of the two out, or correct it");
            cx.report(finding.other(text.span, "here it governs"));
        }
    }
}

fn governing(cx: &mut Context, texts: &[ast::Governing<'_>]) -> Vec<Governing> {
    let mut found = Vec::new();
    for text in texts {
        let instrument = cx.names.instrument(text.instrument);
        let Some(instrument) = cx.take(instrument) else { continue };
        if let Some(citation) = &text.citation {
            check_citation(cx, instrument, citation);
        }
        found.push(Governing { instrument, citation: text.citation.as_ref().map(citation), span: text.span });
    }
    found
}

fn fact(
    cx: &mut Context,
    countries: &[CountryId],
    row: &ast::Given<'_>,
    facts: &mut BTreeMap<FactId, (FactValue, Span)>,
) {
    let fact = cx.names.fact(row.fact);
    let Some(fact) = cx.take(fact) else { return };
    let value = given::value(&cx.law, &cx.names, fact, countries, (&row.value, row.span));
    let Some(value) = cx.take(value) else { return };
    if let Some((_, earlier)) = facts.get(&fact) {
        let message = format!("`{}` is given twice", shown(row.fact.text));
        cx.findings.push(bad(row.span, message, "a case has one value of each fact").other(*earlier, "given here"));
        return;
    }
    facts.insert(fact, (value, row.span));
}

/// The day of an event.
fn event(cx: &mut Context, row: &ast::Given<'_>, date: ast::DateText<'_>, events: &mut BTreeMap<EventId, (Day, Span)>) {
    let event = cx.names.event(row.fact);
    let (Some(event), Some(day)) = (cx.take(event), cx.day(&date)) else { return };
    if let Some((_, earlier)) = events.insert(event, (day, row.span)) {
        let message = format!("`{}` is given twice", shown(row.fact.text));
        cx.findings.push(bad(row.span, message, "an event has one day in a case").other(earlier, "given here"));
    }
}

/// What may be missing in a declaration without being a fault: such a case is out of scope.
enum Declared<T> {
    As(T),
    Not(String),
}

fn declared<T>(cx: &mut Context, name: Name<'_>, found: Found<T>) -> Option<Declared<T>> {
    match found {
        Err(Some(mut finding)) if finding.code == Code::UnknownName => {
            let Some(near) = finding.help.take_if(|help| help.starts_with("did you mean") || help.starts_with("write"))
            else {
                return Some(Declared::Not(normal(name.text).into_owned()));
            };
            // out of scope by a slip would pass for out of scope on purpose
            let why = "of what is not declared every question is out of scope: a test with a slip would pass for another reason";
            let help =
                format!("{near} If something is meant that the law does not declare, take a name less near to it");
            cx.report((*finding).why(why).help(help));
            None
        }
        found => cx.take(found).map(Declared::As),
    }
}

fn case(cx: &mut Context, matter: Name<'_>, parts: &[CasePart<'_>], span: Span) -> Option<TestCase> {
    let (mut from, mut to, mut on, mut under) = (None, None, None, None);
    let mut is_broken = false;
    for part in parts {
        let twice = match part {
            CasePart::From(name) => from.replace(*name).is_some(),
            CasePart::To(name) => to.replace(*name).is_some(),
            CasePart::On(date) => on.replace(date).is_some(),
            CasePart::Under(names) => under.replace(names.as_slice()).is_some(),
            CasePart::UnderNoInstrument => under.replace(&[]).is_some(),
        };
        if twice {
            is_broken = true;
            cx.report(bad(span, "this case says something twice", "keep one of the two"));
        }
    }
    let found = cx.names.matter(matter);
    let mut undeclared = Vec::new();
    let matter = match declared(cx, matter, found)? {
        Declared::As(id) => Some(id),
        Declared::Not(name) => {
            undeclared.push(name);
            None
        }
    };
    let between = matter.map(|matter| cx.law[matter].between_countries);
    match (between, from, to) {
        (Some(true), None, _) | (Some(true), _, None) => {
            is_broken = true;
            let help = "write `from` the requesting country `to` the requested one";
            cx.report(bad(span, "this case lacks a country", help));
        }
        (Some(false), Some(_), _) | (Some(false), _, None) => {
            is_broken = true;
            cx.report(bad(span, "this is a matter within one country", "write `in` and the country, and no `from`"));
        }
        _ => {}
    }
    let mut country = |name: Name<'_>| {
        let found = cx.names.country(name);
        match declared(cx, name, found) {
            Some(Declared::As(id)) => Ok(Some(id)),
            Some(Declared::Not(name)) => {
                undeclared.push(name);
                Ok(None)
            }
            None => Err(()),
        }
    };
    let requesting = from.map(&mut country).transpose();
    let requested = to.map(&mut country).transpose();
    let (Ok(requesting), Ok(requested)) = (requesting, requested) else { return None };
    let (requesting, requested) = (requesting.flatten(), requested.flatten());
    if requesting.is_some() && requesting == requested {
        is_broken = true;
        cx.report(bad(span, "a country makes no request to itself", "name two countries"));
    }
    let under = self::under(cx, matter, under, span);
    let Some(on) = on else {
        let help = "add the day for which the law is asked: `on 2026-01-15`";
        cx.report(bad(span, "this case has no day", help));
        return None;
    };
    let on: Day = cx.day(on)?;
    // Within one country it is both sides at once.
    let countries = if from.is_some() { requesting.zip(requested) } else { requested.zip(requested) };
    (!is_broken).then_some(TestCase {
        matter,
        countries,
        undeclared,
        under: under.ok()?,
        on,
        facts: Vec::new(),
        events: Vec::new(),
    })
}

/// What the request is made under, if that is said; an error where it is broken.
fn under(
    cx: &mut Context,
    matter: Option<MatterId>,
    written: Option<&[Name<'_>]>,
    span: Span,
) -> Result<Option<Under>, ()> {
    let Some(names) = written else { return Ok(None) };
    may_be_under(cx, matter, span).ok_or(())?;
    match names {
        [] => Ok(Some(Under::Nothing)),
        [name] => {
            let instrument = cx.names.instrument(*name);
            cx.take(instrument).map(|instrument| Some(Under::Instrument(instrument))).ok_or(())
        }
        [_, second, ..] => {
            cx.report(bad(second.span, "a request is made under one instrument", "name one, or make two tests"));
            Err(())
        }
    }
}

fn expectation(
    cx: &mut Context,
    asked: &Asked,
    matter: Option<MatterId>,
    countries: &[CountryId],
    row: &ast::Expectation<'_>,
) -> Option<Expectation> {
    let head = questions::head(&cx.law, &cx.names, asked, matter, &row.question);
    let head = cx.take(head);
    if let (ast::QuestionHead::Authority { side: Some(side), .. }, [requesting, requested]) =
        (&row.question.head, countries)
        && let Ok(country) = cx.names.country(side.country)
        && country != if side.requesting { *requesting } else { *requested }
    {
        let message = format!("{} is not on that side of this case", side.country.text);
        cx.report(bad(side.country.span, message, "write the country of the case, or none"));
    }
    let mut by = Vec::new();
    for (text, instrument) in &row.by {
        let instrument = match instrument {
            Some(name) => {
                let found = cx.names.instrument(*name);
                let Some(instrument) = cx.take(found) else { continue };
                check_citation(cx, instrument, text);
                Some(instrument)
            }
            None => None,
        };
        by.push((instrument, citation(text)));
    }
    let cited = by.iter().zip(&row.by).map(|(by, (text, _))| (by.clone(), text.span));
    twice::statements(cx, "by what this is answered", cited.collect::<Vec<_>>());
    twice::texts(cx, "the assumption", &row.assuming.iter().collect::<Vec<_>>());
    let head = head?;
    if let Some(matter) = matter {
        let question = Question { matter, head };
        let is_asked = questions::of_matter(&cx.law, &cx.names, asked, question, row.question.span);
        cx.take(is_asked)?;
        cx.ask(question);
    }
    let expected = expected(cx, matter, head, &row.outcome, row.span)?;
    let assuming = row.assuming.iter().map(said).collect();
    Some(Expectation { head, expected, by, assuming, span: row.span })
}

/// What an answer depends on where the instrument of the request is not given.
const UNDER: &str = "under";

/// In the matter a request is made under one instrument; otherwise says so.
fn may_be_under(cx: &mut Context, matter: Option<MatterId>, span: Span) -> Option<()> {
    match matter {
        Some(matter) if !cx.law[matter].under_one_instrument => {
            let message = format!("in `{}` a request is not made under one instrument", cx.law[matter].name);
            cx.report(bad(span, message, "leave `under` out"));
            None
        }
        _ => Some(()),
    }
}

fn expected(
    cx: &mut Context,
    matter: Option<MatterId>,
    head: QuestionHead,
    row: &ast::Expected<'_>,
    span: Span,
) -> Option<Expected> {
    Some(match row {
        ast::Expected::Rule { strength, value, or_longer } => {
            let answered = values::answer(cx, setting(head), *strength, value);
            let mut answer = answered.answer;
            if answered.start_not_held.is_some() {
                let help = "a deadline whose start is not held is `undetermined`";
                cx.report(bad(span, "no answer names a start that the text does not hold", help));
                return None;
            }
            for value in &mut answer.values {
                if let Value::Maximum { or_longer: may_be_longer, .. } = value {
                    *may_be_longer = *or_longer;
                }
            }
            if matches!(head, QuestionHead::Refuse(_)) {
                let ground: Option<WordId> = answer.values.iter().find_map(|value| match value {
                    Value::Ground(word, _) => Some(*word),
                    _ => None,
                });
                if ground.is_none() && matches!(value, ast::Value::Ground { .. }) {
                    return None;
                }
                return Some(Expected::Refuse(answer.strength, ground));
            }
            Expected::Is(answer)
        }
        ast::Expected::Undetermined => Expected::Undetermined,
        ast::Expected::Incomplete => Expected::Incomplete,
        ast::Expected::NoRule => Expected::NoRule,
        ast::Expected::OutOfScope => Expected::OutOfScope,
        ast::Expected::Conflict => Expected::Conflict,
        ast::Expected::Met | ast::Expected::NotMet => {
            if !matches!(head, QuestionHead::Criterion(..)) {
                cx.report(bad(span, "only a criterion is met or not met", "write the answer that is expected"));
                return None;
            }
            Expected::Met(matches!(row, ast::Expected::Met))
        }
        ast::Expected::DependsOn(names) => {
            twice::names(cx, names);
            let (mut facts, mut under) = (Vec::new(), false);
            for name in names {
                if name.text == UNDER {
                    under = true;
                    may_be_under(cx, matter, name.span)?;
                    continue;
                }
                let fact = cx.names.fact(*name);
                facts.extend(cx.take(fact));
            }
            facts.sort_unstable();
            facts.dedup();
            Expected::DependsOn { facts, under }
        }
        ast::Expected::Ends(date) => Expected::Ends(cx.day(date)?),
        ast::Expected::Includes(name) => Expected::Includes(member(cx, head, *name)?),
        ast::Expected::Excludes(name) => Expected::Excludes(member(cx, head, *name)?),
    })
}
