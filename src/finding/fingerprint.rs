//! The fingerprint of a finding: by it a baseline, a merge request or a server knows it again.
//!
//! It is made of the code and of what the law calls the thing: instrument, provision, rule, question, the words at the
//! place. Lines, paths and the wording of messages have no part in it. Findings that the law does not tell apart are
//! numbered.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::Finding;
use crate::source::Sources;

/// The fingerprints of the findings, in their order: each 32 hexadecimal digits, no two the same.
pub fn fingerprints(sources: &Sources, findings: &[Finding]) -> Vec<String> {
    let mut seen: BTreeMap<Vec<u8>, u32> = BTreeMap::new();
    let number = |identity: Vec<u8>| {
        let count = seen.entry(identity.clone()).or_default();
        *count += 1;
        digest(&identity, *count)
    };
    findings.iter().map(|finding| identity(sources, finding)).map(number).collect()
}

/// The fingerprint that the finding would have if it were the only one of its kind in its place: findings that the law does
/// not tell apart share it.
pub(super) fn shared(sources: &Sources, finding: &Finding) -> String {
    digest(&identity(sources, finding), 1)
}

fn identity(sources: &Sources, finding: &Finding) -> Vec<u8> {
    let mut parts = vec![finding.code.id().to_owned()];
    parts.extend(finding.subject.iter().cloned());
    if finding.subject.is_empty() {
        // of what is found before anything has a name, only the words are known
        let words = finding.place.iter().map(|place| sources.text(place.span));
        parts.extend(words.map(|words| words.split_whitespace().collect::<Vec<_>>().join(" ")));
    }
    parts.join("\u{1f}").into_bytes()
}

pub(super) fn digest(identity: &[u8], number: u32) -> String {
    let mut hash = Sha256::new();
    hash.update(identity);
    if number > 1 {
        hash.update([0]);
        hash.update(number.to_string());
    }
    let half = hash.finalize().iter().take(16).fold(0u128, |number, byte| number << 8 | u128::from(*byte));
    format!("{half:032x}")
}
