//! A case: a question's circumstances.

use std::collections::BTreeMap;

use crate::law::{CountryId, Day, EventId, FactId, FactValue, MatterId, Under};

/// The circumstances in which a question is put. A fact that is missing was not given: a question left open, which is
/// not the same as a fact that is asked and unknown ([`FactValue::Unknown`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The matter.
    pub matter: MatterId,
    /// The requesting country; in a matter within one country, that country.
    pub requesting: CountryId,
    /// The requested country; in a matter within one country, that country.
    pub requested: CountryId,
    /// The day for which the law is asked.
    pub on: Day,
    /// What the request is made under; none: not given, or the matter does not have it.
    pub under: Option<Under>,
    /// The facts that are given.
    pub facts: BTreeMap<FactId, FactValue>,
    /// The days on which events happened, as far as they are given. No rule turns on them; the end of a period is worked
    /// out from them.
    pub events: BTreeMap<EventId, Day>,
}
