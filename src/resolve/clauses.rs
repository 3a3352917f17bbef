//! Clauses of precedence: `notwithstanding`, `subject to`, `yields to`, `prevails over`, `allows otherwise by`.

use std::collections::BTreeSet;
use std::ops::Bound;

use super::Context;
use super::names::{citation, normal, said, shown};
use super::near::nearest;
use super::twice;
use crate::finding::{Code, Finding};
use crate::law::{
    Clause, ClauseEffect, ClauseId, ClauseOwner, InstrumentId, Interval, Kind, NationalLawOf, Target, covers, id_of,
};
use crate::source::Span;
use crate::syntax::ast::{Basis, Kinds, LawOf, Name, Ranked, Reference, Tail, Text};

/// A clause that does not yet know whose it is.
#[derive(Clone, Debug)]
pub(crate) struct Unowned {
    pub(crate) effect: ClauseEffect,
    pub(crate) target: Target,
    pub(crate) dates: Interval,
    pub(crate) by: Option<String>,
    pub(crate) assumptions: Vec<String>,
    pub(crate) span: Span,
}

/// Puts the clauses into the table, as those of their owner.
pub(crate) fn own(cx: &mut Context, owner: ClauseOwner, clauses: Vec<Unowned>) -> Vec<ClauseId> {
    let first = cx.law.clauses.len();
    cx.law.clauses.extend(clauses.into_iter().map(|clause| Clause {
        effect: clause.effect,
        owner,
        target: clause.target,
        dates: clause.dates,
        by: clause.by,
        assumptions: clause.assumptions,
        span: clause.span,
    }));
    (first..cx.law.clauses.len()).map(|index| ClauseId(id_of(index))).collect()
}

/// The clauses that stand in a head or beside a value. What they rest on is said of the rule or provision as a whole.
pub(crate) fn of_tail(cx: &mut Context, instrument: Option<InstrumentId>, tail: &Tail<'_>) -> Vec<Unowned> {
    let (effect, what, by, span) = match tail {
        Tail::Notwithstanding { what, by, span } => (ClauseEffect::Claims, what, by, *span),
        Tail::SubjectTo { what, by, span } => (ClauseEffect::Concedes, what, by, *span),
        Tail::AllowsOtherwise { by, span } => {
            let target = of_kinds(cx, instrument, by);
            return target.map(|target| unowned(ClauseEffect::Allows, target, None, *span)).into_iter().collect();
        }
        _ => return Vec::new(),
    };
    let targets = targets(cx, instrument, what);
    targets.into_iter().map(|target| unowned(effect, target, by.as_ref(), span)).collect()
}

fn unowned(effect: ClauseEffect, target: Target, by: Option<&Text<'_>>, span: Span) -> Unowned {
    let by = by.map(said);
    Unowned { effect, target, dates: Interval::ALWAYS, by, assumptions: Vec::new(), span }
}

/// The clauses of an instrument.
pub(crate) fn of_statement(
    cx: &mut Context,
    instrument: InstrumentId,
    effect: ClauseEffect,
    what: &Ranked<'_>,
    (dates, basis): (Interval, &Basis<'_>),
    span: Span,
) -> Vec<Unowned> {
    let assumptions: Vec<String> = basis.assuming.iter().map(said).collect();
    let targets = targets(cx, Some(instrument), what);
    targets
        .into_iter()
        .map(|target| {
            let by = basis.by.as_ref().map(said);
            Unowned { effect, target, dates, by, assumptions: assumptions.clone(), span }
        })
        .collect()
}

fn targets(cx: &mut Context, instrument: Option<InstrumentId>, what: &Ranked<'_>) -> Vec<Target> {
    match what {
        Ranked::NationalLaw(of, _) => {
            let of = match of {
                LawOf::Requesting => NationalLawOf::Requesting,
                LawOf::Requested => NationalLawOf::Requested,
                LawOf::Either => NationalLawOf::Either,
                LawOf::Country(name) => {
                    let country = cx.names.country(*name);
                    match cx.take(country) {
                        Some(country) => NationalLawOf::Country(country),
                        None => return Vec::new(),
                    }
                }
            };
            vec![Target::NationalLaw(of)]
        }
        Ranked::MandatoryRules(_) => vec![Target::MandatoryRules],
        Ranked::Kinds(kinds) => of_kinds(cx, instrument, kinds).into_iter().collect(),
        Ranked::References(references) => references_once(cx, references)
            .iter()
            .filter_map(|reference| {
                let (instrument, citation) = self::reference(cx, instrument, reference)?;
                if let Some(text) = &reference.citation {
                    check_citation(cx, instrument, text);
                }
                Some(Target::Text { instrument, citation })
            })
            .collect(),
    }
}

/// The texts of a list; one that stands twice is reported.
pub(crate) fn references_once<'r, 's>(cx: &mut Context, list: &'r [Reference<'s>]) -> &'r [Reference<'s>] {
    if list.len() > 1 {
        let key = |reference: &Reference<'_>| {
            let instrument = reference.instrument.map(|name| normal(name.text).into_owned());
            let citation = reference.citation.as_ref().map(citation);
            let shown = [instrument.clone(), citation.clone().map(|text| format!("\"{text}\""))];
            ((instrument, citation), shown.into_iter().flatten().collect::<Vec<_>>().join(" "), reference.span)
        };
        twice::members(cx, list.iter().map(key).collect::<Vec<_>>());
    }
    list
}

/// The text that a reference names: of the instrument that speaks, where it names none.
pub(crate) fn reference(
    cx: &mut Context,
    speaking: Option<InstrumentId>,
    reference: &Reference<'_>,
) -> Option<(InstrumentId, Option<String>)> {
    let instrument = match reference.instrument {
        Some(name) => {
            let found = cx.names.instrument(name);
            cx.take(found)?
        }
        None => speaking?,
    };
    Some((instrument, reference.citation.as_ref().map(citation)))
}

/// Reports a citation that no provision bears, of a text that is held in full.
pub(crate) fn check_citation(cx: &mut Context, instrument: InstrumentId, text: &Text<'_>) {
    let held = &cx.held[instrument.index()];
    let wanted = citation(text);
    let row = &cx.law[instrument];
    let is_part = row.consists_of.iter().any(|part| covers(&wanted, part));
    if is_part
        || is_there(&held.citations, &wanted)
        || held.in_part && row.may_hold(&wanted)
        || cx.names.lost.may_cite(&wanted)
    {
        return;
    }
    let name = &row.name;
    let message = format!("`{name}` has no provision \"{}\"", shown(&wanted));
    let finding = Finding::new(Code::UnknownName, text.span, message);
    // Another number is another provision, and no slip of the pen.
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let alike = held.citations.iter().map(String::as_str).filter(|known| digits(known) == digits(&wanted));
    let finding = match cx.names.near(&wanted, held.citations.len(), alike) {
        Some(near) => finding.help(format!("did you mean \"{}\"?", near.name)),
        None if !row.may_hold(&wanted) => {
            finding.help("cite it as `consists of` in the instrument does, or add it there")
        }
        None => finding.help("where its text is not held, say `text unavailable` or `text partial` in the instrument"),
    };
    cx.report(finding);
}

/// Whether a provision covers the citation, or lies in it.
fn is_there(citations: &BTreeSet<String>, wanted: &str) -> bool {
    let wider = |(end, _): (usize, char)| citations.contains(&wanted[..end]) && covers(&wanted[..end], wanted);
    let from = (Bound::Included(wanted), Bound::Unbounded);
    let mut beginning_so = citations.range::<str, _>(from).take_while(|known| known.starts_with(wanted));
    beginning_so.any(|known| covers(wanted, known)) || wanted.char_indices().any(wider)
}

fn of_kinds(cx: &mut Context, owner: Option<InstrumentId>, written: &Kinds<'_>) -> Option<Target> {
    let kinds = kinds(cx, &written.kinds);
    let owner = owner.and_then(|owner| cx.kinds[owner.index()]);
    if written.same_country && owner.is_some_and(|kind| !kind.is_of_one_country()) {
        let message = "`of the same country` means nothing here: the text that says so is not that of one country";
        let finding = Finding::new(Code::WrongStatement, written.span, message);
        cx.report(finding.help("write `national law of the requested country`, or name the texts"));
    }
    (!kinds.is_empty()).then_some(Target::Kinds { kinds, same_country: written.same_country })
}

/// Kinds of instrument, each once.
pub(crate) fn kinds(cx: &mut Context, names: &[Name<'_>]) -> Vec<Kind> {
    twice::names(cx, names);
    let mut kinds: Vec<Kind> = names.iter().filter_map(|name| kind(cx, *name)).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

/// A kind of instrument by its word.
pub(crate) fn kind(cx: &mut Context, name: Name<'_>) -> Option<Kind> {
    let kind = Kind::ALL.into_iter().find(|kind| kind.word() == name.text);
    if kind.is_none() {
        let message = format!("`{}` is not a kind of instrument", shown(name.text));
        let finding = Finding::new(Code::WrongStatement, name.span, message);
        let words = Kind::ALL.map(Kind::word);
        cx.report(match nearest(name.text, words) {
            Some(near) => near.ask(finding, near.name, name.span),
            None => finding.help(format!("it is one of: {}", words.join(", "))),
        });
    }
    kind
}
