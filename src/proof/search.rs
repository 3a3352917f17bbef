//! The search for one case: exact, and it stops at the first.
//!
//! A start region is cut along the boxes of what is watched until each watched thing either takes in the whole piece or
//! none of it. Then the piece is one cell: the same lines apply throughout, and so the verdict is the same.

use super::region::Region;
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

/// The first cell of the start region that is looked for; none: there is none. What cannot be is left out.
pub(super) fn find(
    space: &Space<'_>,
    start: &Region,
    watched: &[&[Region]],
    quarry: &mut dyn Quarry,
) -> Result<Option<Region>, TooLarge> {
    let mut all: Vec<Boxes<'_>> = watched.iter().map(|boxes| Boxes::Open(boxes.iter().collect())).collect();
    all.push(Boxes::Open(space.impossible.iter().collect()));
    let mut search = Search { space, quarry, pieces: 0 };
    search.find(start, &all)
}

/// What of a watched thing still meets the piece.
#[derive(Clone)]
enum Boxes<'r> {
    All,
    None,
    Open(Vec<&'r Region>),
}

struct Search<'s, 'l> {
    space: &'s Space<'l>,
    quarry: &'s mut dyn Quarry,
    pieces: usize,
}

impl Search<'_, '_> {
    fn find(&mut self, piece: &Region, watched: &[Boxes<'_>]) -> Result<Option<Region>, TooLarge> {
        self.pieces += 1;
        if self.pieces > PIECES {
            return Err(TooLarge(format!("more than {PIECES} different circumstances would have to be looked at")));
        }
        if piece.is_empty() {
            return Ok(None);
        }
        let narrowed: Vec<Boxes<'_>> = watched.iter().map(|boxes| narrowed(boxes, piece)).collect();
        let (impossible, watched) = narrowed.split_last().unwrap_or((&Boxes::None, &[]));
        if matches!(impossible, Boxes::All) {
            return Ok(None);
        }
        let taken: Vec<Taken> = watched.iter().map(taken).collect();
        if self.quarry.hopeless(&taken) {
            return Ok(None);
        }
        let Some(cut) = cheapest_cut(piece, &narrowed) else {
            return Ok(self.quarry.found(piece, &taken).then(|| piece.clone()));
        };
        let space = self.space;
        let Some((inside, outside)) = piece.split_by(cut, &|axis| space.full(axis)) else {
            return Ok(None);
        };
        for part in std::iter::once(inside).chain(outside) {
            if let Some(cell) = self.find(&part, &narrowed)? {
                return Ok(Some(cell));
            }
        }
        Ok(None)
    }
}

fn taken(boxes: &Boxes<'_>) -> Taken {
    match boxes {
        Boxes::All => Taken::All,
        Boxes::None => Taken::None,
        Boxes::Open(_) => Taken::Open,
    }
}

fn narrowed<'r>(boxes: &Boxes<'r>, piece: &Region) -> Boxes<'r> {
    let Boxes::Open(boxes) = boxes else { return boxes.clone() };
    if boxes.iter().any(|region| piece.is_within(region)) {
        return Boxes::All;
    }
    let meeting: Vec<&Region> = boxes.iter().copied().filter(|region| region.meets(piece)).collect();
    if meeting.is_empty() { Boxes::None } else { Boxes::Open(meeting) }
}

/// The box with the fewest cuts through the piece.
fn cheapest_cut<'r>(piece: &Region, watched: &[Boxes<'r>]) -> Option<&'r Region> {
    let open = watched.iter().filter_map(|boxes| match boxes {
        Boxes::Open(boxes) => Some(boxes),
        _ => None,
    });
    open.flatten().min_by_key(|region| cuts(piece, region)).copied()
}

fn cuts(piece: &Region, through: &Region) -> usize {
    usize::from(!piece.from.is_within(through.from))
        + usize::from(!piece.to.is_within(through.to))
        + usize::from(piece.dates.and(through.dates) != piece.dates)
        + through.rest.iter().filter(|(axis, set)| piece.values(*axis).is_none_or(|mine| !mine.is_within(*set))).count()
}
