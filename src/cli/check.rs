//! `forseti check`: everything that is wrong with the law.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, ValueEnum, value_parser};

use super::Exit;
use super::baseline::BaselineOptions;
use super::case::day;
use super::correct::Corrections;
use super::law::Compiled;
use super::project::Project;
use super::terminal::{self, Color, Terminal};
use super::watch::watch;
use crate::finding::Severity;
use crate::law::Day;
use crate::load;
use crate::render::{Look, Report, ReportFormat};
use crate::resolve::suggest;
use crate::write;

const EXAMPLES: &str = "
Examples:
  forseti check                        the folder `rules`
  forseti check agreement.rules -      a file, and what comes from standard input
  forseti check --format plain | grep conflict
  forseti check --format sarif=check.sarif --format junit=check.xml
                                       two files, and the report for people on the screen
  forseti check --fail-on error        show warnings, and fail on errors alone
  forseti check --diff                 what could be corrected without changing an answer
  forseti explain conflict             what a finding means";

fn formats() -> String {
    let lines = ReportFormat::ALL.iter().map(|(_, name, what)| format!("  {name:<11}{what}\n"));
    "Formats:\n".to_owned() + &lines.collect::<String>() + EXAMPLES
}

/// Find everything that is wrong with the law
#[derive(Debug, Args)]
#[command(after_help = formats())]
pub(super) struct Check {
    /// Files, and folders with `.rules` files; `-` is standard input [default: as in `forseti.toml`, or `rules`]
    #[arg(value_name = "PATHS")]
    paths: Vec<PathBuf>,
    /// How to show what is found, and in which file, where `-` is standard output; may be given several times
    #[arg(long = "format", value_name = "FORMAT[=FILE]")]
    formats: Vec<Wanted>,
    /// Write to this file what would be shown; `-` is standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Whether to write in colour
    #[arg(long, value_enum, default_value_t)]
    color: Color,
    /// How many characters a line has, for people [default: that of the terminal, or 100]
    #[arg(long, value_name = "COLUMNS", value_parser = value_parser!(u16).range(40..=1000))]
    width: Option<u16>,
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

/// A format, and the file in which it is wanted.
#[derive(Clone, Debug)]
struct Wanted {
    format: ReportFormat,
    file: Option<PathBuf>,
}

/// Where each report goes.
struct Outputs {
    /// What is shown.
    shown: Option<ReportFormat>,
    /// What is written to a file.
    files: Vec<(ReportFormat, PathBuf)>,
}

impl FromStr for Wanted {
    type Err = String;

    fn from_str(text: &str) -> Result<Wanted, String> {
        let (name, file) = text.split_once('=').map_or((text, None), |(name, file)| (name, Some(file)));
        let format = ReportFormat::named(name).ok_or_else(|| {
            let names = ReportFormat::ALL.iter().map(|(_, name, _)| *name);
            let near = suggest(name, names.clone()).map(|near| format!("; did you mean `{near}`?"));
            let list = names.collect::<Vec<_>>().join(", ");
            format!("there is no format `{name}`{}; there are {list}", near.unwrap_or_default())
        })?;
        match file {
            Some("") => Err("the name of the file is missing after `=`".to_owned()),
            file => Ok(Wanted { format, file: file.filter(|file| *file != "-").map(PathBuf::from) }),
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
        let watched: Vec<PathBuf> = project.paths.iter().chain(&project.file).cloned().collect();
        Ok(watch(terminal, &watched, |terminal| self.once(terminal).unwrap_or_else(|exit| exit)))
    }

    fn once(&self, terminal: &mut Terminal) -> Result<Exit, Exit> {
        let project = Project::of(&self.paths)?;
        let settings = &project.settings;
        let Outputs { shown, files } = self.outputs(&project)?;
        let day = self.today.or(settings.today).unwrap_or_else(this_day);
        let today = Some(day);
        let fail_on = self.fail_on.map(Severity::from).or(settings.fail_on).unwrap_or(Severity::Warning);
        self.corrections.write(&project, today)?;
        let compiled = match shown {
            Some(ReportFormat::Human) => Compiled::proved(&project, today),
            _ => Compiled::read(&project, today, true),
        };
        let mut compiled = compiled.weighed(settings);
        let baselined = self.baseline.hold(&project, &mut compiled)?;
        let is_stale = baselined.stale.is_some() && fail_on >= Severity::Warning;
        let exit = if is_stale { Exit::Findings } else { baselined.exit };
        let mut exit = exit.max(compiled.exit(fail_on));
        if self.corrections.diff {
            baselined.tell();
            self.corrections.show(terminal, &compiled, today, self.color);
            return Ok(terminal.exit(exit));
        }
        let report = Report { today, fail_on, stale: baselined.stale.as_ref(), ..compiled.report() };
        for (format, path) in files {
            // a file has the width that was asked for, and colour only where it was asked for
            let color = self.color == Color::Always;
            let text = report.write(format, self.wide(Look { color, ..Look::PLAIN }));
            if let Err(failure) = write::make_file(&path, text.as_bytes()) {
                let path = failure.path.display();
                terminal::complain(&format!("`{path}` cannot be written: {}", failure.error));
                exit = Exit::Trouble;
            }
        }
        // who reads nothing but the exit code and standard error learns there why a run failed
        if !matches!(shown, Some(ReportFormat::Human | ReportFormat::Plain | ReportFormat::Concise)) {
            baselined.tell();
        }
        if let Some(format) = shown {
            let text = report.write(format, self.wide(terminal::out_look(self.color)));
            if format == ReportFormat::Github { terminal.print_exactly(&text) } else { terminal.print(&text) }
        }
        Ok(terminal.exit(exit))
    }

    /// What is shown, and what is written to which file. Where the call says nothing about it, the settings do.
    ///
    /// # Errors
    /// Outputs that cannot be together; this was said.
    fn outputs(&self, project: &Project) -> Result<Outputs, Exit> {
        let mut bare = self.formats.iter().filter(|wanted| wanted.file.is_none()).map(|wanted| wanted.format);
        let first = bare.next().unwrap_or_default();
        if let Some(second) = bare.next() {
            let (first, second) = (first.name(), second.name());
            terminal::complain(&format!(
                "`{first}` and `{second}` cannot both be shown; give one of them a file: `--format {second}=FILE`"
            ));
            return Err(Exit::Trouble);
        }
        let named = self.formats.iter().filter_map(|wanted| Some((wanted.format, wanted.file.clone()?)));
        let output = self.output.clone().filter(|path| path.as_os_str() != "-");
        let shown = output.is_none().then_some(first);
        let mut files: Vec<_> = named.chain(output.map(|path| (first, path))).collect();
        let mut paths: Vec<&PathBuf> = files.iter().map(|(_, path)| path).collect();
        paths.sort_unstable();
        if let Some(pair) = paths.windows(2).find(|pair| pair[0] == pair[1]) {
            terminal::complain(&format!("two reports would be written to `{}`", pair[0].display()));
            return Err(Exit::Trouble);
        }
        if self.formats.is_empty() && self.output.is_none() {
            let settled = project.settings.outputs.iter().map(|(format, name)| (*format, project.beside(name)));
            files.extend(settled);
        }
        for (_, path) in &files {
            project.spare(path, "a report")?;
        }
        Ok(Outputs { shown, files })
    }

    fn wide(&self, look: Look) -> Look {
        Look { width: self.width.map_or(look.width, usize::from), ..look }
    }
}

/// The day on which the command runs, in UTC. Only what is due depends on it; no answer and no artifact does.
#[expect(clippy::disallowed_methods, reason = "what is due is due on a day")]
pub(super) fn this_day() -> Day {
    let elapsed = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Day(i32::try_from(elapsed.as_secs() / 86_400).unwrap_or(i32::MAX))
}
