//! Cells in which certain lines are not beaten.

use super::contest::Contest;
use super::region::Region;
use super::search::{Quarry, Taken};
use crate::answer::Label;

/// What is to become of lines.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// All of them stand.
    Standing,
    /// None of them is beaten; they stand, or it is open.
    Unbeaten,
}

/// Looks for a cell in which the same becomes of all these lines, among those on which it turns.
pub(super) struct Fated<'c, 's, 'l> {
    contest: &'c Contest<'s, 'l>,
    of: &'c [usize],
    wanted: Wanted,
    /// What is watched.
    lines: &'c [usize],
    /// Which of them beats one of the lines wherever it applies, and is beaten by none itself.
    deciding: Vec<bool>,
}

impl<'c, 's, 'l> Fated<'c, 's, 'l> {
    /// `lines` are the attackers of the lines in the region that is searched.
    pub(super) fn new(
        contest: &'c Contest<'s, 'l>,
        of: &'c [usize],
        wanted: Wanted,
        lines: &'c [usize],
        start: &Region,
    ) -> Self {
        // Where clauses speak of days or sides, who beats whom is known in a cell only.
        if !contest.seams.is_empty() || lines.len() == 1 {
            return Fated { contest, of, wanted, lines, deciding: Vec::new() };
        }
        let precedence = contest.precedence(start);
        let can_beat =
            |winner: usize, loser: usize| contest.kin.can_beat(winner, loser) && contest.clash(winner, loser);
        let beats = |winner: usize, loser: usize| {
            can_beat(winner, loser)
                && precedence.beats(&contest.lines[winner].line, &contest.lines[loser].line).is_some()
        };
        let decides = |line: usize| {
            of.iter().any(|loser| beats(line, *loser)) && !lines.iter().any(|other| can_beat(*other, line))
        };
        Fated { contest, of, wanted, lines, deciding: lines.iter().map(|line| decides(*line)).collect() }
    }
}

impl Fated<'_, '_, '_> {
    /// The line at that place of the list beats one of the lines wherever it applies, and is beaten by none itself.
    pub(super) fn decides(&self, at: usize) -> bool {
        self.deciding.get(at).copied().unwrap_or_default()
    }
}

impl Quarry for Fated<'_, '_, '_> {
    fn hopeless(&self, taken: &[Taken]) -> bool {
        self.deciding.iter().zip(taken).any(|(deciding, taken)| *deciding && *taken == Taken::All)
    }

    fn found(&mut self, cell: &Region, taken: &[Taken]) -> bool {
        has_fate(self.contest, self.of, self.wanted, cell, self.lines, taken)
    }
}

/// It becomes of all these lines in the cell, among those of `lines` that take it in.
pub(super) fn has_fate(
    contest: &Contest<'_, '_>,
    of: &[usize],
    wanted: Wanted,
    cell: &Region,
    lines: &[usize],
    taken: &[Taken],
) -> bool {
    let labels = contest.labels(cell, lines, taken);
    of.iter().all(|line| match labels.iter().find(|label| label.0 == *line) {
        Some((_, Label::In)) => true,
        Some((_, Label::Open)) => wanted == Wanted::Unbeaten,
        _ => false,
    })
}
