//! `forseti init`: a first folder of law that passes at once.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Exit;
use super::terminal::{self, Terminal};
use crate::settings;
use crate::write;

/// The files of every new body of law, by their names in it.
const LAW: [(&str, &str); 3] = [
    (settings::FILE, include_str!("../starter/forseti.toml")),
    ("rules/agreement.rules", include_str!("../starter/agreement.rules")),
    ("rules/tests.rules", include_str!("../starter/tests.rules")),
];

/// Where changes are checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Server {
    /// A workflow of GitHub Actions
    Github,
    /// A job of GitLab
    Gitlab,
}

impl Server {
    fn file(self) -> (&'static str, &'static str) {
        match self {
            Server::Github => (".github/workflows/law.yml", include_str!("../../ci/github/law.yml")),
            Server::Gitlab => (".gitlab-ci.yml", include_str!("../../ci/gitlab.yml")),
        }
    }
}

/// Begin a body of law: two rules, their tests, settings, and a server that checks them
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  forseti init                         in this folder
  forseti init law --ci github         in the folder `law`, checked by GitHub Actions

Nothing that is there is written over.")]
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
        let files: Vec<(&str, &str)> = LAW.into_iter().chain(self.ci.map(Server::file)).collect();
        let wanted: Vec<PathBuf> = files.iter().map(|(name, _)| self.folder.join(name)).collect();
        let there: Vec<&Path> = wanted.iter().map(PathBuf::as_path).filter(|path| write::exists(path)).collect();
        if let Some(first) = there.first() {
            terminal::complain(&format!("`{}` is there already, and nothing was written", first.display()));
            terminal::hint("name another folder, or move what is there");
            return Exit::Trouble;
        }
        for (path, (_, text)) in wanted.iter().zip(&files) {
            if let Err(failure) = write::new_file(path, text.as_bytes()) {
                terminal::complain(&format!("`{}` cannot be written: {}", failure.path.display(), failure.error));
                return Exit::Trouble;
            }
            terminal.print(&format!("wrote {}\n", path.display()));
        }
        terminal.print("now `forseti check` and `forseti test` pass; change the rules and see what they say\n");
        terminal.exit(Exit::Fine)
    }
}
