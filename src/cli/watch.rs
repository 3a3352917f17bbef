//! `forseti check --watch`: checks again whenever a file of the law, its settings or its baseline changes, until the interrupt of the terminal ends it.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use super::Exit;
use super::terminal::{self, Terminal};
use crate::load::Stamp;
use crate::render::{counted_as, visible};

/// How often the files are looked at.
const EVERY: Duration = Duration::from_millis(250);
/// An empty screen, and the top of it.
const CLEAR: &str = "\x1b[2J\x1b[H";

/// Checks, and checks again after each change of what `stamps` sees. Nothing is half written when it is interrupted: files are written beside
/// their place and renamed. It ends by itself when nobody reads it any more.
pub(super) fn watch(
    terminal: &mut Terminal,
    stamps: impl Fn() -> Vec<Stamp>,
    mut check: impl FnMut(&mut Terminal) -> Exit,
) -> Exit {
    let is_terminal = io::stdout().is_terminal();
    let mut watched = Watched::new(stamps());
    loop {
        if is_terminal {
            terminal.print_exactly(CLEAR);
        }
        let exit = check(terminal);
        if terminal.is_closed() || terminal.exit(Exit::Fine) != Exit::Fine {
            return terminal.exit(exit);
        }
        let files = counted_as(watched.seen.len(), "file", "files");
        terminal::print_error(&format!("watching {files}; the interrupt (Ctrl-C) ends it\n"));
        let changed = loop {
            thread::sleep(EVERY);
            let changed = watched.look(stamps());
            if !changed.is_empty() {
                break changed;
            }
        };
        terminal::print_error(&format!("changed: {}\n", shown(&changed)));
    }
}

/// The names of what changed; of many the first.
fn shown(changed: &[PathBuf]) -> String {
    const MOST: usize = 3;
    let names: Vec<String> = changed.iter().take(MOST).map(|path| visible(&path.to_string_lossy())).collect();
    let more = changed.len() - names.len();
    names.join(", ") + &if more > 0 { format!(", and {}", counted_as(more, "more", "more")) } else { String::new() }
}

/// What is known of the files.
struct Watched {
    /// When they were last checked.
    checked: Vec<Stamp>,
    /// When they were last looked at.
    seen: Vec<Stamp>,
}

impl Watched {
    fn new(stamps: Vec<Stamp>) -> Watched {
        Watched { checked: stamps.clone(), seen: stamps }
    }

    /// The files that are other than when they were last checked. Nothing is said while they still change: an editor
    /// may write several, or one in several steps.
    fn look(&mut self, now: Vec<Stamp>) -> Vec<PathBuf> {
        let is_quiet = now == self.seen;
        self.seen = now;
        if !is_quiet || self.seen == self.checked {
            return Vec::new();
        }
        let before = std::mem::replace(&mut self.checked, self.seen.clone());
        let gone = before.iter().filter(|old| !self.seen.iter().any(|new| new.path == old.path));
        let new_or_other = self.seen.iter().filter(|new| !before.contains(new));
        let mut changed: Vec<&Path> = gone.chain(new_or_other).map(|stamp| stamp.path.as_path()).collect();
        changed.sort_unstable();
        changed.dedup();
        changed.into_iter().map(Path::to_owned).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::{Watched, shown};
    use crate::load::Stamp;

    fn stamps(files: &[(&str, u64)]) -> Vec<Stamp> {
        files.iter().map(|(path, length)| Stamp { path: PathBuf::from(path), changed: None, length: *length }).collect()
    }

    fn looks(watched: &mut Watched, files: &[(&str, u64)]) -> Vec<String> {
        watched.look(stamps(files)).iter().map(|path| path.to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn a_change_is_told_once_and_when_it_is_over() {
        let mut watched = Watched::new(stamps(&[("a", 1), ("b", 1)]));
        assert!(looks(&mut watched, &[("a", 1), ("b", 1)]).is_empty());
        assert!(looks(&mut watched, &[("a", 2), ("b", 1)]).is_empty(), "it may go on");
        assert!(looks(&mut watched, &[("a", 3), ("b", 1)]).is_empty(), "it went on");
        assert_eq!(looks(&mut watched, &[("a", 3), ("b", 1)]), ["a"]);
        assert!(looks(&mut watched, &[("a", 3), ("b", 1)]).is_empty());
    }

    #[test]
    fn what_is_new_or_gone_is_a_change_and_what_comes_back_is_none() {
        let mut watched = Watched::new(stamps(&[("a", 1), ("b", 1)]));
        looks(&mut watched, &[("b", 1), ("c", 1)]);
        assert_eq!(looks(&mut watched, &[("b", 1), ("c", 1)]), ["a", "c"]);
        looks(&mut watched, &[("b", 1)]);
        assert!(looks(&mut watched, &[("b", 1), ("c", 1)]).is_empty(), "an editor replaced it by itself");
        assert!(looks(&mut watched, &[("b", 1), ("c", 1)]).is_empty());
    }

    #[test]
    fn of_many_changes_the_first_are_named() {
        let paths = |count: usize| (0..count).map(|number| PathBuf::from(number.to_string())).collect::<Vec<_>>();
        assert_eq!(shown(&paths(2)), "0, 1");
        assert_eq!(shown(&paths(5)), "0, 1, 2, and 2 more");
    }
}
