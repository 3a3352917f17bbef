//! Slips that people make: each line of `tests/cases/slips` is a statement that is refused, and what the advice makes of it.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use forseti::compile;
use forseti::finding::{Code, Finding, Severity};
use forseti::law::Day;
use forseti::source::{SourceFile, Sources};

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/slips");

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(CASES).join(name)).expect("the case can be read")
}

/// The statement as it stands in a body of law.
fn law(place: &str, statement: &str) -> String {
    let law = read("law.rules");
    let newer =
        "instrument newer \"Newer\" { kind treaty governs transfer, assistance parties Denmark, Norway, Sweden }";
    let article = "provision \"Article 1\" of newer";
    match place {
        "provision" => format!("{law}{newer}\n{article} {{\n  {statement}\n}}\n"),
        "instrument" => {
            let kind = ["governs", "parties", "party", "associated"];
            let said: BTreeSet<&str> = kind.into_iter().filter(|word| statement.starts_with(word)).collect();
            let governs = if said.contains("governs") { "" } else { "governs transfer, assistance" };
            let parties =
                if said.contains("parties") || said.contains("party") { "" } else { "parties Denmark, Sweden" };
            format!("{law}instrument newer \"Newer\" {{\n  kind treaty\n  {governs} {parties}\n  {statement}\n}}\n")
        }
        "test" => {
            let case = "transfer from Norway to Denmark on 2026-01-01";
            format!("{law}{newer}\n{article} {{ channel is direct }}\ntest \"one\" {{\n  {case}\n  {statement}\n}}\n")
        }
        _ => format!(
            "{law}{newer}\n{article} {{ channel is direct requesting authority shall not write-by-post }}\n{statement}\n"
        ),
    }
}

fn errors(text: &str) -> Vec<Finding> {
    let mut sources = Sources::default();
    sources.add(SourceFile::new("law.rules", text));
    let (_, findings) = compile::prove(&sources, Day::parse("2026-01-01"));
    let is_of_the_rules = |finding: &Finding| finding.severity == Severity::Error && finding.code != Code::Gap;
    findings.into_iter().filter(is_of_the_rules).collect()
}

/// The words that the advice tells to write, if it tells them in full.
fn told(help: &str) -> Option<&str> {
    let told = help.split('`').nth(1)?;
    (help.starts_with("write `") || help.contains("and write `")).then_some(told)
}

/// What is wrong about the advice for a slip, if anything is.
fn faults(place: &str, wrong: &str, right: &str, seen: &mut String) -> Option<String> {
    let found = errors(&law(place, wrong));
    let [finding] = found.as_slice() else { return Some(format!("{wrong}: {found:#?}")) };
    let help = finding.help.as_deref().unwrap_or_default();
    writeln!(seen, "{wrong}\n  {}\n  {help}", finding.message).expect("a string takes all");
    let squeezed = right.split_whitespace().collect::<Vec<_>>().join(" ");
    if finding.code != Code::Syntax || told(help).is_some_and(|told| !squeezed.contains(told)) {
        return Some(format!("{wrong}: {help}"));
    }
    let left = errors(&law(place, right));
    (!left.is_empty()).then(|| format!("{right}: {left:#?}"))
}

#[test]
fn what_is_advised_compiles() {
    let (mut seen, mut faulty) = (String::new(), Vec::new());
    for place in ["provision", "instrument", "item", "test"] {
        for line in read(&format!("{place}.txt")).lines() {
            let (wrong, right) = line.split_once(" => ").expect("a line holds both");
            faulty.extend(faults(place, wrong, right, &mut seen));
        }
    }
    assert!(faulty.is_empty(), "{}\n{seen}", faulty.join("\n"));
    crate::snapshots().bind(|| insta::assert_snapshot!("slips", seen));
}

/// The words, texts and signs of a text, each with where it stands.
fn tokens(text: &str) -> Vec<(usize, &str)> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let is_of_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.');
        let length = match first {
            '"' => rest[1..].find('"').expect("the text is closed") + 2,
            '#' => rest.find('\n').unwrap_or(rest.len()),
            _ if is_of_word(first) => rest.find(|c| !is_of_word(c)).unwrap_or(rest.len()),
            _ => first.len_utf8(),
        };
        if !first.is_whitespace() && first != '#' {
            tokens.push((at, &rest[..length]));
        }
        at += length;
    }
    tokens
}

/// One slip costs one finding, wherever it stands: what is missing only because of it is not reported again. What the slip
/// itself takes away (the name that an item declares, the words of a rule of which tests speak) may be missed elsewhere,
/// and a brace that is gone may leave the rest of its block behind.
#[test]
fn a_slip_is_told_once() {
    let text = read("whole.rules");
    let compiled = |text: &str| {
        let mut sources = Sources::default();
        sources.add(SourceFile::new("law.rules", text));
        compile::compile(&sources, None).1
    };
    let is_error = |finding: &&Finding| finding.severity == Severity::Error;
    assert_eq!(compiled(&text).iter().find(is_error), None, "the law itself is in order");
    let mut faulty = String::new();
    let tokens = tokens(&text);
    assert!(tokens.len() > 800, "the law holds the forms of the language");
    for (place, (at, token)) in tokens.iter().enumerate().filter(|(_, (_, token))| !matches!(*token, "{" | "}")) {
        let is_date = token.len() == 10 && token.as_bytes()[4] == b'-' && token.starts_with(char::is_numeric);
        let slip = match place % 3 {
            _ if is_date => token.replace("-0", "-").replace("-1", "-01-"),
            0 => format!("{token} ;"),
            1 => format!("{token} ?"),
            _ => format!("% {token}"),
        };
        let slipped = format!("{}{slip}{}", &text[..*at], &text[at + token.len()..]);
        let findings = compiled(&slipped);
        let errors: Vec<_> = findings.iter().filter(is_error).map(|finding| &finding.message).collect();
        if errors.len() != 1 {
            let line = slipped[..*at].lines().last().unwrap_or_default();
            writeln!(faulty, "{line}{slip}: {errors:#?}").expect("a string takes all");
        }
    }
    assert!(faulty.is_empty(), "{faulty}");
}

/// Each line of `twice.txt` is something of the law, and the same with a part of it said again: that is one finding more.
#[test]
fn what_is_said_twice_is_told_once() {
    let text = read("whole.rules");
    let found = |text: &str| {
        let mut sources = Sources::default();
        sources.add(SourceFile::new("law.rules", text));
        let findings = compile::compile(&sources, None).1;
        findings.into_iter().map(|finding| (finding.code, finding.message)).collect::<Vec<_>>()
    };
    let before = found(&text);
    let tells = |(code, message): &(Code, String)| {
        *code == Code::SaidTwice
            || ["twice", "does not", "a second", "no question of", "is called", "are called", "has two"]
                .iter()
                .any(|words| message.contains(words))
    };
    let (mut seen, mut faulty) = (String::new(), String::new());
    for line in read("twice.txt").lines() {
        let (said, again) = line.split_once(" => ").expect("a line holds both");
        assert!(text.contains(said), "{said}");
        let mut after = found(&text.replacen(said, again, 1));
        for known in &before {
            if let Some(at) = after.iter().position(|one| one == known) {
                after.remove(at);
            }
        }
        match after.as_slice() {
            [one] if tells(one) => writeln!(seen, "{again}\n  {}", one.1),
            others => writeln!(faulty, "{again}: {others:#?}"),
        }
        .expect("a string takes all");
    }
    assert!(faulty.is_empty(), "{faulty}");
    crate::snapshots().bind(|| insta::assert_snapshot!("said-twice-everywhere", seen));
}
