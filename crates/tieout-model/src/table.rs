use crate::{Period, Span, Tag, Unit};

/// A table with numbers, read: columns with their periods, lines with their labels, and the sums found
/// among them. The numbers themselves are the [`crate::Fact`]s that point here.
#[derive(Debug, Clone)]
pub struct Table {
    /// Document number (1-based).
    pub doc: u32,
    /// What it is.
    pub kind: StatementKind,
    /// Whose figures: empty for the registrant's consolidated ones, else "parent only" or a name.
    pub coreg: String,
    /// Empty as reported, else pro forma, restated, guidance...
    pub scenario: String,
    /// The heading above it, white space folded; empty where there is none.
    pub title: String,
    /// Power of ten of its money amounts: 3 "in thousands".
    pub scale: i8,
    /// The words and place that say so, or empty: then the numbers are taken as printed.
    pub scale_because: String,
    /// Data columns from left to right.
    pub columns: Vec<Column>,
    /// Lines from top to bottom, headings included.
    pub lines: Vec<Line>,
    /// All of it, title and header included.
    pub span: Span,
}

/// What a table is. The codes are those of the SEC's data sets (STANDARDS 4.1 `pre.stmt`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StatementKind {
    /// Balance sheet.
    BalanceSheet,
    /// Statement of income, operations or earnings.
    Income,
    /// Statement of cash flows.
    CashFlow,
    /// Statement of changes in equity.
    Equity,
    /// Statement of comprehensive income.
    Comprehensive,
    /// Any other table with numbers.
    Other,
}

impl StatementKind {
    /// `BS`, `IS`, `CF`, `EQ`, `CI` or `UN`.
    pub fn code(self) -> &'static str {
        match self {
            StatementKind::BalanceSheet => "BS",
            StatementKind::Income => "IS",
            StatementKind::CashFlow => "CF",
            StatementKind::Equity => "EQ",
            StatementKind::Comprehensive => "CI",
            StatementKind::Other => "UN",
        }
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            StatementKind::BalanceSheet => "balance sheet",
            StatementKind::Income => "income statement",
            StatementKind::CashFlow => "cash flow statement",
            StatementKind::Equity => "statement of equity",
            StatementKind::Comprehensive => "statement of comprehensive income",
            StatementKind::Other => "table",
        }
    }
}

/// One data column.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its heading, top to bottom, joined by spaces.
    pub heading: String,
    /// What its numbers are.
    pub role: ColumnRole,
    /// When they hold, where the document lets one know.
    pub period: Option<Period>,
    /// An equity component or other member the column is about; empty otherwise.
    pub member: String,
    /// "pro forma", "as restated"...; empty as reported.
    pub scenario: String,
    /// Where the period comes from.
    pub because: String,
}

/// What a column's numbers are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ColumnRole {
    /// Figures of a period.
    Period,
    /// A component of equity, a segment, a maturity band: amounts, but not of the whole.
    Component,
    /// A change in amounts between two other columns.
    Change,
    /// Percents: of sales, of change, yields.
    Percent,
    /// Anything else (note references).
    Other,
}

/// One line of a table. Lines count from 1 in outputs, headings included.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its words, wraps joined, without leader dots, `$` and footnote marks; empty for an unlabelled total.
    pub label: String,
    /// Where the words stand (the first and last byte, where they wrap).
    pub label_span: Span,
    /// The headings above it, outermost first: indexes of heading lines in the same table.
    pub section: Vec<u32>,
    /// What it is.
    pub role: LineRole,
    /// The unit of its numbers.
    pub unit: Unit,
    /// The concept, where known.
    pub tag: Tag,
    /// How the concept was found; empty where there is none.
    pub tag_because: String,
    /// The sum that makes it, where one was found.
    pub sum: Option<Box<Sum>>,
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LineRole {
    /// Words over the lines below; no numbers.
    Heading,
    /// An ordinary line.
    Item,
    /// A line that sums others.
    Total,
}

/// A signed sum of other lines of the same table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// Line index and whether it is subtracted, in the order they stand.
    pub parts: Vec<(u32, bool)>,
    /// Columns (indexes) in which it holds.
    pub holds: Vec<u32>,
    /// Columns in which it was tried and does not hold.
    pub fails: Vec<u32>,
    /// What led to it.
    pub because: &'static str,
}
