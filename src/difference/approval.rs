//! Changes that were meant: an entry for each, by its fingerprint, with the reason and who answers for it.

use std::collections::BTreeSet;

use toml::de::{DeTable, DeValue};

use super::{Difference, fingerprint, name_fingerprint};

/// The key of the list, and those of an entry.
const LIST: &str = "approved";
const KEYS: [&str; 3] = ["change", "reason", "by"];

/// One change that was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// Its fingerprint.
    pub change: String,
    /// Why the law is to change so.
    pub reason: String,
    /// Who answers for it.
    pub by: String,
    /// Where the entry begins in its file, from 1.
    pub line: usize,
}

/// All entries of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Approvals {
    entries: Vec<Approval>,
}

impl Approvals {
    /// Reads the text of a file.
    ///
    /// # Errors
    /// Everything that is wrong with it, each with its line.
    pub fn read(text: &str) -> Result<Approvals, Vec<(usize, String)>> {
        let line_of = |at: usize| text.get(..at).unwrap_or(text).matches('\n').count() + 1;
        let table = DeTable::parse(text).map_err(|error| {
            let said = error.message().lines().collect::<Vec<_>>().join(", ");
            vec![(line_of(error.span().unwrap_or_default().start), format!("this cannot be read: {said}"))]
        })?;
        let mut faults = Vec::new();
        let mut entries: Vec<Approval> = Vec::new();
        for (key, value) in table.get_ref() {
            let line = line_of(key.span().start);
            let (LIST, DeValue::Array(list)) = (key.get_ref().as_ref(), value.get_ref()) else {
                let name = key.get_ref();
                faults.push((line, format!("`{name}` is not known here; each entry begins with `[[{LIST}]]`")));
                continue;
            };
            for entry in list {
                let line = line_of(entry.span().start);
                match approval(entry.get_ref(), line) {
                    Ok(approval) if entries.iter().any(|other| other.change == approval.change) => {
                        faults.push((line, format!("the change `{}` is approved twice", approval.change)));
                    }
                    Ok(approval) => entries.push(approval),
                    Err(message) => faults.push((line, message)),
                }
            }
        }
        if faults.is_empty() { Ok(Approvals { entries }) } else { Err(faults) }
    }

    /// The entry for what has this fingerprint.
    pub fn of(&self, fingerprint: &str) -> Option<&Approval> {
        self.entries.iter().find(|approval| approval.change == fingerprint)
    }

    /// The entries for which there is no such change.
    pub fn unused(&self, difference: &Difference) -> Vec<&Approval> {
        let changes = difference.changes.iter().map(fingerprint);
        let found: BTreeSet<String> = changes.chain(difference.interface.iter().map(name_fingerprint)).collect();
        self.entries.iter().filter(|approval| !found.contains(&approval.change)).collect()
    }
}

fn approval(entry: &DeValue<'_>, line: usize) -> Result<Approval, String> {
    let DeValue::Table(table) = entry else {
        return Err(format!("each entry begins with `[[{LIST}]]`"));
    };
    if let Some((key, _)) = table.iter().find(|(key, _)| !KEYS.contains(&key.get_ref().as_ref())) {
        return Err(format!("`{}` is not known in an entry; it has `change`, `reason` and `by`", key.get_ref()));
    }
    let text = |key: &str| match table.get(key).map(toml::Spanned::get_ref) {
        Some(DeValue::String(text)) if !text.trim().is_empty() => Ok(text.trim().to_owned()),
        Some(DeValue::String(_)) => Err(format!("`{key}` is empty; a change is approved by somebody, for a reason")),
        Some(_) => Err(format!("`{key}` is a text in quotes")),
        None => Err(format!("`{key}` is missing; an entry has `change`, `reason` and `by`")),
    };
    let [change, reason, by] = KEYS.map(text);
    let approval = Approval { change: change?, reason: reason?, by: by?, line };
    let is_fingerprint = approval.change.len() == 32
        && approval.change.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
    if is_fingerprint {
        return Ok(approval);
    }
    Err(format!(
        "`{}` is no fingerprint of a change, which has 32 signs; `--format approvals` writes it",
        approval.change
    ))
}

#[cfg(test)]
mod tests {
    use super::Approvals;

    #[test]
    fn each_fault_of_an_entry_is_said_with_its_line() {
        let change = "0123456789abcdef0123456789abcdef";
        let right = format!("# meant\n[[approved]]\nchange = \"{change}\"\nreason = \"so it is\"\nby = \"A\"\n");
        let read = Approvals::read(&right).expect("it is right");
        assert_eq!(read.of(change).map(|approval| (approval.by.as_str(), approval.line)), Some(("A", 2)));
        assert_eq!(Approvals::read(""), Ok(Approvals::default()));
        for (text, line, says) in [
            (right.replace("so it is", " "), 2, "`reason` is empty"),
            (right.replace("by =", "from ="), 2, "`from` is not known"),
            (right.replace("by = \"A\"\n", ""), 2, "`by` is missing"),
            (right.replace("\"A\"", "1"), 2, "`by` is a text"),
            (right.replace("cdef\"", "cde\""), 2, "no fingerprint"),
            (format!("{right}{}", &right[8..]), 6, "approved twice"),
            (right.replace("[[approved]]", "[approved]"), 2, "begins with `[[approved]]`"),
            ("x = 1\n".to_owned(), 1, "`x` is not known"),
            ("\nx = \n".to_owned(), 2, "cannot be read"),
        ] {
            let faults = Approvals::read(&text).expect_err("it is wrong");
            assert_eq!(faults.len(), 1, "{faults:?}");
            assert!(faults[0].0 == line && faults[0].1.contains(says), "{text}\n{faults:?}");
        }
    }
}
