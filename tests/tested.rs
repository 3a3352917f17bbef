//! Tests of the law that fail: what they say, which of them are run, and where they count; and what is said beside an answer.

use std::fs;

use super::cli::{code, forseti, run, shown, snapshot};

#[test]
fn a_failed_test_says_what_differs_and_how_to_see_it() {
    snapshot("tested_failing", &["test", "tested.rules"]);
    snapshot("tested_under", &["test", "under.rules"]);
}

#[test]
fn the_command_of_a_failed_test_shows_the_day() {
    let output = run(&["test", "tested.rules", "--format", "json", "--name", "last day"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("the report is JSON");
    let command = report["findings"][0]["try"].as_str().or(report["findings"][0]["witness"].as_str());
    let command = command.unwrap_or_else(|| panic!("{report:#}")).replace("forseti ", "");
    assert!(command.contains("--event moved=2026-01-12"), "{command}");
    let output = forseti(&[]).args(words(&command)).output().expect("it runs");
    assert!(shown(&output).contains("2026-02-12"), "{}", shown(&output));
}

/// The words of a command line without quotes inside of quotes.
fn words(command: &str) -> Vec<String> {
    let parts = command.split('"').enumerate();
    let words = parts.flat_map(|(at, part)| match at % 2 {
        0 => part.split_whitespace().map(str::to_owned).collect(),
        _ => vec![part.to_owned()],
    });
    words.collect()
}

#[test]
fn tests_are_run_by_name() {
    let one = run(&["test", "tested.rules", "--name", "IT PASSES"]);
    assert_eq!((code(&one), shown(&one).contains("1 test passed")), (0, true), "{}", shown(&one));
    let two = run(&["test", "tested.rules", "--name", "passes", "--name", "how strongly"]);
    assert_eq!((code(&two), shown(&two).contains("1 of 2 tests failed")), (1, true), "{}", shown(&two));
    let none = run(&["test", "tested.rules", "--name", "it pases"]);
    assert_eq!(code(&none), 2, "{}", shown(&none));
    assert!(shown(&none).contains("did you mean \"it passes\"?"), "{}", shown(&none));
}

#[test]
fn a_failed_test_counts_in_check_and_build_where_the_settings_say_how_grave_it_is() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let place = |name: &str| folder.path().join(name);
    fs::copy(std::path::Path::new(super::cli::CASES).join("tested.rules"), place("law.rules"))
        .expect("it can be copied");
    let settled = |severity: &str| {
        let text = format!("paths = [\"law.rules\"]\n{severity}");
        fs::write(place("forseti.toml"), text).expect("it can be written");
    };
    let run = |arguments: &[&str]| {
        let output = forseti(arguments).current_dir(folder.path()).output().expect("it runs");
        (code(&output), shown(&output).contains("test-failed"))
    };
    let build = ["build", "--emit", "json", "--out", "made"];
    settled("");
    assert_eq!((run(&["check"]), run(&build)), ((0, false), (0, false)));
    settled("[severity]\ntest-failed = \"warning\"");
    assert_eq!(
        (run(&["check"]), run(&["check", "--fail-on", "error"]), run(&build)),
        ((1, true), (0, true), (0, false))
    );
    fs::remove_dir_all(place("made")).expect("it was made");
    settled("[severity]\ntest-failed = \"error\"");
    assert_eq!((run(&["check"]), run(&build)), ((1, true), (1, true)));
    assert!(!place("made").exists());
    // the law is asked and tested as ever
    assert_eq!(run(&["ask", "channel", "--from", "EE", "--to", "LV", "--on", "2026-01-01", "--fact", "stage=no"]).0, 0);
}

#[test]
fn a_value_can_be_called_yes_or_no() {
    let call = ["ask", "channel", "--from", "EE", "--to", "LV", "--on", "2026-01-01", "--rules", "tested.rules"];
    snapshot("tested_choice_no", &[&call[..], &["--fact", "stage=no"]].concat());
    snapshot("tested_choice_yes", &[&call[..], &["--fact", "stage=yes", "--format", "json"]].concat());
}

#[test]
fn of_two_time_limits_the_longer_does_nothing() {
    let question = "requested authority answer";
    let call = ["ask", question, "--from", "EE", "--to", "LV", "--on", "2026-01-01", "--rules", "tested.rules"];
    snapshot("tested_limits", &call);
    let json = run(&[&call[..], &["--format", "json"]].concat());
    let reply: serde_json::Value = serde_json::from_slice(&json.stdout).expect("the reply is JSON");
    let notes: Vec<&str> =
        reply["notes"].as_array().expect("there are notes").iter().filter_map(|note| note.as_str()).collect();
    let said = String::from_utf8(json.stderr).expect("it is text");
    assert!(!notes.is_empty() && notes.iter().all(|note| said.contains(note)), "{notes:?} {said}");
}

#[test]
fn under_what_does_not_apply_no_request_is_made() {
    let ask = |to: &'static str, on: &'static str, under: &'static str| {
        ["ask", "channel", "--from", "GR", "--to", to, "--on", on, "--under", under, "--rules", "under.rules"]
    };
    for (to, on, under, because) in [
        ("CY", "2026-01-01", "new-pact", "Cyprus is not bound by it"),
        ("MT", "2005-01-01", "new-pact", "it applies from 2010-01-01"),
        ("MT", "2026-01-01", "old-pact", "it is replaced by `new-pact`"),
        ("CY", "2026-01-01", "code-of-malta", "it is a text of neither Greece nor Cyprus"),
    ] {
        let output = run(&ask(to, on, under));
        assert_eq!(code(&output), 1, "{under}: {}", shown(&output));
        let text = shown(&output).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains("out of scope") && text.contains(because), "{under}: {text}");
    }
    let output = run(&ask("MT", "2026-01-01", "new-pact"));
    assert_eq!(code(&output), 0, "{}", shown(&output));
}

#[test]
fn a_place_that_is_none_is_refused_and_one_that_is_meant_is_named() {
    let ask = |place: &str| {
        let given = format!("offence-district={place}");
        let call = ["ask", "authority to receive", "--rules", "law", "--matter", "transfer", "--from", "Denmark"];
        run(&[&call[..], &["--to", "Norway", "--on", "2026-01-15", "--fact", &given]].concat())
    };
    for (place, meant) in [
        ("Unknown", "did you mean `unknown`?"),
        ("unkown", "did you mean `unknown`?"),
        ("ukjent", "did you mean `unknown`?"),
        ("None", "did you mean `none`"),
        ("elsewhere", "did you mean `none`"),
        ("SE", "the code of a country"),
        ("denmark", "Denmark is a country"),
        ("Norwya", "Norway is a country"),
        ("?", "write `unknown`"),
        ("n/a", "write `unknown`"),
    ] {
        let output = ask(place);
        assert_eq!(code(&output), 2, "{place}: {}", shown(&output));
        let text = shown(&output).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(meant), "{place}: {text}");
    }
    for place in ["Oslo", "Bø", "Unnøya", "Norheim"] {
        assert_eq!(code(&ask(place)), 0, "{place}: {}", shown(&ask(place)));
    }
}
