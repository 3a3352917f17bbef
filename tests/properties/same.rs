//! What must change nothing (families 3, 4, 5, 7 and 9): the law is written otherwise, and answers as before.

use std::collections::BTreeSet;

use forseti::answer::{Open, Outcome, Status, answer};
use forseti::finding::Code;
use forseti::law::QuestionId;

use super::cases::{Small, said, without};
use super::every_law;
use super::findings::proved;
use super::lines::{Facts, UNDER};
use super::verdict::Said;
use super::written::{Asked, Given};
use crate::dice::Dice;

/// How many cases of a question are asked of both laws.
const ASKED: usize = 12;

/// What is said; and where that depends, on what, and what can be said.
#[derive(Debug, PartialEq, Eq)]
struct Told {
    said: Said,
    on: BTreeSet<String>,
    branches: BTreeSet<Said>,
}

fn told(small: &Small, outcome: &Outcome) -> Told {
    let on = outcome.depends.iter().flat_map(|depends| &depends.on).map(|open| match open {
        Open::Under => UNDER.to_owned(),
        Open::Fact(fact) => small.law[*fact].name.clone(),
    });
    let branches = outcome.depends.iter().flat_map(|depends| &depends.branches);
    let branches = branches.map(|branch| said(&small.law, &branch.outcome)).collect();
    Told { said: said(&small.law, outcome), on: on.collect(), branches }
}

/// The same question of another law.
fn question(small: &Small, asked: &Asked) -> Option<QuestionId> {
    let same = |one: &Asked| one.question == asked.question && one.side == asked.side;
    small.questions().into_iter().find(|(_, one)| same(one)).map(|(id, _)| id)
}

/// Asks both laws the same, with some facts left open; the other one also given `more`. How often something was answered.
fn same_answers(
    one: &Small,
    other: &Small,
    seed: u64,
    more: &Facts,
    concerns: impl Fn(&Asked) -> bool,
) -> Result<usize, String> {
    let mut dice = Dice::new(seed);
    let mut answered = 0;
    for (id, asked) in one.questions().into_iter().filter(|(_, asked)| concerns(asked)) {
        let settings = one.settings(&asked);
        let all = one.every_fact(&settings[0]);
        let there = question(other, &asked);
        for _ in 0..ASKED {
            let setting = &settings[dice.throw(settings.len())];
            let facts = &all[dice.throw(all.len())];
            if !one.possible(&asked, setting, facts) {
                continue;
            }
            let open: BTreeSet<String> = facts.keys().filter(|_| dice.happens(3)).cloned().collect();
            let facts = without(facts, &open);
            let case = one.case(setting, &facts);
            let head = one.law[id].head;
            let before = told(one, &answer(&one.law, head, &case));
            let more = more.clone().into_iter().chain(facts.clone()).collect();
            let after = match there {
                Some(there) => told(other, &answer(&other.law, other.law[there].head, &other.case(setting, &more))),
                None => return Err(format!("`{}` is no question any longer", asked.question)),
            };
            if before != after {
                let ask = forseti::words::ask_command(&one.law, head, &case);
                return Err(format!("{ask}: before {before:?}, and after {after:?}"));
            }
            answered += usize::from(before.said.status != Status::NoRule.word());
        }
    }
    Ok(answered)
}

/// The same conflicts, gaps, circles and inversions.
fn same_findings(one: (&Small, &str), other: (&Small, &str)) -> Result<(), String> {
    let of = |(small, text): (&Small, &str)| {
        let found = proved(&small.law, text, &forseti::proof::prove(&small.law));
        (found.conflicts, found.inverted, found.circle, found.gaps, found.open)
    };
    let (before, after) = (of(one), of(other));
    if before == after { Ok(()) } else { Err(format!("found before {before:?}, and after {after:?}")) }
}

/// Cut before each line for which that holds.
fn cut(lines: &[&str], begins: impl Fn(&str) -> bool) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for line in lines {
        match parts.last_mut() {
            Some(part) if !begins(line) => part.push_str(line),
            _ => parts.push((*line).to_owned()),
        }
        if let Some(part) = parts.last_mut() {
            part.push('\n');
        }
    }
    parts
}

/// The items from the last to the first, and so the statements in each; branches keep their order, which has a meaning.
fn turned_round(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let items = cut(&lines, |line| !line.starts_with(' ') && line != "}");
    let turned = items.iter().rev().map(|item| {
        let lines: Vec<&str> = item.lines().collect();
        let [head, inside @ .., "}"] = lines.as_slice() else { return item.clone() };
        let mut statements = cut(inside, |line| !line.starts_with("    "));
        // The kind stands first.
        let first = usize::from(head.starts_with("instrument ")).min(statements.len());
        statements[first..].reverse();
        format!("{head}\n{}}}\n", statements.concat())
    });
    turned.collect()
}

/// Adds lines at the end of every provision.
fn with_rules(text: &str, more: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let items = cut(&lines, |line| !line.starts_with(' ') && line != "}");
    let longer = items.into_iter().map(|item| match item.strip_suffix("}\n") {
        Some(inside) if item.starts_with("provision ") => format!("{inside}{more}}}\n"),
        _ => item,
    });
    longer.collect()
}

#[test]
fn the_order_in_which_a_law_is_written_says_nothing() {
    every_law(7000, 30, 100, |small, text, seed| {
        let other_text = turned_round(text);
        let other = Small::of(&other_text).ok_or("it has errors the other way round")?;
        same_findings((small, text), (&other, &other_text))?;
        same_answers(small, &other, seed, &Facts::new(), |_| true)
    });
}

/// Alternatives, and the parts of `and` and `or`, in another order.
fn turned_inside(line: &str) -> String {
    let swapped = |text: &str, by: &str| text.split_once(by).map(|(one, other)| format!("{other}{by}{one}"));
    if !line.starts_with("  ") {
        return line.to_owned();
    }
    let (before, condition) = line.split_once(" when ").map_or((line, None), |(before, when)| (before, Some(when)));
    let before = before.replace("post, fax", "fax, post");
    let Some(condition) = condition else { return before };
    let plain = !["(", "unless", "on or after"].iter().any(|word| condition.contains(word));
    let turned = [" and ", " or "].iter().find_map(|by| swapped(condition, by)).filter(|_| plain);
    format!("{before} when {}", turned.unwrap_or_else(|| condition.to_owned()))
}

#[test]
fn the_order_of_alternatives_and_conditions_says_nothing() {
    every_law(7050, 30, 100, |small, text, seed| {
        let other_text: String = text.lines().map(|line| turned_inside(line) + "\n").collect();
        if other_text == text {
            return Ok(0);
        }
        let other = Small::of(&other_text).ok_or("it has errors in another order")?;
        same_findings((small, text), (&other, &other_text))?;
        same_answers(small, &other, seed, &Facts::new(), |_| true)
    });
}

/// A rule on one line, written as two: one until a day and one after it, or one under a condition and one where it fails.
fn split(line: &str, by_condition: Option<&str>, end: usize) -> Option<String> {
    if !["  channel", "  means"].iter().any(|word| line.starts_with(word)) {
        return None;
    }
    let day = ["2001-06-30", "2002-06-30"][end];
    let next = ["2001-07-01", "2002-07-01"][end];
    match by_condition {
        Some(fact) if !line.contains(" when ") => Some(format!("{line} when {fact}\n{line} when not {fact}\n")),
        Some(_) => None,
        None => {
            let verbs =
                [" notwithstanding ", " subject to ", " is ", " are ", " may be ", " should be ", " shall not be "];
            let at = verbs.iter().filter_map(|verb| line.find(verb)).min()?;
            let (scope, rest) = line.split_at(at);
            Some(format!("{scope} until {day}{rest}\n{scope} from {next}{rest}\n"))
        }
    }
}

#[test]
fn a_rule_says_the_same_in_one_piece_and_in_two() {
    every_law(7150, 40, 100, |small, text, seed| {
        let mut dice = Dice::new(seed);
        let fact =
            ["urgent", "secret"].into_iter().find(|fact| small.document.law.facts.iter().any(|row| row.name == *fact));
        let lines: Vec<&str> = text.lines().collect();
        let pieces = lines.iter().enumerate().map(|(place, line)| {
            let goes_on = lines.get(place + 1).is_some_and(|next| next.starts_with("    "));
            let by_condition = fact.filter(|_| dice.happens(4));
            let end = dice.throw(2);
            split(line, by_condition, end).filter(|_| !goes_on).unwrap_or_else(|| format!("{line}\n"))
        });
        let other_text: String = pieces.collect();
        let Some(other) = Small::of(&other_text) else { return Ok(0) };
        same_findings((small, text), (&other, &other_text))?;
        same_answers(small, &other, seed, &Facts::new(), |_| true)
    });
}

#[test]
fn a_rule_that_is_written_twice_says_nothing_more() {
    every_law(7100, 30, 100, |small, text, seed| {
        let lines: Vec<&str> = text.lines().collect();
        let parts = cut(&lines, |line| !line.starts_with("    "));
        let rule = |part: &String| {
            ["channel", "means", "authority to", "requested authority"]
                .iter()
                .any(|word| part.trim_start().starts_with(word) && part.starts_with("  "))
        };
        let twice: String = parts.iter().map(|part| if rule(part) { part.repeat(2) } else { part.clone() }).collect();
        let Some(other) = Small::of(&twice) else { return Ok(0) };
        same_answers(small, &other, seed, &Facts::new(), |_| true)
    });
}

#[test]
fn rules_on_another_question_change_nothing() {
    every_law(7200, 30, 100, |small, text, seed| {
        let more = "  means are letter\n  requested authority shall not delay from Denmark to Norway\n";
        let Some(other) = Small::of(&with_rules(text, more)) else { return Ok(0) };
        same_answers(small, &other, seed, &Facts::new(), |asked| asked.question != "means")
    });
}

#[test]
fn a_rule_whose_condition_fails_changes_nothing() {
    every_law(7300, 40, 100, |small, text, seed| {
        // Where a text is held in part, the rules that there are say on what it is held.
        if text.contains("text partial") {
            return Ok(0);
        }
        let more = "  channel is odd when extra\n  means shall not be fax when extra\n";
        let text = format!("fact extra : yes or no\n{}", with_rules(text, more));
        let Some(other) = Small::of(&text) else { return Ok(0) };
        let fails = Facts::from([("extra".to_owned(), Given::YesNo(false))]);
        same_answers(small, &other, seed, &fails, |_| true)
    });
}

/// What holds never is taken out of the world: it cuts values apart and ties facts, and takes nothing away.
#[test]
fn cutting_cases_finer_changes_nothing() {
    every_law(7400, 30, 100, |small, text, seed| {
        let finer = [
            ("victims", "victims is 7 and victims more than 9"),
            ("received", "received before 1999-01-01 and received after 2004-05-06"),
            ("stage", "stage is middle and stage is late"),
            ("district", "district is none and district is oslo"),
            ("secret", "secret and secret is unknown"),
        ];
        let has = |fact: &str| small.document.law.facts.iter().any(|row| row.name == fact);
        let finer: Vec<String> = finer
            .iter()
            .filter(|(fact, _)| has(fact))
            .map(|(_, never)| format!("never {never} because \"it cannot be\"\n"))
            .collect();
        let finer = format!("{text}{}", finer.concat());
        let other = Small::of(&finer).ok_or("it has errors when it is cut finer")?;
        same_findings((small, text), (&other, &finer))?;
        same_answers(small, &other, seed, &Facts::new(), |_| true)
    });
}

/// A rule that never decides can be deleted.
#[test]
fn without_a_rule_that_never_decides_all_answers_stay() {
    every_law(7500, 40, 20, |small, text, seed| {
        if text.contains("text partial") {
            return Ok(0);
        }
        let mut answered = 0;
        for finding in forseti::proof::prove(&small.law) {
            let (Code::Unreachable, Some(place)) = (finding.code, &finding.place) else { continue };
            let at = text[..place.span.start as usize].matches('\n').count();
            let lines: Vec<&str> = text.lines().collect();
            let is_whole = |line: &str| line.starts_with("  ") && !line.starts_with("    ") && !line.contains(" only");
            let goes_on = lines.get(at + 1).is_some_and(|line| line.starts_with("    "));
            if goes_on || !is_whole(lines[at]) {
                continue;
            }
            let rest: Vec<&str> =
                lines.iter().enumerate().filter(|(line, _)| *line != at).map(|(_, line)| *line).collect();
            let Some(other) = Small::of(&(rest.join("\n") + "\n")) else { continue };
            answered += same_answers(small, &other, seed, &Facts::new(), |asked| question(&other, asked).is_some())?;
        }
        Ok(answered)
    });
}

/// All rules that are said to change no answer can be deleted together, with everything that they say.
#[test]
fn without_all_rules_that_change_no_answer_all_answers_stay() {
    every_law(65_000, 150, 10, |small, text, seed| {
        // What a text held in part leaves open turns on which questions it has rules on.
        if text.contains("text partial") {
            return Ok(0);
        }
        let mut other = text.to_owned();
        let found = forseti::proof::prove(&small.law);
        let redundant = || found.iter().filter(|finding| finding.code == Code::Redundant);
        for place in redundant().filter_map(|finding| finding.place.as_ref()) {
            let (start, end) = (place.span.start as usize, place.span.end as usize);
            other.replace_range(start..end, &" ".repeat(end - start));
        }
        let gone = redundant().count();
        let Some(other) = (if gone > 0 { Small::of(&other) } else { None }) else { return Ok(0) };
        same_answers(small, &other, seed, &Facts::new(), |_| true)?;
        Ok(gone)
    });
}
