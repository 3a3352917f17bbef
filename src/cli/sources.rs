//! `forseti sources`: whether the texts still say what they said when their rules were written.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};

use super::Exit;
use super::law::Compiled;
use super::project::Project;
use super::terminal::{self, Color, Terminal};
use crate::drift::{self, Lock, State, Texts};
use crate::law::Law;
use crate::load;
use crate::render::{self, Drift, counted_as, visible};
use crate::suite;
use crate::words;
use crate::write::{self, Failure};

/// Keep fingerprints of the texts, and see later whether they have changed
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  forseti sources lock --texts ../texts      keep a fingerprint of each passage in rules/sources.lock
  forseti sources verify --texts ../texts    which passages have changed, and what is to be reviewed

A source names its text by `file`; the files lie in a folder outside of the rules. Without
them nothing can be verified: that is said, and is no failure unless --require is given.")]
pub(super) struct Sources {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Write the fingerprints of all passages
    Lock(Files),
    /// Compare all passages with their fingerprints
    Verify(Verify),
}

#[derive(Debug, Args)]
struct Files {
    /// Files, and folders with `.rules` files [default: as in `forseti.toml`, or `rules`]
    #[arg(value_name = "PATHS")]
    paths: Vec<PathBuf>,
    /// The folder with the texts
    #[arg(long, value_name = "DIR", default_value = "texts")]
    texts: PathBuf,
    /// The lock file; `sources.lock` in the first folder of rules if none is named
    #[arg(long, value_name = "FILE")]
    lock: Option<PathBuf>,
    /// Fail if a text is not at hand
    #[arg(long)]
    require: bool,
    /// Whether to write in colour
    #[arg(long, value_enum, default_value_t)]
    color: Color,
}

#[derive(Debug, Args)]
struct Verify {
    #[command(flatten)]
    files: Files,
    /// How to show it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// How the comparison is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Human,
    /// One object for programs
    Json,
}

impl Sources {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Result<Exit, Exit> {
        match &self.verb {
            Verb::Lock(files) => files.run(terminal, keep),
            Verb::Verify(verify) => {
                let files = &verify.files;
                files.run(terminal, |_, compiled, at_hand, terminal| match at_hand.disorder {
                    None => Ok(verify.compare(compiled, at_hand, terminal)),
                    Some(line) => Err(refuse(&at_hand.lock_path, line)),
                })
            }
        }
    }
}

/// What is read beside the law.
struct AtHand {
    texts: Texts,
    /// The files that are not there.
    absent: BTreeSet<String>,
    /// The files that are there and cannot be read as texts, with what is wrong.
    unread: BTreeMap<String, String>,
    lock: Lock,
    /// The first line of the lock that cannot be read; then only what is clear was read of it.
    disorder: Option<usize>,
    /// Where the lock lies.
    lock_path: PathBuf,
}

impl Files {
    /// Reads law, texts and lock, does what is wanted with them, and says which texts were not there.
    fn run(
        &self,
        terminal: &mut Terminal,
        what: impl Fn(&Project, &Compiled, &AtHand, &mut Terminal) -> Result<Exit, Exit>,
    ) -> Result<Exit, Exit> {
        let project = Project::of(&self.paths)?;
        let compiled = Compiled::read(&project, None, false);
        if compiled.is_broken() {
            return Err(compiled.refuse(self.color, "no text is looked at"));
        }
        let at_hand = self.read(&project, &compiled.law).map_err(|message| {
            terminal::complain(&message);
            Exit::Trouble
        })?;
        let exit = what(&project, &compiled, &at_hand, terminal)?;
        let folder = self.texts.display();
        for name in &at_hand.absent {
            let message = format!("there is no text `{name}` in `{folder}`, so its passages are not verified");
            if self.require { terminal::complain(&message) } else { terminal::hint(&message) }
        }
        for (name, why) in &at_hand.unread {
            terminal::complain(&visible(&format!(
                "the text `{name}` in `{folder}` {why}; its passages are not verified"
            )));
        }
        let short = !at_hand.unread.is_empty() || (self.require && !at_hand.absent.is_empty());
        Ok(terminal.exit(if short { Exit::Trouble } else { exit }))
    }

    fn read(&self, project: &Project, law: &Law) -> Result<AtHand, String> {
        let lock_path = self.lock_path(project);
        let (texts, absent, unread) = (Texts::new(), BTreeSet::new(), BTreeMap::new());
        let mut at_hand = AtHand { texts, absent, unread, lock: Lock::new(), disorder: None, lock_path };
        for (id, source) in law.sources() {
            let Some(name) = &source.file else { continue };
            match self.text(name) {
                Ok(Some(text)) => drop(at_hand.texts.insert(id, text)),
                Ok(None) => drop(at_hand.absent.insert(name.clone())),
                Err(why) => drop(at_hand.unread.insert(name.clone(), why)),
            }
        }
        self.confine_lock(&at_hand.lock_path)?;
        let path = &at_hand.lock_path;
        let text = load::text(path).map_err(|error| format!("`{}` cannot be read: {error}", path.display()))?;
        let text = text.unwrap_or_default();
        match drift::read(&text) {
            Ok(lock) => at_hand.lock = lock,
            Err(line) => {
                let path = path.display();
                let rescued = drift::rescued(&text);
                at_hand.lock = rescued.ok_or_else(|| {
                    format!("`{path}` is no lock of the texts, and is left as it is; name another file with `--lock`")
                })?;
                at_hand.disorder = Some(line);
            }
        }
        Ok(at_hand)
    }

    /// A text that the law names by a plain path. No link leads it out of the folder of texts: the law may be a stranger's.
    fn text(&self, name: &str) -> Result<Option<String>, String> {
        let path = self.texts.join(name);
        match load::text(&path) {
            Ok(Some(_)) if !matches!(load::below(&self.texts, &path), Ok(Some(_))) => {
                Err("is a link out of that folder, and is not read".to_owned())
            }
            read => read.map_err(|error| format!("cannot be read: {error}")),
        }
    }

    /// A lock that the call does not name lies beside the rules, and no link leads it elsewhere.
    fn confine_lock(&self, path: &Path) -> Result<(), String> {
        let folder = path.parent().unwrap_or(Path::new(""));
        if self.lock.is_some() || !load::is_link(path) || matches!(load::below(folder, path), Ok(Some(_))) {
            return Ok(());
        }
        Err(format!("`{}` is a link out of its folder, and is left alone; name the lock with `--lock`", path.display()))
    }

    fn lock_path(&self, project: &Project) -> PathBuf {
        let first = || project.paths.iter().find(|path| path.is_dir()).cloned().unwrap_or_default();
        self.lock.clone().unwrap_or_else(|| first().join("sources.lock"))
    }
}

/// Nothing is compared with a lock of which a part cannot be read.
fn refuse(path: &Path, line: usize) -> Exit {
    let message = format!("{}, and nothing is compared with it", disorder(path, line));
    terminal::complain(&message);
    terminal::hint("`forseti sources lock` writes it anew, from the texts as they are now: review them first");
    Exit::Trouble
}

fn disorder(path: &Path, line: usize) -> String {
    format!("`{}`, line {line}, is no line of a lock or stands there twice", path.display())
}

fn keep(project: &Project, compiled: &Compiled, at_hand: &AtHand, terminal: &mut Terminal) -> Result<Exit, Exit> {
    let law = &compiled.law;
    let path = &at_hand.lock_path;
    project.spare(path, "the lock of the texts")?;
    match drift::locked(law, &at_hand.texts, &at_hand.lock) {
        Ok(lock) => {
            let renewed = write::renew_file(path, drift::written(&lock).as_bytes());
            let is_new = renewed.map_err(|Failure { path, error }| {
                terminal::complain(&format!("`{}` cannot be written: {error}", path.display()));
                Exit::Trouble
            })?;
            if let Some(line) = at_hand.disorder {
                let lost = drift::watched(law).iter().filter(|watched| !lock.contains_key(&watched.key)).count();
                told_anew(path, line, lost);
            }
            let how = if is_new { "written" } else { "unchanged" };
            let passages = counted_as(lock.len(), "passage", "passages");
            terminal.print(&format!("{how}  {}, {passages}\n", path.display()));
            Ok(Exit::Fine)
        }
        Err(lost) => {
            for (watched, why) in &lost {
                let named = words::provision(law, watched.provision);
                terminal.print(&format!("missing  {named}: {}\n", why.in_words()));
            }
            terminal::complain(&format!(
                "{} not found in the texts; nothing was written",
                counted_as(lost.len(), "passage is", "passages are")
            ));
            Ok(Exit::Findings)
        }
    }
}

/// Says that a lock that was not in order was written anew, and what is no longer kept.
fn told_anew(path: &Path, line: usize, lost: usize) {
    terminal::hint(&format!("{}; it was written anew", disorder(path, line)));
    if lost > 0 {
        let passages = counted_as(lost, "passage", "passages");
        terminal::hint(&format!("nothing is kept of {passages} whose text is not at hand: lock again with the texts"));
    }
}

impl Verify {
    fn compare(&self, compiled: &Compiled, at_hand: &AtHand, terminal: &mut Terminal) -> Exit {
        let law = &compiled.law;
        let passages = drift::verify(law, &at_hand.texts, &at_hand.lock);
        let left_over = drift::left_over(law, &at_hand.lock);
        let tests = suite::run(law);
        let drift =
            Drift { law, sources: &compiled.sources, tests: &tests, passages: &passages, left_over: &left_over };
        terminal.print(&match self.format {
            Format::Human => render::drift_human(drift, terminal::out_look(self.files.color)),
            Format::Json => render::json(&render::drift_json(drift)),
        });
        let wrong = passages.iter().any(|(_, state): &(_, State)| render::is_to_review(state)) || !left_over.is_empty();
        if wrong { Exit::Findings } else { Exit::Fine }
    }
}
