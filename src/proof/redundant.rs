//! Rules without which every answer stays the same.

use std::collections::BTreeMap;

use super::contest::Contest;
use super::region::Region;
use super::search::{Quarry, Taken, Uncovered, find};
use super::space::TooLarge;
use crate::answer::{Label, LineRef, Status, Verdict, verdict};
use crate::finding::{Code, Finding, Severity};
use crate::law::{Answer, Law, LineOrigin, QuestionKind, RuleId};
use crate::words;

/// So many lines are compared one by one before an index is asked.
const FEW: usize = 64;

/// Of each line of a rule the rule that says it too; none: without the line some answer is another.
pub(super) type Repeated = Vec<(RuleId, Option<RuleId>)>;

/// Looks at every line of a question.
pub(super) fn survey(contest: &Contest<'_, '_>, repeated: &mut Repeated) -> Result<(), TooLarge> {
    for (place, line) in contest.lines.iter().enumerate() {
        let (Some(rule), LineOrigin::Branch(_)) = (line.line.rule, line.line.origin) else { continue };
        let twin = twin(contest, place)?;
        repeated.push((rule, twin));
    }
    Ok(())
}

/// Another rule that says the same, rather one of the same instrument, if without this line nothing changes.
fn twin(contest: &Contest<'_, '_>, place: usize) -> Result<Option<RuleId>, TooLarge> {
    let line = &contest.lines[place].line;
    let alike = alike(contest, place);
    let of_another_rule =
        |other: &usize| contest.lines[*other].line.rule.is_some_and(|theirs| Some(theirs) != line.rule);
    let near_by = |other: &usize| contest.lines[*other].line.instrument == line.instrument;
    let mut twins = alike.iter().copied().filter(of_another_rule);
    let Some(first) = twins.next() else { return Ok(None) };
    let twin = if near_by(&first) { first } else { twins.find(near_by).unwrap_or(first) };
    // Where no clause has a part in it, equal answers stand for each other; but what is collected can also disagree by
    // its place.
    let plain = contest.question.head.kind() != QuestionKind::Collected
        && contest.kin.is_alone(place)
        && alike.iter().all(|other| contest.kin.is_alone(*other));
    for region in &contest.boxes[place] {
        let within = |other: &usize| contest.boxes[*other].iter().any(|theirs| region.is_within(theirs));
        let changes = if plain {
            let theirs: Vec<&[Region]> = alike.iter().map(|other| contest.boxes[*other].as_slice()).collect();
            !alike.iter().any(within) && find(contest.space, region, &theirs, &mut Uncovered)?.is_some()
        } else {
            let stands_for_it = |other: &&usize| contest.is_same_voice(place, **other);
            !alike.iter().filter(stands_for_it).any(within) && changes_somewhere(contest, place, region)?
        };
        if changes {
            return Ok(None);
        }
    }
    Ok(contest.lines[twin].line.rule)
}

/// The other lines that say the same and meet the line, in order.
fn alike(contest: &Contest<'_, '_>, place: usize) -> Vec<usize> {
    let own = &contest.boxes[place];
    let same = contest.kin.saying_the_same(place);
    if same.len() <= FEW {
        let meets = |other: &usize| {
            let theirs = &contest.boxes[*other];
            *other != place && theirs.iter().any(|theirs| own.iter().any(|own| own.meets(theirs)))
        };
        return same.iter().copied().filter(meets).collect();
    }
    let mut near: Vec<usize> = own.iter().flat_map(|own| contest.meeting(own)).collect();
    near.retain(|other| *other != place && contest.kin.says_the_same(place, *other));
    near.sort_unstable();
    near.dedup();
    near
}

/// In some cell of the region the verdict is another without the line.
fn changes_somewhere(contest: &Contest<'_, '_>, place: usize, region: &Region) -> Result<bool, TooLarge> {
    let lines = contest.meeting(region);
    let same_voice = lines.iter().map(|other| *other != place && contest.is_same_voice(place, *other)).collect();
    let mut change = Change { contest, place, lines: &lines, same_voice };
    Ok(find(contest.space, region, &contest.watched(&lines), &mut change)?.is_some())
}

/// Looks for a cell in which the verdict is another without the line.
struct Change<'c, 's, 'l> {
    contest: &'c Contest<'s, 'l>,
    place: usize,
    /// What is watched.
    lines: &'c [usize],
    /// Which of them is the same line once more.
    same_voice: Vec<bool>,
}

impl Quarry for Change<'_, '_, '_> {
    fn hopeless(&self, taken: &[Taken]) -> bool {
        self.same_voice.iter().zip(taken).any(|(same, taken)| *same && *taken == Taken::All)
    }

    fn found(&mut self, cell: &Region, taken: &[Taken]) -> bool {
        let applying = |but: Option<usize>| -> Vec<LineRef> {
            let applying =
                self.lines.iter().zip(taken).filter(|(line, taken)| **taken == Taken::All && Some(**line) != but);
            applying.map(|(line, _)| self.contest.lines[*line]).collect()
        };
        let (with, without) = (applying(None), applying(Some(self.place)));
        let verdict =
            |lines: &[LineRef]| says(self.contest.law(), &verdict(self.contest.precedence(cell), lines), lines);
        verdict(&with) != verdict(&without)
    }
}

/// Status and answers: what a verdict says, whoever says it.
fn says<'l>(law: &'l Law, verdict: &Verdict, lines: &[LineRef]) -> (Status, bool, Vec<&'l Answer>) {
    let standing = lines.iter().zip(&verdict.labels).filter(|(_, label)| **label == Label::In);
    let mut answers: Vec<&Answer> = standing.filter_map(|(line, _)| Some(&law[line.line.answer?])).collect();
    answers.sort();
    answers.dedup();
    (verdict.status, verdict.unread.is_empty(), answers)
}

/// A finding for each rule that only repeats.
pub(super) fn findings(law: &Law, mut repeated: Repeated) -> Vec<Finding> {
    let mut findings = Vec::new();
    repeated.sort_by_key(|(rule, _)| *rule);
    // The rules of which every line repeats another.
    let in_full = repeated.chunk_by(|a, b| a.0 == b.0).filter_map(|lines| {
        let twins: Option<Vec<RuleId>> = lines.iter().map(|(_, twin)| *twin).collect();
        Some((lines[0].0, twins?))
    });
    let in_full: BTreeMap<RuleId, Vec<RuleId>> = in_full.collect();
    for (rule, twins) in &in_full {
        let Some(twin) = twins.first().copied() else { continue };
        // Of rules that repeat each other one has to stay: the later ones are pointed out.
        if twin > *rule && in_full.contains_key(&twin) {
            continue;
        }
        let instrument = |rule: RuleId| law[law[rule].provision].instrument;
        let message = format!("this rule of {} changes no answer", words::provision(law, law[*rule].provision));
        let mut finding =
            Finding::new(Code::Redundant, law[*rule].span, message).other(law[twin].span, "this says the same");
        if twins.iter().all(|twin| instrument(*twin) == instrument(*rule)) {
            finding = finding.help("delete one of the two, or let each cite what only it says");
        } else {
            // two texts may well say the same, and each is law
            finding.severity = Severity::Note;
            finding =
                finding.help("nothing is wrong if both texts say it; whoever amends one has to look at the other");
        }
        findings.push(finding);
    }
    findings
}
