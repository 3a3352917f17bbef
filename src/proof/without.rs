//! What a rule adds to the others: what would be said without it, after some others are gone.

use std::collections::BTreeSet;

use super::contest::Contest;
use super::region::Region;
use super::search::{Quarry, Taken, Uncovered, find, is_possible};
use super::space::TooLarge;
use crate::answer::{Label, LineRef, Status, Verdict, outweighs, verdict};
use crate::law::{Answer, Law, Line, LineOrigin, QuestionHead, QuestionKind, RuleId, Strength, UnreadQuestions};

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

/// A rule in question, after some others are gone.
#[derive(Clone, Copy)]
pub(super) struct Without<'c, 's, 'l> {
    pub(super) contest: &'c Contest<'s, 'l>,
    pub(super) rule: RuleId,
    pub(super) gone: &'c BTreeSet<RuleId>,
}

impl Without<'_, '_, '_> {
    fn stays(&self, rule: RuleId) -> bool {
        rule != self.rule && !self.gone.contains(&rule)
    }

    /// The line is there no longer. An opposite stays as long as one of the rules stays that ask for it.
    fn goes(&self, line: &Line) -> bool {
        let Some(rule) = line.rule.filter(|rule| !self.stays(*rule)) else { return false };
        let is_asked_for = |other: &LineRef| {
            let other = &other.line;
            other.scope == line.scope
                && other.rule.is_some_and(|other| self.stays(other) && self.asks_for(rule, other, line))
        };
        line.origin != LineOrigin::Opposite || !self.contest.lines.iter().any(is_asked_for)
    }

    /// Another rule of the group asks for the opposite that is written with one of them.
    fn asks_for(&self, rule: RuleId, other: RuleId, opposite: &Line) -> bool {
        let law = self.contest.law();
        let (mine, theirs) = (&law[rule], &law[other]);
        let strength = opposite.answer.map(|answer| law[answer].strength);
        let is_opposite = |other: Strength| Some(other.opposite()) == strength;
        let asks = match self.contest.question.head {
            QuestionHead::Criterion(..) => true,
            QuestionHead::Conduct(_, conduct) => theirs.branches.iter().any(|branch| {
                branch.only && branch.conduct == Some(conduct) && is_opposite(law[branch.answer].strength)
            }),
            _ => {
                (theirs.no_other_ground && strength == Some(Strength::ShallNot))
                    || theirs.branches.iter().any(|branch| branch.only && is_opposite(law[branch.answer].strength))
            }
        };
        asks && mine.provision == theirs.provision
            && mine.condition == theirs.condition
            && mine.clauses.is_empty()
            && theirs.clauses.is_empty()
    }

    /// What is not held of the instrument would be open on the question, because no rule of it is left there.
    fn opens(&self) -> bool {
        let Without { contest, rule, .. } = *self;
        let law = contest.law();
        let instrument = law[law[rule].provision].instrument;
        let of_provisions = law.provisions_of(instrument).flat_map(|provision| &law[provision].unread);
        let mut unread = law[instrument].unread.iter().chain(of_provisions);
        unread.any(|text| matches!(text.on, UnreadQuestions::WithoutRule))
            && !contest
                .lines
                .iter()
                .any(|line| line.line.instrument == instrument && line.line.rule.is_some_and(|rule| self.stays(rule)))
    }

    /// What one of its lines adds.
    pub(super) fn adds(&self, place: usize) -> Result<Adds, TooLarge> {
        let Without { contest, .. } = *self;
        if !self.goes(&contest.lines[place].line) {
            return Ok(Adds::Nothing);
        }
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
        alike.retain(|other| {
            let line = &contest.lines[*other].line;
            line.rule.is_some() && !self.goes(line)
        });
        if alike.is_empty()
            || self.opens()
            || !cover(contest, &alike, &possible)?
            || !self.group_holds(place, &possible)?
        {
            return Ok(Adds::Something);
        }
        // Where no clause has a part in it, equal answers stand for each other; but what is collected can also disagree
        // by its place.
        let plain = contest.question.head.kind() != QuestionKind::Collected
            && contest.kin.is_alone(place)
            && alike.iter().all(|other| contest.kin.is_alone(*other));
        if !plain {
            let voices: Vec<usize> =
                alike.iter().copied().filter(|other| contest.is_same_voice(place, *other)).collect();
            let is_said = |region: &Region| voices.iter().any(|other| is_within(contest, region, *other));
            for region in possible.iter().filter(|region| !is_said(region)) {
                if self.changes_somewhere(place, region)? {
                    return Ok(Adds::Something);
                }
            }
        }
        Ok(Adds::Repetition(who_says_it(contest, place, &alike, &possible)?))
    }

    /// Where something holds because no rule of the group does, the other rules of the group hold in all these cases:
    /// without this one it would hold in none more.
    fn group_holds(&self, place: usize, regions: &[&Region]) -> Result<bool, TooLarge> {
        let Without { contest, .. } = *self;
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
        let (mut opposites, mut rules): (Vec<usize>, Vec<usize>) =
            group.into_iter().partition(|line| contest.lines[*line].line.origin == LineOrigin::Opposite);
        opposites.retain(|line| !self.goes(&contest.lines[*line].line));
        if opposites.is_empty() {
            return Ok(true);
        }
        rules.retain(|line| !self.goes(&contest.lines[*line].line));
        cover(contest, &rules, regions)
    }

    /// In some cell of the region the verdict is another without the rule.
    fn changes_somewhere(&self, place: usize, region: &Region) -> Result<bool, TooLarge> {
        let Without { contest, .. } = *self;
        let lines = contest.meeting(region);
        let goes = |line: usize| self.goes(&contest.lines[line].line);
        let going: Vec<bool> = lines.iter().map(|line| goes(*line)).collect();
        // What is said by the same voice stands in for this line, and not for another one that goes.
        let is_single = going.iter().filter(|going| **going).count() == 1;
        let same_voice =
            lines.iter().zip(&going).map(|(other, going)| !going && contest.is_same_voice(place, *other)).collect();
        let mut change = Change { contest, lines: &lines, going, same_voice: is_single.then_some(same_voice) };
        Ok(find(contest.space, region, &contest.watched(&lines), &mut change)?.is_some())
    }
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

/// Looks for a cell in which the verdict is another without what goes.
struct Change<'c, 's, 'l> {
    contest: &'c Contest<'s, 'l>,
    /// What is watched.
    lines: &'c [usize],
    /// Which of them go.
    going: Vec<bool>,
    /// Which of them is the only line that goes once more; none: there are several that do.
    same_voice: Option<Vec<bool>>,
}

impl Quarry for Change<'_, '_, '_> {
    fn hopeless(&self, taken: &[Taken]) -> bool {
        self.same_voice.iter().flatten().zip(taken).any(|(same, taken)| *same && *taken == Taken::All)
    }

    fn found(&mut self, cell: &Region, taken: &[Taken]) -> bool {
        let applying = || {
            let lines = self.lines.iter().zip(&self.going).zip(taken).filter(|(_, taken)| **taken == Taken::All);
            lines.map(|((line, going), _)| (self.contest.lines[*line], *going))
        };
        let with: Vec<LineRef> = applying().map(|(line, _)| line).collect();
        let without: Vec<LineRef> = applying().filter(|(_, going)| !going).map(|(line, _)| line).collect();
        let verdict =
            |lines: &[LineRef]| says(self.contest.law(), &verdict(self.contest.precedence(cell), lines), lines);
        verdict(&with) != verdict(&without)
    }
}

/// Status and the answers that count: what a verdict says, whoever says it.
fn says<'l>(law: &'l Law, verdict: &Verdict, lines: &[LineRef]) -> (Status, bool, Vec<&'l Answer>) {
    let standing = lines.iter().zip(&verdict.labels).filter(|(_, label)| **label == Label::In);
    let all: BTreeSet<&Answer> = standing.filter_map(|(line, _)| Some(&law[line.line.answer?])).collect();
    let answers = all.iter().copied().filter(|one| !all.iter().any(|other| outweighs(other, one))).collect();
    (verdict.status, verdict.unread.is_empty(), answers)
}
