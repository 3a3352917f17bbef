//! Conditions.

use super::{DateText, Duration, Name, Text};
use crate::source::Span;

/// A condition.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is the connective of that name")]
pub enum Condition<'s> {
    All(Vec<Condition<'s>>),
    Any(Vec<Condition<'s>>),
    Not(Box<Condition<'s>>, Span),
    Atom(Atom<'s>),
}

impl Condition<'_> {
    /// Where it stands; nowhere, if it has no parts.
    pub fn span(&self) -> Option<Span> {
        match self {
            Condition::All(parts) | Condition::Any(parts) => match parts.as_slice() {
                [] => None,
                [only] => only.span(),
                [first, .., last] => Some(first.span()?.to(last.span()?)),
            },
            Condition::Not(inner, not) => Some(not.to(inner.span()?)),
            Condition::Atom(atom) => Some(atom.span),
        }
    }
}

/// One test of one fact, or of an instrument.
#[derive(Clone, Debug)]
pub struct Atom<'s> {
    /// The fact or the instrument.
    pub subject: Name<'s>,
    /// What is asked of it.
    pub predicate: Predicate<'s>,
    /// The whole test.
    pub span: Span,
}

/// What is asked of a fact.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is the phrase of that name")]
pub enum Predicate<'s> {
    Holds,
    Known,
    Unknown,
    None,
    Applies,
    Is(Vec<FactValue<'s>>),
    IsNot(FactValue<'s>),
    Compare(Comparison, FactValue<'s>),
}

/// How a number or a date is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant is the phrase of that name")]
pub enum Comparison {
    AtLeast,
    AtMost,
    MoreThan,
    LessThan,
    Before,
    After,
}

/// A value that a fact is compared with or given.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is what it says")]
pub enum FactValue<'s> {
    Name(Name<'s>),
    Text(Text<'s>),
    Integer(Name<'s>),
    Duration(Duration<'s>),
    Date(DateText<'s>),
}

impl FactValue<'_> {
    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            FactValue::Name(name) | FactValue::Integer(name) | FactValue::Date(DateText(name)) => name.span,
            FactValue::Text(text) => text.span,
            FactValue::Duration(duration) => duration.number.span.to(duration.unit.span),
        }
    }
}
