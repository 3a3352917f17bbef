//! Forms: what they ask for, and which criteria and duties a field shows.

use std::collections::BTreeMap;

use super::Context;
use super::conditions;
use super::declare::Declarations;
use super::names::{citation, normal, said, shown};
use super::provisions::natural_order;
use super::questions::Asked;
use super::twice;
use crate::finding::{Code, Finding};
use crate::law::{
    FactId, FactKind, FactValue, Field, FieldEntry, Form, FormOption, InstrumentId, Section, Shows, Side,
};
use crate::source::Span;
use crate::syntax::ast;

/// Fills the table of forms, by instrument and citation.
pub(crate) fn fill(cx: &mut Context, asked: &Asked, all: &Declarations<'_, '_>) {
    let forms = all
        .forms
        .iter()
        .map(|row| ((normal(row.instrument.text).into_owned(), citation(&row.citation)), row.citation.span));
    twice::statements(cx, "what this form asks for", forms.collect::<Vec<_>>());
    for row in &all.forms {
        let sections = row.sections.iter().map(|section| (normal(section.name.text).into_owned(), section.name.span));
        twice::statements(cx, "this section", sections.collect::<Vec<_>>());
        let instrument = cx.names.instrument(row.instrument);
        let Some(instrument) = cx.take(instrument) else { continue };
        let sections = row.sections.iter().map(|section| self::section(cx, asked, instrument, section)).collect();
        cx.law.forms.push(Form {
            citation: citation(&row.citation),
            instrument,
            title: row.title.as_ref().map(said),
            filled_in_by: if row.by_requested { Side::Requested } else { Side::Requesting },
            sections,
            span: row.citation.span,
        });
    }
    cx.law.forms.sort_by(|a, b| {
        a.instrument
            .cmp(&b.instrument)
            .then_with(|| natural_order(&a.citation, &b.citation))
            .then(a.title.cmp(&b.title))
    });
}

fn section(cx: &mut Context, asked: &Asked, instrument: InstrumentId, row: &ast::Section<'_>) -> Section {
    let ticked = row.fields.iter().filter_map(|field| match field {
        ast::Field::Tick { fact, .. } | ast::Field::Choose { fact, .. } => {
            Some((normal(fact.text).into_owned(), fact.span))
        }
        ast::Field::Write { .. } => None,
    });
    twice::statements(cx, "what is asked here", ticked.collect::<Vec<_>>());
    let mut fields = Vec::new();
    for field in &row.fields {
        fields.extend(self::field(cx, asked, instrument, field));
    }
    Section { name: normal(row.name.text).into_owned(), title: row.title.as_ref().map(said), fields }
}

fn field(cx: &mut Context, asked: &Asked, instrument: InstrumentId, row: &ast::Field<'_>) -> Option<Field> {
    Some(match row {
        ast::Field::Write { label, optional, shows } => Field {
            label: said(label),
            entry: FieldEntry::Write { optional: *optional },
            shows: self::shows(cx, asked, instrument, shows),
            span: label.span,
        },
        ast::Field::Tick { fact, label, shows } => {
            let shows = self::shows(cx, asked, instrument, shows);
            let id = fact_of_kind(
                cx,
                *fact,
                |kind| *kind == FactKind::YesNo,
                "a box is ticked for a fact that is yes or no",
            )?;
            Field { label: said(label), entry: FieldEntry::Tick(id), shows, span: fact.span }
        }
        ast::Field::Choose { fact, label, shows, options } => {
            let shows = self::shows(cx, asked, instrument, shows);
            let is_list = |kind: &FactKind| !matches!(kind, FactKind::Date | FactKind::Number(_));
            let id = fact_of_kind(cx, *fact, is_list, "a choice is made for a fact that has a list of values")?;
            let label = label.as_ref().map(said).or_else(|| cx.law[id].title.clone());
            let label = label.unwrap_or_else(|| cx.law[id].name.clone());
            let options = self::options(cx, asked, instrument, id, options);
            Field { label, entry: FieldEntry::Choose { fact: id, options }, shows, span: fact.span }
        }
    })
}

fn fact_of_kind(
    cx: &mut Context,
    name: ast::Name<'_>,
    fits: impl Fn(&FactKind) -> bool,
    message: &str,
) -> Option<FactId> {
    let fact = cx.names.fact(name);
    let fact = cx.take(fact)?;
    if !fits(&cx.law[fact].kind) {
        let finding = Finding::new(Code::BadFact, name.span, message).other(cx.law[fact].span, "declared here");
        cx.report(finding.help("write a `write` field, or use another fact"));
        return None;
    }
    Some(fact)
}

fn options(
    cx: &mut Context,
    asked: &Asked,
    instrument: InstrumentId,
    fact: FactId,
    rows: &[ast::FormOption<'_>],
) -> Vec<FormOption> {
    let mut first: BTreeMap<FactValue, Span> = BTreeMap::new();
    let mut options = Vec::new();
    for row in rows {
        let shows = shows(cx, asked, instrument, &row.shows);
        let written = ast::FactValue::Name(row.value);
        let value = match row.value.text {
            "unknown" if cx.law[fact].may_be_unknown => Ok(FactValue::Unknown),
            "none" if cx.law[fact].kind == FactKind::Place => Ok(FactValue::NoPlace),
            _ => conditions::fact_value(&cx.law, &cx.names, fact, &written, None),
        };
        let Some(value) = cx.take(value) else { continue };
        if let Some(earlier) = first.insert(value.clone(), row.value.span) {
            let message = format!("`{}` stands twice among the options", shown(row.value.text));
            cx.report(Finding::new(Code::DuplicateName, row.value.span, message).other(earlier, "here first"));
        }
        options.push(FormOption { value, label: said(&row.label), shows, span: row.value.span });
    }
    options
}

/// What a field shows: criteria and conducts of which rules speak.
fn shows(cx: &mut Context, asked: &Asked, instrument: InstrumentId, rows: &[ast::Shows<'_>]) -> Option<Shows> {
    if rows.is_empty() {
        return None;
    }
    shown_twice(cx, rows);
    let mut shown = Shows::default();
    for row in rows {
        match row {
            ast::Shows::NoCriterion(_) => {}
            ast::Shows::Criteria(names) => {
                twice::names(cx, names);
                for name in names {
                    let word = asked.criterion_of(&cx.law, &cx.names, *name, instrument);
                    shown.criteria.extend(cx.take(word));
                }
            }
            ast::Shows::Conducts(names) => {
                twice::names(cx, names);
                for name in names {
                    let word = asked.conduct(&cx.law, &cx.names, *name);
                    shown.conducts.extend(cx.take(word));
                }
            }
        }
    }
    shown.criteria.sort_unstable();
    shown.criteria.dedup();
    shown.conducts.sort_unstable();
    shown.conducts.dedup();
    Some(shown)
}

/// Reports what a field shows in one list and in another.
fn shown_twice(cx: &mut Context, rows: &[ast::Shows<'_>]) {
    let (mut criteria, mut conducts, mut nothing) = (Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        match row {
            ast::Shows::Criteria(names) => criteria.extend(each_once(names)),
            ast::Shows::Conducts(names) => conducts.extend(each_once(names)),
            ast::Shows::NoCriterion(span) => nothing.push(((), *span)),
        }
    }
    twice::statements(cx, "what this shows", criteria);
    twice::statements(cx, "what this shows", conducts);
    twice::statements(cx, "that this shows no criterion", nothing);
}

/// The names of a list. One that stands twice in it is told by the list.
fn each_once(names: &[ast::Name<'_>]) -> BTreeMap<String, Span> {
    names.iter().rev().map(|name| (normal(name.text).into_owned(), name.span)).collect()
}
