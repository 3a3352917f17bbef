//! The JSON Schema of `forseti.toml`, for editors that complete and check it.

use serde_json::{Map, Value, json};

use super::{BUILD_KEYS, KEYS};
use crate::emit;
use crate::finding::{Code, Severity};
use crate::inside;
use crate::render::ReportFormat;

/// The schema. It is closed: a setting that it does not name is a fault.
pub fn settings_schema() -> Value {
    let text = |pattern: &str| json!({ "type": "string", "minLength": 1, "pattern": pattern });
    let file = || text(inside::PATTERN_TO_WRITE);
    let list = |of: Value| json!({ "type": "array", "minItems": 1, "items": of });
    let settings = KEYS.map(|(key, what)| {
        let of = match key {
            "paths" => list(text(inside::PATTERN)),
            "today" => json!({ "type": "string", "format": "date" }),
            "fail-on" => json!({ "enum": Severity::ALL.map(Severity::word) }),
            "severity" => {
                closed(Code::ALL.iter().flat_map(|code| [(code.name(), weight(*code)), (code.id(), weight(*code))]))
            }
            "outputs" => closed(ReportFormat::ALL.map(|(_, name, what)| (name, described(what, file())))),
            "build" => closed(BUILD_KEYS.map(|(key, what)| {
                let formats = json!({ "enum": emit::Format::ALL.map(emit::Format::name) });
                (key, described(what, if key == "emit" { list(formats) } else { file() }))
            })),
            _ => file(),
        };
        (key, described(what, of))
    });
    let mut schema = closed(settings);
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!("The settings of forseti");
    schema["description"] = json!(
        "The file forseti.toml beside the rules. Paths are relative to its folder, and lead nowhere but below it."
    );
    schema
}

/// How grave findings of a kind can be made.
fn weight(code: Code) -> Value {
    let can_be = Severity::ALL.into_iter().filter(|severity| (code.highest()..=code.lowest()).contains(severity));
    described(code.explanation(), json!({ "enum": can_be.map(Severity::word).collect::<Vec<_>>() }))
}

fn described(what: &str, mut of: Value) -> Value {
    of["description"] = json!(what);
    of
}

/// An object with no other properties than these, each of which may be missing.
fn closed(properties: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    let properties: Map<String, Value> = properties.into_iter().map(|(name, of)| (name.to_owned(), of)).collect();
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}
