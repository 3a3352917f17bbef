//! Cuts a file into chunks before the grammar sees it, so that a fault in one item hides no other.
//!
//! A chunk runs from one word at the margin that begins an item to the next. The walk is over the file once; what it sees
//! on the way (a text or a block that is not closed, a brace too many, nesting without end) is reported here, where its
//! place is known, and not again by the grammar.

use crate::finding::{Code, Finding};
use crate::source::FileId;

use super::scan::{Mark, Scanner};
use super::words::{ITEM_WORDS, begins_item, begins_item_in_braces, first_word, is_reserved, nearest, skip_blanks};
use super::{DEEPEST, MOST_FINDINGS, span};

/// A stretch of a file, and what is already known of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Chunk {
    pub(super) start: usize,
    pub(super) end: usize,
    /// It is nested too deeply: the grammar must not see it.
    pub(super) too_deep: bool,
    /// Something in it is reported; how the braces and quotation marks in it were meant is a guess.
    pub(super) faulty: bool,
}

/// Cuts `text`. Chunks that hold nothing but blanks and comments are left out.
pub(super) fn split(file: FileId, text: &str, findings: &mut Vec<Finding>) -> Vec<Chunk> {
    let mut splitter = Splitter { file, text, findings, chunks: Vec::new(), now: State::default() };
    let mut scanner = Scanner::new(text);
    while let Some((at, mark)) = scanner.next() {
        splitter.see(at, mark);
    }
    splitter.close_blocks(text.len(), "the file ends");
    splitter.cut(text.len(), text.len());
    splitter.chunks
}

struct Splitter<'s, 'f> {
    file: FileId,
    text: &'s str,
    findings: &'f mut Vec<Finding>,
    chunks: Vec<Chunk>,
    now: State,
}

/// What is known of the chunk that is being read.
#[derive(Default)]
struct State {
    chunk: Chunk,
    /// Where the open blocks begin, the outermost first, as far as they are not too many.
    blocks: Vec<usize>,
    depth: usize,
    parentheses: usize,
    has_block: bool,
    /// A brace that closes nothing ended here: the next one, with only blanks between, is not reported again.
    stray_brace_end: Option<usize>,
}

impl Splitter<'_, '_> {
    fn see(&mut self, at: usize, mark: Mark) {
        let rest = self.text.get(at..).unwrap_or("");
        match mark {
            Mark::Word { at_margin: false } => {}
            Mark::Word { at_margin: true } => {
                if self.now.depth == 0 {
                    if begins_item(rest) || nearly_begins_item(rest) {
                        self.cut(at, at);
                    }
                } else if begins_item_in_braces(rest) {
                    let next = format!("`{}` begins the next item", first_word(rest));
                    self.close_blocks(at, &next);
                    self.cut(at, at);
                }
            }
            Mark::Open => {
                if self.now.blocks.len() < DEEPEST {
                    self.now.blocks.push(at);
                }
                self.now.depth += 1;
                self.now.has_block = true;
                self.limit(self.now.depth, at, "braces");
            }
            Mark::Close if self.now.depth == 0 => self.stray_brace(at),
            Mark::Close => {
                self.now.depth -= 1;
                self.now.blocks.truncate(self.now.depth);
            }
            Mark::ParenOpen => {
                self.now.parentheses += 1;
                self.limit(self.now.parentheses, at, "parentheses");
            }
            Mark::ParenClose => self.now.parentheses = self.now.parentheses.saturating_sub(1),
            Mark::UnclosedText => {
                let line_end = rest.find('\n').map_or(self.text.len(), |length| at + length);
                self.report(
                    Finding::new(Code::UnclosedText, span(self.file, at, line_end), "this quoted text is not closed")
                        .why("everything after it is read as text up to the next quotation mark")
                        .help("write `\"` at its end, and `\\\"` for a quotation mark within it"),
                );
            }
        }
    }

    /// Reports nesting beyond the limit, once for each chunk.
    fn limit(&mut self, depth: usize, at: usize, what: &str) {
        if depth <= DEEPEST || self.now.chunk.too_deep {
            return;
        }
        self.now.chunk.too_deep = true;
        let message = format!("{what} are nested more than {DEEPEST} deep, so this item is not read");
        self.report(Finding::new(Code::TooDeep, span(self.file, at, at + 1), message));
    }

    fn stray_brace(&mut self, at: usize) {
        let again = self.now.stray_brace_end.is_some_and(|end| {
            end <= at && self.text.get(end..at).is_some_and(|between| skip_blanks(between).is_empty())
        });
        // where the opening brace is missing, the grammar says so at the place where it should stand
        let text = skip_blanks(self.text.get(self.now.chunk.start..at).unwrap_or(""));
        let needs_block =
            ["provision", "instrument", "test", "source", "precedence", "form"].contains(&first_word(text));
        if !again && !self.now.chunk.faulty && (self.now.has_block || !needs_block) {
            self.report(
                Finding::new(Code::UnclosedBlock, span(self.file, at, at + 1), "this `}` closes nothing")
                    .help("delete it, or write the `{` that it was to close"),
            );
        }
        self.cut(at, at + 1);
        self.now.stray_brace_end = Some(at + 1);
    }

    /// Reports the innermost block that is open.
    fn close_blocks(&mut self, at: usize, before: &str) {
        let Some(open) = self.now.blocks.last().copied() else { return };
        if self.now.chunk.faulty || self.now.chunk.too_deep {
            return;
        }
        let mut finding = Finding::new(
            Code::UnclosedBlock,
            span(self.file, open, open + 1),
            format!("this block is not closed before {before}"),
        )
        .help("write `}` at its end");
        if at < self.text.len() {
            let word = first_word(self.text.get(at..).unwrap_or(""));
            finding = finding.other(span(self.file, at, at + word.len()), "the block must end before this");
        }
        self.report(finding);
    }

    fn report(&mut self, finding: Finding) {
        self.now.chunk.faulty = true;
        if self.findings.len() < MOST_FINDINGS {
            self.findings.push(finding);
        }
    }

    /// Ends the chunk at `end` and begins the next at `start`.
    fn cut(&mut self, end: usize, start: usize) {
        let chunk = Chunk { end, ..self.now.chunk };
        if !skip_blanks(self.text.get(chunk.start..end).unwrap_or("")).is_empty() {
            self.chunks.push(chunk);
        }
        self.now = State { chunk: Chunk { start, ..Chunk::default() }, ..State::default() };
    }
}

/// `text` begins with what was most likely meant to begin an item: `provison "…"`, `Country …`. The first letter must be
/// right, so that a file of other words costs no comparisons.
fn nearly_begins_item(text: &str) -> bool {
    let word = first_word(text);
    let same_start = |item: &&&str| {
        word.as_bytes().first().zip(item.as_bytes().first()).is_some_and(|(a, b)| a.eq_ignore_ascii_case(b))
    };
    !is_reserved(word) && nearest(word, ITEM_WORDS.iter().filter(same_start).copied()).is_some()
}
