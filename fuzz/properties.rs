//! What holds of every file, whatever is in it. The targets of the fuzzer and an ordinary test share it.

#![allow(dead_code, reason = "each target has one of them")]

use forseti::compile;
use forseti::finding::{Finding, fingerprints};
use forseti::format::{Refusal, format};
use forseti::law::Day;
use forseti::render;
use forseti::source::{FileId, SourceFile, Sources, Span};
use forseti::syntax::{decode, parse};

/// Reading never fails, and what is found lies in the file.
pub(crate) fn read(bytes: &[u8]) {
    let mut sources = Sources::default();
    let (_, found) = decode(&mut sources, "a.rules".into(), bytes.to_vec());
    in_the_file(&sources, &found);
    let (_, found) = parse(&sources);
    in_the_file(&sources, &found);
}

/// Whatever was read is resolved and checked; what is found lies in the file, can be told apart, and can be shown.
pub(crate) fn resolve(bytes: &[u8]) {
    let mut sources = Sources::default();
    let _ = decode(&mut sources, "a.rules".into(), bytes.to_vec());
    let (_, found) = compile::compile(&sources, Some(Day(20_000)));
    in_the_file(&sources, &found);
    let mut prints = fingerprints(&sources, &found);
    prints.sort_unstable();
    assert!(prints.windows(2).all(|pair| pair[0] != pair[1]), "two findings have one fingerprint");
    let shown = render::plain(&sources, &found);
    assert!(shown.lines().count() >= found.len());
}

/// A file that can be read has one layout, which is its own.
pub(crate) fn layout(bytes: &[u8]) {
    let mut sources = Sources::default();
    let (id, strange) = decode(&mut sources, "a.rules".into(), bytes.to_vec());
    if !strange.is_empty() {
        return;
    }
    match format(id, sources.file(id)) {
        Ok(text) => {
            let again = format(FileId(0), &SourceFile::new("a.rules", text.clone()));
            assert!(again.is_ok_and(|again| again == text), "it is laid out otherwise the second time");
        }
        Err(Refusal::Broken(found)) => {
            assert!(!found.is_empty(), "it is refused for nothing");
            in_the_file(&sources, &found);
        }
        Err(Refusal::Fault(fault)) => panic!("{fault}"),
    }
}

/// Places and edits are whole characters of the file.
fn in_the_file(sources: &Sources, findings: &[Finding]) {
    let is_there = |span: &Span| {
        let text = &sources.file(span.file).text;
        text.get(span.start as usize..span.end as usize).is_some()
    };
    for finding in findings {
        let places = finding.place.iter().chain(&finding.others).map(|place| &place.span);
        let edits = finding.fix.iter().flat_map(|fix| &fix.edits).map(|edit| &edit.span);
        assert!(places.chain(edits).all(is_there), "{finding:?}");
    }
}
