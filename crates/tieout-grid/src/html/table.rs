//! A table as marked up: rows of cells, each with the lines of its words, laid out on a grid.

use super::ink::Ink;
use super::style::{Align, Border, Look};
use std::ops::Range;
use tieout_source::Span;

/// A line of a cell's words.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Where its words are in the ink.
    pub(super) words: Range<usize>,
    /// How far it is indented, in characters.
    pub(super) indent: u32,
    /// It begins a block, not merely a line.
    pub(super) block: bool,
}

/// A cell as marked up.
#[derive(Debug, Clone, Default)]
pub(super) struct RawCell {
    /// First of its lines.
    pub(super) first: usize,
    /// One past its last line.
    pub(super) last: usize,
    /// First grid column.
    pub(super) c0: u32,
    /// One past its last grid column.
    pub(super) c1: u32,
    /// How its words are set, where it is said.
    pub(super) align: Option<Align>,
    /// Line above it.
    pub(super) over: Border,
    /// Line below it.
    pub(super) under: Border,
}

/// A row as marked up.
#[derive(Debug, Clone, Default)]
pub(super) struct RawRow {
    /// First of its cells.
    pub(super) first: usize,
    /// One past its last cell.
    pub(super) last: usize,
    /// From its start tag on.
    pub(super) span: Span,
}

/// A table while it is read.
#[derive(Debug, Default)]
pub(super) struct RawTable {
    pub(super) rows: Vec<RawRow>,
    pub(super) cells: Vec<RawCell>,
    pub(super) lines: Vec<Line>,
    /// How many more rows a cell from above takes in each grid column.
    taken: Vec<u32>,
    /// The next free grid column of the open row.
    column: u32,
    /// How many grid columns there are.
    pub(super) columns: u32,
    pub(super) in_row: bool,
    /// A cell is open: its look.
    pub(super) cell: Option<Look>,
}

/// No real table has more grid columns: what comes after them is set into the last.
const MOST_COLUMNS: u32 = 600;

impl RawTable {
    pub(super) fn begin_row(&mut self, span: Span) {
        self.end_row(span.start);
        self.in_row = true;
        self.column = 0;
        self.rows.push(RawRow { first: self.cells.len(), last: self.cells.len(), span });
    }

    /// Ends the open row at a byte offset.
    pub(super) fn end_row(&mut self, at: u32) {
        if !self.in_row {
            return;
        }
        self.in_row = false;
        if let Some(row) = self.rows.last_mut() {
            row.last = self.cells.len();
            row.span.end = row.span.end.max(at);
        }
        self.taken.iter_mut().for_each(|n| *n = n.saturating_sub(1));
    }

    /// Puts the open cell with lines `first..` on the grid. A hidden one takes no place.
    pub(super) fn end_cell(&mut self, first: usize) {
        let Some(look) = self.cell.take().filter(|l| !l.gone) else { return };
        while self.taken.get(self.column as usize).is_some_and(|&n| n > 0) {
            self.column += 1;
        }
        let c0 = self.column.min(MOST_COLUMNS - 1);
        let c1 = c0.saturating_add(look.columns).min(MOST_COLUMNS);
        if look.rows > 1 {
            if self.taken.len() < c1 as usize {
                self.taken.resize(c1 as usize, 0);
            }
            if let Some(taken) = self.taken.get_mut(c0 as usize..c1 as usize) {
                taken.fill(look.rows);
            }
        }
        self.column = c1;
        self.columns = self.columns.max(c1);
        let cell =
            RawCell { first, last: self.lines.len(), c0, c1, align: look.align, over: look.over, under: look.under };
        self.cells.push(cell);
    }

    /// The cells of a row.
    pub(super) fn row(&self, row: &RawRow) -> &[RawCell] {
        self.cells.get(row.first..row.last).unwrap_or_default()
    }

    /// The lines of a cell.
    pub(super) fn lines(&self, cell: &RawCell) -> &[Line] {
        self.lines.get(cell.first..cell.last).unwrap_or_default()
    }
}

/// A cell laid out: one line of words, or several that read as one.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub(super) c0: u32,
    pub(super) c1: u32,
    /// Its words in the ink; empty where it has none.
    pub(super) words: Range<usize>,
    pub(super) indent: u32,
    pub(super) align: Option<Align>,
}

/// A row laid out: a row of the table, or one of the lines stacked in it.
#[derive(Debug, Clone, Default)]
pub(super) struct PlacedRow {
    /// Cells with words, from left to right.
    pub(super) cells: Vec<Placed>,
    /// Columns with a line above: first, one past the last, which.
    pub(super) over: Vec<(u32, u32, Border)>,
    /// Columns with a line below.
    pub(super) under: Vec<(u32, u32, Border)>,
    pub(super) span: Span,
}

/// Lays out the rows; those whose cells hold stacks of figures become as many rows.
pub(super) fn placed(table: &RawTable, ink: &Ink<'_>) -> Vec<PlacedRow> {
    let mut rows = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        let cells = table.row(row);
        let borders = |edge: fn(&RawCell) -> Border| {
            cells.iter().filter(|c| edge(c) != Border::None).map(|c| (c.c0, c.c1, edge(c))).collect::<Vec<_>>()
        };
        let (over, under) = (borders(|c| c.over), borders(|c| c.under));
        let height = stack(table, cells, ink);
        for n in 0..height {
            let mut placed = PlacedRow { span: row.span, ..Default::default() };
            for cell in cells {
                let lines = table.lines(cell);
                let lines = if height > 1 {
                    let last = if n + 1 == height { lines.len() } else { n + 1 };
                    lines.get(n..last).unwrap_or_default()
                } else {
                    lines
                };
                let mut words = lines.iter().filter(|l| !l.words.is_empty());
                let (Some(first), Some(last)) = (words.clone().next(), words.next_back()) else { continue };
                placed.cells.push(Placed {
                    c0: cell.c0,
                    c1: cell.c1,
                    words: first.words.start..last.words.end,
                    indent: first.indent,
                    align: cell.align,
                });
            }
            if n == 0 {
                placed.over.clone_from(&over);
            }
            if n + 1 == height {
                placed.under.clone_from(&under);
            }
            rows.push(placed);
        }
    }
    rows
}

/// How many rows are stacked in one: as many as the cells of figures have lines, where there are such.
fn stack(table: &RawTable, cells: &[RawCell], ink: &Ink<'_>) -> usize {
    let mut height = 1;
    for cell in cells {
        let lines = table.lines(cell);
        if lines.len() < 2 {
            continue;
        }
        let figures = |l: &Line| figure_like(ink.words(l.words.clone()));
        let words = lines.iter().filter(|l| !l.words.is_empty());
        if words.clone().count() >= 2 && words.clone().all(figures) {
            height = height.max(lines.len());
        }
    }
    height
}

/// Only what figures are printed with, and a digit or a dash in it.
fn figure_like(words: &str) -> bool {
    let digits = words.chars().filter(char::is_ascii_digit).count();
    let year = digits == 4 && words.len() == 4 && (words.starts_with("19") || words.starts_with("20"));
    (digits > 0 || words.contains(['-', '\u{2014}', '\u{2013}']))
        && !year
        && words.chars().all(|c| c.is_ascii_digit() || " $,.()%-\u{2014}\u{2013}".contains(c))
}
