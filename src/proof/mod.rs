//! What is proved of a body of law, over all cases, all days and every fact (semantics, section 7): exact, without
//! sampling, and with a case in hand for each finding. Where something is too large to be proved, that is a finding too.
//!
//! ```text
//! set, region   boxes of cases and their algebra
//! space         the cases of a matter in finite form; the boxes of texts, scopes and conditions
//! place         where declared places lie, and in which cases they can be named
//! index         which boxes can meet a region: rows of bits
//! kin           who can have a part in whose fate, read off answers and clauses alone
//! contest       one question, its lines with their boxes, and the verdict in a cell
//! search        the first cell with a property, exactly
//! fate          cells in which lines are not beaten
//! pairs         lines that disagree and meet
//! conflict      conflicts net of third rules
//! inversion     claims against what one must yield to
//! circle        circles of clauses
//! reach         rules that never decide
//! defeat        by which others such a rule is beaten
//! redundant     rules that change no answer
//! without       what a rule adds to the others
//! clauses       clauses that settle nothing
//! gap           cases that must have an answer and have none
//! assertion     what is asserted of answers
//! diagram       decision diagrams
//! decision      the diagram of one question
//! cover         its parts as regions that a reader takes in
//! join          boxes that share no case, as fewer that share none
//! table         what is answered in which cases, as rows
//! boxes         its lines with their boxes, for the module
//! concern       the cases of a finding as regions: the largest, and how many others
//! describe      regions in words
//! witness       a case in hand
//! work          how much may be looked at
//! ```
//!
//! Every proof asks for one cell: a piece of the cases in which the same lines apply. How long that takes depends on how
//! many boxes meet, and not on how many there are, as long as nothing else is looked at. So
//!
//! 1. a question stands alone: it has its lines, and an index of their boxes, and nothing is read of other questions;
//! 2. what answers and clauses alone decide is decided before any geometry: lines that agree are no pair, a line of
//!    which no clause speaks stands wherever it applies, a circle needs texts that can beat each other in turn;
//! 3. the index gives the lines that meet a box, and they alone are watched;
//! 4. the search carries along only the boxes that cross its piece, stops at the first cell that it wants, and turns back
//!    as soon as no cell of the piece can be one.
//!
//! Nothing of this leaves anything out. Where a search or a condition would be too large, that is the finding `limit`.

mod assertion;
mod boxes;
mod circle;
mod clauses;
mod concern;
mod conflict;
mod contest;
mod cover;
mod decision;
mod defeat;
mod describe;
mod diagram;
mod fate;
mod gap;
mod index;
mod inversion;
mod join;
mod kin;
mod pairs;
mod place;
mod reach;
mod redundant;
mod region;
mod search;
mod set;
mod space;
mod table;
mod without;
mod witness;
mod work;

pub(crate) use boxes::{Boxes, Stay, boxes};
pub(crate) use conflict::gives_way;
pub(crate) use decision::WORK;
pub(crate) use diagram::{Axis, Child, Diagram};
pub(crate) use join::{Cell, joined};
pub(crate) use set::{Set, WIDTH};
pub(crate) use table::{Diagrams, diagrams};
pub use table::{Row, Slice, Table, table, tables};

use std::rc::Rc;

use contest::Contest;
use place::Spaces;
use space::{Space, TooLarge};
use work::Work;

use crate::check::idle_replacements;
use crate::finding::{Code, Finding};
use crate::law::{Law, MatterId, QuestionId};
use crate::words;

/// How far the proofs have come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// So many lines of the law were looked at.
    pub done: usize,
    /// Of so many.
    pub all: usize,
}

/// Everything that can be proved of the law or against it.
pub fn prove(law: &Law) -> Vec<Finding> {
    prove_observed(law, &mut |_| true).unwrap_or_default()
}

/// As [`prove`], telling after each question how far it has come. None: the observer answered that it is to stop; what
/// was found until then is part of the truth only, and is not given.
pub fn prove_observed(law: &Law, observe: &mut dyn FnMut(Progress) -> bool) -> Option<Vec<Finding>> {
    let mut findings = Vec::new();
    let mut survey = Survey { uses: clauses::named(law), reach: Vec::new(), repeated: Vec::new(), whole: true };
    let mut progress = Progress { done: 0, all: law.lines.len() };
    let work = Rc::new(Work::new());
    for (matter, _) in law.matters() {
        let spaces = match Spaces::new(law, matter, &work) {
            Ok(spaces) => spaces,
            Err(large) => {
                survey.whole = false;
                findings.push(unproved(law, matter, None, &large));
                continue;
            }
        };
        let questions: Vec<QuestionId> =
            law.questions().filter(|(_, question)| question.matter == matter).map(|(id, _)| id).collect();
        let proved = work.shared(
            &questions,
            |id| one_question(spaces.of(law[id].head), id, &mut survey),
            |id| {
                progress.done += law.lines_of(id).len();
                observe(progress)
            },
        )?;
        for (id, proved) in questions.into_iter().zip(proved) {
            findings.extend(proved.unwrap_or_else(|large| {
                survey.whole = false;
                reach::unknown(law, id, &mut survey.reach);
                vec![unproved(law, matter, Some(id), &large)]
            }));
        }
        let asserted = work.shared(&[()], |()| assertion::check(&spaces), |()| true)?;
        for found in asserted {
            match found {
                Ok(found) => findings.extend(found),
                Err(large) => findings.push(unproved(law, matter, None, &large)),
            }
        }
    }
    findings.extend(reach::findings(law, survey.reach));
    findings.extend(idle_replacements(law));
    if survey.whole {
        // Over part of the questions nobody can say that a clause or a rule does nothing.
        findings.extend(clauses::findings(law, &survey.uses));
        match redundant::findings(law, survey.repeated) {
            Ok(found) => findings.extend(found),
            Err(large) => findings.extend(law.matters().next().map(|(matter, _)| unproved(law, matter, None, &large))),
        }
    }
    Some(findings)
}

/// What is known only after all questions have been looked at.
struct Survey {
    uses: clauses::Uses,
    reach: reach::Reach,
    repeated: redundant::Repeated,
    /// Every question was looked at.
    whole: bool,
}

/// What is found of one question. Where it cannot be proved, nothing of it is surveyed.
fn one_question(space: &Space<'_>, id: QuestionId, survey: &mut Survey) -> Result<Vec<Finding>, TooLarge> {
    let (reach, repeated) = (survey.reach.len(), survey.repeated.len());
    let contest = Contest::new(space, id);
    let found = contest.and_then(|contest| question_findings(&contest, survey));
    if found.is_err() {
        survey.reach.truncate(reach);
        survey.repeated.truncate(repeated);
    }
    found
}

fn question_findings(contest: &Contest<'_, '_>, survey: &mut Survey) -> Result<Vec<Finding>, TooLarge> {
    let mut findings = conflict::check(contest)?;
    let completes = contest.law().question_id(contest.question).into_iter();
    findings.extend(gap::check(contest, completes.flat_map(|id| contest.law().completes_of(id)))?);
    reach::survey(contest, &mut survey.reach)?;
    clauses::survey(contest, &mut survey.uses)?;
    redundant::survey(contest, &mut survey.repeated)?;
    Ok(findings)
}

/// A limit that was reached is a finding: it says what was not proved.
fn unproved(law: &Law, matter: MatterId, question: Option<QuestionId>, large: &TooLarge) -> Finding {
    let about =
        question.map_or_else(|| "its questions".to_owned(), |id| format!("`{}`", words::question(law, law[id].head)));
    let message = format!("nothing was proved of {about} concerning `{}`: {}", law[matter].name, large);
    let place = question.and_then(|id| law.lines_of(id).first()).map(|line| law[*line].span);
    Finding::new(Code::Limit, place.unwrap_or(law[matter].span), message)
        .about([law[matter].name.clone(), about])
        .why("conflicts, gaps and idle rules may remain there unseen")
        .help("split the rules by narrower scopes or simpler conditions")
}
