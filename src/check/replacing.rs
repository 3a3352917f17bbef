//! Statements that replace nothing: in no case does the older text still apply once they count, or something else has
//! replaced it there already.

use std::collections::BTreeSet;

use super::cases::{Cases, pairs};
use super::clauses::relates;
use super::days::Days;
use crate::answer::applicability::{active_days, days_replaced};
use crate::finding::{Code, Finding, Fix};
use crate::law::{CountryId, Day, InstrumentId, Interval, Law, MatterId, Replacement, covers};
use crate::source::Span;

/// A statement with the instrument that makes it.
type Statement<'l> = (InstrumentId, &'l Replacement);

/// A finding for each `replaces` without which the same texts would apply in every case. That is said with the clauses
/// of precedence, as part of what is proved.
pub(crate) fn idle_replacements(law: &Law) -> Vec<Finding> {
    let all: Vec<Statement<'_>> =
        law.instruments().flat_map(|(id, row)| row.replaces.iter().map(move |statement| (id, statement))).collect();
    // Whoever shares no case with the text at all is told so already.
    let related = all.iter().filter(|(newer, row)| relates(law, *newer, row));
    let used: Vec<(Statement<'_>, Use)> = related.map(|one| (*one, use_of(law, &all, *one))).collect();
    let of_use = |those: &dyn Fn(&Use) -> bool| -> BTreeSet<Span> {
        used.iter().filter(|(_, found)| those(found)).map(|((_, row), _)| row.span).collect()
    };
    // What names several texts is taken out as a whole, or not at all.
    let stays = of_use(&|found| !matches!(found, Use::Idle));
    let found = used.iter().filter_map(|((newer, row), found)| match found {
        Use::Needed => None,
        Use::Idle => {
            let finding = idle(law, *newer, row);
            // That a text replaces another is what it says itself: perhaps it is a day that is wrong.
            let fix = || Fix::remove(row.span, "take the statement out").unsafely();
            Some(if stays.contains(&row.span) { finding } else { finding.fix(fix()) })
        }
        Use::Doubled(by) => Some(doubled(law, *newer, row, by)),
    });
    found.collect()
}

enum Use<'l> {
    /// Somewhere the older text would apply without it, and does not.
    Needed,
    /// Wherever it takes the older text away, so do these.
    Doubled(Vec<Statement<'l>>),
    /// Nowhere would the older text apply when it counts.
    Idle,
}

fn use_of<'l>(law: &'l Law, all: &[Statement<'l>], (newer, row): Statement<'l>) -> Use<'l> {
    let mut also: BTreeSet<usize> = BTreeSet::new();
    let mut counts_somewhere = false;
    for old in replaced(law, row) {
        for (matter, requesting, requested) in common(law, newer, &old) {
            let days = |newer: InstrumentId, row| days_replaced(&law[newer], row, requesting, requested);
            let Some(counts) = days(newer, row) else { continue };
            let taken = old.days_if_not_replaced(requesting, requested).within(counts);
            counts_somewhere |= !taken.is_empty();
            let others = (0..all.len()).filter(|at| {
                let (other, by) = all[*at];
                !std::ptr::eq(by, row) && law[other].governs.contains(&matter) && old.is_named(by)
            });
            let others: Vec<(usize, Interval)> =
                others.filter_map(|at| Some((at, days(all[at].0, all[at].1)?))).collect();
            if !taken.without(&Days::any_of(others.iter().map(|other| other.1))).is_empty() {
                return Use::Needed;
            }
            also.extend(others.iter().filter(|other| !taken.within(other.1).is_empty()).map(|other| other.0));
        }
    }
    if counts_somewhere { Use::Doubled(also.into_iter().map(|at| all[at]).collect()) } else { Use::Idle }
}

/// What the statement names: the instrument, or its provisions that are covered; if none is written, the citation.
fn replaced<'l>(law: &'l Law, row: &'l Replacement) -> Vec<Cases<'l>> {
    let Some(wide) = &row.citation else { return vec![Cases::of_instrument(law, row.instrument)] };
    let covered = law.provisions().filter(|(_, it)| it.instrument == row.instrument && covers(wide, &it.citation));
    let covered: Vec<_> = covered.map(|(id, _)| Cases::of_provision(law, id)).collect();
    if covered.is_empty() { vec![Cases::of_citation(law, row.instrument, wide)] } else { covered }
}

/// The matters and countries in which the newer text can replace the older one.
fn common<'l>(
    law: &'l Law,
    newer: InstrumentId,
    old: &Cases<'l>,
) -> impl Iterator<Item = (MatterId, CountryId, CountryId)> + use<'l> {
    let matters = old.matters().iter().filter(move |matter| law[newer].governs.contains(matter));
    matters.flat_map(move |matter| pairs(law, *matter).map(|(requesting, requested)| (*matter, requesting, requested)))
}

/// `one replaces two "Article 3"`
fn says(law: &Law, newer: InstrumentId, row: &Replacement) -> String {
    let citation = row.citation.as_ref().map(|citation| format!(" \"{citation}\"")).unwrap_or_default();
    format!("`{} replaces {}{citation}`", law[newer].name, law[row.instrument].name)
}

fn idle(law: &Law, newer: InstrumentId, row: &Replacement) -> Finding {
    let old = &law[row.instrument];
    Finding::new(Code::IdlePrecedence, row.span, format!("this statement replaces nothing: {}", says(law, newer, row)))
        .about([law[newer].name.clone(), says(law, newer, row)])
        .label("replaces nothing")
        .other(old.span, format!("`{}`", old.name))
        .why(reason(law, newer, row))
        .help("delete it; or check the parties and the days of both texts, and those of the statement")
}

/// Why there is no case.
fn reason(law: &Law, newer: InstrumentId, row: &Replacement) -> String {
    let (new, old) = (&law[newer].name, &law[row.instrument].name);
    let (mut first_active, mut last_active): (Option<Day>, Option<Day>) = (None, None);
    let (mut counts_from, mut old_until): (Option<Day>, Option<Day>) = (None, None);
    for cases in replaced(law, row) {
        for (_, requesting, requested) in common(law, newer, &cases) {
            let active = Days::any_of(active_days(&law[newer], None, requesting, requested)).span();
            first_active = first_active.into_iter().chain(active.map(|days| days.from)).min();
            last_active = last_active.into_iter().chain(active.map(|days| days.until)).max();
            let days = cases.days_if_not_replaced(requesting, requested).span();
            let counts = days_replaced(&law[newer], row, requesting, requested);
            if let (Some(days), Some(counts)) = (days, counts) {
                counts_from = counts_from.into_iter().chain([counts.from]).min();
                old_until = old_until.into_iter().chain([days.until]).max();
            }
        }
    }
    let what =
        row.citation.as_ref().map_or_else(|| format!("`{old}`"), |citation| format!("\"{citation}\" of `{old}`"));
    match (first_active, last_active, counts_from, old_until) {
        (Some(first), _, None, _) if row.dates.until <= first => format!(
            "it counts until {}, and `{new}` applies between two countries only from {first}: a text replaces another from \
             the day on which it applies itself",
            row.dates.until.previous()
        ),
        (_, Some(last), None, _) if last <= row.dates.from => {
            format!("it counts from {}, and `{new}` applies for the last time on {}", row.dates.from, last.previous())
        }
        (_, _, Some(from), Some(until)) if until <= from => format!(
            "{what} applies for the last time on {}, and `{new}` replaces it only from {from}: it has ended by itself",
            until.previous()
        ),
        _ => format!(
            "between no two countries and on no day does {what} still apply once `{new}` has come to replace it"
        ),
    }
}

fn doubled(law: &Law, newer: InstrumentId, row: &Replacement, by: &[Statement<'_>]) -> Finding {
    let message = format!("another statement already replaces what this one replaces: {}", says(law, newer, row));
    let finding = Finding::new(Code::DoubledClause, row.span, message)
        .about([law[newer].name.clone(), says(law, newer, row)])
        .label("replaced already");
    by.iter()
        .fold(finding, |finding, (other, row)| finding.other(row.span, says(law, *other, row)))
        .why("without it the same texts apply in every case, for others replace the older text wherever it does")
}
