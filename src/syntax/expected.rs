//! Says what the grammar refused, in the words of the user: what stands there, what could stand there, and what was most
//! likely meant.

use pest::error::Error;

use crate::finding::{Code, Finding, Fix};
use crate::source::FileId;

use super::grammar::{self, Rule};
use super::mistakes::Mistake;
use super::refused::{self, Refused, last_token};
use super::words::{self, ITEM_WORDS, after_word, first_word, is_reserved, nearest, skip_blanks};
use super::{lists, mistakes, order, span};

/// So many things are listed at most.
const MOST_LISTED: usize = 6;

/// The finding for `error`, which reading `part` of the file's text by `rule` gave.
pub(super) fn finding(file: FileId, text: &str, (rule, part): (Rule, &str), error: &Error<Rule>) -> Finding {
    let offset = part.as_ptr().addr().saturating_sub(text.as_ptr().addr());
    let refused = Refused::new(rule, part, error);
    let Refused { at, before, rest, expected, .. } = refused;
    let at_place = |start: usize, length: usize, message: String| {
        Finding::new(Code::Syntax, span(file, offset + start, offset + start + length), message)
    };
    let say = |refused: &Refused<'_>, mistake: Mistake| {
        let start = refused.at.saturating_sub(mistake.back);
        let finding = at_place(start, mistake.length, mistake.message).help(mistake.help);
        match (mistake.meant, finding.place.as_ref().map(|place| place.span)) {
            (Some(meant), Some(written)) => finding.fix(Fix::replace(written, meant)),
            _ => finding,
        }
    };
    // in a test a name where none was meant begins another case
    if rule == Rule::test_lines && expected.contains(&Rule::case_part) {
        let start = last_token(before);
        let (before, rest) = part.split_at_checked(start).unwrap_or((part, ""));
        let stopped = grammar::read(rule, &format!("{before}\0")).err();
        if let Some(error) = stopped.filter(|_| !skip_blanks(before).is_empty()) {
            let refused = Refused { at: start, before, rest, expected: refused::expected(&error), ..refused };
            if let Some(mistake) = order::known(&refused).or_else(|| lists::known(&refused)) {
                return say(&refused, mistake);
            }
        }
    }
    if skip_blanks(rest).is_empty() {
        let end = before.trim_end();
        let last = end.chars().next_back().map_or(0, char::len_utf8);
        let message = format!("something is missing after this: expected {}", listed(expected, ""));
        return at_place(end.len() - last, last, message);
    }
    if let Some(mistake) = mistakes::known(&refused) {
        return say(&refused, mistake);
    }
    if let Some((length, phrase, next)) = half_a_phrase(rest, expected) {
        let (begun, other) = rest.split_at_checked(rest.len() - length).unwrap_or((rest, ""));
        let words = begun.trim_end();
        let finding = if other.is_empty() {
            at_place(at, words.len(), format!("something is missing after `{words}`"))
        } else {
            let (length, what) = found(other);
            at_place(at + begun.len(), length, format!("after `{words}` comes `{next}`, not {what}"))
        };
        return finding.help(format!("write `{phrase}`"));
    }
    let (length, what) = found(rest);
    let word = first_word(rest);
    match meant(&refused, word) {
        Some(meant) if meant == word.to_lowercase() => {
            return at_place(at, length, "words of the language are written in small letters".into())
                .help(format!("write `{meant}`"))
                .fix(Fix::replace(span(file, offset + at, offset + at + length), meant));
        }
        Some(meant) => {
            return at_place(at, length, format!("{what} cannot stand here")).help(format!("did you mean `{meant}`?"));
        }
        None => {}
    }
    if let Some(mistake) = lists::second_limit(&refused).or_else(|| lists::known(&refused)) {
        return say(&refused, mistake);
    }
    at_place(at, length, format!("expected {}, not {what}", listed(expected, word)))
}

/// The word of the language that was most likely meant where `word` stands, if it can be read there. A word of the language
/// is not the slip of another, unless two letters changed places.
fn meant(refused: &Refused<'_>, word: &str) -> Option<&'static str> {
    let candidates = || refused.expected.iter().flat_map(|rule| first_words(*rule));
    let mut letters: Vec<char> = word.chars().collect();
    letters.sort_unstable();
    let is_slip = |candidate: &&str| {
        let mut others: Vec<char> = candidate.chars().collect();
        others.sort_unstable();
        *candidate != word && (!is_reserved(word) || others == letters)
    };
    let (start, end) = (refused.at, refused.at + word.len());
    nearest(word, candidates().filter(is_slip)).filter(|meant| refused.takes(start, end, meant)).or_else(|| {
        let meant = mistakes::synonym(word)?;
        (candidates().any(|candidate| candidate == meant) && refused.leads_on(start, end, meant)).then_some(meant)
    })
}

/// What stands at the start of `rest`: its length and how to speak of it.
fn found(rest: &str) -> (usize, String) {
    let word = first_word(rest);
    if !word.is_empty() {
        let shown: String = word.chars().take(40).collect();
        return (word.len(), format!("`{shown}`"));
    }
    match rest.chars().next() {
        None => (0, "the end".into()),
        Some('"') => (1, "a quoted text".into()),
        Some('`') => (1, "a backquote".into()),
        Some(character) => (character.len_utf8(), format!("`{character}`")),
    }
}

/// A phrase of which `rest` has the beginning: the length of what follows that, the phrase, and the word that is wrong.
fn half_a_phrase(rest: &str, expected: &[Rule]) -> Option<(usize, &'static str, &'static str)> {
    let phrases = expected.iter().flat_map(|rule| phrases(*rule)).filter(|phrase| phrase.contains(' '));
    let halves = phrases.filter_map(|phrase| {
        let mut rest = rest;
        for (count, word) in phrase.split(' ').enumerate() {
            if first_word(rest) != word {
                return (count > 0).then_some((count, rest.len(), phrase, word));
            }
            rest = after_word(rest, word);
        }
        None
    });
    halves.max_by_key(|(count, ..)| *count).map(|(_, length, phrase, word)| (length, phrase, word))
}

/// The phrases of the language with which a rule can begin.
fn phrases(rule: Rule) -> Vec<&'static str> {
    match rule {
        Rule::provision_lines | Rule::test_lines | Rule::question_line | Rule::questions => RULES.members.to_vec(),
        Rule::instrument_lines => STATEMENTS.members.to_vec(),
        _ => grammar::name(rule).split('`').skip(1).step_by(2).collect(),
    }
}

/// The words with which a rule can begin, as far as they are words of the language.
fn first_words(rule: Rule) -> Vec<&'static str> {
    let starts = match rule {
        Rule::chunk => return ITEM_WORDS.to_vec(),
        Rule::provision_lines => words::PROVISION_STARTS,
        Rule::instrument_lines => words::INSTRUMENT_STARTS,
        Rule::test_lines => words::TEST_STARTS,
        // the words in these names are examples of what the user chooses
        Rule::name | Rule::names | Rule::qualified | Rule::authority_value | Rule::coded | Rule::date => return vec![],
        _ => return phrases(rule).into_iter().map(first_word).collect(),
    };
    starts.iter().map(|(first, _)| *first).collect()
}

/// Words that are summed up where several of them could stand.
struct Family {
    /// What they are together; nothing where the examples say it.
    what: &'static str,
    /// What is named of them first, as far as it could stand.
    examples: &'static [&'static str],
    members: &'static [&'static str],
}

impl Family {
    /// The name speaks of words of the family.
    fn holds(&self, name: &str) -> bool {
        name.starts_with('`') && name.split('`').nth(1).is_some_and(|word| self.members.contains(&word))
    }

    /// How those of them are spoken of that `names` name: by examples that could stand.
    fn summed_up(&self, names: &[&str]) -> String {
        let said: Vec<&str> =
            names.iter().flat_map(|name| name.split('`').skip(1).step_by(2)).map(first_word).collect();
        let is_named = |example: &&&str| said.contains(&first_word(example));
        let most = if self.what.is_empty() { usize::MAX } else { 2 };
        let examples: Vec<String> =
            self.examples.iter().filter(is_named).take(most).map(|word| format!("`{word}`")).collect();
        let examples = match examples.as_slice() {
            [] => return self.what.into(),
            [one] => one.clone(),
            [first @ .., last] => format!("{} or {last}", first.join(", ")),
        };
        if self.what.is_empty() { examples } else { format!("{}, such as {examples}", self.what) }
    }
}

const ITEMS: Family = Family { what: "an item", examples: &["provision", "instrument"], members: ITEM_WORDS };
const RULES: Family = Family {
    what: "a rule",
    examples: &["authority to", "languages for", "channel"],
    members: &[
        "authority to",
        "authority",
        "languages for",
        "preferred language for",
        "channel",
        "means",
        "preferred means",
        "deadline",
        "maximum",
        "criterion",
        "criteria to",
        "basis to",
        "requesting authority",
        "requesting",
        "requested",
        "either",
        "the",
        "not encoded",
        "passage",
        "text",
        "text unavailable",
    ],
};
const STATEMENTS: Family = Family {
    what: "a statement",
    examples: &["kind", "in force", "parties"],
    members: &[
        "kind",
        "governs",
        "parties",
        "party",
        "associated",
        "country",
        "in force",
        "applies",
        "replaces",
        "supplements",
        "yields to",
        "prevails over",
        "source",
        "text",
        "consists of",
        "not encoded",
        "silent on",
    ],
};
const TAILS: Family = Family {
    what: "a condition or a scope",
    examples: &["when", "in", "from", "until"],
    members: &[
        "when",
        "unless",
        "only when",
        "notwithstanding",
        "subject to",
        "allows otherwise by",
        "assuming",
        "from",
        "until",
        "to",
        "in",
        "between",
        "any country",
        "concerning",
        "under",
        "under no instrument",
    ],
};
const STRENGTHS: Family = Family {
    what: "",
    examples: &["is", "are", "should be", "may be"],
    members: &[
        "is",
        "are",
        "shall be",
        "shall not be",
        "shall as a rule be",
        "should be",
        "may be",
        "is not",
        "contact",
    ],
};
const CONDUCT_STRENGTHS: Family = Family {
    what: "",
    examples: &["shall", "should", "may", "need not"],
    members: &["shall", "shall not", "shall as a rule", "should", "may", "need not"],
};
/// The same without conditions, where none can stand.
const SCOPES: Family = Family {
    what: "a scope",
    examples: &["in", "from", "until"],
    members: &["from", "until", "to", "in", "between", "any country", "concerning", "under", "under no instrument"],
};
const FAMILIES: &[Family] = &[ITEMS, RULES, STATEMENTS, TAILS, SCOPES, STRENGTHS, CONDUCT_STRENGTHS];

/// What is expected, as a list that can be read: families are summed up, and of what is left the first few are named.
/// Nothing is named twice, nor what stands there already.
fn listed(expected: &[Rule], refused: &str) -> String {
    let mut names: Vec<String> = Vec::new();
    for rule in expected.iter().filter(|rule| **rule != Rule::EOI) {
        let name = without(grammar::name(*rule), refused);
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    let is_said_by =
        |name: &str, other: &str| name != other && words_of(name).iter().all(|word| words_of(other).contains(word));
    let is_said = |name: &str| !words_of(name).is_empty() && names.iter().any(|other| is_said_by(name, other));
    let mut names: Vec<&str> = names.iter().map(String::as_str).filter(|name| !is_said(name)).collect();
    let mut sums: Vec<String> = Vec::new();
    for family in FAMILIES {
        let members: Vec<&str> = names.iter().copied().filter(|name| family.holds(name)).collect();
        let has_condition = members.iter().any(|name| name.split('`').nth(1) == Some("when"));
        if members.len() >= 4 && (has_condition || family.what != TAILS.what) {
            names.retain(|name| !family.holds(name));
            sums.push(family.summed_up(&members));
        }
    }
    // a rule of the grammar can be called as its family is
    names.retain(|name| !sums.iter().any(|sum| sum.split(", such").next() == name.split(", such").next()));
    let mut names: Vec<&str> = names.into_iter().chain(sums.iter().map(String::as_str)).collect();
    if names.len() > MOST_LISTED {
        names.truncate(MOST_LISTED);
        names.push("something else");
    }
    match names.as_slice() {
        [] => "nothing more".into(),
        [one] => (*one).into(),
        [first @ .., last] => {
            let is_long = names.iter().any(|name| name.contains(" or "));
            format!("{}{} or {last}", first.join(", "), if is_long { "," } else { "" })
        }
    }
}

/// The words of a name that is nothing but a list of them, each in its backquotes.
fn words_of(name: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = name;
    while let Some(end) = rest.strip_prefix('`').and_then(|inner| inner.find('`')) {
        let (word, after) = rest.split_at(end + 2);
        words.push(word);
        rest = after.strip_prefix(", ").or_else(|| after.strip_prefix(" or ")).unwrap_or(after);
    }
    if rest.is_empty() { words } else { Vec::new() }
}

/// The name without the word that was refused, where it is a list of words.
fn without(name: &str, refused: &str) -> String {
    let words = words_of(name);
    if !words.iter().any(|word| word.trim_matches('`') == refused) {
        return name.into();
    }
    let kept: Vec<&str> = words.into_iter().filter(|word| word.trim_matches('`') != refused).collect();
    match kept.as_slice() {
        [] => String::new(),
        [one] => (*one).into(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}
