//! `forseti check --baseline`: what was there when the law was first checked does not fail.

use std::path::{Path, PathBuf};

use clap::Args;

use super::Exit;
use super::law::Compiled;
use super::project::Project;
use super::terminal::{self, Color};
use crate::finding::{Baseline, Family, Finding, Severity, Stale};
use crate::load;
use crate::render::{self, counted_as};
use crate::write;

/// What is held back.
#[derive(Debug, Args)]
pub(super) struct BaselineOptions {
    /// Hold back what this file lists; what cannot be excused is never held back [default: as in `forseti.toml`]
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Make the file if it is missing, or take out of it what is no longer found; nothing is ever added
    #[arg(long)]
    update_baseline: bool,
}

impl BaselineOptions {
    /// A baseline that is only read.
    pub(super) fn reading(baseline: Option<PathBuf>) -> BaselineOptions {
        BaselineOptions { baseline, update_baseline: false }
    }

    /// The file that the call names.
    pub(super) fn file(&self) -> Option<PathBuf> {
        self.baseline.clone()
    }

    /// Marks what is held back. Returns what the file lists and nobody finds any more.
    ///
    /// # Errors
    /// There is no file, or it cannot be read or written; this was said.
    pub(super) fn hold(&self, project: &Project, compiled: &mut Compiled) -> Result<Baselined, Exit> {
        let settled = match (&self.baseline, &project.settings.baseline) {
            (None, Some(name)) => Some(project.to_read(name)?),
            _ => None,
        };
        let is_settled = settled.is_some();
        let Some(path) = self.baseline.clone().or(settled) else {
            if self.update_baseline {
                return complain(
                    "`--update-baseline` goes with `--baseline FILE`, or with `baseline` in `forseti.toml`",
                );
            }
            return Ok(Baselined::fine());
        };
        if self.update_baseline {
            project.spare(&path, "a baseline")?;
            if is_settled {
                project.to_write(&path, "a baseline", |held| {
                    std::str::from_utf8(held).is_ok_and(|text| Baseline::read(text).is_ok())
                })?;
            }
        }
        let all_is_known = !compiled.findings.iter().any(keeps_from_proving);
        let found = read(&path)?;
        if self.update_baseline && !all_is_known {
            // the report that follows says what the errors are
            terminal::complain(&format!(
                "`{}` is left as it is: with these errors not everything was looked for",
                path.display()
            ));
            if let Some(baseline) = found {
                baseline.hold(&compiled.sources, &mut compiled.findings);
            }
            return Ok(Baselined { stale: None, exit: Exit::Findings });
        }
        let Some(baseline) = found else {
            if !self.update_baseline {
                return complain(&format!("there is no baseline `{}`; --update-baseline makes it", path.display()));
            }
            let baseline = Baseline::of(&compiled.sources, &compiled.findings);
            baseline.hold(&compiled.sources, &mut compiled.findings);
            save(&path, &baseline)?;
            return Ok(Baselined::fine());
        };
        let stale = baseline.hold(&compiled.sources, &mut compiled.findings);
        if stale.is_empty() || !all_is_known {
            return Ok(Baselined::fine());
        }
        if self.update_baseline {
            save(&path, &baseline.without(&stale))?;
            return Ok(Baselined::fine());
        }
        let stale = Stale { file: path.to_string_lossy().into_owned(), entries: stale };
        Ok(Baselined { stale: Some(stale), exit: Exit::Fine })
    }
}

/// What came of a baseline.
pub(super) struct Baselined {
    /// What it lists and nobody finds any more.
    pub(super) stale: Option<Stale>,
    /// The least that the exit code is, whatever was found.
    pub(super) exit: Exit,
}

impl Baselined {
    fn fine() -> Baselined {
        Baselined { stale: None, exit: Exit::Fine }
    }

    /// Says on standard error what is no longer found, where no report says it.
    pub(super) fn tell(&self) {
        if let Some(stale) = &self.stale {
            terminal::print_error(&render::stale_human(stale, terminal::error_look(Color::Auto)));
        }
    }
}

/// The finding kept the proofs from being made, so that nobody knows all that is to be found.
pub(super) fn keeps_from_proving(finding: &Finding) -> bool {
    finding.code.severity() == Severity::Error && finding.code.family() != Family::Proofs && finding.excused.is_none()
}

fn read(path: &Path) -> Result<Option<Baseline>, Exit> {
    let text = match load::text(path) {
        Ok(Some(text)) => text,
        Ok(None) => return Ok(None),
        Err(error) => return complain(&format!("`{}` cannot be read: {error}", path.display())),
    };
    match Baseline::read(&text) {
        Ok(baseline) => Ok(Some(baseline)),
        Err(why) => complain(&format!("`{}` is no baseline: {why}", path.display())),
    }
}

fn save(path: &Path, baseline: &Baseline) -> Result<(), Exit> {
    if let Err(failure) = write::make_file(path, baseline.text().as_bytes()) {
        return complain(&format!("`{}` cannot be written: {}", failure.path.display(), failure.error));
    }
    let count = counted_as(baseline.count(), "finding", "findings");
    terminal::print_error(&format!("`{}` holds back {count}\n", path.display()));
    Ok(())
}

fn complain<T>(message: &str) -> Result<T, Exit> {
    terminal::complain(message);
    Err(Exit::Trouble)
}
