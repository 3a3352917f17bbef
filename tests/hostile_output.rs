//! What a report shows came from rule files, names of files and arguments. In no format does any of it steer the
//! terminal, give an order to the server that prints it, or become part of the format.

use std::fs;
use std::path::Path;
use std::process::Output;

use roxmltree::Document;

use crate::cli::{code, forseti};

/// Every quoted text of it wants to be something else.
const LAW: &str = r#"country Denmark (DK), Norway (NO)
matter m "<img src=x> @team #77" between countries
fact unused : yes or no
act receive "=1+1"
authority Norway.office "=HYPERLINK(\"https://evil.example\") | <b>"
instrument a "A <img src=https://evil.example/x> @team" {
  kind treaty governs m parties Denmark, Norway
  consists of "Article 1", "Article 2"
  not encoded "Article 2" because "@team | <script> ::stop-commands::t"
}
provision "Article 1" of a assuming "=HYPERLINK(\"https://evil.example\") <img src=x> @team
::stop-commands::tok ##[error]x" {
  authority to receive in Norway is Norway.office
}
test "x
::error file=a::fake" { m from Denmark to Norway on 2026-01-01 authority to receive in Norway no rule }
excuse unused-name in unused because "x
::stop-commands::tok"
"#;

/// Runs in a folder whose files have hostile names.
fn run(folder: &Path, arguments: &[&str]) -> Output {
    forseti(arguments).current_dir(folder).output().expect("the command can be run")
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("law")).expect("a folder");
    fs::write(folder.path().join("law/a\n::stop-commands::tok\n\u{1b}[31m\u{1}.rules"), LAW).expect("a file");
    fs::create_dir(folder.path().join("new")).expect("a folder");
    let new = LAW.replace("Norway.office\n}", "Norway.office channel is direct\n}");
    fs::write(folder.path().join("new/b\u{7f}\u{9b}2J\r##[error].rules"), new).expect("a file");
    folder
}

/// The calls whose output people, terminals and logs see, in every format that there is.
fn calls() -> Vec<Vec<&'static str>> {
    let case = ["--from", "DK", "--to", "NO", "--on", "2026-01-01"];
    let ask = ["ask", "authority to receive in Norway", "--rules", "law"];
    let table = ["table", "authority to receive in Norway", "--rules", "law"];
    let mut calls: Vec<Vec<&str>> = vec![
        vec!["fmt", "--check", "law"],
        vec!["fmt", "--diff", "law", "new"],
        vec!["test", "law", "--list"],
        vec!["test", "law", "--coverage", "--format", "plain"],
        [&ask[..], &case].concat(),
        [&ask[..], &case, &["--format", "json"]].concat(),
        vec!["check", "no\u{1b}[2Jsuch\n::error::x"],
    ];
    for format in ["human", "plain", "concise", "json", "sarif", "gitlab", "junit", "markdown"] {
        calls.push(vec!["check", "law", "new", "--format", format]);
    }
    for format in ["human", "markdown", "json"] {
        calls.push(vec!["excused", "law", "--format", format]);
        calls.push(vec!["coverage", "law", "--format", format]);
    }
    for format in ["human", "markdown", "csv", "json"] {
        calls.push([&table[..], &["--format", format]].concat());
    }
    for format in ["human", "markdown", "json", "sarif"] {
        calls.push(vec!["diff", "law", "new", "--format", format]);
    }
    calls
}

#[test]
fn nothing_steers_a_terminal_or_orders_a_server() {
    let folder = folder();
    for call in calls() {
        let output = run(folder.path(), &call);
        assert!(code(&output) <= 2 && !(output.stdout.is_empty() && output.stderr.is_empty()), "{call:?}");
        for stream in [&output.stdout, &output.stderr] {
            let text = std::str::from_utf8(stream).expect("what is shown is text");
            let steers = |c: char| (c < ' ' && !"\n\t\r".contains(c)) || ('\u{80}'..='\u{9f}').contains(&c);
            assert!(!text.contains(steers) && !text.replace("\r\n", "\n").contains('\r'), "{call:?}\n{text}");
            for line in text.lines() {
                let is_json = call.contains(&"json") || call.contains(&"sarif") || call.contains(&"gitlab");
                let orders = line.trim_start().starts_with("::") || (line.contains("##[") && !is_json);
                assert!(!orders, "{call:?}: {line}");
            }
        }
    }
}

#[test]
fn commands_to_a_server_are_those_that_are_meant() {
    let folder = folder();
    for call in [["check", "law", "--format", "github"].as_slice(), &["diff", "law", "new", "--format", "github"]] {
        let output = run(folder.path(), call);
        let text = String::from_utf8(output.stdout).expect("text");
        assert!(
            text.lines().all(|line| ["::error ", "::warning ", "::notice "].iter().any(|own| line.starts_with(own)))
        );
        assert!(!text.contains('\u{1b}'), "{text}");
    }
}

#[test]
fn a_report_stays_xml_whatever_a_file_is_called() {
    let folder = folder();
    let output = run(folder.path(), &["check", "law", "new", "--format", "junit"]);
    let text = String::from_utf8(output.stdout).expect("text");
    Document::parse(&text).expect("the report is XML");
}

#[test]
fn tables_and_comments_hold_no_markup_and_no_formula() {
    let folder = folder();
    let text = |call: &[&str]| String::from_utf8(run(folder.path(), call).stdout).expect("text");
    for call in calls().iter().filter(|call| call.contains(&"markdown")) {
        let text = text(call);
        let outside_code: String = text.split("```").step_by(2).collect();
        for markup in ["<img", "<script", "<b>\n", "@team", "#77"] {
            assert!(!outside_code.contains(markup), "{call:?}: {markup} in\n{text}");
        }
    }
    let csv = text(&["table", "authority to receive in Norway", "--rules", "law", "--format", "csv"]);
    assert!(csv.contains("HYPERLINK"), "{csv}");
    // a cell begins after a comma, and maybe a quote
    for start in [",=", ",\"=", ",+", ",@", "\n="] {
        assert!(!csv.contains(start), "{start} in {csv}");
    }
    assert_eq!(csv.lines().count(), csv.matches("\r\n").count(), "each row is a line");
}
