//! The parts of a decision diagram as regions that a reader takes in: for each outcome as few and as wide ones as come
//! of widening one after another and leaving out what others cover. So no region can be left out and no condition
//! dropped from one; those with different outcomes share no case.

use super::diagram::{Axis, Child, Diagram};
use super::place::impossible;
use super::region::Region;
use super::set::Set;
use super::space::{Space, TooLarge};
use crate::answer::Open;
use crate::law::{Day, Interval};

/// How many ways through a diagram are listed.
const WAYS: usize = 20_000;

/// A region and the number of its outcome.
pub(super) type Part = (Region, u32);

/// The regions of a diagram over the cases of `start`. `asked` says what the rules themselves ask of: what only a `never`
/// asks is dropped first.
pub(super) fn regions(
    space: &Space<'_>,
    diagram: &Diagram,
    start: &Region,
    asked: &dyn Fn(Open) -> bool,
) -> Result<Vec<Part>, TooLarge> {
    let mut ways = ways(space, diagram, start)?;
    ways.sort_by_key(|(_, outcome)| *outcome);
    let mut walk = Walk { space, diagram, start, seen: vec![(0, false); diagram.len()], round: 0 };
    let mut parts = Vec::new();
    for group in ways.chunk_by(|a, b| a.1 == b.1) {
        let outcome = group[0].1;
        let mut regions: Vec<Region> = Vec::new();
        for (way, _) in group {
            if !regions.iter().any(|region| way.is_within(region)) {
                regions.push(walk.widened(way, outcome, asked));
            }
        }
        needed(space, &mut regions);
        parts.extend(regions.into_iter().map(|region| (region, outcome)));
    }
    Ok(parts)
}

/// The ways from the root to an outcome, steps to one child taken together.
fn ways(space: &Space<'_>, diagram: &Diagram, start: &Region) -> Result<Vec<Part>, TooLarge> {
    let mut ways = Vec::new();
    for (child, region) in entries(space, diagram, start) {
        list(space, diagram, child, region, &mut ways)?;
    }
    Ok(ways)
}

fn list(space: &Space<'_>, diagram: &Diagram, at: Child, region: Region, ways: &mut Vec<Part>) -> Result<(), TooLarge> {
    let node = match at {
        Child::IMPOSSIBLE => return Ok(()),
        Child::Outcome(outcome) => {
            ways.push((region, outcome));
            let large = || TooLarge::new(format!("its table falls into more than {WAYS} parts"));
            return if ways.len() > WAYS { Err(large()) } else { Ok(()) };
        }
        Child::Node(node) => node,
    };
    let (level, runs) = diagram.node(node);
    if let Axis::Open(open) = diagram.axes[level] {
        for (child, values) in diagram.branches(node, &space.full(open)) {
            list(space, diagram, child, region.clone().restricted(open, values), ways)?;
        }
        return Ok(());
    }
    for (at, (_, child)) in runs.iter().enumerate() {
        list(space, diagram, *child, Region { dates: stretch(runs, at).and(region.dates), ..region.clone() }, ways)?;
    }
    Ok(())
}

/// The days of a run.
fn stretch(runs: &[(i32, Child)], at: usize) -> Interval {
    let from = if at == 0 { Day::BEGINNING } else { Day(runs[at].0) };
    Interval { from, until: runs.get(at + 1).map_or(Day::END, |next| Day(next.0)) }
}

/// Where the ways of a region go on once its countries are known; a country asks nothing of itself.
fn entries(space: &Space<'_>, diagram: &Diagram, region: &Region) -> Vec<(Child, Region)> {
    let mut entries = Vec::new();
    for (child, to) in step(diagram, diagram.root, Axis::Requested, region.to.clone()) {
        let others = if space.between() && to.len() == 1 { region.from.minus(&to) } else { region.from.clone() };
        for (child, from) in step(diagram, child, Axis::Requesting, others) {
            let part = Region { from, to: to.clone(), ..region.clone() };
            if !part.is_empty() {
                entries.push((child, part));
            }
        }
    }
    entries
}

/// The children for these values, if this is the axis that is asked there.
fn step(diagram: &Diagram, at: Child, axis: Axis, values: Set) -> Vec<(Child, Set)> {
    match at {
        Child::Node(node) if diagram.axes[diagram.node(node).0] == axis => diagram.branches(node, &values),
        _ => vec![(at, values)],
    }
}

/// Looks for cases of a region with another outcome.
struct Walk<'d, 's, 'l> {
    space: &'s Space<'l>,
    diagram: &'d Diagram,
    start: &'d Region,
    /// In which round a node was seen, and whether another outcome can be reached from it.
    seen: Vec<(u32, bool)>,
    round: u32,
}

impl Walk<'_, '_, '_> {
    /// The region with every axis, one after another, as wide as the outcome reaches.
    fn widened(&mut self, way: &Region, outcome: u32, asked: &dyn Fn(Open) -> bool) -> Region {
        let mut region = way.clone();
        let mut axes: Vec<Open> = region.rest.iter().map(|entry| entry.0).collect();
        axes.sort_by_key(|axis| asked(*axis));
        for open in axes {
            let full = self.space.full(open);
            region.rest.retain(|entry| entry.0 != open);
            let allowed = full.minus(self.barred(&region, outcome, open));
            if allowed != full {
                region = region.restricted(open, allowed);
            }
        }
        // With one country less or more on one side there can be room for another on the other.
        loop {
            let before = (region.from.clone(), region.to.clone());
            if self.space.between() {
                let wide = Region { from: self.start.from.clone(), ..region.clone() };
                let barred = self.barred_countries(&wide, outcome, |part| (part.from.clone(), part.to.clone()));
                region.from = self.without_itself(wide.from.minus(barred), region.to.clone());
            }
            let wide = Region { to: self.start.to.clone(), ..region.clone() };
            let barred = self.barred_countries(&wide, outcome, |part| (part.to.clone(), part.from.clone()));
            region.to = self.without_itself(wide.to.minus(barred), region.from.clone());
            if before == (region.from.clone(), region.to.clone()) {
                break;
            }
        }
        self.widen_days(region, outcome)
    }

    /// One side without what has no case, so that it does not stand in the way of the other.
    fn without_itself(&self, side: Set, other: Set) -> Set {
        if self.space.between() && other.len() == 1 { side.minus(other) } else { side }
    }

    /// The values of one side that lead, with some value of the other, to another outcome.
    fn barred_countries(&mut self, region: &Region, outcome: u32, sides: impl Fn(&Region) -> (Set, Set)) -> Set {
        self.round += 1;
        let mut barred = Set::NONE;
        for (child, part) in entries(self.space, self.diagram, region) {
            let (mine, theirs) = sides(&part);
            let mine = self.without_itself(mine, theirs);
            if !mine.is_within(&barred) && self.strays(child, &part, outcome) {
                barred = barred.or(mine);
            }
        }
        barred
    }

    /// The values of an axis that the region leaves open which lead to another outcome.
    fn barred(&mut self, region: &Region, outcome: u32, open: Open) -> Set {
        let full = self.space.full(open);
        let nodes = self.above(region, Axis::Open(open));
        self.round += 1;
        let mut barred = Set::NONE;
        for child in nodes {
            for (child, values) in step(self.diagram, child, Axis::Open(open), full.clone()) {
                if !values.is_within(&barred) && self.strays(child, region, outcome) {
                    barred = barred.or(values);
                }
            }
        }
        barred
    }

    fn widen_days(&mut self, region: Region, outcome: u32) -> Region {
        let wide = Region { dates: self.start.dates, ..region.clone() };
        let nodes = self.above(&wide, Axis::Day);
        let mut dates = wide.dates;
        for child in nodes {
            let Child::Node(node) = child else { continue };
            let (_, runs) = self.diagram.node(node);
            for (at, (_, child)) in runs.iter().enumerate() {
                if matches!(*child, Child::IMPOSSIBLE) || *child == Child::Outcome(outcome) {
                    continue;
                }
                let barred = stretch(runs, at);
                if barred.until <= region.dates.from {
                    dates.from = dates.from.max(barred.until);
                } else if barred.from >= region.dates.until {
                    dates.until = dates.until.min(barred.from);
                }
            }
        }
        Region { dates, ..region }
    }

    /// Where the ways of a region first ask an axis, or one behind it.
    fn above(&mut self, region: &Region, axis: Axis) -> Vec<Child> {
        self.round += 1;
        let level = self.diagram.axes.iter().position(|other| *other == axis).unwrap_or(0);
        let mut found = Vec::new();
        let mut waiting: Vec<Child> =
            entries(self.space, self.diagram, region).into_iter().map(|entry| entry.0).collect();
        while let Some(child) = waiting.pop() {
            let Child::Node(node) = child else {
                found.push(child);
                continue;
            };
            if std::mem::replace(&mut self.seen[node as usize].0, self.round) == self.round {
                continue;
            }
            if self.diagram.node(node).0 >= level {
                found.push(child);
            } else {
                waiting.extend(self.reachable(node, region));
            }
        }
        found
    }

    /// Some case of the region behind this child has another outcome.
    fn strays(&mut self, child: Child, region: &Region, outcome: u32) -> bool {
        let node = match child {
            Child::IMPOSSIBLE => return false,
            Child::Outcome(other) => return other != outcome,
            Child::Node(node) => node,
        };
        let (round, strays) = self.seen[node as usize];
        if round == self.round {
            return strays;
        }
        let strays = self.reachable(node, region).into_iter().any(|child| self.strays(child, region, outcome));
        self.seen[node as usize] = (self.round, strays);
        strays
    }

    /// The children of a node below the countries that cases of the region lead to.
    fn reachable(&self, node: u32, region: &Region) -> Vec<Child> {
        let (level, runs) = self.diagram.node(node);
        if let Axis::Open(open) = self.diagram.axes[level] {
            let values = region.values(open).cloned().unwrap_or_else(|| self.space.full(open));
            return self.diagram.branches(node, &values).into_iter().map(|branch| branch.0).collect();
        }
        let meeting = (0..runs.len()).filter(|at| stretch(runs, *at).meets(region.dates));
        meeting.map(|at| runs[at].1).collect()
    }
}

/// Leaves out the regions all of whose cases lie in others or cannot be.
pub(super) fn needed(space: &Space<'_>, regions: &mut Vec<Region>) {
    let impossible = impossible(space, &[regions.as_slice()]).into_owned();
    let mut place = regions.len();
    while place > 0 {
        place -= 1;
        let region = &regions[place];
        let others = regions.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, region)| region);
        let mut left = vec![region.clone()];
        for other in others.chain(&impossible).filter(|other| other.meets(region)) {
            left = left.iter().flat_map(|piece| piece.minus(other, &|axis| space.full(axis))).collect();
            if left.is_empty() {
                break;
            }
        }
        if left.iter().all(Region::is_empty) {
            regions.remove(place);
        }
    }
}
