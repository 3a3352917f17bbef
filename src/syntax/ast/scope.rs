//! In which cases something speaks, facts apart.

use super::{DateText, Name};
use crate::source::Span;

/// In which cases something speaks at all.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is the phrase of that name")]
pub enum Scope<'s> {
    FromDate(DateText<'s>),
    UntilDate(DateText<'s>),
    From(Countries<'s>),
    To(Countries<'s>),
    /// As `To`, and whose authority is named is one of these.
    In(Countries<'s>),
    Between(Countries<'s>),
    AnyCountry(Span),
    Concerning(Vec<Name<'s>>),
    Under(Vec<Name<'s>>, Span),
    UnderNoInstrument(Span),
}

/// A list of countries.
#[derive(Clone, Debug)]
pub struct Countries<'s> {
    /// Its members.
    pub terms: Vec<CountryTerm<'s>>,
    /// The whole list.
    pub span: Span,
}

/// A country, a group, or the parties of an instrument.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs, reason = "each variant is what it says")]
pub enum CountryTerm<'s> {
    Name(Name<'s>),
    PartiesOf(Name<'s>),
}
