//! How far a long run has come: one line on a terminal that is written over, and taken away at the end.

use std::time::{Duration, Instant};

use super::terminal;
use crate::proof::Progress;

/// What is sooner done needs no line.
const LONG: Duration = Duration::from_millis(500);
/// How often the line is written.
const EVERY: Duration = Duration::from_millis(100);
/// To the beginning of the line, and nothing on it.
const CLEAR: &str = "\r\x1b[K";

/// The line. Interrupting the run leaves it, and the shell goes on behind it; nothing is half written then, since files
/// are written beside their place and renamed.
pub(super) struct ProgressLine {
    next: Instant,
    shown: bool,
}

impl ProgressLine {
    /// A line for a run that begins now.
    #[expect(clippy::disallowed_methods, reason = "only whether a line is shown depends on it")]
    pub(super) fn new() -> Self {
        ProgressLine { next: Instant::now() + LONG, shown: false }
    }

    /// Writes the line, if it is time to.
    #[expect(clippy::disallowed_methods, reason = "only whether a line is shown depends on it")]
    pub(super) fn show(&mut self, Progress { done, all }: Progress) {
        let now = Instant::now();
        if now >= self.next {
            self.next = now + EVERY;
            self.shown = true;
            terminal::print_error(&format!("{CLEAR}proving: {done} of {all} lines of the law"));
        }
    }

    /// Takes the line away.
    pub(super) fn end(self) {
        if self.shown {
            terminal::print_error(CLEAR);
        }
    }
}
