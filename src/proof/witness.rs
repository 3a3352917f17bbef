//! A case in hand for a finding: the command line that asks for it, with as few facts as show the fault.

use std::collections::BTreeSet;

use super::contest::Contest;
use super::region::Region;
use super::set::Set;
use crate::answer::{Asked, LineRef, Open, Status, answer_among, applicability, asked};
use crate::case::Case;
use crate::law::{FactId, Interval};
use crate::words;

/// So many circumstances at most are certainly all looked at when the case is asked.
const CERTAINLY_ASKED: usize = 1 << 12;

/// A command line for a case of the cell; with as few facts as show the status.
pub(super) fn witness(contest: &Contest<'_, '_>, cell: &Region, status: Status) -> String {
    let short = contest.case(cell);
    let outcome = answer_among(contest.law(), contest.question.head, &short, &applying(contest, &short));
    command(contest, cell, short, outcome.status == status)
}

/// A command line for a case of a cell in which two lines stand and disagree.
pub(super) fn witness_of_conflict(contest: &Contest<'_, '_>, cell: &Region) -> String {
    let short = contest.case(cell);
    // They do so throughout the cell, and that is seen if not too much else is left open.
    let shows = circumstances(contest, &short, &applying(contest, &short)) <= CERTAINLY_ASKED;
    command(contest, cell, short, shows)
}

fn command(contest: &Contest<'_, '_>, cell: &Region, short: Case, shows: bool) -> String {
    let case = if shows { short } else { contest.full_case(cell) };
    words::ask_command(contest.law(), contest.question.head, &case)
}

/// The lines that apply in the setting of the case, as the reference would find them.
fn applying(contest: &Contest<'_, '_>, case: &Case) -> Vec<LineRef> {
    let setting = crate::answer::setting(case);
    let one = |country: crate::law::CountryId| Set::one(country.index());
    let from = if contest.space.between() { one(setting.requesting) } else { Set::ALL };
    let dates = Interval { from: setting.on, until: setting.on.next() };
    let point = Region { from, to: one(setting.requested), dates, rest: Vec::new() };
    let lines = contest.meeting(&point).into_iter().map(|line| contest.lines[line]);
    lines.filter(|line| applicability::line_applies(contest.law(), &line.line, setting)).collect()
}

/// How many circumstances the case leaves open, at most.
fn circumstances(contest: &Contest<'_, '_>, case: &Case, lines: &[LineRef]) -> usize {
    let law = contest.law();
    let mut tests = Asked::new();
    let conditions = lines.iter().map(|line| &law[line.line.condition]);
    conditions
        .chain(law.nevers.iter().map(|never| &never.condition))
        .for_each(|condition| asked(condition, &mut tests));
    let facts: BTreeSet<FactId> = tests.into_keys().filter(|fact| !case.facts.contains_key(fact)).collect();
    let open = facts.into_iter().map(Open::Fact).chain(case.under.is_none().then_some(Open::Under));
    open.fold(1, |count: usize, axis| count.saturating_mul(contest.space.full(axis).len().max(1)))
}
