//! Findings that the files excuse: taken out of the failure of `check`, never out of the analysis.

use crate::finding::{Code, Finding};
use crate::law::{Day, Excuse, ExcusePlace, Law, covers};
use crate::source::Span;
use crate::words;

/// Marks the findings that are excused, and adds what is wrong with excuses: of a kind that cannot be excused, expired
/// before `today`, or without anything to excuse. To be called once, after every other check.
pub fn excuse(law: &Law, findings: &mut Vec<Finding>, today: Option<Day>) {
    let mut about_excuses = Vec::new();
    for excuse in &law.excuses {
        // A name that no finding has was reported where names are looked up.
        let Some(code) = Code::ALL.iter().copied().find(|code| code.name() == excuse.code) else { continue };
        if !code.can_be_excused() {
            about_excuses.push(cannot(excuse));
            continue;
        }
        let places = places(law, &excuse.place);
        let excused = |finding: &&mut Finding| {
            finding.code == code
                && finding.place.as_ref().is_some_and(|place| places.iter().any(|outer| holds(*outer, place.span)))
        };
        let mut excused = findings.iter_mut().filter(excused).peekable();
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

/// The stretches of the files that the place of an excuse covers.
fn places(law: &Law, place: &ExcusePlace) -> Vec<Span> {
    match place {
        ExcusePlace::Item(_, span) => vec![*span],
        ExcusePlace::Provision(instrument, wide) => {
            let provisions = law.provisions.iter().map(|row| (row.instrument, &row.citation, row.span));
            let forms = law.forms.iter().map(|form| (form.instrument, &form.citation, form.span));
            provisions
                .chain(forms)
                .filter(|(of, narrow, _)| of == instrument && covers(wide, narrow))
                .map(|(_, _, span)| span)
                .collect()
        }
    }
}

fn holds(outer: Span, inner: Span) -> bool {
    outer.file == inner.file && outer.start <= inner.start && inner.end <= outer.end
}

fn cannot(excuse: &Excuse) -> Finding {
    Finding::new(Code::CannotExcuse, excuse.span, format!("`{}` cannot be excused", excuse.code))
        .label("excused in vain")
        .why("a law with such a fault has no answer that could be relied on")
        .help("correct what is reported instead")
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
        ExcusePlace::Item(name, _) => name.clone(),
    };
    Finding::new(Code::UnusedExcuse, excuse.span, format!("no `{}` is reported in `{place}`", excuse.code))
        .label("excuses nothing")
        .why("an excuse that nobody needs hides the next fault of its kind")
        .help("leave the excuse out, or correct its place")
}
