//! What is said twice where once is enough: members of lists, statements, names of tests.

use std::collections::BTreeMap;

use super::Context;
use super::names::{normal, said, shown};
use crate::finding::{Code, Finding, Fix};
use crate::law::{Bond, Dated, Law};
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
            let finding = Finding::new(Code::SaidTwice, span, format!("{what} is said twice"));
            cx.report(
                finding
                    .label("again")
                    .other(*earlier, "here first")
                    .why("the second says nothing more: perhaps something else was meant")
                    .help("leave one of the two out, or correct it"),
            );
        } else {
            first.insert(key, span);
        }
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
