//! The lines of the files that a report shows: those around its places, and no more.
//!
//! miette's own sources count lines from the first byte of a file for every label, and print a line however long it is.
//! Here the lines are cut out once, a long line is cut around the place, and what cannot be shown is replaced. The pieces
//! lie one after another in a text of their own, with gaps between them, and labels are given in its offsets; pieces of
//! several files are one source, each with its own heading.

use std::ops::Range;

use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use super::{one_line, visible, visible_char};
use crate::finding::{Finding, Place};
use crate::source::{FileId, SourceFile, Sources};

/// What stands before a line: its number, a rule and blanks; and the dots after one that goes on.
const MARGIN: usize = 10;

/// How much of a line is shown, in bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room(usize);

impl Room {
    /// In a report of that width.
    pub(super) fn within(width: usize) -> Room {
        Room(width.saturating_sub(MARGIN).max(20))
    }

    /// What is shown of a longer line before and after a place.
    fn around(self) -> usize {
        self.0 / 4
    }

    /// What is shown of a place that is itself longer.
    fn of_place(self) -> usize {
        self.0 / 2
    }

    /// The part of a long line that is shown around a place.
    fn window(self, text: &str, spot: &Spot<'_>) -> (usize, usize) {
        let from = floor(text, spot.span.start.saturating_sub(self.around()));
        let end = spot.span.end.min(spot.span.start + self.of_place());
        (from, floor(text, (end + self.around()).min(text.len())))
    }
}

/// Pieces of files with labels on them.
#[derive(Debug)]
pub(super) struct Excerpt {
    pieces: Vec<Piece>,
    /// The labels, in the order of their offsets.
    pub(super) labels: Vec<Label>,
    room: Room,
}

/// A label in the offsets of the excerpt.
#[derive(Clone, Debug)]
pub(super) struct Label {
    span: Range<usize>,
    text: String,
    /// It marks the place of the finding itself.
    pub(super) primary: bool,
    /// Line and column in the file, from 0.
    at: (usize, usize),
}

/// Some successive lines of one file.
#[derive(Debug)]
struct Piece {
    name: String,
    /// Number of its first line, from 0.
    first_line: usize,
    /// Offset at which it begins in the excerpt.
    base: usize,
    /// Its lines, each with a line break.
    text: String,
}

/// A place on one line of a file.
struct Spot<'f> {
    line: usize,
    span: Range<usize>,
    place: &'f Place,
    primary: bool,
}

impl Excerpt {
    /// The places of a finding, those in its own file first.
    pub(super) fn of(sources: &Sources, finding: &Finding, room: Room) -> Option<Excerpt> {
        let primary = finding.place.as_ref()?;
        let places = || std::iter::once((true, primary)).chain(finding.others.iter().map(|place| (false, place)));
        let mut files: Vec<FileId> = places().map(|(_, place)| place.span.file).collect();
        files.sort_unstable_by_key(|file| (*file != primary.span.file, *file));
        files.dedup();
        let mut excerpt = Excerpt { pieces: Vec::new(), labels: Vec::new(), room };
        for id in files {
            let file = sources.file(id);
            let mut spots: Vec<_> = places()
                .filter(|(_, place)| place.span.file == id)
                .map(|(primary, place)| spot(file, place, primary))
                .collect();
            spots.sort_by_key(|spot| (spot.line, spot.span.start));
            excerpt.add_file(file, &spots);
        }
        excerpt.labels.sort_by_key(|label| (label.span.start, label.span.end));
        Some(excerpt)
    }

    /// Adds a piece for each group of places that lie close together, the one with the place of the finding first.
    fn add_file(&mut self, file: &SourceFile, spots: &[Spot<'_>]) {
        let mut groups: Vec<&[Spot<'_>]> = Vec::new();
        let mut rest = spots;
        while !rest.is_empty() {
            let (group, later) = rest.split_at(close_together(file, rest, self.room));
            groups.push(group);
            rest = later;
        }
        groups.sort_by_key(|group| !group.iter().any(|spot| spot.primary));
        for group in groups {
            match group {
                [first, ..] if line(file, first.line).len() > self.room.0 => self.add_part_of_line(file, first, group),
                [first, .., last] => self.add_lines(file, first.line, last.line, group),
                [only] => self.add_lines(file, only.line, only.line, group),
                [] => {}
            }
        }
    }

    /// Adds the lines from the first to the last place, and one more on either side that is not blank.
    fn add_lines(&mut self, file: &SourceFile, first: usize, last: usize, spots: &[Spot<'_>]) {
        let before = first.checked_sub(1).filter(|before| !line(file, *before).is_empty());
        let first = before.unwrap_or(first);
        let last = if line(file, last + 1).is_empty() { last } else { last + 1 };
        let mut piece = self.next_piece(file, first);
        for number in first..=last {
            let text = line(file, number);
            let shown = floor(text, text.len().min(self.room.0));
            let start = piece.base + piece.text.len();
            let on_line = spots.iter().filter(|spot| spot.line == number);
            self.labels.extend(on_line.map(|spot| label(file, spot, start, text, 0)));
            piece.text.extend(text[..shown].chars().map(visible_char));
            piece.text.push_str(if shown < text.len() { "…\n" } else { "\n" });
        }
        self.pieces.push(piece);
    }

    /// Adds the part of a long line around the first place; the others lie in it.
    fn add_part_of_line(&mut self, file: &SourceFile, first: &Spot<'_>, spots: &[Spot<'_>]) {
        let text = line(file, first.line);
        let (from, until) = self.room.window(text, first);
        let mut piece = self.next_piece(file, first.line);
        piece.text.push_str(if from > 0 { "…" } else { "" });
        let start = piece.base + piece.text.len();
        self.labels.extend(spots.iter().map(|spot| label(file, spot, start, &text[..until], from)));
        piece.text.extend(text[from..until].chars().map(visible_char));
        piece.text.push_str(if until < text.len() { "…\n" } else { "\n" });
        self.pieces.push(piece);
    }

    fn next_piece(&self, file: &SourceFile, first_line: usize) -> Piece {
        // a byte between two pieces keeps their offsets apart
        let base = self.pieces.last().map_or(0, |piece| piece.base + piece.text.len() + 1);
        Piece { name: one_line(&file.path), first_line, base, text: String::new() }
    }

    /// The labels as miette takes them.
    pub(super) fn spans(&self) -> impl Iterator<Item = LabeledSpan> {
        self.labels.iter().map(|label| {
            let text = (!label.text.is_empty()).then(|| label.text.clone());
            if label.primary {
                LabeledSpan::new_primary_with_span(text, label.span.clone())
            } else {
                LabeledSpan::new_with_span(text, label.span.clone())
            }
        })
    }
}

/// The place, cut to its first line.
fn spot<'f>(file: &SourceFile, place: &'f Place, primary: bool) -> Spot<'f> {
    let number = file.line_of(place.span.start);
    let text = line(file, number);
    let on_line = |offset: u32| floor(text, (offset as usize).saturating_sub(file.line_start(number)));
    let start = on_line(place.span.start);
    let end = on_line(place.span.end).max(start);
    Spot { line: number, span: start..end, place, primary }
}

/// How many of the places, from the first on, are shown in one piece.
fn close_together(file: &SourceFile, spots: &[Spot<'_>], room: Room) -> usize {
    let Some(first) = spots.first() else { return 0 };
    let text = line(file, first.line);
    if text.len() > room.0 {
        let (_, until) = room.window(text, first);
        return spots.iter().take_while(|spot| spot.line == first.line && spot.span.start <= until).count();
    }
    let near = |(one, next): (&Spot<'_>, &Spot<'_>)| next.line <= one.line + 3 && line(file, next.line).len() <= room.0;
    1 + spots.iter().zip(spots.iter().skip(1)).take_while(|pair| near(*pair)).count()
}

/// The label of a place on a line of which `text`, from `from` on, stands at `start` of the excerpt.
fn label(file: &SourceFile, spot: &Spot<'_>, start: usize, text: &str, from: usize) -> Label {
    let shown = |offset: usize| {
        let before = text.get(from..offset.min(text.len())).unwrap_or("");
        start + before.chars().map(|c| visible_char(c).len_utf8()).sum::<usize>()
    };
    let (line, column) = file.line_column(spot.place.span.start);
    Label {
        span: shown(spot.span.start)..shown(spot.span.end),
        text: visible(&spot.place.label),
        primary: spot.primary,
        at: (line - 1, column - 1),
    }
}

/// A line of a file, without its line break and the blanks before that.
fn line(file: &SourceFile, number: usize) -> &str {
    file.text.get(file.line_start(number)..file.line_start(number + 1)).unwrap_or("").trim_end()
}

/// The offset, or the start of the character in which it lies; at most the end of the text.
fn floor(text: &str, offset: usize) -> usize {
    (0..=offset.min(text.len())).rev().find(|offset| text.is_char_boundary(*offset)).unwrap_or(0)
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (start, end) = (span.offset(), span.offset() + span.len());
        let holds = |piece: &&Piece| piece.base <= start && end <= piece.base + piece.text.len();
        let piece = self.pieces.iter().find(holds).ok_or(MietteError::OutOfBounds)?;
        // without context miette asks only for the heading, which is to say where the place really is
        if before == 0
            && after == 0
            && let Some(label) = self.labels.iter().find(|label| label.span == (start..end))
        {
            let (line, column) = label.at;
            let contents = MietteSpanContents::new_named(piece.name.clone(), &[], *span, line, column, 1);
            return Ok(Box::new(contents));
        }
        let breaks = |text: &str| text.bytes().filter(|byte| *byte == b'\n').count();
        let until = |offset: usize| piece.text.get(..offset - piece.base).unwrap_or("");
        let first = breaks(until(start)).saturating_sub(before);
        let last = breaks(until(end)) + after;
        let lines = piece.text.split_inclusive('\n').enumerate();
        let (mut from, mut length, mut count) = (0, 0, 0);
        for (number, line) in lines {
            if number < first {
                from += line.len();
            } else if number <= last {
                length += line.len();
                count += 1;
            }
        }
        let data = piece.text.as_bytes().get(from..from + length).unwrap_or_default();
        let span = SourceSpan::from((piece.base + from, length));
        let contents =
            MietteSpanContents::new_named(piece.name.clone(), data, span, piece.first_line + first, 0, count);
        Ok(Box::new(contents))
    }
}

#[cfg(test)]
mod tests {
    use miette::SourceCode as _;

    use super::{Excerpt, Room};
    use crate::finding::{Code, Finding};
    use crate::source::{FileId, SourceFile, Sources, Span};

    fn at(file: FileId, text: &str, word: &str) -> Span {
        let start = text.find(word).expect("the word is in the text");
        let place = |at: usize| u32::try_from(at).expect("a short text");
        Span { file, start: place(start), end: place(start + word.len()) }
    }

    /// What each label marks, and where miette is told that it stands.
    fn marked(excerpt: &Excerpt) -> Vec<(String, usize, usize)> {
        let shown = |span: &miette::SourceSpan| {
            let lines = excerpt.read_span(span, 1, 1).expect("a label lies in a piece");
            let heading = excerpt.read_span(span, 0, 0).expect("a label lies in a piece");
            let from = span.offset() - lines.span().offset();
            let text = String::from_utf8(lines.data()[from..from + span.len()].to_vec()).expect("whole characters");
            (text, heading.line(), heading.column())
        };
        excerpt.spans().map(|label| shown(label.inner())).collect()
    }

    #[test]
    fn labels_stay_on_their_words_in_long_lines_and_among_strange_characters() {
        let far = format!("{}målet{}andet{}", "å\u{202e}".repeat(200), "x".repeat(500), "y".repeat(500));
        let text = format!("first\n\u{1b}[31m{far}\nlast");
        let mut sources = Sources::default();
        let file = sources.add(SourceFile::new("long.rules", text.clone()));
        let finding = Finding::new(Code::Syntax, at(file, &text, "målet"), "here")
            .other(at(file, &text, "andet"), "there")
            .other(at(file, &text, "last"), "end");
        let excerpt = Excerpt::of(&sources, &finding, Room::within(200)).expect("it has a place");
        let words: Vec<_> = marked(&excerpt).into_iter().map(|(word, ..)| word).collect();
        assert_eq!(words, ["målet", "andet", "last"]);
        let column = 5 + 2 * 200;
        assert_eq!(marked(&excerpt)[0], ("målet".to_owned(), 1, column));
        assert!(excerpt.pieces.iter().all(|piece| piece.text.len() < 4 * 200));
        let strange = |c: char| c == '\u{1b}' || c == '\u{202e}';
        assert!(!excerpt.pieces.iter().any(|piece| piece.text.contains(strange)));
    }

    #[test]
    fn the_place_of_the_finding_comes_first_and_files_stay_apart() {
        let texts = [("a.rules", "one\ntwo\n\n\n\n\n\nthree\n"), ("b.rules", "four\n")];
        let mut sources = Sources::default();
        let [a, b] = texts.map(|(name, text)| sources.add(SourceFile::new(name, text)));
        let finding = Finding::new(Code::Syntax, at(a, texts[0].1, "three"), "here")
            .other(at(b, texts[1].1, "four"), "")
            .other(at(a, texts[0].1, "one"), "");
        let excerpt = Excerpt::of(&sources, &finding, Room::within(200)).expect("it has a place");
        let marked = marked(&excerpt);
        assert_eq!(marked, [("three".to_owned(), 7, 0), ("one".to_owned(), 0, 0), ("four".to_owned(), 0, 0)]);
        let names: Vec<_> = excerpt.pieces.iter().map(|piece| piece.name.as_str()).collect();
        assert_eq!(names, ["a.rules", "a.rules", "b.rules"]);
    }

    #[test]
    fn an_empty_file_and_the_end_of_a_text_can_be_shown() {
        for text in ["", "x", "x\n"] {
            let mut sources = Sources::default();
            let file = sources.add(SourceFile::new("end.rules", text));
            let end = u32::try_from(text.len()).expect("a short text");
            let finding = Finding::new(Code::Syntax, Span { file, start: end, end }, "here");
            let shown = crate::render::human(&sources, &[finding], crate::render::Look::PLAIN);
            assert!(shown.contains("end.rules:"), "{shown}");
        }
    }
}
