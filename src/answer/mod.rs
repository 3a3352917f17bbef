//! The meaning, written once: [`answer`] follows `docs/semantics.md` step by step. It is the plain reference against
//! which everything faster is tested; clarity before speed.
//!
//! ```text
//! applicability   section 2   which texts apply, and which are replaced, reserved or not held
//! clash           section 4   when two answers disagree
//! precedence      section 5   who prevails over whom, by which clause
//! verdict         section 6   what stands, what is beaten, what is open
//! lines           section 3   which lines can speak on a question
//! circumstances   section 8   facts that were not given
//! classes         section 1   the finite form of their values
//! period                      when a period ends whose event has a day
//! outcome                     what is said to whoever asked
//! ```

pub mod applicability;
mod circumstances;
mod clash;
mod classes;
mod lines;
mod outcome;
mod period;
mod precedence;
mod verdict;

use std::collections::{BTreeMap, BTreeSet};

pub use applicability::Setting;
pub(crate) use circumstances::tied_facts;
use circumstances::{Circumstances, Explored};
pub use clash::clash;
pub(crate) use clash::outweighs;
pub use classes::{Asked, asked, classes, classes_in, place_can_lie_in};
pub(crate) use lines::limits;
pub use lines::lines;
pub use outcome::*;
pub use period::{DayOff, End, LastDay, Period};
pub use precedence::{Defeater, Precedence, clauses_for, is_unread};
pub use verdict::{Label, Verdict, verdict};
pub(crate) use verdict::{MOST_PAIRS, grounded};

use crate::case::Case;
use crate::law::{
    Answer, FactId, FactValue, InstrumentId, Law, Line, LineOrigin, Never, PlaceId, PlaceTerm, Question, QuestionHead,
    Value,
};

/// The answer of the law to one question in one case.
///
/// The countries must fit the matter; a case whose countries do not, whose facts cannot occur together ([`impossible`]), or
/// in which a declared place lies elsewhere ([`misplaced`]), is out of scope.
pub fn answer(law: &Law, head: QuestionHead, case: &Case) -> Outcome {
    let setting = setting(case);
    if !setting.fits(law) || misplaced(law, head, case).is_some() {
        return Outcome::empty(Status::OutOfScope);
    }
    answer_among(law, head, case, &candidates(law, head, setting))
}

/// The answer where it is known which lines the setting lets apply.
pub(crate) fn answer_among(law: &Law, head: QuestionHead, case: &Case, candidates: &[LineRef]) -> Outcome {
    let precedence = Precedence::new(law, head, setting(case));
    let circumstances = Circumstances::new(law, head, case, candidates);
    let explored = circumstances.explore(&|applying| {
        let lines: Vec<LineRef> = applying.iter().map(|line| candidates[*line]).collect();
        decided(precedence, case, &lines)
    });
    combined(&circumstances, explored)
}

/// The part of the case that is settled before any fact.
pub fn setting(case: &Case) -> Setting {
    Setting { matter: case.matter, requesting: case.requesting, requested: case.requested, on: case.on }
}

/// The lines of a question that the setting lets apply, those of texts not held last.
pub fn candidates(law: &Law, head: QuestionHead, setting: Setting) -> Vec<LineRef> {
    let question = Question { matter: setting.matter, head };
    let applies = |line: &Line| applicability::line_applies(law, line, setting);
    let asking = law.question_id(question).map(|id| law.lines_asking(id, setting.requested)).unwrap_or_default();
    let written = asking.into_iter().map(|id| (id, law[id])).filter(|(_, line)| applies(line));
    let written = written.map(|(id, line)| LineRef { id: Some(id), line });
    let unread = applicability::unread_lines(law, question).into_iter().filter(applies);
    written.chain(unread.map(|line| LineRef { id: None, line })).collect()
}

/// The instruments that apply in a case, in the order of the table. What the request is made under decides for
/// treaties in matters that have it; while that is not given, they are counted.
pub fn governing(law: &Law, case: &Case) -> Vec<InstrumentId> {
    law.instruments().map(|(id, _)| id).filter(|id| governs(law, case, *id, None)).collect()
}

/// The instrument applies in a case, or its provision with that citation does: it is not replaced, and nobody in the case
/// has a reservation on it.
pub fn governs(law: &Law, case: &Case, instrument: InstrumentId, citation: Option<&str>) -> bool {
    let setting = setting(case);
    let by_request = !law[case.matter].under_one_instrument
        || law[instrument].kind != crate::law::Kind::Treaty
        || case.under.is_none_or(|under| applicability::is_made_under(law, instrument, under));
    setting.fits(law) && by_request && applicability::provision_applies(law, instrument, citation, setting)
}

/// The reason why the facts that are given cannot occur together, if they cannot.
pub fn impossible<'l>(law: &'l Law, case: &Case) -> Option<&'l Never> {
    let fact = |id: FactId| case.facts.get(&id);
    law.nevers.iter().find(|never| applicability::holds(law, &never.condition, setting(case), &fact) == Some(true))
}

/// A declared place that cannot be named in the case, with its fact: it lies elsewhere ([`place_can_lie_in`]).
pub fn misplaced(law: &Law, head: QuestionHead, case: &Case) -> Option<(FactId, PlaceId)> {
    case.facts.iter().find_map(|(fact, value)| match value {
        FactValue::Place(place) if !place_can_lie_in(head, setting(case), law[*place].country) => Some((*fact, *place)),
        _ => None,
    })
}

/// The outcome over the lines that apply, all circumstances being settled.
pub(crate) fn decided(precedence: Precedence<'_>, case: &Case, lines: &[LineRef]) -> Outcome {
    let verdict = verdict(precedence, lines);
    let mut answers: Vec<Deciding> = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        let (Label::In, Some(held)) = (verdict.labels[place], line.line.answer) else { continue };
        let defeated: Vec<Defeat> = verdict
            .defeats
            .iter()
            .enumerate()
            .flat_map(|(loser, by)| by.iter().filter(|(winner, _)| *winner == place).map(move |(_, by)| (loser, by)))
            .map(|(loser, by)| Defeat { line: lines[loser], by: by.clone() })
            .collect();
        let assumptions = assumptions(precedence, &line.line, &defeated);
        let held = &precedence.law[held];
        let (answer, period) = (with_places(held, case), Period::of(held, case));
        answers.push(Deciding { answer, period, line: *line, assumptions, defeated });
    }
    let law = precedence.law;
    answers.sort_by_cached_key(|deciding| {
        let line = &deciding.line.line;
        (
            deciding.answer.strength,
            !law[line.instrument].kind.is_binding(),
            line.instrument,
            line.provision,
            deciding.line.id,
        )
    });
    let unread = verdict.unread.iter().map(|line| lines[*line]).collect();
    Outcome { status: verdict.status, answers, unread, disputes: verdict.disputes, depends: None }
}

/// All that an answer rests on, each once: its rule, provision and instrument, and the clauses by which it won.
fn assumptions(precedence: Precedence<'_>, line: &Line, defeated: &[Defeat]) -> Vec<String> {
    let law = precedence.law;
    let mut all = law[line.assumptions].clone();
    all.extend(applicability::assumptions(law, line, precedence.setting));
    all.extend(defeated.iter().flat_map(|defeat| &defeat.by).flat_map(|clause| law[*clause].assumptions.clone()));
    let mut seen = BTreeSet::new();
    all.retain(|assumption| seen.insert(assumption.clone()));
    all
}

/// The answer with the places of the case put in.
pub(crate) fn with_places(answer: &Answer, case: &Case) -> Answer {
    let mut answer = answer.clone();
    for value in &mut answer.values {
        let Value::Authority(_, Some(place)) = value else { continue };
        let PlaceTerm::Fact(fact) = place else { continue };
        match case.facts.get(fact) {
            Some(FactValue::Place(id)) => *place = PlaceTerm::Place(*id),
            Some(FactValue::OtherPlace(name)) => *place = PlaceTerm::Named(name.clone()),
            _ => {}
        }
    }
    answer.values.sort();
    answer.values.dedup();
    answer
}

/// One outcome out of those of all circumstances that are left open.
fn combined(circumstances: &Circumstances<'_>, explored: Explored) -> Outcome {
    let Explored { leaves, complete } = explored;
    let mut merged: Vec<Outcome> = Vec::new();
    let mut known: BTreeMap<Said, usize> = BTreeMap::new();
    let mut group = Vec::with_capacity(leaves.len());
    for leaf in &leaves {
        let at = *known.entry(leaf.outcome.said()).or_insert(merged.len());
        group.push(at);
        match merged.get_mut(at) {
            Some(outcome) => outcome.add_reasons_of(&leaf.outcome),
            None => merged.push(leaf.outcome.clone()),
        }
    }
    if merged.len() <= 1 && complete {
        return merged.pop().unwrap_or_else(|| Outcome::empty(Status::OutOfScope));
    }
    let on = if complete { circumstances.depended_on(&leaves, &group) } else { None };
    let complete = on.is_some();
    let regions = if complete {
        circumstances.regions(&leaves, &group, merged.len())
    } else {
        circumstances.as_found(&leaves, &group, merged.len())
    };
    let on = on.unwrap_or_else(|| circumstances.open());
    let branches =
        regions.into_iter().zip(merged).map(|(regions, outcome)| DependsBranch { regions, outcome }).collect();
    Outcome { depends: Some(Depends { on, branches, complete }), ..Outcome::empty(Status::Depends) }
}

/// The note that an unread line carries: what is said of the text that is not held.
pub fn unread_note<'l>(law: &'l Law, line: &Line) -> Option<&'l str> {
    match line.origin {
        LineOrigin::Unread(note) => note.map(|note| law[note].as_str()),
        _ => None,
    }
}
