//! What holds of every file is held of all files that there are, and of many that are made of them by cutting, doubling and
//! swapping: always the same ones. The targets in `fuzz/` hold the same of files that a fuzzer finds.

use std::fs;
use std::ops::Range;
use std::panic;
use std::path::Path;

use crate::dice::Dice;
use crate::format::files;

#[path = "../fuzz/properties.rs"]
mod properties;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
/// How many files are made of one; `FORSETI_MUTATIONS` asks for more.
const MUTATIONS: usize = 6;
/// Longer files are cut to this: what can go wrong in them can go wrong in a part.
const LONGEST: usize = 3000;

fn mutations() -> usize {
    std::env::var("FORSETI_MUTATIONS").ok().and_then(|count| count.parse().ok()).unwrap_or(MUTATIONS)
}

/// The law, the cases of all tests and the examples of the reference.
fn corpus() -> Vec<(String, Vec<u8>)> {
    let mut corpus = vec![("docs/language.md".to_owned(), include_bytes!("../docs/language.md").to_vec())];
    for folder in ["rules", "src", "tests/cases"] {
        for path in files(&Path::new(ROOT).join(folder)) {
            corpus.push((path.display().to_string(), fs::read(&path).expect("the file is there")));
        }
    }
    corpus
}

/// A stretch of at most `most`.
fn stretch(dice: &mut Dice, length: usize, most: usize) -> Range<usize> {
    let start = dice.throw(length + 1);
    start..(start + dice.throw(most)).min(length)
}

/// Two of so many; none where there are none.
fn two(dice: &mut Dice, count: usize) -> Option<(usize, usize)> {
    (count > 0).then(|| (dice.throw(count), dice.throw(count)))
}

/// A part of the file, with a few changes.
fn mutation(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    const INSERTED: [&str; 12] =
        ["{", "}", "\"", "(", ")", ",", "#", "\u{e5}", "\r\n", " otherwise is ", " when not ", "2025-02-30"];
    let start = dice.throw(bytes.len().saturating_sub(LONGEST) + 1);
    let mut text = bytes[start..bytes.len().min(start + LONGEST)].to_vec();
    for _ in 0..=dice.throw(3) {
        let stretch = stretch(dice, text.len(), 60);
        match dice.throw(6) {
            0 => text.truncate(stretch.start),
            1 => drop(text.drain(stretch)),
            2 => {
                let doubled = text[stretch.clone()].to_vec();
                text.splice(stretch.end..stretch.end, doubled).for_each(drop);
            }
            3 => {
                let mut lines: Vec<Vec<u8>> = text.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
                if let Some((one, other)) = two(dice, lines.len()) {
                    lines.swap(one, other);
                }
                text = lines.concat();
            }
            4 => {
                if let Some((one, other)) = two(dice, text.len()) {
                    text.swap(one, other);
                }
            }
            _ => {
                let inserted = INSERTED[dice.throw(INSERTED.len())];
                text.splice(stretch.start..stretch.start, inserted.bytes()).for_each(drop);
            }
        }
    }
    text
}

fn holds(name: &str, bytes: &[u8], property: fn(&[u8])) {
    let held = panic::catch_unwind(|| property(bytes));
    assert!(held.is_ok(), "it does not hold of this, made of {name}:\n{}", String::from_utf8_lossy(bytes));
}

/// Holds a property of each file and of what is made of it.
fn holds_of_all(property: fn(&[u8])) {
    for (name, bytes) in corpus() {
        holds(&name, &bytes, property);
        // what is made of a file depends on nothing but the file
        let mut dice = Dice::new(bytes.iter().fold(1, |sum: u64, byte| sum.rotate_left(7) ^ u64::from(*byte)));
        for _ in 0..mutations() {
            holds(&name, &mutation(&bytes, &mut dice), property);
        }
    }
}

#[test]
fn reading_never_fails() {
    holds_of_all(properties::read);
}

#[test]
fn what_was_read_is_resolved_and_shown() {
    holds_of_all(properties::resolve);
}

#[test]
fn a_layout_is_its_own_layout() {
    holds_of_all(properties::layout);
}

#[test]
fn mutations_change_something_and_are_the_same_in_every_run() {
    let bytes = include_bytes!("../src/starter/agreement.rules");
    let made = || {
        let mut dice = Dice::new(1);
        (0..50).map(|_| mutation(bytes, &mut dice)).collect::<Vec<_>>()
    };
    assert_eq!(made(), made());
    let changed = made().iter().filter(|text| text.as_slice() != bytes).count();
    assert!(changed > 40, "{changed} of 50");
}
