//! `forseti build`: artifacts for other programs.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Exit;
use super::law::Compiled;
use super::project::Project;
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
    /// Files, and folders with `.rules` files; `-` is standard input [default: as in `forseti.toml`, or `rules`]
    #[arg(value_name = "PATHS")]
    paths: Vec<PathBuf>,
    /// What to make; can be given several times [default: as in `forseti.toml`]
    #[arg(long, value_enum)]
    emit: Vec<Emit>,
    /// The folder for what is made [default: as in `forseti.toml`]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Write nothing; name each file that is stale, missing or extra
    #[arg(long)]
    check: bool,
    /// Whether to write in colour
    #[arg(long, value_enum, default_value_t)]
    color: Color,
}

/// What is made, and where.
struct Wanted {
    formats: Vec<emit::Format>,
    out: PathBuf,
    /// The settings name the folder, and not the call.
    is_settled: bool,
}

impl Build {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Result<Exit, Exit> {
        let project = Project::of(&self.paths)?;
        let wanted = self.wanted(&project)?;
        let compiled = Compiled::proved(&project, None).weighed(&project);
        if compiled.is_broken() {
            return Err(compiled.refuse(self.color, "nothing was written"));
        }
        let artifacts = emit::artifacts(&compiled.law, &compiled.sources, &wanted.formats);
        if !self.check {
            for artifact in &artifacts {
                let path = wanted.out.join(artifact.name);
                project.spare(&path, "an artifact")?;
                if wanted.is_settled {
                    project.to_write(&path, "an artifact", |held| emit::is_artifact(artifact.name, held))?;
                }
            }
        }
        let done =
            if self.check { self.compare(terminal, &wanted, &artifacts) } else { wanted.write(terminal, &artifacts) };
        done.map(|exit| terminal.exit(exit)).map_err(|Failure { path, error }| {
            terminal::complain(&format!("`{}` cannot be read or written: {error}", path.display()));
            Exit::Trouble
        })
    }

    /// What the call says, or else the settings.
    ///
    /// # Errors
    /// Neither says it; this was said.
    fn wanted(&self, project: &Project) -> Result<Wanted, Exit> {
        let settings = &project.settings;
        let named: Vec<_> = self.emit.iter().map(|emit| emit.format()).collect();
        let formats = if named.is_empty() { settings.emit.clone() } else { named };
        let (out, is_settled) = match (&self.out, &settings.out) {
            (None, Some(name)) => (Some(project.to_read(name)?), true),
            (out, _) => (out.clone(), false),
        };
        match out {
            Some(out) if !formats.is_empty() => Ok(Wanted { formats, out, is_settled }),
            _ => {
                terminal::complain("say what to make, and into which folder: `--emit json --out FOLDER`");
                terminal::hint("or set `emit` and `out` under `[build]` in `forseti.toml`");
                Err(Exit::Trouble)
            }
        }
    }

    fn compare(&self, terminal: &mut Terminal, wanted: &Wanted, artifacts: &[emit::Artifact]) -> Result<Exit, Failure> {
        let differences = write::compare(&wanted.out, artifacts)?;
        if differences.is_empty() {
            let files = counted_as(artifacts.len(), "file is", "files are");
            terminal.print(&format!("{files} up to date in {}\n", wanted.out.display()));
            return Ok(Exit::Fine);
        }
        for (name, difference) in &differences {
            terminal.print(&format!("{:<9} {}\n", difference.word(), shown(&wanted.out, name)));
        }
        let (extra, renewed): (Vec<_>, Vec<_>) =
            differences.iter().partition(|(_, difference)| *difference == write::Difference::Extra);
        if !renewed.is_empty() {
            terminal.print(&format!("renew with: {}\n", self.command(wanted)));
        }
        if !extra.is_empty() {
            let names = extra.iter().map(|(name, _)| words::shell(&shown(&wanted.out, name)));
            terminal.print(&format!("remove with: rm {}\n", names.collect::<Vec<_>>().join(" ")));
        }
        Ok(Exit::Findings)
    }

    /// The command that writes what was compared.
    fn command(&self, wanted: &Wanted) -> String {
        let mut parts = vec!["forseti".to_owned(), "build".to_owned()];
        parts.extend(self.paths.iter().map(|path| path.display().to_string()));
        parts.extend(wanted.formats.iter().flat_map(|format| ["--emit".to_owned(), format.name().to_owned()]));
        parts.extend(["--out".to_owned(), wanted.out.display().to_string()]);
        parts.iter().map(|part| words::shell(part)).collect::<Vec<_>>().join(" ")
    }
}

impl Wanted {
    fn write(&self, terminal: &mut Terminal, artifacts: &[emit::Artifact]) -> Result<Exit, Failure> {
        let written = write::write(&self.out, artifacts)?;
        for artifact in artifacts {
            let how = if written.contains(&artifact.name) { "written" } else { "unchanged" };
            terminal.print(&format!("{how}  {}\n", shown(&self.out, artifact.name)));
        }
        Ok(Exit::Fine)
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
