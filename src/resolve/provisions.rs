//! Provisions in their order: by instrument, citation and day, so that no answer turns on the order of files.

use std::cmp::Ordering;
use std::ops::Range;

use super::clauses::{self, Unowned};
use super::names::{citation, said};
use super::rules::{self, Draft, Surroundings, Tails};
use super::{Context, assumed, instruments, passages, scopes, twice};
use crate::finding::{Code, Finding};
use crate::law::{ClauseOwner, Few, InstrumentId, MatterId, Provision, ProvisionId, RuleId, id_of};
use crate::syntax::ast::{self, Ast, ProvisionStatement};

/// A provision with its rules, as the file has them.
struct ProvisionDraft {
    provision: Provision,
    clauses: Vec<Unowned>,
    rules: Vec<Draft>,
}

/// The clauses of a provision, or of a rule in it, that wait for the order of all.
struct Waiting {
    provision: ProvisionId,
    rule: Option<RuleId>,
    clauses: Vec<Unowned>,
}

/// Fills the tables of provisions and rules, with their clauses. What stands in a provision of an instrument that is not
/// declared is looked at and left out.
///
/// The rows come as the files have them and are then put in order where they stand: a large body of law has no room for
/// them twice.
pub(crate) fn fill(cx: &mut Context, ast: &Ast<'_>) {
    let mut waiting: Vec<Waiting> = Vec::new();
    // Of each provision the first rule, and at last the number of all rules.
    let mut firsts: Vec<u32> = vec![0];
    cx.law.provisions.reserve_exact(ast.count_provisions());
    cx.law.rules.reserve_exact(ast.count_provisions());
    for row in ast.provisions() {
        assumed::in_provision(cx, ast, &row);
        let before = cx.told();
        let drafted = draft(cx, &row);
        let is_open = drafted.as_ref().is_none_or(|made| cx.open_governs.contains(&made.provision.instrument.index()));
        if is_open || cx.is_faulty(before) {
            cx.lose(ast.text_of(row.span));
        }
        let Some(ProvisionDraft { provision, clauses, rules }) = drafted else { continue };
        let id = ProvisionId(id_of(cx.law.provisions.len()));
        cx.law.provisions.push(provision);
        wait(&mut waiting, id, None, clauses);
        for Draft { mut rule, questions, clauses } in rules {
            rule.provision = id;
            rule.questions = questions.into_iter().map(|question| cx.ask(question)).collect();
            wait(&mut waiting, id, Some(RuleId(id_of(cx.law.rules.len()))), clauses);
            cx.law.rules.push(rule);
        }
        firsts.push(id_of(cx.law.rules.len()));
    }
    let order = order(cx, &firsts);
    let rules_of = |place: u32| firsts[place as usize]..firsts[place as usize + 1];
    let order_of_rules: Vec<u32> = order.iter().flat_map(|place| rules_of(*place)).collect();
    drop(firsts);
    let (provisions, rules) = (places(&order), places(&order_of_rules));
    put_in_order(&mut cx.law.provisions, order);
    put_in_order(&mut cx.law.rules, order_of_rules);
    for rule in &mut cx.law.rules {
        rule.provision = ProvisionId(provisions[rule.provision.index()]);
    }
    for one in &mut waiting {
        one.provision = ProvisionId(provisions[one.provision.index()]);
        one.rule = one.rule.map(|rule| RuleId(rules[rule.index()]));
    }
    waiting.sort_by_key(|one| (one.provision, one.rule));
    for Waiting { provision, rule, clauses } in waiting {
        match rule {
            None => {
                let own = clauses::own(cx, ClauseOwner::Provision(provision), clauses);
                cx.law.provisions[provision.index()].clauses = own.into();
            }
            Some(rule) => {
                let own = clauses::own(cx, ClauseOwner::Rule(rule), clauses);
                cx.law.rules[rule.index()].clauses = own.into();
            }
        }
    }
}

fn wait(waiting: &mut Vec<Waiting>, provision: ProvisionId, rule: Option<RuleId>, clauses: Vec<Unowned>) {
    if !clauses.is_empty() {
        waiting.push(Waiting { provision, rule, clauses });
    }
}

/// The places of the provisions by instrument, citation and days; blocks that agree in all that by what they say.
fn order(cx: &Context, firsts: &[u32]) -> Vec<u32> {
    // Keys are made once for each provision and not for each comparison, and what is moved about is small.
    let mut keys = Vec::new();
    let mut order: Vec<(InstrumentId, Range<u32>, u32)> = Vec::with_capacity(cx.law.provisions.len());
    for (place, provision) in (0..).zip(&cx.law.provisions) {
        let start = id_of(keys.len());
        natural_key(&provision.citation, &mut keys);
        order.push((provision.instrument, start..id_of(keys.len()), place));
    }
    let key = |range: &Range<u32>| &keys[range.start as usize..range.end as usize];
    order.sort_unstable_by(|(a, left, one), (b, right, other)| {
        a.cmp(b)
            .then_with(|| key(left).cmp(key(right)))
            .then_with(|| compare(cx, firsts, *one, *other))
            .then_with(|| one.cmp(other))
    });
    order.into_iter().map(|(.., place)| place).collect()
}

/// Two blocks whose citations are written in the same words, but for zeros before numbers.
fn compare(cx: &Context, firsts: &[u32], a: u32, b: u32) -> Ordering {
    let Context { law, shared, .. } = cx;
    let (left, right) = (&law.provisions[a as usize], &law.provisions[b as usize]);
    let rules = |place: u32| &law.rules[firsts[place as usize] as usize..firsts[place as usize + 1] as usize];
    let said = |place: u32| rules(place).iter().map(|rule| rules::key(law, shared, rule));
    left.citation
        .cmp(&right.citation)
        .then_with(|| left.scope.dates.cmp(&right.scope.dates))
        .then_with(|| shared[left.scope.relations].cmp(&shared[right.scope.relations]))
        .then_with(|| shared[left.condition].cmp(&shared[right.condition]))
        .then_with(|| left.matters.cmp(&right.matters))
        .then_with(|| shared[left.assumptions].cmp(&shared[right.assumptions]))
        .then_with(|| left.not_encoded.cmp(&right.not_encoded))
        .then_with(|| said(a).cmp(said(b)))
}

/// Where each row comes to stand, by where it stood.
fn places(order: &[u32]) -> Vec<u32> {
    let mut places = vec![0; order.len()];
    for (place, before) in (0..).zip(order) {
        places[*before as usize] = place;
    }
    places
}

/// Puts at each place the row that stands at the place which the order has there.
fn put_in_order<T>(rows: &mut [T], mut order: Vec<u32>) {
    for start in 0..rows.len() {
        let mut at = start;
        loop {
            let next = std::mem::replace(&mut order[at], id_of(at)) as usize;
            if next == start {
                break;
            }
            rows.swap(at, next);
            at = next;
        }
    }
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
    let before = cx.told();
    let scope = scopes::scope(cx, tails.scopes.iter().copied());
    let is_faulty = cx.is_faulty(before);
    let governed = instrument.map_or_else(Vec::new, |instrument| cx.law[instrument].governs.clone());
    let mut matters = match &scope.matters {
        Some(named) => concerning(cx, instrument, named.iter().copied(), row.citation.span),
        None => governed,
    };
    if cx.shared[scope.scope.relations].under.is_some() {
        rules::keep_matters_under_instruments(cx, &mut matters, scope.span.unwrap_or(row.citation.span));
    }
    let no_case =
        if scope.broken || matters.is_empty() { None } else { scopes::why_no_case(cx, scope.scope, &matters) };
    let has_cases = no_case.is_none();
    if let Some(why) = no_case {
        let finding = Finding::new(Code::EmptyScope, scope.span.unwrap_or(row.citation.span), "no case is left here");
        cx.report(finding.why(why).help("look at the countries and days in the head of this provision"));
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
        matters: matters.into(),
        clauses: Few::default(),
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
                    within: scope.within,
                    matters: &provision.matters,
                    is_clear: has_cases && !scope.broken,
                    is_faulty,
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
    let not_encoded = row.statements.iter().filter_map(|statement| match statement {
        ProvisionStatement::NotEncoded(text) => Some(text),
        _ => None,
    });
    twice::texts(cx, "that this is not encoded", &not_encoded.collect::<Vec<_>>());
    let unread = provision.unread.iter().map(|text| (text.on.clone(), text.span));
    twice::statements(cx, "that the text is not held", unread.collect::<Vec<_>>());
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
                if cx.open_governs.contains(&instrument.index()) {
                    continue;
                }
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

    use super::{natural_order, places, put_in_order};

    #[test]
    fn rows_are_put_in_any_order() {
        let mut rows = vec!['a', 'b', 'c', 'd', 'e', 'f'];
        let order = vec![3, 1, 5, 2, 4, 0];
        put_in_order(&mut rows, order.clone());
        assert_eq!(rows, ['d', 'b', 'f', 'c', 'e', 'a']);
        assert_eq!(places(&order), [5, 1, 3, 0, 4, 2]);
    }

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
