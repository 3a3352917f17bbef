//! The advice of every kind of finding, followed: the finding is gone, and no error came in its place. What is followed
//! stands in `tests/cases/advice.txt`, the law to which it is given on the page of the finding; further laws, of which the
//! advice is another, in `tests/cases/advice`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use forseti::compile;
use forseti::finding::{Code, Finding};
use forseti::law::Day;
use forseti::source::{SourceFile, Sources};

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases");

fn found(text: &str) -> Vec<Finding> {
    let mut sources = Sources::default();
    sources.add(SourceFile::new("law.rules", text));
    compile::prove(&sources, Day::parse("2026-06-01")).1
}

/// What the line says, with its line breaks.
fn written(text: &str) -> String {
    text.replace("\\n", "\n")
}

/// The law after the changes of one cure.
fn cured(law: &str, changes: &str) -> String {
    changes.split(" && ").fold(format!("{law}(end)"), |law, change| {
        let (old, new) = change.split_once(" =>").expect("a change says what is written instead");
        let (old, new) = (written(old), written(new.strip_prefix(' ').unwrap_or(new)));
        let at = law.rfind(&old).unwrap_or_else(|| panic!("`{old}` is not there: {law}"));
        format!("{}{new}{}", &law[..at], &law[at + old.len()..])
    })
}

/// What is wrong with a cure of the findings of this code in the law.
fn fault(code: Code, law: &str, words: &str, changes: &str) -> Option<String> {
    let before = found(law);
    let of_code: Vec<&Finding> = before.iter().filter(|finding| finding.code == code).collect();
    let says = |finding: &&Finding| finding.help.as_deref().is_some_and(|help| help.contains(words));
    if !of_code.iter().any(says) {
        return Some(format!("no {} says `{words}`: {before:#?}", code.name()));
    }
    let after = cured(law, changes).replace("(end)", "");
    let names = |findings: &[Finding]| findings.iter().map(|finding| finding.code).collect::<BTreeSet<Code>>();
    let left = found(&after);
    let known = names(&before);
    let is_new = |finding: &Finding| compile::is_error(finding) && !known.contains(&finding.code);
    let wrong = left.iter().any(|finding| finding.code == code || is_new(finding));
    wrong.then(|| format!("{}, `{words}` followed:\n{after}\n{left:#?}", code.name()))
}

/// The codes whose findings come of a sound reading: of texts, forms, tests and proofs.
fn concerned() -> impl Iterator<Item = Code> {
    let families = ["F04", "F06", "F07", "F08"];
    Code::ALL.iter().copied().filter(move |code| families.iter().any(|family| code.id().starts_with(family)))
}

#[test]
fn every_advice_leads_out() {
    let table = fs::read_to_string(Path::new(CASES).join("advice.txt")).expect("the cases can be read");
    let mut told: BTreeSet<&str> = BTreeSet::new();
    let mut faults = Vec::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let parts: Vec<&str> = line.splitn(3, " | ").collect();
        let [name, words, changes] = parts.as_slice() else {
            let (name, why) = line.split_once(" - ").expect("a cure, or why there is none");
            assert!(!why.is_empty());
            told.insert(name);
            continue;
        };
        let code = concerned().find(|code| code.name() == *name).expect("a code of these families");
        told.insert(name);
        faults.extend(fault(code, code.page().example.text, words, changes));
    }
    let missing: Vec<&str> = concerned().map(Code::name).filter(|name| !told.contains(name)).collect();
    assert!(missing.is_empty(), "no advice of these is followed: {missing:?}");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Laws of their own, each with lines `# code | words | old => new` at its head.
#[test]
fn other_advice_leads_out() {
    let mut followed = 0;
    for entry in fs::read_dir(Path::new(CASES).join("advice")).expect("the cases can be listed") {
        let text = fs::read_to_string(entry.expect("a case").path()).expect("the case can be read");
        for line in text.lines().filter_map(|line| line.strip_prefix("# ")) {
            let parts: Vec<&str> = line.splitn(3, " | ").collect();
            let [name, words, changes] = parts.as_slice() else { continue };
            let code = Code::ALL.iter().copied().find(|code| code.name() == *name).expect("a code");
            let law: Vec<&str> = text.lines().filter(|line| !line.starts_with("# ")).collect();
            assert_eq!(fault(code, &(law.join("\n") + "\n"), words, changes), None);
            followed += 1;
        }
    }
    assert!(followed >= 6, "only {followed} were followed");
}
