//! The lists as rows of cells: what stands in which column. How rows are written is another matter.

mod claims;
mod cover;
mod facts;
mod tags;
mod ties;

use crate::view::View;
use std::borrow::Cow;
use tieout::{FactRef, Period, Report};

/// One field of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell<'a> {
    /// Words, or a value whose digits must not be touched. Empty words are a missing field.
    Text(Cow<'a, str>),
    /// A position, a count, a printed precision.
    Int(i64),
    /// The document does not say.
    Missing,
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Cell::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Cell::Text(Cow::Owned(text))
    }
}

impl<'a> From<Cow<'a, str>> for Cell<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Cell::Text(text)
    }
}

impl From<u32> for Cell<'_> {
    fn from(n: u32) -> Self {
        Cell::Int(n.into())
    }
}

impl From<i32> for Cell<'_> {
    fn from(n: i32) -> Self {
        Cell::Int(n.into())
    }
}

impl<'a, T: Into<Cell<'a>>> From<Option<T>> for Cell<'a> {
    fn from(cell: Option<T>) -> Self {
        cell.map_or(Cell::Missing, Into::into)
    }
}

impl Cell<'_> {
    /// As CSV and tables print it.
    pub(crate) fn text(&self) -> Cow<'_, str> {
        match self {
            Cell::Text(text) => Cow::Borrowed(text),
            Cell::Int(n) => Cow::Owned(n.to_string()),
            Cell::Missing => Cow::Borrowed(""),
        }
    }
}

/// Takes one row after the other.
pub(crate) type Sink<'s> = dyn FnMut(&[Cell<'_>]) + 's;

/// A list: its columns in contract order, those a person wants to see, and how to make its rows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct List {
    /// Names, in order.
    pub(crate) columns: &'static [&'static str],
    /// What `--format table` shows.
    pub(crate) shown: &'static [&'static str],
    /// What gives way first where the page is narrow.
    pub(crate) spare: &'static [&'static str],
    /// Its rows come from the envelope too, not from the text of documents alone.
    pub(crate) envelope: bool,
    /// Calls the sink once a row.
    pub(crate) rows: fn(&View<'_>, &mut Sink<'_>),
}

pub(crate) const FACTS: List =
    List { columns: &facts::COLUMNS, shown: &facts::SHOWN, spare: &facts::SPARE, envelope: false, rows: facts::rows };
pub(crate) const CLAIMS: List = List {
    columns: &claims::COLUMNS,
    shown: &claims::SHOWN,
    spare: &claims::SPARE,
    envelope: false,
    rows: claims::rows,
};
pub(crate) const TIES: List =
    List { columns: &ties::COLUMNS, shown: &ties::SHOWN, spare: &ties::SPARE, envelope: false, rows: ties::rows };
pub(crate) const TAGS: List =
    List { columns: &tags::COLUMNS, shown: &tags::SHOWN, spare: &tags::SPARE, envelope: false, rows: tags::rows };
pub(crate) const COVER: List =
    List { columns: &cover::COLUMNS, shown: &cover::SHOWN, spare: &cover::SPARE, envelope: true, rows: cover::rows };

/// `period_start` and `period_end`.
pub(crate) fn dates(period: Option<Period>) -> [Cell<'static>; 2] {
    [period.and_then(Period::start).map(|d| d.to_string()).into(), period.map(|p| p.end().to_string()).into()]
}

/// `report.line.col` references separated by spaces.
fn references(refs: &[FactRef]) -> Cell<'static> {
    refs.iter().map(FactRef::to_string).collect::<Vec<_>>().join(" ").into()
}

/// Document numbers count from 1; 0 is the file itself.
fn document(doc: u32) -> Cell<'static> {
    (doc > 0).then_some(doc).into()
}

fn doc_type(report: &Report, doc: u32) -> &str {
    let index = (doc as usize).checked_sub(1);
    index.and_then(|i| report.submission.documents.get(i)).map_or("", |d| d.doc_type.as_str())
}
