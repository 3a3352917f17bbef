//! Where a passage begins and ends in a text: under a heading, or between quoted words.

use std::ops::Range;

use super::text::{Word, alike, words};
use crate::law::{Passage, covers};

/// Why a passage is not found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lost {
    /// No line begins with a heading of this provision.
    NoHeading,
    /// Several lines do.
    SeveralHeadings,
    /// The words stand nowhere.
    NoWords(String),
    /// They stand in several places.
    SeveralWords(String),
}

impl Lost {
    /// In words, without a full stop.
    pub fn in_words(&self) -> String {
        match self {
            Lost::NoHeading => "no line begins with its heading".to_owned(),
            Lost::SeveralHeadings => "several lines begin with its heading".to_owned(),
            Lost::NoWords(words) => format!("the words “{words}” do not stand there"),
            Lost::SeveralWords(words) => format!("the words “{words}” stand there more than once"),
        }
    }
}

/// The passage between quoted words, or from the first words to the end of their paragraph, in bytes.
pub(super) fn quoted(text: &str, passage: &Passage) -> Result<Range<usize>, Lost> {
    let all = words(text);
    let first = only(&all, &passage.from)?;
    let Some(to) = &passage.to else {
        return Ok(all[first.start].at.start..end_of_paragraph(text, all[first.end - 1].at.end));
    };
    let wanted = words(to);
    let rest = &all[first.start..];
    let last = find(rest, &wanted, false).next().or_else(|| find(rest, &wanted, true).next());
    let last = last.ok_or_else(|| Lost::NoWords(to.clone()))?;
    Ok(all[first.start].at.start..rest[last.end - 1].at.end)
}

/// The only place of some words; letters may differ where nothing is the same.
fn only(all: &[Word], quoted: &str) -> Result<Range<usize>, Lost> {
    let wanted = words(quoted);
    for tolerant in [false, true] {
        let mut found = find(all, &wanted, tolerant);
        match (found.next(), found.next()) {
            (Some(place), None) => return Ok(place),
            (Some(_), Some(_)) => return Err(Lost::SeveralWords(quoted.to_owned())),
            (None, _) => {}
        }
    }
    Err(Lost::NoWords(quoted.to_owned()))
}

fn find<'w>(all: &'w [Word], wanted: &'w [Word], tolerant: bool) -> impl Iterator<Item = Range<usize>> + 'w {
    let same = move |(a, b): (&Word, &Word)| a.text == b.text || tolerant && alike(&a.text, &b.text);
    let length = wanted.len();
    all.windows(length.max(1))
        .enumerate()
        .filter(move |(_, window)| length > 0 && window.iter().zip(wanted).all(same))
        .map(move |(at, _)| at..at + length)
}

fn end_of_paragraph(text: &str, from: usize) -> usize {
    let mut end = from;
    for line in text[from..].split_inclusive('\n') {
        if line.trim().is_empty() && end > from {
            break;
        }
        end += line.len();
    }
    from + text[from..end].trim_end().len()
}

/// The passage under the heading of a provision, up to the next heading of any pattern, in bytes.
pub(super) fn headed(text: &str, patterns: &[String], citation: &str) -> Result<Range<usize>, Lost> {
    let headings = headings(text, patterns);
    let belongs = |label: &Option<String>| label.as_ref().is_some_and(|label| covers(label, citation));
    let mut found = headings.iter().enumerate().filter(|(_, (_, label))| belongs(label));
    let (place, (start, _)) = found.next().ok_or(Lost::NoHeading)?;
    if found.next().is_some() {
        return Err(Lost::SeveralHeadings);
    }
    let end = headings.get(place + 1).map_or(text.len(), |(next, _)| *next);
    Ok(*start..*start + text[*start..end].trim_end().len())
}

/// Every line that begins with one of the patterns: where it begins, and for a pattern with a number what it cites.
fn headings(text: &str, patterns: &[String]) -> Vec<(usize, Option<String>)> {
    let mut all = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let begins = start + (line.len() - line.trim_start().len());
        if let Some(label) = patterns.iter().find_map(|pattern| heading(line, pattern)) {
            all.push((begins, label));
        }
        start += line.len();
    }
    all
}

/// What a line cites, if it begins with the pattern: `Article 5` for `Article 5: Requests` and `Article #:`.
#[expect(clippy::option_option, reason = "a heading without a number begins a passage of no provision")]
fn heading(line: &str, pattern: &str) -> Option<Option<String>> {
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((before, after)) = pattern.split_once('#') else {
        return after_prefix(&line, pattern).map(|_| None);
    };
    let rest = after_prefix(&line, before)?;
    // the longest number that what follows in the pattern lets stand
    let number = numbers(rest).into_iter().find(|number| after_prefix(&rest[number.len()..], after).is_some())?;
    Some(Some(format!("{before}{number}")))
}

/// What follows a beginning, whatever the case.
fn after_prefix<'t>(text: &'t str, beginning: &str) -> Option<&'t str> {
    let mut rest = text.chars();
    for wanted in beginning.chars() {
        if !rest.next()?.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
    }
    Some(rest.as_str())
}

/// What at the start of a text can be the number of a provision, longest first: `71 a`, `71`, `3.1`, `IV`.
fn numbers(text: &str) -> Vec<&str> {
    let length = |is_part: fn(char) -> bool| text.find(|c| !is_part(c)).unwrap_or(text.len());
    let mut found = Vec::new();
    let digits = length(|c| c.is_ascii_digit());
    if digits > 0 {
        let dotted = text[..length(|c| c.is_ascii_digit() || c == '.')].trim_end_matches('.');
        let rest = &text[digits..];
        let letter = rest.trim_start_matches(' ');
        let mut letters = letter.chars();
        if let (Some('a'..='z'), true) = (letters.next(), letters.next().is_none_or(|c| !c.is_alphanumeric())) {
            found.push(&text[..=digits + rest.len() - letter.len()]);
        }
        found.push(dotted);
        found.push(&text[..digits]);
    }
    let roman = length(|c| "IVX".contains(c));
    if roman > 0 {
        found.push(&text[..roman]);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Lost, headed, quoted};
    use crate::law::Passage;
    use crate::source::{FileId, Span};

    const TEXT: &str = "Contents\n\nArticle 1: Scope\nThis text is about\ncases.\n\nArticle 2: Form\nUse the form. Article 1 \
                        says when.\n\nChapter 2: Rest\n\nARTICLE 3: End\n§ 71. One.\n§ 71 a. Two, and the rest.\n";

    fn under(citation: &str) -> Result<&str, Lost> {
        let patterns = ["Article #:", "§ #.", "Chapter #:"].map(str::to_owned);
        headed(TEXT, &patterns, citation).map(|range| &TEXT[range])
    }

    #[test]
    fn a_heading_reaches_to_the_next() {
        assert_eq!(under("Article 1"), Ok("Article 1: Scope\nThis text is about\ncases."));
        assert_eq!(under("Article 2(1)"), Ok("Article 2: Form\nUse the form. Article 1 says when."));
        assert_eq!(under("Article 3"), Ok("ARTICLE 3: End"));
        assert_eq!(under("§ 71, first paragraph"), Ok("§ 71. One."));
        assert_eq!(under("§ 71 a"), Ok("§ 71 a. Two, and the rest."));
        assert_eq!(under("Article 4"), Err(Lost::NoHeading));
        let doubled = format!("{TEXT}Article 1: again\n");
        assert_eq!(headed(&doubled, &["Article #:".to_owned()], "Article 1"), Err(Lost::SeveralHeadings));
    }

    #[test]
    fn quoted_words_are_found_whatever_the_punctuation() {
        let passage = |from: &str, to: Option<&str>| {
            let span = Span { file: FileId(0), start: 0, end: 0 };
            let passage = Passage { from: from.to_owned(), to: to.map(str::to_owned), span };
            quoted(TEXT, &passage).map(|range| &TEXT[range])
        };
        assert_eq!(passage("this TEXT", Some("Form")), Ok("This text is about\ncases.\n\nArticle 2: Form"));
        assert_eq!(passage("Scope", None), Ok("Scope\nThis text is about\ncases."));
        assert_eq!(passage("this tect is", Some("casos")), Ok("This text is about\ncases"));
        assert_eq!(passage("Article 1", None), Err(Lost::SeveralWords("Article 1".to_owned())));
        assert_eq!(passage("no such words", None), Err(Lost::NoWords("no such words".to_owned())));
        assert_eq!(passage("This text", Some("Contents")), Err(Lost::NoWords("Contents".to_owned())));
    }
}
