//! What a baseline holds back and nobody finds any more, in each of the formats of `check`: it fails as a warning does,
//! and so every report says why.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::escape::html;
use super::github::{annotation, in_file};
use super::sarif::artifact;
use super::{Ink, Look, counted_as, visible};
use crate::finding::{Held, Stale};

/// What it is called where findings have a number and a name.
pub(super) const NAME: &str = "stale-baseline";
const HELP: &str = "take out what is corrected with `--update-baseline`, so that it does not come back unseen";

/// `2 findings of the baseline no longer found`.
pub(super) fn counted(stale: &Stale) -> String {
    counted_as(stale.count(), "finding of the baseline is", "findings of the baseline are") + " no longer found"
}

/// What is wrong with the file, in a sentence.
fn sentence(stale: &Stale) -> String {
    let gone = counted_as(stale.count(), "finding", "findings");
    format!("`{}` holds back {gone} that nobody finds any more", stale.file)
}

/// One of them, with how often it is too many.
pub(super) fn entry(entry: &Held) -> String {
    let times = if entry.count > 1 { format!(" ({} times)", entry.count) } else { String::new() };
    visible(&format!("{}: {}{times}", entry.name, entry.about)).replace('\n', " ")
}

/// What is wrong with one of them, where each stands alone.
pub(super) fn alone(held: &Held) -> String {
    format!("held back by the baseline, and no longer found: {}", entry(held))
}

/// For people, and line by line.
pub fn human(stale: &Stale, look: Look) -> String {
    let mut text = format!("{} {}\n", look.ink(Ink::Doubtful, "warning:"), visible(&sentence(stale)));
    for held in &stale.entries {
        let _ = writeln!(text, "  {}", look.wrapped(&entry(held), 4));
    }
    let _ = writeln!(text, "  {} {}", look.ink(Ink::Guide, "help:"), look.wrapped(HELP, 8));
    text
}

/// A line each.
pub(super) fn concise(stale: &Stale) -> String {
    let line = |held: &Held| format!("{}: warning[{NAME}] {}\n", visible(&stale.file), alone(held));
    stale.entries.iter().map(line).collect()
}

/// An entry of the comment, which opens as those of findings do.
pub(super) fn markdown(stale: &Stale) -> String {
    let mut text = format!("\n<details><summary><b>warning</b> {NAME}<br>{}</summary>\n\n", html(&sentence(stale)));
    for held in &stale.entries {
        let _ = writeln!(text, "- {}", html(&entry(held)));
    }
    let _ = writeln!(text, "\n<b>help:</b> {}\n\n</details>", html(HELP));
    text
}

/// One annotation, at the file of the baseline.
pub(super) fn github(stale: &Stale) -> String {
    let lines: Vec<String> = std::iter::once(visible(&sentence(stale)))
        .chain(stale.entries.iter().map(entry))
        .chain([format!("help: {HELP}")])
        .collect();
    annotation("warning", in_file(&stale.file), NAME, &lines) + "\n"
}

/// What can be reported, as one of the rules of a log.
pub(super) fn sarif_rule() -> Value {
    json!({
        "id": NAME,
        "name": NAME,
        "shortDescription": { "text": "the baseline holds back what nobody finds any more" },
        "fullDescription": { "text": "What was corrected could come back unseen as long as the baseline lists it." },
        "help": { "text": HELP, "markdown": HELP },
        "defaultConfiguration": { "level": "warning" },
        "properties": { "tags": ["law"], "precision": "very-high", "problem.severity": "warning" },
    })
}

/// The results of a log, under the rule of that index.
pub(super) fn sarif(stale: &Stale, index: usize) -> Vec<Value> {
    let result = |held: &Held| {
        let fingerprint = held.stale_fingerprint();
        json!({
            "ruleId": NAME,
            "ruleIndex": index,
            "level": "warning",
            "message": { "text": format!("{}\nhelp: {HELP}", alone(held)) },
            "locations": [{ "physicalLocation": {
                "artifactLocation": artifact(&stale.file),
                "region": { "startLine": 1 },
            }}],
            "partialFingerprints": { "primaryLocationLineHash": fingerprint, "forseti/v1": fingerprint },
            "suppressions": [],
        })
    };
    stale.entries.iter().map(result).collect()
}
