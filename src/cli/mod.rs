//! The command line: one file for each verb. Arguments in, an exit code out; nothing is decided here.
//!
//! ```text
//! check, fmt, test, ask, table, diff, excused, coverage, sources, build, explain, init, man, completions   the verbs
//! project      which law is read, and under which settings
//! baseline     what `check --baseline` holds back
//! correct      what `check --fix` writes
//! watch        checking again
//! case         the case of a question, from options to ids
//! given        the facts of that case
//! listed       arguments whose values shells and the manual know
//! reports      which reports of a run go where
//! terminal     where output goes and how it looks there
//! ```

mod ask;
mod baseline;
mod build;
mod case;
mod check;
mod completions;
mod correct;
mod coverage;
mod diff;
mod excused;
mod explain;
mod fmt;
mod given;
mod init;
mod law;
mod listed;
mod man;
mod progress;
mod project;
mod question;
mod reports;
mod sources;
mod table;
mod terminal;
mod test;
mod watch;

use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use terminal::Terminal;

/// How a run ended; the gravest last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Exit {
    /// Nothing is wrong.
    Fine,
    /// Something was found, a test failed, or there is no answer.
    Findings,
    /// The call was wrong, something could not be read or written, or this program is at fault.
    Trouble,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(match exit {
            Exit::Fine => 0,
            Exit::Findings => 1,
            Exit::Trouble => 2,
        })
    }
}

const EXIT_CODES: &str = "Exit codes:
  0  nothing is wrong
  1  findings, a failed test, stale artifacts, files that are not laid out, or no answer
  2  wrong use, something that cannot be read or written, or a mistake in forseti itself";

/// Compiles rules of law, checks them, and answers from them with citations.
#[derive(Debug, Parser)]
#[command(version, after_help = EXIT_CODES, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Check(check::Check),
    Fmt(fmt::Fmt),
    Test(test::Test),
    Ask(ask::Ask),
    Table(table::Table),
    Diff(diff::Diff),
    Excused(excused::Excused),
    Coverage(coverage::Coverage),
    Sources(sources::Sources),
    Build(build::Build),
    Explain(explain::Explain),
    Init(init::Init),
    Man(man::Manual),
    Completions(completions::Completions),
}

/// Runs the program with the arguments of this process.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // help and version are asked for and go to standard output; if nobody reads them, so be it
            let _ = error.print();
            return if error.use_stderr() { Exit::Trouble } else { Exit::Fine }.into();
        }
    };
    panic::set_hook(Box::new(|_| {}));
    let mut terminal = Terminal::default();
    let run = panic::catch_unwind(AssertUnwindSafe(|| run(&arguments.verb, &mut terminal)));
    match run {
        Ok(Ok(exit) | Err(exit)) => exit.into(),
        Err(cause) => {
            let text = cause.downcast_ref::<String>().map(String::as_str);
            let cause = text.or_else(|| cause.downcast_ref::<&str>().copied());
            terminal::complain(&format!(
                "this is a mistake in forseti itself{}\nplease report it, with the files and the command that provoke it",
                cause.map(|cause| format!(": {cause}")).unwrap_or_default()
            ));
            Exit::Trouble.into()
        }
    }
}

/// Either way the exit code; what ended early, because the law or the call is wrong, has said so.
fn run(verb: &Verb, terminal: &mut Terminal) -> Result<Exit, Exit> {
    match verb {
        Verb::Check(check) => check.run(terminal),
        Verb::Fmt(fmt) => fmt.run(terminal),
        Verb::Test(test) => test.run(terminal),
        Verb::Ask(ask) => ask.run(terminal),
        Verb::Table(table) => table.run(terminal),
        Verb::Diff(diff) => Ok(diff.run(terminal)),
        Verb::Excused(excused) => excused.run(terminal),
        Verb::Coverage(coverage) => coverage.run(terminal),
        Verb::Sources(sources) => sources.run(terminal),
        Verb::Build(build) => build.run(terminal),
        Verb::Explain(explain) => Ok(explain.run(terminal)),
        Verb::Init(init) => Ok(init.run(terminal)),
        Verb::Man(manual) => Ok(manual.run(terminal)),
        Verb::Completions(completions) => Ok(completions.run(terminal)),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_consistent() {
        super::Arguments::command().debug_assert();
    }
}
