//! `forseti coverage`: how much of each text stands in the files.

use std::path::PathBuf;

use clap::Args;

use super::Exit;
use super::law::Compiled;
use super::project::Project;
use super::terminal::{self, Color, PageFormat, Terminal};
use crate::coverage::coverage;
use crate::render;

/// Show how much of each text is encoded, left out, not held, or missing
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  forseti coverage                          what stands in the folder `rules`
  forseti coverage --format markdown        as tables, for a document

An instrument says by `consists of` which articles it has; of others nothing can be missing. Ends with
exit code 1 if something is. What the tests reach is shown by `forseti test --coverage`.")]
pub(super) struct Coverage {
    /// Files, and folders with `.rules` files [default: as in `forseti.toml`, or `rules`]
    #[arg(value_name = "PATHS")]
    paths: Vec<PathBuf>,
    /// How to show it
    #[arg(long, value_enum, default_value_t)]
    format: PageFormat,
    /// Whether to write in colour
    #[arg(long, value_enum, default_value_t)]
    color: Color,
}

impl Coverage {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Result<Exit, Exit> {
        let project = Project::of(&self.paths)?;
        let compiled = Compiled::read(&project, None, false);
        if compiled.is_broken() {
            return Err(compiled.refuse(self.color, "nothing is measured"));
        }
        let law = &compiled.law;
        let extents = coverage(law);
        terminal.print(&match self.format {
            PageFormat::Human => render::extents_human(law, &extents, terminal::out_look(self.color)),
            PageFormat::Markdown => render::extents_markdown(law, &extents),
            PageFormat::Json => render::json(&render::extents_json(law, &extents)),
        });
        let missing = extents.iter().any(|extent| extent.missing().next().is_some());
        Ok(terminal.exit(if missing { Exit::Findings } else { Exit::Fine }))
    }
}
