//! What is said about the answers: complete, assert, excuse.

use super::{Condition, Countries, DateText, Name, Qualified, Question, Scope, Strength, Text, Value};
use crate::source::Span;

/// `complete authority to receive concerning transfer between parties of …`.
#[derive(Clone, Debug)]
pub struct Complete<'s> {
    /// The questions that must have an answer.
    pub questions: Vec<Question<'s>>,
    /// In which cases.
    pub scopes: Vec<Scope<'s>>,
    /// Under which condition.
    pub when: Option<Condition<'s>>,
    /// The whole item.
    pub span: Span,
}

/// `assert "…" languages for documents in C within languages for request in C for each C in …`.
#[derive(Clone, Debug)]
pub struct Assertion<'s> {
    /// What is asserted, in words.
    pub title: Text<'s>,
    /// The question.
    pub question: Question<'s>,
    /// In which cases.
    pub scopes: Vec<Scope<'s>>,
    /// What is claimed of its answer.
    pub claim: Claim<'s>,
    /// Under which condition.
    pub when: Option<Condition<'s>>,
    /// `for each C in …`
    pub each: Option<(Name<'s>, Countries<'s>)>,
    /// The whole item.
    pub span: Span,
}

/// What an assertion claims.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is the phrase of that name")]
pub enum Claim<'s> {
    Within { question: Question<'s>, scopes: Vec<Scope<'s>> },
    Includes(Member<'s>),
    Excludes(Member<'s>),
    Answered,
    Strength(Strength),
    Is(Strength, Value<'s>),
}

/// One member of an answer.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs, reason = "each variant is what it says")]
pub enum Member<'s> {
    Name(Name<'s>),
    Authority(Qualified<'s>),
}

/// `excuse idle-precedence in "Article 5(2)" of nordic-transfer-2025 because "…" until 2027-01-01`.
#[derive(Clone, Debug)]
pub struct Excuse<'s> {
    /// The kind of finding.
    pub code: Name<'s>,
    /// At which place.
    pub place: ExcusePlace<'s>,
    /// Why.
    pub because: Text<'s>,
    /// The last day on which it holds.
    pub until: Option<DateText<'s>>,
    /// The whole item.
    pub span: Span,
}

/// Where a finding is excused.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is what it says")]
pub enum ExcusePlace<'s> {
    Provision { citation: Text<'s>, instrument: Name<'s> },
    Item(Name<'s>),
}
