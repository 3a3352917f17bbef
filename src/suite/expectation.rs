//! Whether an answer is what a test expects; if not, what is missing, in words.

use crate::answer::{Deciding, LineRef, Open, Outcome, Period, Status, with_places};
use crate::case::Case;
use crate::law::{Answer, Expectation, Expected, Law, Member, QuestionKind, Value, covers};
use crate::words;

/// The lines that an expectation is about, if the outcome meets it: what it says is then tested.
///
/// # Errors
/// What the outcome lacks, in words.
pub(super) fn met<'o>(
    law: &Law,
    case: &Case,
    expectation: &Expectation,
    outcome: &'o Outcome,
) -> Result<Vec<&'o LineRef>, String> {
    let deciding: Vec<&Deciding> = match &expectation.expected {
        Expected::Is(wanted) => {
            let wanted = with_places(wanted, case);
            answers_with(law, expectation, outcome, &wanted)?
        }
        Expected::Refuse(strength, ground) => {
            let on = |deciding: &&Deciding| {
                deciding.answer.strength == *strength
                    && ground.is_none_or(|ground| {
                        deciding
                            .answer
                            .values
                            .iter()
                            .any(|value| matches!(value, Value::Ground(name, _) if *name == ground))
                    })
            };
            let found: Vec<_> = outcome.answers.iter().filter(on).collect();
            if outcome.status != Status::Answered || found.is_empty() {
                return Err(match ground {
                    Some(ground) => format!("expected: {} refuse on ground {}", strength.word(), law[*ground].text),
                    None => format!("expected: {} refuse", strength.word()),
                });
            }
            found
        }
        Expected::Met(wanted) => {
            let met = |deciding: &Deciding| deciding.answer.values.contains(&Value::Met(*wanted));
            if outcome.status != Status::Answered || !outcome.answers.iter().all(met) {
                return Err(format!("expected: {}", if *wanted { "met" } else { "not met" }));
            }
            outcome.answers.iter().collect()
        }
        Expected::Includes(member) | Expected::Excludes(member) => {
            let wanted = matches!(expectation.expected, Expected::Includes(_));
            if outcome.status != Status::Answered || includes(outcome, *member) != wanted {
                let word = if wanted { "among" } else { "not among" };
                return Err(format!("expected: `{}` {word} the answers", member_word(law, *member)));
            }
            outcome.answers.iter().collect()
        }
        Expected::DependsOn(facts) => {
            let on = outcome.depends.as_ref().map_or(&[][..], |depends| &depends.on);
            let missing = facts.iter().find(|fact| !on.contains(&Open::Fact(**fact)));
            // which answers it depends on is not said, and so none of them is tested
            return missing.map_or(Ok(Vec::new()), |fact| Err(format!("expected: depends on `{}`", law[*fact].name)));
        }
        Expected::Ends(wanted) => {
            let ends = |deciding: &&Deciding| deciding.period.and_then(Period::last_day) == Some(*wanted);
            let found: Vec<_> = outcome.answers.iter().filter(ends).collect();
            if outcome.status != Status::Answered || found.is_empty() {
                return Err(format!("expected: ends {wanted}"));
            }
            found
        }
        Expected::Incomplete => {
            if !outcome.is_incomplete() {
                return Err("expected: an incomplete answer".to_owned());
            }
            outcome.answers.iter().collect()
        }
        Expected::Undetermined => return status(law, expectation, outcome, Status::Undetermined),
        Expected::NoRule => return status(law, expectation, outcome, Status::NoRule),
        Expected::OutOfScope => return status(law, expectation, outcome, Status::OutOfScope),
        Expected::Conflict => return status(law, expectation, outcome, Status::Conflict),
    };
    let lines: Vec<&LineRef> = deciding.iter().map(|deciding| &deciding.line).collect();
    let assumptions: Vec<&String> = deciding.iter().flat_map(|deciding| &deciding.assumptions).collect();
    if let Some(missing) = not_cited(law, expectation, &lines) {
        return Err(missing);
    }
    if let Some(missing) = expectation.assuming.iter().find(|text| !assumptions.contains(text)) {
        return Err(format!("expected: the assumption {}", words::quoted(missing)));
    }
    // that an answer is incomplete says something of the text that makes it so
    let unread = outcome.unread.iter().filter(|_| matches!(expectation.expected, Expected::Incomplete));
    Ok(lines.into_iter().chain(unread).collect())
}

/// The answers that are what was written, or what was expected in words.
fn answers_with<'o>(
    law: &Law,
    expectation: &Expectation,
    outcome: &'o Outcome,
    wanted: &Answer,
) -> Result<Vec<&'o Deciding>, String> {
    let as_wanted = |deciding: &&Deciding| {
        let answer = &deciding.answer;
        let same_limit = wanted.limit.is_none() || wanted.limit == answer.limit;
        let same_values = match expectation.head.kind() {
            QuestionKind::Collected => wanted.values.iter().any(|value| answer.values.contains(value)),
            _ => answer.values == wanted.values,
        };
        answer.strength == wanted.strength && same_limit && same_values
    };
    let found: Vec<_> = outcome.answers.iter().filter(as_wanted).collect();
    let all_there = match expectation.head.kind() {
        QuestionKind::Collected => {
            wanted.values.iter().all(|value| found.iter().any(|deciding| deciding.answer.values.contains(value)))
        }
        _ => !found.is_empty(),
    };
    if outcome.status == Status::Answered && all_there {
        Ok(found)
    } else {
        Err(format!("expected: {}", words::answer(law, expectation.head, wanted)))
    }
}

fn status<'o>(
    law: &Law,
    expectation: &Expectation,
    outcome: &'o Outcome,
    wanted: Status,
) -> Result<Vec<&'o LineRef>, String> {
    if outcome.status != wanted {
        return Err(format!("expected: {}", wanted.word().replace('-', " ")));
    }
    let disputed = outcome.disputes.iter().flat_map(|dispute| &dispute.lines);
    let lines: Vec<_> = outcome.unread.iter().chain(disputed).collect();
    match not_cited(law, expectation, &lines) {
        Some(missing) => Err(missing),
        None => Ok(lines.into_iter().chain(outcome.answers.iter().map(|deciding| &deciding.line)).collect()),
    }
}

/// The first provision that should be cited and is not. A whole text that is not held is cited by its instrument.
fn not_cited(law: &Law, expectation: &Expectation, lines: &[&LineRef]) -> Option<String> {
    let cited = |instrument: Option<crate::law::InstrumentId>, citation: &str| {
        lines.iter().any(|line| {
            let line = &line.line;
            instrument.is_none_or(|instrument| instrument == line.instrument)
                && line.provision.is_some_and(|provision| covers(citation, &law[provision].citation))
        })
    };
    let missing = expectation.by.iter().find(|(instrument, citation)| !cited(*instrument, citation))?;
    Some(format!("expected: decided by {}", words::quoted(&missing.1)))
}

fn includes(outcome: &Outcome, member: Member) -> bool {
    outcome.answers.iter().flat_map(|deciding| &deciding.answer.values).any(|value| member.is(value))
}

fn member_word(law: &Law, member: Member) -> String {
    match member {
        Member::Authority(id) => words::authority(law, id),
        Member::Language(id) => law[id].name.clone(),
        Member::Word(id) => law[id].text.clone(),
    }
}
