//! One case of a box, as each of the two laws is asked for it.

use std::collections::BTreeMap;

use super::joint::{Axis, Cell, Joint, Own};
use crate::answer::Open;
use crate::case::Case;
use crate::law::{Day, FactId, FactValue, MatterId, QuestionHead, Side};
use crate::proof::Set;

/// One case. Of what the box does not restrict nothing is given.
#[derive(Clone)]
pub(super) struct Point {
    to: usize,
    from: usize,
    on: Day,
    /// By axis: the coordinate, where it is restricted.
    rest: Vec<Option<usize>>,
}

impl Point {
    /// The same countries and day, and nothing else given.
    pub(super) fn without_facts(&self) -> Point {
        Point { rest: vec![None; self.rest.len()], ..*self }
    }
}

impl Joint<'_> {
    /// A case of the box; none if there is none, since a country asks nothing of itself, and a declared place lies in its
    /// country.
    pub(super) fn point(&self, cell: &Cell) -> Option<Point> {
        if cell.dates.is_empty() || cell.rest.iter().any(Set::is_empty) {
            return None;
        }
        for to in cell.to.iter() {
            let from = if self.between { cell.from.clone() } else { Set::one(to) };
            for from in from.iter().filter(|from| !self.between || *from != to) {
                let mut rest = Vec::with_capacity(self.axes.len());
                for (axis, set) in self.axes.iter().zip(&cell.rest) {
                    rest.push(set.iter().find(|at| self.can_be(axis, *at, from, to)).filter(|_| *set != axis.full()));
                }
                let given = |(axis, (set, at)): (&Axis, (&Set, &Option<usize>))| *set == axis.full() || at.is_some();
                if self.axes.iter().zip(cell.rest.iter().zip(&rest)).all(given) {
                    return Some(Point { to, from, on: day_of(cell), rest });
                }
            }
        }
        None
    }

    /// The case with a value for each axis; none if there is an axis that can have no value in it.
    pub(super) fn full(&self, mut point: Point, cell: &Cell) -> Option<Point> {
        for (axis, (set, at)) in self.axes.iter().zip(cell.rest.iter().zip(&mut point.rest)) {
            let can_be = |at: &usize| self.can_be(axis, *at, point.from, point.to);
            *at = Some(at.or_else(|| set.iter().find(can_be))?);
        }
        Some(point)
    }

    /// The value can be in a case between these countries: a declared place lies in its own.
    fn can_be(&self, axis: &Axis, at: usize, from: usize, to: usize) -> bool {
        self.lies_in(axis, at).all(|country| self.sides.sees(country, from, to))
    }

    /// The case as a law is asked for it; none where it does not know the matter or a country.
    pub(super) fn case(&self, side: usize, matter: MatterId, point: &Point) -> Option<Case> {
        let mut case = Case {
            matter,
            requesting: self.countries[point.from][side]?,
            requested: self.countries[point.to][side]?,
            on: point.on,
            under: None,
            facts: BTreeMap::new(),
            events: BTreeMap::new(),
        };
        for (axis, at) in self.axes.iter().zip(&point.rest) {
            let Some(at) = at else { continue };
            match (&axis.values[*at].own[side], axis.open[side]) {
                (Some(Own::Fact(value)), Some(Open::Fact(fact))) => drop(case.facts.insert(fact, value.clone())),
                (Some(Own::Under(under)), _) if self.laws[side][matter].under_one_instrument => {
                    case.under = Some(*under);
                }
                _ => {}
            }
        }
        Some(case)
    }
}

/// In which of the two countries the places of a case can lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sides {
    Requesting,
    Requested,
    Both,
}

impl Sides {
    pub(super) fn of(head: QuestionHead) -> Sides {
        match head {
            QuestionHead::Authority(_, Side::Requesting) => Sides::Requesting,
            QuestionHead::Authority(_, Side::Requested) => Sides::Requested,
            _ => Sides::Both,
        }
    }

    fn sees(self, country: usize, from: usize, to: usize) -> bool {
        match self {
            Sides::Requesting => country == from,
            Sides::Requested => country == to,
            Sides::Both => country == from || country == to,
        }
    }
}

/// A day that people can read: the first, or else the last.
fn day_of(cell: &Cell) -> Day {
    match (cell.dates.from, cell.dates.until) {
        (Day::BEGINNING, Day::END) => super::ANY_DAY,
        (Day::BEGINNING, until) => until.previous(),
        (from, _) => from,
    }
}

/// The value that a case gives to a place, by its name.
pub(super) fn place_given(law: &crate::law::Law, case: &Case, fact: FactId) -> Option<String> {
    match case.facts.get(&fact)? {
        FactValue::Place(place) => Some(law[*place].name.clone()),
        FactValue::OtherPlace(name) => Some(name.clone()),
        _ => None,
    }
}
