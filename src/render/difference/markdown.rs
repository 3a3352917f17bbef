//! As a comment to a merge request.

use std::fmt::Write as _;

use super::{DifferenceReport, MANY, approval, categories, not_compared, renewed, the_rest, told, unused};
use crate::difference::{Change, Told};
use crate::render::escape::{fenced, html};
use crate::render::{counted_as, visible};

/// Servers cut or refuse a comment of more than some 65,000 characters.
const MOST: usize = 60_000;

/// As a comment to a merge request.
pub fn markdown(report: DifferenceReport<'_>) -> String {
    let mut out = format!("### What changes: {}\n", html(&report.sentence()));
    let mut left = 0;
    for change in &report.difference.changes {
        let entry = entry(report, change);
        if left > 0 || out.len() + entry.len() > MOST {
            left += 1;
        } else {
            out.push_str(&entry);
        }
    }
    if left > 0 {
        let _ = writeln!(out, "\nand {}; `forseti diff` shows all", counted_as(left, "change more", "changes more"));
    }
    let names = report.difference.interface.iter().map(|name| {
        let approved = report.approved_name(name).map(|entry| format!("; {}", approval(entry)));
        format!("- {}\n", html(&(renewed(name) + &approved.unwrap_or_default())))
    });
    folded(&mut out, ["name that changes", "names that change"], names.collect());
    let lines = report.difference.not_compared.iter().map(|one| format!("- {}\n", html(&not_compared(one))));
    folded(&mut out, ["question that was not compared", "questions that were not compared"], lines.collect());
    let lines = report.approvals.unused(report.difference);
    let lines = lines.into_iter().map(|entry| format!("- {}\n", html(&unused(entry))));
    folded(
        &mut out,
        ["approval of a change that there is not", "approvals of changes that there are not"],
        lines.collect(),
    );
    out
}

fn entry(report: DifferenceReport<'_>, change: &Change) -> String {
    let (question, matter) = (html(&change.question), html(&change.matter));
    let mut out = format!("\n#### {question}, {matter}: {}\n\n", categories(change));
    if let Some(entry) = report.approved(change) {
        let _ = writeln!(out, "{}\n", html(&approval(entry)));
    }
    let lines: Vec<String> = change.regions.iter().map(|region| format!("- {}\n", html(&region.words))).collect();
    if lines.len() > MANY {
        let regions = counted_as(lines.len(), "region", "regions");
        let _ = writeln!(out, "<details><summary>{regions}</summary>\n\n{}\n</details>\n", lines.concat());
    } else {
        let _ = writeln!(out, "{}", lines.concat());
    }
    let cited = |side: &Told| html(&side.by.join("; "));
    let _ = writeln!(out, "| | answer | by |\n|---|---|---|");
    for (name, side) in [("was", &change.old), ("is", &change.new)] {
        let _ = writeln!(out, "| {name} | {} | {} |", html(&told(side, change.tells)), cited(side));
    }
    if let Some(rest) = the_rest(change.tells) {
        let _ = writeln!(out, "\n{rest}");
    }
    let assumptions = [("was", &change.old), ("is", &change.new)];
    for (name, side) in assumptions.into_iter().filter(|_| change.old.assumptions != change.new.assumptions) {
        for assumption in &side.assumptions {
            let _ = write!(out, "\n{name} assuming: {}\n", html(assumption));
        }
    }
    let commands = change.regions.iter().take(MANY).flat_map(|region| [0, 1].map(|side| report.witness(region, side)));
    let commands: Vec<String> = commands.flatten().map(|command| visible(&command)).collect();
    let _ = writeln!(out, "\n<details><summary>cases</summary>\n\n{}\n</details>", fenced("sh", &commands.join("\n")));
    out
}

fn folded(out: &mut String, [one, many]: [&str; 2], lines: Vec<String>) {
    if lines.is_empty() {
        return;
    }
    let count = lines.len();
    let open = if count > MANY { "" } else { " open" };
    let _ = writeln!(out, "\n<details{open}><summary>{}</summary>\n", counted_as(count, one, many));
    for line in lines {
        if out.len() + line.len() > MOST + 4_000 {
            let _ = writeln!(out, "- and more");
            break;
        }
        out.push_str(&line);
    }
    out.push_str("\n</details>\n");
}
