//! Decision diagrams: what is decided in every case of one question, as a graph without circles.
//!
//! A node asks for one axis and goes on by its value; the axes are asked in one order, each at most once on a way, and
//! those on which nothing turns are left out. Equal nodes are one, so that two diagrams over the same axes that decide the
//! same are the same. Days and numbers come last: what varies most is shared most.

use std::collections::HashMap;

use super::set::Set;
use crate::answer::{Open, OpenValue, Outcome};

/// What a node asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Axis {
    /// The requested country, or the one country.
    Requested,
    /// The requesting country.
    Requesting,
    /// A fact, or the instrument of the request; by the class of its value in the matter.
    Open(Open),
    /// The day.
    Day,
}

/// Where a way goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Child {
    /// It ends with this outcome.
    Outcome(u32),
    /// It goes on at this node.
    Node(u32),
}

impl Child {
    /// The end of ways to cases that cannot be.
    pub(crate) const IMPOSSIBLE: Child = Child::Outcome(0);
}

/// From this value on, until the next of its node. Days are counted from 1970-01-01, all else by position.
pub(crate) type Run = (i32, Child);

/// A node.
#[derive(Clone, Copy, Debug)]
struct Node {
    level: usize,
    first: usize,
    count: usize,
}

/// The diagram of a question.
#[derive(Debug)]
pub(crate) struct Diagram {
    /// What is asked, in order.
    pub(crate) axes: Vec<Axis>,
    /// For each axis the classes of its values, in order; countries and days have none.
    pub(crate) classes: Vec<Vec<OpenValue>>,
    /// Where every way begins.
    pub(crate) root: Child,
    /// What is answered. The first stands for cases that cannot be.
    pub(crate) outcomes: Vec<Outcome>,
    arena: Arena,
}

impl Diagram {
    pub(super) fn new(
        axes: Vec<Axis>,
        classes: Vec<Vec<OpenValue>>,
        root: Child,
        outcomes: Vec<Outcome>,
        arena: Arena,
    ) -> Diagram {
        Diagram { axes, classes, root, outcomes, arena }
    }

    /// How many nodes there are.
    pub(crate) fn len(&self) -> usize {
        self.arena.nodes.len()
    }

    /// The place of a node's axis in the order, and where it goes on; the first run takes in all lower values.
    pub(crate) fn node(&self, node: u32) -> (usize, &[Run]) {
        self.arena.node(node)
    }

    /// Where a node goes on from a value.
    pub(crate) fn child(&self, node: u32, value: i32) -> Child {
        let (_, runs) = self.node(node);
        let after = runs.partition_point(|run| run.0 <= value);
        runs[after.saturating_sub(1)].1
    }

    /// The values that lead to each child of a node that is not about days, out of some; each child once.
    pub(super) fn branches(&self, node: u32, values: &Set) -> Vec<(Child, Set)> {
        let (_, runs) = self.node(node);
        let mut branches: Vec<(Child, Set)> = Vec::new();
        let mut at = 0;
        for value in values.iter() {
            while runs.get(at + 1).is_some_and(|next| usize::try_from(next.0).is_ok_and(|first| first <= value)) {
                at += 1;
            }
            let child = runs[at].1;
            match branches.iter_mut().find(|branch| branch.0 == child) {
                Some(branch) => branch.1 = branch.1.clone().with(value),
                None => branches.push((child, Set::one(value))),
            }
        }
        branches
    }
}

/// All nodes of one diagram, equal ones once.
#[derive(Debug, Default)]
pub(super) struct Arena {
    nodes: Vec<Node>,
    runs: Vec<Run>,
    known: HashMap<(usize, Vec<Run>), u32>,
}

impl Arena {
    /// The node that asks at a level and goes on by these runs; without a node where nothing turns on it.
    pub(super) fn add(&mut self, level: usize, mut runs: Vec<Run>) -> Child {
        runs.dedup_by_key(|run| run.1);
        if let [(_, only)] = runs.as_slice() {
            return *only;
        }
        if let Some(known) = self.known.get(&(level, runs.clone())) {
            return Child::Node(*known);
        }
        let node = crate::law::id_of(self.nodes.len());
        self.nodes.push(Node { level, first: self.runs.len(), count: runs.len() });
        self.runs.extend_from_slice(&runs);
        self.known.insert((level, runs), node);
        Child::Node(node)
    }

    fn node(&self, node: u32) -> (usize, &[Run]) {
        let node = self.nodes[node as usize];
        (node.level, &self.runs[node.first..][..node.count])
    }
}

#[cfg(test)]
mod tests {
    use super::{Arena, Child};

    #[test]
    fn equal_nodes_are_one_and_idle_ones_are_none() {
        let mut arena = Arena::default();
        let (a, b) = (Child::Outcome(1), Child::Outcome(2));
        let one = arena.add(3, vec![(0, a), (1, a), (4, b)]);
        assert_eq!(arena.add(3, vec![(0, a), (4, b), (7, b)]), one);
        assert_ne!(arena.add(2, vec![(0, a), (4, b)]), one);
        assert_eq!(arena.add(1, vec![(0, one), (5, one)]), one);
        assert_eq!(arena.nodes.len(), 2);
    }
}
