//! Facts that were not given (section 8, family 10).

use std::collections::{BTreeMap, BTreeSet};

use forseti::answer::{Open, OpenValue, answer};

use super::cases::{Apart, Small, said, without};
use super::every_law;
use super::lines::{Facts, Line, Setting, UNDER};
use super::verdict::{Court, Said};
use super::written::Asked;
use crate::dice::Dice;

const ASKED: usize = 8;

/// Circumstances, as the answer names them.
type Region = BTreeMap<Open, Vec<OpenValue>>;

/// What the lines ask for.
pub(super) fn asked_for(small: &Small, candidates: &[&Line<'_>]) -> BTreeSet<String> {
    let mut facts = BTreeSet::new();
    for line in candidates {
        line.when.facts(&mut facts);
    }
    let under = small.document.law.matters[0].under_one_instrument;
    let waits =
        |line: &&&Line<'_>| line.instrument.kind == "treaty" || line.scopes.iter().any(|scope| scope.under.is_some());
    if under && candidates.iter().any(|line| waits(&line)) {
        facts.insert(UNDER.to_owned());
    }
    facts
}

/// The cells that agree with what is given, as far as the lines ask, each with what is said there.
fn cells(
    small: &Small,
    (asked, candidates, setting): (&Asked, &[&Line<'_>], &Setting),
    all: &[Facts],
    given: &Facts,
) -> BTreeMap<Facts, Said> {
    let court = Court { law: &small.document.law, asked, setting, without: None };
    let counts = asked_for(small, candidates);
    let mut cells: BTreeMap<Facts, Said> = BTreeMap::new();
    for facts in all.iter().filter(|facts| given.iter().all(|(fact, value)| facts.get(fact) == Some(value))) {
        let cell = facts.iter().filter(|(fact, _)| counts.contains(*fact) && !given.contains_key(*fact));
        let cell: Facts = cell.map(|(fact, value)| (fact.clone(), value.clone())).collect();
        cells.entry(cell).or_insert_with(|| {
            let named = facts.iter().filter(|(fact, _)| given.contains_key(*fact));
            let named: Facts = named.map(|(fact, value)| (fact.clone(), value.clone())).collect();
            court.verdict(&small.applying(candidates, setting, facts), &named).said
        });
    }
    cells
}

/// On what it depends, by the letter: compared pair by pair.
fn depended_on(cells: &BTreeMap<Facts, Said>) -> BTreeSet<String> {
    let mut on = BTreeSet::new();
    for (one, said) in cells {
        for (other, _) in cells.iter().filter(|cell| cell.1 != said) {
            let is_between = |cell: &&Facts| {
                *cell != one
                    && *cell != other
                    && cell.iter().all(|(fact, value)| one[fact] == *value || other[fact] == *value)
            };
            if !cells.keys().any(|cell| is_between(&cell)) {
                on.extend(one.keys().filter(|fact| one[*fact] != other[*fact]).cloned());
            }
        }
    }
    on
}

#[test]
fn an_answer_depends_on_what_changes_it_and_on_nothing_else() {
    every_law(1000, 60, 60, |small, _, seed| {
        let mut dice = Dice::new(seed);
        let mut depends = 0;
        for (id, asked) in small.questions() {
            let head = small.law[id].head;
            let lines = small.lines(&asked);
            let settings = small.settings(&asked);
            for _ in 0..ASKED {
                let setting = &settings[dice.throw(settings.len())];
                let all = small.facts(&asked, setting);
                if all.is_empty() {
                    continue;
                }
                let given = &all[dice.throw(all.len())];
                let open: BTreeSet<String> = given.keys().filter(|_| dice.throw(3) > 0).cloned().collect();
                let given = without(given, &open);
                let candidates = small.candidates(&lines, setting);
                let cells = cells(small, (&asked, &candidates, setting), &all, &given);
                let case = small.case(setting, &given);
                let outcome = answer(&small.law, head, &case);
                let ask = forseti::words::ask_command(&small.law, head, &case);
                let answers: BTreeSet<&Said> = cells.values().collect();
                let Some(found) = &outcome.depends else {
                    let theirs = said(&small.law, &outcome);
                    if answers != BTreeSet::from([&theirs]) {
                        return Err(format!("{ask}: {theirs:?}, and by the oracle {answers:?}"));
                    }
                    continue;
                };
                depends += 1;
                let name = |open: &Open| match open {
                    Open::Under => UNDER.to_owned(),
                    Open::Fact(fact) => small.law[*fact].name.clone(),
                };
                let listed: BTreeSet<String> = found.on.iter().map(name).collect();
                let on = depended_on(&cells);
                if listed != on {
                    return Err(format!("{ask}: depends on {listed:?}, and by the oracle on {on:?}"));
                }
                // Whoever gives all of it gets an answer that does not depend.
                let mut settled: BTreeMap<Facts, &Said> = BTreeMap::new();
                for (cell, said) in &cells {
                    let part: Facts = cell.iter().filter(|(fact, _)| on.contains(*fact)).map(own).collect();
                    if settled.insert(part, said).is_some_and(|before| before != said) {
                        return Err(format!("{ask}: giving {on:?} does not settle it"));
                    }
                }
                // No two regions share a case, not even one that cannot be.
                let regions: Vec<&Region> = found.branches.iter().flat_map(|branch| &branch.regions).collect();
                for (place, one) in regions.iter().enumerate() {
                    let apart = |other: &Region| {
                        one.iter().any(|(open, values)| {
                            other.get(open).is_some_and(|theirs| !values.iter().any(|value| theirs.contains(value)))
                        })
                    };
                    if let Some(other) = regions[..place].iter().find(|other| !apart(other)) {
                        return Err(format!("{ask}: {one:?} and {other:?} share a case"));
                    }
                }
                // The regions of the branches part the cells among them.
                let lines = forseti::answer::candidates(&small.law, head, forseti::answer::setting(&case));
                let apart = Apart::of(&small.law, lines.iter().map(|line| &line.line), false);
                for (cell, said_there) in &cells {
                    let there = small.case(setting, cell);
                    let takes_in =
                        |region: &&Region| region.iter().all(|(open, values)| apart.takes_in(*open, values, &there));
                    let inside = found.branches.iter().flat_map(|branch| {
                        let regions = branch.regions.iter().filter(takes_in);
                        regions.map(|_| said(&small.law, &branch.outcome))
                    });
                    let inside: Vec<Said> = inside.collect();
                    if inside != std::slice::from_ref(said_there) {
                        return Err(format!("{ask}: of {cell:?} it says {inside:?}, and the oracle {said_there:?}"));
                    }
                }
            }
        }
        Ok(depends)
    });
}

fn own((fact, value): (&String, &super::written::Given)) -> (String, super::written::Given) {
    (fact.clone(), value.clone())
}
