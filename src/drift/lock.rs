//! The lock file: one line for each passage, sorted, so that two people's changes merge and a difference reads as a list.
//!
//! Fields are parted by tabs: instrument, provision, source, digest of the text, digest of its words, sketch.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Fingerprint;

/// What each line is about: the instrument, the provision with its scope, the source.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The name of the instrument.
    pub instrument: String,
    /// The citation, and for a version the cases in which it speaks.
    pub provision: String,
    /// The name of the source.
    pub source: String,
}

/// What is kept of all passages.
pub type Lock = BTreeMap<Key, Fingerprint>;

const HEAD: &str =
    "# Made by `forseti sources lock`: what was kept of each passage. No words of the texts are in it.\n";

/// The lock as a file.
pub fn written(lock: &Lock) -> String {
    let mut text = HEAD.to_owned();
    for (Key { instrument, provision, source }, Fingerprint { exact, words, sketch }) in lock {
        let _ = writeln!(text, "{instrument}\t{}\t{source}\t{exact}\t{words}\t{sketch}", provision.replace('\t', " "));
    }
    text
}

/// Reads a lock.
///
/// # Errors
/// The number of the first line that is none, from 1.
pub fn read(text: &str) -> Result<Lock, usize> {
    let mut lock = Lock::new();
    for (number, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let (key, fingerprint) = entry(line).ok_or(number + 1)?;
        if lock.insert(key, fingerprint).is_some() {
            return Err(number + 1);
        }
    }
    Ok(lock)
}

/// What can still be read of a lock that is not in order, as a merge leaves it: the lines that say the same wherever
/// they stand. None where nothing shows that the file was a lock.
pub fn rescued(text: &str) -> Option<Lock> {
    let mut found: BTreeMap<Key, Option<Fingerprint>> = BTreeMap::new();
    for (key, fingerprint) in text.lines().filter_map(entry) {
        // of two that differ nobody knows which counts
        let same = found.get(&key).is_none_or(|kept| kept.as_ref() == Some(&fingerprint));
        found.insert(key, same.then_some(fingerprint));
    }
    let was_a_lock = !found.is_empty() || text.contains(HEAD.trim_end());
    was_a_lock.then(|| found.into_iter().filter_map(|(key, kept)| Some((key, kept?))).collect())
}

fn entry(line: &str) -> Option<(Key, Fingerprint)> {
    let fields: Vec<String> = line.trim_end().split('\t').map(str::to_owned).collect();
    let [instrument, provision, source, exact, words, sketch] = <[String; 6]>::try_from(fields).ok()?;
    let is_hex = |text: &str| text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let sound = exact.len() == 32 && words.len() == 32 && !sketch.is_empty();
    let sound = sound && [&exact, &words, &sketch].into_iter().all(|digits| is_hex(digits));
    sound.then_some((Key { instrument, provision, source }, Fingerprint { exact, words, sketch }))
}

#[cfg(test)]
mod tests {
    use super::super::fingerprint;
    use super::{Key, Lock, read, rescued, written};

    #[test]
    fn what_is_written_is_read() {
        let key = |provision: &str| Key {
            instrument: "agreement".to_owned(),
            provision: provision.to_owned(),
            source: "gazette".to_owned(),
        };
        let lock: Lock =
            [(key("Article 2"), fingerprint("some words")), (key("Annex II, Norway"), fingerprint(""))].into();
        assert_eq!(read(&written(&lock)), Ok(lock.clone()));
        let text = written(&lock);
        assert_eq!(read(&text.replace("\tArticle", " Article")), Err(3));
        assert_eq!(read(&format!("{text}<<<<<<< ours\n")), Err(4));
        let twice = format!("{text}{}\n", text.lines().last().unwrap_or_default());
        assert_eq!(read(&twice), Err(4), "a merge that keeps both lines is no lock");
    }

    #[test]
    fn of_a_lock_that_is_not_in_order_the_clear_lines_are_rescued() {
        let key = |provision: &str| Key {
            instrument: "agreement".to_owned(),
            provision: provision.to_owned(),
            source: "gazette".to_owned(),
        };
        let of = |provision: &str, words: &str| Lock::from([(key(provision), fingerprint(words))]);
        let (first, ours, theirs) = (of("Article 1", "a"), of("Article 2", "ours"), of("Article 2", "theirs"));
        let merged =
            format!("{}<<<<<<< ours\n{}=======\n{}>>>>>>> theirs\n", written(&first), written(&ours), written(&theirs));
        assert_eq!(rescued(&merged), Some(first.clone()));
        assert_eq!(rescued(&format!("{}{}", written(&first), written(&first))), Some(first));
        let third = format!("{merged}{}", written(&ours));
        assert_eq!(rescued(&third).map(|lock| lock.len()), Some(1), "a third line settles nothing");
        assert_eq!(rescued("a file of notes\n"), None);
    }
}
