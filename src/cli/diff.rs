//! `forseti diff`: what a change of the law does.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::{Args, ValueEnum};

use super::Exit;
use super::case::day;
use super::check::this_day;
use super::law::{Compiled, json};
use super::project::Project;
use super::terminal::{self, Color, Terminal};
use crate::difference::{Category, Difference, difference};
use crate::law::Day;
use crate::render::{self, DifferenceReport};
use crate::resolve::suggest;

const EXAMPLES: &str = "
Examples:
  forseti diff git:main rules                  what this branch changes
  forseti diff git:HEAD~3 git:HEAD             the folder `rules` of both commits
  forseti diff git:v1.0:law/fi.rules law/fi.rules
  forseti diff old.rules new.rules --format markdown
  forseti diff old.rules new.rules --fail-on gap-opened --fail-on retroactive

Each side is a file, a folder, or git:REV:PATH, as a branch, tag or commit of the git repository has it, with PATH counted
from its root; git:REV is its folder `rules`, git:REV:. all of it. Nothing is checked out. Each region holds for all cases that it names, and no other case changes.
Without --fail-on the exit code is 0 whatever changes.";

fn categories() -> String {
    let lines = Category::ALL.iter().map(|(_, name, what)| format!("  {name:<17}{what}\n"));
    let lines = lines.collect::<String>();
    format!("Categories:\n{lines}  {:<17}any of these\n{EXAMPLES}", "any")
}

/// Show what a change of the law does: which cases are answered otherwise
#[derive(Debug, Args)]
#[command(after_help = categories())]
pub(super) struct Diff {
    /// The law as it was: a file, a folder, or `git:REV` or `git:REV:PATH`
    old: PathBuf,
    /// The law as it is now: the same
    new: PathBuf,
    /// Fail if there is a change of this category; can be given several times
    #[arg(long, value_name = "CATEGORY")]
    fail_on: Vec<FailOn>,
    /// How to show it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// The day before which a change is retroactive [default: today, in UTC]
    #[arg(long, value_name = "DATE", value_parser = day)]
    today: Option<Day>,
    /// Whether to write in colour
    #[arg(long, value_enum, default_value_t)]
    color: Color,
}

/// How the difference is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Human,
    /// A comment to a merge request
    Markdown,
    /// One object for programs
    Json,
}

/// On what the command fails.
#[derive(Clone, Copy, Debug)]
enum FailOn {
    Any,
    Category(Category),
}

impl FromStr for FailOn {
    type Err = String;

    fn from_str(name: &str) -> Result<FailOn, String> {
        if name == "any" {
            return Ok(FailOn::Any);
        }
        name.parse().map(FailOn::Category).map_err(|()| {
            let names = || Category::ALL.iter().map(|entry| entry.1).chain(["any"]);
            let near = suggest(name, names()).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            format!("there is no category `{name}`{near}; there are {}", names().collect::<Vec<_>>().join(", "))
        })
    }
}

impl FailOn {
    fn fails(self, difference: &Difference) -> bool {
        match self {
            FailOn::Any => !difference.is_empty(),
            FailOn::Category(category) => difference.categories().contains(&category),
        }
    }
}

impl Diff {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Exit {
        let sides = [&self.old, &self.new];
        let compiled = sides.map(|path| side(path));
        for (path, compiled) in sides.into_iter().zip(&compiled) {
            if compiled.is_broken() {
                return compiled.refuse(self.color, &format!("`{}` cannot be compared", path.display()));
            }
        }
        let [old, new] = &compiled;
        let difference = difference(&old.law, &new.law, self.today.unwrap_or_else(this_day));
        let names = sides.map(|path| path.to_string_lossy());
        let report =
            DifferenceReport { difference: &difference, sides: [&names[0], &names[1]], text: texts(old) != texts(new) };
        terminal.print(&match self.format {
            Format::Human => render::difference_human(report, terminal::out_look(self.color)),
            Format::Markdown => render::difference_markdown(report),
            Format::Json => json(&render::difference_json(report)),
        });
        let failed = self.fail_on.iter().any(|on| on.fails(&difference));
        terminal.exit(if failed { Exit::Findings } else { Exit::Fine })
    }
}

/// Reads and compiles one side.
fn side(path: &Path) -> Compiled {
    Compiled::read(&Project::bare(vec![path.to_owned()]), None, false)
}

/// The texts of the files, whatever the files are called.
fn texts(compiled: &Compiled) -> Vec<&str> {
    let mut texts: Vec<&str> = compiled.sources.iter().map(|(_, file)| file.text.as_str()).collect();
    texts.sort_unstable();
    texts
}
