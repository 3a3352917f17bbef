//! What an editor has not saved yet comes from standard input, in the place of its file.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Output, Stdio};

use crate::cli::{code, forseti};

const TERMS: &str = "country Denmark (DK), Norway (NO)\nmatter transfer \"transfer\" between countries\n";
const SAVED: &str = "instrument a \"A\" { kind treaty governs transfer parties Denmark, Norway }\n\
    provision \"Article 1\" of a { channel is direct }\n";

fn law() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    fs::create_dir(folder.path().join("rules")).expect("a folder can be made");
    fs::write(folder.path().join("rules/terms.rules"), TERMS).expect("a file can be written");
    fs::write(folder.path().join("rules/a.rules"), SAVED).expect("a file can be written");
    folder
}

fn run(folder: &Path, arguments: &[&str], unsaved: &str) -> Output {
    let mut command = forseti(arguments);
    command.current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("it runs");
    let mut input = child.stdin.take().expect("its input is open");
    input.write_all(unsaved.as_bytes()).expect("it can be written");
    drop(input);
    child.wait_with_output().expect("it ends")
}

fn check(folder: &Path, arguments: &[&str], unsaved: &str) -> (i32, String) {
    let all = [&["check", "--format", "concise", "--today", "2026-01-01", "--stdin-filename"], arguments].concat();
    let output = run(folder, &all, unsaved);
    (code(&output), String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn what_is_not_saved_is_checked_with_the_other_files() {
    let folder = law();
    let slip = SAVED.replace("Norway }", "Norwya }");
    // the default law, a folder, and `-` in the place of the file
    for paths in [&["rules/a.rules"][..], &["./rules/../rules/a.rules", "rules"], &["rules/a.rules", "rules", "-"]] {
        let (exit, text) = check(folder.path(), paths, &slip);
        assert_eq!(exit, 1, "{paths:?}: {text}");
        assert!(text.contains("a.rules:1:") && text.matches("Norwya").count() == 1, "{text}");
        assert_eq!(check(folder.path(), paths, SAVED).0, 0, "{paths:?}");
    }
    assert_eq!(fs::read_to_string(folder.path().join("rules/a.rules")).expect("it is there"), SAVED);
}

#[test]
fn a_file_that_was_never_saved_is_one_more() {
    let folder = law();
    let second = "provision \"Article 2\" of a { channel is central }\n";
    let (exit, text) = check(folder.path(), &["rules/b.rules", "rules"], second);
    assert_eq!(exit, 1, "{text}");
    assert!(text.contains("conflict") && text.contains("a, Article 2"), "{text}");
    let (exit, text) = check(folder.path(), &["rules/b.rules", "rules", "rules/b.rules"], second);
    assert_eq!((exit, text.matches("conflict").count()), (1, 1), "{text}");
}

#[test]
fn it_is_laid_out_for_whoever_asks_and_nothing_is_written() {
    let folder = law();
    let unsaved = SAVED.replace("channel is direct", "channel   is\n direct");
    let output = run(folder.path(), &["fmt", "--stdin-filename", "rules/a.rules"], &unsaved);
    let laid_out = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(code(&output), 0);
    assert!(laid_out.contains("channel is direct") && laid_out.starts_with("instrument a"), "{laid_out}");
    assert_eq!(fs::read_to_string(folder.path().join("rules/a.rules")).expect("it is there"), SAVED);
    let again = run(folder.path(), &["fmt", "-", "--check", "--stdin-filename", "rules/a.rules"], &unsaved);
    assert_eq!(code(&again), 1);
    assert!(String::from_utf8_lossy(&again.stdout).contains("would change  rules/a.rules"));
    let broken = run(folder.path(), &["fmt", "--stdin-filename", "rules/a.rules"], "provison");
    assert_eq!((code(&broken), broken.stdout.as_slice()), (1, &b""[..]));
    assert!(String::from_utf8_lossy(&broken.stderr).contains("rules/a.rules"));
    let other = run(folder.path(), &["fmt", "rules", "--stdin-filename", "rules/a.rules"], &unsaved);
    assert_eq!(code(&other), 2);
}
