//! A report of code quality for GitLab: a list of what is not excused, each with its fingerprint.

use serde::Serialize;

use super::report::{below, relative};
use super::{Report, visible};
use crate::finding::{Finding, Severity};

#[derive(Debug, Serialize)]
pub(super) struct Entry {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Debug, Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Debug, Serialize)]
struct Lines {
    begin: usize,
}

pub(super) fn report(report: &Report<'_>) -> Vec<Entry> {
    report.open().map(|(finding, fingerprint)| entry(report, finding, fingerprint)).collect()
}

fn entry(report: &Report<'_>, finding: &Finding, fingerprint: &str) -> Entry {
    // every entry needs a path; what lies in no file is said of the folder of the run
    let (path, begin) = finding.place.as_ref().map_or((".".to_owned(), 1), |place| {
        let file = report.sources.file(place.span.file);
        (relative(&file.path).to_owned(), file.line_column(place.span.start).0)
    });
    let mut description = format!("{} {}: {}", finding.code.id(), finding.code.name(), visible(&finding.message));
    for line in below(finding) {
        description.push('\n');
        description.push_str(&line);
    }
    Entry {
        description,
        check_name: finding.code.name(),
        fingerprint: fingerprint.to_owned(),
        severity: match finding.severity {
            Severity::Error => "critical",
            Severity::Warning => "major",
            Severity::Note => "info",
        },
        location: Location { path, lines: Lines { begin } },
    }
}
