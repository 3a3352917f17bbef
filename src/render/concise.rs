//! Findings in one line each, as editors and `grep` like them.

use super::plain::position;
use super::{Report, gravity, stale, visible};
use crate::finding::Finding;

/// `path:line:column: error[F0106 syntax] message`.
pub(super) fn report(report: &Report<'_>) -> String {
    let findings: String = report.findings.iter().map(|finding| line(report, finding) + "\n").collect();
    findings + &report.stale.map(stale::concise).unwrap_or_default()
}

fn line(report: &Report<'_>, finding: &Finding) -> String {
    let place = finding.place.as_ref().map(|place| position(report.sources, place) + ": ").unwrap_or_default();
    let message = visible(&finding.message).replace('\n', " ");
    format!("{place}{}[{} {}] {message}", gravity(finding), finding.code.id(), finding.code.name())
}
