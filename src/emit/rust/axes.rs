//! The facts that diagrams ask for: the class of each value, and the facts that are tied to each other.

use std::collections::BTreeSet;

use super::tables::count;
use crate::answer::{Asked, Open, OpenValue, asked, lines, tied_facts};
use crate::law::{FactId, FactValue, Law, QuestionId, Under};

/// A fact as diagrams ask for it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct AxisRow {
    pub(super) fact: u32,
    pub(super) count: u32,
    pub(super) tied: Vec<u32>,
    pub(super) unknown: u32,
    pub(super) outside: u32,
    pub(super) other: u32,
    pub(super) values: Vec<u16>,
    pub(super) bounds: Vec<i64>,
}

/// The fact with the classes of its values, tied to those facts.
pub(super) fn axis_row(law: &Law, open: Open, classes: &[OpenValue], tied: Vec<u32>) -> AxisRow {
    let fact = match open {
        Open::Under => 0,
        Open::Fact(fact) => super::conditions::fact_row(fact),
    };
    let mut row = AxisRow {
        fact,
        count: count(classes.len()),
        tied,
        unknown: 0,
        outside: 0,
        other: 0,
        values: Vec::new(),
        bounds: Vec::new(),
    };
    let mut named: Vec<(u32, u16)> = Vec::new();
    for (place, class) in classes.iter().enumerate() {
        let (class_number, byte) = (count(place), u16::try_from(place).unwrap_or(u16::MAX));
        match class {
            OpenValue::AnyOther | OpenValue::Known | OpenValue::Under(Under::Nothing) => row.other = class_number,
            OpenValue::Range(_, until) => row.bounds.extend(until),
            OpenValue::Under(Under::Instrument(instrument)) => named.push((instrument.0, byte)),
            OpenValue::OtherInstrument => {
                // Every instrument that has no class of its own.
                row.values = vec![byte; law.instruments.len()];
            }
            OpenValue::Is(value) => match value {
                FactValue::Unknown => row.unknown = class_number,
                FactValue::NoPlace => row.outside = class_number,
                FactValue::YesNo(yes) => named.push((u32::from(*yes), byte)),
                FactValue::Choice(choice) => named.push((*choice, byte)),
                FactValue::Place(place) => named.push((place.0, byte)),
                FactValue::Language(language) => named.push((language.0, byte)),
                FactValue::Country(country) => named.push((country.0, byte)),
                FactValue::OtherPlace(_) | FactValue::OtherLanguage | FactValue::OtherCountry => {
                    row.other = class_number;
                }
                // Numbers and days are in ranges.
                FactValue::Number(_) | FactValue::Date(_) => {}
            },
        }
    }
    if row.values.is_empty() {
        let length = named.iter().map(|value| value.0 as usize + 1).max().unwrap_or(0);
        row.values = vec![u16::try_from(row.other).unwrap_or(u16::MAX); length];
    }
    for (value, class) in named {
        if let Some(place) = row.values.get_mut(value as usize) {
            *place = class;
        }
    }
    row
}

/// The facts of which lines of the question ask, those together that some `never`, or several in a row, tie to each other.
pub(super) fn groups(law: &Law, id: QuestionId) -> Vec<BTreeSet<Open>> {
    let mut of_lines = Asked::new();
    for line in lines(law, law[id]) {
        asked(&law[line.line.condition], &mut of_lines);
    }
    let mut groups = tied_facts(law);
    let alone = |fact: &&FactId| !groups.iter().any(|group| group.contains(*fact));
    let alone: Vec<_> = of_lines.keys().filter(alone).map(|fact| BTreeSet::from([*fact])).collect();
    groups.extend(alone);
    let asked = |group: BTreeSet<FactId>| {
        group.into_iter().filter(|fact| of_lines.contains_key(fact)).map(Open::Fact).collect::<BTreeSet<Open>>()
    };
    groups.into_iter().map(asked).collect()
}
