//! `forseti check`: everything that is wrong with the law.

use clap::Args;

use super::Exit;
use super::law::{Compiled, Files};
use super::terminal::{self, Terminal};

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
}

impl Check {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Exit {
        let compiled = Compiled::read(&self.files.paths, self.files.today, true);
        let report = compiled.report(self.files.format, terminal::out_look(self.files.color));
        terminal.print(&report);
        terminal.exit(compiled.exit())
    }
}
