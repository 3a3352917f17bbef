//! From tokens to the lines that a layout always has, before any of them is broken.

use unicode_width::UnicodeWidthStr;

use super::STEP;
use crate::syntax::layout::{Column, Gap, List, Token};

/// An item, a statement, a part that stands on a line of its own, or a closing brace.
#[derive(Debug)]
pub(super) struct Line<'s> {
    /// How often it is moved right.
    pub(super) depth: usize,
    /// With what it lines up.
    pub(super) list: List,
    /// An empty line stands before it, or before its remarks.
    pub(super) paragraph: bool,
    /// The remarks that stand on lines of their own before it, as far right as `remark_depth`.
    pub(super) remarks: Vec<Remark<'s>>,
    pub(super) remark_depth: usize,
    /// Its words; none where only remarks are left at the end of the file.
    pub(super) words: Vec<Word<'s>>,
}

/// A remark on a line of its own.
#[derive(Debug)]
pub(super) struct Remark<'s> {
    pub(super) text: &'s str,
    /// An empty line stands before it.
    pub(super) paragraph: bool,
}

/// A word, a mark or a quoted text.
#[derive(Debug)]
pub(super) struct Word<'s> {
    pub(super) text: &'s str,
    /// Its columns of a terminal; of a text over several lines those of the longest.
    pub(super) width: usize,
    pub(super) gap: Gap,
    pub(super) column: Option<Column>,
    /// The remarks on lines of their own before it, in the midst of a line.
    pub(super) above: Vec<&'s str>,
    /// The remark behind it.
    pub(super) behind: Option<&'s str>,
    /// Where the line is broken before it: how many blanks it is moved right.
    pub(super) broken: Option<usize>,
    /// How many blanks stand before it to line it up, beside the one.
    pub(super) padding: usize,
}

impl Line<'_> {
    /// How many blanks stand before it.
    pub(super) fn indent(&self) -> usize {
        self.depth * STEP
    }

    /// It ends in the brace of a block whose statements follow.
    pub(super) fn opens(&self) -> bool {
        self.words.last().is_some_and(|word| word.gap == Gap::Open)
    }
}

impl Word<'_> {
    /// How many columns stand between it and the word before.
    pub(super) fn blanks(&self) -> usize {
        if self.gap == Gap::Tight { 0 } else { 1 + self.padding }
    }
}

/// Divides the tokens of a file.
pub(super) fn lines<'s>(tokens: &[Token<'s>]) -> Vec<Line<'s>> {
    let mut lines = Lines::default();
    for (at, token) in tokens.iter().enumerate() {
        match token.gap {
            Gap::Remark => lines.remark(token, at == 0),
            Gap::Item(list) => {
                lines.depth = 0;
                lines.begin(token, list, 0);
            }
            Gap::Statement(list) => lines.begin(token, list, lines.depth),
            Gap::Part(list) => lines.begin(token, list, lines.depth + 1),
            Gap::Close => lines.close(token),
            Gap::Open => {
                lines.word(token);
                lines.depth += 1;
                lines.opened = true;
            }
            Gap::Fold(_) | Gap::Blank | Gap::Tight => lines.word(token),
        }
    }
    if !lines.remarks.is_empty() {
        lines.depth = 0;
        lines.push(List::Alone, 0, Vec::new());
    }
    lines.done
}

#[derive(Default)]
struct Lines<'s> {
    done: Vec<Line<'s>>,
    depth: usize,
    /// The last token opened a block.
    opened: bool,
    /// Remarks that belong to what comes next.
    remarks: Vec<Remark<'s>>,
}

impl<'s> Lines<'s> {
    fn remark(&mut self, token: &Token<'s>, first: bool) {
        let last = self.done.last_mut().and_then(|line| line.words.last_mut());
        if let Some(word) = last
            && token.breaks_before == 0
            && self.remarks.is_empty()
        {
            word.behind = Some(token.text);
            return;
        }
        let paragraph = token.breaks_before > 1 && !first && !(self.opened && self.remarks.is_empty());
        self.remarks.push(Remark { text: token.text, paragraph });
    }

    /// Begins a line with a word.
    fn begin(&mut self, token: &Token<'s>, list: List, depth: usize) {
        self.push(list, depth, vec![word(token, Vec::new())]);
        let begins_block = std::mem::take(&mut self.opened);
        let is_first = self.done.len() == 1;
        let is_part = matches!(token.gap, Gap::Part(_));
        let Some(line) = self.done.last_mut() else { return };
        if is_part {
            line.remarks.iter_mut().for_each(|remark| remark.paragraph = false);
        } else if line.remarks.is_empty() {
            line.paragraph = token.breaks_before > 1 && !begins_block && !is_first;
        } else {
            // an empty line between a remark and what follows divides as well
            let after = token.breaks_before > 1;
            line.paragraph = after;
        }
    }

    fn push(&mut self, list: List, depth: usize, words: Vec<Word<'s>>) {
        let remarks = std::mem::take(&mut self.remarks);
        self.done.push(Line { depth, list, paragraph: false, remarks, remark_depth: depth, words });
    }

    /// Goes on with the line.
    fn word(&mut self, token: &Token<'s>) {
        let above: Vec<_> = std::mem::take(&mut self.remarks).into_iter().map(|remark| remark.text).collect();
        if let Some(line) = self.done.last_mut() {
            line.words.push(word(token, above));
        }
    }

    fn close(&mut self, token: &Token<'s>) {
        self.depth = self.depth.saturating_sub(1);
        let behind = self.done.last().and_then(|line| line.words.last()).and_then(|word| word.behind);
        let empty = std::mem::take(&mut self.opened) && self.remarks.is_empty() && behind.is_none();
        if empty {
            self.word(token);
            return;
        }
        self.push(List::Alone, self.depth, vec![word(token, Vec::new())]);
        if let Some(line) = self.done.last_mut() {
            line.remark_depth = self.depth + 1;
        }
    }
}

fn word<'s>(token: &Token<'s>, above: Vec<&'s str>) -> Word<'s> {
    let width = token.text.lines().map(|line| line.trim_matches([' ', '\t', '\r']).width()).max().unwrap_or(0);
    // the lines of a text stand below its first character, not below its quotation mark
    let width = if token.text.contains('\n') { width + 1 } else { width };
    Word {
        text: token.text,
        width,
        gap: token.gap,
        column: token.column,
        above,
        behind: None,
        broken: None,
        padding: 0,
    }
}
