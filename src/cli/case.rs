//! The case of a question: from options to ids. What is not declared is out of scope; what cannot be understood is a
//! fault of the call.

use std::collections::{BTreeMap, BTreeSet};

use clap::Args;

use super::given::{self, Asked};
use super::question::Question;
use crate::answer::impossible;
use crate::case::Case;
use crate::finding::Finding;
use crate::law::{CountryId, Day, EventId, Law, MatterId, Under};
use crate::proof::Slice;
use crate::render::CaseWords;
use crate::resolve::{country_named, normal, suggest};
use crate::source::Sources;
use crate::words;

/// The circumstances of a question.
#[derive(Debug, Args)]
pub(super) struct CaseOptions {
    /// The matter; may be left out where only one has the question
    #[arg(long, value_name = "MATTER")]
    matter: Option<String>,
    /// The requesting country, by name or code
    #[arg(long, value_name = "COUNTRY", requires = "to", conflicts_with = "within")]
    from: Option<String>,
    /// The requested country, by name or code
    #[arg(long, value_name = "COUNTRY", requires = "from", conflicts_with = "within")]
    to: Option<String>,
    /// The country, in a matter within one country
    #[arg(long = "in", value_name = "COUNTRY")]
    within: Option<String>,
    /// The day for which the law is asked, as 2026-01-31
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
    /// The instrument under which the request is made, or `none`
    #[arg(long, value_name = "INSTRUMENT|none")]
    under: Option<String>,
    /// A fact, as `NAME=VALUE`; `NAME` alone is `NAME=yes`. Can be given several times
    #[arg(long = "fact", value_name = "NAME=VALUE")]
    facts: Vec<String>,
    /// The day of an event, as `NAME=DATE`, from which the end of a period is worked out. Can be given several times
    #[arg(long = "event", value_name = "NAME=DATE")]
    events: Vec<String>,
}

/// Which part of a table is shown.
#[derive(Debug, Args)]
pub(super) struct SliceOptions {
    /// The matter; may be left out where only one has the question
    #[arg(long, value_name = "MATTER")]
    matter: Option<String>,
    /// Only requests from this country, by name or code
    #[arg(long, value_name = "COUNTRY", conflicts_with = "within")]
    from: Option<String>,
    /// Only requests to this country, by name or code
    #[arg(long, value_name = "COUNTRY", conflicts_with = "within")]
    to: Option<String>,
    /// Only this country, in a matter within one country
    #[arg(long = "in", value_name = "COUNTRY")]
    within: Option<String>,
    /// Only on this day, as 2026-01-31
    #[arg(long, value_name = "DATE", value_parser = day)]
    on: Option<Day>,
}

impl SliceOptions {
    /// The matter and the part of its cases.
    ///
    /// # Errors
    /// A fault where a name is not declared: of cases out of scope there is no table.
    pub(super) fn put(&self, law: &Law, question: &Question<'_>) -> Result<(MatterId, Slice), Fault> {
        let wanted = question.matter(law, self.matter.as_deref())?;
        let matter = law.matters().find(|(_, matter)| matter.name == normal(&wanted)).map(|(id, _)| id);
        let matter = matter.ok_or_else(|| {
            let similar = suggest(&wanted, law.matters.iter().map(|matter| matter.name.as_str()));
            Fault::call(format!("no matter is called `{wanted}`"), near(similar, || "declare it first".to_owned()))
        })?;
        let country = |wanted: &Option<String>| -> Result<Option<CountryId>, Fault> {
            let Some(wanted) = wanted else { return Ok(None) };
            let names = law.countries.iter().flat_map(|country| [country.name.as_str(), country.code.as_str()]);
            country_named(law, wanted).map(Some).ok_or_else(|| {
                let help = near(suggest(wanted, names), || "name a country of the law, or its code".to_owned());
                Fault::call(format!("no country is called `{wanted}`"), help)
            })
        };
        let between = law[matter].between_countries;
        match (between, &self.from, &self.to, &self.within) {
            (true, .., Some(_)) => {
                return Err(is_between(
                    &law[matter].name,
                    "the requesting country with `--from`, the requested one with `--to`, or both",
                ));
            }
            (false, Some(_), ..) | (false, _, Some(_), _) => return Err(is_within(&law[matter].name)),
            _ => {}
        }
        let (from, to) = (country(&self.from)?, country(if between { &self.to } else { &self.within })?);
        if from.is_some() && from == to {
            let message = "a country makes no request to itself, and of such cases there is no table";
            return Err(Fault::call(message, "name two countries, or leave one of them out"));
        }
        Ok((matter, Slice { from, to, on: self.on }))
    }
}

/// What is wrong with a call.
#[derive(Debug)]
pub(super) enum Fault {
    /// An option is missing or does not fit.
    Call { message: String, help: String },
    /// Some words on the command line; they are among the sources.
    Words(Box<Finding>),
}

impl Fault {
    pub(super) fn call(message: impl Into<String>, help: impl Into<String>) -> Fault {
        Fault::Call { message: message.into(), help: help.into() }
    }

    pub(super) fn words(finding: Finding) -> Fault {
        Fault::Words(Box::new(finding))
    }
}

/// Reads a date of the command line.
pub(super) fn day(text: &str) -> Result<Day, String> {
    Day::parse(text).ok_or_else(|| "write a day of the calendar as 2026-01-31".to_owned())
}

fn is_between(matter: &str, how: &str) -> Fault {
    Fault::call(format!("the matter `{matter}` lies between two countries"), format!("give {how}"))
}

fn is_within(matter: &str) -> Fault {
    Fault::call(format!("the matter `{matter}` lies within one country"), "give the country with `--in`")
}

/// What may have been meant, or else another help.
pub(super) fn near(near: Option<&str>, otherwise: impl FnOnce() -> String) -> String {
    near.map_or_else(otherwise, |near| format!("did you mean `{near}`?"))
}

/// A case that is put to the law.
#[derive(Debug)]
pub(super) struct Put {
    /// The case as it was put.
    pub(super) words: CaseWords,
    /// The matter, where it is declared.
    pub(super) matter: Option<MatterId>,
    /// The case; none where the law cannot speak of it.
    pub(super) case: Option<Case>,
    /// Why it cannot.
    pub(super) out_of_scope: Vec<String>,
    /// What may have been meant instead, or is good to know.
    pub(super) notes: Vec<String>,
}

impl CaseOptions {
    /// The case that the options give.
    ///
    /// # Errors
    /// A fault where an option is missing, contradicts another or cannot be understood.
    pub(super) fn put(&self, law: &Law, sources: &mut Sources, question: &Question<'_>) -> Result<Put, Fault> {
        let on = self.day()?;
        let wanted = question.matter(law, self.matter.as_deref())?;
        let mut put = Put {
            words: CaseWords {
                matter: wanted.clone(),
                from: self.from.clone(),
                to: self.to.clone(),
                within: self.within.clone(),
                on: on.to_string(),
                under: self.under.clone(),
                facts: BTreeMap::new(),
                yes_or_no: BTreeSet::new(),
                events: BTreeMap::new(),
            },
            matter: None,
            case: None,
            out_of_scope: Vec::new(),
            notes: Vec::new(),
        };
        put.matter = law.matters().find(|(_, matter)| matter.name == normal(&wanted)).map(|(id, _)| id);
        let Some(matter) = put.matter else {
            let near = suggest(&wanted, law.matters.iter().map(|matter| matter.name.as_str()));
            put.undeclared("matter", &wanted, near);
            given::facts(law, sources, &self.facts, &Asked::default(), &mut put)?;
            return Ok(put);
        };
        let under = self.under(law, matter)?;
        let countries = self.countries(law, matter, &mut put)?;
        let Some((requesting, requested)) = countries else {
            given::facts(law, sources, &self.facts, &Asked::default(), &mut put)?;
            return Ok(put);
        };
        let asked = Asked { countries: &[requesting, requested], question: Some((question, matter)) };
        let facts = given::facts(law, sources, &self.facts, &asked, &mut put)?;
        let events = self.events(law, &mut put)?;
        let case = Case { matter, requesting, requested, on, under, facts, events };
        if law[matter].between_countries && requesting == requested {
            put.out_of_scope.push("the requesting and the requested country are the same".to_owned());
        } else if let Some(never) = impossible(law, &case) {
            put.out_of_scope.push(format!("these facts cannot occur together: {}", never.because));
        } else if let Some(why) = words::under_in_vain(law, &case) {
            put.out_of_scope.push(why);
        } else {
            put.case = Some(case);
        }
        Ok(put)
    }

    fn day(&self) -> Result<Day, Fault> {
        let Some(text) = &self.on else {
            return Err(Fault::call(
                "no date was given: write `--on DATE`",
                "the law changes, and an answer is that of one day: say for which, as 2026-01-31",
            ));
        };
        let wrong = || Fault::call(format!("`{text}` is not a day of the calendar"), "write a day as 2026-01-31");
        Day::parse(text).ok_or_else(wrong)
    }

    /// The requesting and the requested country; none where one is not declared.
    fn countries(&self, law: &Law, matter: MatterId, put: &mut Put) -> Result<Option<(CountryId, CountryId)>, Fault> {
        let name = &law[matter].name;
        let (from, to) = match (law[matter].between_countries, &self.from, &self.to, &self.within) {
            (true, Some(from), Some(to), None) => (from, to),
            (false, None, None, Some(within)) => (within, within),
            (true, ..) => {
                let how = "the requesting country with `--from` and the requested one with `--to`";
                return Err(is_between(name, how));
            }
            (false, ..) => return Err(is_within(name)),
        };
        let found = (country_named(law, from), country_named(law, to));
        for (wanted, found) in [(from, found.0), (to, found.1)] {
            if found.is_none() && !put.out_of_scope.iter().any(|reason| reason.contains(&format!("`{wanted}`"))) {
                let names = law.countries.iter().flat_map(|country| [country.name.as_str(), country.code.as_str()]);
                put.undeclared("country", wanted, suggest(wanted, names));
            }
        }
        let (Some(requesting), Some(requested)) = found else { return Ok(None) };
        if law[matter].between_countries {
            put.words.from = Some(law[requesting].name.clone());
            put.words.to = Some(law[requested].name.clone());
        } else {
            put.words.within = Some(law[requested].name.clone());
        }
        Ok(Some((requesting, requested)))
    }

    fn under(&self, law: &Law, matter: MatterId) -> Result<Option<Under>, Fault> {
        let Some(wanted) = &self.under else { return Ok(None) };
        let matter = &law[matter];
        if !matter.under_one_instrument {
            let message = format!("in the matter `{}` no request is made under one instrument", matter.name);
            return Err(Fault::call(message, "leave out `--under`"));
        }
        if wanted == "none" {
            return Ok(Some(Under::Nothing));
        }
        let found = law.instruments().find(|(_, instrument)| instrument.name == normal(wanted));
        found.map(|(id, _)| Some(Under::Instrument(id))).ok_or_else(|| {
            let similar = suggest(wanted, law.instruments.iter().map(|instrument| instrument.name.as_str()));
            let help = near(similar, || "name an instrument of the law, or `none`".to_owned());
            Fault::call(format!("no instrument is called `{wanted}`"), help)
        })
    }

    /// The days of events that are given.
    fn events(&self, law: &Law, put: &mut Put) -> Result<BTreeMap<EventId, Day>, Fault> {
        let mut events = BTreeMap::new();
        for given in &self.events {
            let (name, date) = given.split_once('=').unwrap_or((given, ""));
            let (name, date) = (name.trim(), date.trim());
            let Some((event, _)) = law.events().find(|(_, event)| event.name == normal(name)) else {
                let similar = suggest(name, law.events.iter().map(|event| event.name.as_str()));
                let help = near(similar, || {
                    let known: Vec<String> = law.events.iter().map(|event| format!("`{}`", event.name)).collect();
                    if known.is_empty() {
                        return "this law declares no event".to_owned();
                    }
                    format!("the events of this law are {}", words::both(known))
                });
                return Err(Fault::call(format!("no event is called `{name}`"), help));
            };
            let Some(on) = Day::parse(date) else {
                let message = format!("the event `{name}` needs a day of the calendar");
                return Err(Fault::call(message, format!("write it as `--event {name}=2026-01-31`")));
            };
            put.words.events.insert(law[event].name.clone(), on.to_string());
            if events.insert(event, on).is_some() {
                return Err(Fault::call(format!("the event `{name}` is given twice"), "leave one of them out"));
            }
        }
        Ok(events)
    }
}

impl Put {
    fn undeclared(&mut self, what: &str, wanted: &str, near: Option<&str>) {
        self.out_of_scope.push(format!("the {what} `{wanted}` is not declared, so the law does not speak of it"));
        self.notes.extend(near.map(|near| format!("no {what} `{wanted}` is declared; did you mean `{near}`?")));
    }
}
