//! The law as written and the questions it answers, as one JSON document.
//!
//! The document has shapes of its own: names instead of ids, days as `2025-06-09` with the last day included (as the
//! files have it), no number that is not whole. Lists whose order means nothing stand in one canonical order. Everything
//! that has a place in a file says where; the places take no part in the order and none in the digest.
//!
//! ```text
//! mod          header, and the order of lists
//! vocabulary   countries to sources
//! instrument   instruments, their bonds and clauses, their provisions
//! rule         rules with their branches, answers
//! condition    conditions as trees
//! claims       never, complete, assert, test, excuse; forms
//! question     the questions, with the lines that answer them
//! table        their decision tables
//! written      the files themselves, to be read again
//! spelt        single rows, for who compares laws
//! ```

mod claims;
mod condition;
mod instrument;
mod question;
mod rule;
mod spelt;
mod table;
mod vocabulary;
mod written;

pub(crate) use spelt::Spelt;
pub(crate) use written::{Unread, files};

use serde::Serialize;

use super::header::{self, LANGUAGE_VERSION, SCHEMA_VERSION, TOOL};
use super::places::{At, Places};
use crate::law::{Day, Interval, Law};
use crate::source::{Sources, Span};

/// The JSON Schema of the document.
pub(crate) const SCHEMA: &str = include_str!("../rules.schema.json");

/// The bytes are a schema of such documents, of whatever version.
pub(crate) fn is_schema(bytes: &[u8]) -> bool {
    let title = |bytes: &[u8]| {
        Some(serde_json::from_slice::<serde_json::Value>(bytes).ok()?.get("title")?.as_str()?.to_owned())
    };
    title(bytes).is_some_and(|own| title(SCHEMA.as_bytes()) == Some(own))
}

/// The document, with a line break at its end.
pub(crate) fn document(law: &Law, sources: &Sources) -> Vec<u8> {
    let places = Places::new(sources);
    let writer = Writer { law, places: Some(&places) };
    let digest = digest(law);
    let mut document = Document {
        schema: "rules.schema.json",
        schema_version: SCHEMA_VERSION,
        language_version: LANGUAGE_VERSION,
        tool: Tool { name: TOOL.0, version: TOOL.1 },
        written: written::Written::of(sources, &places, &digest),
        digest,
        whole: None,
        law: writer.law(),
        questions: question::questions(&writer),
    };
    document.whole = Some(document.digest_of_all());
    let mut bytes = text(&document, true);
    bytes.push(b'\n');
    bytes
}

/// The digest of what the law says: two laws that differ in the order of files and items, in comments or in spacing have
/// the same.
pub(crate) fn digest(law: &Law) -> String {
    header::digest(&text(&Writer { law, places: None }.law(), false))
}

fn text(value: &impl Serialize, pretty: bool) -> Vec<u8> {
    let text = if pretty { serde_json::to_vec_pretty(value) } else { serde_json::to_vec(value) };
    text.expect(WRITABLE)
}

/// Says what the tables hold in names.
#[derive(Clone, Copy)]
struct Writer<'l> {
    law: &'l Law,
    /// None: without places, for what must not depend on them.
    places: Option<&'l Places<'l>>,
}

impl Writer<'_> {
    fn at(&self, span: Span) -> Option<At> {
        self.places.map(|places| places.at(span))
    }

    /// Writes rows whose order means nothing, sorted by what they say.
    fn unordered<'r, R: 'r, T: Serialize>(
        &self,
        rows: impl IntoIterator<Item = R>,
        write: impl Fn(&Self, &R) -> T,
    ) -> Vec<T> {
        let bare = Writer { law: self.law, places: None };
        let mut written: Vec<_> =
            rows.into_iter().map(|row| (text(&write(&bare, &row), false), write(self, &row))).collect();
        written.sort_by(|(a, _), (b, _)| a.cmp(b));
        written.into_iter().map(|(_, written)| written).collect()
    }

    fn law(&self) -> Body {
        let law = self.law;
        Body {
            countries: self.unordered(&law.countries, |w, row| vocabulary::coded(w, &row.name, &row.code, row.span)),
            languages: self.unordered(&law.languages, |w, row| vocabulary::coded(w, &row.name, &row.code, row.span)),
            matters: self.unordered(&law.matters, |w, row| vocabulary::matter(w, row)),
            acts: self.unordered(&law.acts, |w, row| vocabulary::titled(w, row)),
            items: self.unordered(&law.items, |w, row| vocabulary::titled(w, row)),
            events: self.unordered(&law.events, |w, row| vocabulary::titled(w, row)),
            facts: self.unordered(&law.facts, |w, row| vocabulary::fact(w, row)),
            places: self.unordered(&law.places, |w, row| vocabulary::place(w, row)),
            authorities: self.unordered(&law.authorities, |w, row| vocabulary::authority(w, row)),
            sources: self.unordered(&law.sources, |w, row| vocabulary::source(w, row)),
            instruments: self.unordered(law.instruments(), |w, (id, row)| instrument::instrument(w, *id, row)),
            precedence: instrument::precedence(self),
            nevers: self.unordered(&law.nevers, |w, row| claims::never(w, row)),
            completes: self.unordered(&law.completes, |w, row| claims::complete(w, row)),
            assertions: self.unordered(&law.assertions, |w, row| claims::assertion(w, row)),
            tests: self.unordered(&law.tests, |w, row| claims::test(w, row)),
            excuses: self.unordered(&law.excuses, |w, row| claims::excuse(w, row)),
            forms: self.unordered(&law.forms, |w, row| claims::form(w, row)),
        }
    }
}

#[derive(Serialize)]
struct Document {
    #[serde(rename = "$schema")]
    schema: &'static str,
    schema_version: u32,
    language_version: u32,
    tool: Tool,
    digest: String,
    /// Of all the rest; none until the rest is there.
    #[serde(rename = "document_digest", skip_serializing_if = "Option::is_none")]
    whole: Option<String>,
    written: written::Written,
    law: Body,
    questions: Vec<question::Question>,
}

impl Document {
    fn digest_of_all(&self) -> String {
        serde_json::to_value(self).and_then(|mut value| written::digest_of_all(&mut value)).expect(WRITABLE)
    }
}

/// Why writing cannot fail.
const WRITABLE: &str = "maps have names as keys, and nothing here fails to be written";

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Body {
    countries: Vec<vocabulary::Coded>,
    languages: Vec<vocabulary::Coded>,
    matters: Vec<vocabulary::Matter>,
    acts: Vec<vocabulary::Titled>,
    items: Vec<vocabulary::Titled>,
    events: Vec<vocabulary::Titled>,
    facts: Vec<vocabulary::Fact>,
    places: Vec<vocabulary::Place>,
    authorities: Vec<vocabulary::Authority>,
    sources: Vec<vocabulary::Source>,
    instruments: Vec<instrument::Instrument>,
    precedence: Vec<instrument::KindClause>,
    nevers: Vec<claims::Never>,
    completes: Vec<claims::Complete>,
    assertions: Vec<claims::Assertion>,
    tests: Vec<claims::Test>,
    excuses: Vec<claims::Excuse>,
    forms: Vec<claims::Form>,
}

/// A stretch of time, both days included; a bound that is missing does not restrict.
#[derive(Serialize)]
struct Days {
    #[serde(skip_serializing_if = "Option::is_none")]
    first_day: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_day: Option<String>,
}

impl Days {
    fn of(dates: Interval) -> Days {
        Days {
            first_day: (dates.from != Day::BEGINNING).then(|| dates.from.to_string()),
            last_day: (dates.until != Day::END).then(|| dates.until.previous().to_string()),
        }
    }
}
