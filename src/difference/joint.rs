//! One system of coordinates for the cases of one question in two laws: countries by code, facts and their values by name,
//! numbers and days cut wherever either law cuts them.

use std::collections::BTreeSet;

use super::axis::{ELSEWHERE, axis};
use super::point::Sides;
use super::{Test, Value};
use crate::answer::{Open, OpenValue};
use crate::law::{CountryId, FactId, FactValue, Interval, Law, MatterId, Under};
pub(super) use crate::proof::Cell;
use crate::proof::{Axis as DiagramAxis, Diagram, Set, WIDTH};
use crate::words;

/// A pair: of the older law, and of the newer.
pub(super) type Both<T> = [T; 2];

/// One question in both laws.
pub(super) struct Joint<'l> {
    pub(super) laws: Both<&'l Law>,
    /// The matter lies between two countries.
    pub(super) between: bool,
    /// Where the places of a case can lie.
    pub(super) sides: Sides,
    pub(super) countries: Vec<Both<Option<CountryId>>>,
    pub(super) axes: Vec<Axis>,
}

/// A fact, or the instrument of the request.
pub(super) struct Axis {
    pub(super) name: String,
    /// What each law calls it; none where it does not have it.
    pub(super) open: Both<Option<Open>>,
    pub(super) values: Vec<Coordinate>,
}

/// Values of an axis that neither law tells apart.
pub(super) struct Coordinate {
    pub(super) shown: Value,
    /// What stands for it in each law; none where the law has no such value.
    pub(super) own: Both<Option<Own>>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Own {
    Fact(FactValue),
    Under(Under),
}

impl Axis {
    pub(super) fn full(&self) -> Set {
        Set::first(self.values.len())
    }

    /// The axis with some of its values, as it is shown.
    pub(super) fn test(&self, set: &Set) -> Test {
        let mut values: Vec<Value> = Vec::new();
        for at in set.iter() {
            let shown = &self.values[at].shown;
            match (values.last_mut(), shown) {
                // ranges that follow upon each other are one
                (Some(Value::Range(_, end)), Value::Range(Some(next), until)) if *end == Some(*next) => *end = *until,
                _ => values.push(shown.clone()),
            }
        }
        let named = self.values.iter().filter_map(|value| match &value.shown {
            Value::Named(name) => Some(name.clone()),
            _ => None,
        });
        Test { fact: self.name.clone(), named: named.collect(), values }
    }
}

impl<'l> Joint<'l> {
    /// The coordinates in which these diagrams can be compared; in words, why there are none.
    pub(super) fn new(
        laws: Both<&'l Law>,
        matters: Both<Option<MatterId>>,
        sides: Sides,
        diagrams: Both<Option<&Diagram>>,
        places: &Both<BTreeSet<FactId>>,
        named: &BTreeSet<String>,
    ) -> Result<Joint<'l>, String> {
        let kinds: Vec<bool> = (0..2).filter_map(|side| Some(laws[side][matters[side]?].between_countries)).collect();
        if kinds.windows(2).any(|pair| pair[0] != pair[1]) {
            return Err(
                "its matter lies between countries in one version and within one country in the other".to_owned()
            );
        }
        let countries = countries(laws);
        if countries.len() > WIDTH {
            return Err(format!("both versions together have more than {WIDTH} countries"));
        }
        let mut axes: Vec<Axis> = Vec::new();
        for side in 0..2 {
            let of_diagram = diagrams[side].iter().flat_map(|diagram| &diagram.axes).filter_map(|axis| match axis {
                DiagramAxis::Open(open) => Some(*open),
                _ => None,
            });
            let of_answers = places[side].iter().map(|fact| Open::Fact(*fact));
            for open in of_diagram.chain(of_answers) {
                if !axes.iter().any(|axis| axis.open[side] == Some(open)) {
                    axes.push(axis(laws, side, open, diagrams, named)?);
                }
            }
        }
        Ok(Joint { laws, between: kinds.first().copied().unwrap_or(true), sides, countries, axes })
    }

    pub(super) fn everything(&self) -> Cell {
        Cell {
            to: Set::first(self.countries.len()),
            from: Set::first(self.countries.len()),
            rest: self.axes.iter().map(Axis::full).collect(),
            dates: Interval::ALWAYS,
        }
    }

    /// The name of a country.
    pub(super) fn country(&self, at: usize) -> &str {
        match self.countries[at] {
            [_, Some(id)] => &self.laws[1][id].name,
            [Some(id), _] => &self.laws[0][id].name,
            [None, None] => "",
        }
    }

    /// The axis of something open in one of the laws.
    pub(super) fn axis(&self, side: usize, open: Open) -> Option<usize> {
        self.axes.iter().position(|axis| axis.open[side] == Some(open))
    }

    /// A range of a fact in words.
    pub(super) fn range(&self, name: &str, from: Option<i64>, until: Option<i64>) -> String {
        let open = self
            .axes
            .iter()
            .find(|axis| axis.name == name)
            .and_then(|axis| [1, 0].into_iter().find_map(|side| Some((self.laws[side], axis.open[side]?))));
        open.map_or_else(String::new, |(law, open)| words::open_value(law, open, &OpenValue::Range(from, until)))
    }

    /// What a place is called at a coordinate; none where no place is known.
    pub(super) fn place(&self, axis: usize, at: usize) -> Option<String> {
        match &self.axes[axis].values[at].shown {
            Value::Named(name) if name == "none" || name == "unknown" => None,
            Value::Named(name) => Some(name.clone()),
            Value::AnyOther => Some(ELSEWHERE.to_owned()),
            Value::Range(..) => None,
        }
    }

    /// The countries in which the place of a coordinate is declared to lie, in either law.
    pub(super) fn lies_in(&self, axis: &Axis, at: usize) -> impl Iterator<Item = usize> {
        (0..2).filter_map(move |side| {
            let Some(Own::Fact(FactValue::Place(place))) = &axis.values[at].own[side] else { return None };
            let country = self.laws[side][*place].country;
            self.countries.iter().position(|countries| countries[side] == Some(country))
        })
    }
}

fn countries(laws: Both<&Law>) -> Vec<Both<Option<CountryId>>> {
    let mut countries: Vec<Both<Option<CountryId>>> = laws[0].countries().map(|(id, _)| [Some(id), None]).collect();
    for (id, country) in laws[1].countries() {
        match countries.iter_mut().find(|known| known[0].is_some_and(|old| laws[0][old].code == country.code)) {
            Some(known) => known[1] = Some(id),
            None => countries.push([None, Some(id)]),
        }
    }
    countries
}
