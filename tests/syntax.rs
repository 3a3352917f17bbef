//! From text to tree: what is good is read in full, what is bad is reported in full, and nothing else happens.

use std::fmt::Write;

use forseti::finding::Finding;
use forseti::source::Sources;
use forseti::syntax::{decode, parse};
use proptest::prelude::*;

/// Decodes and reads one file; the findings, one a line, and how much of it is in the tree.
fn read(name: &str, bytes: Vec<u8>) -> (String, usize) {
    let mut sources = Sources::default();
    let (_, mut findings) = decode(&mut sources, name.into(), bytes);
    let (ast, more) = parse(&sources);
    findings.extend(more);
    forseti::finding::sort(&mut findings);
    let lines = findings.iter().map(|finding| line(&sources, finding)).collect();
    (lines, ast.items.len())
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
    assert_eq!(read("nested", nested(64).into()), (String::new(), 1));
    let (findings, items) = read("nested", nested(65).into());
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
