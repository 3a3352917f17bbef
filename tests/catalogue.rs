//! The catalogue: every page provokes its code and mends it, and `docs/findings` is what the catalogue says.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use forseti::compile::{is_error, prove};
use forseti::finding::{Block, Code, Finding};
use forseti::law::Day;
use forseti::load::load;
use forseti::render;
use forseti::source::Sources;
use forseti::suite;

const DOCS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/findings");
const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases");

/// Everything that `check` and `test` find in a text.
fn found(text: &str) -> Vec<Finding> {
    let mut sources = Sources::default();
    let mut findings = match text.strip_prefix("forseti check ") {
        Some(path) => {
            // a page names folders as they lie beside the cases of the command
            let beside = Path::new(CASES).join("cli").join(path.trim());
            let loaded = load(&[if beside.exists() { beside } else { path.trim().into() }]);
            sources = loaded.sources;
            loaded.findings
        }
        None => forseti::syntax::decode(&mut sources, "page.rules".to_owned(), text.as_bytes().to_vec()).1,
    };
    if findings.iter().any(is_error) {
        return findings;
    }
    let (law, more) = prove(&sources, Day::parse("2026-06-01"));
    findings.extend(more);
    if !findings.iter().any(is_error) {
        findings.extend(suite::run(&law).into_iter().flat_map(|test| test.failures));
    }
    findings
}

/// The text of a block, with what its marks stand for.
fn written(block: Block<'_>) -> String {
    match block.language {
        "rules" | "sh" => block.text.to_owned(),
        "rules marked" => marked(block.text),
        "rules repeated" => block.text.lines().map(repeated).collect(),
        other => panic!("a block of `{other}`"),
    }
}

fn marked(text: &str) -> String {
    let mut parts = text.split("<U+");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (number, rest) = part.split_once('>').expect("a mark ends");
        let number = u32::from_str_radix(number, 16).expect("a mark is a number");
        out.push(char::from_u32(number).expect("a mark is a character"));
        out.push_str(rest);
    }
    out
}

fn repeated(line: &str) -> String {
    let Some((line, range)) = line.split_once("# N = ") else { return format!("{line}\n") };
    let (first, last) = range.split_once(" to ").expect("a first and a last number");
    let number = |text: &str| text.parse::<u32>().expect("a number");
    (number(first)..=number(last)).map(|n| line.trim_end().replace('N', &n.to_string()) + "\n").collect()
}

fn names(findings: &[Finding]) -> Vec<&'static str> {
    let names: BTreeSet<_> = findings.iter().map(|finding| finding.code.name()).collect();
    names.into_iter().collect()
}

#[test]
fn every_page_provokes_its_code_and_mends_it() {
    // nobody has a rules/agreement-2024.rules beside this program: that page names files and not their contents
    for code in Code::ALL.iter().filter(|code| **code != Code::Unreadable) {
        let page = code.page();
        let provoked = found(&written(page.example));
        assert_eq!(names(&provoked), [code.name()], "the example of {}: {provoked:#?}", code.name());
        let mended = found(&written(page.mended));
        assert_eq!(mended, Vec::new(), "the mended example of {}", code.name());
    }
    let provoked = found(Code::Unreadable.page().example.text);
    assert_eq!(names(&provoked), ["unreadable"]);
    assert_eq!(found(&format!("forseti check {CASES}/cli/law")), Vec::new());
}

#[test]
fn every_page_has_all_its_parts() {
    for code in Code::ALL {
        let page = code.page();
        for (part, text) in [
            ("what it says", page.says),
            ("why it matters", page.why),
            ("an example", page.example.text),
            ("how to mend it", page.advice),
            ("the example, mended", page.mended.text),
        ] {
            assert!(!text.trim().is_empty(), "the page of {} says {part}", code.name());
        }
        assert!(page.text.ends_with("```\n") && !page.text.contains('\t'), "{}", code.name());
        assert_eq!(page.text.matches("\n## ").count(), 3, "{}", code.name());
    }
}

#[test]
fn every_code_is_provoked_by_a_fixture_and_spared_by_another() {
    let mut files = Vec::new();
    let mut folders = vec![CASES.into()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir::<std::path::PathBuf>(folder).expect("the cases can be read") {
            let path = entry.expect("the cases can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    let mut fixtures: Vec<Vec<&str>> = Vec::new();
    for path in &files {
        fixtures.push(names(&found(&fs::read_to_string(path).expect("the case can be read"))));
    }
    let pages = Code::ALL.iter().map(|code| names(&found(&written(code.page().example))));
    let alone: Vec<_> =
        Code::ALL.iter().filter(|code| !fixtures.iter().any(|names| names.contains(&code.name()))).collect();
    // what is wrong with bytes and sizes, and what one file of a case cannot show, only the pages show
    assert_eq!(
        alone,
        [&Code::Unreadable, &Code::HiddenDirection, &Code::TooDeep, &Code::TooLong, &Code::NotRead, &Code::Limit]
    );
    fixtures.extend(pages);
    for code in Code::ALL {
        let provokes = |names: &Vec<&str>| names.contains(&code.name());
        assert!(fixtures.iter().any(provokes), "{} is provoked by no fixture", code.name());
        assert!(!fixtures.iter().all(provokes), "{} is spared by no fixture", code.name());
    }
}

#[test]
fn the_pages_in_docs_are_current() {
    let mut pages = vec![("README.md".to_owned(), render::codes_markdown())];
    pages.extend(Code::ALL.iter().map(|code| (format!("{}.md", code.name()), render::code_markdown(*code))));
    if std::env::var_os("FORSETI_WRITE_DOCS").is_some() {
        fs::create_dir_all(DOCS).expect("the folder can be made");
        for (name, text) in &pages {
            fs::write(Path::new(DOCS).join(name), text).expect("the page can be written");
        }
    }
    let renew = "renew with: FORSETI_WRITE_DOCS=1 cargo test the_pages_in_docs_are_current";
    for (name, text) in &pages {
        let held = fs::read_to_string(Path::new(DOCS).join(name)).unwrap_or_default().replace("\r\n", "\n");
        assert!(held == *text, "docs/findings/{name} is not current; {renew}");
    }
    let files = fs::read_dir(DOCS).expect("the folder is there").count();
    assert_eq!(files, pages.len(), "docs/findings holds a page of no code");
}
