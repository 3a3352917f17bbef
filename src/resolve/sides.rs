//! Whose authority a rule speaks of: that of the requesting or of the requested country, and whether the text may say so.

use super::Context;
use super::instruments::country_of_text;
use crate::finding::{Code, Finding};
use crate::law::{
    ActId, AuthorityId, CountryId, CountrySet, InstrumentId, MatterId, Question, QuestionHead, Relations, Scope, Side,
};
use crate::source::Span;
use crate::syntax::ast::{self, Head};

/// The questions of a rule about authorities. All its authorities are of one country, and its scopes say whether that
/// country asks or is asked.
pub(crate) fn authority_questions(
    cx: &mut Context,
    authorities: &[(AuthorityId, Span)],
    (instrument, scope, said_in): (Option<InstrumentId>, Scope, Option<Span>),
    matters: &[MatterId],
    acts: &[ActId],
) -> Vec<Question> {
    let Some((first, span)) = authorities.first().copied() else { return Vec::new() };
    let country = cx.law[first].country;
    let name = cx.law[country].name.clone();
    let other = authorities.iter().find(|(authority, _)| cx.law[*authority].country != country);
    if let Some((_, elsewhere)) = other {
        let finding = Finding::new(Code::WrongCountry, *elsewhere, "one rule names authorities of two countries");
        cx.report(finding.other(span, format!("this one is of {name}")).help("make a rule for each country"));
        return Vec::new();
    }
    if let Some(own) = instrument.and_then(|instrument| country_of_text(cx, instrument))
        && own != country
    {
        let own = &cx.law[own].name;
        let message = format!("a text of {own} names an authority of {name}");
        let finding = Finding::new(Code::ForeignDuty, span, message);
        cx.report(
            finding.why("a country does not say who decides in another").help("name it in a text of that country"),
        );
        return Vec::new();
    }
    let (between, within): (Vec<_>, Vec<_>) =
        matters.iter().copied().partition(|matter| cx.law[*matter].between_countries);
    let mut questions = Vec::new();
    let relations = &cx.shared[scope.relations];
    if let (Some(within), Some(to)) = (said_in, relations.to)
        && !to.contains(country)
        && !relations.from.is_some_and(|from| from.contains(country))
        && let Some(there) = to.iter().next()
    {
        let there = cx.law[there].name.clone();
        let finding = Finding::new(
            Code::WrongCountry,
            span,
            format!("this is an authority of {name}, and `in {there}` is written"),
        );
        let finding = finding.other(within, "whose authority is meant").why(format!(
            "`in` a country says whose authority is meant: the rule would name one of {name} for requests to {there}"
        ));
        cx.report(
            finding.help(format!(
                "name an authority of {there}; or, if requests to {there} are meant, write `to {there}`"
            )),
        );
        return Vec::new();
    }
    if !within.is_empty() {
        if relations.admit(country, country) {
            questions.extend(questions_for(&within, acts, Side::Requested));
        } else {
            cx.report(no_side(span, &name));
        }
    }
    if !between.is_empty() {
        match side(&cx.shared[scope.relations], country) {
            Ok(side) => questions.extend(questions_for(&between, acts, side)),
            Err(SideFault::Neither) => cx.report(no_side(span, &name)),
            Err(SideFault::Both) => {
                let message = "it is not clear whether this country makes the request or receives it";
                let finding = Finding::new(Code::AmbiguousName, span, message);
                cx.report(finding.help(format!(
                    "write `in {name}` if requests to {name} are meant, `from {name}` if requests from it are"
                )));
            }
        }
    }
    questions
}

fn questions_for(matters: &[MatterId], acts: &[ActId], side: Side) -> impl Iterator<Item = Question> {
    matters.iter().flat_map(move |matter| {
        acts.iter().map(move |act| Question { matter: *matter, head: QuestionHead::Authority(*act, side) })
    })
}

enum SideFault {
    Both,
    Neither,
}

/// A side that is named with the country is meant; else a side that is named without it is not meant.
fn side(relations: &Relations, country: CountryId) -> Result<Side, SideFault> {
    if !relations.between.iter().all(|set| set.contains(country)) {
        return Err(SideFault::Neither);
    }
    let named = |set: Option<CountrySet>| set.map(|set| set.contains(country));
    let own = Some(CountrySet::from(country));
    if relations.from == own && relations.to == own {
        // No case at all is left, which is reported; nothing else need be said of it.
        return Ok(Side::Requested);
    }
    match (named(relations.from), named(relations.to)) {
        (Some(true), None | Some(false)) | (None, Some(false)) => Ok(Side::Requesting),
        (None | Some(false), Some(true)) | (Some(false), None) => Ok(Side::Requested),
        (Some(true), Some(true)) | (None, None) => Err(SideFault::Both),
        (Some(false), Some(false)) => Err(SideFault::Neither),
    }
}

fn no_side(span: Span, name: &str) -> Finding {
    Finding::new(
        Code::WrongCountry,
        span,
        format!("this rule does not speak of {name}, and its authority is of {name}"),
    )
    .help("look at the countries of the rule and of its provision")
}

/// What is not held of the text of one country says nothing about the offices, languages and duties of another.
pub(crate) fn fill_own_sides(cx: &mut Context) {
    let own: Vec<_> = cx.law.instruments().map(|(id, _)| country_of_text(cx, id)).collect();
    let shared = &mut cx.shared;
    let mut sides = |country: CountryId, scope: Scope| {
        let here = Some(CountrySet::from(country));
        let sides = [Relations { from: here, ..Relations::default() }, Relations { to: here, ..Relations::default() }];
        sides.map(|side| {
            let relations = shared.relation(side);
            shared.both(scope, Scope { relations, ..Scope::EVERYTHING }).relations
        })
    };
    for (row, own) in cx.law.instruments.iter_mut().zip(&own) {
        for text in &mut row.unread {
            text.own_side = own.map(|country| sides(country, Scope::EVERYTHING));
        }
    }
    for row in &mut cx.law.provisions {
        let (own, scope) = (own[row.instrument.index()], row.scope);
        for text in &mut row.unread {
            text.own_side = own.map(|country| sides(country, scope));
        }
    }
}

/// A text of one country may say what its own authorities do and accept, and nothing of those of others.
pub(crate) fn check_whose_duty(
    cx: &mut Context,
    instrument: InstrumentId,
    row: &ast::Rule<'_>,
    scope: Scope,
    questions: &[Question],
) {
    let Some(own) = country_of_text(cx, instrument) else { return };
    let relations = &cx.shared[scope.relations];
    let is_own = |set: Option<CountrySet>| set.is_some_and(|set| set.is_within(own.into()));
    let foreign = questions.iter().find_map(|question| {
        // Whose office is named is looked at where it is named.
        let pinned_by = question.head.own_side().filter(|_| !matches!(question.head, QuestionHead::Authority(..)))?;
        let set = match pinned_by {
            Side::Requesting => relations.from,
            Side::Requested => relations.to,
        };
        (cx.law[question.matter].between_countries && !is_own(set)).then_some(pinned_by)
    });
    let Some(side) = foreign else { return };
    let name = &cx.law[own].name;
    let what = match row.head {
        Head::Languages(_) | Head::PreferredLanguage(_) => "which languages another country takes",
        _ => "what the authority of another country does",
    };
    let finding = Finding::new(Code::ForeignDuty, row.span, format!("a text of {name} says {what}"))
        .why("the rule speaks of every country that is not excluded");
    let preposition = if side == Side::Requesting { "from" } else { "in" };
    cx.report(finding.help(format!("add `{preposition} {name}`")));
}
