//! Statements of equity: components stand in the columns, time in the rows. A row "Balance, December 31,
//! 1997" is an instant; the rows between two balances are what happened between them.

use crate::dates;
use crate::lines::Draft;
use tieout_model::{Column, Date, Fact, Period};

/// Gives the facts of a statement of equity the periods of their rows, where the columns have none.
pub(crate) fn date_rows(drafts: &[Draft], columns: &[Column], facts: &mut [Fact]) {
    if columns.iter().any(|c| c.period.is_some()) && !drafts.iter().any(|d| balance_date(d).is_some()) {
        return;
    }
    let balances: Vec<(usize, Date)> =
        drafts.iter().enumerate().filter_map(|(i, d)| Some((i, balance_date(d)?))).collect();
    if balances.is_empty() {
        return;
    }
    for fact in facts {
        let line = fact.line as usize;
        let next = balances.iter().find(|(i, _)| *i >= line);
        fact.period = match next {
            Some(&(i, date)) if i == line => Some(Period::Instant(date)),
            Some(&(i, end)) => {
                let before = balances.iter().rev().find(|(j, _)| *j < i).map(|(_, d)| *d);
                match before.and_then(|b| b.tomorrow().ok()) {
                    Some(start) if start <= end => Some(Period::Duration(start, end)),
                    // Movements above the first balance printed: a year, as the other years are.
                    _ => Period::months_to(12, end),
                }
            }
            None => None,
        };
    }
}

/// The date of a row that states balances: "Balance at December 31, 1997", "December 31, 1997".
fn balance_date(draft: &Draft) -> Option<Date> {
    let lower = &draft.lower;
    let (pieces, years) = dates::pieces(&draft.label);
    let opens = lower.contains("balance")
        || lower.contains("capital, ")
        || lower.contains("equity, ")
        || lower.starts_with("at ")
        || lower.starts_with("as of")
        || starts_with_month(lower);
    if draft.figures.is_empty() || years.len() != 1 || !opens {
        return None;
    }
    pieces.end()
}

fn starts_with_month(label: &str) -> bool {
    label.split([' ', ',']).next().is_some_and(|w| dates::month(w).is_some())
}
