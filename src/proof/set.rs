//! Sets of the values of one axis, as bits.

use crate::law::CountrySet;

/// How many values an axis can have: as many as there can be countries.
pub(crate) const WIDTH: usize = CountrySet::MOST;

/// A set of values of one axis, given by their positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Set([u64; WIDTH / 64]);

impl Set {
    pub(crate) const NONE: Set = Set([0; WIDTH / 64]);
    pub(crate) const ALL: Set = Set([u64::MAX; WIDTH / 64]);

    pub(crate) fn one(position: usize) -> Set {
        Set::NONE.with(position)
    }

    /// The first `count` positions.
    pub(crate) fn first(count: usize) -> Set {
        Set::from(CountrySet::first(count))
    }

    pub(crate) fn with(mut self, position: usize) -> Set {
        self.0[position / 64] |= 1 << (position % 64);
        self
    }

    pub(crate) fn and(self, other: Set) -> Set {
        Set(std::array::from_fn(|word| self.0[word] & other.0[word]))
    }

    pub(crate) fn or(self, other: Set) -> Set {
        Set(std::array::from_fn(|word| self.0[word] | other.0[word]))
    }

    pub(crate) fn minus(self, other: Set) -> Set {
        Set(std::array::from_fn(|word| self.0[word] & !other.0[word]))
    }

    pub(crate) fn is_empty(self) -> bool {
        self == Set::NONE
    }

    pub(crate) fn meets(self, other: Set) -> bool {
        !self.and(other).is_empty()
    }

    pub(crate) fn is_within(self, other: Set) -> bool {
        self.minus(other).is_empty()
    }

    pub(crate) fn len(self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The positions, in order.
    pub(crate) fn iter(self) -> impl Iterator<Item = usize> {
        self.0.into_iter().enumerate().flat_map(|(word, bits)| positions(bits).map(move |bit| word * 64 + bit))
    }

    pub(crate) fn min(self) -> Option<usize> {
        self.0
            .iter()
            .enumerate()
            .find(|(_, bits)| **bits != 0)
            .map(|(word, bits)| word * 64 + bits.trailing_zeros() as usize)
    }
}

/// The places of the bits that are set, lowest first.
pub(crate) fn positions(bits: u64) -> impl Iterator<Item = usize> {
    let without_lowest = |left: &u64| Some(left & (left - 1)).filter(|left| *left != 0);
    let left = std::iter::successors(Some(bits).filter(|bits| *bits != 0), without_lowest);
    left.map(|left| left.trailing_zeros() as usize)
}

impl From<CountrySet> for Set {
    fn from(countries: CountrySet) -> Set {
        Set(countries.bits())
    }
}

impl FromIterator<usize> for Set {
    fn from_iter<I: IntoIterator<Item = usize>>(positions: I) -> Set {
        positions.into_iter().fold(Set::NONE, Set::with)
    }
}
