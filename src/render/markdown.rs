//! A comment to a merge request: a line for each finding, which opens to show its lines, why it matters and what to do.

use std::fmt::Write as _;

use super::escape::{fenced, html};
use super::plain::position;
use super::{Counts, Report, counted_as, stale};
use crate::finding::{Finding, Place};
use crate::source::Sources;

/// Servers cut or refuse a comment of more than some 65,000 characters.
const MOST: usize = 60_000;
/// A line is shown up to this many characters.
const LONG_LINE: usize = 160;

pub(super) fn report(report: &Report<'_>) -> String {
    let mut text = format!("### forseti: {}\n", report.summary());
    let (open, spared): (Vec<_>, Vec<_>) = report.findings.iter().partition(|finding| finding.is_open());
    let mut left = 0;
    for finding in open {
        let entry = entry(report.sources, finding);
        if left > 0 || text.len() + entry.len() > MOST {
            left += 1;
        } else {
            text.push_str(&entry);
        }
    }
    if left > 0 {
        let _ = writeln!(text, "\nand {}; `forseti check` shows all", counted_as(left, "more", "more"));
    }
    if let Some(gone) = report.stale {
        text.push_str(&stale::markdown(gone));
    }
    if !spared.is_empty() {
        let _ = writeln!(text, "\n<details><summary>{}</summary>\n", Counts::of(report.findings).spared());
        for finding in spared {
            let place = finding.place.as_ref().map(|place| position(report.sources, place)).unwrap_or_default();
            let because = match &finding.excused {
                Some(reason) => format!(", because {}", html(reason)),
                None => ", held back by the baseline".to_owned(),
            };
            let line =
                format!("- {} <code>{}</code> {}{because}\n", name(finding), html(&place), html(&finding.message));
            if text.len() + line.len() > MOST {
                break;
            }
            text.push_str(&line);
        }
        text.push_str("\n</details>\n");
    }
    text
}

fn entry(sources: &Sources, finding: &Finding) -> String {
    let place = finding.place.as_ref();
    let at = place.map(|place| format!(" <code>{}</code>", html(&position(sources, place)))).unwrap_or_default();
    let gravity = finding.severity.word();
    let mut text = format!(
        "\n<details><summary><b>{gravity}</b> {}{at}<br>{}</summary>\n\n",
        name(finding),
        html(&finding.message)
    );
    for place in place.into_iter().chain(&finding.others) {
        let label = if place.label.is_empty() { String::new() } else { format!(": {}", html(&place.label)) };
        let _ = write!(text, "<code>{}</code>{label}\n\n{}\n", html(&position(sources, place)), quoted(sources, place));
    }
    for (name, said) in [("why", &finding.why), ("help", &finding.help)] {
        if let Some(said) = said {
            let _ = writeln!(text, "<b>{name}:</b> {}\n", html(said));
        }
    }
    if let Some(command) = &finding.witness {
        let _ = writeln!(text, "{}", fenced("sh", command));
    }
    text + "</details>\n"
}

fn name(finding: &Finding) -> String {
    format!("{} {}", finding.code.id(), finding.code.name())
}

/// The first line of a place, as it stands in the file.
fn quoted(sources: &Sources, place: &Place) -> String {
    let file = sources.file(place.span.file);
    let line = file.line_of(place.span.start);
    let text = file.text.get(file.line_start(line)..file.line_start(line + 1)).unwrap_or("").trim_end();
    let mut shown: String = text.chars().take(LONG_LINE).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    fenced("", &shown)
}
