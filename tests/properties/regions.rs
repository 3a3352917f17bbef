//! The regions that findings name: written as the language writes them, and all there are.

use forseti::finding::{Code, Finding};

use super::cases::Small;
use super::every_law;

/// The regions that a finding names, as they are printed.
fn named(finding: &Finding) -> Vec<String> {
    let between = |text: &str, before: &str, after: &str| {
        let rest = text.split_once(before).map(|(_, rest)| rest.to_owned());
        rest.map(|rest| rest.rsplit_once(after).map_or(rest.clone(), |(text, _)| text.to_owned()))
    };
    let why = finding.why.as_deref().unwrap_or_default();
    let text = match finding.code {
        Code::Gap => between(&finding.message, " has no answer for ", "\u{0}"),
        Code::UnreadRegion => between(&finding.message, " is open for ", ", because "),
        Code::Conflict => between(why, "this concerns ", "; neither text").map(|text| {
            text.rsplit_once(" (")
                .filter(|(_, pairs)| pairs.contains("pairs of rules"))
                .map_or(text.clone(), |one| one.0.to_owned())
        }),
        Code::Cycle => between(why, "in ", " none of them"),
        Code::AssertionFailed | Code::AssertionNotProved => finding.place.as_ref().map(|place| place.label.clone()),
        _ => None,
    };
    let parts = text.iter().flat_map(|text| text.split("; ")).filter(|part| !part.starts_with("and "));
    parts.map(str::to_owned).collect()
}

/// A region as the scope and condition of a claim that everything there is answered.
fn claim(region: &str) -> String {
    let scope = ["all requests", "requests", "all cases", "cases"].iter().find_map(|word| region.strip_prefix(word));
    let scope = scope.expect("cases or requests").replace(", from", " from").replace(", until", " until");
    format!("complete channel{}", scope.replace(", when ", " when "))
}

const ASSERTIONS: &str = "assert \"one\" channel answered\nassert \"two\" means answered\n";

#[test]
fn a_region_that_is_named_can_be_written() {
    every_law(71_000, 40, 100, |small, text, _| {
        let more = format!("{text}{ASSERTIONS}");
        let asserted = Small::of(&more);
        let small = asserted.as_ref().unwrap_or(small);
        let mut read = 0;
        for region in forseti::proof::prove(&small.law).iter().flat_map(named) {
            let claim = claim(&region);
            if Small::of(&format!("{text}{claim}\n")).is_none() {
                return Err(format!("`{region}` cannot be written: `{claim}`"));
            }
            read += 1;
        }
        Ok(read)
    });
}

/// Each of the two ways out of a gap that need no rule leads out.
#[test]
fn what_is_written_against_a_gap_closes_it() {
    every_law(72_000, 60, 20, |small, text, _| {
        let mut closed = 0;
        let gaps = |small: &Small| {
            let found = forseti::proof::prove(&small.law).into_iter();
            found.filter(|finding| finding.code == Code::Gap).collect::<Vec<_>>()
        };
        for finding in gaps(small) {
            let words: Vec<String> =
                finding.help.iter().flat_map(|help| help.split('`').skip(1).step_by(2)).map(str::to_owned).collect();
            let same = |small: &Small| gaps(small).iter().any(|gap| gap.subject == finding.subject);
            let [_, never, when] = words.as_slice() else { continue };
            if never.starts_with("never …") {
                continue;
            }
            let never = never.replace('…', "it cannot be");
            let without = format!("{text}{never}\n");
            let now = Small::of(&without).ok_or_else(|| format!("`{never}` is an error: {finding:?}"))?;
            if same(&now) {
                return Err(format!("`{never}` does not close {finding:?}"));
            }
            let place = finding.place.as_ref().expect("a place").span;
            let claim = &text[place.start as usize..place.end as usize];
            let head = claim.split_once(" when ").map_or(claim, |(head, _)| head).trim_end();
            let other = text.replacen(claim, &format!("{head} {when}\n"), 1);
            let now = Small::of(&other).ok_or_else(|| format!("`{head} {when}` is an error: {finding:?}"))?;
            if !gaps(&now).is_empty() && gaps(&now).len() >= gaps(small).len() {
                return Err(format!("`{when}` does not close {finding:?}: {:?}", gaps(&now)));
            }
            closed += 1;
        }
        Ok(closed)
    });
}
