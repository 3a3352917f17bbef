//! What is answered in one case: compared with the oracle, and with itself where it must not change.

use forseti::answer::answer;

use super::cases::said;
use super::every_law;
use super::verdict::{Court, Label};
use crate::dice::Dice;

/// How many cases of a question are asked of the compiler; all of small ones.
const ASKED: usize = 40;

#[test]
fn an_answer_is_what_the_semantics_say() {
    every_law(1, 60, 200, |small, _, seed| {
        let mut dice = Dice::new(seed);
        let mut answered = 0;
        for (id, asked) in small.questions() {
            let head = small.law[id].head;
            let lines = small.lines(&asked);
            let settings = small.settings(&asked);
            let facts = small.every_fact(&settings[0]);
            if facts.is_empty() {
                continue;
            }
            for _ in 0..ASKED {
                let setting = &settings[dice.throw(settings.len())];
                let facts = &facts[dice.throw(facts.len())];
                if !small.possible(&asked, setting, facts) {
                    continue;
                }
                let court = Court { law: &small.document.law, asked: &asked, setting, without: None };
                let candidates = small.candidates(&lines, setting);
                let applying = small.applying(&candidates, setting, facts);
                let verdict = court.verdict(&applying, facts);
                let case = small.case(setting, facts);
                let outcome = answer(&small.law, head, &case);
                let theirs = said(&small.law, &outcome);
                if theirs != verdict.said {
                    let ask = forseti::words::ask_command(&small.law, head, &case);
                    return Err(format!("{ask}: {theirs:?}, and by the oracle {:?}", verdict.said));
                }
                // Where something applies, something is not beaten: a gap is where nothing applies (family 2).
                let with_answer = || applying.iter().zip(&verdict.labels).filter(|(line, _)| line.answer.is_some());
                if with_answer().next().is_some() && with_answer().all(|(_, label)| *label == Label::Out) {
                    return Err("all that applies is beaten".to_owned());
                }
                answered += usize::from(theirs.status == "answered");
            }
        }
        Ok(answered)
    });
}
