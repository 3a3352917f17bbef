//! The changes of one question: what differs, taken apart, with the regions of each and a case that shows it.

use std::collections::{BTreeMap, BTreeSet};

use super::apart::{self, Apart, Share};
use super::category::{self, Category};
use super::joint::{Both, Cell, Joint};
use super::point::{Point, Sides, place_given};
use super::told::{self, Said};
use super::walk::{At, Differs, Found, Walk};
use super::{Change, Region, Tells, Test, Told, Value, merge, named};
use crate::answer::answer;
use crate::law::{Day, Interval, Law, Question, QuestionKind};
use crate::proof::{Diagram, Diagrams};
use crate::words;

/// A part of the cases in which the laws differ, with where both end.
type Part = (Cell, Both<At>);

/// The cases of one change.
#[derive(Default)]
struct Group {
    parts: Vec<Part>,
    said: Option<Both<Said>>,
    cited: Both<BTreeSet<String>>,
    /// All that is answered in them, as far as that is told.
    answers: BTreeSet<Both<Vec<String>>>,
}

impl Group {
    fn take(&mut self, share: Share) {
        self.said = self.said.take().or(share.said);
        let [old, new] = share.cited;
        self.cited[0].extend(old);
        self.cited[1].extend(new);
        self.answers.insert(share.answers);
    }
}

/// One question in both laws.
struct Compare<'c> {
    joint: &'c Joint<'c>,
    walk: &'c Walk<'c>,
    question: Both<Option<Question>>,
}

/// The changes of one question; in words, why it cannot be compared.
pub(super) fn compared(
    laws: Both<&Law>,
    diagrams: &Both<Diagrams<'_>>,
    question: Both<Option<Question>>,
    today: Day,
) -> Result<Vec<Change>, String> {
    let mut made: Both<Option<Diagram>> = [None, None];
    for side in 0..2 {
        made[side] = question[side].map(|question| diagrams[side].of(question)).transpose()?;
    }
    let both = [made[0].as_ref(), made[1].as_ref()];
    let places =
        both.map(|diagram| diagram.iter().flat_map(|diagram| &diagram.outcomes).flat_map(told::places_of).collect());
    let named_places = (0..2).flat_map(|side| {
        let outcomes = both[side].into_iter().flat_map(|diagram| &diagram.outcomes);
        outcomes.flat_map(move |outcome| told::places_named(laws[side], outcome))
    });
    let head = question[0].or(question[1]).map(|question| question.head);
    let Some(head) = head else { return Ok(Vec::new()) };
    let matters = question.map(|question| question.map(|question| question.matter));
    let joint = Joint::new(laws, matters, Sides::of(head), both, &places, &named_places.collect())?;
    let mut walk = Walk::new(&joint, both);
    let found = walk.differences()?;
    Ok(Compare { joint: &joint, walk: &walk, question }.changes(found, today))
}

impl Compare<'_> {
    fn changes(&self, found: Vec<Found>, today: Day) -> Vec<Change> {
        let mut groups: BTreeMap<Apart, Group> = BTreeMap::new();
        let mut known: BTreeMap<(Both<At>, Differs), Vec<Apart>> = BTreeMap::new();
        for (cell, at, differs) in found {
            let changes = known.entry((at, differs)).or_insert_with(|| {
                let shares = self.apart(at, differs);
                let changes = shares.iter().map(|share| share.change.clone()).collect();
                for share in shares {
                    groups.entry(share.change.clone()).or_default().take(share);
                }
                changes
            });
            for change in changes {
                groups.entry(change.clone()).or_default().parts.push((cell.clone(), at));
            }
        }
        let is_list = self.question.iter().flatten().all(|question| question.head.kind() == QuestionKind::Collected);
        let mut changes = Vec::new();
        let mut told_apart: Vec<Cell> = Vec::new();
        for (Apart { told: [mut old, mut new], tells, differs }, Group { parts, said, cited, answers }) in groups {
            let cells: Vec<Cell> = parts.iter().map(|part| part.0.clone()).collect();
            let ends: BTreeSet<Both<At>> = parts.iter().map(|part| part.1).collect();
            // What differs in a list may differ together with more of it.
            let is_it = |found: Option<Differs>| if is_list { found.is_some() } else { found == Some(differs) };
            let fits = |cell: &Cell| {
                self.walk.is_all(cell, &|at, cell| ends.contains(&at) && is_it(self.walk.differs(at, cell)))
            };
            let regions = merge::regions(self.joint, &cells, &told_apart, &fits);
            // Several members of one list may change in one case.
            told_apart.extend(regions.iter().filter(|_| !is_list).cloned());
            let mut categories = match differs {
                Differs::Standing => BTreeSet::from([Category::Standing]),
                Differs::Answer => {
                    let (cell, at) = &parts[0];
                    let [old, new] = said.unwrap_or_else(|| [0, 1].map(|side| self.walk.said(side, at[side], cell)));
                    category::categories(&old, &new)
                }
            };
            if differs == Differs::Answer && cells.iter().any(|cell| cell.dates.from < today) {
                categories.insert(Category::Retroactive);
            }
            if tells == Tells::Reasons && old.by.is_empty() && new.by.is_empty() {
                let [of_old, of_new] = cited;
                (old.by, new.by) = (of_old.into_iter().collect(), of_new.into_iter().collect());
            }
            if let (Tells::Reasons, Some([of_old, of_new]), 1) = (tells, answers.first(), answers.len()) {
                (old.answers, new.answers) = (of_old.clone(), of_new.clone());
            }
            let (matter, question) = named(self.joint.laws, self.question);
            let regions = regions.iter().map(|region| self.region(region, &parts)).collect();
            let places = [0, 1].map(|side| {
                let outcomes = ends.iter().filter_map(|at| self.walk.outcome(side, at[side]));
                outcomes.flat_map(told::places_of_rules).collect()
            });
            changes.push(Change { matter, question, categories, old, new, tells, regions, places });
        }
        changes
    }

    /// The single changes that meet at the ends of a way.
    fn apart(&self, at: Both<At>, differs: Differs) -> Vec<Share> {
        let decisions = [0, 1].map(|side| {
            let outcome = self.walk.outcome(side, at[side])?;
            Some((self.joint.laws[side], self.question[side]?.head, outcome))
        });
        apart::apart(decisions, [0, 1].map(|side| self.told(side, at[side])), differs)
    }

    fn told(&self, side: usize, at: At) -> Told {
        let question = self.question[side];
        match (self.walk.outcome(side, at), question) {
            (Some(outcome), Some(question)) => told::told(self.joint.laws[side], question.head, outcome),
            _ => Told { status: if at == At::Unknown { "not-asked" } else { "impossible" }, ..Told::default() },
        }
    }

    fn region(&self, region: &Cell, parts: &[Part]) -> Region {
        let joint = self.joint;
        let all = joint.everything();
        let without = |set: crate::proof::Set, other: crate::proof::Set| {
            if joint.between && other.len() == 1 { set.minus(other) } else { set }
        };
        let names = |set: crate::proof::Set| set.iter().map(|at| joint.country(at).to_owned()).collect::<Vec<_>>();
        let from =
            (joint.between && region.from != all.from).then(|| names(without(region.from.clone(), region.to.clone())));
        let to = (region.to != all.to).then(|| names(without(region.to.clone(), region.from.clone())));
        let restricted = (0..joint.axes.len()).filter(|axis| region.rest[*axis] != all.rest[*axis]);
        let tests: Vec<Test> = restricted.map(|axis| joint.axes[axis].test(&region.rest[axis])).collect();
        let witness = self.witness(region, parts);
        let words = in_words(joint, from.as_deref(), to.as_deref(), region.dates, &tests);
        Region { between: joint.between, from, to, dates: region.dates, tests, words, witness }
    }

    /// A case of the region for each law, confirmed by asking it; with as few facts as show it.
    ///
    /// # Panics
    /// If a law answers otherwise than its diagram says: that would be a mistake here, and no difference could be believed.
    fn witness(&self, region: &Cell, parts: &[Part]) -> [Option<String>; 2] {
        let mut meeting = parts.iter().filter_map(|(cell, at)| Some((cell.meets(region)?, *at)));
        let found = meeting.find_map(|(cell, at)| Some((self.joint.point(&cell)?, cell, at)));
        let Some((point, cell, at)) = found else { return [None, None] };
        // Where the region turns on facts, nothing is confirmed without them; where too much is left open for all of it to be
        // looked at, everything is given.
        let turns_on_facts = self.joint.axes.iter().zip(&region.rest).any(|(axis, values)| *values != axis.full());
        let bare = (!turns_on_facts).then(|| point.without_facts());
        let mut points = bare.into_iter().chain([point.clone()]).chain(self.joint.full(point, &cell));
        let all_confirmed = |asked: &Both<Option<(String, Option<bool>)>>| {
            asked.iter().flatten().all(|(_, confirmed)| *confirmed == Some(true))
        };
        let asked = points.try_fold([None, None], |_, point| {
            let asked = self.asked(&point, &cell, at);
            if all_confirmed(&asked) { Err(asked) } else { Ok(asked) }
        });
        let (Ok(asked) | Err(asked)) = asked;
        asked.map(|asked| {
            let (command, confirmed) = asked?;
            assert_ne!(confirmed, Some(false), "the answer is not that of the table: {command}");
            Some(command)
        })
    }

    /// The command line for each law that can be asked, and whether it answers as its diagram says; none where too much is
    /// left open for the answer to be whole.
    fn asked(&self, point: &Point, cell: &Cell, at: Both<At>) -> Both<Option<(String, Option<bool>)>> {
        [0, 1].map(|side| {
            let (law, question) = (self.joint.laws[side], self.question[side]?);
            if at[side] == At::Unknown {
                return None;
            }
            let case = self.joint.case(side, question.matter, point)?;
            let outcome = answer(law, question.head, &case);
            let whole = outcome.depends.as_ref().is_none_or(|depends| depends.complete);
            let said = Said::of(law, &outcome, &|fact| place_given(law, &case, fact));
            let command = words::ask_command(law, question.head, &case);
            Some((command, whole.then(|| said == self.walk.said(side, at[side], cell))))
        })
    }
}

/// `requests from Denmark to Finland, from 2027-02-01, when offence-district is unknown`.
fn in_words(
    joint: &Joint<'_>,
    from: Option<&[String]>,
    to: Option<&[String]>,
    dates: Interval,
    tests: &[Test],
) -> String {
    let mut text = match (from, to) {
        (None, None) => if joint.between { "all requests" } else { "all cases" }.to_owned(),
        (None, Some(to)) if !joint.between => format!("cases in {}", words::either(to)),
        (from, to) => {
            let from = from.map(|from| format!(" from {}", words::either(from))).unwrap_or_default();
            let to = to.map(|to| format!(" to {}", words::either(to))).unwrap_or_default();
            format!("requests{from}{to}")
        }
    };
    if dates != Interval::ALWAYS {
        text.push_str(", ");
        text.push_str(&words::interval(dates));
    }
    if !tests.is_empty() {
        text.push_str(", when ");
        text.push_str(&words::both(tests.iter().map(|test| test_in_words(joint, test))));
    }
    text
}

fn test_in_words(joint: &Joint<'_>, test: &Test) -> String {
    let fact = &test.fact;
    if let [Value::Named(name)] = test.values.as_slice() {
        match name.as_str() {
            "yes" => return fact.clone(),
            "no" => return format!("not {fact}"),
            "none" if fact == "under" => return "under no instrument".to_owned(),
            _ => {}
        }
    }
    let values = test.values.iter().map(|value| match value {
        Value::Named(name) => name.clone(),
        Value::AnyOther => "any other".to_owned(),
        Value::Range(from, until) => joint.range(fact, *from, *until),
    });
    let is = if fact == "under" { "" } else { " is" };
    format!("{fact}{is} {}", words::either(values))
}
