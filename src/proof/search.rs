//! The search for one case: exact, and it stops at the first.
//!
//! A start region is cut along the boxes of what is watched until each watched thing either takes in the whole piece or
//! none of it. Then the piece is one cell: the same lines apply throughout, and so the verdict is the same.
//!
//! Only boxes that cross the piece are carried along, each with the number of axes on which it does. A cut changes one
//! axis, so that on the way down each of them is compared on that axis alone; all lists of boxes lie in one stack.

use super::place::impossible;
use super::region::{Axis, Region};
use super::space::{Space, TooLarge};

/// How many pieces one search may look at.
const PIECES: usize = 1_000_000;

/// What is known of a watched thing on a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// It takes in all of it.
    All,
    /// It takes in none of it.
    None,
    /// Not settled yet.
    Open,
}

/// What is looked for.
pub(super) trait Quarry {
    /// No cell of the piece can be one that is looked for.
    fn hopeless(&self, taken: &[Taken]) -> bool;
    /// The cell is one that is looked for.
    fn found(&mut self, cell: &Region, taken: &[Taken]) -> bool;
}

/// A quarry that is told by its cell alone.
pub(super) struct Cell<F>(pub(super) F);

impl<F: FnMut(&Region, &[Taken]) -> bool> Quarry for Cell<F> {
    fn hopeless(&self, _: &[Taken]) -> bool {
        false
    }

    fn found(&mut self, cell: &Region, taken: &[Taken]) -> bool {
        self.0(cell, taken)
    }
}

/// Any case that nothing watched takes in.
pub(super) struct Uncovered;

impl Quarry for Uncovered {
    fn hopeless(&self, taken: &[Taken]) -> bool {
        taken.contains(&Taken::All)
    }

    fn found(&mut self, _: &Region, _: &[Taken]) -> bool {
        true
    }
}

/// The first cell of the start region that is looked for; none: there is none. What cannot be is left out.
pub(super) fn find(
    space: &Space<'_>,
    start: &Region,
    watched: &[&[Region]],
    quarry: &mut dyn Quarry,
) -> Result<Option<Region>, TooLarge> {
    find_within(PIECES, space, start, watched, quarry)
}

/// As [`find`], with so many pieces to look at.
pub(super) fn find_within(
    most: usize,
    space: &Space<'_>,
    start: &Region,
    watched: &[&[Region]],
    quarry: &mut dyn Quarry,
) -> Result<Option<Region>, TooLarge> {
    let asked: Vec<&[Region]> = watched.iter().copied().chain([std::slice::from_ref(start)]).collect();
    let impossible = impossible(space, &asked);
    let lists = watched.iter().copied().chain([&*impossible]);
    let mut search = Search {
        space,
        quarry,
        left: most,
        most,
        taken: Vec::with_capacity(watched.len() + 1),
        crossing: Vec::new(),
        settled: Vec::new(),
    };
    for (list, boxes) in lists.enumerate() {
        let before = search.crossing.len();
        let mut taken = Taken::None;
        for region in boxes.iter().filter(|region| region.meets(start)) {
            let cuts = start.cuts(region);
            if cuts == 0 {
                taken = Taken::All;
                search.crossing.truncate(before);
                break;
            }
            taken = Taken::Open;
            search.crossing.push(Crossing { list, region, cuts });
        }
        search.taken.push(taken);
    }
    let count = search.crossing.len();
    search.find(start, 0..count)
}

/// The start region holds a case that can be.
pub(super) fn is_possible(space: &Space<'_>, start: &Region) -> Result<bool, TooLarge> {
    if space.impossible.is_empty() && space.misplaced.is_empty() {
        return Ok(!start.is_empty());
    }
    Ok(find(space, start, &[], &mut Uncovered)?.is_some())
}

/// A box of a watched thing that takes in some of the piece and not all of it.
#[derive(Clone, Copy)]
struct Crossing<'r> {
    list: usize,
    region: &'r Region,
    /// On how many axes the piece reaches beyond it.
    cuts: usize,
}

struct Search<'s, 'l, 'r> {
    space: &'s Space<'l>,
    quarry: &'s mut dyn Quarry,
    /// How many pieces may still be looked at, of how many.
    left: usize,
    most: usize,
    /// Of each watched thing, and at last of what cannot be.
    taken: Vec<Taken>,
    /// The boxes that cross the piece, in the order of their lists, after those of the pieces it lies in.
    crossing: Vec<Crossing<'r>>,
    /// What is watched and was settled on the way down, in that order.
    settled: Vec<usize>,
}

impl Search<'_, '_, '_> {
    fn find(&mut self, piece: &Region, crossing: std::ops::Range<usize>) -> Result<Option<Region>, TooLarge> {
        if self.left == 0 {
            let most = self.most;
            return Err(TooLarge::new(format!("more than {most} different circumstances would have to be looked at")));
        }
        self.left -= 1;
        self.space.work.spend(1 + crossing.len())?;
        let (impossible, taken) = self.taken.split_last().unwrap_or((&Taken::None, &[]));
        if piece.is_empty() || *impossible == Taken::All || self.quarry.hopeless(taken) {
            return Ok(None);
        }
        let Some(cut) = self.crossing[crossing.clone()].iter().min_by_key(|crossing| crossing.cuts) else {
            return Ok(self.quarry.found(piece, taken).then(|| piece.clone()));
        };
        let (axis, space) = (piece.first_cut(cut.region), self.space);
        let Some((inside, outside)) = piece.split_by(cut.region, &|axis| space.full(axis)) else { return Ok(None) };
        for part in std::iter::once(inside).chain(outside) {
            let (lists, settled) = (self.crossing.len(), self.settled.len());
            self.narrow(piece, &part, axis, crossing.clone());
            let found = self.find(&part, lists..self.crossing.len())?;
            self.crossing.truncate(lists);
            for list in self.settled.drain(settled..) {
                self.taken[list] = Taken::Open;
            }
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// Puts the boxes that still cross the part on the stack, and notes what is settled there.
    fn narrow(&mut self, piece: &Region, part: &Region, axis: Axis, crossing: std::ops::Range<usize>) {
        let mut at = crossing.start;
        while at < crossing.end {
            let list = self.crossing[at].list;
            let before = self.crossing.len();
            let mut taken = Taken::None;
            while at < crossing.end && self.crossing[at].list == list {
                let mut next = self.crossing[at];
                at += 1;
                if taken == Taken::All || !next.region.meets_on(axis, part) {
                    continue;
                }
                if !piece.is_within_on(axis, next.region) && part.is_within_on(axis, next.region) {
                    next.cuts -= 1;
                }
                if next.cuts == 0 {
                    taken = Taken::All;
                    self.crossing.truncate(before);
                } else {
                    taken = Taken::Open;
                    self.crossing.push(next);
                }
            }
            if taken != Taken::Open {
                self.taken[list] = taken;
                self.settled.push(list);
            }
        }
    }
}
