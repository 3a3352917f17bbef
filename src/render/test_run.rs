//! How the tests of the law went, in each of the formats of `test`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::escape::{xml, xml_attribute};
use super::report::{below, relative};
use super::{
    Envelope, Ink, Look, Report, ReportFormat, concise, counted_as, coverage_human, coverage_json, coverage_plain,
    github, human, json, one_line, plain,
};
use crate::law::Law;
use crate::suite::{Coverage, TestReport};

/// What was tested, and how it went.
#[derive(Clone, Debug)]
pub struct TestRun<'r> {
    /// The failures, as findings.
    pub report: Report<'r>,
    /// The law.
    pub law: &'r Law,
    /// The tests, in the order in which they are written.
    pub tests: &'r [TestReport],
    /// What they reach, where that was asked for.
    pub coverage: Option<&'r Coverage>,
    /// Each test is named, and not only those that fail.
    pub names_each: bool,
}

impl TestRun<'_> {
    /// The run in a format. A format that lists findings lists the failures; one that lists tests lists all of them.
    pub fn write(&self, format: ReportFormat, look: Look) -> String {
        let Report { sources, findings, .. } = self.report;
        let coverage = |show: &dyn Fn(&Coverage) -> String| self.coverage.map(show).unwrap_or_default();
        match format {
            ReportFormat::Human => {
                human(sources, findings, look)
                    + &self.lines(look)
                    + &coverage(&|coverage| coverage_human(self.law, sources, coverage, look))
            }
            ReportFormat::Plain => {
                plain(sources, findings)
                    + &self.lines(Look::PLAIN)
                    + &coverage(&|coverage| coverage_plain(self.law, sources, coverage))
            }
            ReportFormat::Json => json(
                &Envelope::new(&self.report)
                    .with_tests(sources, self.tests)
                    .with_coverage(self.coverage.map(|coverage| coverage_json(self.law, sources, coverage))),
            ),
            ReportFormat::Junit => self.junit(),
            ReportFormat::Github => github::report(&self.report) + &self.lines(Look::PLAIN),
            ReportFormat::Concise => concise::report(&self.report) + &self.lines(Look::PLAIN),
            ReportFormat::Sarif | ReportFormat::Gitlab | ReportFormat::Markdown => self.report.write(format, look),
        }
    }

    /// How each test went, where that was asked for, and how all went.
    fn lines(&self, look: Look) -> String {
        let mut text = String::new();
        for test in self.tests.iter().filter(|_| self.names_each) {
            let how = if test.passed() { look.ink(Ink::Good, "passed") } else { look.ink(Ink::Bad, "failed") };
            let _ = writeln!(text, "{how}  {}", one_line(&test.title));
        }
        let failed = self.tests.iter().filter(|test| !test.passed()).count();
        let all = counted_as(self.tests.len(), "test", "tests");
        let _ = match (self.tests.len(), failed) {
            (0, _) => writeln!(text, "the law carries no tests"),
            (1, 0) => writeln!(text, "1 test passed"),
            (_, 0) => writeln!(text, "all {all} passed"),
            _ => writeln!(text, "{failed} of {all} failed"),
        };
        text
    }

    /// A suite for each file and a case for each test, with what failed in it.
    fn junit(&self) -> String {
        let mut suites: BTreeMap<&str, Vec<&TestReport>> = BTreeMap::new();
        for test in self.tests {
            suites.entry(relative(&self.report.sources.file(test.span.file).path)).or_default().push(test);
        }
        let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        let all: Vec<&TestReport> = self.tests.iter().collect();
        let _ = writeln!(text, "<testsuites name=\"forseti test\" {}>", counts(&all));
        for (path, tests) in &suites {
            let _ = writeln!(text, "  <testsuite name=\"{}\" {}>", xml_attribute(path), counts(tests));
            for test in tests {
                self.junit_case(&mut text, path, test);
            }
            text.push_str("  </testsuite>\n");
        }
        text + "</testsuites>\n"
    }

    fn junit_case(&self, out: &mut String, path: &str, test: &TestReport) {
        let path = xml_attribute(path);
        let line = self.report.sources.file(test.span.file).line_column(test.span.start).0;
        let title = xml_attribute(&test.title);
        let _ = write!(
            out,
            "    <testcase name=\"{title}\" classname=\"{path}\" file=\"{path}\" line=\"{line}\" time=\"0\""
        );
        if test.passed() {
            out.push_str("/>\n");
            return;
        }
        out.push_str(">\n");
        // the commands of the report know the law that was read; those of the test do not
        let is_of_test = |finding: &&crate::finding::Finding| {
            test.failures.iter().any(|own| own.place == finding.place && own.message == finding.message)
        };
        for finding in self.report.findings.iter().filter(is_of_test) {
            let label = finding.place.as_ref().map(|place| place.label.as_str()).filter(|label| !label.is_empty());
            let message = label.unwrap_or(&finding.message);
            let lines: Vec<String> = std::iter::once(finding.message.clone()).chain(below(finding)).collect();
            let (message, rest) = (xml_attribute(message), xml(&lines.join("\n")));
            let _ = writeln!(out, "      <failure type=\"test-failed\" message=\"{message}\">{rest}</failure>");
        }
        out.push_str("    </testcase>\n");
    }
}

fn counts(tests: &[&TestReport]) -> String {
    let failures = tests.iter().filter(|test| !test.passed()).count();
    format!("tests=\"{}\" failures=\"{failures}\" errors=\"0\" skipped=\"0\" time=\"0\"", tests.len())
}
