//! What a rule, a test or an assertion answers: authorities, languages, words, times.

use super::Context;
use super::clauses;
use super::conditions;
use super::names::{Found, Meaning, citation, normal, shown};
use super::places;
use super::twice;
use crate::finding::{Code, Finding};
use crate::law::{
    Answer, AuthorityId, Condition, CriteriaMode, Deadline, Duration, EventId, FactKind, InstrumentId, Limit,
    PlaceTerm, Strength, Unit, Value, WordId,
};
use crate::source::Span;
use crate::syntax::ast::{self, Start};

/// What the words of a list stand for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum WordsAre {
    Languages,
    /// Channels or means.
    Words,
}

/// An answer with what belongs to the branch and not to the answer.
pub(crate) struct Answered {
    pub(crate) answer: Answer,
    /// The conduct that is named.
    pub(crate) conduct: Option<WordId>,
    /// When a maximum may be exceeded.
    pub(crate) longer_when: Option<Condition>,
    /// Where a time would start that the text does not hold.
    pub(crate) start_not_held: Option<String>,
    /// A citation inside the provision.
    pub(crate) citation: Option<String>,
    /// The authorities, with their places in the file.
    pub(crate) authorities: Vec<(AuthorityId, Span)>,
}

/// Where a value stands: what its words are, and whose text it is.
#[derive(Clone, Copy)]
pub(crate) struct Setting {
    pub(crate) words: WordsAre,
    pub(crate) instrument: Option<InstrumentId>,
}

/// The strength that was written.
pub(crate) fn strength(written: ast::Strength) -> Strength {
    match written {
        ast::Strength::Shall => Strength::Shall,
        ast::Strength::AsARule => Strength::AsARule,
        ast::Strength::Should => Strength::Should,
        ast::Strength::May => Strength::May,
        ast::Strength::Contact => Strength::Contact,
        ast::Strength::NeedNot => Strength::NeedNot,
        ast::Strength::ShallNot => Strength::ShallNot,
    }
}

/// The answer that is meant; what is broken in it is reported and left out.
pub(crate) fn answer(cx: &mut Context, setting: Setting, written: ast::Strength, value: &ast::Value<'_>) -> Answered {
    let mut made = Answered {
        answer: Answer { strength: strength(written), values: Vec::new(), limit: None },
        conduct: None,
        longer_when: None,
        start_not_held: None,
        citation: None,
        authorities: Vec::new(),
    };
    match value {
        ast::Value::Authorities(list) => {
            for value in list {
                authority(cx, value, &mut made);
            }
            authorities_twice(cx, list);
        }
        ast::Value::Words(names) => {
            twice::names(cx, names);
            for name in names {
                let value = match setting.words {
                    WordsAre::Languages => cx.names.language(*name).map(Value::Language),
                    WordsAre::Words => word(cx, *name),
                };
                made.answer.values.extend(cx.take(value));
            }
        }
        ast::Value::Any(_) => made.answer.values.push(Value::Any),
        ast::Value::Deadline { duration, from, moved } => {
            if let Some(duration) = self::duration(cx, duration) {
                let from = start(cx, from.as_ref(), duration, &mut made.start_not_held);
                made.answer.values.push(Value::Deadline(Deadline { duration, from, moved: *moved }));
            }
        }
        ast::Value::Maximum { duration, longer_when } => {
            made.longer_when = longer_when.as_ref().map(|condition| conditions::condition(cx, condition));
            let duration = self::duration(cx, duration);
            made.answer.values.extend(duration.map(|duration| Value::Maximum { duration, or_longer: false }));
        }
        ast::Value::Mode(name) => {
            let modes = [CriteriaMode::Indicative, CriteriaMode::Alternative, CriteriaMode::Cumulative];
            made.answer.values.extend(modes.into_iter().find(|mode| mode.word() == name.text).map(Value::Mode));
        }
        ast::Value::References(references) => {
            for reference in clauses::references_once(cx, references) {
                let found = clauses::reference(cx, setting.instrument, reference);
                made.answer.values.extend(found.map(|(instrument, citation)| Value::Provision(instrument, citation)));
            }
        }
        ast::Value::Conduct { name, limit } => {
            let conduct = cx.names.word(*name);
            made.conduct = cx.take(conduct);
            made.answer.limit = limit.as_ref().and_then(|limit| self::limit(cx, limit, &mut made.start_not_held));
        }
        ast::Value::Ground { name, citation: inside } => {
            let ground = cx.names.word(*name);
            made.citation = inside.as_ref().map(citation);
            let ground = cx.take(ground).map(|ground| Value::Ground(ground, made.citation.clone()));
            made.answer.values.extend(ground);
        }
        ast::Value::Refuse => {}
        ast::Value::Met => made.answer.values.push(Value::Met(true)),
    }
    made.answer.values.sort_unstable();
    made.answer.values.dedup();
    made
}

/// Reports an authority that stands twice, with the same place or with none.
fn authorities_twice(cx: &mut Context, list: &[ast::AuthorityValue<'_>]) {
    let office = |value: &ast::AuthorityValue<'_>| {
        (normal(value.authority.country.text).into_owned(), normal(value.authority.office.text).into_owned())
    };
    let place = |term: &ast::PlaceTerm<'_>| match term {
        ast::PlaceTerm::Name(name) => (normal(name.text).into_owned(), name.span),
        ast::PlaceTerm::Text(text) => (format!("\"{}\"", normal(&text.value)), text.span),
    };
    for value in list.iter().filter(|value| value.places.len() > 1) {
        twice::members(cx, value.places.iter().map(place).map(|(name, span)| (name.clone(), name, span)));
    }
    if list.len() > 1 {
        let keys = list.iter().map(|value| {
            let places: Vec<String> = value.places.iter().map(|term| place(term).0).collect();
            let (country, office) = office(value);
            let shown = format!("{country}.{office}");
            ((country, office, places), shown, value.span)
        });
        twice::members(cx, keys.collect::<Vec<_>>());
    }
}

fn word(cx: &Context, name: ast::Name<'_>) -> Found<Value> {
    if let Some((Meaning::Country(_) | Meaning::Language(_) | Meaning::Instrument(_), span)) = cx.names.get(name.text) {
        let message = format!("`{}` is neither a channel nor a means", shown(name.text));
        let finding = Finding::new(Code::WrongValue, name.span, message);
        return Err(Some(Box::new(match span {
            Some(span) => finding.other(span, "declared here"),
            None => finding,
        })));
    }
    cx.names.word(name).map(Value::Word)
}

fn authority(cx: &mut Context, value: &ast::AuthorityValue<'_>, made: &mut Answered) {
    let id = cx.names.authority(value.authority);
    let id = cx.take(id);
    let places: Vec<Option<PlaceTerm>> = value.places.iter().map(|term| place(cx, id, term)).collect();
    let Some(id) = id else { return };
    made.authorities.push((id, value.span));
    if places.is_empty() {
        made.answer.values.push(Value::Authority(id, None));
    }
    made.answer.values.extend(places.into_iter().flatten().map(|place| Value::Authority(id, Some(place))));
}

/// A fact of kind place, a declared place in the country of the authority, or a place by its name.
fn place(cx: &mut Context, authority: Option<AuthorityId>, term: &ast::PlaceTerm<'_>) -> Option<PlaceTerm> {
    let country = authority.map(|authority| cx.law[authority].country);
    match term {
        ast::PlaceTerm::Name(name) => {
            let found = cx.names.place_or_fact(*name);
            match cx.take(found)? {
                Meaning::Fact(fact) if cx.law[fact].kind == FactKind::Place => Some(PlaceTerm::Fact(fact)),
                Meaning::Fact(fact) => {
                    let message = format!("`{}` is no place", shown(name.text));
                    let finding = Finding::new(Code::BadFact, name.span, message);
                    let finding = finding.other(cx.law[fact].span, "declared here");
                    cx.report(finding.help("an authority is `of` a fact of kind place, or of a place"));
                    None
                }
                Meaning::Place(place) => {
                    let lies = cx.law[place].country;
                    if country.is_some_and(|country| country != lies) {
                        let message = format!("`{}` lies in {}", shown(name.text), cx.law[lies].name);
                        let finding = Finding::new(Code::WrongCountry, name.span, message);
                        let finding = finding.other(cx.law[place].span, "declared here");
                        cx.report(finding.help("an authority has places in its own country alone"));
                    }
                    Some(PlaceTerm::Place(place))
                }
                _ => None,
            }
        }
        ast::PlaceTerm::Text(text) => {
            let wanted = normal(&text.value);
            let declared = cx.law.places().find(|(_, place)| {
                Some(place.country) == country
                    && (place.name == *wanted || place.title.as_deref().is_some_and(|title| normal(title) == wanted))
            });
            if let Some((place, _)) = declared {
                return Some(PlaceTerm::Place(place));
            }
            if let Some(finding) = places::no_place_of_office(&cx.law, &wanted, country, text.span) {
                cx.report(finding);
                return None;
            }
            Some(PlaceTerm::Named(wanted.into_owned()))
        }
    }
}

/// A length of time.
pub(crate) fn duration(cx: &mut Context, written: &ast::Duration<'_>) -> Option<Duration> {
    let span = written.number.span.to(written.unit.span);
    let unit = Unit::parse(written.unit.text)?;
    let Ok(number) = written.number.text.parse() else {
        cx.report(Finding::new(Code::BadNumber, span, "the number is too large"));
        return None;
    };
    Some(Duration { number, unit })
}

/// The event from which a time runs; where the text does not hold it, says so in `not_held`.
fn start(
    cx: &mut Context,
    from: Option<&Start<'_>>,
    duration: Duration,
    not_held: &mut Option<String>,
) -> Option<EventId> {
    match from? {
        Start::Event(name) => {
            let event = cx.names.event(*name);
            cx.take(event)
        }
        Start::NotHeld(text) => {
            let Duration { number, unit } = duration;
            let length = if number == 1 { unit.word().trim_end_matches('s') } else { unit.word() };
            *not_held =
                Some(format!("{number} {length} from the day fixed by \"{}\", which is not held", citation(text)));
            None
        }
    }
}

fn limit(cx: &mut Context, written: &ast::Limit<'_>, not_held: &mut Option<String>) -> Option<Limit> {
    match written {
        ast::Limit::Words(words) => {
            let without_comments = words.text.lines().map(|line| line.split('#').next().unwrap_or(""));
            let words: Vec<_> = without_comments.flat_map(str::split_whitespace).collect();
            Some(match words.join(" ").as_str() {
                "immediately" => Limit::Immediately,
                "promptly" => Limit::Promptly,
                "without undue delay" => Limit::WithoutUndueDelay,
                "without delay" => Limit::WithoutDelay,
                "as soon as possible" => Limit::AsSoonAsPossible,
                "at once" => Limit::AtOnce,
                _ => return None,
            })
        }
        ast::Limit::Within { duration, from } => {
            let duration = self::duration(cx, duration)?;
            Some(Limit::Within(duration, start(cx, from.as_ref(), duration, not_held)))
        }
        ast::Limit::Before(name) => {
            let event = cx.names.event(*name);
            cx.take(event).map(Limit::Before)
        }
    }
}
