//! A case in hand for a finding: the command line that asks for it, with as few facts as show the fault.

use std::collections::BTreeSet;

use super::contest::Contest;
use super::region::Region;
use super::set::Set;
use crate::answer::{Asked, LineRef, Open, Outcome, Status, answer_among, applicability, asked};
use crate::case::Case;
use crate::law::{FactId, Interval};
use crate::words;

/// So many circumstances at most are certainly all looked at when the case is asked.
const CERTAINLY_ASKED: usize = 1 << 12;

/// So many lines are looked at, over all circumstances that are asked, for the cases of one question; where its findings are
/// so many that this is spent, the others show all facts of their case.
const MOST_ASKED: usize = 10_000_000;

/// A command line for a case of the cell; with as few facts as show the status.
pub(super) fn witness(contest: &Contest<'_, '_>, cell: &Region, status: Status) -> String {
    witness_of(contest, cell, &|outcome| outcome.status == status)
}

/// A command line for a case of the cell, with no fact that could be left out and the fault be seen all the same.
pub(super) fn witness_of(contest: &Contest<'_, '_>, cell: &Region, shows: &dyn Fn(&Outcome) -> bool) -> String {
    let case = least(contest, contest.case(cell), contest.full_case(cell), shows);
    words::ask_command(contest.law(), contest.question.head, &case)
}

fn least(contest: &Contest<'_, '_>, short: Case, full: Case, shows: &dyn Fn(&Outcome) -> bool) -> Case {
    // With nothing to leave out the cell itself is the proof.
    if short == full && full.facts.is_empty() && full.under.is_none() {
        return full;
    }
    let lines = applying(contest, &full);
    let is_seen = |case: &Case| {
        let open = circumstances(contest, case, &lines);
        open <= CERTAINLY_ASKED
            && contest.may_ask(open.saturating_mul(lines.len()), MOST_ASKED)
            && shows(&answer_among(contest.law(), contest.question.head, case, &lines))
    };
    let mut case = if is_seen(&short) { short } else { full };
    if case.under.is_some() {
        let less = Case { under: None, ..case.clone() };
        if is_seen(&less) {
            case = less;
        }
    }
    for fact in case.facts.keys().copied().collect::<Vec<_>>() {
        let mut less = case.clone();
        less.facts.remove(&fact);
        if is_seen(&less) {
            case = less;
        }
    }
    case
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
