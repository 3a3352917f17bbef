//! On what an answer depends where facts are not given: what `ask`, the tables, the artifact and the difference say of it.

use std::fs;
use std::path::Path;

use forseti::answer::{Open, Status, answer};
use forseti::case::Case;
use forseti::compile::compile;
use forseti::law::{CountryId, Day, Law, Question};
use forseti::source::{SourceFile, Sources};

use crate::cli::{code, forseti};
use crate::reports::object;

const HEAD: &str = "country Denmark (DK), Norway (NO)\nmatter m \"m\" between countries\n\
    fact sealed : yes or no\nfact signed : yes or no\n\
    instrument t { kind treaty governs m parties Denmark, Norway }\n";

fn law(rules: &str) -> Law {
    let mut sources = Sources::default();
    sources.add(SourceFile::new("a.rules", format!("{HEAD}{rules}")));
    let (law, findings) = compile(&sources, None);
    assert!(findings.iter().all(|finding| finding.severity != forseti::finding::Severity::Error), "{findings:?}");
    law
}

/// Status, and the facts on which the only question of the law depends where none is given.
fn depends(rules: &str) -> (Status, Vec<String>) {
    let law = law(rules);
    let Question { matter, head } = law.questions[0];
    let [requesting, requested] = [CountryId(0), CountryId(1)];
    let on = Day::parse("2026-01-01").expect("a day");
    let case = Case { matter, requesting, requested, on, under: None, facts: [].into(), events: [].into() };
    let outcome = answer(&law, head, &case);
    let on = outcome.depends.iter().flat_map(|depends| &depends.on);
    let names = on.map(|open| match open {
        Open::Fact(fact) => law[*fact].name.clone(),
        Open::Under => "under".to_owned(),
    });
    (outcome.status, names.collect())
}

#[test]
fn a_weaker_rule_of_the_same_value_changes_nothing() {
    let answered = (Status::Answered, Vec::new());
    for rules in [
        "provision \"1\" of t { channel may be direct when signed }\nprovision \"2\" of t { channel is direct }",
        "provision \"1\" of t { channel should be direct }\nprovision \"2\" of t { channel may be direct when signed }",
        "provision \"1\" of t { requested authority may inform when signed }\nprovision \"2\" of t { requested authority shall inform }",
        "provision \"1\" of t { basis to decide should be \"7\" when signed }\nprovision \"2\" of t { basis to decide is \"7\" }",
    ] {
        let rules = format!("act decide \"decides\"\n{rules}");
        assert_eq!(depends(&rules), answered, "{rules}");
    }
    let on_signed = (Status::Depends, vec!["signed".to_owned()]);
    for rules in [
        // the stronger one is the one that turns on it
        "provision \"1\" of t { channel is direct when signed }\nprovision \"2\" of t { channel may be direct }",
        // another limit is another duty
        "event e \"e\"\nprovision \"1\" of t { requested authority may inform within 7 days from e when signed }\nprovision \"2\" of t { requested authority shall inform }",
        // what is forbidden is no weaker form of what is allowed
        "provision \"1\" of t { requested authority may refuse on ground g when signed or sealed\n  requested authority shall not refuse on ground g when signed and not sealed }",
    ] {
        let (status, on) = depends(rules);
        assert!(status == on_signed.0 && on.contains(&on_signed.1[0]), "{rules}: {on:?}");
    }
}

/// A condition in the head of a provision that is not held counts everywhere, though its fact stands nowhere else.
#[test]
fn the_condition_of_a_text_that_is_not_held_counts_everywhere() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |arguments: &[&str]| {
        let output = forseti(arguments).current_dir(folder.path()).output().expect("the command runs");
        (code(&output), String::from_utf8(output.stdout).expect("text"))
    };
    let write = |name: &str, rules: &str| {
        fs::write(folder.path().join(name), format!("{HEAD}{rules}\n")).expect("written");
    };
    let direct = "provision \"1\" of t { channel is direct }";
    write("when.rules", &format!("{direct}\nprovision \"2\" of t when sealed {{ text unavailable on channel \"x\" }}"));
    write(
        "unless.rules",
        &format!("{direct}\nprovision \"2\" of t unless sealed {{ text unavailable on channel \"x\" }}"),
    );
    write("never.rules", direct);
    let (_, table) = run(&["table", "channel", "--rules", "when.rules"]);
    assert!(table.contains("when sealed") && table.contains("when not sealed"), "{table}");
    for other in ["unless.rules", "never.rules"] {
        let (exit, said) = run(&["diff", "when.rules", other, "--fail-on", "any", "--today", "2026-01-01"]);
        assert!(exit == 1 && said.contains("sealed"), "{said}");
    }
    assert_eq!(run(&["build", "when.rules", "--emit", "json", "--out", "out"]).0, 0);
    let artifact = object(&fs::read_to_string(Path::new(&folder.path().join("out/rules.json"))).expect("an artifact"));
    assert_eq!(artifact["questions"][0]["turns_on"][0], "sealed");
}
