//! What the verdict decides, shown on small laws with their tests beside them.

use forseti::source::{SourceFile, Sources};

#[test]
fn the_examples_of_the_verdict_hold() {
    insta::glob!("cases/meaning/*.rules", |path| {
        let mut sources = Sources::default();
        sources.add(SourceFile::new("case.rules", std::fs::read_to_string(path).expect("a readable case")));
        let (law, findings) = forseti::compile::compile(&sources, None);
        let errors: Vec<_> = findings.iter().filter(|finding| forseti::compile::is_error(finding)).collect();
        assert!(errors.is_empty(), "{errors:#?}");
        let reports = forseti::suite::run(&law);
        assert!(!reports.is_empty());
        for report in reports {
            assert!(report.passed(), "{}: {:#?}", report.title, report.failures);
        }
    });
}
