//! Mistakes that are made often enough to be known by sight, each with what to write instead.

use super::grammar::{self, Rule};
use super::refused::Refused;
use super::words::{self, begins_statement, first_word, is_reserved, is_word_char};
use super::{dates, like, lists, numbers, order};

/// A mistake that is known.
pub(super) struct Mistake {
    /// How far before the refusal it begins.
    pub(super) back: usize,
    pub(super) length: usize,
    pub(super) message: String,
    pub(super) help: String,
    /// What to put in its place, where only one thing can be meant.
    pub(super) meant: Option<String>,
}

/// The mistake at the start of what the grammar refused, if it is a known one.
pub(super) fn known(refused: &Refused<'_>) -> Option<Mistake> {
    let Refused { before, rest, expected, .. } = *refused;
    dates::known(before, rest)
        .or_else(|| lists::marked(refused))
        .or_else(|| numbers::known(refused))
        .or_else(|| mark(rest, expected))
        .or_else(|| quotes(rest, expected))
        .or_else(|| code(before, rest, expected))
        .or_else(|| office(rest, expected))
        .or_else(|| lists::of_questions(refused))
        .or_else(|| outside(before, rest, expected))
        .or_else(|| order::known(refused))
        .or_else(|| word_for_name(refused))
        .or_else(|| comma(before, rest, expected))
}

/// What people write for a word of the language.
pub(super) fn synonym(word: &str) -> Option<&'static str> {
    Some(match word.to_lowercase().as_str() {
        "if" | "where" | "provided" => "when",
        "else" => "otherwise",
        "except" => "unless",
        "equals" | "was" => "is",
        "must" | "will" => "shall",
        "can" => "may",
        "at" => "on",
        "since" => "from",
        "till" => "until",
        "despite" => "notwithstanding",
        _ => return None,
    })
}

fn at(length: usize, message: impl Into<String>, help: impl Into<String>) -> Mistake {
    Mistake { back: 0, length, message: message.into(), help: help.into(), meant: None }
}

/// Marks that the language does not have.
fn mark(rest: &str, expected: &[Rule]) -> Option<Mistake> {
    let first = rest.chars().next()?;
    let length = first.len_utf8();
    let next = rest.get(length..).and_then(|rest| rest.chars().next());
    Some(match first {
        '\'' => at(length, "`'` is not the quotation mark of the language", "write `\"` at both ends of the text"),
        '=' if expected.contains(&Rule::colon) => at(1, "a colon belongs here, not `=`", "write `:`"),
        '=' => at(if next == Some('=') { 2 } else { 1 }, "`=` is not a word of the language", "write `is`"),
        '!' if next == Some('=') => at(2, "`!=` is not a word of the language", "write `is not`"),
        '!' => at(1, "`!` is not a word of the language", "write `not`"),
        '&' => at(if next == Some('&') { 2 } else { 1 }, "`&` is not a word of the language", "write `and`"),
        '|' => at(if next == Some('|') { 2 } else { 1 }, "`|` is not a word of the language", "write `or`"),
        ':' => at(1, "no colon belongs here", "leave it out"),
        ';' => at(1, "no semicolon belongs here", "leave it out: each statement begins with a word of its own"),
        '.' if !next.is_some_and(is_word_char) => at(1, "no full stop belongs here", "leave it out"),
        '_' => at(1, "`_` is not part of a name", "write `-` between the words of a name"),
        '/' if matches!(next, Some('/' | '*')) => {
            at(2, "a comment does not begin like this", "begin it with `#`; it ends with the line")
        }
        '"' if expected.contains(&Rule::text) => letter_after_text(rest)?,
        _ => return looks_like(rest, first),
    })
}

/// A character that looks like one of the language.
fn looks_like(rest: &str, first: char) -> Option<Mistake> {
    let meant = like::of(first)?;
    let code = u32::from(first);
    let (message, help) = match meant {
        '"' => (
            format!("`{first}` (U+{code:04X}) is not the quotation mark of the language"),
            "write `\"` at both ends of the text".to_owned(),
        ),
        '-' => (format!("the dash `{first}` (U+{code:04X}) is not the hyphen of the language"), "write `-`".to_owned()),
        ' ' => (
            format!("the character U+{code:04X} looks like a blank, or like nothing, and is not one"),
            "write an ordinary blank, or delete it".to_owned(),
        ),
        meant => (format!("`{first}` (U+{code:04X}) looks like `{meant}` and is not"), format!("write `{meant}`")),
    };
    let quoted = (meant == '"').then(|| typographic_text(rest, first)).flatten();
    if let Some(text) = quoted {
        let help = format!("write `\"{text}\"`");
        let end = first.len_utf8() + text.len();
        let length = end + rest.get(end..)?.chars().next()?.len_utf8();
        return Some(Mistake { back: 0, length, message, help, meant: Some(format!("\"{text}\"")) });
    }
    let meant = (meant != '"').then(|| meant.to_string());
    Some(Mistake { back: 0, length: first.len_utf8(), message, help, meant })
}

/// What stands between this quotation mark and the next, if the two are on one line and nothing in between is one.
fn typographic_text(rest: &str, first: char) -> Option<&str> {
    const LONGEST: usize = 60;
    let inner = rest.get(first.len_utf8()..)?.lines().next()?;
    let text = inner.get(..inner.find(|character| like::of(character) == Some('"'))?)?;
    let is_plain = !text.is_empty() && text.len() <= LONGEST && !text.contains(['"', '\\', '{', '}']);
    is_plain.then_some(text)
}

/// `"Article 1"of`.
fn letter_after_text(rest: &str) -> Option<Mistake> {
    let mut escaped = false;
    let end = rest.bytes().skip(1).position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    let Some(end) = end else {
        return Some(at(1, "this quoted text is not closed", "write `\"` at its end"));
    };
    rest.get(end + 2..)?.starts_with(is_word_char).then(|| {
        at(
            end + 2,
            "a word stands directly after this quoted text",
            "write a blank between them, or close the text where it ends",
        )
    })
}

/// `provision Article 5 of …`.
fn quotes(rest: &str, expected: &[Rule]) -> Option<Mistake> {
    let names = [Rule::name, Rule::names, Rule::qualified, Rule::fact_value, Rule::reference, Rule::place_term];
    let fits = rest.starts_with(|first: char| first.is_alphanumeric() || matches!(first, '§' | '('));
    let is_choice = expected.iter().any(|rule| names.contains(rule) || *rule == Rule::open) || expected.len() > 2;
    if !fits || is_choice || !expected.contains(&Rule::text) {
        return None;
    }
    // up to the end of the line, or to what cannot belong to a citation
    let line = rest.lines().next()?;
    let mut length = 0;
    for word in line.split_inclusive(' ') {
        if is_reserved(word.trim_end()) || word.starts_with(['{', '}', '"', '#']) {
            break;
        }
        length += word.len();
    }
    let text = line.get(..length)?.trim_end().trim_end_matches(',');
    if text.is_empty() {
        return None;
    }
    let shown: String = text.chars().take(60).collect();
    Some(at(text.len(), "a text in quotation marks is expected here", format!("write `\"{shown}\"`")))
}

/// `country Denmark DK`.
fn code(before: &str, rest: &str, expected: &[Rule]) -> Option<Mistake> {
    let code = first_word(rest);
    if expected != [Rule::paren_open] || code.is_empty() {
        return None;
    }
    let before = before.trim_end();
    let start = before.char_indices().rev().take_while(|(_, character)| is_word_char(*character)).last()?.0;
    let name = before.get(start..)?;
    Some(at(code.len(), format!("the code of `{name}` stands in brackets"), format!("write `{name} ({code})`")))
}

/// `is chief-of-police`.
fn office(rest: &str, expected: &[Rule]) -> Option<Mistake> {
    let office = first_word(rest);
    if office.is_empty() || is_reserved(office) || !matches!(expected, [Rule::qualified | Rule::authority_value]) {
        return None;
    }
    let help = if office.starts_with(char::is_uppercase) {
        format!("write the office after the country, as in `{office}.chief-of-police`")
    } else {
        format!("write the country before it, as in `Norway.{office}`")
    };
    Some(at(office.len(), format!("`{office}` is not an authority with its country"), help))
}

/// `channel is direct` outside of all braces.
fn outside(before: &str, rest: &str, expected: &[Rule]) -> Option<Mistake> {
    let before = before.trim_end();
    if before.ends_with("authority") && first_word(rest) == "to" && matches!(expected, [Rule::qualified]) {
        return Some(at("to".len(), STATEMENT_OUTSIDE, WRITE_IT_INSIDE));
    }
    let starts = [words::PROVISION_STARTS, words::INSTRUMENT_STARTS, words::TEST_STARTS];
    let is_statement = starts.iter().any(|starts| begins_statement(rest, starts));
    let is_item = |rule: &Rule| matches!(rule, Rule::chunk | Rule::k_provision);
    (is_statement && expected.iter().any(is_item))
        .then(|| at(first_word(rest).len(), STATEMENT_OUTSIDE, WRITE_IT_INSIDE))
}

const STATEMENT_OUTSIDE: &str = "this statement stands outside of all braces";
const WRITE_IT_INSIDE: &str = "write it between the braces of the item to which it belongs";

/// `never a and because …`, `channel is direct, notwithstanding …`: the grammar took a word of the language for the name
/// that is missing before it, and stopped at what follows. `transfer … at 2026-01-01`: it took what people write for a
/// word of the language for a name.
fn word_for_name(refused: &Refused<'_>) -> Option<Mistake> {
    let before = refused.before;
    let end = before.trim_end();
    let start = end.char_indices().rev().take_while(|(_, character)| is_word_char(*character)).last()?.0;
    let word = end.get(start..)?;
    let (message, help) = if is_reserved(word) {
        if !can_come(refused, word) || !refused.leads_on(start, start, "x ") {
            return None;
        }
        let help = format!("write it, or leave out what asks for it; `{word}` is a word of the language");
        (format!("a name is missing before `{word}`"), help)
    } else {
        let meant = synonym(word).filter(|meant| refused.leads_on(start, end.len(), meant))?;
        (format!("`{word}` cannot stand here"), format!("did you mean `{meant}`?"))
    };
    Some(Mistake { back: before.len() - start, length: word.len(), message, help, meant: None })
}

/// A phrase that begins with the word could follow.
fn can_come(refused: &Refused<'_>, word: &str) -> bool {
    let phrases = refused.expected.iter().flat_map(|rule| grammar::name(*rule).split('`').skip(1).step_by(2));
    phrases.map(first_word).any(|first| first == word)
}

/// `Denmark, Sweden, }`.
fn comma(before: &str, rest: &str, expected: &[Rule]) -> Option<Mistake> {
    if !before.trim_end().ends_with(',') || rest.starts_with(is_word_char) || expected.is_empty() {
        return None;
    }
    let back = before.len() - before.trim_end().len() + 1;
    let message = "nothing follows this comma".into();
    Some(Mistake { back, length: 1, message, help: "leave it out".into(), meant: None })
}
