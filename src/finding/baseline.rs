//! The baseline: what was found in an old body of law on the day on which it was first checked.
//!
//! Such a law has findings that nobody can correct in a day, and a lint that fails from the first day on is switched off. The
//! baseline holds them back, so that what is new is seen. It knows a finding by its fingerprint and how often there is such a
//! one, it only ever shrinks, and it holds back nothing that cannot be excused: no conflict, no inversion, no
//! law that cannot be read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::fingerprint::{digest, shared};
use super::{Code, Finding};
use crate::source::Sources;

/// The number of the shape of the file.
const SCHEMA_VERSION: u32 = 1;

/// What is held back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    schema_version: u32,
    held: Vec<Held>,
}

/// Findings that the law does not tell apart, and how many of them are held back.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Held {
    /// The name of their code.
    pub name: String,
    /// What one of them said when the baseline was made; nothing depends on it.
    pub about: String,
    /// Their fingerprint.
    pub fingerprint: String,
    /// How many are held back.
    pub count: usize,
}

/// What a baseline lists and nobody finds any more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stale {
    /// The file of the baseline.
    pub file: String,
    /// What it lists too much.
    pub entries: Vec<Held>,
}

impl Stale {
    /// How many findings it lists too much.
    pub fn count(&self) -> usize {
        self.entries.iter().map(|entry| entry.count).sum()
    }
}

impl Baseline {
    /// What is open and can be held back.
    pub fn of(sources: &Sources, findings: &[Finding]) -> Baseline {
        let mut held: BTreeMap<String, Held> = BTreeMap::new();
        for finding in findings.iter().filter(|finding| can_be_held(finding)) {
            let fingerprint = shared(sources, finding);
            let entry = held.entry(fingerprint.clone()).or_insert_with(|| Held {
                name: finding.code.name().to_owned(),
                about: finding.message.clone(),
                fingerprint,
                count: 0,
            });
            entry.count += 1;
        }
        Baseline::new(held.into_values().collect())
    }

    fn new(mut held: Vec<Held>) -> Baseline {
        held.sort_unstable();
        Baseline { schema_version: SCHEMA_VERSION, held }
    }

    /// The baseline of a file.
    ///
    /// # Errors
    /// What is wrong with the file, in words.
    pub fn read(text: &str) -> Result<Baseline, String> {
        let baseline: Baseline = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if baseline.schema_version != SCHEMA_VERSION {
            return Err(format!("its shape has the number {}, and this program knows 1", baseline.schema_version));
        }
        for entry in &baseline.held {
            match Code::named(&entry.name) {
                None => return Err(format!("there is no kind of finding `{}`", entry.name)),
                Some(code) if !code.can_be_excused() => {
                    return Err(format!("`{}` cannot be excused, and so it cannot be held back", entry.name));
                }
                Some(_) => {}
            }
        }
        Ok(baseline)
    }

    /// The text of its file.
    ///
    /// # Panics
    /// Never: it is made of texts and numbers.
    pub fn text(&self) -> String {
        serde_json::to_string_pretty(self).expect("texts and numbers can be written") + "\n"
    }

    /// How many findings it holds back at most.
    pub fn count(&self) -> usize {
        self.held.iter().map(|entry| entry.count).sum()
    }

    /// Marks what is held back. Returns what holds nothing back any more, with the number that is too many.
    pub fn hold(&self, sources: &Sources, findings: &mut [Finding]) -> Vec<Held> {
        let mut left = self.held.clone();
        let places: BTreeMap<_, _> = self.held.iter().map(Held::key).zip(0..).collect();
        for finding in findings.iter_mut().filter(|finding| can_be_held(finding)) {
            let fingerprint = shared(sources, finding);
            let place = places.get(&(fingerprint.as_str(), finding.code.name()));
            if let Some(entry) = place.and_then(|at: &usize| left.get_mut(*at)).filter(|entry| entry.count > 0) {
                entry.count -= 1;
                finding.held = true;
            }
        }
        left.retain(|entry| entry.count > 0);
        left
    }

    /// Without what holds nothing back any more.
    #[must_use]
    pub fn without(&self, stale: &[Held]) -> Baseline {
        let counts: BTreeMap<_, _> = stale.iter().map(|entry| (entry.key(), entry.count)).collect();
        let idle = |entry: &Held| counts.get(&entry.key()).copied().unwrap_or_default();
        let left =
            self.held.iter().map(|entry| Held { count: entry.count.saturating_sub(idle(entry)), ..entry.clone() });
        Baseline::new(left.filter(|entry| entry.count > 0).collect())
    }
}

impl Held {
    /// By what others know that it holds nothing back any more: not the fingerprint of the finding that is gone.
    pub fn stale_fingerprint(&self) -> String {
        digest(format!("stale\u{1f}{}\u{1f}{}", self.name, self.fingerprint).as_bytes(), 1)
    }

    /// By what it is known.
    fn key(&self) -> (&str, &str) {
        (&self.fingerprint, &self.name)
    }
}

fn can_be_held(finding: &Finding) -> bool {
    finding.code.can_be_excused() && finding.is_open()
}

#[cfg(test)]
mod tests {
    use super::{Baseline, Held};
    use crate::finding::{Code, Finding};
    use crate::source::Sources;

    fn finding(code: Code, about: &str) -> Finding {
        Finding::nowhere(code, format!("something is said of {about}")).about([about.to_owned()])
    }

    fn held(findings: &[Finding]) -> Vec<bool> {
        findings.iter().map(|finding| finding.held).collect()
    }

    #[test]
    fn what_was_there_is_held_back_and_what_is_new_is_not() {
        let sources = Sources::default();
        let old = [finding(Code::UnusedName, "a"), finding(Code::UnusedName, "a"), finding(Code::Gap, "b")];
        let baseline = Baseline::of(&sources, &old);
        assert_eq!(baseline.count(), 3);
        let mut new = vec![finding(Code::UnusedName, "c")];
        new.extend(old.clone());
        new.push(finding(Code::UnusedName, "a"));
        assert!(baseline.hold(&sources, &mut new).is_empty());
        assert_eq!(held(&new), [false, true, true, true, false]);
    }

    #[test]
    fn what_cannot_be_excused_is_not_held_back() {
        let sources = Sources::default();
        let grave = [Code::Conflict, Code::Inversion, Code::Syntax].map(|code| finding(code, "a"));
        let baseline = Baseline::of(&sources, &grave);
        assert_eq!(baseline.count(), 0);
        // even where somebody writes the fingerprint of a conflict under another name
        let forged = Baseline::new(vec![Held {
            name: "unused-name".to_owned(),
            about: String::new(),
            fingerprint: super::shared(&sources, &grave[0]),
            count: 1,
        }]);
        let mut findings = grave.to_vec();
        assert_eq!(forged.hold(&sources, &mut findings).len(), 1);
        assert_eq!(held(&findings), [false; 3]);
        let named = forged.text().replace("unused-name", "conflict");
        assert_eq!(
            Baseline::read(&named),
            Err("`conflict` cannot be excused, and so it cannot be held back".to_owned())
        );
    }

    #[test]
    fn it_shrinks_and_never_grows() {
        let sources = Sources::default();
        let old = [finding(Code::UnusedName, "a"), finding(Code::UnusedName, "a"), finding(Code::Gap, "b")];
        let baseline = Baseline::of(&sources, &old);
        let mut now = vec![finding(Code::UnusedName, "a"), finding(Code::UnusedName, "new")];
        let stale = baseline.hold(&sources, &mut now);
        assert_eq!(stale.iter().map(|entry| entry.count).collect::<Vec<_>>(), [1, 1]);
        let shrunk = baseline.without(&stale);
        assert_eq!(shrunk.count(), 1);
        for finding in &mut now {
            finding.held = false;
        }
        assert!(shrunk.hold(&sources, &mut now).is_empty());
        assert_eq!(held(&now), [true, false]);
    }

    #[test]
    fn a_file_is_read_as_it_was_written_and_a_strange_one_is_refused() {
        let sources = Sources::default();
        let baseline = Baseline::of(&sources, &[finding(Code::UnusedName, "a")]);
        assert_eq!(Baseline::read(&baseline.text()), Ok(baseline.clone()));
        for strange in [
            baseline.text().replace("\"schema_version\": 1", "\"schema_version\": 2"),
            baseline.text().replace("unused-name", "unusual-name"),
            baseline.text().replace("count", "counts"),
            "no object".to_owned(),
        ] {
            assert!(Baseline::read(&strange).is_err(), "{strange}");
        }
    }
}
