//! Where output goes, and how it looks there.

use std::env;
use std::io::{self, IsTerminal, Write};

use clap::ValueEnum;

use super::Exit;
use crate::render::{Ink, Look, on_screen};

/// Whether to write in colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// How a page is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum PageFormat {
    /// For a screen
    #[default]
    Human,
    /// For a file that is kept, or a comment
    Markdown,
    /// One object for programs
    Json,
}

/// Standard output, and whether it could be written so far.
#[derive(Debug, Default)]
pub(super) struct Terminal {
    failed: bool,
    closed: bool,
}

impl Terminal {
    /// Writes to standard output what is to be read, with nothing in it that a terminal or a server would obey.
    pub(super) fn print(&mut self, text: &str) {
        self.print_exactly(&on_screen(text));
    }

    /// Writes to standard output a text that must stay as it is: commands to a server that are meant, a file that is
    /// handed on. A reader that has seen enough is no trouble; anything else is, once.
    pub(super) fn print_exactly(&mut self, text: &str) {
        let mut out = io::stdout().lock();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe && !self.failed => {
                self.failed = true;
                complain(&format!("standard output cannot be written: {error}"));
            }
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => self.closed = true,
            _ => {}
        }
    }

    /// Whoever read standard output has seen enough.
    pub(super) fn is_closed(&self) -> bool {
        self.closed
    }

    /// The exit code, unless standard output could not be written.
    pub(super) fn exit(&self, exit: Exit) -> Exit {
        if self.failed { Exit::Trouble } else { exit }
    }
}

/// How a report on standard output is to look.
pub(super) fn out_look(color: Color) -> Look {
    look(color, io::stdout().is_terminal())
}

/// How a report on standard error is to look.
pub(super) fn error_look(color: Color) -> Look {
    look(color, io::stderr().is_terminal())
}

/// Somebody can see on standard error how a run goes on.
pub(super) fn is_watched() -> bool {
    io::stderr().is_terminal() && error_look(Color::Auto).color
}

/// Writes to standard error; there is nowhere to say that this failed.
pub(super) fn print_error(text: &str) {
    let _ = io::stderr().lock().write_all(on_screen(text).as_bytes());
}

/// Says on standard error what is wrong with the call.
pub(super) fn complain(message: &str) {
    print_error(&format!("{} {message}\n", error_look(Color::Auto).ink(Ink::Bad, "error:")));
}

/// Says on standard error something that may help.
pub(super) fn hint(message: &str) {
    print_error(&format!("{} {message}\n", error_look(Color::Auto).ink(Ink::Guide, "note:")));
}

#[expect(clippy::disallowed_methods, reason = "these names are how people say that they want colour or not")]
fn look(color: Color, is_terminal: bool) -> Look {
    let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    let forced = env::var_os("CLICOLOR_FORCE").is_some_and(|value| !value.is_empty() && value != "0");
    let dumb = env::var_os("TERM").is_some_and(|value| value == "dumb");
    let color = match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if set("NO_COLOR") => false,
        Color::Auto => forced || (is_terminal && !dumb),
    };
    let width = is_terminal.then(terminal_size::terminal_size).flatten();
    // a report gets no easier to read by being very wide
    let width = width.map_or(Look::PLAIN.width, |(width, _)| usize::from(width.0).clamp(40, 140));
    Look { color, width }
}
