//! Versions of provisions: whether those of one citation overlap or leave a hole, and whether dates lie outside the
//! instrument.

use std::collections::BTreeMap;

use super::cases::{Cases, pairs};
use super::days::Days;
use crate::answer::applicability::active_days;
use crate::finding::{Code, Finding};
use crate::law::{Day, InstrumentId, Interval, Law, Provision, ProvisionId};
use crate::source::Span;
use crate::words;

/// Overlaps, holes, and dates outside the instrument.
pub(super) fn check(law: &Law) -> Vec<Finding> {
    let presence: Vec<Option<Interval>> = law.instruments().map(|(id, _)| presence(law, id)).collect();
    let mut findings = Vec::new();
    // Provisions of one citation stand together in the table.
    let provisions: Vec<ProvisionId> = law.provisions().map(|(id, _)| id).collect();
    let key = |id: ProvisionId| (law[id].instrument, law[id].citation.as_str());
    for versions in provisions.chunk_by(|a, b| key(*a) == key(*b)).filter(|versions| versions.len() > 1) {
        let instrument = law[versions[0]].instrument;
        let families = families(law, versions);
        findings.extend(overlaps(law, &families));
        if let Some(presence) = presence[instrument.index()] {
            findings.extend(families.iter().flat_map(|family| holes(law, presence, family)));
        }
    }
    for provision in &law.provisions {
        let presence = presence[provision.instrument.index()];
        findings.extend(outside(
            law,
            provision.instrument,
            presence,
            provision.scope.dates,
            provision.span,
            "provision",
        ));
    }
    for rule in &law.rules {
        let instrument = law[rule.provision].instrument;
        findings.extend(outside(law, instrument, presence[instrument.index()], rule.scope.dates, rule.span, "rule"));
    }
    findings
}

/// From the first day on which the instrument is active between any countries to the last; none if it never is.
fn presence(law: &Law, id: InstrumentId) -> Option<Interval> {
    let instrument = &law[id];
    let all = instrument.governs.iter().flat_map(|matter| pairs(law, *matter));
    Days::any_of(all.flat_map(|(requesting, requested)| active_days(instrument, None, requesting, requested))).span()
}

/// Versions of one citation that differ in nothing but their dates, in the order of these.
type Family = Vec<ProvisionId>;

fn families(law: &Law, versions: &[ProvisionId]) -> Vec<Family> {
    let mut families: BTreeMap<_, Family> = BTreeMap::new();
    for id in versions {
        let Provision { scope, matters, .. } = &law[*id];
        let alike = (matters, &law[scope.relations]);
        families.entry(alike).or_default().push(*id);
    }
    families
        .into_values()
        .map(|mut family| {
            family.sort_by_key(|id| (law[*id].scope.dates, law[*id].span));
            family
        })
        .collect()
}

/// Each version that shares a case with an earlier one, reported once.
fn overlaps(law: &Law, families: &[Family]) -> Vec<Finding> {
    let mut found: BTreeMap<ProvisionId, ProvisionId> = BTreeMap::new();
    for (at, family) in families.iter().enumerate() {
        for pair in family_pairs(law, family) {
            note(law, &mut found, pair);
        }
        let Some(first) = family.first().map(|id| Cases::of_provision(law, *id)) else { continue };
        for other in &families[at + 1..] {
            let meet = other.first().is_some_and(|id| first.meet_on_some_day(&Cases::of_provision(law, *id)));
            if meet {
                for pair in pairs_between(law, family, other) {
                    note(law, &mut found, pair);
                }
            }
        }
    }
    found.into_iter().map(|(later, earlier)| overlap(law, earlier, later)).collect()
}

/// Keeps the pair if the two share a case and the later is not yet known to share one.
fn note(law: &Law, found: &mut BTreeMap<ProvisionId, ProvisionId>, (earlier, later): (ProvisionId, ProvisionId)) {
    let dates_meet = law[earlier].scope.dates.meets(law[later].scope.dates);
    if dates_meet
        && !found.contains_key(&later)
        && Cases::of_provision(law, later).meet(&Cases::of_provision(law, earlier), Interval::ALWAYS)
    {
        found.insert(later, earlier);
    }
}

/// Each version with the one that lasts longest of those before it: if it meets any of them, it meets that one.
fn family_pairs(law: &Law, family: &[ProvisionId]) -> Vec<(ProvisionId, ProvisionId)> {
    let mut longest: Option<ProvisionId> = None;
    let mut pairs = Vec::new();
    for id in family {
        pairs.extend(longest.map(|longest| (longest, *id)));
        longest = Some(lasting(law, longest, *id));
    }
    pairs
}

/// Each version of either family with the one of the other that lasts longest of those that begin before it.
fn pairs_between(law: &Law, one: &[ProvisionId], other: &[ProvisionId]) -> Vec<(ProvisionId, ProvisionId)> {
    let mut all: Vec<(ProvisionId, usize)> =
        one.iter().map(|id| (*id, 0)).chain(other.iter().map(|id| (*id, 1))).collect();
    all.sort_by_key(|(id, _)| (law[*id].scope.dates, law[*id].span));
    let mut longest = [None, None];
    let mut pairs = Vec::new();
    for (id, side) in all {
        pairs.extend(longest[1 - side].map(|longest| (longest, id)));
        longest[side] = Some(lasting(law, longest[side], id));
    }
    pairs
}

fn lasting(law: &Law, longest: Option<ProvisionId>, id: ProvisionId) -> ProvisionId {
    longest.filter(|longest| law[*longest].scope.dates.until >= law[id].scope.dates.until).unwrap_or(id)
}

fn overlap(law: &Law, earlier: ProvisionId, later: ProvisionId) -> Finding {
    let (old, new) = (law[earlier].scope.dates, law[later].scope.dates);
    let remedy = if old.from < new.from {
        format!("write both in one `provision`, or end the earlier with `until {}`", new.from.previous())
    } else {
        "write both in one `provision`, or give them dates or countries that do not meet".to_owned()
    };
    let message = format!("two provisions cite {} {}", words::provision(law, later), words::interval(old.and(new)));
    Finding::new(Code::CitationOverlap, law[later].span, message)
        .label("this version")
        .other(law[earlier].span, "and this one")
        .why("a citation must lead to one text on any day; both would be cited as the same")
        .help(remedy)
}

/// Days between the versions of a family on which the instrument is there.
fn holes(law: &Law, presence: Interval, family: &[ProvisionId]) -> Vec<Finding> {
    let ends_and_begins = family_pairs(law, family).into_iter();
    ends_and_begins
        .filter_map(|(before, version)| {
            let hole = Interval { from: law[before].scope.dates.until, until: law[version].scope.dates.from };
            let hole = Some(hole.and(presence)).filter(|hole| !hole.is_empty())?;
            let message = format!("no version of {} holds {}", words::provision(law, version), words::interval(hole));
            let finding = Finding::new(Code::CitationHole, law[version].span, message);
            Some(
                finding
                    .label("this version begins after the hole")
                    .other(law[before].span, "this one ends before it")
                    .why("its instrument applies on these days, and the provision would say nothing")
                    .help("let the dates meet, or add the version of the days between"),
            )
        })
        .collect()
}

/// A first or last day that is written and lies outside the days of the instrument.
fn outside(
    law: &Law,
    id: InstrumentId,
    presence: Option<Interval>,
    dates: Interval,
    span: Span,
    what: &str,
) -> Option<Finding> {
    let presence = presence?;
    let starts_outside = dates.from != Day::BEGINNING && !presence.contains(dates.from);
    let ends_outside = dates.until != Day::END && !presence.contains(dates.until.previous());
    if !starts_outside && !ends_outside {
        return None;
    }
    let instrument = &law[id];
    Some(
        Finding::new(
            Code::OutsideInstrument,
            span,
            format!(
                "the {what} speaks {}, but `{}` applies {}",
                words::interval(dates),
                instrument.name,
                words::interval(presence)
            ),
        )
        .label("dates outside the instrument")
        .other(instrument.span, format!("`{}`", instrument.name))
        .why("on days on which the instrument does not apply, nothing in it does")
        .help("keep the dates within those of the instrument, or correct the instrument"),
    )
}
