//! Rules without which every answer stays the same.
//!
//! A rule goes as a whole: with all its lines, and with its part in what holds where no rule of its group does (the
//! opposites, semantics, section 3). So of each of its lines it is asked whether others say it in all its cases, and
//! whether the others of its group hold in all of them.

use std::collections::{BTreeMap, BTreeSet};

use super::contest::Contest;
use super::region::Region;
use super::search::{Quarry, Taken, Uncovered, find, is_possible};
use super::space::TooLarge;
use crate::answer::{Label, LineRef, Status, Verdict, verdict};
use crate::finding::{Code, Finding, Severity};
use crate::law::{Answer, Law, Line, LineOrigin, QuestionHead, QuestionKind, RuleId};
use crate::words;

/// So many lines are compared one by one before an index is asked.
const FEW: usize = 64;

/// What a line adds to what all others say.
pub(super) enum Adds {
    /// It has no case.
    Nothing,
    /// Without its rule some answer is another.
    Something,
    /// These rules say it too, each in all its cases or all of them together.
    Repetition(Vec<RuleId>),
}

/// What each line of a rule adds.
pub(super) type Repeated = Vec<(RuleId, Adds)>;

/// Looks at every line of a question.
pub(super) fn survey(contest: &Contest<'_, '_>, repeated: &mut Repeated) -> Result<(), TooLarge> {
    for (place, line) in contest.lines.iter().enumerate() {
        let Some(rule) = line.line.rule else { continue };
        repeated.push((rule, adds(contest, place, rule)?));
    }
    Ok(())
}

fn adds(contest: &Contest<'_, '_>, place: usize, rule: RuleId) -> Result<Adds, TooLarge> {
    let mut possible = Vec::new();
    for region in &contest.boxes[place] {
        if is_possible(contest.space, region)? {
            possible.push(region);
        }
    }
    if possible.is_empty() {
        return Ok(Adds::Nothing);
    }
    let mut alike = alike(contest, place);
    alike.retain(|other| contest.lines[*other].line.rule.is_some_and(|theirs| theirs != rule));
    if alike.is_empty() || !group_holds(contest, place, rule, &possible)? {
        return Ok(Adds::Something);
    }
    // Where no clause has a part in it, equal answers stand for each other; but what is collected can also disagree by
    // its place.
    let plain = contest.question.head.kind() != QuestionKind::Collected
        && contest.kin.is_alone(place)
        && alike.iter().all(|other| contest.kin.is_alone(*other));
    let changes = if plain {
        !cover(contest, &alike, &possible)?
    } else {
        let voices: Vec<usize> = alike.iter().copied().filter(|other| contest.is_same_voice(place, *other)).collect();
        let is_said = |region: &Region| voices.iter().any(|other| is_within(contest, region, *other));
        let mut changes = false;
        for region in possible.iter().filter(|region| !is_said(region)) {
            changes = changes || changes_somewhere(contest, place, rule, region)?;
        }
        changes
    };
    if changes { Ok(Adds::Something) } else { Ok(Adds::Repetition(who_says_it(contest, place, &alike, &possible)?)) }
}

fn is_within(contest: &Contest<'_, '_>, region: &Region, line: usize) -> bool {
    contest.boxes[line].iter().any(|theirs| region.is_within(theirs))
}

/// The lines together take in every possible case of the regions.
fn cover(contest: &Contest<'_, '_>, lines: &[usize], regions: &[&Region]) -> Result<bool, TooLarge> {
    let boxes: Vec<&[Region]> = lines.iter().map(|line| contest.boxes[*line].as_slice()).collect();
    for region in regions {
        let within = lines.iter().any(|line| is_within(contest, region, *line));
        if !within && find(contest.space, region, &boxes, &mut Uncovered)?.is_some() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Where something holds because no rule of the group does, the other rules of the group hold in all these cases: without
/// this one it would hold in none more.
fn group_holds(contest: &Contest<'_, '_>, place: usize, rule: RuleId, regions: &[&Region]) -> Result<bool, TooLarge> {
    let own = &contest.lines[place].line;
    let of_instrument = match contest.question.head {
        _ if own.origin == LineOrigin::Opposite => return Ok(true),
        QuestionHead::Criterion(..) => true,
        QuestionHead::Conduct(..) | QuestionHead::Refuse(_) => false,
        _ => return Ok(true),
    };
    // A ground on which refusing is let and what forbids it are on no one list.
    let is_list = matches!(contest.question.head, QuestionHead::Refuse(_));
    let denies = |line: &Line| line.answer.is_some_and(|answer| contest.law()[answer].strength.denies());
    let is_of_group = |line: &usize| {
        let line = &contest.lines[*line].line;
        let is_opposite = line.origin == LineOrigin::Opposite;
        line.scope == own.scope
            && (!is_list || (denies(line) == denies(own)) != is_opposite)
            && if of_instrument { line.instrument == own.instrument } else { line.provision == own.provision }
    };
    let group: Vec<usize> = (0..contest.lines.len()).filter(is_of_group).collect();
    let (opposites, rules): (Vec<usize>, Vec<usize>) =
        group.into_iter().partition(|line| contest.lines[*line].line.origin == LineOrigin::Opposite);
    if opposites.is_empty() {
        return Ok(true);
    }
    let others: Vec<usize> = rules.into_iter().filter(|line| contest.lines[*line].line.rule != Some(rule)).collect();
    cover(contest, &others, regions)
}

/// The rules that say the same: one that does so in all the cases, rather one of the same instrument; otherwise all of the
/// instrument, or of any, that do so together.
fn who_says_it(
    contest: &Contest<'_, '_>,
    place: usize,
    alike: &[usize],
    possible: &[&Region],
) -> Result<Vec<RuleId>, TooLarge> {
    let instrument = contest.lines[place].line.instrument;
    let (near, far): (Vec<usize>, Vec<usize>) =
        alike.iter().copied().partition(|other| contest.lines[*other].line.instrument == instrument);
    let rule_of = |line: &usize| contest.lines[*line].line.rule;
    for lines in [&near, &far] {
        let rules: BTreeSet<RuleId> = lines.iter().filter_map(rule_of).collect();
        for rule in rules {
            let own: Vec<usize> = lines.iter().copied().filter(|line| rule_of(line) == Some(rule)).collect();
            if cover(contest, &own, possible)? {
                return Ok(vec![rule]);
            }
        }
    }
    let together = if cover(contest, &near, possible)? { &near[..] } else { alike };
    let rules: BTreeSet<RuleId> = together.iter().filter_map(rule_of).collect();
    Ok(rules.into_iter().collect())
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

/// In some cell of the region the verdict is another without the rule.
fn changes_somewhere(contest: &Contest<'_, '_>, place: usize, rule: RuleId, region: &Region) -> Result<bool, TooLarge> {
    let lines = contest.meeting(region);
    let mut same_voice = Vec::with_capacity(lines.len());
    let goes = |line: &usize| contest.lines[*line].line.rule == Some(rule);
    same_voice.extend(lines.iter().map(|other| !goes(other) && contest.is_same_voice(place, *other)));
    // What is said by the same voice stands in for this line, and not for another one of its rule.
    let is_single = lines.iter().filter(|line| goes(line)).count() == 1;
    let mut change = Change { contest, rule, lines: &lines, same_voice: is_single.then_some(same_voice) };
    Ok(find(contest.space, region, &contest.watched(&lines), &mut change)?.is_some())
}

/// Looks for a cell in which the verdict is another without the rule.
struct Change<'c, 's, 'l> {
    contest: &'c Contest<'s, 'l>,
    rule: RuleId,
    /// What is watched.
    lines: &'c [usize],
    /// Which of them is the only line of the rule once more; none: there are several lines of it.
    same_voice: Option<Vec<bool>>,
}

impl Quarry for Change<'_, '_, '_> {
    fn hopeless(&self, taken: &[Taken]) -> bool {
        self.same_voice.iter().flatten().zip(taken).any(|(same, taken)| *same && *taken == Taken::All)
    }

    fn found(&mut self, cell: &Region, taken: &[Taken]) -> bool {
        let applying = self.lines.iter().zip(taken).filter(|(_, taken)| **taken == Taken::All);
        let with: Vec<LineRef> = applying.map(|(line, _)| self.contest.lines[*line]).collect();
        let without: Vec<LineRef> = with.iter().copied().filter(|line| line.line.rule != Some(self.rule)).collect();
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
    repeated.sort_by_key(|(rule, _)| *rule);
    // The rules of which every line repeats others, with these.
    let in_full = repeated.chunk_by(|a, b| a.0 == b.0).filter_map(|lines| {
        let mut others: BTreeSet<RuleId> = BTreeSet::new();
        for (_, adds) in lines {
            match adds {
                Adds::Something => return None,
                Adds::Nothing => {}
                Adds::Repetition(rules) => others.extend(rules),
            }
        }
        (!others.is_empty()).then_some((lines[0].0, others))
    });
    let in_full: BTreeMap<RuleId, BTreeSet<RuleId>> = in_full.collect();
    // Of rules that repeat each other one has to stay: the later ones are pointed out, and no rule for which one of those
    // would have to stay.
    let mut told: BTreeMap<RuleId, Finding> = BTreeMap::new();
    for (rule, others) in in_full.iter().rev() {
        if !others.iter().any(|other| told.contains_key(other)) {
            told.insert(*rule, finding(law, *rule, others));
        }
    }
    told.into_values().collect()
}

fn finding(law: &Law, rule: RuleId, others: &BTreeSet<RuleId>) -> Finding {
    let instrument = |rule: RuleId| law[law[rule].provision].instrument;
    let message = format!("this rule of {} changes no answer", words::provision(law, law[rule].provision));
    let mut finding = Finding::new(Code::Redundant, law[rule].span, message);
    let says = if others.len() == 1 { "this says the same" } else { "this says the same in some of its cases" };
    for other in others {
        finding = finding.other(law[*other].span, says);
    }
    if others.iter().all(|other| instrument(*other) == instrument(rule)) {
        return finding.help("delete it, or let it cite what only it says");
    }
    // two texts may well say the same, and each is law
    finding.severity = Severity::Note;
    finding.help("nothing is wrong if both texts say it; whoever amends one has to look at the other")
}
