//! Breaks a line that is too long.
//!
//! A line is broken where the grammar says that its largest parts begin, and a part that is still too long at the next
//! smaller ones, moved right once more. Clauses go each on a line of their own if one of them must; smaller parts stay
//! on a line as long as they have room there.

use std::ops::Range;

use super::lines::{Line, Word};
use super::{STEP, WIDTH};
use crate::syntax::layout::{Fold, Gap};

/// Breaks a line, where it must be.
pub(super) fn fold(line: &mut Line<'_>) {
    let indent = line.indent();
    let brace = line.opens().then(|| line.words.len() - 1);
    let mut folder = Folder::new(&mut line.words);
    let all = 0..folder.words.len();
    folder.lay(all, indent + STEP, indent);
    let broken = line.words.iter().any(|word| word.broken.is_some());
    if let Some(brace) = brace.and_then(|at| line.words.get_mut(at))
        && broken
    {
        brace.broken = Some(indent);
    }
}

struct Folder<'l, 's> {
    words: &'l mut [Word<'s>],
    /// How many columns the words before each take, with their blanks.
    widths: Vec<usize>,
    /// How many of the words up to each must begin a line because of a remark, that word included.
    forced: Vec<usize>,
}

impl<'l, 's> Folder<'l, 's> {
    fn new(words: &'l mut [Word<'s>]) -> Folder<'l, 's> {
        let mut widths = vec![0];
        let mut forced = Vec::new();
        let (mut width, mut count, mut behind) = (0, 0, false);
        for word in &*words {
            width += word.blanks() + word.width;
            widths.push(width);
            count += usize::from(behind || !word.above.is_empty());
            forced.push(count);
            behind = word.behind.is_some();
        }
        Folder { words, widths, forced }
    }

    /// How many columns the words take, without what stands before the first.
    fn width(&self, range: &Range<usize>) -> usize {
        let blanks = self.words.get(range.start).map_or(0, Word::blanks);
        self.widths[range.end] - self.widths[range.start] - blanks
    }

    /// A remark before the word makes it begin a line.
    fn is_forced(&self, at: usize) -> bool {
        self.forced[at] > at.checked_sub(1).map_or(0, |before| self.forced[before])
    }

    /// A remark within the words makes one of them begin a line.
    fn is_forced_within(&self, range: &Range<usize>) -> bool {
        range.end > range.start && self.forced[range.end - 1] > self.forced[range.start]
    }

    /// Lays out words of which the first stands at `column`, and what is broken off at `indent`. Returns the column after
    /// the last.
    fn lay(&mut self, range: Range<usize>, indent: usize, column: usize) -> usize {
        let width = self.width(&range);
        if !self.is_forced_within(&range) && column + width <= WIDTH {
            return column + width;
        }
        let inner = range.start + 1..range.end;
        let Some(fold) = self.words.get(inner.clone()).unwrap_or_default().iter().filter_map(fold_of).min() else {
            return self.run_on(range, indent, column);
        };
        let mut starts: Vec<usize> = inner.filter(|at| fold_of(&self.words[*at]) == Some(fold)).collect();
        starts.push(range.end);
        let first = range.start..starts[0];
        let mut column = self.lay(first.clone(), indent, column);
        let mut whole = self.is_whole(&first);
        for pair in starts.windows(2) {
            let part = pair[0]..pair[1];
            let here = column + 1 + self.width(&part);
            // what follows a part that is broken begins a line, or it would be taken for its end
            if fold > Fold::CLAUSE
                && whole
                && here <= WIDTH
                && !self.is_forced(part.start)
                && !self.is_forced_within(&part)
            {
                column = here;
                continue;
            }
            self.words[part.start].broken = Some(indent);
            column = self.lay(part.clone(), indent + STEP, indent);
            whole = self.is_whole(&part);
        }
        column
    }

    /// No line begins within the words.
    fn is_whole(&self, range: &Range<usize>) -> bool {
        let inner = self.words.get(range.start + 1..range.end).unwrap_or_default();
        inner.iter().all(|word| word.broken.is_none())
    }

    /// Words between which the line may not be broken, but for remarks.
    fn run_on(&mut self, range: Range<usize>, indent: usize, column: usize) -> usize {
        let mut start = range.start;
        let mut from = column;
        for at in range.start + 1..range.end {
            if self.is_forced(at) {
                self.words[at].broken = Some(indent);
                (start, from) = (at, indent);
            }
        }
        from + self.width(&(start..range.end))
    }
}

fn fold_of(word: &Word<'_>) -> Option<Fold> {
    match word.gap {
        Gap::Fold(fold) => Some(fold),
        _ => None,
    }
}
