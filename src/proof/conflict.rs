//! Where rules disagree and nothing written settles it: conflicts net of third rules, inversions, circles of clauses.
//!
//! Two lines that disagree and meet are a conflict only where both stand; a third line may have beaten one of them, and
//! a fourth that one in turn. So each pair that meets is searched over the lines that can have a part in its fate.

use std::collections::{BTreeMap, BTreeSet};

use super::contest::Contest;
use super::describe::cases;
use super::region::Region;
use super::search::{Cell, Taken, find};
use super::space::TooLarge;
use crate::answer::{DisputeKind, Label, Outcome, Status, answer, linked};
use crate::finding::{Code, Finding};
use crate::law::{ClauseId, InstrumentId, Law, LineId, ProvisionId, Target};
use crate::words;

/// So many pairs of rules are counted for one cause; more make the finding no clearer, and take the square of the time.
const MOST_PAIRS: usize = 20;

/// Findings are one to a cause: the two provisions.
type Cause = (Option<ProvisionId>, Option<ProvisionId>);

/// All disagreements over one question.
pub(super) fn check(contest: &Contest<'_, '_>) -> Result<Vec<Finding>, TooLarge> {
    let mut conflicts: BTreeMap<Cause, Found> = BTreeMap::new();
    let mut inversions: BTreeMap<(ClauseId, InstrumentId), Finding> = BTreeMap::new();
    let mut circles = Circles::default();
    for (a, b, meeting) in meeting_pairs(contest) {
        if inverted_somewhere(contest, a, b) || inverted_somewhere(contest, b, a) {
            for (claimant, other) in [(a, b), (b, a)] {
                inversion(contest, claimant, other, &meeting, &mut inversions)?;
            }
        }
        if linked(contest.law(), &contest.lines[a].line, &contest.lines[b].line) {
            circles.search(contest, a, &meeting)?;
        }
        let cause = (contest.lines[a].line.provision, contest.lines[b].line.provision);
        if conflicts.get(&cause).is_some_and(|found| found.pairs == MOST_PAIRS) {
            continue;
        }
        if let Some(cell) = both_stand(contest, a, b, &meeting)? {
            let found = conflicts.entry(cause).or_insert_with(|| Found { lines: (a, b), cell, pairs: 0 });
            found.pairs += 1;
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

/// The pairs of lines that disagree and meet, each with the boxes in which they do.
fn meeting_pairs(contest: &Contest<'_, '_>) -> Vec<(usize, usize, Vec<Region>)> {
    let mut pieces: Vec<(usize, &Region)> = Vec::new();
    for line in (0..contest.lines.len()).filter(|line| contest.is_held(*line)) {
        pieces.extend(contest.boxes[line].iter().map(|region| (line, region)));
    }
    pieces.sort_by_key(|(line, region)| (region.dates.from, *line));
    // What runs at the same time, by the requested country where there is one only: two countries never meet.
    let mut running: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    let mut meeting: BTreeMap<(usize, usize), Vec<Region>> = BTreeMap::new();
    for (place, (line, region)) in pieces.iter().enumerate() {
        let country = region.to.only();
        let mut others: Vec<usize> = Vec::new();
        for (of, places) in &mut running {
            if country.is_none() || of.is_none() || *of == country {
                places.retain(|other| pieces[*other].1.dates.until > region.dates.from);
                others.extend(places.iter());
            }
        }
        others.sort_unstable();
        for (other, theirs) in others.into_iter().map(|other| pieces[other]) {
            if other != *line
                && !contest.says_the_same(other, *line)
                && theirs.meets(region)
                && contest.clash(other, *line)
            {
                let pair = (other.min(*line), other.max(*line));
                meeting.entry(pair).or_default().extend(theirs.and(region));
            }
        }
        running.entry(country).or_default().push(place);
    }
    meeting.into_iter().map(|((a, b), boxes)| (a, b, boxes)).collect()
}

/// A cell in which both lines stand.
fn both_stand(contest: &Contest<'_, '_>, a: usize, b: usize, meeting: &[Region]) -> Result<Option<Region>, TooLarge> {
    for start in meeting {
        let lines = contest.ancestors(&[a, b], start);
        let mut stand = Cell(|cell: &Region, taken: &[Taken]| stand(contest, a, b, &lines, cell, taken));
        if let Some(cell) = find(contest.space, start, &contest.watched(&lines), &mut stand)? {
            return Ok(Some(cell));
        }
    }
    Ok(None)
}

fn stand(contest: &Contest<'_, '_>, a: usize, b: usize, lines: &[usize], cell: &Region, taken: &[Taken]) -> bool {
    let (applying, verdict) = contest.verdict(cell, lines, taken);
    let is_in =
        |line| applying.iter().position(|other| *other == line).is_some_and(|at| verdict.labels[at] == Label::In);
    is_in(a) && is_in(b)
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
        let lines = contest.ancestors(&[a, b], hull);
        let mut fails = Cell(|cell: &Region, taken: &[Taken]| !stand(contest, a, b, &lines, cell, taken));
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
        .witness(witness(contest, &found.cell, Status::Conflict));
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

/// A command line for a case of the cell; with as few facts as show the status.
pub(super) fn witness(contest: &Contest<'_, '_>, cell: &Region, status: Status) -> String {
    let law = contest.law();
    let head = contest.question.head;
    let short = contest.case(cell);
    let outcome: Outcome = answer(law, head, &short);
    let case = if outcome.status == status { short } else { contest.full_case(cell) };
    words::ask_command(law, head, &case)
}

fn inverted_somewhere(contest: &Contest<'_, '_>, claimant: usize, other: usize) -> bool {
    linked(contest.law(), &contest.lines[claimant].line, &contest.lines[other].line)
}

/// A claim against a text to which the claimant yields, where both apply.
fn inversion(
    contest: &Contest<'_, '_>,
    claimant: usize,
    other: usize,
    meeting: &[Region],
    found: &mut BTreeMap<(ClauseId, InstrumentId), Finding>,
) -> Result<(), TooLarge> {
    let law = contest.law();
    let (line, against) = (&contest.lines[claimant].line, &contest.lines[other].line);
    for start in meeting {
        let watched = contest.watched(&[]);
        let mut inverted = Cell(|cell: &Region, _: &[Taken]| contest.precedence(cell).inverted(line, against));
        let Some(cell) = find(contest.space, start, &watched, &mut inverted)? else { continue };
        let precedence = contest.precedence(&cell);
        let claims = precedence.claims(line, against);
        let concessions = precedence.concessions(line, against);
        let Some(claim) = claims.first() else { continue };
        let yields = match concessions.first() {
            Some(clause) => words::clause(law, &law[*clause]),
            None => format!("{} does not bind, and the rule is mandatory", law[line.instrument].name),
        };
        found.entry((*claim, against.instrument)).or_insert_with(|| {
            let message = format!(
                "{} claims to prevail over {}, to which it must yield",
                words::citation(law, line),
                words::citation(law, against)
            );
            let said = clause_subject(law, *claim);
            let mut finding = Finding::new(Code::Inversion, law[*claim].span, message)
                .about([said, law[against.instrument].name.clone()])
                .label("this claim settles nothing")
                .other(against.span, "the rule that it claims to set aside")
                .why(format!("{yields}; a text may always give way, but it cannot take from a text to which it yields"))
                .help(format!(
                    "delete the claim; or, if {} lets others depart from it, write `allows otherwise by {}` there",
                    words::citation(law, against),
                    law[line.instrument].kind.word()
                ))
                .witness(witness(contest, &cell, Status::Conflict));
            if let Some(clause) = concessions.first() {
                finding = finding.other(law[*clause].span, "here it gives way");
            }
            finding
        });
    }
    Ok(())
}

/// Whose clause it is, and what it says.
fn clause_subject(law: &Law, clause: ClauseId) -> String {
    format!("{}: {}", words::clause_owner(law, &law[clause]), words::clause(law, &law[clause]))
}

/// Circles of clauses that leave lines open, one finding to a set of clauses.
#[derive(Default)]
struct Circles {
    findings: BTreeMap<Vec<ClauseId>, Finding>,
    searched: BTreeSet<(Option<LineId>, Region)>,
}

impl Circles {
    /// Looks for open lines in the regions of a line, until each open case is in a circle that has been found.
    fn search(&mut self, contest: &Contest<'_, '_>, line: usize, meeting: &[Region]) -> Result<(), TooLarge> {
        for start in meeting {
            if !self.searched.insert((contest.lines[line].id, start.clone())) {
                continue;
            }
            let lines = contest.ancestors(&[line], start);
            loop {
                let known: BTreeSet<Vec<ClauseId>> = self.findings.keys().cloned().collect();
                let mut new = None;
                let mut open = Cell(|cell: &Region, taken: &[Taken]| {
                    let (_, verdict) = contest.verdict(cell, &lines, taken);
                    let circle = verdict
                        .disputes
                        .into_iter()
                        .find(|dispute| dispute.kind == DisputeKind::Cycle && !known.contains(&dispute.clauses));
                    new = circle;
                    new.is_some()
                });
                let found = find(contest.space, start, &contest.watched(&lines), &mut open)?;
                let (Some(cell), Some(circle)) = (found, new) else { break };
                self.findings.insert(circle.clauses.clone(), cycle(contest, &cell, &circle));
            }
        }
        Ok(())
    }
}

fn cycle(contest: &Contest<'_, '_>, cell: &Region, circle: &crate::answer::Dispute) -> Finding {
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
    finding.why(format!("in {} none of them can be applied", cases(contest.space, cell))).help(help).witness(witness(
        contest,
        cell,
        Status::Conflict,
    ))
}
