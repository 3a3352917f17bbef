//! What must hold of every law: properties of the meaning, over small random laws and all their cases.
//!
//! The laws are random texts ([`random`]), so that reading and resolving take part. What they mean is judged by an oracle
//! with its own, deliberately plain reading of the semantics ([`lines`], [`verdict`], [`cases`]): it is told what is
//! written by the emitted JSON ([`written`]), spreads rules out itself, and looks at cases one by one. A second judge
//! ([`judge`]) looks at no case: it asks a library whether formulas can be true.
//!
//! What changes nothing is asked of two laws, one of them written otherwise ([`same`]).
//!
//! A law that fails is made smaller, line by line, before it is shown. Seeds are fixed. For a long run,
//! `FORSETI_LAWS=100 cargo test --release properties` looks at a hundred times as many laws.

mod answers;
mod cases;
mod depends;
mod findings;
mod idle;
mod judge;
mod lines;
pub(crate) mod random;
mod regions;
mod renamed;
mod repeated;
mod rows;
mod same;
mod unread;
mod verdict;
mod written;

use cases::Small;
pub(crate) use random::random_law;

/// How many times as many random laws are to be looked at.
pub(crate) fn times() -> u64 {
    std::env::var("FORSETI_LAWS").ok().and_then(|times| times.parse().ok()).unwrap_or(1)
}

/// Looks at so many random laws, or more if the environment asks for more: `holds` says what is wrong, if anything is,
/// and how much it has seen. What is seen must come to `least` at least.
fn every_law(seeds: u64, count: u64, least: usize, holds: impl Fn(&Small, &str, u64) -> Result<usize, String>) {
    let times = times();
    let (mut seen, mut laws) = (0, 0);
    for seed in seeds..seeds + count * times {
        let text = random::random_law(seed);
        // Now and then a random law has an error, which is found before anything is asked of it.
        let Some(small) = Small::of(&text) else { continue };
        laws += 1;
        match holds(&small, &text, seed) {
            Ok(more) => seen += more,
            Err(wrong) => {
                let fails = |text: &str| Small::of(text).and_then(|small| holds(&small, text, seed).err());
                let smaller = smaller(text, &fails);
                panic!(
                    "seed {seed}: {}\n{smaller}\n(before it was made smaller: {wrong})",
                    fails(&smaller).unwrap_or_default()
                );
            }
        }
    }
    assert!(laws * 3 >= count * times, "too few of the random laws are free of errors: {laws}");
    assert!(seen >= least, "the random laws show too little: {seen}");
}

/// The law without every line that is not needed for it to fail.
fn smaller(mut text: String, fails: &dyn Fn(&str) -> Option<String>) -> String {
    let mut size = text.lines().count() / 2;
    while size > 0 {
        let mut start = 0;
        while start < text.lines().count() {
            let kept: Vec<&str> = text
                .lines()
                .enumerate()
                .filter(|(at, _)| !(start..start + size).contains(at))
                .map(|(_, line)| line)
                .collect();
            let shorter = kept.join("\n") + "\n";
            if fails(&shorter).is_some() {
                text = shorter;
            } else {
                start += 1;
            }
        }
        size /= 2;
    }
    text
}
