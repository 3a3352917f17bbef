//! Sets of countries.

use std::cmp::Ordering;
use std::fmt;
use std::ops::BitAnd;

use super::{CountryId, id_of};

/// A set of countries, in the order of the table: a bit for each. Small enough to be copied like a number.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct CountrySet([u64; CountrySet::MOST / 64]);

impl CountrySet {
    /// How many countries a body of law can have at most: the world has about two hundred.
    pub const MOST: usize = 256;

    /// No country.
    pub const NONE: CountrySet = CountrySet([0; CountrySet::MOST / 64]);

    /// The first countries of the table.
    pub(crate) fn first(count: usize) -> CountrySet {
        (0..count.min(CountrySet::MOST)).step_by(64).fold(CountrySet::NONE, |mut set, at| {
            let left = (count - at).min(64);
            set.0[at / 64] = u64::MAX >> (64 - left);
            set
        })
    }

    /// Adds a country. One beyond the [most](Self::MOST) that a law can have is not taken in; no law holds such an id.
    pub fn insert(&mut self, country: CountryId) {
        if let Some(word) = self.0.get_mut(country.index() / 64) {
            *word |= 1 << (country.index() % 64);
        }
    }

    /// The country is in it.
    pub fn contains(self, country: CountryId) -> bool {
        self.0.get(country.index() / 64).is_some_and(|word| word >> (country.index() % 64) & 1 == 1)
    }

    /// No country is in it.
    pub fn is_empty(self) -> bool {
        self == CountrySet::NONE
    }

    /// How many countries are in it.
    pub fn len(self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Every country of it is in the other.
    pub fn is_within(self, other: CountrySet) -> bool {
        self & other == self
    }

    /// Some country is in both.
    pub fn meets(self, other: CountrySet) -> bool {
        !(self & other).is_empty()
    }

    /// Its countries, in the order of the table.
    pub fn iter(self) -> impl Iterator<Item = CountryId> + Clone {
        self.0.into_iter().enumerate().flat_map(|(place, word)| {
            let without_lowest = |left: &u64| Some(left & (left - 1)).filter(|left| *left != 0);
            let left = std::iter::successors(Some(word).filter(|word| *word != 0), without_lowest);
            left.map(move |left| CountryId(id_of(place * 64) + left.trailing_zeros()))
        })
    }

    /// Its bits, lowest first.
    pub(crate) fn bits(self) -> [u64; CountrySet::MOST / 64] {
        self.0
    }
}

impl BitAnd for CountrySet {
    type Output = CountrySet;

    /// The countries in both.
    fn bitand(self, other: CountrySet) -> CountrySet {
        CountrySet(std::array::from_fn(|place| self.0[place] & other.0[place]))
    }
}

impl FromIterator<CountryId> for CountrySet {
    fn from_iter<I: IntoIterator<Item = CountryId>>(countries: I) -> CountrySet {
        let mut set = CountrySet::NONE;
        set.extend(countries);
        set
    }
}

impl Extend<CountryId> for CountrySet {
    fn extend<I: IntoIterator<Item = CountryId>>(&mut self, countries: I) {
        countries.into_iter().for_each(|country| self.insert(country));
    }
}

impl From<CountryId> for CountrySet {
    fn from(country: CountryId) -> CountrySet {
        [country].into_iter().collect()
    }
}

/// As lists of countries compare: by the first that differs, a list before those that it begins.
impl Ord for CountrySet {
    fn cmp(&self, other: &CountrySet) -> Ordering {
        self.iter().cmp(other.iter())
    }
}

impl PartialOrd for CountrySet {
    fn partial_cmp(&self, other: &CountrySet) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Debug for CountrySet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{CountryId, CountrySet};

    #[test]
    fn a_set_is_read_and_ordered_as_the_list_of_its_countries() {
        let lists: [&[u32]; 8] = [&[], &[0], &[0, 1], &[0, 63, 64], &[1], &[64, 255], &[63, 128], &[255]];
        let set = |list: &[u32]| list.iter().map(|id| CountryId(*id)).collect::<CountrySet>();
        for a in lists {
            assert_eq!(set(a).iter().map(|country| country.0).collect::<Vec<_>>(), a);
            assert_eq!(set(a).len(), a.len());
            for b in lists {
                assert_eq!(set(a).cmp(&set(b)), a.cmp(b), "{a:?} {b:?}");
                let (one, other): (BTreeSet<_>, BTreeSet<_>) = (a.iter().collect(), b.iter().collect());
                assert_eq!(set(a).is_within(set(b)), one.is_subset(&other), "{a:?} {b:?}");
                assert_eq!(set(a).meets(set(b)), !one.is_disjoint(&other), "{a:?} {b:?}");
            }
        }
    }
}
