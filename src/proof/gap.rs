//! Cases that must have an answer and have none.

use std::collections::{BTreeMap, BTreeSet};

use super::contest::Contest;
use super::describe::cases;
use super::index::Index;
use super::region::{Region, absorbed};
use super::search::{Quarry, Taken, find};
use super::space::TooLarge;
use crate::answer::Status;
use crate::finding::{Code, Finding};
use crate::law::{Complete, ConditionId, InstrumentId, Line, ProvisionId, Strength};
use crate::words;

use super::conflict::{subject, witness};

/// The gaps of one question in the regions of `complete` items: one finding for each set of provisions that speak of the
/// question there and leave the case out; and a note for each text that is not held where nothing else speaks.
pub(super) fn check<'c>(
    contest: &Contest<'_, '_>,
    completes: impl Iterator<Item = &'c Complete>,
) -> Result<Vec<Finding>, TooLarge> {
    let mut findings = Vec::new();
    let mut completes = completes.peekable();
    if completes.peek().is_none() {
        return Ok(findings);
    }
    let speaking = Speaking::of(contest)?;
    for complete in completes {
        in_region(contest, &speaking, complete, &mut findings)?;
    }
    Ok(findings)
}

fn in_region(
    contest: &Contest<'_, '_>,
    speaking: &Speaking,
    complete: &Complete,
    findings: &mut Vec<Finding>,
) -> Result<(), TooLarge> {
    let space = contest.space;
    let Some(scope) = space.scope(complete.scope) else { return Ok(()) };
    let region = space.condition(&complete.condition, false)?;
    let mut known_gaps: BTreeSet<Vec<ProvisionId>> = BTreeSet::new();
    let mut known_texts: BTreeSet<Vec<InstrumentId>> = BTreeSet::new();
    for start in region.iter().filter_map(|part| part.and(&scope)) {
        let lines = contest.meeting(&start);
        let provisions = speaking.meeting(&start);
        let mut watched = contest.watched(&lines);
        watched.extend(provisions.iter().map(|(_, boxes)| *boxes));
        loop {
            let (gaps, texts) = (&known_gaps, &known_texts);
            let mut gap = Gap { contest, lines: &lines, provisions: &provisions, gaps, texts, last: None };
            let Some(cell) = find(space, &start, &watched, &mut gap)? else { break };
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
    Ok(())
}

/// Where each provision speaks of the question at all, whatever the facts.
struct Speaking {
    provisions: Vec<(ProvisionId, Vec<Region>)>,
    index: Index,
}

impl Speaking {
    fn of(contest: &Contest<'_, '_>) -> Result<Self, TooLarge> {
        let mut speaking: BTreeMap<ProvisionId, Vec<Region>> = BTreeMap::new();
        for (place, line) in contest.lines.iter().enumerate() {
            let (Some(provision), true) = (line.line.provision, contest.is_held(place)) else { continue };
            let whatever_the_facts = Line { condition: ConditionId::ALWAYS, ..line.line };
            speaking.entry(provision).or_default().extend(contest.space.line(&whatever_the_facts)?);
        }
        let provisions: Vec<_> = speaking.into_iter().map(|(provision, boxes)| (provision, absorbed(boxes))).collect();
        let index = Index::new(provisions.iter().map(|(_, boxes)| boxes.as_slice()));
        Ok(Speaking { provisions, index })
    }

    /// The provisions that speak of it somewhere in the region.
    fn meeting(&self, region: &Region) -> Vec<(ProvisionId, &[Region])> {
        let near = self.index.near(region).into_iter().map(|place| &self.provisions[place]);
        let meeting = near.filter(|(_, boxes)| boxes.iter().any(|own| own.meets(region)));
        meeting.map(|(provision, boxes)| (*provision, boxes.as_slice())).collect()
    }
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
    /// The lines that are watched.
    lines: &'g [usize],
    /// The provisions that are watched, after lines and seams.
    provisions: &'g [(ProvisionId, &'g [Region])],
    gaps: &'g BTreeSet<Vec<ProvisionId>>,
    texts: &'g BTreeSet<Vec<InstrumentId>>,
    last: Option<Cause>,
}

impl Gap<'_, '_, '_> {
    /// A line that says what is, and not only what is not.
    fn answers(&self, line: usize) -> bool {
        let strength = self.contest.lines[line].line.answer.map(|answer| self.contest.law()[answer].strength);
        strength.is_some_and(|strength| !matches!(strength, Strength::NeedNot | Strength::ShallNot))
    }
}

impl Quarry for Gap<'_, '_, '_> {
    fn hopeless(&self, taken: &[Taken]) -> bool {
        self.lines.iter().zip(taken).any(|(line, taken)| *taken == Taken::All && self.answers(*line))
    }

    fn found(&mut self, _: &Region, taken: &[Taken]) -> bool {
        let applying = self.lines.iter().zip(taken).filter(|(_, taken)| **taken == Taken::All);
        let texts: BTreeSet<InstrumentId> = applying
            .filter(|(line, _)| !self.contest.is_held(**line))
            .map(|(line, _)| self.contest.lines[*line].line.instrument)
            .collect();
        if !texts.is_empty() {
            let texts: Vec<_> = texts.into_iter().collect();
            let new = !self.texts.contains(&texts);
            self.last = Some(Cause::Texts(texts));
            return new;
        }
        let after_seams = taken.iter().skip(self.lines.len() + self.contest.seams.len());
        let speaking = self.provisions.iter().zip(after_seams).filter(|(_, taken)| **taken == Taken::All);
        let provisions: Vec<ProvisionId> = speaking.map(|((provision, _), _)| *provision).collect();
        let new = !self.gaps.contains(&provisions);
        self.last = Some(Cause::Provisions(provisions));
        new
    }
}

fn gap_finding(contest: &Contest<'_, '_>, complete: &Complete, cell: &Region, provisions: &[ProvisionId]) -> Finding {
    let law = contest.law();
    let question = words::question(law, contest.question.head);
    let message = format!("`{question}` has no answer for {}", cases(contest.space, cell));
    let left_out = provisions.iter().map(|id| words::provision(law, *id));
    let mut finding = Finding::new(Code::Gap, complete.span, message)
        .about(claimed(contest, complete, left_out))
        .label("it must be complete here");
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
    let open = texts.iter().map(|id| law[*id].name.clone());
    let mut finding = Finding::new(Code::UnreadRegion, complete.span, message).about(claimed(contest, complete, open));
    for text in texts {
        finding = finding.other(law[*text].span, "this text governs and is not held");
    }
    finding.witness(witness(contest, cell, Status::Undetermined))
}

/// What is claimed to be complete, and the texts because of which it is not.
fn claimed(contest: &Contest<'_, '_>, complete: &Complete, texts: impl Iterator<Item = String>) -> Vec<String> {
    let law = contest.law();
    let mut about = subject(contest, texts);
    about.push(format!("in: {}", words::scope(law, complete.scope)));
    about.push(format!("when: {}", words::condition(law, &complete.condition)));
    about
}
