//! What is asserted of answers, over all cases of which an assertion speaks.

use super::contest::Contest;
use super::describe::cases;
use super::place::Spaces;
use super::region::Region;
use super::search::{Cell, Taken, find};
use super::space::{Space, TooLarge};
use crate::answer::{Label, LineRef, Status, Verdict, verdict};
use crate::finding::{Code, Finding};
use crate::law::{Answer, Assertion, AssertionInstance, Claim, Question, QuestionHead, QuestionKind, Value};
use crate::words;

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
            if let Some(cell) = find(space, &start, &watched, &mut fails)? {
                return Ok(Some(finding(&asked, assertion, instance, question.head, &cell, wanted)));
            }
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
    contest: &Contest<'_, '_>,
    assertion: &Assertion,
    instance: &AssertionInstance,
    head: QuestionHead,
    cell: &Region,
    code: Code,
) -> Finding {
    let law = contest.law();
    let each = instance.each.map_or_else(String::new, |country| format!(" for {}", law[country].name));
    let (message, why) = if code == Code::AssertionFailed {
        (format!("the assertion `{}` is false{each}", assertion.title), "this is a case in which it does not hold")
    } else {
        (
            format!("the assertion `{}` is not proved{each}", assertion.title),
            "in this case the answer is undetermined, incomplete or in conflict",
        )
    };
    let about = [assertion.title.clone(), words::question(law, head), each];
    Finding::new(code, assertion.span, message)
        .about(about)
        .label(cases(contest.space, cell))
        .why(why)
        .witness(words::ask_command(law, head, &contest.full_case(cell)))
}
