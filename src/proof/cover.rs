//! The parts of a decision diagram as regions that a reader takes in: its ways, joined where they lead to one outcome and
//! differ on one axis alone. No two regions share a case, and none takes in a case that cannot be, as far as that is told by
//! what the rules themselves ask.

use super::diagram::{Axis, Child, Diagram};
use super::join::{Cell, joined};
use super::region::{Region, absorbed};
use super::set::Set;
use super::space::{Space, TooLarge};
use crate::answer::Open;
use crate::law::{Day, Interval};

/// How many ways through a diagram are listed.
const WAYS: usize = 20_000;

/// A region and the number of its outcome.
pub(super) type Part = (Region, u32);

/// The regions of a diagram over the cases of `start`. `asked` says what the rules themselves ask of: what only a `never`
/// asks decides nothing, and no region names it.
pub(super) fn regions(
    space: &Space<'_>,
    diagram: &Diagram,
    start: &Region,
    asked: &dyn Fn(Open) -> bool,
) -> Result<Vec<Part>, TooLarge> {
    let mut ways = ways(space, diagram, start)?;
    ways.sort_by_key(|(_, outcome)| *outcome);
    let axes = diagram.axes.iter().filter_map(|axis| match axis {
        Axis::Open(open) if asked(*open) => Some(*open),
        _ => None,
    });
    let axes: Vec<Open> = axes.collect();
    let mut parts = Vec::new();
    for group in ways.chunk_by(|a, b| a.1 == b.1) {
        let regions = group.iter().map(|(way, _)| way.clone()).collect();
        let cells: Vec<Cell> = whatever_else(space, regions, asked).iter().map(|way| cell(space, &axes, way)).collect();
        let countries = space.between().then_some(&start.from).filter(|from| **from == start.to);
        let joined = joined(&cells, countries);
        parts.extend(joined.into_iter().map(|cell| (region(space, &axes, cell), group[0].1)));
    }
    Ok(parts)
}

/// The regions without what is not asked: where that makes them meet, each takes in what none before it does.
fn whatever_else(space: &Space<'_>, mut regions: Vec<Region>, asked: &dyn Fn(Open) -> bool) -> Vec<Region> {
    if regions.iter().all(|region| region.rest.iter().all(|entry| asked(entry.0))) {
        return regions;
    }
    for region in &mut regions {
        region.rest.retain(|entry| asked(entry.0));
    }
    let mut apart: Vec<Region> = Vec::new();
    for region in absorbed(regions) {
        let mut left = vec![region];
        for other in &apart {
            left = left.iter().flat_map(|piece| piece.minus(other, &|axis| space.full(axis))).collect();
        }
        apart.extend(left);
    }
    apart
}

fn cell(space: &Space<'_>, axes: &[Open], region: &Region) -> Cell {
    let values = |axis: &Open| region.values(*axis).cloned().unwrap_or_else(|| space.full(*axis));
    let rest = axes.iter().map(values).collect();
    Cell { to: region.to.clone(), from: region.from.clone(), rest, dates: region.dates }
}

fn region(space: &Space<'_>, axes: &[Open], cell: Cell) -> Region {
    let mut region = Region { from: cell.from, to: cell.to, dates: cell.dates, rest: Vec::new() };
    for (axis, values) in axes.iter().zip(cell.rest).filter(|(axis, values)| *values != space.full(**axis)) {
        region = region.restricted(*axis, values);
    }
    region
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
