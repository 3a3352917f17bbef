//! Which reports of a run are wanted, and where each goes: for the verbs that report findings.

use std::path::{Component, Path, PathBuf};
use std::str::FromStr;

use clap::builder::PossibleValue;
use clap::{Args, value_parser};

use super::Exit;
use super::listed::listed;
use super::project::Project;
use super::terminal::{self, Color, Terminal};
use crate::render::{Look, ReportFormat};
use crate::resolve::suggest;
use crate::source::Sources;
use crate::write;

/// The options of every verb that writes reports.
#[derive(Debug, Args)]
pub(super) struct ReportOptions {
    /// How to show what is found, and in which file, where `-` is standard output; may be given several times
    #[arg(long = "format", value_name = "FORMAT[=FILE]", value_parser = listed::<Wanted>(formats))]
    formats: Vec<Wanted>,
    /// Write to this file what would be shown; `-` is standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Whether to write in colour
    #[arg(long, value_enum, default_value_t)]
    pub(super) color: Color,
    /// How many characters a line has, for people [default: that of the terminal, or 100]
    #[arg(long, value_name = "COLUMNS", value_parser = value_parser!(u16).range(40..=1000))]
    width: Option<u16>,
    /// The folder of the run, seen from where the readers of a report count: paths are shown from there
    #[arg(long, value_name = "FOLDER")]
    prefix: Option<PathBuf>,
}

/// A format, and the file in which it is wanted.
#[derive(Clone, Debug)]
struct Wanted {
    format: ReportFormat,
    file: Option<PathBuf>,
}

/// Where each report goes.
#[derive(Debug)]
pub(super) struct Outputs {
    /// What is shown.
    pub(super) shown: Option<ReportFormat>,
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

fn formats() -> Vec<PossibleValue> {
    ReportFormat::ALL.iter().map(|(_, name, what)| PossibleValue::new(*name).help(*what)).collect()
}

impl ReportOptions {
    /// What is shown, and what is written to which file; `settled` is written where the call says nothing about it.
    ///
    /// # Errors
    /// Outputs that cannot be together, or be written; this was said.
    pub(super) fn outputs(
        &self,
        project: &Project,
        settled: impl FnOnce() -> Result<Vec<(ReportFormat, PathBuf)>, Exit>,
    ) -> Result<Outputs, Exit> {
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
            files.extend(settled()?);
        }
        for (_, path) in &files {
            project.spare(path, "a report")?;
        }
        Ok(Outputs { shown, files })
    }

    /// Writes the reports, each made by `report`, first those in files.
    ///
    /// # Errors
    /// A file could not be written; this was said, and the other reports are there.
    pub(super) fn write(
        &self,
        terminal: &mut Terminal,
        outputs: &Outputs,
        report: impl Fn(ReportFormat, Look) -> String,
    ) -> Result<(), Exit> {
        let mut result = Ok(());
        for (format, path) in &outputs.files {
            // a file has the width that was asked for, and colour only where it was asked for
            let color = self.color == Color::Always;
            let text = report(*format, self.wide(Look { color, ..Look::PLAIN }));
            if let Err(failure) = write::make_file(path, text.as_bytes()) {
                let path = failure.path.display();
                terminal::complain(&format!("`{path}` cannot be written: {}", failure.error));
                result = Err(Exit::Trouble);
            }
        }
        if let Some(format) = outputs.shown {
            let text = report(format, self.wide(terminal::out_look(self.color)));
            if format == ReportFormat::Github { terminal.print_exactly(&text) } else { terminal.print(&text) }
        }
        result
    }

    /// Lets the reports name the files from where their readers count.
    pub(super) fn place(&self, sources: Sources) -> Sources {
        match &self.prefix {
            None => sources,
            Some(_) => sources.renamed(|path| self.placed(path)),
        }
    }

    /// A path as the readers of a report count it.
    pub(super) fn placed(&self, path: &str) -> String {
        let Some(prefix) = &self.prefix else { return path.to_owned() };
        let here = std::env::current_dir().unwrap_or_default();
        let within = Path::new(path).strip_prefix(&here).unwrap_or(Path::new(path));
        if within.is_absolute() || path.starts_with('<') || path.starts_with("git:") {
            return path.to_owned();
        }
        let mut parts: Vec<Component> = Vec::new();
        let joined = prefix.join(within);
        for part in joined.components() {
            match part {
                Component::CurDir => {}
                Component::ParentDir if matches!(parts.last(), Some(Component::Normal(_))) => {
                    parts.pop();
                }
                part => parts.push(part),
            }
        }
        let placed: PathBuf = parts.iter().collect();
        placed.to_string_lossy().replace('\\', "/")
    }

    fn wide(&self, look: Look) -> Look {
        Look { width: self.width.map_or(look.width, usize::from), ..look }
    }
}
