//! The module is compiled by the compiler that is at hand, and asked.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use forseti::emit::{Format, artifacts_within};
use forseti::law::Law;
use forseti::source::Sources;

use super::{artifact, case, law, law_or_errors, reference, shipped};
use crate::properties::random::random_law;
use crate::properties::times;

/// Runs the compiler in the folder; what it says, if it says anything.
fn rustc(folder: &Path, arguments: &[&str]) {
    let compiler = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned());
    let done = Command::new(compiler).args(arguments).current_dir(folder).output().expect("there is a compiler");
    assert!(done.status.success() && done.stderr.is_empty(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// Compiles the module alone, for a target without an operating system, denying whatever can be denied, in a crate that
/// uses nothing of it.
fn compiles(module: &str) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    std::fs::write(folder.path().join("rules.rs"), module).expect("a file can be written");
    let lints = "warnings, missing_docs, missing_debug_implementations, rust_2018_idioms, unused, unsafe_code";
    let ways = [
        ("public", "/// The law.\npub mod rules;\n"),
        ("private", "mod rules;\n"),
        ("included", "mod law { include!(\"rules.rs\"); }\n"),
    ];
    for (name, text) in ways {
        let text = format!("//! A crate.\n#![no_std]\n#![deny({lints})]\n#![forbid(unsafe_code)]\n{text}");
        std::fs::write(folder.path().join(format!("{name}.rs")), text).expect("a file can be written");
    }
    for (name, edition) in [("public", "2021"), ("public", "2024"), ("private", "2021"), ("included", "2024")] {
        let crate_root = format!("{name}.rs");
        rustc(folder.path(), &["--crate-type=lib", "--emit=metadata", "--edition", edition, &crate_root]);
    }
    rustc(folder.path(), &["--crate-type=lib", "--emit=metadata", "--edition=2018", "rules.rs"]);
}

/// Compiles modules side by side in one crate, in the oldest and the newest way, denying warnings.
pub(super) fn compiles_all(modules: &[String]) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let mut root = String::from("#![no_std]\n#![deny(warnings)]\n");
    for (at, module) in modules.iter().enumerate() {
        std::fs::write(folder.path().join(format!("rules{at}.rs")), module).expect("a file can be written");
        let _ = writeln!(root, "pub mod rules{at};");
    }
    std::fs::write(folder.path().join("all.rs"), root).expect("a file can be written");
    for edition in ["2021", "2024"] {
        rustc(folder.path(), &["--crate-type=lib", "--emit=metadata", "--edition", edition, "all.rs"]);
    }
}

/// What a program prints that has the module beside it.
pub(super) fn run(module: &str, main: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder can be made");
    for (name, text) in [("rules.rs", module), ("main.rs", main)] {
        std::fs::write(folder.path().join(name), text).expect("a file can be written");
    }
    rustc(folder.path(), &["--edition=2021", "main.rs"]);
    let done = Command::new(folder.path().join("main")).output().expect("the program runs");
    assert!(done.status.success(), "{done:?}");
    String::from_utf8(done.stdout).expect("it writes text")
}

/// Compiles the module with the harness and compares what it answers with the reference.
fn agrees(law: &Law, sources: &Sources, most: usize) {
    module_agrees(law, &artifact(law, sources, "rules.rs"), most);
}

fn module_agrees(law: &Law, module: &str, most: usize) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let harness = format!("{}\n{}", include_str!("harness.rs"), reader(module));
    for (name, text) in [("rules.rs", module), ("harness.rs", harness.as_str())] {
        std::fs::write(folder.path().join(name), text).expect("a file can be written");
    }
    rustc(
        folder.path(),
        &["--edition=2021", "-Copt-level=1", "-Cdebug-assertions=on", "-Coverflow-checks=on", "harness.rs"],
    );
    let cases = reference::cases(law, most);
    assert!(!cases.is_empty());
    let input: String = cases.iter().map(|(question, case)| reference::written(law, *question, case) + "\n").collect();
    let mut program = Command::new(folder.path().join("harness"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the harness runs");
    let mut stdin = program.stdin.take().expect("it reads");
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let done = program.wait_with_output().expect("the harness ends");
    writer.join().expect("it was written").expect("it was read");
    assert!(done.status.success());
    let answers = String::from_utf8(done.stdout).expect("it writes text");
    assert_eq!(answers.lines().count(), cases.len());
    let mut differences = String::new();
    for ((question, case), answer) in cases.iter().zip(answers.lines()) {
        let (wanted, depends) = reference::shown(law, *question, case);
        let (answer, on) = answer.split_once('\t').expect("the harness writes on what it depends");
        let on: BTreeSet<&str> = on.split_whitespace().collect();
        if (wanted != answer || on != depends) && differences.len() < 4000 {
            let asked = forseti::words::ask_command(law, law[*question].head, case);
            let _ = writeln!(differences, "{asked}\n  reference {wanted} {depends:?}\n  module    {answer} {on:?}");
        }
    }
    assert!(differences.is_empty(), "of {} cases:\n{differences}", cases.len());
}

/// How the harness reads the facts: each field of the module's facts in turn, and the values of those that are one of
/// several.
fn reader(module: &str) -> String {
    let fields = module.split("pub struct Facts<'a> {").nth(1).and_then(|rest| rest.split("\n}").next());
    let fields = fields.expect("the module has facts").lines().filter_map(|line| {
        let (name, kind) = line.trim().strip_prefix("pub ")?.strip_suffix(">,")?.split_once(": Option<")?;
        Some((name, kind))
    });
    let mut text = String::new();
    let mut given = String::new();
    for (at, (name, kind)) in fields.enumerate() {
        let _ = write!(given, "{name}: Given::given(words[{at}]), ");
        let inner = kind.strip_prefix("OrUnknown<").and_then(|kind| kind.strip_suffix('>')).unwrap_or(kind);
        if !["bool", "u64", "Date", "OrOther<Language>", "OrOther<Country>", "PlaceFact<'a>"].contains(&inner) {
            let _ = writeln!(
                text,
                "impl Code for {inner} {{ fn of(code: i64) -> Self {{ {inner}::ALL[code as usize] }} }}"
            );
        }
    }
    format!("{text}fn facts(words: &[&'static str]) -> Facts<'static> {{ Facts {{ {given} ..Facts::default() }} }}\n")
}

#[test]
fn the_module_of_each_case_compiles_alone_and_silently() {
    for name in ["nordic.rules", "hostile.rules", "within.rules"] {
        let (law, sources) = case(name);
        compiles(&artifact(&law, &sources, "rules.rs"));
    }
    let (empty, sources) = law(&[("a.rules", "country Norway (NO)")]);
    compiles(&artifact(&empty, &sources, "rules.rs"));
}

#[test]
fn the_module_answers_as_the_reference_in_every_case_of_a_small_law() {
    for name in ["nordic.rules", "within.rules", "disputes.rules", "places.rules", "rolls.rules"] {
        let (law, sources) = case(name);
        agrees(&law, &sources, 4000);
    }
}

/// Random laws, by turns with diagrams and without. `FORSETI_LAWS` asks for more of them.
#[test]
fn the_module_answers_as_the_reference_on_random_laws() {
    let mut seen = 0;
    for seed in 8000.. {
        // Now and then a random law has an error.
        let Ok((law, sources)) = law_or_errors(&[("law.rules", &random_law(seed))]) else { continue };
        if seen % 2 == 0 {
            agrees(&law, &sources, 1000);
        } else {
            let module = artifacts_within(&law, &sources, &[Format::Rust], 0).remove(0);
            module_agrees(&law, &String::from_utf8(module.bytes).expect("a text"), 1000);
        }
        seen += 1;
        if seen == 2 * times() {
            return;
        }
    }
}

/// Where a diagram would be too large the lines are judged when the question is asked.
#[test]
fn the_module_answers_as_the_reference_without_diagrams() {
    for name in ["nordic.rules", "disputes.rules", "places.rules"] {
        let (law, sources) = case(name);
        let module = artifacts_within(&law, &sources, &[Format::Rust], 0).remove(0);
        module_agrees(&law, &String::from_utf8(module.bytes).expect("a text"), 2000);
    }
}

/// Where besides no clause has a word in it, rows of bits choose the lines.
#[test]
fn the_module_answers_as_the_reference_by_rows_of_bits() {
    let (mixed, mixed_sources) = case("rolls.rules");
    let (hostile, hostile_sources) = law(&[("hostile.rules", &crate::workload::hostile(400, 7))]);
    for (law, sources, most) in [(mixed, mixed_sources, 4000), (hostile, hostile_sources, 6000)] {
        let module = artifacts_within(&law, &sources, &[Format::Rust], 0).remove(0);
        let module = String::from_utf8(module.bytes).expect("a text");
        assert!(module.contains(&format!("static ROLLS: [Roll; {}]", law.questions.len())));
        assert!(module.contains("static PROFILES: [Profile; 0]"));
        module_agrees(&law, &module, most);
    }
}

#[test]
fn the_module_answers_as_the_reference_on_the_shipped_law() {
    let (law, sources) = shipped();
    compiles(&artifact(&law, &sources, "rules.rs"));
    agrees(&law, &sources, 200);
}

/// The example of `docs/artifacts.md` is compiled beside the module of the shipped law and prints what the page says.
#[test]
fn the_example_of_the_page_on_artifacts_runs_as_it_says() {
    let page = include_str!("../../docs/artifacts.md");
    let block = |language: &str| {
        let (_, rest) = page.split_once(&format!("```{language}\n")).expect("the page has the block");
        rest.split_once("```").expect("the block ends").0
    };
    let (law, sources) = shipped();
    let folder = tempfile::tempdir().expect("a folder can be made");
    std::fs::write(folder.path().join("rules.rs"), artifact(&law, &sources, "rules.rs")).expect("it can be written");
    std::fs::write(folder.path().join("main.rs"), block("rust")).expect("it can be written");
    rustc(folder.path(), &["--edition=2024", "main.rs"]);
    let run = Command::new(folder.path().join("main")).output().expect("the example runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    assert_eq!(String::from_utf8_lossy(&run.stdout), block("text"));
}

/// The interpreter is compiled as part of the crate beside this file, which must be what is emitted. It is renewed like a
/// snapshot, with `INSTA_UPDATE=always`.
#[test]
fn the_data_that_the_crate_compiles_are_those_that_are_emitted() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (law, sources) = case("small.rules");
    let module = artifact(&law, &sources, "rules.rs");
    let (_, body) = module.split_once(" {\n\n").expect("the module has a body");
    let mut data = body.strip_suffix("}\n").expect("it ends").to_owned();
    for part in ["cases", "values", "answers", "tables", "facts", "lookup", "rolls", "judgment"] {
        let path = root.join(format!("src/emit/rust/runtime/{part}.rs"));
        let part = std::fs::read_to_string(path).expect("the part is there");
        assert!(data.contains(&part), "the module holds the interpreter as it is");
        data = data.replacen(&format!("{part}\n"), "", 1);
    }
    let path = root.join("snapshots/emit/small.rs");
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        std::fs::write(&path, &data).expect("the file can be written");
    }
    assert_eq!(std::fs::read_to_string(&path).expect("the file is there"), data);
}

#[test]
fn the_module_tells_more_values_apart_than_a_byte_can_count() {
    let (choices, rows): (Vec<String>, Vec<String>) = (0..300)
        .map(|at| {
            let row = format!("provision \"Row {at}\" of list {{ channel is rate-{at} when goods is kind-{at} }}\n");
            (format!("kind-{at}"), row)
        })
        .unzip();
    let tariff = format!(
        "country Norway (NO)\nmatter duty \"duty\" within one country\nfact goods : one of {} or unknown\n\
         instrument list \"the list\" {{ kind statute country Norway governs duty }}\n{}",
        choices.join(", "),
        rows.concat()
    );
    for text in [tariff, crate::scale::places(120)] {
        let (law, sources) = law(&[("a.rules", &text)]);
        agrees(&law, &sources, 3000);
    }
}
