//! A file of approvals as it would be now: what is approved stays, what is not is there to be filled in, what is unused is gone.

use std::fmt::Write as _;

use super::{DifferenceReport, categories, renewed, told};
use crate::difference::{Approval, fingerprint, name_fingerprint};
use crate::render::visible;

const HEAD: &str = "# changes of the law that are meant: fill in for each the reason, and who answers for it\n";

/// The file. An entry without a reason and a name is refused when it is read.
pub fn approvals(report: DifferenceReport<'_>) -> String {
    let mut out = HEAD.to_owned();
    for change in &report.difference.changes {
        let mut remarks = vec![format!("{}, {}: {}", change.question, change.matter, categories(change))];
        for (name, side) in [("was", &change.old), ("is ", &change.new)] {
            remarks.push(format!("  {name} {}", told(side, change.tells)));
            remarks.extend(side.by.iter().map(|citation| format!("    by {citation}")));
            remarks.extend(side.assumptions.iter().map(|assumption| format!("    assuming {assumption}")));
        }
        remarks.extend(change.regions.iter().map(|region| format!("  {}", region.words)));
        out += &entry(&remarks, &fingerprint(change), report.approved(change));
    }
    for name in &report.difference.interface {
        out += &entry(&[renewed(name)], &name_fingerprint(name), report.approved_name(name));
    }
    out
}

fn entry(remarks: &[String], fingerprint: &str, approval: Option<&Approval>) -> String {
    let remarks = remarks.iter().map(|remark| format!("# {}\n", visible(remark).replace(['\n', '\t'], " ")));
    let [reason, by] = [approval.map(|entry| &entry.reason), approval.map(|entry| &entry.by)];
    let quoted = |text: Option<&String>| quoted(text.map_or("", String::as_str));
    let remarks = remarks.collect::<String>();
    format!("\n{remarks}[[approved]]\nchange = \"{fingerprint}\"\nreason = {}\nby = {}\n", quoted(reason), quoted(by))
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for sign in text.chars() {
        match sign {
            '"' | '\\' => out.extend(['\\', sign]),
            sign if sign.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(sign));
            }
            sign => out.push(sign),
        }
    }
    out.push('"');
    out
}
