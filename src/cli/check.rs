//! `forseti check`: everything that is wrong with the law.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::{Args, value_parser};

use super::Exit;
use super::case::day;
use super::correct::Corrections;
use super::law::{Compiled, DEFAULT_LAW};
use super::terminal::{self, Color, Terminal};
use super::watch::watch;
use crate::law::Day;
use crate::render::{Look, ReportFormat};
use crate::resolve::suggest;
use crate::write;

const EXAMPLES: &str = "
Examples:
  forseti check                        the folder `rules`
  forseti check agreement.rules -      a file, and what comes from standard input
  forseti check --format plain | grep conflict
  forseti check --format sarif=check.sarif --format junit=check.xml
                                       two files, and the report for people on the screen
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
    /// Files, and folders with `.rules` files; `-` is standard input
    #[arg(value_name = "PATHS", default_value = DEFAULT_LAW)]
    paths: Vec<PathBuf>,
    /// How to show what is found, and in which file; may be given several times
    #[arg(long = "format", value_name = "FORMAT[=FILE]")]
    formats: Vec<Wanted>,
    /// Write to this file what would be shown
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Whether to write in colour
    #[arg(long, value_enum, default_value_t)]
    color: Color,
    /// How many characters a line has, for people [default: that of the terminal, or 100]
    #[arg(long, value_name = "COLUMNS", value_parser = value_parser!(u16).range(40..=1000))]
    width: Option<u16>,
    /// The day on which sources are due and excuses expire [default: today, in UTC]
    #[arg(long, value_name = "DATE", value_parser = day)]
    today: Option<Day>,
    #[command(flatten)]
    corrections: Corrections,
    /// Check again whenever a file changes, until it is interrupted
    #[arg(long, conflicts_with_all = ["fix", "diff"])]
    watch: bool,
}

/// A format, and the file in which it is wanted.
#[derive(Clone, Debug)]
struct Wanted {
    format: ReportFormat,
    file: Option<PathBuf>,
}

/// Where each report goes.
struct Outputs<'c> {
    /// What is shown.
    shown: Option<ReportFormat>,
    /// What is written to a file.
    files: Vec<(ReportFormat, &'c Path)>,
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
            file => Ok(Wanted { format, file: file.map(PathBuf::from) }),
        }
    }
}

impl Check {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Exit {
        if !self.watch {
            return self.once(terminal);
        }
        if self.paths.iter().any(|path| path.as_os_str() == "-") {
            terminal::complain("standard input is read once; `--watch` needs files");
            return Exit::Trouble;
        }
        if let Err(message) = self.outputs() {
            terminal::complain(&message);
            return Exit::Trouble;
        }
        watch(terminal, &self.paths, |terminal| self.once(terminal))
    }

    fn once(&self, terminal: &mut Terminal) -> Exit {
        let Outputs { shown, files } = match self.outputs() {
            Ok(outputs) => outputs,
            Err(message) => {
                terminal::complain(&message);
                return Exit::Trouble;
            }
        };
        let today = Some(self.today.unwrap_or_else(this_day));
        if self.corrections.diff {
            return self.corrections.show(terminal, &self.paths, today, self.color);
        }
        if let Err(exit) = self.corrections.write(&self.paths, today) {
            return exit;
        }
        let compiled = match shown {
            Some(ReportFormat::Human) => Compiled::proved(&self.paths, today),
            _ => Compiled::read(&self.paths, today, true),
        };
        let report = compiled.report();
        let mut exit = compiled.exit();
        for (format, path) in files {
            // a file has the width that was asked for, and colour only where it was asked for
            let color = self.color == Color::Always;
            let text = report.write(format, self.wide(Look { color, ..Look::PLAIN }));
            if let Err(failure) = write::write_file(path, text.as_bytes()) {
                let path = failure.path.display();
                terminal::complain(&format!("`{path}` cannot be written: {}", failure.error));
                exit = Exit::Trouble;
            }
        }
        if let Some(format) = shown {
            terminal.print(&report.write(format, self.wide(terminal::out_look(self.color))));
        }
        terminal.exit(exit)
    }

    /// What is shown, and what is written to which file.
    fn outputs(&self) -> Result<Outputs<'_>, String> {
        let mut bare = self.formats.iter().filter(|wanted| wanted.file.is_none()).map(|wanted| wanted.format);
        let first = bare.next().unwrap_or_default();
        if let Some(second) = bare.next() {
            let (first, second) = (first.name(), second.name());
            return Err(format!(
                "`{first}` and `{second}` cannot both be shown; give one of them a file: `--format {second}=FILE`"
            ));
        }
        let named = self.formats.iter().filter_map(|wanted| Some((wanted.format, wanted.file.as_deref()?)));
        let files: Vec<_> = named.chain(self.output.as_deref().map(|path| (first, path))).collect();
        let mut paths: Vec<&Path> = files.iter().map(|(_, path)| *path).collect();
        paths.sort_unstable();
        if let Some(pair) = paths.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(format!("two reports would be written to `{}`", pair[0].display()));
        }
        Ok(Outputs { shown: self.output.is_none().then_some(first), files })
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
