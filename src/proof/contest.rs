//! The lines of one question with their regions, and what becomes of them in a cell.

use std::collections::{BTreeMap, BTreeSet};

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
    /// Everything that some line asks, facts and instruments of the request.
    asked: BTreeSet<Open>,
}

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
        Ok(Contest { space, question, lines, boxes, seams, kin, index, asked })
    }

    pub(super) fn law(&self) -> &'l Law {
        self.space.law
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
    /// clause, and so on; only where they meet the region.
    pub(super) fn ancestors(&self, of: &[usize], region: &Region) -> Vec<usize> {
        self.drawn_in(of, region, |line, other| self.kin.linked(line, other))
    }

    /// As [`Self::ancestors`], and no more than those on which the fate of these lines turns: lines that can beat one of
    /// them, and so on.
    pub(super) fn attackers(&self, of: &[usize], region: &Region) -> Vec<usize> {
        self.drawn_in(of, region, |line, other| self.kin.can_beat(other, line))
    }

    fn drawn_in(&self, of: &[usize], region: &Region, draws: impl Fn(usize, usize) -> bool) -> Vec<usize> {
        let mut found: BTreeSet<usize> = of.iter().copied().collect();
        if of.iter().all(|line| self.kin.is_alone(*line)) {
            return found.into_iter().collect();
        }
        let mut waiting: Vec<usize> = of.to_vec();
        let mut rest = self.meeting(region);
        rest.retain(|line| self.is_held(*line) && !self.kin.is_alone(*line) && !found.contains(line));
        while let Some(line) = waiting.pop() {
            rest.retain(|other| {
                let part = self.clash(line, *other) && draws(line, *other);
                if part {
                    found.insert(*other);
                    waiting.push(*other);
                }
                !part
            });
        }
        found.into_iter().collect()
    }

    /// The boxes to be watched for these lines, and the seams.
    pub(super) fn watched(&self, lines: &[usize]) -> Vec<&[Region]> {
        let boxes = lines.iter().map(|line| self.boxes[*line].as_slice());
        boxes.chain(self.seams.iter().map(Vec::as_slice)).collect()
    }

    /// The verdict in a cell over those of the lines that take it in; with their positions in `lines`.
    pub(super) fn verdict(&self, cell: &Region, lines: &[usize], taken: &[Taken]) -> (Vec<usize>, Verdict) {
        let applying: Vec<usize> =
            lines.iter().zip(taken).filter(|(_, taken)| **taken == Taken::All).map(|(line, _)| *line).collect();
        let refs: Vec<LineRef> = applying.iter().map(|line| self.lines[*line]).collect();
        let verdict = verdict(self.precedence(cell), &refs);
        (applying, verdict)
    }

    /// What becomes in a cell of those of the lines that are held and take it in.
    pub(super) fn labels(&self, cell: &Region, lines: &[usize], taken: &[Taken]) -> Vec<(usize, Label)> {
        let applying = lines.iter().zip(taken).filter(|(_, taken)| **taken == Taken::All).map(|(line, _)| *line);
        let applying: Vec<usize> = applying.filter(|line| self.is_held(*line)).collect();
        let precedence = self.precedence(cell);
        let beats = |winner: usize, loser: usize| {
            self.kin.can_beat(winner, loser)
                && self.clash(winner, loser)
                && precedence.beats(&self.lines[winner].line, &self.lines[loser].line).is_some()
        };
        let beaten_by: Vec<Vec<usize>> = applying
            .iter()
            .map(|loser| (0..applying.len()).filter(|winner| beats(applying[*winner], *loser)).collect())
            .collect();
        applying.into_iter().zip(grounded(&beaten_by)).collect()
    }

    /// One setting of a cell that is not empty.
    pub(super) fn setting(&self, cell: &Region) -> Setting {
        let country = |set: Set, but: Option<usize>| set.iter().find(|position| Some(*position) != but);
        let id = |position: Option<usize>| crate::law::CountryId(crate::law::id_of(position.unwrap_or_default()));
        let (requesting, requested) = if self.space.between() {
            let lone = if cell.from.len() == 1 { cell.from.min() } else { None };
            let to = country(cell.to, lone);
            (country(cell.from, to), to)
        } else {
            (cell.to.min(), cell.to.min())
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
            let values = cell.values(axis).unwrap_or_else(|| self.space.full(axis));
            let Some(position) = values.min() else { continue };
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
