//! Annotations in a run of GitHub Actions: a line for each finding that is not excused, as its workflow commands have it.

use super::report::{below, relative};
use super::{Report, visible};
use crate::finding::{Finding, Severity};

/// `::error file=…,line=…,title=…::message`.
pub(super) fn report(report: &Report<'_>) -> String {
    report.open().map(|(finding, _)| line(report, finding) + "\n").collect()
}

fn line(report: &Report<'_>, finding: &Finding) -> String {
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut properties = Vec::new();
    if let Some(place) = &finding.place {
        let file = report.sources.file(place.span.file);
        let (line, column) = file.line_column(place.span.start);
        let (end_line, end_column) = file.line_column(place.span.end);
        properties.push(format!("file={}", property(relative(&file.path))));
        properties.push(format!("line={line},endLine={end_line}"));
        // columns are only understood within one line
        if line == end_line {
            properties.push(format!("col={column},endColumn={end_column}"));
        }
    }
    properties.push(format!("title={}", property(&format!("{} {}", finding.code.id(), finding.code.name()))));
    let mut lines = vec![visible(&finding.message)];
    lines.extend(below(finding));
    format!("::{command} {}::{}", properties.join(","), data(&lines.join("\n")))
}

/// What a line break would end.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// What a colon or a comma would end, too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
