//! The cases of one matter in finite form, and which of them a text, a scope or a condition takes in.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::region::{Region, absorbed, absorbed_within};
use super::set::{Set, WIDTH};
use super::work::Work;
use crate::answer::applicability::{is_made_under, provision_applies, requests_reached};
use crate::answer::{Asked, Open, OpenValue, Setting, asked, classes, limits};
use crate::law::{
    Condition, ConditionId, CountryId, Day, FactValue, InstrumentId, Interval, Kind, Law, Line, MatterId, Scope, Under,
    id_of,
};

/// How many boxes one condition may take.
const BOXES: usize = 4096;

/// Something is too large to be proved: in words, what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TooLarge {
    why: String,
    /// It would be proved if more could be looked at.
    of_work: bool,
}

impl TooLarge {
    pub(super) fn new(why: String) -> TooLarge {
        TooLarge { why, of_work: false }
    }

    pub(super) fn of_work() -> TooLarge {
        let why = "more would have to be looked at than one run has time for".to_owned();
        TooLarge { why, of_work: true }
    }

    pub(super) fn is_of_work(&self) -> bool {
        self.of_work
    }
}

impl std::fmt::Display for TooLarge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.why)
    }
}

/// Where an instrument applies, as a whole; and each of its provisions, if that can differ.
struct Reach<'l> {
    whole: Vec<Region>,
    provisions: BTreeMap<&'l str, Vec<Region>>,
}

/// The boxes of a condition.
type Boxes = Result<Vec<Region>, TooLarge>;

/// The cases of one matter.
#[derive(Clone)]
pub(super) struct Space<'l> {
    pub(super) law: &'l Law,
    pub(super) matter: MatterId,
    countries: Set,
    facts: BTreeMap<Open, Vec<(OpenValue, FactValue)>>,
    unders: Vec<(OpenValue, Under)>,
    /// By instrument.
    reach: Rc<Vec<Reach<'l>>>,
    /// The boxes of each condition that a line of the matter or a claim of completeness has; none: neither has it.
    conditions: Rc<Vec<Option<Boxes>>>,
    /// What cannot be, as the law says.
    pub(super) impossible: Vec<Region>,
    /// What cannot be, because a place lies elsewhere: for each fact and country one box that restricts this fact alone.
    pub(super) misplaced: Vec<Region>,
    /// How much may be looked at.
    pub(super) work: Rc<Work>,
}

impl<'l> Space<'l> {
    pub(super) fn new(law: &'l Law, matter: MatterId, work: Rc<Work>) -> Result<Self, TooLarge> {
        let mut tests = Asked::new();
        let mut of_lines = vec![false; law.conditions.len()];
        limits(law, matter).for_each(|(_, condition)| of_lines[usize::from(condition)] = true);
        law.completes.iter().for_each(|complete| of_lines[usize::from(complete.condition)] = true);
        let of_lines: Vec<Option<&Condition>> =
            law.conditions.iter().zip(of_lines).map(|(condition, of_line)| of_line.then_some(condition)).collect();
        of_lines.iter().flatten().for_each(|condition| asked(condition, &mut tests));
        let asserted =
            law.assertions.iter().flat_map(|assertion| &assertion.instances).map(|instance| &instance.condition);
        let nevers = law.nevers.iter().map(|never| &never.condition);
        asserted.chain(nevers).for_each(|condition| asked(condition, &mut tests));
        let mut facts = BTreeMap::new();
        for (fact, tests) in tests {
            let classes = classes(law, fact, &tests);
            if classes.len() > WIDTH {
                return Err(TooLarge::new(format!("more than {WIDTH} values of `{}` are told apart", law[fact].name)));
            }
            facts.insert(Open::Fact(fact), classes);
        }
        let unders = if law[matter].under_one_instrument { unders(law, matter) } else { Vec::new() };
        if unders.len() > WIDTH {
            return Err(TooLarge::new(format!("more than {WIDTH} instruments are told apart")));
        }
        let countries = Set::first(law.countries.len());
        let mut space = Space {
            law,
            matter,
            countries,
            facts,
            unders,
            reach: Rc::default(),
            conditions: Rc::default(),
            impossible: Vec::new(),
            misplaced: Vec::new(),
            work,
        };
        let mut reach = Vec::with_capacity(law.instruments.len());
        for (id, _) in law.instruments() {
            let of_citation = |citation: &'l str| (citation, space.reach_of(id, Some(citation)));
            let provisions = law.provisions_of(id).map(|provision| law[provision].citation.as_str());
            let provisions =
                if tells_provisions_apart(law, id) { provisions.map(of_citation).collect() } else { BTreeMap::new() };
            reach.push(Reach { whole: space.reach_of(id, None), provisions });
        }
        space.reach = Rc::new(reach);
        let asked: Vec<(usize, &Condition)> =
            of_lines.iter().enumerate().filter_map(|(at, condition)| Some((at, (*condition)?))).collect();
        let boxes = space.work.shared(&asked, |(_, condition)| space.condition(condition, false), |_| true);
        let mut conditions: Vec<Option<Boxes>> = of_lines.iter().map(|_| None).collect();
        for ((at, _), boxes) in asked.into_iter().zip(boxes.unwrap_or_default()) {
            conditions[at] = Some(boxes);
        }
        space.conditions = Rc::new(conditions);
        for never in &law.nevers {
            space.impossible.extend(space.condition(&never.condition, false)?);
        }
        Ok(space)
    }

    /// Every value of an axis.
    pub(super) fn full(&self, axis: Open) -> Set {
        match axis {
            Open::Under => Set::first(self.unders.len()),
            Open::Fact(_) => Set::first(self.facts.get(&axis).map_or(0, Vec::len)),
        }
    }

    /// Every case.
    pub(super) fn everything(&self) -> Region {
        let from = if self.between() { self.countries.clone() } else { Set::ALL };
        Region { from, to: self.countries.clone(), ..Region::EVERYTHING }
    }

    /// The matter lies between two countries.
    pub(super) fn between(&self) -> bool {
        self.law[self.matter].between_countries
    }

    /// The countries on both sides of a region, without those that would ask something of themselves.
    pub(super) fn sides(&self, region: &Region) -> (Set, Set) {
        let without = |set: Set, other: Set| if self.between() && other.len() == 1 { set.minus(other) } else { set };
        (without(region.from.clone(), region.to.clone()), without(region.to.clone(), region.from.clone()))
    }

    /// In words, a class of values of an axis.
    pub(super) fn class(&self, axis: Open, position: usize) -> Option<&OpenValue> {
        match axis {
            Open::Under => self.unders.get(position).map(|class| &class.0),
            Open::Fact(_) => self.facts.get(&axis)?.get(position).map(|class| &class.0),
        }
    }

    /// A value that speaks for a class of a fact.
    pub(super) fn fact_value(&self, axis: Open, position: usize) -> Option<&FactValue> {
        self.facts.get(&axis)?.get(position).map(|class| &class.1)
    }

    /// What speaks for a class of what a request is made under.
    pub(super) fn under_value(&self, position: usize) -> Option<Under> {
        self.unders.get(position).map(|class| class.1)
    }

    /// The boxes of a line. An empty list: it never applies.
    pub(super) fn line(&self, line: &Line) -> Result<Vec<Region>, TooLarge> {
        product(&self.geography(line), &self.condition_of(line.condition)?, &self.work)
    }

    /// The boxes in which the condition of a line or of a claim of completeness holds.
    pub(super) fn condition_of(&self, id: ConditionId) -> Result<Cow<'_, [Region]>, TooLarge> {
        match self.conditions.get(usize::from(id)) {
            Some(Some(known)) => known.as_ref().map(|boxes| Cow::Borrowed(boxes.as_slice())).map_err(Clone::clone),
            _ => Ok(Cow::Owned(self.condition(&self.law[id], false)?)),
        }
    }

    /// Where and when a line applies, and to requests under what, whatever its condition.
    pub(super) fn geography(&self, line: &Line) -> Vec<Region> {
        let citation = line.provision.map(|provision| self.law[provision].citation.as_str());
        let Some(scope) = self.scope(line.scope) else { return Vec::new() };
        let mut scope = scope;
        if self.law[self.matter].under_one_instrument && self.law[line.instrument].kind == Kind::Treaty {
            let own = |under: Under| is_made_under(self.law, line.instrument, under);
            scope = self.restrict(scope, Open::Under, self.unders_that(own));
        }
        let reach = self.instrument(line.instrument, citation);
        reach.iter().filter_map(|region| region.and(&scope)).collect()
    }

    /// The box of a scope; none: it takes in nothing.
    pub(super) fn scope(&self, scope: Scope) -> Option<Region> {
        let relations = &self.law[scope.relations];
        let mut region = self.everything();
        let mut from = relations.from.map_or(Set::ALL, Set::from);
        let mut to = relations.to.map_or(Set::ALL, Set::from);
        for both in &relations.between {
            from = from.and(Set::from(*both));
            to = to.and(Set::from(*both));
        }
        if self.between() {
            region.from = region.from.and(from);
            region.to = region.to.and(to);
        } else {
            region.to = region.to.and(from).and(to);
        }
        region.dates = scope.dates;
        if let Some(unders) = &relations.under {
            if !self.law[self.matter].under_one_instrument {
                return None;
            }
            region = self.restrict(region, Open::Under, self.unders_that(|under| unders.contains(&under)));
        }
        (!region.is_empty()).then_some(region)
    }

    /// Restricts an axis, unless to all its values: a region names only what it restricts.
    fn restrict(&self, region: Region, axis: Open, values: Set) -> Region {
        if values == self.full(axis) { region } else { region.restricted(axis, values) }
    }

    fn unders_that(&self, which: impl Fn(Under) -> bool) -> Set {
        (0..self.unders.len()).filter(|position| which(self.unders[*position].1)).collect()
    }

    /// The boxes in which a condition holds, or in which it does not.
    pub(super) fn condition(&self, condition: &Condition, negated: bool) -> Result<Vec<Region>, TooLarge> {
        match condition {
            Condition::Not(inner) => self.condition(inner, !negated),
            Condition::All(parts) if !negated => self.all(parts, negated),
            Condition::Any(parts) if negated => self.all(parts, negated),
            Condition::All(parts) | Condition::Any(parts) => {
                let mut boxes = Vec::new();
                for part in parts {
                    boxes.extend(self.condition(part, negated)?);
                }
                limited(absorbed_within(boxes, &self.work)?)
            }
            Condition::Fact(fact, test) => {
                let axis = Open::Fact(*fact);
                // Of what is not told apart nothing is proved.
                let Some(classes) = self.facts.get(&axis) else {
                    return Err(TooLarge::new(format!("the values of `{}` were not told apart", self.law[*fact].name)));
                };
                let passing: Set =
                    (0..classes.len()).filter(|position| test.passes(&classes[*position].1) != negated).collect();
                let region = self.restrict(self.everything(), axis, passing);
                Ok(if region.is_empty() { Vec::new() } else { vec![region] })
            }
            Condition::Applies(instrument) => {
                let reach = self.instrument(*instrument, None);
                if !negated {
                    return Ok(reach.to_vec());
                }
                let mut outside = vec![self.everything()];
                for region in reach {
                    outside = outside.iter().flat_map(|left| left.minus(region, &|axis| self.full(axis))).collect();
                }
                limited(outside)
            }
        }
    }

    fn all(&self, parts: &[Condition], negated: bool) -> Result<Vec<Region>, TooLarge> {
        let mut boxes = vec![self.everything()];
        for part in parts {
            boxes = product(&boxes, &self.condition(part, negated)?, &self.work)?;
        }
        Ok(boxes)
    }

    /// Between which countries, and when, a provision of an instrument applies, with replacements and reservations.
    fn instrument(&self, id: InstrumentId, citation: Option<&str>) -> &[Region] {
        let Some(reach) = self.reach.get(id.index()) else { return &[] };
        citation.and_then(|citation| reach.provisions.get(citation)).unwrap_or(&reach.whole)
    }

    fn reach_of(&self, id: InstrumentId, citation: Option<&str>) -> Vec<Region> {
        let law = self.law;
        if !law[id].governs.contains(&self.matter) {
            return Vec::new();
        }
        let involved: Vec<InstrumentId> = law
            .instruments()
            .filter(|(other, row)| *other == id || row.replaces.iter().any(|replacement| replacement.instrument == id))
            .map(|(other, _)| other)
            .collect();
        let alike = self.countries_alike(&involved);
        let days = turning_days(law, &involved);
        let mut reach: BTreeMap<(Set, Interval), Set> = BTreeMap::new();
        for (requesting, from) in &alike {
            let mut of_requesting: BTreeMap<Interval, Set> = BTreeMap::new();
            for (requested, to) in &alike {
                if !self.between() && requesting != requested {
                    continue;
                }
                for dates in self.stretches(id, citation, *requesting, *requested, &days) {
                    let entry = of_requesting.entry(dates).or_insert(Set::NONE);
                    *entry = entry.or(to);
                }
            }
            for (dates, to) in of_requesting {
                let entry = reach.entry((to, dates)).or_insert(Set::NONE);
                *entry = entry.or(from);
            }
        }
        let boxes = reach.into_iter().map(|((to, dates), from)| {
            let from = if self.between() { from } else { Set::ALL };
            Region { from, to, dates, rest: Vec::new() }
        });
        absorbed(boxes.filter(|region| !region.is_empty()).collect())
    }

    /// The stretches of time in which the provision applies between two countries.
    fn stretches(
        &self,
        id: InstrumentId,
        citation: Option<&str>,
        requesting: CountryId,
        requested: CountryId,
        days: &[Day],
    ) -> Vec<Interval> {
        let mut stretches: Vec<Interval> = Vec::new();
        for pair in days.windows(2) {
            let setting = Setting { matter: self.matter, requesting, requested, on: pair[0] };
            if !provision_applies(self.law, id, citation, setting) {
                continue;
            }
            match stretches.last_mut() {
                Some(last) if last.until == pair[0] => last.until = pair[1],
                _ => stretches.push(Interval { from: pair[0], until: pair[1] }),
            }
        }
        stretches
    }

    /// The countries, those together that no bond of these instruments tells apart; each set with one that speaks for it.
    fn countries_alike(&self, instruments: &[InstrumentId]) -> Vec<(CountryId, Set)> {
        let mut alike: Vec<(CountryId, Set)> = Vec::new();
        for country in self.law.countries().map(|(id, _)| id) {
            let same = |other: CountryId| {
                instruments.iter().all(|id| {
                    let instrument = &self.law[*id];
                    let bonds = |country| {
                        let bonds = instrument.bonds_of(country);
                        bonds.map(|bond| (bond.dates, &bond.only, &bond.reservations)).collect::<Vec<_>>()
                    };
                    (instrument.country == Some(country)) == (instrument.country == Some(other))
                        && bonds(country) == bonds(other)
                })
            };
            match alike.iter_mut().find(|(speaks_for, _)| same(*speaks_for)) {
                Some((_, set)) => *set = set.clone().with(country.index()),
                None => alike.push((country, Set::one(country.index()))),
            }
        }
        alike
    }
}

/// A bond, reservation or replacement treats one provision of the instrument otherwise than another.
fn tells_provisions_apart(law: &Law, id: InstrumentId) -> bool {
    law[id].bonds.iter().any(|bond| !bond.only.is_empty() || !bond.reservations.is_empty())
        || law
            .instruments
            .iter()
            .flat_map(|instrument| &instrument.replaces)
            .any(|replacement| replacement.instrument == id && replacement.citation.is_some())
}

/// The days on which some bond, application or replacement of these instruments begins or has ended.
fn turning_days(law: &Law, instruments: &[InstrumentId]) -> Vec<Day> {
    let mut days = vec![Day::BEGINNING, Day::END];
    let mut add = |dates: Interval| days.extend([dates.from, dates.until]);
    for id in instruments {
        let instrument = &law[*id];
        instrument.bonds.iter().for_each(|bond| add(bond.dates));
        instrument.in_force.iter().chain(&instrument.applies).for_each(|dated| add(dated.dates));
        instrument.replaces.iter().for_each(|replacement| add(replacement.dates));
    }
    days.sort_unstable();
    days.dedup();
    days
}

/// What a request can be made under: nothing, each instrument that the law tells apart, any other.
fn unders(law: &Law, matter: MatterId) -> Vec<(OpenValue, Under)> {
    let mut named: Vec<Under> = vec![Under::Nothing];
    let treaties = law.instruments().filter(|(_, row)| row.kind == Kind::Treaty && row.governs.contains(&matter));
    named.extend(treaties.flat_map(|(id, _)| requests_reached(law, id)).map(Under::Instrument));
    // All that are written, of whatever: rules, texts that are not held, claims.
    named.extend(law.relations.iter().flat_map(|row| row.under.iter().flatten().copied()));
    named.sort_unstable();
    named.dedup();
    let other =
        (0..id_of(law.instruments.len())).map(|id| Under::Instrument(InstrumentId(id))).find(|id| !named.contains(id));
    let named = named.into_iter().map(|under| (OpenValue::Under(under), under));
    named.chain(other.map(|under| (OpenValue::OtherInstrument, under))).collect()
}

/// What lies in a box of each list.
fn product(left: &[Region], right: &[Region], work: &Work) -> Result<Vec<Region>, TooLarge> {
    if let ([one], [other]) = (left, right) {
        return Ok(one.and(other).into_iter().collect());
    }
    let mut boxes = Vec::new();
    for one in left {
        work.spend(right.len())?;
        boxes.extend(right.iter().filter_map(|other| one.and(other)));
        if boxes.len() > BOXES {
            boxes = limited(absorbed_within(boxes, work)?)?;
        }
    }
    limited(absorbed_within(boxes, work)?)
}

fn limited(boxes: Vec<Region>) -> Result<Vec<Region>, TooLarge> {
    if boxes.len() > BOXES {
        return Err(TooLarge::new(format!("a condition falls into more than {BOXES} separate parts")));
    }
    Ok(boxes)
}
