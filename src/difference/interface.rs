//! What users of a law rely on by name: what is declared, of which kind, and what can be asked.

use std::collections::BTreeMap;

use super::joint::Both;
use super::question::in_words;
use crate::law::{Contact, FactKind, Law};

/// A name that one law has and the other does not, or has otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renewed {
    /// What it names: `country`, `fact`, `question`.
    pub sort: &'static str,
    /// The name.
    pub name: String,
    /// What it is in the older law; none if it is not there.
    pub old: Option<String>,
    /// What it is in the newer law; none if it is not there.
    pub new: Option<String>,
}

/// By sort and name, what it is.
type Names = BTreeMap<(&'static str, String), String>;

/// Everything that is named in one law and not, or otherwise, in the other.
pub(super) fn renewed(laws: Both<&Law>) -> Vec<Renewed> {
    let [old, new] = laws.map(names);
    let mut keys: Vec<&(&'static str, String)> = old.keys().chain(new.keys()).collect();
    keys.sort();
    keys.dedup();
    let changed = keys.into_iter().filter(|key| old.get(key) != new.get(key));
    let one = |key: &(&'static str, String)| Renewed {
        sort: key.0,
        name: key.1.clone(),
        old: old.get(key).cloned(),
        new: new.get(key).cloned(),
    };
    changed.map(one).collect()
}

fn names(law: &Law) -> Names {
    let mut names = Names::new();
    let mut add = |sort: &'static str, name: &str, what: String| drop(names.insert((sort, name.to_owned()), what));
    law.countries.iter().for_each(|row| add("country", &row.name, row.code.clone()));
    law.languages.iter().for_each(|row| add("language", &row.name, row.code.clone()));
    for row in &law.matters {
        let between = if row.between_countries { "between countries" } else { "within one country" };
        let under = if row.under_one_instrument { ", under one instrument" } else { "" };
        add("matter", &row.name, format!("{between}{under}"));
    }
    law.acts.iter().for_each(|row| add("act", &row.name, String::new()));
    law.items.iter().for_each(|row| add("item", &row.name, String::new()));
    law.events.iter().for_each(|row| add("event", &row.name, String::new()));
    for row in &law.facts {
        let unknown = if row.may_be_unknown { " or unknown" } else { "" };
        add("fact", &row.name, format!("{}{unknown}", kind(&row.kind)));
    }
    law.places.iter().for_each(|row| add("place", &row.name, format!("in {}", law[row.country].name)));
    for row in &law.authorities {
        let name = format!("{}.{}", law[row.country].name, row.office);
        let mut what = reached(row.title.as_deref(), &row.contact);
        for (place, office) in &row.in_places {
            what.push(format!("in {}", law[*place].name));
            what.extend(reached(office.title.as_deref(), &office.contact));
        }
        add("authority", &name, what.join("; "));
    }
    law.instruments.iter().for_each(|row| add("instrument", &row.name, row.kind.word().to_owned()));
    for question in &law.questions {
        let name = format!("{} ({})", in_words(law, *question), law[question.matter].name);
        add("question", &name, String::new());
    }
    names
}

fn kind(kind: &FactKind) -> String {
    match kind {
        FactKind::YesNo => "yes or no".to_owned(),
        FactKind::OneOf(values) => format!("one of {}", values.join(", ")),
        FactKind::Place => "place".to_owned(),
        FactKind::Language => "language".to_owned(),
        FactKind::Country => "country".to_owned(),
        FactKind::Number(None) => "number".to_owned(),
        FactKind::Number(Some(unit)) => format!("number of {}", unit.word()),
        FactKind::Date => "date".to_owned(),
    }
}

/// How an office is called and reached.
fn reached(title: Option<&str>, contact: &Contact) -> Vec<String> {
    let Contact { called, address, email, telephone, website, note } = contact;
    let called = called.iter().map(|(name, _)| name);
    let lines = called.chain(address).chain(email).chain(telephone).chain(website).chain(note);
    title.map(str::to_owned).into_iter().chain(lines.cloned()).collect()
}
