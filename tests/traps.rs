//! Each file in `tests/cases/traps` plants one trap of the texts, as somebody could write it down who has fallen into it. Its
//! first line says which finding it must raise, and it raises no other. `docs/traps.md` lists all traps.

use std::collections::BTreeSet;

use forseti::finding::Finding;
use forseti::law::Day;
use forseti::source::{SourceFile, Sources};

#[test]
fn each_planted_trap_is_found_and_nothing_else() {
    insta::glob!("cases/traps/*.rules", |path| {
        let text = std::fs::read_to_string(path).expect("a readable case");
        let first = text.lines().next().unwrap_or_default();
        let expected = first.strip_prefix("# finds ").expect("the first line says what is to be found");
        let findings = found(&text);
        let names: BTreeSet<&str> = findings.iter().map(|finding| finding.code.name()).collect();
        assert_eq!(names, BTreeSet::from([expected]), "{}: {findings:#?}", path.display());
    });
}

fn found(text: &str) -> Vec<Finding> {
    let mut sources = Sources::default();
    sources.add(SourceFile::new("case.rules", text));
    let (law, mut findings) = forseti::compile::prove(&sources, Day::parse("2026-06-01"));
    findings.extend(forseti::suite::run(&law).into_iter().flat_map(|report| report.failures));
    findings
}
