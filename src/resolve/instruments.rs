//! Instruments: their kind, who is bound and when, what they replace, which texts are not held.

use super::Context;
use super::assumed;
use super::clauses;
use super::declare::Declarations;
use super::extent;
use super::names::{citation, normal, said};
use super::passages;
use super::questions;
use super::scopes;
use super::twice;
use super::vocabulary::once;
use crate::finding::{Code, Finding};
use crate::law::{
    Bond, ClauseEffect, ClauseOwner, CountryId, CountrySet, Dated, Instrument, InstrumentId, Interval, Kind, LeftOut,
    Replacement, Target, UnreadQuestions, UnreadText, id_of,
};
use crate::source::Span;
use crate::syntax::ast::{self, Ast, Basis, InstrumentStatement, Name, ProvisionStatement, Reference, TextHeld};

/// Fills the table of instruments, with their clauses of precedence.
pub(crate) fn fill(cx: &mut Context, all: &Declarations<'_, '_>, ast: &Ast<'_>) {
    // Instruments speak of each other: what must be known of all of them before any is read.
    for row in &all.instruments {
        let word = row.statements.iter().find_map(|statement| match statement {
            InstrumentStatement::Kind(name) => Some(name.text),
            _ => None,
        });
        cx.kinds.push(Kind::ALL.into_iter().find(|kind| Some(kind.word()) == word));
        let in_part = row.statements.iter().any(|statement| matches!(statement, InstrumentStatement::TextHeld(_)));
        cx.held.push(super::Held { in_part, ..super::Held::default() });
        let consists_of = extent::consists_of(cx, row);
        cx.law.instruments.push(Instrument { consists_of, ..blank(row) });
    }
    for row in ast.provisions_not_held() {
        if let Ok(instrument) = cx.names.instrument(row.instrument) {
            let is_not_held = |statement: &ProvisionStatement<'_>| matches!(statement, ProvisionStatement::TextHeld(_));
            cx.held[instrument.index()].in_part |= row.statements.iter().any(is_not_held);
        }
    }
    // Nobody looks for a citation where none is made.
    for row in ast.provisions().take_while(|_| ast.cites) {
        if let Ok(instrument) = cx.names.instrument(row.instrument) {
            cx.held[instrument.index()].citations.insert(citation(&row.citation));
        }
    }
    for (index, row) in all.instruments.iter().enumerate() {
        let id = InstrumentId(id_of(index));
        let in_full = !cx.names.lost.in_part.contains(&*normal(row.name.text));
        cx.law.instruments[index] = instrument(cx, id, row, in_full);
        assumed::in_instrument(cx, ast, row);
    }
}

/// Fills the clauses of `precedence` items, after those of texts.
pub(crate) fn fill_precedence(cx: &mut Context, all: &Declarations<'_, '_>) {
    let mut items = all.precedence.clone();
    items.sort_by_cached_key(|row| {
        let words = |kinds: &ast::Kinds<'_>| kinds.kinds.iter().map(|kind| kind.text.to_owned()).collect::<Vec<_>>();
        let lines: Vec<_> = row.lines.iter().map(|(upper, lower)| (words(upper), words(lower))).collect();
        (said(&row.title), lines)
    });
    let lines = items.iter().flat_map(|row| &row.lines).map(|(upper, lower)| {
        let words = |kinds: &ast::Kinds<'_>| kinds.kinds.iter().map(|kind| kind.text.to_owned()).collect::<Vec<_>>();
        ((words(upper), words(lower), upper.same_country, lower.same_country), upper.span.to(lower.span))
    });
    twice::statements(cx, "this order of kinds", lines.collect::<Vec<_>>());
    for row in items {
        twice::texts(cx, "the assumption", &row.basis.assuming.iter().collect::<Vec<_>>());
        for (upper, lower) in &row.lines {
            let above = clauses::kinds(cx, &upper.kinds);
            let below = clauses::kinds(cx, &lower.kinds);
            let same_country = upper.same_country || lower.same_country;
            for kind in above {
                if same_country && !kind.is_of_one_country() {
                    let message = format!("{} is not the text of one country", in_words(kind));
                    let finding = Finding::new(Code::WrongStatement, upper.span, message);
                    cx.report(finding.help("leave out `of the same country`"));
                }
                let clause = clauses::Unowned {
                    effect: ClauseEffect::Claims,
                    target: Target::Kinds { kinds: below.clone(), same_country },
                    dates: Interval::ALWAYS,
                    by: Some(row.basis.by.as_ref().map_or_else(|| said(&row.title), said)),
                    assumptions: row.basis.assuming.iter().map(said).collect(),
                    span: upper.span.to(lower.span),
                };
                clauses::own(cx, ClauseOwner::Kind(kind), vec![clause]);
            }
        }
    }
}

fn blank(row: &ast::Instrument<'_>) -> Instrument {
    Instrument {
        name: normal(row.name.text).into_owned(),
        title: row.title.as_ref().map(said),
        kind: Kind::Arrangement,
        governs: Vec::new(),
        country: None,
        bonds: Vec::new(),
        in_force: Vec::new(),
        applies: Vec::new(),
        clauses: Vec::new(),
        replaces: Vec::new(),
        supplements: Vec::new(),
        consists_of: Vec::new(),
        left_out: Vec::new(),
        unread: Vec::new(),
        silent_on: Vec::new(),
        assumptions: Vec::new(),
        sources: Vec::new(),
        headings: Vec::new(),
        span: row.name.span,
    }
}

fn instrument(cx: &mut Context, id: InstrumentId, row: &ast::Instrument<'_>, in_full: bool) -> Instrument {
    let mut made =
        Instrument { consists_of: std::mem::take(&mut cx.law.instruments[id.index()].consists_of), ..blank(row) };
    let mut said_kind = None;
    let mut said_country = None;
    let mut governs_nothing = true;
    let mut written = Vec::new();
    for statement in &row.statements {
        match statement {
            InstrumentStatement::Kind(name) => {
                if said_kind.is_none() {
                    clauses::kind(cx, *name);
                }
                once(cx, &mut said_kind, name.span, name.span, "kind");
            }
            InstrumentStatement::Governs(names) => {
                governs_nothing = false;
                let before = cx.told();
                for name in names {
                    let matter = cx.names.matter(*name);
                    made.governs.extend(cx.take(matter));
                }
                if cx.is_faulty(before) {
                    cx.open_governs.insert(id.index());
                }
            }
            InstrumentStatement::Country(name) => {
                let country = cx.names.country(*name);
                let country = cx.take(country);
                once(cx, &mut said_country, name.span, name.span, "country");
                made.country = made.country.or(country);
            }
            InstrumentStatement::Parties { .. }
            | InstrumentStatement::Party { .. }
            | InstrumentStatement::Associated { .. } => bonds(cx, statement, &mut made.bonds),
            InstrumentStatement::InForce { dates, basis, span } => made.in_force.push(dated(cx, dates, basis, *span)),
            InstrumentStatement::Applies { dates, basis, span } => made.applies.push(dated(cx, dates, basis, *span)),
            InstrumentStatement::Replaces { what, dates, basis, span } => {
                let dates = cx.interval(dates);
                made.replaces.extend(replacement(cx, id, what, (dates, basis), *span));
            }
            InstrumentStatement::Supplements { what, basis, span } => {
                made.supplements.extend(replacement(cx, id, what, (Interval::ALWAYS, basis), *span));
            }
            InstrumentStatement::YieldsTo { what, dates, basis, span } => {
                let dates = cx.interval(dates);
                let clauses = clauses::of_statement(cx, id, ClauseEffect::Concedes, what, (dates, basis), *span);
                written.extend(clauses);
            }
            InstrumentStatement::PrevailsOver { what, dates, basis, span } => {
                let dates = cx.interval(dates);
                let clauses = clauses::of_statement(cx, id, ClauseEffect::Claims, what, (dates, basis), *span);
                written.extend(clauses);
            }
            InstrumentStatement::Source { name, headings } => {
                let source = cx.names.source(*name);
                if let Some(source) = cx.take(source) {
                    made.sources.push(source);
                    let headings = passages::headings(cx, source, headings);
                    made.headings.extend((!headings.is_empty()).then_some((source, headings)));
                }
            }
            // read before the others, since they are looked for in it
            InstrumentStatement::ConsistsOf(_) => {}
            InstrumentStatement::LeftOut { what, because, span } => {
                let citations = extent::citations(cx, what);
                made.left_out.push(LeftOut { citations, because: said(because), span: *span });
            }
            InstrumentStatement::TextHeld(text) => made.unread.push(unread(cx, Some(id), text)),
            InstrumentStatement::SilentOn(questions) => {
                for question in questions {
                    made.silent_on.extend(questions::patterns(cx, Some(id), question));
                }
            }
            InstrumentStatement::Assuming(text) => made.assumptions.push(said(text)),
        }
    }
    twice::clauses(cx, &written);
    made.clauses = clauses::own(cx, ClauseOwner::Instrument(id), written);
    if !in_full {
        cx.open_governs.insert(id.index());
    }
    said_twice(cx, row, &made);
    made.governs.sort_unstable();
    made.governs.dedup();
    made.sources.sort_unstable();
    made.sources.dedup();
    let kind = cx.kinds[id.index()];
    made.kind = kind.unwrap_or(if made.country.is_some() { Kind::Statute } else { Kind::Arrangement });
    if in_full {
        check_governs_and_kind(cx, row.name, governs_nothing, said_kind.is_none());
        if let Some(kind) = kind {
            check_bound(cx, row, kind, said_country);
        }
    }
    made
}

/// Reports what the instrument says twice.
fn said_twice(cx: &mut Context, row: &ast::Instrument<'_>, made: &Instrument) {
    let (mut governs, mut sources, mut assumed, mut questions) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for statement in &row.statements {
        match statement {
            InstrumentStatement::Governs(names) => governs.extend(names.iter().copied()),
            InstrumentStatement::Source { name, .. } => sources.push(*name),
            InstrumentStatement::Assuming(text) => assumed.push(text),
            InstrumentStatement::SilentOn(silent) => questions.extend(silent),
            _ => {}
        }
    }
    let names =
        |names: &[Name<'_>]| names.iter().map(|name| (normal(name.text).into_owned(), name.span)).collect::<Vec<_>>();
    twice::statements(cx, "that it governs this matter", names(&governs));
    twice::statements(cx, "this source", names(&sources));
    twice::texts(cx, "the assumption", &assumed);
    let mut patterns = Vec::new();
    for question in questions {
        let found = questions::patterns(cx, None, question);
        patterns.push((found, question.span));
    }
    twice::statements(cx, "that it is silent on this", patterns);
    let replaces = made.replaces.iter().map(|one| ((one.instrument, one.citation.clone()), one.dates, one.span));
    twice::dated(cx, "what it replaces", replaces.collect::<Vec<_>>());
    let supplements = made.supplements.iter().map(|one| ((one.instrument, one.citation.clone()), one.span));
    twice::statements(cx, "what it supplements", supplements.collect::<Vec<_>>());
    let unread = made.unread.iter().map(|text| (text.on.clone(), text.span));
    twice::statements(cx, "that the text is not held", unread.collect::<Vec<_>>());
    let left_out =
        made.left_out.iter().flat_map(|left| left.citations.iter().map(move |citation| (citation, left.span)));
    twice::statements(cx, "that this is not encoded", left_out.collect::<Vec<_>>());
    twice::days(cx, &made.bonds, &made.in_force, &made.applies);
}

fn missing(name: Name<'_>, what: &str, help: impl Into<String>) -> Finding {
    let message = format!("`{}` does not say {what}", name.text);
    Finding::new(Code::MissingStatement, name.span, message).help(help)
}

fn check_governs_and_kind(cx: &mut Context, name: Name<'_>, governs_nothing: bool, no_kind: bool) {
    if governs_nothing {
        cx.report(missing(name, "which matters it governs", "add a line such as `governs transfer`"));
    }
    if no_kind {
        let words = Kind::ALL.map(Kind::word).join(", ");
        cx.report(missing(name, "of which kind it is", format!("add `kind` and one of: {words}")));
    }
}

/// A text of one country names the country; the others name those whom they bind.
fn check_bound(cx: &mut Context, row: &ast::Instrument<'_>, kind: Kind, country: Option<Span>) {
    let bond = row.statements.iter().find_map(|statement| match statement {
        InstrumentStatement::Parties { span, .. }
        | InstrumentStatement::Party { span, .. }
        | InstrumentStatement::Associated { span, .. } => Some(*span),
        _ => None,
    });
    let word = in_words(kind);
    match (kind.is_of_one_country(), country, bond) {
        (true, None, _) => {
            cx.report(missing(
                row.name,
                "of which country it is",
                format!("{word} needs a line such as `country Norway`"),
            ));
        }
        (false, _, None) => {
            cx.report(missing(
                row.name,
                "who is bound",
                format!("{word} needs a line such as `parties Denmark, Finland`"),
            ));
        }
        _ => {}
    }
    if let (true, Some(span)) = (kind.is_of_one_country(), bond) {
        let message = format!("{word} is the text of one country and has no parties");
        cx.report(Finding::new(Code::WrongStatement, span, message).help("write `country` and the country"));
    }
    if let (false, Some(span)) = (kind.is_of_one_country(), country) {
        let message = format!("{word} has parties and is not the text of one country");
        cx.report(Finding::new(Code::WrongStatement, span, message).help("write `parties` and the countries"));
    }
}

fn in_words(kind: Kind) -> String {
    let article = if matches!(kind, Kind::Arrangement | Kind::Ordinance) { "an" } else { "a" };
    format!("{article} {}", kind.word())
}

fn bonds(cx: &mut Context, statement: &InstrumentStatement<'_>, bonds: &mut Vec<Bond>) {
    let (countries, dates, basis, span) = match statement {
        InstrumentStatement::Parties { countries, dates, basis, span } => {
            (scopes::countries(cx, countries), dates, basis, *span)
        }
        InstrumentStatement::Party { country, dates, basis, span, .. }
        | InstrumentStatement::Associated { country, dates, basis, span, .. } => {
            (one_country(cx, *country), dates, basis, *span)
        }
        _ => return,
    };
    let (associated, only, reservations) = match statement {
        InstrumentStatement::Party { reservations, .. } => {
            (false, Vec::new(), reservations.iter().map(citation).collect())
        }
        InstrumentStatement::Associated { only, .. } => (true, only.iter().map(citation).collect(), Vec::new()),
        _ => (false, Vec::new(), Vec::new()),
    };
    if let InstrumentStatement::Party { reservations: texts, .. }
    | InstrumentStatement::Associated { only: texts, .. } = statement
    {
        twice::texts(cx, "this provision", &texts.iter().collect::<Vec<_>>());
    }
    let dates = cx.interval(dates);
    let by = basis.by.as_ref().map(said);
    let assumptions: Vec<String> = basis.assuming.iter().map(said).collect();
    bonds.extend(countries.iter().map(|country| Bond {
        country,
        dates,
        associated,
        only: only.clone(),
        reservations: reservations.clone(),
        by: by.clone(),
        assumptions: assumptions.clone(),
        span,
    }));
}

/// The country, or the countries of a group.
fn one_country(cx: &mut Context, name: Name<'_>) -> CountrySet {
    let terms = vec![ast::CountryTerm::Name(name)];
    scopes::countries(cx, &ast::Countries { terms, span: name.span })
}

fn dated(cx: &mut Context, dates: &ast::Dates<'_>, basis: &Basis<'_>, span: Span) -> Dated {
    Dated {
        dates: cx.interval(dates),
        by: basis.by.as_ref().map(said),
        assumptions: basis.assuming.iter().map(said).collect(),
        span,
    }
}

fn replacement(
    cx: &mut Context,
    id: InstrumentId,
    what: &Reference<'_>,
    (dates, basis): (Interval, &Basis<'_>),
    span: Span,
) -> Option<Replacement> {
    let (instrument, citation) = clauses::reference(cx, Some(id), what)?;
    if instrument == id {
        let finding =
            Finding::new(Code::WrongStatement, what.span, "an instrument can replace or supplement only another");
        cx.report(finding.help("name the other instrument; a new version of a provision needs only its own dates"));
        return None;
    }
    Some(Replacement {
        instrument,
        citation,
        dates,
        by: basis.by.as_ref().map(said),
        assumptions: basis.assuming.iter().map(said).collect(),
        span,
    })
}

/// A text that is not held.
pub(crate) fn unread(cx: &mut Context, instrument: Option<InstrumentId>, text: &TextHeld<'_>) -> UnreadText {
    let mut on = Vec::new();
    let mut left_open = Vec::new();
    for question in &text.on {
        let patterns = questions::patterns(cx, instrument, question);
        left_open.extend(patterns.iter().map(|pattern| (*pattern, question.span)));
        on.extend(patterns);
    }
    twice::statements(cx, "that the text on this is not held", left_open);
    on.sort_unstable();
    on.dedup();
    let on = match (text.on.is_empty(), text.partial) {
        (false, _) => UnreadQuestions::These(on),
        (true, true) => UnreadQuestions::WithoutRule,
        (true, false) => UnreadQuestions::All,
    };
    UnreadText {
        on,
        note: text.note.as_ref().map(|note| cx.shared.note(said(note))),
        // Filled as soon as all scopes are known.
        own_side: None,
        span: text.span,
    }
}

/// The country of a text of one country.
pub(crate) fn country_of_text(cx: &Context, instrument: InstrumentId) -> Option<CountryId> {
    cx.kinds[instrument.index()].filter(|kind| kind.is_of_one_country())?;
    cx.law[instrument].country
}
