//! The tests that a body of law carries: each is a case, and what must be answered in it.

mod expectation;
mod summary;

use expectation::unmet;
pub use summary::summary;

use crate::answer::{answer, governing, impossible};
use crate::case::Case;
use crate::finding::{Code, Finding};
use crate::law::{Expected, InstrumentId, Law, Test, TestCase};
use crate::source::Span;
use crate::words;

/// How one test went.
#[derive(Clone, Debug)]
pub struct TestReport {
    /// What it tests.
    pub title: String,
    /// Where it is written.
    pub span: Span,
    /// What did not hold; empty: it passed.
    pub failures: Vec<Finding>,
}

impl TestReport {
    /// Everything held.
    pub fn passed(&self) -> bool {
        self.failures.is_empty()
    }
}

/// Runs every test, in the order in which they are written.
pub fn run(law: &Law) -> Vec<TestReport> {
    let mut tests: Vec<&Test> = law.tests.iter().collect();
    tests.sort_by_key(|test| test.span);
    tests.into_iter().map(|test| report(law, test)).collect()
}

fn report(law: &Law, test: &Test) -> TestReport {
    let failures = match case(&test.case) {
        Some(case) => failures(law, test, &case),
        None => out_of_scope(law, test),
    };
    TestReport { title: test.title.clone(), span: test.span, failures }
}

/// The case of a test; none if it names a country or matter that the law does not know.
fn case(test: &TestCase) -> Option<Case> {
    let (requesting, requested) = test.countries?;
    let facts = test.facts.iter().cloned().collect();
    let events = test.events.iter().copied().collect();
    Some(Case { matter: test.matter?, requesting, requested, on: test.on, under: test.under, facts, events })
}

fn failures(law: &Law, test: &Test, case: &Case) -> Vec<Finding> {
    if let Some(never) = impossible(law, case) {
        let message = format!("the test `{}` gives facts that cannot occur together", test.title);
        let finding = Finding::new(Code::TestFailed, test.span, message);
        return vec![finding.other(never.span, format!("because {}", never.because)).help("change one of the facts")];
    }
    let mut failures = governed(law, test, &governing(law, case));
    for expectation in &test.expectations {
        let outcome = answer(law, expectation.head, case);
        let Some(missing) = unmet(law, case, expectation, &outcome) else { continue };
        let question = words::question(law, expectation.head);
        let mut finding = Finding::new(Code::TestFailed, expectation.span, format!("the test `{}` fails", test.title))
            .label(missing)
            .why(format!("`{question}`: {}", summary(law, expectation.head, &outcome)))
            .witness(words::ask_command(law, expectation.head, case));
        for deciding in &outcome.answers {
            finding = finding.other(deciding.line.line.span, "this decides");
        }
        failures.push(finding);
    }
    failures
}

/// Instruments that should apply and do not, or the other way round.
fn governed(law: &Law, test: &Test, governing: &[InstrumentId]) -> Vec<Finding> {
    let fails = |wanted: bool| {
        let list = if wanted { &test.governed_by } else { &test.not_governed_by };
        list.iter().filter(move |(id, _)| governing.contains(id) != wanted).map(move |(id, span)| {
            let (name, does) = (&law[*id].name, if wanted { "does not apply" } else { "applies" });
            let applying = if governing.is_empty() {
                "no instrument applies in this case".to_owned()
            } else {
                format!("what applies is {}", words::both(governing.iter().map(|id| format!("`{}`", law[*id].name))))
            };
            Finding::new(Code::TestFailed, *span, format!("the test `{}` fails", test.title))
                .label(format!("`{name}` {does}"))
                .why(applying)
        })
    };
    fails(true).chain(fails(false)).collect()
}

/// In a case with a country or matter that is not declared, every question is out of scope and nothing governs.
fn out_of_scope(law: &Law, test: &Test) -> Vec<Finding> {
    let wrong = test.expectations.iter().filter(|expectation| !matches!(expectation.expected, Expected::OutOfScope));
    let failed = |span| Finding::new(Code::TestFailed, span, format!("the test `{}` fails", test.title));
    let undeclared = words::both(test.case.undeclared.iter().map(|name| format!("`{name}`")));
    wrong
        .map(|expectation| {
            failed(expectation.span)
                .label(format!("`{}` is out of scope here", words::question(law, expectation.head)))
                .why(format!("{undeclared} is not declared, so the law does not speak of the case"))
        })
        .chain(test.governed_by.iter().map(|(id, span)| {
            failed(*span)
                .label(format!("`{}` does not apply", law[*id].name))
                .why(format!("{undeclared} is not declared"))
        }))
        .collect()
}
