//! In which cases something speaks, facts apart.

use std::collections::BTreeSet;

use super::{CountryId, CountrySet, InstrumentId, Interval, Law, RelationsId};

/// Which cases something speaks about, apart from facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Scope {
    /// Between which countries, and under what.
    pub relations: RelationsId,
    /// The day lies in it.
    pub dates: Interval,
}

impl Scope {
    /// Restricts nothing.
    pub const EVERYTHING: Scope = Scope { relations: RelationsId::ANY, dates: Interval::ALWAYS };

    /// The countries, whatever the day, the facts and the instrument of the request.
    pub fn admits(self, law: &Law, requesting: CountryId, requested: CountryId) -> bool {
        self.relations == RelationsId::ANY || law[self.relations].admit(requesting, requested)
    }
}

impl RelationsId {
    /// Between any countries, under any instrument: the first in every law.
    pub const ANY: RelationsId = RelationsId(0);
}

/// Between which countries something speaks, and under what. `None` does not restrict.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Relations {
    /// The requesting country is one of these.
    pub from: Option<CountrySet>,
    /// The requested country, or the one country, is one of these.
    pub to: Option<CountrySet>,
    /// Both countries are in each of these sets.
    pub between: Vec<CountrySet>,
    /// What the request is made under is one of these.
    pub under: Option<BTreeSet<Under>>,
}

impl Relations {
    /// What lies in both.
    #[must_use]
    pub fn and(&self, other: &Relations) -> Relations {
        let meet = |a: Option<CountrySet>, b: Option<CountrySet>| match (a, b) {
            (Some(a), Some(b)) => Some(a & b),
            (one, other) => one.or(other),
        };
        Relations {
            from: meet(self.from, other.from),
            to: meet(self.to, other.to),
            between: self.between.iter().chain(&other.between).copied().collect(),
            under: match (&self.under, &other.under) {
                (Some(a), Some(b)) => Some(a & b),
                (one, other) => one.as_ref().or(other.as_ref()).cloned(),
            },
        }
    }

    /// The countries, whatever the instrument of the request.
    pub fn admit(&self, requesting: CountryId, requested: CountryId) -> bool {
        self.from.is_none_or(|set| set.contains(requesting))
            && self.to.is_none_or(|set| set.contains(requested))
            && self.between.iter().all(|set| set.contains(requesting) && set.contains(requested))
    }
}

/// What a request is made under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Under {
    /// No instrument.
    Nothing,
    /// This one.
    Instrument(InstrumentId),
}
