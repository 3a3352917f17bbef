//! Large bodies of law: everything that is planted is found, and nothing else.

use forseti::finding::Code;
use forseti::source::{SourceFile, Sources};

use crate::properties::times;
use crate::{clauses, workload};

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

#[test]
fn of_as_many_clauses_as_rules_what_is_planted_is_found_and_nothing_else() {
    // A long run looks at a larger law.
    let times = usize::try_from(times()).expect("a small number");
    let work = clauses::precedence(300 * times, 7);
    let (law, findings) = proved(&work.text);
    let enough = law.rules.len() >= 300 * times && law.clauses.len() * 10 >= law.rules.len() * 7;
    assert!(enough, "{} rules, {} clauses", law.rules.len(), law.clauses.len());
    let planted = (work.truth.conflicts.len(), work.truth.circles.len(), work.truth.beaten.len());
    assert!(times > 1 || planted == (4, 12, 4), "{planted:?}");
    assert!(work.truth.idle.len() >= 4 && work.truth.doubled.len() >= 8);
    assert_eq!(clauses::found(&law, &findings), work.truth);
}

/// Rules of one text, each given by what follows its question, over one small vocabulary.
fn rules_of_one_text(rules: impl Iterator<Item = String>) -> String {
    let rules: Vec<String> = rules.collect();
    format!(
        "country Denmark (DK), Norway (NO)\nmatter transfer \"transfer\" between countries\n\
         instrument list \"the list\" {{ kind arrangement governs transfer parties Denmark, Norway }}\n{}",
        rules.concat()
    )
}

#[test]
fn of_rules_that_are_all_alike_one_has_to_stay() {
    let rules = (0..400).map(|at| format!("provision \"Entry {at}\" of list {{ channel is direct }}\n"));
    let (_, findings) = proved(&rules_of_one_text(rules));
    assert_eq!(findings.iter().filter(|finding| finding.code == Code::Redundant).count(), 399);
    assert!(findings.iter().all(|finding| matches!(finding.code, Code::Redundant | Code::NearMiss)), "{findings:#?}");
}

#[test]
fn of_many_rules_in_two_provisions_one_conflict_is_reported() {
    let rules = |channel: &str| format!("  channel is {channel}\n").repeat(150);
    let provisions = ["direct", "central"]
        .map(|channel| format!("provision \"On {channel} ways\" of list {{\n{}}}\n", rules(channel)));
    let (_, findings) = proved(&rules_of_one_text(provisions.into_iter()));
    let conflicts: Vec<_> = findings.iter().filter(|finding| finding.code == Code::Conflict).collect();
    assert_eq!(conflicts.len(), 1);
    assert!(conflicts[0].why.as_ref().is_some_and(|why| why.contains("at least 20 pairs")), "{conflicts:#?}");
}

#[test]
fn a_conflict_names_its_largest_regions() {
    let days = |years: [u32; 4], channel: &str| {
        let rules = years.map(|year| format!("  channel from {year}-01-01 until {year}-12-31 is {channel}\n"));
        format!("provision \"On {channel} ways\" of list {{\n{}}}\n", rules.concat())
    };
    let years = [2001, 2004, 2006, 2009];
    let (_, findings) = proved(&rules_of_one_text([days(years, "direct"), days(years, "central")].into_iter()));
    let conflict = findings.iter().find(|finding| finding.code == Code::Conflict).expect("a conflict");
    let why = conflict.why.as_deref().unwrap_or_default();
    // A leap year is the longest.
    assert!(why.starts_with("this concerns all requests, from 2004-01-01 until 2004-12-31; all requests, "), "{why}");
    assert!(why.contains("; and one other region (4 pairs"), "{why}");
}

#[test]
fn an_observer_is_told_of_every_line_and_can_stop_the_proofs() {
    let work = workload::competence(1000, 7);
    let (law, _) = proved(&work.text);
    let mut seen = Vec::new();
    let all = forseti::proof::prove_observed(&law, &mut |progress| {
        seen.push(progress.done);
        true
    });
    assert_eq!(all.map(|findings| findings.len()), Some(forseti::proof::prove(&law).len()));
    assert!(seen.is_sorted() && seen.last() == Some(&law.lines.len()));
    assert!(forseti::proof::prove_observed(&law, &mut |progress| progress.done < 100).is_none());
}
