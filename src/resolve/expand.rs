//! Rules become lines: one question, one region of cases, one answer (semantics, section 3).
//!
//! What a branch asks is its own condition and not that of an earlier branch. The `when` of the rule's and the provision's
//! head is joined after that, so that `otherwise` and opposites need it too. A branch whose authority lies in a place that
//! a fact names becomes one line for each set of such facts that can be known together: so no answer turns on the case.

use super::Context;
use super::opposites;
use super::rules::{MOST_BRANCHES, MOST_PLACE_FACTS, place_fact};
use super::shared::Shared;
use crate::law::{
    Answer, AnswerId, AssumptionsId, Condition, ConditionId, CountrySet, FactId, FactTest, FactValue, Interval, Law,
    Line, LineOrigin, Provision, QuestionHead, Relations, Rule, RuleBranch, RuleId, Scope, Side, Value,
};

/// A line with its condition as it is without the heads of rule and provision.
#[derive(Clone, Copy)]
pub(crate) struct Expanded {
    pub(crate) line: Line,
    pub(crate) own: ConditionId,
}

/// Fills the table of lines: those of each rule, then its opposites.
pub(crate) fn fill_lines(cx: &mut Context) {
    let mut expanded: Vec<Expanded> = Vec::new();
    let Context { law, shared, .. } = cx;
    for (id, rule) in law.rules() {
        lines_of(law, shared, id, rule, &mut expanded);
    }
    let (opposites, findings) = opposites::of(law, shared, &expanded);
    cx.findings.extend(findings);
    let mut lines: Vec<Line> = expanded.into_iter().map(|expanded| expanded.line).chain(opposites).collect();
    lines.sort_by_key(|line| line.rule);
    cx.law.lines = lines;
}

fn lines_of(law: &Law, shared: &mut Shared, id: RuleId, rule: &Rule, lines: &mut Vec<Expanded>) {
    let provision = &law[rule.provision];
    let scope = shared.both(provision.scope, rule.scope);
    let pieces = pieces(law, shared, rule);
    for question in &rule.questions {
        let head = law[*question].head;
        let scope = narrowed(law, shared, rule, head, scope);
        for piece in &pieces {
            let branch = &rule.branches[piece.branch];
            if let QuestionHead::Conduct(_, conduct) = head
                && branch.conduct != Some(conduct)
            {
                continue;
            }
            lines.push(Expanded {
                line: Line {
                    question: *question,
                    instrument: provision.instrument,
                    provision: Some(rule.provision),
                    rule: Some(id),
                    origin: match branch.start_not_held {
                        Some(note) => LineOrigin::Unread(Some(note)),
                        None => LineOrigin::Branch(piece.branch),
                    },
                    scope,
                    condition: with_heads(shared, piece.condition, rule, provision),
                    answer: branch.start_not_held.is_none().then_some(piece.answer),
                    assumptions: assumptions(shared, Some(branch), rule, provision),
                    span: branch.span,
                },
                own: piece.condition,
            });
        }
    }
}

/// A condition, and the `when` of the heads.
pub(crate) fn with_heads(shared: &mut Shared, own: ConditionId, rule: &Rule, provision: &Provision) -> ConditionId {
    let with_rule = shared.and(own, rule.condition);
    shared.and(with_rule, provision.condition)
}

/// What a branch, or the rule as a whole, rests on: each sentence once.
pub(crate) fn assumptions(
    shared: &mut Shared,
    branch: Option<&RuleBranch>,
    rule: &Rule,
    provision: &Provision,
) -> AssumptionsId {
    let mut lists = vec![rule.assumptions, provision.assumptions];
    lists.extend(branch.map(|branch| branch.assumptions));
    lists.rotate_right(branch.iter().len());
    lists.retain(|list| *list != AssumptionsId::NONE);
    if lists.is_empty() {
        return AssumptionsId::NONE;
    }
    let mut all: Vec<String> = Vec::new();
    for assumption in lists.into_iter().flat_map(|list| &shared[list]) {
        if !all.contains(assumption) {
            all.push(assumption.clone());
        }
    }
    shared.assumption(all)
}

/// The scope for an authority: its country is on the side of the question.
fn narrowed(law: &Law, shared: &mut Shared, rule: &Rule, head: QuestionHead, scope: Scope) -> Scope {
    let QuestionHead::Authority(_, side) = head else { return scope };
    let Some(country) = country_of_authority(law, shared, rule) else { return scope };
    let (from, to) = match side {
        Side::Requesting => (Some(country), None),
        Side::Requested => (None, Some(country)),
    };
    let relations = shared.relation(Relations { from, to, ..Relations::default() });
    shared.both(scope, Scope { relations, dates: Interval::ALWAYS })
}

fn country_of_authority(law: &Law, shared: &Shared, rule: &Rule) -> Option<CountrySet> {
    rule.branches.iter().flat_map(|branch| &shared[branch.answer].values).find_map(|value| match value {
        Value::Authority(authority, _) => Some(law[*authority].country.into()),
        _ => None,
    })
}

/// A part of a branch with an answer that does not turn on the case.
struct Piece {
    branch: usize,
    condition: ConditionId,
    answer: AnswerId,
}

fn pieces(law: &Law, shared: &mut Shared, rule: &Rule) -> Vec<Piece> {
    let is_list = rule.questions.iter().any(|question| matches!(law[*question].head, QuestionHead::Refuse(_)));
    let mut pieces = Vec::new();
    // Too long a sequence is a finding: its conditions would grow with its square.
    if !is_list && rule.branches.len() > MOST_BRANCHES {
        return pieces;
    }
    if let [only] = &rule.branches[..]
        && !matches!(&shared[only.condition], Condition::All(parts) if !parts.is_empty())
        && !shared[only.answer].values.iter().any(|value| place_fact(value).is_some())
    {
        pieces.push(Piece { branch: 0, condition: only.condition, answer: only.answer });
        return pieces;
    }
    let mut not_earlier = Condition::ALWAYS;
    for (index, branch) in rule.branches.iter().enumerate() {
        let facts = place_facts(&shared[branch.answer]);
        let condition = without_repetition(shared[branch.condition].clone().and(not_earlier.clone()));
        if facts.is_empty() {
            pieces.push(Piece { branch: index, condition: shared.condition(condition), answer: branch.answer });
        } else {
            for set in sets_of(&facts) {
                let known = facts.iter().map(|fact| {
                    let known = Condition::Fact(*fact, FactTest::Known);
                    if set.contains(fact) { known } else { known.negated() }
                });
                let condition = condition.clone().and(Condition::All(known.collect()));
                let answer = answer_in(&shared[branch.answer], &set);
                let (condition, answer) = (shared.condition(condition), shared.answer(answer));
                pieces.push(Piece { branch: index, condition, answer });
            }
        }
        if !is_list {
            not_earlier = not_earlier.and(does_not_hold(&shared[branch.condition], &facts));
        }
    }
    pieces
}

/// The same sentence twice says no more than once.
fn without_repetition(condition: Condition) -> Condition {
    let Condition::All(parts) = condition else { return condition };
    let mut once: Vec<Condition> = Vec::new();
    for part in parts {
        if !once.contains(&part) {
            once.push(part);
        }
    }
    if once.len() == 1 { once.remove(0) } else { Condition::All(once) }
}

/// Every set of at least one of the facts. Too many facts are a finding: no lines then, rather than very many.
fn sets_of(facts: &[FactId]) -> Vec<Vec<FactId>> {
    let sets = if facts.len() > MOST_PLACE_FACTS { 0 } else { 1usize << facts.len() };
    (1..sets)
        .map(|set| facts.iter().enumerate().filter(|(at, _)| set & (1 << at) != 0).map(|(_, fact)| *fact).collect())
        .collect()
}

/// The answer when exactly these facts name a place: alternatives in other places are no alternatives then.
fn answer_in(answer: &Answer, known: &[FactId]) -> Answer {
    let values = answer.values.iter().filter(|value| place_fact(value).is_none_or(|fact| known.contains(&fact)));
    Answer { values: values.cloned().collect(), ..answer.clone() }
}

/// The facts that name places, in the order of the table.
fn place_facts(answer: &Answer) -> Vec<FactId> {
    let mut facts: Vec<FactId> = answer.values.iter().filter_map(place_fact).collect();
    facts.sort_unstable();
    facts.dedup();
    facts
}

/// When an `otherwise` after the branch is reached. Where the branch turns on places: when none of them is known and at
/// least one is unknown; places that do not lie in the country at all leave nothing to decide.
fn does_not_hold(condition: &Condition, facts: &[FactId]) -> Condition {
    let not_own = condition.clone().negated();
    let unknown = |fact: &FactId| Condition::Fact(*fact, FactTest::IsOneOf(vec![FactValue::Unknown]));
    let no_place = match facts {
        [] => return not_own,
        [only] => unknown(only),
        several => {
            let not_known = several.iter().map(|fact| Condition::Fact(*fact, FactTest::Known).negated());
            let one_unknown = Condition::Any(several.iter().map(unknown).collect());
            Condition::All(not_known.collect()).and(one_unknown)
        }
    };
    if not_own == Condition::NEVER { no_place } else { Condition::Any(vec![not_own, no_place]) }
}
