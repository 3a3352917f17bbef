//! The values of a fact, or of the instrument of the request, as far as either of two laws tells them apart: by name, and
//! numbers and days cut wherever either law cuts them.

use std::collections::BTreeSet;

use super::Value;
use super::joint::{Axis, Both, Coordinate, Own};
use crate::answer::{Open, OpenValue};
use crate::law::{Day, FactId, FactKind, FactValue, Law, PlaceId, Under};
use crate::proof::{Axis as DiagramAxis, Diagram, WIDTH};
use crate::words;

pub(super) use crate::words::ELSEWHERE;

/// The axis of something that one of the laws asks.
pub(super) fn axis(
    laws: Both<&Law>,
    side: usize,
    open: Open,
    diagrams: Both<Option<&Diagram>>,
    named: &BTreeSet<String>,
) -> Result<Axis, String> {
    let name = words::open(laws[side], open).to_owned();
    let mut axis = Axis { name, open: [None, None], values: Vec::new() };
    axis.open[side] = Some(open);
    axis.open[1 - side] = match open {
        Open::Under => Some(Open::Under),
        Open::Fact(fact) => same_fact(laws, side, fact),
    };
    if axis.open[1 - side].is_none() && laws[1 - side].facts().any(|(_, fact)| fact.name == axis.name) {
        // a fact of another kind is another fact
        axis.name.push_str([" (as it was)", " (as it is)"][side]);
    }
    let classes = [0, 1].map(|side| axis.open[side].map_or(&[][..], |open| classes(diagrams[side], open)));
    axis.values = match open {
        Open::Under => unders(laws, classes),
        Open::Fact(fact) if matches!(laws[side][fact].kind, FactKind::Number(_) | FactKind::Date) => {
            ranges(laws, axis.open, classes)
        }
        Open::Fact(_) => values(laws, axis.open, classes, named),
    };
    if axis.values.len() > WIDTH {
        return Err(format!("more than {WIDTH} values of `{}` are told apart", axis.name));
    }
    Ok(axis)
}

fn classes(diagram: Option<&Diagram>, open: Open) -> &[OpenValue] {
    let place = |diagram: &&Diagram| diagram.axes.iter().position(|axis| *axis == DiagramAxis::Open(open));
    diagram.and_then(|diagram| Some(&diagram.classes[place(&diagram)?])).map_or(&[], Vec::as_slice)
}

/// The fact of that name and kind in the other law; lists of values may differ, and whether it may be unknown.
fn same_fact(laws: Both<&Law>, side: usize, fact: FactId) -> Option<Open> {
    let mine = &laws[side][fact];
    let same = |kind: &FactKind| match (kind, &mine.kind) {
        (FactKind::OneOf(_), FactKind::OneOf(_)) => true,
        (one, other) => one == other,
    };
    let found = laws[1 - side].facts().find(|(_, theirs)| theirs.name == mine.name && same(&theirs.kind));
    found.map(|(id, _)| Open::Fact(id))
}

/// The values of a fact that either law names, and the others: those that both laws have, and those of one alone.
fn values(
    laws: Both<&Law>,
    open: Both<Option<Open>>,
    classes: Both<&[OpenValue]>,
    places: &BTreeSet<String>,
) -> Vec<Coordinate> {
    let facts = open.map(|open| match open {
        Some(Open::Fact(fact)) => Some(fact),
        _ => None,
    });
    let kinds = [0, 1].map(|side| facts[side].map(|fact| &laws[side][fact].kind));
    let any = kinds[0].or(kinds[1]);
    let mut names: Vec<String> = Vec::new();
    let mut add = |name: String| {
        if !names.contains(&name) {
            names.push(name);
        }
    };
    if any == Some(&FactKind::YesNo) {
        for name in ["yes", "no"] {
            add(name.to_owned());
        }
    }
    for side in 0..2 {
        for class in classes[side] {
            if let (OpenValue::Is(value), Some(fact)) = (class, facts[side]) {
                add(name_of(laws[side], fact, value));
            }
        }
    }
    if any == Some(&FactKind::Place) {
        add("none".to_owned());
        for place in places {
            add(place.clone());
        }
    }
    let may_be_unknown = [0, 1].map(|side| facts[side].is_some_and(|fact| laws[side][fact].may_be_unknown));
    if may_be_unknown.contains(&true) {
        add("unknown".to_owned());
    }
    if matches!(any, Some(FactKind::Language | FactKind::Country)) {
        names.retain(|name| name != "other");
    }
    // a value that one of the laws does not have is named; the others need not be
    let choices = kinds.map(|kind| match kind {
        Some(FactKind::OneOf(all)) => all.as_slice(),
        _ => &[],
    });
    let both = facts.iter().all(Option::is_some);
    let mut rest: Vec<&String> = Vec::new();
    for choice in choices[0].iter().chain(choices[1]) {
        if names.contains(choice) {
            continue;
        }
        if both && choices.iter().any(|known| !known.contains(choice)) {
            names.push(choice.clone());
        } else {
            rest.push(choice);
        }
    }
    let own = |name: &str| [0, 1].map(|side| facts[side].and_then(|fact| value_of(laws[side], fact, name)));
    let mut coordinates: Vec<Coordinate> =
        names.iter().map(|name| Coordinate { shown: Value::Named(name.clone()), own: own(name) }).collect();
    let mut other = |own: Both<Option<Own>>| coordinates.push(Coordinate { shown: Value::AnyOther, own });
    match any {
        Some(FactKind::Place) => other(own(ELSEWHERE)),
        Some(FactKind::Language | FactKind::Country) => other(own("other")),
        Some(FactKind::OneOf(_)) => rest.first().into_iter().for_each(|choice| other(own(choice))),
        _ => {}
    }
    coordinates
}

fn name_of(law: &Law, fact: FactId, value: &FactValue) -> String {
    match value {
        FactValue::OtherPlace(name) => name.clone(),
        value => words::fact_value(law, fact, value),
    }
}

/// The value of that name; none where the fact has none.
fn value_of(law: &Law, fact: FactId, name: &str) -> Option<Own> {
    let row = &law[fact];
    if name == "unknown" {
        return row.may_be_unknown.then_some(Own::Fact(FactValue::Unknown));
    }
    let value = match &row.kind {
        FactKind::YesNo => FactValue::YesNo(name == "yes"),
        FactKind::OneOf(all) => FactValue::Choice(crate::law::id_of(all.iter().position(|choice| choice == name)?)),
        FactKind::Place if name == "none" => FactValue::NoPlace,
        FactKind::Place => {
            let place = law.places().find(|(_, place)| place.name == name).map(|(id, _): (PlaceId, _)| id);
            place.map_or_else(|| FactValue::OtherPlace(name.to_owned()), FactValue::Place)
        }
        FactKind::Language => {
            let found = law.languages().find(|(_, language)| language.name == name);
            found.map_or(FactValue::OtherLanguage, |(id, _)| FactValue::Language(id))
        }
        FactKind::Country => {
            let found = law.countries().find(|(_, country)| country.name == name);
            found.map_or(FactValue::OtherCountry, |(id, _)| FactValue::Country(id))
        }
        FactKind::Number(_) | FactKind::Date => return None,
    };
    Some(Own::Fact(value))
}

/// Numbers or days, cut at every bound of either law.
fn ranges(laws: Both<&Law>, open: Both<Option<Open>>, classes: Both<&[OpenValue]>) -> Vec<Coordinate> {
    let mut cuts = BTreeSet::new();
    for class in classes.iter().copied().flatten() {
        if let OpenValue::Range(from, until) = class {
            cuts.extend([*from, *until].into_iter().flatten());
        }
    }
    let facts = [0, 1].map(|side| match open[side] {
        Some(Open::Fact(fact)) => Some(&laws[side][fact]),
        _ => None,
    });
    let bounds: Vec<Option<i64>> =
        std::iter::once(None).chain(cuts.into_iter().map(Some)).chain(std::iter::once(None)).collect();
    let own = |number: i64| {
        facts.map(|fact| {
            Some(Own::Fact(match fact?.kind {
                FactKind::Date => FactValue::Date(Day(i32::try_from(number).unwrap_or(i32::MAX))),
                _ => FactValue::Number(number),
            }))
        })
    };
    let mut coordinates: Vec<Coordinate> = bounds
        .windows(2)
        .map(|pair| {
            let speaks_for_all = pair[0].or(pair[1].map(|until| until - 1)).unwrap_or(0);
            Coordinate { shown: Value::Range(pair[0], pair[1]), own: own(speaks_for_all) }
        })
        .collect();
    let unknown = facts.map(|fact| fact?.may_be_unknown.then_some(Own::Fact(FactValue::Unknown)));
    if unknown.iter().any(Option::is_some) {
        coordinates.push(Coordinate { shown: Value::Named("unknown".to_owned()), own: unknown });
    }
    coordinates
}

/// What a request can be made under: nothing, each instrument that either law names, others.
fn unders(laws: Both<&Law>, classes: Both<&[OpenValue]>) -> Vec<Coordinate> {
    let own = |name: &str| {
        laws.map(|law| {
            let found = law.instruments().find(|(_, row)| row.name == name);
            found.map(|(id, _)| Own::Under(Under::Instrument(id)))
        })
    };
    let nothing = laws.map(|_| Some(Own::Under(Under::Nothing)));
    let mut coordinates = vec![Coordinate { shown: Value::Named("none".to_owned()), own: nothing }];
    let mut names: BTreeSet<&str> = BTreeSet::new();
    for side in 0..2 {
        for class in classes[side] {
            if let OpenValue::Under(Under::Instrument(id)) = class {
                names.insert(&laws[side][*id].name);
            }
        }
    }
    coordinates.extend(names.iter().map(|name| Coordinate { shown: Value::Named((*name).to_owned()), own: own(name) }));
    let unnamed = |law: &'_ Law| -> Vec<String> {
        let all = law.instruments.iter().map(|row| row.name.clone());
        all.filter(|name| !names.contains(name.as_str())).collect()
    };
    let mut rest: Option<String> = None;
    for name in laws.map(unnamed).concat() {
        let own = own(&name);
        if own.iter().all(Option::is_some) {
            rest.get_or_insert(name);
        } else {
            coordinates.push(Coordinate { shown: Value::Named(name), own });
        }
    }
    coordinates.extend(rest.map(|name| Coordinate { shown: Value::AnyOther, own: own(&name) }));
    coordinates
}

/// The class of a diagram in which a value lies.
pub(super) fn class_of(classes: &[OpenValue], own: &Own) -> Option<usize> {
    let exactly = |class: &OpenValue| match (class, own) {
        (OpenValue::Is(value), Own::Fact(own)) => value == own,
        (OpenValue::Under(under), Own::Under(own)) => under == own,
        (OpenValue::Range(from, until), Own::Fact(own)) => {
            let number = match own {
                FactValue::Number(number) => *number,
                FactValue::Date(day) => i64::from(day.0),
                _ => return false,
            };
            from.is_none_or(|from| from <= number) && until.is_none_or(|until| number < until)
        }
        _ => false,
    };
    let rest = |class: &OpenValue| match own {
        Own::Fact(FactValue::Unknown | FactValue::NoPlace) => false,
        Own::Fact(_) => matches!(class, OpenValue::AnyOther | OpenValue::Known),
        Own::Under(_) => *class == OpenValue::OtherInstrument,
    };
    classes.iter().position(exactly).or_else(|| classes.iter().position(rest))
}
