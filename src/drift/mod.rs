//! Whether the texts still say what they said when their rules were written.
//!
//! The texts lie outside of the body of law. What is kept of each passage, in a lock file beside the rules, is enough to
//! see that a later text is the same, that a scan of it differs in signs and single letters, or that it says something
//! else; it is not enough to read the text from it. Nothing here reads a file.
//!
//! ```text
//! text          words as they are compared
//! passage       where a passage begins and ends in a text
//! fingerprint   what is kept of a passage, and how another text differs from it
//! lock          the file of all that is kept
//! ```

mod fingerprint;
mod lock;
mod passage;
mod text;

use std::collections::{BTreeMap, BTreeSet};

pub use fingerprint::{Change, Fingerprint, Slip, compare, fingerprint};
pub use lock::{Key, Lock, read, rescued, written};
pub use passage::Lost;

use crate::law::{Law, ProvisionId, SourceId, covers};
use crate::words;

/// The texts at hand, by their sources.
pub type Texts = BTreeMap<SourceId, String>;

/// A provision whose words stand in a text.
#[derive(Clone, Debug)]
pub struct Watched {
    /// The provisions: those of one citation and one scope have one passage.
    pub provision: ProvisionId,
    /// The text.
    pub source: SourceId,
    /// Its line in the lock.
    pub key: Key,
}

/// How a passage stands to what was kept of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// The text is there and compared.
    Compared(Change, String),
    /// The passage is not found in the text.
    Lost(Lost),
    /// Nothing was kept of it.
    NotLocked,
    /// The text is not at hand.
    NoText,
}

/// Every provision whose words can be found: it says where they stand, or its instrument says how headings begin. With
/// several texts, the first whose headings fit, or the first.
pub fn watched(law: &Law) -> Vec<Watched> {
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for (id, row) in law.provisions() {
        let instrument = &law[row.instrument];
        let headed =
            || instrument.headings.iter().map(|(source, _)| *source).find(|source| law[*source].file.is_some());
        let held = || instrument.sources.iter().copied().find(|source| law[*source].file.is_some());
        let is_cited = || {
            instrument.consists_of.is_empty() || instrument.consists_of.iter().any(|part| covers(part, &row.citation))
        };
        let source = match &row.passage {
            Some(_) => headed().or_else(held),
            None if is_cited() => headed(),
            None => None,
        };
        let Some(source) = source else { continue };
        let scope = words::scope(law, row.scope);
        let provision = if scope.is_empty() { row.citation.clone() } else { format!("{} {scope}", row.citation) };
        let key = Key { instrument: instrument.name.clone(), provision, source: law[source].name.clone() };
        if seen.insert(key.clone()) {
            all.push(Watched { provision: id, source, key });
        }
    }
    all
}

/// The passage of a provision in a text.
///
/// # Errors
/// Why it is not found.
pub fn passage<'t>(law: &Law, watched: &Watched, text: &'t str) -> Result<&'t str, Lost> {
    let row = &law[watched.provision];
    let range = if let Some(quoted) = &row.passage {
        passage::quoted(text, quoted)?
    } else {
        let headings = &law[row.instrument].headings;
        let patterns = headings.iter().find(|(source, _)| *source == watched.source).map_or(&[][..], |(_, p)| p);
        passage::headed(text, patterns, &row.citation)?
    };
    Ok(text.get(range).unwrap_or_default())
}

/// Compares every passage with what was kept of it, in the order of the law.
pub fn verify(law: &Law, texts: &Texts, lock: &Lock) -> Vec<(Watched, State)> {
    let state = |watched: &Watched| {
        let Some(text) = texts.get(&watched.source) else { return State::NoText };
        let found = match passage(law, watched, text) {
            Ok(found) => found,
            Err(lost) => return State::Lost(lost),
        };
        lock.get(&watched.key).map_or(State::NotLocked, |kept| State::Compared(compare(kept, found), found.to_owned()))
    };
    watched(law).into_iter().map(|watched| (watched.clone(), state(&watched))).collect()
}

/// The lines of the lock that are about no passage of the law.
pub fn left_over<'l>(law: &Law, lock: &'l Lock) -> Vec<&'l Key> {
    let known: BTreeSet<Key> = watched(law).into_iter().map(|watched| watched.key).collect();
    lock.keys().filter(|key| !known.contains(key)).collect()
}

/// What is to be kept from now on. Of a text that is not at hand, what was kept stays.
///
/// # Errors
/// The passages that are not found.
pub fn locked(law: &Law, texts: &Texts, old: &Lock) -> Result<Lock, Vec<(Watched, Lost)>> {
    let mut lock = Lock::new();
    let mut lost = Vec::new();
    for watched in watched(law) {
        match texts.get(&watched.source).map(|text| passage(law, &watched, text)) {
            Some(Ok(found)) => {
                lock.insert(watched.key, fingerprint(found));
            }
            Some(Err(why)) => lost.push((watched, why)),
            None => lock.extend(old.get(&watched.key).map(|kept| (watched.key, kept.clone()))),
        }
    }
    if lost.is_empty() { Ok(lock) } else { Err(lost) }
}
