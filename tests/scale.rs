//! Large bodies of law: everything that is planted is found, and nothing else.

use forseti::finding::Code;
use forseti::source::{SourceFile, Sources};

use crate::workload;

fn proved(text: &str) -> (forseti::law::Law, Vec<forseti::finding::Finding>) {
    let mut sources = Sources::default();
    sources.add(SourceFile::new("workload.rules", text));
    forseti::compile::prove(&sources, None)
}

#[test]
fn of_a_thousand_rules_what_is_planted_is_found_and_nothing_else() {
    let work = workload::competence(1000, 7);
    let (law, findings) = proved(&work.text);
    assert_eq!(law.rules.len(), 1000);
    assert_eq!((work.truth.conflicts.len(), work.truth.gaps.len(), work.truth.repeated.len()), (10, 10, 5));
    assert_eq!(workload::found(&work.text, &law, &findings), work.truth);
}

#[test]
fn rules_that_nearly_all_meet_are_proved_within_the_limits() {
    let (law, findings) = proved(&workload::hostile(300, 7));
    assert_eq!(law.rules.len(), 300);
    assert!(findings.iter().any(|finding| finding.code == Code::Conflict));
    assert!(findings.iter().all(|finding| finding.code != Code::Limit), "{findings:#?}");
}
