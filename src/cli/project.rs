//! Which law a verb reads, and under which settings: what the call names, what `forseti.toml` names, or the folder `rules`.

use std::path::{Path, PathBuf};

use super::Exit;
use super::terminal;
use crate::load;
use crate::render::visible;
use crate::settings::{self, Fault, Settings};

/// The law that is read when nobody names one.
const DEFAULT_LAW: &str = "rules";

/// A body of law where it lies.
#[derive(Debug, Default)]
pub(super) struct Project {
    /// Its files and folders.
    pub(super) paths: Vec<PathBuf>,
    /// Every verb that is called in this place without a path reads the same.
    pub(super) is_default: bool,
    /// Its settings.
    pub(super) settings: Settings,
    /// The file of the settings, if there is one.
    pub(super) file: Option<PathBuf>,
}

impl Project {
    /// What these paths name, or without any the law of this place. The settings are those of the nearest folder above.
    ///
    /// # Errors
    /// Settings that cannot be read, or that differ between the paths; this was said.
    pub(super) fn of(named: &[PathBuf]) -> Result<Project, Exit> {
        let here = nearest(&[]);
        if !named.is_empty() {
            let is_default = here.is_ok_and(|here| here.default_paths() == named);
            return Ok(Project { paths: named.to_vec(), is_default, ..said(nearest(named))? });
        }
        let here = said(here)?;
        let paths = here.default_paths();
        // settings that say where the law lies are its settings; otherwise they may lie beside it
        let project = if here.settings.paths.is_some() { here } else { said(nearest(&paths))? };
        Ok(Project { paths, is_default: true, ..project })
    }

    /// These files, whatever the settings say.
    pub(super) fn bare(paths: Vec<PathBuf>) -> Project {
        Project { paths, ..Project::default() }
    }

    /// A file that the settings name: from the folder in which they lie.
    pub(super) fn beside(&self, name: &str) -> PathBuf {
        self.file.as_deref().and_then(Path::parent).map_or_else(|| PathBuf::from(name), |folder| folder.join(name))
    }

    /// Refuses to put `what` in the place of a file of the law, or of its settings.
    ///
    /// # Errors
    /// The file is one of these; this was said.
    pub(super) fn spare(&self, file: &Path, what: &str) -> Result<(), Exit> {
        let is_settings = self.file.as_ref().is_some_and(|own| load::is_law(std::slice::from_ref(own), file));
        let role = match is_settings {
            true => "holds the settings of the law",
            false if load::is_law(&self.paths, file) => "is read as law",
            false => return Ok(()),
        };
        let name = file.display();
        terminal::complain(&visible(&format!("`{name}` {role}, and {what} would take its place; nothing was written")));
        terminal::hint(&format!("name another file for {what}, outside of the law"));
        Err(Exit::Trouble)
    }

    fn default_paths(&self) -> Vec<PathBuf> {
        match &self.settings.paths {
            Some(paths) => paths.iter().map(|path| self.beside(path)).collect(),
            None => vec![PathBuf::from(DEFAULT_LAW)],
        }
    }
}

/// The settings above the paths, or without any above this place.
///
/// # Errors
/// What is wrong with them, a line each.
fn nearest(paths: &[PathBuf]) -> Result<Project, Vec<String>> {
    let files = load::settings::nearest(paths, settings::FILE);
    if let [first, second, ..] = &files[..] {
        let (first, second) = (first.display(), second.display());
        return Err(vec![format!(
            "some of these files are under the settings of `{first}` and some of `{second}`; name them in separate calls"
        )]);
    }
    let Some(file) = files.into_iter().next() else { return Ok(Project::default()) };
    let name = file.display();
    let text = load::text(&file).map_err(|error| vec![format!("`{name}` cannot be read: {error}")])?;
    let settings = Settings::read(&text.unwrap_or_default()).map_err(|faults| {
        let line = |fault: &Fault| format!("{name}:{}:{}: {}", fault.line, fault.column, fault.message);
        faults.iter().map(line).collect::<Vec<_>>()
    })?;
    Ok(Project { settings, file: Some(file), ..Project::default() })
}

fn said(project: Result<Project, Vec<String>>) -> Result<Project, Exit> {
    project.map_err(|lines| {
        for line in &lines {
            terminal::complain(&visible(line));
        }
        Exit::Trouble
    })
}
