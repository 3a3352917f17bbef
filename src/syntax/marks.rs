//! The marks of a text: words, days, numbers, quoted texts and signs, each with what it is as far as the grammar asks.
//!
//! The words of the language are those that stand in the grammar in quotation marks; each is a mark of its own kind. A text
//! in which words run into quoted texts, in which something is not ASCII outside of them, or in which a sign stands that the
//! language does not have, is not cut.

use std::ops::Range;
use std::sync::LazyLock;

use super::tree::{Place, number};

/// The grammar, in which the words of the language stand.
const GRAMMAR: &str = include_str!("../../grammar/rules.pest");
/// They are looked for once.
static WORDS: LazyLock<Words> = LazyLock::new(|| Words::of(GRAMMAR));

/// Longer texts are hardly ever alike.
const LONGEST: usize = 256;

/// What a mark is, where that is all that counts.
const NAME: u16 = 0;
const NUMBER: u16 = 1;
const DAY: u16 = 2;
const TEXT: u16 = 3;
const QUALIFIED: u16 = 4;
const COMMA: u16 = 5;
const OPEN: u16 = 6;
const CLOSE: u16 = 7;
const PAREN_OPEN: u16 = 8;
const PAREN_CLOSE: u16 = 9;
const COLON: u16 = 10;
const LESS: u16 = 11;
const MORE: u16 = 12;
const AT_MOST: u16 = 13;
const AT_LEAST: u16 = 14;
/// The words of the language have numbers from here on.
const FIRST_WORD: u16 = 16;

/// The marks of a text: what they are, and where they stand.
#[derive(Debug, Default)]
pub(super) struct Marks {
    pub(super) kinds: Vec<u16>,
    pub(super) places: Vec<Place>,
    /// What is found in reading the text follows from its shape alone: no quoted text has an escape in it, and no name
    /// begins as a number does.
    pub(super) is_plain: bool,
}

impl Marks {
    /// Cuts a text into marks; none if it has no shape.
    pub(super) fn cut(&mut self, text: &str) -> Option<()> {
        let words = &*WORDS;
        self.kinds.clear();
        self.places.clear();
        self.is_plain = true;
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            let start = at;
            let kind = match CLASSES[usize::from(*byte)] {
                Class::Blank => {
                    at += 1;
                    continue;
                }
                Class::Word => self.word(words, bytes, &mut at)?,
                Class::Mark(kind) => {
                    at += 1;
                    kind
                }
                Class::Quote => {
                    let (end, is_plain) = end_of_text(bytes, at)?;
                    self.is_plain &= is_plain;
                    at = end;
                    TEXT
                }
                Class::Compare(alone, or_equal) => {
                    let has_equal = bytes.get(at + 1) == Some(&b'=');
                    at += 1 + usize::from(has_equal);
                    if has_equal { or_equal } else { alone }
                }
                Class::Remark => {
                    at = end_of_line(bytes, at);
                    continue;
                }
                Class::Hyphen | Class::Other => return None,
            };
            // What a word or a text runs into is no blank.
            let may_not_run_on = kind <= QUALIFIED || kind >= FIRST_WORD;
            let runs_on = |byte: &u8| matches!(CLASSES[usize::from(*byte)], Class::Word | Class::Hyphen | Class::Other);
            if self.kinds.len() == LONGEST || may_not_run_on && bytes.get(at).is_some_and(runs_on) {
                return None;
            }
            self.kinds.push(kind);
            self.places.push((number(start), number(at)));
        }
        Some(())
    }

    /// The word, or the name of an office with its country, that begins at a place; the place moves behind it.
    fn word(&mut self, words: &Words, bytes: &[u8], at: &mut usize) -> Option<u16> {
        let start = *at;
        *at = end_of_word(bytes, start);
        let kind = words.kind(bytes, start..*at);
        self.is_plain &= kind != NAME || !bytes[start].is_ascii_digit();
        if bytes.get(*at) != Some(&b'.') {
            return Some(kind);
        }
        let second = *at + 1;
        *at = end_of_word(bytes, second);
        let begins = bytes.get(second).is_some_and(u8::is_ascii_alphanumeric);
        if kind != NAME || !begins || words.kind(bytes, second..*at) != NAME {
            return None;
        }
        self.is_plain &= !bytes[second].is_ascii_digit();
        Some(QUALIFIED)
    }

    /// Cuts a text that is known to have a shape: where its marks stand, and not what they are.
    pub(super) fn cut_again(&mut self, text: &str) {
        self.places.clear();
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            let start = at;
            at = match CLASSES[usize::from(*byte)] {
                Class::Blank => {
                    at += 1;
                    continue;
                }
                Class::Remark => {
                    at = end_of_line(bytes, at);
                    continue;
                }
                Class::Word => match end_of_word(bytes, at) {
                    end if bytes.get(end) == Some(&b'.') => end_of_word(bytes, end + 1),
                    end => end,
                },
                Class::Quote => end_of_text(bytes, at).map_or(bytes.len(), |(end, _)| end),
                Class::Compare(..) if bytes.get(at + 1) == Some(&b'=') => at + 2,
                _ => at + 1,
            };
            self.places.push((number(start), number(at)));
        }
    }
}

/// What a byte begins, outside of words and quoted texts.
#[derive(Clone, Copy)]
enum Class {
    Blank,
    /// A letter or a digit of ASCII.
    Word,
    /// It goes on a word and begins none.
    Hyphen,
    /// A mark of its own, and its kind.
    Mark(u16),
    /// A sign of comparison: its kind alone, and with `=`.
    Compare(u16, u16),
    Quote,
    Remark,
    /// The language does not have it outside of quoted texts, or it is not ASCII.
    Other,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    let mut byte = 0_u8;
    loop {
        classes[byte as usize] = match byte {
            b' ' | b'\n' | b'\t' | b'\r' => Class::Blank,
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => Class::Word,
            b'-' => Class::Hyphen,
            b',' => Class::Mark(COMMA),
            b'{' => Class::Mark(OPEN),
            b'}' => Class::Mark(CLOSE),
            b'(' => Class::Mark(PAREN_OPEN),
            b')' => Class::Mark(PAREN_CLOSE),
            b':' => Class::Mark(COLON),
            b'<' => Class::Compare(LESS, AT_MOST),
            b'>' => Class::Compare(MORE, AT_LEAST),
            b'"' => Class::Quote,
            b'#' => Class::Remark,
            _ => Class::Other,
        };
        if byte == u8::MAX {
            break classes;
        }
        byte += 1;
    }
};

/// The end of the word that begins at `start`: letters and digits of ASCII, and hyphens.
fn end_of_word(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    while bytes.get(at).is_some_and(|byte| matches!(CLASSES[usize::from(*byte)], Class::Word | Class::Hyphen)) {
        at += 1;
    }
    at
}

/// The end of the quoted text that begins at `start`, and whether it has no escape; none if it does not end.
fn end_of_text(bytes: &[u8], start: usize) -> Option<(usize, bool)> {
    let mut at = start + 1;
    let mut is_plain = true;
    loop {
        match bytes.get(at)? {
            b'"' => return Some((at + 1, is_plain)),
            b'\\' => {
                is_plain = false;
                at += 2;
            }
            _ => at += 1,
        }
    }
}

fn end_of_line(bytes: &[u8], start: usize) -> usize {
    let rest = bytes.get(start..).unwrap_or_default();
    start + rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len())
}

/// The words that the grammar spells out, each with its number, to be found by what they begin with.
#[derive(Debug)]
struct Words {
    /// By a number made of a word; a word stands at its place or after it.
    places: Vec<Option<(&'static str, u16)>>,
}

impl Words {
    /// All that stands in quotation marks in the grammar and is made of letters, its remarks apart.
    fn of(grammar: &'static str) -> Words {
        let mut words: Vec<&'static str> = Vec::new();
        for line in grammar.lines() {
            let line = line.split("//").next().unwrap_or("");
            words.extend(
                line.split('"').skip(1).step_by(2).filter(|word| word.starts_with(|c: char| c.is_alphabetic())),
            );
        }
        words.sort_unstable();
        words.dedup();
        let mut places = vec![None; (words.len() * 4).next_power_of_two()];
        for (word, number) in words.into_iter().zip(FIRST_WORD..) {
            let mut place = place_of(head(word.as_bytes(), 0..word.len())) & (places.len() - 1);
            while places[place].is_some() {
                place = (place + 1) & (places.len() - 1);
            }
            places[place] = Some((word, number));
        }
        Words { places }
    }

    /// What a word is: one of the language, a number, a day or a name.
    fn kind(&self, bytes: &[u8], place: Range<usize>) -> u16 {
        let word = &bytes[place.clone()];
        if word.first().is_some_and(u8::is_ascii_digit) {
            let is_day = word.len() == 10
                && word.iter().enumerate().all(|(at, byte)| match at {
                    4 | 7 => *byte == b'-',
                    _ => byte.is_ascii_digit(),
                });
            return match () {
                () if is_day => DAY,
                () if word.iter().all(u8::is_ascii_digit) => NUMBER,
                () => NAME,
            };
        }
        let mask = self.places.len() - 1;
        let mut place = place_of(head(bytes, place)) & mask;
        while let Some((known, number)) = self.places[place] {
            if known.as_bytes() == word {
                return number;
            }
            place = (place + 1) & mask;
        }
        NAME
    }
}

/// The first eight bytes of a word as a number, and its length.
fn head(bytes: &[u8], place: Range<usize>) -> (u64, usize) {
    let length = place.len();
    let mut eight = [0; 8];
    match bytes.get(place.start..place.start + 8) {
        Some(whole) if length >= 8 => eight.copy_from_slice(whole),
        Some(more) => {
            eight.copy_from_slice(more);
            let others = u64::MAX >> (64 - 8 * length);
            return (u64::from_le_bytes(eight) & others, length);
        }
        None => {
            let length = length.min(8);
            eight[..length].copy_from_slice(&bytes[place.start..place.start + length]);
        }
    }
    (u64::from_le_bytes(eight), length)
}

/// A number made of the length of a word and its first eight bytes.
fn place_of((head, length): (u64, usize)) -> usize {
    ((head ^ length as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 48) as usize
}

#[cfg(test)]
mod tests {
    use super::{GRAMMAR, Marks, Words};

    #[test]
    fn words_of_the_language_are_part_of_the_shape() {
        let kinds = |text: &str| {
            let mut marks = Marks::default();
            marks.cut(text).map(|()| marks.kinds)
        };
        let plain = kinds("channel is direct from Norway").expect("it has a shape");
        assert_eq!(kinds("channel is central from Sweden").as_ref(), Some(&plain));
        for other in ["channel is any from Norway", "channel is direct from 2020-01-01", "means is direct from Norway"]
        {
            assert!(kinds(other).is_some_and(|kinds| kinds != plain), "{other}");
        }
        for shapeless in [
            "a \"b\"c", "a.b.c", "is.b", "a. b", "å", "a_b", "\"open", "a.2020", "a\"b\".c", "-a", "a.-b", "aé", "\"\\",
        ] {
            assert_eq!(kinds(shapeless), None, "{shapeless}");
        }
    }

    #[test]
    fn the_grammar_spells_its_words_out() {
        let words = Words::of(GRAMMAR);
        for word in ["provision", "is", "undue", "s", "kind", "language", "languages", "weekday", "countries"] {
            assert!(words.kind(word.as_bytes(), 0..word.len()) >= super::FIRST_WORD, "{word}");
        }
        assert_eq!(words.kind(b"Denmark", 0..7), super::NAME);
    }
}
