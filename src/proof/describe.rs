//! Regions in words, for people who know articles and dates: scopes and conditions are those of the language.

use super::region::Region;
use super::set::Set;
use super::space::Space;
use crate::answer::{Open, OpenValue};
use crate::law::{CountryId, FactId, Interval, Under, id_of};
use crate::words;

/// `requests from Denmark, Norway or Sweden to Finland, from 2027-02-01, when offence-district is unknown`. What is asked of
/// the instrument of the request is no mixture of some and of none.
pub(super) fn cases(space: &Space<'_>, region: &Region) -> String {
    let everything = space.everything();
    let (from, to) = space.sides(region);
    let countries =
        |set: Set| words::either(set.iter().map(|position| space.law[CountryId(id_of(position))].name.clone()));
    // A country asks nothing of itself: a side that leaves out only the country of the other side is not restricted.
    let open = |set: Set, all: Set, other: Set| set == all || (other.len() == 1 && all.minus(set) == other);
    let mut text = if space.between() {
        let any_from = open(from.clone(), everything.from, to.clone());
        // Of two countries that alone are left one must be said.
        let any_to = to == everything.to || (!any_from && open(to.clone(), everything.to, from.clone()));
        let requesting = (!any_from).then(|| format!(" from {}", countries(from)));
        let requested = (!any_to).then(|| format!(" to {}", countries(to)));
        match (requesting, requested) {
            (None, None) => "all requests".to_owned(),
            (from, to) => format!("requests{}{}", from.unwrap_or_default(), to.unwrap_or_default()),
        }
    } else if region.to == everything.to {
        "all cases".to_owned()
    } else {
        format!("cases in {}", countries(region.to.clone()))
    };
    if let Some(unders) = region.values(Open::Under) {
        text.push(' ');
        text.push_str(&under(space, unders));
    }
    if region.dates != Interval::ALWAYS {
        text.push_str(", ");
        text.push_str(&words::day_range(region.dates));
    }
    let tests = condition(space, region);
    if !tests.is_empty() {
        text.push_str(", when ");
        text.push_str(&tests);
    }
    text
}

/// What a region asks of the facts, as a condition of the language; empty where it asks nothing.
pub(super) fn condition(space: &Space<'_>, region: &Region) -> String {
    let tests = tests(space, region);
    words::all_of(space.law, tests.iter().map(|(fact, values, all)| (*fact, values.as_slice(), all.as_slice())))
}

/// The condition of all cases outside of what a region asks of the facts.
pub(super) fn outside(space: &Space<'_>, region: &Region) -> String {
    let tests = tests(space, region);
    words::none_of(space.law, tests.iter().map(|(fact, values, all)| (*fact, values.as_slice(), all.as_slice())))
}

fn tests(space: &Space<'_>, region: &Region) -> Vec<(FactId, Vec<OpenValue>, Vec<OpenValue>)> {
    let classes = |axis: Open, set: Set| -> Vec<OpenValue> {
        set.iter().filter_map(|position| space.class(axis, position).cloned()).collect()
    };
    let of_fact = |(axis, set): &(Open, Set)| match axis {
        Open::Fact(fact) => Some((*fact, classes(*axis, set.clone()), classes(*axis, space.full(*axis)))),
        Open::Under => None,
    };
    region.rest.iter().filter_map(of_fact).collect()
}

/// `under no instrument`, or `under` those that are named or told apart by nothing.
fn under(space: &Space<'_>, unders: &Set) -> String {
    let law = space.law;
    let all = space.full(Open::Under);
    let told_apart = |set: &Set| -> Vec<Under> {
        let of = |position| match space.class(Open::Under, position)? {
            OpenValue::Under(under) => Some(*under),
            _ => None,
        };
        set.iter().filter_map(of).collect()
    };
    let mut named = told_apart(unders);
    if unders.iter().any(|position| space.class(Open::Under, position) == Some(&OpenValue::OtherInstrument)) {
        let known = told_apart(&all);
        let others = law.instruments().map(|(id, _)| Under::Instrument(id));
        named.extend(others.filter(|under| !known.contains(under)));
    }
    if named == [Under::Nothing] {
        return "under no instrument".to_owned();
    }
    format!("under {}", words::either(named.iter().map(|one| words::under(law, *one))))
}
