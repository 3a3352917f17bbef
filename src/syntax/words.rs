//! The words of the language that matter before a grammar is asked: where items and statements begin, and which words
//! no declaration may take for a name.

/// The words that begin an item. One of them at the start of a line begins a new item, whatever stood before.
pub const ITEM_WORDS: &[&str] = &[
    "country",
    "language",
    "group",
    "matter",
    "act",
    "item",
    "event",
    "fact",
    "never",
    "place",
    "authority",
    "source",
    "instrument",
    "provision",
    "precedence",
    "form",
    "complete",
    "assert",
    "test",
    "excuse",
];

/// The words that begin a statement. Nothing can be declared under them.
const STATEMENT_WORDS: &[&str] = &[
    "kind",
    "governs",
    "parties",
    "party",
    "associated",
    "applies",
    "replaces",
    "supplements",
    "yields",
    "prevails",
    "consists",
    "passage",
    "text",
    "silent",
    "languages",
    "preferred",
    "channel",
    "means",
    "deadline",
    "maximum",
    "criterion",
    "criteria",
    "basis",
    "requesting",
    "requested",
    "either",
    "the",
    "governed",
    "reservation",
];

/// The words that join the parts of a statement, or say how strongly it speaks. They are never names.
const CONNECTIVES: &[&str] = &[
    "and",
    "or",
    "not",
    "is",
    "are",
    "in",
    "of",
    "for",
    "to",
    "from",
    "until",
    "on",
    "by",
    "when",
    "unless",
    "only",
    "otherwise",
    "notwithstanding",
    "subject",
    "allows",
    "assuming",
    "because",
    "with",
    "within",
    "over",
    "between",
    "under",
    "concerning",
    "includes",
    "excludes",
    "shows",
    "refuse",
    "shall",
    "should",
    "may",
    "must",
    "could",
    "need",
    "contact",
];

/// The words that stand where a value could. Nothing can be declared under them.
const VALUE_WORDS: &[&str] = &["any", "each", "no", "known", "unknown", "none", "met", "longer"];

/// Nothing can be declared under the word: it begins an item or a statement, it is a connective, or it stands where a
/// value could.
pub fn is_reserved(word: &str) -> bool {
    [ITEM_WORDS, STATEMENT_WORDS, CONNECTIVES, VALUE_WORDS].iter().any(|words| words.contains(&word))
}

/// The word joins others and is never a name, declared or not.
pub(super) fn is_connective(word: &str) -> bool {
    CONNECTIVES.contains(&word)
}

/// A line of a provision begins so. The second part is the word that must follow, where the first alone could be a
/// continuation.
pub(super) const PROVISION_STARTS: &[(&str, &str)] = &[
    ("authority", "to"),
    ("languages", ""),
    ("preferred", ""),
    ("channel", ""),
    ("means", ""),
    ("deadline", ""),
    ("maximum", ""),
    ("criterion", ""),
    ("criteria", ""),
    ("basis", ""),
    ("requesting", ""),
    ("requested", ""),
    ("either", ""),
    ("the", ""),
    ("not", "encoded"),
    ("passage", ""),
    ("text", ""),
];

/// A line about an instrument begins so.
pub(super) const INSTRUMENT_STARTS: &[(&str, &str)] = &[
    ("kind", ""),
    ("governs", ""),
    ("parties", ""),
    ("party", ""),
    ("associated", ""),
    ("country", ""),
    ("in", "force"),
    ("applies", ""),
    ("replaces", ""),
    ("supplements", ""),
    ("yields", ""),
    ("prevails", ""),
    ("source", ""),
    ("consists", "of"),
    ("not", "encoded"),
    ("text", ""),
    ("silent", ""),
];

/// A line of a test begins so, if it is not the one that states the case.
pub(super) const TEST_STARTS: &[(&str, &str)] = &[
    ("with", ""),
    ("governed", ""),
    ("not", "governed"),
    ("authority", "to"),
    ("languages", ""),
    ("preferred", ""),
    ("channel", ""),
    ("means", ""),
    ("deadline", ""),
    ("maximum", ""),
    ("criterion", ""),
    ("criteria", ""),
    ("basis", ""),
    ("requesting", ""),
    ("requested", ""),
    ("either", ""),
    ("the", ""),
];

/// A line of the particulars of an authority begins so.
pub(super) const AUTHORITY_STARTS: &[(&str, &str)] =
    &[("called", ""), ("address", ""), ("email", ""), ("telephone", ""), ("website", ""), ("note", "")];

/// A line about a source begins so.
pub(super) const SOURCE_STARTS: &[(&str, &str)] = &[
    ("title", ""),
    ("publisher", ""),
    ("reference", ""),
    ("website", ""),
    ("note", ""),
    ("file", ""),
    ("dated", ""),
    ("language", ""),
    ("review", ""),
];

/// A line of the order of kinds begins so.
pub(super) const PRECEDENCE_STARTS: &[(&str, &str)] =
    &[("treaty", ""), ("regulation", ""), ("statute", ""), ("ordinance", ""), ("arrangement", ""), ("circular", "")];

/// A part of a form begins so.
pub(super) const FORM_STARTS: &[(&str, &str)] = &[("section", "")];

/// A field of a form begins so.
pub(super) const SECTION_STARTS: &[(&str, &str)] = &[("write", ""), ("tick", ""), ("choose", "")];

/// A letter, digit, mark or hyphen: what a word is made of. Marks are what follows a letter to change it; the grammar
/// decides about the rare ones, here it is enough not to cut inside a word.
pub(super) fn is_word_char(character: char) -> bool {
    character.is_alphanumeric() || character == '-' || is_mark(character)
}

/// The combining marks of the scripts in which Europe writes.
fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}')
}

/// The word that `text` begins with; empty if it begins with something else.
pub(super) fn first_word(text: &str) -> &str {
    let end = text.find(|character| !is_word_char(character)).unwrap_or(text.len());
    text.get(..end).unwrap_or("")
}

/// The words of a text, and its quoted texts with the mark that opens them: all that a declaration, a rule or a citation in
/// it could be known by.
pub(crate) fn all(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = skip_blanks(rest);
        let first = rest.chars().next()?;
        let word = first_word(rest);
        let length = match first {
            '"' => rest.get(1..).and_then(|inner| inner.find('"')).map_or(rest.len(), |end| end + 1),
            _ if word.is_empty() => first.len_utf8(),
            _ => word.len(),
        };
        let (found, after) = rest.split_at(length);
        rest = if first == '"' { after.strip_prefix('"').unwrap_or(after) } else { after };
        Some(found)
    })
}

/// `text` without blanks and comments at its start.
pub(super) fn skip_blanks(text: &str) -> &str {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches([' ', '\t', '\r', '\n']);
        if !rest.starts_with('#') {
            return rest;
        }
        rest = rest.find('\n').and_then(|end| rest.get(end..)).unwrap_or("");
    }
}

/// `text` without its first word and the blanks after it.
pub(super) fn after_word<'s>(text: &'s str, word: &str) -> &'s str {
    skip_blanks(text.get(word.len()..).unwrap_or(""))
}

/// `text`, outside all braces, begins an item: with one of the words, and not with `authority to`.
pub(super) fn begins_item(text: &str) -> bool {
    let word = first_word(text);
    ITEM_WORDS.contains(&word) && !(word == "authority" && first_word(after_word(text, word)) == "to")
}

/// `text`, inside braces that should perhaps have been closed, begins an item. Four of the words also begin a statement
/// (`authority to`, `country Norway`, `source NAME`, `language Danish`); what follows tells them apart.
pub(super) fn begins_item_in_braces(text: &str) -> bool {
    let word = first_word(text);
    let rest = after_word(text, word);
    let after_name = || after_word(rest, first_word(rest));
    begins_item(text)
        && match word {
            "country" | "language" => after_name().starts_with('('),
            "source" => after_name().starts_with('{'),
            _ => true,
        }
}

/// `text`, inside a quoted text that should perhaps have been closed, begins an item: a line of prose may begin with the
/// same word, so what follows must look like an item too.
pub(super) fn begins_item_in_text(text: &str) -> bool {
    let word = first_word(text);
    let rest = after_word(text, word);
    begins_item_in_braces(text)
        && match word {
            "provision" | "precedence" | "form" | "assert" | "test" => rest.starts_with('"'),
            "act" | "item" | "event" | "matter" => after_word(rest, first_word(rest)).starts_with('"'),
            "fact" => after_word(rest, first_word(rest)).starts_with(':'),
            "group" => first_word(after_word(rest, first_word(rest))) == "is",
            "instrument" => after_word(rest, first_word(rest)).starts_with(['"', '{']),
            "authority" => rest.get(first_word(rest).len()..).is_some_and(|rest| rest.starts_with('.')),
            "excuse" => first_word(after_word(rest, first_word(rest))) == "in",
            _ => true,
        }
}

/// `text` begins with what was most likely meant to be one of `starts`.
pub(super) fn nearly_begins_statement(text: &str, starts: &[(&'static str, &str)]) -> bool {
    let word = first_word(text);
    !is_reserved(word) && nearest(word, starts.iter().map(|(first, _)| *first)).is_some()
}

/// `text` begins with one of `starts`.
pub(super) fn begins_statement(text: &str, starts: &[(&str, &str)]) -> bool {
    let word = first_word(text);
    starts
        .iter()
        .any(|(first, second)| *first == word && (second.is_empty() || first_word(after_word(text, word)) == *second))
}

/// `text` begins as the line of a test that states the case: `transfer from Sweden …`.
pub(super) fn begins_case(text: &str) -> bool {
    let word = first_word(text);
    !word.is_empty()
        && !is_reserved(word)
        && ["from", "to", "in", "under", "on"].contains(&first_word(after_word(text, word)))
}

/// The names that an item declares, found without the grammar.
pub(super) fn declared_names(text: &str) -> Vec<&str> {
    let text = skip_blanks(text);
    let word = first_word(text);
    let rest = after_word(text, word);
    let name = first_word(rest);
    let keyword = if ITEM_WORDS.contains(&word) { Some(word) } else { nearest(word, ITEM_WORDS.iter().copied()) };
    let names = match keyword {
        Some("country" | "language") => rest.split(',').map(|part| first_word(skip_blanks(part))).collect(),
        Some("authority") => {
            let office = rest.get(name.len()..).and_then(|rest| rest.strip_prefix('.')).map_or("", first_word);
            rest.get(..name.len() + 1 + office.len()).filter(|_| !office.is_empty()).into_iter().collect()
        }
        Some("group" | "matter" | "act" | "item" | "event" | "fact" | "place" | "source" | "instrument") => vec![name],
        _ => Vec::new(),
    };
    names.into_iter().filter(|name| !name.is_empty()).collect()
}

/// The one of `candidates` that `word` was most likely meant to be: the same but for capitals, or within a letter or
/// two (one in short words).
pub(super) fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let length = word.chars().count();
    if !(2..=32).contains(&length) {
        return None;
    }
    let word = word.to_lowercase();
    let limit = if length <= 5 { 1 } else { 2 };
    candidates
        .into_iter()
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= limit)
        .map(|candidate| (strsim::damerau_levenshtein(&word, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= limit && *distance * 2 < candidate.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::{ITEM_WORDS, begins_item, begins_item_in_braces, begins_item_in_text, nearest};

    #[test]
    fn statements_that_look_like_items_are_told_apart() {
        for item in ["country Denmark (DK)", "source a {", "authority A.b", "provision \"1\"", "fact x : date"] {
            assert!(begins_item(item) && begins_item_in_braces(item) && begins_item_in_text(item), "{item}");
        }
        for statement in ["country Norway", "source a", "authority to send", "provisions \"1\"", "language Danish"] {
            assert!(!begins_item_in_braces(statement), "{statement}");
        }
        for prose in ["provision of the Act", "act of accession", "form of the request", "instrument of ratification"] {
            assert!(!begins_item_in_text(prose), "{prose}");
        }
    }

    #[test]
    fn near_misses() {
        assert_eq!(nearest("provison", ITEM_WORDS.iter().copied()), Some("provision"));
        assert_eq!(nearest("Country", ITEM_WORDS.iter().copied()), Some("country"));
        assert_eq!(nearest("to", ["of"]), None);
        assert_eq!(nearest("shuold", ["should"]), Some("should"));
    }
}
