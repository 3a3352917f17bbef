//! From text to tree: `(Ast, findings)`, whatever the text.
//!
//! ```text
//!   bytes ── decode ──► text ── split ──► chunks ── grammar ──► forms ── lower ──► items
//!                                            │ where the grammar refuses one
//!                                            └─ recover: cut again, keep what is good, expected: say what is not
//! ```
//!
//! 1. [`decode()`] makes a text of the bytes of a file and reports what hides in it.
//! 2. `split` cuts the text at the lines that begin an item. A block or a quoted text that is not closed ends there too,
//!    so that it costs one item and not the rest of the file.
//! 3. `grammar` holds pest and what it made of `grammar/rules.pest`: a `tree` of forms. A chunk of a shape that was met
//!    before has the forms that were found then (`marks`, `shapes`): an annex of a hundred lines is read once, and of
//!    most of its items only the place is kept (`kept`).
//! 4. `lower` makes the items of what the grammar accepted.
//! 5. `recover` takes what it refused, cuts it into items and these into statements, and reads them one by one: every
//!    statement that is broken is reported, every one that is not is kept.
//! 6. `expected`, `mistakes`, `order`, `lists`, `like`, `numbers` and `dates` put a refusal into the words of the user; what they advise is
//!    read first (`refused`).
//! 7. `subject` says what findings are about, in names instead of places.
//!
//! `layout` reads a file once more as it is written, with remarks and spelling, for who lays it out.
//!
//! All of it is linear in the text and pure, and nothing recurses but for parentheses, which are limited.

pub mod ast;
#[cfg(test)]
mod cost;
mod dates;
mod decode;
mod expected;
mod grammar;
mod kept;
pub(crate) mod layout;
mod like;
mod lists;
mod lower;
mod marks;
mod mistakes;
mod numbers;
mod order;
mod recover;
mod refused;
mod scan;
mod shapes;
mod split;
mod subject;
mod text;
mod tree;
mod words;

pub use decode::decode;
pub(crate) use decode::{is_reported, text_of};
pub(crate) use layout::without_remarks;
pub(crate) use numbers::in_words as number_in_words;
pub use subject::name_subjects;
pub(crate) use words::all as all_words;
pub use words::{ITEM_WORDS, is_reserved};

use crate::finding::{Code, Finding};
use crate::source::{FileId, SourceFile, Sources, Span};

use ast::Ast;
use grammar::Rule;
use kept::Kept;
use lower::Lower;
use marks::Marks;
use split::Chunk;
use tree::View;

/// How deeply parentheses or braces may be nested. What people write stays below five.
const DEEPEST: usize = 128;

/// The longest item, in bytes. What the grammar makes of an item takes some hundred times its length in memory.
const LONGEST: usize = 1 << 20;

/// No more findings than this are made of one file.
const MOST_FINDINGS: usize = 100_000;

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
    let mut marks = Marks::default();
    ast.texts.resize(id.0 as usize, "");
    ast.texts.push(&file.text);
    for chunk in chunks {
        let text = file.text.get(chunk.start..chunk.end).unwrap_or("");
        if chunk.faulty || chunk.too_deep || !by_shape(&mut lower, &mut marks, text, chunk, ast) {
            recover::chunk(&mut lower, text, chunk, ast);
        }
        if lower.findings.len() >= MOST_FINDINGS {
            let end = file.text.len();
            lower.findings.truncate(MOST_FINDINGS);
            let message = format!("more than {MOST_FINDINGS} faults: the rest of this file is not read");
            lower.findings.push(Finding::new(Code::TooLong, span(id, end, end), message));
            break;
        }
    }
    ast.cites |= lower.cites;
    ast.broken_names.append(&mut lower.misdated);
    ast.unread.append(&mut lower.unread);
    lower.findings
}

/// Reads a chunk of a shape that is known or can be; whether it was read. Where there are many items and it is known that
/// reading this one finds nothing, its place is kept instead.
fn by_shape<'s>(lower: &mut Lower<'s>, marks: &mut Marks, text: &'s str, chunk: Chunk, ast: &mut Ast<'s>) -> bool {
    if marks.cut(text).is_none() {
        return false;
    }
    let shape = if let Some(shape) = ast.shapes.find(marks) {
        shape
    } else {
        let Ok(tree) = grammar::read(Rule::chunk, text) else { return false };
        let Some(shape) = ast.shapes.keep(marks, &tree) else {
            ast.extend(tree.view().forms().map(|item| lower.item(item)));
            return true;
        };
        shape
    };
    of_shape(lower, marks, text, (chunk, shape), ast);
    true
}

fn of_shape<'s>(lower: &mut Lower<'s>, marks: &Marks, text: &'s str, (chunk, shape): (Chunk, u32), ast: &mut Ast<'s>) {
    let known = ast.shapes.get(shape);
    let may_be_kept = marks.is_plain && known.is_kept() && ast.is_large();
    if !may_be_kept || known.finds_nothing != Some(true) {
        let (found, misdated) = (lower.findings.len(), lower.misdated.len());
        let view = View { forms: &known.forms, places: &marks.places, text };
        let items: Vec<_> = view.forms().map(|item| lower.item(item)).collect();
        let finds_nothing = lower.findings.len() == found && lower.misdated.len() == misdated;
        if marks.is_plain {
            ast.shapes.get_mut(shape).finds_nothing = Some(finds_nothing);
        }
        if !may_be_kept || !finds_nothing {
            ast.extend(items);
            return;
        }
    }
    let span = span(lower.file, chunk.start, chunk.end);
    ast.keep(Kept { file: span.file, start: span.start, end: span.end, shape });
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
    lower_one: impl FnOnce(&mut Lower<'s>, tree::Part<'_, 's>) -> T,
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
    let tree = match grammar::read(rule, text) {
        Ok(tree) => tree,
        Err(error) => return Err(Box::new(expected::finding(file, text, (rule, text), &error))),
    };
    let found = tree.view().forms().next().map(|part| lower_one(&mut lower, part));
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

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "what is compared are the files of the repository")]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    /// All rule files that there are, good and bad.
    fn files() -> Vec<SourceFile> {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let folders = ["rules", "tests/cases"].map(|folder| root.join(folder));
        let all = folders.iter().flat_map(walkdir::WalkDir::new).filter_map(Result::ok);
        let rules = all.filter(|entry| entry.path().extension().is_some_and(|extension| extension == "rules"));
        let read = |entry: walkdir::DirEntry| {
            let text = String::from_utf8(std::fs::read(entry.path()).expect("it is there")).ok()?;
            Some(SourceFile::new(entry.path().to_string_lossy(), text))
        };
        rules.filter_map(read).collect()
    }

    /// A text of the same shape: every digit is another, so that names, days and quoted texts are others.
    fn renumbered(file: &SourceFile) -> SourceFile {
        let other = |c: char| c.to_digit(10).and_then(|digit| char::from_digit((digit * 7 + 3) % 10, 10)).unwrap_or(c);
        SourceFile::new(file.path.clone(), file.text.chars().map(other).collect::<String>())
    }

    /// The items and findings of a file of which every chunk is given to the grammar.
    fn by_the_grammar_alone(id: FileId, file: &SourceFile) -> String {
        let mut ast = Ast::default();
        let mut findings = Vec::new();
        let chunks = split::split(id, &file.text, &mut findings);
        let mut lower = Lower::new(id, &file.text, findings);
        for chunk in chunks {
            recover::chunk(&mut lower, file.text.get(chunk.start..chunk.end).unwrap_or(""), chunk, &mut ast);
        }
        shown(ast.items(), &lower.findings)
    }

    fn shown<'i>(items: impl Iterator<Item = std::borrow::Cow<'i, ast::Item<'i>>>, findings: &[Finding]) -> String {
        let mut shown = String::new();
        for item in items {
            writeln!(shown, "{item:?}").expect("a string takes all");
        }
        for finding in findings {
            writeln!(shown, "{finding:?}").expect("a string takes all");
        }
        shown
    }

    /// What is known by its shape, and kept as a place, is what the grammar says of it.
    #[test]
    fn shapes_change_nothing() {
        let files = files();
        assert!(files.len() > 100, "the files of the repository are found");
        let mut shapes = shapes::Shapes::default();
        let mut kept = 0;
        for file in files.iter().chain(&files.iter().map(renumbered).collect::<Vec<_>>()) {
            let id = FileId(0);
            // The shapes of the files before are known; the texts are those of this one.
            let mut ast = Ast::holding(0);
            std::mem::swap(&mut ast.shapes, &mut shapes);
            let findings = parse_file(id, file, &mut ast);
            kept += ast.places().filter(Result::is_err).count();
            let by_shape = shown(ast.items(), &findings);
            assert!(by_shape == by_the_grammar_alone(id, file), "{}", file.path);
            std::mem::swap(&mut ast.shapes, &mut shapes);
        }
        assert!(kept > 500, "{kept} items are kept as places");
    }
}
