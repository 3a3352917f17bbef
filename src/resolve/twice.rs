//! What is said twice where once is enough: members of lists, statements, names of tests.

use std::collections::{BTreeMap, BTreeSet};

use super::Context;
use super::clauses::Unowned;
use super::names::{normal, said, shown};
use crate::finding::{Code, Finding, Fix};
use crate::law::{Bond, Condition, Dated, Interval, Kind, Law, Target};
use crate::source::Span;
use crate::syntax::ast::{CountryTerm, Name, Text};

/// Reports the names that stand twice in a list.
pub(super) fn names(cx: &mut Context, names: &[Name<'_>]) {
    if names.len() > 1 {
        members(cx, names.iter().map(|name| (normal(name.text), shown(name.text).into_owned(), name.span)));
    }
}

/// Reports the countries that stand twice in a list.
pub(super) fn countries(cx: &mut Context, terms: &[CountryTerm<'_>]) {
    if terms.len() > 1 {
        members(
            cx,
            terms.iter().map(|term| match term {
                CountryTerm::Name(name) => ((false, normal(name.text)), shown(name.text).into_owned(), name.span),
                CountryTerm::PartiesOf(name) => {
                    ((true, normal(name.text)), format!("parties of {}", shown(name.text)), name.span)
                }
            }),
        );
    }
}

/// Reports the members of a list that stand twice: each with what it is known by, how it is shown, and where it stands.
/// What stands twice can be taken out with what joins it to the member before it.
pub(super) fn members<K: Ord>(cx: &mut Context, list: impl IntoIterator<Item = (K, String, Span)>) {
    let mut first: BTreeMap<K, Span> = BTreeMap::new();
    let mut before: Option<Span> = None;
    for (key, shown, span) in list {
        if let Some(earlier) = first.get(&key) {
            let finding = of_list(&shown, span, *earlier);
            let before = before.unwrap_or(*earlier);
            let cut = Span { start: before.end, ..span };
            cx.report(finding.fix(Fix::remove(cut, format!("leave the second `{shown}` out")).unsafely()));
        } else {
            first.insert(key, span);
        }
        before = Some(span);
    }
}

fn of_list(shown: &str, span: Span, earlier: Span) -> Finding {
    Finding::new(Code::SaidTwice, span, format!("`{shown}` stands twice in this list"))
        .label("again")
        .other(earlier, "here first")
        .why("the second says nothing more: perhaps another name was meant")
        .help("leave the second out, or write the name that was meant")
}

/// Reports the grounds that stand twice.
pub(super) fn grounds<K: Ord>(cx: &mut Context, list: impl Iterator<Item = (K, String, Span)>) {
    let mut first: BTreeMap<K, Span> = BTreeMap::new();
    for (key, shown, span) in list {
        if let Some(earlier) = first.get(&key) {
            cx.report(of_list(&shown, span, *earlier));
        } else {
            first.insert(key, span);
        }
    }
}

/// Reports what is said again in another statement or item.
pub(super) fn statements<K: Ord>(cx: &mut Context, what: &str, list: impl IntoIterator<Item = (K, Span)>) {
    let mut first: BTreeMap<K, Span> = BTreeMap::new();
    for (key, span) in list {
        if let Some(earlier) = first.get(&key) {
            cx.report(said_again(what, span, *earlier));
        } else {
            first.insert(key, span);
        }
    }
}

/// Reports what is said again of days of which it is said already.
pub(super) fn dated<K: Ord>(cx: &mut Context, what: &str, list: impl IntoIterator<Item = (K, Interval, Span)>) {
    for (span, earlier) in again(list) {
        cx.report(said_again(what, span, earlier));
    }
}

/// What is said again, with where it was said of some of these days first.
fn again<K: Ord>(list: impl IntoIterator<Item = (K, Interval, Span)>) -> Vec<(Span, Span)> {
    let mut known: BTreeMap<K, Vec<(Interval, Span)>> = BTreeMap::new();
    let mut again = Vec::new();
    for (key, dates, span) in list {
        let earlier = known.entry(key).or_default();
        match earlier.iter().find(|(known, _)| known.meets(dates)) {
            Some((_, first)) => again.push((span, *first)),
            None => earlier.push((dates, span)),
        }
    }
    again
}

fn said_again(what: &str, span: Span, earlier: Span) -> Finding {
    Finding::new(Code::SaidTwice, span, format!("{what} is said twice"))
        .label("again")
        .other(earlier, "here first")
        .why("the second says nothing more: perhaps something else was meant")
        .help("leave one of the two out, or correct it")
}

/// Reports clauses of one owner that name what another of them names already.
pub(super) fn clauses(cx: &mut Context, list: &[Unowned]) {
    let named = list.iter().flat_map(|clause| {
        let targets = match &clause.target {
            Target::Kinds { kinds, same_country } => {
                let one = |kind: &Kind| Target::Kinds { kinds: vec![*kind], same_country: *same_country };
                kinds.iter().map(one).collect()
            }
            one => vec![one.clone()],
        };
        targets.into_iter().map(|target| ((clause.effect, target), clause.dates, clause.span))
    });
    // what stands twice in one clause is told where its list is read, and a clause is told of once
    let (mut told, mut seen) = (BTreeSet::new(), BTreeSet::new());
    let named = named.filter(|(key, _, span)| seen.insert((key.clone(), *span)));
    for (span, earlier) in again(named.collect::<Vec<_>>()) {
        if told.insert(span) {
            cx.report(said_again("this clause", span, earlier));
        }
    }
}

/// Reports parts of a condition that ask the same.
pub(super) fn parts(cx: &mut Context, list: impl IntoIterator<Item = (Condition, Span)>) {
    let mut first: BTreeMap<Condition, Span> = BTreeMap::new();
    for (condition, span) in list {
        let asked = plain(&condition);
        // a part that is broken is left out, and is not the same as another that is
        if asked == Condition::ALWAYS {
            continue;
        }
        if let Some(earlier) = first.get(&asked) {
            cx.report(said_again("this condition", span, *earlier));
        } else {
            first.insert(asked, span);
        }
    }
}

/// Reports conditions beside one another of which one asks what an earlier one asks already.
pub(super) fn conditions(cx: &mut Context, list: &[(Condition, Span)]) {
    if list.len() < 2 {
        return;
    }
    let mut told = BTreeSet::new();
    let asked = list.iter().flat_map(|(condition, span)| {
        let parts = match plain(condition) {
            Condition::All(parts) => parts,
            one => vec![one],
        };
        parts.into_iter().map(|part| (part, Interval::ALWAYS, *span))
    });
    for (span, earlier) in again(asked.collect::<Vec<_>>()) {
        if told.insert(span) {
            cx.report(said_again("this condition", span, earlier));
        }
    }
}

/// The condition in a form that does not turn on the order of its parts.
pub(super) fn plain(condition: &Condition) -> Condition {
    let all = |parts: &[Condition]| {
        let mut parts: Vec<_> = parts.iter().map(plain).collect();
        parts.sort_unstable();
        parts.dedup();
        parts
    };
    match condition {
        Condition::All(parts) | Condition::Any(parts) if parts.len() == 1 => plain(&parts[0]),
        Condition::All(parts) => Condition::All(all(parts)),
        Condition::Any(parts) => Condition::Any(all(parts)),
        Condition::Not(inner) => match plain(inner) {
            Condition::Not(twice) => *twice,
            inner => Condition::Not(Box::new(inner)),
        },
        one => one.clone(),
    }
}

/// Reports texts that stand twice among those of one kind.
pub(super) fn texts(cx: &mut Context, what: &str, list: &[&Text<'_>]) {
    if list.len() > 1 {
        statements(cx, what, list.iter().map(|text| (said(text), text.span)));
    }
}

/// Reports titles of tests or assertions that two of them bear.
pub(super) fn titles<'a>(cx: &mut Context, what: &str, titles: impl IntoIterator<Item = &'a Text<'a>>) {
    let mut first: BTreeMap<String, Span> = BTreeMap::new();
    for title in titles {
        if let Some(earlier) = first.insert(normal(&title.value).into_owned(), title.span) {
            let finding =
                Finding::new(Code::SaidTwice, title.span, format!("two {what} are called \"{}\"", shown(&title.value)));
            cx.report(
                finding
                    .label("the same name")
                    .other(earlier, "used here first")
                    .why("where one of them fails, nobody can tell which from its name")
                    .help("give each a name of its own; if they say the same, delete one"),
            );
        }
    }
}

/// Reports a country that is bound twice on the same days, and days that are said twice.
pub(super) fn days(cx: &mut Context, bonds: &[Bond], in_force: &[Dated], applies: &[Dated]) {
    for (at, bond) in bonds.iter().enumerate() {
        let earlier = bonds[..at].iter().find(|earlier| {
            earlier.country == bond.country && earlier.span != bond.span && earlier.dates.meets(bond.dates)
        });
        if let Some(earlier) = earlier {
            let message = format!("that {} is bound is said twice of the same days", cx.law[bond.country].name);
            let finding = twice_bound(&cx.law, bond, earlier, message);
            cx.report(finding);
        }
    }
    for (word, all) in [("in force", in_force), ("applies", applies)] {
        for (at, one) in all.iter().enumerate() {
            if let Some(earlier) = all[..at].iter().find(|earlier| earlier.dates.meets(one.dates)) {
                let message = format!("`{word}` is said twice of the same days");
                let finding =
                    Finding::new(Code::SaidTwice, one.span, message).label("again").other(earlier.span, "here first");
                cx.report(
                    finding
                        .why("both count, so that the shorter says nothing")
                        .help("write it once, with the first and the last day; or give the two days that do not meet"),
                );
            }
        }
    }
}

fn twice_bound(law: &Law, bond: &Bond, earlier: &Bond, message: String) -> Finding {
    let why = if bond.reservations == earlier.reservations && bond.only == earlier.only {
        "both count, so that the shorter says nothing: perhaps another country was meant"
    } else {
        "the two say different things of the same country"
    };
    Finding::new(Code::SaidTwice, bond.span, message)
        .about([law[bond.country].name.clone()])
        .label("again")
        .other(earlier.span, "here first")
        .why(why)
        .help("name the country once; if it was bound twice, give the two times days that do not meet")
}
