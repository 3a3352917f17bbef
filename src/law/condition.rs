//! Conditions: what is tested of a case. Two-valued, as semantics section 1 has it: a test of a value fails when the
//! fact is unknown, and `not` is classical.

use super::{ConditionId, Day, FactId, FactValue, InstrumentId};

/// A condition. `All([])` always holds, `Any([])` never.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Condition {
    /// Every one holds.
    All(Vec<Condition>),
    /// One of them holds.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// A test of a fact.
    Fact(FactId, FactTest),
    /// The instrument applies between the countries of the case on its day.
    Applies(InstrumentId),
}

/// What is tested of a fact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FactTest {
    /// It has one of these values; `Unknown` and `NoPlace` among them for `is unknown` and `is none`.
    IsOneOf(Vec<FactValue>),
    /// It is known; of a place: it is a name inside the country.
    Known,
    /// The number is in the half-open range; a missing bound does not restrict.
    Number {
        /// The least number.
        from: Option<i64>,
        /// The first number beyond.
        until: Option<i64>,
    },
    /// The day is in the half-open range.
    Date {
        /// The first day.
        from: Option<Day>,
        /// The first day beyond.
        until: Option<Day>,
    },
}

impl ConditionId {
    /// Holds in every case: the first in every law.
    pub const ALWAYS: ConditionId = ConditionId(0);
}

impl Condition {
    /// Holds in every case.
    pub const ALWAYS: Condition = Condition::All(Vec::new());
    /// Holds in no case.
    pub const NEVER: Condition = Condition::Any(Vec::new());

    /// Both hold; flattened, without the trivial.
    #[must_use]
    pub fn and(self, other: Condition) -> Condition {
        match (self, other) {
            (Condition::All(mut a), Condition::All(b)) => {
                a.extend(b);
                Condition::All(a)
            }
            (Condition::All(mut a), b) => {
                if a.is_empty() {
                    return b;
                }
                a.push(b);
                Condition::All(a)
            }
            (a, Condition::All(mut b)) => {
                b.insert(0, a);
                if b.len() == 1 { b.remove(0) } else { Condition::All(b) }
            }
            (a, b) => Condition::All(vec![a, b]),
        }
    }

    /// It does not hold.
    #[must_use]
    pub fn negated(self) -> Condition {
        match self {
            Condition::Not(inner) => *inner,
            Condition::All(parts) if parts.is_empty() => Condition::NEVER,
            Condition::Any(parts) if parts.is_empty() => Condition::ALWAYS,
            other => Condition::Not(Box::new(other)),
        }
    }

    /// Calls `visit` for each test in it, from left to right.
    pub fn for_each_test(&self, visit: &mut impl FnMut(&Condition)) {
        match self {
            Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| part.for_each_test(visit)),
            Condition::Not(inner) => inner.for_each_test(visit),
            Condition::Fact(..) | Condition::Applies(_) => visit(self),
        }
    }
}

impl FactTest {
    /// Whether a value passes.
    pub fn passes(&self, value: &FactValue) -> bool {
        match self {
            FactTest::IsOneOf(values) => values.contains(value),
            FactTest::Known => !matches!(value, FactValue::Unknown | FactValue::NoPlace),
            FactTest::Number { from, until } => {
                matches!(value, FactValue::Number(n) if from.is_none_or(|from| *n >= from) && until.is_none_or(|until| *n < until))
            }
            FactTest::Date { from, until } => {
                matches!(value, FactValue::Date(day) if from.is_none_or(|from| *day >= from) && until.is_none_or(|until| *day < until))
            }
        }
    }
}
