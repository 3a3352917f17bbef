//! Reads what the grammar refused, part by part.
//!
//! A chunk is cut into items and a broken item into its statements. What is good goes into the tree, so that what it
//! declares is known to the later stages; of what is broken each statement is reported. A part is read at most twice at
//! each of these three levels, so the work stays linear.

use pest::error::{Error, InputLocation};

use crate::finding::{Code, Finding};

use super::ast::{Ast, Form, Item, Section};
use super::grammar::{self, Rule};
use super::lower::Lower;
use super::scan::{Mark, Scanner};
use super::split::Chunk;
use super::tree::{Tree, View};
use super::words::{self, begins_item, begins_statement, first_word, nearly_begins_statement, skip_blanks};
use super::{LONGEST, MOST_FINDINGS, expected};

/// Reads one chunk, the text of which is `text`.
pub(super) fn chunk<'s>(lower: &mut Lower<'s>, text: &'s str, chunk: Chunk, ast: &mut Ast<'s>) {
    if chunk.too_deep {
        keep_names(lower, text, ast);
        leave_unread(lower, text);
        return;
    }
    if text.len() <= LONGEST
        && let Ok(tree) = grammar::read(Rule::chunk, text)
    {
        ast.extend(tree.view().forms().map(|item| lower.item(item)));
        return;
    }
    for piece in items_of(text) {
        item(lower, piece, chunk.faulty, ast);
    }
}

/// Cuts a chunk at the items in it that begin a line, indented or not, or follow a closing brace.
fn items_of(text: &str) -> Vec<&str> {
    let mut starts = vec![0];
    let mut depth = 0usize;
    let mut scanner = Scanner::new(text);
    while let Some((at, mark)) = scanner.next() {
        match mark {
            Mark::Open => depth += 1,
            Mark::Close => depth = depth.saturating_sub(1),
            Mark::Word { .. } if depth == 0 && text.get(at..).is_some_and(begins_item) => starts.push(at),
            _ => {}
        }
    }
    pieces(text, &starts)
}

/// The parts of `text` between `starts`, but for those that hold nothing.
fn pieces<'s>(text: &'s str, starts: &[usize]) -> Vec<&'s str> {
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let parts = starts.iter().zip(ends).filter_map(|(start, end)| text.get(*start..end));
    parts.filter(|part| !skip_blanks(part).is_empty()).collect()
}

/// Reads one item of a chunk that was refused.
fn item<'s>(lower: &mut Lower<'s>, text: &'s str, faulty: bool, ast: &mut Ast<'s>) {
    if lower.findings.len() >= MOST_FINDINGS {
        return;
    }
    let start = skip_blanks(text);
    let parts = || Block::of(start).and_then(|block| Some((block, parts_of(text, block)?)));
    let (parts, error) = if text.len() > LONGEST {
        // a long block is read statement by statement from the first: it takes no more memory than its longest
        (parts().filter(|(_, parts)| parts.lines.iter().all(|(line, _)| line.len() <= LONGEST)), None)
    } else {
        match grammar::read(Rule::chunk, text) {
            Ok(tree) => {
                ast.extend(tree.view().forms().map(|item| lower.item(item)));
                return;
            }
            Err(error) => (parts(), Some(error)),
        }
    };
    let found = lower.findings.len();
    let (block, parts) = match (parts, &error) {
        (Some(parts), _) => parts,
        (None, Some(error)) => {
            let good = before(Rule::chunk, text, error);
            let good = good.as_ref().map(Tree::view);
            let items = || good.iter().flat_map(View::forms);
            let read_to = items().last().map_or(0, |item| item.end());
            ast.extend(items().map(|item| lower.item(item)));
            keep_names(lower, text.get(read_to..).unwrap_or(""), ast);
            report(lower, (Rule::chunk, text), error, faulty);
            return;
        }
        (None, None) => {
            let place = lower.span(start.get(..first_word(start).len()).unwrap_or(""));
            let message =
                format!("no line begins an item or a statement for more than {LONGEST} bytes, so this is not read");
            let help = "begin each item and each rule on a line of its own";
            lower.findings.push(Finding::new(Code::TooLong, place, message).help(help));
            leave_unread(lower, text);
            keep_names(lower, text, ast);
            return;
        }
    };
    // the statements are read even where the head is broken, for the sake of what is to be reported of them
    let head = grammar::read(block.opening(), parts.head);
    if let Err(error) = &head {
        // what stands in it belongs to nothing that is known
        leave_unread(lower, text);
        report(lower, (block.opening(), parts.head), error, false);
    }
    let whole = lower.span(text.get(text.len() - start.len()..).unwrap_or("").trim_end());
    let recovered = if block == Block::Form {
        let sections = sections(lower, &parts);
        head.ok().map(|head| Item::Form(Form { sections, ..lower.form(head.view().forms(), whole) }))
    } else {
        let statements = statements(lower, &parts, block, |_, _| false);
        let statements: Vec<View<'_, '_>> = statements.iter().map(Tree::view).collect();
        head.ok().and_then(|head| {
            lower.block_item(block, head.view().forms().chain(statements.iter().flat_map(View::forms)), whole)
        })
    };
    ast.extend(recovered);
    if !skip_blanks(parts.rest).is_empty()
        && let Err(error) = grammar::read(Rule::chunk, parts.rest)
    {
        report(lower, (Rule::chunk, parts.rest), &error, faulty);
    }
    if error.is_some() || lower.findings.len() > found {
        keep_names(lower, text, ast);
    }
}

/// Reads the statements of a block. One that the grammar refuses is first offered to `instead`.
fn statements<'s>(
    lower: &mut Lower<'s>,
    parts: &Parts<'s>,
    block: Block,
    mut instead: impl FnMut(&mut Lower<'s>, &'s str) -> bool,
) -> Vec<Tree<'s>> {
    let mut good = Vec::new();
    for (part, unclosed_text) in &parts.lines {
        match grammar::read(block.lines(), part) {
            Ok(tree) => good.push(tree),
            Err(_) if instead(lower, part) => {}
            Err(error) => {
                good.extend(before(block.lines(), part, &error));
                leave_unread(lower, part);
                if !unclosed_text {
                    report(lower, (block.lines(), part), &error, false);
                }
            }
        }
    }
    good
}

/// What stands whole before a refusal. The last of it counts only if a line or a block ends there: what goes on behind it
/// on its own line most likely belongs to it, and without that it could say something else.
fn before<'s>(rule: Rule, text: &'s str, error: &Error<Rule>) -> Option<Tree<'s>> {
    let before = text.get(..place_of(error)).unwrap_or("");
    let mut whole = grammar::read(rule, before).ok()?;
    let same_line = before.rsplit('\n').next().unwrap_or("").trim();
    if !same_line.is_empty() && !same_line.ends_with('}') {
        whole.pop();
    }
    Some(whole)
}

/// Reads the sections of a form, and the fields of a broken one.
fn sections<'s>(lower: &mut Lower<'s>, parts: &Parts<'s>) -> Vec<Section<'s>> {
    let mut broken: Vec<Section<'s>> = Vec::new();
    let whole = statements(lower, parts, Block::Form, |lower, text| {
        let Some(parts) = parts_of(text, Block::Section) else { return false };
        let Ok(head) = grammar::read(Rule::section_opening, parts.head) else { return false };
        if !skip_blanks(parts.rest).is_empty() {
            return false;
        }
        let fields = statements(lower, &parts, Block::Section, |_, _| false);
        let fields: Vec<View<'_, '_>> = fields.iter().map(Tree::view).collect();
        broken.push(lower.section(head.view().forms().chain(fields.iter().flat_map(View::forms))));
        true
    });
    let whole: Vec<View<'_, '_>> = whole.iter().map(Tree::view).collect();
    let mut sections: Vec<_> =
        whole.iter().flat_map(View::forms).map(|part| lower.section(part.into_inner())).collect();
    sections.append(&mut broken);
    sections.sort_by_key(|section| section.name.span);
    sections
}

/// What holds statements in braces.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Block {
    Provision,
    Instrument,
    Test,
    Authority,
    Source,
    Precedence,
    Form,
    Section,
}

impl Block {
    /// The block that an item with braces is, by its first word.
    fn of(text: &str) -> Option<Block> {
        match first_word(text) {
            "provision" => Some(Block::Provision),
            "instrument" => Some(Block::Instrument),
            "test" => Some(Block::Test),
            "authority" => Some(Block::Authority),
            "source" => Some(Block::Source),
            "precedence" => Some(Block::Precedence),
            "form" => Some(Block::Form),
            _ => None,
        }
    }

    /// The rule for what stands before its statements, the brace included.
    fn opening(self) -> Rule {
        match self {
            Block::Provision => Rule::provision_opening,
            Block::Instrument => Rule::instrument_opening,
            Block::Test => Rule::test_opening,
            Block::Authority => Rule::authority_opening,
            Block::Source => Rule::source_opening,
            Block::Precedence => Rule::precedence_opening,
            Block::Form => Rule::form_opening,
            Block::Section => Rule::section_opening,
        }
    }

    /// The rule for some of its statements.
    fn lines(self) -> Rule {
        match self {
            Block::Provision => Rule::provision_lines,
            Block::Instrument => Rule::instrument_lines,
            Block::Test => Rule::test_lines,
            Block::Authority => Rule::authority_lines,
            Block::Source => Rule::source_lines,
            Block::Precedence => Rule::precedence_lines,
            Block::Form => Rule::form_lines,
            Block::Section => Rule::section_lines,
        }
    }

    /// A line that begins so begins a statement.
    fn begins(self, text: &str) -> bool {
        let starts = match self {
            Block::Provision => words::PROVISION_STARTS,
            Block::Instrument => words::INSTRUMENT_STARTS,
            Block::Test if words::begins_case(text) => return true,
            Block::Test => words::TEST_STARTS,
            Block::Authority => words::AUTHORITY_STARTS,
            Block::Source => words::SOURCE_STARTS,
            Block::Precedence => words::PRECEDENCE_STARTS,
            Block::Form => words::FORM_STARTS,
            Block::Section => words::SECTION_STARTS,
        };
        begins_statement(text, starts) || nearly_begins_statement(text, starts)
    }
}

/// A block, cut.
struct Parts<'s> {
    /// Up to its opening brace, that included.
    head: &'s str,
    /// Its statements, each with whether a quoted text in it is known not to be closed.
    lines: Vec<(&'s str, bool)>,
    /// What follows its closing brace.
    rest: &'s str,
}

/// Cuts a block at the lines that begin a statement; none if it has no braces.
fn parts_of(text: &str, block: Block) -> Option<Parts<'_>> {
    let mut scanner = Scanner::new(text);
    let mut body_start = None;
    let mut starts: Vec<usize> = Vec::new();
    let mut unclosed: Vec<usize> = Vec::new();
    let mut depth = 0usize;
    let mut end = text.len();
    while let Some((at, mark)) = scanner.next() {
        match mark {
            Mark::Open => {
                depth += 1;
                if body_start.is_none() {
                    body_start = Some(at + 1);
                    starts.push(at + 1);
                }
            }
            Mark::Close => {
                depth = depth.saturating_sub(1);
                if depth == 0 && body_start.is_some() {
                    end = at;
                    break;
                }
            }
            Mark::Word { .. } if depth == 1 && text.get(at..).is_some_and(|here| block.begins(here)) => starts.push(at),
            Mark::UnclosedText => unclosed.push(at),
            _ => {}
        }
    }
    let body_start = body_start?;
    let ends = starts.iter().skip(1).copied().chain([end]);
    let lines = starts.iter().zip(ends).filter_map(|(start, end)| {
        let part = text.get(*start..end).filter(|part| !skip_blanks(part).is_empty())?;
        let first = unclosed.partition_point(|at| at < start);
        Some((part, unclosed.get(first).is_some_and(|at| *at < end)))
    });
    let rest = text.get(end..).unwrap_or("");
    Some(Parts { head: text.get(..body_start)?, lines: lines.collect(), rest: rest.strip_prefix('}').unwrap_or(rest) })
}

/// Reports a refusal. In a chunk in which something is reported that leaves open how it was meant to go on, nothing more
/// is said.
fn report(lower: &mut Lower<'_>, (rule, text): (Rule, &str), error: &Error<Rule>, already: bool) {
    leave_unread(lower, text);
    if already || lower.findings.len() >= MOST_FINDINGS {
        return;
    }
    let at = text.get(place_of(error)..).unwrap_or("");
    if at.chars().next().is_some_and(super::decode::is_reported) {
        return;
    }
    let finding = expected::finding(lower.file, lower.text, (rule, text), error);
    lower.findings.push(finding);
}

/// Notes that a part was not read: of what seems to be missing later stages say nothing, if it may stand there.
fn leave_unread(lower: &mut Lower<'_>, text: &str) {
    let place = lower.span(text);
    lower.unread.push(place);
}

/// Keeps the names that a broken item declares: later stages say nothing of what may be missing for that alone.
fn keep_names<'s>(lower: &mut Lower<'s>, text: &'s str, ast: &mut Ast<'s>) {
    ast.broken_names.extend(words::declared_names(text).into_iter().map(|name| lower.name_of(name)));
}

/// Where the grammar could not go on.
pub(super) fn place_of(error: &Error<Rule>) -> usize {
    match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    }
}
