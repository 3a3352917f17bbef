//! Conditions as steps: each tests one fact and says where to go on, until it is settled whether the condition holds. The
//! facts are tested one after another, so that the first that is missing is known.

use std::collections::BTreeSet;

use super::tables::{Pool, count};
use crate::answer::{Asked, Setting, applicability, asked, classes, limits, tied_facts};
use crate::law::{Condition, FactId, FactTest, FactValue, Kind, Law, Line, MatterId, Under};

/// It holds.
pub(super) const YES: u32 = u32::MAX;
/// It does not hold.
pub(super) const NO: u32 = u32::MAX - 1;
/// A value that the law does not declare; of the instrument of the request: none.
const OTHER: i64 = -1;

/// A test of one fact; passed by these values, both bounds included.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Test {
    pub(super) fact: u32,
    pub(super) unknown: bool,
    pub(super) outside: bool,
    pub(super) ranges: Vec<(i64, i64)>,
}

/// A value of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cell {
    Unknown,
    Outside,
    Is(i64),
    Named,
}

/// All conditions.
#[derive(Debug)]
pub(super) struct Conditions<'l> {
    law: &'l Law,
    pub(super) tests: Pool<Test>,
    pub(super) steps: Pool<(u32, u32, u32)>,
}

/// The row of a fact; the first row is the instrument of the request.
pub(super) fn fact_row(fact: FactId) -> u32 {
    fact.0 + 1
}

impl<'l> Conditions<'l> {
    pub(super) fn new(law: &'l Law) -> Conditions<'l> {
        Conditions { law, tests: Pool::default(), steps: Pool::default() }
    }

    /// What a request can be made under for the line to apply; none: that does not matter.
    pub(super) fn under(&self, line: &Line, matter: MatterId) -> Option<Vec<i64>> {
        let instruments = self.law.instruments().map(|(id, _)| Under::Instrument(id));
        let all = std::iter::once(Under::Nothing).chain(instruments);
        let admits = |under| applicability::under_admits(self.law, line, matter, under);
        match admits(None) {
            Some(true) => None,
            Some(false) => Some(Vec::new()),
            None => Some(all.filter(|under| admits(Some(*under)) == Some(true)).map(under_code).collect()),
        }
    }

    /// The first step of the condition of a line.
    pub(super) fn of_line(&mut self, condition: &Condition, under: Option<&[i64]>, setting: Setting) -> u32 {
        let condition = self.compile(condition, setting);
        match under {
            None => condition,
            Some(_) if condition == NO => NO,
            Some(admitted) => {
                let ranges = admitted.iter().map(|code| (*code, *code)).collect();
                self.step(Test { fact: 0, unknown: false, outside: false, ranges }, condition, NO)
            }
        }
    }

    /// The first step of a condition in a setting, or [`YES`] or [`NO`].
    pub(super) fn compile(&mut self, condition: &Condition, setting: Setting) -> u32 {
        self.then(condition, setting, YES, NO)
    }

    /// The first step of a condition that goes on to `yes` where it holds and to `no` where not.
    fn then(&mut self, condition: &Condition, setting: Setting, yes: u32, no: u32) -> u32 {
        match condition {
            Condition::All(parts) => parts.iter().rev().fold(yes, |next, part| self.then(part, setting, next, no)),
            Condition::Any(parts) => parts.iter().rev().fold(no, |next, part| self.then(part, setting, yes, next)),
            Condition::Not(inner) => self.then(inner, setting, no, yes),
            Condition::Applies(instrument) => {
                if applicability::applies(self.law, *instrument, None, setting) {
                    yes
                } else {
                    no
                }
            }
            Condition::Fact(fact, test) => {
                let test = test_row(*fact, test);
                self.step(test, yes, no)
            }
        }
    }

    fn step(&mut self, test: Test, yes: u32, no: u32) -> u32 {
        if yes == no {
            return yes;
        }
        let test = self.tests.row(test);
        self.steps.row((test, yes, no))
    }
}

fn test_row(fact: FactId, test: &FactTest) -> Test {
    let range = |from: Option<i64>, until: Option<i64>| match until {
        Some(i64::MIN) => Vec::new(),
        until => vec![(from.unwrap_or(i64::MIN), until.map_or(i64::MAX, |until| until - 1))],
    };
    let (mut unknown, mut outside) = (false, false);
    let ranges = match test {
        FactTest::Known => vec![(i64::MIN, i64::MAX)],
        FactTest::Number { from, until } => range(*from, *until),
        FactTest::Date { from, until } => range(from.map(|day| i64::from(day.0)), until.map(|day| i64::from(day.0))),
        FactTest::IsOneOf(values) => {
            let mut ranges = Vec::new();
            for value in values {
                match cell(value) {
                    Cell::Unknown => unknown = true,
                    Cell::Outside => outside = true,
                    Cell::Is(code) => ranges.push((code, code)),
                    // A place that is not declared: no rule compares it.
                    Cell::Named => {}
                }
            }
            ranges.sort_unstable();
            ranges.dedup();
            ranges
        }
    };
    Test { fact: fact_row(fact), unknown, outside, ranges }
}

fn cell(value: &FactValue) -> Cell {
    Cell::Is(match value {
        FactValue::Unknown => return Cell::Unknown,
        FactValue::NoPlace => return Cell::Outside,
        FactValue::OtherPlace(_) => return Cell::Named,
        FactValue::YesNo(yes) => i64::from(*yes),
        FactValue::Choice(choice) => i64::from(*choice),
        FactValue::Place(place) => i64::from(place.0),
        FactValue::Language(language) => i64::from(language.0),
        FactValue::Country(country) => i64::from(country.0),
        FactValue::OtherLanguage | FactValue::OtherCountry => OTHER,
        FactValue::Number(number) => *number,
        FactValue::Date(day) => i64::from(day.0),
    })
}

fn under_code(under: Under) -> i64 {
    match under {
        Under::Nothing => OTHER,
        Under::Instrument(instrument) => i64::from(instrument.0),
    }
}

/// One value for each class of values that a condition of the law tells apart, by the row of the fact.
pub(super) fn all_classes(law: &Law) -> Vec<Vec<Cell>> {
    let mut tests = Asked::new();
    let of_matters = law.matters().flat_map(|(matter, _)| limits(law, matter));
    let conditions = of_matters.map(|(_, condition)| condition).collect::<BTreeSet<_>>();
    let conditions = conditions.into_iter().map(|condition| &law[condition]);
    conditions.chain(law.nevers.iter().map(|never| &never.condition)).for_each(|one| asked(one, &mut tests));
    let facts = law.facts().map(|(fact, _)| {
        let of_fact = tests.get(&fact).map_or(&[][..], Vec::as_slice);
        classes(law, fact, of_fact).into_iter().map(|(_, value)| cell(&value)).collect()
    });
    std::iter::once(unders(law)).chain(facts).collect()
}

/// Nothing, each instrument that some line tells apart, and one of the others.
fn unders(law: &Law) -> Vec<Cell> {
    let mut named = BTreeSet::from([Under::Nothing]);
    let scopes = law.lines.iter().map(|line| line.scope).chain(law.provisions.iter().map(|provision| provision.scope));
    named.extend(scopes.flat_map(|scope| law[scope.relations].under.iter().flatten().copied()));
    let of_kind = |treaty| law.instruments().filter(move |(_, row)| (row.kind == Kind::Treaty) == treaty);
    named.extend(of_kind(true).map(|(id, _)| Under::Instrument(id)));
    let other = of_kind(false).map(|(id, _)| Under::Instrument(id)).find(|under| !named.contains(under));
    named.into_iter().chain(other).map(|under| Cell::Is(under_code(under))).collect()
}

/// The group of facts that `never` items tie together with each fact, itself among them, by the row of the fact.
pub(super) fn all_tied(law: &Law) -> Vec<Vec<u32>> {
    let groups = tied_facts(law);
    let of_fact = |fact: FactId| {
        let group = groups.iter().find(|group| group.contains(&fact));
        group.map_or_else(|| vec![fact_row(fact)], |group| group.iter().map(|fact| fact_row(*fact)).collect())
    };
    std::iter::once(vec![0]).chain(law.facts().map(|(fact, _)| of_fact(fact))).collect()
}

/// How many rows facts have, with the instrument of the request.
pub(super) fn fact_count(law: &Law) -> u32 {
    count(law.facts.len()) + 1
}
