//! Findings of one cause, told as one: a text that does not bind disagrees with texts that do, in one place or in twenty, and
//! one line in it settles all.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Code, Finding, Place};
use crate::law::{InstrumentId, Law};
use crate::proof::gives_way;
use crate::source::Span;
use crate::words;

/// So many questions are named in a message.
const MOST_NAMED: usize = 5;

/// Makes one finding of the conflicts that the same text would end by giving way.
pub(crate) fn tell_together(law: &Law, findings: &mut Vec<Finding>) {
    let mut causes: BTreeMap<InstrumentId, Vec<(usize, InstrumentId)>> = BTreeMap::new();
    let mut instruments: Option<BTreeMap<Span, InstrumentId>> = None;
    for (at, finding) in findings.iter().enumerate().filter(|(_, finding)| finding.code == Code::Conflict) {
        let of_places =
            instruments.get_or_insert_with(|| law.lines.iter().map(|line| (line.span, line.instrument)).collect());
        let mut named = finding.place.iter().chain(&finding.others).filter_map(|place| of_places.get(&place.span));
        let (Some(one), Some(other)) = (named.next(), named.next()) else { continue };
        if let Some((low, high)) = gives_way(law, *one, *other) {
            causes.entry(low).or_default().push((at, high));
        }
    }
    let mut told: BTreeSet<usize> = BTreeSet::new();
    for (low, conflicts) in causes.into_iter().filter(|(_, conflicts)| conflicts.len() > 1) {
        let among: Vec<&Finding> = conflicts.iter().map(|(at, _)| &findings[*at]).collect();
        let mut high: Vec<InstrumentId> = conflicts.iter().map(|(_, high)| *high).collect();
        high.sort_unstable();
        high.dedup();
        let one = together(law, &among, low, &high);
        findings[conflicts[0].0] = one;
        told.extend(conflicts[1..].iter().map(|(at, _)| *at));
    }
    let mut places = 0..;
    findings.retain(|_| places.next().is_some_and(|place| !told.contains(&place)));
}

fn together(law: &Law, conflicts: &[&Finding], low: InstrumentId, high: &[InstrumentId]) -> Finding {
    let name = |id: &InstrumentId| law[*id].name.clone();
    let quoted = |id: &InstrumentId| format!("`{}`", law[*id].name);
    let mut asked: Vec<String> = Vec::new();
    for finding in conflicts {
        let question = finding.subject.get(1).map(|question| format!("`{question}`"));
        asked.extend(question.filter(|question| !asked.contains(question)));
    }
    let beyond = asked.len().saturating_sub(MOST_NAMED);
    asked.truncate(MOST_NAMED);
    if beyond > 0 {
        asked.push(format!("{beyond} more"));
    }
    let verb = if asked.len() == 1 { "has" } else { "have" };
    let message = format!(
        "{} {verb} two answers and nothing settles which: those of {} and of {}",
        words::both(asked),
        quoted(&low),
        words::both(high.iter().map(quoted)),
    );
    let first = conflicts[0];
    let mut places: Vec<&Place> = Vec::new();
    for place in conflicts.iter().flat_map(|finding| finding.place.iter().chain(&finding.others)) {
        if !places.iter().any(|known| known.span == place.span) {
            places.push(place);
        }
    }
    let same = conflicts.iter().all(|finding| finding.why == first.why);
    let of_first = if same { "" } else { ", of the first" };
    let why =
        first.why.as_deref().map(|why| format!("{} disagreements of one cause{of_first}: {why}", conflicts.len()));
    let names = high.iter().map(name).collect::<Vec<_>>().join(", ");
    let help = format!(
        "`{}` does not bind: write `yields to {names}` in it, which settles all; or narrow its rules, one by one",
        law[low].name
    );
    let subject: Vec<String> = std::iter::once(&low).chain(high).map(name).collect();
    let mut finding = Finding { others: Vec::new(), message, why, help: Some(help), ..first.clone() }.about(subject);
    for place in places.into_iter().filter(|place| Some(place.span) != first.place.as_ref().map(|place| place.span)) {
        finding = finding.other(place.span, place.label.clone());
    }
    finding
}
