//! Answers of the reference that no law of the shipped kind provokes.

use std::fmt::Write as _;

use forseti::answer::{Status, answer};
use forseti::case::Case;
use forseti::law::{Day, Law};
use forseti::source::{SourceFile, Sources};

fn compiled(text: &str) -> Law {
    let mut sources = Sources::default();
    sources.add(SourceFile::new("law.rules", text));
    let (ast, findings) = forseti::syntax::parse(&sources);
    assert!(findings.is_empty(), "{findings:#?}");
    let (law, findings) = forseti::resolve::resolve(&ast);
    assert!(findings.is_empty(), "{findings:#?}");
    law
}

/// With eighteen open facts there are too many circumstances to look at; the answer says so, and ends.
#[test]
fn too_many_circumstances_are_said_to_be_too_many() {
    let mut text = String::from(
        "country Denmark (DK), Norway (NO)\nmatter transfer \"transfer\" between countries\n\
         instrument treaty-one \"Treaty\" { kind treaty governs transfer parties Denmark, Norway }\n\
         provision \"1\" of treaty-one { requested authority may refuse\n",
    );
    for number in 0..18 {
        let _ = writeln!(text, "  on ground g{number} when f{number}");
    }
    text.push_str("}\n");
    for number in 0..18 {
        let _ = writeln!(text, "fact f{number} : yes or no");
    }
    let law = compiled(&text);
    let (matter, _) = law.matters().next().expect("a matter");
    let countries: Vec<_> = law.countries().map(|(id, _)| id).collect();
    let case = Case {
        matter,
        requesting: countries[0],
        requested: countries[1],
        on: Day::parse("2026-01-01").expect("a day"),
        under: None,
        facts: std::collections::BTreeMap::new(),
        events: std::collections::BTreeMap::new(),
    };
    let head = law.questions().next().expect("a question").1.head;
    let outcome = answer(&law, head, &case);
    let depends = outcome.depends.expect("it depends");
    assert_eq!(outcome.status, Status::Depends);
    assert!(!depends.complete);
    assert_eq!(depends.on.len(), 18);

    // What is known is taken into account: with one fact left open, all circumstances are looked at.
    let known = law.facts().skip(1).map(|(id, _)| (id, forseti::law::FactValue::YesNo(false))).collect();
    let outcome = answer(&law, head, &Case { facts: known, ..case });
    let depends = outcome.depends.expect("it depends");
    assert!(depends.complete);
    assert_eq!((depends.on.len(), depends.branches.len()), (1, 2));
}
