//! The JSON Schema of a difference, with the categories.

use serde_json::{Value, json};

use crate::difference::Category;
use crate::render::schema::object;

/// The schema of what `diff --format json` prints. It is open: programs pass over what a later version adds.
pub fn schema() -> Value {
    let text = || json!({ "type": "string" });
    let truth = || json!({ "type": "boolean" });
    let maybe = || json!({ "type": ["string", "null"] });
    let list = |of: Value| json!({ "type": "array", "items": of });
    let day = || json!({ "anyOf": [{ "type": "string", "format": "date" }, { "type": "null" }] });
    let countries = || json!({ "anyOf": [{ "type": "array", "items": { "type": "string" } }, { "type": "null" }] });
    let fingerprint = || json!({ "type": "string", "pattern": "^[0-9a-f]{32}$" });
    let statuses = ["answered", "undetermined", "no-rule", "conflict", "out-of-scope", "not-asked", "impossible"];
    let approved = json!({ "anyOf": [object(&[("reason", text()), ("by", text())]), { "type": "null" }] });
    let told = object(&[
        ("status", json!({ "enum": statuses })),
        ("incomplete", truth()),
        ("answers", list(text())),
        ("by", list(text())),
        ("assumptions", list(text())),
    ]);
    let region = object(&[
        ("words", text()),
        ("from", countries()),
        ("to", countries()),
        ("first_day", day()),
        ("last_day", day()),
        ("ask_old", maybe()),
        ("ask_new", maybe()),
    ]);
    let categories: Vec<_> = Category::ALL.iter().map(|entry| entry.1).collect();
    let change = object(&[
        ("fingerprint", fingerprint()),
        ("matter", text()),
        ("question", text()),
        ("categories", json!({ "type": "array", "items": { "enum": categories }, "minItems": 1, "uniqueItems": true })),
        ("approved", approved.clone()),
        ("fails", truth()),
        ("old", json!({ "$ref": "#/$defs/told" })),
        ("new", json!({ "$ref": "#/$defs/told" })),
        ("tells", json!({ "enum": ["all", "status", "completeness", "member", "reasons"] })),
        ("regions", json!({ "type": "array", "items": { "$ref": "#/$defs/region" }, "minItems": 1 })),
    ]);
    let name = object(&[
        ("fingerprint", fingerprint()),
        ("approved", approved),
        ("sort", text()),
        ("name", text()),
        ("old", maybe()),
        ("new", maybe()),
    ]);
    let left = object(&[("matter", text()), ("question", text()), ("because", text())]);
    let unused = object(&[("change", fingerprint()), ("reason", text()), ("by", text())]);
    let mut schema = object(&[
        ("schema_version", json!({ "const": 1 })),
        ("old", text()),
        ("new", text()),
        ("questions_compared", json!({ "type": "integer", "minimum": 0 })),
        ("text_differs", truth()),
        ("beside", list(text())),
        ("fails", truth()),
        ("changes", list(json!({ "$ref": "#/$defs/change" }))),
        ("interface", list(name)),
        ("not_compared", list(left)),
        ("unused_approvals", list(unused)),
    ]);
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!("What forseti diff reports");
    schema["description"] = json!(
        "The regions of a change hold all cases whose answer changes so, and no others. Where first_day or last_day is null, they have no end on that side; where from or to is null, they hold for all countries. What differs beside the answers, such as tests or assertions, is named in beside. A change tells all that is answered before and after; or of a list, such as grounds of refusal, that one is answered at all, whether a text that is not held may add to it, or one member of it, whatever else is answered; or, of the same answer, the citations and assumptions that differ."
    );
    schema["$defs"] = json!({ "told": told, "region": region, "change": change });
    schema
}
