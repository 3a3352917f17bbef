//! Claims against a text to which whoever claims must yield.

use std::collections::BTreeMap;

use super::contest::Contest;
use super::region::Region;
use super::search::{Cell, Taken, find};
use super::space::TooLarge;
use super::witness::witness;
use crate::answer::{DisputeKind, Status};
use crate::finding::{Code, Finding};
use crate::law::{ClauseId, InstrumentId, Law};
use crate::words;

/// One finding for a claim and the text against which it is made.
pub(super) type Inversions = BTreeMap<(ClauseId, InstrumentId), Inverted>;

/// A claim against a text, shown by a case.
pub(super) struct Inverted {
    /// It leaves the two open in the case; otherwise something else decides there.
    is_open: bool,
    pub(super) finding: Finding,
}

/// Looks for a claim of one line against the other, where both apply.
pub(super) fn search(
    contest: &Contest<'_, '_>,
    (claimant, other): (usize, usize),
    meeting: &[Region],
    found: &mut Inversions,
) -> Result<(), TooLarge> {
    if !contest.kin.can_invert(claimant, other) {
        return Ok(());
    }
    let (line, against) = (&contest.lines[claimant].line, &contest.lines[other].line);
    for start in meeting {
        let watched = contest.watched(&[]);
        let mut inverted = Cell(|cell: &Region, _: &[Taken]| contest.precedence(cell).inverted(line, against));
        let Some(cell) = find(contest.space, start, &watched, &mut inverted)? else { continue };
        let precedence = contest.precedence(&cell);
        let claims = precedence.claims(line, against);
        let Some(claim) = claims.first() else { continue };
        let key = (*claim, against.instrument);
        // A case in which the two are left open shows it best.
        if found.get(&key).is_some_and(|known| known.is_open) {
            continue;
        }
        let concession = precedence.concessions(line, against).first().copied();
        let open = open_cell(contest, (claimant, other), start)?;
        if open.is_some() || !found.contains_key(&key) {
            let (is_open, cell) = (open.is_some(), open.unwrap_or(cell));
            let finding = finding(contest, (claimant, other), &cell, *claim, concession);
            found.insert(key, Inverted { is_open, finding });
        }
    }
    Ok(())
}

/// A cell in which the claim leaves the two open, if nothing else decides there: that is where it is seen.
fn open_cell(
    contest: &Contest<'_, '_>,
    (claimant, other): (usize, usize),
    start: &Region,
) -> Result<Option<Region>, TooLarge> {
    let (line, against) = (&contest.lines[claimant].line, &contest.lines[other].line);
    let lines = contest.attackers(&[claimant, other], start);
    let mut open = Cell(|cell: &Region, taken: &[Taken]| {
        contest.precedence(cell).inverted(line, against) && {
            contest.verdict(cell, &lines, taken).disputes.iter().any(|dispute| dispute.kind == DisputeKind::Inversion)
        }
    });
    find(contest.space, start, &contest.watched(&lines), &mut open)
}

fn finding(
    contest: &Contest<'_, '_>,
    (claimant, other): (usize, usize),
    cell: &Region,
    claim: ClauseId,
    concession: Option<ClauseId>,
) -> Finding {
    let law = contest.law();
    let (line, against) = (&contest.lines[claimant].line, &contest.lines[other].line);
    let yields = match concession {
        Some(clause) => words::clause(law, &law[clause]),
        None => format!("{} does not bind, and the rule is mandatory", law[line.instrument].name),
    };
    let message = format!(
        "{} claims to prevail over {}, to which it must yield",
        words::citation(law, line),
        words::citation(law, against)
    );
    let mut finding = Finding::new(Code::Inversion, law[claim].span, message)
        .about([clause_subject(law, claim), law[against.instrument].name.clone()])
        .label("this claim settles nothing")
        .other(against.span, "the rule that it claims to set aside")
        .why(format!("{yields}; a text may always give way, but it cannot take from a text to which it yields"))
        .help(format!(
            "delete the claim; or, if {} lets others depart from it, write `allows otherwise by {}` there",
            words::citation(law, against),
            law[line.instrument].kind.word()
        ))
        .witness(witness(contest, cell, Status::Conflict));
    if let Some(clause) = concession {
        finding = finding.other(law[clause].span, "here it gives way");
    }
    finding
}

/// Whose clause it is, and what it says.
pub(super) fn clause_subject(law: &Law, clause: ClauseId) -> String {
    format!("{}: {}", words::clause_owner(law, &law[clause]), words::clause(law, &law[clause]))
}
