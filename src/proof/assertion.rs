//! What is asserted of answers, over all cases of which an assertion speaks.

use super::concern::Concern;
use super::contest::Contest;
use super::place::Spaces;
use super::region::Region;
use super::search::{Cell, Taken, find, find_within};
use super::space::{Space, TooLarge};
use super::witness::witness_of;
use crate::answer::{Label, LineRef, Outcome, Status, Verdict, verdict};
use crate::finding::{Code, Finding};
use crate::law::{Answer, Assertion, AssertionInstance, Claim, Question, QuestionKind, Value};
use crate::words;

/// So many pieces are looked at to see in which cases an assertion fails.
const SOON: usize = 10_000;

/// The assertions about one matter.
pub(super) fn check(spaces: &Spaces<'_>) -> Result<Vec<Finding>, TooLarge> {
    let mut findings = Vec::new();
    let (law, matter) = (spaces.others.law, spaces.others.matter);
    for assertion in &law.assertions {
        for instance in &assertion.instances {
            for question in instance.questions.iter().filter(|question| question.matter == matter) {
                findings.extend(instance_finding(spaces.of(question.head), assertion, instance, *question)?);
            }
        }
    }
    Ok(findings)
}

fn contest<'s, 'l>(space: &'s Space<'l>, question: Question) -> Result<Option<Contest<'s, 'l>>, TooLarge> {
    let Some(id) = space.law.question_id(question) else { return Ok(None) };
    Contest::new(space, id).map(Some)
}

fn instance_finding(
    space: &Space<'_>,
    assertion: &Assertion,
    instance: &AssertionInstance,
    question: Question,
) -> Result<Option<Finding>, TooLarge> {
    let Some(asked) = contest(space, question)? else { return Ok(None) };
    let wide = match &instance.claim {
        Claim::Within(head) => contest(space, Question { head: *head, ..question })?,
        _ => None,
    };
    let Some(scope) = space.scope(instance.scope) else { return Ok(None) };
    let starts = space.condition(&instance.condition, false)?;
    // A plain falsehood is reported before something that could not be proved.
    for wanted in [Code::AssertionFailed, Code::AssertionNotProved] {
        let (mut shown, mut concern) = (None, Concern::default());
        for start in starts.iter().filter_map(|part| part.and(&scope)) {
            let lines = asked.meeting(&start);
            let wide_lines = wide.as_ref().map_or_else(Vec::new, |wide| wide.meeting(&start));
            let mut watched = asked.watched(&lines);
            let first_wide = watched.len();
            if let Some(wide) = &wide {
                watched.extend(wide.watched(&wide_lines));
            }
            let mut fails = Cell(|cell: &Region, taken: &[Taken]| {
                let answer = said(&asked, cell, &lines, taken);
                let wide = wide.as_ref().map(|wide| said(wide, cell, &wide_lines, &taken[first_wide..]));
                judge(&instance.claim, &answer, wide.as_ref()) == Some(wanted)
            });
            let Some(cell) = find(space, &start, &watched, &mut fails)? else { continue };
            let shown = shown.get_or_insert(cell);
            let mut fails = Cell(|cell: &Region, taken: &[Taken]| {
                let answer = said(&asked, cell, &lines, taken);
                let wide = wide.as_ref().map(|wide| self::said(wide, cell, &wide_lines, &taken[first_wide..]));
                if judge(&instance.claim, &answer, wide.as_ref()) == Some(wanted) {
                    concern.add(cell);
                }
                false
            });
            if find_within(SOON, space, &start, &watched, &mut fails).is_err() {
                concern.add(shown);
                concern.in_part();
            }
        }
        if let Some(cell) = shown {
            return Ok(Some(finding((&asked, wide.as_ref()), assertion, instance, (&cell, &concern), wanted)));
        }
    }
    Ok(None)
}

/// What the law says in a cell.
struct Said {
    status: Status,
    collected: bool,
    complete: bool,
    answers: Vec<Answer>,
}

fn said(contest: &Contest<'_, '_>, cell: &Region, lines: &[usize], taken: &[Taken]) -> Said {
    let applying = lines.iter().zip(taken).filter(|(_, taken)| **taken == Taken::All);
    let refs: Vec<LineRef> = applying.map(|(line, _)| contest.lines[*line]).collect();
    let verdict: Verdict = verdict(contest.precedence(cell), &refs);
    let standing = refs.iter().zip(&verdict.labels).filter(|(_, label)| **label == Label::In);
    Said {
        status: verdict.status,
        collected: contest.question.head.kind() == QuestionKind::Collected,
        complete: verdict.unread.is_empty(),
        answers: standing
            .filter_map(|(line, _)| line.line.answer.map(|answer| contest.law()[answer].clone()))
            .collect(),
    }
}

/// Whether the claim is false in the cell, or cannot be proved there; none: it is true.
fn judge(claim: &Claim, said: &Said, wide: Option<&Said>) -> Option<Code> {
    let open = |said: &Said| {
        matches!(said.status, Status::Undetermined | Status::Conflict) || (said.collected && !said.complete)
    };
    if open(said) || wide.is_some_and(open) {
        return Some(Code::AssertionNotProved);
    }
    let values = || said.answers.iter().flat_map(|answer| &answer.values);
    let holds = match claim {
        Claim::Answered => said.status == Status::Answered,
        Claim::Within(_) => {
            let wide: Vec<&Value> =
                wide.iter().flat_map(|wide| &wide.answers).flat_map(|answer| &answer.values).collect();
            wide.contains(&&Value::Any) || values().all(|value| wide.contains(&value))
        }
        Claim::Includes(member) => values().any(|value| member.is(value)),
        Claim::Excludes(member) => !values().any(|value| member.is(value)),
        Claim::Strength(strength) => said.answers.iter().any(|answer| answer.strength == *strength),
        Claim::Is(wanted) => said.answers.contains(wanted),
    };
    (!holds).then_some(Code::AssertionFailed)
}

fn finding(
    (contest, wide): (&Contest<'_, '_>, Option<&Contest<'_, '_>>),
    assertion: &Assertion,
    instance: &AssertionInstance,
    (cell, concern): (&Region, &Concern),
    code: Code,
) -> Finding {
    let law = contest.law();
    let head = contest.question.head;
    let each = instance.each.map_or_else(String::new, |country| format!(" for {}", law[country].name));
    let (message, why) = if code == Code::AssertionFailed {
        (format!("the assertion `{}` is false{each}", assertion.title), "these are cases in which it does not hold")
    } else {
        (
            format!("the assertion `{}` is not proved{each}", assertion.title),
            "in these cases the answer is undetermined, incomplete or in conflict",
        )
    };
    let about = [assertion.title.clone(), words::question(law, head), each];
    // What is compared with another question turns on the facts of both.
    let witness = if wide.is_some() {
        words::ask_command(law, head, &contest.full_case(cell))
    } else {
        witness_of(contest, cell, &|outcome| {
            outcome.depends.is_none() && judge(&instance.claim, &told(contest, outcome), None) == Some(code)
        })
    };
    Finding::new(code, assertion.span, message)
        .about(about)
        .label(concern.in_words(contest.space))
        .why(why)
        .witness(witness)
}

/// What is said to whoever asks.
fn told(contest: &Contest<'_, '_>, outcome: &Outcome) -> Said {
    Said {
        status: outcome.status,
        collected: contest.question.head.kind() == QuestionKind::Collected,
        complete: outcome.unread.is_empty(),
        answers: outcome.answers.iter().map(|deciding| deciding.answer.clone()).collect(),
    }
}
