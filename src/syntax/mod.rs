//! From text to tree: `(Ast, findings)`, whatever the text.
//!
//! ```text
//!   bytes ── decode ──► text ── split ──► chunks ── grammar ──► pairs ── lower ──► items
//!                                            │ where the grammar refuses one
//!                                            └─ recover: cut again, keep what is good, expected: say what is not
//! ```
//!
//! 1. [`decode()`] makes a text of the bytes of a file and reports what hides in it.
//! 2. `split` cuts the text at the lines that begin an item. A block or a quoted text that is not closed ends there too,
//!    so that it costs one item and not the rest of the file.
//! 3. `grammar` holds pest and what it made of `grammar/rules.pest`; nothing else knows it, `lower` and `recover` apart.
//!    Whole neighbouring chunks are read together, which saves much of the time.
//! 4. `lower` makes the tree of what the grammar accepted.
//! 5. `recover` takes what it refused, cuts it into items and these into statements, and reads them one by one: every
//!    statement that is broken is reported, every one that is not is kept.
//! 6. `expected`, `mistakes` and `dates` put a refusal into the words of the user.
//! 7. `subject` says what findings are about, in names instead of places.
//!
//! `layout` reads a file once more as it is written, with remarks and spelling, for who lays it out.
//!
//! All of it is linear in the text and pure, and nothing recurses but for parentheses, which are limited.

pub mod ast;
mod dates;
mod decode;
mod expected;
mod grammar;
pub(crate) mod layout;
mod lower;
mod mistakes;
mod recover;
mod scan;
mod split;
mod subject;
mod text;
mod words;

pub use decode::decode;
pub(crate) use layout::without_remarks;
pub use subject::Landmarks;
pub use words::{ITEM_WORDS, is_reserved};

use crate::finding::{Code, Finding};
use crate::source::{FileId, SourceFile, Sources, Span};

use ast::Ast;
use grammar::Rule;
use lower::Lower;
use split::Chunk;

/// How deeply parentheses or braces may be nested. What people write stays below five.
const DEEPEST: usize = 128;

/// The longest item, in bytes. What the grammar makes of an item takes some hundred times its length in memory.
const LONGEST: usize = 1 << 20;

/// No more findings than this are made of one file.
const MOST_FINDINGS: usize = 100_000;

/// So many items, and so many bytes, are read at once at most.
const BATCH: usize = 64;
const BATCH_BYTES: usize = 1 << 16;

/// Reads all files. Every broken statement of every file is reported; what is not broken is in the tree.
///
/// The files come from [`decode()`], which has reported the characters that cannot be read.
pub fn parse(sources: &Sources) -> (Ast<'_>, Vec<Finding>) {
    let mut ast = Ast::default();
    let mut findings = Vec::new();
    for (id, file) in sources.iter() {
        findings.append(&mut parse_file(id, file, &mut ast));
    }
    (ast, findings)
}

/// Reads one file into the tree.
fn parse_file<'s>(id: FileId, file: &'s SourceFile, ast: &mut Ast<'s>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let chunks = split::split(id, &file.text, &mut findings);
    let mut lower = Lower::new(id, &file.text, findings);
    let mut rest = chunks.as_slice();
    while let Some(first) = rest.first() {
        let count = batch(rest);
        let (now, later) = rest.split_at(count);
        rest = later;
        let last = now.last().unwrap_or(first);
        let text = file.text.get(first.start..last.end).unwrap_or("");
        if count > 1
            && let Ok(items) = grammar::read(Rule::chunk, text)
        {
            ast.items.extend(items.into_iter().map(|item| lower.item(item)));
            continue;
        }
        for chunk in now {
            recover::chunk(&mut lower, file.text.get(chunk.start..chunk.end).unwrap_or(""), *chunk, ast);
        }
        if lower.findings.len() >= MOST_FINDINGS {
            let end = file.text.len();
            lower.findings.truncate(MOST_FINDINGS);
            let message = format!("more than {MOST_FINDINGS} faults: the rest of this file is not read");
            lower.findings.push(Finding::new(Code::TooLong, span(id, end, end), message));
            break;
        }
    }
    ast.broken_names.append(&mut lower.misdated);
    lower.findings
}

/// How many of the chunks are whole, stand side by side and are together short enough to be read at once; at least one.
fn batch(chunks: &[Chunk]) -> usize {
    let Some(first) = chunks.first() else { return 0 };
    let whole = |chunk: &Chunk| !chunk.faulty && !chunk.too_deep && chunk.end - first.start <= BATCH_BYTES;
    let pairs = chunks.iter().zip(chunks.iter().skip(1)).take(BATCH - 1);
    1 + pairs.take_while(|(one, next)| whole(one) && whole(next) && one.end == next.start).count()
}

/// Reads one question, as a rule or a test words it: `authority to receive`, `requested authority report-outcome`.
///
/// The file need not be among any sources; the places of the tree and of the finding are in it.
pub fn parse_question(file: FileId, text: &str) -> Result<ast::Question<'_>, Box<Finding>> {
    alone(file, text, Rule::question_line, Lower::question)
}

/// Reads one fact and its value, as a test gives it: `offence-district is "Oslo"`, `not suspect-resides`.
pub fn parse_given(file: FileId, text: &str) -> Result<ast::Given<'_>, Box<Finding>> {
    alone(file, text, Rule::given_line, Lower::given)
}

/// Reads one thing that stands alone.
fn alone<'s, T>(
    file: FileId,
    text: &'s str,
    rule: Rule,
    lower_one: impl FnOnce(&mut Lower<'s>, pest::iterators::Pair<'s, Rule>) -> T,
) -> Result<T, Box<Finding>> {
    // a limit on the length is one on the nesting that could be in it
    const LONGEST_ALONE: usize = 1 << 12;
    if text.len() > LONGEST_ALONE {
        return Err(Box::new(Finding::new(
            Code::TooLong,
            span(file, 0, 0),
            "this is too long for one question or fact",
        )));
    }
    let mut lower = Lower::new(file, text, Vec::new());
    let pairs = match grammar::read(rule, text) {
        Ok(pairs) => pairs,
        Err(error) => return Err(Box::new(expected::finding(file, text, text, &error))),
    };
    let found = pairs.into_iter().next().map(|pair| lower_one(&mut lower, pair));
    match (found, lower.findings.into_iter().next()) {
        (Some(found), None) => Ok(found),
        (_, Some(finding)) => Err(Box::new(finding)),
        (None, None) => Err(Box::new(Finding::new(Code::Syntax, span(file, 0, 0), "nothing is written here"))),
    }
}

/// The stretch of a file. Offsets fit: [`decode()`] reads no file that is longer than they can say.
fn span(file: FileId, start: usize, end: usize) -> Span {
    let offset = |at| u32::try_from(at).unwrap_or(u32::MAX);
    Span { file, start: offset(start), end: offset(end) }
}
