//! Findings line by line: for programs that read lines, and for people who have them read aloud.

use std::fmt::Write as _;

use super::{gravity, one_line, visible};
use crate::finding::{Finding, Place};
use crate::source::Sources;

/// All findings, as `path:line:column: error[F0106 syntax]: message`, with what belongs to each indented below it.
pub fn findings(sources: &Sources, findings: &[Finding]) -> String {
    let mut out = String::new();
    for finding in findings {
        // writing to a string always succeeds
        let _ = one(&mut out, sources, finding);
    }
    out
}

fn one(out: &mut String, sources: &Sources, finding: &Finding) -> std::fmt::Result {
    if let Some(place) = &finding.place {
        write!(out, "{}: ", position(sources, place))?;
    }
    let message = one_line(&finding.message);
    writeln!(out, "{}[{} {}]: {message}", gravity(finding), finding.code.id(), finding.code.name())?;
    if let Some(place) = finding.place.as_ref().filter(|place| !place.label.is_empty()) {
        writeln!(out, "  here: {}", one_line(&place.label))?;
    }
    for place in &finding.others {
        writeln!(out, "  {}: {}", position(sources, place), one_line(&place.label))?;
    }
    let below = [
        ("why", &finding.why),
        ("help", &finding.help),
        ("try", &finding.witness),
        ("excused because", &finding.excused),
    ];
    for (name, text) in below {
        if let Some(text) = text {
            // whoever reads line by line tells by the indent what goes on
            writeln!(out, "  {name}: {}", visible(text).replace('\n', "\n    "))?;
        }
    }
    Ok(())
}

/// `path:line:column`.
pub(super) fn position(sources: &Sources, place: &Place) -> String {
    let file = sources.file(place.span.file);
    let (line, column) = file.line_column(place.span.start);
    format!("{}:{line}:{column}", one_line(&file.path))
}
