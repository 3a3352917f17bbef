//! Texts over time: those that apply before they are in force, replace others, or end without anything after them; and
//! sources that were to be reviewed.

use super::cases::pairs;
use super::days::Days;
use crate::answer::applicability::active_days;
use crate::finding::{Code, Finding};
use crate::law::{
    ClauseEffect, CountryId, Dated, Day, Instrument, InstrumentId, Kind, Law, Replacement, Target, covers,
};
use crate::words;

/// Retroactive, replaced by less, without successor, review due.
pub(super) fn check(law: &Law, today: Option<Day>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (id, instrument) in law.instruments() {
        findings.extend(retroactive(instrument));
        findings.extend(instrument.replaces.iter().filter_map(|row| replaced_by_less(law, id, row)));
        findings.extend(without_successor(law, id));
    }
    if let Some(today) = today {
        findings.extend(review_due(law, today));
    }
    findings
}

/// It applies on a day before its first day in force, and neither the statement nor the instrument assumes anything.
fn retroactive(instrument: &Instrument) -> Option<Finding> {
    let in_force = instrument.in_force.iter().map(|dated| dated.dates.from).min()?;
    let early = |dated: &&Dated| dated.dates.from < in_force && dated.assumptions.is_empty();
    let dated = instrument.applies.iter().find(early).filter(|_| instrument.assumptions.is_empty())?;
    let first_in_force = instrument.in_force.iter().find(|dated| dated.dates.from == in_force)?;
    Some(
        Finding::new(
            Code::Retroactive,
            dated.span,
            format!(
                "`{}` applies {} but is in force only from {in_force}",
                instrument.name,
                words::interval(dated.dates)
            ),
        )
        .label("applies earlier")
        .other(first_in_force.span, "than it is in force")
        .why("a text that reaches back before its entry into force needs a reason that answers can show")
        .help("correct the date, or add `assuming \"…\"` with the reason"),
    )
}

/// A text that binds gives way to one that does not, without having allowed it.
fn replaced_by_less(law: &Law, newer: InstrumentId, replacement: &Replacement) -> Option<Finding> {
    let (new, old) = (&law[newer], &law[replacement.instrument]);
    let less = old.kind.is_binding() && !new.kind.is_binding();
    if !less || allowed(law, replacement, new.kind) {
        return None;
    }
    Some(
        Finding::new(
            Code::ReplacedByLess,
            replacement.span,
            format!(
                "`{}`, {} {}, replaces `{}`, {} {}",
                new.name,
                article(new.kind),
                new.kind.word(),
                old.name,
                article(old.kind),
                old.kind.word()
            ),
        )
        .label("does not bind")
        .other(old.span, "binds")
        .why("a text that does not bind cannot take the place of one that does")
        .help("say `supplements`, or let the binding text say `allows otherwise by …` in the provision concerned"),
    )
}

fn article(kind: Kind) -> &'static str {
    if matches!(kind, Kind::Ordinance | Kind::Arrangement) { "an" } else { "a" }
}

/// Every provision that is replaced lets texts of this kind depart from it.
fn allowed(law: &Law, replacement: &Replacement, by: Kind) -> bool {
    let Some(wide) = &replacement.citation else { return false };
    let mut replaced = law
        .provisions
        .iter()
        .filter(|row| row.instrument == replacement.instrument && covers(wide, &row.citation))
        .peekable();
    replaced.peek().is_some()
        && replaced.all(|provision| {
            provision.clauses.iter().map(|id| &law[*id]).any(|clause| {
                clause.effect == ClauseEffect::Allows
                    && matches!(&clause.target, Target::Kinds { kinds, .. } if kinds.contains(&by))
            })
        })
}

/// It replaced another text, has ended between some countries, and nothing follows there.
fn without_successor(law: &Law, id: InstrumentId) -> Option<Finding> {
    let instrument = &law[id];
    let mut left = Vec::new();
    let mut replacement = None;
    let mut all = true;
    let mut ended = Day::END;
    for matter in &instrument.governs {
        for (requesting, requested) in pairs(law, *matter) {
            let active = |of: &Instrument| active_days(of, None, requesting, requested);
            let days = active(instrument);
            let Some(after) = Days::any_of(days.clone()).span().map(|days| days.until) else { continue };
            // The older text would apply again, if this one had not replaced it while it was active.
            let keeps_away = |row: &&Replacement| {
                let old = &law[row.instrument];
                row.dates.contains(after)
                    && days.iter().any(|days| days.meets(row.dates))
                    && old.governs.contains(matter)
                    && active(old).iter().any(|days| days.contains(after))
            };
            let began = days.iter().map(|days| days.from).min();
            let followed = || {
                law.instruments().any(|(other, next)| {
                    let days = active(next);
                    // A text that began later and is there when this one ends follows it, whether or not it says so: to
                    // replace what has ended by itself would do nothing.
                    let is_later = days.iter().map(|days| days.from).min() > began
                        && !next.supplements.iter().any(|row| row.instrument == id);
                    other != id
                        && next.governs.contains(matter)
                        && (is_later
                            || next.replaces.iter().any(|row| {
                                row.instrument == id
                                    || instrument.replaces.iter().any(|mine| mine.instrument == row.instrument)
                            }))
                        && days.iter().any(|days| days.contains(after))
                })
            };
            let kept_away = instrument.replaces.iter().find(keeps_away).filter(|_| !followed());
            if kept_away.is_some() {
                ended = ended.min(after);
                left.push((requesting.min(requested), requesting.max(requested)));
            } else {
                all = false;
            }
            replacement = replacement.or(kept_away);
        }
    }
    let replacement = replacement?;
    left.sort_unstable();
    left.dedup();
    let old = &law[replacement.instrument];
    let until = format!("until {}", ended.previous());
    Some(
        Finding::new(
            Code::NoSuccessor,
            instrument.span,
            format!(
                "`{}` ends on {} and nothing follows {}",
                instrument.name,
                ended.previous(),
                between(law, instrument, &left, all)
            ),
        )
        .label("ends without a successor")
        .other(replacement.span, format!("it had replaced `{}`, which does not come back by itself", old.name))
        .why("from the next day neither text applies, and questions on which both spoke have no answer")
        .help(format!(
            "add the text that follows, from the day on which it applies; or write `replaces {} {until}` if that one is \
             to apply again",
            old.name
        )),
    )
}

/// The countries concerned: the first few of them.
fn between(law: &Law, instrument: &Instrument, pairs: &[(CountryId, CountryId)], all: bool) -> String {
    const SHOWN: usize = 3;
    let name = |country: CountryId| law[country].name.as_str();
    match instrument.country {
        Some(country) => return format!("in {}", name(country)),
        None if all => return "between any of its parties".to_owned(),
        None => {}
    }
    let mut shown: Vec<String> =
        pairs.iter().take(SHOWN).map(|(a, b)| format!("{} and {}", name(*a), name(*b))).collect();
    if pairs.len() > SHOWN {
        shown.push(format!("{} more pairs of countries", pairs.len() - SHOWN));
    }
    format!("between {}", words::either(shown))
}

fn review_due(law: &Law, today: Day) -> impl Iterator<Item = Finding> {
    law.sources.iter().filter_map(move |source| {
        let by = source.review_by.filter(|by| *by < today)?;
        let finding = Finding::new(
            Code::ReviewDue,
            source.span?,
            format!("the source `{}` was to be reviewed by {by}", source.name),
        );
        Some(
            finding
                .about([source.name.clone()])
                .label("review is due")
                .why("whatever was taken from it may no longer be right")
                .help("compare the files with the source and set a new `review by`"),
        )
    })
}
