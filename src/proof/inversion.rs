//! Claims against a text to which whoever claims must yield.

use std::collections::BTreeMap;

use super::contest::Contest;
use super::region::Region;
use super::search::{Cell, Taken, find};
use super::space::TooLarge;
use super::witness::witness;
use crate::answer::Status;
use crate::finding::{Code, Finding};
use crate::law::{ClauseId, InstrumentId, Law};
use crate::words;

/// One finding for a claim and the text against which it is made.
pub(super) type Inversions = BTreeMap<(ClauseId, InstrumentId), Finding>;

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
        let concession = precedence.concessions(line, against).first().copied();
        found
            .entry((*claim, against.instrument))
            .or_insert_with(|| finding(contest, (claimant, other), &cell, *claim, concession));
    }
    Ok(())
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
