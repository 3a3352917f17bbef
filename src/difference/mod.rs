//! What a change of the law does: for each question the cases that are answered otherwise, from what to what.
//!
//! ```text
//! question    the questions of both laws, by their words
//! same        questions of which nothing differs that could bear on an answer
//! joint       one system of coordinates for their cases, by names
//! axis        the values of one fact in both
//! told        what is answered, by names
//! walk        both decision diagrams, walked together
//! merge       the parts in which they differ, as few regions
//! point       a case of a region, as each law is asked for it
//! category    what kind of change it is
//! interface   names that only one law has
//! beside      what changes no answer: tests, assertions, excuses
//! fingerprint how a change is known again
//! approval    changes that were meant
//! ```
//!
//! Nothing is sampled: both diagrams take in every case, and each region that is given is confirmed by asking both laws for a
//! case of it. A question too large for a diagram is named as not compared.

mod approval;
mod axis;
mod beside;
mod category;
mod fingerprint;
mod interface;
mod joint;
mod merge;
mod point;
mod question;
mod same;
mod told;
mod walk;

use std::collections::{BTreeMap, BTreeSet};

pub use approval::{Approval, Approvals};
pub use category::Category;
pub use fingerprint::{fingerprint, name_fingerprint};
pub use interface::Renewed;

use crate::answer::answer;
use crate::law::{Day, Interval, Law, Question};
use crate::proof::{Diagram, Diagrams};
use crate::source::Span;
use crate::words;
use joint::{Both, Cell, Joint};
use point::{Point, Sides, place_given};
use same::{Content, Numbers};
use told::Said;
use walk::{At, Differs, Found, Walk};

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
    /// In which cases: the regions leave none out, and hold no other.
    pub regions: Vec<Region>,
    /// Where the rules stand that decide, disagree or are not held, in the files of each law.
    pub places: [BTreeSet<Span>; 2],
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

/// A part of the cases in which the laws differ, with where both end.
type Part = (Cell, Both<At>);

/// One question in both laws.
struct Compare<'c> {
    joint: &'c Joint<'c>,
    walk: &'c Walk<'c>,
    question: Both<Option<Question>>,
}

fn compared(
    laws: Both<&Law>,
    diagrams: &Both<Diagrams<'_>>,
    question: Both<Option<Question>>,
    today: Day,
) -> Result<Vec<Change>, String> {
    let mut made: Both<Option<Diagram>> = [None, None];
    for side in 0..2 {
        made[side] = question[side].map(|question| diagrams[side].of(question)).transpose()?;
    }
    let both = [made[0].as_ref(), made[1].as_ref()];
    let places =
        both.map(|diagram| diagram.iter().flat_map(|diagram| &diagram.outcomes).flat_map(told::places_of).collect());
    let named_places = (0..2).flat_map(|side| {
        let outcomes = both[side].into_iter().flat_map(|diagram| &diagram.outcomes);
        outcomes.flat_map(move |outcome| told::places_named(laws[side], outcome))
    });
    let head = question[0].or(question[1]).map(|question| question.head);
    let Some(head) = head else { return Ok(Vec::new()) };
    let matters = question.map(|question| question.map(|question| question.matter));
    let joint = Joint::new(laws, matters, Sides::of(head), both, &places, &named_places.collect())?;
    let mut walk = Walk::new(&joint, both);
    let found = walk.differences()?;
    Ok(Compare { joint: &joint, walk: &walk, question }.changes(found, today))
}

impl Compare<'_> {
    fn changes(&self, found: Vec<Found>, today: Day) -> Vec<Change> {
        let mut groups: BTreeMap<(Told, Told, Differs), Vec<Part>> = BTreeMap::new();
        for (cell, at, differs) in found {
            let key = (self.told(0, at[0]), self.told(1, at[1]), differs);
            groups.entry(key).or_default().push((cell, at));
        }
        let mut changes = Vec::new();
        for ((old, new, differs), parts) in groups {
            let cells: Vec<Cell> = parts.iter().map(|part| part.0.clone()).collect();
            let ends: BTreeSet<Both<At>> = parts.iter().map(|part| part.1).collect();
            let fits = |cell: &Cell| {
                self.walk.is_all(cell, &|at, cell| ends.contains(&at) && self.walk.differs(at, cell) == Some(differs))
            };
            let regions = merge::regions(self.joint, &cells, &fits);
            let mut categories = match differs {
                Differs::Standing => BTreeSet::from([Category::Standing]),
                Differs::Answer => {
                    let (cell, at) = &parts[0];
                    category::categories(&self.walk.said(0, at[0], cell), &self.walk.said(1, at[1], cell))
                }
            };
            if differs == Differs::Answer && cells.iter().any(|cell| cell.dates.from < today) {
                categories.insert(Category::Retroactive);
            }
            let (matter, question) = named(self.joint.laws, self.question);
            let regions = regions.iter().map(|region| self.region(region, &parts)).collect();
            let places = [0, 1].map(|side| {
                let outcomes = ends.iter().filter_map(|at| self.walk.outcome(side, at[side]));
                outcomes.flat_map(told::places_of_rules).collect()
            });
            changes.push(Change { matter, question, categories, old, new, regions, places });
        }
        changes
    }

    fn told(&self, side: usize, at: At) -> Told {
        let question = self.question[side];
        match (self.walk.outcome(side, at), question) {
            (Some(outcome), Some(question)) => told::told(self.joint.laws[side], question.head, outcome),
            _ => Told { status: if at == At::Unknown { "not-asked" } else { "impossible" }, ..Told::default() },
        }
    }

    fn region(&self, region: &Cell, parts: &[Part]) -> Region {
        let joint = self.joint;
        let all = joint.everything();
        let without = |set: crate::proof::Set, other: crate::proof::Set| {
            if joint.between && other.len() == 1 { set.minus(other) } else { set }
        };
        let names = |set: crate::proof::Set| set.iter().map(|at| joint.country(at).to_owned()).collect::<Vec<_>>();
        let from = (joint.between && region.from != all.from).then(|| names(without(region.from, region.to)));
        let to = (region.to != all.to).then(|| names(without(region.to, region.from)));
        let restricted = (0..joint.axes.len()).filter(|axis| region.rest[*axis] != all.rest[*axis]);
        let tests: Vec<Test> = restricted.map(|axis| joint.axes[axis].test(region.rest[axis])).collect();
        let witness = self.witness(region, parts);
        let words = in_words(joint, from.as_deref(), to.as_deref(), region.dates, &tests);
        Region { between: joint.between, from, to, dates: region.dates, tests, words, witness }
    }

    /// A case of the region for each law, confirmed by asking it; with as few facts as show it.
    ///
    /// # Panics
    /// If a law answers otherwise than its diagram says: that would be a mistake here, and no difference could be believed.
    fn witness(&self, region: &Cell, parts: &[Part]) -> [Option<String>; 2] {
        let mut meeting = parts.iter().filter_map(|(cell, at)| Some((cell.meets(region)?, *at)));
        let found = meeting.find_map(|(cell, at)| Some((self.joint.point(&cell)?, cell, at)));
        let Some((point, cell, at)) = found else { return [None, None] };
        // where too much is left open for all of it to be looked at, everything is given
        let mut points = [point.without_facts(), point.clone()].into_iter().chain(self.joint.full(point, &cell));
        let all_confirmed = |asked: &Both<Option<(String, Option<bool>)>>| {
            asked.iter().flatten().all(|(_, confirmed)| *confirmed == Some(true))
        };
        let asked = points.try_fold([None, None], |_, point| {
            let asked = self.asked(&point, &cell, at);
            if all_confirmed(&asked) { Err(asked) } else { Ok(asked) }
        });
        let (Ok(asked) | Err(asked)) = asked;
        asked.map(|asked| {
            let (command, confirmed) = asked?;
            assert_ne!(confirmed, Some(false), "the answer is not that of the table: {command}");
            Some(command)
        })
    }

    /// The command line for each law that can be asked, and whether it answers as its diagram says; none where too much is
    /// left open for the answer to be whole.
    fn asked(&self, point: &Point, cell: &Cell, at: Both<At>) -> Both<Option<(String, Option<bool>)>> {
        [0, 1].map(|side| {
            let (law, question) = (self.joint.laws[side], self.question[side]?);
            if at[side] == At::Unknown {
                return None;
            }
            let case = self.joint.case(side, question.matter, point)?;
            let outcome = answer(law, question.head, &case);
            let whole = outcome.depends.as_ref().is_none_or(|depends| depends.complete);
            let said = Said::of(law, &outcome, &|fact| place_given(law, &case, fact));
            let command = words::ask_command(law, question.head, &case);
            Some((command, whole.then(|| said == self.walk.said(side, at[side], cell))))
        })
    }
}

/// `requests from Denmark to Finland, from 2027-02-01, when offence-district is unknown`.
fn in_words(
    joint: &Joint<'_>,
    from: Option<&[String]>,
    to: Option<&[String]>,
    dates: Interval,
    tests: &[Test],
) -> String {
    let mut text = match (from, to) {
        (None, None) => if joint.between { "all requests" } else { "all cases" }.to_owned(),
        (None, Some(to)) if !joint.between => format!("cases in {}", words::either(to)),
        (from, to) => {
            let from = from.map(|from| format!(" from {}", words::either(from))).unwrap_or_default();
            let to = to.map(|to| format!(" to {}", words::either(to))).unwrap_or_default();
            format!("requests{from}{to}")
        }
    };
    if dates != Interval::ALWAYS {
        text.push_str(", ");
        text.push_str(&words::interval(dates));
    }
    if !tests.is_empty() {
        text.push_str(", when ");
        text.push_str(&words::both(tests.iter().map(|test| test_in_words(joint, test))));
    }
    text
}

fn test_in_words(joint: &Joint<'_>, test: &Test) -> String {
    let fact = &test.fact;
    if let [Value::Named(name)] = test.values.as_slice() {
        match name.as_str() {
            "yes" => return fact.clone(),
            "no" => return format!("not {fact}"),
            "none" if fact == "under" => return "under no instrument".to_owned(),
            _ => {}
        }
    }
    let values = test.values.iter().map(|value| match value {
        Value::Named(name) => name.clone(),
        Value::AnyOther => "any other".to_owned(),
        Value::Range(from, until) => joint.range(fact, *from, *until),
    });
    let is = if fact == "under" { "" } else { " is" };
    format!("{fact}{is} {}", words::either(values))
}
