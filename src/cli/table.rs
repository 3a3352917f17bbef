//! `forseti table`: the answers to one question over all cases.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Exit;
use super::ask::misused;
use super::case::{Fault, SliceOptions};
use super::law::Compiled;
use super::project::Project;
use super::question::Question;
use super::terminal::{Color, Terminal};
use crate::law;
use crate::proof::table;
use crate::render::{self, TableJson};
use crate::words;

/// How a table is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Human,
    /// A Markdown table
    Markdown,
    /// One object for programs
    Json,
    /// Comma-separated values
    Csv,
}

/// Show the answers to one question over all cases
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  forseti table \"languages for request\" --matter transfer --on 2026-01-15
  forseti table \"authority to receive\" --matter transfer --to Norway --format markdown
  forseti table channel --matter assistance --from DK --to NO --format csv
  forseti table \"deadline appeal\" --in Norway

Each row holds for all cases that it names. No two rows share a case, and no row can be left out.")]
pub(super) struct Table {
    /// The question, as a rule words it: `authority to receive`, `languages for documents`
    #[arg(required = true, value_name = "QUESTION")]
    question: Vec<String>,
    #[command(flatten)]
    slice: SliceOptions,
    /// The law: a file or a folder; can be given several times [default: as in `forseti.toml`, or `rules`]
    #[arg(long, value_name = "PATH")]
    rules: Vec<PathBuf>,
    /// How to show the table
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Whether to write in colour
    #[arg(long, value_enum, default_value_t)]
    color: Color,
}

impl Table {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Result<Exit, Exit> {
        let project = Project::of(&self.rules)?;
        let mut compiled = Compiled::read(&project, None, false);
        if compiled.is_broken() {
            return Err(compiled.refuse(self.color, "no table is made"));
        }
        let shown = self.shown(&mut compiled);
        terminal.print(&shown.map_err(|fault| misused(&compiled, &fault, self.color))?);
        Ok(terminal.exit(Exit::Fine))
    }

    fn shown(&self, compiled: &mut Compiled) -> Result<String, Fault> {
        let text = self.question.join(" ");
        let question = Question::read(&compiled.law, &mut compiled.sources, &text)?;
        let law = &compiled.law;
        let (matter, slice) = self.slice.put(law, &question)?;
        let head = question.head(law, matter)?;
        let asked = law::Question { matter, head };
        let table = table(law, asked, slice).map_err(|large| {
            let countries = if law[matter].between_countries { "`--from`, `--to`" } else { "`--in`" };
            Fault::call(large, format!("give {countries} or `--on` to see a part of it"))
        })?;
        Ok(match self.format {
            Format::Human => render::table_human(law, asked, &table),
            Format::Markdown => render::table_markdown(law, asked, &table),
            Format::Csv => render::table_csv(law, head, &table),
            Format::Json => render::json(&TableJson {
                schema_version: 1,
                question: words::question(law, head),
                matter: law[matter].name.clone(),
                rows: render::table_rows(law, head, &table),
            }),
        })
    }
}
