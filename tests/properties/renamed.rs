//! The names that a law gives to things say nothing (family 3): with every name turned round it answers as before, by the
//! new names. Turned round, they also sort in another order.

use std::collections::BTreeSet;

use forseti::answer::answer;

use super::cases::{Small, said};
use super::every_law;
use super::findings::{Found, proved};
use super::lines::{Facts, Setting, UNDER};
use super::verdict::Said;
use super::written::{Asked, Given};
use crate::dice::Dice;

const ASKED: usize = 12;

/// Every name that a random law can declare or use.
const NAMES: [&str; 38] = [
    "Denmark",
    "Norway",
    "Sweden",
    "Danish",
    "Swedish",
    "English",
    "transfer",
    "decide",
    "court",
    "ministry",
    "urgent",
    "secret",
    "stage",
    "early",
    "middle",
    "late",
    "district",
    "oslo",
    "victims",
    "received",
    "one",
    "two",
    "three",
    "direct",
    "central",
    "diplomatic",
    "post",
    "fax",
    "letter",
    "courier",
    "inform",
    "delay",
    "age",
    "health",
    "odd",
    "extra",
    "rank",
    "Roskilde",
];

/// The name turned round; a name of a country begins as such names do.
fn turned(name: &str) -> String {
    let small: String = name.to_lowercase().chars().rev().collect();
    match name.chars().next() {
        Some(first) if first.is_uppercase() => {
            let mut letters = small.chars();
            letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
        }
        _ => small,
    }
}

/// The text with all names turned round. What stands in quotes stays, and so does `one` where it is a word of the language.
fn renamed(text: &str) -> String {
    let mut out = String::new();
    for (place, part) in text.split('"').enumerate() {
        if place > 0 {
            out.push('"');
        }
        if place % 2 == 1 {
            out.push_str(part);
            continue;
        }
        let is_in_name = |letter: char| letter.is_alphanumeric() || letter == '-';
        let mut rest = part;
        while let Some(start) = rest.find(is_in_name) {
            out.push_str(&rest[..start]);
            let end = rest[start..].find(|letter| !is_in_name(letter)).map_or(rest.len(), |length| start + length);
            let (word, after) = (&rest[start..end], &rest[end..]);
            let is_word = word == "one" && (after.starts_with(" of ") || after.starts_with(" instrument"));
            out.push_str(&if NAMES.contains(&word) && !is_word { turned(word) } else { word.to_owned() });
            rest = after;
        }
        out.push_str(rest);
    }
    out
}

fn renamed_value(value: &Given) -> Given {
    match value {
        Given::Choice(name) => Given::Choice(renamed(name)),
        Given::Place(name) => Given::Place(renamed(name)),
        Given::Language(name) => Given::Language(renamed(name)),
        Given::Country(name) => Given::Country(renamed(name)),
        other => other.clone(),
    }
}

/// What is said, by the new names; values have no order of their own.
fn by_new_names(said: &Said, rename: impl Fn(&str) -> String) -> (&'static str, bool, BTreeSet<Vec<String>>) {
    let parts = |answer: &String| {
        let mut parts: Vec<String> = rename(answer).split(['[', ']', ';']).map(|part| part.trim().to_owned()).collect();
        parts.sort();
        parts
    };
    (said.status, said.incomplete, said.answers.iter().map(parts).collect())
}

fn found(law: &forseti::law::Law, text: &str, rename: impl Fn(&str) -> String) -> Found {
    let found = proved(law, text, &forseti::proof::prove(law));
    let question = |name: &String| rename(name);
    Found {
        conflicts: found
            .conflicts
            .iter()
            .map(|(name, pair)| {
                let pair = pair.iter().map(|(instrument, citation)| (rename(instrument), citation.clone()));
                (question(name), pair.collect())
            })
            .collect(),
        gaps: found.gaps.iter().map(question).collect(),
        open: found.open.iter().map(question).collect(),
        ..found
    }
}

#[test]
fn names_say_nothing() {
    every_law(7700, 40, 100, |small, text, seed| {
        let other_text = renamed(text);
        let other = Small::of(&other_text).ok_or_else(|| format!("it has errors by other names:\n{other_text}"))?;
        let (before, after) = (found(&small.law, text, renamed), found(&other.law, &other_text, str::to_owned));
        if before != after {
            return Err(format!("found before {before:#?}, and after {after:#?}"));
        }
        let mut dice = Dice::new(seed);
        let mut answered = 0;
        for (id, asked) in small.questions() {
            let name = renamed(&asked.question);
            let same = |one: &Asked| one.question == name && one.side == asked.side;
            let there = other.questions().into_iter().find(|(_, one)| same(one)).map(|(id, _)| id);
            let Some(there) = there else { return Err(format!("`{name}` is no question")) };
            let settings = small.settings(&asked);
            let all = small.every_fact(&settings[0]);
            for _ in 0..ASKED {
                let setting = &settings[dice.throw(settings.len())];
                let facts = &all[dice.throw(all.len())];
                if !small.possible(&asked, setting, facts) {
                    continue;
                }
                let new_setting = Setting {
                    matter: renamed(&setting.matter),
                    from: renamed(&setting.from),
                    to: renamed(&setting.to),
                    on: setting.on.clone(),
                };
                let new_facts: Facts = facts
                    .iter()
                    .map(|(name, value)| {
                        let name = if name == UNDER { name.clone() } else { renamed(name) };
                        (name, renamed_value(value))
                    })
                    .collect();
                let case = small.case(setting, facts);
                let before = answer(&small.law, small.law[id].head, &case);
                let after = answer(&other.law, other.law[there].head, &other.case(&new_setting, &new_facts));
                let before = by_new_names(&said(&small.law, &before), renamed);
                let after = by_new_names(&said(&other.law, &after), str::to_owned);
                if before != after {
                    let ask = forseti::words::ask_command(&small.law, small.law[id].head, &case);
                    return Err(format!("{ask}: before {before:?}, and by other names {after:?}"));
                }
                answered += usize::from(before.0 != "no-rule");
            }
        }
        Ok(answered)
    });
}
