use crate::Number;
use std::borrow::Cow;
use tieout_source::Span;

/// A table as printed: rows of cells, each with its horizontal place. The text of any format becomes this;
/// nothing after it knows which format it was.
#[derive(Debug, Clone, Default)]
pub struct Grid<'a> {
    /// Rows from top to bottom: title and header rows, data rows, rules.
    pub rows: Vec<Row>,
    /// The cells of all rows, one row after another.
    pub cells: Vec<Cell<'a>>,
    /// All of it.
    pub span: Span,
    /// The last words of the paragraph right above it, which often say what the table is and its scale; empty
    /// if there is none.
    pub lead: String,
    /// A page break, or the end of a tagged table, stands between the grid before and this one, and nothing
    /// but page furniture: it may go on with the table before.
    pub follows: bool,
}

/// One row of a grid.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// Index of its first cell.
    pub first: u32,
    /// One past its last cell.
    pub last: u32,
    /// Where it stands.
    pub span: Span,
    /// Blank rows before it.
    pub blanks: u16,
}

/// One cell: a phrase, a number or a piece of a rule.
#[derive(Debug, Clone)]
pub struct Cell<'a> {
    /// What it is.
    pub kind: CellKind,
    /// Its words; for a number those printed.
    pub text: Cow<'a, str>,
    /// Where it stands; for a number the number proper, without a currency sign.
    pub span: Span,
    /// Left edge, in characters.
    pub x0: u32,
    /// One past the right edge; for a number, past its last digit, which is what columns align on.
    pub x1: u32,
    /// Blank characters before it in its row.
    pub gap: u32,
}

/// What a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellKind {
    /// Words.
    Text,
    /// A number or nil mark.
    Number(Number),
    /// A piece of a rule: `----` or `====`.
    Rule,
}

impl<'a> Grid<'a> {
    /// The cells of a row.
    pub fn cells(&self, row: &Row) -> &[Cell<'a>] {
        self.cells.get(row.first as usize..row.last as usize).unwrap_or_default()
    }
}
