//! Decision tables are compared with the reference in every case: one answer to each case, the same as that of the
//! reference; and nothing could be left out of a table.

use std::collections::{BTreeMap, BTreeSet};

use forseti::answer::{Asked, Open, OpenValue, Outcome, applicability, asked, classes, impossible, lines, misplaced};
use forseti::case::Case;
use forseti::law::{Day, FactId, FactKind, FactValue, Interval, Law, Line, LineId, PlaceTerm, Question, Under, Value};
use forseti::proof::{Row, Slice, Table, table, tables};

use crate::emit;
use crate::proofs::{compiled, random_law};

/// The cases of a question that the law can tell apart, with everything given; at most so many, spread evenly.
pub(crate) fn cases(law: &Law, question: Question, most: usize) -> Vec<Case> {
    let mut cases = whatever_can_be(law, question, most);
    cases.retain(|case| can_be(law, question, case));
    cases
}

/// It is excluded by nothing.
fn can_be(law: &Law, question: Question, case: &Case) -> bool {
    impossible(law, case).is_none() && misplaced(law, question.head, case).is_none()
}

/// As [`cases`], with those that cannot be.
pub(crate) fn whatever_can_be(law: &Law, question: Question, most: usize) -> Vec<Case> {
    let scopes = law.provisions.iter().map(|row| &row.scope).chain(law.lines.iter().map(|line| &line.scope));
    let turning = applicability::turning_days(law, scopes);
    let days: BTreeSet<Day> = turning.iter().flat_map(|day| [*day, day.previous()]).chain([Day(0)]).collect();
    let between = law[question.matter].between_countries;
    let countries = || law.countries().map(|(id, _)| id);
    let pairs = countries().flat_map(|from| countries().map(move |to| (from, to)));
    let pairs: Vec<_> = pairs.filter(|(from, to)| between == (from != to)).collect();
    let unders: Vec<Option<Under>> = if law[question.matter].under_one_instrument {
        let instruments = law.instruments().map(|(id, _)| Some(Under::Instrument(id)));
        std::iter::once(Some(Under::Nothing)).chain(instruments).collect()
    } else {
        vec![None]
    };
    let facts = facts(law, question);
    let days: Vec<Day> = days.into_iter().collect();
    let sizes = [pairs.len(), days.len(), unders.len()];
    let total = facts.iter().map(|fact| fact.1.len()).chain(sizes).fold(1, usize::saturating_mul);
    // A stride that shares no factor with the total reaches all parts of it.
    let stride = if total <= most { 1 } else { (total / most) | 1 };
    let case = |number: usize| {
        let mut rest = number.wrapping_mul(stride) % total.max(1);
        let mut pick = |length: usize| {
            let chosen = rest % length;
            rest /= length;
            chosen
        };
        let given = facts.iter().map(|(fact, values)| (*fact, values[pick(values.len())].clone())).collect();
        let (requesting, requested) = pairs[pick(pairs.len())];
        let (on, under) = (days[pick(days.len())], unders[pick(unders.len())]);
        Case { matter: question.matter, requesting, requested, on, under, facts: given, events: BTreeMap::new() }
    };
    (0..total.min(most)).map(case).collect()
}

/// One value for each class of each fact that can have a part in the question.
fn facts(law: &Law, question: Question) -> Vec<(FactId, Vec<FactValue>)> {
    let mut tests = Asked::new();
    let lines: Vec<Line> = lines(law, question).iter().map(|line| line.line).collect();
    for line in &lines {
        asked(&law[line.condition], &mut tests);
    }
    law.nevers.iter().for_each(|never| asked(&never.condition, &mut tests));
    for value in lines.iter().filter_map(|line| line.answer).flat_map(|answer| &law[answer].values) {
        if let Value::Authority(_, Some(PlaceTerm::Fact(fact))) = value {
            tests.entry(*fact).or_default();
        }
    }
    let values = |(fact, tests): (FactId, Vec<_>)| {
        let mut values: Vec<FactValue> = classes(law, fact, &tests).into_iter().map(|class| class.1).collect();
        if law[fact].kind == FactKind::Place {
            values.retain(|value| !matches!(value, FactValue::OtherPlace(_)));
            values.push(FactValue::OtherPlace("Hamar".to_owned()));
            values.extend(law.places().map(|(place, _)| FactValue::Place(place)).take(1));
            values.dedup();
        }
        (fact, values)
    };
    tests.into_iter().map(values).collect()
}

/// The row takes in the case.
pub(crate) fn holds(table: &Table, row: &Row, case: &Case) -> bool {
    row.from.as_ref().is_none_or(|from| from.contains(&case.requesting))
        && row.to.as_ref().is_none_or(|to| to.contains(&case.requested))
        && row.dates.contains(case.on)
        && row
            .tests
            .iter()
            .all(|(axis, values)| values.iter().any(|value| admits(&table.classes[axis], *axis, value, case)))
}

fn admits(all: &[OpenValue], axis: Open, value: &OpenValue, case: &Case) -> bool {
    let fact = match axis {
        Open::Under => None,
        Open::Fact(fact) => Some(&case.facts[&fact]),
    };
    match (value, fact) {
        (OpenValue::Is(value), Some(fact)) => value == fact,
        (OpenValue::Range(from, until), Some(fact)) => {
            let number = match fact {
                FactValue::Number(number) => *number,
                FactValue::Date(day) => i64::from(day.0),
                _ => return false,
            };
            from.is_none_or(|from| from <= number) && until.is_none_or(|until| number < until)
        }
        (OpenValue::AnyOther | OpenValue::Known, Some(fact)) => {
            !matches!(fact, FactValue::Unknown | FactValue::NoPlace) && !all.contains(&OpenValue::Is(fact.clone()))
        }
        (OpenValue::Under(under), None) => case.under == Some(*under),
        (OpenValue::OtherInstrument, None) => case.under.is_some_and(|under| !all.contains(&OpenValue::Under(under))),
        _ => false,
    }
}

type Shown = (&'static str, bool, BTreeSet<(Option<LineId>, String, BTreeSet<String>)>, BTreeSet<String>);

/// What an outcome says and on what it rests, with the places of the case put in.
fn shown(outcome: &Outcome, case: &Case) -> Shown {
    let placed = |value: &Value| match value {
        Value::Authority(authority, Some(PlaceTerm::Fact(fact))) => match case.facts.get(fact) {
            Some(FactValue::Place(place)) => Value::Authority(*authority, Some(PlaceTerm::Place(*place))),
            Some(FactValue::OtherPlace(name)) => Value::Authority(*authority, Some(PlaceTerm::Named(name.clone()))),
            _ => value.clone(),
        },
        _ => value.clone(),
    };
    let lines = outcome.answers.iter().map(|deciding| {
        let values: BTreeSet<Value> = deciding.answer.values.iter().map(placed).collect();
        let says = format!("{:?} {values:?} {:?}", deciding.answer.strength, deciding.answer.limit);
        (deciding.line.id, says, deciding.assumptions.iter().cloned().collect())
    });
    let disputed = outcome.disputes.iter().flat_map(|dispute| &dispute.lines);
    let open = outcome.unread.iter().chain(disputed);
    let open = open.map(|line| format!("{:?} {:?} {:?}", line.id, line.line.instrument, line.line.span)).collect();
    (outcome.status.word(), outcome.is_incomplete(), lines.collect(), open)
}

/// Compares a table with the reference, case by case.
fn agrees(law: &Law, question: Question, table: &Table, cases: &[Case]) {
    for case in cases {
        let asked = || forseti::words::ask_command(law, question.head, case);
        let found: Vec<&Row> = table.rows.iter().filter(|row| holds(table, row, case)).collect();
        let [row] = found.as_slice() else { panic!("one row: {}\n{found:#?}", asked()) };
        let outcome = &table.outcomes[row.outcome];
        let wanted = forseti::answer::answer(law, question.head, case);
        assert_eq!(shown(outcome, case), shown(&wanted, case), "{}", asked());
    }
}

/// No row can be left out, and nothing that a row asks: without it the row would take in a case of another, or one that
/// cannot be.
fn needs_all(table: &Table, cases: &[Case]) {
    let holders: Vec<Vec<usize>> = cases
        .iter()
        .map(|case| (0..table.rows.len()).filter(|row| holds(table, &table.rows[*row], case)).collect())
        .collect();
    for (at, row) in table.rows.iter().enumerate() {
        assert!(holders.iter().any(|rows| rows.as_slice() == [at]), "the row could be left out: {row:?}");
        for wider in wider(row) {
            let strays = cases.iter().zip(&holders).any(|(case, rows)| holds(table, &wider, case) && *rows != [at]);
            assert!(strays, "the row asks more than it needs: {row:?}\nas {wider:?}\n{:#?}", table.rows);
        }
    }
}

/// The row with one thing less asked.
fn wider(row: &Row) -> Vec<Row> {
    let mut wider = Vec::new();
    let mut less = |row: Row| wider.push(row);
    if row.from.is_some() {
        less(Row { from: None, ..row.clone() });
    }
    if row.to.is_some() {
        less(Row { to: None, ..row.clone() });
    }
    if row.dates.from != Day::BEGINNING {
        less(Row { dates: Interval { from: Day::BEGINNING, ..row.dates }, ..row.clone() });
    }
    if row.dates.until != Day::END {
        less(Row { dates: Interval { until: Day::END, ..row.dates }, ..row.clone() });
    }
    for at in 0..row.tests.len() {
        let mut tests = row.tests.clone();
        tests.remove(at);
        less(Row { tests, ..row.clone() });
    }
    wider
}

#[test]
fn the_tables_of_small_laws_answer_as_the_reference_and_could_not_be_smaller() {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for seed in 1..=16 {
        let law = compiled(&random_law(seed));
        for ((_, question), table) in law.questions().zip(tables(&law)) {
            let table = table.expect("a small table");
            let cases = cases(&law, *question, usize::MAX);
            agrees(&law, *question, &table, &cases);
            needs_all(&table, &whatever_can_be(&law, *question, usize::MAX));
            for row in &table.rows {
                *seen.entry(table.outcomes[row.outcome].status.word()).or_default() += 1;
            }
        }
    }
    for status in ["answered", "undetermined", "no-rule", "conflict"] {
        assert!(seen.get(status).is_some_and(|count| *count > 5), "too little is seen of {status}: {seen:?}");
    }
}

#[test]
fn the_tables_of_the_shipped_law_and_the_emitted_ones_answer_as_the_reference() {
    let small =
        ["nordic.rules", "within.rules", "disputes.rules", "places.rules"].map(|name| (emit::case(name).0, 200));
    let mut too_large = Vec::new();
    for (law, most) in small.into_iter().chain([(emit::shipped().0, 25)]) {
        for ((_, question), table) in law.questions().zip(tables(&law)) {
            match table {
                Ok(table) => agrees(&law, *question, &table, &cases(&law, *question, most)),
                Err(_) => too_large.push(forseti::words::question(&law, question.head)),
            }
        }
    }
    // Each of many grounds holds or does not.
    assert_eq!(too_large, ["requested authority refuse"]);
}

#[test]
fn a_slice_of_a_table_holds_its_cases_and_no_others() {
    for seed in 31..=36 {
        let law = compiled(&random_law(seed));
        let question = *law.questions().next().expect("a question").1;
        let all = cases(&law, question, usize::MAX);
        let some = all[usize::try_from(seed).expect("small") * 7 % all.len()].clone();
        let slice = Slice { from: Some(some.requesting), to: None, on: Some(some.on) };
        let table = table(&law, question, slice).expect("a small table");
        let (inside, outside): (Vec<Case>, Vec<Case>) =
            all.into_iter().partition(|case| case.requesting == some.requesting && case.on == some.on);
        agrees(&law, question, &table, &inside);
        assert!(
            outside
                .iter()
                .filter(|case| case.on != some.on)
                .all(|case| !table.rows.iter().any(|row| holds(&table, row, case)))
        );
    }
}
