//! Citations and clauses of precedence.

use super::quoted;
use crate::law::{Clause, ClauseEffect, ClauseOwner, Kind, Law, Line, NationalLawOf, ProvisionId, Target, Value};

/// Where the words of a line stand: `nordic-transfer-2025, Annex II, Norway`; a ground that has a place of its own in
/// the list is cited with it.
pub fn citation(law: &Law, line: &Line) -> String {
    let Some(id) = line.provision else {
        return law[line.instrument].name.clone();
    };
    let mut text = provision(law, id);
    if let Some([Value::Ground(_, Some(part))]) = line.answer.map(|answer| law[answer].values.as_slice()) {
        text.push_str(part);
    }
    text
}

/// A provision with its instrument: `nordic-transfer-2025, Article 5(2)`.
pub fn provision(law: &Law, id: ProvisionId) -> String {
    format!("{}, {}", law[law[id].instrument].name, law[id].citation)
}

/// What a clause says, and where: "`yields to` national law of either country, by Article 11".
pub fn clause(law: &Law, clause: &Clause) -> String {
    let target = match &clause.target {
        Target::Text { instrument, citation: None } => law[*instrument].name.clone(),
        Target::Text { instrument, citation: Some(citation) } => {
            format!("{} {}", law[*instrument].name, quoted(citation))
        }
        Target::NationalLaw(whose) => format!(
            "national law of {}",
            match whose {
                NationalLawOf::Requesting => "the requesting country",
                NationalLawOf::Requested => "the requested country",
                NationalLawOf::Either => "either country",
                NationalLawOf::Country(country) => &law[*country].name,
            }
        ),
        Target::MandatoryRules => "mandatory rules of binding instruments".to_owned(),
        Target::Kinds { kinds, same_country } => {
            let kinds = kinds.iter().map(|kind| Kind::word(*kind)).collect::<Vec<_>>().join(", ");
            format!("{kinds}{}", if *same_country { " of the same country" } else { "" })
        }
    };
    let verb = match (clause.effect, clause.owner) {
        (ClauseEffect::Claims, ClauseOwner::Instrument(_)) => "`prevails over`".to_owned(),
        (ClauseEffect::Claims, ClauseOwner::Kind(kind)) => format!("`{} over`", kind.word()),
        (ClauseEffect::Claims, ClauseOwner::Provision(_) | ClauseOwner::Rule(_)) => "`notwithstanding`".to_owned(),
        (ClauseEffect::Concedes, ClauseOwner::Instrument(_) | ClauseOwner::Kind(_)) => "`yields to`".to_owned(),
        (ClauseEffect::Concedes, ClauseOwner::Provision(_) | ClauseOwner::Rule(_)) => "`subject to`".to_owned(),
        (ClauseEffect::Allows, _) => "`allows otherwise by`".to_owned(),
    };
    let by = clause.by.as_ref().map(|by| format!(", by {by}")).unwrap_or_default();
    format!("{verb} {target}{by}")
}

/// Whose clause it is: `nordic-transfer-2025`, `nordic-transfer-2025, Article 5(2)`, or for a `precedence` item `every
/// statute`.
pub fn clause_owner(law: &Law, clause: &Clause) -> String {
    match clause.owner {
        ClauseOwner::Instrument(instrument) => law[instrument].name.clone(),
        ClauseOwner::Provision(id) => provision(law, id),
        ClauseOwner::Rule(rule) => provision(law, law[rule].provision),
        ClauseOwner::Kind(kind) => format!("every {}", kind.word()),
    }
}

/// Behind a clause by which a line lost: the claim of a text against what it must yield to is one of its own, and the
/// reason why it loses. Nothing behind any other.
pub fn claims_in_vain(law: &Law, clause: &Clause, winner: &Line, loser: &Line) -> &'static str {
    let is_losers = match clause.owner {
        ClauseOwner::Instrument(instrument) => instrument == loser.instrument,
        ClauseOwner::Provision(provision) => Some(provision) == loser.provision,
        ClauseOwner::Rule(rule) => Some(rule) == loser.rule,
        ClauseOwner::Kind(kind) => kind == law[loser.instrument].kind && kind != law[winner.instrument].kind,
    };
    if clause.effect == ClauseEffect::Claims && is_losers {
        " is a claim against what it must yield to, and counts for nothing"
    } else {
        ""
    }
}
