//! `forseti test`: the tests that the law carries.

use std::path::PathBuf;

use clap::{Args, value_parser};

use super::Exit;
use super::law::{Compiled, name_the_law};
use super::project::Project;
use super::reports::ReportOptions;
use super::terminal::{self, Terminal};
use crate::finding::{Finding, Severity};
use crate::render::{Report, ReportFormat, TestRun};
use crate::suite::{self, Coverage};

const EXAMPLES: &str = "Examples:
  forseti test                         the tests of the folder `rules`
  forseti test --list                  name each test
  forseti test --coverage              what no test reaches
  forseti test --min-coverage 100      fail if a test is missing
  forseti test --format junit=test.xml a report for a server, and the one for people on the screen";

/// Run the tests that the law carries
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Test {
    /// Files, and folders with `.rules` files; `-` is standard input [default: as in `forseti.toml`, or `rules`]
    #[arg(value_name = "PATHS")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    reports: ReportOptions,
    /// Name each test and say how it went
    #[arg(long)]
    list: bool,
    /// Say which rules and branches no test reaches
    #[arg(long)]
    coverage: bool,
    /// Fail if the tests reach a smaller share of the law; says what they do not reach
    #[arg(long, value_name = "PERCENT", value_parser = value_parser!(u8).range(0..=100))]
    min_coverage: Option<u8>,
}

impl Test {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Result<Exit, Exit> {
        let project = Project::of(&self.paths)?;
        let outputs = self.reports.outputs(&project, || Ok(Vec::new()))?;
        let mut compiled = Compiled::read(&project, None, false);
        if compiled.is_broken() {
            if outputs.shown == Some(ReportFormat::Human) {
                return Err(compiled.refuse(self.reports.color, "no test was run"));
            }
            compiled.sources = self.reports.place(compiled.sources);
            let report = compiled.report();
            self.reports.write(terminal, &outputs, |format, look| report.write(format, look))?;
            return Err(terminal.exit(compiled.exit(Severity::Warning)));
        }
        let tests = suite::run(&compiled.law);
        let mut failures: Vec<Finding> = tests.iter().flat_map(|test| &test.failures).cloned().collect();
        name_the_law(&mut failures, &project);
        compiled.sources = self.reports.place(compiled.sources);
        let (law, sources) = (&compiled.law, &compiled.sources);
        let wanted = self.coverage || self.min_coverage.is_some();
        let coverage = wanted.then(|| suite::coverage(law, &tests));
        let report = Report::new(sources, &failures, law.rules.len());
        let run = TestRun { report, law, tests: &tests, coverage: coverage.as_ref(), names_each: self.list };
        self.reports.write(terminal, &outputs, |format, look| run.write(format, look))?;
        let enough = self.enough(coverage.as_ref());
        Ok(terminal.exit(if failures.is_empty() && enough { Exit::Fine } else { Exit::Findings }))
    }

    /// Says on standard error if the tests reach less than was asked for.
    fn enough(&self, coverage: Option<&Coverage>) -> bool {
        let (Some(least), Some(coverage)) = (self.min_coverage, coverage) else { return true };
        let tally = coverage.tally();
        let enough = tally.reached * 100 >= usize::from(least) * tally.parts;
        if !enough {
            terminal::complain(&format!("the tests reach {} %, and {least} % is asked for", tally.percent()));
        }
        enough
    }
}
