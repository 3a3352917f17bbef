//! Sets of countries, and the scopes that are made of them.
//!
//! A group can name other groups and the parties of instruments, and the parties of an instrument can be a group: the sets
//! are the least that fulfil all these sentences together, found by passing countries on until nothing changes. No
//! recursion, so that a long chain of groups is only long.

use std::collections::{BTreeSet, VecDeque};

use super::Context;
use super::declare::Declarations;
use super::names::{Meaning, normal};
use super::twice;
use crate::finding::{Code, Finding};
use crate::law::{CountrySet, Day, Interval, Kind, MatterId, Relations, RelationsId, Scope, Under};
use crate::source::Span;
use crate::syntax::ast::{self, Countries, CountryTerm, InstrumentStatement, Name};

/// Finds the countries of each group and the parties of each instrument.
pub(crate) fn fill_country_sets(cx: &mut Context, all: &Declarations<'_, '_>) {
    // Nodes: the groups, then the instruments.
    let groups = all.groups.len();
    let mut sets: Vec<CountrySet> = vec![CountrySet::NONE; groups + all.instruments.len()];
    let mut readers: Vec<Vec<usize>> = vec![Vec::new(); sets.len()];
    let mut broken = vec![false; sets.len()];
    for (node, group) in all.groups.iter().enumerate() {
        twice::countries(cx, &group.members.terms);
        for term in &group.members.terms {
            broken[node] |= !gather(cx, *term, node, groups, &mut sets, &mut readers);
        }
    }
    for (index, instrument) in all.instruments.iter().enumerate() {
        broken[groups + index] = cx.names.lost.in_part.contains(&*normal(instrument.name.text));
        for statement in &instrument.statements {
            match statement {
                InstrumentStatement::Parties { countries, .. } => {
                    for term in &countries.terms {
                        broken[groups + index] |= !gather(cx, *term, groups + index, groups, &mut sets, &mut readers);
                    }
                }
                InstrumentStatement::Party { country, .. } => {
                    let term = CountryTerm::Name(*country);
                    broken[groups + index] |= !gather(cx, term, groups + index, groups, &mut sets, &mut readers);
                }
                _ => {}
            }
        }
    }
    let mut changed: VecDeque<usize> = (0..sets.len()).collect();
    while let Some(node) = changed.pop_front() {
        for reader in &readers[node] {
            if *reader == node {
                continue;
            }
            if !sets[node].is_within(sets[*reader]) || broken[node] && !broken[*reader] {
                let more = sets[node];
                sets[*reader].extend(more.iter());
                broken[*reader] |= broken[node];
                changed.push_back(*reader);
            }
        }
    }
    for (group, (set, broken)) in all.groups.iter().zip(sets.iter().zip(&broken)) {
        if set.is_empty() && !*broken {
            let message = format!("the group `{}` holds no country", group.name.text);
            cx.report(Finding::new(Code::EmptyScope, group.name.span, message).help("name a country in it"));
        }
    }
    let open = broken.iter().enumerate().filter_map(|(node, broken)| broken.then_some(node));
    (cx.open_groups, cx.open_parties) = open.partition(|node| *node < groups);
    cx.open_parties = cx.open_parties.iter().map(|node| node - groups).collect();
    cx.parties = sets.split_off(groups);
    cx.groups = sets;
}

/// Puts a term of a list into the set of a node, or links the node that holds it. False where the term is broken; it is
/// reported where the list itself is read, for instruments, and here for groups.
fn gather(
    cx: &mut Context,
    term: CountryTerm<'_>,
    node: usize,
    groups: usize,
    sets: &mut [CountrySet],
    readers: &mut [Vec<usize>],
) -> bool {
    let found = match term {
        CountryTerm::Name(name) => cx.names.countries(name),
        CountryTerm::PartiesOf(name) => cx.names.instrument(name).map(Meaning::Instrument),
    };
    let found = if node < groups { cx.take(found) } else { found.ok() };
    match found {
        Some(Meaning::Country(country)) => {
            sets[node].insert(country);
        }
        Some(Meaning::Group(group)) => {
            cx.groups_used.insert(group);
            readers[group].push(node);
        }
        Some(Meaning::Instrument(instrument)) => readers[groups + instrument.index()].push(node),
        _ => return false,
    }
    true
}

/// Reports the groups that no list and no condition names. Groups are gone from the law, so that nobody later can.
pub(crate) fn report_unused_groups(cx: &mut Context, all: &Declarations<'_, '_>) {
    for (group, row) in all.groups.iter().enumerate() {
        if !cx.groups_used.contains(&group) {
            let message = format!("the group `{}` is declared and never used", row.name.text);
            let finding = Finding::new(Code::UnusedName, row.name.span, message).label("not used");
            cx.report(finding.help("name it where its countries are meant, or leave the declaration out"));
        }
    }
}

/// The countries of a list.
pub(crate) fn countries(cx: &mut Context, list: &Countries<'_>) -> CountrySet {
    twice::countries(cx, &list.terms);
    let mut set = CountrySet::NONE;
    for term in &list.terms {
        match term {
            CountryTerm::Name(name) => {
                let found = cx.names.countries(*name);
                match cx.take(found) {
                    Some(Meaning::Country(country)) => {
                        set.insert(country);
                    }
                    Some(Meaning::Group(group)) => {
                        cx.groups_used.insert(group);
                        cx.pass_over(cx.open_groups.contains(&group));
                        set.extend(cx.groups[group].iter());
                    }
                    _ => {}
                }
            }
            CountryTerm::PartiesOf(name) => {
                let found = cx.names.instrument(*name);
                let Some(instrument) = cx.take(found) else { continue };
                if cx.kinds.get(instrument.index()).is_some_and(|kind| kind.is_some_and(Kind::is_of_one_country)) {
                    let message = format!("`{}` is the text of one country and has no parties", name.text);
                    cx.report(Finding::new(Code::WrongKind, name.span, message).help("name the country"));
                }
                cx.pass_over(cx.open_parties.contains(&instrument.index()));
                set.extend(cx.parties[instrument.index()].iter());
            }
        }
    }
    set
}

/// A scope as written: the cases, and the matters if any are named.
pub(crate) struct WrittenScope {
    pub(crate) scope: Scope,
    pub(crate) matters: Option<BTreeSet<MatterId>>,
    /// Where the last part of it stands.
    pub(crate) span: Option<Span>,
    /// Where countries are said with `in`.
    pub(crate) within: Option<Span>,
    /// A part of it was not in order, so that it says nothing to find it empty.
    pub(crate) broken: bool,
}

/// What several scopes that stand side by side leave.
pub(crate) fn scope<'a, 's: 'a>(cx: &mut Context, parts: impl IntoIterator<Item = &'a ast::Scope<'s>>) -> WrittenScope {
    let before = cx.told();
    let mut written = WrittenScope { scope: Scope::EVERYTHING, matters: None, span: None, within: None, broken: false };
    let (mut relations, mut dates) = (None, Interval::ALWAYS);
    let mut said = Said::default();
    for part in parts {
        if !said.first(cx, part) {
            continue;
        }
        let mut days = Interval::ALWAYS;
        let narrower = match part {
            ast::Scope::FromDate(date) => {
                written.span = Some(date.0.span);
                let from = cx.day(date).unwrap_or(Day::BEGINNING);
                days = Interval { from, until: Day::END };
                None
            }
            ast::Scope::UntilDate(date) => {
                written.span = Some(date.0.span);
                let until = cx.day(date).map_or(Day::END, Day::next);
                days = Interval { from: Day::BEGINNING, until };
                None
            }
            ast::Scope::From(list) => {
                written.span = Some(list.span);
                Some(Relations { from: Some(countries(cx, list)), ..Relations::default() })
            }
            ast::Scope::To(list) | ast::Scope::In(list) => {
                written.span = Some(list.span);
                written.within = written.within.or(matches!(part, ast::Scope::In(_)).then_some(list.span));
                Some(Relations { to: Some(countries(cx, list)), ..Relations::default() })
            }
            ast::Scope::Between(list) => {
                written.span = Some(list.span);
                Some(Relations { between: vec![countries(cx, list)], ..Relations::default() })
            }
            ast::Scope::AnyCountry(span) => {
                written.span = Some(*span);
                None
            }
            ast::Scope::Concerning(names) => {
                written.span = names.last().map(|name| name.span);
                let matters = matters(cx, names);
                written.matters = Some(match written.matters.take() {
                    Some(earlier) => &earlier & &matters,
                    None => matters,
                });
                None
            }
            ast::Scope::Under(names, span) => {
                written.span = Some(*span);
                twice::names(cx, names);
                let found: Vec<_> = names.iter().map(|name| cx.names.instrument(*name)).collect();
                let under = found.into_iter().filter_map(|found| cx.take(found)).map(Under::Instrument).collect();
                Some(Relations { under: Some(under), ..Relations::default() })
            }
            ast::Scope::UnderNoInstrument(span) => {
                written.span = Some(*span);
                Some(Relations { under: Some([Under::Nothing].into()), ..Relations::default() })
            }
        };
        let had_days = !dates.is_empty();
        if let Some(narrower) = narrower {
            relations = Some(match relations.take() {
                Some(wider) => Relations::and(&wider, &narrower),
                None => narrower,
            });
        }
        dates = dates.and(days);
        if had_days && dates.is_empty() {
            cx.findings.extend(written.span.map(super::empty_interval));
        }
    }
    let relations = relations.map_or(RelationsId::ANY, |relations| cx.shared.relation(relations));
    written.scope = Scope { relations, dates };
    written.broken = cx.has_told(before);
    written
}

/// What has been said of the scope.
#[derive(Default)]
struct Said {
    from_date: Option<Span>,
    until_date: Option<Span>,
    from: Option<Span>,
    to: Option<Span>,
    concerning: Option<Span>,
    under: Option<Span>,
    between: Option<Span>,
    any: Option<Span>,
}

impl Said {
    /// Reports what has been said before. A second first or last day does not count: only one of the two can be meant.
    fn first(&mut self, cx: &mut Context, part: &ast::Scope<'_>) -> bool {
        let (word, slot, span) = match part {
            ast::Scope::FromDate(date) => ("from", &mut self.from_date, date.0.span),
            ast::Scope::UntilDate(date) => ("until", &mut self.until_date, date.0.span),
            ast::Scope::From(list) => ("from", &mut self.from, list.span),
            ast::Scope::To(list) | ast::Scope::In(list) => ("to` or `in", &mut self.to, list.span),
            ast::Scope::Concerning(names) => ("concerning", &mut self.concerning, names[0].span),
            ast::Scope::Under(_, span) | ast::Scope::UnderNoInstrument(span) => ("under", &mut self.under, *span),
            ast::Scope::Between(list) => ("between", &mut self.between, list.span),
            ast::Scope::AnyCountry(span) => ("any country", &mut self.any, *span),
        };
        let Some(earlier) = slot.replace(span) else { return true };
        if matches!(part, ast::Scope::FromDate(_) | ast::Scope::UntilDate(_)) {
            let finding = Finding::new(Code::Syntax, span, format!("`{word}` is said twice"));
            cx.report(finding.other(earlier, "here first").help("keep one of the two days"));
            return false;
        }
        let finding = Finding::new(Code::SaidTwice, span, format!("`{word}` is said twice"));
        cx.report(
            finding
                .label("again")
                .other(earlier, "here first")
                .why("what counts is only what both lists hold")
                .help("write one list with all that is meant"),
        );
        true
    }
}

fn matters(cx: &mut Context, names: &[Name<'_>]) -> BTreeSet<MatterId> {
    twice::names(cx, names);
    let found: Vec<_> = names.iter().map(|name| cx.names.matter(*name)).collect();
    found.into_iter().filter_map(|found| cx.take(found)).collect()
}

/// Why no case fulfils the scope in any of the matters, in words; none: some case does.
pub(crate) fn why_no_case(cx: &Context, scope: Scope, matters: &[MatterId]) -> Option<String> {
    if cx.names.lost.may_hold_country() {
        return None;
    }
    let relations = &cx.shared[scope.relations];
    if scope.dates.is_empty() {
        return Some("no day lies in all the stretches of days that hold here".to_owned());
    }
    if relations.under.as_ref().is_some_and(BTreeSet::is_empty) {
        return Some("no request is made under all that is named here".to_owned());
    }
    if relations.from.is_none() && relations.to.is_none() && relations.between.is_empty() {
        return None;
    }
    let every = CountrySet::first(cx.law.countries.len());
    let within = |side: Option<CountrySet>| {
        relations.between.iter().fold(side.unwrap_or(every), |countries, set| countries & *set)
    };
    let (from, to) = (within(relations.from), within(relations.to));
    let has_case = |matter: &MatterId| {
        if cx.law[*matter].between_countries {
            !from.is_empty() && !to.is_empty() && (from.len() > 1 || to.len() > 1 || from != to)
        } else {
            from.meets(to)
        }
    };
    if matters.iter().any(has_case) {
        return None;
    }
    Some(match (from.iter().next(), to.iter().next()) {
        (None, _) => "no country is left that makes the request".to_owned(),
        (_, None) => "no country is left to which the request is made".to_owned(),
        (Some(one), _) if from == to => {
            let name = &cx.law[one].name;
            format!("a country makes no request to itself, and {name} alone is left on both sides")
        }
        _ => "it is about one country, and no country is left on both sides".to_owned(),
    })
}
