//! Provisions and their rules.

use super::{Condition, Kinds, Name, Qualified, Ranked, Reference, Scope, Text, TextHeld};
use crate::source::Span;

/// `provision "Annex II, Norway" of nordic-transfer-2025 … { … }`.
#[derive(Clone, Debug)]
pub struct Provision<'s> {
    /// Where in the instrument.
    pub citation: Text<'s>,
    /// Which instrument.
    pub instrument: Name<'s>,
    /// What stands in its head.
    pub tails: Vec<Tail<'s>>,
    /// What it says.
    pub statements: Vec<ProvisionStatement<'s>>,
    /// The whole item.
    pub span: Span,
}

/// One statement of a provision.
#[derive(Clone, Debug)]
pub enum ProvisionStatement<'s> {
    /// A rule.
    Rule(Rule<'s>),
    /// `not encoded "…"`
    NotEncoded(Text<'s>),
    /// `passage from "…" to "…"`
    Passage {
        /// The words with which it begins.
        from: Text<'s>,
        /// Those with which it ends.
        to: Option<Text<'s>>,
        /// The whole statement.
        span: Span,
    },
    /// `text unavailable …`
    TextHeld(TextHeld<'s>),
}

/// One rule: its head, what stands before the value, and its branches.
#[derive(Clone, Debug)]
pub struct Rule<'s> {
    /// What it answers.
    pub head: Head<'s>,
    /// Scopes and clauses between head and value.
    pub tails: Vec<Tail<'s>>,
    /// The branches; those after the first begin with `otherwise`. A criterion has one. Grounds are branches of their own kind.
    pub branches: Vec<Branch<'s>>,
    /// The whole rule.
    pub span: Span,
}

/// What a rule answers.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is the head of that name")]
pub enum Head<'s> {
    Authority(Vec<Name<'s>>),
    Languages(Vec<Name<'s>>),
    PreferredLanguage(Vec<Name<'s>>),
    Channel,
    Means,
    PreferredMeans,
    Deadline {
        name: Name<'s>,
        party: Option<Name<'s>>,
    },
    Maximum(Name<'s>),
    Criterion {
        name: Name<'s>,
        text: Option<Text<'s>>,
    },
    CriteriaMode(Vec<Name<'s>>),
    Basis(Vec<Name<'s>>),
    /// A conduct names its branches' conduct; all branches are of one bearer.
    Conduct(Bearer<'s>),
    /// `refuse`, with its grounds as branches.
    Refuse {
        bearer: Bearer<'s>,
        no_other_ground: Option<Span>,
    },
}

/// Who bears a duty or holds a power.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant is the word of that name")]
pub enum Bearer<'s> {
    Requesting,
    Requested,
    Either,
    /// `the police`: within one country.
    Named(Name<'s>),
}

/// One branch of a rule.
#[derive(Clone, Debug)]
pub struct Branch<'s> {
    /// How strongly it speaks; a criterion has none of its own and says `is`.
    pub strength: Strength,
    /// What it answers.
    pub value: Value<'s>,
    /// Conditions, clauses, scopes, assumptions.
    pub tails: Vec<Tail<'s>>,
    /// The whole branch.
    pub span: Span,
}

/// The force of a rule, weakest meaning kept apart from strongest by the law model, not here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant is the word of that name")]
pub enum Strength {
    Shall,
    AsARule,
    Should,
    May,
    Contact,
    NeedNot,
    ShallNot,
}

/// What a branch answers, as written.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is the value of that name")]
pub enum Value<'s> {
    Authorities(Vec<AuthorityValue<'s>>),
    /// Languages, channels, means.
    Words(Vec<Name<'s>>),
    /// `any`
    Any(Span),
    Deadline {
        duration: Duration<'s>,
        from: Option<Start<'s>>,
        moved: Option<Moved>,
    },
    Maximum {
        duration: Duration<'s>,
        longer_when: Option<Box<Condition<'s>>>,
    },
    /// `indicative`, `alternative`, `cumulative`
    Mode(Name<'s>),
    References(Vec<Reference<'s>>),
    Conduct {
        name: Name<'s>,
        limit: Option<Limit<'s>>,
    },
    Ground {
        name: Name<'s>,
        citation: Option<Text<'s>>,
    },
    /// `shall not refuse`, `may refuse`: a rule about refusing that names no ground.
    Refuse,
    /// The criterion is met.
    Met,
}

/// `Norway.chief-of-police of offence-district or residence-district`.
#[derive(Clone, Debug)]
pub struct AuthorityValue<'s> {
    /// The office.
    pub authority: Qualified<'s>,
    /// In which place: facts of kind place, or a place by its name.
    pub places: Vec<PlaceTerm<'s>>,
    /// The whole value.
    pub span: Span,
}

/// A fact of kind place, a declared place, or one named in quotes.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is what it says")]
pub enum PlaceTerm<'s> {
    Name(Name<'s>),
    Text(Text<'s>),
}

/// `2 weeks`.
#[derive(Clone, Copy, Debug)]
pub struct Duration<'s> {
    /// The number, as written.
    pub number: Name<'s>,
    /// The unit, as written.
    pub unit: Name<'s>,
}

/// From when a deadline runs.
#[derive(Clone, Debug)]
pub enum Start<'s> {
    /// An event.
    Event(Name<'s>),
    /// A place in the text that is not held.
    NotHeld(Text<'s>),
}

/// What happens to a deadline that ends on a day off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each variant is what it says")]
pub enum Moved {
    SameHourOfNextWeekday,
    NextWeekday,
}

/// How soon something is to be done.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is what it says")]
pub enum Limit<'s> {
    Words(Name<'s>),
    Within { duration: Duration<'s>, from: Option<Start<'s>> },
    Before(Name<'s>),
}

/// What can stand beside the value of a rule or in the head of a provision.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each variant is the phrase of that name")]
pub enum Tail<'s> {
    When(Condition<'s>, Span),
    OnlyWhen(Condition<'s>, Span),
    Notwithstanding { what: Ranked<'s>, by: Option<Text<'s>>, span: Span },
    SubjectTo { what: Ranked<'s>, by: Option<Text<'s>>, span: Span },
    AllowsOtherwise { by: Kinds<'s>, span: Span },
    Assuming(Text<'s>),
    Scope(Scope<'s>),
}
