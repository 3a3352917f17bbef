//! Decision diagrams as data: numbers that stand in one text, in an order in which what is asked together lies together.
//! A compiler reads a text of any length in no time; long lists of numbers it does not.
//!
//! ```text
//! node      what it asks, how it goes on, how many children; then by value, by a map from values, or by runs of values.
//!           A child is a node, or an end: its status, and where its outcome stands
//! outcome   status; its number; what it says; how many lines stand, are not held, disagree; these lines, those that stand
//!           with what they rest on and their row
//! line      its row, its provision
//! texts     where each begins
//! ```
//!
//! Nodes stand apart from all that is said at the ends: a lookup reads nodes alone, so that they fill the nearest caches.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::axes::{AxisRow, axis_row, groups};
use super::tables::{List, NONE, Tables, count};
use crate::answer::{LineRef, Open, OpenValue, Outcome, Said, Status};
use crate::law::{InstrumentId, Law, Line, LineId, ProvisionId, QuestionId};
use crate::proof::{Axis, Child, Diagram, WIDTH};

/// As in `runtime/lookup.rs`.
const END: u32 = 1 << 31;
const STATUS_AT: u32 = 28;
const DAY: u32 = 2;
const FIRST_AXIS: u32 = 3;
const DENSE: u32 = 0;
const MAPPED: u32 = 1;
const RUNS: u32 = 2;
/// As in `runtime/lookup.rs`.
const TOGETHER: usize = 8;
/// Runs that are searched faster than a map is read.
const FEW: usize = 5;
/// With no more countries than that, a node that asks for one has a child for each: it is asked in every case.
const MOST_COUNTRIES: usize = 64;
/// Words in a line of the cache.
const CACHE_LINE: usize = 16;
/// What a node's head has room for.
const MOST_CHILDREN: usize = 1 << 16;
const MOST_AXES: usize = (1 << 14) - 3;
/// The words of nodes before those of a diagram: one that took the most work has fewer than are left then.
const MOST_NODES: usize = 1 << 28;

/// The data of all diagrams.
#[derive(Debug, Default)]
pub(super) struct Diagrams {
    /// What is said at the ends, and the texts.
    words: Vec<u32>,
    nodes: Vec<u32>,
    maps: Maps,
    said: BTreeMap<Said, u32>,
    axes: Vec<AxisRow>,
    /// Where the outcome of what cannot be stands.
    pub(super) impossible: u32,
    /// The most outcomes of a question.
    pub(super) most: u32,
    /// Where the data of each question stand.
    pub(super) roots: BTreeMap<QuestionId, Root>,
    /// Where it stands at which each text begins.
    pub(super) texts: u32,
}

/// Where the data of a question stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Root {
    /// Where its diagram begins.
    pub(super) node: u32,
    /// The list of its outcomes.
    pub(super) outcomes: u32,
    pub(super) axes: List,
}

/// Maps from values to small numbers; equal ones once.
#[derive(Debug, Default)]
pub(super) struct Maps {
    bytes: Vec<u8>,
    known: BTreeMap<Vec<u8>, u32>,
}

impl Maps {
    /// Where the map stands.
    pub(super) fn place(&mut self, map: Vec<u8>) -> u32 {
        if let Some(known) = self.known.get(&map) {
            return *known;
        }
        let at = count(self.bytes.len());
        self.bytes.extend_from_slice(&map);
        self.known.insert(map, at);
        at
    }
}

/// By which a line is known.
type Key = (Option<LineId>, InstrumentId, Option<ProvisionId>, u32);

fn key(line: &Line, id: Option<LineId>) -> Key {
    (id, line.instrument, line.provision, line.span.start)
}

impl Diagrams {
    pub(super) fn new() -> Diagrams {
        let mut all = Diagrams::default();
        all.impossible = all.end();
        all.words.extend([status(Status::OutOfScope), 0, NONE, 0, 0]);
        all
    }

    /// Whether a diagram has a form as data.
    pub(super) fn has_room_for(&self, diagram: &Diagram) -> bool {
        self.axes.len() + diagram.axes.len() < MOST_AXES
            && self.nodes.len() < MOST_NODES
            && (0..diagram.len()).all(|node| diagram.node(count(node)).1.len() < MOST_CHILDREN)
            && diagram.classes.iter().all(|classes| classes.len() <= WIDTH)
            && diagram.outcomes.iter().all(|outcome| u16::try_from(lines(outcome).count()).is_ok())
            && self.words.len() + diagram.outcomes.iter().map(most_words).sum::<usize>() < 1 << STATUS_AT
    }

    /// How many axes there are.
    pub(super) fn axis_count(&self) -> u32 {
        count(self.axes.len())
    }

    /// Adds axes of a question without a diagram.
    pub(super) fn add_axes(&mut self, axes: Vec<AxisRow>) {
        self.axes.extend(axes);
    }

    fn end(&self) -> u32 {
        count(self.words.len())
    }

    /// Adds the diagram of a question.
    pub(super) fn add(&mut self, tables: &mut Tables<'_>, law: &Law, id: QuestionId, diagram: &Diagram) {
        let lines = self.lines(tables, law, diagram);
        let first_axis = count(self.axes.len());
        let axes = self.axes(law, id, diagram);
        let mut outcomes: Vec<Option<u32>> = vec![None; diagram.outcomes.len()];
        let mut nodes: Vec<u32> = Vec::with_capacity(diagram.len());
        let mut numbered = Vec::new();
        // Children stand before their parents in the diagram.
        for node in 0..diagram.len() {
            let (level, runs) = diagram.node(count(node));
            let runs: Vec<(i32, u32)> = runs
                .iter()
                .map(|(first, child)| {
                    (*first, self.child(tables, diagram, *child, &nodes, &mut outcomes, &mut numbered, &lines))
                })
                .collect();
            nodes.push(count(self.nodes.len()));
            let values = match diagram.axes[level] {
                Axis::Requested | Axis::Requesting => Some(law.countries.len()),
                Axis::Open(_) => Some(diagram.classes[level].len()),
                Axis::Day => None,
            };
            self.node(axes[level], values, &runs);
        }
        let root = self.child(tables, diagram, diagram.root, &nodes, &mut outcomes, &mut numbered, &lines);
        let list = self.end();
        self.most = self.most.max(count(numbered.len()));
        self.words.extend(numbered);
        let all = (first_axis, count(self.axes.len()) - first_axis);
        self.roots.insert(id, Root { node: root, outcomes: list, axes: all });
    }

    #[allow(clippy::too_many_arguments, reason = "what is known so far of one diagram")]
    fn child(
        &mut self,
        tables: &mut Tables<'_>,
        diagram: &Diagram,
        child: Child,
        nodes: &[u32],
        outcomes: &mut [Option<u32>],
        numbered: &mut Vec<u32>,
        lines: &BTreeMap<Key, u32>,
    ) -> u32 {
        let outcome = match child {
            Child::IMPOSSIBLE => return end(Status::OutOfScope, self.impossible),
            Child::Node(node) => return nodes[node as usize],
            Child::Outcome(outcome) => outcome as usize,
        };
        let status = diagram.outcomes[outcome].status;
        if let Some(known) = outcomes[outcome] {
            return end(status, known);
        }
        let at = self.outcome(tables, &diagram.outcomes[outcome], count(numbered.len()), lines);
        outcomes[outcome] = Some(at);
        numbered.push(at);
        end(status, at)
    }

    fn node(&mut self, axis: u32, values: Option<usize>, runs: &[(i32, u32)]) {
        let mut children: Vec<u32> = Vec::new();
        let mut of_value: Vec<u8> = Vec::new();
        let in_order =
            |value: usize| runs.iter().rev().find(|run| usize::try_from(run.0).is_ok_and(|first| first <= value));
        let by_value: Vec<u32> = (0..values.unwrap_or(0)).filter_map(|value| Some(in_order(value)?.1)).collect();
        for child in &by_value {
            let place = children.iter().position(|known| known == child).unwrap_or(children.len());
            if place == children.len() {
                children.push(*child);
            }
            of_value.push(u8::try_from(place).unwrap_or(u8::MAX));
        }
        let head = |form: u32, children: usize| axis | form << 14 | count(children) << 16;
        match values {
            Some(values) if values <= 8 || values <= 2 * runs.len() || (axis < DAY && values <= MOST_COUNTRIES) => {
                self.nodes.push(head(DENSE, by_value.len()));
                self.nodes.extend(by_value);
            }
            Some(_) if runs.len() > FEW && children.len() < 256 => {
                let map = self.maps.place(of_value);
                self.nodes.extend([head(MAPPED, children.len()), map]);
                self.nodes.extend(children);
            }
            _ => {
                self.nodes.push(head(RUNS, runs.len()));
                // Filled up with a value that no case has.
                let firsts = runs[1..].iter().map(|run| run.0).chain(std::iter::repeat(i32::MAX));
                let length = (runs.len() - 1).next_multiple_of(TOGETHER);
                self.nodes.extend(firsts.take(length).map(i32::cast_unsigned));
                self.nodes.extend(runs.iter().map(|run| run.1));
            }
        }
    }

    /// The lines of all outcomes, in the order in which they are shown.
    fn lines(&mut self, tables: &mut Tables<'_>, law: &Law, diagram: &Diagram) -> BTreeMap<Key, u32> {
        let mut all: BTreeMap<Key, Line> = BTreeMap::new();
        for line in diagram.outcomes.iter().flat_map(lines) {
            all.insert(key(&line.line, line.id), line.line);
        }
        let mut all: Vec<(Key, Line)> = all.into_iter().collect();
        all.sort_by_cached_key(|(key, line)| super::tables::order(law, line, key.0));
        let mut places = BTreeMap::new();
        for (key, line) in all {
            places.insert(key, self.end());
            let provision = line.provision.map_or(NONE, |id| tables.texts.row(law[id].citation.clone()));
            let row = tables.line_anywhere(&line);
            self.words.extend([row, provision]);
        }
        places
    }

    fn outcome(&mut self, tables: &mut Tables<'_>, outcome: &Outcome, number: u32, lines: &BTreeMap<Key, u32>) -> u32 {
        let place = |line: &LineRef| lines[&key(&line.line, line.id)];
        let next = count(self.said.len());
        let said = *self.said.entry(outcome.said()).or_insert(next);
        let placed = outcome.answers.iter().any(|deciding| super::tables::is_placed(&deciding.answer));
        let mut disputed: Vec<u32> = outcome.disputes.iter().flat_map(|dispute| &dispute.lines).map(place).collect();
        disputed.sort_unstable();
        disputed.dedup();
        let mut standing: Vec<[u32; 3]> = outcome
            .answers
            .iter()
            .map(|deciding| {
                let line = place(&deciding.line);
                [line, self.assumptions(tables, &deciding.assumptions), self.words[line as usize]]
            })
            .collect();
        standing.sort_by_key(|line| line[0]);
        standing.dedup_by_key(|line| line[0]);
        let mut unread: Vec<u32> = outcome.unread.iter().map(place).collect();
        unread.sort_unstable();
        unread.dedup();
        let length = 5 + 3 * standing.len() + unread.len() + disputed.len();
        if length <= CACHE_LINE && self.words.len() % CACHE_LINE + length > CACHE_LINE {
            // Who reads it waits for one line of the cache and not for two.
            self.words.resize(self.words.len().next_multiple_of(CACHE_LINE), 0);
        }
        let at = self.end();
        let others = count(unread.len()) | count(disputed.len()) << 16;
        self.words.extend([
            status(outcome.status) | u32::from(placed) << 3,
            number,
            said,
            count(standing.len()),
            others,
        ]);
        self.words.extend(standing.into_iter().flatten());
        self.words.extend(unread);
        self.words.extend(disputed);
        at
    }

    /// Where a list of texts stands.
    fn assumptions(&mut self, tables: &mut Tables<'_>, texts: &[String]) -> u32 {
        let rows: Vec<u32> = texts.iter().map(|text| tables.texts.row(text.clone())).collect();
        let end = self.end();
        let at = *tables.assumed.entry(rows.clone()).or_insert(end);
        if at == end {
            self.words.push(count(rows.len()));
            self.words.extend(rows);
        }
        at
    }

    /// What nodes of each level ask.
    fn axes(&mut self, law: &Law, id: QuestionId, diagram: &Diagram) -> Vec<u32> {
        let first = count(self.axes.len());
        let open = diagram.axes.iter().zip(&diagram.classes).filter_map(|(axis, classes)| match axis {
            Axis::Open(open) => Some((*open, classes)),
            _ => None,
        });
        let open: Vec<(Open, &Vec<OpenValue>)> = open.collect();
        let groups = groups(law, id);
        for (place, (axis, classes)) in open.iter().enumerate() {
            let group = groups.iter().find(|group| group.contains(axis));
            let tied = (0..).zip(&open).filter(|(other, (axis, _))| match group {
                Some(group) => group.contains(axis),
                None => *axis == Open::Under && *other as usize == place,
            });
            let tied = tied.map(|(other, _)| first + other).collect();
            self.axes.push(axis_row(law, *axis, classes, tied));
        }
        let mut next = FIRST_AXIS + first;
        let numbers = diagram.axes.iter().map(|axis| match axis {
            Axis::Requested => 0,
            Axis::Requesting => 1,
            Axis::Day => 2,
            Axis::Open(_) => {
                next += 1;
                next - 1
            }
        });
        numbers.collect()
    }

    /// Adds where each text begins, and writes everything.
    pub(super) fn write(mut self, tables: &Tables<'_>, out: &mut String) {
        self.texts = self.end();
        let mut at = 0;
        for text in &tables.texts.rows {
            self.words.push(at);
            at += count(text.len());
        }
        self.words.push(at);
        let _ = write!(
            out,
            "const IMPOSSIBLE: u32 = {};\nconst OUTCOME_WORDS: usize = {};\nconst TEXT_AT: u32 = {};\n\n",
            self.impossible,
            self.most.div_ceil(64).max(1),
            self.texts
        );
        let axes = self.axes.iter().map(|row| {
            let AxisRow { fact, count, tied, unknown, outside, other, values, bounds } = row;
            format!(
                "AxisRow {{ fact: {fact}, count: {count}, tied: &{tied:?}, unknown: {unknown}, outside: {outside}, other: {other}, values: &{values:?}, bounds: &{bounds:?} }}"
            )
        });
        super::vocabulary::table(out, "AXES", "AxisRow", axes);
        let bytes_of = |words: &[u32]| words.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>();
        block(out, "NODES", &bytes_of(&self.nodes));
        block(out, "DATA", &bytes_of(&self.words));
        byte_text(out, "static MAPS: &[u8] = ", &self.maps.bytes);
        out.push_str(";\n\n");
        out.push_str("static TEXT: &str = \"\\\n");
        for text in &tables.texts.rows {
            let written = super::names::literal(text);
            let written = &written[1..written.len() - 1];
            // A line that is continued loses the blanks at its head.
            let written = written.strip_prefix(' ').map_or(written.to_owned(), |rest| format!("\\x20{rest}"));
            let _ = writeln!(out, "{written}\\");
        }
        out.push_str("\";\n\n");
    }
}

/// All lines of an outcome.
fn lines(outcome: &Outcome) -> impl Iterator<Item = &LineRef> {
    let disputed = outcome.disputes.iter().flat_map(|dispute| &dispute.lines);
    outcome.answers.iter().map(|deciding| &deciding.line).chain(&outcome.unread).chain(disputed)
}

/// A child that is no node.
fn end(of: Status, outcome: u32) -> u32 {
    END | status(of) << STATUS_AT | outcome
}

/// At most how many numbers an outcome takes, with its lines and what they rest on.
fn most_words(outcome: &Outcome) -> usize {
    let assumed: usize = outcome.answers.iter().map(|deciding| deciding.assumptions.len() + 1).sum();
    6 + CACHE_LINE + 5 * lines(outcome).count() + assumed
}

/// As in `runtime/lookup.rs`.
fn status(status: Status) -> u32 {
    match status {
        Status::Answered => 0,
        Status::Undetermined => 1,
        Status::NoRule => 2,
        Status::Conflict => 3,
        Status::OutOfScope | Status::Depends => 4,
    }
}

/// Numbers that are looked up.
pub(super) fn block(out: &mut String, name: &str, bytes: &[u8]) {
    byte_text(out, &format!("static {name}: Block<{}> = Block(*", bytes.len()), bytes);
    out.push_str(");\n\n");
}

/// Bytes as a text, in lines.
fn byte_text(out: &mut String, before: &str, bytes: &[u8]) {
    let _ = write!(out, "{before}b\"");
    for row in bytes.chunks(48) {
        out.push_str("\\\n");
        for byte in row {
            match byte {
                0 => out.push_str("\\0"),
                b'"' | b'\\' => {
                    out.push('\\');
                    out.push(char::from(*byte));
                }
                b'!'..=b'~' => out.push(char::from(*byte)),
                _ => {
                    let _ = write!(out, "\\x{byte:02x}");
                }
            }
        }
    }
    out.push('"');
}
