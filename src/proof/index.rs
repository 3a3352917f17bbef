//! Which of many lists of boxes meet a region, without looking at all of them.

use std::collections::BTreeMap;

use super::region::Region;
use super::set::Set;

/// Lists of boxes by the requested country where each has one: large bodies of law fall into countries.
pub(super) struct Index {
    of_country: BTreeMap<usize, Vec<usize>>,
    /// Lists with several requested countries.
    wide: Vec<usize>,
}

impl Index {
    pub(super) fn new<'r>(lists: impl IntoIterator<Item = &'r [Region]>) -> Self {
        let mut index = Index { of_country: BTreeMap::new(), wide: Vec::new() };
        for (place, boxes) in lists.into_iter().enumerate() {
            let all = boxes.iter().fold(Set::NONE, |all, region| all.or(region.to));
            match all.only() {
                Some(country) => index.of_country.entry(country).or_default().push(place),
                None => index.wide.push(place),
            }
        }
        index
    }

    /// The places of all lists that can meet the region, in order.
    pub(super) fn near(&self, region: &Region) -> Vec<usize> {
        let mut near = self.wide.clone();
        if let Some(country) = region.to.only() {
            near.extend(self.of_country.get(&country).into_iter().flatten());
        } else {
            let countries = self.of_country.iter().filter(|(country, _)| region.to.meets(Set::one(**country)));
            near.extend(countries.flat_map(|(_, places)| places));
        }
        near.sort_unstable();
        near
    }
}
