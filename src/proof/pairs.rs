//! The pairs of lines that disagree and meet, one line after another: nothing is kept of pairs that were looked at.

use super::contest::Contest;
use super::region::Region;

/// The lines of a question, to be asked what meets them.
pub(super) struct Pairs<'c, 's, 'l> {
    contest: &'c Contest<'s, 'l>,
    /// Of each box of each line its place among all: by the first day, then by the line.
    places: Vec<Vec<usize>>,
}

impl<'c, 's, 'l> Pairs<'c, 's, 'l> {
    pub(super) fn of(contest: &'c Contest<'s, 'l>) -> Self {
        let boxes = contest.boxes.iter().enumerate();
        let mut order: Vec<_> = boxes
            .flat_map(|(line, own)| own.iter().enumerate().map(move |(at, own)| (own.dates.from, line, at)))
            .collect();
        order.sort_unstable();
        let mut places: Vec<Vec<usize>> = contest.boxes.iter().map(|own| vec![0; own.len()]).collect();
        for (place, (_, line, at)) in order.into_iter().enumerate() {
            places[line][at] = place;
        }
        Pairs { contest, places }
    }

    /// The later lines that are held, disagree with this one and can meet it, in order.
    pub(super) fn after(&self, line: usize) -> Vec<usize> {
        let contest = self.contest;
        let mut after: Vec<usize> = Vec::new();
        for own in &contest.boxes[line] {
            let near = contest.near(own).into_iter();
            after.extend(near.filter(|other| *other > line && contest.is_held(*other) && contest.clash(line, *other)));
        }
        if contest.boxes[line].len() > 1 {
            after.sort_unstable();
            after.dedup();
        }
        after
    }

    /// Where two lines meet, by the first days of their boxes.
    pub(super) fn meeting(&self, a: usize, b: usize) -> Vec<Region> {
        let mut meeting: Vec<(usize, usize, Region)> = Vec::new();
        for (one, place) in self.contest.boxes[a].iter().zip(&self.places[a]) {
            for (other, theirs) in self.contest.boxes[b].iter().zip(&self.places[b]) {
                meeting.extend(one.and(other).map(|both| (*place.max(theirs), *place.min(theirs), both)));
            }
        }
        meeting.sort_unstable_by_key(|(later, earlier, _)| (*later, *earlier));
        meeting.into_iter().map(|(_, _, both)| both).collect()
    }
}
