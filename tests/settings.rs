//! `forseti.toml`: what is read from it, what is wrong in it, and whether its schema agrees.

use std::fs;
use std::path::Path;

use forseti::settings::{Settings, settings_schema};
use serde_json::Value;
use toml::de::{DeTable, DeValue};

#[test]
fn everything_wrong_in_a_file_is_said_at_once_and_in_order() {
    insta::glob!("cases/settings/*.toml", |path| {
        let text = fs::read_to_string(path).expect("the case can be read");
        let shown = match Settings::read(&text) {
            Ok(settings) => format!("{settings:#?}\n"),
            Err(faults) => {
                let line =
                    |fault: &forseti::settings::Fault| format!("{}:{}: {}\n", fault.line, fault.column, fault.message);
                faults.iter().map(line).collect()
            }
        };
        let mut settings = crate::snapshots();
        settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/settings"));
        settings.bind(|| insta::assert_snapshot!("settings", shown));
    });
}

/// The file as an editor hands it to a schema: days are texts.
fn object(text: &str) -> Option<Value> {
    fn value(of: &DeValue<'_>) -> Value {
        match of {
            DeValue::Array(list) => list.iter().map(|item| value(item.get_ref())).collect(),
            DeValue::Table(entries) => table(entries),
            DeValue::Datetime(moment) => moment.to_string().into(),
            DeValue::Integer(number) => number.as_str().parse::<i64>().expect("a small number").into(),
            other => other.as_str().expect("a text").into(),
        }
    }
    fn table(entries: &DeTable<'_>) -> Value {
        let entry = |(key, of): (&toml::Spanned<toml::de::DeString<'_>>, &toml::Spanned<DeValue<'_>>)| {
            (key.get_ref().to_string(), value(of.get_ref()))
        };
        Value::Object(entries.iter().map(entry).collect())
    }
    DeTable::parse(text).ok().map(|entries| table(entries.get_ref()))
}

#[test]
fn the_schema_is_current_and_takes_what_the_reader_takes() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/schemas/settings.schema.json");
    let schema = serde_json::to_string_pretty(&settings_schema()).expect("it can be written") + "\n";
    if std::env::var_os("FORSETI_WRITE_DOCS").is_some() {
        fs::write(path, &schema).expect("the schema can be written");
    }
    let held = fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
    assert!(held == schema, "renew with: FORSETI_WRITE_DOCS=1 cargo test the_schema_is_current");

    let starter = concat!(env!("CARGO_MANIFEST_DIR"), "/src/starter/forseti.toml");
    let cases = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/settings")).expect("there are cases");
    let cases = cases.map(|entry| entry.expect("a case").path()).chain([Path::new(starter).to_owned()]);
    let (mut taken, mut refused) = (0, 0);
    for case in cases {
        let text = fs::read_to_string(&case).expect("the case can be read");
        // a file that is no TOML is nothing for a schema
        let Some(object) = object(&text) else { continue };
        let is_valid = crate::reports::is_valid(&schema, &object);
        assert_eq!(is_valid, Settings::read(&text).is_ok(), "{}: {object}", case.display());
        if is_valid { taken += 1 } else { refused += 1 }
    }
    assert!(taken >= 2 && refused >= 2);
}
