//! What is shown is what the language reads: questions and conditions of the shipped law, written and read back.

use std::fmt::Write as _;
use std::path::PathBuf;

use forseti::law::{Condition, Law, QuestionHead};
use forseti::load::load;
use forseti::resolve::{question, resolve};
use forseti::source::{FileId, SourceFile, Sources};
use forseti::syntax::{parse, parse_question};
use forseti::words;

fn shipped() -> (Sources, Law) {
    let sources = load(&[PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/rules"))]).sources;
    let (ast, _) = parse(&sources);
    let (law, _) = resolve(&ast);
    (sources, law)
}

#[test]
fn questions_are_asked_as_they_are_written() {
    let (_, law) = shipped();
    let both_sides = |asked: &forseti::law::Question| match asked.head {
        QuestionHead::Authority(act, _) => {
            let same = |other: &&forseti::law::Question| {
                other.matter == asked.matter && matches!(other.head, QuestionHead::Authority(mine, _) if mine == act)
            };
            law.questions.iter().filter(same).count() > 1
        }
        _ => false,
    };
    assert!(law.questions.len() > 50);
    for asked in law.questions.iter().filter(|asked| !both_sides(asked)) {
        let text = words::question(&law, asked.head);
        let read = parse_question(FileId(0), &text).unwrap_or_else(|finding| panic!("{text}: {}", finding.message));
        let head =
            question(&law, Some(asked.matter), &read).unwrap_or_else(|finding| panic!("{text}: {}", finding.message));
        assert_eq!(head, asked.head, "{text}");
    }
}

#[test]
fn conditions_mean_what_is_written() {
    let (mut sources, law) = shipped();
    let written: Vec<Condition> = law.lines.iter().map(|line| law[line.condition].clone()).collect();
    let conditions: Vec<_> =
        written.into_iter().filter(|one| *one != Condition::ALWAYS && *one != Condition::NEVER).collect();
    assert!(conditions.len() > 20);
    let mut text = String::new();
    for condition in &conditions {
        writeln!(text, "never {} because \"it is written so\"", words::condition(&law, condition))
            .expect("a text grows");
    }
    let before = law.nevers.len();
    let file = sources.add(SourceFile::new("written", text.clone()));
    let (ast, findings) = parse(&sources);
    let broken: Vec<_> = findings.iter().map(|finding| &finding.message).collect();
    assert!(broken.is_empty(), "{broken:?}\n{text}");
    let (again, _) = resolve(&ast);
    let mut read: Vec<_> = again.nevers.iter().filter(|never| never.span.file == file).collect();
    read.sort_by_key(|never| never.span);
    assert_eq!(again.nevers.len(), before + conditions.len());
    for (never, condition) in read.iter().zip(&conditions) {
        let (read, wanted) = (words::condition(&again, &never.condition), words::condition(&law, condition));
        assert_eq!(read, wanted);
    }
}
