//! Sets of the values of one axis, as bits.
//!
//! Most axes have few values, and all have as many as there can be countries at hand without an allocation; an axis of
//! more keeps the others apart, so that nobody pays for a width that is not used.

use std::borrow::Borrow;
use std::sync::Arc;

use crate::law::CountrySet;

/// How many values an axis can have. What is told apart must have a number in the emitted tables.
pub(crate) const WIDTH: usize = 60_000;

/// So many words lie at hand.
const WORDS: usize = CountrySet::MOST / 64;

/// A set of values of one axis, given by their positions.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Set {
    low: [u64; WORDS],
    /// The words after these, without empty ones at the end; none: all are empty.
    high: Option<Arc<[u64]>>,
}

impl Set {
    pub(crate) const NONE: Set = Set { low: [0; WORDS], high: None };
    /// Every country that can be.
    pub(crate) const ALL: Set = Set { low: [u64::MAX; WORDS], high: None };

    pub(crate) fn one(position: usize) -> Set {
        Set::NONE.with(position)
    }

    /// The first `count` positions.
    pub(crate) fn first(count: usize) -> Set {
        let word = |at: usize| match count.saturating_sub(at * 64) {
            0 => 0,
            bits @ 1..64 => (1 << bits) - 1,
            _ => u64::MAX,
        };
        Set::of(std::array::from_fn(word), (WORDS..count.div_ceil(64)).map(word).collect())
    }

    pub(crate) fn with(mut self, position: usize) -> Set {
        let (word, bit) = (position / 64, 1 << (position % 64));
        if let Some(low) = self.low.get_mut(word) {
            *low |= bit;
        } else {
            let mut high = self.high().to_vec();
            high.resize(high.len().max(word - WORDS + 1), 0);
            high[word - WORDS] |= bit;
            self.high = Some(high.into());
        }
        self
    }

    pub(crate) fn and(&self, other: impl Borrow<Set>) -> Set {
        let other = other.borrow();
        let high = self.high().iter().zip(other.high()).map(|(mine, theirs)| mine & theirs).collect();
        Set::of(std::array::from_fn(|word| self.low[word] & other.low[word]), high)
    }

    pub(crate) fn or(&self, other: impl Borrow<Set>) -> Set {
        let other = other.borrow();
        let (mine, theirs) = (self.high(), other.high());
        let high = (0..mine.len().max(theirs.len())).map(|word| word_of(mine, word) | word_of(theirs, word)).collect();
        Set::of(std::array::from_fn(|word| self.low[word] | other.low[word]), high)
    }

    pub(crate) fn minus(&self, other: impl Borrow<Set>) -> Set {
        let other = other.borrow();
        let theirs = other.high();
        let high = self.high().iter().enumerate().map(|(word, mine)| mine & !word_of(theirs, word)).collect();
        Set::of(std::array::from_fn(|word| self.low[word] & !other.low[word]), high)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.low == [0; WORDS] && self.high.is_none()
    }

    pub(crate) fn meets(&self, other: impl Borrow<Set>) -> bool {
        let other = other.borrow();
        (0..WORDS).any(|word| self.low[word] & other.low[word] != 0)
            || self.high().iter().zip(other.high()).any(|(mine, theirs)| mine & theirs != 0)
    }

    pub(crate) fn is_within(&self, other: impl Borrow<Set>) -> bool {
        let other = other.borrow();
        let theirs = other.high();
        (0..WORDS).all(|word| self.low[word] & !other.low[word] == 0)
            && self.high().iter().enumerate().all(|(word, mine)| mine & !word_of(theirs, word) == 0)
    }

    pub(crate) fn len(&self) -> usize {
        self.words().map(|word| word.count_ones() as usize).sum()
    }

    /// The positions, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.words().enumerate().flat_map(|(word, bits)| positions(bits).map(move |bit| word * 64 + bit))
    }

    pub(crate) fn lowest(&self) -> Option<usize> {
        self.words()
            .enumerate()
            .find(|(_, bits)| *bits != 0)
            .map(|(word, bits)| word * 64 + bits.trailing_zeros() as usize)
    }

    fn of(low: [u64; WORDS], mut high: Vec<u64>) -> Set {
        let length = high.iter().rposition(|word| *word != 0).map_or(0, |last| last + 1);
        high.truncate(length);
        Set { low, high: (!high.is_empty()).then(|| high.into()) }
    }

    fn high(&self) -> &[u64] {
        self.high.as_deref().unwrap_or_default()
    }

    fn words(&self) -> impl Iterator<Item = u64> + '_ {
        self.low.iter().chain(self.high()).copied()
    }
}

fn word_of(words: &[u64], at: usize) -> u64 {
    words.get(at).copied().unwrap_or_default()
}

/// The places of the bits that are set, lowest first.
pub(crate) fn positions(bits: u64) -> impl Iterator<Item = usize> {
    let without_lowest = |left: &u64| Some(left & (left - 1)).filter(|left| *left != 0);
    let left = std::iter::successors(Some(bits).filter(|bits| *bits != 0), without_lowest);
    left.map(|left| left.trailing_zeros() as usize)
}

impl From<CountrySet> for Set {
    fn from(countries: CountrySet) -> Set {
        Set { low: countries.bits(), high: None }
    }
}

impl FromIterator<usize> for Set {
    fn from_iter<I: IntoIterator<Item = usize>>(positions: I) -> Set {
        let mut low = [0; WORDS];
        let mut high: Vec<u64> = Vec::new();
        for position in positions {
            let (word, bit) = (position / 64, 1 << (position % 64));
            if word < WORDS {
                low[word] |= bit;
            } else {
                high.resize(high.len().max(word - WORDS + 1), 0);
                high[word - WORDS] |= bit;
            }
        }
        Set::of(low, high)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Set;

    #[test]
    fn narrow_and_wide_sets_are_sets() {
        let samples: Vec<BTreeSet<usize>> = [
            vec![],
            vec![0],
            vec![63, 64],
            vec![255],
            vec![256],
            vec![0, 255, 256, 700],
            vec![700],
            (0..300).collect(),
            (200..1500).collect(),
            (0..1500).step_by(7).collect(),
        ]
        .into_iter()
        .map(BTreeSet::from_iter)
        .collect();
        let made = |set: &BTreeSet<usize>| set.iter().copied().collect::<Set>();
        for one in &samples {
            let a = made(one);
            assert_eq!(a.iter().collect::<BTreeSet<_>>(), *one);
            assert_eq!((a.len(), a.lowest(), a.is_empty()), (one.len(), one.first().copied(), one.is_empty()));
            assert_eq!(a, one.iter().fold(Set::NONE, |set, position| set.with(*position)));
            for other in &samples {
                let b = made(other);
                assert_eq!(a.and(&b), made(&(one & other)), "{one:?} and {other:?}");
                assert_eq!(a.or(&b), made(&(one | other)), "{one:?} or {other:?}");
                assert_eq!(a.minus(&b), made(&(one - other)), "{one:?} without {other:?}");
                assert_eq!(a.meets(&b), !one.is_disjoint(other));
                assert_eq!(a.is_within(&b), one.is_subset(other));
            }
        }
        for count in [0, 1, 64, 255, 256, 257, 320, 1500] {
            assert_eq!(Set::first(count), (0..count).collect());
        }
    }
}
