//! Findings that the files excuse: taken out of the failure of `check`, never out of the analysis.

use crate::finding::{Code, Finding, Fix, Place};
use crate::law::{Day, Excuse, ExcusePlace, Law};
use crate::source::Span;
use crate::words;

/// Marks the findings that are excused, and adds the excuses that ended before `today`.
pub fn excuse(law: &Law, findings: &mut Vec<Finding>, today: Option<Day>) {
    let mut ended = Vec::new();
    for excuse in &law.excuses {
        if let Some(until) = end(excuse, today) {
            ended.push(expired(excuse, until));
            continue;
        }
        for finding in findings.iter_mut().filter(|finding| covers(excuse, finding)) {
            finding.excused = Some(excuse.because.clone());
        }
    }
    findings.extend(ended);
}

/// The excuses that excuse none of the findings. To be asked only when every check and proof has been made: otherwise an
/// excuse may be for what nobody looked for.
pub fn unused_excuses(law: &Law, findings: &[Finding], today: Option<Day>) -> Vec<Finding> {
    let standing = law.excuses.iter().filter(|excuse| end(excuse, today).is_none());
    let idle = standing.filter(|excuse| !findings.iter().any(|finding| covers(excuse, finding)));
    idle.map(|excuse| unused(law, excuse)).collect()
}

/// How an excuse stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It excuses something.
    Used,
    /// It excuses nothing.
    Unused,
    /// It ended.
    Expired,
    /// It excuses nothing that was found, and not everything was looked for.
    Unknown,
}

/// An excuse with what it excuses.
#[derive(Clone, Debug)]
pub struct Judged<'l> {
    /// The excuse.
    pub excuse: &'l Excuse,
    /// Where it excuses, as the law calls it.
    pub place: String,
    /// How it stands.
    pub standing: Standing,
    /// What it excuses.
    pub findings: Vec<&'l Finding>,
}

/// The excuses of a law in which everything was looked for that could be, each with what it excuses.
pub fn judged<'l>(law: &'l Law, findings: &'l [Finding], today: Option<Day>) -> Vec<Judged<'l>> {
    let judge = |excuse: &'l Excuse| {
        let covered: Vec<_> = findings.iter().filter(|finding| covers(excuse, finding)).collect();
        let is_reported = |finding: &Finding| {
            finding.code == Code::UnusedExcuse && finding.place.as_ref().is_some_and(|place| place.span == excuse.span)
        };
        let standing = match end(excuse, today) {
            Some(_) => Standing::Expired,
            None if !covered.is_empty() => Standing::Used,
            None if findings.iter().any(is_reported) => Standing::Unused,
            None => Standing::Unknown,
        };
        let findings = if standing == Standing::Used { covered } else { Vec::new() };
        Judged { excuse, place: place_words(law, excuse), standing, findings }
    };
    law.excuses.iter().map(judge).collect()
}

/// The last day of an excuse that has ended.
fn end(excuse: &Excuse, today: Option<Day>) -> Option<Day> {
    excuse.until.filter(|until| today.is_some_and(|today| *until < today))
}

/// The finding is of the kind and lies at the place of the excuse.
fn covers(excuse: &Excuse, finding: &Finding) -> bool {
    let lies_there = |place: &Place| excuse.covers.iter().any(|outer| holds(*outer, place.span));
    // A gap lies at the `complete` that claims otherwise, which has no name: the provision that leaves the case out
    // stands for it.
    let others = if finding.code == Code::Gap { &finding.others[..] } else { &[] };
    finding.code.name() == excuse.code && finding.place.iter().chain(others).any(lies_there)
}

fn holds(outer: Span, inner: Span) -> bool {
    outer.file == inner.file && outer.start <= inner.start && inner.end <= outer.end
}

fn expired(excuse: &Excuse, until: Day) -> Finding {
    Finding::new(Code::ExpiredExcuse, excuse.span, format!("this excuse of `{}` ended on {until}", excuse.code))
        .label("no longer excuses")
        .help("correct what it excused and leave it out, or decide anew and set a later day")
}

/// The place of an excuse, as the law calls it.
fn place_words(law: &Law, excuse: &Excuse) -> String {
    match &excuse.place {
        ExcusePlace::Provision(instrument, citation) => {
            format!("{} of {}", words::quoted(citation), law[*instrument].name)
        }
        ExcusePlace::Item(name) => name.clone(),
    }
}

fn unused(law: &Law, excuse: &Excuse) -> Finding {
    let place = place_words(law, excuse);
    Finding::new(Code::UnusedExcuse, excuse.span, format!("no `{}` is reported in `{place}`", excuse.code))
        .label("excuses nothing")
        .why("an excuse that nobody needs hides the next fault of its kind")
        .help("leave the excuse out, or correct its place")
        .fix(Fix::remove(excuse.span, "take the excuse out"))
}
