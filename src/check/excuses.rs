//! Findings that the files excuse: taken out of the failure of `check`, never out of the analysis.

use crate::finding::{Code, Finding, Place};
use crate::law::{Day, Excuse, ExcusePlace, Law};
use crate::source::Span;
use crate::words;

/// Marks the findings that are excused, and adds what is wrong with excuses: expired before `today`, or without anything
/// to excuse. To be called once, after every other check and proof.
pub fn excuse(law: &Law, findings: &mut Vec<Finding>, today: Option<Day>) {
    let mut about_excuses = Vec::new();
    for excuse in &law.excuses {
        let mut excused = findings.iter_mut().filter(|finding| covers(excuse, finding)).peekable();
        if let Some(until) = excuse.until.filter(|until| today.is_some_and(|today| *until < today)) {
            about_excuses.push(expired(excuse, until, excused.peek().is_some()));
        } else if excused.peek().is_none() {
            about_excuses.push(unused(law, excuse));
        } else {
            excused.for_each(|finding| finding.excused = Some(excuse.because.clone()));
        }
    }
    findings.extend(about_excuses);
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

fn expired(excuse: &Excuse, until: Day, still_needed: bool) -> Finding {
    let help = if still_needed {
        "correct what it excused, or decide anew and set a later day"
    } else {
        "leave the excuse out: what it excused is no longer reported"
    };
    Finding::new(Code::ExpiredExcuse, excuse.span, format!("this excuse of `{}` ended on {until}", excuse.code))
        .label("no longer excuses")
        .help(help)
}

fn unused(law: &Law, excuse: &Excuse) -> Finding {
    let place = match &excuse.place {
        ExcusePlace::Provision(instrument, citation) => {
            format!("{} of {}", words::quoted(citation), law[*instrument].name)
        }
        ExcusePlace::Item(name) => name.clone(),
    };
    Finding::new(Code::UnusedExcuse, excuse.span, format!("no `{}` is reported in `{place}`", excuse.code))
        .label("excuses nothing")
        .why("an excuse that nobody needs hides the next fault of its kind")
        .help("leave the excuse out, or correct its place")
}
