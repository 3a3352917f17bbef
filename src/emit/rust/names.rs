//! Names and texts of the law as Rust can hold them: whatever a title says, the module stays valid and reads as meant.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use unicode_normalization::UnicodeNormalization;

/// Words that no edition lets stand as a name, and names that the module has itself.
const RESERVED: &[&str] = &[
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super",
    "trait", "true", "try", "type", "typeof", "union", "unsafe", "unsized", "use", "virtual", "where", "while",
    "yield",
];

/// Gives out names, no two alike.
#[derive(Debug, Default)]
pub(super) struct Names {
    taken: BTreeSet<String>,
}

impl Names {
    /// Names that are taken already.
    pub(super) fn without(taken: &[&str]) -> Names {
        Names { taken: taken.iter().map(|name| (*name).to_owned()).collect() }
    }

    /// `report_outcome`; where that is taken, `report_outcome_2`.
    pub(super) fn snake(&mut self, text: &str) -> String {
        let words: Vec<_> = words(text).iter().map(|word| word.to_ascii_lowercase()).collect();
        self.free(words.join("_"), "n", "_")
    }

    /// `ReportOutcome`; where that is taken, `ReportOutcome2`.
    pub(super) fn camel(&mut self, text: &str) -> String {
        let mut name = String::new();
        for word in words(text) {
            let mut letters = word.chars();
            name.extend(letters.next().map(|first| first.to_ascii_uppercase()));
            name.push_str(letters.as_str());
        }
        self.free(name, "N", "")
    }

    fn free(&mut self, name: String, before_digit: &str, before_number: &str) -> String {
        let starts_well = name.starts_with(|first: char| first.is_ascii_alphabetic());
        let mut name = if starts_well { name } else { format!("{before_digit}{name}") };
        if RESERVED.contains(&name.as_str()) {
            name.push_str(if before_number.is_empty() { "N" } else { "_" });
        }
        let numbered = (2u32..).map(|number| format!("{name}{before_number}{number}"));
        let free = std::iter::once(name.clone()).chain(numbered).find(|name| !self.taken.contains(name));
        let free = free.unwrap_or(name);
        self.taken.insert(free.clone());
        free
    }
}

/// The words of a text in letters that every compiler takes without a warning; a letter that has no such form is written
/// by its number.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for c in text.nfd() {
        let word = words.len() - 1;
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' => words[word].push(c),
            'æ' => words[word].push_str("ae"),
            'Æ' => words[word].push_str("Ae"),
            'ø' => words[word].push('o'),
            'Ø' => words[word].push('O'),
            'ð' => words[word].push('d'),
            'Ð' => words[word].push('D'),
            'þ' => words[word].push_str("th"),
            'Þ' => words[word].push_str("Th"),
            'ß' => words[word].push_str("ss"),
            'ł' => words[word].push('l'),
            'Ł' => words[word].push('L'),
            c if unicode_normalization::char::is_combining_mark(c) => {}
            c if c.is_alphanumeric() => {
                words.push(format!("u{:x}", u32::from(c)));
                words.push(String::new());
            }
            _ => words.push(String::new()),
        }
    }
    words.retain(|word| !word.is_empty());
    words
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
    use super::{Names, doc, literal};

    #[test]
    fn every_name_becomes_one_that_rust_takes_and_no_two_the_same() {
        let mut names = Names::without(&["case"]);
        let snake: Vec<_> = ["type", "self", "Åland", "aland", "a-b", "a.b", "2025", "case", "дом", "", "gen"]
            .map(|name| names.snake(name))
            .into();
        let wanted =
            ["type_", "self_", "aland", "aland_2", "a_b", "a_b_2", "n2025", "case_2", "u434_u43e_u43c", "n", "gen_"];
        assert_eq!(snake, wanted);
        let camel: Vec<_> =
            ["self", "chief-of-police", "Ísland", "Þórshöfn", "island", "3rd"].map(|name| names.camel(name)).into();
        assert_eq!(camel, ["SelfN", "ChiefOfPolice", "Island", "Thorshofn", "Island2", "N3rd"]);
    }

    #[test]
    fn no_text_leaves_its_literal_or_comment() {
        assert_eq!(literal("a\"b\\c{}\n*/ // \u{202e}"), r#""a\"b\\c{}\n*/ // \u{202e}""#);
        assert_eq!(doc("", "a\nb `c` */ \u{202e}"), "/// a b \\`c\\` \\*/ (U+202E)\n");
        assert_eq!(doc("  ", " "), "  /// Without a name.\n");
    }
}
