//! The decision diagram of one question: which verdict where, with all conditions and all precedence worked out.
//!
//! Level by level, the values of an axis are told apart only as far as the boxes do that are still alive; boxes that ask
//! the same of what is left are one. Which boxes are alive decides what follows, so that every such set is looked at
//! once. At the end the lines that apply are known, and the reference says what they answer.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::contest::Contest;
use super::diagram::{Arena, Axis, Child, Diagram};
use super::place::impossible;
use super::region::Region;
use super::set::Set;
use super::space::TooLarge;
use crate::answer::{LineRef, Open, OpenValue, Outcome, Said, Status, decided};
use crate::case::Case;
use crate::law::{Answer, Condition, FactId, FactKind, InstrumentId, Interval, Line, LineId, ProvisionId};

/// How many boxes are looked at, over all sets, before a diagram is given up.
pub(crate) const WORK: usize = 30_000_000;
/// What one line of an outcome counts among them: to decide takes longer than to look, and an outcome is kept.
const DECIDED: usize = 64;

/// The diagram of a question over the cases of a region; given up when more than `most` boxes were looked at.
pub(super) fn diagram(contest: &Contest<'_, '_>, start: &Region, most: usize) -> Result<Diagram, TooLarge> {
    let grounds = grounds(contest);
    let lines = contest.boxes.iter().map(Vec::as_slice);
    let seams = contest.seams.iter().map(Vec::as_slice).chain(grounds.iter().map(Vec::as_slice));
    let watched: Vec<&[Region]> = lines.chain(seams).collect();
    let impossible = impossible(contest.space, &watched);
    // What cannot be comes first: where it is, nothing else is asked.
    let watched: Vec<&[Region]> = std::iter::once(&*impossible).chain(watched).collect();
    let axes = axes(contest, &watched);
    let mut tails = Tails { end: axes.len(), ..Tails::default() };
    let mut alive = Vec::new();
    for (item, boxes) in watched.iter().enumerate() {
        // So that it has the lowest number of those of its item.
        tails.done(item);
        alive.extend(boxes.iter().filter_map(|own| own.and(start)).map(|own| tails.of(item, &own, start, &axes)));
    }
    let mut builder = Builder {
        contest,
        start,
        axes: &axes,
        tails,
        arena: Arena::default(),
        known: HashMap::new(),
        outcomes: vec![Outcome::empty(Status::OutOfScope)],
        told: BTreeMap::new(),
        work: 0,
        most,
    };
    let alive = builder.tails.settled(alive);
    let root = builder.decide(alive, start)?;
    let Builder { arena, outcomes, .. } = builder;
    let classes = |axis: &Axis| match axis {
        Axis::Open(open) => classes_of(contest, *open),
        _ => Vec::new(),
    };
    let classes = axes.iter().map(classes).collect();
    Ok(Diagram::new(axes, classes, root, outcomes, arena))
}

fn classes_of(contest: &Contest<'_, '_>, open: Open) -> Vec<OpenValue> {
    let space = contest.space;
    space.full(open).iter().filter_map(|position| space.class(open, position).cloned()).collect()
}

/// The axes that some box restricts: countries, then facts as they are mentioned, numbers and days last.
fn axes(contest: &Contest<'_, '_>, watched: &[&[Region]]) -> Vec<Axis> {
    let law = contest.law();
    let asked: BTreeSet<Open> =
        watched.iter().flat_map(|boxes| boxes.iter()).flat_map(|own| &own.rest).map(|entry| entry.0).collect();
    let mut facts: Vec<FactId> = Vec::new();
    let conditions = contest.lines.iter().map(|line| &law[line.line.condition]);
    for condition in conditions.chain(law.nevers.iter().map(|never| &never.condition)) {
        condition.for_each_test(&mut |test| {
            if let Condition::Fact(fact, _) = test
                && asked.contains(&Open::Fact(*fact))
                && !facts.contains(fact)
            {
                facts.push(*fact);
            }
        });
    }
    // Those of few values stay in the order in which conditions mention them.
    facts.sort_by_key(|fact| matches!(law[*fact].kind, FactKind::Number(_) | FactKind::Date));
    let under = asked.contains(&Open::Under).then_some(Open::Under);
    let open = under.into_iter().chain(facts.into_iter().map(Open::Fact)).map(Axis::Open);
    [Axis::Requested, Axis::Requesting].into_iter().chain(open).chain([Axis::Day]).collect()
}

/// Where that on which an instrument applies, and so what an answer rests on, can change.
fn grounds(contest: &Contest<'_, '_>) -> Vec<Vec<Region>> {
    let law = contest.law();
    let instruments: BTreeSet<InstrumentId> = contest.lines.iter().map(|line| line.line.instrument).collect();
    let mut grounds = BTreeSet::new();
    for instrument in instruments.into_iter().map(|id| &law[id]) {
        for dated in instrument.in_force.iter().chain(&instrument.applies).filter(|dated| !dated.assumptions.is_empty())
        {
            grounds.insert(vec![Region { dates: dated.dates, ..Region::EVERYTHING }]);
        }
        for bond in instrument.bonds.iter().filter(|bond| !bond.assumptions.is_empty()) {
            let country = Set::one(bond.country.index());
            let side = Region { dates: bond.dates, ..Region::EVERYTHING };
            let mut sides = vec![Region { to: country.clone(), ..side.clone() }];
            if contest.space.between() {
                sides.push(Region { from: country, ..side });
            }
            grounds.insert(sides);
        }
    }
    grounds.into_iter().collect()
}

/// What a box still asks from some level on.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Ask {
    /// One of these values.
    Values(Set),
    /// A day of these.
    Days(Interval),
    /// Nothing more: its item applies.
    Nothing,
}

/// What is left of a box: what it asks at the next level at which it asks anything, and what is left of it then.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Tail {
    item: usize,
    level: usize,
    ask: Ask,
    next: usize,
}

/// What is left of boxes, equal rests once. Those of one item have neighbouring numbers, its `Nothing` the lowest.
#[derive(Default)]
struct Tails {
    end: usize,
    rows: Vec<Tail>,
    known: HashMap<Tail, usize>,
}

impl Tails {
    fn row(&mut self, tail: Tail) -> usize {
        let rows = &mut self.rows;
        *self.known.entry(tail.clone()).or_insert_with(|| {
            rows.push(tail);
            rows.len() - 1
        })
    }

    fn done(&mut self, item: usize) -> usize {
        self.row(Tail { item, level: self.end, ask: Ask::Nothing, next: 0 })
    }

    fn of(&mut self, item: usize, own: &Region, start: &Region, axes: &[Axis]) -> usize {
        let mut next = self.done(item);
        for (level, axis) in axes.iter().enumerate().rev() {
            let ask = match axis {
                Axis::Requested => (own.to != start.to).then_some(Ask::Values(own.to.clone())),
                Axis::Requesting => (own.from != start.from).then_some(Ask::Values(own.from.clone())),
                Axis::Open(open) => own.values(*open).cloned().map(Ask::Values),
                Axis::Day => (own.dates != start.dates).then_some(Ask::Days(own.dates)),
            };
            if let Some(ask) = ask {
                next = self.row(Tail { item, level, ask, next });
            }
        }
        next
    }

    /// In order, each once; of an item that applies nothing else, and nothing beside what cannot be.
    fn settled(&self, mut alive: Vec<usize>) -> Vec<usize> {
        alive.sort_unstable();
        alive.dedup();
        if alive.first() == Some(&0) {
            return vec![0];
        }
        let mut applies = None;
        alive.retain(|tail| {
            let Tail { item, level, .. } = self.rows[*tail];
            if applies == Some(item) {
                return false;
            }
            if level == self.end {
                applies = Some(item);
            }
            true
        });
        alive
    }
}

struct Builder<'c, 's, 'l> {
    contest: &'c Contest<'s, 'l>,
    start: &'c Region,
    axes: &'c [Axis],
    tails: Tails,
    arena: Arena,
    /// What follows from the boxes that are alive.
    known: HashMap<Vec<usize>, Child>,
    outcomes: Vec<Outcome>,
    told: BTreeMap<Told, u32>,
    work: usize,
    most: usize,
}

/// All by which outcomes are told apart.
type Told = (Said, Vec<(Cited, Option<Answer>, Vec<String>)>);
type Cited = (Option<LineId>, InstrumentId, Option<ProvisionId>, u32);

impl Builder<'_, '_, '_> {
    /// What follows where these boxes are alive; `cell` is a part of the cases in which they are.
    fn decide(&mut self, alive: Vec<usize>, cell: &Region) -> Result<Child, TooLarge> {
        if let Some(child) = self.known.get(&alive) {
            return Ok(*child);
        }
        let level = alive.iter().map(|tail| self.tails.rows[*tail].level).min().unwrap_or(self.axes.len());
        let runs = match self.axes.get(level) {
            None => {
                self.count(DECIDED * alive.len())?;
                let child = self.outcome(&alive, cell);
                self.known.insert(alive, child);
                return Ok(child);
            }
            Some(Axis::Day) => self.days(level, &alive, cell)?,
            Some(axis) => self.values(level, *axis, &alive, cell)?,
        };
        // A country that could ask nobody but itself has no case.
        let child = if runs.is_empty() { Child::IMPOSSIBLE } else { self.arena.add(level, runs) };
        self.known.insert(alive, child);
        Ok(child)
    }

    fn values(
        &mut self,
        level: usize,
        axis: Axis,
        alive: &[usize],
        cell: &Region,
    ) -> Result<Vec<(i32, Child)>, TooLarge> {
        let space = self.contest.space;
        let all = match axis {
            Axis::Requested => self.start.to.clone(),
            // A country asks nothing of itself: what would follow from that is left to its neighbours.
            Axis::Requesting if cell.to.len() == 1 => self.start.from.minus(&cell.to),
            Axis::Requesting => self.start.from.clone(),
            Axis::Open(open) => space.full(open),
            Axis::Day => Set::NONE,
        };
        let mut runs: Vec<(i32, Child)> = Vec::new();
        for block in self.blocks(level, alive, &all) {
            let admits = |ask: &Ask| matches!(ask, Ask::Values(values) if block.is_within(values));
            let following = self.following(level, alive, admits)?;
            let mut part = cell.clone();
            match axis {
                Axis::Requested => part.to = block.clone(),
                Axis::Requesting => part.from = block.clone(),
                Axis::Open(open) => part = part.restricted(open, block.clone()),
                Axis::Day => {}
            }
            let child = self.decide(following, &part)?;
            runs.extend(block.iter().filter_map(|value| Some((i32::try_from(value).ok()?, child))));
        }
        runs.sort_unstable_by_key(|run| run.0);
        if let Some(first) = runs.first_mut() {
            first.0 = 0;
        }
        Ok(runs)
    }

    /// The values, those together that no box tells apart; in the order of the first of each.
    fn blocks(&self, level: usize, alive: &[usize], all: &Set) -> Vec<Set> {
        let asks: BTreeSet<&Set> = alive
            .iter()
            .filter_map(|tail| match &self.tails.rows[*tail] {
                Tail { level: at, ask: Ask::Values(values), .. } if *at == level => Some(values),
                _ => None,
            })
            .collect();
        // Of each value, which of the boxes admit it.
        let mut admitting: BTreeMap<usize, Vec<u32>> = all.iter().map(|value| (value, Vec::new())).collect();
        for (number, values) in (0..).zip(asks) {
            for value in values.and(all).iter() {
                if let Some(of_value) = admitting.get_mut(&value) {
                    of_value.push(number);
                }
            }
        }
        let mut known: HashMap<Vec<u32>, usize> = HashMap::new();
        let mut blocks: Vec<Vec<usize>> = Vec::new();
        for (value, by) in admitting {
            let next = blocks.len();
            let at = *known.entry(by).or_insert(next);
            if at == next {
                blocks.push(Vec::new());
            }
            blocks[at].push(value);
        }
        blocks.into_iter().map(Set::from_iter).collect()
    }

    fn days(&mut self, level: usize, alive: &[usize], cell: &Region) -> Result<Vec<(i32, Child)>, TooLarge> {
        let mut days = BTreeSet::from([self.start.dates.from]);
        for tail in alive {
            if let Ask::Days(dates) = self.tails.rows[*tail].ask {
                days.extend([dates.from, dates.until]);
            }
        }
        days.retain(|day| self.start.dates.contains(*day));
        let mut runs = Vec::with_capacity(days.len());
        for day in days {
            let following =
                self.following(level, alive, |ask| matches!(ask, Ask::Days(dates) if dates.contains(day)))?;
            let part = Region { dates: Interval { from: day, until: day.next() }, ..cell.clone() };
            runs.push((day.0, self.decide(following, &part)?));
        }
        Ok(runs)
    }

    /// What is alive after a level at which some answers are admitted.
    fn following(
        &mut self,
        level: usize,
        alive: &[usize],
        admits: impl Fn(&Ask) -> bool,
    ) -> Result<Vec<usize>, TooLarge> {
        self.count(alive.len())?;
        let following = alive.iter().filter_map(|tail| match &self.tails.rows[*tail] {
            Tail { level: at, .. } if *at != level => Some(*tail),
            Tail { ask, next, .. } => admits(ask).then_some(*next),
        });
        Ok(self.tails.settled(following.collect()))
    }

    fn count(&mut self, more: usize) -> Result<(), TooLarge> {
        self.work += more;
        if self.work > self.most { Err(TooLarge::new("its table has too many parts".to_owned())) } else { Ok(()) }
    }

    fn outcome(&mut self, alive: &[usize], cell: &Region) -> Child {
        let contest = self.contest;
        let lines: Vec<usize> = alive.iter().map(|tail| self.tails.rows[*tail].item).collect();
        if lines.first() == Some(&0) {
            return Child::IMPOSSIBLE;
        }
        let lines = lines.iter().filter_map(|item| contest.lines.get(item - 1));
        let lines: Vec<LineRef> = lines.copied().collect();
        // Without facts the place of an authority stays the fact that names it.
        let case = Case { facts: BTreeMap::new(), ..contest.case(cell) };
        let outcome = decided(contest.precedence(cell), &case, &lines);
        let next = crate::law::id_of(self.outcomes.len());
        let number = *self.told.entry(told(&outcome)).or_insert(next);
        if number == next {
            self.outcomes.push(outcome);
        }
        Child::Outcome(number)
    }
}

fn told(outcome: &Outcome) -> Told {
    let cited = |line: &LineRef| {
        let Line { instrument, provision, span, .. } = &line.line;
        (line.id, *instrument, *provision, span.start)
    };
    let answers = outcome
        .answers
        .iter()
        .map(|deciding| (cited(&deciding.line), Some(deciding.answer.clone()), deciding.assumptions.clone()));
    let disputed = outcome.disputes.iter().flat_map(|dispute| &dispute.lines);
    let open = outcome.unread.iter().chain(disputed).map(|line| (cited(line), None, Vec::new()));
    (outcome.said(), answers.chain(open).collect())
}
