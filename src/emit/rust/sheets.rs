//! What a lookup reads first: for each question and requested country a sheet, whose cells are told apart by the classes of
//! the requesting country and of the first facts; and calendars, which go on by the day. A lookup that meets nothing else
//! has no branch that turns on what it finds, and waits for few places of the memory.
//!
//! ```text
//! row       for each requested country: where its cells begin; the map of the requesting country; and of each fact the
//!           map, and how many classes it has
//! map       the class of each value; of what is not given and turns something, OPEN
//! cell      an end, a calendar, or a node of the diagram, for what is left
//! calendar  eight first days and eight ways to go on, the length of a line of the cache: so many of the first days as
//!           are past say which way; it leads to an end, or to a calendar of fewer days
//! ```
//!
//! The cells are a product of classes. Where that would be much larger than the nodes for which they stand, a sheet tells
//! fewer facts apart, and its cells lead to nodes.

use std::collections::{BTreeMap, BTreeSet};

use super::axes::AxisRow;
use super::diagrams::Maps;
use super::tables::count;
use crate::proof::{Axis, Child, Diagram};

/// As in `runtime/sheets.rs`.
const CALENDAR: u32 = 1 << 30;
const END: u32 = 1 << 31;
const OPEN: u8 = u8::MAX;
/// A value is counted from here on; before it stand what is not given, not known, elsewhere, and not declared.
const FIRST_VALUE: usize = 4;
/// So many facts at most are asked by sheets.
const MOST_FACTS: usize = 4;
/// So many cells a sheet has for each child of a node for which it stands, at most; and so many it can always have.
const CELLS_A_CHILD: usize = 8;
const FEW_CELLS: usize = 64;
/// The calendars before those of a question.
const MOST_CALENDARS: usize = 1 << 28;
/// The ways to go on in a calendar.
const WAYS: usize = 8;

/// All sheets and calendars.
#[derive(Debug, Default)]
pub(super) struct Sheets {
    pub(super) words: Vec<u32>,
    pub(super) calendars: Vec<[u32; 2 * WAYS]>,
    known: BTreeMap<[u32; 2 * WAYS], u32>,
}

/// Where the rows of a question begin, and how many of its facts they ask.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rows {
    pub(super) first: u32,
    pub(super) facts: u32,
}

/// A question as its sheets see it.
pub(super) struct Subject<'a> {
    pub(super) diagram: &'a Diagram,
    pub(super) countries: usize,
    /// The facts in order, each with how many values it has.
    pub(super) facts: &'a [(&'a AxisRow, usize)],
    /// What stands for a child of the diagram in the data.
    pub(super) place: &'a dyn Fn(Child) -> u32,
}

/// The classes of values of one level: the class of each value, and a value for each class.
struct Classes {
    of_value: Vec<usize>,
    speaks: Vec<i32>,
}

impl Sheets {
    /// Whether numbers are left for the sheets of another question.
    pub(super) fn has_room(&self) -> bool {
        self.calendars.len() < MOST_CALENDARS
    }

    /// Adds the sheets of a question.
    pub(super) fn add(&mut self, subject: &Subject<'_>, maps: &mut Maps) -> Rows {
        let facts = subject.facts.len().min(MOST_FACTS);
        let mut known: BTreeMap<Child, Vec<u32>> = BTreeMap::new();
        let mut rows = Vec::new();
        for requested in 0..subject.countries {
            let from = subject.step(subject.diagram.root, 0, i32::try_from(requested).unwrap_or_default());
            let row = known.entry(from).or_insert_with(|| self.sheet(subject, from, facts, maps));
            rows.extend_from_slice(row);
        }
        let first = count(self.words.len());
        self.words.extend(rows);
        Rows { first, facts: count(facts) }
    }

    /// The cells from one child on, and the row that leads to them.
    fn sheet(&mut self, subject: &Subject<'_>, from: Child, facts: usize, maps: &mut Maps) -> Vec<u32> {
        let mut levels: Vec<Classes> = Vec::new();
        let (mut cells, mut children) = (1, 0);
        let mut reached = BTreeSet::from([from]);
        for level in 1..=facts + 1 {
            let (classes, here, next) = subject.classes(level, &reached);
            children += here;
            let most = (CELLS_A_CHILD * children).max(FEW_CELLS);
            if classes.speaks.len() >= usize::from(OPEN) || cells * classes.speaks.len() > most {
                break;
            }
            cells *= classes.speaks.len();
            levels.push(classes);
            reached = next;
        }
        let begin = count(self.words.len());
        let mut leads = vec![from];
        for (level, classes) in (1..).zip(&levels) {
            let step = |child: &Child| classes.speaks.iter().map(|value| subject.step(*child, level, *value)).collect();
            leads = leads.iter().flat_map(|child| -> Vec<Child> { step(child) }).collect();
        }
        let mut known = BTreeMap::new();
        for child in leads {
            let way = *known.entry(child).or_insert_with(|| self.way(subject, child));
            self.words.push(way);
        }
        let mut row = vec![begin];
        let of_country = levels.first().map_or_else(|| vec![0; subject.countries], Classes::bytes);
        row.push(maps.place(of_country));
        for (place, (axis, values)) in subject.facts.iter().take(facts).enumerate() {
            let (map, classes) = match levels.get(place + 1) {
                Some(classes) if classes.speaks.len() > 1 => (of_codes(axis, classes, *values), classes.speaks.len()),
                _ => (vec![0; codes(axis, *values)], 1),
            };
            row.extend([maps.place(map), count(classes)]);
        }
        row
    }

    /// A cell.
    fn way(&mut self, subject: &Subject<'_>, child: Child) -> u32 {
        if let Child::Node(node) = child {
            let (level, runs) = subject.diagram.node(node);
            if subject.diagram.axes[level] == Axis::Day {
                let runs: Vec<(i32, u32)> = runs.iter().map(|(day, child)| (*day, (subject.place)(*child))).collect();
                // The day is asked last.
                if runs.iter().all(|run| run.1 & END != 0) {
                    return self.calendar(&runs);
                }
            }
        }
        (subject.place)(child)
    }

    fn calendar(&mut self, runs: &[(i32, u32)]) -> u32 {
        let ways: Vec<(i32, u32)> = if runs.len() <= WAYS {
            runs.to_vec()
        } else {
            // Calendars below are full, but for the last.
            let mut length = WAYS;
            while length * WAYS < runs.len() {
                length *= WAYS;
            }
            runs.chunks(length).map(|part| (part[0].0, self.calendar(part))).collect()
        };
        // Filled up with a day that no case has.
        let mut calendar = [i32::MAX.cast_unsigned(); 2 * WAYS];
        for (place, way) in ways.iter().enumerate() {
            if place > 0 {
                calendar[place - 1] = way.0.cast_unsigned();
            }
            calendar[WAYS + place] = way.1;
        }
        let next = count(self.calendars.len());
        let number = *self.known.entry(calendar).or_insert(next);
        if number == next {
            self.calendars.push(calendar);
        }
        CALENDAR | number
    }
}

impl Subject<'_> {
    /// Where a child goes on from a value of a level, if it asks for that level.
    fn step(&self, child: Child, level: usize, value: i32) -> Child {
        match child {
            Child::Node(node) if self.diagram.node(node).0 == level => self.diagram.child(node, value),
            child => child,
        }
    }

    /// The classes of the values of a level: those together by which each of these children goes on to the same. With how
    /// many ways there are, and to which children they lead.
    fn classes(&self, level: usize, reached: &BTreeSet<Child>) -> (Classes, usize, BTreeSet<Child>) {
        let values = match self.diagram.axes[level] {
            Axis::Open(_) => self.diagram.classes[level].len(),
            _ => self.countries,
        };
        let asks = |child: &Child| matches!(child, Child::Node(node) if self.diagram.node(*node).0 == level);
        let (asking, mut next): (BTreeSet<Child>, BTreeSet<Child>) = reached.iter().copied().partition(asks);
        let mut classes = Classes { of_value: Vec::new(), speaks: Vec::new() };
        let mut known: BTreeMap<Vec<Child>, usize> = BTreeMap::new();
        for value in 0..i32::try_from(values).unwrap_or(i32::MAX) {
            let leads: Vec<Child> = asking.iter().map(|child| self.step(*child, level, value)).collect();
            next.extend(&leads);
            let class = *known.entry(leads).or_insert(classes.speaks.len());
            if class == classes.speaks.len() {
                classes.speaks.push(value);
            }
            classes.of_value.push(class);
        }
        let ways = asking.iter().map(|child| match child {
            Child::Node(node) => self.diagram.node(*node).1.len(),
            Child::Outcome(_) => 0,
        });
        (classes, ways.sum(), next)
    }
}

impl Classes {
    fn bytes(&self) -> Vec<u8> {
        self.of_value.iter().map(|class| u8::try_from(*class).unwrap_or(OPEN)).collect()
    }
}

/// How many codes a fact has: of numbers and days one for each range.
fn codes(axis: &AxisRow, values: usize) -> usize {
    FIRST_VALUE + if axis.bounds.is_empty() { values } else { axis.bounds.len() + 1 }
}

/// The class of each code of a fact.
fn of_codes(axis: &AxisRow, classes: &Classes, values: usize) -> Vec<u8> {
    let bytes = classes.bytes();
    let class = |of_axis: u32| bytes.get(of_axis as usize).copied().unwrap_or(OPEN);
    let mut map = vec![OPEN, class(axis.unknown), class(axis.outside), class(axis.other)];
    map.extend((FIRST_VALUE..codes(axis, values)).map(|code| {
        let value = code - FIRST_VALUE;
        if axis.bounds.is_empty() {
            class(axis.values.get(value).map_or(axis.other, |class| u32::from(*class)))
        } else {
            class(count(value))
        }
    }));
    map
}
