//! The command as a user has it: what it prints, to which stream, and how it ends.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

pub(crate) const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/cli");

/// The day of those calls whose report names it.
const DAY: &str = "2026-01-01";

/// The command, run among the cases, without anything in its surroundings that could change what it prints.
pub(crate) fn forseti(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_forseti"));
    command.current_dir(CASES).args(arguments).stdin(Stdio::null());
    for name in ["NO_COLOR", "CLICOLOR_FORCE", "COLUMNS", "TERM"] {
        command.env_remove(name);
    }
    command
}

pub(crate) fn run(arguments: &[&str]) -> Output {
    forseti(arguments).output().expect("the command can be run")
}

pub(crate) fn code(output: &Output) -> i32 {
    output.status.code().expect("the command ended by itself")
}

/// Both streams and the exit code, as a snapshot shows them.
pub(crate) fn shown(output: &Output) -> String {
    let out = String::from_utf8(output.stdout.clone()).expect("standard output is text");
    let err = String::from_utf8(output.stderr.clone()).expect("standard error is text");
    let err = if err.is_empty() { err } else { format!("---- standard error\n{err}") };
    format!("{out}{err}---- exit code {}\n", code(output))
}

pub(crate) fn snapshot(name: &str, arguments: &[&str]) {
    let text = shown(&run(arguments));
    let line =
        format!("forseti {}", arguments.iter().map(|word| forseti::words::shell(word)).collect::<Vec<_>>().join(" "));
    let mut settings = crate::snapshots();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/cli"));
    settings.set_description(line);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn a_law_without_findings() {
    snapshot("check_law", &["check", "law", "--today", DAY]);
}

#[test]
fn every_broken_item_in_every_file_is_reported() {
    snapshot("check_broken", &["check", "broken", "--today", DAY]);
    snapshot("check_broken_plain", &["check", "broken", "--format", "plain", "--today", DAY]);
    snapshot("check_broken_json", &["check", "broken/second.rules", "--format", "json", "--today", DAY]);
}

#[test]
fn colour_is_written_only_where_it_is_wanted() {
    let escape = |output: &Output| output.stdout.contains(&0x1b);
    assert!(!escape(&run(&["check", "broken"])));
    assert!(escape(&run(&["check", "broken", "--color", "always"])));
    assert!(escape(&forseti(&["check", "broken"]).env("CLICOLOR_FORCE", "1").output().expect("it runs")));
    let both = forseti(&["check", "broken"]).env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1").output();
    assert!(!escape(&both.expect("it runs")));
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_read() {
    snapshot("check_missing", &["check", "law", "nowhere.rules", "--today", DAY]);
    snapshot("check_no_items", &["check", "bare", "--today", DAY]);
    let folder = tempfile::tempdir().expect("a folder can be made");
    let output = run(&["check", &folder.path().to_string_lossy()]);
    assert_eq!(code(&output), 2, "a folder without rules is no success");
    assert!(String::from_utf8_lossy(&output.stdout).contains("holds no `.rules` file"));
}

#[test]
fn a_file_named_twice_is_read_once() {
    let output = run(&["check", "law", "law/norway.rules", "./law", "--format", "json", "--today", "2026-01-01"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("the report is JSON");
    assert_eq!(report["summary"]["files"], 3);
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_a_loop_of_links_ends() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let law = folder.path().join("law");
    fs::create_dir(&law).expect("a folder can be made");
    std::os::unix::fs::symlink(Path::new(CASES).join("law"), law.join("linked")).expect("a link can be made");
    assert_eq!(code(&run(&["test", &law.to_string_lossy()])), 0);
    std::os::unix::fs::symlink(&law, law.join("loop")).expect("a link can be made");
    let output = run(&["check", &law.to_string_lossy(), "--format", "plain", "--today", "2026-01-01"]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(code(&output), 2);
    assert!(text.contains("leads back to the folder"), "{text}");
    assert!(text.contains("in 3 files"), "the other files are read: {text}");
}

#[test]
fn standard_input_is_read() {
    let mut child = forseti(&["check", "-", "--format", "plain"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the command can be run");
    let mut input = child.stdin.take().expect("its input is open");
    input.write_all(b"country Denmark (DX)\n").expect("it can be written");
    drop(input);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(code(&output), 1);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.starts_with("<stdin>:1:"), "{text}");
}

#[test]
fn a_reader_that_has_seen_enough_is_no_trouble() {
    let mut child = forseti(&["explain", "--all"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command can be run");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(code(&output), 0);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn the_tests_of_the_law_are_run() {
    snapshot("test_law", &["test", "law", "--list"]);
    snapshot("test_failing", &["test", "odd"]);
    snapshot("test_broken", &["test", "broken"]);
}

#[test]
fn what_no_test_reaches_is_named() {
    snapshot("test_coverage", &["test", "reach", "--coverage"]);
    snapshot("test_coverage_plain", &["test", "reach", "--coverage", "--format", "plain"]);
    snapshot("test_coverage_json", &["test", "reach", "--coverage", "--format", "json"]);
    snapshot("test_min_coverage", &["test", "law", "--min-coverage", "18", "--format", "plain"]);
    assert_eq!(code(&run(&["test", "law", "--min-coverage", "17"])), 0, "3 of 17 are more than 17 %");
    assert_eq!(code(&run(&["test", "law", "--min-coverage", "101"])), 2);
}

#[test]
fn how_much_of_a_text_stands_in_the_files() {
    snapshot("coverage", &["coverage", "extent"]);
    snapshot("coverage_markdown", &["coverage", "extent", "--format", "markdown"]);
    snapshot("coverage_json", &["coverage", "extent", "--format", "json"]);
    snapshot("coverage_undeclared", &["coverage", "law"]);
}

#[test]
fn nothing_takes_the_place_of_a_file_of_the_law() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = |name: &str| folder.path().join(name);
    fs::create_dir(path("rules")).expect("a folder can be made");
    let law = include_str!("cases/cli/law/agreement.rules").to_owned()
        + include_str!("cases/cli/law/norway.rules")
        + include_str!("cases/cli/law/vocabulary.rules");
    fs::write(path("rules/law.rules"), &law).expect("it can be written");
    fs::write(path("forseti.toml"), "paths = [\"rules\"]\n").expect("it can be written");
    let run = |call: &[&str]| forseti(call).current_dir(folder.path()).output().expect("the command can be run");
    let absolute = path("rules/law.rules").display().to_string();
    for (call, role) in [
        (&["check", "--output", "rules/law.rules"][..], "is read as law"),
        (&["check", "--output", &absolute], "is read as law"),
        (&["check", "rules/law.rules", "--format", "json=rules/../rules/law.rules"], "is read as law"),
        // it would be read as law the next time
        (&["check", "--format", "json=rules/report.rules"], "is read as law"),
        (&["check", "--format", "junit=forseti.toml"], "holds the settings"),
        (&["check", "--baseline", "rules/new.rules", "--update-baseline"], "is read as law"),
        (&["sources", "lock", "--lock", "rules/new.rules"], "is read as law"),
    ] {
        let output = run(call);
        assert_eq!(code(&output), 2, "{call:?}: {}", shown(&output));
        assert!(shown(&output).contains(role), "{call:?}: {}", shown(&output));
        assert_eq!(fs::read_to_string(path("rules/law.rules")).expect("it is there"), law, "{call:?}");
    }
    assert_eq!(fs::read_dir(path("rules")).expect("it is there").count(), 1);
    // what the law was built into is no place for another law
    assert_eq!(code(&run(&["build", "--emit", "json", "--out", "dist"])), 0);
    let built = fs::read(path("dist/rules.json")).expect("it is there");
    let output = run(&["build", "dist/rules.json", "--emit", "json", "--out", "dist"]);
    assert!(code(&output) == 2 && shown(&output).contains("`dist/rules.json` is read as law"), "{}", shown(&output));
    assert_eq!(fs::read(path("dist/rules.json")).expect("it is there"), built);
    // beside the law there is room for a report
    assert_ne!(code(&run(&["check", "--output", "rules/report.txt"])), 2);
}

#[test]
fn nothing_is_answered_or_built_from_a_broken_law() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let out = folder.path().join("out");
    let output = run(&["build", "broken", "--emit", "json", "--out", &out.to_string_lossy()]);
    assert_eq!(code(&output), 1);
    assert!(output.stdout.is_empty());
    assert!(!out.exists());
    let output = run(&["ask", "channel", "--rules", "broken", "--from", "DK", "--to", "NO", "--on", "2026-01-15"]);
    assert_eq!(code(&output), 1);
    assert!(output.stdout.is_empty());
}

#[test]
fn artifacts_are_written_renewed_and_compared() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let out = folder.path().join("out");
    let build = |more: &[&str]| {
        let out = out.to_string_lossy();
        run(&[&["build", "law", "--emit", "json", "--out", &out], more].concat())
    };
    let names = |output: &Output, word: &str| -> Vec<String> {
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let lines = text.lines().filter_map(|line| line.strip_prefix(word)).map(str::trim);
        lines.filter_map(|path| Some(Path::new(path).file_name()?.to_string_lossy().into_owned())).collect()
    };
    let all = ["rules.json", "rules.schema.json"];
    let missing = build(&["--check"]);
    assert_eq!((code(&missing), names(&missing, "missing")), (1, all.map(str::to_owned).to_vec()));
    assert!(!out.exists(), "--check writes nothing");

    let written = build(&[]);
    assert_eq!((code(&written), names(&written, "written")), (0, all.map(str::to_owned).to_vec()));
    assert_eq!(code(&build(&["--check"])), 0);
    let before = fs::metadata(out.join("rules.json")).and_then(|file| file.modified()).expect("it is there");
    assert_eq!(names(&build(&[]), "unchanged"), all);
    let after = fs::metadata(out.join("rules.json")).and_then(|file| file.modified()).expect("it is there");
    assert_eq!(before, after, "a file that would not change is not touched");

    fs::write(out.join("rules.json"), "{}").expect("it can be written");
    let stale = build(&["--check"]);
    assert_eq!((code(&stale), names(&stale, "stale")), (1, vec!["rules.json".to_owned()]));
    assert!(String::from_utf8_lossy(&stale.stdout).contains("renew with: forseti build law --emit json --out "));
    assert_eq!(fs::read_to_string(out.join("rules.json")).expect("it is there"), "{}", "--check writes nothing");
    assert_eq!(names(&build(&[]), "written"), ["rules.json"]);

    assert_eq!(names(&build(&["--emit", "rust"]), "written"), ["rules.rs"]);
    let extra = build(&["--check"]);
    assert_eq!((code(&extra), names(&extra, "extra")), (1, vec!["rules.rs".to_owned()]));
    assert!(String::from_utf8_lossy(&extra.stdout).contains("remove with: rm "));
    fs::remove_file(out.join("rules.rs")).expect("it is there");
    let left: Vec<_> = fs::read_dir(&out).expect("it is there").collect();
    assert_eq!(left.len(), all.len(), "nothing is left beside the artifacts");
}

#[test]
fn findings_are_explained() {
    snapshot("explain_conflict", &["explain", "F0801"]);
    snapshot("explain_near", &["explain", "idle-precedense"]);
    assert_eq!(run(&["explain", "conflict"]).stdout, run(&["explain", "f0801"]).stdout);
}

#[test]
fn every_verb_has_help_with_examples() {
    for verb in ["check", "test", "ask", "build", "explain", "completions"] {
        let output = run(&[verb, "--help"]);
        assert_eq!(code(&output), 0);
        assert!(String::from_utf8_lossy(&output.stdout).contains("\nExamples:\n"), "{verb}");
    }
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = run(&["completions", shell]);
        assert!(code(&output) == 0 && !output.stdout.is_empty(), "{shell}");
    }
    assert_eq!(run(&["--version"]).stdout, format!("forseti {}\n", env!("CARGO_PKG_VERSION")).as_bytes());
}

#[cfg(unix)]
#[test]
fn a_witness_can_be_pasted_into_a_shell_and_shows_the_fault() {
    let output = run(&["check", "odd", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("the report is JSON");
    let conflict = &report["findings"][0];
    assert_eq!(conflict["name"], "conflict");
    let command =
        conflict["witness"].as_str().and_then(|command| command.strip_prefix("forseti ")).expect("it is there");
    let line = format!("'{}' {command} --format json", env!("CARGO_BIN_EXE_forseti"));
    let shell = Command::new("sh").current_dir(CASES).args(["-c", &line]).output().expect("there is a shell");
    assert_eq!(code(&shell), 1);
    let answer: serde_json::Value = serde_json::from_slice(&shell.stdout).expect("the answer is JSON");
    assert_eq!(answer["status"], "conflict");
}

#[cfg(unix)]
#[test]
fn the_examples_of_the_help_work_on_the_shipped_law() {
    let help = run(&["ask", "--help"]).stdout;
    let help = String::from_utf8(help).expect("help is text").replace("\\\n", " ");
    let examples: Vec<_> = help.lines().filter_map(|line| line.trim_start().strip_prefix("forseti ask ")).collect();
    assert!(examples.len() >= 3);
    for example in examples {
        let line = format!("'{}' ask {example}", env!("CARGO_BIN_EXE_forseti"));
        let output = Command::new("sh").current_dir(env!("CARGO_MANIFEST_DIR")).args(["-c", &line]).output();
        let output = output.expect("there is a shell");
        assert!(code(&output) < 2, "{example}: {}", shown(&output));
    }
}

/// A folder with one file that is laid out, one that is not, and one that cannot be read.
fn files_to_lay_out() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    for (name, text) in [
        ("broken.rules", "act send \"sends\"\nact  get\n"),
        ("right.rules", "act send \"sends\"\n"),
        ("wrong.rules", "act   send \"sends\"\r\nact get \"gets\"  # so\r\n"),
    ] {
        fs::write(folder.path().join(name), text).expect("the file can be written");
    }
    folder
}

#[test]
fn files_are_laid_out_and_the_others_left_alone() {
    let folder = files_to_lay_out();
    let fmt = |arguments: &[&str]| {
        forseti(&["fmt"]).args(arguments).current_dir(folder.path()).output().expect("the command can be run")
    };
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).expect("the file is there");
    let mut settings = crate::snapshots();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/cli"));
    settings.bind(|| {
        insta::assert_snapshot!("fmt_check", shown(&fmt(&[".", "--check"])));
        insta::assert_snapshot!("fmt_diff", shown(&fmt(&["wrong.rules", "--diff"])));
        assert!(read("wrong.rules").contains('\r'), "nothing was written so far");
        insta::assert_snapshot!("fmt", shown(&fmt(&["."])));
    });
    assert_eq!(read("wrong.rules"), "act send \"sends\"\nact get  \"gets\"  # so\n");
    assert_eq!(read("broken.rules"), "act send \"sends\"\nact  get\n");
    assert_eq!(fs::read_dir(folder.path()).expect("it is there").count(), 3, "nothing is left beside the files");
    let again = fmt(&["wrong.rules", "right.rules"]);
    assert_eq!(shown(&again), "nothing to change in 2 files\n---- exit code 0\n");
    assert_eq!(code(&fmt(&["nowhere.rules"])), 2);
}

#[test]
fn standard_input_is_laid_out_to_standard_output() {
    let fmt = |arguments: &[&str], text: &str| {
        let mut child = forseti(&["fmt", "-"])
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command can be run");
        child.stdin.take().expect("it is piped").write_all(text.as_bytes()).expect("it is read");
        child.wait_with_output().expect("it ends")
    };
    assert_eq!(shown(&fmt(&[], "act  send\n\"sends\"")), "act send \"sends\"\n---- exit code 0\n");
    let broken = fmt(&[], "act  send");
    assert!(broken.stdout.is_empty() && code(&broken) == 1);
    assert_eq!(code(&fmt(&["--check"], "act  send \"sends\"")), 1);
    assert_eq!(code(&fmt(&["--check"], "act send \"sends\"\n")), 0);
}

#[cfg(unix)]
#[test]
fn a_file_keeps_its_permissions_and_a_link_stays_one() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let folder = files_to_lay_out();
    let at = |name: &str| folder.path().join(name);
    let mode = |name: &str| fs::metadata(at(name)).expect("it is there").permissions().mode() & 0o777;
    let fmt = |name: &str| forseti(&["fmt"]).arg(at(name)).output().expect("the command can be run");
    let set = |mode: u32| fs::set_permissions(at("wrong.rules"), fs::Permissions::from_mode(mode)).expect("it is ours");
    symlink(at("wrong.rules"), at("link.rules")).expect("links can be made");
    let before = fs::read(at("wrong.rules")).expect("it is there");

    set(0o440);
    assert_eq!(code(&fmt("link.rules")), 2, "it may not be written");
    assert_eq!(fs::read(at("wrong.rules")).expect("it is there"), before);

    set(0o640);
    assert_eq!(code(&fmt("link.rules")), 0);
    assert_ne!(fs::read(at("wrong.rules")).expect("it is there"), before);
    assert_eq!(mode("wrong.rules"), 0o640);
    assert!(fs::symlink_metadata(at("link.rules")).expect("it is there").is_symlink());
}

#[test]
fn what_could_not_be_laid_out_is_not_counted_as_changed() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = |name: &str| folder.path().join(name);
    for name in ["a.rules", "b.rules"] {
        fs::write(path(name), "country   Denmark   (DK)\n").expect("it can be written");
    }
    let mut permissions = fs::metadata(path("b.rules")).expect("it is there").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(path("b.rules"), permissions).expect("they can be set");
    let fmt = || forseti(&["fmt", "."]).current_dir(folder.path()).output().expect("the command can be run");
    for expected in ["1 of 2 files changed, and 1 could not be written", "0 of 2 files changed, and 1 could not"] {
        let output = fmt();
        assert_eq!(code(&output), 2, "{}", shown(&output));
        assert!(shown(&output).contains(expected), "{}", shown(&output));
    }
}
