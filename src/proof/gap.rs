//! Cases that must have an answer and have none.

use std::collections::{BTreeMap, BTreeSet};

use super::contest::Contest;
use super::describe::cases;
use super::index::Index;
use super::region::{Region, absorbed};
use super::search::{Quarry, Taken, Uncovered, find};
use super::space::TooLarge;
use crate::answer::Status;
use crate::finding::{Code, Finding};
use crate::law::{Complete, ConditionId, Day, InstrumentId, Interval, Line, ProvisionId};
use crate::words;

use super::conflict::subject;
use super::witness::witness;

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
    let mut speaking: Option<Speaking> = None;
    for complete in completes {
        let Some(scope) = contest.space.scope(complete.scope) else { continue };
        let region = contest.space.condition_of(complete.condition)?;
        let starts: Vec<Region> = region.iter().filter_map(|part| part.and(&scope)).collect();
        if !leaves_something_open(contest, &starts)? {
            continue;
        }
        // Only where there is a gap somebody asks who ought to have filled it.
        let speaking = match &mut speaking {
            Some(known) => known,
            none => none.insert(Speaking::of(contest)?),
        };
        in_regions(contest, speaking, complete, &starts, &mut findings)?;
    }
    Ok(findings)
}

/// Some case of the regions has no line that answers in it.
fn leaves_something_open(contest: &Contest<'_, '_>, starts: &[Region]) -> Result<bool, TooLarge> {
    for start in starts {
        let mut answering = contest.meeting(start);
        answering.retain(|line| answers(contest, *line));
        let boxes: Vec<&[Region]> = answering.iter().map(|line| contest.boxes[*line].as_slice()).collect();
        if !covers_day_by_day(start, boxes.iter().copied().flatten())
            && find(contest.space, start, &boxes, &mut Uncovered)?.is_some()
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Boxes that take in all of the region but for its days take in its days together: most often rules that follow each
/// other, and then no search is needed. Otherwise nothing is known.
fn covers_day_by_day<'r>(region: &Region, boxes: impl Iterator<Item = &'r Region>) -> bool {
    let wide = boxes.filter(|own| region.is_within_but_for_days(own));
    let mut dates: Vec<Interval> = wide.map(|own| own.dates).collect();
    dates.sort_unstable_by_key(|dates| dates.from);
    let follow =
        |covered: Day, dates: &Interval| if dates.from <= covered { covered.max(dates.until) } else { covered };
    dates.iter().fold(region.dates.from, follow) >= region.dates.until
}

/// A line that says what is, and not only what is not.
fn answers(contest: &Contest<'_, '_>, line: usize) -> bool {
    let strength = contest.lines[line].line.answer.map(|answer| contest.law()[answer].strength);
    strength.is_some_and(|strength| !strength.denies())
}

fn in_regions(
    contest: &Contest<'_, '_>,
    speaking: &Speaking,
    complete: &Complete,
    starts: &[Region],
    findings: &mut Vec<Finding>,
) -> Result<(), TooLarge> {
    let mut gaps =
        Gaps { contest, complete, lines: Vec::new(), provisions: Vec::new(), known: BTreeSet::new(), findings };
    for start in starts {
        gaps.lines = contest.meeting(start);
        gaps.provisions = speaking.meeting(start);
        let mut watched = contest.watched(&gaps.lines);
        watched.extend(gaps.provisions.iter().map(|(_, boxes)| *boxes));
        find(contest.space, start, &watched, &mut gaps)?;
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
        let index = Index::new(contest.space, provisions.iter().map(|(_, boxes)| boxes.as_slice()));
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
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Cause {
    /// These provisions speak of the question and leave the case out; none: nothing speaks of it.
    Provisions(Vec<ProvisionId>),
    /// These texts are not held.
    Texts(Vec<InstrumentId>),
}

/// Collects one finding for each cause.
struct Gaps<'g, 's, 'l> {
    contest: &'g Contest<'s, 'l>,
    complete: &'g Complete,
    /// The lines that are watched.
    lines: Vec<usize>,
    /// The provisions that are watched, after lines and seams.
    provisions: Vec<(ProvisionId, &'g [Region])>,
    known: BTreeSet<Cause>,
    findings: &'g mut Vec<Finding>,
}

impl Gaps<'_, '_, '_> {
    /// The cause in all cells of a piece in which there is no answer; none while it is not the same in all.
    fn cause(&self, taken: &[Taken]) -> Option<Cause> {
        let mut texts: BTreeSet<InstrumentId> = BTreeSet::new();
        for (line, taken) in self.lines.iter().zip(taken).filter(|(line, _)| !self.contest.is_held(**line)) {
            match taken {
                Taken::All => texts.insert(self.contest.lines[*line].line.instrument),
                Taken::None => continue,
                Taken::Open => return None,
            };
        }
        if !texts.is_empty() {
            return Some(Cause::Texts(texts.into_iter().collect()));
        }
        let mut provisions = Vec::new();
        for ((provision, _), taken) in self.provisions.iter().zip(&taken[self.lines.len() + self.contest.seams.len()..])
        {
            match taken {
                Taken::All => provisions.push(*provision),
                Taken::None => {}
                Taken::Open => return None,
            }
        }
        Some(Cause::Provisions(provisions))
    }
}

impl Quarry for Gaps<'_, '_, '_> {
    fn hopeless(&self, taken: &[Taken]) -> bool {
        self.lines.iter().zip(taken).any(|(line, taken)| *taken == Taken::All && answers(self.contest, *line))
            || (!self.known.is_empty() && self.cause(taken).is_some_and(|cause| self.known.contains(&cause)))
    }

    fn found(&mut self, cell: &Region, taken: &[Taken]) -> bool {
        let Some(cause) = self.cause(taken) else { return false };
        if self.known.contains(&cause) {
            return false;
        }
        let finding = match &cause {
            Cause::Provisions(provisions) => gap_finding(self.contest, self.complete, cell, provisions),
            Cause::Texts(texts) => unread_finding(self.contest, self.complete, cell, texts),
        };
        self.findings.push(finding);
        self.known.insert(cause);
        // Every cell is looked at: another may have no answer for another cause.
        false
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
    about.push(format!("when: {}", words::condition(law, &law[complete.condition])));
    about
}
