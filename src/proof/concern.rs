//! The cases that a finding concerns, as regions: they come in cells, and are put together to as few and as wide regions as
//! come of joining and widening them. Whoever reads is told the largest, and how many others there are.

use std::collections::BTreeMap;

use super::describe::cases;
use super::place::impossible;
use super::region::{Region, absorbed};
use super::set::Set;
use super::space::Space;
use crate::answer::{Open, OpenValue};
use crate::law::{Interval, Under};

/// So many regions are named.
const SHOWN: usize = 3;
/// So many cells are put together; of more it is only said that there are more.
const MOST_CELLS: usize = 256;
/// So many regions are widened.
const MOST_WIDENED: usize = 48;

/// Cells in which something holds.
#[derive(Clone, Debug)]
pub(super) struct Concern {
    cells: Vec<Region>,
    /// There are no others.
    whole: bool,
    /// It is of one of so many findings that its regions are put together and not made as wide as they can be.
    of_many: bool,
}

impl Default for Concern {
    fn default() -> Self {
        Concern { cells: Vec::new(), whole: true, of_many: false }
    }
}

impl Concern {
    pub(super) fn add(&mut self, cell: &Region) {
        if self.is_full() {
            self.whole = false;
        } else {
            self.cells.push(cell.clone());
        }
    }

    /// No more cells are kept.
    pub(super) fn is_full(&self) -> bool {
        self.cells.len() >= MOST_CELLS
    }

    /// There may be other cases.
    pub(super) fn in_part(&mut self) {
        self.whole = false;
    }

    /// Nobody reads so many findings one by one: their regions are only put together.
    pub(super) fn one_of_many(&mut self) {
        self.of_many = true;
    }

    pub(super) fn append(&mut self, other: &Concern) {
        self.whole &= other.whole;
        other.cells.iter().for_each(|cell| self.add(cell));
    }

    /// All its cases are in these regions.
    pub(super) fn is_whole(&self) -> bool {
        self.whole
    }

    /// As few and as wide regions as come of it, the largest first.
    pub(super) fn regions(&self, space: &Space<'_>) -> Vec<Region> {
        let mut regions = absorbed(joined(space, self.cells.clone()));
        if regions.len() <= MOST_WIDENED && !self.of_many {
            regions = absorbed(widened(space, &regions));
            by_size(space, &mut regions);
            needed(space, &mut regions);
        }
        let mut regions: Vec<Region> = regions.iter().flat_map(|region| by_request(space, region)).collect();
        by_size(space, &mut regions);
        regions
    }

    /// The largest regions in words, and how many others there are.
    pub(super) fn in_words(&self, space: &Space<'_>) -> String {
        let regions = self.regions(space);
        let shown: Vec<String> = regions.iter().take(SHOWN).map(|region| cases(space, region)).collect();
        let more = match regions.len().saturating_sub(SHOWN) {
            _ if !self.whole => "; and other cases".to_owned(),
            0 => String::new(),
            1 => "; and one other region".to_owned(),
            more => format!("; and {more} other regions"),
        };
        format!("{}{more}", shown.join("; "))
    }
}

fn by_size(space: &Space<'_>, regions: &mut [Region]) {
    let share = |region: &Region| region.share(&|axis| space.full(axis));
    regions.sort_by(|a, b| share(b).total_cmp(&share(a)).then_with(|| a.cmp(b)));
}

/// One scope names instruments, or says that there is none.
fn by_request(space: &Space<'_>, region: &Region) -> Vec<Region> {
    let Some(unders) = region.values(Open::Under) else { return vec![region.clone()] };
    let is_none = |position: &usize| space.class(Open::Under, *position) == Some(&OpenValue::Under(Under::Nothing));
    let none: Set = unders.iter().filter(is_none).collect();
    let parts = [unders.minus(&none), none].into_iter().filter(|part| !part.is_empty());
    parts.map(|part| region.clone().restricted(Open::Under, part)).collect()
}

/// What is left of a region without one axis, and what that axis leaves.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct But(Region);

/// Regions that differ on one axis alone become one, until there are no such.
fn joined(space: &Space<'_>, mut regions: Vec<Region>) -> Vec<Region> {
    let everything = space.everything();
    loop {
        let before = regions.len();
        regions = regions.into_iter().map(|region| with_itself(space, region)).collect();
        regions = grouped(regions, |region| {
            let to = std::mem::replace(&mut region.to, everything.to.clone());
            move |region: &mut Region, first: bool| region.to = if first { to.clone() } else { region.to.or(&to) }
        });
        regions = grouped(regions, |region| {
            let from = std::mem::replace(&mut region.from, everything.from.clone());
            move |region: &mut Region, first: bool| {
                region.from = if first { from.clone() } else { region.from.or(&from) }
            }
        });
        let mut axes: Vec<Open> = regions.iter().flat_map(|region| &region.rest).map(|entry| entry.0).collect();
        axes.sort_unstable();
        axes.dedup();
        for axis in axes {
            let full = space.full(axis);
            regions = grouped(regions, |region| {
                let values = region.values(axis).unwrap_or(&full).clone();
                let full = full.clone();
                region.rest.retain(|entry| entry.0 != axis);
                move |region: &mut Region, first: bool| {
                    let all = if first { values.clone() } else { region.values(axis).unwrap_or(&full).or(&values) };
                    region.rest.retain(|entry| entry.0 != axis);
                    if all != full {
                        *region = region.clone().restricted(axis, all);
                    }
                }
            });
        }
        regions = days_joined(regions);
        if regions.len() == before {
            return regions;
        }
    }
}

/// Puts regions together that are the same once an axis is taken out; what was taken out is put back together.
fn grouped<P: Fn(&mut Region, bool)>(regions: Vec<Region>, take_out: impl Fn(&mut Region) -> P) -> Vec<Region> {
    let mut groups: BTreeMap<But, Vec<P>> = BTreeMap::new();
    for mut region in regions {
        let put_back = take_out(&mut region);
        groups.entry(But(region)).or_default().push(put_back);
    }
    let together = groups.into_iter().map(|(But(mut region), parts)| {
        for (at, put_back) in parts.iter().enumerate() {
            put_back(&mut region, at == 0);
        }
        region
    });
    together.collect()
}

fn days_joined(regions: Vec<Region>) -> Vec<Region> {
    let mut groups: BTreeMap<But, Vec<Interval>> = BTreeMap::new();
    for region in regions {
        let dates = region.dates;
        groups.entry(But(Region { dates: Interval::ALWAYS, ..region })).or_default().push(dates);
    }
    let mut together = Vec::new();
    for (But(region), mut stretches) in groups {
        stretches.sort_unstable_by_key(|dates| (dates.from, dates.until));
        let mut follow: Vec<Interval> = Vec::new();
        for dates in stretches {
            match follow.last_mut() {
                Some(last) if dates.from <= last.until => last.until = last.until.max(dates.until),
                _ => follow.push(dates),
            }
        }
        together.extend(follow.into_iter().map(|dates| Region { dates, ..region.clone() }));
    }
    together
}

/// A country asks nothing of itself: a side that leaves out only the country of the other side leaves out no case.
fn with_itself(space: &Space<'_>, mut region: Region) -> Region {
    if space.between() {
        let (from, to) = (region.from.clone(), region.to.clone());
        if to.len() == 1 {
            region.from = from.or(&to);
        }
        if from.len() == 1 {
            region.to = to.or(&from);
        }
    }
    region
}

/// Each region with every axis as wide as all of them together reach.
fn widened(space: &Space<'_>, regions: &[Region]) -> Vec<Region> {
    let impossible = impossible(space, &[regions]);
    let everything = space.everything();
    let is_covered = |wide: &Region| {
        let mut left = vec![wide.clone()];
        for other in regions.iter().chain(impossible.iter()).filter(|other| other.meets(wide)) {
            left = left.iter().flat_map(|piece| piece.minus(other, &|axis| space.full(axis))).collect();
            if left.len() > MOST_CELLS {
                return false;
            }
        }
        left.iter().all(Region::is_empty)
    };
    let wide = |region: &Region| {
        let mut region = region.clone();
        let attempt = |region: &mut Region, wider: Region| {
            if wider != *region && is_covered(&wider) {
                *region = wider;
            }
        };
        let axes: Vec<Open> = region.rest.iter().map(|entry| entry.0).collect();
        for axis in axes {
            let rest = region.rest.iter().filter(|entry| entry.0 != axis).cloned().collect();
            let without = Region { rest, ..region.clone() };
            attempt(&mut region, without);
            for values in regions.iter().filter_map(|other| other.values(axis)) {
                let mut wider = region.clone();
                wider.rest.iter_mut().filter(|entry| entry.0 == axis).for_each(|entry| entry.1 = entry.1.or(values));
                attempt(&mut region, wider);
            }
        }
        for from in std::iter::once(&everything.from).chain(regions.iter().map(|other| &other.from)) {
            let wider = Region { from: region.from.or(from), ..region.clone() };
            attempt(&mut region, wider);
        }
        for to in std::iter::once(&everything.to).chain(regions.iter().map(|other| &other.to)) {
            let wider = Region { to: region.to.or(to), ..region.clone() };
            attempt(&mut region, wider);
        }
        for dates in std::iter::once(everything.dates).chain(regions.iter().map(|other| other.dates)) {
            let dates =
                Interval { from: region.dates.from.min(dates.from), until: region.dates.until.max(dates.until) };
            let wider = Region { dates, ..region.clone() };
            attempt(&mut region, wider);
        }
        region
    };
    regions.iter().map(wide).collect()
}

/// Leaves out the regions all of whose cases lie in others or cannot be.
fn needed(space: &Space<'_>, regions: &mut Vec<Region>) {
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
