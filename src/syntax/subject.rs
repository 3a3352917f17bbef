//! What a finding is about, in the words of the files: the item and the rule in which its places lie, and the words there.
//!
//! This is what a fingerprint is made of, so nothing here may depend on where something stands: neither on lines, nor on
//! the order of items, nor on blanks and remarks.

use std::borrow::Cow;

use super::ast::{Ast, Item, Provision, ProvisionStatement, Rule, Value};
use crate::finding::{Family, Finding, Place};
use crate::source::{FileId, SourceFile, Sources, Span};

/// So many bytes of a text are enough to know it by.
const MOST_BYTES: usize = 1000;

/// What an item that holds others is called by.
enum ItemName<'s> {
    Authority {
        country: &'s str,
        office: &'s str,
        place: Option<&'s str>,
    },
    Instrument(&'s str),
    Cited {
        word: &'static str,
        citation: Cow<'s, str>,
        of: &'s str,
    },
    Titled {
        word: &'static str,
        title: Cow<'s, str>,
    },
    /// It has no name: all its words.
    Words,
}

/// What a rule is called by.
struct RuleName<'s> {
    /// Where its first value begins; its words up to there say what it is about.
    value: u32,
    conduct: Option<&'s str>,
}

/// Says of each finding that does not say it itself what it is about.
pub fn name_subjects(ast: &Ast<'_>, sources: &Sources, findings: &mut [Finding]) {
    if findings.iter().all(|finding| !finding.subject.is_empty()) {
        return;
    }
    let landmarks = Landmarks::of(ast);
    for finding in findings.iter_mut().filter(|finding| finding.subject.is_empty()) {
        let places = finding.place.iter().chain(&finding.others);
        let is_reading = finding.code.family() == Family::Reading;
        let mut subject: Vec<String> = places.map(|place| landmarks.name(sources, place, is_reading)).collect();
        // which of two places is the first may depend on the order of items
        subject.sort_unstable();
        subject.dedup();
        finding.subject = subject;
    }
}

/// The items that hold others, to be found by places in them.
struct Landmarks<'a, 's> {
    ast: &'a Ast<'s>,
    /// Where each begins, by that, and its place among all items.
    starts: Vec<(FileId, u32, usize)>,
}

impl<'a, 's> Landmarks<'a, 's> {
    fn of(ast: &'a Ast<'s>) -> Self {
        let span = |place: Result<&Item<'s>, Span>| match place {
            Ok(item) => named(item).map(|(span, _)| span),
            Err(span) => Some(span),
        };
        let starts =
            ast.places().enumerate().filter_map(|(at, place)| span(place).map(|span| (span.file, span.start, at)));
        let mut starts: Vec<_> = starts.collect();
        starts.sort_unstable();
        Landmarks { ast, starts }
    }

    /// The item in which the span lies.
    fn around(&self, span: Span) -> Option<Cow<'a, Item<'s>>> {
        let next = self.starts.partition_point(|(file, start, _)| (*file, *start) <= (span.file, span.start));
        let (file, _, at) = self.starts.get(next.checked_sub(1)?)?;
        self.ast.entry(*at).filter(|_| *file == span.file)
    }

    /// The item, the rule and the words of a place; the words are left out where the place is all of the item or rule.
    /// What could not be read is called by its line: the place may be a single sign, or lie behind the last word.
    fn name(&self, sources: &Sources, place: &Place, is_reading: bool) -> String {
        let around = self.around(place.span);
        let holds = |span: Span| span.start <= place.span.start && place.span.end <= span.end;
        let item = around.as_deref().and_then(named).filter(|(span, _)| holds(*span));
        let rule = around.as_deref().and_then(|item| rules(item).find(|rule| holds(rule.span)));
        let spans = [item.as_ref().map(|(span, _)| *span), rule.map(|rule| rule.span)];
        let is_whole = spans.contains(&Some(place.span));
        let mut parts: Vec<String> = Vec::new();
        parts.extend(item.map(|(span, name)| name.in_words(span, sources)));
        parts.extend(rule.map(|rule| rule_name(rule).in_words(rule.span, sources)));
        if is_reading {
            parts.push(line(sources.file(place.span.file), place.span.start));
        } else if !is_whole {
            parts.push(words(sources.text(place.span)));
        }
        parts.join(" > ")
    }
}

/// The rules of a provision.
fn rules<'i, 's>(item: &'i Item<'s>) -> impl Iterator<Item = &'i Rule<'s>> {
    let statements = match item {
        Item::Provision(Provision { statements, .. }) => statements.as_slice(),
        _ => &[],
    };
    statements.iter().filter_map(|statement| match statement {
        ProvisionStatement::Rule(rule) => Some(rule),
        _ => None,
    })
}

/// An item that holds others, with its name. One that has none is called by all its words.
fn named<'s>(item: &Item<'s>) -> Option<(Span, ItemName<'s>)> {
    Some(match item {
        Item::Authority(row) => {
            let (country, office) = (row.name.country.text, row.name.office.text);
            (row.span, ItemName::Authority { country, office, place: row.place.map(|place| place.text) })
        }
        Item::Instrument(row) => (row.span, ItemName::Instrument(row.name.text)),
        Item::Provision(row) => {
            let (citation, of) = (row.citation.value.clone(), row.instrument.text);
            (row.span, ItemName::Cited { word: "provision", citation, of })
        }
        Item::Form(row) => {
            let (citation, of) = (row.citation.value.clone(), row.instrument.text);
            (row.span, ItemName::Cited { word: "form", citation, of })
        }
        Item::Precedence(row) => (row.span, ItemName::Titled { word: "precedence", title: row.title.value.clone() }),
        Item::Assertion(row) => (row.span, ItemName::Titled { word: "assert", title: row.title.value.clone() }),
        Item::Test(row) => (row.span, ItemName::Titled { word: "test", title: row.title.value.clone() }),
        Item::Complete(row) => (row.span, ItemName::Words),
        Item::Excuse(row) => (row.span, ItemName::Words),
        Item::Never(row) => (row.span, ItemName::Words),
        _ => return None,
    })
}

impl ItemName<'_> {
    fn in_words(&self, span: Span, sources: &Sources) -> String {
        match self {
            ItemName::Authority { country, office, place: None } => format!("authority {country}.{office}"),
            ItemName::Authority { country, office, place: Some(place) } => {
                format!("authority {country}.{office} of {place}")
            }
            ItemName::Instrument(name) => format!("instrument {name}"),
            ItemName::Cited { word, citation, of } => format!("{word} {} of {of}", words(citation)),
            ItemName::Titled { word, title } => format!("{word} {}", words(title)),
            ItemName::Words => words(sources.text(span)),
        }
    }
}

fn rule_name<'s>(rule: &Rule<'s>) -> RuleName<'s> {
    let first = rule.branches.first();
    let value = first.map_or(rule.span.end, |first| first.span.start.clamp(rule.span.start, rule.span.end));
    let conduct = match first.map(|first| &first.value) {
        Some(Value::Conduct { name, .. }) => Some(name.text),
        _ => None,
    };
    RuleName { value, conduct }
}

impl RuleName<'_> {
    /// A rule by its question and the cases in which it speaks: its words before the first value.
    fn in_words(&self, span: Span, sources: &Sources) -> String {
        let mut name = words(sources.text(Span { end: self.value, ..span }));
        if let Some(conduct) = self.conduct {
            name.push(' ');
            name.push_str(conduct);
        }
        name
    }
}

/// The words of the line that holds the byte, or of the last line before it that has any; of a long line those from the
/// byte on.
fn line(file: &SourceFile, offset: u32) -> String {
    let text = |line: usize| file.text.get(file.line_start(line)..file.line_start(line + 1)).unwrap_or("");
    let number = file.line_of(offset);
    if text(number).len() > MOST_BYTES {
        return words(file.text.get(offset as usize..).unwrap_or(""));
    }
    let mut lines = (0..=number).rev().map(|line| words(text(line)));
    lines.find(|words| !words.is_empty()).unwrap_or_default()
}

/// The words of a text with one blank between them, without remarks; no more than its beginning.
fn words(text: &str) -> String {
    let mut kept = String::new();
    let (mut quoted, mut escaped, mut remark) = (false, false, false);
    for c in text.chars() {
        if kept.len() >= MOST_BYTES {
            break;
        }
        remark = (remark && c != '\n') || (c == '#' && !quoted);
        if !remark {
            quoted ^= c == '"' && !escaped;
            escaped = quoted && c == '\\' && !escaped;
            kept.push(c);
        }
    }
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn words_are_kept_and_remarks_are_not() {
        assert_eq!(words("a  b # c \" d\n  \"e # f \\\" #\" # g"), "a b \"e # f \\\" #\"");
        assert_eq!(words(""), "");
    }
}
