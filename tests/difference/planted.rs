//! Edits planted in a large body of law: each is found where it is, for what it is, and nothing else.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use forseti::difference::{Category, difference};
use forseti::law::Law;

use crate::dice::Dice;
use crate::workload;

use super::TODAY;
use super::oracle::law_of;

/// What is done to a rule.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Edit {
    Office,
    Gone,
    Added,
    Later,
    Assumed,
}

const EDITS: [Edit; 5] = [Edit::Office, Edit::Gone, Edit::Added, Edit::Later, Edit::Assumed];

/// The citations of rules that meet no other: there an edit changes what it says and nothing else.
fn lone(law: &Law) -> BTreeSet<String> {
    let alone = law.lines.iter().filter(|line| {
        let meets = |other: &forseti::law::Line| {
            let (mine, theirs) = (&law[line.scope.relations], &law[other.scope.relations]);
            line.provision != other.provision
                && line.question == other.question
                && !line.scope.dates.and(other.scope.dates).is_empty()
                && mine.to == theirs.to
                && (mine.from.is_none() || theirs.from.is_none() || mine.from == theirs.from)
        };
        !law.lines.iter().any(meets)
    });
    alone.filter_map(|line| Some(law[line.provision?].citation.clone())).collect()
}

#[test]
fn edits_among_a_thousand_rules_are_found_and_nothing_else() {
    let work = workload::competence(1000, 11);
    let law = law_of(&work.text);
    let mut lone: Vec<String> = lone(&law).into_iter().collect();
    Dice::new(3).shuffle(&mut lone);
    lone.truncate(25);
    assert_eq!(lone.len(), 25, "the workload has rules that meet no other");
    let (mut old, mut new) = (work.text.clone(), work.text.clone());
    let mut wanted: BTreeSet<(String, &str)> = BTreeSet::new();
    for (at, citation) in lone.iter().enumerate() {
        let edit = EDITS[at % EDITS.len()];
        let head = format!("provision \"{citation}\" of list {{\n");
        let start = work.text.find(&head).expect("it is there");
        let end = start + work.text[start..].find("\n}\n").expect("it ends") + 3;
        let text = &work.text[start..end];
        let office = text.split(" is ").nth(1).and_then(|rest| rest.split([' ', '\n']).next()).expect("an office");
        let becomes = match edit {
            Edit::Office => {
                let (country, number) = office.split_once('.').expect("an office of a country");
                let other = if number == "a1" { "a2" } else { "a1" };
                text.replace(&format!(" is {office}"), &format!(" is {country}.{other}"))
            }
            Edit::Gone => String::new(),
            Edit::Added => text.to_owned(),
            Edit::Later => {
                let from = text.rfind(" from ").expect("it begins") + " from ".len();
                let day = forseti::law::Day::parse(&text[from..from + 10]).expect("a day");
                format!("{}{}{}", &text[..from], day.next(), &text[from + 10..])
            }
            Edit::Assumed => text.replace("\n}\n", &format!(" assuming \"it is so in {citation}\"\n}}\n")),
        };
        if edit == Edit::Added {
            old = old.replace(text, "");
        } else {
            new = new.replace(text, &becomes);
        }
        wanted.insert((
            citation.clone(),
            match edit {
                Edit::Office => "replaced",
                Edit::Gone | Edit::Later => "gap-opened",
                Edit::Added => "gap-closed",
                Edit::Assumed => "standing",
            },
        ));
    }
    let [old, new] = [law_of(&old), law_of(&new)];
    let found = difference(&old, &new, TODAY);
    assert!(found.not_compared.is_empty(), "{:?}", found.not_compared);
    let mut seen: BTreeSet<(String, &str)> = BTreeSet::new();
    for change in &found.changes {
        let by: BTreeSet<&String> = change.old.by.iter().chain(&change.new.by).collect();
        assert_eq!((by.len(), change.regions.len()), (1, 1), "{change:#?}");
        let citation = by.first().expect("one").strip_prefix("list, ").expect("a citation");
        let categories = change.categories.iter().filter(|category| **category != Category::Retroactive);
        let mut categories = categories.map(|category| category.name());
        seen.insert((citation.to_owned(), categories.next().expect("one category")));
        assert_eq!(categories.next(), None, "{change:#?}");
    }
    let mut report = String::new();
    for (citation, category) in seen.symmetric_difference(&wanted) {
        let _ = writeln!(report, "{citation}: {category}");
    }
    assert!(report.is_empty() && found.changes.len() == wanted.len(), "{report}");
}
