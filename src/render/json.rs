//! Findings for programs: one object whose shape is numbered.

use serde::Serialize;

use super::{Counts, CoverageJson, Report};
use crate::finding::{Edit, Finding, Fix, Held, Place};
use crate::source::Sources;
use crate::suite::TestReport;

/// The number of the shape; it grows when a field changes its meaning or goes.
const SCHEMA_VERSION: u32 = 1;

/// What `check` and `test` print for programs.
#[derive(Debug, Serialize)]
pub struct Envelope {
    schema_version: u32,
    tool: Tool,
    today: Option<String>,
    fail_on: &'static str,
    findings: Vec<FindingJson>,
    stale: Vec<Held>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tests: Option<Vec<TestJson>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    coverage: Option<CoverageJson>,
    summary: Summary,
}

#[derive(Debug, Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Debug, Serialize)]
struct Summary {
    #[serde(flatten)]
    counts: Counts,
    files: usize,
    rules: usize,
}

#[derive(Debug, Serialize)]
struct FindingJson {
    code: &'static str,
    name: &'static str,
    severity: &'static str,
    fingerprint: String,
    message: String,
    place: Option<PlaceJson>,
    others: Vec<PlaceJson>,
    why: Option<String>,
    help: Option<String>,
    fix: Option<FixJson>,
    witness: Option<String>,
    excused: Option<String>,
    held: bool,
}

/// Lines and columns from 1, columns in characters; bytes from 0; the end is the first beyond.
#[derive(Debug, Serialize)]
struct PlaceJson {
    path: String,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    byte_start: u32,
    byte_end: u32,
    label: String,
}

/// How a program can correct it.
#[derive(Debug, Serialize)]
struct FixJson {
    says: String,
    safe: bool,
    edits: Vec<EditJson>,
}

/// Words in the place of those at the bytes.
#[derive(Debug, Serialize)]
struct EditJson {
    path: String,
    byte_start: u32,
    byte_end: u32,
    words: String,
}

/// How a test of the law went.
#[derive(Debug, Serialize)]
pub struct TestJson {
    title: String,
    path: String,
    line: usize,
    passed: bool,
}

impl Envelope {
    /// A report for programs.
    pub fn new(report: &Report<'_>) -> Envelope {
        let Report { sources, findings, .. } = *report;
        let known = findings.iter().zip(&report.fingerprints);
        Envelope {
            schema_version: SCHEMA_VERSION,
            tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
            today: report.today.map(|day| day.to_string()),
            fail_on: report.fail_on.word(),
            findings: known.map(|(finding, print)| finding_json(sources, finding, print.clone())).collect(),
            stale: report.stale.map(|stale| stale.entries.clone()).unwrap_or_default(),
            tests: None,
            coverage: None,
            summary: Summary { counts: Counts::of(findings), files: sources.iter().count(), rules: report.rules },
        }
    }

    /// With how each test went.
    #[must_use]
    pub fn with_tests(mut self, sources: &Sources, tests: &[TestReport]) -> Envelope {
        let test = |report: &TestReport| {
            let file = sources.file(report.span.file);
            TestJson {
                title: report.title.clone(),
                path: file.path.clone(),
                line: file.line_column(report.span.start).0,
                passed: report.passed(),
            }
        };
        self.tests = Some(tests.iter().map(test).collect());
        self
    }

    /// With what the tests reach.
    #[must_use]
    pub fn with_coverage(mut self, coverage: Option<CoverageJson>) -> Envelope {
        self.coverage = coverage;
        self
    }
}

fn finding_json(sources: &Sources, finding: &Finding, fingerprint: String) -> FindingJson {
    FindingJson {
        code: finding.code.id(),
        name: finding.code.name(),
        severity: finding.severity.word(),
        fingerprint,
        message: finding.message.clone(),
        place: finding.place.as_ref().map(|place| place_json(sources, place)),
        others: finding.others.iter().map(|place| place_json(sources, place)).collect(),
        why: finding.why.clone(),
        help: finding.help.clone(),
        fix: finding.fix.as_ref().map(|fix| fix_json(sources, fix)),
        witness: finding.witness.clone(),
        excused: finding.excused.clone(),
        held: finding.held,
    }
}

fn fix_json(sources: &Sources, fix: &Fix) -> FixJson {
    let edit = |Edit { span, words }: &Edit| EditJson {
        path: sources.file(span.file).path.clone(),
        byte_start: sources.file(span.file).byte_in_file(span.start),
        byte_end: sources.file(span.file).byte_in_file(span.end),
        words: words.clone(),
    };
    FixJson { says: fix.says.clone(), safe: fix.is_safe, edits: fix.edits.iter().map(edit).collect() }
}

fn place_json(sources: &Sources, place: &Place) -> PlaceJson {
    let file = sources.file(place.span.file);
    let (line, column) = file.line_column(place.span.start);
    let (end_line, end_column) = file.line_column(place.span.end);
    PlaceJson {
        path: file.path.clone(),
        line,
        column,
        end_line,
        end_column,
        byte_start: file.byte_in_file(place.span.start),
        byte_end: file.byte_in_file(place.span.end),
        label: place.label.clone(),
    }
}
