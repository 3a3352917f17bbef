//! `check --watch` as a user has it: it goes on until somebody ends it.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

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

/// A run that does not outlive its test, however that ends.
struct Watching(Child);

impl Watching {
    fn of(folder: &std::path::Path) -> Watching {
        let mut command = forseti(&["check", "--watch", ".", "--format", "concise"]);
        command.current_dir(folder).stdout(Stdio::piped()).stderr(Stdio::piped());
        Watching(command.spawn().expect("it runs"))
    }

    /// How it ended, if it does within that time.
    fn ended(&mut self, within: Duration) -> Option<ExitStatus> {
        let until = Instant::now() + within;
        loop {
            let ended = self.0.try_wait().expect("it is a child of this process");
            if ended.is_some() || Instant::now() > until {
                return ended;
            }
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// The interrupt of a terminal; whether it could be sent.
    fn interrupt(&self) -> bool {
        cfg!(unix) && Command::new("kill").args(["-INT", &self.0.id().to_string()]).status().is_ok_and(|s| s.success())
    }

    /// Whether the run takes notice of the interrupt. A shell that starts tests in the background has them, and all that
    /// they start, ignore it. Where nobody can tell, nothing is asked of it.
    fn heeds_the_interrupt(&self) -> bool {
        let status = fs::read_to_string(format!("/proc/{}/status", self.0.id())).unwrap_or_default();
        let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        // one bit for each signal, from 1; the interrupt is the second
        ignored.and_then(|bits| u64::from_str_radix(bits.trim(), 16).ok()).is_some_and(|bits| bits & 0b10 == 0)
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        // it may have ended already
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_change_is_checked_and_the_interrupt_ends_it() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let file = folder.path().join("law.rules");
    fs::write(&file, GOOD).expect("it can be written");
    let mut run = Watching::of(folder.path());
    let out = lines(run.0.stdout.take().expect("it is piped"));
    let err = lines(run.0.stderr.take().expect("it is piped"));
    wait_for(&out, "no findings in 1 file");
    wait_for(&err, "watching 1 file;");
    fs::write(&file, GOOD.replace("Norway }", "Norge }")).expect("it can be written");
    wait_for(&err, "changed: ./law.rules");
    wait_for(&out, "1 error in 1 file");
    fs::write(folder.path().join("more.rules"), "country Sweden (SE)\n").expect("it can be written");
    wait_for(&err, "changed: ./more.rules");
    wait_for(&out, "in 2 files");
    let heeds = run.heeds_the_interrupt();
    if run.interrupt() && heeds {
        assert!(run.ended(PATIENCE).is_some(), "the interrupt ends it");
    }
    drop(run);
    let mut names: Vec<_> =
        fs::read_dir(folder.path()).expect("it is there").flatten().map(|e| e.file_name()).collect();
    names.sort();
    assert_eq!(names, ["law.rules", "more.rules"], "nothing is left behind");
}

#[test]
fn settings_and_a_baseline_are_watched_too() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("it can be written");
    write("law.rules", &format!("{GOOD}language Danish (da)\n"));
    let mut run = Watching::of(folder.path());
    let out = lines(run.0.stdout.take().expect("it is piped"));
    let err = lines(run.0.stderr.take().expect("it is piped"));
    wait_for(&out, "1 warning in 1 file");
    wait_for(&err, "watching 1 file;");
    // settings that were not there before
    write("forseti.toml", "[severity]\nunused-name = \"note\"\n");
    wait_for(&err, "forseti.toml");
    wait_for(&out, "1 note in 1 file");
    write("forseti.toml", "baseline = \"old.json\"\n[severity]\nunused-name = \"error\"\n");
    wait_for(&err, "there is no baseline");
    wait_for(&err, "watching");
    let made = forseti(&["check", ".", "--update-baseline"]).current_dir(folder.path()).output().expect("it runs");
    assert_eq!(code(&made), 0);
    wait_for(&err, "old.json");
    wait_for(&out, "in 1 file");
}

#[test]
fn it_ends_when_nobody_reads_it() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let file = folder.path().join("law.rules");
    fs::write(&file, GOOD).expect("it can be written");
    let mut run = Watching::of(folder.path());
    let err = lines(run.0.stderr.take().expect("it is piped"));
    wait_for(&err, "watching 1 file;");
    drop(run.0.stdout.take());
    fs::write(&file, format!("{GOOD}\n")).expect("it can be written");
    let ended = run.ended(PATIENCE).expect("it ends by itself");
    assert_eq!(ended.code(), Some(0));
}

#[test]
fn what_cannot_be_watched_is_refused() {
    for call in [&["check", "--watch", "-"][..], &["check", "--watch", "--fix"], &["check", "--watch", "--diff"]] {
        assert_eq!(code(&run(call)), 2, "{call:?}");
    }
}
