//! How long it takes to check large bodies of law, stage by stage, beside what the same takes by hand: `cargo bench`.
//!
//! Times are those of the clock, in one thread; the ratios mean more than the figures. What is found is compared with what
//! was planted.

#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "measures and prints")]

mod bare;
#[path = "../tests/clauses.rs"]
mod clauses;
#[path = "../tests/dice.rs"]
mod dice;
mod floors;
#[path = "../tests/workload.rs"]
mod workload;

use std::hint::black_box;
use std::time::{Duration, Instant};

use forseti::finding::{Code, Finding};
use forseti::source::{SourceFile, Sources};
use forseti::{check, proof, resolve, syntax};

fn main() {
    let given: Vec<usize> = std::env::args().filter_map(|size| size.parse().ok()).collect();
    let sizes = if given.is_empty() { vec![1_000, 10_000, 100_000] } else { given.clone() };
    let mut before: Option<(usize, Duration)> = None;
    for size in sizes {
        let took = planted(size);
        if let Some((smaller, earlier)) = before {
            let (times, growth) = (ratio(size, smaller), took.as_secs_f64() / earlier.as_secs_f64());
            println!("  {growth:.1} times the time for {times:.0} times the rules");
        }
        before = Some((size, took));
    }
    for size in [1_000, 10_000].into_iter().filter(|_| given.is_empty()) {
        with_clauses(size);
        hostile(size);
    }
}

#[allow(clippy::cast_precision_loss, reason = "for people")]
fn ratio(of: usize, to: usize) -> f64 {
    of as f64 / to as f64
}

/// What each stage took, and what was found.
struct Run {
    stages: [(&'static str, Duration); 4],
    /// What is in use after each stage, in megabytes, where the system tells.
    resident: [Option<u32>; 4],
    findings: Vec<Finding>,
    law: forseti::law::Law,
}

/// A body of law of one file.
fn one_file(text: String) -> Sources {
    let mut sources = Sources::default();
    sources.add(SourceFile::new("workload.rules", text));
    sources
}

fn run(sources: &Sources) -> Run {
    let ((ast, mut findings), parsing) = timed(|| syntax::parse(sources));
    let after_parsing = memory("VmRSS:");
    let ((law, found), resolving) = timed(|| resolve::resolve(&ast));
    let after_resolving = memory("VmRSS:");
    drop(ast);
    findings.extend(found);
    let wrong = findings.iter().find(|finding| forseti::compile::is_error(finding));
    assert!(wrong.is_none(), "the workload is not in order: {wrong:?}");
    let (found, checking) = timed(|| check::check(&law, None));
    findings.extend(found);
    let after_checking = memory("VmRSS:");
    let (found, proving) = timed(|| proof::prove(&law));
    let resident = [after_parsing, after_resolving, after_checking, memory("VmRSS:")];
    findings.extend(found);
    let stages = [("parse", parsing), ("resolve", resolving), ("static checks", checking), ("proofs", proving)];
    Run { stages, resident, findings, law }
}

fn planted(size: usize) -> Duration {
    let workload::Workload { text, truth } = workload::competence(size, 7);
    let sources = one_file(text);
    let text = sources.iter().map(|(_, file)| file.text.as_str()).next().unwrap_or("");
    #[allow(clippy::cast_precision_loss, reason = "for people")]
    let megabytes = text.len() as f64 / 1e6;
    println!("{size} rules, {megabytes:.1} MB, {} claims of completeness", text.matches("\ncomplete ").count());
    let (read, reading) = shortest(|| floors::read(black_box(text)));
    let (conflicts, pairing) = shortest(|| floors::conflicts(black_box(&read.rows)));
    let (gaps, covering) = shortest(|| floors::gaps(black_box(&read.rows), black_box(&read.claims)));
    assert_eq!((conflicts, gaps), (truth.conflicts.len(), truth.gaps.len()), "by hand");
    let floor = reading + pairing + covering;
    drop(read);
    let (_, reading_alone) = shortest(|| bare::pest(black_box(text)));

    reset_peak();
    let mut run = run(&sources);
    let peak = peak();
    // The work by hand is the shortest of five, too.
    for _ in 1..5 {
        let again = self::run(&sources);
        for (best, next) in run.stages.iter_mut().zip(again.stages) {
            best.1 = best.1.min(next.1);
        }
    }
    let found = workload::found(text, &run.law, &run.findings);
    let agrees = if found == truth { "as planted, nothing else" } else { "NOT what was planted" };
    println!(
        "  {} conflicts, {} gaps, {} repeated rules: {agrees}",
        found.conflicts.len(),
        found.gaps.len(),
        found.repeated.len()
    );
    let total: Duration = run.stages.iter().map(|stage| stage.1).sum();
    for ((name, took), resident) in run.stages.into_iter().zip(run.resident) {
        let resident = resident.map(|megabytes| format!("{megabytes:>8} MB in use then")).unwrap_or_default();
        println!("  {name:<14} {:>10.1} ms {resident}", milliseconds(took));
    }
    println!("  {:<14} {:>10.1} ms", "all", milliseconds(total));
    println!(
        "  pest alone     {:>10.1} ms, {:.2} times that to parse",
        milliseconds(reading_alone),
        run.stages[0].1.as_secs_f64() / reading_alone.as_secs_f64()
    );
    println!(
        "  by hand        {:>10.1} ms  (reading {:.1}, overlaps {:.1}, gaps {:.1})",
        milliseconds(floor),
        milliseconds(reading),
        milliseconds(pairing),
        milliseconds(covering)
    );
    println!("  {:.1} times the work by hand", total.as_secs_f64() / floor.as_secs_f64());
    if let Some(peak) = peak {
        println!("  peak memory    {peak:>10} MB with the text, {:.1} times it", f64::from(peak) / megabytes);
    }
    assert_eq!(found, truth, "what is found is what was planted");
    total
}

fn with_clauses(size: usize) {
    let work = clauses::precedence(size, 7);
    println!("as many clauses as rules: {size} rules in four questions");
    let run = run(&one_file(work.text));
    let found = clauses::found(&run.law, &run.findings);
    println!(
        "  {} conflicts, {} circles, {} clauses that settle nothing, {} rules that never decide, among {} clauses: as planted",
        found.conflicts.len(),
        found.circles.len(),
        found.idle.len(),
        found.beaten.len(),
        run.law.clauses.len()
    );
    for (name, took) in run.stages {
        println!("  {name:<14} {:>10.1} ms", milliseconds(took));
    }
    assert_eq!(found, work.truth, "what is found is what was planted");
}

fn hostile(size: usize) {
    let sources = one_file(workload::hostile(size, 7));
    println!("hostile: {size} rules over one question");
    let run = run(&sources);
    let count = |code| run.findings.iter().filter(|finding| finding.code == code).count();
    println!(
        "  {} conflicts (by provisions), {} rules that never decide, {} limits",
        count(Code::Conflict),
        count(Code::Unreachable),
        count(Code::Limit)
    );
    for (name, took) in run.stages {
        println!("  {name:<14} {:>10.1} ms", milliseconds(took));
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let clock = Instant::now();
    let done = work();
    (done, clock.elapsed())
}

/// The shortest of several runs: what is short is disturbed easily.
fn shortest<T>(work: impl Fn() -> T) -> (T, Duration) {
    let first = timed(&work);
    (1..5).map(|_| timed(&work)).fold(first, |best, next| if next.1 < best.1 { next } else { best })
}

/// Lets the peak of memory be counted from here on, where the system can.
fn reset_peak() {
    // Where it cannot, the peak is that of the whole run so far.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// The most memory that was in use, in megabytes, where the system tells.
fn peak() -> Option<u32> {
    memory("VmHWM:")
}

fn memory(which: &str) -> Option<u32> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(which))?;
    let kilobytes: u32 = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    Some(kilobytes / 1000)
}
