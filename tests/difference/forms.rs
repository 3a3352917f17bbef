//! A law does not differ from itself in any other form: laid out, in another order, in other files.

use forseti::difference::difference;
use forseti::law::Law;
use forseti::source::{SourceFile, Sources};

use crate::cli::{code, run};
use crate::dice::Dice;
use crate::proofs::random_law;

use super::TODAY;
use super::oracle::*;

/// The shipped law does not differ from itself in another layout, with its files in others.
#[test]
fn files_and_layout_change_nothing() {
    let rules = concat!(env!("CARGO_MANIFEST_DIR"), "/rules");
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join("all.rules");
    let loaded = forseti::load::load(&[rules.into()]);
    let mut texts: Vec<&str> = loaded.sources.iter().map(|(_, file)| file.text.as_str()).collect();
    texts.reverse();
    std::fs::write(&path, texts.join("\n").replace("\n  ", "\n      ")).expect("it is written");
    let path = path.to_string_lossy();
    let found = run(&["diff", rules, &path, "--fail-on", "any"]);
    let text = String::from_utf8_lossy(&found.stdout).into_owned();
    assert_eq!(code(&found), 0, "{text}{}", String::from_utf8_lossy(&found.stderr));
    assert!(text.contains("only texts differ"), "{text}");
}

/// The statements of an item that is laid out, in any order: each begins two blanks from the margin.
fn statements_shuffled(item: &str, dice: &mut Dice) -> String {
    let is_next = |line: &str| line.starts_with("  ") && line[2..].starts_with(|c: char| c.is_alphabetic() || c == '"');
    let lines: Vec<&str> = item.lines().collect();
    let is_body = lines.first().is_some_and(|line| line.starts_with("provision ") && line.ends_with('{'));
    let Some(end) = lines.iter().rposition(|line| *line == "}").filter(|_| is_body) else { return item.to_owned() };
    let mut statements: Vec<Vec<&str>> = Vec::new();
    for line in &lines[1..end] {
        if is_next(line) || statements.is_empty() {
            statements.push(Vec::new());
        }
        statements.last_mut().expect("there is one").push(line);
    }
    dice.shuffle(&mut statements);
    let mut lines: Vec<&str> = [&lines[..1], &statements.concat(), &lines[end..]].concat();
    lines.push("");
    lines.join("\n")
}

/// The law of some files, and the files laid out.
fn law_and_layout(files: &[String]) -> (Law, Vec<String>) {
    let mut sources = Sources::default();
    for (at, text) in files.iter().enumerate() {
        sources.add(SourceFile::new(format!("some/{at}.rules"), text.as_str()));
    }
    let (law, findings) = forseti::compile::compile(&sources, None);
    let errors: Vec<_> = findings.iter().filter(|finding| forseti::compile::is_error(finding)).collect();
    assert!(errors.is_empty(), "{errors:#?}\n{}", files.join("\n----\n"));
    let layouts = sources.iter().map(|(id, file)| forseti::format::format(id, file).expect("it can be laid out"));
    (law, layouts.collect())
}

/// Laid out, with items and statements in another order, and each item in a file of its own, a law is the same.
fn is_the_same_in_every_form(files: &[String], dice: &mut Dice) {
    let (law, laid_out) = law_and_layout(files);
    let mut items: Vec<String> = laid_out.iter().flat_map(|text| crate::fingerprints::items(text)).collect();
    dice.shuffle(&mut items);
    let reordered: Vec<String> = items.iter().map(|item| statements_shuffled(item, dice)).collect();
    assert!(reordered.len() < 3 || reordered.join("") != laid_out.join(""), "nothing was reordered");
    for form in [laid_out, vec![reordered.join("\n")], reordered] {
        let found = difference(&law, &law_and_layout(&form).0, TODAY);
        assert!(found.is_empty() && found.beside.is_empty(), "{found:#?}\n{}", form.join("\n----\n"));
    }
}

#[test]
fn a_random_law_is_the_same_in_every_form() {
    let mut laws = 0;
    for seed in 0..12 {
        for text in [random_law(seed), crate::properties::random_law(seed)] {
            if compiles(&text) {
                laws += 1;
                is_the_same_in_every_form(&[text], &mut Dice::new(seed));
            }
        }
    }
    assert!(laws >= 12, "{laws}");
}

#[test]
fn the_shipped_law_is_the_same_in_every_form() {
    let loaded = forseti::load::load(&[concat!(env!("CARGO_MANIFEST_DIR"), "/rules").into()]);
    let texts: Vec<String> = loaded.sources.iter().map(|(_, file)| file.text.replace("\n  ", "\n      ")).collect();
    is_the_same_in_every_form(&texts, &mut Dice::new(7));
}
