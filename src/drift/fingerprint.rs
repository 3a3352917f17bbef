//! What is kept of a passage, and how another text is compared with it.
//!
//! Kept are two digests and one hexadecimal digit for each word. A digit is made of a word and the two before it: it says
//! whether a word fits, and is far too short to say which word it was. So a later text can be read against it word by
//! word; where a word does not fit, each word that is one slip of the pen away is tried, and the digest of all words
//! says whether what was found is what stood there.

use std::collections::BTreeSet;
use std::ops::Range;

use sha2::{Digest, Sha256};

use super::text::{is_tolerant, words};

/// What is kept of a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// Digest of the text, every stretch of blanks and line breaks taken as one blank.
    pub exact: String,
    /// Digest of its words.
    pub words: String,
    /// A digit for each word, and one for the end.
    pub sketch: String,
}

/// How a text differs from the one that was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Not at all, but for blanks and line breaks.
    Unchanged,
    /// The words are the same but for these slips; none: only punctuation, capitals or marks differ.
    Similar(Vec<Slip>),
    /// In what it says.
    Changed {
        /// What stands now where it differs, in bytes; empty where words were only taken away.
        now: Range<usize>,
        /// How many words stood there.
        before: usize,
    },
}

/// A word that differs by a letter or a blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    /// What stands now.
    pub now: String,
    /// What stood there.
    pub before: String,
}

/// The fingerprint of a passage.
pub fn fingerprint(text: &str) -> Fingerprint {
    let words: Vec<String> = words(text).into_iter().map(|word| word.text).collect();
    Fingerprint { exact: exact(text), words: digest(&words.join(" ")), sketch: sketch(&words) }
}

/// Compares a text with what was kept.
pub fn compare(kept: &Fingerprint, text: &str) -> Change {
    if exact(text) == kept.exact {
        return Change::Unchanged;
    }
    let found = words(text);
    let now: Vec<String> = found.iter().map(|word| word.text.clone()).collect();
    if digest(&now.join(" ")) == kept.words {
        return Change::Similar(Vec::new());
    }
    if let Some(slips) = slips(kept, &now) {
        return Change::Similar(slips);
    }
    // What differs lies between the words that fit from the front and those that fit from the back.
    let (old, new) = (kept.sketch.as_bytes(), sketch(&now));
    let front = old.iter().zip(new.as_bytes()).take_while(|(a, b)| a == b).count();
    let front = front.min(old.len().saturating_sub(1)).min(now.len());
    let most = (old.len().saturating_sub(1 + front)).min(now.len() - front);
    let back = old.iter().rev().zip(new.as_bytes().iter().rev()).take_while(|(a, b)| a == b).count();
    // the digits of the two words after a difference are made of it too, and the last digit is that of the end
    let back = if back == 0 { 0 } else { (back + 1).min(most) };
    // a digit can fit by chance; something differs, so the stretch is not empty on both sides
    let fits_by_chance = front + back >= now.len().max(old.len().saturating_sub(1));
    let widened = usize::from(fits_by_chance);
    let (front, back) = (front.saturating_sub(widened), back.saturating_sub(widened));
    let start = found.get(front).map_or(text.len(), |word| word.at.start);
    let end = (now.len() - back).checked_sub(1).and_then(|last| found.get(last)).map_or(start, |word| word.at.end);
    Change::Changed { now: start..end.max(start), before: old.len().saturating_sub(1 + front + back) }
}

fn exact(text: &str) -> String {
    digest(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The first half of a SHA-256, in hexadecimal digits.
fn digest(text: &str) -> String {
    let mut out = String::new();
    for byte in &Sha256::digest(text)[..16] {
        for digit in [byte >> 4, byte & 15] {
            out.extend(char::from_digit(u32::from(digit), 16));
        }
    }
    out
}

/// What stands before the first word and after the last. No word is empty.
const EDGE: &str = "";

fn digit(two_before: &str, before: &str, word: &str) -> u8 {
    let hash = Sha256::digest(format!("{two_before}\n{before}\n{word}"));
    b"0123456789abcdef"[usize::from(hash[0] >> 4)]
}

fn sketch(words: &[String]) -> String {
    let at = |place: usize| place.checked_sub(2).and_then(|place| words.get(place)).map_or(EDGE, String::as_str);
    (0..=words.len()).map(|place| char::from(digit(at(place), at(place + 1), at(place + 2)))).collect()
}

/// A reading of the first words, as they may have stood.
#[derive(Clone)]
struct Reading {
    /// How many of the words that stand now are used.
    used: usize,
    /// The rest of a word that was parted.
    rest: Option<String>,
    two_before: String,
    before: String,
    /// Words since the last slip.
    since: usize,
    /// Each with the place of the word that stands now.
    slips: Vec<(usize, Slip)>,
}

impl Reading {
    /// The words as they would have stood.
    fn words(&self, now: &[String]) -> String {
        let mut words: Vec<&str> = Vec::new();
        let mut slips = self.slips.iter().peekable();
        let mut at = 0;
        while let Some(word) = now.get(at) {
            if let Some((_, slip)) = slips.next_if(|(place, _)| *place == at) {
                words.push(&slip.before);
                at += slip.now.split(' ').count();
            } else {
                words.push(word);
                at += 1;
            }
        }
        words.join(" ")
    }
}

/// After a slip, two words must be as they stand: their digits confirm it.
const APART: usize = 2;
/// No text of ordinary length has so many readings. Where one has, it counts as changed.
const MOST_READINGS: usize = 4096;

/// The slips by which the words that stand now differ from those that were kept, if nothing else differs and no more
/// than one word in ten does, or two.
fn slips(kept: &Fingerprint, now: &[String]) -> Option<Vec<Slip>> {
    let count = kept.sketch.len().checked_sub(1)?;
    if count.abs_diff(now.len()) > count / 10 + 2 {
        return None;
    }
    let most = (count / 10).max(2);
    let letters: BTreeSet<char> =
        now.iter().flat_map(|word| word.chars()).filter(|c| c.is_alphabetic()).chain('a'..='z').collect();
    let start = Reading {
        used: 0,
        rest: None,
        two_before: EDGE.to_owned(),
        before: EDGE.to_owned(),
        since: APART,
        slips: Vec::new(),
    };
    let mut readings = vec![start];
    for wanted in kept.sketch.bytes().take(count) {
        let mut next = Vec::new();
        for reading in &readings {
            reading.extend(now, &letters, wanted, most, &mut next);
        }
        if next.is_empty() || next.len() > MOST_READINGS {
            return None;
        }
        readings = next;
    }
    let whole = |reading: &&Reading| {
        reading.used == now.len() && reading.rest.is_none() && digest(&reading.words(now)) == kept.words
    };
    readings
        .iter()
        .filter(whole)
        .min_by_key(|reading| reading.slips.len())
        .map(|reading| reading.slips.iter().map(|(_, slip)| slip.clone()).collect())
}

impl Reading {
    /// The readings with one word more whose digit is the wanted one.
    fn extend(&self, now: &[String], letters: &BTreeSet<char>, wanted: u8, most: usize, next: &mut Vec<Reading>) {
        let mut take = |word: String, used: usize, rest: Option<String>, slip: Option<String>| {
            if digit(&self.two_before, &self.before, &word) != wanted {
                return;
            }
            let mut slips = self.slips.clone();
            let since = if slip.is_some() { 0 } else { self.since + 1 };
            slips.extend(slip.map(|now| {
                let before = rest.as_ref().map_or_else(|| word.clone(), |rest| format!("{word} {rest}"));
                (self.used, Slip { now, before })
            }));
            let (two_before, before) = (self.before.clone(), word);
            next.push(Reading { used: self.used + used, rest, two_before, before, since, slips });
        };
        if let Some(rest) = &self.rest {
            take(rest.clone(), 0, None, None);
            return;
        }
        let Some(word) = now.get(self.used) else { return };
        take(word.clone(), 1, None, None);
        if self.since < APART || self.slips.len() >= most {
            return;
        }
        let is_word = |word: &str| !word.chars().any(char::is_numeric);
        if is_tolerant(word) {
            for near in near(word, letters) {
                take(near, 1, None, Some(word.clone()));
            }
        }
        if is_word(word) {
            for (at, _) in word.char_indices().skip(1) {
                let (head, tail) = word.split_at(at);
                take(head.to_owned(), 1, Some(tail.to_owned()), Some(word.clone()));
            }
            if let Some(second) = now.get(self.used + 1).filter(|second| is_word(second)) {
                take(format!("{word}{second}"), 2, None, Some(format!("{word} {second}")));
            }
        }
    }
}

/// Every word one letter away that could be mistaken for it.
fn near(word: &str, letters: &BTreeSet<char>) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    let places: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).collect();
    for (place, at) in places.iter().enumerate() {
        let (head, tail) = word.split_at(*at);
        all.extend(letters.iter().map(|letter| format!("{head}{letter}{tail}")));
        if let Some(next) = places.get(place + 1) {
            let tail = &word[*next..];
            all.insert(format!("{head}{tail}"));
            all.extend(letters.iter().map(|letter| format!("{head}{letter}{tail}")));
        }
    }
    all.remove(word);
    all.retain(|near| is_tolerant(near));
    all
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Change, compare, fingerprint};

    const TEXT: &str = "The requesting authority shall inform the requested authority about all coercive measures taken \
                        in the case within 14 days. It may not withdraw the request after the decision.";

    fn changed(from: &str, to: &str) -> Change {
        assert!(TEXT.contains(from), "{from}");
        compare(&fingerprint(TEXT), &TEXT.replacen(from, to, 1))
    }

    fn slips(change: &Change) -> Option<Vec<(&str, &str)>> {
        match change {
            Change::Similar(slips) => Some(slips.iter().map(|s| (s.now.as_str(), s.before.as_str())).collect()),
            _ => None,
        }
    }

    #[test]
    fn blanks_are_nothing_and_signs_are_similar() {
        assert_eq!(changed("shall inform", "shall\n   inform"), Change::Unchanged);
        assert_eq!(slips(&changed("days.", "days,")), Some(vec![]));
        assert_eq!(slips(&changed("The requesting", "the requésting")), Some(vec![]));
    }

    #[test]
    fn single_letters_and_blanks_in_words_are_similar() {
        assert_eq!(slips(&changed("requesting", "requesling")), Some(vec![("requesling", "requesting")]));
        assert_eq!(slips(&changed("measures", "measurs")), Some(vec![("measurs", "measures")]));
        assert_eq!(slips(&changed("measures", "meassures")), Some(vec![("meassures", "measures")]));
        assert_eq!(slips(&changed("in the case", "inthe case")), Some(vec![("inthe", "in the")]));
        assert_eq!(slips(&changed("coercive", "coer cive")), Some(vec![("coer cive", "coercive")]));
        assert_eq!(slips(&changed("decision", "decisiom")), Some(vec![("decisiom", "decision")]));
        // as docs/texts.md has it
        let slip = changed("requested authority", "requested authorily");
        assert_eq!(slips(&slip), Some(vec![("authorily", "authority")]));
    }

    #[test]
    fn what_could_change_the_meaning_is_changed() {
        for (from, to) in [
            ("14", "74"),
            ("14", "l4"),
            ("14 days", "1 4 days"),
            ("may not", "may"),
            ("may not", "may now"),
            ("shall inform", "shall not inform"),
            ("all coercive", "coercive"),
            ("withdraw", "change"),
            ("requested authority", "requesting authority"),
            ("the decision", "the decision and before it"),
            ("in the case", ""),
            ("measures taken", "meesures teken"),
            ("requested authority", "requested authonty"),
        ] {
            assert!(matches!(changed(from, to), Change::Changed { .. }), "{from} to {to}");
        }
        assert!(matches!(compare(&fingerprint(TEXT), ""), Change::Changed { .. }));
        assert!(matches!(compare(&fingerprint(""), TEXT), Change::Changed { .. }));
    }

    #[test]
    fn what_differs_is_shown() {
        let text = TEXT.replace("coercive", "other coercive or similar");
        let Change::Changed { now, before } = compare(&fingerprint(TEXT), &text) else { panic!("it differs") };
        assert!(text[now.clone()].contains("other coercive or similar"), "{}", &text[now]);
        assert!(before < 8, "{before}");
    }

    proptest! {
        #[test]
        fn any_texts_are_compared(a in "[a-d0-3 .,]{0,60}", b in "[a-d0-3 .,]{0,60}") {
            let kept = fingerprint(&a);
            prop_assert_eq!(compare(&kept, &a), Change::Unchanged);
            match compare(&kept, &b) {
                Change::Changed { now, .. } => prop_assert!(b.get(now).is_some()),
                Change::Similar(slips) => prop_assert!(slips.len() <= 6),
                Change::Unchanged => {}
            }
        }
    }
}
