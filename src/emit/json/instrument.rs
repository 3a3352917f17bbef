//! Instruments: who is bound and when, what they say of each other, and their provisions.

use serde::Serialize;

use super::super::places::At;
use super::condition::{Scope, When, scope, when};
use super::rule::{Rule, rule};
use super::{Days, Writer};
use crate::law::{
    self, ClauseEffect, ClauseId, ClauseOwner, InstrumentId, Kind, MatterId, NationalLawOf, ProvisionId,
    QuestionPattern,
};
use crate::words;

#[derive(Serialize)]
pub(super) struct Instrument {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    kind: &'static str,
    binding: bool,
    governs: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<String>,
    bonds: Vec<Bond>,
    in_force: Vec<Dated>,
    applies: Vec<Dated>,
    clauses: Vec<Clause>,
    replaces: Vec<Replacement>,
    supplements: Vec<Replacement>,
    consists_of: Vec<String>,
    left_out: Vec<LeftOut>,
    unread: Vec<Unread>,
    silent_on: Vec<String>,
    assumptions: Vec<String>,
    sources: Vec<String>,
    provisions: Vec<Provision>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<At>,
}

pub(super) fn instrument(writer: &Writer, id: InstrumentId, row: &law::Instrument) -> Instrument {
    let law = writer.law;
    let provisions = law.provisions_of(id).map(|provision| (provision, &law[provision]));
    let provisions = writer.unordered(provisions, |writer, (id, row)| provision(writer, *id, row));
    Instrument { provisions, ..head(writer, row) }
}

/// An instrument without its provisions.
pub(super) fn head(writer: &Writer, row: &law::Instrument) -> Instrument {
    let law = writer.law;
    Instrument {
        name: row.name.clone(),
        title: row.title.clone(),
        kind: row.kind.word(),
        binding: row.kind.is_binding(),
        governs: matters(writer, &row.governs),
        country: row.country.map(|country| law[country].name.clone()),
        bonds: writer.unordered(&row.bonds, |writer, row| bond(writer, row)),
        in_force: writer.unordered(&row.in_force, |writer, row| dated(writer, row)),
        applies: writer.unordered(&row.applies, |writer, row| dated(writer, row)),
        clauses: clauses(writer, &row.clauses),
        replaces: writer.unordered(&row.replaces, |writer, row| replacement(writer, row)),
        supplements: writer.unordered(&row.supplements, |writer, row| replacement(writer, row)),
        consists_of: row.consists_of.clone(),
        left_out: writer.unordered(&row.left_out, |writer, row| left_out(writer, row)),
        unread: writer.unordered(&row.unread, |writer, row| unread(writer, row)),
        silent_on: patterns(writer, &row.silent_on),
        assumptions: row.assumptions.clone(),
        sources: writer.unordered(&row.sources, |writer, source| writer.law[**source].name.clone()),
        provisions: Vec::new(),
        at: writer.at(row.span),
    }
}

pub(super) fn matters(writer: &Writer, matters: &[MatterId]) -> Vec<String> {
    writer.unordered(matters, |writer, matter| writer.law[**matter].name.clone())
}

#[derive(Serialize)]
struct Bond {
    country: String,
    #[serde(flatten)]
    days: Days,
    associated: bool,
    only: Vec<String>,
    reservations: Vec<String>,
    #[serde(flatten)]
    basis: Basis,
}

fn bond(writer: &Writer, row: &law::Bond) -> Bond {
    Bond {
        country: writer.law[row.country].name.clone(),
        days: Days::of(row.dates),
        associated: row.associated,
        only: row.only.clone(),
        reservations: row.reservations.clone(),
        basis: Basis { by: row.by.clone(), assumptions: row.assumptions.clone(), at: writer.at(row.span) },
    }
}

/// Which text says so, on what it rests, and where it is written.
#[derive(Serialize)]
struct Basis {
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    assumptions: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<At>,
}

#[derive(Serialize)]
struct Dated {
    #[serde(flatten)]
    days: Days,
    #[serde(flatten)]
    basis: Basis,
}

fn dated(writer: &Writer, row: &law::Dated) -> Dated {
    Dated {
        days: Days::of(row.dates),
        basis: Basis { by: row.by.clone(), assumptions: row.assumptions.clone(), at: writer.at(row.span) },
    }
}

#[derive(Serialize)]
struct Replacement {
    instrument: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    citation: Option<String>,
    #[serde(flatten)]
    days: Days,
    #[serde(flatten)]
    basis: Basis,
}

fn replacement(writer: &Writer, row: &law::Replacement) -> Replacement {
    Replacement {
        instrument: writer.law[row.instrument].name.clone(),
        citation: row.citation.clone(),
        days: Days::of(row.dates),
        basis: Basis { by: row.by.clone(), assumptions: row.assumptions.clone(), at: writer.at(row.span) },
    }
}

/// Parts that are left out on purpose.
#[derive(Serialize)]
struct LeftOut {
    citations: Vec<String>,
    because: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<At>,
}

fn left_out(writer: &Writer, row: &law::LeftOut) -> LeftOut {
    LeftOut { citations: row.citations.clone(), because: row.because.clone(), at: writer.at(row.span) }
}

/// A text that is not held.
#[derive(Serialize)]
pub(super) struct Unread {
    on: &'static str,
    questions: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<At>,
}

pub(super) fn unread(writer: &Writer, row: &law::UnreadText) -> Unread {
    let (on, questions) = match &row.on {
        law::UnreadQuestions::All => ("all", Vec::new()),
        law::UnreadQuestions::These(these) => ("these", patterns(writer, these)),
        law::UnreadQuestions::WithoutRule => ("without-rule", Vec::new()),
    };
    Unread { on, questions, note: row.note.map(|note| writer.law[note].clone()), at: writer.at(row.span) }
}

fn patterns(writer: &Writer, patterns: &[QuestionPattern]) -> Vec<String> {
    writer.unordered(patterns, |writer, pattern| {
        let law = writer.law;
        match **pattern {
            QuestionPattern::Exactly(head) => words::question(law, head),
            QuestionPattern::Authority(act) => format!("authority to {}", law[act].name),
            QuestionPattern::Criterion(name) => format!("criterion {}", law[name].text),
            QuestionPattern::Deadline(name) => format!("deadline {}", law[name].text),
        }
    })
}

/// A clause of precedence.
#[derive(Serialize)]
pub(super) struct Clause {
    words: String,
    effect: &'static str,
    target: Target,
    #[serde(flatten)]
    days: Days,
    #[serde(flatten)]
    basis: Basis,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Target {
    Text {
        instrument: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        citation: Option<String>,
    },
    NationalLaw {
        of: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        country: Option<String>,
    },
    MandatoryRules,
    Kinds {
        kinds: Vec<&'static str>,
        same_country: bool,
    },
}

pub(super) fn clauses(writer: &Writer, ids: &[ClauseId]) -> Vec<Clause> {
    writer.unordered(ids, |writer, id| clause(writer, &writer.law[**id]))
}

fn clause(writer: &Writer, row: &law::Clause) -> Clause {
    let law = writer.law;
    let target = match &row.target {
        law::Target::Text { instrument, citation } => {
            Target::Text { instrument: law[*instrument].name.clone(), citation: citation.clone() }
        }
        law::Target::NationalLaw(NationalLawOf::Country(country)) => {
            Target::NationalLaw { of: "country", country: Some(law[*country].name.clone()) }
        }
        law::Target::NationalLaw(of) => Target::NationalLaw {
            of: match of {
                NationalLawOf::Requesting => "requesting",
                NationalLawOf::Requested => "requested",
                NationalLawOf::Either | NationalLawOf::Country(_) => "either",
            },
            country: None,
        },
        law::Target::MandatoryRules => Target::MandatoryRules,
        law::Target::Kinds { kinds, same_country } => {
            Target::Kinds { kinds: writer.unordered(kinds, |_, kind| kind.word()), same_country: *same_country }
        }
    };
    Clause {
        words: words::clause(law, row).replace('`', ""),
        effect: match row.effect {
            ClauseEffect::Claims => "claims",
            ClauseEffect::Concedes => "concedes",
            ClauseEffect::Allows => "allows",
        },
        target,
        days: Days::of(row.dates),
        basis: Basis { by: row.by.clone(), assumptions: row.assumptions.clone(), at: writer.at(row.span) },
    }
}

/// A clause that every instrument of a kind has, by a `precedence` item.
#[derive(Serialize)]
pub(super) struct KindClause {
    every: &'static str,
    clause: Clause,
}

pub(super) fn precedence(writer: &Writer) -> Vec<KindClause> {
    let of_kinds = writer.law.clauses.iter().filter_map(|clause| match clause.owner {
        ClauseOwner::Kind(kind) => Some((kind, clause)),
        _ => None,
    });
    writer
        .unordered(of_kinds, |writer, (kind, row)| KindClause { every: Kind::word(*kind), clause: clause(writer, row) })
}

#[derive(Serialize)]
struct Provision {
    citation: String,
    matters: Vec<String>,
    scope: Scope,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<When>,
    clauses: Vec<Clause>,
    assumptions: Vec<String>,
    unread: Vec<Unread>,
    not_encoded: Vec<String>,
    rules: Vec<Rule>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<At>,
}

fn provision(writer: &Writer, id: ProvisionId, row: &law::Provision) -> Provision {
    let rules = writer.law.rules_of(id).map(|rule| &writer.law[rule]);
    Provision {
        citation: row.citation.clone(),
        matters: matters(writer, &row.matters),
        scope: scope(writer, row.scope),
        when: when(writer, &writer.law[row.condition]),
        clauses: clauses(writer, &row.clauses),
        assumptions: writer.law[row.assumptions].clone(),
        unread: writer.unordered(&row.unread, |writer, row| unread(writer, row)),
        not_encoded: row.not_encoded.clone(),
        rules: rules.map(|row| rule(writer, row)).collect(),
        at: writer.at(row.span),
    }
}
