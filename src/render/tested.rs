//! What the tests of a body of law reach, for people and for programs.

use std::fmt::Write as _;

use serde::Serialize;

use super::{Ink, Look, counted_as, one_line};
use crate::law::{ConditionId, Law, LineOrigin, Question, QuestionHead};
use crate::source::Sources;
use crate::suite::{Coverage, Part, PartOf, Reach, Tally};
use crate::words;

/// What the tests reach, for programs.
#[derive(Debug, Serialize)]
pub struct CoverageJson {
    #[serde(flatten)]
    tally: TallyJson,
    instruments: Vec<InstrumentJson>,
}

#[derive(Debug, Serialize)]
struct TallyJson {
    parts: usize,
    reached: usize,
    only_beaten: usize,
    rules: usize,
    rules_reached: usize,
    percent: usize,
}

#[derive(Debug, Serialize)]
struct InstrumentJson {
    instrument: String,
    #[serde(flatten)]
    tally: TallyJson,
    provisions: Vec<ProvisionJson>,
}

#[derive(Debug, Serialize)]
struct ProvisionJson {
    /// None where a whole instrument is not held.
    #[serde(skip_serializing_if = "Option::is_none")]
    citation: Option<String>,
    parts: Vec<PartJson>,
}

#[derive(Debug, Serialize)]
struct PartJson {
    says: String,
    reach: &'static str,
    path: String,
    line: usize,
}

impl TallyJson {
    fn of(tally: Tally) -> TallyJson {
        let Tally { parts, reached, only_beaten, rules, rules_reached } = tally;
        TallyJson { parts, reached, only_beaten, rules, rules_reached, percent: tally.percent() }
    }
}

/// For programs: every part, with how far it is reached.
pub fn json(law: &Law, sources: &Sources, coverage: &Coverage) -> CoverageJson {
    let part = |row: &PartOf| {
        let file = sources.file(row.span.file);
        PartJson {
            says: says(law, row),
            reach: word(row.reach),
            path: file.path.clone(),
            line: file.line_column(row.span.start).0,
        }
    };
    let provision = |rows: &[PartOf]| ProvisionJson {
        citation: rows.first().and_then(|row| row.provision).map(|id| law[id].citation.clone()),
        parts: rows.iter().map(part).collect(),
    };
    let instruments = coverage.instruments().map(|(id, rows)| InstrumentJson {
        instrument: law[id].name.clone(),
        tally: TallyJson::of(Tally::of(rows)),
        provisions: of_provisions(rows).map(provision).collect(),
    });
    CoverageJson { tally: TallyJson::of(coverage.tally()), instruments: instruments.collect() }
}

/// For people: what is not reached, by instrument and provision, and how much is.
pub fn human(law: &Law, sources: &Sources, coverage: &Coverage, look: Look) -> String {
    let mut text = String::new();
    for (id, rows) in coverage.instruments() {
        let tally = Tally::of(rows);
        let name = look.ink(Ink::Strong, &law[id].name);
        let _ = writeln!(text, "{name}: {}", share(tally, look));
        for rows in of_provisions(rows) {
            let left: Vec<&PartOf> = rows.iter().filter(|row| row.reach != Reach::Reached).collect();
            let Some(first) = left.first() else { continue };
            let citation = first.provision.map_or("the whole text", |id| &law[id].citation);
            let _ = writeln!(text, "  {}", one_line(citation));
            for row in left {
                let place = place(sources, row);
                let beaten = if row.reach == Reach::OnlyBeaten { ", only beaten" } else { "" };
                let says = look.wrapped(&one_line(&format!("{}{beaten}", says(law, row))), 6);
                let _ = writeln!(text, "    - {says}\n      {}", look.ink(Ink::Faint, &place));
            }
        }
    }
    let tally = coverage.tally();
    let _ = writeln!(text, "the tests reach {}", sentence(tally));
    text
}

/// Line by line: what is not reached, and how much is.
pub fn plain(law: &Law, sources: &Sources, coverage: &Coverage) -> String {
    let mut text = String::new();
    for row in coverage.parts.iter().filter(|row| row.reach != Reach::Reached) {
        let cited = row.provision.map_or_else(|| law[row.instrument].name.clone(), |id| words::provision(law, id));
        let _ = writeln!(
            text,
            "{}: {}: {}",
            place(sources, row),
            word(row.reach),
            one_line(&format!("{cited}: {}", says(law, row)))
        );
    }
    let _ = writeln!(text, "the tests reach {}", sentence(coverage.tally()));
    text
}

/// `210 of 230 parts of the law (91 %), 98 of 102 rules`.
fn sentence(tally: Tally) -> String {
    let parts = counted_as(tally.parts, "part", "parts");
    let rules = counted_as(tally.rules, "rule", "rules");
    format!("{} of {parts} of the law ({} %), {} of {rules}", tally.reached, tally.percent(), tally.rules_reached)
}

fn share(tally: Tally, look: Look) -> String {
    let ink = if tally.reached == tally.parts { Ink::Good } else { Ink::Bad };
    let beaten = if tally.only_beaten > 0 { format!(", {} only beaten", tally.only_beaten) } else { String::new() };
    format!("{} of {}{beaten} ({})", tally.reached, tally.parts, look.ink(ink, &format!("{} %", tally.percent())))
}

fn place(sources: &Sources, row: &PartOf) -> String {
    let file = sources.file(row.span.file);
    format!("{}:{}", one_line(&file.path), file.line_column(row.span.start).0)
}

fn of_provisions(rows: &[PartOf]) -> impl Iterator<Item = &[PartOf]> {
    rows.chunk_by(|a, b| a.provision == b.provision)
}

fn word(reach: Reach) -> &'static str {
    match reach {
        Reach::Reached => "reached",
        Reach::OnlyBeaten => "only-beaten",
        Reach::Not => "not-reached",
    }
}

/// What a part says, in the words of the language as far as it has them.
fn says(law: &Law, row: &PartOf) -> String {
    let line = match row.part {
        Part::Line(id) => &law[id],
        Part::NotHeld(_) => return "the text is not held".to_owned(),
    };
    let Question { matter, head } = law[line.question];
    let question = words::question(law, head);
    let mut text = match (line.answer.map(|answer| &law[answer]), head) {
        (None, _) => format!("{question}: the text is not held"),
        // a question about conduct ends with what the answer begins to repeat
        (Some(answer), QuestionHead::Conduct(..) | QuestionHead::Refuse(_)) => {
            let bearer = question.rsplit_once(' ').map_or("", |(bearer, _)| bearer);
            format!("{bearer} {}", words::answer(law, head, answer))
        }
        (Some(answer), _) => format!("{question} {}", words::answer(law, head, answer)),
    };
    match line.origin {
        LineOrigin::Opposite => text.push_str(", otherwise"),
        _ if line.condition != ConditionId::ALWAYS => {
            text.push_str(" when ");
            text.push_str(&words::condition(law, &law[line.condition]));
        }
        _ => {}
    }
    if row.rule.is_some_and(|rule| law[rule].matters.len() > 1) {
        text.push_str(", concerning ");
        text.push_str(&law[matter].name);
    }
    text
}
