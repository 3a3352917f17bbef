//! What kind of change it is.

use std::collections::BTreeSet;
use std::str::FromStr;

use super::told::Said;
use crate::answer::Status;
use crate::law::Strength;

/// What kind of change it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each variant is explained in the table of names")]
pub enum Category {
    Narrowed,
    Widened,
    Replaced,
    StrengthRaised,
    StrengthLowered,
    GapOpened,
    GapClosed,
    Conflict,
    ConflictSettled,
    Undetermined,
    Determined,
    Incomplete,
    Completed,
    Retroactive,
    Standing,
    Interface,
    NotCompared,
}

impl Category {
    /// Every category with its name and what it says.
    pub const ALL: [(Category, &'static str, &'static str); 17] = [
        (Category::Narrowed, "narrowed", "alternatives were taken from the answer"),
        (Category::Widened, "widened", "alternatives were added to it"),
        (Category::Replaced, "replaced", "it is another answer"),
        (Category::StrengthRaised, "strength-raised", "the same is said more strongly"),
        (Category::StrengthLowered, "strength-lowered", "the same is said less strongly"),
        (Category::GapOpened, "gap-opened", "there is no answer any more"),
        (Category::GapClosed, "gap-closed", "there is an answer now"),
        (Category::Conflict, "conflict", "rules have come into conflict"),
        (Category::ConflictSettled, "conflict-settled", "a conflict is gone"),
        (Category::Undetermined, "undetermined", "a text that is not held leaves it open now"),
        (Category::Determined, "determined", "it was left open before"),
        (Category::Incomplete, "incomplete", "a text that is not held may add to it now"),
        (Category::Completed, "completed", "no text that is not held can add to it any more"),
        (Category::Retroactive, "retroactive", "an answer changes in cases before today"),
        (Category::Standing, "standing", "only citations, assumptions or who disagrees"),
        (Category::Interface, "interface", "names and kinds that users of the law rely on"),
        (Category::NotCompared, "not-compared", "a question that is too large to compare"),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        Category::ALL.iter().find(|entry| entry.0 == self).map_or("", |entry| entry.1)
    }
}

impl FromStr for Category {
    type Err = ();

    fn from_str(name: &str) -> Result<Category, ()> {
        Category::ALL.iter().find(|entry| entry.1 == name).map(|entry| entry.0).ok_or(())
    }
}

/// The categories of a change from one answer to another.
pub(super) fn categories(old: &Said, new: &Said) -> BTreeSet<Category> {
    let mut found = BTreeSet::new();
    let mut entered = |status: Status, come: Category, gone: Category| match (old.status, new.status) {
        (before, now) if before != now && now == Some(status) => drop(found.insert(come)),
        (before, now) if before != now && before == Some(status) => drop(found.insert(gone)),
        _ => {}
    };
    entered(Status::Conflict, Category::Conflict, Category::ConflictSettled);
    entered(Status::Undetermined, Category::Undetermined, Category::Determined);
    match (old.status, new.status) {
        (None, Some(Status::Answered)) => drop(found.insert(Category::GapClosed)),
        (Some(Status::Answered), None) => drop(found.insert(Category::GapOpened)),
        (Some(Status::Answered), Some(Status::Answered)) => found.extend(answered(old, new)),
        _ => {}
    }
    found
}

fn answered(old: &Said, new: &Said) -> Vec<Category> {
    let mut found = Vec::new();
    if old.incomplete != new.incomplete {
        found.push(if new.incomplete { Category::Incomplete } else { Category::Completed });
    }
    if old.answers == new.answers {
        return found;
    }
    let without_strength = |said: &Said| -> BTreeSet<(BTreeSet<String>, Option<String>)> {
        said.answers.iter().map(|answer| (answer.values.clone(), answer.limit.clone())).collect()
    };
    let strengths = |said: &Said| -> BTreeSet<Strength> { said.answers.iter().map(|answer| answer.strength).collect() };
    let limits =
        |said: &Said| -> BTreeSet<Option<String>> { said.answers.iter().map(|answer| answer.limit.clone()).collect() };
    let values =
        |said: &Said| -> BTreeSet<String> { said.answers.iter().flat_map(|answer| &answer.values).cloned().collect() };
    let (before, now) = (strengths(old), strengths(new));
    if without_strength(old) == without_strength(new) {
        let is_scale = |strength: &Strength| *strength <= Strength::May;
        let (first, last) = (before.first(), now.first());
        let scaled = before.iter().chain(&now).all(is_scale) && first != last;
        found.push(match first.cmp(&last) {
            _ if !scaled => Category::Replaced,
            std::cmp::Ordering::Less => Category::StrengthLowered,
            _ => Category::StrengthRaised,
        });
        return found;
    }
    let same_manner = (before == now && limits(old) == limits(new))
        || old.answers.is_subset(&new.answers)
        || new.answers.is_subset(&old.answers);
    let (old, new) = (values(old), values(new));
    let any = |values: &BTreeSet<String>| values.contains("any");
    found.push(match same_manner {
        true if any(&old) && !any(&new) || (new.is_subset(&old) && new != old) => Category::Narrowed,
        true if any(&new) && !any(&old) || (old.is_subset(&new) && new != old) => Category::Widened,
        _ => Category::Replaced,
    });
    found
}
