//! The lines of one question with their regions, and what becomes of them in a cell.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use super::index::Index;
use super::kin::Kin;
use super::region::Region;
use super::search::Taken;
use super::set::Set;
use super::space::{Space, TooLarge};
use crate::answer::applicability::why_not;
use crate::answer::{
    Label, LineRef, Open, Precedence, Setting, Verdict, clauses_for, grounded, is_unread, lines, setting, verdict,
};
use crate::case::Case;
use crate::law::{Day, Interval, Law, NationalLawOf, Question, QuestionId, Target, Under};

/// One question with all its lines.
pub(super) struct Contest<'s, 'l> {
    pub(super) space: &'s Space<'l>,
    pub(super) question: Question,
    /// The lines, those of texts not held last.
    pub(super) lines: Vec<LineRef>,
    /// The boxes of each.
    pub(super) boxes: Vec<Vec<Region>>,
    /// Cells must not cross these: on either side a clause names other lines.
    pub(super) seams: Vec<Vec<Region>>,
    /// Who can have a part in whose fate.
    pub(super) kin: Kin<'l>,
    index: Index,
    /// What was found of lines that apply together; only where no seam tells cases apart in which the same lines apply.
    found: RefCell<Found>,
    /// How many lines were looked at to show cases of findings, over all circumstances.
    shown: Cell<usize>,
    /// Everything that some line asks, facts and instruments of the request.
    asked: BTreeSet<Open>,
}

/// What holds in every case in which the same lines apply.
#[derive(Default)]
struct Found {
    beats: HashMap<(usize, usize), bool>,
    labels: HashMap<Vec<usize>, Rc<[Label]>>,
    verdicts: HashMap<Vec<usize>, Rc<Verdict>>,
    /// The region that was looked at last, with the lines that meet it and those drawn in by each line there.
    region: Option<(Region, Rc<[usize]>)>,
    attackers: HashMap<usize, Rc<[usize]>>,
    /// The component of each line in the graph of links there.
    components: HashMap<usize, Rc<[usize]>>,
}

/// So many sets of lines are remembered, and so many pairs.
const REMEMBERED: usize = 4096;
const PAIRS: usize = 1 << 21;

impl<'s, 'l> Contest<'s, 'l> {
    pub(super) fn new(space: &'s Space<'l>, id: QuestionId) -> Result<Self, TooLarge> {
        Contest::of(space, space.law[id])
    }

    /// Of a question that the law need not mention anywhere.
    pub(super) fn of(space: &'s Space<'l>, question: Question) -> Result<Self, TooLarge> {
        let law = space.law;
        let lines = lines(law, question);
        let boxes = lines.iter().map(|line| space.line(&line.line)).collect::<Result<Vec<_>, _>>()?;
        let seams = seams(space, &lines);
        let kin = Kin::of(law, question.head, &lines);
        let index = Index::new(space, boxes.iter().map(Vec::as_slice));
        let asked = boxes.iter().flatten().flat_map(|region| &region.rest).map(|entry| entry.0).collect();
        Ok(Contest {
            space,
            question,
            lines,
            boxes,
            seams,
            kin,
            index,
            found: RefCell::default(),
            shown: Cell::new(0),
            asked,
        })
    }

    pub(super) fn law(&self) -> &'l Law {
        self.space.law
    }

    /// So many more lines may be looked at to show a case, of the most that are for all findings of the question.
    pub(super) fn may_ask(&self, lines: usize, most: usize) -> bool {
        let all = self.shown.get().saturating_add(lines);
        self.shown.set(all.min(most));
        all <= most
    }

    pub(super) fn is_held(&self, line: usize) -> bool {
        !is_unread(&self.lines[line].line)
    }

    pub(super) fn precedence(&self, cell: &Region) -> Precedence<'l> {
        Precedence::new(self.law(), self.question.head, self.setting(cell))
    }

    /// The lines disagree. What is held never disagrees with itself.
    pub(super) fn clash(&self, a: usize, b: usize) -> bool {
        let provision = self.lines[a].line.provision;
        self.kin.clash(a, b, provision.is_some() && provision == self.lines[b].line.provision)
    }

    /// The two lines are one as far as clauses and answers go: in a case of both, nothing changes without one of them.
    pub(super) fn is_same_voice(&self, a: usize, b: usize) -> bool {
        self.kin.says_the_same(a, b)
            && self.kin.same_speaker(a, b)
            && self.lines[a].line.provision == self.lines[b].line.provision
    }

    /// All lines that meet the region, in order; and some that do so in cases of one country alone, which there are not.
    pub(super) fn near(&self, region: &Region) -> Vec<usize> {
        self.index.near(region)
    }

    /// The lines that meet the region, in order.
    pub(super) fn meeting(&self, region: &Region) -> Vec<usize> {
        let mut near = self.index.near(region);
        near.retain(|line| self.boxes[*line].iter().any(|own| own.meets(region)));
        near
    }

    /// The lines that can have a part in what becomes of these: those that clash and are linked with one of them by a
    /// clause, and so on; only where they meet the region. These are the connected components of the graph of such links,
    /// made once for a region, since many pairs of lines are asked for in one.
    pub(super) fn ancestors(&self, of: &[usize], region: &Region) -> Vec<usize> {
        let mut found: BTreeSet<usize> = of.iter().copied().collect();
        if !of.iter().all(|line| self.kin.is_alone(*line)) {
            let candidates = self.with_kin(region);
            for line in of {
                let known = self.found.borrow().components.get(line).cloned();
                let component = known.unwrap_or_else(|| {
                    let mut own = BTreeSet::from([*line]);
                    self.draw_in(&mut own, &candidates, |line, other| self.kin.linked(line, other));
                    let own: Rc<[usize]> = own.into_iter().collect();
                    let components = &mut self.found.borrow_mut().components;
                    components.extend(own.iter().map(|member| (*member, Rc::clone(&own))));
                    own
                });
                found.extend(component.iter());
            }
        }
        found.into_iter().collect()
    }

    /// As [`Self::ancestors`], and no more than those on which the fate of these lines turns: lines that can beat one of
    /// them, and so on.
    pub(super) fn attackers(&self, of: &[usize], region: &Region) -> Vec<usize> {
        let mut found: BTreeSet<usize> = of.iter().copied().collect();
        if of.iter().all(|line| self.kin.is_alone(*line)) {
            return found.into_iter().collect();
        }
        let candidates = self.with_kin(region);
        for line in of {
            // Many pairs of lines are asked for in one region.
            let known = self.found.borrow().attackers.get(line).cloned();
            let attackers = known.unwrap_or_else(|| {
                let mut own = BTreeSet::from([*line]);
                self.draw_in(&mut own, &candidates, |line, other| self.kin.can_beat(other, line));
                let own: Rc<[usize]> = own.into_iter().collect();
                self.found.borrow_mut().attackers.insert(*line, Rc::clone(&own));
                own
            });
            found.extend(attackers.iter());
        }
        found.into_iter().collect()
    }

    /// The lines that are held, meet the region, and of which some clause speaks or that have one.
    fn with_kin(&self, region: &Region) -> Rc<[usize]> {
        let mut found = self.found.borrow_mut();
        if let Some((known, lines)) = &found.region
            && known == region
        {
            return Rc::clone(lines);
        }
        let mut lines = self.meeting(region);
        lines.retain(|line| self.is_held(*line) && !self.kin.is_alone(*line));
        let lines: Rc<[usize]> = lines.into();
        found.attackers.clear();
        found.components.clear();
        found.region = Some((region.clone(), Rc::clone(&lines)));
        lines
    }

    fn draw_in(&self, found: &mut BTreeSet<usize>, among: &[usize], draws: impl Fn(usize, usize) -> bool) {
        let mut waiting: Vec<usize> = found.iter().copied().collect();
        let mut rest: Vec<usize> = among.iter().copied().filter(|line| !found.contains(line)).collect();
        while let Some(line) = waiting.pop() {
            rest.retain(|other| {
                let part = draws(line, *other) && self.clash(line, *other);
                if part {
                    found.insert(*other);
                    waiting.push(*other);
                }
                !part
            });
        }
    }

    /// One of the two lines beats the other wherever both apply, as they do in this region: they never stand together.
    pub(super) fn settles(&self, a: usize, b: usize, region: &Region) -> bool {
        let can_beat = self.kin.can_beat(a, b) || self.kin.can_beat(b, a);
        can_beat && self.seams.is_empty() && {
            let precedence = self.precedence(region);
            self.beats(precedence, a, b) || self.beats(precedence, b, a)
        }
    }

    /// In a case in which both apply, the one beats the other.
    fn beats(&self, precedence: Precedence<'l>, winner: usize, loser: usize) -> bool {
        if !self.kin.can_beat(winner, loser) || !self.clash(winner, loser) {
            return false;
        }
        let beats = || precedence.beats(&self.lines[winner].line, &self.lines[loser].line).is_some();
        if !self.seams.is_empty() {
            return beats();
        }
        if let Some(known) = self.found.borrow().beats.get(&(winner, loser)) {
            return *known;
        }
        let beats = beats();
        let known = &mut self.found.borrow_mut().beats;
        if known.len() < PAIRS {
            known.insert((winner, loser), beats);
        }
        beats
    }

    /// The boxes to be watched for these lines, and the seams.
    pub(super) fn watched(&self, lines: &[usize]) -> Vec<&[Region]> {
        let boxes = lines.iter().map(|line| self.boxes[*line].as_slice());
        boxes.chain(self.seams.iter().map(Vec::as_slice)).collect()
    }

    /// The verdict in a cell over those of the lines that take it in.
    pub(super) fn verdict(&self, cell: &Region, lines: &[usize], taken: &[Taken]) -> Rc<Verdict> {
        let applying: Vec<usize> =
            lines.iter().zip(taken).filter(|(_, taken)| **taken == Taken::All).map(|(line, _)| *line).collect();
        if let Some(known) = self.found.borrow().verdicts.get(&applying) {
            return Rc::clone(known);
        }
        let refs: Vec<LineRef> = applying.iter().map(|line| self.lines[*line]).collect();
        let verdict = Rc::new(verdict(self.precedence(cell), &refs));
        if self.seams.is_empty() {
            remember(&mut self.found.borrow_mut().verdicts, applying, Rc::clone(&verdict));
        }
        verdict
    }

    /// What becomes in a cell of those of the lines that are held and take it in.
    pub(super) fn labels(&self, cell: &Region, lines: &[usize], taken: &[Taken]) -> Vec<(usize, Label)> {
        let applying = lines.iter().zip(taken).filter(|(_, taken)| **taken == Taken::All).map(|(line, _)| *line);
        let applying: Vec<usize> = applying.filter(|line| self.is_held(*line)).collect();
        let known = self.found.borrow().labels.get(&applying).cloned();
        let labels = known.unwrap_or_else(|| {
            let precedence = self.precedence(cell);
            let beaten_by: Vec<Vec<usize>> = applying
                .iter()
                .map(|loser| {
                    (0..applying.len()).filter(|winner| self.beats(precedence, applying[*winner], *loser)).collect()
                })
                .collect();
            let labels: Rc<[Label]> = grounded(&beaten_by).into();
            if self.seams.is_empty() {
                remember(&mut self.found.borrow_mut().labels, applying.clone(), Rc::clone(&labels));
            }
            labels
        });
        applying.into_iter().zip(labels.iter().copied()).collect()
    }

    /// One setting of a cell that is not empty.
    pub(super) fn setting(&self, cell: &Region) -> Setting {
        let country = |set: Set, but: Option<usize>| set.iter().find(|position| Some(*position) != but);
        let id = |position: Option<usize>| crate::law::CountryId(crate::law::id_of(position.unwrap_or_default()));
        let (requesting, requested) = if self.space.between() {
            let lone = if cell.from.len() == 1 { cell.from.lowest() } else { None };
            let to = country(cell.to.clone(), lone);
            (country(cell.from.clone(), to), to)
        } else {
            (cell.to.lowest(), cell.to.lowest())
        };
        Setting {
            matter: self.question.matter,
            requesting: id(requesting),
            requested: id(requested),
            on: a_day_of(cell.dates),
        }
    }

    /// A case of the cell in which everything is given that lines of the question turn on.
    pub(super) fn full_case(&self, cell: &Region) -> Case {
        let mut axes = self.asked.clone();
        axes.extend(cell.rest.iter().map(|entry| entry.0));
        self.case_over(cell, axes)
    }

    /// A case of the cell in which only that is given by which the cell is bounded.
    pub(super) fn case(&self, cell: &Region) -> Case {
        self.case_over(cell, cell.rest.iter().map(|entry| entry.0).collect())
    }

    fn applies_in(&self, case: &Case, under: Under) -> bool {
        match under {
            Under::Nothing => true,
            Under::Instrument(id) => why_not(self.law(), id, setting(case)).is_none(),
        }
    }

    fn case_over(&self, cell: &Region, axes: BTreeSet<Open>) -> Case {
        let Setting { matter, requesting, requested, on } = self.setting(cell);
        let mut case =
            Case { matter, requesting, requested, on, under: None, facts: BTreeMap::new(), events: BTreeMap::new() };
        for axis in axes {
            let values = cell.values(axis).cloned().unwrap_or_else(|| self.space.full(axis));
            let Some(position) = values.lowest() else { continue };
            match axis {
                // rather one under which a request can be made between these countries
                Open::Under => {
                    case.under = values
                        .iter()
                        .filter_map(|position| self.space.under_value(position))
                        .find(|under| self.applies_in(&case, *under))
                        .or(self.space.under_value(position));
                }
                Open::Fact(fact) => {
                    if let Some(value) = self.space.fact_value(axis, position) {
                        case.facts.insert(fact, named(value));
                    }
                }
            }
        }
        case
    }
}

/// Remembers what was found of a set of lines; of too many, the last ones.
fn remember<T>(known: &mut HashMap<Vec<usize>, T>, lines: Vec<usize>, found: T) {
    if known.len() >= REMEMBERED {
        known.clear();
    }
    known.insert(lines, found);
}

/// A place that is not declared needs some name to be asked for.
fn named(value: &crate::law::FactValue) -> crate::law::FactValue {
    match value {
        crate::law::FactValue::OtherPlace(name) if name.is_empty() => {
            crate::law::FactValue::OtherPlace(crate::words::ELSEWHERE.to_owned())
        }
        other => other.clone(),
    }
}

/// The first day of an interval, or its last if it has no first, or any.
fn a_day_of(dates: Interval) -> Day {
    if dates.from != Day::BEGINNING {
        dates.from
    } else if dates.until != Day::END {
        dates.until.previous()
    } else {
        Day(20_454) // 2026-01-01
    }
}

/// Where a clause that has days of its own, or names the law of one side, begins or ceases to name a line.
fn seams(space: &Space<'_>, lines: &[LineRef]) -> Vec<Vec<Region>> {
    let law = space.law;
    let clauses: BTreeSet<_> = lines.iter().flat_map(|line| clauses_for(law, &line.line)).collect();
    let mut seams: BTreeSet<Region> = BTreeSet::new();
    for clause in clauses.into_iter().map(|id| &law[id]) {
        if clause.dates != Interval::ALWAYS {
            seams.insert(Region { dates: clause.dates, ..Region::EVERYTHING });
        }
        if let Target::NationalLaw(of) = clause.target {
            let countries = lines.iter().filter_map(|line| law[line.line.instrument].country);
            for set in countries.map(|country| Set::one(country.index())) {
                match of {
                    NationalLawOf::Requesting if space.between() => {
                        seams.insert(Region { from: set, ..Region::EVERYTHING })
                    }
                    NationalLawOf::Requesting | NationalLawOf::Requested => {
                        seams.insert(Region { to: set, ..Region::EVERYTHING })
                    }
                    NationalLawOf::Either | NationalLawOf::Country(_) => false,
                };
            }
        }
    }
    seams.into_iter().map(|seam| vec![seam]).collect()
}
