//! `forseti diff`: what a change of the law does.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::{panic, thread};

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};

use super::Exit;
use super::case::day;
use super::check::this_day;
use super::law::Compiled;
use super::listed::listed;
use super::project::Project;
use super::terminal::{self, Color, Terminal};
use crate::difference::{Approvals, Category, difference};
use crate::law::Day;
use crate::load;
use crate::render::{self, DifferenceReport};
use crate::resolve::suggest;

const EXAMPLES: &str = "Examples:
  forseti diff git:main rules                  what this branch changes
  forseti diff git:HEAD~3 git:HEAD             the folder `rules` of both commits
  forseti diff git:v1.0:law/fi.rules law/fi.rules
  forseti diff artifacts/rules.json rules      what an emitted artifact does not know yet
  forseti diff old.rules new.rules --format markdown
  forseti diff old.rules new.rules --fail-on gap-opened --fail-on retroactive
  forseti diff git:main rules --format approvals > approvals.toml
  forseti diff git:main rules --fail-on any --approvals approvals.toml

Each side is a file, a folder, an emitted rules.json, or git:REV:PATH, as a branch, tag or commit of the git repository has
it, with PATH counted from its root; git:REV is its folder `rules`, git:REV:. all of it. Nothing is checked out. Each region holds for all cases that it names, and no other case changes.
Without --fail-on the exit code is 0 whatever changes. An approval of a change that there is not always fails.";

fn categories() -> Vec<PossibleValue> {
    let own = Category::ALL.iter().map(|(_, name, what)| PossibleValue::new(*name).help(*what));
    own.chain([PossibleValue::new("any").help("any of these")]).collect()
}

/// Show what a change of the law does: which cases are answered otherwise
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Diff {
    /// The law as it was: a file, a folder, an emitted `rules.json`, or `git:REV` or `git:REV:PATH`
    old: PathBuf,
    /// The law as it is now: the same
    new: PathBuf,
    /// Fail if there is a change of this category; can be given several times
    #[arg(long, value_name = "CATEGORY", value_parser = listed::<FailOn>(categories))]
    fail_on: Vec<FailOn>,
    /// Changes that are meant, each with its reason and who answers for it: they are shown and let nothing fail
    #[arg(long, value_name = "FILE")]
    approvals: Option<PathBuf>,
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
    /// SARIF 2.1.0, for GitHub code scanning and others
    Sarif,
    /// Annotations in a run of GitHub Actions
    Github,
    /// A file for `--approvals`, with an entry for each change
    Approvals,
}

/// On what the command fails.
#[derive(Clone, Copy, Debug)]
enum FailOn {
    Any,
    Category(Category),
}

impl FailOn {
    fn categories(self) -> Vec<Category> {
        match self {
            FailOn::Any => Category::ALL.iter().map(|entry| entry.0).collect(),
            FailOn::Category(category) => vec![category],
        }
    }
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

impl Diff {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Exit {
        self.compare(terminal).unwrap_or_else(|exit| exit)
    }

    fn compare(&self, terminal: &mut Terminal) -> Result<Exit, Exit> {
        let approvals = self.approvals.as_deref().map(read_approvals).transpose()?.unwrap_or_default();
        let sides = [&self.old, &self.new];
        let compiled = both(sides.map(PathBuf::as_path));
        for (path, compiled) in sides.into_iter().zip(&compiled) {
            if compiled.is_broken() {
                return Err(compiled.refuse(self.color, &format!("`{}` cannot be compared", path.display())));
            }
        }
        let [old, new] = &compiled;
        let difference = difference(&old.law, &new.law, self.today.unwrap_or_else(this_day));
        let names = sides.map(|path| path.to_string_lossy());
        let file = self.approvals.as_deref().map(Path::to_string_lossy);
        let fail_on = self.fail_on.iter().flat_map(|on| on.categories()).collect();
        let report = DifferenceReport {
            difference: &difference,
            sides: [&names[0], &names[1]],
            sources: [&old.sources, &new.sources],
            approvals: &approvals,
            approvals_file: file.as_deref(),
            fail_on: &fail_on,
        };
        let exit = if report.fails() { Exit::Findings } else { Exit::Fine };
        terminal.print(&match self.format {
            Format::Human => render::difference_human(report, terminal::out_look(self.color)),
            Format::Markdown => render::difference_markdown(report),
            Format::Json => render::json(&render::difference_json(report)),
            Format::Sarif => render::json(&render::difference_sarif(report)),
            Format::Github => {
                terminal.print_exactly(&render::difference_github(report));
                return Ok(terminal.exit(exit));
            }
            Format::Approvals => {
                terminal.print(&render::difference_approvals(report));
                return Ok(terminal.exit(Exit::Fine));
            }
        });
        Ok(terminal.exit(exit))
    }
}

fn read_approvals(path: &Path) -> Result<Approvals, Exit> {
    let name = path.display();
    let text = load::text(path).map_err(|error| {
        terminal::complain(&format!("`{name}` cannot be read: {error}"));
        Exit::Trouble
    })?;
    let Some(text) = text else {
        terminal::complain(&format!("there is no file `{name}`; `--format approvals` writes what it would hold"));
        return Err(Exit::Trouble);
    };
    Approvals::read(&text).map_err(|faults| {
        for (line, message) in faults {
            terminal::complain(&render::visible(&format!("{name}:{line}: {message}")));
        }
        Exit::Trouble
    })
}

/// Reads and compiles both sides at once; one after the other where they share standard input.
fn both(sides: [&Path; 2]) -> [Compiled; 2] {
    if sides.iter().all(|path| path.as_os_str() == "-") {
        return sides.map(side);
    }
    thread::scope(|scope| {
        let old = scope.spawn(|| side(sides[0]));
        let new = side(sides[1]);
        [old.join().unwrap_or_else(|fault| panic::resume_unwind(fault)), new]
    })
}

/// Reads and compiles one side.
fn side(path: &Path) -> Compiled {
    Compiled::read(&Project::bare(vec![path.to_owned()]), None, false)
}
