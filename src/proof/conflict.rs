//! Conflicts net of third rules: where two rules stand, disagree, and nothing written settles it.
//!
//! Two lines that disagree and meet are a conflict only where both stand; a third line may have beaten one of them, and
//! a fourth that one in turn. So each pair that meets is searched over the lines that can have a part in its fate.

use std::collections::BTreeMap;

use super::circle::Circles;
use super::concern::Concern;
use super::contest::Contest;
use super::fate::{Fated, Wanted, has_fate};
use super::inversion::{self, Inversions};
use super::pairs::Pairs;
use super::region::Region;
use super::search::{Cell, Taken, find, find_within, is_possible};
use super::space::TooLarge;
use super::witness::witness;
use crate::answer::Status;
use crate::finding::{Code, Finding};
use crate::law::{ClauseEffect, ClauseId, InstrumentId, Law, ProvisionId};
use crate::words;

/// So many pairs of rules are counted for one cause; more make the finding no clearer.
const MOST_PAIRS: usize = 20;

/// So many causes are reported for one question.
const MOST_CAUSES: usize = 10_000;
/// The regions of more conflicts than these are not made as wide as they can be.
const MOST_WIDENED: usize = 500;
/// So many pieces are looked at to see which cases a conflict concerns.
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
                    found.cells.push(([a, b], start.clone(), cell));
                }
            }
        }
    }
    let mut findings = Vec::new();
    let many = conflicts.len() > MOST_WIDENED;
    findings.extend(conflicts.values().map(|found| conflict(contest, found, many)));
    if not_listed {
        findings.push(listed_in_part(contest));
    }
    findings.extend(inversions.into_values().map(|inverted| inverted.finding));
    findings.extend(circles.findings(contest));
    Ok(findings)
}

/// Pairs of lines that conflict, each with a cell for which it is true.
#[derive(Default)]
struct Found {
    pairs: usize,
    /// Where the two meet, and a cell of it.
    cells: Vec<([usize; 2], Region, Region)>,
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
    if !alone && contest.settles(pair[0], pair[1], start) {
        return Ok(None);
    }
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
        Region { from: everything.from.clone(), ..region.clone() },
        Region { to: everything.to.clone(), ..region.clone() },
    ];
    candidates.extend(region.rest.iter().map(|(axis, _)| {
        let rest = region.rest.iter().filter(|entry| entry.0 != *axis).cloned().collect();
        Region { rest, ..region.clone() }
    }));
    let lines_of = |line: usize| contest.boxes[line].iter();
    for wider in candidates {
        // Conditions dropped so far stay dropped.
        let wider = Region {
            from: if wider.from == everything.from { wider.from } else { region.from.clone() },
            to: if wider.to == everything.to { wider.to } else { region.to.clone() },
            dates: if wider.dates == everything.dates { wider.dates } else { region.dates },
            rest: region.rest.iter().filter(|entry| wider.rest.contains(entry)).cloned().collect(),
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

/// The regions of a conflict in words.
fn concerned(contest: &Contest<'_, '_>, found: &Found, many: bool) -> String {
    let mut concern = Concern::default();
    if many {
        concern.one_of_many();
    }
    for (pair, start, cell) in &found.cells {
        let mut whole = Concern::default();
        let lines = contest.attackers(pair, start);
        let mut stand = Cell(|cell: &Region, taken: &[Taken]| {
            if stand(contest, pair, &lines, cell, taken) {
                whole.add(cell);
            }
            false
        });
        let all = find_within(SOON, contest.space, start, &contest.watched(&lines), &mut stand);
        if all.is_ok() && whole.is_whole() {
            concern.append(&whole);
        } else {
            concern.add(&widened(contest, *pair, cell));
            concern.in_part();
        }
    }
    if found.pairs == MOST_PAIRS {
        concern.in_part();
    }
    concern.in_words(contest.space)
}

fn conflict(contest: &Contest<'_, '_>, found: &Found, many: bool) -> Finding {
    let law = contest.law();
    let ([a, b], _, cell) = &found.cells[0];
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
        concerned(contest, found, many)
    );
    let name = |line: &crate::law::Line| match line.provision {
        Some(provision) => format!("{} {}", law[line.instrument].name, words::quoted(&law[provision].citation)),
        None => law[line.instrument].name.clone(),
    };
    let mut finding = Finding::new(Code::Conflict, one.span, message)
        .about(subject(contest, [words::citation(law, one), words::citation(law, other)]))
        .label(says(one))
        .other(other.span, says(other));
    let versions = one.provision.zip(other.provision).filter(|(one, other)| {
        one != other && law[*one].instrument == law[*other].instrument && law[*one].citation == law[*other].citation
    });
    let lower =
        [(one, other), (other, one)].into_iter().find(|(low, high)| is_lower(law, low.instrument, high.instrument));
    let help = if one.provision.is_some() && one.provision == other.provision {
        "narrow one of the two rules, by a scope or a condition, or write them as branches of one rule".to_owned()
    } else if let Some((a, b)) = versions {
        let (old, new) = if law[a].scope.dates.from <= law[b].scope.dates.from { (a, b) } else { (b, a) };
        finding = finding.other(law[old].span, "the earlier version").other(law[new].span, "the later version");
        let begins = law[new].scope.dates.from;
        if law[old].scope.dates.from < begins {
            format!(
                "these are two versions of one provision: end the earlier with `until {}`, and let the later say all that \
                 goes on from then",
                begins.previous()
            )
        } else {
            "these are two provisions of one citation: write both in one, or give them dates or countries that do not meet"
                .to_owned()
        }
    } else if let Some((low, high)) = lower.filter(|(low, _)| claims(law, low.instrument)) {
        // It says of some of its rules that they prevail: those would be claims against what it yields to.
        format!(
            "`{}` does not bind: write `subject to {}` in {}; or narrow it",
            law[low.instrument].name,
            name(high),
            words::citation(law, low),
        )
    } else if let Some((low, high)) = lower {
        format!(
            "`{}` does not bind: write `yields to {}` in it; or narrow {}",
            law[low.instrument].name,
            law[high.instrument].name,
            words::citation(law, low),
        )
    } else {
        format!(
            "if {} prevails, write `notwithstanding {}` there, or `subject to {}` in the other; or narrow one of the two",
            words::citation(law, one),
            name(other),
            name(one),
        )
    };
    finding.why(why).help(help).witness(witness(contest, cell, Status::Conflict))
}

/// The first of two texts does not bind, and the second does.
fn is_lower(law: &Law, low: InstrumentId, high: InstrumentId) -> bool {
    !law[low].kind.is_binding() && law[high].kind.is_binding()
}

/// Of two texts that disagree the one that would best give way as a whole, and the other.
pub(crate) fn gives_way(law: &Law, one: InstrumentId, other: InstrumentId) -> Option<(InstrumentId, InstrumentId)> {
    let lower = [(one, other), (other, one)].into_iter().find(|(low, high)| is_lower(law, *low, *high));
    lower.filter(|(low, _)| !claims(law, *low))
}

/// Something in the text claims to prevail over another.
fn claims(law: &Law, instrument: InstrumentId) -> bool {
    let claims = |clauses: &[ClauseId]| clauses.iter().any(|id| law[*id].effect == ClauseEffect::Claims);
    claims(&law[instrument].clauses)
        || law.provisions_of(instrument).any(|id| claims(&law[id].clauses))
        || law.rules.iter().any(|rule| law[rule.provision].instrument == instrument && claims(&rule.clauses))
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
