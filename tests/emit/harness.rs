// Answers cases from standard input with the module beside it: a line in, a line out. What follows at the end is written
// by the test: how the facts of the law are read.

#![deny(warnings)]

mod rules;

use rules::*;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

/// A value that is read from a number.
trait Code {
    fn of(code: i64) -> Self;
}

impl Code for bool {
    fn of(code: i64) -> bool {
        code != 0
    }
}

impl Code for u64 {
    fn of(code: i64) -> u64 {
        u64::try_from(code).expect("no number is less than 0")
    }
}

impl Code for Date {
    fn of(code: i64) -> Date {
        let date = Date::from_days(code as i32).unwrap();
        let (year, month, day) = date.parts();
        assert_eq!(Date::new(year, month, day), Some(date));
        date
    }
}

impl Code for OrOther<Language> {
    fn of(code: i64) -> Self {
        usize::try_from(code).map_or(OrOther::Other, |at| OrOther::Is(Language::ALL[at]))
    }
}

impl Code for OrOther<Country> {
    fn of(code: i64) -> Self {
        usize::try_from(code).map_or(OrOther::Other, |at| OrOther::Is(Country::ALL[at]))
    }
}

/// A fact: `-` is not given, `?` unknown, `!` outside the country, `=` a name, else a number.
trait Given: Sized {
    fn given(word: &'static str) -> Option<Self>;
}

impl<T: Code> Given for T {
    fn given(word: &'static str) -> Option<T> {
        (word != "-").then(|| T::of(word.parse().unwrap()))
    }
}

impl<T: Code> Given for OrUnknown<T> {
    fn given(word: &'static str) -> Option<Self> {
        if word == "?" { Some(OrUnknown::Unknown) } else { T::given(word).map(OrUnknown::Is) }
    }
}

impl Given for PlaceFact<'static> {
    fn given(word: &'static str) -> Option<Self> {
        match word {
            "-" => None,
            "?" => Some(PlaceFact::Unknown),
            "!" => Some(PlaceFact::Outside),
            word => Some(match word.strip_prefix('=') {
                Some(name) => PlaceFact::Named(name),
                None => PlaceFact::Declared(Place::ALL[word.parse::<usize>().unwrap()]),
            }),
        }
    }
}

fn main() {
    let input: &'static str = std::io::read_to_string(std::io::stdin()).unwrap().leak();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let questions: Vec<_> = Question::all().collect();
    for line in input.lines() {
        let words: Vec<&'static str> = line.split('\t').collect();
        let number = |at: usize| words[at].parse::<i64>().unwrap();
        let country = |at: usize| Country::ALL[number(at) as usize];
        let under = match words[4] {
            "-" => Under::NotGiven,
            "-1" => Under::Nothing,
            _ => Under::Instrument(Instrument::ALL[number(4) as usize]),
        };
        let case = Case::between(country(1), country(2), Date::of(number(3))).under(under).with(facts(&words[5..]));
        writeln!(out, "{}", shown(questions[number(0) as usize].answer(&case))).unwrap();
    }
}

/// Everything that an answer says, in an order that does not depend on how it was found.
fn shown(answer: Answer<'_>) -> String {
    let mut lines: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for line in answer.lines() {
        let values: BTreeSet<_> = line.values().map(value).collect();
        let strength = line.strength().map(|strength| format!("{strength:?}"));
        let limit = line.limit().map(|limit| format!("{limit:?}"));
        let Citation { instrument, provision } = line.citation();
        let key = format!("{strength:?} {values:?} {limit:?} {} {provision:?}", instrument.name());
        lines.entry(key).or_default().extend(line.assumptions());
    }
    let unread: BTreeSet<_> = answer
        .unread()
        .map(|line| format!("{} {:?} {:?}", line.citation().instrument.name(), line.citation().provision, line.note()))
        .collect();
    let depends: BTreeSet<_> = answer.depends_on().collect();
    let depends = depends.into_iter().collect::<Vec<_>>().join(" ");
    let incomplete = answer.is_incomplete();
    format!("{:?} incomplete: {incomplete} unread: {unread:?} lines: {lines:?}\t{depends}", answer.status())
}

fn value(value: Value<'_>) -> String {
    match value {
        Value::Authority(authority, place) => {
            let place = place.map(|place| match place {
                PlaceOf::Declared(place) => format!("declared {}", place.name()),
                PlaceOf::Named(name) => format!("named {name}"),
                PlaceOf::Fact(fact) => format!("fact {fact}"),
            });
            format!("{} {place:?}", authority.name())
        }
        Value::Language(language) => language.name().to_owned(),
        Value::Provision(instrument, citation) => format!("{} {citation:?}", instrument.name()),
        other => format!("{other:?}"),
    }
}
