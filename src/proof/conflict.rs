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
use super::search::{Cell, Taken, find, find_within, is_possible};
use super::space::TooLarge;
use super::witness::witness_of_conflict;
use crate::finding::{Code, Finding};
use crate::law::ProvisionId;
use crate::words;

/// So many pairs of rules are counted for one cause; more make the finding no clearer.
const MOST_PAIRS: usize = 20;

/// So many causes are reported for one question.
const MOST_CAUSES: usize = 10_000;
/// So many regions are named for one cause.
const SHOWN: usize = 3;
/// So many pieces are looked at to see whether a region can be shown as a whole.
const SOON: usize = 10_000;

/// Findings are one to a cause: the two provisions.
type Cause = (Option<ProvisionId>, Option<ProvisionId>);

/// All disagreements over one question.
pub(super) fn check(contest: &Contest<'_, '_>) -> Result<Vec<Finding>, TooLarge> {
    let mut conflicts: BTreeMap<Cause, Found> = BTreeMap::new();
    let mut inversions = Inversions::new();
    let mut circles = Circles::default();
    let pairs = Pairs::of(contest);
    let mut not_listed = false;
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
            if conflicts.len() == MOST_CAUSES && !conflicts.contains_key(&cause) {
                not_listed = true;
                continue;
            }
            for start in &meeting {
                let shown = !conflicts.contains_key(&cause);
                let Some(cell) = both_stand(contest, [a, b], start, shown)? else { continue };
                let found = conflicts.entry(cause).or_default();
                found.pairs += usize::from(found.cells.last().is_none_or(|last| last.0 != [a, b]));
                if found.cells.len() < MOST_PAIRS {
                    found.cells.push(([a, b], cell));
                }
            }
        }
    }
    let mut findings = Vec::new();
    findings.extend(conflicts.values().map(|found| conflict(contest, found)));
    if not_listed {
        findings.push(listed_in_part(contest));
    }
    findings.extend(inversions.into_values());
    findings.extend(circles.findings.into_values());
    Ok(findings)
}

/// Pairs of lines that conflict, each with a cell for which it is true.
#[derive(Default)]
struct Found {
    pairs: usize,
    cells: Vec<([usize; 2], Region)>,
}

/// A cell of a region in which both lines stand. Where it is to be `shown`, it is cut along everything that a clause links
/// with them, so that nothing else is decided differently within it.
fn both_stand(
    contest: &Contest<'_, '_>,
    pair: [usize; 2],
    start: &Region,
    shown: bool,
) -> Result<Option<Region>, TooLarge> {
    let alone = pair.iter().all(|line| contest.kin.is_alone(*line));
    if alone && !shown {
        return Ok(is_possible(contest.space, start)?.then(|| start.clone()));
    }
    let attackers = contest.attackers(&pair, start);
    let mut standing = Fated::new(contest, &pair, Wanted::Standing, &attackers, start);
    let cell = find(contest.space, start, &contest.watched(&attackers), &mut standing)?;
    if cell.is_none() || alone || !shown {
        return Ok(cell);
    }
    let lines = contest.ancestors(&pair, start);
    let mut stand = Cell(|cell: &Region, taken: &[Taken]| stand(contest, &pair, &lines, cell, taken));
    find(contest.space, start, &contest.watched(&lines), &mut stand)
}

fn stand(contest: &Contest<'_, '_>, pair: &[usize], lines: &[usize], cell: &Region, taken: &[Taken]) -> bool {
    has_fate(contest, pair, Wanted::Standing, cell, lines, taken)
}

/// The largest region around a cell in which both lines still stand: conditions are dropped one by one, as far as that
/// can be seen soon.
fn widened(contest: &Contest<'_, '_>, [a, b]: [usize; 2], cell: &Region) -> Region {
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
        let watched = contest.watched(&lines);
        if matches!(find_within(SOON, contest.space, hull, &watched, &mut fails), Ok(None)) {
            region = hull.clone();
        }
    }
    region
}

/// The largest regions of a conflict: where there are several, up to three.
fn concerned(contest: &Contest<'_, '_>, found: &Found) -> String {
    let mut regions: Vec<Region> = Vec::new();
    for (pair, cell) in &found.cells {
        if !regions.iter().any(|known| cell.is_within(known)) {
            let region = widened(contest, *pair, cell);
            regions.retain(|known| !known.is_within(&region));
            regions.push(region);
        }
    }
    let share = |region: &Region| region.share(&|axis| contest.space.full(axis));
    regions.sort_by(|a, b| share(b).total_cmp(&share(a)));
    let more = if regions.len() > SHOWN { "; and other cases" } else { "" };
    let shown: Vec<String> = regions.iter().take(SHOWN).map(|region| cases(contest.space, region)).collect();
    format!("{}{more}", shown.join("; "))
}

fn conflict(contest: &Contest<'_, '_>, found: &Found) -> Finding {
    let law = contest.law();
    let ([a, b], cell) = &found.cells[0];
    let (one, other) = (&contest.lines[*a].line, &contest.lines[*b].line);
    let head = contest.question.head;
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
        concerned(contest, found)
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
    Finding::new(Code::Conflict, one.span, message)
        .about(subject(contest, [words::citation(law, one), words::citation(law, other)]))
        .label(says(one))
        .other(other.span, says(other))
        .why(why)
        .help(help)
        .witness(witness_of_conflict(contest, cell))
}

/// More pairs of provisions disagree than anybody would read of.
fn listed_in_part(contest: &Contest<'_, '_>) -> Finding {
    let law = contest.law();
    let question = words::question(law, contest.question.head);
    let place = contest.lines.first().map_or(law[contest.question.matter].span, |line| line.line.span);
    Finding::new(
        Code::Limit,
        place,
        format!("more than {MOST_CAUSES} pairs of provisions may disagree over `{question}`"),
    )
    .about(subject(contest, []))
    .why("those that are reported are conflicts; pairs beyond them were not looked at")
    .help("settle what is reported first: one clause often settles many")
}

/// What a finding of one question is about: matter, question, and names of texts in an order of their own.
pub(super) fn subject(contest: &Contest<'_, '_>, texts: impl IntoIterator<Item = String>) -> Vec<String> {
    let law = contest.law();
    let mut texts: Vec<String> = texts.into_iter().collect();
    texts.sort_unstable();
    let asked = [law[contest.question.matter].name.clone(), words::question(law, contest.question.head)];
    asked.into_iter().chain(texts).collect()
}
