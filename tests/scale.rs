//! Large bodies of law: everything that is planted is found, and nothing else.

use forseti::finding::Code;
use forseti::source::{SourceFile, Sources};

use crate::properties::times;
use crate::{clauses, workload};

fn proved(text: &str) -> (forseti::law::Law, Vec<forseti::finding::Finding>) {
    let mut sources = Sources::default();
    sources.add(SourceFile::new("workload.rules", text));
    forseti::compile::prove(&sources, None)
}

#[test]
fn of_a_thousand_rules_what_is_planted_is_found_and_nothing_else() {
    let work = workload::competence(1000, 7);
    let (law, findings) = proved(&work.text);
    assert_eq!(law.rules.len(), 1000);
    assert_eq!((work.truth.conflicts.len(), work.truth.gaps.len(), work.truth.repeated.len()), (10, 10, 5));
    assert_eq!(workload::found(&work.text, &law, &findings), work.truth);
}

#[test]
fn rules_that_nearly_all_meet_are_proved_within_the_limits() {
    let (law, findings) = proved(&workload::hostile(300, 7));
    assert_eq!(law.rules.len(), 300);
    assert!(findings.iter().any(|finding| finding.code == Code::Conflict));
    assert!(findings.iter().all(|finding| finding.code != Code::Limit), "{findings:#?}");
}

#[test]
fn of_as_many_clauses_as_rules_what_is_planted_is_found_and_nothing_else() {
    // A long run looks at a larger law.
    let times = usize::try_from(times()).expect("a small number");
    let work = clauses::precedence(300 * times, 7);
    let (law, findings) = proved(&work.text);
    let enough = law.rules.len() >= 300 * times && law.clauses.len() * 10 >= law.rules.len() * 7;
    assert!(enough, "{} rules, {} clauses", law.rules.len(), law.clauses.len());
    let planted = (work.truth.conflicts.len(), work.truth.circles.len(), work.truth.beaten.len());
    assert!(times > 1 || planted == (4, 12, 4), "{planted:?}");
    assert!(work.truth.idle.len() >= 4 && work.truth.doubled.len() >= 8);
    assert_eq!(clauses::found(&law, &findings), work.truth);
}

/// Rules of one text, each given by what follows its question, over one small vocabulary.
fn rules_of_one_text(rules: impl Iterator<Item = String>) -> String {
    let rules: Vec<String> = rules.collect();
    format!(
        "country Denmark (DK), Norway (NO)\nmatter transfer \"transfer\" between countries\n\
         instrument list \"the list\" {{ kind arrangement governs transfer parties Denmark, Norway }}\n{}",
        rules.concat()
    )
}

#[test]
fn of_rules_that_are_all_alike_one_has_to_stay() {
    let rules = (0..400).map(|at| format!("provision \"Entry {at}\" of list {{ channel is direct }}\n"));
    let (_, findings) = proved(&rules_of_one_text(rules));
    assert_eq!(findings.iter().filter(|finding| finding.code == Code::Redundant).count(), 399);
    assert!(findings.iter().all(|finding| matches!(finding.code, Code::Redundant | Code::NearMiss)), "{findings:#?}");
}

#[test]
fn of_many_rules_in_two_provisions_one_conflict_is_reported() {
    let rules = |channel: &str| format!("  channel is {channel}\n").repeat(150);
    let provisions = ["direct", "central"]
        .map(|channel| format!("provision \"On {channel} ways\" of list {{\n{}}}\n", rules(channel)));
    let (_, findings) = proved(&rules_of_one_text(provisions.into_iter()));
    let conflicts: Vec<_> = findings.iter().filter(|finding| finding.code == Code::Conflict).collect();
    assert_eq!(conflicts.len(), 1);
    assert!(conflicts[0].why.as_ref().is_some_and(|why| why.contains("at least 20 pairs")), "{conflicts:#?}");
}

#[test]
fn a_conflict_names_its_largest_regions() {
    let days = |years: [u32; 4], channel: &str| {
        let rules = years.map(|year| format!("  channel from {year}-01-01 until {year}-12-31 is {channel}\n"));
        format!("provision \"On {channel} ways\" of list {{\n{}}}\n", rules.concat())
    };
    let years = [2001, 2004, 2006, 2009];
    let (_, findings) = proved(&rules_of_one_text([days(years, "direct"), days(years, "central")].into_iter()));
    let conflict = findings.iter().find(|finding| finding.code == Code::Conflict).expect("a conflict");
    let why = conflict.why.as_deref().unwrap_or_default();
    // A leap year is the longest.
    assert!(why.starts_with("this concerns all requests, from 2004-01-01 until 2004-12-31; all requests, "), "{why}");
    assert!(why.contains("; and one other region (4 pairs"), "{why}");
}

#[test]
fn an_observer_is_told_of_every_line_and_can_stop_the_proofs() {
    let work = workload::competence(1000, 7);
    let (law, _) = proved(&work.text);
    let mut seen = Vec::new();
    let all = forseti::proof::prove_observed(&law, &mut |progress| {
        seen.push(progress.done);
        true
    });
    assert_eq!(all.map(|findings| findings.len()), Some(forseti::proof::prove(&law).len()));
    assert!(seen.is_sorted() && seen.last() == Some(&law.lines.len()));
    assert!(forseti::proof::prove_observed(&law, &mut |progress| progress.done < 100).is_none());
}

/// A tariff: so many rows, each for one number, and a claim that they are complete below the last.
fn tariff(rows: usize, left_out: usize) -> String {
    let row = |at: usize| {
        format!("provision \"Row {at}\" of list {{ channel is rate-{at}-of-the-list when weight is {at} }}\n")
    };
    let rows_of = (0..rows).filter(|at| *at != left_out).map(row);
    rules_of_one_text(rows_of).replace("instrument list", "fact weight : number\ninstrument list")
        + &format!("complete channel concerning transfer when weight less than {rows}\n")
}

#[test]
fn a_tariff_tells_as_many_numbers_apart_as_it_has_rows() {
    let grave = |text: &str| {
        let (_, findings) = proved(text);
        let grave = findings.into_iter().filter(|finding| finding.code != Code::NearMiss);
        grave.map(|finding| (finding.code, finding.message)).collect::<Vec<_>>()
    };
    assert_eq!(grave(&tariff(600, 600)), []);
    let gaps = grave(&tariff(600, 577));
    assert!(matches!(gaps.as_slice(), [(Code::Gap, message)] if message.contains("577")), "{gaps:?}");
    let twice = tariff(600, 600) + "provision \"Row again\" of list { channel is another-way when weight is 599 }\n";
    let conflicts = grave(&twice);
    assert!(matches!(conflicts.as_slice(), [(Code::Conflict, _)]), "{conflicts:?}");
}

/// So many places in each of some countries, each country with five offices, each for a fifth of its places.
pub(crate) fn places(of_each: usize) -> String {
    let countries = [("Denmark", "DK"), ("Finland", "FI"), ("Norway", "NO")];
    let named = countries.map(|(country, code)| format!("{country} ({code})")).join(", ");
    let parties = countries.map(|(country, _)| country).join(", ");
    let head = format!(
        "country {named}\nmatter transfer \"transfer\" between countries\nact receive \"receives\"\nfact home : place\n\
         instrument list \"the list\" {{ kind treaty governs transfer parties {parties} }}\n"
    );
    head + &countries.map(|(country, code)| places_of(country, &code.to_lowercase(), of_each)).concat()
}

fn places_of(country: &str, code: &str, count: usize) -> String {
    let place = |at: usize| format!("{code}-{at:03}");
    let declared: Vec<String> =
        (0..count).map(|at| format!("place {} \"Town {at} of {country}\" in {country}\n", place(at))).collect();
    let offices: Vec<String> =
        (0..5).map(|office| format!("authority {country}.office-{office} \"Office {office}\"\n")).collect();
    let branch = |office: usize| {
        let own: Vec<String> = (0..count).filter(|at| at % 5 == office).map(place).collect();
        format!("{country}.office-{office} when home is one of {}", own.join(", "))
    };
    let branches = (0..5).map(branch).collect::<Vec<_>>().join("\n  otherwise is ");
    let rule = format!("provision \"{country}\" of list {{ authority to receive in {country} is {branches} }}\n");
    declared.concat() + &offices.concat() + &rule
}

#[test]
fn municipalities_of_several_countries_are_told_apart() {
    let (law, findings) = proved(&places(300));
    assert_eq!(law.places.len(), 900);
    assert_eq!(findings, []);
    let claimed = places(300) + "complete authority to receive in Norway concerning transfer when home is known\n";
    let codes: Vec<Code> = proved(&claimed).1.into_iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [Code::Gap], "a place that is not declared has no office");
}

/// Rows of which each says by name that it comes before all later ones.
fn each_before_all_later(rows: usize) -> String {
    rules_of_one_text((0..rows).map(|at| {
        let later: Vec<String> = (at + 1..rows).map(|later| format!("\"Row {later}\"")).collect();
        let clause = if later.is_empty() { String::new() } else { format!("notwithstanding {} ", later.join(", ")) };
        format!(
            "provision \"Row {at}\" of list {clause}{{ channel is way-{at}-of-the-list when weight at most {at} }}\n"
        )
    }))
    .replace("instrument list", "fact weight : number\ninstrument list")
}

#[test]
fn clauses_between_all_rows_are_proved() {
    let (law, findings) = proved(&each_before_all_later(40));
    assert_eq!(law.clauses.len(), 40 * 39 / 2);
    assert!(findings.iter().all(|finding| finding.code == Code::NearMiss), "{findings:#?}");
    // One clause fewer is one conflict.
    let text = each_before_all_later(40).replacen("\"Row 21\", ", "", 1);
    let (_, findings) = proved(&text);
    let found: Vec<Code> = findings.iter().map(|finding| finding.code).filter(|code| *code != Code::NearMiss).collect();
    assert_eq!(found, [Code::Conflict]);
}

#[test]
fn in_a_chain_of_exceptions_every_second_row_stands() {
    let rows: usize = 100;
    let chain = rules_of_one_text((0..rows).map(|at| {
        let clause = if at + 1 < rows { format!("notwithstanding \"Row {}\" ", at + 1) } else { String::new() };
        format!("provision \"Row {at}\" of list {clause}{{ channel is way-{at}-of-the-list }}\n")
    }));
    let (_, findings) = proved(&chain);
    let conflicts = findings.iter().filter(|finding| finding.code == Code::Conflict).count();
    let standing = rows / 2;
    assert_eq!(conflicts, standing * (standing - 1) / 2);
}

#[test]
fn one_circle_of_many_rows_is_one_finding() {
    let rows = |count: usize| {
        rules_of_one_text((0..count).map(|at| {
            let next = (at + 1) % count;
            format!(
                "provision \"Row {at}\" of list notwithstanding \"Row {next}\" {{ channel is way-{at}-of-the-list }}\n"
            )
        }))
    };
    let (_, findings) = proved(&rows(80));
    assert_eq!(findings.iter().filter(|finding| finding.code == Code::Cycle).count(), 1);
}

#[test]
fn questions_too_hard_to_prove_take_nothing_from_the_others() {
    let pairs = |question: usize| {
        let pair = |at: usize| format!("(heard-{at} or waived-{})", (at + question) % 40);
        (0..40).map(pair).collect::<Vec<_>>().join(" and ")
    };
    let facts: Vec<String> =
        (0..40).map(|at| format!("fact heard-{at} : yes or no\nfact waived-{at} : yes or no\n")).collect();
    let facts = facts.concat();
    let hard = (0..4).map(|at| {
        format!("provision \"Hard {at}\" of list {{ requested authority may act-{at} when {} }}\n", pairs(at))
    });
    let easy = ["direct", "central"].map(|way| format!("provision \"On {way} ways\" of list {{ channel is {way} }}\n"));
    let text = rules_of_one_text(hard.chain(easy)).replace("instrument list", &format!("{facts}instrument list"));
    let (_, findings) = proved(&text);
    let count = |code: Code| findings.iter().filter(|finding| finding.code == code).count();
    assert_eq!((count(Code::Limit), count(Code::Conflict)), (4, 1), "{findings:#?}");
    assert_eq!(count(Code::Unreachable) + count(Code::Redundant), 0, "nobody can say that of what was not proved");
}
