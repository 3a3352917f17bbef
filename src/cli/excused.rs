//! `forseti excused`: what the law spares from its checks.

use std::path::PathBuf;

use clap::Args;

use super::Exit;
use super::baseline::{BaselineOptions, keeps_from_proving};
use super::case::day;
use super::check::this_day;
use super::law::Compiled;
use super::project::Project;
use super::terminal::{self, Color, PageFormat, Terminal};
use crate::check::judged;
use crate::finding::{Code, Finding, Severity};
use crate::law::Day;
use crate::render::{self, SparedReport};

/// Show what is excused and why, what the baseline holds back, and what the settings make less grave
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  forseti excused                              what an auditor reads
  forseti excused --format markdown > excuses.md
  forseti excused --today 2027-01-01           which excuses will have ended by then

The exit code is 0 whatever is excused. With errors in the law the list may be incomplete, and it is 1.")]
pub(super) struct Excused {
    /// Files, and folders with `.rules` files; `-` is standard input [default: as in `forseti.toml`, or `rules`]
    #[arg(value_name = "PATHS")]
    paths: Vec<PathBuf>,
    /// How to show it
    #[arg(long, value_enum, default_value_t)]
    format: PageFormat,
    /// The day as of which excuses have ended or not [default: as in `forseti.toml`, or today, in UTC]
    #[arg(long, value_name = "DATE", value_parser = day)]
    today: Option<Day>,
    /// Show also what this file holds back [default: as in `forseti.toml`]
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Whether to write in colour
    #[arg(long, value_enum, default_value_t)]
    color: Color,
}

impl Excused {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Result<Exit, Exit> {
        let project = Project::of(&self.paths)?;
        let today = self.today.or(project.settings.today).unwrap_or_else(this_day);
        let mut compiled = Compiled::read(&project, Some(today), true);
        BaselineOptions::reading(self.baseline.clone()).hold(&project, &mut compiled)?.tell();
        let Compiled { sources, law, findings } = &compiled;
        let held: Vec<&Finding> = findings.iter().filter(|finding| finding.held).collect();
        let excuses = judged(law, findings, Some(today));
        let lowered: Vec<(Code, Severity)> = project.settings.lowered().collect();
        let report = SparedReport { sources, today, excuses: &excuses, held: &held, lowered: &lowered };
        terminal.print(&match self.format {
            PageFormat::Human => render::spared_human(report, terminal::out_look(self.color)),
            PageFormat::Markdown => render::spared_markdown(report),
            PageFormat::Json => render::json(&render::spared_json(report)),
        });
        let is_known = !findings.iter().any(keeps_from_proving);
        Ok(terminal.exit(if is_known { Exit::Fine } else { compiled.refuse(self.color, "the list may be incomplete") }))
    }
}
