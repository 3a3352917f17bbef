//! How a change is known again: by names and words, never by lines or paths.

use sha2::{Digest, Sha256};

use super::{Change, Renewed, Told, Value};

/// The fingerprint of a change: 32 hexadecimal digits. It changes with the question and whose authority is asked, with what
/// is answered before and after, with the rules that decide, and with the cases; so what was approved for some cases is not
/// for others. The day of the run and the category have no part in it.
pub fn fingerprint(change: &Change) -> String {
    let mut hash = Hash::default();
    hash.add(&change.matter);
    hash.add(&change.question);
    for Told { status, incomplete, answers, by, assumptions } in [&change.old, &change.new] {
        hash.add(status);
        hash.add(if *incomplete { "incomplete" } else { "" });
        for list in [answers, by, assumptions] {
            let mut list: Vec<&String> = list.iter().collect();
            list.sort();
            for one in list {
                hash.add(one);
            }
            hash.add("");
        }
    }
    let mut regions: Vec<(&str, Vec<&str>)> = Vec::new();
    for region in &change.regions {
        // which values `any other` leaves over is not in the words
        let open = region.tests.iter().filter(|test| test.values.contains(&Value::AnyOther));
        let mut named: Vec<&str> = open.flat_map(|test| &test.named).map(String::as_str).collect();
        named.sort_unstable();
        regions.push((&region.words, named));
    }
    regions.sort_unstable();
    for (words, named) in regions {
        hash.add(words);
        for name in named {
            hash.add(name);
        }
        hash.add("");
    }
    hash.end()
}

/// The fingerprint of a name that changes: of what it names, and what that was and is.
pub fn name_fingerprint(renewed: &Renewed) -> String {
    let mut hash = Hash::default();
    for part in ["a name", renewed.sort, &renewed.name] {
        hash.add(part);
    }
    for side in [&renewed.old, &renewed.new] {
        hash.add(if side.is_some() { "is" } else { "" });
        hash.add(side.as_deref().unwrap_or_default());
    }
    hash.end()
}

/// Parts of a fingerprint, each closed by a sign that no text holds.
#[derive(Default)]
struct Hash(Sha256);

impl Hash {
    fn add(&mut self, part: &str) {
        self.0.update(part);
        self.0.update([0x1f]);
    }

    fn end(self) -> String {
        let half = self.0.finalize().iter().take(16).fold(0u128, |number, byte| number << 8 | u128::from(*byte));
        format!("{half:032x}")
    }
}
