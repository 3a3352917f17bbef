//! Words of a text as they are compared: letters and digits, without case, marks and punctuation.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word with its place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Its letters and digits, small and without marks.
    pub(super) text: String,
    /// Where it stands, in bytes.
    pub(super) at: Range<usize>,
}

/// The words of a text, in order. Everything but letters and digits parts words and is no part of them.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut all: Vec<Word> = Vec::new();
    let mut open = false;
    for (start, character) in text.char_indices() {
        let end = start + character.len_utf8();
        if is_combining_mark(character) {
            continue;
        }
        if !character.is_alphanumeric() {
            open = false;
            continue;
        }
        if !open {
            all.push(Word { text: String::new(), at: start..end });
            open = true;
        }
        if let Some(word) = all.last_mut() {
            let plain = character.nfkd().filter(|part| !is_combining_mark(*part));
            for letter in plain.flat_map(char::to_lowercase) {
                // letters that no mark makes, as a scan without them reads them
                match letter {
                    'æ' => word.text.push_str("ae"),
                    'œ' => word.text.push_str("oe"),
                    'ß' => word.text.push_str("ss"),
                    'ø' => word.text.push('o'),
                    letter => word.text.push(letter),
                }
            }
            word.at.end = end;
        }
    }
    all
}

/// A letter of it may be wrong without anybody being misled: it is long enough, and no number.
pub(super) fn is_tolerant(word: &str) -> bool {
    word.chars().count() >= 4 && !word.chars().any(char::is_numeric)
}

/// The same word, or one letter apart where that can be tolerated.
pub(super) fn alike(a: &str, b: &str) -> bool {
    a == b || is_tolerant(a) && is_tolerant(b) && strsim::levenshtein(a, b) == 1
}

#[cfg(test)]
mod tests {
    use super::{alike, words};

    #[test]
    fn words_are_letters_and_digits() {
        let text = "The “Authority’s”  address:\nSuðurlandsbraut 4, Åland (é)";
        let found: Vec<_> = words(text).into_iter().map(|word| word.text).collect();
        assert_eq!(found, ["the", "authority", "s", "address", "suðurlandsbraut", "4", "aland", "e"]);
        assert_eq!(words("… — !").len(), 0);
        assert_eq!(words("Ærø")[0].text, words("AERO")[0].text);
    }

    #[test]
    fn short_words_and_numbers_are_what_they_are() {
        assert!(alike("authonty", "authorty"));
        assert!(!alike("may", "my") && !alike("not", "now") && !alike("1998", "1999") && !alike("14days", "24days"));
    }
}
