//! What is declared: countries, languages, matters, facts, places, authorities, sources.

use super::{Condition, Countries, DateText, Name, Qualified, Text};
use crate::source::Span;

/// `Denmark (DK)`.
#[derive(Clone, Copy, Debug)]
pub struct Coded<'s> {
    /// The name in this body of law.
    pub name: Name<'s>,
    /// Its ISO 3166-1 or BCP 47 code.
    pub code: Name<'s>,
}

/// `act send "issues the request"`, and items and events alike.
#[derive(Clone, Debug)]
pub struct Titled<'s> {
    /// The name.
    pub name: Name<'s>,
    /// What it stands for.
    pub title: Text<'s>,
}

/// `group european-union is Denmark, Finland, Sweden`.
#[derive(Clone, Debug)]
pub struct Group<'s> {
    /// The name.
    pub name: Name<'s>,
    /// Its members.
    pub members: Countries<'s>,
}

/// `matter transfer "…" between countries, under one instrument`.
#[derive(Clone, Debug)]
pub struct Matter<'s> {
    /// The name.
    pub name: Name<'s>,
    /// What it is.
    pub title: Text<'s>,
    /// Between two countries, or within one.
    pub between_countries: bool,
    /// A request is made under one instrument, or under none.
    pub under_one_instrument: bool,
}

/// `fact purpose : one of consultation, formal-request`.
#[derive(Clone, Debug)]
pub struct Fact<'s> {
    /// The name.
    pub name: Name<'s>,
    /// Its kind.
    pub kind: FactKind<'s>,
    /// `or unknown` was written.
    pub or_unknown: bool,
    /// What it asks.
    pub title: Option<Text<'s>>,
}

/// The kind of a fact.
#[derive(Clone, Debug)]
pub enum FactKind<'s> {
    /// `yes or no`
    YesNo,
    /// `one of a, b`
    OneOf(Vec<Name<'s>>),
    /// `place`, `language`, `country`, `date`, `number` or a unit of time
    Named(Name<'s>),
}

/// `never CONDITION because "…"`.
#[derive(Clone, Debug)]
pub struct Never<'s> {
    /// The cases that cannot be.
    pub condition: Condition<'s>,
    /// Why.
    pub because: Text<'s>,
    /// The whole item.
    pub span: Span,
}

/// `place aland "Åland" in Finland`.
#[derive(Clone, Debug)]
pub struct Place<'s> {
    /// The name.
    pub name: Name<'s>,
    /// As people write it.
    pub title: Option<Text<'s>>,
    /// Where it lies.
    pub country: Name<'s>,
}

/// `authority Norway.chief-of-police "Chief of Police" { … }`.
#[derive(Clone, Debug)]
pub struct Authority<'s> {
    /// Country and office.
    pub name: Qualified<'s>,
    /// `of aland`: the particulars of this office in that place.
    pub place: Option<Name<'s>>,
    /// Its title.
    pub title: Option<Text<'s>>,
    /// How to reach it.
    pub contact: Vec<ContactLine<'s>>,
    /// The whole item.
    pub span: Span,
}

/// One line of the particulars of an authority.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is the line of that name")]
pub enum ContactLine<'s> {
    Called { text: Text<'s>, language: Name<'s> },
    Address(Text<'s>),
    Email(Text<'s>),
    Telephone(Text<'s>),
    Website(Text<'s>),
    Note(Text<'s>),
}

/// `source rigsadvokaten-2025 { title "…" dated 2025-11-05 }`.
#[derive(Clone, Debug)]
pub struct Source<'s> {
    /// The name.
    pub name: Name<'s>,
    /// Its lines.
    pub lines: Vec<SourceLine<'s>>,
}

/// One line of a source.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is the line of that name")]
pub enum SourceLine<'s> {
    Title(Text<'s>),
    Publisher(Text<'s>),
    Reference(Text<'s>),
    Website(Text<'s>),
    File(Text<'s>),
    Note(Text<'s>),
    Dated(DateText<'s>),
    Language(Name<'s>),
    ReviewBy(DateText<'s>),
}
