//! The JSON Schema of the report. It does not list the kinds of findings: later versions have more.

use serde_json::{Map, Value, json};

use crate::finding::Severity;

/// The schema of what `check` and `test` print for programs. It is open: what a later version adds breaks nobody who holds a report
/// against this one.
pub fn report_schema() -> Value {
    let text = || json!({ "type": "string" });
    let count = || json!({ "type": "integer", "minimum": 0 });
    let from_one = || json!({ "type": "integer", "minimum": 1 });
    let fingerprint = || json!({ "type": "string", "pattern": "^[0-9a-f]{32}$" });
    let severity = || json!({ "enum": Severity::ALL.map(Severity::word) });
    let maybe = || json!({ "type": ["string", "null"] });
    let place = object(&[
        ("path", text()),
        ("line", from_one()),
        ("column", from_one()),
        ("end_line", from_one()),
        ("end_column", from_one()),
        ("byte_start", count()),
        ("byte_end", count()),
        ("label", text()),
    ]);
    let edit = object(&[("path", text()), ("byte_start", count()), ("byte_end", count()), ("words", text())]);
    let fix = object(&[
        ("says", text()),
        ("safe", json!({ "type": "boolean" })),
        ("edits", json!({ "type": "array", "items": edit })),
    ]);
    let finding = object(&[
        ("code", json!({ "type": "string", "pattern": "^F[0-9]{4}$" })),
        ("name", json!({ "type": "string", "pattern": "^[a-z-]+$" })),
        ("severity", severity()),
        ("fingerprint", fingerprint()),
        ("message", text()),
        ("place", json!({ "anyOf": [{ "$ref": "#/$defs/place" }, { "type": "null" }] })),
        ("others", json!({ "type": "array", "items": { "$ref": "#/$defs/place" } })),
        ("why", maybe()),
        ("help", maybe()),
        ("fix", json!({ "anyOf": [{ "$ref": "#/$defs/fix" }, { "type": "null" }] })),
        ("witness", maybe()),
        ("excused", maybe()),
        ("held", json!({ "type": "boolean" })),
    ]);
    let held = object(&[("name", text()), ("about", text()), ("fingerprint", fingerprint()), ("count", from_one())]);
    let one_test =
        object(&[("title", text()), ("path", text()), ("line", from_one()), ("passed", json!({ "type": "boolean" }))]);
    let counts = ["errors", "warnings", "notes", "excused", "held", "files", "rules"].map(|name| (name, count()));
    let mut report = object(&[
        ("schema_version", json!({ "const": 1 })),
        ("tool", object(&[("name", json!({ "const": env!("CARGO_PKG_NAME") })), ("version", text())])),
        ("today", json!({ "anyOf": [{ "type": "string", "format": "date" }, { "type": "null" }] })),
        ("fail_on", severity()),
        ("findings", json!({ "type": "array", "items": { "$ref": "#/$defs/finding" } })),
        ("stale", json!({ "type": "array", "items": held })),
        ("summary", object(&counts)),
    ]);
    // only `test` prints these
    report["properties"]["tests"] = json!({ "type": "array", "items": { "$ref": "#/$defs/test" } });
    report["properties"]["coverage"] = json!({ "type": "object" });
    report["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    report["title"] = json!("What forseti check and forseti test report");
    report["description"] = json!(
        "Lines and columns count from 1, columns in characters; bytes count from 0, from the first byte of the file, a byte-order mark among them; the end of a place is the first beyond it."
    );
    report["$defs"] = json!({ "place": place, "fix": fix, "finding": finding, "test": one_test });
    report
}

/// An object with all of these properties; programs pass over others, which a later version may add.
pub(super) fn object(properties: &[(&str, Value)]) -> Value {
    let names: Vec<_> = properties.iter().map(|(name, _)| *name).collect();
    let properties: Map<String, Value> = properties.iter().map(|(name, of)| ((*name).to_owned(), of.clone())).collect();
    json!({ "type": "object", "required": names, "properties": properties })
}
