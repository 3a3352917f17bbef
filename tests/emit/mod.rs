//! Artifacts: the JSON keeps to its schema, the module compiles and answers as the reference does.

mod json;
mod module;
mod reference;
mod words;

use forseti::emit::{Format, artifacts};
use forseti::finding::Severity;
use forseti::law::Law;
use forseti::resolve::resolve;
use forseti::source::{SourceFile, Sources};
use forseti::syntax::parse;

/// A law out of files, which must have no errors.
fn law(files: &[(&str, &str)]) -> (Law, Sources) {
    law_or_errors(files).unwrap_or_else(|errors| panic!("{errors:#?}"))
}

/// A law out of files, or its errors.
fn law_or_errors(files: &[(&str, &str)]) -> Result<(Law, Sources), Vec<String>> {
    let mut sources = Sources::default();
    for (path, text) in files {
        sources.add(SourceFile::new(*path, *text));
    }
    let (law, errors) = {
        let (ast, broken) = parse(&sources);
        let (law, unresolved) = resolve(&ast);
        let findings = broken.iter().chain(&unresolved);
        let errors: Vec<_> = findings
            .filter(|finding| finding.severity == Severity::Error)
            .map(|finding| {
                let line =
                    finding.place.as_ref().map(|place| sources.file(place.span.file).line_of(place.span.start) + 1);
                format!("{line:?}: {}", finding.message)
            })
            .collect();
        (law, errors)
    };
    if errors.is_empty() { Ok((law, sources)) } else { Err(errors) }
}

/// The law of one of the small cases.
pub(crate) fn case(name: &str) -> (Law, Sources) {
    let path = format!("{}/tests/cases/emit/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("the case is there");
    law(&[(name, &text)])
}

/// The law that is shipped.
pub(crate) fn shipped() -> (Law, Sources) {
    let root = format!("{}/rules", env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<(String, String)> = walkdir::WalkDir::new(&root)
        .into_iter()
        .map(|entry| entry.expect("the folder can be read").into_path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rules"))
        .map(|path| (path.display().to_string(), std::fs::read_to_string(&path).expect("the file can be read")))
        .collect();
    files.sort();
    law(&files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect::<Vec<_>>())
}

/// One artifact of a law.
fn artifact(law: &Law, sources: &Sources, name: &str) -> String {
    let all = artifacts(law, sources, &[Format::Json, Format::Rust]);
    let found = all.into_iter().find(|artifact| artifact.name == name).expect("there is such an artifact");
    String::from_utf8(found.bytes).expect("artifacts are text")
}

#[test]
fn artifacts_do_not_depend_on_the_order_of_files_and_items_or_on_where_they_lie() {
    let one = include_str!("../cases/emit/nordic.rules");
    let (head, tail) = one.split_at(one.find("instrument ").expect("it has instruments"));
    let (a, a_sources) = law(&[("/home/somebody/law/a.rules", head), ("/home/somebody/law/b.rules", tail)]);
    let (b, b_sources) = law(&[("law/b.rules", tail), ("law/a.rules", head)]);
    for name in ["rules.json", "rules.rs", "rules.schema.json"] {
        assert_eq!(artifact(&a, &a_sources, name), artifact(&b, &b_sources, name), "{name}");
    }
}

#[test]
fn only_what_is_meant_takes_part_in_the_digest() {
    let one = include_str!("../cases/emit/nordic.rules");
    let (head, tail) = one.split_at(one.find("instrument ").expect("it has instruments"));
    let module = |text: &str| {
        let (law, sources) = law(&[("a.rules", text)]);
        artifact(&law, &sources, "rules.rs")
    };
    assert_eq!(module(one), module(&format!("# another comment\n\n{tail}\n\n   {head}")));
    let digest = |text: &str| module(text).lines().find(|line| line.contains("sha256:")).map(str::to_owned);
    assert_ne!(digest(one), digest(&one.replace("2025-06-09", "2025-06-10")));
    assert_ne!(digest(one), digest(&one.replace("ratified without reservation", "ratified")));
}
