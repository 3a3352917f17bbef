//! What a change of the law does: for each question the cases that are answered otherwise, from what to what.
//!
//! ```text
//! question    the questions of both laws, by their words
//! same        questions of which nothing differs that could bear on an answer
//! joint       one system of coordinates for their cases, by names
//! axis        the values of one fact in both
//! told        what is answered, by names
//! apart       the single changes that meet in a case
//! walk        both decision diagrams, walked together
//! merge       the parts in which they differ, as few regions
//! point       a case of a region, as each law is asked for it
//! category    what kind of change it is
//! changes     the changes of one question, with their regions
//! interface   names that only one law has
//! beside      what changes no answer: tests, assertions, excuses
//! fingerprint how a change is known again
//! approval    changes that were meant
//! ```
//!
//! Nothing is sampled: both diagrams take in every case, and each region that is given is confirmed by asking both laws for a
//! case of it. A question too large for a diagram is named as not compared.

mod apart;
mod approval;
mod axis;
mod beside;
mod category;
mod changes;
mod fingerprint;
mod interface;
mod joint;
mod merge;
mod point;
mod question;
mod same;
mod told;
mod walk;

use std::collections::BTreeSet;

pub use approval::{Approval, Approvals};
pub use category::Category;
pub use fingerprint::{fingerprint, name_fingerprint};
pub use interface::Renewed;

use crate::law::{Day, Interval, Law, Question};
use crate::proof::Diagrams;
use crate::source::Span;
use changes::compared;
use joint::Both;
use same::{Content, Numbers};

/// The day of a case whose day does not matter: 2026-01-01.
const ANY_DAY: Day = Day(20_454);

/// What differs between two laws.
#[derive(Clone, Debug, Default)]
pub struct Difference {
    /// Answers that change, question by question.
    pub changes: Vec<Change>,
    /// Names that change.
    pub interface: Vec<Renewed>,
    /// Questions that are too large to compare.
    pub not_compared: Vec<NotCompared>,
    /// How many questions were compared.
    pub questions: usize,
    /// Of what else something differs that changes no answer: `tests`, `assertions`, `claims of completeness`, `excuses`,
    /// `forms`, `sources`.
    pub beside: Vec<&'static str>,
}

impl Difference {
    /// No answer and no name differs, and every question was compared.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.interface.is_empty() && self.not_compared.is_empty()
    }

    /// All categories that occur.
    pub fn categories(&self) -> BTreeSet<Category> {
        let mut all: BTreeSet<Category> = self.changes.iter().flat_map(|change| &change.categories).copied().collect();
        all.extend((!self.interface.is_empty()).then_some(Category::Interface));
        all.extend((!self.not_compared.is_empty()).then_some(Category::NotCompared));
        all
    }
}

/// A question that was not compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotCompared {
    /// The matter.
    pub matter: String,
    /// The question, in words.
    pub question: String,
    /// Why, in words.
    pub because: String,
}

/// One answer to one question that becomes another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The matter.
    pub matter: String,
    /// The question, in words, with whose authority is asked.
    pub question: String,
    /// What kind of change it is.
    pub categories: BTreeSet<Category>,
    /// What is answered in the older law.
    pub old: Told,
    /// What is answered in the newer law.
    pub new: Told,
    /// How much of it is told.
    pub tells: Tells,
    /// In which cases: the regions leave none out, and hold no other.
    pub regions: Vec<Region>,
    /// Where the rules stand that decide, disagree or are not held, in the files of each law.
    pub places: [BTreeSet<Span>; 2],
}

/// How much of what is answered before and after is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tells {
    /// All of it.
    All,
    /// Of a list, such as grounds of refusal, that one is answered at all.
    Status,
    /// Whether a text that is not held may add to a list.
    Completeness,
    /// Of a list, one member that comes, goes or is another, whatever else is answered.
    Members,
    /// The citations and assumptions that differ; what is answered is the same.
    Reasons,
}

/// What a law answers, as it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Told {
    /// As machine formats write it; `not-asked` where the law does not have the question, its countries or its values, and
    /// `impossible` where the law says that there is no such case.
    pub status: &'static str,
    /// A text that is not held may add to it.
    pub incomplete: bool,
    /// The answers, in words; of an undetermined one, what is held says.
    pub answers: Vec<String>,
    /// The citations of the rules that decide, disagree, or are not held.
    pub by: Vec<String>,
    /// On what it rests.
    pub assumptions: Vec<String>,
}

/// Cases, by names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// The matter lies between two countries.
    pub between: bool,
    /// The requesting countries; none: all.
    pub from: Option<Vec<String>>,
    /// The requested countries, or the one country; none: all.
    pub to: Option<Vec<String>>,
    /// The days.
    pub dates: Interval,
    /// What is asked of facts, and of the instrument of the request.
    pub tests: Vec<Test>,
    /// The same in words.
    pub words: String,
    /// A case of it as a command line of `ask`, for each law that can be asked.
    pub witness: [Option<String>; 2],
}

/// What is asked of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Test {
    /// The name of the fact, or `under`.
    pub fact: String,
    /// All values that are told apart by name.
    pub named: Vec<String>,
    /// The values of the region.
    pub values: Vec<Value>,
}

/// Values of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// The value of that name; `none` and `unknown` among them.
    Named(String),
    /// A known value that is not among the named.
    AnyOther,
    /// A number, or a day counted from 1970-01-01, in a half-open range.
    Range(Option<i64>, Option<i64>),
}

/// What differs between two laws. A change is retroactive if it changes the answer in a case before `today`.
///
/// A question of which everything is the same in both that could bear on its answer is passed over without a diagram.
pub fn difference(old: &Law, new: &Law, today: Day) -> Difference {
    let laws = [old, new];
    let mut numbers = Numbers::default();
    let content = laws.map(|law| Content::new(law, &mut numbers));
    compared_but(laws, today, &mut |question| {
        let [Some(old), Some(new)] = question else { return false };
        content[0].of(old, &mut numbers) == content[1].of(new, &mut numbers)
    })
}

/// As [`difference`], with a diagram of every question. It finds the same, and takes longer.
pub fn difference_in_full(old: &Law, new: &Law, today: Day) -> Difference {
    compared_but([old, new], today, &mut |_| false)
}

/// Compares all questions but those that are known to be the same.
fn compared_but(laws: Both<&Law>, today: Day, same: &mut dyn FnMut(Both<Option<Question>>) -> bool) -> Difference {
    let diagrams = laws.map(Diagrams::new);
    let mut difference =
        Difference { interface: interface::renewed(laws), beside: beside::beside(laws), ..Difference::default() };
    for question in question::pairs(laws) {
        if same(question) {
            difference.questions += 1;
            continue;
        }
        match compared(laws, &diagrams, question, today) {
            Ok(changes) => {
                difference.questions += 1;
                difference.changes.extend(changes);
            }
            Err(because) => {
                let (matter, question) = named(laws, question);
                difference.not_compared.push(NotCompared { matter, question, because });
            }
        }
    }
    let key = |change: &Change| (change.matter.clone(), change.question.clone());
    difference.changes.sort_by_cached_key(key);
    difference
}

/// The matter and the question.
fn named(laws: Both<&Law>, question: Both<Option<Question>>) -> (String, String) {
    let of = |side: usize| {
        let (law, question) = (laws[side], question[side]?);
        Some((law[question.matter].name.clone(), question::in_words(law, question)))
    };
    of(1).or_else(|| of(0)).unwrap_or_default()
}
