//! The rows of tables: each case that can be lies in one of them and in no other, and what cannot be in none.

use std::collections::{BTreeMap, BTreeSet};

use forseti::answer::answer;
use forseti::proof::{Row, Slice, table};

use super::cases::{Small, said};
use super::every_law;
use super::lines::{Facts, Line, Setting};
use crate::dice::Dice;
use crate::tables::holds;

/// In how many settings a question is looked at.
const SETTINGS: usize = 10;

#[test]
fn each_case_lies_in_one_row_and_what_cannot_be_in_none() {
    every_law(91_000, 60, 2000, |small, _, seed| {
        let mut dice = Dice::new(seed);
        let mut looked_at = 0;
        for (id, asked) in small.questions() {
            let question = small.law[id];
            let table = table(&small.law, question, Slice::default())?;
            let lines = small.lines(&asked);
            let settings = small.settings(&asked);
            let counts = tell(small, &lines, &settings);
            for _ in 0..SETTINGS {
                let setting = &settings[dice.throw(settings.len())];
                let all = small.every_fact(setting);
                for facts in &all {
                    let mut case = small.case(setting, facts);
                    // Where nothing is made under an instrument, nothing is said of it.
                    case.under = case.under.filter(|_| small.law[case.matter].under_one_instrument);
                    let rows: Vec<&Row> = table.rows.iter().filter(|row| holds(&table, row, &case)).collect();
                    let ask = || forseti::words::ask_command(&small.law, question.head, &case);
                    if !small.possible(&asked, setting, facts) {
                        // What no line turns on may be otherwise than here.
                        let agrees =
                            |other: &&super::lines::Facts| counts.iter().all(|fact| other.get(fact) == facts.get(fact));
                        let can_be = all.iter().filter(agrees).any(|other| small.possible(&asked, setting, other));
                        if !can_be && !rows.is_empty() {
                            return Err(format!("{}: cannot be, and lies in {rows:?}", ask()));
                        }
                        continue;
                    }
                    let [row] = rows.as_slice() else {
                        return Err(format!("{}: lies in {} rows: {rows:?}", ask(), rows.len()));
                    };
                    let there = said(&small.law, &table.outcomes[row.outcome]);
                    let wanted = said(&small.law, &answer(&small.law, question.head, &case));
                    if (there.status, there.incomplete) != (wanted.status, wanted.incomplete) {
                        return Err(format!("{}: the row says {there:?}, and the answer is {wanted:?}", ask()));
                    }
                    looked_at += 1;
                }
            }
        }
        Ok(looked_at)
    });
}

/// On what it turns whether some line applies, looked at where each can first apply.
fn tell(small: &Small, lines: &[Line<'_>], settings: &[Setting]) -> BTreeSet<String> {
    let mut counts = BTreeSet::new();
    for line in lines {
        let one = std::slice::from_ref(line);
        let Some(setting) = settings.iter().find(|setting| !small.candidates(one, setting).is_empty()) else {
            continue;
        };
        let candidates = small.candidates(one, setting);
        let all = small.every_fact(setting);
        for fact in all.first().into_iter().flat_map(BTreeMap::keys) {
            let mut applies: BTreeMap<Facts, BTreeSet<bool>> = BTreeMap::new();
            for facts in &all {
                let mut others = facts.clone();
                others.remove(fact);
                let speaks = !small.applying(&candidates, setting, facts).is_empty();
                applies.entry(others).or_default().insert(speaks);
            }
            if applies.values().any(|both| both.len() > 1) {
                counts.insert(fact.clone());
            }
        }
    }
    counts
}
