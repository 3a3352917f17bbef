//! Undeclared words that nearly are others: `acknowledge-receipt` beside a lone `aknowledge-receipt`.
//!
//! Such words are only ever compared with themselves, so that a slip of the pen makes a second conduct or ground that
//! nothing meets, without any error.

use std::collections::BTreeMap;

use crate::finding::{Code, Finding};
use crate::law::{Bearer, Form, Law, QuestionHead, Value, WordId};

/// Words shorter than this differ by a letter too easily.
const SHORTEST: usize = 5;
/// From this length on two letters may differ.
const LONG: usize = 8;

/// What a word stands for; words of different sorts are never compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sort {
    Conduct,
    ChannelOrMeans,
    Ground,
    Criterion,
    Deadline,
    Maximum,
    Bearer,
}

/// A word of one sort, with how often it is used.
struct Used<'l> {
    word: WordId,
    /// Its letters without digits.
    letters: String,
    /// Its digits: `annex-1` and `annex-2` are meant to differ.
    digits: String,
    count: usize,
    text: &'l str,
}

/// Two words of one sort that differ by a letter or two, where one of them occurs once.
pub(super) fn near_misses(law: &Law) -> Vec<Finding> {
    let mut sorts: BTreeMap<Sort, Vec<Used<'_>>> = BTreeMap::new();
    for ((sort, word), count) in uses(law) {
        let text = law[word].text.as_str();
        let (digits, letters) = text.chars().partition(|letter: &char| letter.is_numeric());
        sorts.entry(sort).or_default().push(Used { word, letters, digits, count, text });
    }
    let mut findings = Vec::new();
    for (sort, mut used) in sorts {
        // The rarer word is the slip; of two that occur once, the later.
        used.sort_by_key(|used| (std::cmp::Reverse(used.count), law[used.word].span));
        for (at, rare) in used.iter().enumerate().filter(|(_, used)| used.count == 1) {
            if let Some(common) = used[..at].iter().find(|common| nearly_equal(common, rare)) {
                findings.push(finding(law, sort, rare, common));
            }
        }
    }
    findings
}

fn nearly_equal(a: &Used<'_>, b: &Used<'_>) -> bool {
    let shorter = a.letters.len().min(b.letters.len());
    let allowed = if shorter >= LONG { 2 } else { 1 };
    shorter >= SHORTEST
        && a.digits == b.digits
        && a.letters.len().abs_diff(b.letters.len()) <= 4 * allowed
        && strsim::levenshtein(&a.letters, &b.letters) <= allowed
}

/// How often each word is used, as what: in rules, forms, claims and tests.
fn uses(law: &Law) -> BTreeMap<(Sort, WordId), usize> {
    let mut counts = BTreeMap::new();
    let mut add = |sort, word| *counts.entry((sort, word)).or_insert(0) += 1;
    for rule in &law.rules {
        let heads = rule.questions.iter().map(|question| law[*question].head);
        // One rule can answer the same question on both sides or in several matters.
        if let Some(head) = heads.into_iter().find(|head| !matches!(head, QuestionHead::Conduct(..))) {
            of_head(head, &mut add);
        }
        for branch in &rule.branches {
            branch.conduct.into_iter().for_each(|word| add(Sort::Conduct, word));
            law[branch.answer].values.iter().for_each(|value| of_value(value, &mut add));
        }
    }
    for shows in law.forms.iter().flat_map(Form::shows) {
        shows.criteria.iter().for_each(|word| add(Sort::Criterion, *word));
        shows.conducts.iter().for_each(|word| add(Sort::Conduct, *word));
    }
    let completed = law.completes.iter().flat_map(|complete| complete.questions.iter().take(1));
    let asserted = law.assertions.iter().flat_map(|row| row.instances.iter().take(1));
    let asserted = asserted.flat_map(|instance| instance.questions.iter().take(1));
    completed.chain(asserted).for_each(|question| of_head(question.head, &mut add));
    law.tests.iter().flat_map(|test| &test.expectations).for_each(|line| of_head(line.head, &mut add));
    counts
}

fn of_head(head: QuestionHead, add: &mut impl FnMut(Sort, WordId)) {
    match head {
        QuestionHead::Deadline(name, bearer) => {
            add(Sort::Deadline, name);
            if let Some(bearer) = bearer {
                add(Sort::Bearer, bearer);
            }
        }
        QuestionHead::Maximum(name) => add(Sort::Maximum, name),
        QuestionHead::Criterion(name, _) => add(Sort::Criterion, name),
        QuestionHead::Conduct(bearer, conduct) => {
            if let Bearer::Named(name) = bearer {
                add(Sort::Bearer, name);
            }
            add(Sort::Conduct, conduct);
        }
        QuestionHead::Authority(..)
        | QuestionHead::Languages(_)
        | QuestionHead::PreferredLanguage(_)
        | QuestionHead::Channel
        | QuestionHead::Means
        | QuestionHead::PreferredMeans
        | QuestionHead::CriteriaMode(_)
        | QuestionHead::Basis(_)
        | QuestionHead::Refuse(_) => {}
    }
}

fn of_value(value: &Value, add: &mut impl FnMut(Sort, WordId)) {
    match value {
        Value::Word(word) => add(Sort::ChannelOrMeans, *word),
        Value::Ground(word, _) => add(Sort::Ground, *word),
        _ => {}
    }
}

fn finding(law: &Law, sort: Sort, rare: &Used<'_>, common: &Used<'_>) -> Finding {
    let sort = match sort {
        Sort::Conduct => "conducts",
        Sort::ChannelOrMeans => "channels or means",
        Sort::Ground => "grounds",
        Sort::Criterion => "criteria",
        Sort::Deadline => "deadlines",
        Sort::Maximum => "maxima",
        Sort::Bearer => "persons or authorities",
    };
    Finding::new(
        Code::NearMiss,
        law[rare.word].span,
        format!("the {sort} `{}` and `{}` differ by a letter or two", rare.text, common.text),
    )
    .label("used only here")
    .other(law[common.word].span, "nearly the same")
    .why("these words are not declared: a slip of the pen makes a second one that no rule meets")
    .help(format!("write `{}`, or choose words that differ more", common.text))
}
