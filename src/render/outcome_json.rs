//! The answer to a question for programs: one object.

use serde::Serialize;

use super::office::{Office, Where};
use super::outcome::DISPUTES;
use super::reply::{CaseWords, Reply, ReplyKind};
use crate::answer::{Deciding, DependsBranch, Dispute, DisputeKind, End, LineRef, Open, Outcome, unread_note};
use crate::law::{AuthorityId, Law, PlaceTerm, QuestionHead, Value};
use crate::words;

/// A question with its answer, as `ask --format json` prints it.
#[derive(Debug, Serialize)]
pub struct ReplyJson {
    question: String,
    case: CaseWords,
    #[serde(flatten)]
    outcome: OutcomeJson,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    out_of_scope: Vec<String>,
    /// What is said beside the answer.
    notes: Vec<String>,
}

#[derive(Debug, Default, Serialize)]
struct OutcomeJson {
    status: &'static str,
    answers: Vec<AnswerJson>,
    depends_on: Vec<OpenJson>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    branches: Vec<BranchJson>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    undetermined: Vec<UnreadJson>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    conflicts: Vec<ConflictJson>,
    /// So many more are not listed; of very many, at least.
    #[serde(skip_serializing_if = "is_none")]
    conflicts_left_out: usize,
    /// A collected answer to which a text that is not held may add something; or not all circumstances were looked at.
    incomplete: bool,
}

#[derive(Debug, Serialize)]
struct AnswerJson {
    value: String,
    values: Vec<String>,
    strength: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<PeriodJson>,
    instrument: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    instrument_title: Option<String>,
    provision: Option<String>,
    assumptions: Vec<String>,
    defeated: Vec<DefeatedJson>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authorities: Vec<AuthorityJson>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    languages: Vec<LanguageJson>,
}

/// When the period of an answer ends; `last_day` is null where the calendar does not tell.
#[derive(Debug, Serialize)]
struct PeriodJson {
    event: String,
    began: String,
    last_day: Option<String>,
    /// It ends at the hour of the event, not with the day.
    same_hour: bool,
    /// The day, and what is open about it.
    text: String,
}

#[derive(Debug, Serialize)]
struct DefeatedJson {
    rule: String,
    answer: Option<String>,
    reason: String,
}

#[derive(Debug, Serialize)]
struct AuthorityJson {
    authority: String,
    country: String,
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    called: Vec<CalledJson>,
    address: Vec<String>,
    email: Vec<String>,
    telephone: Vec<String>,
    website: Vec<String>,
    note: Vec<String>,
}

#[derive(Debug, Serialize)]
struct CalledJson {
    name: String,
    language: String,
}

#[derive(Debug, Serialize)]
struct LanguageJson {
    name: String,
    code: String,
}

#[derive(Debug, Serialize)]
struct OpenJson {
    fact: String,
    title: Option<String>,
}

#[derive(Debug, Serialize)]
struct BranchJson {
    /// The circumstances, each a list of conditions that all hold; one of them suffices.
    when: Vec<Vec<TestJson>>,
    #[serde(flatten)]
    outcome: OutcomeJson,
}

#[derive(Debug, Serialize)]
struct TestJson {
    fact: String,
    values: Vec<String>,
    text: String,
}

#[derive(Debug, Serialize)]
struct UnreadJson {
    instrument: String,
    provision: Option<String>,
    note: Option<String>,
}

#[derive(Debug, Serialize)]
struct ConflictJson {
    kind: &'static str,
    rules: Vec<RuleJson>,
    clauses: Vec<String>,
}

#[derive(Debug, Serialize)]
struct RuleJson {
    rule: String,
    answer: Option<String>,
}

/// The object for a question with its answer.
pub fn outcome(law: &Law, reply: &Reply) -> ReplyJson {
    let (outcome, out_of_scope) = match &reply.answer {
        ReplyKind::Outcome(head, outcome) => (outcome_json(law, *head, outcome), Vec::new()),
        ReplyKind::OutOfScope(reasons) => {
            (OutcomeJson { status: reply.status().word(), ..OutcomeJson::default() }, reasons.clone())
        }
    };
    ReplyJson {
        question: reply.question.clone(),
        case: reply.case.clone(),
        outcome,
        out_of_scope,
        notes: reply.notes.clone(),
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_none(left_out: &usize) -> bool {
    *left_out == 0
}

fn outcome_json(law: &Law, head: QuestionHead, outcome: &Outcome) -> OutcomeJson {
    let depends = outcome.depends.as_ref();
    OutcomeJson {
        status: outcome.status.word(),
        answers: outcome.answers.iter().map(|deciding| answer(law, head, deciding)).collect(),
        depends_on: depends.iter().flat_map(|depends| &depends.on).map(|on| open(law, *on)).collect(),
        branches: depends.iter().flat_map(|depends| &depends.branches).map(|one| branch(law, head, one)).collect(),
        undetermined: outcome.unread.iter().map(|line| unread(law, line)).collect(),
        conflicts_left_out: outcome.disputes.len().saturating_sub(DISPUTES),
        conflicts: outcome.disputes.iter().take(DISPUTES).map(|dispute| conflict(law, head, dispute)).collect(),
        incomplete: outcome.is_incomplete() || depends.is_some_and(|depends| !depends.complete),
    }
}

fn answer(law: &Law, head: QuestionHead, deciding: &Deciding) -> AnswerJson {
    let (line, said) = (&deciding.line.line, &deciding.answer);
    let values: Vec<_> = said.values.iter().map(|value| words::value(law, value)).collect();
    // a norm about what somebody does has no value but itself
    let value = if values.is_empty() { words::answer(law, head, said) } else { values.join(" or ") };
    let instrument = &law[line.instrument];
    AnswerJson {
        values: if values.is_empty() { vec![value.clone()] } else { values },
        value,
        strength: said.strength.word(),
        limit: said.limit.map(|limit| words::limit(law, limit)),
        period: deciding.period.map(|period| PeriodJson {
            event: law[period.event].name.clone(),
            began: period.began.to_string(),
            last_day: period.last_day().map(|day| day.to_string()),
            same_hour: matches!(period.end, End::On(last) if last.same_hour),
            text: words::period_end(law, period),
        }),
        instrument: instrument.name.clone(),
        instrument_title: instrument.title.clone(),
        provision: line.provision.map(|provision| law[provision].citation.clone()),
        assumptions: deciding.assumptions.clone(),
        defeated: deciding
            .defeated
            .iter()
            .map(|defeat| DefeatedJson {
                rule: words::citation(law, &defeat.line.line),
                answer: says(law, head, &defeat.line),
                reason: words::both(defeat.by.iter().map(|clause| {
                    let in_vain = words::claims_in_vain(law, &law[*clause], line, &defeat.line.line);
                    format!("{}{in_vain}", reason(law, *clause))
                })),
            })
            .collect(),
        authorities: said
            .values
            .iter()
            .filter_map(|value| match value {
                Value::Authority(id, place) => Some(authority(law, *id, place.as_ref())),
                _ => None,
            })
            .collect(),
        languages: said
            .values
            .iter()
            .filter_map(|value| match value {
                Value::Language(id) => Some(LanguageJson { name: law[*id].name.clone(), code: law[*id].code.clone() }),
                _ => None,
            })
            .collect(),
    }
}

fn reason(law: &Law, clause: crate::law::ClauseId) -> String {
    let clause = &law[clause];
    format!("{}: {}", words::clause_owner(law, clause), words::clause(law, clause))
}

fn says(law: &Law, head: QuestionHead, line: &LineRef) -> Option<String> {
    line.line.answer.map(|answer| words::answer(law, head, &law[answer]))
}

fn authority(law: &Law, id: AuthorityId, place: Option<&PlaceTerm>) -> AuthorityJson {
    let office = Office::of(law, id, place);
    let called = office.called.iter();
    AuthorityJson {
        authority: words::authority(law, id),
        country: office.country.to_owned(),
        title: office.title.map(str::to_owned),
        place: office.place.as_ref().map(|place| match place {
            Where::In(name) | Where::NamedBy(name) => (*name).to_owned(),
        }),
        called: called
            .map(|(name, language)| CalledJson { name: (*name).to_owned(), language: (*language).to_owned() })
            .collect(),
        address: office.contact.address.clone(),
        email: office.contact.email.clone(),
        telephone: office.contact.telephone.clone(),
        website: office.contact.website.clone(),
        note: office.contact.note.clone(),
    }
}

fn open(law: &Law, open: Open) -> OpenJson {
    let title = match open {
        Open::Under => None,
        Open::Fact(fact) => law[fact].title.clone(),
    };
    OpenJson { fact: words::open(law, open).to_owned(), title }
}

fn branch(law: &Law, head: QuestionHead, branch: &DependsBranch) -> BranchJson {
    let when = branch.regions.iter().map(|region| {
        let tests = region.iter().map(|(open, values)| TestJson {
            fact: words::open(law, *open).to_owned(),
            values: values.iter().map(|value| words::open_value(law, *open, value)).collect(),
            text: words::open_test(law, *open, values),
        });
        tests.collect()
    });
    BranchJson { when: when.collect(), outcome: outcome_json(law, head, &branch.outcome) }
}

fn unread(law: &Law, line: &LineRef) -> UnreadJson {
    UnreadJson {
        instrument: law[line.line.instrument].name.clone(),
        provision: line.line.provision.map(|provision| law[provision].citation.clone()),
        note: unread_note(law, &line.line).map(str::to_owned),
    }
}

fn conflict(law: &Law, head: QuestionHead, dispute: &Dispute) -> ConflictJson {
    ConflictJson {
        kind: match dispute.kind {
            DisputeKind::Unsettled => "unsettled",
            DisputeKind::Inversion => "inversion",
            DisputeKind::Cycle => "cycle",
        },
        rules: dispute
            .lines
            .iter()
            .map(|line| RuleJson { rule: words::citation(law, &line.line), answer: says(law, head, line) })
            .collect(),
        clauses: dispute.clauses.iter().map(|clause| reason(law, *clause)).collect(),
    }
}
