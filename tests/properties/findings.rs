//! What is proved, compared with every case (families 6 and 11): nothing more is found, nothing less, and each finding
//! shows a case for which it is true.

use std::collections::BTreeSet;

use forseti::finding::{Code, Finding, Place};
use forseti::law;

use super::cases::Small;
use super::every_law;
use super::lines::{Line, holds, in_scope};
use super::verdict::{Court, Label, clash};
use super::written::{Asked, Test};

/// Two provisions that disagree on a question, each by instrument and citation.
type Conflict = (String, BTreeSet<(String, String)>);

/// What there is to find in a law.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) conflicts: BTreeSet<Conflict>,
    pub(super) inverted: bool,
    pub(super) circle: bool,
    /// Questions with a gap in a region that must be complete, or one that is open.
    pub(super) gaps: BTreeSet<String>,
    pub(super) open: BTreeSet<String>,
    /// The lines of the text on which rules or branches stand that never decide.
    pub(super) idle: BTreeSet<usize>,
}

pub(super) fn provision(line: &Line<'_>) -> (String, String) {
    (line.instrument.name.clone(), line.citation().unwrap_or_default().to_owned())
}

/// Looks at every case.
fn every_case(small: &Small) -> Found {
    let mut found = Found::default();
    let mut branches: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut deciding: BTreeSet<(usize, usize)> = BTreeSet::new();
    for (_, asked) in small.questions() {
        let lines = small.lines(&asked);
        let place = |line: &Line<'_>| {
            let (rule, branch) = (line.rule?, line.branch?);
            line.answer.as_ref()?;
            Some((rule.at.as_ref()?.line, rule.branches[branch].at.as_ref()?.line))
        };
        branches.extend(lines.iter().filter_map(place));
        let settings = small.settings(&asked);
        let all = small.every_fact(&settings[0]);
        for setting in &settings {
            let court = Court { law: &small.document.law, asked: &asked, setting, without: None };
            let candidates = small.candidates(&lines, setting);
            for facts in &all {
                if !small.possible(&asked, setting, facts) {
                    continue;
                }
                let applying = small.applying(&candidates, setting, facts);
                let verdict = court.verdict(&applying, facts);
                found.inverted |= inverted(&court, &applying);
                found.circle |= verdict.circle;
                let standing = |label: &Label| *label == Label::In;
                for (at, line) in applying.iter().enumerate() {
                    if verdict.labels[at] != Label::Out {
                        deciding.extend(place(line));
                    }
                    for (other, label) in applying.iter().zip(&verdict.labels).take(at) {
                        let both = line.answer.is_some() && other.answer.is_some();
                        if both && standing(label) && standing(&verdict.labels[at]) && clash(&asked, line, other) {
                            let pair = BTreeSet::from([provision(line), provision(other)]);
                            found.conflicts.insert((asked.question.clone(), pair));
                        }
                    }
                }
                let says = |line: &&&Line<'_>| {
                    line.answer
                        .as_ref()
                        .is_some_and(|answer| !["need not", "shall not"].contains(&answer.strength.as_str()))
                };
                if !applying.iter().any(|line| says(&line)) && must_be_complete(small, &asked, &court, facts) {
                    let unread = applying.iter().any(|line| line.answer.is_none());
                    let list = if unread { &mut found.open } else { &mut found.gaps };
                    list.insert(asked.question.clone());
                }
            }
        }
    }
    let idle: BTreeSet<_> = branches.difference(&deciding).copied().collect();
    for (rule, branch) in &idle {
        // A rule of which no branch decides is one finding.
        let whole = branches.iter().filter(|one| one.0 == *rule).all(|one| idle.contains(one));
        found.idle.insert(if whole { *rule } else { *branch });
    }
    found
}

fn inverted(court: &Court<'_, '_>, applying: &[&Line<'_>]) -> bool {
    let held = || applying.iter().filter(|line| line.answer.is_some());
    held().any(|one| held().any(|other| !std::ptr::eq(*one, *other) && court.inverted(one, other)))
}

fn must_be_complete(small: &Small, asked: &Asked, court: &Court<'_, '_>, facts: &super::lines::Facts) -> bool {
    small.document.law.completes.iter().any(|complete| {
        let test = complete.when.as_ref().map_or(Test::ALWAYS, |when| when.test.clone());
        complete.questions.iter().any(|one| one.question == asked.question && one.side == asked.side)
            && in_scope(&complete.scope, court.setting)
            && holds(&small.document.law, &small.days, &test, court.setting, facts)
    })
}

pub(super) fn line_number(text: &str, place: &Place) -> usize {
    text[..place.span.start as usize].matches('\n').count() + 1
}

/// What is proved, in the same form.
pub(super) fn proved(law: &law::Law, text: &str, findings: &[Finding]) -> Found {
    let mut found = Found::default();
    for finding in findings {
        let place = finding.place.as_ref().expect("a place");
        let named = || finding.message.split('`').nth(1).unwrap_or_default().to_owned();
        match finding.code {
            Code::Conflict => {
                let line = |place: &Place| {
                    let of = |line: &&law::Line| line.span == place.span && line.answer.is_some();
                    law.lines.iter().find(of).and_then(|line| line.provision).expect("the line of a provision")
                };
                let pair = [line(place), line(&finding.others[0])];
                let pair = pair.map(|id| (law[law[id].instrument].name.clone(), law[id].citation.clone()));
                found.conflicts.insert((named(), pair.into()));
            }
            Code::Gap => drop(found.gaps.insert(named())),
            Code::UnreadRegion => drop(found.open.insert(named())),
            Code::Inversion => found.inverted = true,
            Code::Cycle => found.circle = true,
            Code::Unreachable => drop(found.idle.insert(line_number(text, place))),
            Code::Limit => panic!("nothing here is too large: {finding:?}"),
            _ => {}
        }
    }
    found
}

#[test]
fn what_is_proved_is_what_every_case_shows() {
    every_law(2000, 14, 10, |small, text, _| {
        let findings = forseti::proof::prove(&small.law);
        let (proved, shown) = (proved(&small.law, text, &findings), every_case(small));
        if proved == shown {
            Ok(shown.conflicts.len() + shown.gaps.len())
        } else {
            Err(format!("proved {proved:#?}\nand by the oracle {shown:#?}"))
        }
    });
}

/// What the command answers, on the law in the folder.
#[cfg(unix)]
fn ask(folder: &std::path::Path, command: &str) -> serde_json::Value {
    let arguments = command.strip_prefix("forseti ").expect("a command of ours");
    let line = format!("'{}' {arguments} --rules law.rules --format json", env!("CARGO_BIN_EXE_forseti"));
    let shell = std::process::Command::new("sh").current_dir(folder).args(["-c", &line]).output();
    serde_json::from_slice(&shell.expect("there is a shell").stdout).expect("the answer is JSON")
}

/// The command without each of its facts, and the fact.
#[cfg(unix)]
fn without_each_fact(command: &str) -> Vec<(String, String)> {
    let parts: Vec<&str> = command.split(" --fact ").collect();
    let without = |gone: usize| {
        let left: Vec<&str> = parts.iter().enumerate().filter(|(at, _)| *at != gone).map(|(_, part)| *part).collect();
        (parts[gone].to_owned(), left.join(" --fact "))
    };
    (1..parts.len()).map(without).collect()
}

/// The case of a finding, pasted into a shell, is answered so that the fault is seen.
#[cfg(unix)]
#[test]
fn a_witness_shows_its_fault() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    every_law(3000, 20, 20, |small, text, _| {
        std::fs::write(folder.path().join("law.rules"), text).expect("a file can be written");
        let mut shown = 0;
        for finding in forseti::proof::prove(&small.law) {
            let expected = match finding.code {
                Code::Conflict | Code::Inversion | Code::Cycle => "conflict",
                Code::Gap => "no-rule",
                Code::UnreadRegion => "undetermined",
                _ => continue,
            };
            let command = finding.witness.as_deref().expect("a finding with a case");
            let answer = ask(folder.path(), command);
            // Where only a denial answers, there is a gap all the same, or what a text not held may fill.
            let denies = |one: &serde_json::Value| {
                ["need not", "shall not"].contains(&one["strength"].as_str().unwrap_or_default())
            };
            let only_denied = answer["answers"].as_array().is_some_and(|all| !all.is_empty() && all.iter().all(denies));
            // A claim against what one must yield to is wrong even where the other text claims the same, and so prevails.
            let counted = |one: &serde_json::Value| {
                let reason = one["reason"].as_str().unwrap_or_default();
                finding.code == Code::Inversion && reason.contains(&finding.subject[0])
            };
            let claims =
                answer["answers"].as_array().into_iter().flatten().filter_map(|one| one["defeated"].as_array());
            let outdone = claims.flatten().any(counted);
            if answer["status"] != expected
                && !(only_denied && matches!(finding.code, Code::Gap | Code::UnreadRegion))
                && !outdone
            {
                return Err(format!("{command}: {answer}, of {finding:?}"));
            }
            shown += 1;
            // Each fact that is given is needed: without it the fault is not seen.
            for (fact, left) in without_each_fact(command).into_iter().filter(|_| answer["status"] == expected) {
                if ask(folder.path(), &left)["status"] == expected {
                    return Err(format!("{command} shows it without {fact}, of {finding:?}"));
                }
            }
        }
        Ok(shown)
    });
}

/// The two clauses that are suggested against a conflict each settle it.
#[test]
fn the_clause_that_is_suggested_settles_the_conflict() {
    every_law(4000, 40, 20, |small, text, _| {
        let mut settled = 0;
        let conflicts = |law: &law::Law, text: &str| proved(law, text, &forseti::proof::prove(law)).conflicts;
        for finding in forseti::proof::prove(&small.law) {
            let Some(help) = finding.help.as_deref().filter(|_| finding.code == Code::Conflict) else { continue };
            let clauses: Vec<&str> = help.split('`').skip(1).step_by(2).collect();
            let this = proved(&small.law, text, std::slice::from_ref(&finding)).conflicts;
            if let ([lower, yields], true) = (clauses.as_slice(), help.contains("does not bind")) {
                let at = if yields.starts_with("yields") {
                    format!("instrument {lower} \"{lower}\" {{\n")
                } else {
                    let citation = help.split(&format!(" in {lower}, ")).nth(1).and_then(|rest| rest.split(';').next());
                    format!("provision \"{}\" of {lower}", citation.expect("a citation"))
                };
                let other = text.replacen(&at, &format!("{at} {yields}\n"), 1);
                let now = Small::of(&other).ok_or_else(|| format!("`{yields}` is an error: {finding:?}"))?;
                let after = forseti::proof::prove(&now.law);
                let inversions = |found: &[Finding]| found.iter().filter(|one| one.code == Code::Inversion).count();
                if this.is_subset(&proved(&now.law, &other, &after).conflicts)
                    || inversions(&after) > inversions(&forseti::proof::prove(&small.law))
                {
                    return Err(format!("`{yields}` in {at} settles nothing: {finding:?}"));
                }
                settled += 1;
                continue;
            }
            let [prevails, yields] = clauses.as_slice() else { continue };
            let of = |place: &Place| {
                let of = |line: &&law::Line| line.span == place.span && line.answer.is_some();
                small.law.lines.iter().find(of).expect("a line")
            };
            let lines = [of(finding.place.as_ref().expect("a place")), of(&finding.others[0])];
            for (line, clause) in lines.into_iter().zip([prevails, yields]) {
                let row = &small.law[line.provision.expect("a provision")];
                let head = format!("provision \"{}\" of {}", row.citation, small.law[row.instrument].name);
                let other = text.replacen(&head, &format!("{head} {clause}"), 1);
                let Some(now) = Small::of(&other) else { continue };
                if this.is_subset(&conflicts(&now.law, &other)) {
                    return Err(format!("`{clause}` in {head} settles nothing: {finding:?}"));
                }
                settled += 1;
            }
        }
        Ok(settled)
    });
}

/// Without the claim of an inversion, or without any one clause of a circle, that inversion or circle is gone. What is
/// said twice is taken out twice.
#[test]
fn without_a_clause_that_it_names_the_fault_is_gone() {
    every_law(60_000, 240, 8, |small, text, _| {
        let mut gone = 0;
        for finding in forseti::proof::prove(&small.law) {
            let claim = finding.place.iter();
            let clauses: Vec<&Place> = match finding.code {
                Code::Inversion => claim.collect(),
                Code::Cycle => claim.chain(&finding.others).collect(),
                _ => continue,
            };
            for clause in clauses {
                let written = &text[clause.span.start as usize..clause.span.end as usize];
                let other = text.replace(written, &" ".repeat(written.len()));
                let Some(now) = Small::of(&other) else { continue };
                let same = |left: &Finding| left.code == finding.code && left.subject == finding.subject;
                if forseti::proof::prove(&now.law).iter().any(same) {
                    return Err(format!("without `{written}` there is still {finding:?}"));
                }
                gone += 1;
            }
        }
        Ok(gone)
    });
}
