//! Where places lie: a declared place can be named only in cases of its country, and seen from which country depends on the
//! question (semantics, section 1).

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::region::Region;
use super::set::Set;
use super::space::{Space, TooLarge};
use super::work::Work;
use crate::answer::Open;
use crate::law::{CountryId, FactKind, FactValue, Law, MatterId, QuestionHead, Side};

/// The cases of one matter, as questions of each kind see them.
pub(super) struct Spaces<'l> {
    /// For questions that are not about an authority.
    pub(super) others: Space<'l>,
    requesting: Space<'l>,
    requested: Space<'l>,
}

impl<'l> Spaces<'l> {
    pub(super) fn new(law: &'l Law, matter: MatterId, work: &Rc<Work>) -> Result<Self, TooLarge> {
        let space = Space::new(law, matter, Rc::clone(work))?;
        let seen_from = |side| {
            let mut seen = space.clone();
            seen.misplaced = misplaced(&space, side);
            seen
        };
        Ok(Spaces {
            requesting: seen_from(Some(Side::Requesting)),
            requested: seen_from(Some(Side::Requested)),
            others: seen_from(None),
        })
    }

    /// The cases in which a question can be asked.
    pub(super) fn of(&self, head: QuestionHead) -> &Space<'l> {
        match head {
            QuestionHead::Authority(_, Side::Requesting) => &self.requesting,
            QuestionHead::Authority(_, Side::Requested) => &self.requested,
            _ => &self.others,
        }
    }
}

/// For each fact of kind place and each country, the cases in which its places lie elsewhere.
fn misplaced(space: &Space<'_>, side: Option<Side>) -> Vec<Region> {
    let law = space.law;
    let everything = space.everything();
    let mut misplaced = Vec::new();
    for (fact, _) in law.facts().filter(|(_, fact)| fact.kind == FactKind::Place) {
        let axis = Open::Fact(fact);
        let mut places: BTreeMap<CountryId, Set> = BTreeMap::new();
        for position in space.full(axis).iter() {
            if let Some(FactValue::Place(place)) = space.fact_value(axis, position) {
                let there = places.entry(law[*place].country).or_insert(Set::NONE);
                *there = there.clone().with(position);
            }
        }
        for (country, places) in places {
            let country = Set::one(country.index());
            let mut elsewhere = everything.clone();
            if !space.between() || side != Some(Side::Requesting) {
                elsewhere.to = elsewhere.to.minus(&country);
            }
            if space.between() && side != Some(Side::Requested) {
                elsewhere.from = elsewhere.from.minus(country);
            }
            misplaced.push(elsewhere.restricted(axis, places));
        }
    }
    misplaced.retain(|region| !region.is_empty());
    misplaced
}

/// What cannot be, as far as it touches what these boxes ask. Where nothing else is asked of a place, the case can be one of
/// another place.
pub(super) fn impossible<'s>(space: &'s Space<'_>, watched: &[&[Region]]) -> Cow<'s, [Region]> {
    if space.misplaced.is_empty() {
        return Cow::Borrowed(&space.impossible);
    }
    let boxes = watched.iter().copied().chain([space.impossible.as_slice()]).flatten();
    let asked: BTreeSet<Open> = boxes.flat_map(|region| &region.rest).map(|entry| entry.0).collect();
    let misplaced = space.misplaced.iter().filter(|region| region.rest.iter().all(|entry| asked.contains(&entry.0)));
    space.impossible.iter().chain(misplaced).cloned().collect::<Vec<Region>>().into()
}
