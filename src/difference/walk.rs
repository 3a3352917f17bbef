//! Both decision diagrams of a question, walked together: where they end differently.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::axis::class_of;
use super::joint::{Both, Cell, Joint, Own};
use super::told::{Said, Standing};
use crate::answer::{Open, Outcome, Status};
use crate::law::{Day, FactId, Interval};
use crate::proof::{Axis as DiagramAxis, Child, Diagram, Set};

/// So many steps are made before a question is given up.
const STEPS: usize = 4_000_000;
/// So many parts at most are kept.
const PARTS: usize = 20_000;

/// Where one law has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum At {
    /// To this child of its diagram.
    Child(Child),
    /// It does not know such cases.
    Unknown,
}

/// What differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Differs {
    /// What is answered.
    Answer,
    /// Only on what it rests.
    Standing,
}

/// A part of the cases in which the laws differ, with where both end.
pub(super) type Found = (Cell, Both<At>, Differs);

/// How the two ends of a way compare.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Compared {
    Same,
    Differs(Differs),
    /// That turns on places that the answers name.
    ByPlace,
}

pub(super) struct Walk<'j> {
    joint: &'j Joint<'j>,
    diagrams: Both<Option<&'j Diagram>>,
    /// By axis and coordinate: the class in each diagram.
    classes: Vec<Vec<Both<Option<usize>>>>,
    /// For each diagram, by its levels: the level in joint coordinates. Countries are 0 and 1, days come last.
    levels: Both<Vec<usize>>,
    /// Each axis is met once on a way, in one order.
    ordered: bool,
    compared: HashMap<Both<At>, Compared>,
    alike: HashSet<Both<At>>,
    steps: usize,
    found: Vec<Found>,
}

impl<'j> Walk<'j> {
    pub(super) fn new(joint: &'j Joint<'j>, diagrams: Both<Option<&'j Diagram>>) -> Walk<'j> {
        let last = joint.axes.len() + 2;
        let levels = [0, 1].map(|side| -> Vec<usize> {
            let level = |axis: &DiagramAxis| match axis {
                DiagramAxis::Requested => 0,
                DiagramAxis::Requesting => 1,
                DiagramAxis::Open(open) => joint.axis(side, *open).map_or(last, |axis| axis + 2),
                DiagramAxis::Day => last,
            };
            diagrams[side].map_or_else(Vec::new, |diagram| diagram.axes.iter().map(level).collect())
        });
        let ordered = levels.iter().all(|levels| levels.windows(2).all(|pair| pair[0] < pair[1]));
        let classes = joint.axes.iter().map(|axis| {
            let class = |side: usize, own: &Option<Own>| {
                let diagram = diagrams[side]?;
                let level = diagram.axes.iter().position(|one| Some(*one) == axis.open[side].map(DiagramAxis::Open))?;
                class_of(&diagram.classes[level], own.as_ref()?)
            };
            axis.values.iter().map(|value| [class(0, &value.own[0]), class(1, &value.own[1])]).collect()
        });
        let classes = classes.collect();
        Walk {
            joint,
            diagrams,
            classes,
            levels,
            ordered,
            compared: HashMap::new(),
            alike: HashSet::new(),
            steps: 0,
            found: Vec::new(),
        }
    }

    /// Where both begin: a law does not know cases of a country that it does not have.
    fn starts(&self, cell: &Cell) -> Vec<(Both<At>, Cell)> {
        let root = self.diagrams.map(|diagram| diagram.map_or(At::Unknown, |diagram| At::Child(diagram.root)));
        let knows = |set: Set| -> BTreeMap<Both<bool>, Set> {
            let mut parts = BTreeMap::new();
            for at in set.iter() {
                let part = parts.entry(self.joint.countries[at].map(|id| id.is_some())).or_insert(Set::NONE);
                *part = part.clone().with(at);
            }
            parts
        };
        let from = if self.joint.between {
            knows(cell.from.clone())
        } else {
            BTreeMap::from([([true, true], cell.from.clone())])
        };
        let mut starts = Vec::new();
        for (knows_to, to) in knows(cell.to.clone()) {
            for (knows_from, from) in &from {
                let at = |side: usize| if knows_to[side] && knows_from[side] { root[side] } else { At::Unknown };
                starts.push(([at(0), at(1)], Cell { to: to.clone(), from: from.clone(), ..cell.clone() }));
            }
        }
        starts
    }

    /// All parts in which the laws differ; in words, what is too large.
    pub(super) fn differences(&mut self) -> Result<Vec<Found>, String> {
        for (at, cell) in self.starts(&self.joint.everything()) {
            self.go(at, &cell)?;
        }
        Ok(std::mem::take(&mut self.found))
    }

    /// Whether nothing was found, and nothing turned on the cell.
    fn go(&mut self, at: Both<At>, cell: &Cell) -> Result<bool, String> {
        self.steps += 1;
        if self.steps > STEPS || self.found.len() > PARTS {
            return Err("its tables differ in too many parts".to_owned());
        }
        if self.alike.contains(&at) {
            return Ok(true);
        }
        let Some(level) = self.next_level(at) else { return Ok(self.end(at, cell)) };
        let mut alike = true;
        for (at, part) in self.parts(at, level, cell) {
            alike &= self.go(at, &part)?;
        }
        // above the countries a side can be left out for the sake of the other
        if alike && self.ordered && level > 1 {
            self.alike.insert(at);
        }
        Ok(alike)
    }

    /// The axis that is asked next, by its joint level.
    fn next_level(&self, at: Both<At>) -> Option<usize> {
        (0..2).filter_map(|side| self.level(side, at[side])).min()
    }

    fn level(&self, side: usize, at: At) -> Option<usize> {
        let (At::Child(Child::Node(node)), Some(diagram)) = (at, self.diagrams[side]) else { return None };
        Some(self.levels[side][diagram.node(node).0])
    }

    /// Where both go on from an axis, and for which part of the cell.
    fn parts(&self, at: Both<At>, level: usize, cell: &Cell) -> Vec<(Both<At>, Cell)> {
        let asks = [0, 1].map(|side| self.level(side, at[side]) == Some(level));
        let next = |side: usize, position: Option<i32>| match (at[side], position, self.diagrams[side]) {
            (At::Child(Child::Node(node)), Some(position), Some(diagram)) if asks[side] => {
                At::Child(diagram.child(node, position))
            }
            (_, None, _) if asks[side] => At::Unknown,
            (at, ..) => at,
        };
        if level == self.joint.axes.len() + 2 {
            return self.days(at, cell, asks);
        }
        let values = match level {
            0 => cell.to.clone(),
            1 if self.joint.between && cell.to.len() == 1 => cell.from.minus(&cell.to),
            1 => cell.from.clone(),
            axis => cell.rest[axis - 2].clone(),
        };
        let mut parts: BTreeMap<Both<At>, Set> = BTreeMap::new();
        for value in values.iter() {
            let position = |side: usize| {
                let position = match level {
                    0 | 1 => self.joint.countries[value][side].map(crate::law::CountryId::index),
                    axis => self.classes[axis - 2][value][side],
                };
                position.and_then(|position| i32::try_from(position).ok())
            };
            let set = parts.entry([next(0, position(0)), next(1, position(1))]).or_insert(Set::NONE);
            *set = set.clone().with(value);
        }
        let with = |set: Set| {
            let mut part = cell.clone();
            match level {
                0 => part.to = set,
                1 => part.from = set,
                axis => part.rest[axis - 2] = set,
            }
            part
        };
        parts.into_iter().map(|(at, set)| (at, with(set))).collect()
    }

    fn days(&self, at: Both<At>, cell: &Cell, asks: Both<bool>) -> Vec<(Both<At>, Cell)> {
        let mut days = vec![cell.dates.from];
        for side in (0..2).filter(|side| asks[*side]) {
            if let (At::Child(Child::Node(node)), Some(diagram)) = (at[side], self.diagrams[side]) {
                days.extend(diagram.node(node).1.iter().map(|run| Day(run.0)));
            }
        }
        days.retain(|day| cell.dates.contains(*day));
        days.sort_unstable();
        days.dedup();
        let until = days.iter().skip(1).copied().chain([cell.dates.until]);
        let part = |(from, until): (&Day, Day)| {
            let next = [0, 1].map(|side| match (at[side], self.diagrams[side]) {
                (At::Child(Child::Node(node)), Some(diagram)) if asks[side] => At::Child(diagram.child(node, from.0)),
                (at, _) => at,
            });
            (next, Cell { dates: Interval { from: *from, until }, ..cell.clone() })
        };
        days.iter().zip(until).map(part).collect()
    }

    /// What a law answers at the end of a way; none where it does not know such cases, or there are none.
    pub(super) fn outcome(&self, side: usize, at: At) -> Option<&'j Outcome> {
        match at {
            At::Child(Child::Outcome(outcome)) if at != At::Child(Child::IMPOSSIBLE) => {
                self.diagrams[side]?.outcomes.get(outcome as usize)
            }
            _ => None,
        }
    }

    /// Keeps what differs at the end of both ways. Whether nothing does, whatever the cell is.
    fn end(&mut self, at: Both<At>, cell: &Cell) -> bool {
        let known = self.compared.get(&at).copied();
        let compared = known.unwrap_or_else(|| self.compare(at));
        self.compared.insert(at, compared);
        match compared {
            Compared::Same => return true,
            Compared::Differs(differs) => self.keep(cell.clone(), at, differs),
            Compared::ByPlace => self.by_place(at, cell),
        }
        false
    }

    fn keep(&mut self, cell: Cell, at: Both<At>, differs: Differs) {
        if self.joint.point(&cell).is_some() {
            self.found.push((cell, at, differs));
        }
    }

    fn compare(&self, at: Both<At>) -> Compared {
        let outcomes = [0, 1].map(|side| self.outcome(side, at[side]));
        let said = |side: usize| {
            outcomes[side].map_or(Said::NOTHING, |outcome| Said::of(self.joint.laws[side], outcome, &|_| None))
        };
        if said(0) != said(1) {
            let by_place = (0..2).any(|side| !self.place_axes(side, at[side]).is_empty());
            return if by_place { Compared::ByPlace } else { Compared::Differs(Differs::Answer) };
        }
        let standing = |side: usize| {
            let spoken =
                outcomes[side].filter(|outcome| !matches!(outcome.status, Status::NoRule | Status::OutOfScope));
            spoken.map(|outcome| Standing::of(self.joint.laws[side], outcome))
        };
        if standing(0) == standing(1) { Compared::Same } else { Compared::Differs(Differs::Standing) }
    }

    /// The axes of the facts whose places the answer names.
    fn place_axes(&self, side: usize, at: At) -> Vec<usize> {
        let facts = self.outcome(side, at).into_iter().flat_map(super::told::places_of);
        facts.filter_map(|fact| self.joint.axis(side, Open::Fact(fact))).collect()
    }

    /// One part for each way in which places can be named, as far as the answers differ there.
    fn by_place(&mut self, at: Both<At>, cell: &Cell) {
        let mut axes = [self.place_axes(0, at[0]), self.place_axes(1, at[1])].concat();
        axes.sort_unstable();
        axes.dedup();
        let mut parts = vec![cell.clone()];
        for axis in axes {
            let one = |part: &Cell| -> Vec<Cell> {
                let with = |at: usize| {
                    let mut part = part.clone();
                    part.rest[axis] = Set::one(at);
                    part
                };
                part.rest[axis].iter().map(with).collect()
            };
            parts = parts.iter().flat_map(one).collect();
        }
        for part in parts {
            if self.said(0, at[0], &part) != self.said(1, at[1], &part) {
                self.keep(part, at, Differs::Answer);
            } else if self.compare_standing(at) {
                self.keep(part, at, Differs::Standing);
            }
        }
    }

    /// What differs at the end of both ways, for all of a cell.
    pub(super) fn differs(&self, at: Both<At>, cell: &Cell) -> Option<Differs> {
        match self.compared.get(&at)? {
            Compared::Same => None,
            Compared::Differs(differs) => Some(*differs),
            Compared::ByPlace => {
                let axes = [self.place_axes(0, at[0]), self.place_axes(1, at[1])].concat();
                if axes.iter().any(|axis| cell.rest[*axis].len() > 1) {
                    return None;
                }
                (self.said(0, at[0], cell) != self.said(1, at[1], cell)).then_some(Differs::Answer)
            }
        }
    }

    fn compare_standing(&self, at: Both<At>) -> bool {
        let cited =
            |side: usize| self.outcome(side, at[side]).map(|outcome| Standing::cited(self.joint.laws[side], outcome));
        cited(0) != cited(1)
    }

    /// What a law says at the end of a way, with the places that the cell names.
    pub(super) fn said(&self, side: usize, at: At, cell: &Cell) -> Said {
        let placed = |fact: FactId| {
            let axis = self.joint.axis(side, Open::Fact(fact))?;
            let only = cell.rest[axis].lowest().filter(|_| cell.rest[axis].len() == 1)?;
            self.joint.place(axis, only)
        };
        let outcome = self.outcome(side, at);
        outcome.map_or(Said::NOTHING, |outcome| Said::of(self.joint.laws[side], outcome, &placed))
    }

    /// Whether everything in a box is one change, or no case; none if that would take too long.
    pub(super) fn is_all(&self, cell: &Cell, wanted: &dyn Fn(Both<At>, &Cell) -> bool) -> bool {
        let mut left = 2000;
        self.starts(cell).iter().all(|(at, part)| self.all(*at, part, wanted, &mut left))
    }

    fn all(&self, at: Both<At>, cell: &Cell, wanted: &dyn Fn(Both<At>, &Cell) -> bool, left: &mut usize) -> bool {
        if *left == 0 {
            return false;
        }
        *left -= 1;
        if let Some(level) = self.next_level(at) {
            return self.parts(at, level, cell).iter().all(|(at, part)| self.all(*at, part, wanted, left));
        }
        let nowhere = at.iter().all(|at| matches!(at, At::Unknown | At::Child(Child::IMPOSSIBLE)));
        nowhere || wanted(at, cell) || self.joint.point(cell).is_none()
    }
}
