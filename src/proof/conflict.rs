//! Conflicts net of third rules: where two rules stand, disagree, and nothing written settles it.
//!
//! Two lines that disagree and meet are a conflict only where both stand; a third line may have beaten one of them, and
//! a fourth that one in turn. So each pair that meets is searched over the lines that can have a part in its fate.

use std::collections::BTreeMap;

use super::circle::Circles;
use super::contest::Contest;
use super::describe::cases;
use super::fate::{Fated, Wanted, has_fate};
use super::inversion::{self, Inversions};
use super::pairs::Pairs;
use super::region::Region;
use super::search::{Cell, Taken, find, is_possible};
use super::space::TooLarge;
use super::witness::witness_of_conflict;
use crate::finding::{Code, Finding};
use crate::law::ProvisionId;
use crate::words;

/// So many pairs of rules are counted for one cause; more make the finding no clearer.
const MOST_PAIRS: usize = 20;

/// Findings are one to a cause: the two provisions.
type Cause = (Option<ProvisionId>, Option<ProvisionId>);

/// All disagreements over one question.
pub(super) fn check(contest: &Contest<'_, '_>) -> Result<Vec<Finding>, TooLarge> {
    let mut conflicts: BTreeMap<Cause, Found> = BTreeMap::new();
    let mut inversions = Inversions::new();
    let mut circles = Circles::default();
    let pairs = Pairs::of(contest);
    for a in (0..contest.lines.len()).filter(|line| contest.is_held(*line)) {
        // What was counted enough for the provision that was looked at last.
        let mut enough: Option<Cause> = None;
        for b in pairs.after(a) {
            let linked = contest.kin.linked(a, b);
            let cause = (contest.lines[a].line.provision, contest.lines[b].line.provision);
            let counted = enough == Some(cause) || conflicts.get(&cause).is_some_and(|found| found.pairs == MOST_PAIRS);
            if counted {
                enough = Some(cause);
                if !linked {
                    continue;
                }
            }
            let meeting = pairs.meeting(a, b);
            if linked {
                inversion::search(contest, (a, b), &meeting, &mut inversions)?;
                inversion::search(contest, (b, a), &meeting, &mut inversions)?;
                circles.search(contest, (a, b), &meeting)?;
            }
            if counted {
                continue;
            }
            let known = conflicts.get_mut(&cause);
            let Some(cell) = both_stand(contest, [a, b], &meeting, known.is_none())? else { continue };
            match known {
                Some(found) => found.pairs += 1,
                None => {
                    conflicts.insert(cause, Found { lines: (a, b), cell, pairs: 1 });
                }
            }
        }
    }
    let mut findings = Vec::new();
    for found in conflicts.into_values() {
        findings.push(conflict(contest, &found)?);
    }
    findings.extend(inversions.into_values());
    findings.extend(circles.findings.into_values());
    Ok(findings)
}

/// A conflict with a cell for which it is true.
struct Found {
    lines: (usize, usize),
    cell: Region,
    pairs: usize,
}

/// A cell in which both lines stand. Where it is to be `shown`, it is cut along everything that a clause links with
/// them, so that nothing else is decided differently within it.
fn both_stand(
    contest: &Contest<'_, '_>,
    pair: [usize; 2],
    meeting: &[Region],
    shown: bool,
) -> Result<Option<Region>, TooLarge> {
    let alone = pair.iter().all(|line| contest.kin.is_alone(*line));
    for start in meeting {
        if alone && !shown {
            if is_possible(contest.space, start)? {
                return Ok(Some(start.clone()));
            }
            continue;
        }
        let attackers = contest.attackers(&pair, start);
        let mut standing = Fated::new(contest, &pair, Wanted::Standing, &attackers, start);
        let Some(cell) = find(contest.space, start, &contest.watched(&attackers), &mut standing)? else { continue };
        if !shown || alone {
            return Ok(Some(cell));
        }
        let lines = contest.ancestors(&pair, start);
        let mut stand = Cell(|cell: &Region, taken: &[Taken]| stand(contest, &pair, &lines, cell, taken));
        return find(contest.space, start, &contest.watched(&lines), &mut stand);
    }
    Ok(None)
}

fn stand(contest: &Contest<'_, '_>, pair: &[usize], lines: &[usize], cell: &Region, taken: &[Taken]) -> bool {
    has_fate(contest, pair, Wanted::Standing, cell, lines, taken)
}

/// The largest region around a cell in which both lines still stand: conditions are dropped one by one.
fn widened(contest: &Contest<'_, '_>, a: usize, b: usize, cell: &Region) -> Result<Region, TooLarge> {
    let everything = contest.space.everything();
    let mut region = cell.clone();
    let mut candidates = vec![
        Region { dates: everything.dates, ..region.clone() },
        Region { from: everything.from, ..region.clone() },
        Region { to: everything.to, ..region.clone() },
    ];
    candidates.extend(region.rest.iter().map(|(axis, _)| {
        let rest = region.rest.iter().filter(|entry| entry.0 != *axis).copied().collect();
        Region { rest, ..region.clone() }
    }));
    let lines_of = |line: usize| contest.boxes[line].iter();
    for wider in candidates {
        // Conditions dropped so far stay dropped.
        let wider = Region {
            from: if wider.from == everything.from { wider.from } else { region.from },
            to: if wider.to == everything.to { wider.to } else { region.to },
            dates: if wider.dates == everything.dates { wider.dates } else { region.dates },
            rest: region.rest.iter().filter(|entry| wider.rest.contains(entry)).copied().collect(),
        };
        let both = lines_of(a).flat_map(|one| lines_of(b).filter_map(|other| one.and(other)?.and(&wider)));
        let hulls: Vec<Region> = both.collect();
        let Some(hull) = hulls.iter().find(|hull| cell.is_within(hull)) else { continue };
        let lines = contest.attackers(&[a, b], hull);
        let mut fails = Cell(|cell: &Region, taken: &[Taken]| !stand(contest, &[a, b], &lines, cell, taken));
        if find(contest.space, hull, &contest.watched(&lines), &mut fails)?.is_none() {
            region = hull.clone();
        }
    }
    Ok(region)
}

fn conflict(contest: &Contest<'_, '_>, found: &Found) -> Result<Finding, TooLarge> {
    let law = contest.law();
    let (a, b) = found.lines;
    let (one, other) = (&contest.lines[a].line, &contest.lines[b].line);
    let head = contest.question.head;
    let region = widened(contest, a, b, &found.cell)?;
    let says =
        |line: &crate::law::Line| line.answer.map_or_else(String::new, |answer| words::answer(law, head, &law[answer]));
    let message = format!(
        "`{}` has two answers and nothing settles which: {}, and {}",
        words::question(law, head),
        words::citation(law, one),
        words::citation(law, other),
    );
    let several = if found.pairs > 1 {
        let at_least = if found.pairs == MOST_PAIRS { "at least " } else { "" };
        format!(" ({at_least}{} pairs of rules in these two provisions)", found.pairs)
    } else {
        String::new()
    };
    let why = format!(
        "this concerns {}{several}; neither text says that it prevails or gives way",
        cases(contest.space, &region)
    );
    let name = |line: &crate::law::Line| match line.provision {
        Some(provision) => format!("{} {}", law[line.instrument].name, words::quoted(&law[provision].citation)),
        None => law[line.instrument].name.clone(),
    };
    let help = if one.provision.is_some() && one.provision == other.provision {
        "narrow one of the two rules, by a scope or a condition, or write them as branches of one rule".to_owned()
    } else {
        format!(
            "if {} prevails, write `notwithstanding {}` there, or `subject to {}` in the other; or narrow one of the two",
            words::citation(law, one),
            name(other),
            name(one),
        )
    };
    let finding = Finding::new(Code::Conflict, one.span, message)
        .about(subject(contest, [words::citation(law, one), words::citation(law, other)]))
        .label(says(one))
        .other(other.span, says(other))
        .why(why)
        .help(help)
        .witness(witness_of_conflict(contest, &found.cell));
    Ok(finding)
}

/// What a finding of one question is about: matter, question, and names of texts in an order of their own.
pub(super) fn subject(contest: &Contest<'_, '_>, texts: impl IntoIterator<Item = String>) -> Vec<String> {
    let law = contest.law();
    let mut texts: Vec<String> = texts.into_iter().collect();
    texts.sort_unstable();
    let asked = [law[contest.question.matter].name.clone(), words::question(law, contest.question.head)];
    asked.into_iter().chain(texts).collect()
}
