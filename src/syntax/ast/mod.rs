//! What was written, with places. No name is looked up here and no default is filled in.
//!
//! Names and texts are parts of the source wherever they can be; the source outlives the tree.

mod claims;
mod condition;
mod form;
mod instrument;
mod question;
mod rule;
mod scope;
mod test;
mod vocabulary;

use std::borrow::Cow;

pub use super::kept::Ast;
pub use claims::*;
pub use condition::*;
pub use form::*;
pub use instrument::*;
pub use question::*;
pub use rule::*;
pub use scope::*;
pub use test::*;
pub use vocabulary::*;

use crate::source::Span;

/// A name as written: `offence-district`, `Norway`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name<'s> {
    /// The characters.
    pub text: &'s str,
    /// Where.
    pub span: Span,
}

/// A quoted text, with escapes resolved and line breaks folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text<'s> {
    /// What it says.
    pub value: Cow<'s, str>,
    /// Where, quotes included.
    pub span: Span,
}

/// `Norway.chief-of-police`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Qualified<'s> {
    /// The country.
    pub country: Name<'s>,
    /// The office.
    pub office: Name<'s>,
}

/// A date as written; whether the calendar has it is checked when names are resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateText<'s>(pub Name<'s>);

/// One item of a file.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is the item of that name")]
#[allow(clippy::large_enum_variant, reason = "an item that is kept stands in a box")]
pub enum Item<'s> {
    Countries(Vec<Coded<'s>>),
    Languages(Vec<Coded<'s>>),
    Group(Group<'s>),
    Matter(Matter<'s>),
    Act(Titled<'s>),
    Document(Titled<'s>),
    Event(Titled<'s>),
    Fact(Fact<'s>),
    Never(Never<'s>),
    Place(Place<'s>),
    Authority(Authority<'s>),
    Source(Source<'s>),
    Instrument(Instrument<'s>),
    Provision(Provision<'s>),
    Precedence(Precedence<'s>),
    Form(Form<'s>),
    Complete(Complete<'s>),
    Assertion(Assertion<'s>),
    Test(Test<'s>),
    Excuse(Excuse<'s>),
}
