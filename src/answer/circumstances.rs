//! Facts that were not given (semantics, section 8): the circumstances that agree with what was given and can occur,
//! explored as far as the answer turns on them.
//!
//! One open fact after another is settled, value by value, but only while some line turns on it; circumstances that
//! lead to the same answer are joined on the way back.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::applicability::{holds, requests_reached, under_admits};
use super::{Asked, LineRef, Open, OpenValue, Outcome, Setting, asked, classes, setting};
use crate::case::Case;
use crate::law::{Condition, FactId, FactValue, Kind, Law, Under};

/// How many circumstances are looked at before the search gives up and says so. More are of no use to anybody who has
/// to read them, and comparing them takes the square of their number.
const LIMIT: usize = 1 << 14;
/// How many of them, with different answers, are compared.
const COMPARED: usize = 1 << 10;

/// Circumstances, each given by the position of a class among the classes of what was left open, and the answer there.
#[derive(Clone, Debug)]
pub(super) struct Leaf {
    pub(super) path: BTreeMap<Open, usize>,
    pub(super) outcome: Outcome,
}

/// What was found.
pub(super) struct Explored {
    /// The circumstances; they share no case, and together they leave nothing out unless the limit was reached.
    pub(super) leaves: Vec<Leaf>,
    /// The limit was not reached.
    pub(super) complete: bool,
}

/// The open facts of a case, and what its lines ask of them.
pub(super) struct Circumstances<'l> {
    law: &'l Law,
    setting: Setting,
    lines: &'l [LineRef],
    given: &'l Case,
    facts: BTreeMap<FactId, Vec<(OpenValue, FactValue)>>,
    unders: Vec<(OpenValue, Under)>,
    /// Facts that some `never` ties together.
    tied: BTreeMap<FactId, BTreeSet<FactId>>,
}

/// What is settled so far.
#[derive(Clone, Default)]
struct Settled<'c> {
    path: BTreeMap<Open, usize>,
    facts: BTreeMap<FactId, &'c FactValue>,
    under: Option<Under>,
}

impl<'l> Circumstances<'l> {
    pub(super) fn new(law: &'l Law, given: &'l Case, lines: &'l [LineRef]) -> Self {
        let mut tests = Asked::new();
        let conditions = lines.iter().map(|line| &law[line.line.condition]);
        conditions
            .chain(law.nevers.iter().map(|never| &never.condition))
            .for_each(|condition| asked(condition, &mut tests));
        let facts = tests
            .into_iter()
            .filter(|(fact, _)| !given.facts.contains_key(fact))
            .map(|(fact, tests)| (fact, classes(law, fact, &tests)))
            .collect();
        let mut tied: BTreeMap<FactId, BTreeSet<FactId>> = BTreeMap::new();
        for never in &law.nevers {
            let mut together = Asked::new();
            asked(&never.condition, &mut together);
            for fact in together.keys() {
                tied.entry(*fact).or_default().extend(together.keys().copied().filter(|other| other != fact));
            }
        }
        Circumstances { law, setting: setting(given), lines, given, facts, unders: unders(law, lines), tied }
    }

    /// Looks at all circumstances; `decide` answers once it is settled which lines apply.
    pub(super) fn explore(&self, decide: &dyn Fn(&[usize]) -> Outcome) -> Explored {
        let mut search = Search { of: self, decide, decided: HashMap::new(), steps: 0 };
        let mut leaves = search.explore(&Settled { under: self.given.under, ..Settled::default() });
        let complete = search.steps <= LIMIT && leaves.len() <= COMPARED;
        leaves.truncate(COMPARED);
        Explored { leaves, complete }
    }

    fn holds(&self, condition: &Condition, settled: &Settled<'_>) -> Option<bool> {
        let fact = |id: FactId| self.given.facts.get(&id).or_else(|| settled.facts.get(&id).copied());
        holds(self.law, condition, self.setting, &fact)
    }

    /// What the line waits for.
    fn open_in_line(&self, line: &LineRef, settled: &Settled<'_>) -> Result<bool, Open> {
        let Some(admitted) = under_admits(self.law, &line.line, self.setting.matter, settled.under) else {
            return Err(Open::Under);
        };
        if !admitted {
            return Ok(false);
        }
        let condition = &self.law[line.line.condition];
        self.holds(condition, settled).ok_or_else(|| self.first_open(condition, settled))
    }

    /// The first fact on which an open condition turns.
    fn first_open(&self, condition: &Condition, settled: &Settled<'_>) -> Open {
        match condition {
            Condition::All(parts) | Condition::Any(parts) => parts
                .iter()
                .find(|part| self.holds(part, settled).is_none())
                .map_or(Open::Under, |part| self.first_open(part, settled)),
            Condition::Not(inner) => self.first_open(inner, settled),
            Condition::Fact(fact, _) => Open::Fact(*fact),
            Condition::Applies(_) => Open::Under,
        }
    }

    /// Some case agrees with what is settled and is excluded by no `never`.
    fn possible(&self, settled: &Settled<'_>) -> bool {
        let mut open = None;
        for never in &self.law.nevers {
            match self.holds(&never.condition, settled) {
                Some(true) => return false,
                Some(false) => {}
                None => open = open.or(Some(never)),
            }
        }
        let Some(never) = open else { return true };
        let turning = self.first_open(&never.condition, settled);
        self.values(turning, settled).any(|next| self.possible(&next))
    }

    /// What can be settled next, one for each class.
    fn values<'c>(&'c self, open: Open, settled: &Settled<'c>) -> impl Iterator<Item = Settled<'c>> {
        let count = self.classes_of(open).len();
        let settled = settled.clone();
        (0..count).map(move |class| {
            let mut next = settled.clone();
            next.path.insert(open, class);
            match open {
                Open::Under => next.under = Some(self.unders[class].1),
                Open::Fact(fact) => {
                    next.facts.insert(fact, &self.facts[&fact][class].1);
                }
            }
            next
        })
    }

    fn classes_of(&self, open: Open) -> Vec<&OpenValue> {
        match open {
            Open::Under => self.unders.iter().map(|class| &class.0).collect(),
            Open::Fact(fact) => self.facts.get(&fact).into_iter().flatten().map(|class| &class.0).collect(),
        }
    }

    /// Everything that is open and that some line asks of.
    pub(super) fn open(&self) -> Vec<Open> {
        let mut tests = Asked::new();
        for line in self.lines {
            asked(&self.law[line.line.condition], &mut tests);
        }
        let waits =
            |line: &LineRef| under_admits(self.law, &line.line, self.setting.matter, self.given.under).is_none();
        let under = self.lines.iter().any(waits).then_some(Open::Under);
        let facts = tests.into_keys().filter(|fact| !self.given.facts.contains_key(fact)).map(Open::Fact);
        under.into_iter().chain(facts).collect()
    }

    /// Something is depended on if two circumstances differ in it alone, or in it and in facts tied to it, and in the
    /// answer.
    pub(super) fn depended_on(&self, leaves: &[Leaf], group: &[usize]) -> Vec<Open> {
        let mut found = BTreeSet::new();
        for (a, one) in leaves.iter().enumerate() {
            for (b, other) in leaves.iter().enumerate().skip(a + 1) {
                if group[a] == group[b] {
                    continue;
                }
                let differing: Vec<Open> = one
                    .path
                    .iter()
                    .filter(|(open, class)| other.path.get(open).is_some_and(|theirs| theirs != *class))
                    .map(|(open, _)| *open)
                    .collect();
                for open in &differing {
                    let together = |other: &Open| other == open || self.are_tied(*open, *other);
                    if !found.contains(open) && differing.iter().all(together) {
                        found.insert(*open);
                    }
                }
            }
        }
        found.into_iter().collect()
    }

    fn are_tied(&self, a: Open, b: Open) -> bool {
        match (a, b) {
            (Open::Fact(a), Open::Fact(b)) => self.tied.get(&a).is_some_and(|tied| tied.contains(&b)),
            _ => false,
        }
    }

    /// The circumstances of each group of leaves as regions: none can be left out and no condition dropped.
    pub(super) fn regions(
        &self,
        leaves: &[Leaf],
        group: &[usize],
        groups: usize,
    ) -> Vec<Vec<BTreeMap<Open, Vec<OpenValue>>>> {
        (0..groups)
            .map(|mine| {
                let inside: Vec<&Leaf> =
                    (0..leaves.len()).filter(|leaf| group[*leaf] == mine).map(|leaf| &leaves[leaf]).collect();
                let outside: Vec<&Leaf> =
                    (0..leaves.len()).filter(|leaf| group[*leaf] != mine).map(|leaf| &leaves[leaf]).collect();
                let mut boxes: Vec<Region> = Vec::new();
                for leaf in &inside {
                    if !boxes.iter().any(|region| holds_all_of(region, leaf)) {
                        boxes.push(self.enlarged(leaf, &outside));
                    }
                }
                let mut place = boxes.len();
                while place > 0 {
                    place -= 1;
                    let others =
                        || boxes.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, region)| region);
                    if inside.iter().all(|leaf| others().any(|region| holds_all_of(region, leaf))) {
                        boxes.remove(place);
                    }
                }
                boxes.iter().map(|region| self.in_words(region)).collect()
            })
            .collect()
    }

    /// The circumstances of each group of leaves as they were found: how far an answer reaches is not known before all
    /// circumstances are.
    pub(super) fn as_found(
        &self,
        leaves: &[Leaf],
        group: &[usize],
        groups: usize,
    ) -> Vec<Vec<BTreeMap<Open, Vec<OpenValue>>>> {
        let mut found = vec![Vec::new(); groups];
        for (leaf, group) in leaves.iter().zip(group) {
            found[*group].push(self.in_words(&region_of(leaf)));
        }
        found
    }

    /// The region of a leaf, with every condition widened or dropped that no other answer needs.
    fn enlarged(&self, leaf: &Leaf, outside: &[&Leaf]) -> Region {
        let mut region = region_of(leaf);
        for open in leaf.path.keys() {
            for class in 0..self.classes_of(*open).len() {
                let Some(classes) = region.get_mut(open) else { break };
                if classes.insert(class)
                    && outside.iter().any(|leaf| meets(&region, leaf))
                    && let Some(classes) = region.get_mut(open)
                {
                    classes.remove(&class);
                }
            }
            if region.get(open).is_some_and(|classes| classes.len() == self.classes_of(*open).len()) {
                region.remove(open);
            }
        }
        region
    }

    fn in_words(&self, region: &Region) -> BTreeMap<Open, Vec<OpenValue>> {
        let values = |open: &Open, classes: &BTreeSet<usize>| {
            let all = self.classes_of(*open);
            classes.iter().filter_map(|class| all.get(*class).map(|value| (*value).clone())).collect()
        };
        region.iter().map(|(open, classes)| (*open, values(open, classes))).collect()
    }
}

/// Classes of some of what was left open; what is not named is not restricted.
type Region = BTreeMap<Open, BTreeSet<usize>>;

fn region_of(leaf: &Leaf) -> Region {
    leaf.path.iter().map(|(open, class)| (*open, BTreeSet::from([*class]))).collect()
}

/// Every case of the leaf lies in the region.
fn holds_all_of(region: &Region, leaf: &Leaf) -> bool {
    region.iter().all(|(open, classes)| leaf.path.get(open).is_some_and(|class| classes.contains(class)))
}

/// Some case of the leaf lies in the region.
fn meets(region: &Region, leaf: &Leaf) -> bool {
    region.iter().all(|(open, classes)| leaf.path.get(open).is_none_or(|class| classes.contains(class)))
}

/// The classes of what a request is made under: nothing, each instrument that a line tells apart, any other treaty.
fn unders(law: &Law, lines: &[LineRef]) -> Vec<(OpenValue, Under)> {
    let mut named: BTreeSet<Under> = BTreeSet::from([Under::Nothing]);
    for line in lines {
        named.extend(law[line.line.scope.relations].under.iter().flatten().copied());
        if law[line.line.instrument].kind == Kind::Treaty {
            named.extend(requests_reached(law, line.line.instrument).into_iter().map(Under::Instrument));
        }
    }
    let another = law.instruments().map(|(id, _)| Under::Instrument(id)).find(|under| !named.contains(under));
    let named = named.into_iter().map(|under| (OpenValue::Under(under), under));
    named.chain(another.map(|under| (OpenValue::OtherInstrument, under))).collect()
}

struct Search<'s, 'l> {
    of: &'s Circumstances<'l>,
    decide: &'s dyn Fn(&[usize]) -> Outcome,
    decided: HashMap<Vec<usize>, Outcome>,
    steps: usize,
}

impl Search<'_, '_> {
    fn explore(&mut self, settled: &Settled<'_>) -> Vec<Leaf> {
        self.steps += 1;
        if self.steps > LIMIT {
            return Vec::new();
        }
        let mut applying = Vec::new();
        let mut open = None;
        for (place, line) in self.of.lines.iter().enumerate() {
            match self.of.open_in_line(line, settled) {
                Ok(true) => applying.push(place),
                Ok(false) => {}
                Err(waits_for) => open = open.or(Some(waits_for)),
            }
        }
        let Some(open) = open else {
            if !self.of.possible(settled) {
                return Vec::new();
            }
            let outcome = self.decided.entry(applying).or_insert_with_key(|lines| (self.decide)(lines)).clone();
            return vec![Leaf { path: settled.path.clone(), outcome }];
        };
        let mut leaves = Vec::new();
        for next in self.of.values(open, settled) {
            leaves.extend(self.explore(&next));
        }
        joined(leaves, settled)
    }
}

/// Circumstances that all have one answer are one.
fn joined(leaves: Vec<Leaf>, settled: &Settled<'_>) -> Vec<Leaf> {
    let Some((first, rest)) = leaves.split_first() else { return leaves };
    let said = first.outcome.said();
    if !rest.iter().all(|leaf| leaf.outcome.said() == said) {
        return leaves;
    }
    let mut outcome = first.outcome.clone();
    for leaf in rest {
        outcome.add_reasons_of(&leaf.outcome);
    }
    vec![Leaf { path: settled.path.clone(), outcome }]
}
