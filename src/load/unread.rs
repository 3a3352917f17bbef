//! What looks like law and is not read: it is told, so that nobody takes an answer for one in which it counts.

use std::fs;
use std::path::Path;

use walkdir::{DirEntry, WalkDir};

use super::{is_rules, shown};
use crate::finding::{Code, Finding};
use crate::render::counted_as;

/// Where version control keeps its own files. None of them is written by a lawyer, whatever it is called.
const VERSION_CONTROL: [&str; 5] = [".git", ".hg", ".svn", ".jj", ".bzr"];
/// So many entries of a hidden folder are looked at: some hold a whole installation.
const MOST: usize = 50_000;

/// The file is called as law is, and is none that is read: no file at all, or a link to something that is no law by its name.
pub(super) fn is_foreign(entry: &DirEntry) -> bool {
    !entry.file_type().is_file() || (entry.path_is_symlink() && !leads_to_law(entry.path()))
}

/// A link can be planted to show, in a report, what its name does not promise.
fn leads_to_law(link: &Path) -> bool {
    fs::canonicalize(link).is_ok_and(|file| is_rules(&file))
}

/// What a walk passes over, unless it cannot be law.
pub(super) fn passed_over(entry: &DirEntry) -> Option<Finding> {
    let path = shown(entry.path());
    let name = entry.file_name().to_string_lossy();
    if !name.starts_with('.') && is_rules(entry.path()) {
        let (what, help) = if entry.file_type().is_file() {
            ("is a link to a file that is called otherwise", "let it lead to a `.rules` file, or put the file there")
        } else {
            ("is no file, but a device or pipe, or a link to one", "put a file there, or remove it")
        };
        return Some(finding(&path, &format!("`{path}` looks like law and is not read: it {what}"), help));
    }
    // an editor's mark that a file is open, or what version control keeps
    if is_of_version_control(&name) || (entry.path_is_symlink() && name.starts_with(".#")) {
        return None;
    }
    if name.starts_with('.') && entry.file_type().is_dir() {
        return hidden_folder(entry.path(), &path);
    }
    named(&path)
}

pub(super) fn is_of_version_control(name: &str) -> bool {
    VERSION_CONTROL.contains(&name)
}

/// What is to be said of a file by its path alone: it is hidden, or its name ends nearly as those of law do.
pub(super) fn named(path: &str) -> Option<Finding> {
    let name = path.rsplit('/').next().unwrap_or(path);
    if let Some(hidden) = path.split('/').find(|part| part.starts_with('.') && ![".", ".."].contains(part)) {
        let is_told = is_rules(Path::new(name)) && !path.split('/').any(is_of_version_control);
        let what =
            format!("`{path}` looks like law and is not read: `{hidden}` is hidden, as its name begins with a dot");
        return is_told.then(|| finding(path, &what, "give it a name without a dot at its beginning, or remove it"));
    }
    if is_rules(Path::new(name)) || !is_nearly(name) {
        return None;
    }
    let what = format!("`{path}` looks like law and is not read: its name does not end in `.rules`");
    Some(finding(path, &what, "give it the ending `.rules`, or a name that does not look like law"))
}

/// `a.rules.txt`, `a.rule`, `a.rules.bak`; copies that an editor keeps are none.
fn is_nearly(name: &str) -> bool {
    let name = name.to_lowercase();
    let name = name.trim_end();
    let is_copy = name.ends_with('~') || name.starts_with('#');
    let ends = |ending: &str| name.strip_suffix(ending).is_some();
    !is_copy && (name.contains(".rules.") || name.contains(".rules ") || ends(".rules") || ends(".rule"))
}

fn hidden_folder(folder: &Path, path: &str) -> Option<Finding> {
    let walk = WalkDir::new(folder).sort_by_file_name().into_iter();
    let walk = walk.filter_entry(|entry| !is_of_version_control(&entry.file_name().to_string_lossy()));
    let law = walk.take(MOST).flatten().filter(|entry| entry.file_type().is_file() && is_rules(entry.path()));
    let law: Vec<String> = law.map(|entry| shown(entry.path())).collect();
    let first = law.first()?;
    let files = counted_as(law.len(), "file that looks like law is", "files that look like law are");
    let what = format!("{files} not read in the hidden folder `{path}`, such as `{first}`");
    Some(finding(path, &what, "give the folder a name without a dot at its beginning, or remove them"))
}

fn finding(path: &str, message: &str, help: &str) -> Finding {
    Finding::nowhere(Code::NotRead, message)
        .about([path.to_owned()])
        .why("a rule that nobody reads neither answers nor disagrees, and whoever wrote it may think that it does")
        .help(help)
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn what_looks_like_law_is_told_and_what_does_not_is_not() {
        for path in [
            "a.rule",
            "law/a.rules.txt",
            "a.RULE",
            "a.rules.bak",
            "a.rules ",
            ".law/a.rules",
            "x/.a.rules",
            "x/.b/c/A.RULES",
        ] {
            assert!(named(path).is_some(), "{path}");
        }
        for path in [
            "a.rules",
            "A.RULES",
            "rules",
            "README.md",
            "a.rules~",
            "#a.rules#",
            "sources.lock",
            "ruler.txt",
            ".git/a.rules",
            ".x/a.txt",
        ] {
            assert!(named(path).is_none(), "{path}");
        }
    }
}
