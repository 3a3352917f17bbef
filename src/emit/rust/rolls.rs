//! Rows of bits, for a question whose diagram would be too large. For each country, and each class of each fact, there is a
//! row with a bit for every stay of a line: where it can apply, and for how long. Stays are sorted by their first days,
//! those of like length together, so that those of one day lie in a few words. The rows of a case, joined by `and`, leave
//! the few lines that are judged.
//!
//! That is done where no clause has a word in who prevails and nothing of a line turns on countries and days but
//! whether it applies. Other questions have tables by countries and days (`tables`).

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::axes::{AxisRow, axis_row};
use super::conditions::{NO, fact_row};
use super::diagrams::block;
use super::tables::{Candidate, Entry, List, NONE, Tables, count};
use super::vocabulary::table;
use super::{list, number};
use crate::answer::{Asked, Setting, applicability, asked, clash, clauses_for};
use crate::law::{AnswerId, Condition, CountryId, Day, Law, QuestionHead, QuestionId};
use crate::proof::{Boxes, Set, Stay, boxes};

/// The most answers that are told apart: who disagrees with whom is a bit for each pair.
const MOST_ANSWERS: usize = 2048;
/// The most stays that a case of some countries on some day can meet.
const MOST_CHOSEN: usize = 4096;

/// Stays of like length.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) first: u32,
    pub(super) count: u32,
    /// No stay of them has more days.
    pub(super) longest: i64,
}

/// What a roll knows of an entry beside what it says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Voice {
    pub(super) answer: u32,
    pub(super) provision: u32,
    pub(super) asked: List,
}

/// A question.
#[derive(Clone, Copy, Debug)]
pub(super) struct Roll {
    pub(super) entries: List,
    pub(super) spans: List,
    /// The first stay.
    pub(super) stays: u32,
    /// The first word of the rows, and how many words a row has.
    pub(super) rows: u32,
    pub(super) width: u32,
    pub(super) nevers: List,
    /// The first word of who disagrees with whom, and how many answers there are.
    pub(super) clashes: u32,
    pub(super) answers: u32,
    /// The voice of its first entry.
    pub(super) voices: u32,
}

/// All rolls.
#[derive(Debug, Default)]
pub(super) struct Rolls {
    pub(super) list: Vec<Roll>,
    pub(super) spans: Vec<Span>,
    /// First day, first day after, entry.
    pub(super) stays: Vec<(i32, i32, u32)>,
    /// One for each entry of a roll.
    pub(super) voices: Vec<Voice>,
    pub(super) bits: Vec<u64>,
    /// The most stays that a case can meet.
    pub(super) most: u32,
    /// For each question its roll and its axes.
    pub(super) of: BTreeMap<QuestionId, (u32, List)>,
}

impl Rolls {
    /// Adds a question, if it can be done; the rows of its axes are numbered from `first_axis` on.
    pub(super) fn add(&mut self, tables: &mut Tables<'_>, law: &Law, id: QuestionId, first_axis: u32) -> Vec<AxisRow> {
        let Some((boxes, most)) = plain(law, id) else { return Vec::new() };
        let answers = answers(&boxes);
        if answers.len() > MOST_ANSWERS {
            return Vec::new();
        }
        // Nothing that is asked here turns on it.
        let setting =
            Setting { matter: law[id].matter, requesting: CountryId(0), requested: CountryId(0), on: Day::BEGINNING };
        let mut lines: Vec<(usize, Candidate)> =
            boxes.lines.iter().map(|boxed| tables.candidate(&boxed.line, law[id].matter)).enumerate().collect();
        lines.retain(|(_, candidate)| candidate.under != Some(Vec::new()));
        lines.sort_by_key(|(_, candidate)| candidate.order(law));
        let voices = count(self.voices.len());
        let mut entries = Vec::new();
        let mut stays: Vec<(Stay, u32, usize)> = Vec::new();
        for (place, (number, candidate)) in lines.iter().enumerate() {
            let line = &candidate.line;
            let mut assumptions = law[line.assumptions].clone();
            assumptions.extend(applicability::assumptions(law, line, setting));
            let assumptions = tables.assumptions(assumptions);
            let condition = tables.conditions.of_line(&law[line.condition], candidate.under.as_deref(), setting);
            entries.push(Entry { line: candidate.row, condition, assumptions });
            let mut tests = Asked::new();
            asked(&law[line.condition], &mut tests);
            let asked = tables.lists.list(tests.into_keys().map(fact_row).collect());
            let answer = line.answer.and_then(|answer| answers.get(&answer).copied()).unwrap_or(NONE);
            self.voices.push(Voice { answer, provision: line.provision.map_or(NONE, |provision| provision.0), asked });
            stays.extend(boxes.lines[*number].stays.iter().map(|stay| (stay.clone(), count(place), *number)));
        }
        let nevers = law.nevers.iter().map(|never| tables.conditions.compile(&never.condition, setting));
        let nevers = tables.lists.list(nevers.filter(|at| *at != NO).collect());
        stays.sort_by_key(|(stay, place, _)| (class_of(length(stay)), stay.dates, *place));
        let (first_span, first_stay) = (count(self.spans.len()), count(self.stays.len()));
        for like in stays.chunk_by(|a, b| class_of(length(&a.0)) == class_of(length(&b.0))) {
            let first = self.spans.last().filter(|_| self.spans.len() > first_span as usize);
            let first = first.map_or(0, |span| span.first + span.count);
            let longest = like.iter().map(|(stay, ..)| length(stay)).max().unwrap_or_default();
            self.spans.push(Span { first, count: count(like.len()), longest });
        }
        self.stays.extend(stays.iter().map(|(stay, place, _)| (stay.dates.from.0, stay.dates.until.0, *place)));
        let (rows, width) = (count(self.bits.len()), stays.len().div_ceil(64));
        for country in 0..law.countries.len() {
            self.row(width, stays.iter().map(|(stay, ..)| has(&stay.to, country)));
        }
        for country in 0..law.countries.len() {
            self.row(width, stays.iter().map(|(stay, ..)| has(&stay.from, country)));
        }
        for (axis, (_, classes)) in boxes.axes.iter().enumerate() {
            for class in 0..classes.len() {
                self.row(width, stays.iter().map(|(_, _, number)| has(&boxes.lines[*number].admits[axis], class)));
            }
        }
        let clashes = self.clashes(law, law[id].head, &answers);
        let axes: Vec<AxisRow> =
            boxes.axes.iter().map(|(axis, classes)| axis_row(law, *axis, classes, Vec::new())).collect();
        self.of.insert(id, (count(self.list.len()), (first_axis, count(axes.len()))));
        self.list.push(Roll {
            entries: tables.entries.list(entries),
            spans: (first_span, count(self.spans.len()) - first_span),
            stays: first_stay,
            rows,
            width: count(width),
            nevers,
            clashes,
            answers: count(answers.len()),
            voices,
        });
        self.most = self.most.max(count(most));
        axes
    }

    pub(super) fn write(&self, out: &mut String) {
        let _ = writeln!(out, "const MOST_CHOSEN: usize = {};\n", self.most);
        let rolls = self.list.iter().map(|roll| {
            let Roll { stays, rows, width, clashes, answers, voices, .. } = roll;
            let [entries, spans, nevers] = [roll.entries, roll.spans, roll.nevers].map(list);
            format!(
                "Roll {{ entries: {entries}, spans: {spans}, stays: {stays}, rows: {rows}, width: {width}, nevers: {nevers}, clashes: {clashes}, answers: {answers}, voices: {voices} }}"
            )
        });
        table(out, "ROLLS", "Roll", rolls);
        let spans = self.spans.iter().map(|span| format!("Span({}, {}, {})", span.first, span.count, span.longest));
        table(out, "SPANS", "Span", spans);
        table(out, "STAYS", "Stay", self.stays.iter().map(|stay| format!("Stay{stay:?}")));
        let voices = self.voices.iter().map(|voice| {
            let (answer, provision) = (number(voice.answer), number(voice.provision));
            format!("Voice({answer}, {provision}, {})", list(voice.asked))
        });
        table(out, "VOICES", "Voice", voices);
        let bytes: Vec<u8> = self.bits.iter().flat_map(|word| word.to_le_bytes()).collect();
        block(out, "BITS", &bytes);
    }

    /// A row.
    fn row(&mut self, width: usize, bits: impl Iterator<Item = bool>) {
        let first = self.bits.len();
        self.bits.resize(first + width, 0);
        for (place, _) in bits.enumerate().filter(|(_, bit)| *bit) {
            self.bits[first + place / 64] |= 1 << (place % 64);
        }
    }

    /// A bit for each pair of answers in different provisions, and one for each pair in the same.
    fn clashes(&mut self, law: &Law, head: QuestionHead, answers: &BTreeMap<AnswerId, u32>) -> u32 {
        let first = count(self.bits.len());
        let all: Vec<AnswerId> = answers.keys().copied().collect();
        let pairs = [false, true].into_iter().flat_map(|same| {
            let of = |a: AnswerId| all.iter().map(move |b| clash(head, Some(&law[a]), Some(&law[*b]), same));
            all.iter().flat_map(|a| of(*a)).collect::<Vec<bool>>()
        });
        let pairs: Vec<bool> = pairs.collect();
        self.row(pairs.len().div_ceil(64), pairs.into_iter());
        first
    }
}

/// The boxes of a question of which rows of bits can be made, and the most stays that a case can meet.
fn plain(law: &Law, id: QuestionId) -> Option<(Boxes, usize)> {
    let is_plain = |condition: &Condition| {
        let mut plain = true;
        condition.for_each_test(&mut |test| plain &= matches!(test, Condition::Fact(..)));
        plain
    };
    if !law.nevers.iter().all(|never| is_plain(&never.condition)) {
        return None;
    }
    let boxes = boxes(law, id)?;
    let all_plain = boxes.lines.iter().map(|boxed| &boxed.line.line).all(|line| {
        let instrument = &law[line.instrument];
        let dated = instrument.in_force.iter().chain(&instrument.applies);
        clauses_for(law, line).next().is_none()
            && is_plain(&law[line.condition])
            && dated.into_iter().all(|dated| dated.assumptions.is_empty())
            && instrument.bonds.iter().all(|bond| bond.assumptions.is_empty())
    });
    if !all_plain || boxes.axes.iter().any(|(_, classes)| classes.len() > 256) {
        return None;
    }
    let most = most(law, &boxes);
    (most <= MOST_CHOSEN).then_some((boxes, most))
}

/// The most stays that two countries on one day can meet.
fn most(law: &Law, boxes: &Boxes) -> usize {
    let stays: Vec<&Stay> = boxes.lines.iter().flat_map(|boxed| &boxed.stays).collect();
    let mut most = 0;
    for requested in 0..law.countries.len() {
        let to: Vec<&&Stay> = stays.iter().filter(|stay| has(&stay.to, requested)).collect();
        for requesting in 0..law.countries.len() {
            let mut days: Vec<(i32, i32)> = to
                .iter()
                .filter(|stay| has(&stay.from, requesting))
                .flat_map(|stay| [(stay.dates.from.0, 1), (stay.dates.until.0, -1)])
                .collect();
            // Who ends on a day has ended before others begin.
            days.sort_unstable();
            let mut open = 0;
            for (_, change) in days {
                open += change;
                most = most.max(usize::try_from(open).unwrap_or_default());
            }
        }
    }
    most
}

fn has(set: &Set, value: usize) -> bool {
    set.meets(Set::one(value))
}

fn length(stay: &Stay) -> i64 {
    i64::from(stay.dates.until.0) - i64::from(stay.dates.from.0)
}

/// Stays are of like length if none is four times as long as another.
fn class_of(length: i64) -> u32 {
    length.max(1).ilog2() / 2
}

/// The answers of all lines, numbered.
fn answers(boxes: &Boxes) -> BTreeMap<AnswerId, u32> {
    let all: BTreeMap<AnswerId, u32> =
        boxes.lines.iter().filter_map(|boxed| Some((boxed.line.line.answer?, 0))).collect();
    all.into_keys().zip(0..).collect()
}
