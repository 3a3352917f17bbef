//! Instruments, who is bound and when, what they say of each other, and `precedence`.

use super::{Countries, DateText, Name, Question, Text};
use crate::source::Span;

/// `instrument transfer-convention-1972 "…" { … }`.
#[derive(Clone, Debug)]
pub struct Instrument<'s> {
    /// The name.
    pub name: Name<'s>,
    /// Its title.
    pub title: Option<Text<'s>>,
    /// What is said of it.
    pub statements: Vec<InstrumentStatement<'s>>,
    /// The whole item.
    pub span: Span,
}

/// One statement about an instrument.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is the statement of that name")]
pub enum InstrumentStatement<'s> {
    Kind(Name<'s>),
    Governs(Vec<Name<'s>>),
    Parties { countries: Countries<'s>, dates: Dates<'s>, basis: Basis<'s>, span: Span },
    Party { country: Name<'s>, dates: Dates<'s>, basis: Basis<'s>, reservations: Vec<Text<'s>>, span: Span },
    Associated { country: Name<'s>, dates: Dates<'s>, basis: Basis<'s>, only: Vec<Text<'s>>, span: Span },
    Country(Name<'s>),
    InForce { dates: Dates<'s>, basis: Basis<'s>, span: Span },
    Applies { dates: Dates<'s>, basis: Basis<'s>, span: Span },
    Replaces { what: Reference<'s>, dates: Dates<'s>, basis: Basis<'s>, span: Span },
    Supplements { what: Reference<'s>, basis: Basis<'s>, span: Span },
    YieldsTo { what: Ranked<'s>, dates: Dates<'s>, basis: Basis<'s>, span: Span },
    PrevailsOver { what: Ranked<'s>, dates: Dates<'s>, basis: Basis<'s>, span: Span },
    Source { name: Name<'s>, headings: Vec<Text<'s>> },
    ConsistsOf(Vec<Stretch<'s>>),
    LeftOut { what: Vec<Stretch<'s>>, because: Text<'s>, span: Span },
    TextHeld(TextHeld<'s>),
    SilentOn(Vec<Question<'s>>),
    Assuming(Text<'s>),
}

/// `"Article 1" to "Article 12"`, or one citation alone.
#[derive(Clone, Debug)]
pub struct Stretch<'s> {
    /// The first provision.
    pub first: Text<'s>,
    /// The last one; none: the first alone.
    pub last: Option<Text<'s>>,
    /// The whole stretch.
    pub span: Span,
}

/// `from 2025-06-09 until 2027-01-31`, in any order, at most once each.
#[derive(Clone, Debug, Default)]
pub struct Dates<'s> {
    /// The first day.
    pub from: Option<DateText<'s>>,
    /// The last day.
    pub until: Option<DateText<'s>>,
}

/// `by "Article 11" assuming "…"`.
#[derive(Clone, Debug, Default)]
pub struct Basis<'s> {
    /// The provision that says so.
    pub by: Option<Text<'s>>,
    /// What it rests on.
    pub assuming: Vec<Text<'s>>,
}

/// `text unavailable on languages for request "…"`, `text partial "…"`.
#[derive(Clone, Debug)]
pub struct TextHeld<'s> {
    /// Some of it is held.
    pub partial: bool,
    /// The questions that it is about; empty: all.
    pub on: Vec<Question<'s>>,
    /// Why, or which part.
    pub note: Option<Text<'s>>,
    /// The whole statement.
    pub span: Span,
}

/// An instrument, a provision of it, or a provision of the same instrument.
#[derive(Clone, Debug)]
pub struct Reference<'s> {
    /// The instrument; none: the one that speaks.
    pub instrument: Option<Name<'s>>,
    /// The provision; none: all of it.
    pub citation: Option<Text<'s>>,
    /// The whole reference.
    pub span: Span,
}

/// What a clause of precedence names.
#[derive(Clone, Debug)]
pub enum Ranked<'s> {
    /// `national law of the requested country`
    NationalLaw(LawOf<'s>, Span),
    /// `mandatory rules of binding instruments`
    MandatoryRules(Span),
    /// `treaty, regulation`, `circular of the same country`
    Kinds(Kinds<'s>),
    /// instruments or provisions
    References(Vec<Reference<'s>>),
}

impl Ranked<'_> {
    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            Ranked::NationalLaw(_, span) | Ranked::MandatoryRules(span) => *span,
            Ranked::Kinds(kinds) => kinds.span,
            Ranked::References(references) => references[0].span.to(references[references.len() - 1].span),
        }
    }
}

/// Whose national law.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs, reason = "each variant is what it says")]
pub enum LawOf<'s> {
    Requesting,
    Requested,
    Either,
    Country(Name<'s>),
}

/// A list of kinds of instrument.
#[derive(Clone, Debug)]
pub struct Kinds<'s> {
    /// The kinds, as written.
    pub kinds: Vec<Name<'s>>,
    /// `of the same country`
    pub same_country: bool,
    /// The whole list.
    pub span: Span,
}

/// `precedence "lex superior" { statute over ordinance }`.
#[derive(Clone, Debug)]
pub struct Precedence<'s> {
    /// What it is called.
    pub title: Text<'s>,
    /// What it rests on.
    pub basis: Basis<'s>,
    /// The lines: above, below.
    pub lines: Vec<(Kinds<'s>, Kinds<'s>)>,
    /// The whole item.
    pub span: Span,
}
