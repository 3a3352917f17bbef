//! Provisions in their order: by instrument, citation and day, so that no answer turns on the order of files.

use std::cmp::Ordering;
use std::ops::Range;

use super::clauses::{self, Unowned};
use super::names::{citation, said};
use super::rules::{self, Draft, Surroundings, Tails};
use super::shared::Shared;
use super::{Context, instruments, passages, scopes};
use crate::finding::{Code, Finding};
use crate::law::{ClauseOwner, InstrumentId, MatterId, Provision, ProvisionId, RuleId, id_of};
use crate::syntax::ast::{self, Ast, ProvisionStatement};

struct ProvisionDraft {
    provision: Provision,
    clauses: Vec<Unowned>,
    rules: Vec<Draft>,
}

/// Fills the tables of provisions and rules, with their clauses. What stands in a provision of an instrument that is not
/// declared is looked at and left out.
pub(crate) fn fill(cx: &mut Context, ast: &Ast<'_>) {
    let mut drafts: Vec<ProvisionDraft> = Vec::with_capacity(ast.count_provisions());
    drafts.extend(ast.provisions().filter_map(|row| draft(cx, &row)));
    cx.law.provisions.reserve_exact(drafts.len());
    cx.law.rules.reserve_exact(drafts.iter().map(|draft| draft.rules.len()).sum());
    for ProvisionDraft { mut provision, clauses, rules } in in_order(&cx.shared, drafts) {
        let id = ProvisionId(id_of(cx.law.provisions.len()));
        provision.clauses = clauses::own(cx, ClauseOwner::Provision(id), clauses);
        cx.law.provisions.push(provision);
        for Draft { mut rule, questions, clauses } in rules {
            let rule_id = RuleId(id_of(cx.law.rules.len()));
            rule.provision = id;
            rule.questions = Vec::with_capacity(questions.len());
            rule.questions.extend(questions.into_iter().map(|question| cx.ask(question)));
            rule.clauses = clauses::own(cx, ClauseOwner::Rule(rule_id), clauses);
            cx.law.rules.push(rule);
        }
    }
}

/// By instrument, citation and days; blocks that agree in all that by what they say.
fn in_order(shared: &Shared, drafts: Vec<ProvisionDraft>) -> impl Iterator<Item = ProvisionDraft> + use<> {
    // Keys are made once for each draft and not for each comparison, and what is moved about is small.
    let mut keys = Vec::new();
    let mut order: Vec<(InstrumentId, Range<usize>, usize)> = Vec::with_capacity(drafts.len());
    for (place, draft) in drafts.iter().enumerate() {
        let start = keys.len();
        natural_key(&draft.provision.citation, &mut keys);
        order.push((draft.provision.instrument, start..keys.len(), place));
    }
    order.sort_by(|(a, left, one), (b, right, other)| {
        let citations = || keys[left.clone()].cmp(&keys[right.clone()]);
        a.cmp(b).then_with(citations).then_with(|| compare(shared, &drafts[*one], &drafts[*other]))
    });
    let mut drafts: Vec<Option<ProvisionDraft>> = drafts.into_iter().map(Some).collect();
    order.into_iter().filter_map(move |(.., place)| drafts[place].take())
}

/// Two blocks whose citations are written in the same words, but for zeros before numbers.
fn compare(shared: &Shared, a: &ProvisionDraft, b: &ProvisionDraft) -> Ordering {
    let (left, right) = (&a.provision, &b.provision);
    left.citation
        .cmp(&right.citation)
        .then_with(|| left.scope.dates.cmp(&right.scope.dates))
        .then_with(|| shared[left.scope.relations].cmp(&shared[right.scope.relations]))
        .then_with(|| shared[left.condition].cmp(&shared[right.condition]))
        .then_with(|| left.matters.cmp(&right.matters))
        .then_with(|| shared[left.assumptions].cmp(&shared[right.assumptions]))
        .then_with(|| left.not_encoded.cmp(&right.not_encoded))
        .then_with(|| a.rules.iter().map(|rule| rule.key(shared)).cmp(b.rules.iter().map(|rule| rule.key(shared))))
}

/// Numbers in a text count as numbers: Article 2 stands before Article 10.
pub(crate) fn natural_order(a: &str, b: &str) -> Ordering {
    let key = |text| {
        let mut key = Vec::new();
        natural_key(text, &mut key);
        key
    };
    key(a).cmp(&key(b)).then_with(|| a.cmp(b))
}

/// Bytes that order texts naturally: those of the text, with the length of each number before it, and without the zeros
/// that it begins with.
fn natural_key(text: &str, key: &mut Vec<u8>) {
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, numbers) = rest.split_at(at);
        let end = numbers.find(|c: char| !c.is_ascii_digit()).unwrap_or(numbers.len());
        let (number, after) = numbers.split_at(end);
        let number = number.trim_start_matches('0');
        key.extend_from_slice(before.as_bytes());
        // Any digit: a number stands among other characters where digits do.
        key.push(b'0');
        key.extend_from_slice(&id_of(number.len()).to_be_bytes());
        key.extend_from_slice(number.as_bytes());
        rest = after;
    }
    key.extend_from_slice(rest.as_bytes());
}

fn draft(cx: &mut Context, row: &ast::Provision<'_>) -> Option<ProvisionDraft> {
    let found = cx.names.instrument(row.instrument);
    let instrument = cx.take(found);
    let tails = rules::tails(cx, instrument, &row.tails);
    if let Some((_, span)) = &tails.only {
        let message = "`only when` means nothing in the head of a provision";
        cx.report(Finding::new(Code::UselessBranch, *span, message).help("write `when`, or say it of each rule"));
    }
    let scope = scopes::scope(cx, tails.scopes.iter().copied());
    let governed = instrument.map_or_else(Vec::new, |instrument| cx.law[instrument].governs.clone());
    let mut matters = match &scope.matters {
        Some(named) => concerning(cx, instrument, named.iter().copied(), row.citation.span),
        None => governed,
    };
    if cx.shared[scope.scope.relations].under.is_some() {
        rules::keep_matters_under_instruments(cx, &mut matters, scope.span.unwrap_or(row.citation.span));
    }
    let has_cases = scope.broken || matters.is_empty() || scopes::has_cases(cx, scope.scope, &matters);
    if !has_cases {
        let finding = Finding::new(Code::EmptyScope, scope.span.unwrap_or(row.citation.span), "no case is left here");
        cx.report(finding.help("look at the countries and days in the head of this provision"));
    }
    let Tails { only, clauses, assumptions, mut condition, .. } = tails;
    if let Some((only, _)) = only {
        condition = condition.and(only);
    }
    let mut provision = Provision {
        citation: citation(&row.citation),
        instrument: instrument.unwrap_or(InstrumentId(0)),
        scope: scope.scope,
        condition: cx.shared.condition(condition),
        matters,
        clauses: Vec::new(),
        assumptions: cx.shared.assumption(assumptions),
        unread: Vec::new(),
        not_encoded: Vec::new(),
        passage: None,
        span: row.citation.span,
    };
    let mut rules = Vec::new();
    for statement in &row.statements {
        match statement {
            ProvisionStatement::Rule(rule) => {
                let around = Surroundings {
                    instrument,
                    scope: provision.scope,
                    matters: &provision.matters,
                    is_clear: has_cases && !scope.broken,
                };
                if rules.is_empty() {
                    // Most have one, and a `Vec` that grows makes room for four.
                    rules.reserve_exact(1);
                }
                rules.push(rules::rule(cx, around, rule));
            }
            ProvisionStatement::NotEncoded(text) => provision.not_encoded.push(said(text)),
            ProvisionStatement::Passage { from, to, span } => {
                passages::passage(cx, instrument, &mut provision.passage, (from, to.as_ref()), *span);
            }
            ProvisionStatement::TextHeld(text) => provision.unread.push(instruments::unread(cx, instrument, text)),
        }
    }
    instrument.is_some().then_some(ProvisionDraft { provision, clauses, rules })
}

/// The matters that are named, if the instrument governs them.
pub(crate) fn concerning(
    cx: &mut Context,
    instrument: Option<InstrumentId>,
    named: impl Iterator<Item = MatterId>,
    span: crate::source::Span,
) -> Vec<MatterId> {
    let mut matters = Vec::new();
    for matter in named {
        match instrument {
            Some(instrument) if !cx.law[instrument].governs.contains(&matter) => {
                let message = format!("`{}` does not govern `{}`", cx.law[instrument].name, cx.law[matter].name);
                let finding = Finding::new(Code::WrongMatter, span, message);
                let finding = finding.other(cx.law[instrument].span, "the instrument");
                cx.report(finding.help(format!("add `governs {}` to the instrument", cx.law[matter].name)));
            }
            _ => matters.push(matter),
        }
    }
    matters
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use super::natural_order;

    #[test]
    fn numbers_in_citations_count_as_numbers() {
        let mut citations = ["Article 10", "Article 2", "Article 2(1)", "Annex I", "Article 02", "§ 216 d", "Article"];
        citations.sort_by(|a, b| natural_order(a, b));
        assert_eq!(
            citations,
            ["Annex I", "Article", "Article 02", "Article 2", "Article 2(1)", "Article 10", "§ 216 d"]
        );
        assert_eq!(natural_order("Article 2", "Article 02"), Ordering::Greater);
        assert_eq!(natural_order("9".repeat(40).as_str(), "1".repeat(41).as_str()), Ordering::Less);
    }
}
