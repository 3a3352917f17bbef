//! XML for servers that show tests: a suite for each file, a failed case for each finding that lets `check` fail; what is excused or held back
//! is skipped, and what does not count passes.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::escape::{xml, xml_attribute};
use super::report::{below, relative};
use super::{Report, stale};
use crate::finding::{Finding, Stale};

pub(super) fn report(report: &Report<'_>) -> String {
    let mut suites: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in report.findings {
        let path = finding.place.as_ref().map_or("forseti", |place| &report.sources.file(place.span.file).path);
        suites.entry(relative(path)).or_default().push(finding);
    }
    // a server that shows tests takes a report without any for a failure
    if suites.is_empty() && report.stale.is_none() {
        suites.insert("forseti", Vec::new());
    }
    let all: Vec<&Finding> = suites.values().flatten().copied().collect();
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(text, "<testsuites name=\"forseti\" {}>", counts(report, &all, report.stale));
    for (path, findings) in &suites {
        let _ = writeln!(text, "  <testsuite name=\"{}\" {}>", xml_attribute(path), counts(report, findings, None));
        if findings.is_empty() {
            text.push_str("    <testcase name=\"check\" classname=\"forseti\" time=\"0\"/>\n");
        }
        for finding in findings {
            case(&mut text, report, path, finding);
        }
        text.push_str("  </testsuite>\n");
    }
    if let Some(gone) = report.stale {
        baseline(&mut text, report, gone);
    }
    text + "</testsuites>\n"
}

/// The suite of the baseline: a case for each finding that it lists and nobody finds any more.
fn baseline(text: &mut String, report: &Report<'_>, gone: &Stale) {
    let file = xml_attribute(relative(&gone.file));
    let _ = writeln!(text, "  <testsuite name=\"{file}\" {}>", counts(report, &[], Some(gone)));
    for held in &gone.entries {
        let (name, message) = (xml_attribute(&stale::entry(held)), stale::alone(held));
        let _ = write!(text, "    <testcase name=\"{name}\" classname=\"{file}\" file=\"{file}\" time=\"0\">");
        let _ = if report.stale_counts() {
            let message = xml_attribute(&message);
            write!(text, "<failure type=\"warning\" message=\"{message}\"/>")
        } else {
            write!(text, "<system-out>{}</system-out>", xml(&message))
        };
        text.push_str("</testcase>\n");
    }
    text.push_str("  </testsuite>\n");
}

fn counts(report: &Report<'_>, findings: &[&Finding], gone: Option<&Stale>) -> String {
    let gone = gone.map_or(0, |gone| gone.entries.len());
    let failures = findings.iter().filter(|finding| report.counts(finding)).count();
    let failures = failures + if report.stale_counts() { gone } else { 0 };
    let skipped = findings.iter().filter(|finding| !finding.is_open()).count();
    let tests = (findings.len() + gone).max(1);
    format!("tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\" time=\"0\"")
}

fn case(text: &mut String, report: &Report<'_>, path: &str, finding: &Finding) {
    let line = finding.place.as_ref().map(|place| report.sources.file(place.span.file).line_column(place.span.start).0);
    let at = line.map(|line| format!(" file=\"{}\" line=\"{line}\"", xml_attribute(path))).unwrap_or_default();
    let message = &finding.message;
    let title = format!("{} {}: {message}", finding.code.id(), finding.code.name());
    let _ = write!(
        text,
        "    <testcase name=\"{}\" classname=\"{}\"{at} time=\"0\">",
        xml_attribute(&title),
        xml_attribute(path)
    );
    let rest: String = std::iter::once(message.clone()).chain(below(finding)).collect::<Vec<_>>().join("\n");
    let _ = match &finding.excused {
        Some(reason) => write!(text, "<skipped message=\"excused because {}\"/>", xml_attribute(reason)),
        None if finding.held => write!(text, "<skipped message=\"held back by the baseline\"/>"),
        None if report.counts(finding) => {
            let (kind, message) = (finding.severity.word(), xml_attribute(message));
            write!(text, "<failure type=\"{kind}\" message=\"{message}\">{}</failure>", xml(&rest))
        }
        None => write!(text, "<system-out>{}</system-out>", xml(&rest)),
    };
    text.push_str("</testcase>\n");
}
