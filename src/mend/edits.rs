//! Words in the place of others, in many files at once.

use crate::finding::{Edit, Fix};
use crate::source::{Sources, Span};

/// Those whose fixes can be made together, the earlier before the later: no two write at one place, unless they write
/// the same.
pub(super) fn compatible<T>(all: impl IntoIterator<Item = T>, fix: impl Fn(&T) -> Option<&Fix>) -> Vec<T> {
    let mut taken: std::collections::BTreeSet<Edit> = std::collections::BTreeSet::new();
    let mut chosen = Vec::new();
    for one in all {
        let Some(fix) = fix(&one) else { continue };
        let is_free = |edit: &Edit| {
            // what is taken does not overlap, so that only the neighbours can meet it
            let mut before = taken.range(..edit).rev();
            let mut after = taken.range(edit..);
            let is_in_the_way = |other: &Edit| other != edit && meet(other.span, edit.span);
            !before.next().is_some_and(is_in_the_way) && !after.next().is_some_and(is_in_the_way)
        };
        if fix.edits.iter().all(is_free) {
            taken.extend(fix.edits.iter().cloned());
            chosen.push(one);
        }
    }
    chosen
}

/// The files with the edits of compatible fixes, and where the new words stand in them.
pub(super) fn apply<'f>(sources: &Sources, fixes: impl Iterator<Item = &'f Fix>) -> (Sources, Vec<Span>) {
    let mut edits: Vec<&Edit> = fixes.flat_map(|fix| &fix.edits).collect();
    edits.sort_unstable();
    edits.dedup();
    let (mut edited, mut written) = (Sources::default(), Vec::new());
    for (file, old) in sources.iter() {
        let mut text = String::with_capacity(old.text.len());
        let mut end = 0;
        for edit in edits.iter().filter(|edit| edit.span.file == file) {
            text.push_str(old.text.get(end..edit.span.start as usize).unwrap_or_default());
            let start = text.len();
            text.push_str(&edit.words);
            let place = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
            written.push(Span { file, start: place(start), end: place(text.len()) });
            end = edit.span.end as usize;
        }
        text.push_str(old.text.get(end..).unwrap_or_default());
        edited.add(old.with_text(text));
    }
    (edited, written)
}

/// The places share a byte, or one of them is a point in the other.
pub(super) fn meet(one: Span, two: Span) -> bool {
    one.file == two.file && (one.start < two.end && two.start < one.end || one.start == two.start)
}

#[cfg(test)]
mod tests {
    use super::{apply, compatible};
    use crate::finding::{Edit, Fix};
    use crate::source::{FileId, SourceFile, Sources, Span};

    fn write(start: u32, end: u32, words: &str) -> Fix {
        let span = Span { file: FileId(0), start, end };
        Fix { says: String::new(), edits: vec![Edit { span, words: words.into() }], is_safe: true }
    }

    #[test]
    fn what_overlaps_waits_and_what_is_the_same_is_done_once() {
        let mut sources = Sources::default();
        sources.add(SourceFile::new("a.rules", "one two three"));
        let fixes = [
            write(4, 7, "TWO"),
            write(4, 7, "TWO"),
            write(6, 9, "?"),
            write(0, 3, ""),
            write(7, 8, "-"),
            write(2, 5, "!"),
        ];
        let chosen = compatible(&fixes, |fix| Some(*fix));
        assert_eq!(chosen, [&fixes[0], &fixes[1], &fixes[3], &fixes[4]]);
        let (edited, written) = apply(&sources, chosen.into_iter());
        assert_eq!(edited.file(FileId(0)).text, " TWO-three");
        assert_eq!(written.iter().map(|span| edited.text(*span)).collect::<Vec<_>>(), ["", "TWO", "-"]);
    }
}
