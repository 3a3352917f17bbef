//! In which cases a text can speak, facts apart: matters, countries, days, and what the request is made under.

use std::collections::BTreeSet;

use super::days::Days;
use crate::answer::applicability::{active_days, days_replaced, requests_reached};
use crate::law::{
    CountryId, CountrySet, InstrumentId, Interval, Kind, Law, MatterId, ProvisionId, Replacement, RuleId, Scope, Under,
    covers,
};

/// The cases of an instrument, a provision or a rule.
pub(super) struct Cases<'l> {
    law: &'l Law,
    instrument: InstrumentId,
    citation: Option<&'l str>,
    matters: &'l [MatterId],
    scopes: Vec<Scope>,
}

impl<'l> Cases<'l> {
    pub(super) fn of_instrument(law: &'l Law, instrument: InstrumentId) -> Self {
        Cases { law, instrument, citation: None, matters: &law[instrument].governs, scopes: Vec::new() }
    }

    pub(super) fn of_provision(law: &'l Law, id: ProvisionId) -> Self {
        let provision = &law[id];
        Cases {
            law,
            instrument: provision.instrument,
            citation: Some(&provision.citation),
            matters: &provision.matters,
            scopes: vec![provision.scope],
        }
    }

    pub(super) fn of_rule(law: &'l Law, id: RuleId) -> Self {
        let rule = &law[id];
        let mut cases = Cases::of_provision(law, rule.provision);
        cases.matters = &rule.matters;
        cases.scopes.push(rule.scope);
        cases
    }

    /// Those of what has that citation in the instrument, whether it is written as a provision or not.
    pub(super) fn of_citation(law: &'l Law, instrument: InstrumentId, citation: &'l str) -> Self {
        Cases { citation: Some(citation), ..Cases::of_instrument(law, instrument) }
    }

    /// The matters of which it speaks.
    pub(super) fn matters(&self) -> &'l [MatterId] {
        self.matters
    }

    /// Some case of these days is one of both.
    pub(super) fn meet(&self, other: &Cases<'_>, dates: Interval) -> bool {
        self.common(other).any(|(matter, requesting, requested)| {
            let days = self.days(matter, requesting, requested).within(dates);
            !days.is_empty() && !days.and(&other.days(matter, requesting, requested)).is_empty()
        })
    }

    /// Some case would be one of both if days were left out of account.
    pub(super) fn meet_on_some_day(&self, other: &Cases<'_>) -> bool {
        self.common(other).next().is_some()
    }

    /// The matters and countries in which both can speak.
    fn common(&self, other: &Cases<'_>) -> impl Iterator<Item = (MatterId, CountryId, CountryId)> {
        let all: CountrySet = self.law.countries().map(|(country, _)| country).collect();
        let (mut from, mut to) = (all, all);
        for scope in self.scopes.iter().chain(&other.scopes) {
            let relations = &self.law[scope.relations];
            from = relations.from.iter().chain(&relations.between).fold(from, |from, set| from & *set);
            to = relations.to.iter().chain(&relations.between).fold(to, |to, set| to & *set);
        }
        let matters: Vec<(MatterId, bool)> = self
            .matters
            .iter()
            .filter(|matter| other.matters.contains(matter) && self.unders_meet(other, **matter))
            .map(|matter| (*matter, self.law[*matter].between_countries))
            .collect();
        matters.into_iter().flat_map(move |(matter, between)| {
            from.iter().flat_map(move |requesting| {
                let others = to.iter().filter(move |requested| between == (requesting != *requested));
                others.map(move |requested| (matter, requesting, requested))
            })
        })
    }

    /// The days on which it can speak in cases of the matter between these countries.
    pub(super) fn days(&self, matter: MatterId, requesting: CountryId, requested: CountryId) -> Days {
        let scoped = self.days_in_scope(requesting, requested);
        if scoped.is_empty() { scoped } else { scoped.without(&self.replaced(matter, requesting, requested)) }
    }

    /// The days on which it could speak between these countries if nothing had replaced it, without those of a reservation.
    pub(super) fn days_if_not_replaced(&self, requesting: CountryId, requested: CountryId) -> Days {
        let instrument = &self.law[self.instrument];
        let bonds = [requesting, requested].into_iter().flat_map(|country| instrument.bonds_of(country));
        let reserved = bonds.filter(|bond| {
            self.citation.is_some_and(|own| bond.reservations.iter().any(|reservation| covers(reservation, own)))
        });
        self.days_in_scope(requesting, requested).without(&Days::any_of(reserved.map(|bond| bond.dates)))
    }

    fn days_in_scope(&self, requesting: CountryId, requested: CountryId) -> Days {
        if !self.scopes.iter().all(|scope| scope.admits(self.law, requesting, requested)) {
            return Days::default();
        }
        let active = Days::any_of(active_days(&self.law[self.instrument], self.citation, requesting, requested));
        self.scopes.iter().fold(active, |days, scope| days.within(scope.dates))
    }

    /// The days on which a newer text has taken its place between these countries.
    fn replaced(&self, matter: MatterId, requesting: CountryId, requested: CountryId) -> Days {
        let mut stretches = Vec::new();
        for newer in self.law.instruments.iter().filter(|newer| newer.governs.contains(&matter)) {
            let taken = newer.replaces.iter().filter(|replacement| self.is_named(replacement));
            stretches.extend(taken.filter_map(|row| days_replaced(newer, row, requesting, requested)));
        }
        Days::any_of(stretches)
    }

    /// The statement replaces what speaks in these cases.
    pub(super) fn is_named(&self, by: &Replacement) -> bool {
        let covered = |wide: &String| self.citation.is_some_and(|narrow| covers(wide, narrow));
        by.instrument == self.instrument && by.citation.as_ref().is_none_or(covered)
    }

    /// A request can be made under something that both admit.
    fn unders_meet(&self, other: &Cases<'_>, matter: MatterId) -> bool {
        let sets: Vec<_> = self.unders(matter).into_iter().chain(other.unders(matter)).collect();
        let Some((first, rest)) = sets.split_first() else { return true };
        first.iter().any(|under| rest.iter().all(|set| set.contains(under)))
    }

    /// What the request must be made under; each set restricts.
    fn unders(&self, matter: MatterId) -> Vec<BTreeSet<Under>> {
        let mut sets: Vec<_> = self.scopes.iter().filter_map(|scope| self.law[scope.relations].under.clone()).collect();
        if self.law[matter].under_one_instrument && self.law[self.instrument].kind == Kind::Treaty {
            sets.push(requests_reached(self.law, self.instrument).into_iter().map(Under::Instrument).collect());
        }
        sets
    }
}

/// The countries of the cases of a matter: two different ones, or one twice.
pub(super) fn pairs(law: &Law, matter: MatterId) -> impl Iterator<Item = (CountryId, CountryId)> {
    let between = law[matter].between_countries;
    law.countries().flat_map(move |(requesting, _)| {
        let others = law.countries().map(|(requested, _)| requested);
        others.filter(move |requested| between == (requesting != *requested)).map(move |other| (requesting, other))
    })
}
