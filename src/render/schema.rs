//! The JSON Schema of the report, with the codes of the catalogue.

use serde_json::{Map, Value, json};

use crate::finding::{Code, Severity};

/// The schema of what `check` and `test` print for programs. It is closed: what it does not name is not there.
pub fn report_schema() -> Value {
    let text = || json!({ "type": "string" });
    let count = || json!({ "type": "integer", "minimum": 0 });
    let from_one = || json!({ "type": "integer", "minimum": 1 });
    let fingerprint = || json!({ "type": "string", "pattern": "^[0-9a-f]{32}$" });
    let severity = || json!({ "enum": Severity::ALL.map(Severity::word) });
    let maybe = || json!({ "type": ["string", "null"] });
    let ids: Vec<_> = Code::ALL.iter().map(|code| code.id()).collect();
    let names: Vec<_> = Code::ALL.iter().map(|code| code.name()).collect();
    let place = closed(&[
        ("path", text()),
        ("line", from_one()),
        ("column", from_one()),
        ("end_line", from_one()),
        ("end_column", from_one()),
        ("byte_start", count()),
        ("byte_end", count()),
        ("label", text()),
    ]);
    let edit = closed(&[("path", text()), ("byte_start", count()), ("byte_end", count()), ("words", text())]);
    let fix = closed(&[
        ("says", text()),
        ("safe", json!({ "type": "boolean" })),
        ("edits", json!({ "type": "array", "items": edit })),
    ]);
    let finding = closed(&[
        ("code", json!({ "enum": ids })),
        ("name", json!({ "enum": names })),
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
    let held = closed(&[("name", text()), ("about", text()), ("fingerprint", fingerprint()), ("count", from_one())]);
    let one_test =
        closed(&[("title", text()), ("path", text()), ("line", from_one()), ("passed", json!({ "type": "boolean" }))]);
    let counts = ["errors", "warnings", "notes", "excused", "held", "files", "rules"].map(|name| (name, count()));
    let mut report = closed(&[
        ("schema_version", json!({ "const": 1 })),
        ("tool", closed(&[("name", json!({ "const": env!("CARGO_PKG_NAME") })), ("version", text())])),
        ("today", json!({ "anyOf": [{ "type": "string", "format": "date" }, { "type": "null" }] })),
        ("fail_on", severity()),
        ("findings", json!({ "type": "array", "items": { "$ref": "#/$defs/finding" } })),
        ("stale", json!({ "type": "array", "items": held })),
        ("summary", closed(&counts)),
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

/// An object with exactly these properties.
pub(super) fn closed(properties: &[(&str, Value)]) -> Value {
    let names: Vec<_> = properties.iter().map(|(name, _)| *name).collect();
    let properties: Map<String, Value> = properties.iter().map(|(name, of)| ((*name).to_owned(), of.clone())).collect();
    json!({ "type": "object", "required": names, "properties": properties, "additionalProperties": false })
}
