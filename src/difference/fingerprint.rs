//! How a change is known again: by names and words, never by lines or paths.

use sha2::{Digest, Sha256};

use super::{Change, Told};

/// The fingerprint of a change: 32 hexadecimal digits. It changes with the question, with what is answered before and
/// after, with the rules that decide, and with the cases; so what was approved for some cases is not for others.
pub fn fingerprint(change: &Change) -> String {
    let mut hash = Sha256::new();
    let mut add = |part: &str| {
        hash.update(part);
        hash.update([0x1f]);
    };
    add(&change.matter);
    add(&change.question);
    for Told { status, incomplete, answers, by, assumptions } in [&change.old, &change.new] {
        add(status);
        add(if *incomplete { "incomplete" } else { "" });
        for list in [answers, by, assumptions] {
            let mut list: Vec<&String> = list.iter().collect();
            list.sort();
            for one in list {
                add(one);
            }
            add("");
        }
    }
    let mut regions: Vec<&str> = change.regions.iter().map(|region| region.words.as_str()).collect();
    regions.sort_unstable();
    regions.into_iter().for_each(&mut add);
    let half = hash.finalize().iter().take(16).fold(0u128, |number, byte| number << 8 | u128::from(*byte));
    format!("{half:032x}")
}
