//! What a program may correct: each folder in `tests/cases/fixes` holds files before and after; and `check --fix` as a user
//! drives it.

use std::fs;
use std::path::{Path, PathBuf};

use forseti::compile;
use forseti::finding::Finding;
use forseti::law::Day;
use forseti::mend::{Extent, Mended, mend};
use forseti::source::{FileId, SourceFile, Sources};
use serde_json::Value;

use crate::cli::{code, forseti, shown};

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/fixes");

fn today() -> Option<Day> {
    Day::parse("2026-01-01")
}

fn mended(text: &str, extent: Extent) -> Mended {
    let mut sources = Sources::default();
    sources.add(SourceFile::new("law.rules", text));
    mend(&sources, today(), extent)
}

fn text(mended: &Mended) -> &str {
    &mended.sources.file(FileId(0)).text
}

fn case(name: &str, file: &str) -> String {
    fs::read_to_string(Path::new(CASES).join(name).join(file)).expect("the case can be read").replace("\r\n", "\n")
}

/// The case is corrected as its file says, on lines that end in either way, and a second run finds nothing more to do.
fn corrects(name: &str, file: &str, extent: Extent) -> Mended {
    let before = case(name, "before.rules");
    let first = mended(&before, extent);
    let path = Path::new(CASES).join(name).join(file);
    if std::env::var_os("FORSETI_WRITE_CASES").is_some() {
        fs::write(&path, text(&first)).expect("the case can be written");
    }
    assert_eq!(text(&first), case(name, file), "{name}/{file}");
    let second = mended(text(&first), extent);
    assert_eq!((text(&second), second.done.len()), (text(&first), 0), "{name}/{file}");
    let windows = mended(&before.replace('\n', "\r\n"), extent);
    assert_eq!(text(&windows), case(name, file).replace('\n', "\r\n"), "{name}/{file}");
    first
}

fn found(text: &str) -> Vec<Finding> {
    let mut sources = Sources::default();
    sources.add(SourceFile::new("law.rules", text));
    compile::prove(&sources, today()).1
}

fn codes(text: &str) -> Vec<&'static str> {
    found(text).iter().map(|finding| finding.code.name()).collect()
}

#[test]
fn a_name_is_corrected_where_only_one_can_be_meant() {
    let mended = corrects("names", "after.rules", Extent::Safe);
    assert_eq!(mended.refused, []);
    // a number, a letter or a code may be that of another thing, near as it is
    let left: Vec<String> = found(text(&mended)).into_iter().filter_map(|finding| finding.help).collect();
    for help in ["did you mean `agreement-2024`?", "did you mean `annex-a`?", "write the name: `Denmark`"] {
        assert!(left.iter().any(|left| left == help), "{help}: {left:?}");
    }
    assert_eq!(left.len(), 4);
}

#[test]
fn a_name_that_nothing_declares_is_asked_for_and_never_written() {
    // the slip is in the rule: what writes it into the tests hides it
    for extent in [Extent::Safe, Extent::All] {
        let mended = corrects("undeclared", "after.rules", extent);
        assert_eq!((mended.done.len(), mended.refused.len(), mended.unasked), (0, 0, 0));
    }
    let asked = found(&case("undeclared", "before.rules")).into_iter().filter_map(|finding| finding.help);
    assert_eq!(
        asked.collect::<Vec<_>>(),
        ["did you mean `finaly-judged`?", "did you mean `apeal`?", "did you mean `telefax`?"]
    );
}

#[test]
fn a_day_is_written_as_the_language_has_it() {
    let mended = corrects("dates", "after.rules", Extent::Safe);
    assert!(codes(text(&mended)).is_empty());
}

#[test]
fn a_clause_goes_where_the_whole_of_it_settles_nothing() {
    let mended = corrects("clauses", "after.rules", Extent::Safe);
    assert_eq!(mended.done.len(), 2);
    let left = codes(text(&mended));
    assert_eq!(left.iter().filter(|name| **name == "doubled-clause").count(), 2, "{left:?}");
    assert_eq!(mended.unasked, 2, "which of the two stays is for a lawyer to say");
}

#[test]
fn of_two_clauses_that_say_the_same_one_stays() {
    let mended = corrects("clauses", "unsafe.rules", Extent::All);
    assert_eq!(mended.unasked, 0);
    assert!(!codes(text(&mended)).contains(&"conflict"));
}

#[test]
fn what_stands_twice_in_a_list_goes_if_a_lawyer_says_so() {
    let before = case("twice", "before.rules");
    assert_eq!(text(&mended(&before, Extent::Safe)), before, "perhaps another name was meant");
    let mended = corrects("twice", "unsafe.rules", Extent::All);
    assert_eq!((mended.unasked, codes(text(&mended))), (0, vec![]));
}

#[test]
fn what_is_excused_stays_and_what_excuses_nothing_goes() {
    let mended = corrects("excuses", "after.rules", Extent::Safe);
    assert_eq!(mended.done.len(), 3);
    let left = found(text(&mended));
    assert!(left.iter().all(|finding| finding.excused.is_some()) && left.len() == 1, "{left:?}");
}

#[test]
fn what_would_be_a_fault_itself_is_left_alone() {
    let mended = corrects("refused", "after.rules", Extent::Safe);
    assert_eq!((mended.done.len(), mended.refused.len()), (1, 1));
}

/// A copy of a case in a folder of its own.
fn copy(name: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let file = folder.path().join("law.rules");
    fs::write(&file, case(name, "before.rules")).expect("the copy can be written");
    (folder, file)
}

fn check(folder: &Path, more: &[&str]) -> std::process::Output {
    let arguments = [&["check", "--today", "2026-01-01", "law.rules"], more].concat();
    forseti(&arguments).current_dir(folder).output().expect("the command can be run")
}

fn snapshot(name: &str, output: &std::process::Output) {
    let mut settings = crate::snapshots();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/cli"));
    settings.bind(|| insta::assert_snapshot!(name, shown(output)));
}

#[test]
fn a_patch_shows_what_would_be_written_and_writes_nothing() {
    let (folder, file) = copy("excuses");
    snapshot("check_fix_diff", &check(folder.path(), &["--diff"]));
    assert_eq!(fs::read_to_string(&file).expect("it is there"), case("excuses", "before.rules"));
}

#[test]
fn a_byte_order_mark_is_counted_and_kept() {
    const MARK: &str = "\u{feff}";
    let (folder, file) = copy("names");
    let marked = format!("{MARK}{}", case("names", "before.rules"));
    fs::write(&file, &marked).expect("the file can be written");
    let output = check(folder.path(), &["--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    let edits = report["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .filter_map(|finding| finding["fix"]["edits"].as_array());
    let mut edits: Vec<_> = edits.flatten().collect();
    assert!(edits.len() > 1);
    // whoever writes them by their bytes writes what `--fix` does, from the last to the first
    edits.sort_by_key(|edit| std::cmp::Reverse(edit["byte_start"].as_u64()));
    let mut bytes = marked.clone().into_bytes();
    for edit in edits {
        let place = |key: &str| usize::try_from(edit[key].as_u64().expect("a number")).expect("a small one");
        bytes.splice(place("byte_start")..place("byte_end"), edit["words"].as_str().expect("words").bytes());
    }
    let patch = shown(&check(folder.path(), &["--diff"]));
    assert!(
        patch.lines().any(|line| line.strip_prefix([' ', '-']).is_some_and(|line| line.starts_with(MARK))),
        "{patch}"
    );
    check(folder.path(), &["--fix"]);
    let fixed = fs::read_to_string(&file).expect("it is there");
    assert_eq!(fixed, format!("{MARK}{}", case("names", "after.rules")));
    assert_eq!(String::from_utf8(bytes).expect("a text"), fixed);
}

#[test]
fn what_remains_is_reported_and_gives_the_exit_code() {
    let (folder, file) = copy("excuses");
    let output = check(folder.path(), &["--fix"]);
    assert_eq!(code(&output), 0, "{}", shown(&output));
    assert_eq!(fs::read_to_string(&file).expect("it is there"), case("excuses", "after.rules"));
    snapshot("check_fix", &output);

    let (folder, _) = copy("names");
    let output = check(folder.path(), &["--fix", "--format", "json"]);
    assert_eq!(code(&output), 1);
    let report: Value = serde_json::from_slice(&output.stdout).expect("the report is not mixed with anything");
    assert_eq!(report["summary"]["errors"], 4);
}

#[test]
fn a_file_that_cannot_be_written_is_trouble() {
    let (folder, file) = copy("dates");
    let mut permissions = fs::metadata(&file).expect("it is there").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&file, permissions).expect("they can be set");
    let output = check(folder.path(), &["--fix"]);
    assert_eq!(code(&output), 2, "{}", shown(&output));
    assert_eq!(fs::read_to_string(&file).expect("it is there"), case("dates", "before.rules"));
}

#[test]
fn calls_that_mean_nothing_are_refused() {
    let (folder, _) = copy("dates");
    for call in [&["--unsafe-fixes"][..], &["--fix", "-"], &["--fix", "--diff"], &["--diff", "--format", "json"]] {
        assert_eq!(code(&check(folder.path(), call)), 2, "{call:?}");
    }
}

#[test]
fn reports_for_programs_carry_the_fixes() {
    let (folder, _) = copy("clauses");
    let report = |format: &str| -> Value {
        serde_json::from_slice(&check(folder.path(), &["--format", format]).stdout).expect("the report is JSON")
    };
    let json = report("json");
    let fixes: Vec<&Value> = json["findings"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|finding| &finding["fix"])
        .filter(|fix| !fix.is_null())
        .collect();
    assert_eq!(fixes.iter().filter(|fix| fix["safe"] == true).count(), 2);
    assert_eq!(fixes.iter().filter(|fix| fix["safe"] == false).count(), 2);

    let sarif = report("sarif");
    crate::reports::valid(include_str!("schemas/sarif-2.1.0.json"), &sarif);
    let results = sarif["runs"][0]["results"].as_array().expect("a list");
    let fixes: Vec<&Value> = results.iter().filter_map(|result| result.get("fixes")).collect();
    assert_eq!(fixes.len(), 2, "only what is safe is offered to whoever may apply it at once");
    let region = &fixes[0][0]["artifactChanges"][0]["replacements"][0]["deletedRegion"];
    assert!(region["startLine"].is_u64() && region["endColumn"].is_u64());
}
