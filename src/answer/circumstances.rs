//! Facts that were not given (semantics, section 8): the circumstances that agree with what was given and can occur,
//! explored as far as the answer turns on them.
//!
//! One open fact after another is settled, value by value, but only while some line turns on it; circumstances that
//! lead to the same answer are joined on the way back.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::applicability::{holds, requests_reached, under_admits};
use super::{Asked, LineRef, Open, OpenValue, Outcome, Setting, asked, classes_in, setting};
use crate::case::Case;
use crate::law::{Condition, FactId, FactValue, Kind, Law, QuestionHead, Under};

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
    /// What is open, asked of by a line, and tied to something by a `never`. What only a `never` asks of decides nothing.
    tied: BTreeSet<FactId>,
}

/// What is settled so far.
#[derive(Clone, Default)]
struct Settled<'c> {
    path: BTreeMap<Open, usize>,
    facts: BTreeMap<FactId, &'c FactValue>,
    under: Option<Under>,
}

impl<'l> Circumstances<'l> {
    pub(super) fn new(law: &'l Law, head: QuestionHead, given: &'l Case, lines: &'l [LineRef]) -> Self {
        let mut tests = Asked::new();
        for line in lines {
            asked(&law[line.line.condition], &mut tests);
        }
        let counts = |fact: &FactId| tests.contains_key(fact) && !given.facts.contains_key(fact);
        let tied = tied_facts(law).into_iter().flatten().filter(counts).collect();
        law.nevers.iter().for_each(|never| asked(&never.condition, &mut tests));
        let facts = tests
            .into_iter()
            .filter(|(fact, _)| !given.facts.contains_key(fact))
            .map(|(fact, tests)| (fact, classes_in(law, fact, &tests, head, setting(given))))
            .collect();
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

    /// Something is depended on if it differs between two cases with different answers that have no possible case between
    /// them; of each case only what the lines ask of counts. None if there are too many cases to compare.
    pub(super) fn depended_on(&self, leaves: &[Leaf], group: &[usize]) -> Option<Vec<Open>> {
        let tied: Vec<FactId> = self.tied.iter().copied().collect();
        let mut cells: Vec<(BTreeMap<Open, usize>, usize)> = Vec::new();
        for (leaf, group) in leaves.iter().zip(group) {
            let settled = self.settled(&leaf.path);
            self.settle(&tied, &settled, &mut |path| {
                cells.push((path.clone(), *group));
                cells.len() <= COMPARED
            });
        }
        if cells.len() > COMPARED {
            return None;
        }
        let mut found = BTreeSet::new();
        for (place, (one, group)) in cells.iter().enumerate() {
            for (other, _) in cells[place + 1..].iter().filter(|cell| cell.1 != *group) {
                // What only one of them settles is the same in some cases of the other.
                let differs = |open: &&Open| other.get(*open).is_some_and(|theirs| *theirs != one[*open]);
                let differing: Vec<Open> = one.keys().filter(differs).copied().collect();
                let new = differing.iter().any(|open| !found.contains(open));
                if new && !self.has_between(one, other, &differing) {
                    found.extend(differing);
                }
            }
        }
        Some(found.into_iter().collect())
    }

    /// Goes through the possible ways to settle these facts, as long as `visit` wants more.
    fn settle(
        &self,
        facts: &[FactId],
        settled: &Settled<'_>,
        visit: &mut dyn FnMut(&BTreeMap<Open, usize>) -> bool,
    ) -> bool {
        if !self.possible(settled) {
            return true;
        }
        let Some((fact, rest)) = facts.split_first() else { return visit(&settled.path) };
        if settled.facts.contains_key(fact) {
            return self.settle(rest, settled, visit);
        }
        self.values(Open::Fact(*fact), settled).all(|next| self.settle(rest, &next, visit))
    }

    /// Some possible case agrees, in everything in which the two differ, with one or the other, and is neither.
    fn has_between(&self, one: &BTreeMap<Open, usize>, other: &BTreeMap<Open, usize>, differing: &[Open]) -> bool {
        // What is tied to nothing can change alone.
        let tied = |open: &Open| matches!(open, Open::Fact(fact) if self.tied.contains(fact));
        if differing.len() == 1 || !differing.iter().all(tied) {
            return differing.len() > 1;
        }
        let mut open = one.clone();
        open.retain(|settled, _| !differing.contains(settled));
        self.mixes(&open, one, other, differing, Mixed::default())
    }

    fn mixes(
        &self,
        settled: &BTreeMap<Open, usize>,
        one: &BTreeMap<Open, usize>,
        other: &BTreeMap<Open, usize>,
        differing: &[Open],
        mixed: Mixed,
    ) -> bool {
        if !self.possible(&self.settled(settled)) {
            return false;
        }
        let Some((open, rest)) = differing.split_first() else { return mixed.of_one && mixed.of_other };
        let with = |of: &BTreeMap<Open, usize>| {
            let mut settled = settled.clone();
            settled.insert(*open, of[open]);
            settled
        };
        self.mixes(&with(one), one, other, rest, Mixed { of_one: true, ..mixed })
            || self.mixes(&with(other), one, other, rest, Mixed { of_other: true, ..mixed })
    }

    /// What a path settles.
    fn settled(&self, path: &BTreeMap<Open, usize>) -> Settled<'_> {
        let mut settled = Settled { path: path.clone(), facts: BTreeMap::new(), under: self.given.under };
        for (open, class) in path {
            match open {
                Open::Under => settled.under = Some(self.unders[*class].1),
                Open::Fact(fact) => drop(settled.facts.insert(*fact, &self.facts[fact][*class].1)),
            }
        }
        settled
    }

    /// The circumstances of each group of leaves as regions, of which no two share a case, not even those of two groups: the
    /// leaves, joined where they differ in one thing alone.
    pub(super) fn regions(
        &self,
        leaves: &[Leaf],
        group: &[usize],
        groups: usize,
    ) -> Vec<Vec<BTreeMap<Open, Vec<OpenValue>>>> {
        let axes: BTreeSet<Open> = leaves.iter().flat_map(|leaf| leaf.path.keys().copied()).collect();
        let forth: Vec<Open> = axes.into_iter().collect();
        let back: Vec<Open> = forth.iter().rev().copied().collect();
        let whole = |leaf: &Leaf| -> Region {
            let all = |open: &Open| (0..self.classes_of(*open).len()).collect();
            let values = |open: &Open| leaf.path.get(open).map_or_else(|| all(open), |class| BTreeSet::from([*class]));
            forth.iter().map(|open| (*open, values(open))).collect()
        };
        let of_group = |mine: usize| {
            let inside = leaves.iter().zip(group).filter(|(_, group)| **group == mine);
            let regions: Vec<Region> = inside.map(|(leaf, _)| whole(leaf)).collect();
            let made = [&forth, &back].map(|order| joined_on(regions.clone(), order));
            let fewest = made.into_iter().min_by_key(Vec::len).unwrap_or_default();
            fewest.into_iter().map(|region| self.in_words(&self.restrictions(region))).collect()
        };
        (0..groups).map(of_group).collect()
    }

    /// Without what does not restrict.
    fn restrictions(&self, mut region: Region) -> Region {
        region.retain(|open, classes| classes.len() < self.classes_of(*open).len());
        region
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

/// What is left when two that differ on one axis alone become one, until there are none.
fn joined_on(mut regions: Vec<Region>, axes: &[Open]) -> Vec<Region> {
    loop {
        let before = regions.len();
        for open in axes {
            let mut known: BTreeMap<Region, BTreeSet<usize>> = BTreeMap::new();
            for mut region in regions {
                let classes = region.insert(*open, BTreeSet::new()).unwrap_or_default();
                known.entry(region).or_default().extend(classes);
            }
            let with = |(mut region, classes): (Region, BTreeSet<usize>)| {
                region.insert(*open, classes);
                region
            };
            regions = known.into_iter().map(with).collect();
        }
        if regions.len() == before {
            return regions;
        }
    }
}

/// Whose values a case between two others has taken so far.
#[derive(Clone, Copy, Default)]
struct Mixed {
    of_one: bool,
    of_other: bool,
}

/// The facts that `never` items tie together, by one of them or by several in a row; each fact is in one group at most.
pub(crate) fn tied_facts(law: &Law) -> Vec<BTreeSet<FactId>> {
    let mut groups: Vec<BTreeSet<FactId>> = Vec::new();
    for never in &law.nevers {
        let mut together = Asked::new();
        asked(&never.condition, &mut together);
        let mut joined: BTreeSet<FactId> = together.into_keys().collect();
        groups.retain(|group| {
            let apart = group.is_disjoint(&joined);
            if !apart {
                joined.extend(group);
            }
            apart
        });
        groups.push(joined);
    }
    groups
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
