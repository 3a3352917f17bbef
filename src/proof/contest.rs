//! The lines of one question with their regions, and what becomes of them in a cell.

use std::collections::{BTreeMap, BTreeSet};

use super::index::Index;
use super::region::Region;
use super::search::Taken;
use super::set::Set;
use super::space::{Space, TooLarge};
use crate::answer::applicability::unread_lines;
use crate::answer::{LineRef, Open, Precedence, Setting, Verdict, clash, clauses_for, is_unread, linked, verdict};
use crate::case::Case;
use crate::law::{Day, Interval, Law, NationalLawOf, Question, QuestionId, Target};

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
    /// Some clause speaks for a line.
    has_clauses: bool,
    index: Index,
}

impl<'s, 'l> Contest<'s, 'l> {
    pub(super) fn new(space: &'s Space<'l>, id: QuestionId, rows: &[crate::law::LineId]) -> Result<Self, TooLarge> {
        Contest::of(space, space.law[id], rows)
    }

    /// Of a question that the law need not mention anywhere.
    pub(super) fn of(space: &'s Space<'l>, question: Question, rows: &[crate::law::LineId]) -> Result<Self, TooLarge> {
        let law = space.law;
        let held = rows.iter().map(|row| LineRef { id: Some(*row), line: law[*row] });
        let unread = unread_lines(law, question).into_iter().map(|line| LineRef { id: None, line });
        let lines: Vec<LineRef> = held.chain(unread).collect();
        let boxes = lines.iter().map(|line| space.line(&line.line)).collect::<Result<Vec<_>, _>>()?;
        let seams = seams(space, &lines);
        let has_clauses = lines.iter().any(|line| clauses_for(law, &line.line).next().is_some());
        let index = Index::new(boxes.iter().map(Vec::as_slice));
        Ok(Contest { space, question, lines, boxes, seams, has_clauses, index })
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
        if self.says_the_same(a, b) {
            return false;
        }
        let (a, b) = (&self.lines[a].line, &self.lines[b].line);
        let same_provision = a.provision.is_some() && a.provision == b.provision;
        let answer = |line: &crate::law::Line| line.answer.map(|answer| &self.law()[answer]);
        clash(self.question.head, answer(a), answer(b), same_provision)
    }

    /// Both lines are held and answer the same.
    pub(super) fn says_the_same(&self, a: usize, b: usize) -> bool {
        let answer = self.lines[a].line.answer;
        answer.is_some() && answer == self.lines[b].line.answer
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
        let mut found: BTreeSet<usize> = of.iter().copied().collect();
        if !self.has_clauses {
            return found.into_iter().collect();
        }
        let mut waiting: Vec<usize> = of.to_vec();
        let mut rest = self.meeting(region);
        rest.retain(|line| self.is_held(*line) && !found.contains(line));
        while let Some(line) = waiting.pop() {
            rest.retain(|other| {
                let part =
                    self.clash(line, *other) && linked(self.law(), &self.lines[line].line, &self.lines[*other].line);
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
        let mut axes: BTreeSet<Open> = cell.rest.iter().map(|entry| entry.0).collect();
        axes.extend(self.boxes.iter().flatten().flat_map(|region| &region.rest).map(|entry| entry.0));
        self.case_over(cell, axes)
    }

    /// A case of the cell in which only that is given by which the cell is bounded.
    pub(super) fn case(&self, cell: &Region) -> Case {
        self.case_over(cell, cell.rest.iter().map(|entry| entry.0).collect())
    }

    fn case_over(&self, cell: &Region, axes: BTreeSet<Open>) -> Case {
        let Setting { matter, requesting, requested, on } = self.setting(cell);
        let mut case =
            Case { matter, requesting, requested, on, under: None, facts: BTreeMap::new(), events: BTreeMap::new() };
        for axis in axes {
            let values = cell.values(axis).unwrap_or_else(|| self.space.full(axis));
            let Some(position) = values.min() else { continue };
            match axis {
                Open::Under => case.under = self.space.under_value(position),
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
            crate::law::FactValue::OtherPlace("elsewhere".to_owned())
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
