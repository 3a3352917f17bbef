//! Regions in words, for people who know articles and dates.

use super::region::Region;
use super::set::Set;
use super::space::Space;
use crate::answer::OpenValue;
use crate::law::{CountryId, Interval, id_of};
use crate::words;

/// `requests from Denmark, Norway or Sweden to Finland, from 2027-02-01, when offence-district is unknown`.
pub(super) fn cases(space: &Space<'_>, region: &Region) -> String {
    let everything = space.everything();
    let (from, to) = space.sides(region);
    let countries =
        |set: Set| words::either(set.iter().map(|position| space.law[CountryId(id_of(position))].name.clone()));
    // A country asks nothing of itself: a side that leaves out only the country of the other side is not restricted.
    let open = |set: Set, all: Set, other: Set| set == all || (other.len() == 1 && all.minus(set) == other);
    let mut text = if space.between() {
        let any_from = open(from, everything.from, to);
        // Of two countries that alone are left one must be said.
        let any_to = to == everything.to || (!any_from && open(to, everything.to, from));
        let requesting = (!any_from).then(|| format!(" from {}", countries(from)));
        let requested = (!any_to).then(|| format!(" to {}", countries(to)));
        match (requesting, requested) {
            (None, None) => "all requests".to_owned(),
            (from, to) => format!("requests{}{}", from.unwrap_or_default(), to.unwrap_or_default()),
        }
    } else if region.to == everything.to {
        "all cases".to_owned()
    } else {
        format!("cases in {}", countries(region.to))
    };
    if region.dates != Interval::ALWAYS {
        text.push_str(", ");
        text.push_str(&words::interval(region.dates));
    }
    let tests = region.rest.iter().map(|(axis, set)| {
        let values: Vec<OpenValue> = set.iter().filter_map(|position| space.class(*axis, position).cloned()).collect();
        words::open_test(space.law, *axis, &values)
    });
    let tests: Vec<String> = tests.collect();
    if !tests.is_empty() {
        text.push_str(", when ");
        text.push_str(&words::both(tests));
    }
    text
}
