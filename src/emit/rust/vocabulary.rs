//! The words of the law as Rust types: countries, languages, matters, places, authorities, instruments and facts.

use std::fmt::Write as _;

use super::names::{Begins, camel, doc, literal, snake};
use crate::law::{Contact, Fact, FactKind, Law, PlaceOffice};
use crate::words;

/// The module of the types of facts, apart from the types that every module has: the words of a law are nobody's to reserve.
pub(super) const FACT_TYPES: &str = "fact";

/// How the rows of the tables are called in Rust.
#[derive(Debug)]
pub(super) struct Vocabulary {
    pub(super) countries: Vec<String>,
    pub(super) languages: Vec<String>,
    pub(super) matters: Vec<String>,
    pub(super) places: Vec<String>,
    pub(super) authorities: Vec<String>,
    pub(super) instruments: Vec<String>,
    /// The field of each fact.
    fields: Vec<String>,
    /// The type of each fact that is one of several.
    choices: Vec<Option<(String, Vec<String>)>>,
}

impl Vocabulary {
    pub(super) fn new(law: &Law) -> Vocabulary {
        let all = |words: &mut dyn Iterator<Item = String>, begins: Begins| -> Vec<String> {
            words.map(|word| camel(&word, begins)).collect()
        };
        let small = |words: &mut dyn Iterator<Item = String>| all(words, Begins::Small);
        let capital = |words: &mut dyn Iterator<Item = String>| all(words, Begins::Capital);
        let choices = law.facts.iter().map(|fact| match &fact.kind {
            FactKind::OneOf(choices) => Some((camel(&fact.name, Begins::Small), small(&mut choices.iter().cloned()))),
            _ => None,
        });
        // the parts of an authority's name are apart where the first could be read on
        let authorities = law.authorities.iter().map(|row| {
            let (country, office) = (&law[row.country].name, camel(&row.office, Begins::Small));
            let apart = if country.contains('-') { "___" } else { "" };
            format!("{}{apart}{office}", camel(country, Begins::Capital))
        });
        Vocabulary {
            countries: capital(&mut law.countries.iter().map(|row| row.name.clone())),
            languages: capital(&mut law.languages.iter().map(|row| row.name.clone())),
            matters: small(&mut law.matters.iter().map(|row| row.name.clone())),
            places: small(&mut law.places.iter().map(|row| row.name.clone())),
            authorities: authorities.collect(),
            instruments: small(&mut law.instruments.iter().map(|row| row.name.clone())),
            fields: law.facts.iter().map(|fact| snake(&fact.name)).collect(),
            choices: choices.collect(),
        }
    }

    /// The types and their data.
    pub(super) fn write(&self, law: &Law, out: &mut String) {
        self.countries(law, out);
        self.languages(law, out);
        self.matters(law, out);
        self.places(law, out);
        self.instruments(law, out);
        self.authorities(law, out);
        self.facts(law, out);
    }

    fn countries(&self, law: &Law, out: &mut String) {
        let docs = law.countries.iter().map(|row| format!("{} ({})", row.name, row.code));
        enumeration(out, "Country", "A country.", &self.countries, docs);
        table(out, "COUNTRIES", "(&str, &str)", law.countries.iter().map(|row| pair(&row.name, &row.code)));
        methods(
            out,
            "Country",
            "COUNTRIES",
            &[("name", "Its name in the rules.", "0"), ("code", "ISO 3166-1 alpha-2.", "1")],
        );
    }

    fn languages(&self, law: &Law, out: &mut String) {
        let docs = law.languages.iter().map(|row| format!("{} ({})", row.name, row.code));
        enumeration(out, "Language", "A language.", &self.languages, docs);
        table(out, "LANGUAGES", "(&str, &str)", law.languages.iter().map(|row| pair(&row.name, &row.code)));
        methods(out, "Language", "LANGUAGES", &[("name", "Its name in the rules.", "0"), ("code", "BCP 47.", "1")]);
    }

    fn matters(&self, law: &Law, out: &mut String) {
        let docs = law.matters.iter().map(|row| row.title.clone());
        enumeration(out, "Matter", "A matter: what is dealt with.", &self.matters, docs);
        table(out, "MATTERS", "(&str, &str)", law.matters.iter().map(|row| pair(&row.name, &row.title)));
        methods(out, "Matter", "MATTERS", &[("name", "Its name in the rules.", "0"), ("title", "What it is.", "1")]);
    }

    fn places(&self, law: &Law, out: &mut String) {
        let docs = law.places.iter().map(|row| row.title.clone().unwrap_or_else(|| row.name.clone()));
        enumeration(out, "Place", "A place that the law declares.", &self.places, docs);
        let rows = law.places.iter().map(|row| {
            let country = &self.countries[row.country.index()];
            format!("({}, {}, Country::{country})", literal(&row.name), optional(row.title.as_deref()))
        });
        table(out, "PLACES", "(&str, Option<&str>, Country)", rows);
        methods(out, "Place", "PLACES", &[("name", "Its name in the rules.", "0")]);
        out.push_str(
            "impl Place {
    /// As people write it.
    pub fn title(self) -> Option<&'static str> {
        PLACES[self.index()].1
    }

    /// Where it lies.
    pub fn country(self) -> Country {
        PLACES[self.index()].2
    }
}

",
        );
    }

    fn instruments(&self, law: &Law, out: &mut String) {
        let docs = law.instruments.iter().map(|row| row.title.clone().unwrap_or_else(|| row.name.clone()));
        enumeration(out, "Instrument", "An instrument: a treaty, a statute or the like.", &self.instruments, docs);
        let rows = law.instruments.iter().map(|row| {
            let (name, kind) = (literal(&row.name), literal(row.kind.word()));
            format!("({name}, {}, {kind}, {})", optional(row.title.as_deref()), row.kind.is_binding())
        });
        table(out, "INSTRUMENTS", "(&str, Option<&str>, &str, bool)", rows);
        methods(
            out,
            "Instrument",
            "INSTRUMENTS",
            &[
                ("name", "Its name in the rules.", "0"),
                ("kind", "Its kind: treaty, regulation, statute, ordinance, arrangement or circular.", "2"),
            ],
        );
        out.push_str(
            "impl Instrument {
    /// Its title.
    pub fn title(self) -> Option<&'static str> {
        INSTRUMENTS[self.index()].1
    }

    /// Rules of its kind bind.
    pub fn is_binding(self) -> bool {
        INSTRUMENTS[self.index()].3
    }
}

",
        );
    }

    fn authorities(&self, law: &Law, out: &mut String) {
        let docs = law.authorities.iter().map(|row| {
            let country = &law[row.country].name;
            format!("{country}: {}", row.title.as_ref().unwrap_or(&row.office))
        });
        enumeration(out, "Authority", "An authority: an office of one country.", &self.authorities, docs);
        let rows = law.authorities().map(|(id, row)| {
            let country = &self.countries[row.country.index()];
            let places: Vec<_> =
                row.in_places.iter().map(|(place, office)| self.office(place.index(), office)).collect();
            format!(
                "({}, Country::{country}, {}, &[{}])",
                literal(&words::authority(law, id)),
                self.office_row(row.title.as_deref(), &row.contact),
                places.join(", ")
            )
        });
        table(out, "AUTHORITIES", "(&str, Country, Office, &[(Place, Office)])", rows);
        methods(out, "Authority", "AUTHORITIES", &[("name", "Country and office, as rules name it.", "0")]);
        out.push_str(
            "impl Authority {
    /// Its country.
    pub fn country(self) -> Country {
        AUTHORITIES[self.index()].1
    }

    /// Its title and how to reach it.
    pub fn office(self) -> &'static Office {
        &AUTHORITIES[self.index()].2
    }

    /// Its title and how to reach it in a place, where the law says something of its own of that place.
    pub fn office_in(self, place: Place) -> Option<&'static Office> {
        AUTHORITIES[self.index()].3.iter().find(|(at, _)| *at == place).map(|(_, office)| office)
    }
}

/// The particulars of an authority; every list in the order written.
#[derive(Clone, Copy, Debug)]
pub struct Office {
    /// Its title.
    pub title: Option<&'static str>,
    /// Its titles in other languages.
    pub called: &'static [(&'static str, Language)],
    /// Postal addresses.
    pub address: &'static [&'static str],
    /// E-mail addresses.
    pub email: &'static [&'static str],
    /// Telephone numbers.
    pub telephone: &'static [&'static str],
    /// Websites.
    pub website: &'static [&'static str],
    /// What else to know.
    pub note: &'static [&'static str],
}

",
        );
    }

    fn office(&self, place: usize, office: &PlaceOffice) -> String {
        format!("(Place::{}, {})", self.places[place], self.office_row(office.title.as_deref(), &office.contact))
    }

    fn office_row(&self, title: Option<&str>, contact: &Contact) -> String {
        let called = contact
            .called
            .iter()
            .map(|(title, language)| format!("({}, Language::{})", literal(title), self.languages[language.index()]));
        let list = |texts: &[String]| texts.iter().map(|text| literal(text)).collect::<Vec<_>>().join(", ");
        format!(
            "Office {{ title: {}, called: &[{}], address: &[{}], email: &[{}], telephone: &[{}], website: &[{}], note: &[{}] }}",
            optional(title),
            called.collect::<Vec<_>>().join(", "),
            list(&contact.address),
            list(&contact.email),
            list(&contact.telephone),
            list(&contact.website),
            list(&contact.note),
        )
    }

    fn facts(&self, law: &Law, out: &mut String) {
        let _ = writeln!(out, "/// The types of facts that are one of several.\npub mod {FACT_TYPES} {{");
        for (fact, choice) in law.facts.iter().zip(&self.choices) {
            let (FactKind::OneOf(values), Some((name, variants))) = (&fact.kind, choice) else { continue };
            let title = fact.title.as_deref().unwrap_or(&fact.name);
            enumeration(out, name, title, variants, values.iter().cloned());
        }
        out.push_str("}\n\n");
        out.push_str("/// The facts of a case. A fact that is `None` is not given: a question left open.\n");
        out.push_str("#[derive(Clone, Copy, Debug, Default)]\npub struct Facts<'a> {\n");
        for ((fact, field), choice) in law.facts.iter().zip(&self.fields).zip(&self.choices) {
            out.push_str(&doc("    ", &fact_doc(fact)));
            let choice = choice.as_ref().map_or("", |(name, _)| name);
            let _ = writeln!(out, "    pub {field}: Option<{}>,", fact_type(fact, choice));
        }
        out.push_str("    #[doc(hidden)]\n    pub _text: ::core::marker::PhantomData<&'a str>,\n}\n\n");
        out.push_str("impl<'a> Facts<'a> {\n    fn cell(&self, fact: usize, here: [Country; 2]) -> Cell<'a> {\n        match fact {\n");
        for (at, (fact, field)) in law.facts.iter().zip(&self.fields).enumerate() {
            let _ = writeln!(out, "            {} => {},", at + 1, cell(fact, field));
        }
        out.push_str("            _ => Cell::Open,\n        }\n    }\n}\n\n");
    }
}

/// The type of a fact; `choice` is that of one that is one of several.
fn fact_type(fact: &Fact, choice: &str) -> String {
    let known = match &fact.kind {
        FactKind::Place => return "PlaceFact<'a>".to_owned(),
        FactKind::YesNo => "bool",
        FactKind::OneOf(_) => &format!("{FACT_TYPES}::{choice}"),
        FactKind::Language => "OrOther<Language>",
        FactKind::Country => "OrOther<Country>",
        FactKind::Number(_) => "u64",
        FactKind::Date => "Date",
    };
    if fact.may_be_unknown { format!("OrUnknown<{known}>") } else { known.to_owned() }
}

fn fact_doc(fact: &Fact) -> String {
    let title = fact.title.as_deref().unwrap_or(&fact.name);
    match fact.kind {
        FactKind::Number(Some(unit)) => format!("{}: {title}, in {}", fact.name, unit.word()),
        _ => format!("{}: {title}", fact.name),
    }
}

/// The expression that reads a fact out of `self`.
fn cell(fact: &Fact, field: &str) -> String {
    let number = match fact.kind {
        FactKind::Place => return format!("cell_of_place(self.{field}, here)"),
        FactKind::YesNo => "i64::from(value)",
        FactKind::OneOf(_) => "value.index() as i64",
        FactKind::Language | FactKind::Country => "or_other(value, |value| value.index() as i64)",
        FactKind::Number(_) => "value.min(i64::MAX as u64) as i64",
        FactKind::Date => "i64::from(value.days())",
    };
    if fact.may_be_unknown {
        format!("cell_or_unknown(self.{field}, |value| {number})")
    } else if number == "value" {
        format!("cell(self.{field})")
    } else {
        format!("cell(self.{field}.map(|value| {number}))")
    }
}

fn pair(a: &str, b: &str) -> String {
    format!("({}, {})", literal(a), literal(b))
}

/// An optional text.
pub(super) fn optional(text: Option<&str>) -> String {
    text.map_or_else(|| "None".to_owned(), |text| format!("Some({})", literal(text)))
}

/// A type with one variant for each row.
fn enumeration(out: &mut String, name: &str, about: &str, variants: &[String], docs: impl Iterator<Item = String>) {
    out.push_str(&doc("", about));
    out.push_str("#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]\n");
    let _ = writeln!(out, "pub enum {name} {{");
    for (variant, about) in variants.iter().zip(docs) {
        out.push_str(&doc("    ", &about));
        let _ = writeln!(out, "    {variant},");
    }
    let all: Vec<_> = variants.iter().map(|variant| format!("{name}::{variant}")).collect();
    let index = if variants.is_empty() { "match self {}" } else { "self as usize" };
    let _ = write!(
        out,
        "}}

impl {name} {{
    /// All of them, in the order of the law.
    pub const ALL: &'static [{name}] = &[{}];

    pub(super) fn index(self) -> usize {{
        {index}
    }}
}}

",
        all.join(", ")
    );
}

/// Texts that are looked up by the row.
fn methods(out: &mut String, name: &str, table: &str, methods: &[(&str, &str, &str)]) {
    let _ = writeln!(out, "impl {name} {{");
    for (at, (method, about, column)) in methods.iter().enumerate() {
        let gap = if at == 0 { "" } else { "\n" };
        let _ = write!(
            out,
            "{gap}    /// {about}
    pub fn {method}(self) -> &'static str {{
        {table}[self.index()].{column}
    }}
"
        );
    }
    out.push_str("}\n\n");
}

/// A table, one row on a line.
pub(super) fn table(out: &mut String, name: &str, row: &str, rows: impl ExactSizeIterator<Item = String>) {
    let _ = writeln!(out, "static {name}: [{row}; {}] = [", rows.len());
    for row in rows {
        let _ = writeln!(out, "    {row},");
    }
    out.push_str("];\n\n");
}
