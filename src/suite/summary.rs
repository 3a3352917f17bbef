//! An answer in one line, for reports that are about something else.

use crate::answer::{Outcome, Status};
use crate::law::{Law, QuestionHead};
use crate::words;

/// What the law answers, in one line without a full stop.
pub fn summary(law: &Law, head: QuestionHead, outcome: &Outcome) -> String {
    let answers = || {
        let parts = outcome.answers.iter().map(|deciding| {
            format!("{} by {}", words::answer(law, head, &deciding.answer), words::citation(law, &deciding.line.line))
        });
        parts.collect::<Vec<_>>().join("; ")
    };
    let cited =
        |lines: &[crate::answer::LineRef]| words::both(lines.iter().map(|line| words::citation(law, &line.line)));
    match outcome.status {
        Status::Answered if outcome.is_incomplete() => {
            format!("the law answers, but {} is not held: {}", cited(&outcome.unread), answers())
        }
        Status::Answered => format!("the law answers: {}", answers()),
        Status::Undetermined => format!("undetermined, because {} is not held", cited(&outcome.unread)),
        Status::NoRule => "no rule speaks of it".to_owned(),
        Status::Conflict => {
            let pairs = outcome.disputes.iter().map(|dispute| cited(&dispute.lines));
            format!("a conflict between {}", pairs.collect::<Vec<_>>().join("; and between "))
        }
        Status::OutOfScope => "out of scope".to_owned(),
        Status::Depends => {
            let on = outcome.depends.iter().flat_map(|depends| &depends.on);
            let on = words::both(on.map(|open| format!("`{}`", words::open(law, *open))));
            format!("it depends on {on}, which the test does not give")
        }
    }
}
