//! Rules as written, and the lines into which they are expanded.
//!
//! A rule names several items or acts and has several branches; a line has one question, one region of cases and one
//! answer. Everything that decides works on lines; everything that cites goes back to the rule.

use std::collections::BTreeSet;

use super::{
    AnswerId, AssumptionsId, AuthorityId, ClauseId, Condition, ConditionId, EventId, FactId, Few, InstrumentId,
    LanguageId, Law, MatterId, NoteId, PlaceId, ProvisionId, QuestionId, RuleId, Scope, Unit, WordId,
};
use crate::source::Span;

/// A rule, as written.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The provision in which it stands.
    pub provision: ProvisionId,
    /// The questions that it answers.
    pub questions: Few<QuestionId>,
    /// In which cases it speaks, apart from the scope of its provision.
    pub scope: Scope,
    /// A `when` before its first branch, which every branch and opposite needs.
    pub condition: ConditionId,
    /// The matters that it is about.
    pub matters: Few<MatterId>,
    /// Its branches, in order; for `refuse` its grounds, which are a list and not a sequence.
    pub branches: Few<RuleBranch>,
    /// Its own clauses of precedence.
    pub clauses: Few<ClauseId>,
    /// What all of it rests on.
    pub assumptions: AssumptionsId,
    /// A title that it gives, for a criterion.
    pub title: Option<String>,
    /// `on no other ground` closes its list of grounds.
    pub no_other_ground: bool,
    /// Where it is written.
    pub span: Span,
}

/// One branch, as written: `otherwise` is implied by its place, and facts that carry places are not yet split.
#[derive(Clone, Debug)]
pub struct RuleBranch {
    /// Its own condition.
    pub condition: ConditionId,
    /// The condition was written as `only when`.
    pub only: bool,
    /// The conduct, for a rule about conduct: each branch may name another.
    pub conduct: Option<WordId>,
    /// What it answers.
    pub answer: AnswerId,
    /// For a deadline whose start the text does not hold: where it would stand.
    pub start_not_held: Option<NoteId>,
    /// What it rests on.
    pub assumptions: AssumptionsId,
    /// A citation inside the provision, for a ground: `(a)`.
    pub citation: Option<String>,
    /// Where it is written.
    pub span: Span,
}

/// A line: one question, one region, one answer. It owns nothing: what many lines have in common stands in a table once,
/// and a line is copied like a number.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// The question.
    pub question: QuestionId,
    /// The instrument.
    pub instrument: InstrumentId,
    /// The provision; none for the unread line of a whole instrument.
    pub provision: Option<ProvisionId>,
    /// The rule; none for an unread line.
    pub rule: Option<RuleId>,
    /// What it comes from.
    pub origin: LineOrigin,
    /// In which cases it speaks: provision and rule together, and the side of its authority.
    pub scope: Scope,
    /// What it asks of the facts: its own condition, and not that of an earlier branch.
    pub condition: ConditionId,
    /// What it answers; none: the text is not held.
    pub answer: Option<AnswerId>,
    /// What it rests on: of its branch, its rule and its provision. Those of instrument and bonds depend on the case.
    pub assumptions: AssumptionsId,
    /// Where its words stand.
    pub span: Span,
}

impl Law {
    /// The facts that a line tests, and those whose place it hands on.
    pub fn facts_of(&self, line: &Line) -> BTreeSet<FactId> {
        let mut facts = BTreeSet::new();
        self[line.condition].for_each_test(&mut |test| {
            if let Condition::Fact(fact, _) = test {
                facts.insert(*fact);
            }
        });
        for value in line.answer.iter().flat_map(|answer| &self[*answer].values) {
            if let Value::Authority(_, Some(PlaceTerm::Fact(fact))) = value {
                facts.insert(*fact);
            }
        }
        facts
    }
}

impl AssumptionsId {
    /// None: the first in every law.
    pub const NONE: AssumptionsId = AssumptionsId(0);
}

/// What a line comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineOrigin {
    /// A branch of its rule, by its number from 0.
    Branch(usize),
    /// The opposite of a rule that says `only when` or `on no other ground`.
    Opposite,
    /// A text that is not held, with what is said of it.
    Unread(Option<NoteId>),
}

/// What a line answers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Answer {
    /// How strongly.
    pub strength: Strength,
    /// The value: alternatives, sorted, each once. A norm about conduct has none.
    pub values: Vec<Value>,
    /// By when, for conduct.
    pub limit: Option<Limit>,
}

/// The force of a rule, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// `is`, `shall`
    Shall,
    /// `shall as a rule`; a default, never mandatory
    AsARule,
    /// `should`
    Should,
    /// `may`, `could`
    May,
    /// `contact`: whom to ask, not whom to send to
    Contact,
    /// `need not`
    NeedNot,
    /// `shall not`
    ShallNot,
}

impl Strength {
    /// As the language writes it for conduct.
    pub fn word(self) -> &'static str {
        match self {
            Strength::Shall => "shall",
            Strength::AsARule => "shall as a rule",
            Strength::Should => "should",
            Strength::May => "may",
            Strength::Contact => "contact",
            Strength::NeedNot => "need not",
            Strength::ShallNot => "shall not",
        }
    }

    /// It says only what need not or must not be.
    pub fn denies(self) -> bool {
        matches!(self, Strength::NeedNot | Strength::ShallNot)
    }

    /// What holds where a norm of this strength does not (semantics, section 3).
    #[must_use]
    pub fn opposite(self) -> Strength {
        match self {
            Strength::Shall | Strength::AsARule | Strength::Should => Strength::NeedNot,
            Strength::May | Strength::Contact => Strength::ShallNot,
            Strength::ShallNot | Strength::NeedNot => Strength::May,
        }
    }

    /// A rule of this strength in a binding instrument is mandatory.
    pub fn is_mandatory(self) -> bool {
        matches!(self, Strength::Shall | Strength::ShallNot)
    }
}

/// One alternative of an answer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// An authority, and in which place.
    Authority(AuthorityId, Option<PlaceTerm>),
    /// A language.
    Language(LanguageId),
    /// A channel or a means.
    Word(WordId),
    /// `any`: all languages, channels or means.
    Any,
    /// A deadline.
    Deadline(Deadline),
    /// A maximum; `or_longer` where the text lets it be exceeded in this case.
    Maximum {
        /// How long.
        duration: Duration,
        /// The text lets it be exceeded in this case.
        or_longer: bool,
    },
    /// What criteria are worth.
    Mode(CriteriaMode),
    /// A provision that decides.
    Provision(InstrumentId, Option<String>),
    /// A ground for refusal, with its citation inside the provision.
    Ground(WordId, Option<String>),
    /// The criterion is met, or not.
    Met(bool),
}

/// In which place an authority is meant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceTerm {
    /// The place that this fact names.
    Fact(FactId),
    /// A declared place.
    Place(PlaceId),
    /// A place by its name.
    Named(String),
}

/// A length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duration {
    /// How many.
    pub number: u32,
    /// Of what.
    pub unit: Unit,
}

/// A deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Deadline {
    /// How long.
    pub duration: Duration,
    /// From which event; none where the text names none.
    pub from: Option<EventId>,
    /// What happens when it ends on a day off; none where the text does not say.
    pub moved: Option<crate::syntax::ast::Moved>,
}

/// What criteria are worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each variant is the word of that name")]
pub enum CriteriaMode {
    Indicative,
    Alternative,
    Cumulative,
}

impl CriteriaMode {
    /// The word of the language.
    pub fn word(self) -> &'static str {
        match self {
            CriteriaMode::Indicative => "indicative",
            CriteriaMode::Alternative => "alternative",
            CriteriaMode::Cumulative => "cumulative",
        }
    }
}

/// By when something is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each variant is the phrase of that name")]
pub enum Limit {
    Immediately,
    Promptly,
    WithoutUndueDelay,
    WithoutDelay,
    AsSoonAsPossible,
    AtOnce,
    Within(Duration, Option<EventId>),
    Before(EventId),
}

impl Limit {
    /// Whoever keeps it keeps the other in every case: a shorter time from the same event.
    pub fn is_shorter_than(self, other: Limit) -> bool {
        match (self, other) {
            (Limit::Within(short, Some(from)), Limit::Within(long, Some(same))) => {
                from == same && short.is_shorter_than(long)
            }
            _ => false,
        }
    }
}

impl Duration {
    /// It is shorter from whatever day it runs: a month has 28 to 31 days.
    fn is_shorter_than(self, other: Duration) -> bool {
        let hours =
            |this: Duration| Unit::in_units_of(this.unit, Unit::Hours).map(|each| i64::from(this.number) * each);
        let months =
            |this: Duration| Unit::in_units_of(this.unit, Unit::Months).map(|each| i64::from(this.number) * each);
        let of_months = |this: Duration, days: i64| months(this).map(|number| number * days * 24);
        match (hours(self), hours(other)) {
            (Some(mine), Some(theirs)) => mine < theirs,
            (Some(mine), None) => of_months(other, 28).is_some_and(|theirs| mine < theirs),
            (None, Some(theirs)) => of_months(self, 31).is_some_and(|mine| mine < theirs),
            (None, None) => months(self).zip(months(other)).is_some_and(|(mine, theirs)| mine < theirs),
        }
    }
}
