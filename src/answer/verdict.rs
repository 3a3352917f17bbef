//! The verdict in one case (semantics, section 6): a function of the set of lines that apply.
//!
//! A line is in if all that beat it are out, and out if one that beats it is in; what is left is open. So a beaten rule
//! beats nothing, and an exception to an exception revives the rule.

use super::precedence::{Defeater, Precedence, is_unread};
use super::{Dispute, DisputeKind, LineRef, Status};
use crate::law::{ClauseId, QuestionKind};

/// What becomes of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// It decides.
    In,
    /// It is beaten.
    Out,
    /// It is in an unsettled circle.
    Open,
}

/// The verdict over the lines that apply; positions are those of the list it was given.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// What kind of answer it is.
    pub status: Status,
    /// What became of each line; a text that is not held is [`Label::Open`] and takes no part.
    pub labels: Vec<Label>,
    /// `defeats[loser]` lists the lines that beat it and are in; of a text that is not held, if they settle it.
    pub defeats: Vec<Vec<(usize, Vec<ClauseId>)>>,
    /// The texts that are not held and leave it open or incomplete.
    pub unread: Vec<usize>,
    /// Who disagrees, if it is a conflict.
    pub disputes: Vec<Dispute>,
}

/// So many pairs of lines that disagree are kept apart.
pub(crate) const MOST_PAIRS: usize = 10_000;

/// Decides among the lines that apply.
pub fn verdict(precedence: Precedence<'_>, lines: &[LineRef]) -> Verdict {
    let held: Vec<usize> = (0..lines.len()).filter(|i| !is_unread(&lines[*i].line)).collect();
    let unread: Vec<usize> = (0..lines.len()).filter(|i| is_unread(&lines[*i].line)).collect();
    let beaten_by: Vec<Vec<(usize, Defeater)>> = (0..lines.len())
        .map(|loser| {
            let winners = held.iter().filter(|winner| !is_unread(&lines[loser].line) && **winner != loser);
            winners
                .filter_map(|winner| Some((*winner, precedence.beats(&lines[*winner].line, &lines[loser].line)?)))
                .collect()
        })
        .collect();
    let attackers: Vec<Vec<usize>> = beaten_by.iter().map(|by| by.iter().map(|by| by.0).collect()).collect();
    let mut labels = grounded(&attackers);
    for text in &unread {
        labels[*text] = Label::Open;
    }
    let is_in = |i: &&usize| labels[**i] == Label::In;
    let winners: Vec<usize> = held.iter().filter(is_in).copied().collect();

    let mut disputes = open_disputes(precedence, &held, &labels, &beaten_by, lines);
    if disputes.is_empty() {
        disputes = unsettled(precedence, &winners, lines);
    }
    let left_open: Vec<usize> =
        unread.iter().filter(|u| !settled_against(precedence, &winners, &lines[**u], lines)).copied().collect();
    let collected = precedence.head.kind() == QuestionKind::Collected;
    let status = if !disputes.is_empty() {
        Status::Conflict
    } else if winners.is_empty() {
        if unread.is_empty() { Status::NoRule } else { Status::Undetermined }
    } else if left_open.is_empty() || collected {
        Status::Answered
    } else {
        Status::Undetermined
    };
    let mut defeats: Vec<Vec<(usize, Vec<ClauseId>)>> = beaten_by
        .iter()
        .map(|by| {
            let deciding = by.iter().filter(|(winner, _)| labels[*winner] == Label::In);
            deciding.map(|(winner, defeater)| (*winner, defeater.by.clone())).collect()
        })
        .collect();
    // An answer that stands against a text that is not held rests on the clauses by which it does, and says so.
    for &text in unread.iter().filter(|text| !left_open.contains(text)) {
        let stands = |winner: &usize| {
            let defeater = precedence.beats(&lines[*winner].line, &lines[text].line)?;
            (!precedence.inverted(&lines[*winner].line, &lines[text].line)).then_some((*winner, defeater.by))
        };
        defeats[text] = winners.iter().filter_map(stands).collect();
    }
    let unread = if status == Status::Conflict { Vec::new() } else { left_open };
    Verdict { status, labels, defeats, unread, disputes }
}

/// The grounded labelling of lines, given those that beat each: each line is looked at when the last one that can settle it
/// was settled.
pub(crate) fn grounded(beaten_by: &[Vec<usize>]) -> Vec<Label> {
    let mut losers: Vec<Vec<usize>> = vec![Vec::new(); beaten_by.len()];
    for (line, by) in beaten_by.iter().enumerate() {
        for winner in by {
            losers[*winner].push(line);
        }
    }
    let mut labels = vec![Label::Open; beaten_by.len()];
    // How many of those that beat a line are not out.
    let mut left: Vec<usize> = beaten_by.iter().map(Vec::len).collect();
    let mut waiting: Vec<usize> = (0..left.len()).filter(|line| left[*line] == 0).collect();
    while let Some(line) = waiting.pop() {
        labels[line] = Label::In;
        for &out in &losers[line] {
            if std::mem::replace(&mut labels[out], Label::Out) == Label::Out {
                continue;
            }
            for &freed in &losers[out] {
                left[freed] -= 1;
                if left[freed] == 0 && labels[freed] == Label::Open {
                    waiting.push(freed);
                }
            }
        }
    }
    labels
}

/// What is in an unsettled circle: each inverted pair, and a circle of clauses.
fn open_disputes(
    precedence: Precedence<'_>,
    held: &[usize],
    labels: &[Label],
    beaten_by: &[Vec<(usize, Defeater)>],
    lines: &[LineRef],
) -> Vec<Dispute> {
    let open: Vec<usize> = held.iter().filter(|line| labels[**line] == Label::Open).copied().collect();
    let mut disputes = Vec::new();
    for &claimant in &open {
        for &other in &open {
            if precedence.inverted(&lines[claimant].line, &lines[other].line) {
                let mut clauses = precedence.claims(&lines[claimant].line, &lines[other].line);
                clauses.extend(precedence.concessions(&lines[claimant].line, &lines[other].line));
                clauses.sort_unstable();
                clauses.dedup();
                let pair = vec![lines[claimant], lines[other]];
                disputes.push(Dispute { kind: DisputeKind::Inversion, lines: pair, clauses });
            }
        }
    }
    for circle in circles(&open, beaten_by) {
        let mut clauses: Vec<ClauseId> = Vec::new();
        for (place, loser) in circle.iter().enumerate() {
            let winner = circle[(place + 1) % circle.len()];
            clauses.extend(beaten_by[*loser].iter().filter(|by| by.0 == winner).flat_map(|by| by.1.by.iter().copied()));
        }
        clauses.sort_unstable();
        clauses.dedup();
        let lines = circle.into_iter().map(|line| lines[line]).collect();
        disputes.push(Dispute { kind: DisputeKind::Cycle, lines, clauses });
    }
    disputes
}

/// Circles among the open lines, each line beaten by the next, in which no inverted pair has a part: those are disputes
/// of their own. Each line that lies in a circle lies in one of these.
fn circles(open: &[usize], beaten_by: &[Vec<(usize, Defeater)>]) -> Vec<Vec<usize>> {
    let inverted = |loser: usize, winner: usize| {
        beaten_by[loser].iter().any(|(by, defeater)| *by == winner && defeater.answers_an_inversion)
    };
    let beaters = |line: usize| -> Vec<usize> {
        let beaters = beaten_by[line].iter().map(|by| by.0);
        beaters.filter(|by| open.contains(by) && !inverted(line, *by) && !inverted(*by, line)).collect()
    };
    let mut circles: Vec<Vec<usize>> = Vec::new();
    for &line in open {
        if !circles.iter().flatten().any(|known| *known == line) {
            circles.extend(circle(line, &beaters));
        }
    }
    circles
}

/// A shortest circle through the line, if there is one.
fn circle(line: usize, beaters: &dyn Fn(usize) -> Vec<usize>) -> Option<Vec<usize>> {
    let mut reached: Vec<(usize, usize)> = vec![(line, 0)];
    let mut place = 0;
    while let Some((at, _)) = reached.get(place).copied() {
        for next in beaters(at) {
            if next == line {
                return Some(way_back(&reached, place));
            }
            if !reached.iter().any(|(known, _)| *known == next) {
                reached.push((next, place));
            }
        }
        place += 1;
    }
    None
}

/// The lines by which the last was reached from the first.
fn way_back(reached: &[(usize, usize)], last: usize) -> Vec<usize> {
    let mut way = vec![reached[last].0];
    let mut place = last;
    while place > 0 {
        place = reached[place].1;
        way.push(reached[place].0);
    }
    way.reverse();
    way
}

/// Lines that stand and disagree: every pair, or of very many pairs so many and then those that name a line not yet named.
fn unsettled(precedence: Precedence<'_>, winners: &[usize], lines: &[LineRef]) -> Vec<Dispute> {
    let mut disputes = Vec::new();
    let mut is_named = vec![false; lines.len()];
    for (place, &a) in winners.iter().enumerate() {
        for &b in &winners[place + 1..] {
            let counts = disputes.len() < MOST_PAIRS || !is_named[a] || !is_named[b];
            if counts && precedence.clash(&lines[a].line, &lines[b].line) {
                (is_named[a], is_named[b]) = (true, true);
                let pair = vec![lines[a], lines[b]];
                disputes.push(Dispute { kind: DisputeKind::Unsettled, lines: pair, clauses: Vec::new() });
            }
        }
    }
    disputes
}

/// Whatever the text that is not held says, each standing answer holds against it: by itself, or by another line of the
/// same value and at least its strength.
fn settled_against(precedence: Precedence<'_>, winners: &[usize], unread: &LineRef, lines: &[LineRef]) -> bool {
    let beats = |line: usize| {
        let line = &lines[line].line;
        precedence.beats(line, &unread.line).is_some() && !precedence.inverted(line, &unread.line)
    };
    !winners.is_empty()
        && winners.iter().all(|&line| {
            let answer = |line: usize| lines[line].line.answer.map(|answer| &precedence.law[answer]);
            let Some(standing) = answer(line) else { return false };
            winners.iter().any(|&other| {
                answer(other).is_some_and(|theirs| {
                    theirs.values == standing.values
                        && theirs.limit == standing.limit
                        && theirs.strength <= standing.strength
                }) && beats(other)
            })
        })
}
