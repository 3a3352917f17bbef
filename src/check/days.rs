//! Sets of days, as stretches in order that do not touch.

use crate::law::{Day, Interval};

/// A set of days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Days(Vec<Interval>);

impl Days {
    /// All days that lie in one of the stretches.
    pub(super) fn any_of(stretches: impl IntoIterator<Item = Interval>) -> Days {
        let mut stretches: Vec<_> = stretches.into_iter().filter(|stretch| !stretch.is_empty()).collect();
        stretches.sort_unstable();
        let mut days: Vec<Interval> = Vec::with_capacity(stretches.len());
        for stretch in stretches {
            match days.last_mut() {
                Some(last) if stretch.from <= last.until => last.until = last.until.max(stretch.until),
                _ => days.push(stretch),
            }
        }
        Days(days)
    }

    /// The days that also lie in the stretch.
    pub(super) fn within(&self, stretch: Interval) -> Days {
        Days(self.0.iter().map(|days| days.and(stretch)).filter(|days| !days.is_empty()).collect())
    }

    /// The days that lie in both.
    pub(super) fn and(&self, other: &Days) -> Days {
        Days(other.0.iter().flat_map(|stretch| self.within(*stretch).0).collect())
    }

    /// The days that do not lie in the other.
    pub(super) fn without(&self, other: &Days) -> Days {
        let mut gaps = Vec::with_capacity(other.0.len() + 1);
        let mut from = Day::BEGINNING;
        for stretch in &other.0 {
            gaps.push(Interval { from, until: stretch.from });
            from = stretch.until;
        }
        gaps.push(Interval { from, until: Day::END });
        self.and(&Days::any_of(gaps))
    }

    /// The day is in it.
    pub(super) fn contains(&self, day: Day) -> bool {
        self.0.iter().any(|stretch| stretch.contains(day))
    }

    /// No day is in it.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// From its first day to before the first day after all of it.
    pub(super) fn span(&self) -> Option<Interval> {
        let (first, last) = (self.0.first()?, self.0.last()?);
        Some(Interval { from: first.from, until: last.until })
    }
}

#[cfg(test)]
mod tests {
    use super::Days;
    use crate::law::{Day, Interval};

    fn days(stretches: &[(i32, i32)]) -> Days {
        Days::any_of(stretches.iter().map(|(from, until)| Interval { from: Day(*from), until: Day(*until) }))
    }

    #[test]
    fn stretches_that_touch_are_one() {
        assert_eq!(days(&[(5, 8), (1, 3), (3, 5), (9, 9)]), days(&[(1, 8)]));
    }

    #[test]
    fn what_is_in_both_and_what_is_left() {
        let (a, b) = (days(&[(1, 5), (8, 12)]), days(&[(3, 9), (11, 20)]));
        assert_eq!(a.and(&b), days(&[(3, 5), (8, 9), (11, 12)]));
        assert_eq!(a.without(&b), days(&[(1, 3), (9, 11)]));
        assert_eq!(a.without(&days(&[])), a);
        assert!(a.without(&days(&[(0, 30)])).is_empty());
        assert_eq!(a.span(), Some(Interval { from: Day(1), until: Day(12) }));
    }
}
