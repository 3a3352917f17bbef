//! Cases, and what the reference answers in them, written as the harness writes it.

use std::collections::{BTreeMap, BTreeSet};

use forseti::answer::{Asked, Open, Outcome, Status, answer, asked, classes};
use forseti::case::Case;
use forseti::law::{
    CountryId, Day, EventId, FactId, FactKind, FactValue, InstrumentId, Law, Limit, Line, Place, PlaceTerm, Question,
    QuestionId, Under, Value,
};

/// Every case that the law can tell apart, question by question: each pair of countries, the days on which something
/// changes and those before them, and for each fact that its lines name one value of each class, or not given. Where they
/// are more than `most` for a question, that many of them, spread evenly.
pub(super) fn cases(law: &Law, most: usize) -> Vec<(QuestionId, Case)> {
    let mut all = Vec::new();
    for (id, question) in law.questions() {
        let settings = settings(law, *question);
        let facts = values(law, id);
        let unders = if law[question.matter].under_one_instrument {
            let instruments = law.instruments().map(|(id, _)| Some(Under::Instrument(id)));
            [None, Some(Under::Nothing)].into_iter().chain(instruments).collect()
        } else {
            vec![None]
        };
        let total =
            facts.iter().map(|(_, values)| values.len()).fold(settings.len() * unders.len(), usize::saturating_mul);
        // A stride that shares no factor with the total reaches all parts of it.
        let stride = if total <= most { 1 } else { (total / most) | 1 };
        let mut at = 0usize;
        for _ in 0..total.min(most) {
            let mut rest = at % total.max(1);
            let mut pick = |length: usize| {
                let chosen = rest % length;
                rest /= length;
                chosen
            };
            let mut case = Case { under: unders[pick(unders.len())], ..settings[pick(settings.len())].clone() };
            for (fact, values) in &facts {
                if let Some(value) = &values[pick(values.len())] {
                    case.facts.insert(*fact, recognised(law, &case, value));
                }
            }
            all.push((id, case));
            at = at.wrapping_add(stride);
        }
    }
    all
}

fn settings(law: &Law, question: Question) -> Vec<Case> {
    let mut days: BTreeSet<Day> = [Day(0)].into();
    let scopes = law.provisions.iter().map(|row| &row.scope).chain(law.lines.iter().map(|line| &line.scope));
    for day in forseti::answer::applicability::turning_days(law, scopes) {
        days.extend([day, day.previous()]);
    }
    let mut settings = Vec::new();
    for (requesting, _) in law.countries() {
        for (requested, _) in law.countries() {
            // One pair that does not fit the matter is enough.
            let fits = law[question.matter].between_countries == (requesting != requested);
            if fits || (requesting, requested) == (CountryId(0), CountryId(0)) {
                settings.extend(days.iter().map(|on| Case {
                    matter: question.matter,
                    requesting,
                    requested,
                    on: *on,
                    under: None,
                    facts: BTreeMap::new(),
                    events: BTreeMap::new(),
                }));
            }
        }
    }
    settings
}

/// One value for each class of each fact on which the question turns, and none.
fn values(law: &Law, question: QuestionId) -> Vec<(FactId, Vec<Option<FactValue>>)> {
    let lines = forseti::answer::lines(law, law[question]);
    let mut tests = Asked::new();
    for line in &lines {
        asked(&law[line.line.condition], &mut tests);
    }
    let mut tied = Asked::new();
    for never in &law.nevers {
        let mut together = Asked::new();
        asked(&never.condition, &mut together);
        if together.keys().any(|fact| tests.contains_key(fact)) {
            tied.extend(together);
        }
    }
    for (fact, of_fact) in tied {
        tests.entry(fact).or_default().extend(of_fact);
    }
    for fact in lines.iter().flat_map(|line| places(law, &line.line)) {
        tests.entry(fact).or_default();
    }
    let with_none = |fact: FactId, tests: &[_]| {
        let mut values: Vec<_> = classes(law, fact, tests).into_iter().map(|(_, value)| Some(value)).collect();
        if law[fact].kind == FactKind::Place {
            values.retain(|value| !matches!(value, Some(FactValue::OtherPlace(_))));
            values.extend([
                Some(FactValue::OtherPlace("Bergen".to_owned())),
                Some(FactValue::OtherPlace("Hamar".to_owned())),
            ]);
            values.extend(law.places().map(|(place, _)| Some(FactValue::Place(place))).take(1));
            values.extend(law.places().map(|(_, row)| Some(FactValue::OtherPlace(row.name.clone()))).take(1));
        }
        values.push(None);
        values
    };
    tests.iter().map(|(fact, tests)| (*fact, with_none(*fact, tests))).collect()
}

fn places(law: &Law, line: &Line) -> impl Iterator<Item = FactId> {
    line.answer.iter().flat_map(|answer| &law[*answer].values).filter_map(|value| match value {
        Value::Authority(_, Some(PlaceTerm::Fact(fact))) => Some(*fact),
        _ => None,
    })
}

/// The name of a declared place is that place between countries of which one has it, and another place elsewhere.
fn recognised(law: &Law, case: &Case, value: &FactValue) -> FactValue {
    let is_meant = |(_, row): &(_, &Place)| {
        *value == FactValue::OtherPlace(row.name.clone()) && [case.requesting, case.requested].contains(&row.country)
    };
    law.places().find(is_meant).map_or_else(|| value.clone(), |(id, _)| FactValue::Place(id))
}

/// A case as the harness reads it.
pub(super) fn written(law: &Law, question: QuestionId, case: &Case) -> String {
    let mut words = vec![
        question.0.to_string(),
        case.requesting.0.to_string(),
        case.requested.0.to_string(),
        case.on.0.to_string(),
        case.under.map_or("-".to_owned(), |under| match under {
            Under::Nothing => "-1".to_owned(),
            Under::Instrument(InstrumentId(id)) => id.to_string(),
        }),
    ];
    let code = |value: &FactValue| match value {
        // A place can be given as such or by its name.
        FactValue::Place(place) if law[*place].country == case.requested => format!("={}", law[*place].name),
        value => value_code(value),
    };
    words.extend(law.facts().map(|(fact, _)| case.facts.get(&fact).map_or("-".to_owned(), code)));
    words.join("\t")
}

fn value_code(value: &FactValue) -> String {
    match value {
        FactValue::Unknown => "?".to_owned(),
        FactValue::NoPlace => "!".to_owned(),
        FactValue::YesNo(yes) => u8::from(*yes).to_string(),
        FactValue::Choice(choice) => choice.to_string(),
        FactValue::Place(place) => place.0.to_string(),
        FactValue::OtherPlace(name) => format!("={name}"),
        FactValue::Language(language) => language.0.to_string(),
        FactValue::Country(country) => country.0.to_string(),
        FactValue::OtherLanguage | FactValue::OtherCountry => "-1".to_owned(),
        FactValue::Number(number) => number.to_string(),
        FactValue::Date(day) => day.0.to_string(),
    }
}

/// What the reference answers, as the harness writes it; and the facts on which that depends.
pub(super) fn shown<'l>(law: &'l Law, question: QuestionId, case: &Case) -> (String, BTreeSet<&'l str>) {
    let outcome: Outcome = answer(law, law[question].head, case);
    let mut lines: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for deciding in &outcome.answers {
        let line = &deciding.line.line;
        let values: BTreeSet<_> = deciding.answer.values.iter().map(|one| value(law, one)).collect();
        let strength = Some(format!("{:?}", deciding.answer.strength));
        let limit = deciding.answer.limit.map(|one| limit(law, one));
        let provision = line.provision.map(|provision| law[provision].citation.as_str());
        let key = format!("{strength:?} {values:?} {limit:?} {} {provision:?}", law[line.instrument].name);
        lines.entry(key).or_default().extend(deciding.assumptions.iter().map(String::as_str));
    }
    let unread: BTreeSet<_> = outcome
        .unread
        .iter()
        .map(|text| {
            let provision = text.line.provision.map(|provision| law[provision].citation.as_str());
            let note = forseti::answer::unread_note(law, &text.line);
            format!("{} {provision:?} {note:?}", law[text.line.instrument].name)
        })
        .collect();
    let depends = outcome
        .depends
        .iter()
        .flat_map(|depends| &depends.on)
        .map(|open| match open {
            Open::Under => "under",
            Open::Fact(fact) => law[*fact].name.as_str(),
        })
        .collect();
    let incomplete = outcome.status == Status::Answered && !outcome.unread.is_empty();
    let shown = format!("{:?} incomplete: {incomplete} unread: {unread:?} lines: {lines:?}", outcome.status);
    (shown, depends)
}

fn value(law: &Law, value: &Value) -> String {
    let event = |event: Option<EventId>| event.map(|event| law[event].name.as_str());
    match value {
        Value::Authority(authority, place) => {
            let place = place.as_ref().map(|place| match place {
                PlaceTerm::Fact(fact) => format!("fact {}", law[*fact].name),
                PlaceTerm::Place(place) => format!("declared {}", law[*place].name),
                PlaceTerm::Named(name) => format!("named {name}"),
            });
            format!("{} {place:?}", forseti::words::authority(law, *authority))
        }
        Value::Language(language) => law[*language].name.clone(),
        Value::Word(word) => format!("Word({:?})", law[*word].text),
        Value::Any => "Any".to_owned(),
        Value::Deadline(deadline) => format!(
            "Deadline {{ number: {}, unit: {:?}, from: {:?}, moved: {:?} }}",
            deadline.duration.number,
            deadline.duration.unit,
            event(deadline.from),
            deadline.moved
        ),
        Value::Maximum { duration, or_longer } => {
            format!("Maximum {{ number: {}, unit: {:?}, or_longer: {or_longer} }}", duration.number, duration.unit)
        }
        Value::Mode(mode) => format!("Criteria({mode:?})"),
        Value::Provision(instrument, citation) => format!("{} {citation:?}", law[*instrument].name),
        Value::Ground(ground, citation) => format!("Ground({:?}, {citation:?})", law[*ground].text),
        Value::Met(met) => format!("Met({met})"),
    }
}

fn limit(law: &Law, limit: Limit) -> String {
    match limit {
        Limit::Within(length, event) => {
            let event = event.map(|event| law[event].name.as_str());
            format!("Within({}, {:?}, {event:?})", length.number, length.unit)
        }
        Limit::Before(event) => format!("Before({:?})", law[event].name),
        other => format!("{other:?}"),
    }
}
