//! Boxes of one change as regions that a reader takes in: joined where they differ on one axis alone, and widened over what
//! cannot be where no other region stands. No two share a case.

use super::joint::{Cell, Joint};
use crate::proof::{Set, joined};

/// More boxes than these are not widened: nobody reads them one by one.
const WIDENED: usize = 400;

/// The boxes as few regions; `fits` says that everything in a box is the same change or no case. None meets one of `others`,
/// the regions of other changes.
pub(super) fn regions(joint: &Joint<'_>, cells: &[Cell], others: &[Cell], fits: &dyn Fn(&Cell) -> bool) -> Vec<Cell> {
    let countries = joint.between.then(|| Set::first(joint.countries.len()));
    let mut regions = joined(cells, countries.as_ref());
    if regions.len() <= WIDENED {
        let mut at = 0;
        while at < regions.len() {
            let region = regions.remove(at);
            let wide = widened(joint, region, &|wider| {
                let apart = |other: &Cell| !share_a_case(joint, wider, other);
                fits(wider)
                    && others.iter().all(apart)
                    && regions.iter().all(|other| other.is_within(wider) || apart(other))
            });
            // What it has taken in stands for nothing more.
            at -= regions[..at].iter().filter(|other| other.is_within(&wide)).count();
            regions.retain(|other| !other.is_within(&wide));
            regions.insert(at, wide);
            at += 1;
        }
    }
    regions.sort();
    regions
}

/// A country asks nothing of itself.
fn share_a_case(joint: &Joint<'_>, one: &Cell, other: &Cell) -> bool {
    one.meets(other).is_some_and(|both| !joint.between || both.from != both.to || both.from.len() > 1)
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
