//! An authority as somebody who has to write to it needs it: titles, place, address.

use crate::law::{AuthorityId, Contact, Law, PlaceTerm};
use crate::words;

/// An authority of an answer, in the place that is meant.
pub(super) struct Office<'l> {
    /// Its country.
    pub(super) country: &'l str,
    /// Its title there, if it has one.
    pub(super) title: Option<&'l str>,
    /// The place, as people write it.
    pub(super) place: Option<Where<'l>>,
    /// How to reach it there. What is not said of the place is taken from the office, but for its names nothing is: the
    /// address of one place is not that of another.
    pub(super) contact: &'l Contact,
    /// What it is called in other languages.
    pub(super) called: Vec<(&'l str, &'l str)>,
}

/// Where an authority is meant.
pub(super) enum Where<'l> {
    /// In a place of that name.
    In(&'l str),
    /// In the place that a fact names, which was not given.
    NamedBy(&'l str),
}

impl<'l> Office<'l> {
    /// The office of an answer.
    pub(super) fn of(law: &'l Law, id: AuthorityId, place: Option<&'l PlaceTerm>) -> Office<'l> {
        let authority = &law[id];
        let there = place.and_then(|place| match place {
            PlaceTerm::Place(place) => {
                authority.in_places.iter().find(|(known, _)| known == place).map(|(_, office)| office)
            }
            PlaceTerm::Fact(_) | PlaceTerm::Named(_) => None,
        });
        let contact = there.map_or(&authority.contact, |office| &office.contact);
        let called = if contact.called.is_empty() { &authority.contact.called } else { &contact.called };
        Office {
            country: &law[authority.country].name,
            title: there.and_then(|office| office.title.as_deref()).or(authority.title.as_deref()),
            place: place.map(|place| match place {
                PlaceTerm::Fact(fact) => Where::NamedBy(&law[*fact].name),
                PlaceTerm::Place(place) => Where::In(law[*place].title.as_deref().unwrap_or(&law[*place].name)),
                PlaceTerm::Named(name) => Where::In(name),
            }),
            contact,
            called: called.iter().map(|(name, language)| (name.as_str(), law[*language].name.as_str())).collect(),
        }
    }

    /// `Chief of Police, Oslo (Norway)`.
    pub(super) fn heading(&self, law: &Law, id: AuthorityId) -> String {
        let title = self.title.map_or_else(|| words::authority(law, id), str::to_owned);
        match &self.place {
            None => format!("{title} ({})", self.country),
            Some(Where::In(place)) => format!("{title}, {place} ({})", self.country),
            Some(Where::NamedBy(fact)) => format!("{title} of the place that `{fact}` names ({})", self.country),
        }
    }

    /// The lines by which it is reached, each with its name.
    pub(super) fn lines(&self) -> Vec<(&'static str, String)> {
        let called = self.called.iter().map(|(name, language)| ("called", format!("{name} ({language})")));
        let lists = [
            ("address", &self.contact.address),
            ("e-mail", &self.contact.email),
            ("telephone", &self.contact.telephone),
            ("website", &self.contact.website),
            ("note", &self.contact.note),
        ];
        let rest = lists.into_iter().flat_map(|(name, texts)| texts.iter().map(move |text| (name, text.clone())));
        called.chain(rest).collect()
    }
}
