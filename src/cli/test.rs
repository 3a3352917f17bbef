//! `forseti test`: the tests that the law carries.

use std::fmt::Write as _;

use clap::Args;

use super::Exit;
use super::law::{Compiled, Files, Format, json, name_the_law};
use super::terminal::{self, Terminal};
use crate::finding::Finding;
use crate::render::{self, Envelope, Ink, Look, counted_as};
use crate::suite::{self, TestReport};

/// Run the tests that the law carries
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  forseti test                         the tests of the folder `rules`
  forseti test --list                  name each test
  forseti test --format json           for programs")]
pub(super) struct Test {
    #[command(flatten)]
    files: Files,
    /// Name each test and say how it went
    #[arg(long)]
    list: bool,
}

impl Test {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Exit {
        let compiled = Compiled::read(&self.files.paths, None, false);
        if compiled.is_broken() {
            if self.files.format == Format::Human {
                return compiled.refuse(self.files.color, "no test was run");
            }
            terminal.print(&compiled.report(self.files.format, Look::PLAIN));
            return terminal.exit(compiled.exit());
        }
        let tests = suite::run(&compiled.law);
        let mut failures: Vec<Finding> = tests.iter().flat_map(|test| &test.failures).cloned().collect();
        name_the_law(&mut failures, &self.files.paths);
        let look = terminal::out_look(self.files.color);
        let report = match self.files.format {
            Format::Json => json(
                &Envelope::new(&compiled.sources, &failures, compiled.law.rules.len())
                    .with_tests(&compiled.sources, &tests),
            ),
            Format::Plain => render::plain(&compiled.sources, &failures) + &self.lines(&tests, Look::PLAIN),
            Format::Human => render::human(&compiled.sources, &failures, look) + &self.lines(&tests, look),
        };
        terminal.print(&report);
        terminal.exit(if failures.is_empty() { Exit::Fine } else { Exit::Findings })
    }

    /// How each test went, where that was asked for, and how all went.
    fn lines(&self, tests: &[TestReport], look: Look) -> String {
        let mut text = String::new();
        for test in tests.iter().filter(|_| self.list) {
            let how = if test.passed() { look.ink(Ink::Good, "passed") } else { look.ink(Ink::Bad, "failed") };
            let _ = writeln!(text, "{how}  {}", test.title);
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
