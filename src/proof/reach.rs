//! Rules that never decide anything.

use std::collections::BTreeMap;

use super::contest::Contest;
use super::defeat::beaten_by;
use super::fate::{Fated, Wanted};
use super::search::{find, is_possible};
use super::space::TooLarge;
use crate::finding::{Code, Finding};
use crate::law::{ConditionId, Law, LineOrigin, QuestionId, RuleId};
use crate::words;

/// Why a line never decides.
enum Idle {
    /// Its own conditions contradict each other, or what cannot be.
    Condition,
    /// An earlier branch takes all its cases.
    EarlierBranch,
    /// Its instrument applies in none of its cases.
    Instrument,
    /// These always beat it.
    Beaten(Vec<usize>),
}

/// What becomes of the lines of each rule.
pub(super) type Reach = Vec<Fate>;

/// What becomes of one line.
pub(super) struct Fate {
    rule: RuleId,
    branch: usize,
    /// Why it never decides, in words; none: it decides somewhere.
    idle: Option<String>,
}

/// Of a question that was not proved: nobody can say of its lines that they never decide.
pub(super) fn unknown(law: &Law, question: QuestionId, reach: &mut Reach) {
    for line in law.lines_of(question).iter().map(|line| &law[*line]) {
        if let (Some(rule), LineOrigin::Branch(branch)) = (line.rule, line.origin) {
            reach.push(Fate { rule, branch, idle: None });
        }
    }
}

/// Looks at every line of a question.
pub(super) fn survey(contest: &Contest<'_, '_>, reach: &mut Reach) -> Result<(), TooLarge> {
    for (place, line) in contest.lines.iter().enumerate() {
        let (Some(rule), true) = (line.line.rule, contest.is_held(place)) else { continue };
        // The opposite of a rule is not written by anybody, and need not have a case.
        let LineOrigin::Branch(branch) = line.line.origin else { continue };
        let idle = idle(contest, place)?.map(|idle| in_words(contest, place, &idle));
        reach.push(Fate { rule, branch, idle });
    }
    Ok(())
}

fn idle(contest: &Contest<'_, '_>, place: usize) -> Result<Option<Idle>, TooLarge> {
    let line = &contest.lines[place].line;
    let mut possible = Vec::new();
    for region in &contest.boxes[place] {
        if !is_possible(contest.space, region)? {
            continue;
        }
        if contest.kin.is_alone(place) {
            return Ok(None);
        }
        let of = [place];
        let lines = contest.attackers(&of, region);
        let mut decides = Fated::new(contest, &of, Wanted::Unbeaten, &lines, region);
        if find(contest.space, region, &contest.watched(&lines), &mut decides)?.is_some() {
            return Ok(None);
        }
        possible.push(region.clone());
    }
    if possible.is_empty() {
        return Ok(Some(why_empty(contest, line)?));
    }
    Ok(Some(Idle::Beaten(beaten_by(contest, place, &possible))))
}

fn why_empty(contest: &Contest<'_, '_>, line: &crate::law::Line) -> Result<Idle, TooLarge> {
    let mut anywhere = *line;
    anywhere.condition = ConditionId::ALWAYS;
    if contest.space.line(&anywhere)?.is_empty() {
        return Ok(Idle::Instrument);
    }
    let own = line.rule.and_then(|rule| match line.origin {
        LineOrigin::Branch(branch) => contest.law()[rule].branches.get(branch).map(|branch| branch.condition),
        _ => None,
    });
    anywhere.condition = own.unwrap_or(ConditionId::ALWAYS);
    for region in contest.space.line(&anywhere)? {
        if is_possible(contest.space, &region)? {
            return Ok(Idle::EarlierBranch);
        }
    }
    Ok(Idle::Condition)
}

fn in_words(contest: &Contest<'_, '_>, place: usize, idle: &Idle) -> String {
    let law = contest.law();
    match idle {
        Idle::Condition => "its conditions can never hold together".to_owned(),
        Idle::EarlierBranch => "an earlier branch takes every case in which it could hold".to_owned(),
        Idle::Instrument => {
            format!(
                "`{}` never applies in the cases of which it speaks",
                law[contest.lines[place].line.instrument].name
            )
        }
        Idle::Beaten(by) => {
            let winners = by.iter().map(|line| words::citation(law, &contest.lines[*line].line));
            let mut winners: Vec<String> = winners.collect();
            winners.sort();
            winners.dedup();
            format!("wherever it applies it is beaten by {}", words::both(winners))
        }
    }
}

/// A finding for each rule, or branch of a rule, that never decides.
pub(super) fn findings(law: &Law, mut reach: Reach) -> Vec<Finding> {
    let mut findings = Vec::new();
    reach.sort_by_key(|fate| fate.rule);
    let idle = |lines: &&[Fate]| lines.iter().any(|line| line.idle.is_some());
    for lines in reach.chunk_by(|a, b| a.rule == b.rule).filter(idle) {
        let rule = &lines[0].rule;
        let mut branches: BTreeMap<usize, Vec<&Fate>> = BTreeMap::new();
        for line in lines {
            branches.entry(line.branch).or_default().push(line);
        }
        let dead: Vec<usize> = branches
            .iter()
            .filter(|(_, lines)| lines.iter().all(|line| line.idle.is_some()))
            .map(|(branch, _)| *branch)
            .collect();
        let whole = dead.len() == branches.len();
        let why = |branch: usize| branches[&branch].iter().find_map(|line| line.idle.clone()).unwrap_or_default();
        let citation = words::provision(law, law[*rule].provision);
        if whole && !dead.is_empty() {
            let message = format!("this rule of {citation} never decides anything");
            findings.push(finding(law[*rule].span, message, why(dead[0])));
        } else {
            for branch in dead {
                let message = format!("this branch of a rule of {citation} never decides anything");
                findings.push(finding(law[*rule].branches[branch].span, message, why(branch)));
            }
        }
    }
    findings
}

fn finding(span: crate::source::Span, message: String, why: String) -> Finding {
    Finding::new(Code::Unreachable, span, message)
        .why(why)
        .help("delete it, or correct its scope, its conditions or the clauses that set it aside")
}
