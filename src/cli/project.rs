//! Which law a verb reads, and under which settings: what the call names, what `forseti.toml` names, or the folder `rules`.

use std::path::{Path, PathBuf};

use super::Exit;
use super::terminal;
use crate::load;
use crate::render::visible;
use crate::settings::{self, Fault, Settings};

/// The law that is read when nobody names one.
const DEFAULT_LAW: &str = "rules";

/// What to do where settings lead elsewhere.
const OTHER_PLACES: &str = "settings reach what lies below their folder; other places are named in the call";

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
    /// The file for which standard input stands.
    pub(super) input: Option<PathBuf>,
}

impl Project {
    /// What these paths name, or without any the law of this place. The settings are those of the nearest folder above.
    ///
    /// # Errors
    /// Settings that cannot be read, or that differ between the paths; this was said.
    pub(super) fn of(named: &[PathBuf]) -> Result<Project, Exit> {
        Project::read(named).map_err(|lines| {
            for line in &lines {
                terminal::complain(&visible(line));
            }
            Exit::Trouble
        })
    }

    /// As [`Project::of`], where standard input stands for a file: it is read in the place of `-`, or where that is not
    /// named in the place of the file among the others.
    ///
    /// # Errors
    /// As there.
    pub(super) fn with_input(named: &[PathBuf], input: Option<&Path>) -> Result<Project, Exit> {
        let Some(file) = input else { return Project::of(named) };
        let place = |path: &PathBuf| if path.as_os_str() == "-" { file.to_owned() } else { path.clone() };
        let named: Vec<PathBuf> = named.iter().map(place).collect();
        Ok(Project { input: Some(file.to_owned()), ..Project::of(&named)? })
    }

    /// The same, and nothing is said.
    ///
    /// # Errors
    /// What would be said, a line each.
    pub(super) fn read(named: &[PathBuf]) -> Result<Project, Vec<String>> {
        let here = nearest(&[]);
        if !named.is_empty() {
            let is_default = here.is_ok_and(|here| here.default_paths() == named);
            return Ok(Project { paths: named.to_vec(), is_default, ..nearest(named)? });
        }
        let here = here?;
        let paths = here.default_paths();
        if here.settings.paths.is_some() {
            for path in &paths {
                here.confine(path).map_err(|why| vec![why])?;
            }
        }
        // settings that say where the law lies are its settings; otherwise they may lie beside it
        let project = if here.settings.paths.is_some() { here } else { nearest(&paths)? };
        Ok(Project { paths, is_default: true, ..project })
    }

    /// These files, whatever the settings say.
    pub(super) fn bare(paths: Vec<PathBuf>) -> Project {
        Project { paths, ..Project::default() }
    }

    /// What is read where nobody names a law.
    pub(super) fn default_law() -> Vec<PathBuf> {
        vec![PathBuf::from(DEFAULT_LAW)]
    }

    /// A file that the settings name: from the folder in which they lie.
    pub(super) fn beside(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    /// The folder in which the settings lie.
    fn folder(&self) -> &Path {
        self.file.as_deref().and_then(Path::parent).unwrap_or(Path::new(""))
    }

    /// A file that the settings name, which is read.
    ///
    /// # Errors
    /// A link leads it out of the folder in which they lie; this was said.
    pub(super) fn to_read(&self, name: &str) -> Result<PathBuf, Exit> {
        let path = self.beside(name);
        self.confine(&path).map_err(|why| refused(&why, OTHER_PLACES))?;
        Ok(path)
    }

    /// A file that the settings name, in whose place `what` is put. What is there already has to be one of that kind, or
    /// empty: whoever wrote the settings may not choose what is lost.
    ///
    /// # Errors
    /// A link leads it elsewhere, or something else is there; this was said.
    pub(super) fn to_write(&self, path: &Path, what: &str, is_one: impl Fn(&[u8]) -> bool) -> Result<(), Exit> {
        let name = path.display();
        let real = self.confine(path).map_err(|why| refused(&why, OTHER_PLACES))?;
        if real.iter().any(|part| part.as_encoded_bytes().starts_with(b".")) {
            let real = real.display();
            let why = format!("the settings name `{name}`, which leads to the hidden `{real}`; nothing was written");
            return Err(refused(&why, "tools run and read what lies there; name another place in the settings"));
        }
        match load::other(path) {
            Ok(held) if held.as_ref().is_none_or(|held| held.is_empty() || is_one(held)) => Ok(()),
            Ok(_) => {
                let why = format!(
                    "the settings name `{name}`, where something else than {what} of forseti lies; nothing was written"
                );
                Err(refused(&why, "move it away, or name another file in the settings or in the call"))
            }
            Err(error) => Err(refused(&format!("`{name}` cannot be written: {error}"), OTHER_PLACES)),
        }
    }

    /// Where a path of the settings really leads, as seen from their folder.
    fn confine(&self, path: &Path) -> Result<PathBuf, String> {
        let why = match load::below(self.folder(), path) {
            Ok(Some(real)) => return Ok(real),
            Ok(None) => "a link leads it out of their folder".to_owned(),
            Err(error) => format!("nobody can see where it leads: {error}"),
        };
        Err(format!("the settings name `{}`, and {why}; nothing was read or written", path.display()))
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
            None => Project::default_law(),
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
    let text = text.ok_or_else(|| vec![format!("`{name}` cannot be read: it is a link that leads nowhere")])?;
    let settings = Settings::read(&text).map_err(|faults| {
        let line = |fault: &Fault| format!("{name}:{}:{}: {}", fault.line, fault.column, fault.message);
        faults.iter().map(line).collect::<Vec<_>>()
    })?;
    Ok(Project { settings, file: Some(file), ..Project::default() })
}

fn refused(why: &str, help: &str) -> Exit {
    terminal::complain(&visible(why));
    terminal::hint(help);
    Exit::Trouble
}
