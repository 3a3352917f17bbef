//! How changes of the law are reported: each format as its readers take it, and what is approved.

use std::fs;

use serde_json::Value;

use crate::cli::{CASES, code, run, shown, snapshot};
use crate::reports::{annotation, kept, object, valid};
use crate::revisions::{Repository, law, out};

const OLD: &str = "difference/old.rules";
const NEW: &str = "difference/new.rules";

fn diff<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["diff", OLD, NEW, "--today", "2026-01-01"], more].concat()
}

#[test]
fn the_difference_for_programs_is_as_its_schema_says() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/schemas/difference.schema.json");
    let schema = serde_json::to_string_pretty(&forseti::render::difference_schema()).expect("it can be written") + "\n";
    if std::env::var_os("FORSETI_WRITE_DOCS").is_some() {
        fs::write(path, &schema).expect("the schema can be written");
    }
    let held = fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
    assert!(held == schema, "renew with: FORSETI_WRITE_DOCS=1 cargo test the_difference_for_programs");
    let approvals = approvals(true);
    for call in [
        diff(&["--format", "json"]),
        diff(&["--format", "json", "--fail-on", "any", "--approvals", &approvals.path]),
        vec!["diff", NEW, OLD, "--format", "json", "--today", "2027-01-01"],
        vec!["diff", OLD, OLD, "--format", "json"],
        vec!["diff", OLD, concat!(env!("CARGO_MANIFEST_DIR"), "/src/starter/agreement.rules"), "--format", "json"],
    ] {
        let output = run(&call);
        assert!(!output.stdout.is_empty(), "{call:?} {}", shown(&output));
        kept(&schema, &object(&out(&output)));
    }
}

#[test]
fn sarif_shows_each_change_where_it_is_decided() {
    let approvals = approvals(true);
    let call = diff(&["--format", "sarif", "--fail-on", "gap-closed", "--approvals", &approvals.path]);
    let sarif = object(&out(&run(&call)));
    valid(include_str!("schemas/sarif-2.1.0.json"), &sarif);
    let run = &sarif["runs"][0];
    let results = run["results"].as_array().expect("there are results");
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("a number")).expect("a small number");
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
    }
    let of = |rule: &str| results.iter().find(|result| result["ruleId"] == rule).expect("there is one");
    let place = |result: &Value| result["locations"][0]["physicalLocation"].clone();
    let text = fs::read_to_string(format!("{CASES}/{NEW}")).expect("it is there");
    let line_of = |words: &str| text.lines().position(|line| line.contains(words)).expect("there is one") + 1;
    let narrowed = of("narrowed");
    assert_eq!(place(narrowed)["artifactLocation"]["uri"], NEW);
    assert_eq!(place(narrowed)["region"]["startLine"], line_of("from 2026-07-01 are Danish, Norwegian"));
    assert_eq!(
        (narrowed["level"].as_str(), &narrowed["suppressions"][0]["kind"]),
        (Some("warning"), &Value::from("external"))
    );
    assert_eq!(of("gap-closed")["level"], "error");
    assert_eq!(of("standing")["level"], "note");
    let unused = of("unused-approval");
    assert_eq!((unused["level"].as_str(), place(unused)["region"]["startLine"].as_u64()), (Some("error"), Some(1)));
    assert_eq!(run["invocations"][0]["toolExecutionNotifications"].as_array().map(Vec::len), Some(2), "the names");
}

#[test]
fn github_shows_each_change_that_nobody_approved() {
    let approvals = approvals(true);
    let call = diff(&["--format", "github", "--fail-on", "gap-closed", "--approvals", &approvals.path]);
    let text = out(&run(&call));
    let annotations: Vec<_> = text.lines().map(annotation).collect();
    let commands: Vec<&str> = annotations.iter().map(|(command, ..)| command.as_str()).collect();
    assert_eq!(commands, ["error", "notice", "notice", "notice", "error"], "{text}");
    assert_eq!(annotations[0].1[0], ("file".to_owned(), NEW.to_owned()));
    assert!(annotations[0].2.contains("gap-closed") && annotations[0].2.contains("forseti ask channel"), "{text}");
}

/// A file that approves the narrowing, and perhaps a change that there is not.
struct File {
    _folder: tempfile::TempDir,
    path: String,
}

fn approvals(unused: bool) -> File {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join("approvals.toml");
    let json = object(&out(&run(&diff(&["--format", "json"]))));
    let changes = json["changes"].as_array().expect("there are changes");
    let narrowed = changes.iter().find(|change| change["categories"][0] == "narrowed").expect("there is one");
    let entry = |change: &str| {
        format!("[[approved]]\nchange = \"{change}\"\nreason = \"English was \\\"dropped\\\"\"\nby = \"A. Jensen\"\n")
    };
    let mut text = if unused { entry(&"0".repeat(32)) } else { String::new() };
    text += &entry(narrowed["fingerprint"].as_str().expect("a fingerprint"));
    fs::write(&path, text).expect("it is written");
    File { path: path.to_string_lossy().into_owned(), _folder: folder }
}

#[test]
fn what_is_approved_is_shown_and_lets_nothing_fail() {
    let file = approvals(false);
    let fails = |categories: &str, more: &[&str]| code(&run(&[&diff(&["--fail-on", categories])[..], more].concat()));
    assert_eq!(fails("narrowed", &[]), 1);
    assert_eq!(fails("narrowed", &["--approvals", &file.path]), 0);
    assert_eq!(fails("any", &["--approvals", &file.path]), 1, "the others are not approved");
    for format in ["human", "markdown"] {
        let text = out(&run(&diff(&["--approvals", &file.path, "--format", format])));
        assert!(text.contains("approved by A. Jensen: English was"), "{text}");
        assert!(text.contains("1 approved"), "{text}");
    }
    let unused = approvals(true);
    assert_eq!(code(&run(&diff(&["--approvals", &unused.path]))), 1, "an approval of no change is a finding");
    snapshot_without_path("diff_approvals", &diff(&["--approvals", &unused.path]));
}

/// The path of a file that is made for the test is no part of what is printed.
fn snapshot_without_path(name: &str, call: &[&str]) {
    let text = shown(&run(call));
    let mut settings = crate::snapshots();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/cli"));
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn a_file_of_approvals_is_written_to_be_filled_in() {
    let file = approvals(true);
    snapshot("diff_format_approvals", &diff(&["--format", "approvals"]));
    let text = out(&run(&diff(&["--format", "approvals", "--approvals", &file.path])));
    assert!(
        text.contains("reason = \"English was \\\"dropped\\\"\"\nby = \"A. Jensen\"\n"),
        "what is approved stays: {text}"
    );
    assert!(!text.contains(&"0".repeat(32)), "what is unused is gone: {text}");
    fs::write(&file.path, &text).expect("it is written");
    let refused = run(&diff(&["--approvals", &file.path]));
    assert_eq!(code(&refused), 2, "nobody approves without a reason");
    assert!(String::from_utf8_lossy(&refused.stderr).contains("`reason` is empty"));
    fs::write(&file.path, text.replace("\"\"", "\"so decided\"")).expect("it is written");
    let all = run(&diff(&["--approvals", &file.path, "--fail-on", "any"]));
    assert_eq!(code(&all), 0, "{}", shown(&all));
    assert_eq!(code(&run(&diff(&["--approvals", "nowhere.toml"]))), 2);
}

/// Lines, files and remarks may move; the approval still fits. Another change with the same answer does not.
#[test]
fn an_approval_holds_as_long_as_the_change_is_the_same() {
    let repository = Repository::new();
    repository.write("rules/list.rules", law("direct"));
    repository.commit();
    repository.write("rules/list.rules", law("central"));
    let entry = out(&repository.forseti(&["diff", "git:HEAD", "rules", "--format", "approvals"]));
    repository.write("approvals.toml", entry.replace("\"\"", "\"decided\""));
    let approved = ["--approvals", "approvals.toml", "--fail-on", "any", "--today", "2000-01-01"];
    let judged = |sides: &[&str]| code(&repository.forseti(&[&["diff"], sides, &approved].concat()));
    assert_eq!(judged(&["git:HEAD", "rules"]), 0);
    repository.write("law/a/first.rules", format!("# moved\n\n\n{}", law("central").replace("  ", "      ")));
    assert_eq!(judged(&["git:HEAD", "law"]), 0);
    repository.write("law/a/first.rules", law("central from 2020-01-01"));
    assert_eq!(judged(&["git:HEAD", "law"]), 1);
    repository.write("law/a/first.rules", law("diplomatic"));
    assert_eq!(judged(&["git:HEAD", "law"]), 1);
    // of a revision, the file is called as it is in the repository
    repository.commit();
    let text = out(&repository.forseti(&["diff", "git:HEAD~1", "git:HEAD", "--format", "github"]));
    assert!(text.starts_with("::warning file=rules/list.rules,line="), "{text}");
}
