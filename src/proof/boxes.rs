//! The lines of a question beside the boxes of cases in which each applies, for those who look up lines and not outcomes.

use std::rc::Rc;

use super::contest::Contest;
use super::place::Spaces;
use super::region::Region;
use super::set::Set;
use super::work::Work;
use crate::answer::{LineRef, Open, OpenValue};
use crate::law::{Interval, Law, QuestionId};

/// A question as boxes.
#[derive(Debug)]
pub(crate) struct Boxes {
    /// The lines, in no order.
    pub(crate) lines: Vec<Boxed>,
    /// What the lines ask, each with the classes of its values.
    pub(crate) axes: Vec<(Open, Vec<OpenValue>)>,
}

/// A line.
#[derive(Debug)]
pub(crate) struct Boxed {
    pub(crate) line: LineRef,
    /// Where and when it applies, whatever was asked; parts that may meet.
    pub(crate) stays: Vec<Stay>,
    /// For each axis the classes with which its condition can hold.
    pub(crate) admits: Vec<Set>,
}

/// Countries and days.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Stay {
    /// The requesting countries; in a matter within one country all.
    pub(crate) from: Set,
    /// The requested countries, or the one country.
    pub(crate) to: Set,
    pub(crate) dates: Interval,
}

/// The boxes of a question; none where its conditions fall into too many parts.
pub(crate) fn boxes(law: &Law, id: QuestionId) -> Option<Boxes> {
    let spaces = Spaces::new(law, law[id].matter, &Rc::new(Work::new())).ok()?;
    let space = spaces.of(law[id].head);
    let contest = Contest::new(space, id).ok()?;
    let mut axes: Vec<Open> = contest.boxes.iter().flatten().flat_map(|own| &own.rest).map(|entry| entry.0).collect();
    axes.sort_unstable();
    axes.dedup();
    let lines = contest.lines.iter().zip(&contest.boxes).map(|(line, own)| {
        let mut stays: Vec<Stay> = space
            .geography(&line.line)
            .iter()
            .map(|region| Stay { from: region.from.clone(), to: region.to.clone(), dates: region.dates })
            .collect();
        stays.sort_unstable();
        stays.dedup();
        let admits = axes.iter().map(|axis| {
            let full = space.full(*axis);
            let of = |region: &Region| region.values(*axis).cloned().unwrap_or_else(|| full.clone());
            own.iter().fold(Set::NONE, |all, region| all.or(of(region)))
        });
        Boxed { line: *line, stays, admits: admits.collect() }
    });
    let lines = lines.collect();
    let classes = |axis: &Open| -> Vec<OpenValue> {
        space.full(*axis).iter().filter_map(|position| space.class(*axis, position).cloned()).collect()
    };
    Some(Boxes { lines, axes: axes.iter().map(|axis| (*axis, classes(axis))).collect() })
}
