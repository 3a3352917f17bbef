//! Differences are compared with the reference, case by case: both laws are asked, and where they answer alike no region may
//! hold the case, where they do not one must.
mod artifact;
mod forms;
mod laws;
mod oracle;
mod planted;

use forseti::difference::{Category, Change, Told, difference, fingerprint};
use forseti::law::Day;

use crate::cli::{code, run, snapshot};
use crate::proofs::random_law;
use crate::workload;

use oracle::*;

const TODAY: Day = Day(20_454);

#[test]
fn regions_hold_the_cases_that_are_answered_otherwise_and_no_others() {
    agree_everywhere(&versions(24, random_law), 1000);
}

#[test]
fn so_they_do_where_facts_and_instruments_of_the_request_differ() {
    agree_everywhere(&versions(28, crate::properties::random_law), 1000);
}

#[test]
fn a_law_does_not_differ_from_itself() {
    for seed in 0..20 {
        let text = random_law(seed);
        let found = between(&text, &text);
        assert!(found.is_empty(), "{found:#?}");
    }
}

#[test]
fn one_edit_among_a_thousand_rules_is_found_and_nothing_else() {
    let work = workload::competence(1000, 7);
    let old = law_of(&work.text);
    // a rule that meets no other with another answer
    let planted = work.text.match_indices(".a3\n}").map(|(at, _)| at).nth(3).expect("there are many");
    let mut text = work.text.clone();
    text.replace_range(planted..planted + 3, ".a4");
    let found = difference(&old, &law_of(&text), TODAY);
    assert_eq!(found.changes.len(), 1, "{found:#?}");
    let change = &found.changes[0];
    let office = |told: &Told| told.answers[0].split('.').nth(1).map(str::to_owned);
    assert_eq!([office(&change.old), office(&change.new)], [Some("a3".to_owned()), Some("a4".to_owned())]);
    assert!(change.categories.contains(&Category::Replaced));
    assert_eq!(change.old.by, change.new.by);
    assert!(found.interface.is_empty() && found.not_compared.is_empty());
}

/// Every list of twelve grounds that can come together is another answer; what changes is one of them.
#[test]
fn a_ground_that_is_cited_otherwise_is_one_change() {
    let law = |cited: &str| {
        let facts: Vec<String> = (0..12).map(|at| format!("fact fact-{at}x : yes or no\n")).collect();
        let facts = facts.concat();
        let ground =
            |at| format!("    on ground ground-{at}x \"({})\" when fact-{at}x\n", if at == 5 { cited } else { "a" });
        let grounds: Vec<String> = (0..12).map(ground).collect();
        let grounds = grounds.concat();
        law_of(&format!(
            "country Denmark (DK), Norway (NO)\nmatter transfer \"transfer\" between countries\n{facts}\
             instrument treaty \"Treaty\" {{ kind treaty governs transfer parties Denmark, Norway }}\n\
             provision \"Article 10\" of treaty {{\n  requested authority shall refuse\n{grounds}}}\n"
        ))
    };
    let found = difference(&law("a"), &law("b"), TODAY);
    assert!(found.not_compared.is_empty());
    let [change] = found.changes.as_slice() else { panic!("{} changes", found.changes.len()) };
    assert_eq!((change.regions.len(), change.regions[0].words.as_str()), (1, "all requests, when fact-5x"));
    assert!(change.regions[0].witness.iter().all(Option::is_some));
}

const VOCABULARY: &str = "country Denmark (DK), Norway (NO), Sweden (SE)
language Danish (da), Norwegian (no), English (en)
matter transfer \"transfer\" between countries
item request \"the request\"
fact urgent : yes or no
fact stage : one of early, late
fact district : place
fact victims : number
place oslo \"Oslo\" in Norway
authority Norway.court \"Court\"
act decide \"decides\"
instrument list \"the list\" { kind arrangement governs transfer parties Denmark, Norway, Sweden }
";

/// The only change between two laws of one provision each.
fn change(old: &str, new: &str) -> Change {
    let law = |rule: &str| format!("{VOCABULARY}provision \"1\" of list {{\n{rule}\n}}\n");
    let mut found = between(&law(old), &law(new));
    assert_eq!(found.changes.len(), 1, "{:#?}", found.changes);
    found.changes.remove(0)
}

fn categories(old: &str, new: &str) -> Vec<&'static str> {
    change(old, new).categories.iter().map(|category| category.name()).collect()
}

#[test]
fn each_change_has_its_category() {
    let languages = |values: &str| format!("  languages for request from 2026-02-01 are {values}");
    assert_eq!(categories(&languages("Danish, English"), &languages("Danish")), ["narrowed"]);
    assert_eq!(categories(&languages("Danish"), &languages("Danish, English")), ["widened"]);
    assert_eq!(categories(&languages("Danish"), &languages("English")), ["replaced"]);
    assert_eq!(categories(&languages("any"), &languages("English")), ["narrowed"]);
    let channel = |verb: &str| format!("  channel from 2026-02-01 {verb} direct");
    assert_eq!(categories(&channel("should be"), &channel("is")), ["strength-raised"]);
    assert_eq!(categories(&channel("is"), &channel("may be")), ["strength-lowered"]);
    let other = "  means are post";
    let both = |rule: &str| format!("{rule}\n{other}");
    assert_eq!(categories(other, &both(&channel("is"))), ["gap-closed"]);
    assert_eq!(categories(&both(&channel("is")), other), ["gap-opened"]);
    assert_eq!(categories(&channel("is"), "  channel from 2026-02-01 is direct assuming \"so it is\""), ["standing"]);
    assert_eq!(categories("  channel is direct", "  channel is central"), ["replaced", "retroactive"]);
    let twice =
        "  channel from 2026-02-01 is direct\n}\nprovision \"2\" of list {\n  channel is central from 2026-02-01";
    assert_eq!(categories(&channel("is"), twice), ["conflict"]);
    assert_eq!(categories(twice, &channel("is")), ["conflict-settled"]);
}

/// The regions of the only change, in words.
fn regions(old: &str, new: &str) -> Vec<String> {
    change(old, new).regions.into_iter().map(|region| region.words).collect()
}

#[test]
fn regions_are_said_in_words() {
    let direct = "  channel is direct when urgent";
    assert_eq!(
        regions(&format!("{direct}\n    otherwise is central"), &format!("{direct}\n    otherwise is diplomatic")),
        ["all requests, when not urgent"]
    );
    let until = |number: u32| format!("  channel from Denmark to Norway is direct when victims less than {number}");
    assert_eq!(
        regions(&until(3), &until(5)),
        ["requests from Denmark to Norway, when victims is at least 3 and less than 5"]
    );
    let between = "  means are post\n  channel between Denmark and Norway from 2026-02-01 until 2026-02-28 is direct";
    assert_eq!(
        regions("  means are post", between),
        ["requests from Denmark or Norway to Denmark or Norway, from 2026-02-01 until 2026-02-28"]
    );
}

#[test]
fn a_place_that_a_fact_names_is_the_place_that_is_named() {
    let of = |place: &str| format!("  authority to decide in Norway is Norway.court of {place} when district is known");
    let found = change(&of("district"), &of("oslo"));
    let words: Vec<&str> = found.regions.iter().map(|region| region.words.as_str()).collect();
    assert_eq!(words, ["requests to Norway, when district is any other"]);
    let at_oslo =
        |place: &str| format!("  authority to decide in Norway is Norway.court of {place} when district is oslo");
    let law = |rule: &str| format!("{VOCABULARY}provision \"1\" of list {{\n{rule}\n}}\n");
    assert!(between(&law(&at_oslo("district")), &law(&at_oslo("oslo"))).is_empty());
}

#[test]
fn what_only_one_version_knows_is_compared_as_silence() {
    let rules = "provision \"1\" of list {\n  channel is direct when stage is early\n    otherwise is central\n}\n";
    let old = format!("{VOCABULARY}{rules}");
    let later = old.replace("one of early, late", "one of early, late, closed");
    let found = between(&old, &later);
    assert_eq!(found.changes.len(), 1, "{:#?}", found.changes);
    assert_eq!(found.changes[0].old.status, "not-asked");
    assert_eq!(found.changes[0].regions[0].words, "all requests, when stage is closed");
    assert_eq!(found.changes[0].regions[0].witness[0], None);
    assert_eq!(found.interface.len(), 1);
    // a country of which nothing is said changes no answer
    let further = old.replace("Sweden (SE)\n", "Sweden (SE), Finland (FI)\n");
    let found = between(&old, &further);
    assert!(found.changes.is_empty(), "{:#?}", found.changes);
    assert_eq!(found.categories().into_iter().collect::<Vec<_>>(), [Category::Interface]);
    let bound = further.replace("Norway, Sweden }", "Norway, Sweden, Finland }");
    let found = between(&old, &bound);
    let words: Vec<&str> =
        found.changes.iter().flat_map(|change| &change.regions).map(|region| region.words.as_str()).collect();
    assert_eq!(
        words,
        [
            "requests to Finland, when stage is late",
            "requests from Finland, when stage is late",
            "requests to Finland, when stage is early",
            "requests from Finland, when stage is early"
        ]
    );
}

#[test]
fn what_stands_beside_the_rules_is_named_and_changes_no_answer() {
    let law = |claim: &str| format!("{VOCABULARY}provision \"1\" of list {{\n  channel is direct\n}}\n{claim}\n");
    let found = between(&law("complete channel from 2001-01-01"), &law("complete channel from 2002-01-01"));
    assert!(found.is_empty(), "{found:#?}");
    assert_eq!(found.beside, ["claims of completeness"]);
    let folder = tempfile::tempdir().expect("a folder can be made");
    let [old, new] = [("old", "2001"), ("new", "2002")].map(|(name, year)| {
        let path = folder.path().join(format!("{name}.rules"));
        std::fs::write(&path, law(&format!("complete channel from {year}-01-01"))).expect("it is written");
        path.to_string_lossy().into_owned()
    });
    let found = run(&["diff", &old, &new, "--fail-on", "any"]);
    let text = String::from_utf8_lossy(&found.stdout).into_owned();
    assert_eq!(
        (code(&found), text.as_str()),
        (0, "no answer changes; claims of completeness differ; 1 question compared\n")
    );
}

#[test]
fn a_fingerprint_is_made_of_names() {
    let (old, new) = ("  channel is direct", "  channel is central");
    let one = fingerprint(&change(old, new));
    assert_eq!(one, fingerprint(&change(&format!("# a remark\n{old}"), new)));
    assert_ne!(one, fingerprint(&change(old, "  channel is diplomatic")));
    let whose = |countries: &str| {
        let of = |place: &str| format!("  authority to decide {countries} is Norway.court of {place}");
        fingerprint(&change(&of("oslo"), &of("\"Hamar\"")))
    };
    assert_ne!(whose("from Norway"), whose("in Norway"), "it is asked whose authority");
    assert_ne!(
        one,
        fingerprint(&change(old, "  channel is central from 2001-01-01\n  channel until 2000-12-31 is direct"))
    );
}

#[test]
fn the_command_says_it_in_each_format_and_fails_where_it_is_told_to() {
    snapshot("diff", &["diff", "difference/old.rules", "difference/new.rules", "--today", "2026-01-01"]);
    let markdown = ["diff", "difference/old.rules", "difference/new.rules", "--today", "2026-01-01", "--format"];
    snapshot("diff_markdown", &[&markdown[..], &["markdown"]].concat());
    snapshot("diff_json", &[&markdown[..], &["json", "--fail-on", "narrowed"]].concat());
    let of_a_list = ["diff", "difference/grounds-old.rules", "difference/grounds-new.rules", "--today", "2026-01-01"];
    snapshot("diff_grounds", &of_a_list);
    for format in ["json", "markdown", "approvals"] {
        snapshot(&format!("diff_grounds_{format}"), &[&of_a_list[..], &["--format", format]].concat());
    }
    assert_eq!(code(&run(&["diff", "difference/old.rules", "difference/new.rules", "--fail-on", "conflict"])), 0);
    assert_eq!(code(&run(&["diff", "difference/old.rules", "difference/old.rules", "--fail-on", "any"])), 0);
    snapshot("diff_category", &["diff", "difference/old.rules", "difference/new.rules", "--fail-on", "narowed"]);
    snapshot("diff_broken", &["diff", "difference/old.rules", "broken/second.rules"]);
    assert_eq!(code(&run(&["diff", "difference/old.rules", "nowhere.rules"])), 2);
}

#[test]
fn rules_that_nearly_all_meet_are_compared() {
    let old = workload::hostile(60, 7);
    let new = old.replace("when district is d1", "when district is d2");
    let found = between(&old, &new);
    assert!(found.not_compared.is_empty(), "{:?}", found.not_compared);
    assert!(!found.changes.is_empty());
    for change in &found.changes {
        assert!(change.regions.iter().all(|region| region.witness.iter().all(Option::is_some)), "{change:#?}");
    }
}
