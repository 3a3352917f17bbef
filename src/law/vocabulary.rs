//! The words of a body of law: what is declared once and named everywhere.

use super::{CountryId, Day, LanguageId, PlaceId};
use crate::source::Span;

/// A country.
#[derive(Clone, Debug)]
pub struct Country {
    /// Its name in the files.
    pub name: String,
    /// ISO 3166-1 alpha-2, upper case.
    pub code: String,
    /// Where it is declared.
    pub span: Span,
}

/// A language.
#[derive(Clone, Debug)]
pub struct Language {
    /// Its name in the files.
    pub name: String,
    /// BCP 47.
    pub code: String,
    /// Where it is declared.
    pub span: Span,
}

/// A matter.
#[derive(Clone, Debug)]
pub struct Matter {
    /// Its name.
    pub name: String,
    /// What it is.
    pub title: String,
    /// It lies between a requesting and a requested country; otherwise within one.
    pub between_countries: bool,
    /// A request is made under one instrument or under none.
    pub under_one_instrument: bool,
    /// Where it is declared.
    pub span: Span,
}

/// An act, an item or an event.
#[derive(Clone, Debug)]
pub struct Titled {
    /// Its name.
    pub name: String,
    /// What it stands for.
    pub title: String,
    /// Where it is declared.
    pub span: Span,
}

/// A word that is used without being declared.
#[derive(Clone, Debug)]
pub struct Word {
    /// The word.
    pub text: String,
    /// Where it is first used.
    pub span: Span,
}

/// A fact.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Its name.
    pub name: String,
    /// What it asks.
    pub title: Option<String>,
    /// Its kind.
    pub kind: FactKind,
    /// `unknown` is one of its values: always for a place, otherwise where declared.
    pub may_be_unknown: bool,
    /// Where it is declared.
    pub span: Span,
}

/// The kind of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactKind {
    /// Yes or no.
    YesNo,
    /// One of these, in the order written.
    OneOf(Vec<String>),
    /// A place in the country whose authority is asked for.
    Place,
    /// A language.
    Language,
    /// A country.
    Country,
    /// A number, in the unit if it has one.
    Number(Option<Unit>),
    /// A day.
    Date,
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each variant is the unit of that name")]
pub enum Unit {
    Hours,
    Days,
    Weeks,
    Months,
    Years,
}

impl Unit {
    /// Reads the singular or plural word.
    pub fn parse(word: &str) -> Option<Unit> {
        Some(match word {
            "hour" | "hours" => Unit::Hours,
            "day" | "days" => Unit::Days,
            "week" | "weeks" => Unit::Weeks,
            "month" | "months" => Unit::Months,
            "year" | "years" => Unit::Years,
            _ => return None,
        })
    }

    /// The plural word.
    pub fn word(self) -> &'static str {
        match self {
            Unit::Hours => "hours",
            Unit::Days => "days",
            Unit::Weeks => "weeks",
            Unit::Months => "months",
            Unit::Years => "years",
        }
    }

    /// How many of `smaller` make one of it, where the calendar says so exactly; a month has no fixed number of days.
    pub fn in_units_of(self, smaller: Unit) -> Option<i64> {
        let hours = |unit| match unit {
            Unit::Hours => Some(1),
            Unit::Days => Some(24),
            Unit::Weeks => Some(24 * 7),
            Unit::Months | Unit::Years => None,
        };
        match (self, smaller) {
            (a, b) if a == b => Some(1),
            (Unit::Years, Unit::Months) => Some(12),
            (a, b) => {
                let (a, b) = (hours(a)?, hours(b)?);
                (a % b == 0).then_some(a / b)
            }
        }
    }
}

/// The value of a fact, in a case or in a condition.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FactValue {
    /// It is asked and not known.
    Unknown,
    /// A place: not in the country whose authority is asked for.
    NoPlace,
    /// Yes or no.
    YesNo(bool),
    /// The position in the list of a fact `one of`.
    Choice(u32),
    /// A declared place.
    Place(PlaceId),
    /// A place that is not declared, by its name. Different names are different places; no rule compares them.
    OtherPlace(String),
    /// A language.
    Language(LanguageId),
    /// A language that is not declared.
    OtherLanguage,
    /// A country.
    Country(CountryId),
    /// A country that is not declared.
    OtherCountry,
    /// A number, in the unit of the fact.
    Number(i64),
    /// A day.
    Date(Day),
}

/// A place.
#[derive(Clone, Debug)]
pub struct Place {
    /// Its name.
    pub name: String,
    /// As people write it.
    pub title: Option<String>,
    /// Where it lies.
    pub country: CountryId,
    /// Where it is declared.
    pub span: Span,
}

/// An authority. Offices are told apart by country: a title alone names nobody.
#[derive(Clone, Debug)]
pub struct Authority {
    /// Its country.
    pub country: CountryId,
    /// The office: `chief-of-police`.
    pub office: String,
    /// Its title.
    pub title: Option<String>,
    /// How to reach it.
    pub contact: Contact,
    /// Particulars of the office in one place.
    pub in_places: Vec<(PlaceId, PlaceOffice)>,
    /// Where it is declared.
    pub span: Span,
}

/// The particulars of an office in one place.
#[derive(Clone, Debug)]
pub struct PlaceOffice {
    /// Its title there.
    pub title: Option<String>,
    /// How to reach it there.
    pub contact: Contact,
    /// Where it is declared.
    pub span: Span,
}

/// How to reach an authority. Every list is in the order written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "each field is the line of that name")]
pub struct Contact {
    pub called: Vec<(String, LanguageId)>,
    pub address: Vec<String>,
    pub email: Vec<String>,
    pub telephone: Vec<String>,
    pub website: Vec<String>,
    pub note: Vec<String>,
}

/// A source of texts.
#[derive(Clone, Debug, Default)]
#[allow(missing_docs, reason = "each field is the line of that name")]
pub struct Source {
    pub name: String,
    pub title: Option<String>,
    pub publisher: Option<String>,
    pub reference: Option<String>,
    pub website: Option<String>,
    /// The name of a file with the text, which lies outside of the body of law.
    pub file: Option<String>,
    pub notes: Vec<String>,
    pub dated: Option<Day>,
    pub language: Option<LanguageId>,
    pub review_by: Option<Day>,
    pub span: Option<Span>,
}
