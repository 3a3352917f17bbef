//! Regions: boxes of cases of one matter. Countries and what was asked are sets of values, days an interval; an axis that
//! a region does not name is not restricted.

use super::set::Set;
use super::space::TooLarge;
use super::work::Work;
use crate::answer::Open;
use crate::law::Interval;

/// What tells cases apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Axis {
    /// The requested country.
    To,
    /// The requesting country.
    From,
    /// What else was asked.
    Rest(Open),
    /// The day.
    Days,
}

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

    /// How much of everything it takes in, to compare sizes.
    #[expect(clippy::cast_precision_loss, reason = "to compare sizes")]
    pub(super) fn share(&self, full: &dyn Fn(Open) -> Set) -> f64 {
        let days = f64::from(self.dates.until.0) - f64::from(self.dates.from.0);
        let rest = self.rest.iter().map(|(axis, values)| values.len() as f64 / full(*axis).len().max(1) as f64);
        rest.product::<f64>() * days * self.from.len() as f64 * self.to.len() as f64
    }

    /// The axes that it restricts, as bits that several axes may share.
    fn marks(&self) -> u64 {
        let bit = |axis: &Open| match axis {
            Open::Under => 63,
            Open::Fact(fact) => fact.index() % 63,
        };
        self.rest.iter().fold(0, |marks, (axis, _)| marks | 1 << bit(axis))
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
    pub(super) fn values(&self, axis: Open) -> Option<&Set> {
        self.rest.binary_search_by_key(&axis, |entry| entry.0).ok().map(|place| &self.rest[place].1)
    }

    /// What lies in both, if anything does.
    pub(super) fn and(&self, other: &Region) -> Option<Region> {
        let mut both = Region {
            from: self.from.and(&other.from),
            to: self.to.and(&other.to),
            dates: self.dates.and(other.dates),
            rest: Vec::new(),
        };
        if both.is_empty() {
            return None;
        }
        both.rest.clone_from(&self.rest);
        for (axis, values) in &other.rest {
            both = both.restricted(*axis, values.clone());
        }
        (!both.is_empty()).then_some(both)
    }

    /// Some case lies in both.
    pub(super) fn meets(&self, other: &Region) -> bool {
        self.dates.meets(other.dates)
            && self.sides_meet(other)
            && self.rest.iter().all(|(axis, mine)| match other.values(*axis) {
                Some(theirs) => theirs.meets(mine),
                None => !mine.is_empty(),
            })
            && other.rest.iter().all(|(axis, theirs)| !theirs.is_empty() || self.values(*axis).is_some())
    }

    /// Two countries lie in both; a country asks nothing of itself.
    fn sides_meet(&self, other: &Region) -> bool {
        let (from, to) = (self.from.and(&other.from), self.to.and(&other.to));
        !from.is_empty() && !to.is_empty() && (from != to || from.len() > 1)
    }

    /// Some case lies in both, if that was so before the other was cut on that axis.
    pub(super) fn meets_on(&self, axis: Axis, other: &Region) -> bool {
        match axis {
            Axis::To | Axis::From => self.sides_meet(other),
            Axis::Days => self.dates.meets(other.dates),
            Axis::Rest(axis) => match (self.values(axis), other.values(axis)) {
                (Some(mine), Some(theirs)) => mine.meets(theirs),
                _ => true,
            },
        }
    }

    /// On that axis it reaches no further than the other.
    pub(super) fn is_within_on(&self, axis: Axis, other: &Region) -> bool {
        match axis {
            Axis::To => self.to.is_within(&other.to),
            Axis::From => self.from.is_within(&other.from),
            Axis::Days => other.dates.from <= self.dates.from && self.dates.until <= other.dates.until,
            Axis::Rest(axis) => {
                other.values(axis).is_none_or(|theirs| self.values(axis).is_some_and(|values| values.is_within(theirs)))
            }
        }
    }

    /// The axis on which [`Self::split_by`] cuts: the first on which it reaches beyond the other.
    pub(super) fn first_cut(&self, other: &Region) -> Axis {
        let sides = [Axis::To, Axis::From].into_iter();
        let mut axes = sides.chain(other.rest.iter().map(|entry| Axis::Rest(entry.0)));
        axes.find(|axis| !self.is_within_on(*axis, other)).unwrap_or(Axis::Days)
    }

    /// On how many axes it reaches beyond the other.
    pub(super) fn cuts(&self, other: &Region) -> usize {
        let axes = [Axis::To, Axis::From, Axis::Days].into_iter();
        let axes = axes.chain(other.rest.iter().map(|entry| Axis::Rest(entry.0)));
        axes.filter(|axis| !self.is_within_on(*axis, other)).count()
    }

    /// Every case of it lies in the other.
    pub(super) fn is_within(&self, other: &Region) -> bool {
        other.dates.from <= self.dates.from
            && self.dates.until <= other.dates.until
            && self.is_within_but_for_days(other)
    }

    /// Every case of it lies in the other, whatever the days of both.
    pub(super) fn is_within_but_for_days(&self, other: &Region) -> bool {
        self.from.is_within(&other.from)
            && self.to.is_within(&other.to)
            && other.rest.iter().all(|(axis, theirs)| self.values(*axis).is_some_and(|values| values.is_within(theirs)))
    }

    /// What lies in it and not in the other: boxes that share no case.
    pub(super) fn minus(&self, other: &Region, full: &dyn Fn(Open) -> Set) -> Vec<Region> {
        if self.is_empty() {
            return Vec::new();
        }
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
        if !self.to.is_within(&other.to) {
            let inside = Region { to: self.to.and(&other.to), ..self.clone() };
            return Some((inside, vec![Region { to: self.to.minus(&other.to), ..self.clone() }]));
        }
        if !self.from.is_within(&other.from) {
            let inside = Region { from: self.from.and(&other.from), ..self.clone() };
            return Some((inside, vec![Region { from: self.from.minus(&other.from), ..self.clone() }]));
        }
        for (axis, theirs) in &other.rest {
            let mine = self.values(*axis).cloned().unwrap_or_else(|| full(*axis));
            if !mine.is_within(theirs) {
                let inside = self.clone().restricted(*axis, mine.and(theirs));
                return Some((inside, vec![self.clone().restricted(*axis, mine.minus(theirs))]));
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
pub(super) fn absorbed(boxes: Vec<Region>) -> Vec<Region> {
    absorbed_after(boxes, |_| Ok::<(), std::convert::Infallible>(())).unwrap_or_else(|never| match never {})
}

/// As [`absorbed`], as far as so much may be looked at.
pub(super) fn absorbed_within(boxes: Vec<Region>, work: &Work) -> Result<Vec<Region>, TooLarge> {
    absorbed_after(boxes, |compared| work.spend(compared))
}

fn absorbed_after<E>(mut boxes: Vec<Region>, look: impl Fn(usize) -> Result<(), E>) -> Result<Vec<Region>, E> {
    if boxes.len() < 2 {
        return Ok(boxes);
    }
    boxes.sort();
    boxes.dedup();
    let mut kept: Vec<(u64, Region)> = Vec::with_capacity(boxes.len());
    for region in boxes {
        look(kept.len())?;
        let marks = region.marks();
        // What restricts an axis that another leaves free cannot hold it.
        let lies_within = |(theirs, other): &(u64, Region)| theirs & !marks == 0 && region.is_within(other);
        if kept.iter().any(lies_within) {
            continue;
        }
        kept.retain(|(theirs, other)| marks & !theirs != 0 || !other.is_within(&region));
        kept.push((marks, region));
    }
    Ok(kept.into_iter().map(|(_, region)| region).collect())
}

#[cfg(test)]
#[path = "../../tests/dice.rs"]
mod dice;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::dice::Dice;
    use super::{Region, absorbed};
    use crate::answer::Open;
    use crate::law::{Day, FactId, Interval};
    use crate::proof::set::Set;

    const COUNTRIES: usize = 3;
    const DAYS: i32 = 5;
    /// How many values each axis has.
    const AXES: [usize; 2] = [2, 3];

    type Point = (usize, usize, i32, [usize; 2]);

    fn axis(place: usize) -> Open {
        Open::Fact(FactId(u32::try_from(place).expect("few")))
    }

    fn full(open: Open) -> Set {
        let place = (0..AXES.len()).find(|place| axis(*place) == open).expect("an axis");
        Set::first(AXES[place])
    }

    fn points(region: &Region) -> BTreeSet<Point> {
        let mut points = BTreeSet::new();
        for (from, to) in (0..COUNTRIES).flat_map(|from| (0..COUNTRIES).map(move |to| (from, to))) {
            let has = |set: &Set, value: usize| set.meets(Set::one(value));
            if from == to || !has(&region.from, from) || !has(&region.to, to) {
                continue;
            }
            for on in (0..DAYS).filter(|on| region.dates.contains(Day(*on))) {
                for values in (0..AXES[0]).flat_map(|one| (0..AXES[1]).map(move |other| [one, other])) {
                    let inside = |place: usize| region.values(axis(place)).is_none_or(|set| has(set, values[place]));
                    if inside(0) && inside(1) {
                        points.insert((from, to, on, values));
                    }
                }
            }
        }
        points
    }

    /// Boxes of every kind, empty ones too; the same at each run.
    fn regions(count: usize) -> Vec<Region> {
        let mut dice = Dice::new(1);
        let mut one = move || {
            let mut set = |size: usize| (0..size).filter(|_| dice.throw(3) > 0).collect::<Set>();
            let (from, to) = (set(COUNTRIES), set(COUNTRIES));
            let sets = [set(AXES[0]), set(AXES[1])];
            let mut day = || Day(i32::try_from(dice.throw(6)).expect("few"));
            let dates = Interval { from: day(), until: day() };
            let mut region = Region { from, to, dates, rest: Vec::new() };
            for (place, values) in sets.into_iter().enumerate() {
                if dice.throw(2) == 0 {
                    region = region.restricted(axis(place), values);
                }
            }
            region
        };
        (0..count).map(|_| one()).collect()
    }

    #[test]
    fn the_algebra_of_regions_is_that_of_their_points() {
        let regions = regions(150);
        let sets: Vec<BTreeSet<Point>> = regions.iter().map(points).collect();
        let mut met = 0;
        for (a, x) in regions.iter().zip(&sets) {
            assert_eq!(a.is_empty(), x.is_empty(), "{a:?}");
            assert!(a.minus(a, &full).is_empty(), "nothing is left of {a:?}");
            let part = a.clone().restricted(axis(0), Set::one(1));
            assert!(a.is_empty() || (a.is_within(a) && part.is_within(a)), "{a:?} and its parts lie within it");
            for (b, y) in regions.iter().zip(&sets).filter(|_| !a.is_empty()) {
                let both: BTreeSet<Point> = x & y;
                assert_eq!(a.and(b).as_ref().map(points).unwrap_or_default(), both, "{a:?} and {b:?}");
                assert_eq!(a.meets(b), !both.is_empty(), "{a:?} meets {b:?}");
                assert!(!a.is_within(b) || x.is_subset(y), "{a:?} within {b:?}");
                met += usize::from(!both.is_empty());
                let pieces = a.minus(b, &full);
                let left: BTreeSet<Point> = pieces.iter().flat_map(points).collect();
                assert_eq!(left, x - y, "{a:?} without {b:?}");
                assert_eq!(pieces.iter().map(|piece| points(piece).len()).sum::<usize>(), left.len(), "pieces overlap");
                assert!(pieces.iter().all(|piece| !piece.is_empty()));
            }
        }
        assert!(met > 1000, "the boxes are too far apart to show anything");
    }

    #[test]
    fn a_share_counts_countries_days_and_what_is_left_of_each_axis() {
        let dates = Interval { from: Day(1), until: Day(5) };
        let region = Region { from: Set::first(2), to: Set::first(3), dates, rest: Vec::new() };
        let cut = region.clone().restricted(axis(0), Set::one(0)).restricted(axis(1), Set::first(2));
        let close = |share: f64, expected: f64| assert!((share - expected).abs() < 1e-9, "{share} is not {expected}");
        close(region.share(&full), 24.0);
        close(cut.share(&full), 24.0 / 2.0 * 2.0 / 3.0);
    }

    #[test]
    fn what_lies_within_another_box_is_left_out_and_nothing_else() {
        for chunk in regions(400).chunks(8) {
            let kept = absorbed(chunk.to_vec());
            let all = |regions: &[Region]| regions.iter().flat_map(points).collect::<BTreeSet<_>>();
            assert_eq!(all(&kept), all(chunk));
            for (place, one) in kept.iter().enumerate() {
                assert!(!kept.iter().enumerate().any(|(other, region)| other != place && one.is_within(region)));
            }
        }
    }
}
