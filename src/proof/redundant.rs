//! Rules without which every answer stays the same.
//!
//! A rule goes as a whole: with all its lines, and with its part in what holds where no rule of its group does (the
//! opposites, semantics, section 3). So of each of its lines it is asked whether others say it in all its cases, and
//! whether the others of its group hold in all of them. An opposite that nobody else asks for goes with it.
//!
//! Two rules each of which could go need not both be able to. So those that could are taken out one after another, the
//! later ones first, and each is looked at without those that went before it: what is reported can go together.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::contest::Contest;
use super::place::Spaces;
use super::space::TooLarge;
use super::without::{Adds, Without};
use super::work::Work;
use crate::finding::{Code, Finding, Severity};
use crate::law::{Law, MatterId, QuestionId, RuleId};
use crate::words;

/// What each line of a rule adds.
pub(super) type Repeated = Vec<(RuleId, Adds)>;

/// Looks at every line of a question.
pub(super) fn survey(contest: &Contest<'_, '_>, repeated: &mut Repeated) -> Result<(), TooLarge> {
    for (place, line) in contest.lines.iter().enumerate() {
        let Some(rule) = line.line.rule else { continue };
        let without = Without { contest, rule, gone: &BTreeSet::new() };
        repeated.push((rule, without.adds(place)?));
    }
    Ok(())
}

/// A finding for each rule that only repeats, as far as they can go together.
pub(super) fn findings(law: &Law, repeated: Repeated) -> Result<Vec<Finding>, TooLarge> {
    let candidates = in_full(repeated);
    let mut of_questions: BTreeMap<QuestionId, usize> = BTreeMap::new();
    for question in candidates.keys().flat_map(|rule| questions(law, *rule)) {
        *of_questions.entry(question).or_default() += 1;
    }
    of_questions.retain(|_, rules| *rules > 1);
    let matters: BTreeSet<MatterId> = of_questions.keys().map(|question| law[*question].matter).collect();
    let work = Rc::new(Work::new());
    let spaces = matters.into_iter().map(|matter| Ok((matter, Spaces::new(law, matter, &work)?)));
    let spaces: BTreeMap<MatterId, Spaces<'_>> = spaces.collect::<Result<_, TooLarge>>()?;
    let contests = of_questions.into_keys().filter_map(|question| {
        let spaces = spaces.get(&law[question].matter)?;
        Some(Contest::new(spaces.of(law[question].head), question).map(|contest| (question, contest)))
    });
    let contests: BTreeMap<QuestionId, Contest<'_, '_>> = contests.collect::<Result<_, TooLarge>>()?;
    // What one text says twice goes before what another text says too, of which nothing is wrong.
    let instrument = |rule: RuleId| law[law[rule].provision].instrument;
    let says_it_twice = |rule: RuleId| candidates[&rule].iter().all(|other| instrument(*other) == instrument(rule));
    let mut order: Vec<RuleId> = candidates.keys().rev().copied().collect();
    order.sort_by_key(|rule| !says_it_twice(*rule));
    let mut gone: BTreeSet<RuleId> = BTreeSet::new();
    let mut who: BTreeMap<RuleId, BTreeSet<RuleId>> = BTreeMap::new();
    for rule in order {
        if let Some(mut others) = says_it(&contests, law, rule, &gone)? {
            others.extend(candidates[&rule].iter().filter(|other| !gone.contains(other)));
            who.insert(rule, others);
            gone.insert(rule);
        }
    }
    let mut findings = Vec::new();
    let staying: BTreeSet<RuleId> = candidates.keys().filter(|rule| !gone.contains(rule)).copied().collect();
    for rule in &gone {
        let mut others = gone.clone();
        others.remove(rule);
        let mut instead = Vec::new();
        for other in
            staying.iter().filter(|other| questions(law, **other).any(|of| questions(law, *rule).any(|own| own == of)))
        {
            // It could go if this one stayed.
            if says_it(&contests, law, *other, &others)?.is_some() {
                instead.push(*other);
            }
        }
        findings.push(finding(law, *rule, &who[rule], &instead));
    }
    Ok(findings)
}

/// The rules of which every line repeats others, with these.
fn in_full(mut repeated: Repeated) -> BTreeMap<RuleId, BTreeSet<RuleId>> {
    repeated.sort_by_key(|(rule, _)| *rule);
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
    in_full.collect()
}

/// The questions on which a rule speaks.
fn questions(law: &Law, rule: RuleId) -> impl Iterator<Item = QuestionId> {
    law[rule].questions.iter().copied()
}

/// Without the rules that are gone, who says what this one says, as far as these questions go; none: it has to stay.
fn says_it(
    contests: &BTreeMap<QuestionId, Contest<'_, '_>>,
    law: &Law,
    rule: RuleId,
    gone: &BTreeSet<RuleId>,
) -> Result<Option<BTreeSet<RuleId>>, TooLarge> {
    let mut who = BTreeSet::new();
    for contest in questions(law, rule).filter_map(|question| contests.get(&question)) {
        let without = Without { contest, rule, gone };
        for (place, line) in contest.lines.iter().enumerate() {
            if line.line.rule == Some(rule) {
                match without.adds(place)? {
                    Adds::Something => return Ok(None),
                    Adds::Nothing => {}
                    Adds::Repetition(rules) => who.extend(rules),
                }
            }
        }
    }
    Ok(Some(who))
}

fn finding(law: &Law, rule: RuleId, others: &BTreeSet<RuleId>, instead: &[RuleId]) -> Finding {
    let instrument = |rule: RuleId| law[law[rule].provision].instrument;
    let message = format!("this rule of {} changes no answer", words::provision(law, law[rule].provision));
    let mut finding = Finding::new(Code::Redundant, law[rule].span, message);
    let says = if others.len() == 1 { "this says the same" } else { "this says the same in some of its cases" };
    for other in others {
        let label = if instead.contains(other) {
            format!("{says}; it could go instead, but not both")
        } else {
            says.to_owned()
        };
        finding = finding.other(law[*other].span, label);
    }
    for other in instead.iter().filter(|other| !others.contains(other)) {
        finding = finding.other(law[*other].span, "this could go instead, but not both");
    }
    if others.iter().all(|other| instrument(*other) == instrument(rule)) {
        return finding.help(if instead.is_empty() {
            "delete it, or let it cite what only it says"
        } else {
            "delete this one and keep the other; or let it cite what only it says"
        });
    }
    // two texts may well say the same, and each is law
    finding.severity = Severity::Note;
    finding.help("nothing is wrong if both texts say it; whoever amends one has to look at the other")
}
