//! The single changes that meet in a case.
//!
//! Of a list, such as grounds of refusal, any part can be answered in a case, so that one ground that is cited otherwise
//! makes another answer of every list in which it stands. What is told is the ground: each member that comes, goes or is
//! another is a change of its own, in the cases of that member. So is that a list begins or ceases to be answered, and what
//! an answer rests on: an assumption that is worded otherwise is one change, whatever rests on it.

use std::collections::{BTreeMap, BTreeSet};

use super::joint::Both;
use super::told::{Named, Said, Standing, named_openly};
use super::walk::Differs;
use super::{Tells, Told};
use crate::answer::{Outcome, Status};
use crate::law::{Answer, Law, QuestionHead, QuestionKind, Value};
use crate::words;

/// One change, by all that tells it from others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Apart {
    pub(super) told: Both<Told>,
    pub(super) tells: Tells,
    pub(super) differs: Differs,
}

/// What one case adds to a change.
pub(super) struct Share {
    pub(super) change: Apart,
    /// What is said of it in each law; none: all that is said there.
    pub(super) said: Option<Both<Said>>,
    /// Of what rests on something else the rules, and what they answer.
    pub(super) cited: Both<BTreeSet<String>>,
    pub(super) answers: Both<Vec<String>>,
}

/// What a law decides in a case.
pub(super) type Decision<'o> = (&'o Law, QuestionHead, &'o Outcome);

/// The changes that meet where the laws decide so; `all` is the whole of what each tells.
pub(super) fn apart(decisions: Both<Option<Decision<'_>>>, all: Both<Told>, differs: Differs) -> Vec<Share> {
    let is_list = |decision: &Decision<'_>| {
        let (_, head, outcome) = decision;
        head.kind() == QuestionKind::Collected && matches!(outcome.status, Status::Answered | Status::NoRule)
    };
    let shares = if decisions.iter().flatten().all(is_list) {
        members_apart(decisions, &all)
    } else if differs == Differs::Standing {
        let cited = [0, 1].map(|side| all[side].by.iter().cloned().collect());
        reasons(&all, cited).into_iter().collect()
    } else {
        Vec::new()
    };
    if !shares.is_empty() {
        return shares;
    }
    let change = Apart { told: all, tells: Tells::All, differs };
    vec![Share { change, said: None, cited: Default::default(), answers: Default::default() }]
}

/// One law's members of a list that are the same in all but the reasons.
#[derive(Default)]
struct Member {
    answer: String,
    by: BTreeSet<String>,
    assumptions: BTreeSet<String>,
    /// By which it is known again where it says something else: the ground of a refusal.
    key: Option<String>,
}

type Members = BTreeMap<Named, Member>;

fn members((law, head, outcome): Decision<'_>) -> Members {
    let mut members = Members::new();
    for deciding in &outcome.answers {
        let member = members.entry(named_openly(law, &deciding.answer)).or_default();
        member.answer = words::answer(law, head, &deciding.answer);
        member.key = ground(law, &deciding.answer);
        member.by.insert(words::citation(law, &deciding.line.line));
        member.assumptions.extend(deciding.assumptions.iter().cloned());
    }
    members
}

fn ground(law: &Law, answer: &Answer) -> Option<String> {
    match answer.values.as_slice() {
        [Value::Ground(word, _)] => Some(law[*word].text.clone()),
        _ => None,
    }
}

fn members_apart(decisions: Both<Option<Decision<'_>>>, all: &Both<Told>) -> Vec<Share> {
    let lists = decisions.map(|decision| decision.map_or_else(Members::new, members));
    let mut shares: Vec<Share> = status(decisions, all).into_iter().collect();
    let is_as_complete = all[0].incomplete == all[1].incomplete;
    if !is_as_complete {
        let told = [0, 1].map(|side| answered(all[side].incomplete));
        let said = [0, 1].map(|side| Said { incomplete: all[side].incomplete, ..said_of(BTreeSet::new()) });
        shares.push(share(told, Tells::Completeness, said));
    }
    shares.extend(answers_apart(&lists));
    for (named, old) in &lists[0] {
        let Some(new) = lists[1].get(named) else { continue };
        let told = [old, new].map(|member| Told {
            by: member.by.iter().cloned().collect(),
            assumptions: member.assumptions.iter().cloned().collect(),
            answers: vec![member.answer.clone()],
            ..answered(false)
        });
        shares.extend(reasons(&told, [old.by.clone(), new.by.clone()]));
    }
    if is_as_complete {
        let unread = decisions.map(|decision| {
            let unread = decision.map(|(law, _, outcome)| Standing::of(law, outcome).unread).unwrap_or_default();
            Told { by: unread.iter().map(|citation| format!("{citation} (not held)")).collect(), ..answered(false) }
        });
        shares.extend(reasons(&unread, [BTreeSet::new(), BTreeSet::new()]));
    }
    shares
}

/// That a list is answered at all, or no longer.
fn status(decisions: Both<Option<Decision<'_>>>, all: &Both<Told>) -> Option<Share> {
    let is_answered = |decision: Option<Decision<'_>>| decision.is_some_and(|it| it.2.status == Status::Answered);
    let [old, new] = decisions.map(is_answered);
    let told = [0, 1].map(|side| Told { status: all[side].status, ..Told::default() });
    let said = [old, new].map(|is_answered| Said { status: is_answered.then_some(Status::Answered), ..Said::NOTHING });
    (old != new).then(|| share(told, Tells::Status, said))
}

/// The members that only one list has: those of one key together.
fn answers_apart(lists: &Both<Members>) -> Vec<Share> {
    let only = [0, 1].map(|side| -> Vec<(&Named, &Member)> {
        lists[side].iter().filter(|(named, _)| !lists[1 - side].contains_key(named)).collect()
    });
    let keys: BTreeSet<&Option<String>> = only.iter().flatten().map(|(_, member)| &member.key).collect();
    let of_key = |key: &Option<String>| {
        let of_side = |side: usize| {
            let members = || only[side].iter().filter(|(_, member)| member.key == *key);
            let mut told = answered(false);
            for (_, member) in members() {
                told.answers.push(member.answer.clone());
                told.by.extend(member.by.iter().cloned());
                told.assumptions.extend(member.assumptions.iter().cloned());
            }
            for list in [&mut told.by, &mut told.assumptions] {
                list.sort();
                list.dedup();
            }
            (told, said_of(members().map(|(named, _)| (*named).clone()).collect()))
        };
        let [(old, of_old), (new, of_new)] = [of_side(0), of_side(1)];
        share([old, new], Tells::Members, [of_old, of_new])
    };
    keys.into_iter().map(of_key).collect()
}

fn answered(incomplete: bool) -> Told {
    Told { status: Status::Answered.word(), incomplete, ..Told::default() }
}

fn said_of(answers: BTreeSet<Named>) -> Said {
    Said { status: Some(Status::Answered), incomplete: false, answers }
}

fn share(told: Both<Told>, tells: Tells, said: Both<Said>) -> Share {
    let change = Apart { told, tells, differs: Differs::Answer };
    Share { change, said: Some(said), cited: Default::default(), answers: Default::default() }
}

/// That the same answer rests on something else, if it does.
fn reasons(told: &Both<Told>, cited: Both<BTreeSet<String>>) -> Option<Share> {
    let without = |mine: &[String], theirs: &[String]| -> Vec<String> {
        mine.iter().filter(|one| !theirs.contains(one)).cloned().collect()
    };
    let answers = [0, 1].map(|side| told[side].answers.clone());
    let told = [0, 1].map(|side| {
        let (mine, theirs) = (&told[side], &told[1 - side]);
        Told {
            by: without(&mine.by, &theirs.by),
            assumptions: without(&mine.assumptions, &theirs.assumptions),
            answers: Vec::new(),
            ..*mine
        }
    });
    let differ = told.iter().any(|told| !told.by.is_empty() || !told.assumptions.is_empty());
    let change = Apart { told, tells: Tells::Reasons, differs: Differs::Standing };
    differ.then_some(Share { change, said: None, cited, answers })
}
