//! `forseti check`: everything that is wrong with the law.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Exit;
use super::baseline::BaselineOptions;
use super::case::day;
use super::correct::Corrections;
use super::law::Compiled;
use super::project::Project;
use super::reports::{Outputs, ReportOptions};
use super::terminal::{self, Terminal};
use super::watch::watch;
use crate::finding::{Severity, Stale};
use crate::law::Day;
use crate::load::{self, Stamp};
use crate::render::{Report, ReportFormat};
use crate::settings;

const EXAMPLES: &str = "Examples:
  forseti check                        the folder `rules`
  forseti check agreement.rules -      a file, and what comes from standard input
  forseti check --stdin-filename rules/agreement.rules < unsaved
                                       the folder, with what an editor has not saved yet
  forseti check --format plain | grep conflict
  forseti check --format sarif=check.sarif --format junit=check.xml
                                       two files, and the report for people on the screen
  forseti check --fail-on error        show warnings, and fail on errors alone
  forseti check --diff                 what could be corrected without changing an answer
  forseti explain conflict             what a finding means";

/// Find everything that is wrong with the law
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Check {
    /// Files, and folders with `.rules` files; `-` is standard input [default: as in `forseti.toml`, or `rules`]
    #[arg(value_name = "PATHS")]
    paths: Vec<PathBuf>,
    /// Standard input is what this file holds, saved or not; all other files are read as they are
    #[arg(long, value_name = "FILE", conflicts_with_all = ["fix", "watch"])]
    stdin_filename: Option<PathBuf>,
    #[command(flatten)]
    reports: ReportOptions,
    /// The day as of which sources are due and excuses expire [default: as in `forseti.toml`, or today, in UTC]
    #[arg(long, value_name = "DATE", value_parser = day)]
    today: Option<Day>,
    /// Fail on what is at least that grave [default: as in `forseti.toml`, or `warning`]
    #[arg(long, value_enum, value_name = "SEVERITY")]
    fail_on: Option<FailOn>,
    #[command(flatten)]
    baseline: BaselineOptions,
    #[command(flatten)]
    corrections: Corrections,
    /// Check again whenever a file changes, until it is interrupted
    #[arg(long, conflicts_with_all = ["fix", "diff"])]
    watch: bool,
}

/// From which severity on a finding lets the command fail.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum FailOn {
    /// What keeps the law from being compiled
    Error,
    /// Also what somebody should correct
    Warning,
    /// Also what is only to be known
    Note,
}

impl From<FailOn> for Severity {
    fn from(fail_on: FailOn) -> Severity {
        match fail_on {
            FailOn::Error => Severity::Error,
            FailOn::Warning => Severity::Warning,
            FailOn::Note => Severity::Note,
        }
    }
}

impl Check {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Result<Exit, Exit> {
        if self.watch { self.again_and_again(terminal) } else { self.once(terminal) }
    }

    fn again_and_again(&self, terminal: &mut Terminal) -> Result<Exit, Exit> {
        let project = Project::of(&self.paths)?;
        if project.paths.iter().any(|path| path.as_os_str() == "-") {
            terminal::complain("standard input is read once; `--watch` needs files");
            return Err(Exit::Trouble);
        }
        if project.paths.iter().any(|path| load::is_revision(path)) {
            terminal::complain("a revision does not change; `--watch` needs files");
            return Err(Exit::Trouble);
        }
        self.outputs(&project)?;
        drop(project);
        let watched = || self.watched();
        Ok(watch(terminal, watched, |terminal| self.once(terminal).unwrap_or_else(|exit| exit)))
    }

    /// What a check depends on: the law, the settings above it wherever they may come to lie, and the baseline.
    fn watched(&self) -> Vec<Stamp> {
        let project = Project::read(&self.paths).unwrap_or_else(|_| Project::bare(self.paths.clone()));
        // settings in which somebody is writing just now name nothing
        let law = if project.paths.is_empty() { Project::default_law() } else { project.paths.clone() };
        let mut stamps = load::stamps(&law);
        let above = load::settings::nearest(&self.paths, settings::FILE).into_iter();
        let settings = above.chain(load::settings::nearest(&law, settings::FILE)).chain(project.file.clone());
        let settled = || project.settings.baseline.as_ref().map(|name| project.beside(name));
        let beside: BTreeSet<PathBuf> = settings.chain(self.baseline.file().or_else(settled)).collect();
        stamps.extend(load::stamps(&Vec::from_iter(beside)));
        stamps
    }

    fn once(&self, terminal: &mut Terminal) -> Result<Exit, Exit> {
        let project = Project::with_input(&self.paths, self.stdin_filename.as_deref())?;
        let settings = &project.settings;
        let outputs = self.outputs(&project)?;
        let day = self.today.or(settings.today).unwrap_or_else(this_day);
        let today = Some(day);
        let fail_on = self.fail_on.map(Severity::from).or(settings.fail_on).unwrap_or(Severity::Warning);
        self.corrections.write(&project, today)?;
        let compiled = match outputs.shown {
            Some(ReportFormat::Human) => Compiled::proved(&project, today),
            _ => Compiled::read(&project, today, true),
        };
        let mut compiled = compiled.weighed(&project);
        let baselined = self.baseline.hold(&project, &mut compiled)?;
        let is_stale = baselined.stale.is_some() && fail_on >= Severity::Warning;
        let exit = if is_stale { Exit::Findings } else { baselined.exit };
        let mut exit = exit.max(compiled.exit(fail_on));
        if self.corrections.diff {
            baselined.tell();
            self.corrections.show(terminal, &compiled, today, self.reports.color);
            return Ok(terminal.exit(exit));
        }
        // who reads nothing but the exit code and standard error learns there why a run failed
        if !matches!(outputs.shown, Some(ReportFormat::Human | ReportFormat::Plain | ReportFormat::Concise)) {
            baselined.tell();
        }
        let stale = baselined.stale.map(|stale| Stale { file: self.reports.placed(&stale.file), ..stale });
        compiled.sources = self.reports.place(compiled.sources);
        let report = Report { today, fail_on, stale: stale.as_ref(), ..compiled.report() };
        if let Err(failed) = self.reports.write(terminal, &outputs, |format, look| report.write(format, look)) {
            exit = failed;
        }
        Ok(terminal.exit(exit))
    }

    /// Where the reports go: as the call says, or as the settings say.
    fn outputs(&self, project: &Project) -> Result<Outputs, Exit> {
        self.reports.outputs(project, || {
            let settled = project.settings.outputs.iter().map(|(format, name)| {
                let path = project.to_read(name)?;
                project.to_write(&path, "a report", |held| format.is_one(held))?;
                Ok((*format, path))
            });
            settled.collect()
        })
    }
}

/// The day on which the command runs, in UTC. Only what is due depends on it; no answer and no artifact does.
#[expect(clippy::disallowed_methods, reason = "what is due is due on a day")]
pub(super) fn this_day() -> Day {
    let elapsed = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Day(i32::try_from(elapsed.as_secs() / 86_400).unwrap_or(i32::MAX))
}
