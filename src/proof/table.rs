//! Decision tables: the cases of one question as regions, each with what the law answers there.
//!
//! The cases are cut until the verdict is the same throughout a piece; pieces with one answer are joined, each is
//! widened as far as its answer reaches, and those that others cover are left out. So no row can be left out and no
//! condition dropped from one; rows with different answers share no case.

use std::collections::BTreeMap;

use super::contest::Contest;
use super::region::Region;
use super::set::Set;
use super::space::{Space, TooLarge};
use crate::answer::{LineRef, Open, OpenValue, Outcome, decided};
use crate::case::Case;
use crate::law::{CountryId, Day, Interval, Law, LineId, Question, id_of};

/// How many pieces a table may fall into before a slice has to be asked for.
const PIECES: usize = 20_000;

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
    /// What the law answers.
    pub outcome: Outcome,
}

/// The table of a question over a slice of the cases.
///
/// # Errors
/// In words, what is too large: then a smaller slice has to be asked for.
pub fn table(law: &Law, question: Question, slice: Slice) -> Result<Vec<Row>, String> {
    rows(law, question, slice).map_err(|large| large.0)
}

fn rows(law: &Law, question: Question, slice: Slice) -> Result<Vec<Row>, TooLarge> {
    let space = Space::new(law, question.matter)?;
    let lines = law.question_id(question).map_or(&[][..], |id| law.lines_of(id));
    let contest = Contest::of(&space, question, lines)?;
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
    let mut pieces =
        Pieces { contest: &contest, all: (0..contest.lines.len()).collect(), outcomes: Vec::new(), count: 0 };
    let found = pieces.cut(&start)?;
    let outcomes = pieces.outcomes;
    let mut rows: Vec<Row> = Vec::new();
    for (at, outcome) in outcomes.iter().enumerate() {
        let (inside, outside): (Vec<&Piece>, Vec<&Piece>) = found.iter().partition(|piece| piece.outcome == at);
        let regions = cover(&contest, &start, &inside, &outside);
        rows.extend(regions.into_iter().map(|region| row(&space, &start, &region, outcome.clone())));
    }
    rows.sort_by(|a, b| {
        let key = |row: &Row| (row.to.clone(), row.from.clone(), row.dates, row.tests.clone());
        key(a).cmp(&key(b))
    });
    Ok(rows)
}

/// A piece in which one thing is answered.
#[derive(Clone)]
struct Piece {
    region: Region,
    outcome: usize,
}

struct Pieces<'c, 's, 'l> {
    contest: &'c Contest<'s, 'l>,
    all: Vec<usize>,
    outcomes: Vec<Outcome>,
    count: usize,
}

impl Pieces<'_, '_, '_> {
    /// Cuts along the boxes of the lines until the answer is the same throughout.
    fn cut(&mut self, region: &Region) -> Result<Vec<Piece>, TooLarge> {
        if region.is_empty() {
            return Ok(Vec::new());
        }
        let space = self.contest.space;
        if space.impossible.iter().any(|never| region.is_within(never)) {
            return Ok(Vec::new());
        }
        let watched = self.contest.watched(&self.all);
        let boxes = watched.into_iter().chain([space.impossible.as_slice()]).flatten();
        let crossing = boxes.filter(|other| other.meets(region) && !region.is_within(other));
        let Some(cut) = crossing.min_by_key(|other| (other.rest.len(), other.dates)) else {
            self.count += 1;
            if self.count > PIECES {
                return Err(TooLarge(format!("the table falls into more than {PIECES} parts; ask for a slice of it")));
            }
            let outcome = self.outcome(region);
            return Ok(vec![Piece { region: region.clone(), outcome }]);
        };
        let Some((inside, outside)) = region.split_by(cut, &|axis| space.full(axis)) else { return Ok(Vec::new()) };
        let mut pieces = self.cut(&inside)?;
        for part in &outside {
            pieces.extend(self.cut(part)?);
        }
        if let Some(first) = pieces.first()
            && pieces.iter().all(|piece| piece.outcome == first.outcome)
        {
            return Ok(vec![Piece { region: region.clone(), outcome: first.outcome }]);
        }
        Ok(pieces)
    }

    fn outcome(&mut self, cell: &Region) -> usize {
        let contest = self.contest;
        let applies = |line: &usize| contest.boxes[*line].iter().any(|own| cell.is_within(own));
        let lines: Vec<LineRef> =
            self.all.iter().filter(|line| applies(line)).map(|line| contest.lines[*line]).collect();
        // Without facts the place of an authority stays the fact that names it.
        let case = Case { facts: BTreeMap::new(), ..contest.case(cell) };
        let outcome = decided(contest.precedence(cell), &case, &lines);
        let known =
            self.outcomes.iter().position(|other| other.says_the_same_as(&outcome) && cited(other) == cited(&outcome));
        known.unwrap_or_else(|| {
            self.outcomes.push(outcome);
            self.outcomes.len() - 1
        })
    }
}

/// Which lines decide, or leave it open.
fn cited(outcome: &Outcome) -> Vec<(Option<LineId>, crate::law::InstrumentId)> {
    let answers = outcome.answers.iter().map(|deciding| &deciding.line);
    let disputed = outcome.disputes.iter().flat_map(|dispute| &dispute.lines);
    answers.chain(&outcome.unread).chain(disputed).map(|line| (line.id, line.line.instrument)).collect()
}

/// Regions that hold all pieces inside and none outside, none of which can be left out or widened.
fn cover(contest: &Contest<'_, '_>, start: &Region, inside: &[&Piece], outside: &[&Piece]) -> Vec<Region> {
    let mut regions: Vec<Region> = Vec::new();
    for piece in inside {
        if !regions.iter().any(|region| piece.region.is_within(region)) {
            regions.push(widened(contest, start, &piece.region, outside));
        }
    }
    let mut place = regions.len();
    while place > 0 {
        place -= 1;
        let others = regions.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, region)| region);
        if is_covered(contest.space, &regions[place], others) {
            regions.remove(place);
        }
    }
    regions
}

/// Every case of the region lies in one of the others, or cannot be.
fn is_covered<'r>(space: &'r Space<'_>, region: &Region, others: impl Iterator<Item = &'r Region>) -> bool {
    let mut left = vec![region.clone()];
    for other in others.chain(&space.impossible) {
        left = left.iter().flat_map(|piece| piece.minus(other, &|axis| space.full(axis))).collect();
    }
    left.iter().all(Region::is_empty)
}

fn widened(contest: &Contest<'_, '_>, start: &Region, region: &Region, outside: &[&Piece]) -> Region {
    let space = contest.space;
    let mut region = region.clone();
    let free = |region: &Region| !outside.iter().any(|piece| piece.region.meets(region));
    // What only a `never` asks of goes first: a reader looks for what the rules ask.
    let mut axes: Vec<Open> = region.rest.iter().map(|entry| entry.0).collect();
    axes.sort_by_key(|axis| contest.boxes.iter().flatten().any(|own| own.values(*axis).is_some()));
    for axis in axes {
        let full = space.full(axis);
        for position in full.iter() {
            let wider = with_value(&region, axis, position);
            if free(&wider) {
                region = wider;
            }
        }
        if region.values(axis) == Some(full) {
            region.rest.retain(|entry| entry.0 != axis);
        }
    }
    for position in start.from.iter().filter(|_| space.between()) {
        let wider = Region { from: region.from.with(position), ..region.clone() };
        if free(&wider) {
            region = wider;
        }
    }
    for position in start.to.iter() {
        let wider = Region { to: region.to.with(position), ..region.clone() };
        if free(&wider) {
            region = wider;
        }
    }
    let always = Region { dates: start.dates, ..region.clone() };
    for piece in outside.iter().filter(|piece| piece.region.meets(&always)) {
        let theirs = piece.region.dates;
        debug_assert!(!theirs.meets(region.dates), "rows with different answers share no case");
    }
    let in_the_way = || outside.iter().filter(|piece| piece.region.meets(&always)).map(|piece| piece.region.dates);
    let before = in_the_way().filter(|dates| dates.until <= region.dates.from).map(|dates| dates.until).max();
    let after = in_the_way().filter(|dates| dates.from >= region.dates.until).map(|dates| dates.from).min();
    region.dates = Interval { from: before.unwrap_or(start.dates.from), until: after.unwrap_or(start.dates.until) };
    region
}

fn with_value(region: &Region, axis: Open, position: usize) -> Region {
    let mut wider = region.clone();
    for (own, values) in &mut wider.rest {
        if *own == axis {
            *values = values.with(position);
        }
    }
    wider
}

fn row(space: &Space<'_>, start: &Region, region: &Region, outcome: Outcome) -> Row {
    let countries = |set: Set, all: Set| -> Option<Vec<CountryId>> {
        (set != all).then(|| set.iter().map(|position| CountryId(id_of(position))).collect())
    };
    let everything = space.everything();
    let (from, to) = space.sides(region);
    // The one side of a slice, or of a row, is no restriction of the other by being left out there.
    let without = |all: Set, other: Set| if other.len() == 1 { all.minus(other) } else { all };
    let restricted =
        |set: Set, all: Set, other: Set| if set == without(all, other) { None } else { countries(set, all) };
    let (from, to) = (restricted(from, everything.from, to), restricted(to, everything.to, from));
    let dates = if start.dates == region.dates && start.dates.from.next() == start.dates.until {
        start.dates
    } else {
        region.dates
    };
    let tests: BTreeMap<Open, Vec<OpenValue>> = region
        .rest
        .iter()
        .map(|(axis, set)| (*axis, set.iter().filter_map(|at| space.class(*axis, at).cloned()).collect()))
        .collect();
    Row { from, to, dates, tests: tests.into_iter().collect(), outcome }
}
