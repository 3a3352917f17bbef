//! `forseti ask`: one question in one case.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Exit;
use super::case::{CaseOptions, Fault};
use super::law::Compiled;
use super::project::Project;
use super::question::Question;
use super::terminal::{self, Color, Terminal};
use crate::answer::{Deciding, Outcome, Status, answer, misplaced};
use crate::case::Case;
use crate::law::{EventId, Law, QuestionHead, Side, Value};
use crate::render::{self, Reply, ReplyKind};
use crate::resolve;
use crate::syntax::ast;
use crate::words;

/// How an answer is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Human,
    /// One object for programs
    Json,
}

/// Ask the law a question
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  forseti ask \"authority to receive\" --matter transfer --from Sweden --to Norway --on 2026-01-15 \\
      --fact offence-district=Oslo
  forseti ask \"languages for documents\" --matter transfer --from DK --to FI --on 2026-01-15 \\
      --format json
  forseti ask \"authority to act-centrally\" --matter assistance --from SE --to NO --on 2026-01-15 \\
      --under uncac-2003
  forseti ask \"requested authority refuse\" --matter transfer --from NO --to DK --on 2026-01-15 \\
      --fact dual-criminality=no --fact suspect-national
  forseti ask channel --matter transfer --from SE --to DK --on 2020-01-15 --rules rules

In a matter within one country, `--in COUNTRY` stands for `--from` and `--to`.
A fact that is not given is a question left open: where the answer turns on it, it says how.")]
pub(super) struct Ask {
    /// The question, as a rule words it: `authority to receive`, `languages for documents`
    #[arg(required = true, value_name = "QUESTION")]
    question: Vec<String>,
    #[command(flatten)]
    case: CaseOptions,
    /// The law: a file or a folder; can be given several times [default: as in `forseti.toml`, or `rules`]
    #[arg(long, value_name = "PATH")]
    rules: Vec<PathBuf>,
    /// How to show the answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Whether to write in colour
    #[arg(long, value_enum, default_value_t)]
    color: Color,
}

impl Ask {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Result<Exit, Exit> {
        let project = Project::of(&self.rules)?;
        let mut compiled = Compiled::read(&project, None, false);
        if compiled.is_broken() {
            return Err(compiled.refuse(self.color, "no question is answered"));
        }
        let replied = self.reply(&mut compiled);
        let reply = replied.map_err(|fault| misused(&compiled, &fault, self.color))?;
        let text = match self.format {
            Format::Human => render::outcome(&compiled.law, &reply, terminal::out_look(self.color)),
            Format::Json => render::json(&render::outcome_json(&compiled.law, &reply)),
        };
        terminal.print(&text);
        for note in &reply.notes {
            terminal::hint(note);
        }
        Ok(terminal.exit(if reply.status() == Status::Answered { Exit::Fine } else { Exit::Findings }))
    }

    /// The answer, and what is good to know beside it.
    fn reply(&self, compiled: &mut Compiled) -> Result<Reply, Fault> {
        let text = self.question.join(" ");
        let question = Question::read(&compiled.law, &mut compiled.sources, &text)?;
        let mut put = self.case.put(&compiled.law, &mut compiled.sources, &question)?;
        let law = &compiled.law;
        let Some(matter) = put.matter else {
            let answer = ReplyKind::OutOfScope(put.out_of_scope);
            return Ok(Reply { question: text, case: put.words, answer, notes: put.notes });
        };
        let head = question.head(law, matter)?;
        let answer = match &put.case {
            None => ReplyKind::OutOfScope(put.out_of_scope),
            Some(case) => {
                same_country(law, &question, head, case)?;
                places_there(law, head, case)?;
                let outcome = answer(law, head, case);
                put.notes.extend(periods(law, case, &outcome));
                put.notes.extend(outcome.idle_limits().map(|(shorter, longer)| idle_limit(law, shorter, longer)));
                ReplyKind::Outcome(head, outcome)
            }
        };
        Ok(Reply { question: words::question(law, head), case: put.words, answer, notes: put.notes })
    }
}

/// Says on standard error what is wrong with the call.
pub(super) fn misused(compiled: &Compiled, fault: &Fault, color: Color) -> Exit {
    match fault {
        Fault::Call { message, help } => {
            terminal::complain(message);
            terminal::hint(help);
        }
        Fault::Words(finding) => {
            let finding = std::slice::from_ref(finding.as_ref());
            terminal::print_error(&render::human(&compiled.sources, finding, terminal::error_look(color)));
        }
    }
    Exit::Trouble
}

/// A declared place must lie in the country whose authority is asked for: seen from there, any other place is `none`.
fn places_there(law: &Law, head: QuestionHead, case: &Case) -> Result<(), Fault> {
    let QuestionHead::Authority(_, side) = head else { return Ok(()) };
    let there = match side {
        Side::Requesting => case.requesting,
        Side::Requested => case.requested,
    };
    let Some((fact, place)) = misplaced(law, head, case) else { return Ok(()) };
    let message = format!(
        "`{}` lies in {}, and the authority that is asked for is one of {}",
        law[place].name, law[law[place].country].name, law[there].name
    );
    let help = format!("write `--fact {}=none`: not in {}", law[fact].name, law[there].name);
    Err(Fault::call(message, help))
}

/// Where a period could be worked out with the day of an event, and where a day is given that nothing runs from.
fn periods(law: &Law, case: &Case, outcome: &Outcome) -> Vec<String> {
    let branches = outcome.depends.iter().flat_map(|depends| &depends.branches).map(|branch| &branch.outcome);
    let answers = || std::iter::once(outcome).chain(branches.clone()).flat_map(|outcome| &outcome.answers);
    let starts: BTreeSet<EventId> = answers().flat_map(|deciding| &deciding.answer.values).filter_map(start).collect();
    let missing = starts.iter().filter(|event| !case.events.contains_key(event)).map(|event| {
        let name = &law[*event].name;
        format!("`--event {name}=DATE` gives the day from which it runs; then its last day is worked out")
    });
    let used: BTreeSet<EventId> = answers().filter_map(|deciding| deciding.period).map(|period| period.event).collect();
    let idle = case.events.keys().filter(|event| !used.contains(event));
    missing.chain(idle.map(|event| format!("nothing in this answer runs from `{}`", law[*event].name))).collect()
}

/// Of two time limits for one duty the shorter is the one to keep.
fn idle_limit(law: &Law, shorter: &Deciding, longer: &Deciding) -> String {
    let of = |deciding: &Deciding| {
        let limit = deciding.answer.limit.map(|limit| words::limit(law, limit)).unwrap_or_default();
        format!("`{limit}` by {}", words::citation(law, &deciding.line.line))
    };
    format!("{} does nothing beside {}: several time limits of one duty are all to be kept", of(longer), of(shorter))
}

/// The event from which a deadline runs.
fn start(value: &Value) -> Option<EventId> {
    match value {
        Value::Deadline(deadline) => deadline.from,
        _ => None,
    }
}

/// `authority to receive in Norway` must not ask for another country than the case has.
fn same_country(law: &Law, question: &Question<'_>, head: QuestionHead, case: &Case) -> Result<(), Fault> {
    let ast::QuestionHead::Authority { side: Some(written), .. } = &question.asked.head else { return Ok(()) };
    let of_case = match head.side() {
        Some(Side::Requesting) => case.requesting,
        _ => case.requested,
    };
    if resolve::country_named(law, written.country.text) == Some(of_case) {
        return Ok(());
    }
    let message = format!(
        "the question asks for an authority of `{}`, but in this case it is one of `{}`",
        written.country.text, law[of_case].name
    );
    Err(Fault::call(message, "leave the country out of the question: the case gives it"))
}
