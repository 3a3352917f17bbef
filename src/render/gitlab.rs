//! A report of code quality for GitLab: a list of what is not excused, each with its fingerprint.

use serde::Serialize;

use super::report::{below, relative};
use super::{Report, stale, visible};
use crate::finding::{Finding, Held, Severity, Stale};

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
    let open = report.open().map(|(finding, fingerprint)| entry(report, finding, fingerprint));
    open.chain(report.stale.into_iter().flat_map(no_longer_found)).collect()
}

/// What the baseline lists too much, at its file.
fn no_longer_found(all: &Stale) -> impl Iterator<Item = Entry> {
    all.entries.iter().map(|held: &Held| Entry {
        description: stale::alone(held),
        check_name: stale::NAME,
        fingerprint: held.stale_fingerprint(),
        severity: "major",
        location: Location { path: relative(&all.file).to_owned(), lines: Lines { begin: 1 } },
    })
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
