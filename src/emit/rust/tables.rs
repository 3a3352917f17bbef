//! The tables of the module: for each question, pair of countries and stretch of days, which lines can apply, under which
//! condition, and which of them beats which. The meaning is asked of [`crate::answer`] for every such cell; nothing of
//! it is written a second time here. Equal rows are kept once.

use std::collections::{BTreeMap, BTreeSet};

use super::conditions::{Conditions, NO, fact_row};
use crate::answer::{Asked, LineRef, Precedence, Setting, applicability, asked, lines};
use crate::law::{
    Answer, CountryId, Day, InstrumentId, Law, Limit, Line, LineId, LineOrigin, MatterId, PlaceTerm, QuestionHead,
    QuestionId, QuestionKind, Strength, Target, Value,
};

/// Rows that stand together: the first, and how many.
pub(super) type List = (u32, u32);

/// No row.
pub(super) const NONE: u32 = u32::MAX;

/// Rows of one table, in lists of which equal ones are kept once.
#[derive(Debug)]
pub(super) struct Pool<T> {
    pub(super) rows: Vec<T>,
    known: BTreeMap<Vec<T>, List>,
}

impl<T> Default for Pool<T> {
    fn default() -> Self {
        Pool { rows: Vec::new(), known: BTreeMap::new() }
    }
}

impl<T: Ord + Clone> Pool<T> {
    /// The list with these rows.
    pub(super) fn list(&mut self, rows: Vec<T>) -> List {
        if let Some(list) = self.known.get(&rows) {
            return *list;
        }
        let list = (count(self.rows.len()), count(rows.len()));
        self.rows.extend(rows.iter().cloned());
        self.known.insert(rows, list);
        list
    }

    /// The number of a row.
    pub(super) fn row(&mut self, row: T) -> u32 {
        self.list(vec![row]).0
    }
}

pub(super) fn count(length: usize) -> u32 {
    u32::try_from(length).expect("tables are shorter than the files that fill them, times the pairs of countries")
}

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct LineRow {
    pub(super) instrument: InstrumentId,
    pub(super) provision: u32,
    pub(super) note: u32,
    pub(super) strength: Option<Strength>,
    pub(super) limit: Option<Limit>,
    pub(super) values: List,
    pub(super) says: u32,
    pub(super) placed: bool,
}

/// A line in one cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry {
    pub(super) line: u32,
    pub(super) condition: u32,
    pub(super) assumptions: List,
}

/// One entry beats another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Edge {
    pub(super) winner: u32,
    pub(super) loser: u32,
    pub(super) clause: u32,
    pub(super) assumptions: List,
}

/// All that can apply in one cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Profile {
    pub(super) entries: List,
    pub(super) edges: List,
    pub(super) clashes: List,
    pub(super) against: List,
    pub(super) nevers: List,
    /// The rows of the facts that its lines ask for.
    pub(super) asked: List,
}

/// A question with its grid of countries.
#[derive(Debug)]
pub(super) struct QuestionRow {
    pub(super) question: QuestionId,
    pub(super) rows: List,
    pub(super) columns: List,
    pub(super) width: u32,
    pub(super) grid: List,
}

/// All tables.
#[derive(Debug)]
pub(super) struct Tables<'l> {
    law: &'l Law,
    pub(super) texts: Pool<String>,
    pub(super) conditions: Conditions<'l>,
    pub(super) values: Pool<Value>,
    says: Pool<(List, Option<Limit>)>,
    pub(super) lines: Pool<LineRow>,
    pub(super) lists: Pool<u32>,
    pub(super) entries: Pool<Entry>,
    pub(super) edges: Pool<Edge>,
    pub(super) pairs: Pool<(u32, u32)>,
    pub(super) profiles: Pool<Profile>,
    pub(super) periods: Pool<(i32, u32)>,
    pub(super) timelines: Pool<List>,
    pub(super) grid: Pool<u32>,
    pub(super) questions: Vec<QuestionRow>,
    /// Where lists of assumptions stand in the data of the diagrams.
    pub(super) assumed: BTreeMap<Vec<u32>, u32>,
    /// The most entries of a profile, and the most edges of one that rest on assumptions.
    pub(super) widest: (u32, u32),
}

impl<'l> Tables<'l> {
    /// Nothing yet.
    pub(super) fn new(law: &'l Law) -> Tables<'l> {
        Tables {
            law,
            texts: Pool::default(),
            conditions: Conditions::new(law),
            values: Pool::default(),
            says: Pool::default(),
            lines: Pool::default(),
            lists: Pool::default(),
            entries: Pool::default(),
            edges: Pool::default(),
            pairs: Pool::default(),
            profiles: Pool::default(),
            periods: Pool::default(),
            timelines: Pool::default(),
            grid: Pool::default(),
            questions: Vec::new(),
            assumed: BTreeMap::new(),
            widest: (0, 0),
        }
    }

    /// Adds a question whose lines are not judged.
    pub(super) fn skip(&mut self, question: QuestionId) {
        let nothing = (0, 0);
        self.questions.push(QuestionRow { question, rows: nothing, columns: nothing, width: 0, grid: nothing });
    }

    /// Adds a question whose lines are judged.
    pub(super) fn judge(&mut self, question: QuestionId) {
        let row = self.question(question);
        self.questions.push(row);
    }

    fn question(&mut self, id: QuestionId) -> QuestionRow {
        let law = self.law;
        let question = law[id];
        let mut lines: Vec<Candidate> = lines(law, question)
            .iter()
            .map(|line| self.candidate(line, question.matter))
            .filter(|candidate| candidate.under != Some(Vec::new()))
            .collect();
        lines.sort_by_key(|candidate| candidate.order(law));
        let (between, sided) = (law[question.matter].between_countries, sided(law));
        let mut known = BTreeMap::new();
        let countries: Vec<CountryId> = law.countries().map(|(id, _)| id).collect();
        let mut grid: Vec<Vec<Option<u32>>> = vec![vec![None; countries.len()]; countries.len()];
        for &requesting in &countries {
            for &requested in countries.iter().filter(|requested| between != (**requested == requesting)) {
                let admitted = lines
                    .iter()
                    .enumerate()
                    .filter(|(_, candidate)| candidate.line.scope.admits(law, requesting, requested));
                let mut cells = Cells { head: question.head, lines: admitted.collect(), known: &mut known, sided };
                let days =
                    applicability::turning_days(law, cells.lines.iter().map(|(_, candidate)| &candidate.line.scope));
                let days = std::iter::once(Day::BEGINNING).chain(days);
                let settings = days.map(|on| Setting { matter: question.matter, requesting, requested, on });
                grid[requesting.index()][requested.index()] = Some(self.timeline(&mut cells, settings));
            }
        }
        let (rows, grid) = merged(grid);
        let (columns, grid) = merged(transposed(&grid, countries.len()));
        let width = count(grid.len());
        let grid = transposed(&grid, rows.iter().max().map_or(0, |most| *most as usize + 1));
        QuestionRow {
            question: id,
            rows: self.grid.list(rows),
            columns: self.grid.list(columns),
            width,
            grid: self.grid.list(grid.into_iter().flatten().map(Option::unwrap_or_default).collect()),
        }
    }

    /// A line of a question about the matter.
    pub(super) fn candidate(&mut self, line: &LineRef, matter: MatterId) -> Candidate {
        let LineRef { id, line } = *line;
        Candidate { row: self.line(&line), under: self.conditions.under(&line, matter), id, line }
    }

    /// The profiles of one pair of countries over time.
    fn timeline(&mut self, cells: &mut Cells<'_>, settings: impl Iterator<Item = Setting>) -> u32 {
        let mut periods: Vec<(i32, u32)> = Vec::new();
        for setting in settings {
            let profile = self.profile(cells, setting);
            if periods.last().is_none_or(|(_, before)| *before != profile) {
                periods.push((setting.on.0, profile));
            }
        }
        let periods = self.periods.list(periods);
        self.timelines.row(periods)
    }

    fn profile(&mut self, cells: &mut Cells<'_>, setting: Setting) -> u32 {
        let law = self.law;
        let mut entries = Vec::new();
        let (mut places, mut lines) = (Vec::new(), Vec::new());
        let mut tests = Asked::new();
        for (place, candidate) in &cells.lines {
            if !applicability::line_applies(law, &candidate.line, setting) {
                continue;
            }
            asked(&law[candidate.line.condition], &mut tests);
            let condition =
                self.conditions.of_line(&law[candidate.line.condition], candidate.under.as_deref(), setting);
            if condition == NO {
                continue;
            }
            let mut assumptions = law[candidate.line.assumptions].clone();
            assumptions.extend(applicability::assumptions(law, &candidate.line, setting));
            let assumptions = self.assumptions(assumptions);
            entries.push(Entry { line: candidate.row, condition, assumptions });
            places.push(*place);
            lines.push(&candidate.line);
        }
        let nevers: Vec<u32> = law
            .nevers
            .iter()
            .map(|never| self.conditions.compile(&never.condition, setting))
            .filter(|at| *at != NO)
            .collect();
        let key = Key {
            places,
            entries,
            nevers,
            asked: tests.into_keys().map(fact_row).collect(),
            clauses: law.clauses().filter(|(_, row)| row.dates.contains(setting.on)).map(|(id, _)| id.0).collect(),
            countries: cells.sided.then_some((setting.requesting, setting.requested)),
        };
        if let Some(profile) = cells.known.get(&key) {
            return *profile;
        }
        let profile = self.ranked(&key, &lines, Precedence::new(law, cells.head, setting));
        cells.known.insert(key, profile);
        profile
    }

    /// Adds who beats whom.
    fn ranked(&mut self, key: &Key, lines: &[&Line], precedence: Precedence<'_>) -> u32 {
        let (mut edges, mut against, mut clashes) = (Vec::new(), Vec::new(), Vec::new());
        let mut clauses = 0;
        for (winner, one) in lines.iter().enumerate().filter(|(_, line)| line.answer.is_some()) {
            for (loser, other) in lines.iter().enumerate().filter(|(loser, _)| *loser != winner) {
                let Some(defeater) = precedence.beats(one, other) else {
                    let unsettled = winner < loser
                        && other.answer.is_some()
                        && precedence.clash(one, other)
                        && precedence.beats(other, one).is_none();
                    if unsettled {
                        clashes.push((count(winner), count(loser)));
                    }
                    continue;
                };
                if other.answer.is_none() && precedence.inverted(one, other) {
                    continue;
                }
                let by = defeater.by.iter().flat_map(|clause| self.law[*clause].assumptions.clone());
                let assumptions = self.assumptions(by.collect());
                let clause = if assumptions.1 == 0 { NONE } else { clauses };
                clauses += u32::from(assumptions.1 != 0);
                let edge = Edge { winner: count(winner), loser: count(loser), clause, assumptions };
                if other.answer.is_some() { edges.push(edge) } else { against.push(edge) }
            }
        }
        self.widest = (self.widest.0.max(count(lines.len())), self.widest.1.max(clauses));
        let profile = Profile {
            entries: self.entries.list(key.entries.clone()),
            edges: self.edges.list(edges),
            clashes: self.pairs.list(clashes),
            against: self.edges.list(against),
            nevers: self.lists.list(key.nevers.clone()),
            asked: self.lists.list(key.asked.clone()),
        };
        self.profiles.row(profile)
    }

    /// Assumptions, each once, in the order in which they are shown.
    pub(super) fn assumptions(&mut self, all: Vec<String>) -> List {
        let mut seen = BTreeSet::new();
        let rows = all.into_iter().map(|text| self.texts.row(text)).filter(|row| seen.insert(*row)).collect();
        self.lists.list(rows)
    }

    fn line(&mut self, line: &Line) -> u32 {
        let provision = line.provision.map_or(NONE, |provision| self.texts.row(self.law[provision].citation.clone()));
        self.line_of(line, provision)
    }

    /// What the line says, in whatever provision.
    pub(super) fn line_anywhere(&mut self, line: &Line) -> u32 {
        self.line_of(line, NONE)
    }

    fn line_of(&mut self, line: &Line, provision: u32) -> u32 {
        let note = match line.origin {
            LineOrigin::Unread(Some(note)) => self.texts.row(self.law[note].clone()),
            _ => NONE,
        };
        let answer = line.answer.map(|answer| &self.law[answer]);
        let values = self.values.list(answer.map_or_else(Vec::new, |answer: &Answer| answer.values.clone()));
        let limit = answer.and_then(|answer| answer.limit);
        let row = LineRow {
            instrument: line.instrument,
            provision,
            note,
            strength: answer.map(|answer| answer.strength),
            limit,
            values,
            says: self.says.row((values, limit)),
            placed: answer.is_some_and(is_placed),
        };
        self.lines.row(row)
    }
}

/// A line of a question, wherever it applies.
pub(super) struct Candidate {
    id: Option<LineId>,
    pub(super) line: Line,
    pub(super) row: u32,
    /// What a request can be made under for it to apply; none: whatever it is made under.
    pub(super) under: Option<Vec<i64>>,
}

impl Candidate {
    pub(super) fn order(&self, law: &Law) -> impl Ord + use<> {
        order(law, &self.line, self.id)
    }
}

/// One of its values is in a place that a fact names.
pub(super) fn is_placed(answer: &Answer) -> bool {
    answer.values.iter().any(|value| matches!(value, Value::Authority(_, Some(PlaceTerm::Fact(_)))))
}

/// The order in which lines are shown.
pub(super) fn order(law: &Law, line: &Line, id: Option<LineId>) -> impl Ord + use<> {
    let strength = line.answer.map(|answer| law[answer].strength);
    let binding = law[line.instrument].kind.is_binding();
    (strength.is_none(), strength, !binding, line.instrument, line.provision, id)
}

/// The cells of one question between two countries.
struct Cells<'q> {
    head: QuestionHead,
    /// The lines, each with its place among those of the question.
    lines: Vec<(usize, &'q Candidate)>,
    /// The profiles that were met, of all countries.
    known: &'q mut BTreeMap<Key, u32>,
    /// Who beats whom can turn on which country requests.
    sided: bool,
}

/// All that a profile turns on.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    places: Vec<usize>,
    entries: Vec<Entry>,
    nevers: Vec<u32>,
    asked: Vec<u32>,
    clauses: Vec<u32>,
    countries: Option<(CountryId, CountryId)>,
}

fn sided(law: &Law) -> bool {
    law.clauses.iter().any(|clause| matches!(clause.target, Target::NationalLaw(_)))
}

/// Merges equal rows; a cell that no case can have is equal to any. Says for each row which of those left it became.
fn merged(rows: Vec<Vec<Option<u32>>>) -> (Vec<u32>, Vec<Vec<Option<u32>>>) {
    let mut left: Vec<Vec<Option<u32>>> = Vec::new();
    let mut became = Vec::new();
    for row in rows {
        let agrees =
            |other: &Vec<Option<u32>>| row.iter().zip(other).all(|(a, b)| a.is_none() || b.is_none() || a == b);
        if let Some(place) = left.iter().position(agrees) {
            for (cell, other) in left[place].iter_mut().zip(&row) {
                *cell = cell.or(*other);
            }
            became.push(count(place));
        } else {
            became.push(count(left.len()));
            left.push(row);
        }
    }
    (became, left)
}

fn transposed(rows: &[Vec<Option<u32>>], width: usize) -> Vec<Vec<Option<u32>>> {
    (0..width).map(|column| rows.iter().map(|row| row.get(column).copied().flatten()).collect()).collect()
}

/// How the answers of a question come together.
pub(super) fn is_collected(head: QuestionHead) -> bool {
    head.kind() == QuestionKind::Collected
}
