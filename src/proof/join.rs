//! Boxes that share no case, as fewer boxes that share none: two that differ on one axis alone become one.

use std::collections::BTreeMap;

use super::set::Set;
use crate::law::Interval;

/// A box of cases that says of every axis which values it takes in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Cell {
    pub(crate) to: Set,
    pub(crate) from: Set,
    /// By axis.
    pub(crate) rest: Vec<Set>,
    pub(crate) dates: Interval,
}

impl Cell {
    /// What lies in both, if anything does.
    pub(crate) fn meets(&self, other: &Cell) -> Option<Cell> {
        let both = Cell {
            to: self.to.and(&other.to),
            from: self.from.and(&other.from),
            rest: self.rest.iter().zip(&other.rest).map(|(one, other)| one.and(other)).collect(),
            dates: self.dates.and(other.dates),
        };
        let some = !both.dates.is_empty() && !both.rest.iter().any(Set::is_empty);
        (some && !both.to.is_empty() && !both.from.is_empty()).then_some(both)
    }

    /// Every case of it lies in the other.
    pub(crate) fn is_within(&self, other: &Cell) -> bool {
        self.to.is_within(&other.to)
            && self.from.is_within(&other.from)
            && other.dates.from <= self.dates.from
            && self.dates.until <= other.dates.until
            && self.rest.iter().zip(&other.rest).all(|(mine, theirs)| mine.is_within(theirs))
    }

    fn values(&mut self, axis: usize) -> &mut Set {
        match axis {
            0 => &mut self.to,
            1 => &mut self.from,
            axis => &mut self.rest[axis - 2],
        }
    }

    /// With the country of a side of one on the other side too: it asks nothing of itself, so that it may as well stand there.
    fn with_itself(mut self) -> Cell {
        if self.to.len() == 1 {
            self.from = self.from.or(&self.to);
        } else if self.from.len() == 1 {
            self.to = self.to.or(&self.from);
        }
        self
    }

    /// A side that leaves out only the one country of the other is not restricted.
    fn with_open_sides(mut self, all: &Set) -> Cell {
        if self.to.len() == 1 && self.from.or(&self.to) == *all {
            self.from = all.clone();
        } else if self.from.len() == 1 && self.to.or(&self.from) == *all {
            self.to = all.clone();
        }
        self
    }
}

/// The boxes as few; between countries these are all that there are.
pub(crate) fn joined(cells: &[Cell], countries: Option<&Set>) -> Vec<Cell> {
    let axes = cells.first().map_or(0, |cell| cell.rest.len()) + 2;
    let upwards: Vec<usize> = (0..axes).rev().collect();
    let mut orders = vec![upwards.clone()];
    // countries first
    orders.push(upwards.iter().copied().filter(|axis| *axis < 2).chain((2..axes).rev()).collect());
    let mut starts = vec![cells.to_vec()];
    if countries.is_some() {
        starts.push(cells.iter().cloned().map(Cell::with_itself).collect());
    }
    let ways = starts.iter().flat_map(|cells| orders.iter().map(move |order| (cells, order)));
    let made = ways.map(|(cells, order)| joined_in_order(cells.clone(), order, countries));
    made.min_by_key(Vec::len).unwrap_or_default()
}

fn joined_in_order(mut cells: Vec<Cell>, order: &[usize], countries: Option<&Set>) -> Vec<Cell> {
    loop {
        let before = cells.len();
        if let Some(all) = countries {
            cells = cells.into_iter().map(|cell| cell.with_open_sides(all)).collect();
        }
        cells = days_joined(cells);
        for axis in order {
            cells = joined_on(cells, *axis);
        }
        if cells.len() == before {
            return cells;
        }
    }
}

fn joined_on(cells: Vec<Cell>, axis: usize) -> Vec<Cell> {
    let mut known: BTreeMap<Cell, Set> = BTreeMap::new();
    for mut cell in cells {
        let values = std::mem::replace(cell.values(axis), Set::NONE);
        let all = known.entry(cell).or_insert(Set::NONE);
        *all = all.or(values);
    }
    let with = |(mut cell, values): (Cell, Set)| {
        *cell.values(axis) = values;
        cell
    };
    known.into_iter().map(with).collect()
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
