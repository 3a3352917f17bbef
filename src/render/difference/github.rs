//! Annotations in a run of GitHub Actions: a line for each change that nobody approved.

use super::{DifferenceReport, Shown, lines, not_compared, place, renewed, unused};
use crate::difference::Category;
use crate::render::github::{annotation, at, in_file};

/// `::warning file=…,line=…,title=…::message`.
pub fn github(report: DifferenceReport<'_>) -> String {
    let mut out = String::new();
    let mut say = |command: &str, place: Vec<String>, title: &str, lines: &[String]| {
        out += &annotation(command, place, title, lines);
        out.push('\n');
    };
    let level = |fails: bool, otherwise: &'static str| if fails { "error" } else { otherwise };
    for change in report.difference.changes.iter().filter(|change| report.approved(change).is_none()) {
        let otherwise = if change.categories.contains(&Category::Standing) { "notice" } else { "warning" };
        let place = match place(report, change) {
            Shown::At(sources, span) => {
                let file = sources.file(span.file);
                at(report.path(1, &file.path), file, span)
            }
            Shown::File(path) => in_file(path),
            Shown::Nowhere => Vec::new(),
        };
        say(level(report.fails_on(change), otherwise), place, "what changes", &lines(report, change));
    }
    for name in report.difference.interface.iter().filter(|name| report.approved_name(name).is_none()) {
        say(level(report.fails_on_name(name), "notice"), Vec::new(), "a name changes", &[renewed(name)]);
    }
    for one in &report.difference.not_compared {
        let fails = report.fail_on.contains(&Category::NotCompared);
        say(level(fails, "warning"), Vec::new(), "not compared", &[not_compared(one)]);
    }
    for entry in report.approvals.unused(report.difference) {
        let place = report.approvals_file.map(in_file).into_iter().flatten();
        let place = place.chain([format!("line={}", entry.line)]).collect();
        say("error", place, "unused approval", &[unused(entry)]);
    }
    out
}
