//! Undeclared words that nearly are others: `acknowledge-receipt` beside a lone `aknowledge-receipt`.
//!
//! Such words are only ever compared with themselves, so that a slip of the pen makes a second conduct or ground that
//! nothing meets, without any error.

use std::collections::BTreeMap;

use crate::finding::{Code, Finding};
use crate::law::{Bearer, Form, Law, QuestionHead, Value, WordId};

/// Parts of words that are both shorter than this differ by a letter too easily, and so does any part shorter by two.
const SHORTEST: usize = 5;
/// From this length on two letters may differ.
const LONG: usize = 8;
/// What makes the opposite of a word, or another word of it.
const PREFIXES: &[&str] =
    &["a", "co", "de", "dis", "e", "im", "in", "il", "ir", "mis", "no", "non", "re", "sub", "un", "up"];
/// Who does something, and to whom it is done.
const DOERS: &[&str] = &["er", "or", "ee"];

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

/// The words differ in one part between hyphens, and there as if one of the two were badly typed.
fn nearly_equal(a: &Used<'_>, b: &Used<'_>) -> bool {
    let (ours, theirs): (Vec<&str>, Vec<&str>) = (a.letters.split('-').collect(), b.letters.split('-').collect());
    let mut apart = ours.iter().zip(&theirs).filter(|(one, other)| one != other);
    let part = apart.next();
    if a.digits != b.digits || apart.next().is_some() {
        return false;
    }
    if ours.len() != theirs.len() {
        // a hyphen that is missing or too much
        let joined = |parts: &[&str]| parts.concat();
        return joined(&ours) == joined(&theirs) && joined(&ours).chars().count() >= SHORTEST;
    }
    part.is_some_and(|(one, other)| is_slip(one, other))
}

/// Two parts of words that differ as if one were badly typed. Not so a letter or a Roman numeral that tells forms, levels or
/// annexes apart; nor a word and its opposite; nor who does something and to whom it is done.
fn is_slip(one: &str, other: &str) -> bool {
    let (one, other) = (one.to_lowercase(), other.to_lowercase());
    let (shorter, longer) = if one.chars().count() <= other.chars().count() { (one, other) } else { (other, one) };
    let (least, most) = (shorter.chars().count(), longer.chars().count());
    let is_numeral = |part: &str| part.chars().all(|letter| "ivxlcdm".contains(letter));
    let is_opposite = PREFIXES.iter().any(|prefix| longer.strip_prefix(prefix) == Some(shorter.as_str()))
        || ["min", "max"].into_iter().all(|extreme| shorter.starts_with(extreme) || longer.starts_with(extreme));
    let doers =
        DOERS.iter().flat_map(|one| DOERS.iter().map(move |other| (one, other))).filter(|(one, other)| one != other);
    let mut stems = doers.filter_map(|(one, other)| Some((shorter.strip_suffix(one)?, longer.strip_suffix(other)?)));
    let is_doer = stems.any(|(one, other)| one == other && !one.is_empty());
    let allowed = if least >= LONG { 2 } else { 1 };
    most >= SHORTEST
        && least + 1 >= SHORTEST
        && !(is_numeral(&shorter) && is_numeral(&longer))
        && !is_opposite
        && !is_doer
        && most - least <= allowed
        && strsim::osa_distance(&shorter, &longer) <= allowed
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

#[cfg(test)]
mod tests {
    use super::is_slip;

    #[test]
    fn what_tells_things_apart_is_no_slip() {
        for (one, other) in [
            ("a", "b"),
            ("xi", "xii"),
            ("xviii", "xxiii"),
            ("lawful", "unlawful"),
            ("employer", "employee"),
            ("transferor", "transferee"),
            ("maximum", "minimum"),
            ("north", "south"),
            ("file", "fine"),
        ] {
            assert!(!is_slip(one, other) && !is_slip(other, one), "{one} {other}");
        }
        for (one, other) in [
            ("acknowledge", "aknowledge"),
            ("receipt", "reciept"),
            ("court", "cort"),
            ("notify", "notyfy"),
            ("suspect", "suspekt"),
            ("translation", "tranlsatoin"),
        ] {
            assert!(is_slip(one, other) && is_slip(other, one), "{one} {other}");
        }
    }
}
