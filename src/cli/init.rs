//! `forseti init`: a first folder of law that passes at once, and a server that checks it.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Exit;
use super::terminal::{self, Terminal};
use crate::load;
use crate::settings;
use crate::words::shell;
use crate::write;

/// The files of every new body of law, by their names in it.
const LAW: [(&str, &str); 3] = [
    (settings::FILE, include_str!("../starter/forseti.toml")),
    ("rules/agreement.rules", include_str!("../starter/agreement.rules")),
    ("rules/tests.rules", include_str!("../starter/tests.rules")),
];

/// What every server calls, beside the law.
const SCRIPTS: [(&str, &str); 2] =
    [("ci/check.sh", include_str!("../../ci/check.sh")), ("ci/comment.sh", include_str!("../../ci/comment.sh"))];

/// Where the job for GitLab goes if the repository has jobs already.
const GITLAB_BESIDE: &str = ".gitlab/forseti.yml";

/// Where the templates of the servers name the folder of the law, seen from the root of the repository.
const FOLDERS: [&str; 2] = ["    working-directory: .\n", "    LAW: .\n"];

/// Where changes are checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Server {
    /// A workflow of GitHub Actions
    Github,
    /// A job of GitLab
    Gitlab,
}

impl Server {
    /// The file that the server looks for at the root of a repository, and what it says of a law that lies there.
    fn file(self) -> (&'static str, &'static str) {
        match self {
            Server::Github => (".github/workflows/law.yml", include_str!("../../ci/github/law.yml")),
            Server::Gitlab => (".gitlab-ci.yml", include_str!("../../ci/gitlab.yml")),
        }
    }

    /// The file for a law in that folder below the root.
    fn text(self, below: &Path) -> String {
        let folder = below.to_string_lossy().replace('\\', "/");
        let mut text = self.file().1.to_owned();
        if !folder.is_empty() {
            for line in FOLDERS {
                let named = line.replace('.', &format!("\"{}\"", folder.replace('\\', "\\\\").replace('"', "\\\"")));
                text = text.replace(line, &named);
            }
        }
        text
    }
}

/// Begin a body of law: two rules, their tests, settings, and a server that checks them
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  forseti init                         in this folder
  forseti init law --ci github         in the folder `law`, checked by GitHub Actions
  forseti init --ci gitlab             for a law that is there, a server

Nothing that is there is written over. The file of a server lies where the server looks for it: at
the root of the git repository that holds the folder.")]
pub(super) struct Init {
    /// The folder
    #[arg(value_name = "FOLDER", default_value = ".")]
    folder: PathBuf,
    /// Let changes be checked by a server
    #[arg(long, value_enum, value_name = "SERVER")]
    ci: Option<Server>,
}

impl Init {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Exit {
        let mut files: Vec<(PathBuf, String)> = Vec::new();
        let there = LAW.iter().map(|(name, _)| self.folder.join(name)).find(|path| write::exists(path));
        // whoever asks for a server has a law already, or wants one
        let has_law = self.ci.is_some() && there.is_some();
        if !has_law {
            files.extend(LAW.iter().map(|(name, text)| (self.folder.join(name), (*text).to_owned())));
        }
        let mut include = None;
        if let Some(server) = self.ci {
            // the scripts of an earlier call serve a second server, too
            let scripts = SCRIPTS.iter().map(|(name, text)| (self.folder.join(name), (*text).to_owned()));
            files.extend(scripts.filter(|(path, _)| !write::exists(path)));
            let (root, below) = load::repository_of(&self.folder).unwrap_or((self.folder.clone(), PathBuf::new()));
            let mut file = root.join(server.file().0);
            if server == Server::Gitlab && write::exists(&file) {
                include = Some(file);
                file = root.join(GITLAB_BESIDE);
            }
            files.push((file, server.text(&below)));
        }
        if let Some((first, _)) = files.iter().find(|(path, _)| write::exists(path)) {
            terminal::complain(&format!("`{}` is there already, and nothing was written", shown(first)));
            terminal::hint("name another folder, or move what is there");
            return Exit::Trouble;
        }
        let (root, _) = load::repository_of(&self.folder).unwrap_or((self.folder.clone(), PathBuf::new()));
        if let Some((first, _)) = files.iter().find(|(path, _)| root.exists() && !lies_in(&root, path)) {
            terminal::complain(&format!(
                "a link leads `{}` out of `{}`, and nothing was written",
                shown(first),
                shown(&root)
            ));
            return Exit::Trouble;
        }
        for (path, text) in &files {
            if let Err(failure) = write::new_file(path, text.as_bytes()) {
                terminal::complain(&format!("`{}` cannot be written: {}", shown(&failure.path), failure.error));
                return Exit::Trouble;
            }
            terminal.print(&format!("wrote {}\n", shown(path)));
        }
        if let Some(own) = include {
            terminal.print(&format!("now add to {}:\ninclude:\n  - local: {GITLAB_BESIDE}\n", shown(&own)));
        }
        terminal.print(&self.what_next(has_law));
        terminal.exit(Exit::Fine)
    }

    /// What can be done now, from where the user stands.
    fn what_next(&self, has_law: bool) -> String {
        let folder = self.folder.to_string_lossy();
        let go = if folder == "." { String::new() } else { format!("`cd {}`, and ", shell(&folder)) };
        let passes = "`forseti check` and `forseti test` pass; change the rules and see what they say";
        let mut text = if has_law { String::new() } else { format!("now {go}{passes}\n") };
        if self.ci.is_some() {
            text.push_str("the server installs forseti from the address that the variable FORSETI_SOURCE of its repository holds: ");
            text.push_str("that of forseti's git repository\n");
        }
        text
    }
}

/// No link in the folder leads the path out of it.
fn lies_in(folder: &Path, path: &Path) -> bool {
    matches!(load::below(folder, path), Ok(Some(_)))
}

/// A path from where the user stands, if it lies there.
fn shown(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(&here).unwrap_or(path).to_string_lossy().into_owned()
}
