//! What reading costs, counted in the steps of the parser and not in time: no item takes more steps for a byte than this, so that
//! twice the text takes twice the steps. This lets the version of the parser move.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::Command;

use super::grammar::{self, Rule};
use super::split;
use crate::source::FileId;

/// Steps for each byte of an item; the costliest takes between six and ten.
const STEPS: usize = 12;
/// The inner test has a process of its own, since the limit on steps holds for all of a process.
const INNER: &str = "syntax::cost::reading_within_the_limit_of_steps";

fn reads(text: &str, steps: usize) -> bool {
    pest::set_call_limit(NonZeroUsize::new(steps));
    let is_read = grammar::read(Rule::chunk, text).is_ok();
    pest::set_call_limit(None);
    is_read
}

/// One item with many rules, of the forms that look furthest ahead.
fn item(rules: usize) -> String {
    let rule = "authority to receive in Norway is Norway.police of home when (urgent or not minor) and age at least 18 \
        otherwise may be Norway.court, Norway.ministry when home is one of oslo, bergen assuming \"x\"\n\
        requested authority shall as a rule acknowledge within 7 days from received notwithstanding old \"Article 2\"\n";
    format!("provision \"Article 1\" of agreement from 2020-01-01 concerning transfer {{\n{}}}\n", rule.repeat(rules))
}

#[test]
#[ignore = "it limits the steps of its whole process, and is run by the test below"]
#[allow(clippy::disallowed_methods, reason = "a test reads the shipped law")]
fn reading_within_the_limit_of_steps() {
    for rules in [1, 10, 100, 400] {
        let text = item(rules);
        assert!(reads(&text, usize::MAX), "{rules} rules can be read");
        assert!(reads(&text, STEPS * text.len()), "{rules} rules take more than {STEPS} steps for a byte");
        assert!(!reads(&text, text.len() / 2), "the limit is looked at");
    }
    let mut folders = vec![PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/rules"))];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rules") {
                let text = std::fs::read_to_string(&path).expect("a file of rules");
                for chunk in split::split(FileId(0), &text, &mut Vec::new()) {
                    let item = &text[chunk.start..chunk.end];
                    assert!(reads(item, STEPS * item.len().max(100)), "{}: {item}", path.display());
                }
            }
        }
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the test runs itself again, alone")]
fn steps_grow_with_the_text_and_no_faster() {
    let program = std::env::current_exe().expect("this test runs");
    let run = Command::new(program).args(["--ignored", "--exact", INNER]).output().expect("it can be run again");
    let said = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success() && said.contains("1 passed"), "{said}");
}
