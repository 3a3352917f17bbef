//! By whom a rule that never decides is beaten.

use std::collections::BTreeSet;

use super::contest::Contest;
use super::fate::{Fated, Wanted};
use super::region::Region;
use super::search::{Quarry, Taken, find_within};
use super::space::TooLarge;
use crate::answer::Label;

/// How many pieces are looked at for the sake of a reason. Beyond that all lines are named that can beat it.
const SOON: usize = 50_000;

/// Lines that beat the line in every case of these regions, of which none can be left out.
pub(super) fn beaten_by(contest: &Contest<'_, '_>, place: usize, regions: &[Region]) -> Vec<usize> {
    cover(contest, place, regions).unwrap_or_else(|_| {
        let near: BTreeSet<usize> = regions.iter().flat_map(|region| contest.meeting(region)).collect();
        let can_beat = |other: &usize| {
            contest.is_held(*other) && contest.clash(place, *other) && contest.kin.can_beat(*other, place)
        };
        near.into_iter().filter(|other| *other != place && can_beat(other)).collect()
    })
}

fn cover(contest: &Contest<'_, '_>, place: usize, regions: &[Region]) -> Result<Vec<usize>, TooLarge> {
    let mut by: Vec<usize> = Vec::new();
    while let Some(other) = another(contest, place, regions, &by)? {
        by.push(other);
    }
    for line in by.clone() {
        let rest: Vec<usize> = by.iter().copied().filter(|other| *other != line).collect();
        if !rest.is_empty() && another(contest, place, regions, &rest)?.is_none() {
            by = rest;
        }
    }
    by.sort_unstable();
    Ok(by)
}

/// A line that beats it in some case in which none of these does.
fn another(
    contest: &Contest<'_, '_>,
    place: usize,
    regions: &[Region],
    by: &[usize],
) -> Result<Option<usize>, TooLarge> {
    for region in regions {
        let of = [place];
        let lines = contest.attackers(&of, region);
        let fated = Fated::new(contest, &of, Wanted::Unbeaten, &lines, region);
        let mut quarry = Another { contest, place, lines: &lines, by, fated, found: None };
        find_within(SOON, contest.space, region, &contest.watched(&lines), &mut quarry)?;
        if quarry.found.is_some() {
            return Ok(quarry.found);
        }
    }
    Ok(None)
}

struct Another<'c, 's, 'l> {
    contest: &'c Contest<'s, 'l>,
    place: usize,
    lines: &'c [usize],
    by: &'c [usize],
    fated: Fated<'c, 's, 'l>,
    found: Option<usize>,
}

impl Quarry for Another<'_, '_, '_> {
    fn hopeless(&self, taken: &[Taken]) -> bool {
        let taking = self.lines.iter().zip(taken).enumerate().filter(|(_, (_, taken))| **taken == Taken::All);
        taking.into_iter().any(|(at, (line, _))| self.fated.decides(at) && self.by.contains(line))
    }

    fn found(&mut self, cell: &Region, taken: &[Taken]) -> bool {
        let line = &self.contest.lines[self.place].line;
        let precedence = self.contest.precedence(cell);
        let labels = self.contest.labels(cell, self.lines, taken);
        let winners = labels.into_iter().filter(|(other, label)| {
            let beats = || precedence.beats(&self.contest.lines[*other].line, line).is_some();
            *label == Label::In && self.contest.clash(*other, self.place) && beats()
        });
        let winners: Vec<usize> = winners.map(|(other, _)| other).collect();
        if !winners.iter().any(|winner| self.by.contains(winner)) {
            self.found = winners.first().copied();
        }
        self.found.is_some()
    }
}
