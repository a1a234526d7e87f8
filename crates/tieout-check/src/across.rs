//! Sums across the columns of a row: which columns add to which is found for a whole table at once.

use crate::book::{Book, Place};
use crate::performed::{Performed, Trial, slipped, slipped_in_place, split};
use crate::words::AnyOf;
use std::cmp::Reverse;
use tieout_model::{ColumnRole, Fact, Table, Unit, telling_digits};

/// Rows that must add up before a set of columns is taken for the parts of a total.
const ENOUGH: usize = 3;
/// Columns looked at; wider tables are lists of something else.
const MOST_COLUMNS: usize = 24;

/// Rows that do not add across.
static NEVER: AnyOf = AnyOf::new(&["cumulative", "average", "per ", "maturity", "ratio", "rate"]);

/// A row of money: its line, and its figures by column as far as they are printed to one place.
pub(crate) struct Row {
    line: u32,
    cells: Vec<Option<i128>>,
}

/// True where a table has columns that can add up at all.
pub(crate) fn wide(table: &Table) -> bool {
    (3..=MOST_COLUMNS).contains(&table.columns.len())
}

/// The rows of a table that may add across.
pub(crate) fn rows(book: &Book<'_>, t: u32, table: &Table) -> Vec<Row> {
    let mut rows = Vec::new();
    for (line, l) in (0u32..).zip(&table.lines) {
        let facts = book.row((t, line));
        let Some(place) = facts.last().map(|f| f.amount.exponent) else {
            continue;
        };
        if facts.len() < 3 || !matches!(l.unit, Unit::Money(_)) || NEVER.within(&l.label) {
            continue;
        }
        let mut cells = vec![None; table.columns.len()];
        for fact in facts.iter().filter(|f| f.unit == l.unit && f.amount.exponent == place) {
            if let Some(cell) = cells.get_mut(fact.col as usize) {
                *cell = Some(fact.amount.mantissa);
            }
        }
        rows.push(Row { line, cells });
    }
    rows
}

/// In how many rows the parts convincingly make the total, in how many they do not, and how many digits agree in
/// the rows that are exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Score {
    holds: usize,
    fails: Reverse<usize>,
    digits: u32,
}

impl Score {
    /// Three rows for each that fails, or two that agree in more digits than chance has.
    fn enough(&self) -> bool {
        let many = self.holds >= ENOUGH && self.holds >= 3 * self.fails.0;
        many || self.holds >= 2 && self.fails.0 <= 1 && self.digits >= 9
    }
}

fn score(rows: &[Row], total: u32, parts: &[u32]) -> Score {
    let (mut holds, mut fails, mut digits) = (0, 0, 0);
    for row in rows {
        let cell = |col: u32| row.cells.get(col as usize).copied().flatten();
        let Some(sum) = cell(total) else { continue };
        let (mut shown, mut printed, mut gap) = (0, 0i128, sum);
        for part in parts.iter().filter_map(|&col| cell(col)) {
            printed += 1;
            shown += usize::from(part != 0);
            gap = gap.saturating_sub(part);
        }
        if shown >= 2 && gap == 0 {
            digits += telling_digits(parts.iter().chain([&total]).filter_map(|&col| cell(col)));
        }
        if shown > 0 {
            match gap.saturating_abs().saturating_mul(2) <= printed + 1 {
                true if shown >= 2 && sum.saturating_abs() >= 100 => holds += 1,
                true => {}
                false => fails += 1,
            }
        }
    }
    Score { holds, fails: Reverse(fails), digits }
}

/// Tries each choice of part columns for a total column, and performs the rows of the one that adds up in enough
/// of them. True where one does.
pub(crate) fn across(
    book: &Book<'_>,
    t: u32,
    rows: &[Row],
    total: u32,
    choices: &[Vec<u32>],
    code: &'static str,
    out: &mut Vec<Performed>,
) -> bool {
    let tried = choices.iter().filter(|parts| parts.len() >= 2).map(|parts| (score(rows, total, parts), parts));
    let Some((score, parts)) = tried.filter(|(score, _)| score.enough()).max_by_key(|&(score, _)| score) else {
        return false;
    };
    for trial in rows.iter().filter_map(|row| trial(book, (t, row.line), total, parts)) {
        let doubt = (!mistaken(book, &trial, score)).then_some("too few rows hold, or the gap is a figure of the row");
        let columns = trial.parts.len();
        let mut done = trial.perform(book, code, doubt);
        done.tie.because =
            done.tie.because.replacen(&crate::say::count(columns, "line"), &crate::say::count(columns, "column"), 1);
        out.push(done);
    }
    true
}

/// The one row that fails among many, or a slip of the hand among some. A gap that is a figure of the row is a
/// figure in the wrong column.
fn mistaken(book: &Book<'_>, trial: &Trial<'_>, score: Score) -> bool {
    let gap = trial.reckoned.gap.mantissa.saturating_abs();
    let shifted = trial.parts.iter().any(|(part, _)| part.amount.mantissa.saturating_abs() == gap)
        || gap == trial.total.amount.mantissa.saturating_abs();
    let sure = score.digits >= 9 && trial.size() >= 4 && slipped_in_place(book, trial, false);
    let slip = sure || slipped(book, trial) && score.holds > ENOUGH;
    !shifted && !split(book, trial) && (slip || score.fails.0 == 1 && score.holds >= 10)
}

/// A row's figures in the part columns against that in the total column; none where no part shows anything.
fn trial<'a>(book: &Book<'a>, place: Place, total: u32, parts: &[u32]) -> Option<Trial<'a>> {
    let sum = book.cell(place, total)?;
    let figures: Vec<(&'a Fact, bool)> =
        parts.iter().filter_map(|&col| Some((book.cell(place, col).filter(|f| f.unit == sum.unit)?, false))).collect();
    if figures.iter().all(|(fact, _)| fact.amount.is_zero()) { None } else { Trial::new(sum, figures, 0) }
}

/// A column of amounts, not of changes or percents.
pub(crate) fn amounts(table: &Table, col: u32) -> bool {
    let role = table.columns.get(col as usize).map(|c| c.role);
    matches!(role, Some(ColumnRole::Period | ColumnRole::Component))
}
