//! `forseti test`: the tests that the law carries.

use std::fmt::Write as _;

use clap::{Args, value_parser};

use super::Exit;
use super::law::{Compiled, Files, Format, name_the_law};
use super::project::Project;
use super::terminal::{self, Terminal};
use crate::finding::{Finding, Severity};
use crate::render::{self, Envelope, Ink, Look, Report, counted_as, one_line};
use crate::suite::{self, Coverage, TestReport};

/// Run the tests that the law carries
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  forseti test                         the tests of the folder `rules`
  forseti test --list                  name each test
  forseti test --coverage              what no test reaches
  forseti test --min-coverage 100      fail if a test is missing
  forseti test --format json           for programs")]
pub(super) struct Test {
    #[command(flatten)]
    files: Files,
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
        let project = Project::of(&self.files.paths)?;
        let compiled = Compiled::read(&project, None, false);
        if compiled.is_broken() {
            if self.files.format == Format::Human {
                return Err(compiled.refuse(self.files.color, "no test was run"));
            }
            terminal.print(&compiled.report().write(self.files.format.into(), Look::PLAIN));
            return Err(terminal.exit(compiled.exit(Severity::Warning)));
        }
        let tests = suite::run(&compiled.law);
        let mut failures: Vec<Finding> = tests.iter().flat_map(|test| &test.failures).cloned().collect();
        name_the_law(&mut failures, &project);
        let (law, sources) = (&compiled.law, &compiled.sources);
        let wanted = self.coverage || self.min_coverage.is_some();
        let coverage = wanted.then(|| suite::coverage(law, &tests));
        let look = terminal::out_look(self.files.color);
        let shown = |show: &dyn Fn(&Coverage) -> String| coverage.as_ref().map(show).unwrap_or_default();
        let report = match self.files.format {
            Format::Json => render::json(
                &Envelope::new(&Report::new(sources, &failures, law.rules.len()))
                    .with_tests(sources, &tests)
                    .with_coverage(coverage.as_ref().map(|coverage| render::coverage_json(law, sources, coverage))),
            ),
            Format::Plain => {
                render::plain(sources, &failures)
                    + &self.lines(&tests, Look::PLAIN)
                    + &shown(&|coverage| render::coverage_plain(law, sources, coverage))
            }
            Format::Human => {
                render::human(sources, &failures, look)
                    + &self.lines(&tests, look)
                    + &shown(&|coverage| render::coverage_human(law, sources, coverage, look))
            }
        };
        terminal.print(&report);
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

    /// How each test went, where that was asked for, and how all went.
    fn lines(&self, tests: &[TestReport], look: Look) -> String {
        let mut text = String::new();
        for test in tests.iter().filter(|_| self.list) {
            let how = if test.passed() { look.ink(Ink::Good, "passed") } else { look.ink(Ink::Bad, "failed") };
            let _ = writeln!(text, "{how}  {}", one_line(&test.title));
        }
        let failed = tests.iter().filter(|test| !test.passed()).count();
        let all = counted_as(tests.len(), "test", "tests");
        let _ = match (tests.len(), failed) {
            (0, _) => writeln!(text, "the law carries no tests"),
            (1, 0) => writeln!(text, "1 test passed"),
            (_, 0) => writeln!(text, "all {all} passed"),
            _ => writeln!(text, "{failed} of {all} failed"),
        };
        text
    }
}
