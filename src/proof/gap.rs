//! Cases that must have an answer and have none.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::concern::Concern;
use super::contest::Contest;
use super::describe::{condition, outside};
use super::index::Index;
use super::region::{Region, absorbed};
use super::search::{Quarry, Taken, Uncovered, find};
use super::set::Set;
use super::space::TooLarge;
use crate::answer::{Open, Outcome, Status};
use crate::finding::{Code, Finding};
use crate::law::{Complete, ConditionId, Day, InstrumentId, Interval, Line, ProvisionId};
use crate::words;

use super::conflict::subject;
use super::witness::witness_of;

/// The gaps of one question in the regions of `complete` items: one finding for each set of provisions that speak of the
/// question there and leave the case out, and for those that leave out the same; and a note for each text that is not held
/// where nothing else speaks.
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
    let mut gaps = Gaps { contest, lines: Vec::new(), provisions: Vec::new(), found: BTreeMap::new() };
    for start in starts {
        gaps.lines = contest.meeting(start);
        gaps.provisions = speaking.meeting(start);
        let mut watched = contest.watched(&gaps.lines);
        watched.extend(gaps.provisions.iter().map(|(_, boxes)| *boxes));
        find(contest.space, start, &watched, &mut gaps)?;
    }
    let mut left_out: BTreeMap<LeftOut, (Vec<ProvisionId>, Found)> = BTreeMap::new();
    for (cause, found) in gaps.found {
        match cause {
            Cause::Texts(texts) => findings.push(unread_finding(contest, complete, &found, &texts)),
            Cause::Provisions(provisions) => {
                // What the facts leave out is one cause, whichever country's provision it is.
                let asked: LeftOut =
                    found.concern.regions(contest.space).into_iter().map(|region| region.rest).collect();
                if asked.iter().any(Vec::is_empty) {
                    findings.push(gap_finding(contest, complete, &found, &provisions));
                    continue;
                }
                match left_out.entry(asked) {
                    Entry::Vacant(entry) => drop(entry.insert((provisions, found))),
                    Entry::Occupied(mut entry) => {
                        let (all, first) = entry.get_mut();
                        all.extend(provisions);
                        first.concern.append(&found.concern);
                    }
                }
            }
        }
    }
    for (mut provisions, found) in left_out.into_values() {
        provisions.sort_unstable();
        provisions.dedup();
        findings.push(gap_finding(contest, complete, &found, &provisions));
    }
    Ok(())
}

/// What the facts leave out: what each region asks of them.
type LeftOut = BTreeSet<Vec<(Open, Set)>>;

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

/// The cases of one cause, and one of them.
struct Found {
    cell: Region,
    concern: Concern,
}

/// Collects the cases of each cause.
struct Gaps<'g, 's, 'l> {
    contest: &'g Contest<'s, 'l>,
    /// The lines that are watched.
    lines: Vec<usize>,
    /// The provisions that are watched, after lines and seams.
    provisions: Vec<(ProvisionId, &'g [Region])>,
    found: BTreeMap<Cause, Found>,
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
            || (self.found.values().any(|found| found.concern.is_full())
                && self
                    .cause(taken)
                    .is_some_and(|cause| self.found.get(&cause).is_some_and(|found| found.concern.is_full())))
    }

    fn found(&mut self, cell: &Region, taken: &[Taken]) -> bool {
        if let Some(cause) = self.cause(taken) {
            let first = || Found { cell: cell.clone(), concern: Concern::default() };
            let found = self.found.entry(cause).or_insert_with(first);
            found.concern.add(cell);
            if found.concern.is_full() {
                found.concern.in_part();
            }
        }
        // Every cell is looked at: another may have no answer for another cause.
        false
    }
}

fn gap_finding(contest: &Contest<'_, '_>, complete: &Complete, found: &Found, provisions: &[ProvisionId]) -> Finding {
    let law = contest.law();
    let question = words::question(law, contest.question.head);
    let message = format!("`{question}` has no answer for {}", found.concern.in_words(contest.space));
    let left_out = provisions.iter().map(|id| words::provision(law, *id));
    let mut finding = Finding::new(Code::Gap, complete.span, message)
        .about(claimed(contest, complete, left_out))
        .label("it must be complete here");
    for provision in provisions {
        finding = finding.other(law[*provision].span, "this speaks of it and leaves the case out");
    }
    finding
        .why("a case in which it must have an answer would be answered `no rule`, or only say what need not or must not be")
        .help(cures(contest, complete, &found.concern))
        .witness(witness_of(contest, &found.cell, &|outcome| {
            outcome.status == Status::NoRule || only_denies(outcome)
        }))
}

/// So many regions are written out in what can be written instead.
const WRITTEN: usize = 3;

/// So long conditions are read.
const READABLE: usize = 160;

/// What can be written: a rule, that such cases cannot be, or that they need no answer.
fn cures(contest: &Contest<'_, '_>, complete: &Complete, concern: &Concern) -> String {
    let (law, space) = (contest.law(), contest.space);
    let add = "add a rule or an `otherwise` for these cases";
    let mut regions = concern.regions(space);
    let facts = |region: &Region| Region { rest: region.rest.clone(), ..Region::EVERYTHING };
    let wider: Vec<Region> = absorbed(regions.iter().map(facts).collect());
    regions.retain(|region| wider.contains(&facts(region)));
    regions.dedup_by(|a, b| a.rest == b.rest);
    let of_facts = |region: &Region| !region.rest.is_empty() && region.values(Open::Under).is_none();
    if !concern.is_whole() || regions.len() > WRITTEN || !regions.iter().all(of_facts) {
        return format!("{add}; or narrow what must be complete");
    }
    let several = regions.len() > 1;
    let bound = |text: String| if several { format!("({text})") } else { text };
    let these: Vec<String> = regions.iter().map(|region| bound(condition(space, region))).collect();
    let others: Vec<String> = regions.iter().map(|region| bound(outside(space, region))).collect();
    let (these, mut others) = (these.join(" or "), others.join(" and "));
    if complete.condition != ConditionId::ALWAYS {
        others = format!("({}) and ({others})", words::condition(law, &law[complete.condition]));
    }
    if these.len() + others.len() > READABLE {
        return format!(
            "{add}; or say `never … because \"…\"` of those that cannot be; or narrow what must be complete, by its \
             countries and days or with `when …`"
        );
    }
    format!(
        "{add}; if there are no such cases, write `never {these} because \"…\"`; if they need no answer, let it be \
         complete only `when {others}`"
    )
}

/// Only what need not or must not be is answered.
fn only_denies(outcome: &Outcome) -> bool {
    outcome.status == Status::Answered && outcome.answers.iter().all(|one| one.answer.strength.denies())
}

fn unread_finding(contest: &Contest<'_, '_>, complete: &Complete, found: &Found, texts: &[InstrumentId]) -> Finding {
    let law = contest.law();
    let question = words::question(law, contest.question.head);
    let names = words::both(texts.iter().map(|id| format!("`{}`", law[*id].name)));
    let concerned = found.concern.in_words(contest.space);
    let message = format!("`{question}` is open for {concerned}, because {names} is not held");
    let open = texts.iter().map(|id| law[*id].name.clone());
    let mut finding = Finding::new(Code::UnreadRegion, complete.span, message).about(claimed(contest, complete, open));
    for text in texts {
        finding = finding.other(law[*text].span, "this text governs and is not held");
    }
    finding.witness(witness_of(contest, &found.cell, &|outcome| {
        outcome.status == Status::Undetermined || only_denies(outcome)
    }))
}

/// What is claimed to be complete, and the texts because of which it is not.
fn claimed(contest: &Contest<'_, '_>, complete: &Complete, texts: impl Iterator<Item = String>) -> Vec<String> {
    let law = contest.law();
    let mut about = subject(contest, texts);
    about.push(format!("in: {}", words::scope(law, complete.scope)));
    about.push(format!("when: {}", words::condition(law, &law[complete.condition])));
    about
}
