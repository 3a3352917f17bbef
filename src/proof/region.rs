//! Regions: boxes of cases of one matter. Countries and what was asked are sets of values, days an interval; an axis that
//! a region does not name is not restricted.

use super::set::Set;
use crate::answer::Open;
use crate::law::Interval;

/// A box of cases.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Region {
    /// The requesting countries. In a matter within one country they are not restricted.
    pub(super) from: Set,
    /// The requested countries, or the one country.
    pub(super) to: Set,
    /// The days.
    pub(super) dates: Interval,
    /// What else is restricted, in the order of the axes.
    pub(super) rest: Vec<(Open, Set)>,
}

impl Region {
    /// Every case.
    pub(super) const EVERYTHING: Region =
        Region { from: Set::ALL, to: Set::ALL, dates: Interval::ALWAYS, rest: Vec::new() };

    /// Some case lies in it; a country asks nothing of itself.
    pub(super) fn is_empty(&self) -> bool {
        self.dates.is_empty()
            || self.from.is_empty()
            || self.to.is_empty()
            || (self.from == self.to && self.from.len() == 1)
            || self.rest.iter().any(|(_, set)| set.is_empty())
    }

    /// Restricted to some values of one more axis.
    pub(super) fn restricted(mut self, axis: Open, values: Set) -> Region {
        match self.rest.binary_search_by_key(&axis, |entry| entry.0) {
            Ok(place) => self.rest[place].1 = self.rest[place].1.and(values),
            Err(place) => self.rest.insert(place, (axis, values)),
        }
        self
    }

    /// The values that it leaves to an axis; none: all.
    pub(super) fn values(&self, axis: Open) -> Option<Set> {
        self.rest.binary_search_by_key(&axis, |entry| entry.0).ok().map(|place| self.rest[place].1)
    }

    /// What lies in both, if anything does.
    pub(super) fn and(&self, other: &Region) -> Option<Region> {
        let mut both = Region {
            from: self.from.and(other.from),
            to: self.to.and(other.to),
            dates: self.dates.and(other.dates),
            rest: Vec::new(),
        };
        if both.is_empty() {
            return None;
        }
        both.rest.clone_from(&self.rest);
        for (axis, values) in &other.rest {
            both = both.restricted(*axis, *values);
        }
        (!both.is_empty()).then_some(both)
    }

    /// Some case lies in both.
    pub(super) fn meets(&self, other: &Region) -> bool {
        self.dates.meets(other.dates)
            && self.from.meets(other.from)
            && self.to.meets(other.to)
            && self.rest.iter().all(|(axis, values)| other.values(*axis).is_none_or(|theirs| theirs.meets(*values)))
            && self.and(other).is_some()
    }

    /// Every case of it lies in the other.
    pub(super) fn is_within(&self, other: &Region) -> bool {
        self.from.is_within(other.from)
            && self.to.is_within(other.to)
            && other.dates.from <= self.dates.from
            && self.dates.until <= other.dates.until
            && other
                .rest
                .iter()
                .all(|(axis, theirs)| self.values(*axis).is_some_and(|values| values.is_within(*theirs)))
    }

    /// What lies in it and not in the other: boxes that share no case.
    pub(super) fn minus(&self, other: &Region, full: &dyn Fn(Open) -> Set) -> Vec<Region> {
        if !self.meets(other) {
            return vec![self.clone()];
        }
        let mut left = self.clone();
        let mut pieces = Vec::new();
        while let Some((inside, outside)) = left.split_by(other, full) {
            pieces.extend(outside.into_iter().filter(|piece| !piece.is_empty()));
            left = inside;
        }
        pieces
    }

    /// Cuts off what lies outside the other on the first axis on which something does; none if nothing does.
    pub(super) fn split_by(&self, other: &Region, full: &dyn Fn(Open) -> Set) -> Option<(Region, Vec<Region>)> {
        if !self.to.is_within(other.to) {
            let inside = Region { to: self.to.and(other.to), ..self.clone() };
            return Some((inside, vec![Region { to: self.to.minus(other.to), ..self.clone() }]));
        }
        if !self.from.is_within(other.from) {
            let inside = Region { from: self.from.and(other.from), ..self.clone() };
            return Some((inside, vec![Region { from: self.from.minus(other.from), ..self.clone() }]));
        }
        for (axis, theirs) in &other.rest {
            let mine = self.values(*axis).unwrap_or_else(|| full(*axis));
            if !mine.is_within(*theirs) {
                let inside = self.clone().restricted(*axis, mine.and(*theirs));
                return Some((inside, vec![self.clone().restricted(*axis, mine.minus(*theirs))]));
            }
        }
        let within = self.dates.and(other.dates);
        if within == self.dates {
            return None;
        }
        let before = Interval { from: self.dates.from, until: within.from };
        let after = Interval { from: within.until, until: self.dates.until };
        let outside = [before, after].into_iter().filter(|dates| !dates.is_empty());
        let outside = outside.map(|dates| Region { dates, ..self.clone() }).collect();
        Some((Region { dates: within, ..self.clone() }, outside))
    }
}

/// Leaves out every box that lies within another.
pub(super) fn absorbed(mut boxes: Vec<Region>) -> Vec<Region> {
    boxes.sort();
    boxes.dedup();
    let mut kept: Vec<Region> = Vec::with_capacity(boxes.len());
    for region in boxes {
        if kept.iter().any(|other| region.is_within(other)) {
            continue;
        }
        kept.retain(|other| !other.is_within(&region));
        kept.push(region);
    }
    kept
}
