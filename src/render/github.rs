//! Annotations in a run of GitHub Actions: a line for each finding that is not excused, as its workflow commands have it.

use super::escape::{order_data, order_property};
use super::report::{below, relative};
use super::{Report, stale};
use crate::finding::{Finding, Severity};
use crate::source::{SourceFile, Span};

/// `::error file=…,line=…,title=…::message`.
pub(super) fn report(report: &Report<'_>) -> String {
    let findings: String = report.open().map(|(finding, _)| line(report, finding) + "\n").collect();
    findings + &report.stale.map(stale::github).unwrap_or_default()
}

fn line(report: &Report<'_>, finding: &Finding) -> String {
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let place = finding.place.as_ref().map(|place| {
        let file = report.sources.file(place.span.file);
        at(relative(&file.path), file, place.span)
    });
    let mut lines = vec![finding.message.clone()];
    lines.extend(below(finding));
    let title = format!("{} {}", finding.code.id(), finding.code.name());
    annotation(command, place.unwrap_or_default(), &title, &lines)
}

/// One annotation, with where it is shown and what it says.
pub(super) fn annotation(command: &str, place: Vec<String>, title: &str, lines: &[String]) -> String {
    let properties: Vec<String> = place.into_iter().chain([format!("title={}", order_property(title))]).collect();
    format!("::{command} {}::{}", properties.join(","), order_data(&lines.join("\n")))
}

/// A file as the place of an annotation.
pub(super) fn in_file(path: &str) -> Vec<String> {
    vec![format!("file={}", order_property(relative(path)))]
}

/// A stretch of a file that is called so.
pub(super) fn at(path: &str, file: &SourceFile, span: Span) -> Vec<String> {
    let (line, column) = file.line_column(span.start);
    let (end_line, end_column) = file.line_column(span.end);
    let mut place = in_file(path);
    place.push(format!("line={line},endLine={end_line}"));
    // columns are only understood within one line
    if line == end_line {
        place.push(format!("col={column},endColumn={end_column}"));
    }
    place
}
