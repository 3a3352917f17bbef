//! The tests that a body of law carries: each is a case, and what must be answered in it.
//!
//! ```text
//! expectation   whether an answer is what a test expects
//! summary       an answer in one line
//! coverage      which lines of the law the tests reach
//! ```

mod coverage;
mod expectation;
mod summary;

use std::collections::BTreeSet;

pub use coverage::{Coverage, Part, PartOf, Reach, Tally, coverage};
use expectation::{Missing, met};
pub use summary::summary;

use crate::answer::{Outcome, answer, governing, governs, impossible};
use crate::case::Case;
use crate::finding::{Code, Finding};
use crate::law::{Expectation, Expected, Governing, Law, Test, TestCase};
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
    /// What decides an answer that it expects and gets.
    pub reached: BTreeSet<Part>,
    /// What is beaten in such an answer.
    pub beaten: BTreeSet<Part>,
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
    let mut report = TestReport {
        title: test.title.clone(),
        span: test.span,
        failures: Vec::new(),
        reached: BTreeSet::new(),
        beaten: BTreeSet::new(),
    };
    if let Some(case) = case(&test.case) {
        judge(law, test, &case, &mut report);
    } else {
        let undeclared = words::both(test.case.undeclared.iter().map(|name| format!("`{name}`")));
        let why = format!("{undeclared} is not declared, so the law does not speak of the case");
        report.failures = out_of_scope(law, test, &why);
    }
    report
}

/// The case of a test; none if it names a country or matter that the law does not know.
fn case(test: &TestCase) -> Option<Case> {
    let (requesting, requested) = test.countries?;
    let facts = test.facts.iter().cloned().collect();
    let events = test.events.iter().copied().collect();
    Some(Case { matter: test.matter?, requesting, requested, on: test.on, under: test.under, facts, events })
}

/// Runs the test in its case.
fn judge(law: &Law, test: &Test, case: &Case, report: &mut TestReport) {
    if let Some(never) = impossible(law, case) {
        let message = format!("the test `{}` gives facts that cannot occur together", test.title);
        let finding = Finding::new(Code::TestFailed, test.span, message);
        let finding = finding.about([test.title.clone()]);
        let finding = finding.other(never.span, format!("because {}", never.because)).help("change one of the facts");
        report.failures.push(finding);
        return;
    }
    if let Some(why) = words::under_in_vain(law, case) {
        report.failures = out_of_scope(law, test, &format!("{why}, so no request is made under it"));
        return;
    }
    report.failures = governed(law, test, case);
    for expectation in &test.expectations {
        let outcome = answer(law, expectation.head, case);
        match met(law, case, expectation, &outcome) {
            Ok(lines) => {
                report.reached.extend(lines.into_iter().map(Part::of));
                let defeats = outcome.answers.iter().flat_map(|deciding| &deciding.defeated);
                report.beaten.extend(defeats.map(|defeat| Part::of(&defeat.line)));
            }
            Err(missing) => report.failures.push(failure(law, test, case, (expectation, &outcome), missing)),
        }
    }
}

fn failure(
    law: &Law,
    test: &Test,
    case: &Case,
    (expectation, outcome): (&Expectation, &Outcome),
    Missing { expected, differs }: Missing,
) -> Finding {
    let question = words::question(law, expectation.head);
    let differs = differs.map_or_else(String::new, |differs| format!("; {differs}"));
    let finding = Finding::new(Code::TestFailed, expectation.span, format!("the test `{}` fails", test.title))
        .about([test.title.clone(), question.clone()])
        .label(expected)
        .why(format!("`{question}`: {}{differs}", summary(law, expectation.head, outcome)))
        .witness(words::ask_command(law, expectation.head, case));
    outcome.answers.iter().fold(finding, |finding, deciding| finding.other(deciding.line.line.span, "this decides"))
}

/// Texts that should apply and do not, or the other way round.
fn governed(law: &Law, test: &Test, case: &Case) -> Vec<Finding> {
    let fails = |wanted: bool| {
        let list = if wanted { &test.governed_by } else { &test.not_governed_by };
        let applies = |text: &Governing| governs(law, case, text.instrument, text.citation.as_deref());
        list.iter().filter(move |text| applies(text) != wanted).map(move |text| {
            let does = if wanted { "does not apply" } else { "applies" };
            let applying = words::both(governing(law, case).iter().map(|id| format!("`{}`", law[*id].name)));
            let applying = if applying.is_empty() {
                "no instrument applies in this case".to_owned()
            } else {
                format!("what applies is {applying}")
            };
            Finding::new(Code::TestFailed, text.span, format!("the test `{}` fails", test.title))
                .about([test.title.clone(), format!("{} {does}", named(law, text))])
                .label(format!("`{}` {does}", named(law, text)))
                .why(applying)
        })
    };
    fails(true).chain(fails(false)).collect()
}

/// The text as citations name it.
fn named(law: &Law, text: &Governing) -> String {
    let name = &law[text.instrument].name;
    text.citation.as_ref().map_or_else(|| name.clone(), |citation| format!("{name}, {citation}"))
}

/// In such a case every question is out of scope and nothing governs.
fn out_of_scope(law: &Law, test: &Test, why: &str) -> Vec<Finding> {
    let wrong = test.expectations.iter().filter(|expectation| !matches!(expectation.expected, Expected::OutOfScope));
    let failed = |span, what: &str| {
        Finding::new(Code::TestFailed, span, format!("the test `{}` fails", test.title))
            .about([test.title.clone(), what.to_owned()])
            .why(why.to_owned())
    };
    wrong
        .map(|expectation| {
            let question = words::question(law, expectation.head);
            failed(expectation.span, &question).label(format!("`{question}` is out of scope here"))
        })
        .chain(
            test.governed_by.iter().map(|text| {
                failed(text.span, &named(law, text)).label(format!("`{}` does not apply", named(law, text)))
            }),
        )
        .collect()
}
