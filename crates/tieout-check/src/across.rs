//! Sums across the columns of a row: which columns add to which is found for a whole table at once.

use crate::book::Book;
use crate::performed::{Performed, Trial, slipped};
use crate::words::has_any;
use tieout_model::{ColumnRole, Fact, Table, Unit, Verdict};

/// Rows that must add up before a set of columns is taken for the parts of a total.
const ENOUGH: usize = 3;
/// Columns looked at; wider tables are lists of something else.
const MOST_COLUMNS: usize = 24;

/// Rows that do not add across.
const NEVER: &[&str] = &["cumulative", "average", "per ", "maturity", "ratio", "rate"];

/// How the rows of a table add up for one choice of columns.
struct Rows<'a> {
    trials: Vec<Trial<'a>>,
    holds: usize,
    fails: usize,
}

/// True where a table has columns that can add up at all.
pub(crate) fn wide(table: &Table) -> bool {
    (3..=MOST_COLUMNS).contains(&table.columns.len())
}

/// Tries each choice of part columns for a total column, and performs the rows of the one that adds up: in at
/// least three rows, and in three for each that fails. True where one does.
pub(crate) fn across(book: &Book<'_>, t: u32, total: u32, choices: &[Vec<u32>], code: &'static str, out: &mut Vec<Performed>) -> bool {
    let Some(table) = book.tables.get(t as usize) else { return false };
    let tried = choices.iter().filter(|parts| parts.len() >= 2).map(|parts| rows(book, t, table, total, parts));
    let best = tried.filter(|r| r.holds >= ENOUGH && r.holds >= 3 * r.fails).max_by_key(|r| (r.holds, usize::MAX - r.fails));
    let Some(best) = best else { return false };
    let (holds, fails) = (best.holds, best.fails);
    for trial in best.trials {
        let verdict = if mistaken(&trial, holds, fails) { Verdict::Off } else { Verdict::Open };
        let columns = trial.parts.len();
        let mut done = trial.perform(book, code, verdict);
        done.tie.because = done.tie.because.replacen(&crate::say::count(columns, "line"), &crate::say::count(columns, "column"), 1);
        out.push(done);
    }
    true
}

/// The one row that fails among many, or a slip of the hand among some. A gap that is a figure of the row is a
/// figure in the wrong column.
fn mistaken(trial: &Trial<'_>, holds: usize, fails: usize) -> bool {
    let gap = trial.reckoned.gap.mantissa.saturating_abs();
    let shifted = trial.parts.iter().any(|(part, _)| part.amount.mantissa.saturating_abs() == gap)
        || gap == trial.total.amount.mantissa.saturating_abs();
    !shifted && (slipped(trial) && holds >= ENOUGH + 1 || fails == 1 && holds >= 10)
}

fn rows<'a>(book: &Book<'a>, t: u32, table: &Table, total: u32, parts: &[u32]) -> Rows<'a> {
    let mut rows = Rows { trials: Vec::new(), holds: 0, fails: 0 };
    for (l, line) in table.lines.iter().enumerate() {
        if !matches!(line.unit, Unit::Money(_)) || has_any(&line.label, NEVER) {
            continue;
        }
        let row = book.row((t, l as u32));
        let cell = |col: u32| row.get(row.partition_point(|f| f.col < col)).filter(|f| f.col == col && f.unit == line.unit);
        let Some(sum) = cell(total) else { continue };
        let figures: Vec<(&'a Fact, bool)> = parts.iter().filter_map(|&col| Some((cell(col)?, false))).collect();
        let shown = figures.iter().filter(|(fact, _)| !fact.amount.is_zero()).count();
        if shown == 0 {
            continue;
        }
        let Some(trial) = Trial::new(sum, figures, 0) else { continue };
        match trial.reckoned.ties {
            true if shown >= 2 && sum.amount.mantissa.saturating_abs() >= 100 => rows.holds += 1,
            true => {}
            false => rows.fails += 1,
        }
        rows.trials.push(trial);
    }
    rows
}

/// A column of amounts, not of changes or percents.
pub(crate) fn amounts(table: &Table, col: u32) -> bool {
    let role = table.columns.get(col as usize).map(|c| c.role);
    matches!(role, Some(ColumnRole::Period | ColumnRole::Component))
}
