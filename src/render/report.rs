//! A report: what was found in a body of law, in each of the formats of `check`.

use super::escape::json;
use super::{Counts, Envelope, Look, concise, counted_as, github, gitlab, human, junit, markdown, plain, sarif, stale};
use crate::finding::{Finding, Severity, Stale, fingerprints};
use crate::law::Day;
use crate::source::Sources;

/// What was found.
#[derive(Clone, Debug)]
pub struct Report<'r> {
    /// The files.
    pub sources: &'r Sources,
    /// The findings, in the order in which they are shown.
    pub findings: &'r [Finding],
    /// Their fingerprints, in the same order.
    pub fingerprints: Vec<String>,
    /// How many rules the law has.
    pub rules: usize,
    /// The day as of which sources are due and excuses expire; none: nothing depends on a day.
    pub today: Option<Day>,
    /// What is as grave as this lets `check` fail.
    pub fail_on: Severity,
    /// What the baseline held back and is no longer there, if there is such a thing.
    pub stale: Option<&'r Stale>,
}

/// How a report is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each variant is the format of that name")]
pub enum ReportFormat {
    #[default]
    Human,
    Plain,
    Concise,
    Json,
    Sarif,
    Github,
    Gitlab,
    Junit,
    Markdown,
}

impl ReportFormat {
    /// All formats with what each is for.
    pub const ALL: [(ReportFormat, &'static str, &'static str); 9] = [
        (ReportFormat::Human, "human", "with the lines of the files"),
        (ReportFormat::Plain, "plain", "line by line, to be searched or read aloud"),
        (ReportFormat::Concise, "concise", "one line each"),
        (ReportFormat::Json, "json", "one object for programs"),
        (ReportFormat::Sarif, "sarif", "SARIF 2.1.0, for GitHub code scanning and others"),
        (ReportFormat::Github, "github", "annotations in a run of GitHub Actions"),
        (ReportFormat::Gitlab, "gitlab", "a report of code quality for GitLab"),
        (ReportFormat::Junit, "junit", "JUnit XML, for servers that show tests"),
        (ReportFormat::Markdown, "markdown", "a comment to a merge request"),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        ReportFormat::ALL.iter().find(|(format, ..)| *format == self).map_or("human", |(_, name, _)| name)
    }

    /// The format of that name.
    pub fn named(name: &str) -> Option<ReportFormat> {
        ReportFormat::ALL.iter().find(|(_, own, _)| *own == name).map(|(format, ..)| *format)
    }
}

impl<'r> Report<'r> {
    /// The findings in a law of so many rules, of which warnings count.
    pub fn new(sources: &'r Sources, findings: &'r [Finding], rules: usize) -> Report<'r> {
        let fingerprints = fingerprints(sources, findings);
        Report { sources, findings, fingerprints, rules, today: None, fail_on: Severity::Warning, stale: None }
    }

    /// The report in a format. Only one for people looks at how it is to look.
    pub fn write(&self, format: ReportFormat, look: Look) -> String {
        match format {
            ReportFormat::Human => {
                let stale = self.stale.map(|stale| stale::human(stale, look) + "\n").unwrap_or_default();
                human(self.sources, self.findings, look) + &stale + &self.last_line()
            }
            ReportFormat::Plain => {
                let stale = self.stale.map(|stale| stale::human(stale, Look::PLAIN)).unwrap_or_default();
                plain(self.sources, self.findings) + &stale + &self.last_line()
            }
            ReportFormat::Concise => concise::report(self) + &self.last_line(),
            ReportFormat::Json => json(&Envelope::new(self)),
            ReportFormat::Sarif => json(&sarif::report(self)),
            ReportFormat::Github => github::report(self),
            ReportFormat::Gitlab => json(&gitlab::report(self)),
            ReportFormat::Junit => junit::report(self),
            ReportFormat::Markdown => markdown::report(self),
        }
    }

    /// The finding lets `check` fail.
    pub(super) fn counts(&self, finding: &Finding) -> bool {
        finding.counts(self.fail_on)
    }

    /// What is stale in the baseline lets `check` fail, as a warning does.
    pub(super) fn stale_counts(&self) -> bool {
        self.fail_on >= Severity::Warning
    }

    /// `no findings in 7 files, 214 rules, as of 2026-11-24`.
    pub fn summary(&self) -> String {
        let files = counted_as(self.sources.iter().count(), "file", "files");
        let rules = counted_as(self.rules, "rule", "rules");
        let day = self.today.map(|day| format!(", as of {day}")).unwrap_or_default();
        let stale = self.stale.map(|stale| format!("; {}", stale::counted(stale))).unwrap_or_default();
        format!("{} in {files}, {rules}{day}{stale}", Counts::of(self.findings).sentence())
    }

    fn last_line(&self) -> String {
        let is_fixed = |(finding, _): &(&Finding, &str)| finding.fix.as_ref().is_some_and(|fix| fix.is_safe);
        let fixes = match self.open().filter(is_fixed).count() {
            0 => String::new(),
            count => format!("{}; --diff shows it\n", counted_as(count, "has a fix", "have a fix")),
        };
        self.summary() + "\n" + &fixes
    }

    /// The findings that are neither excused nor held back, each with its fingerprint.
    pub(super) fn open(&self) -> impl Iterator<Item = (&'r Finding, &str)> {
        let known = self.findings.iter().zip(self.fingerprints.iter().map(String::as_str));
        known.filter(|(finding, _)| finding.is_open())
    }
}

/// A path as other programs want it: from the folder of the run, without `./`.
pub(super) fn relative(path: &str) -> &str {
    path.strip_prefix("./").unwrap_or(path)
}

/// What belongs to a finding beside its message, a line each.
pub(super) fn below(finding: &Finding) -> impl Iterator<Item = String> {
    let label = finding.place.as_ref().map(|place| place.label.clone()).filter(|label| !label.is_empty());
    let lines = [
        ("here", label),
        ("why", finding.why.clone()),
        ("help", finding.help.clone()),
        ("try", finding.witness.clone()),
    ];
    lines.into_iter().filter_map(|(name, text)| Some(format!("{name}: {}", super::visible(&text?))))
}
