//! Boxes of one change as regions that a reader takes in: joined where they differ on one axis alone, widened over what
//! cannot be, and without those that lie in others.

use std::collections::BTreeMap;

use super::joint::{Cell, Joint};
use crate::law::Interval;
use crate::proof::Set;

/// More boxes than these are not widened: nobody reads them one by one.
const WIDENED: usize = 400;

/// The boxes as few regions; `fits` says that everything in a box is the same change or no case.
pub(super) fn regions(joint: &Joint<'_>, cells: &[Cell], fits: &dyn Fn(&Cell) -> bool) -> Vec<Cell> {
    let mut regions = joined(joint, cells.to_vec());
    if joint.between {
        // a country asks nothing of itself, so that it may as well stand on both sides
        let both_ways = cells.iter().cloned().map(with_itself).collect();
        let other = joined(joint, both_ways);
        if other.len() < regions.len() {
            regions = other;
        }
    }
    if regions.len() <= WIDENED {
        regions = regions.into_iter().map(|region| widened(joint, region, fits)).collect();
        regions = joined(joint, regions);
    }
    let mut kept: Vec<Cell> = Vec::new();
    for region in regions {
        if !kept.iter().any(|other| region.is_within(other)) {
            kept.retain(|other| !other.is_within(&region));
            kept.push(region);
        }
    }
    kept.sort();
    kept
}

fn with_itself(mut cell: Cell) -> Cell {
    if cell.to.len() == 1 {
        cell.from = cell.from.or(&cell.to);
    } else if cell.from.len() == 1 {
        cell.to = cell.to.or(&cell.from);
    }
    cell
}

/// What is left when two that differ on one axis alone become one, until there are none.
fn joined(joint: &Joint<'_>, mut cells: Vec<Cell>) -> Vec<Cell> {
    loop {
        let before = cells.len();
        cells = cells.into_iter().map(|cell| open_sides(joint, cell)).collect();
        cells = days_joined(cells);
        for axis in (0..joint.axes.len() + 2).rev() {
            cells = joined_on(cells, axis);
        }
        if cells.len() == before {
            return cells;
        }
    }
}

/// A side that leaves out only the one country of the other is not restricted.
fn open_sides(joint: &Joint<'_>, mut cell: Cell) -> Cell {
    let all = Set::first(joint.countries.len());
    if joint.between && cell.to.len() == 1 && cell.from.or(&cell.to) == all {
        cell.from = all;
    } else if joint.between && cell.from.len() == 1 && cell.to.or(&cell.from) == all {
        cell.to = all;
    }
    cell
}

fn joined_on(cells: Vec<Cell>, axis: usize) -> Vec<Cell> {
    let mut known: BTreeMap<Cell, Set> = BTreeMap::new();
    for mut cell in cells {
        let values = std::mem::replace(side_mut(&mut cell, axis), Set::NONE);
        let all = known.entry(cell).or_insert(Set::NONE);
        *all = all.or(values);
    }
    let with = |(mut cell, values): (Cell, Set)| {
        *side_mut(&mut cell, axis) = values;
        cell
    };
    known.into_iter().map(with).collect()
}

fn side_mut(cell: &mut Cell, axis: usize) -> &mut Set {
    match axis {
        0 => &mut cell.to,
        1 => &mut cell.from,
        axis => &mut cell.rest[axis - 2],
    }
}

fn days_joined(cells: Vec<Cell>) -> Vec<Cell> {
    let mut known: BTreeMap<Cell, Vec<Interval>> = BTreeMap::new();
    for mut cell in cells {
        let dates = std::mem::replace(&mut cell.dates, Interval::ALWAYS);
        known.entry(cell).or_default().push(dates);
    }
    let mut joined = Vec::new();
    for (cell, mut stretches) in known {
        stretches.sort_unstable();
        let mut last: Option<Interval> = None;
        for dates in stretches {
            match &mut last {
                Some(last) if dates.from <= last.until => last.until = last.until.max(dates.until),
                _ => joined.extend(last.replace(dates).map(|dates| Cell { dates, ..cell.clone() })),
            }
        }
        joined.extend(last.map(|dates| Cell { dates, ..cell.clone() }));
    }
    joined
}

/// Without every restriction that no other case needs: facts first, then countries.
fn widened(joint: &Joint<'_>, mut region: Cell, fits: &dyn Fn(&Cell) -> bool) -> Cell {
    let everything = joint.everything();
    let mut attempt = |wider: Cell| {
        if wider != region && fits(&wider) {
            region = wider;
        }
        region.clone()
    };
    let mut now = attempt(everything.clone());
    for axis in (0..joint.axes.len()).rev() {
        let mut wider = now.clone();
        wider.rest[axis] = everything.rest[axis].clone();
        now = attempt(wider);
    }
    now = attempt(Cell { from: everything.from, ..now });
    attempt(Cell { to: everything.to, ..now })
}
