//! How long the module of a large body of law takes to compile and to answer: `cargo bench --bench lookup`.
//!
//! The module is written, compiled by `rustc -O` with a driver beside it, and run. The driver asks the same queries of the
//! module, of a hash map with wildcard probes written by hand, and of an array that fits the nearest cache, where each index
//! depends on the one before. Answers of the module are compared with those of the map.
//!
//! `hostile` among the sizes asks for the law of one question in which nearly everything meets, with 10,000 rules.

#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "measures and prints")]

#[path = "../tests/dice.rs"]
mod dice;
#[path = "../tests/workload.rs"]
#[allow(dead_code, reason = "the tests use the rest")]
mod workload;

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use forseti::answer::answer;
use forseti::case::Case;
use forseti::emit::{Format, artifacts};
use forseti::law::{CountryId, Day, FactValue, Law};
use forseti::source::{SourceFile, Sources};
use forseti::{resolve, syntax};

fn main() {
    let sizes: Vec<usize> = std::env::args().filter_map(|size| size.parse().ok()).collect();
    let hostile = std::env::args().any(|word| word == "hostile");
    let all = sizes.is_empty() && !hostile;
    for size in if all { vec![1_000, 10_000, 100_000] } else { sizes } {
        measured(size);
    }
    if all || hostile {
        rows_of_bits(10_000);
    }
}

/// The module of the hostile law, whose diagram would be too large.
fn rows_of_bits(size: usize) {
    println!("{size} hostile rules");
    let mut sources = Sources::default();
    sources.add(SourceFile::new("hostile.rules", workload::hostile(size, 7)));
    let (ast, _) = syntax::parse(&sources);
    let (law, _) = resolve::resolve(&ast);
    let folder = tempfile::tempdir().expect("a folder can be made");
    compiled(
        folder.path(),
        &law,
        &sources,
        ("hostile.rs", include_bytes!("hostile.rs")),
        &[("cases.txt", &cases(&law))],
    );
    let run = Command::new(folder.path().join("hostile")).current_dir(folder.path()).status().expect("it runs");
    assert!(run.success(), "the module answers as the reference");
}

/// Cases with everything given, and what kind of answer the reference has: from, to, day, the facts in their order, status.
fn cases(law: &Law) -> String {
    let mut dice = dice::Dice::new(11);
    let (_, question) = law.questions().next().expect("a question");
    let requested = law.countries().position(|(_, country)| country.name == "Andorra").expect("it has the rules");
    let mut text = String::new();
    for _ in 0..2_000 {
        let mut from = dice.throw(law.countries.len());
        let on = 10_957 + dice.throw(10_000);
        let facts = [dice.throw(10), dice.throw(5), dice.throw(8), dice.throw(2), dice.throw(2), dice.throw(300)];
        if from == requested {
            from = (from + 1) % law.countries.len();
        }
        let small = |number: usize| u32::try_from(number).expect("a small number");
        let value = |name: &str| match name {
            "district" => FactValue::Choice(small(facts[0])),
            "stage" => FactValue::Choice(small(facts[1])),
            "origin" => FactValue::Choice(small(facts[2])),
            "urgent" => FactValue::YesNo(facts[3] == 1),
            "minor" => FactValue::YesNo(facts[4] == 1),
            _ => FactValue::Number(i64::from(small(facts[5]))),
        };
        let case = Case {
            matter: question.matter,
            requesting: CountryId(small(from)),
            requested: CountryId(small(requested)),
            on: Day(on.try_into().expect("a day")),
            under: None,
            facts: law.facts().map(|(id, fact)| (id, value(&fact.name))).collect(),
            events: std::collections::BTreeMap::new(),
        };
        let status = answer(law, question.head, &case).status;
        let numbers = facts.map(|number| number.to_string()).join(" ");
        let _ = writeln!(text, "{from} {requested} {on} {numbers} {status:?}");
    }
    text
}

/// Writes the module and compiles it with a driver, which reads these files.
fn compiled(folder: &Path, law: &Law, sources: &Sources, driver: (&str, &[u8]), files: &[(&str, &str)]) {
    let clock = Instant::now();
    let module = artifacts(law, sources, &[Format::Rust]).remove(0);
    println!("  writing the module   {:>8.1} s", clock.elapsed().as_secs_f64());
    #[allow(clippy::cast_precision_loss, reason = "for people")]
    let megabytes = module.bytes.len() as f64 / 1e6;
    println!("  the module           {megabytes:>8.1} MB");
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.join(name), bytes).expect("a file can be written");
    write("rules.rs", &module.bytes);
    write(driver.0, driver.1);
    for (name, text) in files {
        write(name, text.as_bytes());
    }
    let clock = Instant::now();
    let compiler = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned());
    let done = Command::new(compiler)
        .args(["-O", "--edition=2024", driver.0])
        .current_dir(folder)
        .status()
        .expect("there is a compiler");
    assert!(done.success(), "the driver is compiled");
    println!("  rustc -O             {:>8.1} s", clock.elapsed().as_secs_f64());
}

fn measured(size: usize) {
    let work = workload::competence(size, 7);
    let mut sources = Sources::default();
    sources.add(SourceFile::new("workload.rules", work.text));
    let (ast, _) = syntax::parse(&sources);
    let (law, _) = resolve::resolve(&ast);
    println!("{size} rules");
    let folder = tempfile::tempdir().expect("a folder can be made");
    let acts: Vec<&str> = law.acts.iter().map(|act| act.name.as_str()).collect();
    let files = [("rows.txt", rows(&law)), ("acts.txt", acts.join("\n"))];
    let files = files.each_ref().map(|(name, text)| (*name, text.as_str()));
    compiled(folder.path(), &law, &sources, ("driver.rs", include_bytes!("driver.rs")), &files);
    let run = Command::new(folder.path().join("driver")).current_dir(folder.path()).status().expect("it runs");
    assert!(run.success(), "the module answers as the map");
    instructions(folder.path());
}

/// The rules as the driver reads them: act, from (-1: any), to, district (-1: any), first day, first day after, office.
fn rows(law: &Law) -> String {
    use forseti::law::{Condition, FactTest, FactValue, QuestionHead, Value};
    let mut text = String::new();
    for line in &law.lines {
        let QuestionHead::Authority(act, _) = law[line.question].head else { continue };
        let relations = &law[line.scope.relations];
        let only = |set: Option<forseti::law::CountrySet>| {
            set.and_then(|set| set.iter().next()).map_or(-1, |country| i64::from(country.0))
        };
        let mut district = -1;
        law[line.condition].for_each_test(&mut |test| {
            if let Condition::Fact(_, FactTest::IsOneOf(values)) = test
                && let [FactValue::Choice(choice)] = values.as_slice()
            {
                district = i64::from(*choice);
            }
        });
        let Some(Value::Authority(office, _)) = line.answer.and_then(|answer| law[answer].values.first()) else {
            continue;
        };
        let numbers = [
            i64::from(act.0),
            only(relations.from),
            only(relations.to),
            district,
            i64::from(line.scope.dates.from.0),
            i64::from(line.scope.dates.until.0),
            i64::from(office.0),
        ];
        text.push_str(&numbers.map(|number| number.to_string()).join(" "));
        text.push('\n');
    }
    text
}

/// Instructions for one lookup, counted by valgrind: the difference of two runs.
fn instructions(folder: &Path) {
    let count = |lookups: &str| -> Option<f64> {
        let run = Command::new("valgrind")
            .args(["--tool=callgrind", "--callgrind-out-file=/dev/null", "./driver", lookups])
            .current_dir(folder)
            .output()
            .ok()?;
        let text = String::from_utf8_lossy(&run.stderr).into_owned();
        let line = text.lines().find_map(|line| line.split("Collected :").nth(1))?;
        line.trim().parse().ok()
    };
    match (count("10000"), count("110000")) {
        (Some(few), Some(many)) => println!("  instructions         {:>8.0} a lookup", (many - few) / 100_000.0),
        _ => println!("  instructions are not counted: there is no valgrind"),
    }
}
