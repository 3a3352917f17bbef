//! Clauses that never meet what they name: there is no case in which both texts speak, whatever the facts.

use std::collections::BTreeSet;

use super::cases::{Cases, pairs};
use crate::answer::applicability::active_days;
use crate::finding::{Code, Finding};
use crate::law::{Clause, ClauseOwner, InstrumentId, Law, ProvisionId, Replacement, Target, covers};
use crate::words;

/// Tells which clauses meet what they name.
pub(crate) struct Meetings<'l> {
    law: &'l Law,
    /// In the order of citations, so that those that begin alike stand together.
    provisions: BTreeSet<(InstrumentId, &'l str, ProvisionId)>,
}

impl<'l> Meetings<'l> {
    pub(crate) fn new(law: &'l Law) -> Self {
        let provisions = law.provisions().map(|(id, row)| (row.instrument, row.citation.as_str(), id)).collect();
        Meetings { law, provisions }
    }

    /// The clause and the text that it names share a case, facts apart. A clause that names a class of texts is taken
    /// to do so.
    pub(crate) fn shares_a_case(&self, clause: &Clause) -> bool {
        let law = self.law;
        let Target::Text { instrument, citation } = &clause.target else { return true };
        let owner = match clause.owner {
            ClauseOwner::Instrument(id) => Cases::of_instrument(law, id),
            ClauseOwner::Provision(id) => Cases::of_provision(law, id),
            ClauseOwner::Rule(id) => Cases::of_rule(law, id),
            ClauseOwner::Kind(_) => return true,
        };
        let mut named = Vec::new();
        if let Some(wide) = citation {
            let alike = self
                .provisions
                .range((*instrument, wide.as_str(), ProvisionId(0))..)
                .take_while(|(of, citation, _)| of == instrument && citation.starts_with(wide.as_str()));
            let covered = alike.filter(|(_, citation, _)| covers(wide, citation));
            named.extend(covered.map(|(.., id)| Cases::of_provision(law, *id)));
        }
        // A provision that is not encoded speaks when its instrument does, as far as can be seen.
        if named.is_empty() {
            named.push(Cases::of_instrument(law, *instrument));
        }
        named.iter().any(|named| owner.meet(named, clause.dates))
    }
}

/// Every clause and every `replaces` or `supplements` that names a text with which its own shares no case.
pub(super) fn without_common_case(law: &Law) -> Vec<Finding> {
    let meetings = Meetings::new(law);
    let idle = law.clauses.iter().filter(|clause| !meetings.shares_a_case(clause));
    let of_clauses = idle.map(|clause| of_clause(law, clause));
    let of_instruments = law.instruments().flat_map(|(id, instrument)| {
        let replaces = instrument.replaces.iter().filter_map(move |row| of_relation(law, id, row, "replaces"));
        let supplements = instrument.supplements.iter().filter_map(move |row| of_relation(law, id, row, "supplements"));
        replaces.chain(supplements)
    });
    of_clauses.chain(of_instruments).collect()
}

fn of_clause(law: &Law, clause: &Clause) -> Finding {
    let finding = Finding::new(
        Code::NoCommonCase,
        clause.span,
        format!("this clause names a text with which it shares no case: {}", words::clause(law, clause)),
    )
    .label("no case for this clause")
    .why("the two never speak of the same matter between the same countries on the same day, so the clause decides nothing")
    .help("check the dates, the countries and the citation, or leave the clause out");
    match &clause.target {
        Target::Text { instrument, .. } => finding.other(law[*instrument].span, format!("`{}`", law[*instrument].name)),
        _ => finding,
    }
}

/// Both texts apply between some two countries in some matter, be it on different days.
pub(super) fn relates(law: &Law, newer: InstrumentId, relation: &Replacement) -> bool {
    let (new, old) = (&law[newer], &law[relation.instrument]);
    new.governs.iter().filter(|matter| old.governs.contains(matter)).any(|matter| {
        pairs(law, *matter).any(|(requesting, requested)| {
            [new, old].iter().all(|text| !active_days(text, None, requesting, requested).is_empty())
        })
    })
}

fn of_relation(law: &Law, newer: InstrumentId, relation: &Replacement, verb: &str) -> Option<Finding> {
    let (new, old) = (&law[newer], &law[relation.instrument]);
    if relates(law, newer, relation) {
        return None;
    }
    Some(
        Finding::new(
            Code::NoCommonCase,
            relation.span,
            format!("`{}` {verb} `{}`, with which it shares no matter or no two countries", new.name, old.name),
        )
        .label("no case for this")
        .other(old.span, format!("`{}`", old.name))
        .why("where the one applies the other never does, so nothing follows from it")
        .help("check the parties and the matters of both, or leave the statement out"),
    )
}
