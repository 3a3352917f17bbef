//! `forseti check`: everything that is wrong with the law.

use clap::Args;

use super::Exit;
use super::case::day;
use super::law::{Compiled, Files};
use super::terminal::{self, Terminal};
use crate::law::Day;

/// Find everything that is wrong with the law
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  forseti check                        the folder `rules`
  forseti check agreement.rules -      a file, and what comes from standard input
  forseti check --format plain | grep conflict
  forseti explain conflict             what a finding means")]
pub(super) struct Check {
    #[command(flatten)]
    files: Files,
    /// The day on which sources are due and excuses expire [default: today, in UTC]
    #[arg(long, value_name = "DATE", value_parser = day)]
    today: Option<Day>,
}

impl Check {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Exit {
        let compiled = Compiled::read(&self.files.paths, Some(self.today.unwrap_or_else(this_day)), true);
        let report = compiled.report(self.files.format, terminal::out_look(self.files.color));
        terminal.print(&report);
        terminal.exit(compiled.exit())
    }
}

/// The day on which the command runs, in UTC. Only what is due depends on it; no answer and no artifact does.
#[expect(clippy::disallowed_methods, reason = "what is due is due on a day")]
fn this_day() -> Day {
    let elapsed = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Day(i32::try_from(elapsed.as_secs() / 86_400).unwrap_or(i32::MAX))
}
