//! `forseti man`: the pages of the manual.

use std::path::PathBuf;

use clap::{Args, CommandFactory};

use super::terminal::{self, Terminal};
use super::{Arguments, Exit};
use crate::write;

/// Write the pages of the manual: one for forseti, one for each of its commands
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  forseti man ~/.local/share/man/man1
  man forseti-check")]
pub(super) struct Manual {
    /// The folder for the pages
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
}

impl Manual {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Exit {
        let written = write::folder(&self.folder).and_then(|()| {
            let fails = |error| write::Failure { path: self.folder.clone(), error };
            clap_mangen::generate_to(Arguments::command(), &self.folder).map_err(fails)
        });
        if let Err(failure) = written {
            terminal::complain(&format!("`{}` cannot be written: {}", failure.path.display(), failure.error));
            return Exit::Trouble;
        }
        terminal.exit(Exit::Fine)
    }
}
