//! Texts that are not held (family 8): whatever such a text turns out to say, an answer that was complete stands.

use std::fmt::Write as _;

use forseti::answer::answer;

use super::cases::{Small, said};
use super::every_law;
use super::lines::Line;
use super::random::Writer;
use super::verdict::{Court, Said, rank};
use super::written::Asked;
use crate::dice::Dice;

const ASKED: usize = 30;

/// One of the texts that are not held is read: on each question that was open it has a random rule, without clauses. More
/// rules, or those of two texts, could disagree among themselves.
fn read(text: &str, small: &Small, dice: &mut Dice) -> String {
    let open = |instrument: &str, whole: bool| -> Vec<String> {
        let questions = small.questions();
        let open = questions.iter().filter(|(_, asked)| {
            small.lines(asked).iter().any(|line| {
                line.answer.is_none() && line.instrument.name == instrument && line.provision.is_none() == whole
            })
        });
        open.map(|(_, asked)| asked.question.clone()).collect()
    };
    let is_unread = |line: &&str| line.starts_with("  text ");
    let chosen = dice.throw(text.lines().filter(is_unread).count().max(1));
    let (mut seen, mut is_read) = (0, false);
    let mut read = String::new();
    let (mut instrument, mut new) = (String::new(), String::new());
    for line in text.lines() {
        let word = |place: usize| line.split_whitespace().nth(place).unwrap_or_default().to_owned();
        match word(0).as_str() {
            "instrument" => {
                instrument = word(1);
                is_read = false;
            }
            // said of a text held in part
            "silent" if is_read => continue,
            "provision" => instrument = word(4),
            "text" => {
                seen += 1;
                if seen != chosen + 1 {
                    read.push_str(line);
                    read.push('\n');
                    continue;
                }
                is_read = true;
                let whole = !line.contains("\"torn\"");
                let rules: String =
                    open(&instrument, whole).iter().map(|question| rules(question, small, dice)).collect();
                if whole {
                    let _ = write!(new, "provision \"Article 9\" of {instrument} {{\n{rules}}}\n");
                } else {
                    read.push_str(&rules);
                }
                continue;
            }
            _ => {}
        }
        read.push_str(line);
        read.push('\n');
    }
    read + &new
}

/// A rule on the question.
fn rules(question: &str, small: &Small, dice: &mut Dice) -> String {
    let words = Writer::of(small.document.law.facts.iter().map(|fact| fact.name.as_str()));
    let value = match question {
        "channel" => {
            let verb = dice.one(&["is", "may be", "should be", "shall not be"]);
            format!("channel {verb} {}", dice.one(&["direct", "central", "diplomatic"]))
        }
        "means" => {
            let verb = dice.one(&["are", "should be", "may be", "shall not be"]);
            format!("means {verb} {}", dice.one(&["post", "post, fax", "courier"]))
        }
        "requested authority inform" => {
            let verb = dice.one(&["shall", "may", "should", "shall not"]);
            format!("requested authority {verb} inform from Denmark to Norway")
        }
        "authority to decide" => {
            format!("authority to decide in Norway is {}", dice.one(&["Norway.court", "Norway.ministry"]))
        }
        _ => return String::new(),
    };
    format!("  {value}{}\n", words.when(dice, 4))
}

/// All that was answered is still answered, at least as strongly; more may stand beside it.
fn stands(before: &Said, after: &Said) -> bool {
    let parts = |answer: &String| {
        let (strength, rest) = answer.split_once(" [").expect("a strength and values");
        (rank(strength), rest.to_owned())
    };
    after.status == "answered"
        && before.answers.iter().map(parts).all(|(strength, said)| {
            after.answers.iter().map(parts).any(|(now, again)| again == said && now <= strength)
        })
}

#[test]
fn what_a_text_turns_out_to_say_upsets_no_complete_answer() {
    every_law(7600, 120, 40, |small, text, seed| {
        if !small
            .document
            .law
            .instruments
            .iter()
            .any(|text| !text.unread.is_empty() || text.provisions.iter().any(|provision| !provision.unread.is_empty()))
        {
            return Ok(0);
        }
        let mut dice = Dice::new(seed);
        let mut stood = 0;
        // one text can say many things
        for _ in 0..3 {
            let now = read(text, small, &mut dice);
            let Some(other) = Small::of(&now) else { continue };
            for (id, asked) in small.questions() {
                let lines = small.lines(&asked);
                if lines.iter().all(|line| line.answer.is_some()) {
                    continue;
                }
                let same = |one: &Asked| one.question == asked.question && one.side == asked.side;
                let there = other.questions().into_iter().find(|(_, one)| same(one));
                let there = there.map(|(id, _)| other.law[id].head);
                let settings = small.settings(&asked);
                let facts = small.every_fact(&settings[0]);
                let head = small.law[id].head;
                for _ in 0..ASKED {
                    let setting = &settings[dice.throw(settings.len())];
                    let facts = &facts[dice.throw(facts.len())];
                    if !small.possible(&asked, setting, facts) {
                        continue;
                    }
                    let case = small.case(setting, facts);
                    let before = said(&small.law, &answer(&small.law, head, &case));
                    if before.status != "answered" || before.incomplete {
                        continue;
                    }
                    // What is not held must have a part in the case, and must not be able to beat what is: where each of
                    // two texts gives way to the other, the answer rests on that clause and its assumption (decision 50).
                    let candidates = small.candidates(&lines, setting);
                    let applying = small.applying(&candidates, setting, facts);
                    let court = Court { law: &small.document.law, asked: &asked, setting, without: None };
                    let unread = || applying.iter().filter(|line| line.answer.is_none());
                    let may_beat = |line: &&Line<'_>| unread().any(|text| court.unread_may_beat(text, line));
                    if unread().next().is_none() || applying.iter().any(may_beat) {
                        continue;
                    }
                    let after = said(
                        &other.law,
                        &answer(&other.law, there.ok_or("a question is lost")?, &other.case(setting, facts)),
                    );
                    if !stands(&before, &after) {
                        let ask = forseti::words::ask_command(&small.law, head, &case);
                        return Err(format!("{ask}: before {before:?}, and after {after:?}, in\n{now}"));
                    }
                    stood += 1;
                }
            }
        }
        Ok(stood)
    });
}
