//! SARIF 2.1.0: a result for each change, at the first rule that decides it. What has no place in a file is said of the run.

use serde_json::{Value, json};

use super::{DifferenceReport, Shown, lines, not_compared, place, renewed, unused};
use crate::difference::{Category, fingerprint};
use crate::render::sarif::{artifact, log, region};
use crate::render::visible;

/// The rule of an approval for which there is no change.
const UNUSED: (&str, &str) = ("unused-approval", "an approval of a change that there is not");

/// The log of one run.
pub fn sarif(report: DifferenceReport<'_>) -> Value {
    let (mut results, mut notifications) = (Vec::new(), Vec::new());
    let level = |fails: bool, otherwise: &'static str| if fails { "error" } else { otherwise };
    let said = |category: &str, level: &str, text: &str| json!({ "descriptor": { "id": category }, "level": level, "message": { "text": visible(text) } });
    for change in &report.difference.changes {
        let Some(category) = change.categories.first() else { continue };
        let otherwise = if *category == Category::Standing { "note" } else { "warning" };
        let level = level(report.fails_on(change), otherwise);
        let text = lines(report, change).join("\n");
        let location = match place(report, change) {
            Shown::At(sources, span) => {
                let path = report.path(1, &sources.file(span.file).path);
                json!({ "artifactLocation": artifact(path), "region": region(sources, span) })
            }
            Shown::File(path) => json!({ "artifactLocation": artifact(path) }),
            Shown::Nowhere => {
                notifications.push(said(category.name(), level, &text));
                continue;
            }
        };
        let approved = report
            .approved(change)
            .map(|entry| json!({ "kind": "external", "status": "accepted", "justification": super::approval(entry) }));
        let fingerprint = fingerprint(change);
        results.push(json!({
            "ruleId": category.name(),
            "ruleIndex": Category::ALL.iter().position(|entry| entry.0 == *category),
            "level": level,
            "message": { "text": text },
            "locations": [{ "physicalLocation": location }],
            "partialFingerprints": { "primaryLocationLineHash": fingerprint, "forseti/v1": fingerprint },
            "suppressions": approved.into_iter().collect::<Vec<_>>(),
        }));
    }
    for name in &report.difference.interface {
        let level = level(report.fails_on_name(name), "note");
        notifications.push(said(Category::Interface.name(), level, &renewed(name)));
    }
    for one in &report.difference.not_compared {
        let level = level(report.fail_on.contains(&Category::NotCompared), "warning");
        notifications.push(said(Category::NotCompared.name(), level, &not_compared(one)));
    }
    for entry in report.approvals.unused(report.difference) {
        let Some(file) = report.approvals_file else { continue };
        results.push(json!({
            "ruleId": UNUSED.0,
            "ruleIndex": Category::ALL.len(),
            "level": "error",
            "message": { "text": visible(&unused(entry)) },
            "locations": [{ "physicalLocation": {
                "artifactLocation": artifact(file), "region": { "startLine": entry.line },
            }}],
            "partialFingerprints": { "primaryLocationLineHash": entry.change },
            "suppressions": [],
        }));
    }
    let rules = Category::ALL.iter().map(|(_, name, what)| (*name, *what)).chain([UNUSED]);
    let rules = rules.map(|(name, what)| json!({ "id": name, "shortDescription": { "text": what } }));
    log(&rules.collect::<Vec<_>>(), true, &notifications, &results)
}
