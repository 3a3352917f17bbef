//! `check --watch` as a user has it: it goes on until somebody ends it.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use crate::cli::{code, forseti, run};

/// Longer than any machine needs; only a run that never answers takes it.
const PATIENCE: Duration = Duration::from_secs(120);

const GOOD: &str = "country Denmark (DK), Norway (NO)\nmatter transfer \"transfer\" between countries\n\
    instrument a \"A\" { kind treaty governs transfer parties Denmark, Norway }\n\
    provision \"Article 1\" of a { channel is direct }\n";

/// The lines that somebody writes, as they come.
fn lines(from: impl std::io::Read + Send + 'static) -> Receiver<String> {
    let (tell, told) = channel();
    thread::spawn(move || {
        for line in BufReader::new(from).lines().map_while(Result::ok) {
            if tell.send(line).is_err() {
                break;
            }
        }
    });
    told
}

fn wait_for(lines: &Receiver<String>, what: &str) {
    loop {
        let line = lines.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("{what:?} never came"));
        assert!(!line.contains('\u{1b}'), "a screen that is none is not cleared: {line:?}");
        if line.contains(what) {
            return;
        }
    }
}

fn watching(folder: &std::path::Path) -> Child {
    let mut command = forseti(&["check", "--watch", ".", "--format", "concise"]);
    command.current_dir(folder).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs")
}

#[test]
fn a_change_is_checked_and_the_interrupt_ends_it() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let file = folder.path().join("law.rules");
    fs::write(&file, GOOD).expect("it can be written");
    let mut child = watching(folder.path());
    let out = lines(child.stdout.take().expect("it is piped"));
    let err = lines(child.stderr.take().expect("it is piped"));
    wait_for(&out, "no findings in 1 file");
    wait_for(&err, "watching 1 file;");
    fs::write(&file, GOOD.replace("Norway }", "Norge }")).expect("it can be written");
    wait_for(&err, "changed: ./law.rules");
    wait_for(&out, "1 error in 1 file");
    fs::write(folder.path().join("more.rules"), "country Sweden (SE)\n").expect("it can be written");
    wait_for(&err, "changed: ./more.rules");
    wait_for(&out, "in 2 files");
    if cfg!(unix) {
        let id = child.id().to_string();
        let sent = std::process::Command::new("kill").args(["-INT", &id]).status();
        assert!(sent.is_ok_and(|status| status.success()));
        child.wait().expect("it ends");
    } else {
        child.kill().expect("it can be ended");
        child.wait().expect("it ends");
    }
    let mut names: Vec<_> =
        fs::read_dir(folder.path()).expect("it is there").flatten().map(|e| e.file_name()).collect();
    names.sort();
    assert_eq!(names, ["law.rules", "more.rules"], "nothing is left behind");
}

#[test]
fn it_ends_when_nobody_reads_it() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let file = folder.path().join("law.rules");
    fs::write(&file, GOOD).expect("it can be written");
    let mut child = watching(folder.path());
    let err = lines(child.stderr.take().expect("it is piped"));
    wait_for(&err, "watching 1 file;");
    drop(child.stdout.take());
    fs::write(&file, format!("{GOOD}\n")).expect("it can be written");
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}

#[test]
fn what_cannot_be_watched_is_refused() {
    for call in [&["check", "--watch", "-"][..], &["check", "--watch", "--fix"], &["check", "--watch", "--diff"]] {
        assert_eq!(code(&run(call)), 2, "{call:?}");
    }
}
