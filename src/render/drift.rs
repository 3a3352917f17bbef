//! Whether the texts still say what they said, for people and for programs.

use std::fmt::Write as _;

use serde::Serialize;

use super::{Ink, Look, counted_as, one_line, visible};
use crate::drift::{Change, Key, Slip, State, Watched};
use crate::law::{Law, ProvisionId};
use crate::source::{Sources, Span};
use crate::suite::{Part, TestReport};
use crate::words;

/// What became of the passages, with all that is needed to name what to review.
#[derive(Clone, Copy)]
pub struct Drift<'a> {
    /// The law.
    pub law: &'a Law,
    /// Its files.
    pub sources: &'a Sources,
    /// How its tests went.
    pub tests: &'a [TestReport],
    /// The passages, in the order of the law.
    pub passages: &'a [(Watched, State)],
    /// Lines of the lock that are about no passage of the law.
    pub left_over: &'a [&'a Key],
}

/// For programs.
#[derive(Debug, Serialize)]
pub struct DriftJson {
    schema_version: u32,
    passages: Vec<PassageJson>,
    left_over: Vec<KeyJson>,
    summary: Vec<CountJson>,
}

#[derive(Debug, Serialize)]
struct KeyJson {
    instrument: String,
    provision: String,
    source: String,
}

#[derive(Debug, Serialize)]
struct CountJson {
    state: &'static str,
    passages: usize,
}

#[derive(Debug, Serialize)]
struct PassageJson {
    #[serde(flatten)]
    key: KeyJson,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    slips: Vec<SlipJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    difference: Option<DifferenceJson>,
    /// Of what is to be reviewed: `path:line`.
    rules: Vec<String>,
    /// Of what is to be reviewed: the titles.
    tests: Vec<String>,
}

#[derive(Debug, Serialize)]
struct SlipJson {
    now: String,
    before: String,
}

/// What stands now where the text differs, with a few words around it, and how many words stood there.
#[derive(Debug, Serialize)]
struct DifferenceJson {
    leading: String,
    now: String,
    trailing: String,
    words_before: usize,
}

const STATES: [&str; 6] = ["unchanged", "similar", "changed", "missing", "not-locked", "not-verified"];

fn word(state: &State) -> &'static str {
    match state {
        State::Compared(Change::Unchanged, _) => "unchanged",
        State::Compared(Change::Similar(_), _) => "similar",
        State::Compared(Change::Changed { .. }, _) => "changed",
        State::Lost(_) => "missing",
        State::NotLocked => "not-locked",
        State::NoText => "not-verified",
    }
}

/// Something is to be done: a text says something else, or text, rules and lock do not fit.
pub fn is_to_review(state: &State) -> bool {
    matches!(word(state), "changed" | "missing" | "not-locked")
}

impl Drift<'_> {
    fn count(self, of: &str) -> usize {
        self.passages.iter().filter(|(_, state)| word(state) == of).count()
    }

    /// Where the rules of a provision are written: `path:line`, each line once.
    fn rules(self, provision: ProvisionId) -> Vec<String> {
        let place = |span: Span| {
            let file = self.sources.file(span.file);
            format!("{}:{}", one_line(&file.path), file.line_column(span.start).0)
        };
        let of_provision = self.law.rules.iter().filter(|rule| rule.provision == provision);
        let mut rules: Vec<String> = of_provision.map(|rule| place(rule.span)).collect();
        if rules.is_empty() {
            rules.push(place(self.law[provision].span));
        }
        rules.dedup();
        rules
    }

    /// The tests that expect what a line of the provision says.
    fn tests(self, provision: ProvisionId) -> Vec<String> {
        let is_of = |part: &Part| matches!(part, Part::Line(line) if self.law[*line].provision == Some(provision));
        let tests = self.tests.iter().filter(|test| test.reached.iter().any(is_of));
        tests.map(|test| test.title.clone()).collect()
    }
}

/// For programs: every passage, and for those to review the rules and tests.
pub fn json(drift: Drift<'_>) -> DriftJson {
    let passage = |(watched, state): &(Watched, State)| {
        let review = is_to_review(state);
        PassageJson {
            key: key(&watched.key),
            state: word(state),
            why: if let State::Lost(lost) = state { Some(lost.in_words()) } else { None },
            slips: slips(state)
                .iter()
                .map(|slip| SlipJson { now: slip.now.clone(), before: slip.before.clone() })
                .collect(),
            difference: difference(state),
            rules: if review { drift.rules(watched.provision) } else { Vec::new() },
            tests: if review { drift.tests(watched.provision) } else { Vec::new() },
        }
    };
    DriftJson {
        schema_version: 1,
        passages: drift.passages.iter().map(passage).collect(),
        left_over: drift.left_over.iter().map(|left_over| key(left_over)).collect(),
        summary: STATES.map(|state| CountJson { state, passages: drift.count(state) }).into(),
    }
}

fn key(key: &Key) -> KeyJson {
    KeyJson { instrument: key.instrument.clone(), provision: key.provision.clone(), source: key.source.clone() }
}

fn slips(state: &State) -> &[Slip] {
    if let State::Compared(Change::Similar(slips), _) = state { slips } else { &[] }
}

/// So many words are shown on either side of what differs, and of what differs itself from either end.
const AROUND: usize = 6;

fn difference(state: &State) -> Option<DifferenceJson> {
    let State::Compared(Change::Changed { now, before }, text) = state else { return None };
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let leading = words(text.get(..now.start)?);
    let trailing = words(text.get(now.end..)?);
    let shown = words(text.get(now.clone())?);
    let shown = if shown.len() > 4 * AROUND {
        format!("{} […] {}", shown[..2 * AROUND].join(" "), shown[shown.len() - 2 * AROUND..].join(" "))
    } else {
        shown.join(" ")
    };
    Some(DifferenceJson {
        leading: leading[leading.len().saturating_sub(AROUND)..].join(" "),
        now: shown,
        trailing: trailing[..trailing.len().min(AROUND)].join(" "),
        words_before: *before,
    })
}

/// For people: what is to be reviewed and why, what is similar, and how many passages are what.
pub fn human(drift: Drift<'_>, look: Look) -> String {
    let mut text = String::new();
    for (watched, state) in drift.passages {
        let named = words::provision(drift.law, watched.provision);
        let (ink, said) = match state {
            State::Compared(Change::Unchanged, _) | State::NoText => continue,
            State::Compared(Change::Similar(slips), _) => (Ink::Guide, similar(slips)),
            State::Compared(Change::Changed { .. }, _) => (Ink::Bad, changed(state, look)),
            State::Lost(lost) => (Ink::Bad, lost.in_words()),
            State::NotLocked => (Ink::Doubtful, "nothing was kept of it; `forseti sources lock` keeps it".to_owned()),
        };
        let label = format!("{:<11}", word(state).replace('-', " "));
        let _ = writeln!(text, "{} {named}", look.ink(ink, &label));
        let _ = writeln!(text, "            {}", look.wrapped(&visible(&said), 12));
        if is_to_review(state) && *state != State::NotLocked {
            let _ = writeln!(text, "    review  {}", look.wrapped(&drift.rules(watched.provision).join(", "), 12));
            let tests = drift.tests(watched.provision);
            if !tests.is_empty() {
                let _ = writeln!(text, "     tests  {}", look.wrapped(&tests.join("; "), 12));
            }
        }
    }
    for key in drift.left_over {
        let label = look.ink(Ink::Doubtful, "left over  ");
        let _ = writeln!(text, "{label} {}, {}", key.instrument, key.provision);
        let _ = writeln!(
            text,
            "            the lock keeps it, and no provision here has it; `forseti sources lock` drops it"
        );
    }
    let counts = STATES.map(|state| (drift.count(state), state.replace('-', " ")));
    let counts = counts.iter().filter(|(count, _)| *count > 0).map(|(count, state)| format!("{count} {state}"));
    let counts = counts.collect::<Vec<_>>().join(", ");
    let passages = counted_as(drift.passages.len(), "passage", "passages");
    let _ = if drift.passages.is_empty() {
        writeln!(text, "no passage is watched: no source of an instrument names a `file`")
    } else {
        writeln!(text, "{passages}: {counts}")
    };
    text
}

fn similar(slips: &[Slip]) -> String {
    if slips.is_empty() {
        return "only signs, capitals or accents differ".to_owned();
    }
    let slips = slips.iter().map(|slip| format!("“{}”, before “{}”", slip.now, slip.before));
    format!("differs by a letter or a blank: {}", slips.collect::<Vec<_>>().join("; "))
}

fn changed(state: &State, look: Look) -> String {
    let Some(DifferenceJson { leading, now, trailing, words_before }) = difference(state) else { return String::new() };
    let now = if now.is_empty() { "nothing".to_owned() } else { now };
    let stood = counted_as(words_before, "word", "words");
    format!("… {leading} {} {trailing} …, where {stood} stood", look.ink(Ink::Strong, &format!("[{now}]")))
}
