//! What stands in the files against what an instrument is said to consist of.

use crate::finding::{Code, Finding};
use crate::law::{Instrument, InstrumentId, Law, LeftOut, covers};
use crate::resolve::suggest;
use crate::source::Span;

/// Provisions and forms outside of what their instrument consists of, and what is left out although it is there.
pub(super) fn check(law: &Law) -> Vec<Finding> {
    let mut findings = Vec::new();
    let provisions = law.provisions.iter().map(|row| (row.instrument, &row.citation, row.span));
    let forms = law.forms.iter().map(|row| (row.instrument, &row.citation, row.span));
    for (id, citation, span) in provisions.chain(forms) {
        let instrument = &law[id];
        if !instrument.may_hold(citation) {
            findings.push(outside(instrument, citation, span));
        }
    }
    for (id, instrument) in law.instruments() {
        for left_out in &instrument.left_out {
            findings.extend(left_out.citations.iter().filter_map(|citation| here(law, id, left_out, citation)));
            let outside_of = left_out.citations.iter().find(|citation| !instrument.may_hold(citation));
            findings.extend(outside_of.map(|citation| outside(instrument, citation, left_out.span)));
        }
    }
    findings
}

fn outside(instrument: &Instrument, citation: &str, span: Span) -> Finding {
    let name = &instrument.name;
    let message = format!("`{name}` consists of nothing that is cited \"{citation}\"");
    let finding = Finding::new(Code::OutsideExtent, span, message)
        .other(instrument.span, "what it consists of is said here")
        .why("an answer would cite a place that the text does not have");
    // what follows the number is no part of the citation in the list
    let head = citation.split(['(', ',']).next().unwrap_or(citation).trim();
    match suggest(head, instrument.consists_of.iter().map(String::as_str)) {
        Some(near) => finding.help(format!("did you mean \"{near}\"?")),
        None => finding.help(format!("cite it as `consists of` does, or add it there: `consists of …, \"{head}\"`")),
    }
}

/// The finding for something that is left out and stands in the files with something to say.
fn here(law: &Law, id: InstrumentId, left_out: &LeftOut, citation: &str) -> Option<Finding> {
    let there = law.provisions().find(|(_, row)| row.instrument == id && covers(citation, &row.citation))?.1;
    let message = format!("\"{citation}\" is said not to be encoded, and stands here");
    Some(
        Finding::new(Code::BadExtent, there.span, message)
            .other(left_out.span, "left out here")
            .help("leave it out of the one or of the other"),
    )
}
