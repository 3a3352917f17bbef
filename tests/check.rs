//! Each file in `tests/cases/check` is a body of law of its own; what the checks find in it stands in `snapshots/`.

use std::cell::RefCell;
use std::fmt::Write as _;

use forseti::check::{check, excuse, unused_excuses};
use forseti::compile;
use forseti::finding::{self, Code, Finding, Place};
use forseti::law::{Day, Law};
use forseti::proof::prove;
use forseti::resolve::resolve;
use forseti::source::{SourceFile, Sources};
use forseti::syntax::parse;

const TODAY: &str = "2026-06-01";

/// The codes of the checks, each of which some case shows.
const STATIC: [Code; 17] = [
    Code::UnusedName,
    Code::NearMiss,
    Code::CitationOverlap,
    Code::CitationHole,
    Code::VersionAnswersLess,
    Code::OutsideInstrument,
    Code::OutsideExtent,
    Code::Retroactive,
    Code::ReplacedByLess,
    Code::NoSuccessor,
    Code::NoCommonCase,
    Code::ReviewDue,
    Code::CriterionWithoutOption,
    Code::OptionShowsNothing,
    Code::DutyWithoutField,
    Code::UnusedExcuse,
    Code::ExpiredExcuse,
];

/// The law of one text, which has no errors, and all findings in it.
fn checked(text: &str) -> (Sources, Vec<Finding>) {
    let mut sources = Sources::default();
    sources.add(SourceFile::new("law", text));
    let (ast, mut findings) = parse(&sources);
    let (law, more): (Law, _) = resolve(&ast);
    findings.extend(more);
    let today = Day::parse(TODAY);
    findings.extend(check(&law, today));
    findings.extend(prove(&law).into_iter().filter(|finding| finding.code == Code::Gap));
    findings.extend(unused_excuses(&law, &findings, today));
    excuse(&law, &mut findings, today);
    finding::sort(&mut findings);
    (sources, findings)
}

fn shown(text: &str) -> String {
    let (sources, findings) = checked(text);
    let at = |place: &Place| {
        let (line, column) = sources.file(place.span.file).line_column(place.span.start);
        format!("{line}:{column}")
    };
    let mut lines = String::new();
    for finding in &findings {
        let place = finding.place.as_ref().map_or_else(|| "-".to_owned(), at);
        write!(lines, "{place} {} {}", finding.code.name(), finding.message).expect("a text grows");
        for other in &finding.others {
            write!(lines, " | {} {}", at(other), other.label).expect("a text grows");
        }
        if let Some(reason) = &finding.excused {
            write!(lines, " | excused: {reason}").expect("a text grows");
        }
        lines.push('\n');
    }
    lines
}

#[test]
fn cases() {
    let seen = RefCell::new(String::new());
    insta::glob!("cases/check/*.rules", |path| {
        let text = std::fs::read_to_string(path).expect("the case can be read");
        let shown = shown(&text);
        seen.borrow_mut().push_str(&shown);
        crate::snapshots().bind(|| insta::assert_snapshot!("check", shown));
    });
    let seen = seen.into_inner();
    for code in STATIC {
        assert!(seen.contains(&format!(" {} ", code.name())), "a case shows `{}`", code.name());
    }
}

#[test]
fn an_excuse_for_what_only_a_proof_finds_is_unused_only_after_the_proofs() {
    let text =
        include_str!("cases/check/excuses-of-gaps.rules").replace("channel is direct when minor", "channel is direct");
    let mut sources = Sources::default();
    sources.add(SourceFile::new("law", text));
    let unused = |findings: &[Finding]| findings.iter().any(|finding| finding.code == Code::UnusedExcuse);
    assert!(!unused(&compile::compile(&sources, None).1));
    assert!(unused(&compile::prove(&sources, None).1));
}
