//! Slips that people make: each line of `tests/cases/slips` is a statement that is refused, and what the advice makes of it.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use forseti::compile;
use forseti::finding::{Code, Finding, Severity};
use forseti::law::Day;
use forseti::source::{SourceFile, Sources};

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/slips");

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(CASES).join(name)).expect("the case can be read")
}

/// The statement as it stands in a body of law.
fn law(place: &str, statement: &str) -> String {
    let law = read("law.rules");
    let newer =
        "instrument newer \"Newer\" { kind treaty governs transfer, assistance parties Denmark, Norway, Sweden }";
    let article = "provision \"Article 1\" of newer";
    match place {
        "provision" => format!("{law}{newer}\n{article} {{\n  {statement}\n}}\n"),
        "instrument" => {
            let kind = ["governs", "parties", "party", "associated"];
            let said: BTreeSet<&str> = kind.into_iter().filter(|word| statement.starts_with(word)).collect();
            let governs = if said.contains("governs") { "" } else { "governs transfer, assistance" };
            let parties =
                if said.contains("parties") || said.contains("party") { "" } else { "parties Denmark, Sweden" };
            format!("{law}instrument newer \"Newer\" {{\n  kind treaty\n  {governs} {parties}\n  {statement}\n}}\n")
        }
        "test" => {
            let case = "transfer from Norway to Denmark on 2026-01-01";
            format!("{law}{newer}\n{article} {{ channel is direct }}\ntest \"one\" {{\n  {case}\n  {statement}\n}}\n")
        }
        _ => format!(
            "{law}{newer}\n{article} {{ channel is direct requesting authority shall not write-by-post }}\n{statement}\n"
        ),
    }
}

fn errors(text: &str) -> Vec<Finding> {
    let mut sources = Sources::default();
    sources.add(SourceFile::new("law.rules", text));
    let (_, findings) = compile::prove(&sources, Day::parse("2026-01-01"));
    let is_of_the_rules = |finding: &Finding| finding.severity == Severity::Error && finding.code != Code::Gap;
    findings.into_iter().filter(is_of_the_rules).collect()
}

/// The words that the advice tells to write, if it tells them in full.
fn told(help: &str) -> Option<&str> {
    let told = help.split('`').nth(1)?;
    (help.starts_with("write `") || help.contains("and write `")).then_some(told)
}

/// What is wrong about the advice for a slip, if anything is.
fn faults(place: &str, wrong: &str, right: &str, seen: &mut String) -> Option<String> {
    let found = errors(&law(place, wrong));
    let [finding] = found.as_slice() else { return Some(format!("{wrong}: {found:#?}")) };
    let help = finding.help.as_deref().unwrap_or_default();
    writeln!(seen, "{wrong}\n  {}\n  {help}", finding.message).expect("a string takes all");
    let squeezed = right.split_whitespace().collect::<Vec<_>>().join(" ");
    if finding.code != Code::Syntax || told(help).is_some_and(|told| !squeezed.contains(told)) {
        return Some(format!("{wrong}: {help}"));
    }
    let left = errors(&law(place, right));
    (!left.is_empty()).then(|| format!("{right}: {left:#?}"))
}

#[test]
fn what_is_advised_compiles() {
    let (mut seen, mut faulty) = (String::new(), Vec::new());
    for place in ["provision", "instrument", "item", "test"] {
        for line in read(&format!("{place}.txt")).lines() {
            let (wrong, right) = line.split_once(" => ").expect("a line holds both");
            faulty.extend(faults(place, wrong, right, &mut seen));
        }
    }
    assert!(faulty.is_empty(), "{}\n{seen}", faulty.join("\n"));
    crate::snapshots().bind(|| insta::assert_snapshot!("slips", seen));
}
