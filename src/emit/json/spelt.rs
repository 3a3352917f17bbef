//! Single rows of a law in names, without places: two rows of two laws that say the same are spelt the same.

use super::{Writer, claims, condition, instrument, rule, text, vocabulary};
use crate::law::{
    Answer, AuthorityId, ClauseId, Condition, FactId, InstrumentId, Interval, Law, MatterId, RelationsId, Scope,
};

/// Spells the rows of one law.
#[derive(Clone, Copy)]
pub(crate) struct Spelt<'l>(Writer<'l>);

type Bytes = Vec<u8>;

impl<'l> Spelt<'l> {
    pub(crate) fn new(law: &'l Law) -> Spelt<'l> {
        Spelt(Writer { law, places: None })
    }

    /// All countries.
    pub(crate) fn countries(self) -> Bytes {
        let coded =
            self.0.unordered(&self.0.law.countries, |w, row| vocabulary::coded(w, &row.name, &row.code, row.span));
        text(&coded, false)
    }

    /// All declared places.
    pub(crate) fn places(self) -> Bytes {
        text(&self.0.unordered(&self.0.law.places, |w, row| vocabulary::place(w, row)), false)
    }

    /// All cases that cannot be.
    pub(crate) fn nevers(self) -> Bytes {
        text(&self.0.unordered(&self.0.law.nevers, |w, row| claims::never(w, row)), false)
    }

    /// The clauses that all instruments of a kind have.
    pub(crate) fn precedence(self) -> Bytes {
        text(&instrument::precedence(&self.0), false)
    }

    pub(crate) fn matter(self, id: MatterId) -> Bytes {
        text(&vocabulary::matter(&self.0, &self.0.law[id]), false)
    }

    pub(crate) fn fact(self, id: FactId) -> Bytes {
        text(&vocabulary::fact(&self.0, &self.0.law[id]), false)
    }

    pub(crate) fn authority(self, id: AuthorityId) -> Bytes {
        text(&vocabulary::authority(&self.0, &self.0.law[id]), false)
    }

    /// An instrument with everything but its provisions.
    pub(crate) fn instrument(self, id: InstrumentId) -> Bytes {
        text(&instrument::head(&self.0, &self.0.law[id]), false)
    }

    pub(crate) fn clauses(self, ids: &[ClauseId]) -> Bytes {
        text(&instrument::clauses(&self.0, ids), false)
    }

    pub(crate) fn relations(self, relations: RelationsId) -> Bytes {
        text(&condition::scope(&self.0, Scope { relations, dates: Interval::ALWAYS }), false)
    }

    pub(crate) fn condition(self, row: &Condition) -> Bytes {
        text(&condition::when(&self.0, row), false)
    }

    pub(crate) fn answer(self, row: &Answer) -> Bytes {
        text(&rule::answer(&self.0, row), false)
    }

    /// By sort, what the law says that no answer turns on.
    pub(crate) fn beside_the_rules(self) -> [(&'static str, Bytes); 6] {
        let (w, law) = (&self.0, self.0.law);
        [
            ("tests", text(&w.unordered(&law.tests, |w, row| claims::test(w, row)), false)),
            ("assertions", text(&w.unordered(&law.assertions, |w, row| claims::assertion(w, row)), false)),
            ("claims of completeness", text(&w.unordered(&law.completes, |w, row| claims::complete(w, row)), false)),
            ("excuses", text(&w.unordered(&law.excuses, |w, row| claims::excuse(w, row)), false)),
            ("forms", text(&w.unordered(&law.forms, |w, row| claims::form(w, row)), false)),
            ("sources", text(&w.unordered(&law.sources, |w, row| vocabulary::source(w, row)), false)),
        ]
    }
}
