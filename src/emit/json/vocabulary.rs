//! What is declared once and named everywhere.

use serde::Serialize;

use super::super::places::At;
use super::Writer;
use crate::law;
use crate::source::Span;

#[derive(Serialize)]
pub(super) struct Coded {
    name: String,
    code: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<At>,
}

pub(super) fn coded(writer: &Writer, name: &str, code: &str, span: Span) -> Coded {
    Coded { name: name.to_owned(), code: code.to_owned(), at: writer.at(span) }
}

#[derive(Serialize)]
pub(super) struct Matter {
    name: String,
    title: String,
    between_countries: bool,
    under_one_instrument: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<At>,
}

pub(super) fn matter(writer: &Writer, row: &law::Matter) -> Matter {
    Matter {
        name: row.name.clone(),
        title: row.title.clone(),
        between_countries: row.between_countries,
        under_one_instrument: row.under_one_instrument,
        at: writer.at(row.span),
    }
}

#[derive(Serialize)]
pub(super) struct Titled {
    name: String,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<At>,
}

pub(super) fn titled(writer: &Writer, row: &law::Titled) -> Titled {
    Titled { name: row.name.clone(), title: row.title.clone(), at: writer.at(row.span) }
}

#[derive(Serialize)]
pub(super) struct Fact {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    choices: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'static str>,
    may_be_unknown: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<At>,
}

pub(super) fn fact(writer: &Writer, row: &law::Fact) -> Fact {
    let (kind, choices, unit) = match &row.kind {
        law::FactKind::YesNo => ("yes-or-no", None, None),
        law::FactKind::OneOf(choices) => ("one-of", Some(choices.clone()), None),
        law::FactKind::Place => ("place", None, None),
        law::FactKind::Language => ("language", None, None),
        law::FactKind::Country => ("country", None, None),
        law::FactKind::Number(unit) => ("number", None, unit.map(law::Unit::word)),
        law::FactKind::Date => ("date", None, None),
    };
    Fact {
        name: row.name.clone(),
        title: row.title.clone(),
        kind,
        choices,
        unit,
        may_be_unknown: row.may_be_unknown,
        at: writer.at(row.span),
    }
}

#[derive(Serialize)]
pub(super) struct Place {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    country: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<At>,
}

pub(super) fn place(writer: &Writer, row: &law::Place) -> Place {
    Place {
        name: row.name.clone(),
        title: row.title.clone(),
        country: writer.law[row.country].name.clone(),
        at: writer.at(row.span),
    }
}

#[derive(Serialize)]
pub(super) struct Authority {
    name: String,
    country: String,
    office: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    contact: Contact,
    in_places: Vec<PlaceOffice>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<At>,
}

#[derive(Serialize)]
pub(super) struct PlaceOffice {
    place: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    contact: Contact,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<At>,
}

#[derive(Serialize)]
pub(super) struct Contact {
    called: Vec<Called>,
    address: Vec<String>,
    email: Vec<String>,
    telephone: Vec<String>,
    website: Vec<String>,
    note: Vec<String>,
}

#[derive(Serialize)]
pub(super) struct Called {
    title: String,
    language: String,
}

pub(super) fn authority(writer: &Writer, row: &law::Authority) -> Authority {
    let country = &writer.law[row.country].name;
    Authority {
        name: format!("{country}.{}", row.office),
        country: country.clone(),
        office: row.office.clone(),
        title: row.title.clone(),
        contact: contact(writer, &row.contact),
        in_places: writer.unordered(&row.in_places, |writer, (place, office)| PlaceOffice {
            place: writer.law[*place].name.clone(),
            title: office.title.clone(),
            contact: contact(writer, &office.contact),
            at: writer.at(office.span),
        }),
        at: writer.at(row.span),
    }
}

fn contact(writer: &Writer, contact: &law::Contact) -> Contact {
    let called = contact
        .called
        .iter()
        .map(|(title, language)| Called { title: title.clone(), language: writer.law[*language].name.clone() });
    Contact {
        called: called.collect(),
        address: contact.address.clone(),
        email: contact.email.clone(),
        telephone: contact.telephone.clone(),
        website: contact.website.clone(),
        note: contact.note.clone(),
    }
}

#[derive(Serialize)]
pub(super) struct Source {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    website: Option<String>,
    notes: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dated: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    review_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<At>,
}

pub(super) fn source(writer: &Writer, row: &law::Source) -> Source {
    Source {
        name: row.name.clone(),
        title: row.title.clone(),
        publisher: row.publisher.clone(),
        reference: row.reference.clone(),
        website: row.website.clone(),
        notes: row.notes.clone(),
        dated: row.dated.map(|day| day.to_string()),
        language: row.language.map(|language| writer.law[language].name.clone()),
        review_by: row.review_by.map(|day| day.to_string()),
        at: row.span.and_then(|span| writer.at(span)),
    }
}
