//! Says what the grammar refused, in the words of the user: what stands there, what could stand there, and what was most
//! likely meant.

use pest::error::{Error, ErrorVariant};

use crate::finding::{Code, Finding, Fix};
use crate::source::FileId;

use super::grammar::{self, Rule};
use super::recover::place_of;
use super::words::{self, ITEM_WORDS, after_word, first_word, nearest, skip_blanks};
use super::{mistakes, span};

/// So many things are listed at most.
const MOST_LISTED: usize = 6;

/// The finding for `error`, which reading `part` of the file's text gave.
pub(super) fn finding(file: FileId, text: &str, part: &str, error: &Error<Rule>) -> Finding {
    let offset = part.as_ptr().addr().saturating_sub(text.as_ptr().addr());
    let at = place_of(error).min(part.len());
    let expected = match &error.variant {
        ErrorVariant::ParsingError { positives, .. } => positives.as_slice(),
        ErrorVariant::CustomError { .. } => &[],
    };
    let (before, rest) = part.split_at_checked(at).unwrap_or((part, ""));
    let at_place = |start: usize, length: usize, message: String| {
        Finding::new(Code::Syntax, span(file, offset + start, offset + start + length), message)
    };
    if skip_blanks(rest).is_empty() {
        let end = before.trim_end();
        let last = end.chars().next_back().map_or(0, char::len_utf8);
        let message = format!("something is missing after this: expected {}", listed(expected));
        return at_place(end.len() - last, last, message);
    }
    if let Some(mistake) = mistakes::known(before, rest, expected) {
        let start = at.saturating_sub(mistake.back);
        let finding = at_place(start, mistake.length, mistake.message).help(mistake.help);
        return match (mistake.meant, finding.place.as_ref().map(|place| place.span)) {
            (Some(meant), Some(written)) => finding.fix(Fix::replace(written, meant)),
            _ => finding,
        };
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
    let candidates = || expected.iter().flat_map(|rule| first_words(*rule));
    match nearest(word, candidates())
        .or_else(|| mistakes::synonym(word).filter(|word| candidates().any(|c| c == *word)))
    {
        Some(meant) if meant == word.to_lowercase() && meant != word => {
            at_place(at, length, "words of the language are written in small letters".into())
                .help(format!("write `{meant}`"))
                .fix(Fix::replace(span(file, offset + at, offset + at + length), meant))
        }
        Some(meant) if meant != word => {
            at_place(at, length, format!("{what} cannot stand here")).help(format!("did you mean `{meant}`?"))
        }
        _ => at_place(at, length, format!("expected {}, not {what}", listed(expected))),
    }
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
    summary: &'static str,
    members: &'static [&'static str],
}

const ITEMS: Family = Family { summary: "an item, such as `provision` or `instrument`", members: ITEM_WORDS };
const RULES: Family = Family {
    summary: "a rule, such as `authority to` or `languages for`",
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
    summary: "a statement, such as `kind` or `in force`",
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
    summary: "a condition or a scope, such as `when` or `in`",
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
    summary: "`is`, `should be` or `may be`",
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
    summary: "`shall`, `should`, `may` or `need not`",
    members: &["shall", "shall not", "shall as a rule", "should", "may", "need not"],
};
const FAMILIES: &[Family] = &[ITEMS, RULES, STATEMENTS, TAILS, STRENGTHS, CONDUCT_STRENGTHS];

/// What is expected, as a list that can be read: families are summed up, and of what is left the first few are named.
fn listed(expected: &[Rule]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for name in expected.iter().filter(|rule| **rule != Rule::EOI).map(|rule| grammar::name(*rule)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    for family in FAMILIES {
        let is_member = |name: &&str| {
            name.split('`').nth(1).is_some_and(|word| name.starts_with('`') && family.members.contains(&word))
        };
        if names.iter().filter(|name| is_member(name)).count() >= 4 {
            names.retain(|name| !is_member(name));
            if !names.contains(&family.summary) {
                names.push(family.summary);
            }
        }
    }
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
