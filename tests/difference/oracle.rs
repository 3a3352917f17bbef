//! Both laws are asked case by case: where they answer alike no region may hold the case, where they do not one must.

use std::collections::{BTreeMap, BTreeSet};

use forseti::answer::{
    Asked, OpenValue, Outcome, Status, answer, applicability, asked, classes, impossible, misplaced,
};
use forseti::case::Case;
use forseti::difference::{Category, Change, Difference, Region, Test, Value, difference, fingerprint};
use forseti::law::{self, Bearer, Day, FactKind, FactValue, Law, PlaceTerm, Question, QuestionHead, Side, Under};
use forseti::source::{SourceFile, Sources};
use forseti::words;

use crate::dice::Dice;

use super::TODAY;

pub(super) fn law_of(text: &str) -> Law {
    let mut sources = Sources::default();
    sources.add(SourceFile::new("law.rules", text));
    let (law, findings) = forseti::compile::compile(&sources, None);
    let errors: Vec<_> = findings.iter().filter(|finding| forseti::compile::is_error(finding)).collect();
    assert!(errors.is_empty(), "{errors:#?}\n{text}");
    law
}

pub(super) fn between(old: &str, new: &str) -> Difference {
    difference(&law_of(old), &law_of(new), TODAY)
}

/// What is said, by names; none where nothing is.
pub(super) type Said = Option<(&'static str, bool, BTreeSet<String>)>;

pub(super) fn said(law: &Law, outcome: &Outcome) -> Said {
    let answered = outcome.answers.iter().filter(|_| outcome.status == Status::Answered);
    let one = |value: &law::Value| match value {
        law::Value::Authority(id, Some(PlaceTerm::Place(place))) => {
            format!("{} of {}", words::authority(law, *id), law[*place].name)
        }
        law::Value::Authority(id, Some(PlaceTerm::Named(name))) => {
            format!("{} of {name}", words::authority(law, *id))
        }
        value => words::value(law, value),
    };
    let answers = answered.map(|deciding| {
        let values: BTreeSet<String> = deciding.answer.values.iter().map(one).collect();
        format!(
            "{:?} {values:?} {:?}",
            deciding.answer.strength,
            deciding.answer.limit.map(|limit| words::limit(law, limit))
        )
    });
    let nothing = matches!(outcome.status, Status::NoRule | Status::OutOfScope);
    (!nothing).then(|| (outcome.status.word(), outcome.is_incomplete(), answers.collect()))
}

pub(super) fn number(value: &FactValue) -> Option<i64> {
    match value {
        FactValue::Number(number) => Some(*number),
        FactValue::Date(day) => Some(i64::from(day.0)),
        _ => None,
    }
}

pub(super) fn name(law: &Law, fact: law::FactId, value: &FactValue) -> String {
    match value {
        FactValue::OtherPlace(name) => name.clone(),
        value => words::fact_value(law, fact, value),
    }
}

/// A case by names, as it is put to either law.
pub(super) struct Named {
    from: String,
    to: String,
    on: Day,
    /// By the name of a fact, or `under`.
    facts: BTreeMap<String, Given>,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Given {
    Name(String),
    Number(i64),
}

/// The cases that either law can tell apart, with everything given; at most so many, spread evenly.
pub(super) fn cases(laws: [&Law; 2], most: usize) -> Vec<Named> {
    let scopes = |law: &Law| -> BTreeSet<Day> {
        let scopes = law.provisions.iter().map(|row| &row.scope).chain(law.lines.iter().map(|line| &line.scope));
        applicability::turning_days(law, scopes)
    };
    let turning = laws.iter().flat_map(|law| scopes(law));
    let days: BTreeSet<Day> = turning.flat_map(|day| [day, day.previous()]).chain([Day(0)]).collect();
    let days: Vec<Day> = days.into_iter().collect();
    let countries: BTreeSet<&str> =
        laws.iter().flat_map(|law| &law.countries).map(|country| country.name.as_str()).collect();
    let pairs = countries.iter().flat_map(|from| countries.iter().map(move |to| (*from, *to)));
    let pairs: Vec<_> = pairs.filter(|(from, to)| from != to).collect();
    let mut facts: BTreeMap<String, BTreeSet<Given>> = BTreeMap::new();
    for law in laws {
        let mut tests = Asked::new();
        law.conditions.iter().for_each(|condition| asked(condition, &mut tests));
        law.nevers.iter().for_each(|never| asked(&never.condition, &mut tests));
        for (fact, row) in law.facts() {
            let values = facts.entry(row.name.clone()).or_default();
            for class in classes(law, fact, tests.get(&fact).map_or(&[][..], Vec::as_slice)) {
                values.insert(match (&class.0, number(&class.1)) {
                    (_, Some(number)) => Given::Number(number),
                    (OpenValue::AnyOther | OpenValue::Known, None) if row.kind == FactKind::Place => {
                        Given::Name("Hamar".to_owned())
                    }
                    _ => Given::Name(name(law, fact, &class.1)),
                });
            }
            if let FactKind::OneOf(all) = &row.kind {
                values.extend(all.iter().cloned().map(Given::Name));
            }
            if row.kind == FactKind::Place {
                values.extend(law.places.iter().map(|place| Given::Name(place.name.clone())));
            }
        }
        if law.matters[0].under_one_instrument {
            let names = law.instruments.iter().map(|row| row.name.clone()).chain(["none".to_owned()]);
            facts.entry("under".to_owned()).or_default().extend(names.map(Given::Name));
        }
    }
    let facts: Vec<(String, Vec<Given>)> =
        facts.into_iter().map(|(fact, values)| (fact, values.into_iter().collect())).collect();
    let total = facts.iter().map(|fact| fact.1.len()).chain([pairs.len(), days.len()]).fold(1, usize::saturating_mul);
    // A stride that shares no factor with the total reaches all parts of it.
    let stride = if total <= most { 1 } else { (total / most) | 1 };
    let case = |number: usize| {
        let mut rest = number.wrapping_mul(stride) % total.max(1);
        let mut pick = |length: usize| {
            let chosen = rest % length;
            rest /= length;
            chosen
        };
        let facts = facts.iter().map(|(fact, values)| (fact.clone(), values[pick(values.len())].clone())).collect();
        let (from, to) = pairs[pick(pairs.len())];
        Named { from: from.to_owned(), to: to.to_owned(), on: days[pick(days.len())], facts }
    };
    (0..total.min(most)).map(case).collect()
}

impl Named {
    /// The case as a law has it; a fact that the law does not have is not given.
    pub(super) fn put(&self, law: &Law) -> Case {
        let country = |name: &str| law.countries().find(|(_, row)| row.name == name).expect("a country").0;
        let mut facts = BTreeMap::new();
        for (id, row) in law.facts() {
            let value = match (&self.facts[&row.name], &row.kind) {
                (Given::Number(number), FactKind::Date) => FactValue::Date(Day(i32::try_from(*number).expect("a day"))),
                (Given::Number(number), _) => FactValue::Number(*number),
                (Given::Name(name), _) if name == "unknown" => FactValue::Unknown,
                (Given::Name(name), FactKind::YesNo) => FactValue::YesNo(name == "yes"),
                (Given::Name(name), FactKind::OneOf(all)) => {
                    let at = all.iter().position(|one| one == name).expect("a value");
                    FactValue::Choice(u32::try_from(at).expect("few"))
                }
                (Given::Name(name), _) if name == "none" => FactValue::NoPlace,
                (Given::Name(name), _) => {
                    let place = law.places().find(|(_, place)| place.name == *name);
                    place.map_or_else(|| FactValue::OtherPlace(name.clone()), |(id, _)| FactValue::Place(id))
                }
            };
            facts.insert(id, value);
        }
        let matter = law.matters().next().expect("a matter");
        let under = matter.1.under_one_instrument.then(|| {
            let Given::Name(name) = &self.facts["under"] else { panic!("an instrument") };
            let found = law.instruments().find(|(_, row)| row.name == *name);
            found.map_or(Under::Nothing, |(id, _)| Under::Instrument(id))
        });
        let (requesting, requested) = (country(&self.from), country(&self.to));
        Case { matter: matter.0, requesting, requested, on: self.on, under, facts, events: BTreeMap::new() }
    }

    pub(super) fn is_in(&self, region: &Region) -> bool {
        let side = |set: &Option<Vec<String>>, name| set.as_ref().is_none_or(|set| set.contains(name));
        let passes = |test: &Test| {
            test.values.iter().any(|wanted| match (wanted, &self.facts[&test.fact]) {
                (Value::Named(wanted), Given::Name(name)) => wanted == name,
                (Value::AnyOther, Given::Name(name)) => {
                    !test.named.contains(name) && (name != "unknown" && name != "none")
                }
                (Value::Range(from, until), Given::Number(at)) => {
                    from.is_none_or(|from| from <= *at) && until.is_none_or(|until| *at < until)
                }
                _ => false,
            })
        };
        side(&region.from, &self.from)
            && side(&region.to, &self.to)
            && region.dates.contains(self.on)
            && region.tests.iter().all(passes)
    }
}

/// A question of another law, as far as the random laws ask it.
pub(super) fn head_in(law: &Law, of: &Law, head: QuestionHead) -> Option<QuestionHead> {
    match head {
        QuestionHead::Authority(act, side) => {
            let found = law.acts().find(|(_, row)| row.name == of[act].name);
            found.map(|(id, _)| QuestionHead::Authority(id, side))
        }
        QuestionHead::Conduct(bearer @ Bearer::Authority(_), conduct) => {
            let found = law.words().find(|(_, word)| word.text == of[conduct].text);
            found.map(|(id, _)| QuestionHead::Conduct(bearer, id))
        }
        QuestionHead::Channel | QuestionHead::Means | QuestionHead::Refuse(_) => Some(head),
        _ => None,
    }
}

/// Compares a difference with what both laws answer in many cases; how many of them differ.
pub(super) fn agrees(laws: [&Law; 2], difference: &Difference, text: &str) -> usize {
    assert!(difference.not_compared.is_empty(), "{:?}", difference.not_compared);
    let key = |law: &Law, question: &Question| (words::question(law, question.head), question.head.side());
    let [mut old, mut new] = laws.map(|law| -> BTreeMap<_, Question> {
        law.questions.iter().map(|question| (key(law, question), *question)).collect()
    });
    // a law can be asked what it has the words for
    for (law, of, asked) in [(laws[0], laws[1], &new.clone()), (laws[1], laws[0], &old.clone())] {
        let mine = if std::ptr::eq(law, laws[0]) { &mut old } else { &mut new };
        for (key, question) in asked {
            if let Some(head) = head_in(law, of, question.head) {
                mine.entry(key.clone()).or_insert(Question { matter: law.matters().next().expect("one").0, head });
            }
        }
    }
    let cases: Vec<(Named, Case, Case)> = cases(laws, 900)
        .into_iter()
        .map(|named| (named.put(laws[0]), named.put(laws[1]), named))
        .map(|(old, new, named)| (named, old, new))
        .collect();
    let mut differing = 0;
    for asked in old.keys().chain(new.keys()).collect::<BTreeSet<_>>() {
        let side = match asked.1 {
            Some(Side::Requesting) if asked.0.starts_with("authority to ") => " in the requesting country",
            Some(Side::Requested) if asked.0.starts_with("authority to ") => " in the requested country",
            _ => "",
        };
        let of_question: Vec<&Change> = difference
            .changes
            .iter()
            .filter(|change| {
                change.question == format!("{}{side}", asked.0) && !change.categories.contains(&Category::Standing)
            })
            .collect();
        for (named, before, now) in &cases {
            let head = old.get(asked).or(new.get(asked)).expect("one has it").head;
            if misplaced(laws[0], head, before).is_some() || misplaced(laws[1], head, now).is_some() {
                continue;
            }
            let is_case = |law: &Law, question: Option<&Question>, case: &Case| {
                question.is_some() && impossible(law, case).is_none()
            };
            if !is_case(laws[0], old.get(asked), before) && !is_case(laws[1], new.get(asked), now) {
                continue;
            }
            let answered = |law: &Law, question: Option<&Question>, case: &Case| {
                question.and_then(|question| said(law, &answer(law, question.head, case)))
            };
            let was = answered(laws[0], old.get(asked), before);
            let is = answered(laws[1], new.get(asked), now);
            let regions = of_question.iter().map(|change| change.regions.iter().filter(|region| named.is_in(region)));
            let regions: Vec<usize> = regions.map(Iterator::count).collect();
            let reported = regions.iter().sum::<usize>() > 0;
            assert!(
                regions.iter().all(|count| *count <= 1),
                "two regions of a change share a case\n{of_question:#?}\n{text}"
            );
            let command = || match old.get(asked) {
                Some(question) => words::ask_command(laws[0], question.head, before),
                None => words::ask_command(laws[1], head, now),
            };
            assert_eq!(reported, was != is, "{}: {was:?} {is:?}\n{of_question:#?}\n{text}", command());
            differing += usize::from(reported);
        }
    }
    differing
}

/// The law without some of its lines that stand for themselves, and with others changed.
pub(super) fn edited(text: &str, dice: &mut Dice) -> String {
    let edits = [
        ("direct", "central"),
        ("is ", "should be "),
        ("2001-01-01", "2001-07-01"),
        ("from Denmark", "from Sweden"),
        ("stage is early", "stage is late"),
        ("urgent", "not urgent"),
        ("oslo", "bergen"),
        ("victims more than 1", "victims more than 2"),
    ];
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let bodies: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].starts_with("  ")).collect();
    for _ in 0..=dice.throw(3) {
        let at = bodies[dice.throw(bodies.len())];
        let (from, to) = edits[dice.throw(edits.len())];
        lines[at] = lines[at].replacen(from, to, 1).replace("not not ", "");
    }
    lines.join("\n") + "\n"
}

pub(super) fn compiles(text: &str) -> bool {
    let mut sources = Sources::default();
    sources.add(SourceFile::new("law.rules", text));
    !forseti::compile::compile(&sources, None).1.iter().any(forseti::compile::is_error)
}

/// Two versions of small random laws.
pub(super) fn versions(count: u64, law: impl Fn(u64) -> String) -> Vec<(String, String)> {
    let mut versions = Vec::new();
    for seed in 0..count {
        let old = law(seed);
        let new = if seed % 4 == 0 { law(seed + 1000) } else { edited(&old, &mut Dice::new(seed)) };
        if compiles(&old) && compiles(&new) {
            versions.push((old, new));
        }
    }
    versions
}

pub(super) fn agree_everywhere(versions: &[(String, String)], least: usize) {
    let mut differing = 0;
    for (old, new) in versions {
        let (old_law, new_law) = (law_of(old), law_of(new));
        let text = format!("{old}\n---- becomes ----\n{new}");
        let found = difference(&old_law, &new_law, TODAY);
        let seen = agrees([&old_law, &new_law], &found, &text);
        let back = difference(&new_law, &old_law, TODAY);
        assert_eq!(agrees([&new_law, &old_law], &back, &text), seen);
        differing += seen;
        let fingerprints: BTreeSet<String> = found.changes.iter().map(fingerprint).collect();
        assert_eq!(fingerprints.len(), found.changes.len(), "two changes cannot be told apart\n{text}");
        assert_mirrored(&found, &back);
    }
    assert!(differing >= least, "the versions differ too little: {differing}");
}

/// What was is what is, and the other way round.
pub(super) fn assert_mirrored(there: &Difference, back: &Difference) {
    let pairs = |difference: &Difference, turned: bool| -> BTreeSet<String> {
        let one = |change: &Change| {
            let (was, is) = if turned { (&change.new, &change.old) } else { (&change.old, &change.new) };
            format!("{} {} {was:?} {is:?}", change.matter, change.question)
        };
        difference.changes.iter().map(one).collect()
    };
    assert_eq!(pairs(there, false), pairs(back, true));
}
