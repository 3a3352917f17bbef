//! Lines up the columns of alike lines that stand together.
//!
//! Remarks between them do not divide them; an empty line does. A line that would get too long stands outside, and so
//! does one that would need too many blanks: no line is broken so that another lines up.

use super::WIDTH;
use super::lines::Line;
use crate::syntax::layout::{Column, List};

/// More blanks than this are not put before a word: the eye would not find the way across.
const MOST_BLANKS: usize = 24;

/// Lines up everything in a file.
pub(super) fn line_up(lines: &mut [Line<'_>]) {
    // for each depth, the lines of the list that is being read
    let mut open: Vec<Vec<usize>> = Vec::new();
    for at in 0..lines.len() {
        let line = &lines[at];
        let (depth, list, opens) = (line.depth, line.list, line.opens());
        let divided = line.paragraph || line.remarks.iter().any(|remark| remark.paragraph);
        for run in open.split_off((depth + 1).min(open.len())) {
            align(lines, &run, 0);
        }
        open.resize_with(depth + 1, Vec::new);
        let other = open[depth].last().is_some_and(|last| lines[*last].list != list);
        if divided || other || opens || list == List::Alone {
            let run = std::mem::take(&mut open[depth]);
            align(lines, &run, 0);
        }
        // what has no column stands between the others and divides nothing
        if !opens && list != List::Alone && column_of(&lines[at], 0).is_some() {
            open[depth].push(at);
        }
    }
    for run in open {
        align(lines, &run, 0);
    }
}

/// Lines up one column of some lines, and the later ones of those that have the same columns up to there.
fn align(lines: &mut [Line<'_>], run: &[usize], cell: usize) {
    let mut rest = run;
    while let Some(first) = rest.first() {
        let kind = kind_of(&lines[*first], cell);
        let count = rest.iter().take_while(|at| kind_of(&lines[**at], cell) == kind).count();
        let (alike, others) = rest.split_at(count);
        rest = others;
        if kind.is_some() && alike.len() > 1 {
            pad(lines, alike, cell);
            align(lines, alike, cell + 1);
        }
    }
}

/// What must be the same for two lines to line up in a column. Declarations of different kinds share only the first:
/// what follows the names of acts says nothing of those of facts.
fn kind_of<'s>(line: &Line<'s>, cell: usize) -> Option<(Column, Option<&'s str>)> {
    let (_, column) = column_of(line, cell)?;
    let word = line.words.first().filter(|_| cell > 0 && line.list == List::Declarations);
    Some((column, word.map(|word| word.text)))
}

/// Lines up one column.
fn pad(lines: &mut [Line<'_>], alike: &[usize], cell: usize) {
    let measured: Vec<Cell> = alike.iter().filter_map(|at| measure(*at, &lines[*at], cell)).collect();
    let mut ends: Vec<usize> = measured.iter().map(|cell| cell.end).filter(|end| *end <= WIDTH).collect();
    ends.sort_unstable();
    ends.dedup();
    let reach = |end: usize| measured.iter().filter(|cell| cell.reaches(end)).count();
    // the column that most lines reach; of several the nearest
    let Some(end) = ends.into_iter().rev().max_by_key(|end| reach(*end)).filter(|end| reach(*end) > 1) else { return };
    for cell in measured.iter().filter(|cell| cell.reaches(end)) {
        lines[cell.line].words[cell.word].padding = end - cell.end;
    }
}

/// What stands before a column in one line.
struct Cell {
    line: usize,
    word: usize,
    /// Where it ends.
    end: usize,
    /// How many blanks the line can take.
    room: usize,
}

impl Cell {
    fn reaches(&self, end: usize) -> bool {
        end.checked_sub(self.end).is_some_and(|blanks| blanks <= self.room.min(MOST_BLANKS))
    }
}

fn measure(at: usize, line: &Line<'_>, cell: usize) -> Option<Cell> {
    let (word, _) = column_of(line, cell)?;
    let mut end = line.indent();
    let mut total = line.indent();
    for (index, one) in line.words.iter().enumerate() {
        if one.broken.is_some() {
            break;
        }
        if index == word {
            end = total;
        }
        total += if index == 0 { 0 } else { one.blanks() } + one.width;
    }
    // a line that is too long in any case loses nothing
    let room = WIDTH.checked_sub(total).unwrap_or(usize::MAX);
    Some(Cell { line: at, word, end, room })
}

/// The word that begins a column of a line, before the line is broken.
fn column_of(line: &Line<'_>, cell: usize) -> Option<(usize, Column)> {
    let whole = line.words.iter().enumerate().take_while(|(_, word)| word.broken.is_none());
    whole.filter_map(|(at, word)| word.column.map(|column| (at, column))).nth(cell)
}
