//! How much of each text stands in the files, for people, as Markdown, and for programs.

use std::fmt::Write as _;

use serde::Serialize;

use super::escape::{html, visible};
use super::{Ink, Look, counted_as};
use crate::coverage::{Extent, Part, Standing};
use crate::law::Law;

/// For programs.
#[derive(Debug, Serialize)]
pub struct ExtentsJson {
    schema_version: u32,
    missing: usize,
    instruments: Vec<ExtentJson>,
}

#[derive(Debug, Serialize)]
struct ExtentJson {
    instrument: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    declared: bool,
    not_held: Vec<String>,
    parts: Vec<PartJson>,
}

#[derive(Debug, Serialize)]
struct PartJson {
    citation: String,
    standing: &'static str,
    rules: usize,
    reasons: Vec<String>,
    left_out: Vec<LeftOutJson>,
}

#[derive(Debug, Serialize)]
struct LeftOutJson {
    citation: String,
    because: String,
}

/// For programs: every part of every instrument.
pub fn json(law: &Law, extents: &[Extent]) -> ExtentsJson {
    let part = |part: &Part| PartJson {
        citation: part.citation.clone(),
        standing: word(&part.standing),
        rules: part.rules,
        reasons: reasons(&part.standing).to_vec(),
        left_out: part
            .left_out
            .iter()
            .map(|(citation, because)| LeftOutJson { citation: citation.clone(), because: because.clone() })
            .collect(),
    };
    let instrument = |extent: &Extent| ExtentJson {
        instrument: law[extent.instrument].name.clone(),
        title: law[extent.instrument].title.clone(),
        declared: extent.is_declared,
        not_held: extent.not_held.clone(),
        parts: extent.parts.iter().map(part).collect(),
    };
    ExtentsJson { schema_version: 1, missing: missing(extents), instruments: extents.iter().map(instrument).collect() }
}

/// For people: for each instrument what stands in the files and what does not, in stretches.
pub fn human(law: &Law, extents: &[Extent], look: Look) -> String {
    let mut text = String::new();
    for extent in extents {
        let _ = writeln!(text, "{}: {}", look.ink(Ink::Strong, &law[extent.instrument].name), summary(extent));
        for note in &extent.not_held {
            let _ = writeln!(text, "  {:<13}{}", "text", look.wrapped(&visible(note), 15));
        }
        for run in runs(&extent.parts) {
            let standing = &run[0].standing;
            let mut shown = stretch(run, extent.is_declared);
            if let Some(reasons) = Some(reasons(standing)).filter(|reasons| !reasons.is_empty()) {
                let _ = write!(shown, ": {}", reasons.join("; "));
            }
            let label = word(standing).replace('-', " ");
            let label = format!("{label:<13}");
            let label = if *standing == Standing::Missing { look.ink(Ink::Bad, &label) } else { label };
            let _ = writeln!(text, "  {label}{}", look.wrapped(&visible(&shown), 15));
            for (citation, because) in run.iter().flat_map(|part| &part.left_out) {
                let left_out = format!("{citation}: {because}");
                let _ = writeln!(text, "{:15}without {}", "", look.wrapped(&visible(&left_out), 23));
            }
        }
    }
    let _ = match missing(extents) {
        0 => writeln!(text, "nothing is missing of what the instruments are said to consist of"),
        some => writeln!(text, "{} missing", counted_as(some, "part is", "parts are")),
    };
    text
}

/// As Markdown tables, one for each instrument, with a row for each stretch.
pub fn markdown(law: &Law, extents: &[Extent]) -> String {
    let mut text = String::new();
    for extent in extents {
        let row = &law[extent.instrument];
        let title = row.title.as_ref().map(|title| format!(" {}", html(title))).unwrap_or_default();
        let _ = writeln!(text, "## `{}`{title}\n\n{}\n", row.name, html(&sentence(&summary(extent))));
        for note in &extent.not_held {
            let _ = writeln!(text, "{}\n", html(&sentence(note)));
        }
        if extent.parts.is_empty() {
            continue;
        }
        text.push_str("| part | | reason |\n|---|---|---|\n");
        for run in runs(&extent.parts) {
            let word = word(&run[0].standing).replace('-', " ");
            let mut reasons = reasons(&run[0].standing).to_vec();
            let left_out = run.iter().flat_map(|part| &part.left_out);
            reasons.extend(left_out.map(|(citation, because)| format!("without {citation}: {because}")));
            let _ = writeln!(
                text,
                "| {} | {word} | {} |",
                html(&stretch(run, extent.is_declared)),
                html(&reasons.join("; "))
            );
        }
        text.push('\n');
    }
    text
}

/// A sentence of a document: with a capital letter and a full stop.
fn sentence(text: &str) -> String {
    let mut rest = text.chars();
    let first: String = rest.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", rest.as_str())
}

/// `12 of 15 encoded, 3 not encoded`; of a text that does not say what it consists of, what stands here.
fn summary(extent: &Extent) -> String {
    let count = |word_of: &str| extent.parts.iter().filter(|part| word(&part.standing) == word_of).count();
    let others = ["not-encoded", "not-held", "missing"].map(|word| (count(word), word.replace('-', " ")));
    let others = others.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!(", {count} {word}"));
    let others: String = others.collect();
    if extent.is_declared {
        format!("{} of {} encoded{others}", count("encoded"), extent.parts.len())
    } else {
        format!("{} encoded{others}; what it consists of is not said", count("encoded"))
    }
}

fn missing(extents: &[Extent]) -> usize {
    extents.iter().map(|extent| extent.missing().count()).sum()
}

fn word(standing: &Standing) -> &'static str {
    match standing {
        Standing::Encoded => "encoded",
        Standing::NotEncoded(_) => "not-encoded",
        Standing::NotHeld(_) => "not-held",
        Standing::Missing => "missing",
    }
}

fn reasons(standing: &Standing) -> &[String] {
    match standing {
        Standing::NotEncoded(reasons) | Standing::NotHeld(reasons) => reasons,
        Standing::Encoded | Standing::Missing => &[],
    }
}

/// Neighbours of which the same is to be said.
fn runs(parts: &[Part]) -> impl Iterator<Item = &[Part]> {
    let kind = |part: &Part| part.citation.rsplit_once(' ').map_or("", |(kind, _)| kind).to_owned();
    parts.chunk_by(move |a, b| {
        a.standing == b.standing && kind(a) == kind(b) && a.left_out.is_empty() && b.left_out.is_empty()
    })
}

/// `Article 3 to Article 5`, `Article 3, Article 4`. Where it is not known what else there is, each is named.
fn stretch(run: &[Part], is_declared: bool) -> String {
    match run {
        [first, _, .., last] if is_declared => format!("{} to {}", first.citation, last.citation),
        _ => run.iter().map(|part| part.citation.as_str()).collect::<Vec<_>>().join(", "),
    }
}
