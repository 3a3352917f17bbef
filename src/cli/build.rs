//! `forseti build`: artifacts for other programs.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Exit;
use super::law::{Compiled, DEFAULT_LAW};
use super::terminal::{self, Color, Terminal};
use crate::emit;
use crate::render::counted_as;
use crate::words;
use crate::write::{self, Failure};

/// What can be made of the law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Emit {
    /// The law and the questions it answers, with the schema of that file
    Json,
    /// A Rust module that answers every question, for `no_std`
    Rust,
}

/// Make artifacts of the law, for other programs
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  forseti build --emit json --out dist
  forseti build rules --emit json --emit rust --out dist
  forseti build --emit rust --out src/law --check     in CI: is what is stored up to date?

The same law gives the same bytes on every machine. A file that would not change is not
touched, and nothing is written when the law has errors.")]
pub(super) struct Build {
    /// Files, and folders with `.rules` files; `-` is standard input
    #[arg(value_name = "PATHS", default_value = DEFAULT_LAW)]
    paths: Vec<PathBuf>,
    /// What to make; can be given several times
    #[arg(long, value_enum, required = true)]
    emit: Vec<Emit>,
    /// The folder for what is made
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Write nothing; name each file that is stale, missing or extra
    #[arg(long)]
    check: bool,
    /// Whether to write in colour
    #[arg(long, value_enum, default_value_t)]
    color: Color,
}

impl Build {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Exit {
        let compiled = Compiled::proved(&self.paths, None);
        if compiled.is_broken() {
            return compiled.refuse(self.color, "nothing was written");
        }
        let formats: Vec<_> = self.emit.iter().map(|emit| emit.format()).collect();
        let artifacts = emit::artifacts(&compiled.law, &compiled.sources, &formats);
        let done = if self.check { self.compare(terminal, &artifacts) } else { self.write(terminal, &artifacts) };
        match done {
            Ok(exit) => terminal.exit(exit),
            Err(Failure { path, error }) => {
                terminal::complain(&format!("`{}` cannot be read or written: {error}", path.display()));
                Exit::Trouble
            }
        }
    }

    fn write(&self, terminal: &mut Terminal, artifacts: &[emit::Artifact]) -> Result<Exit, Failure> {
        let written = write::write(&self.out, artifacts)?;
        for artifact in artifacts {
            let how = if written.contains(&artifact.name) { "written" } else { "unchanged" };
            terminal.print(&format!("{how}  {}\n", shown(&self.out, artifact.name)));
        }
        Ok(Exit::Fine)
    }

    fn compare(&self, terminal: &mut Terminal, artifacts: &[emit::Artifact]) -> Result<Exit, Failure> {
        let differences = write::compare(&self.out, artifacts)?;
        if differences.is_empty() {
            let files = counted_as(artifacts.len(), "file is", "files are");
            terminal.print(&format!("{files} up to date in {}\n", self.out.display()));
            return Ok(Exit::Fine);
        }
        for (name, difference) in &differences {
            terminal.print(&format!("{:<9} {}\n", difference.word(), shown(&self.out, name)));
        }
        let (extra, renewed): (Vec<_>, Vec<_>) =
            differences.iter().partition(|(_, difference)| *difference == write::Difference::Extra);
        if !renewed.is_empty() {
            terminal.print(&format!("renew with: {}\n", self.command()));
        }
        if !extra.is_empty() {
            let names = extra.iter().map(|(name, _)| words::shell(&shown(&self.out, name)));
            terminal.print(&format!("remove with: rm {}\n", names.collect::<Vec<_>>().join(" ")));
        }
        Ok(Exit::Findings)
    }

    /// The command that writes what was compared.
    fn command(&self) -> String {
        let mut parts = vec!["forseti".to_owned(), "build".to_owned()];
        parts.extend(self.paths.iter().map(|path| path.display().to_string()));
        for emit in &self.emit {
            parts.extend([
                "--emit".to_owned(),
                emit.to_possible_value().map_or_else(String::new, |v| v.get_name().to_owned()),
            ]);
        }
        parts.extend(["--out".to_owned(), self.out.display().to_string()]);
        parts.iter().map(|part| words::shell(part)).collect::<Vec<_>>().join(" ")
    }
}

impl Emit {
    fn format(self) -> emit::Format {
        match self {
            Emit::Json => emit::Format::Json,
            Emit::Rust => emit::Format::Rust,
        }
    }
}

fn shown(folder: &Path, name: &str) -> String {
    folder.join(name).display().to_string()
}
