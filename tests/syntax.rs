//! From text to tree: what is good is read in full, what is bad is reported in full, and nothing else happens.

use std::fmt::Write;

use forseti::finding::Finding;
use forseti::source::{FileId, Sources};
use forseti::syntax::ast::{
    Bearer, Condition, FactValue, GivenValue, Head, Item, Predicate, ProvisionStatement, QuestionHead, Strength, Value,
};
use forseti::syntax::{decode, is_reserved, parse, parse_given, parse_question};
use proptest::prelude::*;

/// Decodes and reads one file; the findings, one a line, and how much of it is in the tree.
fn read(name: &str, bytes: Vec<u8>) -> (String, usize) {
    let mut sources = Sources::default();
    let (_, mut findings) = decode(&mut sources, name.into(), bytes);
    let (ast, more) = parse(&sources);
    findings.extend(more);
    forseti::finding::sort(&mut findings);
    let lines = findings.iter().map(|finding| line(&sources, finding)).collect();
    (lines, ast.len())
}

/// `file:line:col: code: message (help)`.
fn line(sources: &Sources, finding: &Finding) -> String {
    let span = finding.place.as_ref().expect("a finding in a file has a place").span;
    let file = sources.file(span.file);
    let (line, column) = file.line_column(span.start);
    let end = file.line_column(span.end);
    assert!(span.start <= span.end && end >= (line, column));
    assert!(file.text.is_char_boundary(span.start as usize) && file.text.is_char_boundary(span.end as usize));
    let mut shown = format!("{}:{line}:{column}: {}: {}", file.path, finding.code.name(), finding.message);
    if let Some(help) = &finding.help {
        write!(shown, " ({help})").expect("a string takes all");
    }
    shown.push('\n');
    shown
}

#[test]
#[allow(clippy::disallowed_methods, reason = "cases are files")]
fn good_files_are_read_without_a_finding() {
    insta::glob!("cases/syntax/good/*.rules", |path| {
        let text = std::fs::read(path).expect("the case is there");
        let (findings, items) = read("good", text);
        assert!(findings.is_empty() && items > 0, "{}\n{findings}", path.display());
    });
}

#[test]
#[allow(clippy::disallowed_methods, reason = "cases are files")]
fn the_shipped_law_is_read_without_a_finding() {
    insta::glob!("../rules", "**/*.rules", |path| {
        let text = std::fs::read(path).expect("the file is there");
        let (findings, items) = read("law", text);
        assert!(findings.is_empty() && items > 0, "{}\n{findings}", path.display());
    });
}

#[test]
fn the_examples_of_the_reference_are_read() {
    let reference = include_str!("../docs/language.md");
    let blocks = reference.split("```").skip(1).step_by(2).filter_map(|block| block.strip_prefix("rules"));
    let mut count = 0;
    for block in blocks {
        let (head, text) = block.split_once('\n').expect("a block has lines");
        // blocks that are headed by the code of a finding of this stage are wrong on purpose
        let wrong = ["syntax", "unclosed", "mixed"].iter().any(|code| head.contains(code));
        let (findings, _) = read("language.md", text.into());
        assert_eq!(findings.is_empty(), !wrong, "{head}{text}{findings}");
        count += 1;
    }
    assert!(count > 20, "{count}");
}

#[test]
#[allow(clippy::disallowed_methods, reason = "cases are files")]
fn bad_files_are_reported_in_full() {
    insta::glob!("cases/syntax/bad/*.rules", |path| {
        let text = std::fs::read(path).expect("the case is there");
        let name = path.file_name().expect("a case has a name").to_string_lossy();
        let (findings, items) = read(&name, text);
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots"));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        let seen = format!("{findings}items in the tree: {items}\n");
        settings.bind(|| insta::assert_snapshot!("syntax", seen));
    });
}

/// A condition, with its connectives as functions.
fn shape(condition: &Condition) -> String {
    let list = |all: &[Condition]| all.iter().map(shape).collect::<Vec<_>>().join(" ");
    match condition {
        Condition::All(all) => format!("all({})", list(all)),
        Condition::Any(any) => format!("any({})", list(any)),
        Condition::Not(inner, _) => format!("not({})", shape(inner)),
        Condition::Atom(atom) => match &atom.predicate {
            Predicate::Holds => atom.subject.text.into(),
            Predicate::Is(values) => format!("{}={}", atom.subject.text, values.len()),
            Predicate::IsNot(_) => format!("{}!=", atom.subject.text),
            Predicate::Compare(how, FactValue::Duration(duration)) => {
                format!("{} {how:?} {} {}", atom.subject.text, duration.number.text, duration.unit.text)
            }
            other => format!("{} {other:?}", atom.subject.text),
        },
    }
}

#[test]
fn conditions_mean_what_is_written() {
    for (written, shaped) in [
        ("a or b unless c", "all(any(a b) not(c))"),
        ("a and (b or not c)", "all(a any(b not(c)))"),
        ("a and b and c", "all(a b c)"),
        ("not not a", "a"),
        ("not not not a", "not(a)"),
        ("(a unless b) unless c", "all(all(a not(b)) not(c))"),
        ("a or b and c", "any(a all(b c))"),
        ("a is not b and c is one of d, e", "all(a!= c=2)"),
        ("a is more than 6 months", "a MoreThan 6 months"),
        ("a is known or a is none or b applies", "any(a Known a None b Applies)"),
    ] {
        let mut sources = Sources::default();
        decode(&mut sources, "a".into(), format!("never {written} because \"x\"").into());
        let (ast, _) = parse(&sources);
        let Some(Item::Never(never)) = ast.items().next().map(std::borrow::Cow::into_owned) else {
            panic!("{written}")
        };
        assert_eq!(shape(&never.condition), shaped, "{written}");
    }
}

#[test]
fn refusals_have_a_branch_for_each_ground() {
    let text = "provision \"1\" of a {
      requested authority shall refuse when a on ground b \"(b)\" unless c on ground d on no other ground
      either authority may refuse when a
      requesting authority shall e otherwise should f
      criterion g when a
    }";
    let mut sources = Sources::default();
    decode(&mut sources, "a".into(), text.into());
    let (ast, findings) = parse(&sources);
    assert!(findings.is_empty());
    let Some(Item::Provision(provision)) = ast.items().next().map(std::borrow::Cow::into_owned) else {
        panic!("one provision")
    };
    let rules: Vec<_> = provision
        .statements
        .iter()
        .map(|statement| match statement {
            ProvisionStatement::Rule(rule) => rule,
            other => panic!("{other:?}"),
        })
        .collect();
    let [grounds, refusal, conduct, criterion] = rules.as_slice() else { panic!("four rules") };

    assert!(matches!(grounds.head, Head::Refuse { bearer: Bearer::Requested, no_other_ground: Some(_) }));
    assert_eq!((grounds.tails.len(), grounds.branches.len()), (1, 2));
    let of_ground = |value: &Value| match value {
        Value::Ground { name, citation } => (name.text.to_owned(), citation.is_some()),
        other => panic!("{other:?}"),
    };
    assert_eq!(of_ground(&grounds.branches[0].value), ("b".into(), true));
    assert_eq!(of_ground(&grounds.branches[1].value), ("d".into(), false));
    assert!(grounds.branches.iter().all(|branch| branch.strength == Strength::Shall));

    assert!(matches!(refusal.head, Head::Refuse { bearer: Bearer::Either, no_other_ground: None }));
    assert!(matches!(refusal.branches[0].value, Value::Refuse) && refusal.branches[0].tails.len() == 1);

    assert!(matches!(conduct.head, Head::Conduct(Bearer::Requesting)));
    let strengths: Vec<_> = conduct.branches.iter().map(|branch| branch.strength).collect();
    assert_eq!(strengths, [Strength::Shall, Strength::Should]);

    assert!(matches!(criterion.branches.as_slice(), [branch] if matches!(branch.value, Value::Met)));
}

#[test]
fn questions_and_facts_are_read_alone() {
    let question = parse_question(FileId(0), " requested authority report-outcome ").expect("it is a question");
    assert!(matches!(question.head, QuestionHead::Conduct { bearer: Bearer::Requested, .. }));
    assert_eq!((question.span.start, question.span.end), (1, 35));
    let given = parse_given(FileId(0), "offence-district is \"Oslo\"").expect("it is a fact");
    assert!(matches!(given.value, GivenValue::Value(FactValue::Text(_))));

    let finding = parse_question(FileId(0), "langages for request").expect_err("it is none");
    assert_eq!(finding.help.as_deref(), Some("did you mean `languages`?"));
    assert!(parse_question(FileId(0), "").is_err());
    assert!(parse_question(FileId(0), "channel is direct").is_err());
    assert!(parse_given(FileId(0), &"(".repeat(1_000_000)).is_err());
}

#[test]
fn names_of_broken_items_are_known() {
    let text = "country Denmark (DK), Norway NO\nfact a : one off b\nauthority Norway.office {\n  mail \"x\"\n}\nact 5";
    let mut sources = Sources::default();
    decode(&mut sources, "a".into(), text.into());
    let (ast, _) = parse(&sources);
    let names: Vec<_> = ast.broken_names.iter().map(|name| name.text).collect();
    assert_eq!(names, ["Denmark", "Norway", "a", "Norway.office", "5"]);
    assert!(is_reserved("provision") && is_reserved("unless") && !is_reserved("purpose"));
}

/// Sizes are such that a walk that is not linear is noticed by whoever waits for the tests.
#[test]
fn hostile_files_end() {
    let many = 20_000;
    for (name, text) in [
        ("open parentheses", format!("never {}", "(".repeat(many))),
        ("parentheses", format!("never {}a{} because \"b\"", "(".repeat(many), ")".repeat(many))),
        ("not", format!("never {}a because \"b\"", "not ".repeat(many))),
        ("open braces", "{".repeat(many)),
        ("closed braces", "}".repeat(many)),
        ("nested provisions", "provision \"a\" of b {".repeat(many)),
        ("quotes", "\"".repeat(many + 1)),
        ("quoted quotes", "\\\"\n".repeat(many)),
        ("texts over lines", "\"\n".repeat(many + 1)),
        ("a long word", "a".repeat(many)),
        ("a long line", format!("group a is {}", "b, ".repeat(many))),
        ("broken items", "act x y\n".repeat(many)),
        ("broken statements", format!("provision \"a\" of b {{\n{}}}\n", "  channel is is\n".repeat(2000))),
        ("items on a line", "act a \"b\" ".repeat(many)),
        ("unknown words", "unknown words\n".repeat(many)),
        ("near misses", "provison \"a\" of b {\n".repeat(many)),
        ("NUL", "\0".repeat(many)),
        ("marks", "\u{301}".repeat(many)),
        ("stray braces", "} act a \"b\"\n".repeat(many)),
        ("comments", "#\n".repeat(many)),
    ] {
        let (findings, items) = read(name, text.into_bytes());
        assert!(!findings.is_empty() || items > 0 || name == "comments", "{name} is taken for an empty file");
    }
}

/// The depth that is allowed is read, and one more is not.
#[test]
fn nesting_up_to_the_limit_is_read() {
    let nested = |depth| format!("never {}a{} because \"b\"\n", "(".repeat(depth), ")".repeat(depth));
    assert_eq!(read("nested", nested(128).into()), (String::new(), 1));
    let (findings, items) = read("nested", nested(129).into());
    assert!(findings.contains("too-deep") && items == 0, "{findings}");
}

/// Words, marks and whole items of the language, in any order.
fn scraps() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "provision",
        "\"Article 1\"",
        "of",
        "x",
        "{",
        "}",
        "(",
        ")",
        "\n",
        "\n  ",
        "\"",
        "\\",
        "#",
        "authority to send",
        "is",
        "Norway.office",
        "when",
        "not",
        "and",
        "or",
        "unless",
        ",",
        ":",
        "=",
        "2025-06-09",
        "9.6.2025",
        "channel",
        "instrument",
        "test",
        "transfer from A to B on 2026-01-01",
        "country A (AA)",
        "Å",
        "\u{301}",
        "“",
        "form",
        "section",
        "write",
        "requested authority",
        "may refuse",
        "on ground g",
        "otherwise",
        "6 months",
        "\u{202e}",
        "\r\n",
        "never a because \"b\"",
        "source",
        "precedence \"p\" {",
    ]);
    prop::collection::vec(words, 0..60).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        read("bytes", bytes);
    }

    #[test]
    fn any_words_are_read(text in scraps()) {
        read("words", text.into_bytes());
    }

    /// A good file with a piece cut out or doubled.
    #[test]
    fn a_damaged_file_is_read(start in 0usize..6000, length in 0usize..80, doubled in any::<bool>()) {
        let good = include_bytes!("cases/syntax/good/everything.rules");
        let start = start % good.len();
        let end = (start + length).min(good.len());
        let middle = if doubled { &good[start..end] } else { &[] };
        let bytes = [&good[..start], middle, middle, &good[end..]].concat();
        read("damaged", bytes);
    }
}

/// A provision longer than what is read in one piece is read rule by rule, and a fault in it hides nothing.
#[test]
fn a_long_provision_is_read_statement_by_statement() {
    let rule = |at: usize| {
        format!("  requesting authority {} do-something-with-a-long-name-{at}\n", if at == 9 { "shal" } else { "may" })
    };
    let rules: String = (0..18_000).map(rule).collect();
    let text = format!("provision \"1\" of treaty {{\n{rules}}}\nact send \"sends\"\n");
    assert!(text.len() > 1 << 20);
    let (findings, items) = read("long.rules", text.into_bytes());
    assert_eq!(findings.lines().count(), 1, "{findings}");
    assert!(findings.starts_with("long.rules:11:24: syntax:"), "{findings}");
    assert_eq!(items, 2);
}
