//! `forseti fmt`: one layout for all files.

use std::path::{Path, PathBuf};

use clap::Args;

use super::Exit;
use super::project::Project;
use super::terminal::{self, Color, Terminal};
use crate::compile::is_error;
use crate::finding::{self, Finding};
use crate::format::{self, Refusal};
use crate::load::{self, is_trouble};
use crate::render::{self, counted_as};
use crate::source::{FileId, SourceFile, Sources};
use crate::write::{self, Failure};

/// Lay the files out in the one way
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  forseti fmt                          the folder `rules`
  forseti fmt --check                  in CI: is everything laid out?
  forseti fmt agreement.rules --diff   what would change
  forseti fmt - < agreement.rules      from standard input to standard output
  forseti fmt --stdin-filename rules/agreement.rules < unsaved
                                       the same, for what an editor has not saved yet

Only blanks, line breaks and empty lines change, never a word, a text or a remark. Each result is
read again before it is written; a file that cannot be read is left alone, and so is one that
would not change.")]
pub(super) struct Fmt {
    /// Files, and folders with `.rules` files; `-` is standard input [default: as in `forseti.toml`, or `rules`]
    #[arg(value_name = "PATHS")]
    paths: Vec<PathBuf>,
    /// Standard input is what this file shall hold, saved or not; the result goes to standard output
    #[arg(long, value_name = "FILE")]
    stdin_filename: Option<PathBuf>,
    /// Write nothing; name each file that would change
    #[arg(long)]
    check: bool,
    /// Write nothing; show what would change, line by line
    #[arg(long)]
    diff: bool,
    /// Whether to write in colour
    #[arg(long, value_enum, default_value_t)]
    color: Color,
}

/// How often what happened.
#[derive(Default)]
struct Done {
    changed: usize,
    unchanged: usize,
    broken: usize,
    /// They would change, and could not be written.
    unwritten: usize,
    trouble: bool,
}

impl Fmt {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Result<Exit, Exit> {
        let project = self.project()?;
        if !self.writes_nothing() && project.paths.iter().any(|path| load::is_revision(path)) {
            terminal::complain("nothing is written into a revision; `--check` and `--diff` show what would change");
            return Err(Exit::Trouble);
        }
        let loaded = load::load_as(&project.paths, project.input.as_deref());
        if let Some(artifact) = loaded.artifacts.first().filter(|_| !self.writes_nothing()) {
            terminal::complain(&format!(
                "nothing is written into the artifact `{artifact}`; name the rules from which it was made"
            ));
            return Err(Exit::Trouble);
        }
        let (nowhere, in_files): (Vec<_>, Vec<_>) =
            loaded.findings.into_iter().partition(|finding| finding.place.is_none());
        let mut done = Done { trouble: nowhere.iter().any(is_trouble), ..Done::default() };
        self.report(&loaded.sources, &nowhere);
        for (id, file) in loaded.sources.iter() {
            let unreadable = in_files.iter().filter(|finding| is_error(finding) && is_in(finding, id)).cloned();
            let unreadable: Vec<_> = unreadable.collect();
            let result =
                if unreadable.is_empty() { format::format(id, file) } else { Err(Refusal::Broken(unreadable)) };
            match result {
                Ok(text) => self.take(terminal, file, &text, &mut done),
                Err(Refusal::Broken(mut findings)) => {
                    finding::sort(&mut findings);
                    self.report(&loaded.sources, &findings);
                    terminal::complain(&format!(
                        "`{}` cannot be read, so it is left alone",
                        render::one_line(&file.path)
                    ));
                    done.broken += 1;
                }
                Err(Refusal::Fault(fault)) => {
                    terminal::complain(&format!(
                        "`{}` is left alone. This is a mistake in forseti itself: {fault}\nplease report it, with the file",
                        file.path
                    ));
                    done.trouble = true;
                }
            }
        }
        self.sum_up(terminal, &done);
        Ok(terminal.exit(if done.trouble {
            Exit::Trouble
        } else if done.broken > 0 || (self.writes_nothing() && done.changed > 0) {
            Exit::Findings
        } else {
            Exit::Fine
        }))
    }

    /// The files; what comes from standard input comes alone.
    fn project(&self) -> Result<Project, Exit> {
        let Some(file) = &self.stdin_filename else { return Project::of(&self.paths) };
        if self.paths.iter().any(|path| path.as_os_str() != "-") {
            terminal::complain("`--stdin-filename` lays out what comes from standard input, and no other file");
            terminal::hint("name the other files in a call of their own");
            return Err(Exit::Trouble);
        }
        Project::with_input(std::slice::from_ref(file), Some(file))
    }

    /// Does with the layout of one file what was asked for.
    fn take(&self, terminal: &mut Terminal, file: &SourceFile, text: &str, done: &mut Done) {
        let same = file.text == text;
        let is_input = file.path == load::STANDARD_INPUT || self.stdin_filename.is_some();
        if is_input && !self.writes_nothing() {
            terminal.print_exactly(text);
            return;
        }
        if same {
            done.unchanged += 1;
            return;
        }
        if self.diff {
            terminal.print(&render::patch(
                &file.path,
                &file.as_in_file(&file.text),
                &file.as_in_file(text),
                terminal::out_look(self.color),
            ));
            done.changed += 1;
        } else if self.check {
            done.changed += 1;
            terminal.print(&format!("would change  {}\n", render::one_line(&file.path)));
        } else {
            match write::rewrite(Path::new(&file.path), &file.text, text) {
                Ok(()) => {
                    done.changed += 1;
                    terminal.print(&format!("changed  {}\n", render::one_line(&file.path)));
                }
                Err(Failure { path, error }) => {
                    terminal::complain(&format!("`{}` cannot be written: {error}", path.display()));
                    done.unwritten += 1;
                    done.trouble = true;
                }
            }
        }
    }

    fn writes_nothing(&self) -> bool {
        self.check || self.diff
    }

    fn report(&self, sources: &Sources, findings: &[Finding]) {
        if !findings.is_empty() {
            terminal::print_error(&render::human(sources, findings, terminal::error_look(self.color)));
        }
    }

    /// One line on what happened; a patch is not followed by anything.
    fn sum_up(&self, terminal: &mut Terminal, done: &Done) {
        let all = done.changed + done.unchanged + done.unwritten;
        if self.diff || all == 0 {
            return;
        }
        let files = counted_as(all, "file", "files");
        terminal.print(&match (done.changed, done.unwritten, self.check) {
            (0, 0, _) => format!("nothing to change in {files}\n"),
            (count, _, true) => format!("{count} of {files} would change\n"),
            (count, 0, false) => format!("{count} of {files} changed\n"),
            (count, unwritten, false) => {
                format!("{count} of {files} changed, and {unwritten} could not be written\n")
            }
        });
    }
}

fn is_in(finding: &Finding, file: FileId) -> bool {
    finding.place.as_ref().is_some_and(|place| place.span.file == file)
}
