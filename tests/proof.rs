//! What is proved of the small laws in `tests/cases/proof`, as a reader sees it.

use std::fmt::Write as _;

use forseti::finding::{Finding, sort};
use forseti::source::{SourceFile, Sources};

use crate::snapshots;

#[test]
fn findings_of_the_proofs() {
    insta::glob!("cases/proof/*.rules", |path| {
        let text = std::fs::read_to_string(path).expect("a readable case");
        let mut sources = Sources::default();
        sources.add(SourceFile::new("case.rules", text));
        let (ast, mut findings) = forseti::syntax::parse(&sources);
        let (law, more) = forseti::resolve::resolve(&ast);
        findings.extend(more);
        findings.extend(forseti::proof::prove(&law));
        sort(&mut findings);
        let shown: Vec<String> = findings.iter().map(|finding| show(&sources, finding)).collect();
        snapshots().bind(|| insta::assert_snapshot!("proof", shown.join("\n")));
    });
}

fn show(sources: &Sources, finding: &Finding) -> String {
    let place = |place: &forseti::finding::Place| {
        let (line, _) = sources.file(place.span.file).line_column(place.span.start);
        format!("line {line}: {}", place.label)
    };
    let mut shown = format!("{} {}\n", finding.code.name(), finding.message);
    for place in finding.place.iter().chain(&finding.others).map(place) {
        let _ = writeln!(shown, "  {place}");
    }
    for (word, text) in [("why", &finding.why), ("help", &finding.help), ("try", &finding.witness)] {
        if let Some(text) = text {
            let _ = writeln!(shown, "  {word}: {text}");
        }
    }
    shown
}
