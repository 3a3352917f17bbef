//! From files to the law and everything that is wrong with it, in one expression.

use crate::check;
use crate::finding::{self, Code, Finding, Place, Severity};
use crate::law::{Day, Law};
use crate::proof::{self, Progress};
use crate::resolve;
use crate::source::{Sources, Span};
use crate::syntax;

/// The law that the files say, with what is found in reading and resolving them and by the checks that need no proof.
/// What the files excuse is marked as excused. Without `today` nothing is due and no excuse expires.
pub fn compile(sources: &Sources, today: Option<Day>) -> (Law, Vec<Finding>) {
    compiled(sources, today, None)
}

/// As [`compile`], with everything that can be proved of the law or against it. Nothing is proved of a law with errors:
/// what is broken would only be reported again in other words.
pub fn prove(sources: &Sources, today: Option<Day>) -> (Law, Vec<Finding>) {
    compiled(sources, today, Some(&mut |_| ()))
}

/// As [`prove`], telling how far the proofs have come.
pub fn prove_observed(sources: &Sources, today: Option<Day>, observe: &mut dyn FnMut(Progress)) -> (Law, Vec<Finding>) {
    compiled(sources, today, Some(observe))
}

/// With proofs if there is somebody to observe them.
fn compiled(sources: &Sources, today: Option<Day>, observe: Option<&mut dyn FnMut(Progress)>) -> (Law, Vec<Finding>) {
    let (ast, mut findings) = syntax::parse(sources);
    if let Some((first, _)) = sources.iter().next().filter(|_| ast.is_empty() && findings.is_empty()) {
        // they could be read, and so it is a finding in them and no trouble with the call
        let beginning = Span { file: first, start: 0, end: 0 };
        let finding = Finding::new(Code::NoRules, beginning, "the files hold no item: there is nothing to check");
        findings.push(finding.help("write the rules, or name the folder in which they are"));
    }
    let (law, found) = resolve::resolve(&ast);
    findings.extend(found);
    if !findings.iter().any(is_error) {
        findings.extend(check::check(&law, today));
    }
    if let Some(observe) = observe.filter(|_| !findings.iter().any(is_error)) {
        let proved = proof::prove_observed(&law, &mut |progress| {
            observe(progress);
            true
        });
        let mut proved = proved.unwrap_or_default();
        check::tell_together(&law, &mut proved);
        findings.extend(proved);
        // where something is too large to be proved, an excuse may be for what nobody could see
        if !findings.iter().any(|finding| finding.code == Code::Limit) {
            findings.extend(check::unused_excuses(&law, &findings, today));
        }
    }
    told_by_conflicts(&mut findings);
    told_as_said_twice(&mut findings);
    check::excuse(&law, &mut findings, today);
    syntax::name_subjects(&ast, sources, &mut findings);
    finding::widen_removals(sources, &mut findings);
    finding::sort(&mut findings);
    (law, findings)
}

/// Two versions of one provision that hold on the same day and disagree are one fault: the conflict, which names both and
/// says what to write, and cannot be excused.
fn told_by_conflicts(findings: &mut Vec<Finding>) {
    let conflicts: Vec<Vec<Span>> = findings
        .iter()
        .filter(|finding| finding.code == Code::Conflict)
        .map(|finding| finding.others.iter().map(|place| place.span).collect())
        .collect();
    findings.retain(|finding| {
        let places: Vec<Span> = finding.place.iter().chain(&finding.others).map(|place| place.span).collect();
        finding.code != Code::CitationOverlap
            || !conflicts.iter().any(|named| places.iter().all(|span| named.contains(span)))
    });
}

/// Of a clause that is said twice nothing more is to be said than that.
fn told_as_said_twice(findings: &mut Vec<Finding>) {
    let said_twice = findings.iter().filter(|finding| finding.code == Code::SaidTwice);
    let (again, first): (Vec<_>, Vec<_>) =
        said_twice.map(|finding| (finding.place.as_ref(), finding.others.first())).unzip();
    let spans = |places: Vec<Option<&Place>>| places.into_iter().flatten().map(|place| place.span).collect::<Vec<_>>();
    let (again, first) = (spans(again), spans(first));
    findings.retain(|finding| {
        let is_at = |spans: &[Span]| finding.place.as_ref().is_some_and(|place| spans.contains(&place.span));
        match finding.code {
            Code::DoubledClause => !is_at(&again) && !is_at(&first),
            Code::IdlePrecedence | Code::NoCommonCase => !is_at(&again),
            _ => true,
        }
    });
}

/// The finding keeps the law from being compiled.
pub fn is_error(finding: &Finding) -> bool {
    finding.severity == Severity::Error && finding.is_open()
}
