//! Clauses that name a text and settle nothing, or nothing that another clause does not settle.

use std::collections::{BTreeMap, BTreeSet};

use super::contest::Contest;
use super::kin::Kin;
use super::region::Region;
use super::search::{Cell, Taken, find};
use super::space::TooLarge;
use crate::answer::{clauses_for, is_unread};
use crate::check::Meetings;
use crate::finding::{Code, Finding, Fix};
use crate::law::{Clause, ClauseEffect, ClauseId, Law, Target};
use crate::source::Span;
use crate::words;

/// What each clause that names a text does, over all questions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Use {
    /// Without it nothing changes.
    #[default]
    Idle,
    /// Some pair is settled as it says, and another clause settles it the same way.
    Doubled,
    /// Without it some pair would be settled in another way, or not at all.
    Needed,
}

/// The use of each clause.
pub(super) type Uses = BTreeMap<ClauseId, Use>;

/// Every clause that names a text, not yet seen to do anything; those without any common case are reported as such.
pub(super) fn named(law: &Law) -> Uses {
    let meetings = Meetings::new(law);
    let named = law
        .clauses()
        .filter(|(_, clause)| matches!(clause.target, Target::Text { .. }) && meetings.shares_a_case(clause));
    named.map(|(id, _)| (id, Use::Idle)).collect()
}

/// Looks at every pair of a question that disagrees and meets.
pub(super) fn survey(contest: &Contest<'_, '_>, uses: &mut Uses) -> Result<(), TooLarge> {
    let law = contest.law();
    for owner in 0..contest.lines.len() {
        if contest.kin.is_alone(owner) {
            continue;
        }
        let mut near: Option<Vec<usize>> = None;
        let open = |id: &ClauseId| uses.get(id).is_some_and(|seen| *seen != Use::Needed);
        let clauses: BTreeSet<ClauseId> = clauses_for(law, &contest.lines[owner].line).filter(open).collect();
        for clause in clauses {
            let near = near.get_or_insert_with(|| {
                let mut near: Vec<usize> = contest.boxes[owner].iter().flat_map(|own| contest.meeting(own)).collect();
                near.sort_unstable();
                near.dedup();
                near
            });
            for &other in near.iter().filter(|other| **other != owner) {
                if uses.get(&clause) == Some(&Use::Needed) {
                    break;
                }
                if Kin::can_be_named(law, &contest.lines[other], &law[clause]) && contest.clash(owner, other) {
                    let seen = effect(contest, clause, owner, other)?;
                    let known = uses.entry(clause).or_default();
                    *known = seen.max(*known);
                }
            }
        }
    }
    Ok(())
}

/// What the clause, spoken by one line, does to its pair with another, wherever both apply.
fn effect(contest: &Contest<'_, '_>, clause: ClauseId, owner: usize, other: usize) -> Result<Use, TooLarge> {
    let (line, against) = (&contest.lines[owner].line, &contest.lines[other].line);
    let law = contest.law();
    let Target::Text { instrument, .. } = law[clause].target else { return Ok(Use::Needed) };
    let claims_nothing = law[clause].effect == ClauseEffect::Claims && is_unread(line);
    if against.instrument != instrument || claims_nothing {
        return Ok(Use::Idle);
    }
    let mut seen = Use::Idle;
    for start in &contest.boxes[owner] {
        let watched = [contest.boxes[other].as_slice()];
        let watched: Vec<&[Region]> = watched.into_iter().chain(contest.seams.iter().map(Vec::as_slice)).collect();
        let mut needed = Cell(|cell: &Region, taken: &[Taken]| {
            if taken[0] != Taken::All {
                return false;
            }
            let with = contest.precedence(cell);
            if !with.names_pair(clause, line, against) {
                return false;
            }
            let without = with.without(clause);
            let edges = |precedence: crate::answer::Precedence<'_>| {
                (
                    precedence.beats(line, against).map(|defeater| defeater.answers_an_inversion),
                    precedence.beats(against, line).map(|defeater| defeater.answers_an_inversion),
                )
            };
            seen = seen.max(Use::Doubled);
            edges(with) != edges(without)
        });
        if find(contest.space, start, &watched, &mut needed)?.is_some() {
            return Ok(Use::Needed);
        }
    }
    Ok(seen)
}

/// A finding for each clause that settles nothing.
pub(super) fn findings(law: &Law, uses: &Uses) -> Vec<Finding> {
    let unneeded = uses.iter().filter(|(_, seen)| **seen != Use::Needed);
    // What names several texts is taken out as a whole, or not at all.
    let stands = |most: Use| -> BTreeSet<Span> {
        let needed = law.clauses().filter(|(id, _)| uses.get(id).is_none_or(|seen| *seen > most));
        needed.map(|(_, clause)| clause.span).collect()
    };
    let (not_idle, needed) = (stands(Use::Idle), stands(Use::Doubled));
    unneeded
        .map(|(id, seen)| {
            let clause = &law[*id];
            let found = finding(law, clause, *seen);
            if !not_idle.contains(&clause.span) {
                found.fix(Fix::remove(clause.span, "take the clause out"))
            } else if !needed.contains(&clause.span) {
                // which of the two says it better is no question for a program
                found
                    .fix(Fix::remove(clause.span, "take the clause out; answers then rest on the other one").unsafely())
            } else {
                found
            }
        })
        .collect()
}

fn finding(law: &Law, clause: &Clause, seen: Use) -> Finding {
    let says = words::clause(law, clause);
    if seen == Use::Doubled {
        let message = format!("another clause already settles what this one settles: {says}");
        return Finding::new(Code::DoubledClause, clause.span, message);
    }
    Finding::new(Code::IdlePrecedence, clause.span, format!("this clause settles nothing: {says}"))
        .why("in no case do the texts that it names both apply and disagree, so that it hides nothing and helps nobody")
        .help("delete it; or check that the rule with which it should settle a disagreement is written")
}
