//! Versions of provisions: whether those of one citation overlap or leave a hole, and whether dates lie outside the
//! instrument.

use std::collections::BTreeMap;

use super::cases::{Cases, pairs};
use super::days::Days;
use crate::answer::applicability::active_days;
use crate::finding::{Code, Finding};
use crate::law::{Day, InstrumentId, Interval, Law, ProvisionId, Scope};
use crate::source::Span;
use crate::words;

/// Overlaps, holes, and dates outside the instrument.
pub(super) fn check(law: &Law) -> Vec<Finding> {
    let presence: Vec<Option<Interval>> = law.instruments().map(|(id, _)| presence(law, id)).collect();
    let mut versions: BTreeMap<(InstrumentId, &str), Vec<ProvisionId>> = BTreeMap::new();
    for (id, provision) in law.provisions() {
        versions.entry((provision.instrument, &provision.citation)).or_default().push(id);
    }
    let mut findings = Vec::new();
    for ((instrument, _), mut versions) in versions {
        versions.sort_by_key(|id| (law[*id].scope.dates, law[*id].span));
        findings.extend(overlaps(law, &versions));
        if let Some(presence) = presence[instrument.index()] {
            findings.extend(holes(law, presence, &versions));
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

/// Each version that shares a case with an earlier one, reported once.
fn overlaps(law: &Law, versions: &[ProvisionId]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, later) in versions.iter().enumerate() {
        let mut cases = None;
        let shared = versions[..at].iter().find(|earlier| {
            law[**earlier].scope.dates.meets(law[*later].scope.dates)
                && cases
                    .get_or_insert_with(|| Cases::of_provision(law, *later))
                    .meet(&Cases::of_provision(law, **earlier), Interval::ALWAYS)
        });
        let Some(earlier) = shared else { continue };
        let both = law[*earlier].scope.dates.and(law[*later].scope.dates);
        findings.push(
            Finding::new(
                Code::CitationOverlap,
                law[*later].span,
                format!("two provisions cite {} {}", words::provision(law, *later), words::interval(both)),
            )
            .label("this version")
            .other(law[*earlier].span, "and this one")
            .why("a citation must lead to one text on any day; both would be cited as the same")
            .help(remedy(law[*earlier].scope.dates, law[*later].scope.dates)),
        );
    }
    findings
}

fn remedy(earlier: Interval, later: Interval) -> String {
    if earlier.from < later.from {
        format!("write both in one `provision`, or end the earlier with `until {}`", later.from.previous())
    } else {
        "write both in one `provision`, or give them dates or countries that do not meet".to_owned()
    }
}

/// Days between versions that differ in nothing but their dates, and on which the instrument is there.
fn holes(law: &Law, presence: Interval, versions: &[ProvisionId]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut latest: Vec<ProvisionId> = Vec::new();
    for version in versions {
        let alike = |other: &&mut ProvisionId| {
            law[**other].matters == law[*version].matters
                && same_but_for_dates(&law[**other].scope, &law[*version].scope)
        };
        let Some(before) = latest.iter_mut().find(alike) else {
            latest.push(*version);
            continue;
        };
        let (old, new) = (law[*before].scope.dates, law[*version].scope.dates);
        let hole = Interval { from: old.until, until: new.from }.and(presence);
        if !hole.is_empty() {
            findings.push(
                Finding::new(
                    Code::CitationHole,
                    law[*version].span,
                    format!("no version of {} holds {}", words::provision(law, *version), words::interval(hole)),
                )
                .label("this version begins after the hole")
                .other(law[*before].span, "this one ends before it")
                .why("its instrument applies on these days, and the provision would say nothing")
                .help("let the dates meet, or add the version of the days between"),
            );
        }
        if new.until > old.until {
            *before = *version;
        }
    }
    findings
}

fn same_but_for_dates(a: &Scope, b: &Scope) -> bool {
    (&a.from, &a.to, &a.between, &a.under) == (&b.from, &b.to, &b.between, &b.under)
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
