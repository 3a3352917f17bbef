//! An emitted artifact is the law from which it was made: as a side of a comparison, and wherever law is read.

use std::fs;
use std::path::Path;

use forseti::difference::difference;
use forseti::emit::{Format, artifacts};
use forseti::law::Law;
use forseti::source::{SourceFile, Sources};
use serde_json::{Value, json};

use crate::cli::{code, run};
use crate::proofs::random_law;
use crate::revisions::{Repository, law, out};
use crate::workload;

use super::TODAY;
use super::oracle::*;

const RULES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/rules");

fn document(law: &Law, sources: &Sources) -> Vec<u8> {
    let all = artifacts(law, sources, &[Format::Json]);
    all.into_iter().find(|artifact| artifact.name == "rules.json").expect("it is made").bytes
}

fn compiled(sources: &Sources) -> Law {
    let (law, findings) = forseti::compile::compile(sources, None);
    let errors: Vec<_> = findings.iter().filter(|finding| forseti::compile::is_error(finding)).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    law
}

/// The artifact of a law is the law, and the artifact of that artifact is the same to the byte.
fn is_the_law(files: &[(&str, &str)]) {
    let mut sources = Sources::default();
    for (name, text) in files {
        sources.add(SourceFile::new(*name, *text));
    }
    let law = compiled(&sources);
    let written = document(&law, &sources);
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join("law.json");
    fs::write(&path, &written).expect("it is written");
    let loaded = forseti::load::load(&[path]);
    assert!(loaded.findings.is_empty(), "{:?}", loaded.findings);
    assert_eq!(loaded.sources.iter().count(), files.len());
    let again = compiled(&loaded.sources);
    for (old, new) in [(&law, &again), (&again, &law)] {
        let found = difference(old, new, TODAY);
        assert!(found.is_empty() && found.beside.is_empty() && found.questions == law.questions.len(), "{found:#?}");
    }
    assert!(document(&again, &loaded.sources) == written, "the artifact of the artifact is another");
}

#[test]
fn the_artifact_of_a_random_law_is_that_law() {
    for seed in 0..8 {
        for text in [random_law(seed), crate::properties::random_law(seed)] {
            if compiles(&text) {
                is_the_law(&[("some/law.rules", &format!("# a remark\n{text} # \"another\n"))]);
            }
        }
    }
}

#[test]
fn the_artifact_of_a_thousand_rules_is_that_law() {
    is_the_law(&[("law.rules", &workload::competence(1000, 7).text)]);
}

#[test]
fn the_artifact_of_the_shipped_law_is_that_law() {
    let loaded = forseti::load::load(&[RULES.into()]);
    let files: Vec<(&str, &str)> =
        loaded.sources.iter().map(|(_, file)| (file.path.as_str(), file.text.as_str())).collect();
    is_the_law(&files);
}

/// Builds the artifact of a law of one file into a folder, and says where it is.
fn built(folder: &Path, name: &str, text: &str) -> String {
    let rules = folder.join(format!("{name}.rules"));
    fs::write(&rules, text).expect("it is written");
    let to = folder.join(name);
    let built = run(&["build", &rules.to_string_lossy(), "--emit", "json", "--out", &to.to_string_lossy()]);
    assert_eq!(code(&built), 0, "{}", String::from_utf8_lossy(&built.stderr));
    to.join("rules.json").to_string_lossy().into_owned()
}

#[test]
fn either_side_and_both_can_be_artifacts_and_what_is_shown_can_be_asked() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let [old, new] =
        [("old", "direct"), ("new", "central")].map(|(name, channel)| built(folder.path(), name, &law(channel)));
    let rules = folder.path().join("new.rules").to_string_lossy().into_owned();
    let told = |sides: [&str; 2]| {
        let found = run(&["diff", sides[0], sides[1], "--today", "2026-01-01", "--fail-on", "any"]);
        assert_eq!(code(&found), 1, "{}", String::from_utf8_lossy(&found.stderr));
        let text = out(&found);
        let commands = text.lines().filter_map(|line| Some(line.split_once(" forseti ")?.1));
        let commands: Vec<&str> = commands.collect();
        assert_eq!(commands.len(), 2, "{text}");
        for (command, says) in commands.iter().zip(["direct", "central"]) {
            let words: Vec<&str> = command.split(' ').collect();
            let answer = run(&words);
            assert!(code(&answer) == 0 && out(&answer).contains(says), "{command}\n{}", out(&answer));
        }
        text.replace(sides[0], "OLD").replace(sides[1], "NEW")
    };
    assert_eq!(told([&old, &new]), told([&old, &rules]));
    for sides in [[&new, &rules], [&rules, &new], [&new, &new]] {
        assert_eq!(code(&run(&["diff", sides[0], sides[1], "--fail-on", "any"])), 0);
    }
    for command in ["check", "test", "coverage"] {
        assert_eq!(code(&run(&[command, &new])), code(&run(&[command, &rules])), "{command}");
    }
    let checked =
        run(&["build", &new, "--emit", "json", "--out", &folder.path().join("new").to_string_lossy(), "--check"]);
    assert_eq!(code(&checked), 0, "an artifact makes itself: {}", out(&checked));
}

#[test]
fn an_artifact_in_a_revision_is_read_there() {
    let repository = Repository::new();
    repository.write("law/list.rules", law("direct"));
    assert_eq!(code(&repository.forseti(&["build", "law", "--emit", "json", "--out", "made"])), 0);
    repository.commit();
    repository.write("law/list.rules", law("central"));
    assert_eq!(code(&repository.forseti(&["diff", "git:HEAD:made/rules.json", "git:HEAD:law", "--fail-on", "any"])), 0);
    let found = repository.forseti(&["diff", "git:HEAD:made/rules.json", "law", "--fail-on", "replaced"]);
    assert_eq!(code(&found), 1, "{}", String::from_utf8_lossy(&found.stderr));
}

#[test]
fn nothing_is_written_into_an_artifact() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = built(folder.path(), "law", &law("direct"));
    let before = fs::read(&path).expect("it is there");
    for arguments in [&["fmt", &path][..], &["check", &path, "--fix"]] {
        let refused = run(arguments);
        let text = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(code(&refused) == 2 && text.contains("nothing is written into the artifact"), "{arguments:?}: {text}");
    }
    assert_ne!(code(&run(&["fmt", &path, "--check"])), 2, "what would change can be shown");
    assert_eq!(fs::read(&path).expect("it is there"), before);
}

#[test]
fn what_is_no_artifact_any_more_is_refused_with_what_to_name_instead() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = built(folder.path(), "law", &law("direct"));
    let good: Value = serde_json::from_slice(&fs::read(&path).expect("it is there")).expect("it is JSON");
    let refused = |text: &str, says: &str| {
        fs::write(&path, text).expect("it is written");
        for arguments in [&["diff", &path, "difference/new.rules"][..], &["check", &path]] {
            let refused = run(arguments);
            let told = String::from_utf8_lossy(&[refused.stdout.clone(), refused.stderr.clone()].concat()).into_owned();
            let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(code(&refused) == 2 && told.contains(says) && told.contains("name the rules"), "{says}: {told}");
        }
    };
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut bad = good.clone();
        change(&mut bad);
        bad.to_string()
    };
    refused(&changed(&|bad| drop(bad.as_object_mut().map(|all| all.remove("written")))), "is not as forseti wrote it");
    refused(&changed(&|bad| bad["schema_version"] = json!(99)), "in another version");
    refused(&changed(&|bad| bad["schema_version"] = json!(1)), "in another version");
    let earlier = |bad: &mut Value| {
        bad["schema_version"] = json!(1);
        drop(bad.as_object_mut().map(|all| all.remove("document_digest")));
    };
    refused(&changed(&earlier), "comes from an earlier forseti");
    refused(
        &changed(&|bad| drop(bad.as_object_mut().map(|all| all.remove("document_digest")))),
        "is not as forseti wrote it",
    );
    refused(&changed(&|bad| bad["language_version"] = json!(99)), "in another version");
    let text = good["written"]["files"][0]["text"].as_str().expect("a text").replace("direct", "central");
    refused(&changed(&|bad| bad["written"]["files"][0]["text"] = json!(text)), "is not as forseti wrote it");
    refused(&changed(&|bad| bad["written"]["files"][0]["name"] = json!("other")), "is not as forseti wrote it");
    refused(&changed(&|bad| bad["written"]["files"] = json!([])), "is not as forseti wrote it");
    refused(&changed(&|bad| bad["digest"] = json!(format!("sha256:{}", "0".repeat(64)))), "is not as forseti wrote it");
    refused("{}", "is an object, and not one in which forseti wrote law");
    refused("{ country", "is an object, and not one in which forseti wrote law");
    // in another layout of JSON it is the same
    let laid_out = serde_json::to_string_pretty(&good).expect("it is JSON");
    for same in [good.to_string(), laid_out.replace('\n', "\r\n")] {
        fs::write(&path, same).expect("it is written");
        assert_eq!(code(&run(&["diff", &path, &path, "--fail-on", "any"])), 0);
    }
}

/// Every value of the document, one after the other, is another: what programs read of it is guarded like the rules.
#[test]
fn no_value_of_an_artifact_can_be_changed_without_notice() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = built(folder.path(), "law", &law("direct"));
    let good: Value = serde_json::from_slice(&fs::read(&path).expect("it is there")).expect("it is JSON");
    let mut places = Vec::new();
    leaves(&good, String::new(), &mut places);
    assert!(places.iter().any(|place| place.starts_with("/questions/0/table/outcomes/")));
    for place in &places {
        let mut bad = good.clone();
        let value = bad.pointer_mut(place).expect("it is there");
        *value = match &*value {
            Value::Bool(yes) => json!(!yes),
            Value::Number(number) => json!(number.as_i64().map(|number| number + 1)),
            Value::String(text) => json!(format!("{text}x")),
            _ => json!("x"),
        };
        fs::write(&path, bad.to_string()).expect("it is written");
        let loaded = forseti::load::load(&[path.clone().into()]);
        assert!(loaded.sources.iter().next().is_none() && !loaded.findings.is_empty(), "{place}");
    }
    for name in ["law", "questions", "tool", "$schema"] {
        let mut bad = good.clone();
        drop(bad.as_object_mut().map(|all| all.remove(name)));
        fs::write(&path, bad.to_string()).expect("it is written");
        assert!(!forseti::load::load(&[path.clone().into()]).findings.is_empty(), "{name}");
    }
}

/// Where the values lie that hold no others.
fn leaves(value: &Value, at: String, places: &mut Vec<String>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(name, value)| leaves(value, format!("{at}/{name}"), places)),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(place, value)| leaves(value, format!("{at}/{place}"), places));
            if list.is_empty() {
                places.push(at);
            }
        }
        _ => places.push(at),
    }
}

/// Git may end the lines of a checkout in another way: the rules are the same, and so is what is made of them.
#[test]
fn a_checkout_that_ends_lines_otherwise_makes_the_same_bytes_and_is_up_to_date() {
    let text = law("direct") + "# a remark\nitem letter \"a title\n  over two lines\"  # and another\n";
    let folder = tempfile::tempdir().expect("a folder can be made");
    let checkout = |name: &str, text: &str| {
        let place = folder.path().join(name);
        fs::create_dir(&place).expect("a folder can be made");
        fs::write(place.join("law.rules"), text).expect("it is written");
        let [rules, made] = [place.join("law.rules"), place.join("made")].map(|path| path.display().to_string());
        let build = move |more: &[&str]| {
            let all = [&["build", &rules, "--emit", "json", "--emit", "rust", "--out", &made], more].concat();
            let built = run(&all);
            (code(&built), out(&built))
        };
        assert_eq!(build(&[]).0, 0);
        (place.join("made"), build)
    };
    let (plain, _) = checkout("plain", &text);
    let (other, build) = checkout("other", &text.replace('\n', "\r\n"));
    for name in forseti::emit::NAMES {
        let [one, two] = [&plain, &other].map(|made| fs::read_to_string(made.join(name)).expect("it is there"));
        assert!(one == two && !one.contains('\r'), "{name}");
        fs::write(other.join(name), two.replace('\n', "\r\n")).expect("it is written");
    }
    assert_eq!(build(&["--check"]), (0, format!("3 files are up to date in {}\n", other.display())));
    let changed = fs::read_to_string(other.join("rules.json")).expect("it is there").replacen("direct", "dir\rect", 1);
    fs::write(other.join("rules.json"), changed).expect("it is written");
    assert_eq!(build(&["--check"]).0, 1);
}
