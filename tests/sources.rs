//! `forseti sources` as a user calls it: what is kept of official texts, and compared with them.

use std::fs;
use std::path::Path;

use super::cli::{CASES, code, run, shown, snapshot};

#[test]
fn texts_are_compared_with_what_was_kept_of_them() {
    for (name, texts) in [("same", "texts/first"), ("scanned", "texts/scanned"), ("changed", "texts/changed")] {
        snapshot(&format!("sources_{name}"), &["sources", "verify", "drift", "--texts", texts]);
    }
    snapshot("sources_json", &["sources", "verify", "drift", "--texts", "texts/changed", "--format", "json"]);
    snapshot("sources_absent", &["sources", "verify", "drift"]);
    snapshot("sources_required", &["sources", "verify", "drift", "--require"]);
    snapshot("sources_not_found", &["sources", "lock", "drift", "--texts", "texts/changed"]);
    snapshot("sources_none", &["sources", "verify", "law"]);
}

#[test]
fn a_lock_is_kept_line_by_line() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join("texts.lock");
    let lock = path.to_string_lossy();
    let sources = |verb: &str, more: &[&str]| {
        let mut arguments = vec!["sources", verb, "drift", "--lock", &lock];
        arguments.extend(more);
        run(&arguments)
    };
    let first = ["--texts", "texts/first"];
    let output = sources("verify", &first);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(code(&output) == 1 && text.contains("7 passages: 6 not locked, 1 not verified"), "{text}");

    assert_eq!(code(&sources("lock", &first)), 0);
    let kept = fs::read_to_string(&path).expect("the lock is written");
    let shipped = fs::read_to_string(Path::new(CASES).join("drift/sources.lock")).expect("there is a lock");
    assert_eq!(kept, shipped, "the same texts give the same lock");
    assert!(String::from_utf8_lossy(&sources("lock", &first).stdout).starts_with("unchanged"));
    // what was kept of a text that is not at hand stays
    assert_eq!(code(&sources("lock", &[])), 0);
    assert_eq!(fs::read_to_string(&path).expect("it is there"), kept);

    let more = format!("{kept}agreement-2020\tArticle 9\tgazette-2020\t{0}\t{0}\t0\n", "0".repeat(32));
    fs::write(&path, more).expect("it can be written");
    let output = sources("verify", &first);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(code(&output) == 1 && text.contains("left over   agreement-2020, Article 9"), "{text}");
    fs::write(&path, format!("{kept}<<<<<<< ours\n")).expect("it can be written");
    let output = sources("verify", &first);
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(code(&output) == 2 && text.contains("line 8, is no line of a lock"), "{text}");
    assert!(text.contains("`forseti sources lock` writes it anew"), "{text}");
}

#[test]
fn a_lock_that_a_merge_left_in_disorder_is_written_anew() {
    let shipped = fs::read_to_string(Path::new(CASES).join("drift/sources.lock")).expect("there is a lock");
    let line = shipped.lines().last().expect("it has lines");
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join("texts.lock");
    let lock =
        |texts: &[&str]| run(&[&["sources", "lock", "drift", "--lock", &path.to_string_lossy()], texts].concat());
    let put = |text: &str| fs::write(&path, text).expect("it can be written");
    for disorder in [format!("{shipped}<<<<<<< ours\n"), format!("{shipped}{line}\n")] {
        // with the texts, and without them as far as it is clear what was kept
        for texts in [&["--texts", "texts/first"][..], &[]] {
            put(&disorder);
            let output = lock(texts);
            assert_eq!(code(&output), 0, "{}", shown(&output));
            assert!(shown(&output).contains("stands there twice; it was written anew"), "{}", shown(&output));
            assert_eq!(fs::read_to_string(&path).expect("it is there"), shipped);
        }
    }
    // of two lines for one passage none counts, and that nothing is kept of it is said
    put(&format!("{shipped}{}\n", line.replace("\ta", "\tb").replace("\t0", "\t1") + "f"));
    let output = lock(&[]);
    assert!(shown(&output).contains("whose text is not at hand"), "{}", shown(&output));
    assert!(!fs::read_to_string(&path).expect("it is there").contains(line));
    // while a passage is missing, and in the place of another file, nothing is written
    for (text, texts) in [(format!("{shipped}=======\n"), "texts/changed"), ("notes\n".to_owned(), "texts/first")] {
        put(&text);
        assert_ne!(code(&lock(&["--texts", texts])), 0);
        assert_eq!(fs::read_to_string(&path).expect("it is there"), text);
    }
}

/// The files that a shell fills in for `rules/*`.
#[test]
fn the_lock_of_the_sources_is_not_taken_for_rules() {
    let output = run(&["check", "drift/drift.rules", "drift/sources.lock"]);
    assert_eq!(code(&output), 2, "{}", shown(&output));
    let text = shown(&output);
    assert!(text.contains("`drift/sources.lock` is the lock of the sources, and holds no rules"), "{text}");
    assert_eq!(text.matches("error[").count(), 1, "nothing of it is read as rules: {text}");
}

/// A text in another encoding is told, and nothing of it is compared as if its letters were others.
#[test]
fn a_text_that_is_not_in_utf_8_is_named_and_not_compared() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let name = "gazette/agreement.txt";
    let path = folder.path().join(name);
    fs::create_dir(folder.path().join("gazette")).expect("a folder can be made");
    let text = fs::read_to_string(Path::new(CASES).join("texts/first").join(name)).expect("it is text");
    let latin: Vec<u8> = text.bytes().chain(*b"\xd8rsted\n").collect();
    let lock = folder.path().join("new.lock");
    for (bytes, what) in [(latin, "it is not text in UTF-8")] {
        fs::write(&path, bytes).expect("it can be written");
        for verb in ["verify", "lock"] {
            let texts = folder.path().to_string_lossy();
            let mut call = vec!["sources", verb, "drift", "--texts", &texts];
            let lock = lock.to_string_lossy();
            if verb == "lock" {
                call.extend(["--lock", &lock]);
            }
            let output = run(&call);
            let text = shown(&output);
            assert!(text.contains(&format!("the text `{name}`")) && text.contains(what), "{text}");
            assert_eq!(code(&output), 2, "{text}");
            assert!(!text.contains('\u{fffd}'), "{text}");
        }
    }
}
