//! Rules as written: heads, branches, the questions that they answer, and for which countries they may speak.

use std::collections::BTreeSet;

use super::clauses::{self, Unowned};
use super::names::{said, shown};
use super::shared::Shared;
use super::values::{self, Answered, Setting, WordsAre};
use super::{Context, conditions, provisions, questions, scopes, sides, twice};
use crate::finding::{Code, Finding};
use crate::law::{
    Answer, AuthorityId, ClauseEffect, Condition, Few, InstrumentId, Interval, Law, MatterId, PlaceTerm, ProvisionId,
    Question, QuestionHead, Relations, Rule, RuleBranch, Scope, Strength, Value,
};
use crate::source::Span;
use crate::syntax::ast::{self, Branch, Head, Tail};

/// What a branch can depend on at most: each place fact doubles its lines.
pub(crate) const MOST_PLACE_FACTS: usize = 4;

/// How many branches a sequence can have at most, each `otherwise` with the conditions of all before it; a maximum that
/// may be exceeded counts twice.
pub(crate) const MOST_BRANCHES: usize = 200;

/// What stands around a rule.
#[derive(Clone, Copy)]
pub(crate) struct Surroundings<'a> {
    pub(crate) instrument: Option<InstrumentId>,
    pub(crate) scope: Scope,
    /// Where its head says `in` some countries.
    pub(crate) within: Option<Span>,
    pub(crate) matters: &'a [MatterId],
    /// The head of the provision is in order, so that an empty scope is the fault of the rule.
    pub(crate) is_clear: bool,
    /// Its scope names something that is not known: whose authority is meant cannot be told.
    pub(crate) is_faulty: bool,
}

/// A rule whose provision has no id yet.
pub(crate) struct Draft {
    pub(crate) rule: Rule,
    pub(crate) questions: Vec<Question>,
    pub(crate) clauses: Vec<Unowned>,
}

type RuleKey<'a> = (Vec<Question>, &'a Relations, Interval, &'a Condition, &'a [String], Vec<BranchKey<'a>>);
type BranchKey<'a> = (&'a Condition, bool, &'a Answer, &'a [String], Option<&'a str>, Option<&'a str>);

/// What a rule says, for an order that does not turn on files.
pub(crate) fn key<'a>(law: &Law, shared: &'a Shared, rule: &'a Rule) -> RuleKey<'a> {
    let questions = rule.questions.iter().map(|question| law[*question]).collect();
    let branches = rule.branches.iter().map(|branch| {
        let (citation, start) = (branch.citation.as_deref(), branch.start_not_held.map(|note| shared[note].as_str()));
        let (condition, answer) = (&shared[branch.condition], &shared[branch.answer]);
        (condition, branch.only, answer, shared[branch.assumptions].as_slice(), citation, start)
    });
    let (relations, condition) = (&shared[rule.scope.relations], &shared[rule.condition]);
    let assumptions = &shared[rule.assumptions];
    (questions, relations, rule.scope.dates, condition, assumptions, branches.collect())
}

/// What stands in a head or beside a value, sorted by kind.
pub(crate) struct Tails<'a, 's> {
    pub(crate) scopes: Vec<&'a ast::Scope<'s>>,
    pub(crate) condition: Condition,
    pub(crate) has_condition: bool,
    pub(crate) only: Option<(Condition, Span)>,
    pub(crate) clauses: Vec<Unowned>,
    pub(crate) assumptions: Vec<String>,
}

/// Sorts what stands in a head or beside a value.
pub(crate) fn tails<'a, 's>(
    cx: &mut Context,
    instrument: Option<InstrumentId>,
    written: &'a [Tail<'s>],
) -> Tails<'a, 's> {
    let mut tails = Tails {
        scopes: Vec::new(),
        condition: Condition::ALWAYS,
        has_condition: false,
        only: None,
        clauses: Vec::new(),
        assumptions: Vec::new(),
    };
    let assumed: Vec<_> = written
        .iter()
        .filter_map(|tail| match tail {
            Tail::Assuming(text) => Some(text),
            _ => None,
        })
        .collect();
    twice::texts(cx, "the assumption", &assumed);
    let (mut when, mut only_when) = (Vec::new(), Vec::new());
    for tail in written {
        match tail {
            Tail::When(condition, span) => {
                tails.has_condition = true;
                let condition = conditions::condition(cx, condition);
                when.push((condition.clone(), *span));
                tails.condition = tails.condition.and(condition);
            }
            Tail::OnlyWhen(condition, span) => {
                let condition = conditions::condition(cx, condition);
                only_when.push((condition.clone(), *span));
                let (earlier, first) = tails.only.take().unwrap_or((Condition::ALWAYS, *span));
                tails.only = Some((earlier.and(condition), first));
            }
            Tail::Assuming(text) => tails.assumptions.push(said(text)),
            Tail::Scope(scope) => tails.scopes.push(scope),
            Tail::Notwithstanding { .. } | Tail::SubjectTo { .. } | Tail::AllowsOtherwise { .. } => {
                tails.clauses.extend(clauses::of_tail(cx, instrument, tail));
            }
        }
    }
    twice::conditions(cx, &when);
    twice::conditions(cx, &only_when);
    twice::clauses(cx, &tails.clauses);
    // Whoever wins because this gives way rests on what is assumed beside it; a claim is shown with its own line.
    for clause in tails.clauses.iter_mut().filter(|clause| clause.effect == ClauseEffect::Concedes) {
        clause.assumptions.clone_from(&tails.assumptions);
    }
    tails
}

/// A rule of a provision.
pub(crate) fn rule(cx: &mut Context, around: Surroundings<'_>, row: &ast::Rule<'_>) -> Draft {
    if let Head::Authority(names)
    | Head::Languages(names)
    | Head::PreferredLanguage(names)
    | Head::CriteriaMode(names)
    | Head::Basis(names) = &row.head
    {
        twice::names(cx, names);
    }
    let head = tails(cx, around.instrument, &row.tails);
    let branch_tails: Vec<Tails<'_, '_>> =
        row.branches.iter().map(|branch| tails(cx, around.instrument, &branch.tails)).collect();
    let mut parts = head.scopes;
    for tails in &branch_tails {
        if branch_tails.len() > 1
            && let Some(scope) = tails.scopes.first()
        {
            let message = "it is not clear whether this is said of one branch or of all";
            let finding = Finding::new(Code::AmbiguousName, span_of(scope), message);
            cx.report(finding.help("write it before the first value to say it of all, or make two rules"));
        }
        parts.extend(&tails.scopes);
    }
    let before = cx.told();
    let written = scopes::scope(cx, parts);
    let is_faulty = around.is_faulty || cx.is_faulty(before);
    let matters = matters(cx, around, &written, row.span);

    let may_say_only = matches!(row.head, Head::Conduct(_) | Head::Refuse { .. });
    let is_list = matches!(row.head, Head::Refuse { .. });
    let mut made = Made { clauses: head.clauses, branches: Vec::with_capacity(row.branches.len()), ..Made::default() };
    let mut unconditional: Option<Span> = None;
    for (branch, mut tails) in row.branches.iter().zip(branch_tails) {
        if let (Some(earlier), false) = (unconditional, is_list) {
            let finding = Finding::new(Code::UselessBranch, branch.span, "this branch can never hold");
            let finding = finding.other(earlier, "this one always holds");
            cx.report(finding.help("put the branch without a condition last"));
        }
        if let Some((only, span)) = head.only.clone() {
            let earlier = tails.only.take().map_or(Condition::ALWAYS, |(condition, _)| condition);
            tails.only = Some((only.and(earlier), span));
        }
        if let (Some((_, span)), false) = (&tails.only, may_say_only) {
            let message = "`only when` says the opposite elsewhere, and this question has none";
            cx.report(Finding::new(Code::UselessBranch, *span, message).help("write `when`"));
        }
        let conditional = tails.has_condition || tails.only.is_some();
        let before = cx.told();
        let depends_on_places = self::branch(cx, around, &row.head, branch, tails, may_say_only, &mut made);
        // of a branch that is not in order nobody knows when it holds
        if !conditional && !depends_on_places && !cx.is_faulty(before) {
            unconditional = unconditional.or(Some(branch.span));
        }
    }

    if is_list {
        grounds_twice(cx, row, &made);
    }
    if !is_list && made.branches.len() > MOST_BRANCHES {
        let message = format!("a rule can have {MOST_BRANCHES} branches at most");
        cx.report(Finding::new(Code::Limit, row.span, message).help("make several rules of it"));
    }

    let scope = cx.shared.both(around.scope, written.scope);
    let is_clear = around.is_clear && !written.broken && !matters.is_empty();
    if is_clear && let Some(why) = scopes::why_no_case(cx, scope, &matters) {
        let finding = Finding::new(Code::EmptyScope, written.span.unwrap_or(row.span), "this rule speaks of no case");
        cx.report(finding.why(why).help("look at its countries and days and at those of its provision"));
    }
    let questions =
        questions_of(cx, row, &made, (around.instrument, scope, written.within.or(around.within), is_faulty), &matters);
    if is_clear && let Some(instrument) = around.instrument {
        sides::check_whose_duty(cx, instrument, row, scope, &questions);
    }
    let title = match &row.head {
        Head::Criterion { text, .. } => text.as_ref().map(said),
        _ => None,
    };
    let no_other_ground = matches!(row.head, Head::Refuse { no_other_ground: Some(_), .. });
    let rule = Rule {
        // Set when the provisions are in order.
        provision: ProvisionId(0),
        questions: Few::default(),
        scope: written.scope,
        condition: cx.shared.condition(head.condition),
        matters: matters.into(),
        branches: made.branches.into(),
        clauses: Few::default(),
        assumptions: cx.shared.assumption(head.assumptions),
        title,
        no_other_ground,
        span: row.span,
    };
    Draft { rule, questions, clauses: made.clauses }
}

/// Reports a ground that stands twice with one condition.
fn grounds_twice(cx: &mut Context, row: &ast::Rule<'_>, made: &Made) {
    let grounds = row.branches.iter().zip(&made.branches).filter_map(|(written, branch)| match &written.value {
        ast::Value::Ground { name, .. } => {
            let says_more = |tail: &Tail<'_>| !matches!(tail, Tail::When(..) | Tail::OnlyWhen(..) | Tail::Assuming(_));
            let key = (name.text, branch.citation.clone(), twice::plain(&cx.shared[branch.condition]), branch.only);
            let is_alone = !written.tails.iter().any(says_more);
            is_alone.then(|| (key, shown(name.text).into_owned(), name.span))
        }
        _ => None,
    });
    let grounds: Vec<_> = grounds.collect();
    twice::grounds(cx, grounds.into_iter());
}

/// What the branches of a rule add up to.
#[derive(Default)]
struct Made {
    branches: Vec<RuleBranch>,
    clauses: Vec<Unowned>,
    authorities: Vec<(AuthorityId, Span)>,
}

/// Adds a branch; says whether it depends on a place that a fact names.
fn branch(
    cx: &mut Context,
    around: Surroundings<'_>,
    head: &Head<'_>,
    row: &Branch<'_>,
    tails: Tails<'_, '_>,
    may_say_only: bool,
    made: &mut Made,
) -> bool {
    let words = match head {
        Head::Languages(_) | Head::PreferredLanguage(_) => WordsAre::Languages,
        _ => WordsAre::Words,
    };
    let setting = Setting { words, instrument: around.instrument };
    let answered = values::answer(cx, setting, row.strength, &row.value);
    check_strength(cx, head, row, answered.answer.strength);
    let Answered { answer, conduct, longer_when, start_not_held, citation, authorities } = answered;
    let places: BTreeSet<_> = answer.values.iter().filter_map(place_fact).collect();
    if places.len() > MOST_PLACE_FACTS {
        let message = format!("a branch can turn on {MOST_PLACE_FACTS} places at most");
        cx.report(Finding::new(Code::BadFact, row.span, message).help("make several rules of it"));
    }
    made.authorities.extend(authorities);
    made.clauses.extend(tails.clauses);
    let only = tails.only.is_some() && may_say_only;
    let condition = match tails.only {
        Some((only, _)) => tails.condition.and(only),
        None => tails.condition,
    };
    let shared = &mut cx.shared;
    let start_not_held = start_not_held.map(|note| shared.note(note));
    let assumptions = shared.assumption(tails.assumptions);
    let mut add = |condition: Condition, answer: Answer| {
        let (condition, answer) = (shared.condition(condition), shared.answer(answer));
        let citation = citation.clone();
        let span = row.span;
        made.branches.push(RuleBranch {
            condition,
            only,
            conduct,
            answer,
            start_not_held,
            assumptions,
            citation,
            span,
        });
    };
    // A maximum that may be exceeded is two branches: first where it may, then where it may not.
    if let Some(longer_when) = longer_when {
        let mut longer = answer.clone();
        for value in &mut longer.values {
            if let Value::Maximum { or_longer, .. } = value {
                *or_longer = true;
            }
        }
        add(condition.clone().and(longer_when), longer);
    }
    add(condition, answer);
    !places.is_empty() && places.len() <= MOST_PLACE_FACTS
}

/// The fact that names the place of an authority.
pub(crate) fn place_fact(value: &Value) -> Option<crate::law::FactId> {
    match value {
        Value::Authority(_, Some(PlaceTerm::Fact(fact))) => Some(*fact),
        _ => None,
    }
}

fn check_strength(cx: &mut Context, head: &Head<'_>, row: &Branch<'_>, strength: Strength) {
    let is_time_or_mode =
        matches!(head, Head::Deadline { .. } | Head::Maximum(_) | Head::CriteriaMode(_) | Head::Basis(_));
    let message = match strength {
        Strength::Contact if !matches!(head, Head::Authority(_)) => "`contact` is said of authorities alone",
        Strength::ShallNot if is_time_or_mode => "a rule that says only what it is not answers nothing here",
        _ => return,
    };
    cx.report(Finding::new(Code::WrongValue, row.span, message).help("write `is`, `should be` or `may be`"));
}

fn span_of(scope: &ast::Scope<'_>) -> Span {
    match scope {
        ast::Scope::FromDate(date) | ast::Scope::UntilDate(date) => date.0.span,
        ast::Scope::From(list) | ast::Scope::To(list) | ast::Scope::In(list) | ast::Scope::Between(list) => list.span,
        ast::Scope::AnyCountry(span) | ast::Scope::Under(_, span) | ast::Scope::UnderNoInstrument(span) => *span,
        ast::Scope::Concerning(names) => names[0].span,
    }
}

fn matters(cx: &mut Context, around: Surroundings<'_>, written: &scopes::WrittenScope, rule: Span) -> Vec<MatterId> {
    let span = written.span.unwrap_or(rule);
    let mut matters = match &written.matters {
        Some(named) => {
            let mut named = provisions::concerning(cx, around.instrument, named.iter().copied(), span);
            if !around.matters.is_empty() && !named.is_empty() {
                named.retain(|matter| around.matters.contains(matter));
                if named.is_empty() {
                    let finding = Finding::new(Code::EmptyScope, span, "its provision is about other matters");
                    cx.report(finding.help("look at `concerning` in the head of the provision"));
                }
            }
            named
        }
        None => around.matters.to_vec(),
    };
    if cx.shared[written.scope.relations].under.is_some() {
        keep_matters_under_instruments(cx, &mut matters, span);
    }
    matters
}

/// `under X` says something only of matters in which a request is made under one instrument.
pub(crate) fn keep_matters_under_instruments(cx: &mut Context, matters: &mut Vec<MatterId>, span: Span) {
    let Some(first) = matters.first().copied() else { return };
    matters.retain(|matter| cx.law[*matter].under_one_instrument);
    if matters.is_empty() {
        let matter = &cx.law[first];
        let message = format!("in `{}` a request is not made under one instrument", matter.name);
        let finding = Finding::new(Code::WrongMatter, span, message).other(matter.span, "declared here");
        cx.report(finding.help("add `, under one instrument` to the matter, or leave `under` out"));
    }
}

/// Between two countries it must be said whose authority is meant.
fn check_within_one_country(cx: &mut Context, name: ast::Name<'_>, matters: &[MatterId]) {
    if let Some(between) = matters.iter().find(|matter| cx.law[**matter].between_countries) {
        let message = format!(
            "`{}` lies between two countries, and `the {}` does not say of which",
            cx.law[*between].name,
            shown(name.text)
        );
        let finding = Finding::new(Code::WrongMatter, name.span, message);
        cx.report(finding.help("write `requesting authority`, `requested authority` or `either authority`; or limit the rule with `concerning` to a matter within one country"));
    }
}

/// The questions that the rule answers, one for each matter and each act, item or side.
fn questions_of(
    cx: &mut Context,
    row: &ast::Rule<'_>,
    made: &Made,
    (instrument, scope, within, is_faulty): (Option<InstrumentId>, Scope, Option<Span>, bool),
    matters: &[MatterId],
) -> Vec<Question> {
    let mut heads: Vec<QuestionHead> = Vec::new();
    match &row.head {
        Head::Authority(acts) => {
            let acts: Vec<_> = acts.iter().map(|act| cx.names.act(*act)).collect();
            let acts: Vec<_> = acts.into_iter().filter_map(|act| cx.take(act)).collect();
            if is_faulty {
                return Vec::new();
            }
            return sides::authority_questions(cx, &made.authorities, (instrument, scope, within), matters, &acts);
        }
        Head::Languages(items) | Head::PreferredLanguage(items) => {
            for item in items {
                let found = cx.names.item(*item);
                heads.extend(cx.take(found).map(|item| match row.head {
                    Head::Languages(_) => QuestionHead::Languages(item),
                    _ => QuestionHead::PreferredLanguage(item),
                }));
            }
        }
        Head::Channel => heads.push(QuestionHead::Channel),
        Head::Means => heads.push(QuestionHead::Means),
        Head::PreferredMeans => heads.push(QuestionHead::PreferredMeans),
        Head::Deadline { name, party } => {
            let name = cx.names.word(*name);
            let party = party.map(|party| cx.names.word(party)).transpose();
            if let (Some(name), Some(party)) = (cx.take(name), cx.take(party)) {
                heads.push(QuestionHead::Deadline(name, party));
            }
        }
        Head::Maximum(name) => {
            let name = cx.names.word(*name);
            heads.extend(cx.take(name).map(QuestionHead::Maximum));
        }
        Head::Criterion { name, .. } => {
            let name = cx.names.word(*name);
            if let (Some(name), Some(instrument)) = (cx.take(name), instrument) {
                heads.push(QuestionHead::Criterion(name, instrument));
            }
        }
        Head::CriteriaMode(acts) | Head::Basis(acts) => {
            for act in acts {
                let found = cx.names.act(*act);
                heads.extend(cx.take(found).map(|act| match row.head {
                    Head::Basis(_) => QuestionHead::Basis(act),
                    _ => QuestionHead::CriteriaMode(act),
                }));
            }
        }
        Head::Conduct(bearer) => {
            let conducts: BTreeSet<_> = made.branches.iter().filter_map(|branch| branch.conduct).collect();
            let bearers = questions::bearers(&cx.names, *bearer);
            for bearer in cx.take(bearers).into_iter().flatten() {
                heads.extend(conducts.iter().map(|conduct| QuestionHead::Conduct(bearer, *conduct)));
            }
            if let ast::Bearer::Named(name) = bearer {
                check_within_one_country(cx, *name, matters);
            }
        }
        Head::Refuse { bearer: ast::Bearer::Named(name), .. } => cx.report(questions::no_refusal(*name)),
        Head::Refuse { bearer, .. } => {
            heads.extend(questions::sides(*bearer).iter().map(|side| QuestionHead::Refuse(*side)));
        }
    }
    let mut seen = BTreeSet::new();
    heads.retain(|head| seen.insert(*head));
    matters.iter().flat_map(|matter| heads.iter().map(|head| Question { matter: *matter, head: *head })).collect()
}
