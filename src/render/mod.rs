//! What is shown: findings and outcomes, each for people and for programs. One file for each format; nothing here
//! decides anything.

mod catalogue;
mod concise;
mod difference;
mod drift;
mod escape;
mod excerpt;
mod excused;
mod extent;
mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod known;
mod markdown;
mod office;
mod outcome;
mod outcome_json;
mod patch;
mod plain;
mod reply;
mod report;
mod sarif;
mod schema;
mod stale;
mod style;
mod table;
mod test_run;
mod tested;

pub use catalogue::{CatalogueJson, CodeJson, code_human, code_markdown, codes_human, codes_json, codes_markdown};
pub use difference::{
    DifferenceJson, DifferenceReport, approvals as difference_approvals, github as difference_github,
    human as difference_human, json as difference_json, markdown as difference_markdown, sarif as difference_sarif,
    schema as difference_schema,
};
pub use drift::{Drift, DriftJson, human as drift_human, is_to_review, json as drift_json};
pub(crate) use escape::{json, on_screen, one_line, visible, visible_char};
pub use excused::{SparedJson, SparedReport, human as spared_human, json as spared_json, markdown as spared_markdown};
pub use extent::{ExtentsJson, human as extents_human, json as extents_json, markdown as extents_markdown};
pub use human::findings as human;
pub use json::{Envelope, TestJson};
pub use outcome::outcome;
pub use outcome_json::{ReplyJson, outcome as outcome_json};
pub use patch::patch;
pub use plain::findings as plain;
pub use reply::{CaseWords, Reply, ReplyKind};
pub use report::{Report, ReportFormat};
pub use schema::report_schema;
pub use stale::human as stale_human;
pub use style::{Ink, Look};
pub use table::{
    RowWords, TableJson, csv as table_csv, human as table_human, markdown as table_markdown, rows as table_rows,
};
pub use test_run::TestRun;
pub use tested::{CoverageJson, human as coverage_human, json as coverage_json, plain as coverage_plain};

use crate::finding::{Finding, Severity};

/// How many findings there are of each kind; those that are excused or held back by the baseline are counted apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[allow(missing_docs, reason = "each field is the count of that name")]
pub struct Counts {
    pub errors: usize,
    pub warnings: usize,
    pub notes: usize,
    pub excused: usize,
    pub held: usize,
}

impl Counts {
    /// Counts findings.
    pub fn of(findings: &[Finding]) -> Counts {
        let mut counts = Counts::default();
        for finding in findings {
            *match finding.severity {
                _ if finding.excused.is_some() => &mut counts.excused,
                _ if finding.held => &mut counts.held,
                Severity::Error => &mut counts.errors,
                Severity::Warning => &mut counts.warnings,
                Severity::Note => &mut counts.notes,
            } += 1;
        }
        counts
    }

    /// `3 errors, 1 warning and 2 excused`; `no findings` where there is nothing.
    pub fn sentence(self) -> String {
        let open =
            [(self.errors, "error", "errors"), (self.warnings, "warning", "warnings"), (self.notes, "note", "notes")];
        let parts = [counted(&open), self.spared()];
        let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        if parts.is_empty() { "no findings".to_owned() } else { parts.join(", ") }
    }

    /// `2 excused, 1 held back`; nothing where there are none.
    pub(crate) fn spared(self) -> String {
        counted(&[(self.excused, "excused", "excused"), (self.held, "held back", "held back")])
    }
}

/// Those of which there are any, after each other.
fn counted(counts: &[(usize, &str, &str)]) -> String {
    let there = counts.iter().filter(|(count, ..)| *count > 0);
    there.map(|(count, one, many)| counted_as(*count, one, many)).collect::<Vec<_>>().join(", ")
}

/// `1 file`, `1,234 files`.
pub fn counted_as(count: usize, one: &str, many: &str) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    format!("{text} {}", if count == 1 { one } else { many })
}

/// How grave a finding is, or that somebody spared it.
pub(crate) fn gravity(finding: &Finding) -> &'static str {
    match finding.severity {
        _ if finding.excused.is_some() => "excused",
        _ if finding.held => "held back",
        severity => severity.word(),
    }
}

#[cfg(test)]
mod tests {
    use super::counted_as;

    #[test]
    fn counts_read_well() {
        assert_eq!(counted_as(1, "file", "files"), "1 file");
        assert_eq!(counted_as(0, "file", "files"), "0 files");
        assert_eq!(counted_as(1_234_567, "rule", "rules"), "1,234,567 rules");
    }
}
