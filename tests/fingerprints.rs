//! A finding keeps its fingerprint when files are moved, lines are added and items change places.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use forseti::compile::{is_error, prove};
use forseti::finding::{Code, Family, Finding, fingerprints};
use forseti::law::Day;
use forseti::source::Sources;
use forseti::suite;
use forseti::syntax::{ITEM_WORDS, decode};

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases");

/// A finding by its code, its fingerprint and what that is made of.
type Known = (Code, String, String);

/// Everything that `check` and `test` find.
fn found(files: &[(String, String)]) -> BTreeSet<Known> {
    let mut sources = Sources::default();
    let mut findings = Vec::new();
    for (path, text) in files {
        findings.extend(decode(&mut sources, path.clone(), text.as_bytes().to_vec()).1);
    }
    let (law, more) = prove(&sources, Day::parse("2026-06-01"));
    findings.extend(more);
    if !findings.iter().any(is_error) {
        findings.extend(suite::run(&law).into_iter().flat_map(|test| test.failures));
    }
    let prints = fingerprints(&sources, &findings);
    assert_eq!(prints.iter().collect::<BTreeSet<_>>().len(), findings.len(), "no two findings have one fingerprint");
    let subject = |finding: &Finding| finding.subject.join("; ");
    findings.iter().zip(prints).map(|(finding, print)| (finding.code, print, subject(finding))).collect()
}

/// Each case of one file, and each example of the pages.
fn fixtures() -> Vec<(String, String)> {
    let mut fixtures: Vec<(String, String)> = Code::ALL
        .iter()
        .filter(|code| code.page().example.language == "rules")
        .map(|code| (format!("the page of {}", code.name()), code.page().example.text.to_owned()))
        .collect();
    let mut folders: Vec<PathBuf> = vec![CASES.into()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the cases can be read") {
            let path = entry.expect("the cases can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = fs::read_to_string(&path).expect("the case can be read");
                fixtures.push((path.strip_prefix(CASES).unwrap_or(&path).display().to_string(), text));
            }
        }
    }
    fixtures.sort();
    fixtures
}

/// The items of a file, cut where a line begins with the word of an item; what stands before the first stays with it.
pub(crate) fn items(text: &str) -> Vec<String> {
    let mut items: Vec<String> = vec![String::new()];
    let mut begun = false;
    for line in text.lines() {
        let word: String = line.chars().take_while(|c| c.is_alphanumeric() || *c == '-').collect();
        if ITEM_WORDS.contains(&word.as_str()) {
            if begun {
                items.push(String::new());
            }
            begun = true;
        }
        let item = items.last_mut().expect("there is one");
        item.push_str(line);
        item.push('\n');
    }
    items
}

fn one(path: &str, text: &str) -> Vec<(String, String)> {
    vec![(path.to_owned(), text.to_owned())]
}

/// What is found in one form of a law and not in another; nothing, if all is well.
fn lost(name: &str, before: &BTreeSet<Known>, other: &[(String, String)]) -> String {
    let after = &found(other);
    let only = |word: &str, one: &BTreeSet<Known>, other: &BTreeSet<Known>| -> String {
        one.difference(other).fold(String::new(), |text, finding| text + &format!("{name}: {word} {finding:?}\n"))
    };
    only("lost", before, after) + &only("new", after, before)
}

#[test]
fn moving_a_file_and_adding_lines_changes_no_fingerprint() {
    let mut changed = String::new();
    for (name, text) in fixtures() {
        let before = found(&one("law.rules", &text));
        changed += &lost(&name, &before, &one("elsewhere/other.rules", &text));
        changed +=
            &lost(&name, &before, &one("law.rules", &format!("# a remark\n\n# and another\n{text}\n# at the end\n")));
        let apart: Vec<String> = items(&text).iter().map(|item| format!("# here\n\n{item}\n\n")).collect();
        changed += &lost(&name, &before, &one("law.rules", &apart.concat()));
    }
    assert!(changed.is_empty(), "{changed}");
}

#[test]
fn changing_the_order_of_items_and_files_changes_no_fingerprint() {
    let mut changed = String::new();
    let mut moved = 0;
    for (name, text) in fixtures() {
        let before = found(&one("law.rules", &text));
        if ["everything.rules", "texts.rules"].iter().any(|file| name.ends_with(file)) {
            // they have statements, or lines of quoted texts, at the margin, which look like items
            continue;
        }
        // where the reader stumbles, the items are not what the lines say; of two declarations the first counts
        let in_order = |code: Code| code.family() == Family::Reading || code == Code::DuplicateName;
        if before.iter().any(|(code, ..)| in_order(*code)) {
            continue;
        }
        let mut items = items(&text);
        items.reverse();
        changed += &lost(&name, &before, &one("law.rules", &items.concat()));
        let middle = items.len() / 2;
        items.rotate_left(middle);
        changed += &lost(&name, &before, &one("law.rules", &items.concat()));
        let files: Vec<_> = items.iter().enumerate().map(|(at, item)| (format!("{at}.rules"), item.clone())).collect();
        changed += &lost(&name, &before, &files);
        moved += before.len();
    }
    assert!(changed.is_empty(), "{changed}");
    assert!(moved > 100, "the fixtures hold findings: {moved}");
}

#[test]
fn findings_that_differ_have_fingerprints_that_differ() {
    let law = |article: &str, country: &str| {
        let prelude = "country Denmark (DK), Norway (NO)\nmatter transfer \"transfer\" between countries\n\
                       instrument agreement { kind arrangement governs transfer parties Denmark, Norway }\n";
        format!("{prelude}provision \"{article}\" of agreement {{\n  channel is direct from {country}\n}}\n")
    };
    let prints: BTreeSet<_> = [("Article 1", "Norwai"), ("Article 2", "Norwai"), ("Article 1", "Denmork")]
        .iter()
        .flat_map(|(article, country)| found(&one("law.rules", &law(article, country))))
        .collect();
    assert_eq!(prints.len(), 3);
}

/// A fingerprint that changes makes every baseline in use worthless: this must stay as it is.
#[test]
fn the_way_of_making_fingerprints_stays() {
    let page = Code::Conflict.page();
    let found = found(&one("law.rules", page.example.text));
    let prints: Vec<_> = found.iter().map(|(code, print, _)| (*code, print.as_str())).collect();
    assert_eq!(prints, [(Code::Conflict, "627f9e4450450f3e383917f7393d2b9a")]);
}
