//! Which of many lists of boxes meet a region, without looking at all of them: rows of bits.
//!
//! Boxes are numbered by their first day. For each value of each axis that some box restricts there is a row, with a
//! bit for every box that admits the value; boxes that do not restrict the axis stand in a row of their own. What meets
//! a region on all axes is the rows of its values, taken together axis by axis. As to days, a region meets a beginning
//! of the numbers, and of that only the words in which something still lasts.

use std::collections::BTreeMap;

use super::region::{Axis, Region};
use super::set::{Set, positions};
use super::space::Space;
use crate::law::{Day, Interval};

/// Lists of boxes.
pub(super) struct Index {
    /// The boxes by their first day: when, and of which list.
    boxes: Vec<(Interval, usize)>,
    /// Of the boxes of each word, the first day after all of them.
    ends: Vec<Day>,
    axes: Vec<(Axis, Rows)>,
    lists: usize,
}

/// The boxes that admit each value of one axis.
struct Rows {
    /// Every value of the axis.
    full: Set,
    /// Boxes that do not restrict it.
    wild: Vec<u64>,
    /// By value, the boxes that restrict it and admit the value.
    of_value: Vec<u64>,
}

impl Index {
    pub(super) fn new<'r>(space: &Space<'_>, lists: impl IntoIterator<Item = &'r [Region]>) -> Self {
        let mut count = 0;
        let mut boxes: Vec<(&Region, usize)> = Vec::new();
        for (list, own) in lists.into_iter().enumerate() {
            boxes.extend(own.iter().map(|region| (region, list)));
            count = list + 1;
        }
        boxes.sort_by_key(|(region, _)| region.dates.from);
        let words = boxes.len().div_ceil(64);
        let ends = boxes
            .chunks(64)
            .map(|word| word.iter().map(|(region, _)| region.dates.until).max().unwrap_or(Day::BEGINNING))
            .collect();
        let everything = space.everything();
        let mut axes: BTreeMap<Axis, Rows> = BTreeMap::new();
        for (place, (region, _)) in boxes.iter().enumerate() {
            let sides = [(Axis::To, &region.to, &everything.to), (Axis::From, &region.from, &everything.from)];
            let sides = sides.into_iter().filter(|(_, values, full)| values != full);
            let sides = sides.map(|(axis, values, _)| (axis, values));
            let rest = region.rest.iter().map(|(axis, values)| (Axis::Rest(*axis), values));
            for (axis, values) in sides.chain(rest) {
                let rows = axes.entry(axis).or_insert_with(|| Rows::new(space, axis, words));
                rows.restrict(place, values, words);
            }
        }
        let boxes = boxes.into_iter().map(|(region, list)| (region.dates, list)).collect();
        Index { boxes, ends, axes: axes.into_iter().collect(), lists: count }
    }

    /// All lists that can meet the region, in order: none is missing, and only a case of one country alone can be all
    /// that a list and the region have in common.
    pub(super) fn near(&self, region: &Region) -> Vec<usize> {
        let begun = self.boxes.partition_point(|(dates, _)| dates.from < region.dates.until);
        let asked: Vec<(&Rows, Set)> =
            self.axes.iter().map(|(axis, rows)| (rows, values(region, *axis, &rows.full))).collect();
        let asked: Vec<_> = asked.into_iter().filter(|(rows, values)| *values != rows.full).collect();
        let mut found = vec![0_u64; self.lists.div_ceil(64)];
        for word in 0..begun.div_ceil(64) {
            if self.ends[word] <= region.dates.from {
                continue;
            }
            let words = self.ends.len();
            let meeting =
                asked.iter().fold(
                    u64::MAX,
                    |left, (rows, values)| {
                        if left == 0 { 0 } else { left & rows.admitting(values, word, words) }
                    },
                );
            for bit in positions(meeting).take_while(|bit| word * 64 + bit < begun) {
                let (dates, list) = self.boxes[word * 64 + bit];
                if dates.until > region.dates.from {
                    found[list / 64] |= 1 << (list % 64);
                }
            }
        }
        found.iter().enumerate().flat_map(|(word, bits)| positions(*bits).map(move |bit| word * 64 + bit)).collect()
    }
}

fn values(region: &Region, axis: Axis, full: &Set) -> Set {
    match axis {
        Axis::To => region.to.and(full),
        Axis::From => region.from.and(full),
        Axis::Rest(axis) => region.values(axis).cloned().unwrap_or_else(|| full.clone()),
        Axis::Days => full.clone(),
    }
}

impl Rows {
    fn new(space: &Space<'_>, axis: Axis, words: usize) -> Self {
        let full = match axis {
            Axis::To => space.everything().to,
            Axis::From => space.everything().from,
            Axis::Rest(axis) => space.full(axis),
            Axis::Days => Set::NONE,
        };
        Rows { full: full.clone(), wild: vec![u64::MAX; words], of_value: vec![0; words * full.len()] }
    }

    fn restrict(&mut self, place: usize, values: &Set, words: usize) {
        let bit = 1 << (place % 64);
        self.wild[place / 64] &= !bit;
        for value in values.and(&self.full).iter() {
            self.of_value[value * words + place / 64] |= bit;
        }
    }

    /// Of one word, the boxes that admit one of the values.
    fn admitting(&self, values: &Set, word: usize, words: usize) -> u64 {
        values.iter().fold(self.wild[word], |all, value| all | self.of_value[value * words + word])
    }
}
