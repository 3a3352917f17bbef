//! `forseti ask` as a user calls it: answers, what is no answer and why, and calls that cannot be understood.

use super::cli::{code, run, shown, snapshot};

/// Asks the small law, in a case between two countries.
fn ask<'a>(question: &'a str, between: [&'a str; 2], more: &[&'a str]) -> Vec<&'a str> {
    let mut arguments = vec!["ask", question, "--rules", "law", "--matter", "transfer"];
    arguments.extend(["--from", between[0], "--to", between[1], "--on", "2026-01-15"]);
    arguments.extend(more);
    arguments
}

#[test]
fn answers_for_people() {
    let norway = ["Denmark", "Norway"];
    snapshot("ask_authority", &ask("authority to receive", norway, &["--fact", "offence-district=Oslo"]));
    snapshot("ask_should", &ask("authority to receive", norway, &["--fact", "offence-district=unknown"]));
    snapshot("ask_place", &ask("authority to receive", ["no", "fi"], &["--fact", "offence-district=Åland"]));
    snapshot("ask_languages", &ask("languages for request", norway, &[]));
    snapshot("ask_conduct", &ask("requested authority acknowledge-receipt", norway, &[]));
    snapshot(
        "ask_refuse",
        &ask("requested authority refuse", norway, &["--fact", "time-barred", "--fact", "mother-tongue=other"]),
    );
    let appeal = ["ask", "deadline appeal", "--rules", "law", "--matter", "appeal", "--in", "NO", "--on", "2026-01-15"];
    snapshot("ask_deadline", &appeal);
    let delivered = |day| [&appeal[..], &["--event", day]].concat();
    snapshot("ask_deadline_event", &delivered("judgment-delivered=2026-01-15"));
    snapshot("ask_deadline_weekend", &delivered("judgment-delivered=2026-01-17"));
    snapshot("ask_event_unknown", &delivered("judgement-delivered=2026-01-17"));
    snapshot("ask_event_no_day", &delivered("judgment-delivered=17 January"));
    let json = [&delivered("judgment-delivered=2026-01-15")[..], &["--format", "json"]].concat();
    snapshot("ask_deadline_json", &json);
}

#[test]
fn what_is_no_answer_says_why() {
    snapshot("ask_depends", &ask("languages for request", ["Norway", "Finland"], &[]));
    snapshot("ask_depends_on_place", &ask("authority to receive", ["Denmark", "Norway"], &[]));
    snapshot("ask_no_rule", &ask("channel", ["Norway", "Finland"], &[]));
    snapshot("ask_out_of_scope", &ask("languages for request", ["Norwai", "Finland"], &[]));
    let before = ["ask", "languages for request", "--rules", "law", "--matter", "transfer"];
    let before = [&before[..], &["--from", "DK", "--to", "NO", "--on", "2020-01-01"]].concat();
    snapshot("ask_undetermined", &before);
    let conflict =
        ["ask", "languages for request", "--rules", "odd", "--from", "DK", "--to", "NO", "--on", "2026-01-15"];
    snapshot("ask_conflict", &conflict);
    let outdone = ["ask", "languages for request", "--rules", "law", "--matter", "transfer"];
    let outdone = [&outdone[..], &["--from", "DK", "--to", "NO", "--on", "2027-01-15"]].concat();
    snapshot("ask_defeated", &outdone);
    let in_vain = ["ask", "channel", "--rules", "in-vain.rules", "--from", "DK", "--to", "NO", "--on", "2026-01-15"];
    snapshot("ask_claimed_in_vain", &in_vain);
    snapshot("ask_claimed_in_vain_json", &[&in_vain[..], &["--format", "json"]].concat());
}

#[test]
fn answers_for_programs() {
    let json = ["--format", "json"];
    let norway = ["Denmark", "Norway"];
    let oslo = [&json[..], &["--fact", "offence-district=Oslo"]].concat();
    snapshot("ask_authority_json", &ask("authority to receive", norway, &oslo));
    snapshot("ask_depends_json", &ask("languages for request", ["Norway", "Finland"], &json));
    snapshot("ask_out_of_scope_json", &ask("languages for request", ["Norway", "Germany"], &json));
    snapshot("ask_conduct_json", &ask("requested authority acknowledge-receipt", norway, &json));
}

#[test]
fn the_matter_is_that_which_alone_has_the_question() {
    let call = ["--rules", "matters.rules", "--from", "DK", "--to", "NO", "--on", "2026-01-15"];
    let ask = |question| [&["ask", question], &call[..]].concat();
    snapshot("ask_matter_found", &ask("languages for request"));
    snapshot("misuse_several_matters", &ask("channel"));
    snapshot("misuse_matter_of_nothing", &ask("means"));
    snapshot("table_matter_found", &["table", "languages for request", "--rules", "matters.rules"]);
}

#[test]
fn a_call_that_cannot_be_understood_says_what_to_write() {
    let norway = ["Denmark", "Norway"];
    snapshot(
        "misuse_no_date",
        &["ask", "channel", "--rules", "law", "--matter", "transfer", "--from", "DK", "--to", "NO"],
    );
    snapshot(
        "misuse_no_matter",
        &["ask", "channel", "--rules", "law", "--from", "DK", "--to", "NO", "--on", "2026-01-15"],
    );
    snapshot(
        "misuse_countries",
        &["ask", "channel", "--rules", "law", "--matter", "transfer", "--in", "NO", "--on", "2026-01-15"],
    );
    snapshot("misuse_question", &ask("languages for reqest", norway, &[]));
    snapshot("misuse_question_words", &ask("langauges for request", norway, &[]));
    snapshot("misuse_country_of_question", &ask("authority to receive in Finland", norway, &[]));
    snapshot(
        "misuse_place",
        &ask("authority to receive", ["Finland", "Norway"], &["--fact", "offence-district=Åland"]),
    );
    for (name, fact) in [
        ("fact", "offence-distrikt=Oslo"),
        ("choice", "purpose=formal-reqest"),
        ("number", "maximum-sentence=3 days"),
        ("language", "mother-tongue=Swedsih"),
        ("date", "request-received=2026-02-30"),
        ("unknown", "time-barred=unknown"),
        ("value", "purpose"),
        ("yes_or_no", "time-barred=maybe"),
        ("choice_as_yes", "purpose=yes"),
        ("number_in_words", "maximum-sentence=long"),
    ] {
        snapshot(&format!("misuse_{name}"), &ask("channel", norway, &["--fact", fact]));
    }
    snapshot("misuse_twice", &ask("channel", norway, &["--fact", "time-barred", "--fact", "time-barred=no"]));
    let no_fact = ["--fact", "zzz=1"];
    snapshot("misuse_fact_of_nothing", &ask("channel", norway, &no_fact));
    snapshot("misuse_fact_unknown", &ask("authority to receive", norway, &no_fact));
    let elsewhere = ["ask", "channel", "--rules", "law", "--matter", "extradition", "--on", "2026-01-15"];
    snapshot("misuse_fact_of_no_matter", &[&elsewhere[..], &["--from", "DK", "--to", "NO"], &no_fact].concat());
    snapshot("misuse_under", &ask("channel", norway, &["--under", "agreement"]));
    assert_eq!(code(&run(&["ask"])), 2);
    assert_eq!(code(&run(&["chekc"])), 2);
}

#[test]
fn facts_are_understood_in_every_form() {
    for fact in [
        "time-barred",
        "time-barred=no",
        "maximum-sentence=6",
        "maximum-sentence=6 months",
        "maximum-sentence=1 year",
        "mother-tongue=sv",
        "mother-tongue=other",
        "mother-tongue=unknown",
        "offence-district=none",
        "offence-district=\"Oslo\"",
        "request-received=2026-01-31",
        "purpose=consultation",
    ] {
        let output = run(&ask("requested authority acknowledge-receipt", ["DK", "no"], &["--fact", fact]));
        assert_eq!(code(&output), 0, "{fact}: {}", shown(&output));
    }
}

#[test]
fn the_question_may_stand_without_quotes() {
    let words = ["ask", "languages", "for", "request", "--rules", "law", "--matter", "transfer"];
    let words = [&words[..], &["--from", "Denmark", "--to", "Norway", "--on", "2026-01-15"]].concat();
    let quoted = ask("languages for request", ["Denmark", "Norway"], &[]);
    assert_eq!(run(&words).stdout, run(&quoted).stdout);
}

#[test]
fn a_table_is_that_of_a_matter() {
    let table = |more: &[&'static str]| [&["table", "--rules", "law"], more].concat();
    let within = ["deadline appeal", "--matter", "appeal"];
    snapshot("table_within", &table(&within));
    snapshot("table_within_markdown", &table(&[&within[..], &["--in", "NO", "--format", "markdown"]].concat()));
    snapshot("misuse_table_within", &table(&[&within[..], &["--to", "Norway"]].concat()));
    let mixed = run(&table(&[&within[..], &["--in", "Norway", "--from", "Denmark"]].concat()));
    assert_eq!(code(&mixed), 2, "{}", shown(&mixed));
    assert!(shown(&mixed).contains("cannot be used with"), "{}", shown(&mixed));
    let between = ["channel", "--matter", "transfer"];
    snapshot("misuse_table_between", &table(&[&between[..], &["--in", "Norway"]].concat()));
    snapshot("misuse_table_to_itself", &table(&[&between[..], &["--from", "DK", "--to", "Denmark"]].concat()));
}

/// A law in which everything contradicts everything else is answered all the same, and nobody has to read all of it.
#[test]
fn of_very_many_disagreements_some_are_shown_and_each_line_is_known() {
    let lines: usize = 160;
    let rules: String = (0..lines)
        .map(|at| format!("provision \"Article {at}\" of list {{ channel is way-{at}-of-the-list }}\n"))
        .collect::<Vec<_>>()
        .concat();
    let head = "country Denmark (DK), Norway (NO)\nmatter transfer \"transfer\" between countries\n\
        instrument list \"List\" { kind treaty governs transfer parties Denmark, Norway }\n";
    let folder = tempfile::tempdir().expect("a folder can be made");
    let file = folder.path().join("law.rules");
    std::fs::write(&file, format!("{head}{rules}")).expect("a file can be written");
    let file = file.to_string_lossy();
    let ask = |format: &str| {
        let of = ["--from", "Denmark", "--to", "Norway", "--on", "2026-01-01", "--format", format, "--rules", &file];
        let output = run(&[&["ask", "channel"], of.as_slice()].concat());
        assert_eq!(code(&output), 1);
        String::from_utf8(output.stdout).expect("a text")
    };
    let text = ask("human");
    assert!(text.contains("at least 9,9") && text.contains("more disagreements are not shown"), "{text}");
    let json: serde_json::Value = serde_json::from_str(&ask("json")).expect("JSON");
    let listed = json["conflicts"].as_array().expect("a list").len();
    assert_eq!(listed, 100);
    let left_out = json["conflicts_left_out"].as_u64().expect("a number");
    assert!(left_out >= 9_900 && left_out < (lines * (lines - 1) / 2) as u64, "{left_out}");
}
