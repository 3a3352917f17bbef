//! How much of each text stands in the files: what is encoded, what is left out and why, what is not held, what is missing.
//!
//! Only an instrument that says what it consists of can be measured. Of the others what stands here is listed, and
//! nothing can be missing.

use crate::law::{Form, Instrument, InstrumentId, Law, Provision, covers};

/// What becomes of one part of an instrument: an article, an annex, a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It has rules, or it is a form.
    Encoded,
    /// It was read and left out on purpose, for these reasons.
    NotEncoded(Vec<String>),
    /// Its text is not held; what is said of it.
    NotHeld(Vec<String>),
    /// Nothing in the files speaks of it.
    Missing,
}

/// One part of an instrument.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its citation.
    pub citation: String,
    /// What becomes of it.
    pub standing: Standing,
    /// Rules in it.
    pub rules: usize,
    /// Of an encoded part: what in it is left out or not held, each with the citation and the reason.
    pub left_out: Vec<(String, String)>,
}

/// How much of an instrument stands in the files.
#[derive(Clone, Debug)]
pub struct Extent {
    /// The instrument.
    pub instrument: InstrumentId,
    /// It says what it consists of, so that something can be missing.
    pub is_declared: bool,
    /// Its parts: in the order of `consists of`, otherwise as they are cited here.
    pub parts: Vec<Part>,
    /// Of the instrument as a whole it is said that its text is not held, or in part.
    pub not_held: Vec<String>,
}

impl Extent {
    /// The parts of which nothing is said.
    pub fn missing(&self) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(|part| part.standing == Standing::Missing)
    }
}

/// How much of each instrument stands in the files, in the order of the table.
pub fn coverage(law: &Law) -> Vec<Extent> {
    law.instruments().map(|(id, row)| extent(law, id, row)).collect()
}

fn extent(law: &Law, id: InstrumentId, row: &Instrument) -> Extent {
    let is_declared = !row.consists_of.is_empty();
    let citations = if is_declared { row.consists_of.clone() } else { cited(law, id, row) };
    Extent {
        instrument: id,
        is_declared,
        parts: citations.into_iter().map(|citation| part(law, id, row, citation)).collect(),
        not_held: row.unread.iter().filter_map(|text| text.note.map(|note| law[note].clone())).collect(),
    }
}

/// What is cited of an instrument, each once: versions of one provision have one citation.
fn cited(law: &Law, id: InstrumentId, row: &Instrument) -> Vec<String> {
    let provisions = law.provisions.iter().filter(|provision| provision.instrument == id);
    let forms = law.forms.iter().filter(|form| form.instrument == id);
    let cited = provisions.map(|provision| &provision.citation).chain(forms.map(|form| &form.citation));
    once(cited.chain(row.left_out.iter().flat_map(|left_out| &left_out.citations)).cloned())
}

/// Each text once, in the order given.
fn once(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut all = Vec::new();
    for text in texts {
        if !all.contains(&text) {
            all.push(text);
        }
    }
    all
}

fn part(law: &Law, id: InstrumentId, row: &Instrument, citation: String) -> Part {
    let belongs = |cited: &str| covers(&citation, cited) || covers(cited, &citation);
    let provisions: Vec<_> =
        law.provisions().filter(|(_, provision)| provision.instrument == id && belongs(&provision.citation)).collect();
    let is_form = |form: &Form| form.instrument == id && belongs(&form.citation);
    let rules =
        law.rules.iter().filter(|rule| provisions.iter().any(|(provision, _)| *provision == rule.provision)).count();
    let reasons = |provision: &Provision| {
        let cited = provision.citation.clone();
        provision.not_encoded.iter().map(move |reason| (cited.clone(), reason.clone())).collect::<Vec<_>>()
    };
    let mut left_out: Vec<(String, String)> = provisions.iter().flat_map(|(_, provision)| reasons(provision)).collect();
    let by_instrument = row.left_out.iter().filter(|left_out| left_out.citations.iter().any(|cited| belongs(cited)));
    left_out.extend(by_instrument.map(|left_out| (citation.clone(), left_out.because.clone())));
    let unread: Vec<_> = provisions.iter().filter(|(_, provision)| !provision.unread.is_empty()).collect();
    let notes = |provision: &Provision| {
        provision.unread.iter().filter_map(|text| text.note.map(|note| law[note].clone())).collect::<Vec<_>>()
    };
    let standing = if rules > 0 || law.forms.iter().any(is_form) {
        let open = unread.iter().flat_map(|(_, row)| notes(row).into_iter().map(|note| (row.citation.clone(), note)));
        left_out.extend(open);
        Standing::Encoded
    } else if !unread.is_empty() {
        Standing::NotHeld(once(unread.iter().flat_map(|(_, row)| notes(row))))
    } else if !left_out.is_empty() {
        Standing::NotEncoded(once(left_out.drain(..).map(|(_, reason)| reason)))
    } else {
        Standing::Missing
    };
    Part { citation, standing, rules, left_out }
}
