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
use crate::resolve::{normal, suggest};
use crate::suite::{self, Coverage, TestReport};
use crate::words;

const EXAMPLES: &str = "Examples:
  forseti test                         the tests of the folder `rules`
  forseti test --list                  name each test
  forseti test --name \"in Norway\"     only the tests with these words in their title
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
    /// Run only the tests whose title has these words, whatever their case. Can be given several times
    #[arg(long = "name", value_name = "WORDS", conflicts_with_all = ["coverage", "min_coverage"])]
    names: Vec<String>,
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
        let (tests, left_out): (Vec<TestReport>, Vec<TestReport>) =
            suite::run(&compiled.law).into_iter().partition(|test| self.is_wanted(&test.title));
        if tests.is_empty() && !left_out.is_empty() {
            return Err(self.none_is_called_so(&left_out));
        }
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

    fn is_wanted(&self, title: &str) -> bool {
        let title = normal(title).to_lowercase();
        self.names.is_empty() || self.names.iter().any(|words| title.contains(&normal(words).to_lowercase()))
    }

    /// Says on standard error that no test is called so: a slip must not pass for a success.
    fn none_is_called_so(&self, tests: &[TestReport]) -> Exit {
        let names = words::either(self.names.iter().map(|name| words::quoted(name)));
        terminal::complain(&format!("no test has {names} in its title"));
        let wanted = self.names.first().map_or("", String::as_str);
        terminal::hint(&match suggest(wanted, tests.iter().map(|test| test.title.as_str())) {
            Some(near) => format!("did you mean {}?", words::quoted(near)),
            None => "`forseti test --list` names all tests".to_owned(),
        });
        Exit::Trouble
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
