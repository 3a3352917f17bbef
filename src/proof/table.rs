//! Decision tables: the cases of one question as regions, each with what the law answers there.
//!
//! They are read off the decision diagram of the question. No two rows share a case. No row can be left out, and without one
//! of its conditions a row would take in cases of another, or such as cannot be.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::contest::Contest;
use super::cover::regions;
use super::decision::{WORK, diagram};
use super::diagram::Diagram;
use super::place::Spaces;
use super::region::Region;
use super::set::Set;
use super::space::{Space, TooLarge};
use super::work::Work;
use crate::answer::{Open, OpenValue, Outcome};
use crate::law::{CountryId, Day, Interval, Law, Question, id_of};

/// Which cases a table is about; what is not given is not restricted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Slice {
    /// The requesting country.
    pub from: Option<CountryId>,
    /// The requested country, or the one country.
    pub to: Option<CountryId>,
    /// The day.
    pub on: Option<Day>,
}

/// One row of a table.
#[derive(Clone, Debug)]
pub struct Row {
    /// The requesting countries; none: all.
    pub from: Option<Vec<CountryId>>,
    /// The requested countries, or the one country; none: all.
    pub to: Option<Vec<CountryId>>,
    /// The days.
    pub dates: Interval,
    /// What is asked of facts and of the instrument of the request.
    pub tests: Vec<(Open, Vec<OpenValue>)>,
    /// What the law answers: its place in the list of the table.
    pub outcome: usize,
}

/// A table.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The values of facts, and of the instrument of the request, that its matter tells apart; of all on which some row
    /// turns.
    pub classes: BTreeMap<Open, Vec<OpenValue>>,
    /// What is answered somewhere, in the order of the rows, each once.
    pub outcomes: Vec<Outcome>,
    /// Its rows; together they take in every case that can be.
    pub rows: Vec<Row>,
}

/// The table of a question over a slice of the cases.
///
/// # Errors
/// In words, what is too large: then a smaller slice has to be asked for.
pub fn table(law: &Law, question: Question, slice: Slice) -> Result<Table, String> {
    let made = || {
        let spaces = Spaces::new(law, question.matter, &Rc::new(Work::new()))?;
        let space = spaces.of(question.head);
        table_of(&Contest::of(space, question)?, &cases(space, slice))
    };
    made().map_err(|large: TooLarge| large.to_string())
}

/// The table of each question of the law over all cases, in the order of the law; in words, what is too large.
pub fn tables(law: &Law) -> Vec<Result<Table, String>> {
    each_question(law, |contest| table_of(contest, &contest.space.everything()))
}

/// The diagram of each question of the law over all cases, in the order of the law; none where more than `most` boxes would
/// have to be looked at.
pub(crate) fn diagrams(law: &Law, most: usize) -> Vec<Option<Diagram>> {
    let made = each_question(law, |contest| diagram(contest, &contest.space.everything(), most));
    made.into_iter().map(Result::ok).collect()
}

/// The diagrams of a law, made one by one as they are asked for.
pub(crate) struct Diagrams<'l> {
    law: &'l Law,
    /// By matter, as soon as one of its questions is asked for.
    spaces: Vec<OnceCell<Result<Spaces<'l>, TooLarge>>>,
    work: Rc<Work>,
}

impl<'l> Diagrams<'l> {
    pub(crate) fn new(law: &'l Law) -> Diagrams<'l> {
        Diagrams { law, spaces: law.matters.iter().map(|_| OnceCell::new()).collect(), work: Rc::new(Work::new()) }
    }

    /// The diagram of a question, which the law need not mention, over all cases; in words, what is too large.
    pub(crate) fn of(&self, question: Question) -> Result<Diagram, String> {
        let made = || {
            let spaces =
                self.spaces[question.matter.index()].get_or_init(|| Spaces::new(self.law, question.matter, &self.work));
            let space = spaces.as_ref().map_err(Clone::clone)?.of(question.head);
            diagram(&Contest::of(space, question)?, &space.everything(), WORK)
        };
        made().map_err(|large: TooLarge| large.to_string())
    }
}

/// Makes something of each question of the law.
fn each_question<T>(law: &Law, make: impl Fn(&Contest<'_, '_>) -> Result<T, TooLarge>) -> Vec<Result<T, String>> {
    let work = Rc::new(Work::new());
    let spaces: Vec<Result<Spaces<'_>, TooLarge>> =
        law.matters().map(|(matter, _)| Spaces::new(law, matter, &work)).collect();
    let all = law.questions().map(|(id, question)| {
        let spaces = spaces[question.matter.index()].as_ref().map_err(ToString::to_string)?;
        Contest::new(spaces.of(question.head), id).and_then(|contest| make(&contest)).map_err(|large| large.to_string())
    });
    all.collect()
}

fn table_of(contest: &Contest<'_, '_>, start: &Region) -> Result<Table, TooLarge> {
    if start.is_empty() {
        return Ok(Table::default());
    }
    let diagram = diagram(contest, start, WORK)?;
    let space = contest.space;
    let asked = |axis| contest.boxes.iter().flatten().any(|own| own.values(axis).is_some());
    let regions = regions(space, &diagram, start, &asked)?;
    let rows = regions.iter().map(|(region, outcome)| row(space, start, region, *outcome as usize));
    let mut rows: Vec<Row> = rows.collect();
    rows.sort_by(|a, b| {
        let key = |row: &Row| (row.to.clone(), row.from.clone(), row.dates, row.tests.clone());
        key(a).cmp(&key(b))
    });
    let turns = regions.iter().flat_map(|(region, _)| &region.rest).map(|(axis, _)| *axis);
    let classes =
        turns.map(|axis| (axis, space.full(axis).iter().filter_map(|at| space.class(axis, at).cloned()).collect()));
    let mut outcomes = Vec::new();
    let mut places: Vec<Option<usize>> = vec![None; diagram.outcomes.len()];
    for row in &mut rows {
        row.outcome = *places[row.outcome].get_or_insert_with(|| {
            outcomes.push(diagram.outcomes[row.outcome].clone());
            outcomes.len() - 1
        });
    }
    Ok(Table { classes: classes.collect(), outcomes, rows })
}

/// The cases of a slice.
fn cases(space: &Space<'_>, slice: Slice) -> Region {
    let mut start = space.everything();
    if let Some(on) = slice.on {
        start.dates = Interval { from: on, until: on.next() };
    }
    if let Some(to) = slice.to {
        start.to = start.to.and(Set::one(to.index()));
    }
    if let (Some(from), true) = (slice.from, space.between()) {
        start.from = start.from.and(Set::one(from.index()));
    }
    start
}

fn row(space: &Space<'_>, start: &Region, region: &Region, outcome: usize) -> Row {
    let countries = |set: Set, all: Set| -> Option<Vec<CountryId>> {
        (set != all).then(|| set.iter().map(|position| CountryId(id_of(position))).collect())
    };
    let everything = space.everything();
    let (from, to) = space.sides(region);
    // A country asks nothing of itself: a side that leaves out only the one country of the other is not restricted, unless
    // that is said of the other for its sake.
    let without = |all: Set, other: Set| if other.len() == 1 { all.minus(other) } else { all };
    let any_from = from == without(everything.from.clone(), to.clone());
    let any_to = to == if any_from { everything.to.clone() } else { without(everything.to.clone(), from.clone()) };
    let from = if any_from { None } else { countries(from, everything.from) };
    let to = if any_to { None } else { countries(to, everything.to) };
    let dates = if start.dates == region.dates && start.dates.from.next() == start.dates.until {
        start.dates
    } else {
        region.dates
    };
    let classes = |(axis, set): &(Open, Set)| -> Vec<OpenValue> {
        set.iter().filter_map(|at| space.class(*axis, at).cloned()).collect()
    };
    let tests: BTreeMap<Open, Vec<OpenValue>> =
        region.rest.iter().map(|entry| (entry.0, OpenValue::joined(&classes(entry)))).collect();
    Row { from, to, dates, tests: tests.into_iter().collect(), outcome }
}
