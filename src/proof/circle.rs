//! Circles of clauses that leave lines open.

use std::collections::{BTreeMap, BTreeSet};

use super::concern::Concern;
use super::contest::Contest;
use super::inversion::clause_subject;
use super::region::Region;
use super::search::{Cell, Taken, find};
use super::space::TooLarge;
use super::witness::witness;
use crate::answer::{Dispute, DisputeKind, Status};
use crate::finding::{Code, Finding};
use crate::law::{ClauseId, Target};
use crate::words;

/// A circle, a cell in which it is open, and all of them.
struct Found {
    circle: Dispute,
    cell: Region,
    concern: Concern,
}

/// One finding to a set of clauses.
#[derive(Default)]
pub(super) struct Circles {
    found: BTreeMap<Vec<ClauseId>, Found>,
    searched: BTreeSet<(usize, Region)>,
}

impl Circles {
    pub(super) fn findings(self, contest: &Contest<'_, '_>) -> Vec<Finding> {
        self.found.values().map(|found| cycle(contest, found)).collect()
    }

    /// Looks for open lines where two lines meet, until each open case is in a circle that has been found.
    pub(super) fn search(
        &mut self,
        contest: &Contest<'_, '_>,
        (a, b): (usize, usize),
        meeting: &[Region],
    ) -> Result<(), TooLarge> {
        if !contest.kin.is_circling(a) || !contest.kin.is_circling(b) {
            return Ok(());
        }
        for start in meeting {
            if !self.searched.insert((a, start.clone())) {
                continue;
            }
            let lines = contest.ancestors(&[a], start);
            let known = &mut self.found;
            let mut open = Cell(|cell: &Region, taken: &[Taken]| {
                let verdict = contest.verdict(cell, &lines, taken);
                for circle in verdict.disputes.iter().filter(|dispute| dispute.kind == DisputeKind::Cycle) {
                    let first = || Found { circle: circle.clone(), cell: cell.clone(), concern: Concern::default() };
                    known.entry(circle.clauses.clone()).or_insert_with(first).concern.add(cell);
                }
                // Every cell is looked at: another may lie in another circle.
                false
            });
            find(contest.space, start, &contest.watched(&lines), &mut open)?;
        }
        Ok(())
    }
}

fn cycle(contest: &Contest<'_, '_>, Found { circle, cell, concern }: &Found) -> Finding {
    let law = contest.law();
    let cited = circle.lines.iter().map(|line| words::citation(law, &line.line));
    let message = format!(
        "each gives way to the next in a circle: {}",
        cited
            .chain(circle.lines.first().map(|line| words::citation(law, &line.line)))
            .collect::<Vec<_>>()
            .join(", then ")
    );
    let mut clauses = circle.clauses.iter().map(|id| &law[*id]);
    let place = clauses.next().map_or(circle.lines[0].line.span, |clause| clause.span);
    let said: BTreeSet<String> = circle.clauses.iter().map(|id| clause_subject(law, *id)).collect();
    let mut finding = Finding::new(Code::Cycle, place, message).about(said).label("a clause of the circle");
    for clause in clauses {
        finding = finding.other(clause.span, "a clause of the circle");
    }
    let concerned = circle.clauses.iter().filter(|id| !matches!(law[**id].target, Target::Text { .. })).count();
    let help = if concerned > 0 {
        "let one of the texts say which comes first, by name: `notwithstanding …` in one or `subject to …` in the other"
    } else {
        "delete one of the clauses"
    };
    finding
        .why(format!("in {} none of them can be applied", concern.in_words(contest.space)))
        .help(help)
        .witness(witness(contest, cell, Status::Conflict))
}
