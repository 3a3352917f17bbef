//! What a finding is about, in the words of the files: the item and the rule in which its places lie, and the words there.
//!
//! This is what a fingerprint is made of, so nothing here may depend on where something stands: neither on lines, nor on
//! the order of items, nor on blanks and remarks.

use super::ast::{Ast, Item, Provision, ProvisionStatement, Rule, Value};
use crate::finding::{Family, Finding, Place};
use crate::source::{SourceFile, Sources, Span};

/// So many bytes of a text are enough to know it by.
const MOST_BYTES: usize = 1000;

/// Says of each finding that does not say it itself what it is about.
pub fn name_subjects(ast: &Ast<'_>, sources: &Sources, findings: &mut [Finding]) {
    let mut open = findings.iter_mut().filter(|finding| finding.subject.is_empty()).peekable();
    if open.peek().is_none() {
        return;
    }
    let landmarks = Landmarks::of(ast, sources);
    for finding in open {
        let places = finding.place.iter().chain(&finding.others);
        let is_reading = finding.code.family() == Family::Reading;
        let mut subject: Vec<String> = places.map(|place| landmarks.name(sources, place, is_reading)).collect();
        // which of two places is the first may depend on the order of items
        subject.sort_unstable();
        subject.dedup();
        finding.subject = subject;
    }
}

/// What has a name, and where it stands.
struct Landmarks {
    items: Vec<(Span, String)>,
    rules: Vec<(Span, String)>,
}

impl Landmarks {
    fn of(ast: &Ast<'_>, sources: &Sources) -> Landmarks {
        let mut landmarks = Landmarks { items: Vec::new(), rules: Vec::new() };
        for item in &ast.items {
            landmarks.items.extend(named(item, sources));
            if let Item::Provision(Provision { statements, .. }) = item {
                let rules = statements.iter().filter_map(|statement| match statement {
                    ProvisionStatement::Rule(rule) => Some((rule.span, head(rule, sources))),
                    _ => None,
                });
                landmarks.rules.extend(rules);
            }
        }
        landmarks.items.sort_unstable();
        landmarks.rules.sort_unstable();
        landmarks
    }

    /// The item, the rule and the words of a place; the words are left out where the place is all of the item or rule.
    /// What could not be read is called by its line: the place may be a single sign, or lie behind the last word.
    fn name(&self, sources: &Sources, place: &Place, is_reading: bool) -> String {
        let item = around(&self.items, place.span);
        let rule = around(&self.rules, place.span);
        let is_whole = [item, rule].iter().flatten().any(|(span, _)| *span == place.span);
        let mut parts: Vec<String> = [item, rule].iter().flatten().map(|(_, name)| name.clone()).collect();
        if is_reading {
            parts.push(line(sources.file(place.span.file), place.span.start));
        } else if !is_whole {
            parts.push(words(sources.text(place.span)));
        }
        parts.join(" > ")
    }
}

/// The landmark in which the span lies; landmarks of one kind do not overlap.
fn around(landmarks: &[(Span, String)], span: Span) -> Option<&(Span, String)> {
    let next = landmarks.partition_point(|(own, _)| (own.file, own.start) <= (span.file, span.start));
    landmarks.get(next.checked_sub(1)?).filter(|(own, _)| own.file == span.file && span.end <= own.end)
}

/// An item that holds others, with its name. One that has none is called by all its words.
fn named(item: &Item<'_>, sources: &Sources) -> Option<(Span, String)> {
    let cited = |word: &str, citation: &str, of: &str| format!("{word} {} of {of}", words(citation));
    Some(match item {
        Item::Authority(row) => {
            let place = row.place.map(|place| format!(" of {}", place.text)).unwrap_or_default();
            (row.span, format!("authority {}.{}{place}", row.name.country.text, row.name.office.text))
        }
        Item::Instrument(row) => (row.span, format!("instrument {}", row.name.text)),
        Item::Provision(row) => (row.span, cited("provision", &row.citation.value, row.instrument.text)),
        Item::Form(row) => (row.span, cited("form", &row.citation.value, row.instrument.text)),
        Item::Precedence(row) => (row.span, format!("precedence {}", words(&row.title.value))),
        Item::Assertion(row) => (row.span, format!("assert {}", words(&row.title.value))),
        Item::Test(row) => (row.span, format!("test {}", words(&row.title.value))),
        Item::Complete(row) => (row.span, words(sources.text(row.span))),
        Item::Excuse(row) => (row.span, words(sources.text(row.span))),
        Item::Never(row) => (row.span, words(sources.text(row.span))),
        _ => return None,
    })
}

/// A rule by its question and the cases in which it speaks: its words before the first value.
fn head(rule: &Rule<'_>, sources: &Sources) -> String {
    let Some(first) = rule.branches.first() else { return words(sources.text(rule.span)) };
    let end = first.span.start.clamp(rule.span.start, rule.span.end);
    let mut name = words(sources.text(Span { end, ..rule.span }));
    if let Value::Conduct { name: conduct, .. } = &first.value {
        name.push(' ');
        name.push_str(conduct.text);
    }
    name
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
