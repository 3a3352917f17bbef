//! Questions as rules, tests and people word them.

use super::{Bearer, Name};
use crate::source::Span;

/// A question as written.
#[derive(Clone, Debug)]
pub struct Question<'s> {
    /// What is asked.
    pub head: QuestionHead<'s>,
    /// Where.
    pub span: Span,
}

/// What is asked.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is the head of that name")]
pub enum QuestionHead<'s> {
    Authority { act: Name<'s>, side: Option<SideOf<'s>> },
    Languages(Name<'s>),
    PreferredLanguage(Name<'s>),
    Channel,
    Means,
    PreferredMeans,
    Deadline { name: Name<'s>, party: Option<Name<'s>> },
    Maximum(Name<'s>),
    Criterion { name: Name<'s>, instrument: Option<Name<'s>> },
    CriteriaMode(Name<'s>),
    Basis(Name<'s>),
    Refuse(Bearer<'s>),
    Conduct { bearer: Bearer<'s>, conduct: Name<'s> },
}

/// `from Sweden`, `in Norway`: the authority of which country is asked for. The name may be a variable of an assertion.
#[derive(Clone, Copy, Debug)]
pub struct SideOf<'s> {
    /// `from`: of the requesting country.
    pub requesting: bool,
    /// The country.
    pub country: Name<'s>,
}
