//! Names and texts of the law as Rust can hold them: whatever a title says, the module stays valid and reads as meant.
//!
//! A name is made of the word alone, and no two words have the same: what a program wrote against one version of a law never
//! means something else in the next. Words in lower case with hyphens read as Rust is read; whatever else a word has is marked:
//!
//! | in the word | in a type or variant | in a function or field |
//! |---|---|---|
//! | `report-outcome` | `ReportOutcome` | `report_outcome` |
//! | `annex-1`, `3rd` | `Annex_1`, `_3rd` | `annex_1`, `_3rd` |
//! | a capital letter where it is unusual: `aB` | `A__B` | `a__042_` |
//! | any other sign, by its number: `д` | `__0434_` | `__0434_` |
//! | a word of Rust: `self` | `Self_` | `self_` |

use std::fmt::Write as _;

use unicode_normalization::UnicodeNormalization;

/// Words that some edition of Rust does not let stand as a name.
const KEYWORDS: &[&str] = &[
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super",
    "trait", "true", "try", "type", "typeof", "union", "unsafe", "unsized", "use", "virtual", "where", "while",
    "yield",
];

/// How the words of a sort begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Begins {
    /// As countries and languages do.
    Capital,
    /// As all others do.
    Small,
}

/// `ReportOutcome`: the name of a type or a variant.
pub(super) fn camel(word: &str, begins: Begins) -> String {
    let word: String = word.nfc().collect();
    let mut name = String::new();
    for (at, part) in word.split('-').enumerate() {
        let mut letters = part.chars();
        match letters.next() {
            // nothing stands before this hyphen
            None if at > 0 || part.len() < word.len() => number(&mut name, '-'),
            None => {}
            Some(c) if c.is_ascii_digit() => name.extend(['_', c]),
            Some(c) if is_letter(c) => {
                let is_usual = c.is_uppercase() == (begins == Begins::Capital);
                if is_usual { name.extend(c.to_uppercase()) } else { name.extend(['_', c]) }
            }
            Some(c) => {
                // what does not begin in capitals says otherwise that it begins a part
                name.push_str(if at > 0 { "_" } else { "" });
                number(&mut name, c);
            }
        }
        for c in letters {
            match c {
                c if c.is_ascii_digit() => name.push(c),
                c if is_letter(c) && c.is_uppercase() => name.extend(['_', '_', c]),
                c if is_letter(c) => name.push(c),
                c => number(&mut name, c),
            }
        }
    }
    no_keyword(name)
}

/// `report_outcome`: the name of a function, a field or a module.
pub(super) fn snake(word: &str) -> String {
    let word: Vec<char> = word.nfc().collect();
    let mut name = String::new();
    let joins = |at: usize| at > 0 && at + 1 < word.len() && word[at - 1] != '-' && word[at + 1] != '-';
    for (at, c) in word.iter().copied().enumerate() {
        match c {
            '-' if joins(at) => name.push('_'),
            c if c.is_ascii_digit() && at == 0 => name.extend(['_', c]),
            c if c.is_ascii_digit() || (is_letter(c) && !c.is_uppercase()) => name.push(c),
            c => number(&mut name, c),
        }
    }
    no_keyword(name)
}

/// A letter that can stand in a name of Rust without a warning: of the Latin alphabets of Europe, with one form of each case.
fn is_letter(c: char) -> bool {
    let has_one = |mut forms: std::char::ToUppercase| {
        forms.next().is_some_and(|upper| {
            forms.next().is_none() && {
                let mut lower = upper.to_lowercase();
                lower.next() == c.to_lowercase().next() && lower.next().is_none()
            }
        })
    };
    c.is_ascii_alphabetic() || (('À'..='ž').contains(&c) && c.is_alphabetic() && has_one(c.to_uppercase()))
}

fn number(name: &mut String, c: char) {
    let _ = write!(name, "__0{:x}_", u32::from(c));
}

fn no_keyword(mut name: String) -> String {
    if KEYWORDS.contains(&name.as_str()) {
        name.push('_');
    }
    name
}

/// A text as a Rust literal. Whatever is not plainly visible is written by its number.
pub(super) fn literal(text: &str) -> String {
    format!("{text:?}")
}

/// A text as a documentation comment, one line.
pub(super) fn doc(indent: &str, text: &str) -> String {
    let mut line = format!("{indent}/// ");
    for c in text.trim().chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '#' => {
                line.push('\\');
                line.push(c);
            }
            '"' | '\'' => line.push(c),
            c if c.is_whitespace() => line.push(' '),
            c if c.escape_debug().len() > 1 => {
                let _ = write!(line, "(U+{:04X})", u32::from(c));
            }
            c => line.push(c),
        }
    }
    let mut line = line.trim_end().to_owned();
    if line.ends_with("///") {
        line.push_str(" Without a name.");
    }
    line.push('\n');
    line
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Begins, KEYWORDS, camel, doc, literal, snake};

    #[test]
    fn plain_words_read_as_rust_is_read() {
        let small = |word| (camel(word, Begins::Small), snake(word));
        let pair = |camel: &str, snake: &str| (camel.to_owned(), snake.to_owned());
        assert_eq!(small("report-outcome"), pair("ReportOutcome", "report_outcome"));
        assert_eq!(small("örby"), pair("Örby", "örby"));
        assert_eq!(small("annex-1"), pair("Annex_1", "annex_1"));
        assert_eq!(small("self"), pair("Self_", "self_"));
        assert_eq!(small("Self"), pair("_Self", "__053_elf"));
        assert_eq!(small("дом"), pair("__0434___043e___043c_", "__0434___043e___043c_"));
        assert_eq!(camel("South-Korea", Begins::Capital), "SouthKorea");
        assert_eq!(camel("Isle-of-Man", Begins::Capital), "Isle_ofMan");
        assert_eq!(camel("ALL", Begins::Capital), "A__L__L");
        // one word, however it was typed
        assert_eq!(snake("malmo\u{308}"), snake("malmö"));
    }

    #[test]
    fn no_two_words_have_one_name() {
        let letters = ['a', 'b', 'A', '1', '0', '-', 'ö', 'Ö', 'ß', 'д', 'x'];
        let mut words = vec![String::new()];
        let mut all: Vec<String> = Vec::new();
        for _ in 0..5 {
            words = words.iter().flat_map(|word| letters.iter().map(move |c| format!("{word}{c}"))).collect();
            all.extend(words.iter().filter(|word| !word.starts_with('-')).cloned());
        }
        all.extend(KEYWORDS.iter().flat_map(|word| [(*word).to_owned(), format!("{word}-"), format!("-{word}")]));
        for name in [|word: &str| camel(word, Begins::Small), |word: &str| camel(word, Begins::Capital), snake] {
            let names: BTreeSet<String> = all.iter().map(|word| name(word)).collect();
            assert_eq!(names.len(), all.iter().collect::<BTreeSet<_>>().len());
            let is_name = |name: &&String| {
                name.chars().all(|c| c == '_' || c.is_alphanumeric()) && !name.starts_with(|c: char| c.is_ascii_digit())
            };
            assert!(names.iter().all(|name| is_name(&name)));
        }
    }

    #[test]
    fn no_text_leaves_its_literal_or_comment() {
        assert_eq!(literal("a\"b\\c{}\n*/ // \u{202e}"), r#""a\"b\\c{}\n*/ // \u{202e}""#);
        assert_eq!(doc("", "a\nb `c` */ \u{202e}"), "/// a b \\`c\\` \\*/ (U+202E)\n");
        assert_eq!(doc("  ", " "), "  /// Without a name.\n");
    }
}
