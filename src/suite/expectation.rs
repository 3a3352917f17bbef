//! Whether an answer is what a test expects; if not, what is missing, in words.

use crate::answer::{Deciding, LineRef, Open, Outcome, Period, Status, with_places};
use crate::case::Case;
use crate::law::{Answer, EventId, Expectation, Expected, Law, Limit, Member, QuestionKind, Value, covers};
use crate::words;

/// What an outcome lacks.
#[derive(Debug)]
pub(super) struct Missing {
    /// What was expected, in words.
    pub(super) expected: String,
    /// In what the answer differs from it, where the two can be compared.
    pub(super) differs: Option<String>,
}

impl From<String> for Missing {
    fn from(expected: String) -> Missing {
        Missing { expected, differs: None }
    }
}

impl From<&str> for Missing {
    fn from(expected: &str) -> Missing {
        expected.to_owned().into()
    }
}

/// The lines that an expectation is about, if the outcome meets it: what it says is then tested.
///
/// # Errors
/// What the outcome lacks, in words.
pub(super) fn met<'o>(
    law: &Law,
    case: &Case,
    expectation: &Expectation,
    outcome: &'o Outcome,
) -> Result<Vec<&'o LineRef>, Missing> {
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
                }
                .into());
            }
            found
        }
        Expected::Met(wanted) => {
            let met = |deciding: &Deciding| deciding.answer.values.contains(&Value::Met(*wanted));
            if outcome.status != Status::Answered || !outcome.answers.iter().all(met) {
                return Err(format!("expected: {}", if *wanted { "met" } else { "not met" }).into());
            }
            outcome.answers.iter().collect()
        }
        Expected::Includes(member) | Expected::Excludes(member) => {
            let wanted = matches!(expectation.expected, Expected::Includes(_));
            if outcome.status != Status::Answered || includes(outcome, *member) != wanted {
                let word = if wanted { "among" } else { "not among" };
                return Err(format!("expected: `{}` {word} the answers", member_word(law, *member)).into());
            }
            outcome.answers.iter().collect()
        }
        Expected::DependsOn { facts, under } => {
            let on = outcome.depends.as_ref().map_or(&[][..], |depends| &depends.on);
            let wanted = under.then_some(Open::Under).into_iter().chain(facts.iter().map(|fact| Open::Fact(*fact)));
            // which answers it depends on is not said, and so none of them is tested
            let missing: Vec<Open> = wanted.filter(|open| !on.contains(open)).collect();
            if missing.is_empty() {
                return Ok(Vec::new());
            }
            let missing = words::both(missing.into_iter().map(|open| format!("`{}`", words::open(law, open))));
            return Err(format!("expected: depends on {missing}").into());
        }
        Expected::Ends(wanted) => {
            let ends = |deciding: &&Deciding| deciding.period.and_then(Period::last_day) == Some(*wanted);
            let found: Vec<_> = outcome.answers.iter().filter(ends).collect();
            if outcome.status != Status::Answered || found.is_empty() {
                return Err(Missing {
                    expected: format!("expected: ends {wanted}"),
                    differs: ends_otherwise(law, outcome),
                });
            }
            found
        }
        Expected::Incomplete => {
            if !outcome.is_incomplete() {
                return Err("expected: an incomplete answer".into());
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
        return Err(missing.into());
    }
    if let Some(missing) = expectation.assuming.iter().find(|text| !assumptions.contains(text)) {
        return Err(format!("expected: the assumption {}", words::quoted(missing)).into());
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
) -> Result<Vec<&'o Deciding>, Missing> {
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
        let expected = format!("expected: {}", words::answer(law, expectation.head, wanted));
        Err(Missing { expected, differs: differs(law, expectation, outcome, wanted) })
    }
}

/// In what the answer differs from what was wanted: the alternatives that it lacks and those that it has beside them, and
/// where those are the same, how strongly it says them and by when.
fn differs(law: &Law, expectation: &Expectation, outcome: &Outcome, wanted: &Answer) -> Option<String> {
    let said: Vec<&Value> = outcome.answers.iter().flat_map(|deciding| &deciding.answer.values).collect();
    let named =
        |values: Vec<&Value>| words::both(values.into_iter().map(|value| format!("`{}`", words::value(law, value))));
    let lacking: Vec<&Value> = wanted.values.iter().filter(|value| !said.contains(value)).collect();
    let mut beside: Vec<&Value> = match expectation.head.kind() {
        // what is collected may hold more than a test asks for
        QuestionKind::Collected => Vec::new(),
        _ => said.into_iter().filter(|value| !wanted.values.contains(value)).collect(),
    };
    beside.sort_unstable();
    beside.dedup();
    let mut parts = Vec::new();
    if !lacking.is_empty() {
        parts.push(format!("the answer lacks {}", named(lacking)));
    }
    if !beside.is_empty() {
        let has = if parts.is_empty() { "the answer also has" } else { "it has" };
        parts.push(format!("{has} {}", named(beside)));
    }
    if outcome.status != Status::Answered {
        return None;
    }
    if parts.is_empty() {
        let strengths = outcome.answers.iter().map(|deciding| deciding.answer.strength);
        if strengths.clone().all(|strength| strength != wanted.strength) {
            let mut words: Vec<&str> = strengths.map(crate::law::Strength::word).collect();
            words.dedup();
            let (said, wanted) = (words::both(words), wanted.strength.word());
            parts.push(format!("the answer says `{said}`, and the test `{wanted}`"));
        } else if let Some(limit) = wanted.limit {
            let limits = outcome.answers.iter().filter_map(|deciding| deciding.answer.limit);
            let limits: Vec<String> = limits.map(|limit| format!("`{}`", words::limit(law, limit))).collect();
            let limits = if limits.is_empty() { "no time limit".to_owned() } else { words::both(limits) };
            parts.push(format!("the answer has {limits}, and the test `{}`", words::limit(law, limit)));
        }
    }
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// When the periods of an answer end that should end on another day, or why no day is worked out.
fn ends_otherwise(law: &Law, outcome: &Outcome) -> Option<String> {
    if outcome.status != Status::Answered {
        return None;
    }
    let ends = outcome.answers.iter().filter_map(|deciding| deciding.period);
    let ends: Vec<String> = ends.map(|period| format!("it {}", words::period_end(law, period))).collect();
    if !ends.is_empty() {
        return Some(ends.join("; "));
    }
    let starts = outcome.answers.iter().filter_map(|deciding| start(&deciding.answer));
    let mut starts: Vec<String> = starts.map(|event| format!("`{}`", law[event].name)).collect();
    starts.dedup();
    Some(if starts.is_empty() {
        "the answer has no period that runs from an event".to_owned()
    } else {
        let starts = words::both(starts);
        format!(
            "it runs from {starts}, and the test does not give that day: write `with {} on …`",
            starts.trim_matches('`')
        )
    })
}

/// The event from which the period of an answer runs.
fn start(answer: &Answer) -> Option<EventId> {
    let of_value = answer.values.iter().find_map(|value| match value {
        Value::Deadline(deadline) => deadline.from,
        _ => None,
    });
    of_value.or(match answer.limit {
        Some(Limit::Within(_, event)) => event,
        _ => None,
    })
}

fn status<'o>(
    law: &Law,
    expectation: &Expectation,
    outcome: &'o Outcome,
    wanted: Status,
) -> Result<Vec<&'o LineRef>, Missing> {
    if outcome.status != wanted {
        return Err(format!("expected: {}", wanted.word().replace('-', " ")).into());
    }
    let disputed = outcome.disputes.iter().flat_map(|dispute| &dispute.lines);
    let lines: Vec<_> = outcome.unread.iter().chain(disputed).collect();
    match not_cited(law, expectation, &lines) {
        Some(missing) => Err(missing.into()),
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
