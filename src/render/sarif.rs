//! SARIF 2.1.0, as GitHub code scanning takes it: the rules with their pages, the other places of a finding, its
//! fingerprint, and what is excused as suppressed.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::report::{below, relative};
use super::{Report, stale, visible};
use crate::finding::{Code, Edit, Finding, Fix, Place, Severity};
use crate::source::{FileId, Sources, Span};

pub(super) fn report(report: &Report<'_>) -> Value {
    let mut codes: Vec<Code> = report.findings.iter().map(|finding| finding.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let known = || report.findings.iter().zip(&report.fingerprints);
    let results = known().filter_map(|(finding, fingerprint)| {
        let index = codes.binary_search(&finding.code).ok()?;
        let place = finding.place.as_ref()?;
        Some(result(report.sources, finding, place, index, fingerprint))
    });
    // a result must lie in a file; what lies in none is said of the run
    let outside = || report.findings.iter().filter(|finding| finding.place.is_none());
    let notifications: Vec<Value> = outside().map(notification).collect();
    let gone = || report.stale.into_iter();
    let rules: Vec<Value> = codes.iter().map(|code| rule(*code)).chain(gone().map(|_| stale::sarif_rule())).collect();
    let results = results.chain(gone().flat_map(|gone| stale::sarif(gone, codes.len())));
    log(&rules, notifications.is_empty(), &notifications, &results.collect::<Vec<_>>())
}

/// The log of one run, with what could be reported, what is said of the run itself, and what was found.
pub(super) fn log(rules: &[Value], successful: bool, notifications: &[Value], results: &[Value]) -> Value {
    json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": successful,
                "toolExecutionNotifications": notifications,
            }],
            "results": results,
        }],
    })
}

/// A code with its page.
fn rule(code: Code) -> Value {
    let page = code.page();
    let problem = if code.severity() == Severity::Note { "recommendation" } else { code.severity().word() };
    json!({
        "id": code.id(),
        "name": code.name(),
        "shortDescription": { "text": code.explanation() },
        "fullDescription": { "text": page.says },
        "help": { "text": format!("{}\n\n{}", page.why, page.advice), "markdown": page.text },
        "defaultConfiguration": { "level": code.severity().word() },
        "properties": {
            "tags": ["law", code.family().word()],
            "precision": "very-high",
            "problem.severity": problem,
        },
    })
}

fn result(sources: &Sources, finding: &Finding, place: &Place, index: usize, fingerprint: &str) -> Value {
    let others = (1..).zip(&finding.others).map(|(id, other)| {
        let mut location = location(sources, other);
        location["id"] = json!(id);
        location
    });
    let suppressions = match &finding.excused {
        Some(reason) => json!([{ "kind": "inSource", "status": "accepted", "justification": reason }]),
        None if finding.held => {
            json!([{ "kind": "external", "status": "accepted", "justification": "the baseline holds it back" }])
        }
        None => json!([]),
    };
    let mut result = json!({
        "ruleId": finding.code.id(),
        "ruleIndex": index,
        "level": finding.severity.word(),
        "message": { "text": text(finding) },
        "locations": [location(sources, place)],
        "relatedLocations": others.collect::<Vec<_>>(),
        // the first is the only one that GitHub looks at
        "partialFingerprints": { "primaryLocationLineHash": fingerprint, "forseti/v1": fingerprint },
        "suppressions": suppressions,
    });
    // whoever reads it may apply it at once
    if let Some(fix) = finding.fix.as_ref().filter(|fix| fix.is_safe) {
        result["fixes"] = json!([self::fix(sources, fix)]);
    }
    result
}

/// The edits, by file.
fn fix(sources: &Sources, fix: &Fix) -> Value {
    let mut by_file: BTreeMap<FileId, Vec<Value>> = BTreeMap::new();
    for Edit { span, words } in &fix.edits {
        let mut replacement = json!({ "deletedRegion": region(sources, *span) });
        if !words.is_empty() {
            replacement["insertedContent"] = json!({ "text": words });
        }
        by_file.entry(span.file).or_default().push(replacement);
    }
    let changes = by_file.into_iter().map(|(file, replacements)| {
        json!({ "artifactLocation": artifact(&sources.file(file).path), "replacements": replacements })
    });
    json!({ "description": { "text": visible(&fix.says) }, "artifactChanges": changes.collect::<Vec<_>>() })
}

pub(super) fn region(sources: &Sources, span: Span) -> Value {
    let file = sources.file(span.file);
    let (line, column) = file.line_column(span.start);
    let (end_line, end_column) = file.line_column(span.end);
    json!({ "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column })
}

fn notification(finding: &Finding) -> Value {
    json!({
        "descriptor": { "id": finding.code.id() },
        "level": finding.severity.word(),
        "message": { "text": text(finding) },
    })
}

fn text(finding: &Finding) -> String {
    let mut lines = vec![visible(&finding.message)];
    lines.extend(below(finding));
    lines.join("\n")
}

fn location(sources: &Sources, place: &Place) -> Value {
    let file = sources.file(place.span.file);
    let mut location = json!({ "physicalLocation": {
        "artifactLocation": artifact(&file.path),
        "region": region(sources, place.span),
    }});
    if !place.label.is_empty() {
        location["message"] = json!({ "text": visible(&place.label) });
    }
    location
}

/// A path as a URI: from the folder of the run, or of the machine where it begins at the root.
pub(super) fn artifact(path: &str) -> Value {
    let path = relative(path);
    let encoded: String = path.bytes().map(encoded).collect();
    let is_drive = path.get(1..3) == Some(":/");
    if path.starts_with('/') || is_drive {
        let root = if is_drive { "file:///" } else { "file://" };
        json!({ "uri": format!("{root}{encoded}") })
    } else {
        json!({ "uri": encoded, "uriBaseId": "%SRCROOT%" })
    }
}

fn encoded(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}
