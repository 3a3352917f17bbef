//! Laws that every difference keeps, whatever it is between: nothing against itself, the same forth and back, no change between
//! first and last that is in no step, none outside of what was edited; and nothing is passed over that differs.

use std::collections::BTreeSet;

use forseti::answer::applicability::{holds, line_applies, under_admits};
use forseti::answer::{Setting, impossible, misplaced};
use forseti::case::Case;
use forseti::difference::{Difference, difference, difference_in_full};
use forseti::law::{Law, Line, Side};
use forseti::words;

use crate::dice::Dice;
use crate::proofs::random_law;

use super::TODAY;
use super::oracle::*;

/// As far as one can see it: everything of it but the places in files.
fn seen(difference: &Difference) -> String {
    let Difference { changes, interface, not_compared, questions, beside } = difference;
    let changes: Vec<String> = changes
        .iter()
        .map(|change| {
            format!(
                "{} {} {:?} {:?} {:?} {:#?}",
                change.matter, change.question, change.categories, change.old, change.new, change.regions
            )
        })
        .collect();
    format!("{changes:#?} {interface:?} {not_compared:?} {questions} {beside:?}")
}

#[test]
fn without_passing_over_anything_a_law_does_not_differ_from_itself_either() {
    for seed in 0..12 {
        for text in [random_law(seed), crate::properties::random_law(seed)] {
            if compiles(&text) {
                let law = law_of(&text);
                let found = difference_in_full(&law, &law, TODAY);
                assert!(found.is_empty(), "{found:#?}\n{text}");
            }
        }
    }
}

/// The law with a line gone, doubled, or become another that begins alike; or with a word become one that stands elsewhere
/// behind the same word. At times with two such changes.
fn mutated(text: &str, dice: &mut Dice) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    for _ in 0..=dice.throw(2) {
        let at = dice.throw(lines.len());
        let own: Vec<String> = lines[at].split(' ').map(str::to_owned).collect();
        match dice.throw(5) {
            0 => drop(lines.remove(at)),
            1 => {
                let first = |line: &str| line.split_whitespace().next().map(str::to_owned);
                let alike: Vec<&String> = lines.iter().filter(|line| first(line) == first(&lines[at])).collect();
                let other = alike[dice.throw(alike.len())].clone();
                lines[at] = other;
            }
            2 => lines.insert(at, lines[at].clone()),
            _ if own.len() > 1 => {
                let place = 1 + dice.throw(own.len() - 1);
                let alike = words.windows(2).filter(|pair| pair[0] == own[place - 1]);
                let alike: Vec<&str> = alike.map(|pair| pair[1]).collect();
                if !alike.is_empty() {
                    let mut new = own.clone();
                    alike[dice.throw(alike.len())].clone_into(&mut new[place]);
                    lines[at] = new.join(" ");
                }
            }
            _ => {}
        }
    }
    lines.join("\n") + "\n"
}

#[test]
fn what_is_passed_over_does_not_differ() {
    let mut differing = 0;
    for seed in 0..200 {
        let random = if seed % 2 == 0 { random_law } else { crate::properties::random_law };
        let old = random(seed / 4);
        let new = mutated(&old, &mut Dice::new(seed));
        if !compiles(&old) || !compiles(&new) {
            continue;
        }
        let (old_law, new_law) = (law_of(&old), law_of(&new));
        let (quick, full) = (difference(&old_law, &new_law, TODAY), difference_in_full(&old_law, &new_law, TODAY));
        assert_eq!(seen(&quick), seen(&full), "{old}\n---- becomes ----\n{new}");
        differing += usize::from(!full.is_empty());
    }
    assert!(differing >= 20, "the versions differ too little: {differing}");
}

#[test]
fn of_the_shipped_law_nothing_is_passed_over_that_differs() {
    let loaded = forseti::load::load(&[concat!(env!("CARGO_MANIFEST_DIR"), "/rules").into()]);
    let text = loaded.sources.iter().map(|(_, file)| file.text.as_str()).collect::<Vec<_>>().join("\n");
    let old = law_of(&text);
    let mut new = text.clone();
    for (was, is) in [
        ("otherwise should be Norway.director", "otherwise could be Norway.director"),
        ("  languages for documents in Iceland are Icelandic, English\n", ""),
        ("by mail means by post and not by e-mail", "by mail means by post"),
        ("one of informed, not-informed", "one of informed, not-informed, nobody-knows"),
        ("when translated-in-requesting-country unless", "unless"),
    ] {
        assert!(new.contains(was), "{was}");
        new = new.replacen(was, is, 1);
    }
    let new = law_of(&new);
    let (quick, full) = (difference(&old, &new, TODAY), difference_in_full(&old, &new, TODAY));
    assert_eq!(seen(&quick), seen(&full));
    assert!(full.changes.len() >= 5, "the versions differ too little: {full:#?}");
}

/// Three versions of a law, each an edit of the one before.
fn three(seed: u64, random: impl Fn(u64) -> String) -> Option<[Law; 3]> {
    let first = random(seed);
    let second = edited(&first, &mut Dice::new(seed));
    let third = edited(&second, &mut Dice::new(seed + 500));
    let all = [first, second, third];
    all.iter().all(|text| compiles(text)).then(|| all.map(|text| law_of(&text)))
}

/// The questions of a difference, by what is shown of them.
fn questions(difference: &Difference) -> BTreeSet<&str> {
    difference.changes.iter().map(|change| change.question.as_str()).collect()
}

fn holds_case(difference: &Difference, question: &str, case: &Named) -> bool {
    let mut changes = difference.changes.iter().filter(|change| change.question == question);
    changes.any(|change| change.regions.iter().any(|region| case.is_in(region)))
}

/// The case is one for a law, seen from either side.
fn is_case(law: &Law, case: &Case) -> bool {
    let heads = law.questions.iter().map(|question| question.head);
    impossible(law, case).is_none() && heads.into_iter().all(|head| misplaced(law, head, case).is_none())
}

#[test]
fn what_changes_from_first_to_last_changes_in_a_step() {
    let mut held = 0;
    for seed in 0..24 {
        let random = if seed % 2 == 0 { random_law } else { crate::properties::random_law };
        let Some(laws) = three(seed, random) else { continue };
        let [first, second, third] = &laws;
        let whole = difference(first, third, TODAY);
        let steps = [difference(first, second, TODAY), difference(second, third, TODAY)];
        for case in cases([first, third], 600) {
            if !laws.iter().all(|law| is_case(law, &case.put(law))) {
                continue;
            }
            for question in questions(&whole) {
                if holds_case(&whole, question, &case) {
                    held += 1;
                    let in_step = steps.iter().any(|step| holds_case(step, question, &case));
                    assert!(in_step, "{seed}: {question}: {whole:#?}\n{steps:#?}");
                }
            }
        }
    }
    assert!(held > 200, "too few cases change: {held}");
}

/// The line applies in the case.
fn applies(law: &Law, line: &Line, case: &Case) -> bool {
    let Case { matter, requesting, requested, on, .. } = *case;
    let setting = Setting { matter, requesting, requested, on };
    line_applies(law, line, setting)
        && under_admits(law, line, matter, case.under) != Some(false)
        && holds(law, &law[line.condition], setting, &|fact| case.facts.get(&fact)) != Some(false)
}

/// All of a line by names; what is declared is the same in both laws.
fn spelt(law: &Law, line: &Line) -> String {
    let question = law[line.question];
    let answer = line.answer.map(|answer| words::answer(law, question.head, &law[answer]));
    format!(
        "{} {:?} {} {:?} {:?} {:?} {:?} {answer:?} {:?}",
        words::question(law, question.head),
        question.head.side(),
        words::citation(law, line),
        line.origin,
        law[line.scope.relations],
        line.scope.dates,
        law[line.condition],
        law[line.assumptions],
    )
}

/// Edits within provisions alone: what is declared stays as it is.
fn rules_edited(text: &str, dice: &mut Dice) -> String {
    let edits = [("direct", "central"), ("is ", "should be "), ("2001-01-01", "2001-07-01"), ("urgent", "not urgent")];
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut within = false;
    let mut bodies = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        within = if line.starts_with(' ') { within } else { line.starts_with("provision") };
        if within && line.starts_with("  ") {
            bodies.push(at);
        }
    }
    for _ in 0..=dice.throw(2) {
        let at = bodies[dice.throw(bodies.len())];
        let (from, to) = edits[dice.throw(edits.len())];
        lines[at] = lines[at].replacen(from, to, 1).replace("not not ", "");
    }
    lines.join("\n") + "\n"
}

#[test]
fn outside_of_the_boxes_of_the_rules_that_were_edited_nothing_changes() {
    let (mut inside, mut outside) = (0, 0);
    for seed in 0..40 {
        let random = if seed % 2 == 0 { random_law } else { crate::properties::random_law };
        let old = random(seed);
        let new = rules_edited(&old, &mut Dice::new(seed));
        if !compiles(&old) || !compiles(&new) {
            continue;
        }
        let laws = [law_of(&old), law_of(&new)];
        let [old_law, new_law] = &laws;
        let all = |law: &Law| -> BTreeSet<String> { law.lines.iter().map(|line| spelt(law, line)).collect() };
        let known = [all(new_law), all(old_law)];
        let found = difference(old_law, new_law, TODAY);
        for case in cases([old_law, new_law], 400) {
            let puts = [case.put(old_law), case.put(new_law)];
            if !(0..2).all(|side| is_case(&laws[side], &puts[side])) {
                continue;
            }
            for question in questions(&found) {
                let of_question = |law: &Law, line: &&Line| {
                    let head = law[line.question].head;
                    let side = head.side().map(|side| match side {
                        Side::Requesting => " in the requesting country",
                        Side::Requested => " in the requested country",
                    });
                    let text = words::question(law, head);
                    question == text || side.is_some_and(|side| question == format!("{text}{side}"))
                };
                let edited = (0..2).any(|side| {
                    let law = &laws[side];
                    let lines = law.lines.iter().filter(|line| of_question(law, line));
                    let mut edited = lines.filter(|line| !known[side].contains(&spelt(law, line)));
                    edited.any(|line| applies(law, line, &puts[side]))
                });
                if holds_case(&found, question, &case) {
                    inside += 1;
                    assert!(edited, "{question}: {found:#?}\n{old}\n---- becomes ----\n{new}");
                } else if !edited {
                    outside += 1;
                }
            }
        }
    }
    assert!(inside > 200 && outside > 200, "{inside} {outside}");
}
