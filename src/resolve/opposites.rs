//! What holds where no branch does: the opposite lines of `only when` and `on no other ground`, and a criterion that is
//! not met.
//!
//! The group of an opposite is what one provision says on one question; of a criterion, what the whole instrument says of
//! it. Only branches of the same scope are in the group; one of another scope must have no case in common with it.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::expand::{Expanded, assumptions, with_heads};
use super::shared::Shared;
use crate::finding::{Code, Finding};
use crate::law::{
    Answer, AnswerId, AssumptionsId, Condition, ConditionId, CountrySet, Law, Line, LineOrigin, ProvisionId,
    QuestionHead, QuestionId, Rule, RuleBranch, RuleId, Scope, Strength, Value,
};

/// The opposite lines, and what is wrong with the groups.
pub(crate) fn of(law: &Law, shared: &mut Shared, lines: &[Expanded]) -> (Vec<Line>, Vec<Finding>) {
    let mut groups = Groups { law, of_question: BTreeMap::new(), of_provision: BTreeMap::new() };
    let has_opposites = |line: &Line| {
        let head = law[line.question].head;
        matches!(head, QuestionHead::Conduct(..) | QuestionHead::Refuse(_) | QuestionHead::Criterion(..))
    };
    for other in lines.iter().filter(|other| has_opposites(&other.line)) {
        groups.of_question.entry(other.line.question).or_default().push(other);
        let provision = (other.line.question, other.line.provision);
        groups.of_provision.entry(provision).or_default().push(other);
    }
    let mut opposites =
        Opposites { groups: &groups, shared, made: Vec::new(), findings: Vec::new(), seen: HashSet::new() };
    for (id, rule) in law.rules() {
        for question in &rule.questions {
            match law[*question].head {
                QuestionHead::Conduct(..) | QuestionHead::Refuse(_) => opposites.of_rule(id, rule, *question),
                QuestionHead::Criterion(..) => opposites.of_criterion(id, rule, *question),
                _ => {}
            }
        }
    }
    (opposites.made, opposites.findings)
}

/// The lines among which an opposite is sought.
struct Groups<'a> {
    law: &'a Law,
    of_question: BTreeMap<QuestionId, Vec<&'a Expanded>>,
    of_provision: BTreeMap<(QuestionId, Option<ProvisionId>), Vec<&'a Expanded>>,
}

struct Opposites<'a> {
    groups: &'a Groups<'a>,
    shared: &'a mut Shared,
    made: Vec<Line>,
    findings: Vec<Finding>,
    seen: HashSet<Known>,
}

/// What makes an opposite the same as another: two branches of one group have one. A rule with clauses of its own has its
/// own opposite, for which they speak; so it does not matter which rule is written first.
#[derive(PartialEq, Eq, Hash)]
struct Known {
    question: QuestionId,
    provision: ProvisionId,
    /// The `when` of the head of the rule.
    head: ConditionId,
    scope: Scope,
    answer: AnswerId,
    assumptions: AssumptionsId,
    /// The rule, if it has clauses.
    rule: Option<RuleId>,
}

impl Opposites<'_> {
    fn of_rule(&mut self, id: RuleId, rule: &Rule, question: QuestionId) {
        let mut wanted: Vec<(Strength, Option<&RuleBranch>)> = Vec::new();
        if rule.no_other_ground {
            wanted.push((Strength::ShallNot, None));
        }
        let is_of_question = |branch: &&RuleBranch| match self.groups.law[question].head {
            QuestionHead::Conduct(_, conduct) => branch.conduct == Some(conduct),
            _ => true,
        };
        let only = rule.branches.iter().filter(|branch| branch.only).filter(is_of_question);
        let shared = &self.shared;
        wanted.extend(only.map(|branch| (shared[branch.answer].strength.opposite(), Some(branch))));
        let groups = self.groups;
        let group = groups.of_provision.get(&(question, Some(rule.provision))).map_or(&[][..], Vec::as_slice);
        let Some(own) = group.iter().find(|other| other.line.rule == Some(id)) else { return };
        let scope = own.line.scope;
        let is_refusal = matches!(self.groups.law[question].head, QuestionHead::Refuse(_));
        for (strength, branch) in wanted {
            let list;
            let group = if is_refusal {
                list = self.of_one_list(group, strength);
                &list[..]
            } else {
                group
            };
            if let Some(other) = self.overlapping(group, scope) {
                let span = branch.map_or(rule.span, |branch| branch.span);
                let message = "what is the opposite of this is not clear: another rule here overlaps with it in part";
                self.findings.push(
                    Finding::new(Code::UselessBranch, span, message)
                        .other(other.line.span, "this one speaks of other countries or days")
                        .help("write the rules of one question in one provision with one scope"),
                );
                return;
            }
            let answer = Answer { strength, values: Vec::new(), limit: None };
            self.add((id, rule, branch), question, (scope, group), answer);
        }
    }

    /// A criterion that is not met is an answer with a citation, and not silence.
    fn of_criterion(&mut self, id: RuleId, rule: &Rule, question: QuestionId) {
        // The key of the question names the instrument: all lines of the question are in it.
        let group = self.groups.of_question.get(&question).map_or(&[][..], Vec::as_slice);
        let Some(own) = group.iter().find(|other| other.line.rule == Some(id)) else { return };
        if let Some(other) = self.overlapping(group, own.line.scope) {
            let message = "where this criterion is not met is not clear: another rule on it overlaps with it in part";
            let help = "write the rules on one criterion of an instrument with one scope, or with scopes that have no case in common";
            // Of the two it is said once.
            if other.line.rule > Some(id) {
                let finding = Finding::new(Code::UselessBranch, rule.span, message);
                self.findings
                    .push(finding.other(other.line.span, "this one speaks of other countries or days").help(help));
            }
            return;
        }
        let answer = Answer { strength: Strength::Shall, values: vec![Value::Met(false)], limit: None };
        self.add((id, rule, rule.branches.first()), question, (own.line.scope, group), answer);
    }

    /// Of rules on refusal those that can be on the list of which this is the opposite: where refusing is excluded, the
    /// grounds on which it is let; what forbids it is no ground.
    fn of_one_list<'e>(&self, group: &[&'e Expanded], opposite: Strength) -> Vec<&'e Expanded> {
        let is_on_it = |other: &&&Expanded| {
            let strength = other.line.answer.map(|answer| self.shared[answer].strength);
            strength.is_none_or(|strength| strength.denies() != opposite.denies())
        };
        group.iter().filter(is_on_it).copied().collect()
    }

    /// A rule of the group whose scope is another and can have a case in common with this one.
    fn overlapping<'e>(&self, group: &[&'e Expanded], scope: Scope) -> Option<&'e Expanded> {
        let meets = |other: &&Expanded| other.line.scope != scope && may_meet(self.shared, other.line.scope, scope);
        group.iter().copied().find(meets)
    }

    fn add(
        &mut self,
        (id, rule, branch): (RuleId, &Rule, Option<&RuleBranch>),
        question: QuestionId,
        (scope, group): (Scope, &[&Expanded]),
        answer: Answer,
    ) {
        let law = self.groups.law;
        let provision = &law[rule.provision];
        let answer = self.shared.answer(answer);
        let assumptions = assumptions(self.shared, branch, rule, provision);
        let known = Known {
            question,
            provision: rule.provision,
            head: rule.condition,
            scope,
            answer,
            assumptions,
            rule: (!rule.clauses.is_empty()).then_some(id),
        };
        if !self.seen.insert(known) {
            return;
        }
        let own = none_of(law, self.shared, group.iter().filter(|other| other.line.scope == scope), rule);
        let never = matches!(&own, Condition::All(parts) if parts.contains(&Condition::NEVER));
        if never || own == Condition::NEVER {
            return;
        }
        let own = self.shared.condition(own);
        self.made.push(Line {
            question,
            instrument: provision.instrument,
            provision: Some(rule.provision),
            rule: Some(id),
            origin: LineOrigin::Opposite,
            scope,
            condition: with_heads(self.shared, own, rule, provision),
            answer: Some(answer),
            assumptions,
            span: branch.map_or(rule.span, |branch| branch.span),
        });
    }
}

/// No line of the group holds, seen from a rule whose heads hold anyway.
fn none_of<'e>(law: &Law, shared: &Shared, group: impl Iterator<Item = &'e &'e Expanded>, rule: &Rule) -> Condition {
    group.fold(Condition::ALWAYS, |none, other| {
        let same_heads = other.line.rule.is_some_and(|id| {
            let (mine, theirs) = (law[rule.provision].condition, law[law[id].provision].condition);
            law[id].condition == rule.condition && mine == theirs
        });
        let holds = if same_heads { other.own } else { other.line.condition };
        none.and(shared[holds].clone().negated())
    })
}

/// Whether two scopes can have a case in common, as far as each part of them shows by itself.
fn may_meet(shared: &Shared, a: Scope, b: Scope) -> bool {
    let both = shared[a.relations].and(&shared[b.relations]);
    let is_empty = |set: Option<CountrySet>| set.is_some_and(CountrySet::is_empty);
    a.dates.meets(b.dates)
        && !is_empty(both.from)
        && !is_empty(both.to)
        && !both.under.as_ref().is_some_and(BTreeSet::is_empty)
}
