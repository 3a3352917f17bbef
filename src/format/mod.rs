//! One layout for every file: the same words, marks, texts and remarks in the same order, with other blanks.
//!
//! ```text
//!   text ── syntax::layout ──► tokens ── lines ──► lines ── fold ──► broken where too long ── columns ──► lined up ── print
//! ```
//!
//! Of the layout that a file has, three things stay: an empty line between two items or statements, a line break in a
//! quoted text, and whether a remark stands behind something or on a line of its own. What was laid out is read again:
//! if it did not say the same, or would be laid out otherwise, it is not handed out.

mod columns;
mod fold;
mod lines;
mod print;

use crate::finding::Finding;
use crate::source::{FileId, SourceFile};
use crate::syntax::layout;

/// No line is longer, in columns of a terminal, if it can be broken.
const WIDTH: usize = 100;

/// What is moved right is moved by so many blanks.
const STEP: usize = 2;

/// Why a file is not laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It cannot be read; what is wrong with it.
    Broken(Vec<Finding>),
    /// The layout would have changed what the file says, or would not have been its own layout. A fault of this program.
    Fault(&'static str),
}

/// The file in the one layout. The places of findings are in `id`.
///
/// # Errors
/// A file that cannot be read is not laid out.
pub fn format(id: FileId, file: &SourceFile) -> Result<String, Refusal> {
    let written = layout::read(id, file).map_err(Refusal::Broken)?;
    let text = laid_out(&written.tokens);
    if text == file.text {
        return Ok(text);
    }
    let again = SourceFile::new(file.path.clone(), text);
    let Ok(read) = layout::read(id, &again) else { return Err(Refusal::Fault("what it laid out cannot be read")) };
    if read.content != written.content {
        return Err(Refusal::Fault("what it laid out does not say the same"));
    }
    if laid_out(&read.tokens) != again.text {
        return Err(Refusal::Fault("what it laid out would be laid out otherwise"));
    }
    Ok(again.text)
}

fn laid_out(tokens: &[layout::Token<'_>]) -> String {
    let mut lines = lines::lines(tokens);
    lines.iter_mut().for_each(fold::fold);
    columns::line_up(&mut lines);
    print::print(&lines)
}
