//! When two lines of one question disagree (semantics, section 4). Symmetric, and a matter of the answers alone: the
//! case has no part in it.

use crate::law::{Answer, QuestionHead, QuestionKind, Strength, Value};

/// Whether two answers to one question disagree. An answer that is not held is presumed to disagree with any other.
pub fn clash(head: QuestionHead, a: Option<&Answer>, b: Option<&Answer>, same_provision: bool) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return true };
    match head.kind() {
        QuestionKind::One => one(a, b),
        QuestionKind::Conduct => conduct(a.strength, b.strength) || conduct(b.strength, a.strength),
        QuestionKind::Collected => !same_provision && (refusal(a, b) || refusal(b, a)),
    }
}

/// One says more strongly what the other says, so that it alone counts, and both are cited. What is forbidden is no weaker
/// form of what is allowed.
pub(crate) fn outweighs(a: &Answer, b: &Answer) -> bool {
    a.strength < b.strength && b.strength != Strength::ShallNot && a.values == b.values && a.limit == b.limit
}

/// The table for questions with one answer; the stronger force is the row.
fn one(a: &Answer, b: &Answer) -> bool {
    use Force::{Duty, Free, Prohibition, Should, Weak};
    let (row, column) = (force(a.strength), force(b.strength));
    if row > column {
        return one(b, a);
    }
    match (row, column) {
        (_, Free) | (Prohibition, Prohibition) | (Should | Weak, Weak) | (Free, _) => false,
        (_, Prohibition) => a.values.iter().any(|value| b.values.contains(value)) || has_any(a) || has_any(b),
        // Alternatives are sorted, each once.
        (Duty, Duty) | (Should, Should) => a.values != b.values,
        (Duty, _) => !within(b, a),
        (Should | Weak | Prohibition, _) => false,
    }
}

/// The columns of the table: a default counts as `should`, whom to contact as `may`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Force {
    Duty,
    Should,
    Weak,
    Prohibition,
    Free,
}

fn force(strength: Strength) -> Force {
    match strength {
        Strength::Shall => Force::Duty,
        Strength::AsARule | Strength::Should => Force::Should,
        Strength::May | Strength::Contact => Force::Weak,
        Strength::NeedNot => Force::Free,
        Strength::ShallNot => Force::Prohibition,
    }
}

fn has_any(answer: &Answer) -> bool {
    answer.values.contains(&Value::Any)
}

/// Every alternative of `a` is one of `b`.
fn within(a: &Answer, b: &Answer) -> bool {
    has_any(b) || a.values.iter().all(|value| b.values.contains(value))
}

/// Norms about one conduct: both cannot be complied with, or one permits what the other forbids.
fn conduct(a: Strength, b: Strength) -> bool {
    match a {
        Strength::ShallNot => {
            matches!(b, Strength::Shall | Strength::AsARule | Strength::Should | Strength::May)
        }
        Strength::NeedNot => b == Strength::Shall,
        _ => false,
    }
}

/// `shall not refuse` beside a ground for refusal.
fn refusal(prohibition: &Answer, ground: &Answer) -> bool {
    prohibition.strength == Strength::ShallNot
        && ground.strength != Strength::ShallNot
        && (prohibition.values.is_empty()
            || ground.values.is_empty()
            || prohibition.values.iter().any(|value| same_ground(value, &ground.values)))
}

/// Grounds are the same by name, wherever they are cited.
fn same_ground(value: &Value, others: &[Value]) -> bool {
    others.iter().any(|other| match (value, other) {
        (Value::Ground(a, _), Value::Ground(b, _)) => a == b,
        (a, b) => a == b,
    })
}
