//! Rules that change no answer, compared with every case: small tables of rows, many of which say the same, each taken out
//! alone and all of them together.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use forseti::answer::answer;
use forseti::finding::{Code, Finding, Place};

use super::cases::{Small, said};
use super::findings::line_number;
use super::lines::Line;
use super::times;
use super::verdict::Said;
use crate::dice::Dice;

/// A table: each row is a provision with one rule, on a line of its own.
fn table(seed: u64) -> String {
    let mut dice = Dice::new(seed);
    let mut text = String::from(
        "country Norway (NO), Sweden (SE)\nmatter m \"m\" between countries\nfact a : yes or no\nfact n : number or unknown\n\
         instrument t \"t\" { kind treaty governs m parties Norway, Sweden }\n\
         instrument u \"u\" { kind arrangement governs m parties Norway, Sweden }\n",
    );
    if dice.happens(2) {
        text.push_str("never a and n at most 2 because \"it cannot be\"\n");
    }
    let rows = 3 + dice.throw(4);
    let texts: Vec<&str> = (0..rows).map(|_| if dice.happens(2) { "u" } else { "t" }).collect();
    let conditions =
        ["a", "not a", "n is 3", "n at least 3", "n is unknown", "a and n at least 3", "a or n is unknown"];
    for (row, of) in texts.iter().enumerate() {
        let clause = match dice.throw(5) {
            word @ 0..=2 => {
                let other = dice.throw(rows);
                let clause = ["notwithstanding", "subject to", "notwithstanding"][word];
                if other == row { String::new() } else { format!(" {clause} {} \"row {other}\"", texts[other]) }
            }
            _ => String::new(),
        };
        let condition = dice.one(&conditions);
        let when = if dice.happens(6) { format!(" when {condition}") } else { String::new() };
        let rule = match dice.throw(5) {
            0 => format!("requested authority shall do-it only when {condition}"),
            1 => format!(
                "requested authority shall not do-it{} when {condition}",
                if dice.happens(5) { " only" } else { "" }
            ),
            _ => format!("channel {} {}{when}", dice.one(&["is", "is", "may be"]), dice.one(&["x", "x", "y"])),
        };
        let _ = writeln!(text, "provision \"row {row}\" of {of}{clause} {{\n  {rule}\n}}");
    }
    text
}

/// The answers to all questions in all cases.
fn every_answer(small: &Small, like: &Small) -> Vec<(String, Said)> {
    let mut all = Vec::new();
    for (id, asked) in like.questions() {
        // A question on which nothing is left is asked all the same.
        let head = like.law[id].head;
        let same = small.questions().into_iter().find(|(_, other)| *other == asked);
        for setting in like.settings(&asked) {
            for facts in like.facts(&asked, &setting) {
                let case = small.case(&setting, &facts);
                let said = match &same {
                    Some((id, _)) => said(&small.law, &answer(&small.law, small.law[*id].head, &case)),
                    None => Said { status: "no-rule", incomplete: false, answers: BTreeSet::new() },
                };
                all.push((forseti::words::ask_command(&like.law, head, &like.case(&setting, &facts)), said));
            }
        }
    }
    all
}

/// The law without these lines of the text.
fn without(text: &str, gone: &BTreeSet<usize>) -> Option<Small> {
    let left = text.lines().enumerate().map(|(at, line)| if gone.contains(&(at + 1)) { "" } else { line });
    Small::of(&(left.collect::<Vec<_>>().join("\n") + "\n"))
}

/// In all cases of what the rule on this line says, rules on other lines say it.
fn is_said_by_others(small: &Small, row: usize) -> bool {
    let is_own = |line: &Line<'_>| line.rule.and_then(|rule| rule.at.as_ref()).is_some_and(|at| at.line == row);
    let mut cases = 0;
    for (_, asked) in small.questions() {
        let lines = small.lines(&asked);
        for setting in small.settings(&asked) {
            let candidates = small.candidates(&lines, &setting);
            for facts in small.facts(&asked, &setting) {
                let applying = small.applying(&candidates, &setting, &facts);
                for own in applying.iter().filter(|line| is_own(line)) {
                    cases += 1;
                    if !applying.iter().any(|line| !is_own(line) && line.answer == own.answer) {
                        return false;
                    }
                }
            }
        }
    }
    cases > 0
}

#[test]
fn what_changes_no_answer_is_found_and_can_go_together() {
    let (mut found, mut settled) = (0, 0);
    for seed in 90_000..90_000 + 150 * times() {
        let text = table(seed);
        let Some(small) = Small::of(&text) else { panic!("{text}") };
        let before = every_answer(&small, &small);
        let changes = |gone: &BTreeSet<usize>| {
            let other = without(&text, gone).expect("it has no errors without a rule");
            let after = every_answer(&other, &small);
            before.iter().zip(after).find(|(before, after)| **before != *after).map(|(before, _)| before.0.clone())
        };
        let proved = forseti::proof::prove(&small.law);
        let redundant: Vec<&Finding> = proved.iter().filter(|finding| finding.code == Code::Redundant).collect();
        let line = |place: &Place| line_number(&text, place);
        let reported: BTreeSet<usize> =
            redundant.iter().map(|finding| line(finding.place.as_ref().expect("a place"))).collect();
        for row in &reported {
            assert_eq!(changes(&[*row].into()), None, "line {row} alone of\n{text}");
            assert!(is_said_by_others(&small, *row), "nobody says line {row} of\n{text}");
        }
        assert_eq!(changes(&reported), None, "without {reported:?} of\n{text}");
        found += reported.len();
        // Who takes part in a conflict is no answer, and matters all the same.
        if before.iter().any(|(_, said)| said.status == "conflict") {
            continue;
        }
        settled += 1;
        // What could go and is not reported is named beside what goes in its place.
        let named: BTreeSet<usize> = redundant
            .iter()
            .flat_map(|finding| &finding.others)
            .filter(|place| place.label.contains("instead"))
            .map(line)
            .collect();
        let rules: Vec<usize> =
            text.lines().enumerate().filter(|(_, line)| line.starts_with("  ")).map(|(at, _)| at + 1).collect();
        for row in rules.into_iter().filter(|row| !reported.contains(row)) {
            let could = is_said_by_others(&small, row) && changes(&[row].into()).is_none();
            assert!(named.contains(&row) || !could, "line {row} could go of\n{text}{redundant:#?}");
        }
    }
    assert!(found > 50 && settled > 10, "{found} were found, and {settled} laws have no conflict");
}
