//! The JSON keeps to the schema that is emitted beside it, and the schema is strict.

use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::{Value, json};

use super::{artifact, case, shipped};

/// The compiled schema.
fn schema() -> (Schemas, SchemaIndex) {
    let (law, sources) = case("nordic.rules");
    let text: Value = serde_json::from_str(&artifact(&law, &sources, "rules.schema.json")).expect("the schema is JSON");
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource("rules.schema.json", text).expect("the schema has a place");
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
fn the_document_keeps_to_its_schema() {
    let (schemas, index) = schema();
    for document in documents() {
        if let Err(error) = schemas.validate(&document, index) {
            panic!("{error}");
        }
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
    refused("/schema_version", &|value| *value = json!(2));
    refused("/digest", &|value| *value = json!("sha256:0"));
    refused("/law/countries/0", &|value| value["colour"] = json!("red"));
    refused("/law/countries/0/at/line", &|value| *value = json!(0.5));
    refused("/law/instruments/0/in_force/0/first_day", &|value| *value = json!("yesterday"));
    refused("/law/instruments/0/kind", &|value| *value = json!("habit"));
    refused("/questions/0/lines/0", &|value| drop(value.as_object_mut().map(|line| line.remove("scope"))));
    refused("/questions/0/lines/0/answer/strength", &|value| *value = json!("perhaps"));
}

#[test]
fn every_property_of_the_schema_is_described_and_occurs() {
    let (law, sources) = case("nordic.rules");
    let schema: Value = serde_json::from_str(&artifact(&law, &sources, "rules.schema.json")).expect("it is JSON");
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
                assert_eq!(map.get("additionalProperties"), Some(&json!(false)), "{map:?} is open");
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
