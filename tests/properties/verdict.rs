//! An own reading of sections 4 to 6: which answers clash, who prevails over whom, and what is said in one case.

use std::collections::BTreeSet;

use serde_json::Value;

use super::lines::{Facts, Line, Setting, covers};
use super::written::{Answer, Asked, Clause, Given, Law, Target};

/// The order of strengths.
const STRENGTHS: [&str; 7] = ["shall", "shall as a rule", "should", "may", "contact", "need not", "shall not"];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    In,
    Out,
    Open,
}

/// Lines of one question in one setting.
pub(super) struct Court<'c, 'w> {
    pub(super) law: &'w Law,
    pub(super) asked: &'c Asked,
    pub(super) setting: &'c Setting,
    /// A clause that is taken not to be written.
    pub(super) without: Option<&'c Clause>,
}

/// What is said in a case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Said {
    pub(super) status: &'static str,
    pub(super) incomplete: bool,
    pub(super) answers: BTreeSet<String>,
}

/// What becomes of each line, and what is said.
pub(super) struct Verdict {
    pub(super) labels: Vec<Label>,
    pub(super) said: Said,
    /// Lines are open, and not all of them for inverted pairs.
    pub(super) circle: bool,
}

pub(super) fn clash(asked: &Asked, one: &Line<'_>, other: &Line<'_>) -> bool {
    let (Some(a), Some(b)) = (&one.answer, &other.answer) else { return true };
    let pair = (a.strength.as_str(), b.strength.as_str());
    if asked.question.ends_with(" refuse") {
        let same_provision = one.provision.zip(other.provision).is_some_and(|(p, q)| std::ptr::eq(p, q));
        return !same_provision && (forbids_ground(a, b) || forbids_ground(b, a));
    }
    if asked.question.starts_with("criterion ") || asked.question.starts_with("basis to ") {
        return false;
    }
    if asked.question.contains(" authority ") {
        return either(pair, |one, other| match one {
            "shall not" => ["shall", "shall as a rule", "should", "may"].contains(&other),
            "need not" => other == "shall",
            _ => false,
        });
    }
    let has_any = |answer: &Answer| answer.values.iter().any(|value| value["kind"] == "any");
    let share = has_any(a) || has_any(b) || a.values.iter().any(|value| b.values.contains(value));
    let differ = !(a.values.iter().all(|value| b.values.contains(value))
        && b.values.iter().all(|value| a.values.contains(value)));
    let within = |w: &Answer, v: &Answer| has_any(v) || w.values.iter().all(|value| v.values.contains(value));
    match (column(pair.0), column(pair.1)) {
        ("shall not", "shall not") | ("need not", _) | (_, "need not") => false,
        ("shall not", _) | (_, "shall not") => share,
        ("is", "is") | ("should", "should") => differ,
        ("is", _) => !within(b, a),
        (_, "is") => !within(a, b),
        _ => false,
    }
}

fn either(pair: (&str, &str), test: impl Fn(&str, &str) -> bool) -> bool {
    test(pair.0, pair.1) || test(pair.1, pair.0)
}

fn column(strength: &str) -> &str {
    match strength {
        "shall" => "is",
        "shall as a rule" => "should",
        "contact" => "may",
        other => other,
    }
}

fn forbids_ground(prohibition: &Answer, ground: &Answer) -> bool {
    let name = |value: &Value| value["ground"].clone();
    prohibition.strength == "shall not"
        && ground.strength != "shall not"
        && (prohibition.values.is_empty()
            || prohibition.values.iter().any(|one| ground.values.iter().any(|other| name(one) == name(other))))
}

impl<'w> Court<'_, 'w> {
    /// The clauses of that effect that speak for the line: its rule's and provision's own, and those of its text.
    fn clauses(&self, line: &Line<'w>, effect: &str, own_words: bool) -> Vec<&'w Clause> {
        let rule = line.rule.iter().flat_map(|rule| &rule.clauses);
        let own = rule.chain(line.provision.iter().flat_map(|provision| &provision.clauses));
        let of_kind = self.law.precedence.iter().filter(|row| row.every == line.instrument.kind).map(|row| &row.clause);
        let of_text = line.instrument.clauses.iter().chain(of_kind).filter(|_| !own_words);
        let written = own.chain(of_text).filter(|clause| self.without.is_none_or(|gone| !std::ptr::eq(gone, *clause)));
        written.filter(|clause| clause.effect == effect).collect()
    }

    pub(super) fn names(&self, clause: &Clause, line: &Line<'w>, other: &Line<'w>) -> bool {
        let elsewhere = line.instrument.name != other.instrument.name;
        let country = other.instrument.country.as_deref();
        clause.days.hold(&self.setting.on)
            && match &clause.target {
                Target::Text { instrument, citation } => {
                    *instrument == other.instrument.name
                        && citation.as_deref().is_none_or(|wide| other.citation().is_some_and(|own| covers(wide, own)))
                }
                Target::NationalLaw { of, country: named } => {
                    let (from, to) = (Some(self.setting.from.as_str()), Some(self.setting.to.as_str()));
                    elsewhere
                        && ["statute", "ordinance"].contains(&other.instrument.kind.as_str())
                        && match of.as_str() {
                            "requesting" => country == from,
                            "requested" => country == to,
                            "either" => country == from || country == to,
                            _ => country == named.as_deref(),
                        }
                }
                Target::MandatoryRules => {
                    elsewhere
                        && ["treaty", "regulation"].contains(&other.instrument.kind.as_str())
                        && self.mandatory(other, line)
                }
                Target::Kinds { kinds, same_country } => {
                    elsewhere
                        && kinds.contains(&other.instrument.kind)
                        && (!same_country || line.instrument.country == other.instrument.country)
                }
            }
    }

    fn claims(&self, line: &Line<'w>, other: &Line<'w>) -> bool {
        let claims = self.clauses(line, "claims", false);
        line.answer.is_some() && claims.iter().any(|clause| self.names(clause, line, other))
    }

    fn concedes(&self, line: &Line<'w>, other: &Line<'w>) -> bool {
        self.clauses(line, "concedes", false).iter().any(|clause| self.names(clause, line, other))
    }

    fn excused(&self, line: &Line<'w>, other: &Line<'w>) -> bool {
        let allows = self.clauses(other, "allows", false);
        allows.iter().any(|clause| self.names(clause, other, line)) && self.claims(line, other)
    }

    fn mandatory(&self, line: &Line<'w>, other: &Line<'w>) -> bool {
        let strong =
            line.answer.as_ref().is_none_or(|answer| ["shall", "shall not"].contains(&answer.strength.as_str()));
        let gives_way = self.clauses(line, "concedes", true);
        let gives_way = gives_way.iter().filter(|clause| !matches!(clause.target, Target::MandatoryRules));
        strong
            && line.binds()
            && !self.excused(other, line)
            && !gives_way.into_iter().any(|clause| self.names(clause, line, other))
    }

    pub(super) fn inverted(&self, line: &Line<'w>, other: &Line<'w>) -> bool {
        clash(self.asked, line, other)
            && self.claims(line, other)
            && !self.excused(line, other)
            && (self.concedes(line, other) || (!line.binds() && self.mandatory(other, line)))
    }

    /// `winner` beats `loser`.
    pub(super) fn beats(&self, winner: &Line<'w>, loser: &Line<'w>) -> bool {
        clash(self.asked, winner, loser)
            && (self.claims(winner, loser)
                || (self.concedes(loser, winner) && !self.excused(loser, winner))
                || self.inverted(loser, winner))
    }

    /// The text not held would beat the line if it differed from it: by what is written of the two.
    pub(super) fn unread_may_beat(&self, unread: &Line<'w>, line: &Line<'w>) -> bool {
        self.clauses(unread, "claims", false).iter().any(|clause| self.names(clause, unread, line))
            || (self.concedes(line, unread) && !self.excused(line, unread))
            || self.inverted(line, unread)
    }

    /// The verdict over the lines that apply.
    pub(super) fn verdict(&self, lines: &[&Line<'w>], facts: &Facts) -> Verdict {
        let held: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].answer.is_some()).collect();
        let beaters: Vec<Vec<usize>> = (0..lines.len())
            .map(|loser| held.iter().copied().filter(|winner| self.beats(lines[*winner], lines[loser])).collect())
            .collect();
        let mut labels = vec![Label::Open; lines.len()];
        loop {
            let before = labels.clone();
            for line in &held {
                if beaters[*line].iter().any(|by| before[*by] == Label::In) {
                    labels[*line] = Label::Out;
                } else if beaters[*line].iter().all(|by| before[*by] == Label::Out) {
                    labels[*line] = Label::In;
                }
            }
            if labels == before {
                break;
            }
        }
        let with = |label| held.iter().copied().filter(|line| labels[*line] == label).collect::<Vec<usize>>();
        let (standing, open) = (with(Label::In), with(Label::Open));
        let clashing = standing.iter().any(|a| standing.iter().any(|b| clash(self.asked, lines[*a], lines[*b])));
        let backed = |line: usize, unread: usize| {
            let answer = lines[line].answer.as_ref().expect("it is held");
            standing.iter().any(|other| {
                let theirs = lines[*other].answer.as_ref().expect("it is held");
                theirs.values == answer.values
                    && theirs.limit == answer.limit
                    && rank(&theirs.strength) <= rank(&answer.strength)
                    && self.beats(lines[*other], lines[unread])
                    && !self.inverted(lines[*other], lines[unread])
            })
        };
        let mut unread = (0..lines.len()).filter(|at| lines[*at].answer.is_none());
        let left_open = unread.clone().any(|text| standing.iter().any(|line| !backed(*line, text)));
        let collected = [" refuse"].iter().any(|end| self.asked.question.ends_with(end))
            || ["criterion ", "basis to "].iter().any(|start| self.asked.question.starts_with(start));
        let status = if !open.is_empty() || clashing {
            "conflict"
        } else if held.is_empty() {
            if unread.next().is_some() { "undetermined" } else { "no-rule" }
        } else if left_open && !collected {
            "undetermined"
        } else {
            "answered"
        };
        // of what is equal but for its strength, the strongest counts
        let outweighed = |line: usize| {
            let answer = lines[line].answer.as_ref().expect("it is held");
            standing.iter().filter_map(|other| lines[*other].answer.as_ref()).any(|other| {
                rank(&other.strength) < rank(&answer.strength)
                    && answer.strength != "shall not"
                    && in_words_of(other, facts) == in_words_of(answer, facts)
            })
        };
        let answered = standing.iter().filter(|line| status == "answered" && !outweighed(**line));
        let answers = answered.map(|line| said(lines[*line].answer.as_ref().expect("it is held"), facts)).collect();
        Verdict {
            said: Said { status, incomplete: status == "answered" && left_open, answers },
            circle: self.has_circle(lines, &open, &beaters),
            labels,
        }
    }

    /// A circle of open lines, each beaten by the next, without an inverted pair in it.
    fn has_circle(&self, lines: &[&Line<'w>], open: &[usize], beaters: &[Vec<usize>]) -> bool {
        let mut left = open.to_vec();
        loop {
            let before = left.clone();
            left.retain(|line| {
                beaters[*line].iter().any(|by| {
                    before.contains(by)
                        && !self.inverted(lines[*line], lines[*by])
                        && !self.inverted(lines[*by], lines[*line])
                })
            });
            if left.len() == before.len() {
                return !left.is_empty();
            }
        }
    }
}

pub(super) fn rank(strength: &str) -> usize {
    STRENGTHS.iter().position(|one| *one == strength).expect("a strength")
}

/// An answer in words, with the places of the case put in.
pub(super) fn said(answer: &Answer, facts: &Facts) -> String {
    format!("{} {}", answer.strength, in_words_of(answer, facts))
}

fn in_words_of(answer: &Answer, facts: &Facts) -> String {
    let mut values: Vec<String> = answer.values.iter().map(|value| in_words(value, facts)).collect();
    values.sort();
    values.dedup();
    let limit = answer.limit.as_ref().map(|limit| limit["words"].as_str().unwrap_or_default().to_owned());
    format!("[{}] {}", values.join("; "), limit.unwrap_or_default())
}

fn in_words(value: &Value, facts: &Facts) -> String {
    let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let length = || {
        let (number, unit) = (&value["duration"]["number"], value["duration"]["unit"].as_str().unwrap_or_default());
        format!("{number} {}", if number == 1 { unit.trim_end_matches('s') } else { unit })
    };
    match value["kind"].as_str().expect("a kind") {
        "authority" => {
            let of = &value["of"];
            let place = match of["kind"].as_str() {
                None => return text("authority"),
                Some("declared") => of["place"].as_str().unwrap_or_default().to_owned(),
                Some("named") => format!("\"{}\"", of["name"].as_str().unwrap_or_default()),
                Some(_) => {
                    let fact = of["fact"].as_str().unwrap_or_default();
                    match facts.get(fact) {
                        Some(Given::Place(name)) => name.clone(),
                        Some(Given::NamedPlace(name)) => format!("\"{name}\""),
                        _ => fact.to_owned(),
                    }
                }
            };
            format!("{} of {place}", text("authority"))
        }
        "any" => "any".to_owned(),
        "deadline" => {
            let from = value["from"].as_str().map(|event| format!(" from {event}")).unwrap_or_default();
            let moved = match value["moved"].as_str() {
                None => "",
                Some("next-weekday") => ", moved to the next weekday",
                Some(_) => ", moved to the same hour of the next weekday",
            };
            format!("{}{from}{moved}", length())
        }
        "maximum" => format!("{}{}", length(), if value["or_longer"] == true { ", or longer" } else { "" }),
        "criterion" => if value["met"] == true { "met" } else { "not met" }.to_owned(),
        "provision" => {
            let citation = value["citation"].as_str().map(|citation| format!(" \"{citation}\"")).unwrap_or_default();
            format!("{}{citation}", text("instrument"))
        }
        "ground" => {
            let citation = value["citation"].as_str().map(|citation| format!(" \"{citation}\"")).unwrap_or_default();
            format!("on ground {}{citation}", text("ground"))
        }
        "criteria" => text("mode"),
        "language" => text("language"),
        _ => text("word"),
    }
}
