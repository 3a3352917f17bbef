//! Tests: a case and what must be answered in it.

use super::{DateText, FactValue, Member, Name, Question, Strength, Text, Value};
use crate::source::Span;

/// `test "…" { transfer from Sweden to Norway on 2026-01-15 … }`.
#[derive(Clone, Debug)]
pub struct Test<'s> {
    /// What it tests.
    pub title: Text<'s>,
    /// Its lines, in order.
    pub statements: Vec<TestStatement<'s>>,
    /// The whole item.
    pub span: Span,
}

/// One line of a test.
#[allow(clippy::large_enum_variant, reason = "the largest are rare, and a tree lives briefly")]
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is the line of that name")]
pub enum TestStatement<'s> {
    Case { matter: Name<'s>, parts: Vec<CasePart<'s>>, span: Span },
    With(Vec<Given<'s>>),
    GovernedBy(Vec<Governing<'s>>),
    NotGovernedBy(Vec<Governing<'s>>),
    Expect(Expectation<'s>),
}

/// A text of which a test says that it applies, or does not.
#[derive(Clone, Debug)]
pub struct Governing<'s> {
    /// The instrument.
    pub instrument: Name<'s>,
    /// The provision; none: the instrument as a whole.
    pub citation: Option<Text<'s>>,
    /// The instrument, and the provision where one is named.
    pub span: Span,
}

/// One part of the case of a test.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is the phrase of that name")]
pub enum CasePart<'s> {
    From(Name<'s>),
    /// `to` a country, or `in` one.
    To(Name<'s>),
    Under(Vec<Name<'s>>),
    UnderNoInstrument,
    On(DateText<'s>),
}

/// One fact that is given: `offence-district is "Oslo"`, `not suspect-resides`; or an event: `judgment-delivered on 2026-03-02`.
#[derive(Clone, Debug)]
pub struct Given<'s> {
    /// The fact.
    pub fact: Name<'s>,
    /// Its value.
    pub value: GivenValue<'s>,
    /// The whole statement.
    pub span: Span,
}

/// What is said of a fact that is given.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is what it says")]
pub enum GivenValue<'s> {
    Yes,
    No,
    Unknown,
    None,
    Value(FactValue<'s>),
    /// It is an event, and this is its day.
    On(DateText<'s>),
}

/// What a test expects of one question.
#[derive(Clone, Debug)]
pub struct Expectation<'s> {
    /// The question.
    pub question: Question<'s>,
    /// What its answer must say.
    pub outcome: Expected<'s>,
    /// `by "Annex II, Norway" of …`: citation and, where it was said, the instrument.
    pub by: Vec<(Text<'s>, Option<Name<'s>>)>,
    /// Assumptions that the answer must show.
    pub assuming: Vec<Text<'s>>,
    /// The whole line.
    pub span: Span,
}

/// What an answer must say.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is the phrase of that name")]
pub enum Expected<'s> {
    Rule {
        strength: Strength,
        value: Value<'s>,
        or_longer: bool,
    },
    Undetermined,
    Incomplete,
    NoRule,
    OutOfScope,
    Conflict,
    Met,
    NotMet,
    DependsOn(Vec<Name<'s>>),
    /// The period of the answer ends on this day.
    Ends(DateText<'s>),
    Includes(Member<'s>),
    Excludes(Member<'s>),
}
