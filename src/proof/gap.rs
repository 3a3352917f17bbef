//! Cases that must have an answer and have none.

use std::collections::BTreeSet;

use super::contest::Contest;
use super::describe::cases;
use super::region::Region;
use super::search::{Quarry, Taken, find};
use super::space::TooLarge;
use crate::answer::Status;
use crate::finding::{Code, Finding};
use crate::law::{Complete, InstrumentId, ProvisionId, Strength};
use crate::words;

use super::conflict::witness;

/// The gaps of one question in the region of a `complete` item: one finding for each set of provisions that speak of
/// the question there and leave the case out; and a note for each text that is not held where nothing else speaks.
pub(super) fn check(contest: &Contest<'_, '_>, complete: &Complete) -> Result<Vec<Finding>, TooLarge> {
    let space = contest.space;
    let Some(scope) = space.scope(&complete.scope) else { return Ok(Vec::new()) };
    let mut findings = Vec::new();
    let region = space.condition(&complete.condition, false)?;
    let starts: Vec<Region> = region.iter().filter_map(|part| part.and(&scope)).collect();
    let speaking = speaking(contest)?;
    let mut known_gaps: BTreeSet<Vec<ProvisionId>> = BTreeSet::new();
    let mut known_texts: BTreeSet<Vec<InstrumentId>> = BTreeSet::new();
    for start in &starts {
        loop {
            let mut gap = Gap { contest, speaking: &speaking, gaps: &known_gaps, texts: &known_texts, last: None };
            let all: Vec<usize> = (0..contest.lines.len()).collect();
            let mut watched = contest.watched(&all);
            watched.extend(speaking.iter().map(|(_, boxes)| boxes.as_slice()));
            let Some(cell) = find(space, start, &watched, &mut gap)? else { break };
            match gap.last {
                Some(Cause::Provisions(provisions)) => {
                    findings.push(gap_finding(contest, complete, &cell, &provisions));
                    known_gaps.insert(provisions);
                }
                Some(Cause::Texts(texts)) => {
                    findings.push(unread_finding(contest, complete, &cell, &texts));
                    known_texts.insert(texts);
                }
                None => break,
            }
        }
    }
    Ok(findings)
}

/// A provision, and where it speaks of the question.
type Speaking = (Option<ProvisionId>, Vec<Region>);

/// Where each provision speaks of the question at all, whatever the facts.
fn speaking(contest: &Contest<'_, '_>) -> Result<Vec<Speaking>, TooLarge> {
    let mut speaking: Vec<Speaking> = Vec::new();
    for (place, line) in contest.lines.iter().enumerate() {
        if !contest.is_held(place) {
            continue;
        }
        let mut whatever_the_facts = line.line.clone();
        whatever_the_facts.condition = crate::law::Condition::ALWAYS;
        let boxes = contest.space.line(&whatever_the_facts)?;
        match speaking.iter_mut().find(|entry| entry.0 == line.line.provision) {
            Some(entry) => entry.1.extend(boxes),
            None => speaking.push((line.line.provision, boxes)),
        }
    }
    for entry in &mut speaking {
        entry.1 = super::region::absorbed(std::mem::take(&mut entry.1));
    }
    Ok(speaking)
}

/// Why a case has no answer.
enum Cause {
    /// These provisions speak of the question and leave the case out; none: nothing speaks of it.
    Provisions(Vec<ProvisionId>),
    /// These texts are not held.
    Texts(Vec<InstrumentId>),
}

struct Gap<'g, 's, 'l> {
    contest: &'g Contest<'s, 'l>,
    speaking: &'g [Speaking],
    gaps: &'g BTreeSet<Vec<ProvisionId>>,
    texts: &'g BTreeSet<Vec<InstrumentId>>,
    last: Option<Cause>,
}

impl Gap<'_, '_, '_> {
    /// A line that says what is, and not only what is not.
    fn answers(&self, line: usize) -> bool {
        self.contest.lines[line]
            .line
            .answer
            .as_ref()
            .is_some_and(|answer| !matches!(answer.strength, Strength::NeedNot | Strength::ShallNot))
    }
}

impl Quarry for Gap<'_, '_, '_> {
    fn hopeless(&self, taken: &[Taken]) -> bool {
        (0..self.contest.lines.len()).any(|line| taken[line] == Taken::All && self.answers(line))
    }

    fn found(&mut self, _: &Region, taken: &[Taken]) -> bool {
        let lines = self.contest.lines.len();
        let applying = (0..lines).filter(|line| taken[*line] == Taken::All);
        let texts: BTreeSet<InstrumentId> = applying
            .filter(|line| !self.contest.is_held(*line))
            .map(|line| self.contest.lines[line].line.instrument)
            .collect();
        if !texts.is_empty() {
            let texts: Vec<_> = texts.into_iter().collect();
            let new = !self.texts.contains(&texts);
            self.last = Some(Cause::Texts(texts));
            return new;
        }
        let after_seams = lines + self.contest.seams.len();
        let speaks = |at: &usize| taken[after_seams + *at] == Taken::All;
        let provisions: BTreeSet<ProvisionId> =
            (0..self.speaking.len()).filter(speaks).filter_map(|at| self.speaking[at].0).collect();
        let provisions: Vec<_> = provisions.into_iter().collect();
        let new = !self.gaps.contains(&provisions);
        self.last = Some(Cause::Provisions(provisions));
        new
    }
}

fn gap_finding(contest: &Contest<'_, '_>, complete: &Complete, cell: &Region, provisions: &[ProvisionId]) -> Finding {
    let law = contest.law();
    let question = words::question(law, contest.question.head);
    let message = format!("`{question}` has no answer for {}", cases(contest.space, cell));
    let mut finding = Finding::new(Code::Gap, complete.span, message).label("it must be complete here");
    for provision in provisions {
        finding = finding.other(law[*provision].span, "this speaks of it and leaves the case out");
    }
    finding
        .why("a case in which it must have an answer would be answered `no rule`, or only say what need not or must not be")
        .help("add a rule or an `otherwise` for these cases; or narrow what must be complete")
        .witness(witness(contest, cell, Status::NoRule))
}

fn unread_finding(contest: &Contest<'_, '_>, complete: &Complete, cell: &Region, texts: &[InstrumentId]) -> Finding {
    let law = contest.law();
    let question = words::question(law, contest.question.head);
    let names = words::both(texts.iter().map(|id| format!("`{}`", law[*id].name)));
    let message = format!("`{question}` is open for {}, because {names} is not held", cases(contest.space, cell));
    let mut finding = Finding::new(Code::UnreadRegion, complete.span, message);
    for text in texts {
        finding = finding.other(law[*text].span, "this text governs and is not held");
    }
    finding.witness(witness(contest, cell, Status::Undetermined))
}
