//! What a team decides about findings: how grave they are, what lets `check` fail, what an old law may keep.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

use crate::cli::{code, forseti, shown};

/// A folder with the old law in `rules/old.rules`.
struct Place(TempDir);

impl Place {
    fn new() -> Place {
        let place = Place(tempfile::tempdir().expect("a folder can be made"));
        place.write("rules/old.rules", include_str!("cases/policy/law.rules"));
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder can be made");
        fs::write(path, text).expect("it can be written");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("it can be read")
    }

    /// Takes a line out of the law.
    fn without(&self, line: &str) {
        let text = self.read("rules/old.rules");
        assert!(text.contains(line));
        self.write("rules/old.rules", &text.replace(line, ""));
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.run_in("", arguments)
    }

    fn run_in(&self, folder: &str, arguments: &[&str]) -> Output {
        forseti(arguments).current_dir(self.path(folder)).output().expect("the command can be run")
    }

    fn check(&self, more: &[&str]) -> Output {
        self.run(&[&["check", "--today", "2026-01-01", "--format", "concise"], more].concat())
    }

    fn report(&self, more: &[&str]) -> Value {
        let output = self.run(&[&["check", "--today", "2026-01-01", "--format", "json"], more].concat());
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("no report: {}", shown(&output)))
    }
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("it is text")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("it is text")
}

const GAP: &str = "complete authority to decide in Norway\n";
const UNUSED: &str = "fact minor : yes or no \"the suspect is under eighteen\"\n";

#[test]
fn the_gravity_that_fails_is_chosen() {
    let place = Place::new();
    assert!(out(&place.check(&[])).ends_with("1 error, 1 warning, 1 note in 1 file, 3 rules, as of 2026-01-01\n"));
    place.without(GAP);
    for (fail_on, expected) in [("error", 0), ("warning", 1), ("note", 1)] {
        assert_eq!(code(&place.check(&["--fail-on", fail_on])), expected, "{fail_on}");
    }
    place.without(UNUSED);
    for (fail_on, expected) in [("warning", 0), ("note", 1)] {
        assert_eq!(code(&place.check(&["--fail-on", fail_on])), expected, "{fail_on}");
    }
    let junit = |fail_on: &str| out(&place.run(&["check", "--format", "junit", "--fail-on", fail_on]));
    assert!(junit("warning").contains("failures=\"0\"") && junit("note").contains("failures=\"1\""));
    assert_eq!(place.report(&["--fail-on", "note"])["fail_on"], "note");
}

#[test]
fn settings_beside_the_law_hold_wherever_the_command_is_called() {
    let place = Place::new();
    place.write(
        "forseti.toml",
        "paths = [\"rules\"]\ntoday = 2025-05-05\nfail-on = \"error\"\n[severity]\ngap = \"note\"\nF0205 = \"error\"\n",
    );
    for (folder, call) in [("", &["check"][..]), ("rules", &["check"]), ("rules", &["check", "old.rules"])] {
        let output = place.run_in(folder, call);
        assert_eq!(code(&output), 1, "{}", shown(&output));
        assert!(out(&output).contains("1 error, 2 notes in 1 file, 3 rules, as of 2025-05-05"), "{}", shown(&output));
        assert!(out(&output).contains("error[F0205 unused-name]"), "{}", shown(&output));
    }
    // what the call says goes before
    let output = place.check(&["--fail-on", "note"]);
    assert!(out(&output).ends_with("as of 2026-01-01\n"));
    // the command of a witness asks the same law, wherever it is given
    let witness = |folder: &str, paths: &[&str]| {
        let output = place.run_in(folder, &[&["check", "--format", "json"], paths].concat());
        let report: Value = serde_json::from_slice(&output.stdout).expect("a report");
        let findings = report["findings"].as_array().expect("a list").clone();
        findings.iter().find_map(|finding| finding["witness"].as_str()).expect("the gap has a witness").to_owned()
    };
    assert!(!witness("", &[]).contains("--rules"));
    assert!(!witness("rules", &[]).contains("--rules"));
    assert!(witness("rules", &["old.rules"]).contains("--rules old.rules"));
    if cfg!(unix) {
        let asked = witness("rules", &[]).replacen("forseti", env!("CARGO_BIN_EXE_forseti"), 1);
        let output =
            Command::new("sh").args(["-c", &asked]).current_dir(place.path("rules")).output().expect("it runs");
        assert_eq!((code(&output), err(&output).as_str()), (1, ""), "the question is asked: {}", shown(&output));
    }

    // no artifact is made of a law with what the settings call an error
    let build = |more: &[&str]| place.run(&[&["build"], more].concat());
    assert_eq!(code(&build(&["--emit", "json", "--out", "dist"])), 1);
    place.write("forseti.toml", "[severity]\ngap = \"warning\"\n[build]\nemit = [\"json\"]\nout = \"dist\"\n");
    assert_eq!(code(&build(&[])), 0, "{}", shown(&build(&[])));
    assert!(place.path("dist/rules.json").is_file());
    assert_eq!(code(&build(&["--check"])), 0);
}

#[test]
fn without_settings_build_says_what_it_needs() {
    let output = Place::new().run(&["build"]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("--emit json --out FOLDER"));
}

#[test]
fn settings_that_are_wrong_are_trouble_for_every_verb() {
    let place = Place::new();
    place.write("forseti.toml", "[severity]\nconflict = \"note\"\nunused-nam = \"note\"\n");
    for call in
        [&["check"][..], &["check", "rules"], &["test"], &["build", "--emit", "json", "--out", "x"], &["excused"]]
    {
        let output = place.run(call);
        assert_eq!((code(&output), out(&output).as_str()), (2, ""), "{call:?}");
        assert!(err(&output).contains("forseti.toml:2:12: `conflict` cannot be less than error"), "{}", err(&output));
        assert!(
            err(&output)
                .contains("forseti.toml:3:1: there is no kind of finding `unused-nam`; did you mean `unused-name`?")
        );
    }
    place.write("forseti.toml", "paths = [\n");
    assert!(err(&place.run(&["check"])).contains("forseti.toml:"), "{}", err(&place.run(&["check"])));
}

#[test]
fn files_under_two_settings_are_not_read_together() {
    let place = Place::new();
    place.write("rules/forseti.toml", "fail-on = \"error\"\n");
    place.write("other/forseti.toml", "fail-on = \"note\"\n");
    place.write("other/more.rules", "country Sweden (SE)\n");
    let output = place.run(&["check", "rules", "other"]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("rules/forseti.toml` and some of `other/forseti.toml`"), "{}", err(&output));
    assert_eq!(place.report(&["rules"])["fail_on"], "error");
    assert_eq!(place.report(&["other"])["fail_on"], "note");
}

#[test]
fn outputs_of_the_settings_are_written_unless_the_call_names_its_own() {
    let place = Place::new();
    place.write("forseti.toml", "[outputs]\nsarif = \"reports/a.sarif\"\njunit = \"reports/b.xml\"\n");
    assert_eq!(code(&place.check(&[])), 1);
    assert!(!place.path("reports").exists(), "the call named a format");
    assert_eq!(code(&place.run_in("rules", &["check", "old.rules"])), 1);
    assert!(place.read("reports/a.sarif").contains("2.1.0") && place.read("reports/b.xml").contains("<testsuites"));
}

#[test]
fn a_baseline_holds_back_what_was_there_and_shows_it() {
    let place = Place::new();
    let with = ["--baseline", "old.json"];
    let missing = place.check(&with);
    assert_eq!(code(&missing), 2);
    assert!(err(&missing).contains("--update-baseline makes it"));
    let made = place.check(&["--baseline", "old.json", "--update-baseline"]);
    assert_eq!(code(&made), 0, "{}", shown(&made));
    assert!(err(&made).contains("`old.json` holds back 3 findings"));
    let held = place.check(&with);
    assert_eq!(code(&held), 0);
    assert!(out(&held).contains("held back[F0806 gap]") && out(&held).contains("\n3 held back in 1 file"));

    let report = place.report(&with);
    assert_eq!((&report["summary"]["held"], &report["summary"]["errors"]), (&3.into(), &0.into()));
    assert!(report["findings"].as_array().expect("a list").iter().all(|finding| finding["held"] == true));
    let sarif = out(&place.run(&["check", "--format", "sarif", "--baseline", "old.json"]));
    crate::reports::valid(include_str!("schemas/sarif-2.1.0.json"), &serde_json::from_str(&sarif).expect("an object"));
    assert_eq!(sarif.matches("\"external\"").count(), 3);
    for (format, says) in
        [("markdown", "3 held back"), ("junit", "skipped=\"3\""), ("human", "held back[F0205 unused-name]")]
    {
        let text = out(&place.run(&["check", "--format", format, "--baseline", "old.json"]));
        assert!(text.contains(says), "{text}");
    }
    for format in ["github", "gitlab"] {
        let text = out(&place.run(&["check", "--format", format, "--baseline", "old.json"]));
        assert!(!text.contains("unused-name"), "{text}");
    }

    // lines above, another file name: still the same findings
    let moved = format!("# a remark\n\n{}", place.read("rules/old.rules"));
    fs::remove_file(place.path("rules/old.rules")).expect("it is there");
    place.write("rules/new-name.rules", &moved);
    assert_eq!(code(&place.check(&with)), 0);
    // what is new is not held back
    place.write("rules/more.rules", "fact adult : yes or no \"the suspect is of age\"\n");
    let output = place.check(&with);
    assert_eq!(code(&output), 1);
    assert!(out(&output).contains("warning[F0205 unused-name]"), "{}", shown(&output));
    let updated = place.check(&["--baseline", "old.json", "--update-baseline"]);
    assert_eq!(code(&updated), 1, "nothing is added");
}

#[test]
fn a_baseline_shrinks_with_the_law() {
    let place = Place::new();
    place.write("forseti.toml", "baseline = \"old.json\"\n");
    assert_eq!(code(&place.check(&["--update-baseline"])), 0);
    let before = place.read("old.json");
    place.without(UNUSED);
    let output = place.check(&[]);
    assert_eq!(code(&output), 1, "what was corrected could come back unseen: {}", shown(&output));
    let line = "old.json: warning[stale-baseline] held back by the baseline, and no longer found: unused-name: ";
    assert!(out(&output).contains(line), "{}", shown(&output));
    assert!(out(&output).ends_with("; 1 finding of the baseline is no longer found\n"), "{}", shown(&output));
    assert_eq!(code(&place.check(&["--fail-on", "error"])), 0);
    assert_eq!(place.report(&[])["stale"][0]["name"], "unused-name");
    assert_eq!(code(&place.check(&["--update-baseline"])), 0);
    assert!(place.read("old.json").len() < before.len());
    let back = place.read("rules/old.rules") + UNUSED;
    place.write("rules/old.rules", &back);
    assert_eq!(code(&place.check(&["--update-baseline"])), 1, "it has come back, and the baseline does not grow");
}

#[test]
fn every_report_says_what_a_baseline_holds_back_in_vain() {
    let place = Place::new();
    place.write("forseti.toml", "baseline = \"old.json\"\n");
    assert_eq!(code(&place.check(&["--update-baseline"])), 0);
    place.without(UNUSED);
    let mut settings = crate::snapshots();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/policy"));
    let report = |format: &str, more: &[&str]| {
        place.run(&[&["check", "--today", "2026-01-01", "--format", format], more].concat())
    };
    for format in ["human", "plain", "markdown", "github", "gitlab", "junit"] {
        let output = report(format, &[]);
        assert_eq!(code(&output), 1, "{format}");
        settings.bind(|| insta::assert_snapshot!(format!("stale_{format}"), shown(&output)));
    }
    let sarif: Value = serde_json::from_slice(&report("sarif", &[]).stdout).expect("an object");
    crate::reports::valid(include_str!("schemas/sarif-2.1.0.json"), &sarif);
    let run = &sarif["runs"][0];
    let of_baseline = |result: &&Value| result["ruleId"] == "stale-baseline";
    let result = run["results"].as_array().and_then(|all| all.iter().find(of_baseline)).expect("it is told");
    let index = result["ruleIndex"].as_u64().and_then(|index| usize::try_from(index).ok()).expect("an index");
    assert_eq!(run["tool"]["driver"]["rules"][index]["id"], "stale-baseline");
    assert_eq!(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "old.json");
    // where it fails nothing, nothing says that it does
    for format in ["human", "plain", "concise", "markdown", "github", "gitlab", "junit", "sarif", "json"] {
        let output = report(format, &["--fail-on", "error"]);
        assert_eq!(code(&output), 0, "{format}: {}", shown(&output));
        assert!(!err(&output).contains("error:"), "{format}: {}", err(&output));
        assert!(!out(&output).contains("<failure"), "{format}: {}", out(&output));
    }
    let excused = place.run(&["excused"]);
    assert_eq!(code(&excused), 0, "{}", shown(&excused));
    assert!(err(&excused).starts_with("warning: `old.json` holds back 1 finding"), "{}", err(&excused));
}

#[test]
fn a_baseline_that_is_left_as_it_is_keeps_no_report_away() {
    let place = Place::new();
    place.write("rules/broken.rules", "provision \"Article 1\" of nothing { channel is direct }\n");
    for update in
        [&["--baseline", "old.json", "--update-baseline"][..], &["--baseline", "there.json", "--update-baseline"]]
    {
        place.write("there.json", "{\"schema_version\": 1, \"held\": []}\n");
        let report = place.report(update);
        assert_eq!(report["findings"][0]["name"], "unknown-name", "{report}");
        let shown_to_people = place.check(update);
        assert_eq!(code(&shown_to_people), 1);
        assert!(out(&shown_to_people).contains("error[F0201 unknown-name]"), "{}", shown(&shown_to_people));
        assert!(err(&shown_to_people).contains("is left as it is"), "{}", shown(&shown_to_people));
    }
    assert!(!place.path("old.json").exists());
}

#[test]
fn a_baseline_holds_back_no_conflict_and_is_not_made_of_half_a_law() {
    let place = Place::new();
    let conflict = "provision \"Article 1\" of agreement-2024 { channel is direct }\n\
                    provision \"Article 2\" of agreement-2024 { channel is ministries-of-justice }\n";
    place.write("rules/conflict.rules", conflict);
    let output = place.check(&["--baseline", "old.json", "--update-baseline"]);
    assert_eq!(code(&output), 1);
    assert!(out(&output).contains("error[F0801 conflict]"), "{}", shown(&output));
    assert!(!place.read("old.json").contains("conflict"));
    fs::remove_file(place.path("old.json")).expect("it is there");

    place.write("rules/conflict.rules", "provision \"Article 1\" of nothing { channel is direct }\n");
    let output = place.check(&["--baseline", "old.json", "--update-baseline"]);
    assert_eq!(code(&output), 1);
    assert!(err(&output).contains("not everything was looked for"), "{}", shown(&output));
    assert!(!place.path("old.json").exists());
}

#[test]
fn a_baseline_that_somebody_wrote_by_hand_is_read_strictly() {
    let place = Place::new();
    for (text, says) in [
        ("[]", "is no baseline"),
        (
            "{\"schema_version\": 1, \"held\": [{\"name\": \"conflict\", \"about\": \"\", \"fingerprint\": \"\", \"count\": 1}]}",
            "cannot be excused",
        ),
    ] {
        place.write("old.json", text);
        let output = place.check(&["--baseline", "old.json"]);
        assert_eq!(code(&output), 2);
        assert!(err(&output).contains(says), "{}", err(&output));
    }
}

#[test]
fn an_auditor_sees_everything_that_is_spared() {
    let place = Place::new();
    place.write(
        "rules/excuses.rules",
        "excuse gap in \"Annex II\" of agreement-2024 because \"the annex is silent | for now\" until 2026-12-31\n\
         excuse unused-name in minor because \"needed soon\" until 2024-12-31\n\
         excuse citation-hole in \"Article 10\" of agreement-2024 because \"a pause\"\n",
    );
    place.write("forseti.toml", "baseline = \"old.json\"\n[severity]\nredundant = \"note\"\n");
    let update = place.run(&["check", "--today", "2024-06-01", "--update-baseline"]);
    assert_eq!(code(&update), 1, "an unused excuse cannot be held back: {}", shown(&update));
    let mut settings = crate::snapshots();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/policy"));
    for format in ["human", "markdown", "json"] {
        let output = place.run(&["excused", "--today", "2026-01-01", "--format", format]);
        settings.bind(|| insta::assert_snapshot!(format!("excused_{format}"), shown(&output)));
    }
    place.write("rules/broken.rules", "country\n");
    let output = place.run(&["excused", "--today", "2026-01-01"]);
    assert_eq!(code(&output), 1);
    assert!(out(&output).contains("the law has errors that hide the rest"), "{}", shown(&output));
    assert!(err(&output).contains("the list may be incomplete"));
}

#[test]
fn the_shipped_law_needs_no_settings() {
    assert!(!Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/forseti.toml")).exists());
}
