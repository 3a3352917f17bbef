//! The examples of `docs/language.md` are a body of law: together they compile, and each that is headed as wrong adds
//! exactly the error that it names.

use forseti::check::{check, excuse, unused_excuses};
use forseti::finding::{Code, Finding, Severity};
use forseti::proof::prove;
use forseti::resolve::resolve;
use forseti::source::{SourceFile, Sources};
use forseti::suite::run;
use forseti::syntax::parse;

/// A fenced example: the line on which it begins, the error that it must provoke, and what it says.
struct Example<'d> {
    line: usize,
    error: Option<&'d str>,
    text: String,
}

const PAGE: &str = include_str!("../docs/language.md");

fn examples(page: &str) -> Vec<Example<'_>> {
    let mut examples = Vec::new();
    let mut open: Option<Example<'_>> = None;
    for (at, line) in page.lines().enumerate() {
        if line == "```" {
            examples.extend(open.take());
        } else if let Some(example) = &mut open {
            example.text.push_str(line);
            example.text.push('\n');
        } else if let Some(info) = line.strip_prefix("```rules") {
            let error = info.trim().strip_prefix("error:");
            assert_eq!(
                error.is_none(),
                info.is_empty(),
                "line {}: the words after ```rules are not understood",
                at + 1
            );
            open = Some(Example { line: at + 1, error, text: String::new() });
        }
    }
    assert!(open.is_none(), "an example is not closed");
    examples
}

/// The errors of the examples that are right, with one more text beside them.
fn errors(right: &str, beside: &str) -> Vec<Finding> {
    let mut sources = Sources::default();
    sources.add(SourceFile::new("language.md", right));
    sources.add(SourceFile::new("example", beside));
    let (ast, mut findings) = parse(&sources);
    let (_, more) = resolve(&ast);
    findings.extend(more);
    findings.retain(|finding| finding.severity == Severity::Error);
    findings
}

fn right(examples: &[Example<'_>]) -> String {
    examples.iter().filter(|example| example.error.is_none()).map(|example| example.text.as_str()).collect()
}

#[test]
fn the_examples_compile_together() {
    let law = right(&examples(PAGE));
    assert_eq!(errors(&law, "# nothing\n"), Vec::new());
}

#[test]
fn the_examples_hold_nothing_to_report_and_pass_their_tests() {
    let mut sources = Sources::default();
    sources.add(SourceFile::new("language.md", right(&examples(PAGE))));
    let (ast, mut findings) = parse(&sources);
    let (law, more) = resolve(&ast);
    findings.extend(more);
    findings.extend(check(&law, None));
    findings.extend(prove(&law));
    findings.extend(unused_excuses(&law, &findings, None));
    excuse(&law, &mut findings, None);
    findings.retain(|finding| finding.counts(Severity::Warning));
    let shown: Vec<String> = findings
        .iter()
        .map(|finding| {
            let text = finding.place.as_ref().map_or("", |place| sources.text(place.span));
            format!("{} {} at {text}", finding.code.name(), finding.message)
        })
        .collect();
    assert_eq!(shown, Vec::<String>::new());
    let reports = run(&law);
    assert!(!reports.is_empty(), "the page has tests");
    for report in reports {
        assert!(report.passed(), "{report:?}");
    }
}

#[test]
fn wrong_examples_provoke_exactly_their_error() {
    let examples = examples(PAGE);
    let law = right(&examples);
    let mut tried = 0;
    for example in &examples {
        let Some(expected) = example.error else { continue };
        let found: Vec<_> = errors(&law, &example.text).iter().map(|finding| finding.code.name()).collect();
        assert_eq!(found, [expected], "the example on line {}", example.line);
        tried += 1;
    }
    assert!(tried >= 5, "the reference shows mistakes");
}

#[test]
fn the_table_of_findings_is_the_catalogue() {
    let rows: Vec<&str> = PAGE.lines().filter(|line| line.starts_with("| F")).collect();
    let expected: Vec<String> = Code::ALL
        .iter()
        .map(|code| {
            let severity = format!("{:?}", code.severity()).to_lowercase();
            let excusable = if code.can_be_excused() { "yes" } else { "no" };
            format!("| {} | `{}` | {severity} | {excusable} | {} |", code.id(), code.name(), code.explanation())
        })
        .collect();
    assert_eq!(rows, expected, "docs/language.md, section 17, has a row for each code");
}
