//! The formats of `check`: each as its readers take it, and as it looks.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use boon::{Compiler, Schemas};
use roxmltree::Document;
use serde_json::Value;

use crate::cli::{code, forseti, run, shown};

const FOLDER: &str = "../reports";
const FORMATS: [&str; 9] = ["human", "plain", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown"];

fn check<'a>(law: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["check", law, "--today", "2026-01-01"], more].concat()
}

fn report(format: &str) -> String {
    let output = run(&check(FOLDER, &["--format", format]));
    assert_eq!(code(&output), 1, "{}", shown(&output));
    String::from_utf8(output.stdout).expect("a report is text")
}

pub(crate) fn object(text: &str) -> Value {
    serde_json::from_str(text).expect("the report is JSON")
}

/// A published schema as the writer must keep to it: with no property that it does not name. Readers are promised no more than
/// that what is named is there.
pub(crate) fn strict(schema: &str) -> Value {
    fn close(schema: &mut Value) {
        match schema {
            Value::Object(map) => {
                map.values_mut().for_each(close);
                assert!(!map.contains_key("additionalProperties"), "{map:?} breaks readers at the next addition");
                if map.get("type").is_some_and(|kind| kind == "object") && map.contains_key("properties") {
                    map.insert("additionalProperties".to_owned(), false.into());
                }
            }
            Value::Array(list) => list.iter_mut().for_each(close),
            _ => {}
        }
    }
    let mut schema = object(schema);
    close(&mut schema);
    schema
}

/// The object is as a published schema says, has nothing else, and would be so with more in every part of it.
pub(crate) fn kept(schema: &str, written: &Value) {
    fn add(value: &mut Value) {
        match value {
            Value::Object(map) => {
                map.values_mut().for_each(add);
                map.insert("added_by_a_later_version".to_owned(), Value::Null);
            }
            Value::Array(list) => list.iter_mut().for_each(add),
            _ => {}
        }
    }
    valid(&strict(schema).to_string(), written);
    let mut more = written.clone();
    add(&mut more);
    valid(schema, &more);
    assert!(!is_valid(&strict(schema).to_string(), &more));
}

/// Holds an object against a schema.
pub(crate) fn valid(schema: &str, object: &Value) {
    if let Err(error) = held_against(schema, object) {
        panic!("{error}");
    }
}

/// The object is as the schema says.
pub(crate) fn is_valid(schema: &str, object: &Value) -> bool {
    held_against(schema, object).is_ok()
}

fn held_against(schema: &str, object: &Value) -> Result<(), String> {
    let schema: Value = serde_json::from_str(schema).expect("the schema is JSON");
    let mut schemas = Schemas::new();
    let mut compiler = Compiler::new();
    compiler.enable_format_assertions();
    compiler.add_resource("schema.json", schema).expect("the schema can be added");
    let index = compiler.compile("schema.json", &mut schemas).expect("the schema is one");
    schemas.validate(object, index).map_err(|error| format!("{error:#}"))
}

#[test]
fn every_format_over_one_law() {
    for format in FORMATS {
        let text = shown(&run(&check(FOLDER, &["--format", format])));
        let mut settings = crate::snapshots();
        settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/reports"));
        settings.bind(|| insta::assert_snapshot!(format, text));
    }
}

#[test]
fn the_report_for_programs_is_as_its_schema_says() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/schemas/report.schema.json");
    let schema = serde_json::to_string_pretty(&forseti::render::report_schema()).expect("it can be written") + "\n";
    if std::env::var_os("FORSETI_WRITE_DOCS").is_some() {
        fs::create_dir_all(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/schemas")).expect("the folder can be made");
        fs::write(path, &schema).expect("the schema can be written");
    }
    let held = fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
    assert!(held == schema, "renew with: FORSETI_WRITE_DOCS=1 cargo test the_report_for_programs");
    kept(&schema, &object(&report("json")));
    for call in [
        check("broken", &["--format", "json"]),
        check("nowhere", &["--format", "json"]),
        check("law", &["--format", "json"]),
        vec!["test", "odd", "--format", "json", "--coverage"],
    ] {
        kept(&schema, &object(&String::from_utf8_lossy(&run(&call).stdout)));
    }
}

#[test]
fn sarif_is_valid_and_says_what_code_scanning_needs() {
    let schema = include_str!("schemas/sarif-2.1.0.json");
    let sarif = object(&report("sarif"));
    valid(schema, &sarif);
    let run = &sarif["runs"][0];
    let results = run["results"].as_array().expect("there are results");
    let mut excused = 0;
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("a number")).expect("a small number");
        let rule = &run["tool"]["driver"]["rules"][index];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(rule["help"]["markdown"].as_str().is_some_and(|text| text.contains("## Mended")));
        assert_eq!(result["locations"].as_array().map(Vec::len), Some(1));
        assert!(result["partialFingerprints"]["primaryLocationLineHash"].is_string());
        excused += result["suppressions"].as_array().map_or(0, Vec::len);
    }
    assert_eq!(excused, 1);
    let conflict = results.iter().find(|result| result["ruleId"] == "F0801").expect("there is a conflict");
    let place = &conflict["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "../reports/50%25%20more%2C%20or%20less/convention.rules");
    let text = include_str!("cases/reports/50% more, or less/convention.rules");
    let column = |name: &str| {
        let column = place["region"][name].as_u64().expect("a number");
        usize::try_from(column).expect("a small number") - 1
    };
    let words: String = text.chars().take(column("endColumn")).skip(column("startColumn")).collect();
    assert_eq!(words, "is direct", "columns count characters");
    let related = &conflict["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(related, "../reports/treaties.rules");

    let missing = object(&String::from_utf8_lossy(&crate::cli::run(&check("nowhere", &["--format", "sarif"])).stdout));
    valid(schema, &missing);
    assert_eq!(missing["runs"][0]["invocations"][0]["executionSuccessful"], false);
}

#[test]
fn gitlab_takes_every_entry() {
    let entries = object(&report("gitlab"));
    let entries = entries.as_array().expect("a list");
    assert!(entries.len() >= 3);
    for entry in entries {
        valid(include_str!("schemas/gitlab-code-quality.json"), entry);
        let severity = entry["severity"].as_str().expect("a word");
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&severity));
    }
}

/// What the runner of GitHub Actions reads in a line: command, properties, message.
pub(crate) fn annotation(line: &str) -> (String, Vec<(String, String)>, String) {
    let data = |text: &str| text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
    let property = |text: &str| {
        let text = text.replace("%0D", "\r").replace("%0A", "\n").replace("%3A", ":").replace("%2C", ",");
        text.replace("%25", "%")
    };
    let (head, message) = line.strip_prefix("::").and_then(|rest| rest.split_once("::")).expect("a command");
    let (command, properties) = head.split_once(' ').expect("a command with properties");
    let properties = properties.split(',').map(|pair| {
        let (name, value) = pair.split_once('=').expect("a name and a value");
        (name.to_owned(), property(value))
    });
    (command.to_owned(), properties.collect(), data(message))
}

#[test]
fn github_reads_every_annotation() {
    let annotations: Vec<_> = report("github").lines().map(annotation).collect();
    let json = object(&report("json"));
    let open = json["findings"].as_array().expect("a list").iter().filter(|finding| finding["excused"].is_null());
    let open: Vec<_> = open.collect();
    assert_eq!(annotations.len(), open.len());
    for ((command, properties, message), finding) in annotations.iter().zip(open) {
        let severity = finding["severity"].as_str().expect("a word");
        assert_eq!(command, if severity == "note" { "notice" } else { severity });
        let get = |name: &str| properties.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str());
        assert_eq!(get("file"), finding["place"]["path"].as_str());
        assert_eq!(get("line").map(str::to_owned), finding["place"]["line"].as_u64().map(|line| line.to_string()));
        assert_eq!(message.lines().next(), finding["message"].as_str());
    }
}

#[test]
fn junit_is_xml_whose_counts_are_right() {
    for (law, format) in [(FOLDER, "junit"), ("law", "junit"), ("nowhere", "junit")] {
        let text = String::from_utf8(run(&check(law, &["--format", format])).stdout).expect("a report is text");
        let xml = Document::parse(&text).expect("the report is XML");
        let of = |name: &str| xml.descendants().filter(|node| node.has_tag_name(name)).count().to_string();
        let root = xml.root_element();
        assert_eq!(root.attribute("tests"), Some(of("testcase").as_str()), "{text}");
        assert_eq!(root.attribute("failures"), Some(of("failure").as_str()));
        assert_eq!(root.attribute("skipped"), Some(of("skipped").as_str()));
    }
    let text = report("junit");
    let xml = Document::parse(&text).expect("the report is XML");
    let skipped = xml.descendants().find(|node| node.has_tag_name("skipped")).expect("one is excused");
    let reason = "excused because the <old> text & the new one left out a day, \"100%\"";
    assert_eq!(skipped.attribute("message"), Some(reason));
}

#[test]
fn several_formats_are_written_in_one_run() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = |name: &str| folder.path().join(name);
    let all: Vec<String> = FORMATS.iter().map(|name| format!("{name}={}", path(name).display())).collect();
    let formats: Vec<&str> = all.iter().flat_map(|format| ["--format", format.as_str()]).collect();
    let output = run(&check(FOLDER, &formats));
    assert_eq!(code(&output), 1);
    assert_eq!(String::from_utf8_lossy(&output.stdout), report("human"), "the report for people is shown besides");
    for format in FORMATS {
        assert_eq!(fs::read_to_string(path(format)).expect("it was written"), report(format), "{format}");
    }
    let out = path("out").display().to_string();
    let output = run(&check(FOLDER, &["--format", "concise", "--output", &out]));
    assert!(output.stdout.is_empty());
    assert_eq!(fs::read_to_string(path("out")).expect("it was written"), report("concise"));
    assert_eq!(fs::read_dir(folder.path()).expect("it is there").count(), FORMATS.len() + 1, "nothing is left beside");
}

#[test]
fn a_dash_is_standard_output() {
    let plain = report("plain");
    for more in [
        &["--format", "plain=-"][..],
        &["--format", "plain", "--output", "-"],
        &["--format", "plain=-", "--output", "-"],
    ] {
        let output = run(&check(FOLDER, more));
        assert_eq!(code(&output), 1, "{more:?}");
        assert_eq!(String::from_utf8_lossy(&output.stdout), plain, "{more:?}");
    }
    assert!(!Path::new(crate::cli::CASES).join("-").exists());
}

#[test]
fn outputs_that_cannot_be_are_refused() {
    for (more, says) in [
        (&["--format", "sarfi"][..], "did you mean `sarif`?"),
        (&["--format", "json", "--format", "sarif"][..], "cannot both be shown"),
        (&["--format", "json=-", "--format", "sarif"][..], "cannot both be shown"),
        (&["--format", "json=same", "--output", "same"][..], "two reports would be written"),
        (&["--format", "json="][..], "missing after `=`"),
    ] {
        let output = run(&check(FOLDER, more));
        assert_eq!(code(&output), 2);
        let text = String::from_utf8_lossy(&output.stderr);
        assert!(text.contains(says), "{text}");
    }
    let output = run(&check(FOLDER, &["--format", "json=law/norway.rules/report.json"]));
    assert_eq!(code(&output), 2);
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot be written"));
    assert!(!Path::new(crate::cli::CASES).join("same").exists());
}

#[test]
fn a_reader_that_leaves_early_is_no_trouble_in_any_format() {
    for format in FORMATS {
        let mut child = forseti(&check(FOLDER, &["--format", format]))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command can be run");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        assert_eq!((code(&output), String::from_utf8_lossy(&output.stderr).as_ref()), (1, ""), "{format}");
    }
}

#[test]
fn a_report_is_as_wide_as_was_asked_for() {
    // the lines of the files and the command to copy are never broken
    let prose = |width: &str| -> Vec<usize> {
        let output = run(&check(FOLDER, &["--width", width]));
        let text = String::from_utf8(output.stdout).expect("a report is text");
        let prose = text.lines().filter(|line| !line.contains(['│', '·', '╭', '╰']) && !line.contains("try:"));
        prose.map(|line| line.chars().count()).collect()
    };
    let narrow = prose("80").into_iter().max().expect("there are lines");
    let wide = prose("200").into_iter().max().expect("there are lines");
    assert!(narrow <= 80 && (101..=200).contains(&wide), "{narrow} {wide}");
    assert_eq!(code(&run(&check(FOLDER, &["--width", "7"]))), 2);
}

/// The formats of `test`: each names what fails, and those of tests name every test.
#[test]
fn the_tests_of_the_law_are_reported_in_every_format() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("law")).expect("a folder");
    for name in ["agreement.rules", "norway.rules", "vocabulary.rules"] {
        let from = Path::new(crate::cli::CASES).join("law").join(name);
        fs::copy(from, folder.path().join("law").join(name)).expect("copied");
    }
    let fails = "test \"it & <fails>\" { transfer from Denmark to Norway on 2026-01-01 channel no rule }\n";
    fs::write(folder.path().join("law/fails.rules"), fails).expect("written");
    for format in FORMATS {
        let arguments = ["test", "law", "--prefix", "up/./here", "--format", format];
        let output = forseti(&arguments).current_dir(folder.path()).output().expect("the command runs");
        let text = String::from_utf8(output.stdout.clone()).expect("text");
        assert_eq!(code(&output), 1, "{format}: {text}");
        assert!(text.contains("up/here/law/fails.rules"), "{format}: {text}");
        match format {
            "json" => valid(include_str!("../docs/schemas/report.schema.json"), &object(&text)),
            "sarif" => valid(include_str!("schemas/sarif-2.1.0.json"), &object(&text)),
            "gitlab" => assert_eq!(object(&text).as_array().map(Vec::len), Some(1)),
            "junit" => {
                let xml = Document::parse(&text).expect("XML");
                let cases = || xml.descendants().filter(|node| node.has_tag_name("testcase"));
                assert!(cases().any(|case| case.attribute("name") == Some("it & <fails>")));
                let failed = cases().filter(|case| case.children().any(|node| node.has_tag_name("failure"))).count();
                let suites = xml.root_element();
                assert_eq!(suites.attribute("failures"), Some(failed.to_string().as_str()));
                assert_eq!(suites.attribute("tests"), Some(cases().count().to_string().as_str()));
                assert!(failed == 1 && cases().count() > 1);
            }
            _ => {}
        }
    }
}
