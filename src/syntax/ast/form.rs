//! Forms.

use super::{Name, Text};
use crate::source::Span;

/// `form "Annex I" of nordic-transfer-2025 "…" { section … }`.
#[derive(Clone, Debug)]
pub struct Form<'s> {
    /// Where in the instrument.
    pub citation: Text<'s>,
    /// Which instrument.
    pub instrument: Name<'s>,
    /// Its title.
    pub title: Option<Text<'s>>,
    /// The requested authority fills it in.
    pub by_requested: bool,
    /// Its sections.
    pub sections: Vec<Section<'s>>,
    /// The whole item.
    pub span: Span,
}

/// One section of a form.
#[derive(Clone, Debug)]
pub struct Section<'s> {
    /// Its letter or name.
    pub name: Name<'s>,
    /// Its title.
    pub title: Option<Text<'s>>,
    /// Its fields.
    pub fields: Vec<Field<'s>>,
}

/// One field of a form.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is the field of that name")]
pub enum Field<'s> {
    Write { label: Text<'s>, optional: bool, shows: Vec<Shows<'s>> },
    Tick { fact: Name<'s>, label: Text<'s>, shows: Vec<Shows<'s>> },
    Choose { fact: Name<'s>, label: Option<Text<'s>>, shows: Vec<Shows<'s>>, options: Vec<FormOption<'s>> },
}

/// One option of a choice.
#[derive(Clone, Debug)]
pub struct FormOption<'s> {
    /// The value of the fact.
    pub value: Name<'s>,
    /// What the form says.
    pub label: Text<'s>,
    /// What it shows.
    pub shows: Vec<Shows<'s>>,
}

/// What a field or option shows.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is the phrase of that name")]
pub enum Shows<'s> {
    Criteria(Vec<Name<'s>>),
    NoCriterion(Span),
    Conducts(Vec<Name<'s>>),
}
