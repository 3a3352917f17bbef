//! The JSON keeps to the schema that is emitted beside it, strictly; readers may take more.

use std::collections::BTreeSet;

use boon::{Compiler, SchemaIndex, Schemas};
use forseti::answer::{Outcome, answer};
use forseti::case::Case;
use forseti::law::{Day, FactValue, Law, Under};
use forseti::words;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{artifact, case, shipped};
use crate::reports::{kept, strict};
use crate::tables;

/// The schema as it is published.
fn published() -> String {
    let (law, sources) = case("nordic.rules");
    artifact(&law, &sources, "rules.schema.json")
}

/// The compiled schema, with no property that it does not name.
fn schema() -> (Schemas, SchemaIndex) {
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource("rules.schema.json", strict(&published())).expect("the schema has a place");
    let index = compiler.compile("rules.schema.json", &mut schemas).expect("the schema is one");
    (schemas, index)
}

fn documents() -> Vec<Value> {
    ["nordic.rules", "within.rules", "disputes.rules", "hostile.rules", "claims.rules"]
        .map(case)
        .into_iter()
        .chain([shipped()])
        .map(|(law, sources)| serde_json::from_str(&artifact(&law, &sources, "rules.json")).expect("it is JSON"))
        .collect()
}

#[test]
fn the_document_keeps_to_its_schema_and_readers_are_not_broken_by_what_is_added() {
    let schema = published();
    for document in documents() {
        kept(&schema, &document);
    }
}

/// Whoever has the document and a digest can tell whether it was changed.
#[test]
fn the_digest_is_that_of_the_canonical_form_of_all_the_rest() {
    for mut document in documents() {
        let all = document.as_object_mut().expect("an object");
        let digest = all.remove("document_digest").expect("there is one");
        // an object keeps its names in order here, and all of them are plain
        let canonical = Sha256::digest(document.to_string());
        let halves = canonical.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        let digits: String = halves.filter_map(|half| char::from_digit(half.into(), 16)).collect();
        assert_eq!(digest, format!("sha256:{digits}"));
    }
}

#[test]
fn the_schema_takes_nothing_else() {
    let (schemas, index) = schema();
    let good = documents().swap_remove(0);
    let refused = |pointer: &str, change: &dyn Fn(&mut Value)| {
        let mut bad = good.clone();
        change(bad.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer} is there")));
        assert!(schemas.validate(&bad, index).is_err(), "{pointer} may be anything");
    };
    refused("/schema_version", &|value| *value = json!(3));
    refused("/digest", &|value| *value = json!("sha256:0"));
    refused("/law/countries/0", &|value| value["colour"] = json!("red"));
    refused("/law/countries/0/at/line", &|value| *value = json!(0.5));
    refused("/law/instruments/0/in_force/0/first_day", &|value| *value = json!("yesterday"));
    refused("/law/instruments/0/kind", &|value| *value = json!("habit"));
    refused("/questions/0/lines/0", &|value| drop(value.as_object_mut().map(|line| line.remove("scope"))));
    refused("/questions/0/lines/0/answer/strength", &|value| *value = json!("perhaps"));
    refused("/questions/0", &|value| drop(value.as_object_mut().map(|question| question.remove("table"))));
    refused("/questions/0/table", &|value| value["too_large"] = json!("and yet it is there"));
    refused("/questions/0/table/outcomes/0/status", &|value| *value = json!("depends"));
}

#[test]
fn every_property_of_the_schema_is_described_and_occurs() {
    let schema: Value = serde_json::from_str(&published()).expect("it is JSON");
    let mut properties = Vec::new();
    collect(&schema, &mut properties);
    assert!(properties.len() > 100);
    for (name, property) in &properties {
        assert!(property["description"].is_string(), "`{name}` is not described");
    }
    let documents = documents();
    let mut missing: Vec<_> = properties.into_iter().map(|(name, _)| name).collect();
    missing.sort_unstable();
    missing.dedup();
    for document in &documents {
        strike(document, &mut missing);
    }
    assert_eq!(missing, Vec::<String>::new(), "no case shows these");
}

/// The properties of all objects of a schema.
fn collect(schema: &Value, properties: &mut Vec<(String, Value)>) {
    match schema {
        Value::Object(map) => {
            if map.get("type") == Some(&json!("object")) {
                let own = map["properties"].as_object().expect("an object has properties");
                properties.extend(own.iter().map(|(name, property)| (name.clone(), property.clone())));
            }
            map.values().for_each(|value| collect(value, properties));
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, properties)),
        _ => {}
    }
}

/// Takes out the names that a document has.
fn strike(document: &Value, missing: &mut Vec<String>) {
    match document {
        Value::Object(map) => {
            missing.retain(|name| !map.contains_key(name));
            map.values().for_each(|value| strike(value, missing));
        }
        Value::Array(values) => values.iter().for_each(|value| strike(value, missing)),
        _ => {}
    }
}

/// The tables are read as a program would that knows the schema and nothing else.
#[test]
fn the_tables_of_the_document_answer_as_the_reference() {
    let laws = ["nordic.rules", "within.rules", "disputes.rules", "places.rules"].map(|name| (case(name), 100));
    for ((law, sources), most) in laws.into_iter().chain([(shipped(), 10)]) {
        let document: Value = serde_json::from_str(&artifact(&law, &sources, "rules.json")).expect("it is JSON");
        let written = document["questions"].as_array().expect("questions");
        for (_, question) in law.questions() {
            let asked = json!([law[question.matter].name, words::question(&law, question.head)]);
            let side = question.head.side().map(|side| format!("{side:?}").to_lowercase());
            let mut same = written.iter().filter(|row| {
                json!([row["matter"], row["question"]]) == asked && row["side"].as_str() == side.as_deref()
            });
            let table = &same.next().expect("the question is there")["table"];
            let Some(rows) = table["rows"].as_array() else {
                assert!(table["too_large"].is_string());
                continue;
            };
            for case in tables::cases(&law, *question, most) {
                let holding: Vec<&Value> = rows.iter().filter(|row| holds(&law, row, &case)).collect();
                let command = words::ask_command(&law, question.head, &case);
                assert_eq!(holding.len(), 1, "one row: {command}");
                let place =
                    usize::try_from(holding[0]["outcome"].as_u64().expect("a place")).expect("a place in a list");
                let outcome = &table["outcomes"][place];
                assert_eq!(said(outcome), shown(&law, &answer(&law, question.head, &case)), "{command}");
            }
        }
    }
}

/// No row holds a case that is out of scope: of a country that asks something of itself or, within one country, of two.
#[test]
fn the_rows_of_the_document_hold_no_case_that_is_out_of_scope() {
    let laws = ["nordic.rules", "within.rules", "disputes.rules", "places.rules"].map(case);
    let mut seen = 0;
    for (law, sources) in laws.into_iter().chain([shipped()]) {
        let document: Value = serde_json::from_str(&artifact(&law, &sources, "rules.json")).expect("it is JSON");
        let matters = document["law"]["matters"].as_array().expect("matters");
        for question in document["questions"].as_array().expect("questions") {
            let matter = matters.iter().find(|matter| matter["name"] == question["matter"]).expect("its matter");
            let Some(rows) = question["table"]["rows"].as_array().filter(|_| matter["between_countries"] == true)
            else {
                continue;
            };
            for row in rows {
                let named = |side: &str| row[side].as_array().expect("each side is named").clone();
                let (from, to) = (named("requesting"), named("requested"));
                assert!(!from.is_empty() && !to.is_empty(), "{row}");
                assert!(!from.iter().any(|country| to.contains(country)), "{}: {row}", question["question"]);
                seen += 1;
            }
        }
    }
    assert!(seen > 100, "there are rows between countries: {seen}");
}

fn holds(law: &Law, row: &Value, case: &Case) -> bool {
    let among = |list: &Value, wanted: &Value| list.as_array().is_none_or(|list| list.contains(wanted));
    let country = |id: forseti::law::CountryId| json!(law[id].name);
    let under = |under: Under| match under {
        Under::Nothing => json!("none"),
        Under::Instrument(id) => json!(law[id].name),
    };
    among(&row["requesting"], &country(case.requesting))
        && among(&row["requested"], &country(case.requested))
        && lies_in(row, case.on)
        && (row["under"].is_null()
            || case.under.is_some_and(|one| is_one(&row["under"], &under(one), one != Under::Nothing)))
        && row["facts"].as_array().expect("facts").iter().all(|test| {
            let (id, _) = law.facts().find(|(_, fact)| test["fact"] == fact.name).expect("a fact");
            let value = &case.facts[&id];
            let known = !matches!(value, FactValue::Unknown | FactValue::NoPlace);
            is_one(test, &written(law, id, value), known) || in_range(test, value)
        })
}

/// One of those named, or another than those from which it is to differ.
fn is_one(test: &Value, value: &Value, known: bool) -> bool {
    test["is_one_of"].as_array().expect("values").contains(value)
        || (known && test["other_than"].as_array().is_some_and(|others| !others.contains(value)))
}

fn in_range(test: &Value, value: &FactValue) -> bool {
    let some =
        |list: &Value, which: &dyn Fn(&Value) -> bool| list.as_array().is_some_and(|list| list.iter().any(which));
    match value {
        FactValue::Number(number) => some(&test["numbers"], &|range| {
            range["at_least"].as_i64().is_none_or(|least| least <= *number)
                && range["less_than"].as_i64().is_none_or(|beyond| *number < beyond)
        }),
        FactValue::Date(day) => some(&test["days"], &|days| lies_in(days, *day)),
        _ => false,
    }
}

fn lies_in(days: &Value, day: Day) -> bool {
    let bound = |name: &str| days[name].as_str().map(|day| Day::parse(day).expect("a day"));
    bound("first_day").is_none_or(|first| first <= day) && bound("last_day").is_none_or(|last| day <= last)
}

fn written(law: &Law, fact: forseti::law::FactId, value: &FactValue) -> Value {
    let (kind, value) = match value {
        FactValue::Unknown => return json!({"kind": "unknown"}),
        FactValue::NoPlace => return json!({"kind": "none"}),
        FactValue::OtherLanguage => return json!({"kind": "other-language"}),
        FactValue::OtherCountry => return json!({"kind": "other-country"}),
        FactValue::YesNo(yes) => ("yes-no", json!(yes)),
        FactValue::Choice(_) => ("choice", json!(words::fact_value(law, fact, value))),
        FactValue::Place(place) => ("place", json!(law[*place].name)),
        FactValue::OtherPlace(name) => ("named-place", json!(name)),
        FactValue::Language(language) => ("language", json!(law[*language].name)),
        FactValue::Country(country) => ("country", json!(law[*country].name)),
        FactValue::Number(number) => ("number", json!(number)),
        FactValue::Date(day) => ("day", json!(day.to_string())),
    };
    json!({"kind": kind, "value": value})
}

type Said = (String, bool, BTreeSet<(String, Option<String>, String, BTreeSet<String>)>);

/// Status, completeness, and for each line its place, strength and assumptions.
fn said(outcome: &Value) -> Said {
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let line = |line: &Value| {
        let assumptions = line["assumptions"].as_array().expect("a list").iter().map(text).collect();
        let citation = line["citation"].as_str().map(str::to_owned);
        (text(&line["instrument"]), citation, text(&line["answer"]["strength"]), assumptions)
    };
    let lines = outcome["lines"].as_array().expect("a list").iter().map(line).collect();
    (text(&outcome["status"]), outcome["incomplete"].as_bool().expect("yes or no"), lines)
}

fn shown(law: &Law, outcome: &Outcome) -> Said {
    let lines = outcome.answers.iter().map(|deciding| {
        let line = &deciding.line.line;
        let citation = line.provision.map(|provision| law[provision].citation.clone());
        let strength = deciding.answer.strength.word().to_owned();
        (law[line.instrument].name.clone(), citation, strength, deciding.assumptions.iter().cloned().collect())
    });
    (outcome.status.word().to_owned(), outcome.is_incomplete(), lines.collect())
}
