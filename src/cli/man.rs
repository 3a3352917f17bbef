//! `forseti man`: the pages of the manual.

use std::path::PathBuf;

use clap::{Args, Command, CommandFactory};
use clap_mangen::Man;

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

/// The history of the versions, each headed by its number and its day.
const CHANGES: &str = include_str!("../../CHANGELOG.md");

impl Manual {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Exit {
        let mut command = Arguments::command();
        command.build();
        for (name, page) in pages(&command) {
            let path = self.folder.join(name);
            if let Err(failure) = write::make_file(&path, page.as_bytes()) {
                terminal::complain(&format!("`{}` cannot be written: {}", failure.path.display(), failure.error));
                return Exit::Trouble;
            }
        }
        terminal.exit(Exit::Fine)
    }
}

/// A page for a command and for each below it, with the names of their files.
fn pages(command: &Command) -> Vec<(String, String)> {
    let page = Man::new(command.clone())
        .date(released())
        .source(format!("forseti {}", env!("CARGO_PKG_VERSION")))
        .manual("Forseti");
    let mut text = Vec::new();
    // writing to memory always succeeds
    let _ = page.render(&mut text);
    let own = (page.get_filename(), String::from_utf8_lossy(&text).into_owned());
    let below = command.get_subcommands().filter(|below| below.get_name() != "help" && !below.is_hide_set());
    std::iter::once(own).chain(below.flat_map(pages)).collect()
}

/// The day of this version.
fn released() -> &'static str {
    let heads = CHANGES.lines().filter_map(|line| line.strip_prefix("## "));
    let own =
        heads.filter_map(|head| head.split_once(" - ")).find(|(version, _)| *version == env!("CARGO_PKG_VERSION"));
    own.and_then(|(_, day)| day.split([' ', ',']).next()).unwrap_or("")
}
