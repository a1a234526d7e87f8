//! Statements of equity: components stand in the columns, time in the rows. A row "Balance, December 31,
//! 1997" is an instant; the rows between two balances are what happened between them.

use crate::dates;
use crate::lines::Draft;
use tieout_model::{Column, Date, Fact, Period};

/// Gives the facts of a statement of equity the periods of their rows, where the columns have none.
pub(crate) fn date_rows(drafts: &[Draft], columns: &[Column], year_end: Option<(i8, i8)>, facts: &mut [Fact]) {
    let balances = balances(drafts, year_end);
    // Columns of years, with a date in one label besides: the columns tell.
    let dated = columns.iter().all(|c| c.period.is_some());
    if balances.is_empty() || dated && balances.len() < 2 {
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
            None => fact.period,
        };
    }
}

/// The lines that state balances, with their dates.
fn balances(drafts: &[Draft], year_end: Option<(i8, i8)>) -> Vec<(usize, Date)> {
    let mut found: Vec<(usize, Date)> = Vec::new();
    for (i, draft) in drafts.iter().enumerate().filter(|(_, d)| !d.figures.is_empty()) {
        let last = found.last().map(|&(_, date)| date);
        if let Some(date) = balance_date(&draft.label, &draft.lower, last, year_end) {
            found.push((i, date));
        }
    }
    // The closing balance under its rule, its words lost: the years before it go on.
    if let [.., (_, before), (at, last)] = found[..]
        && let Some(end) = drafts.iter().rposition(|d| !d.figures.is_empty())
        && end > at + 1
        && drafts[end].lower.is_empty()
        && Period::Instant(before).years_before(-1) == Some(Period::Instant(last))
        && let Some(next) = Period::Instant(last).years_before(-1)
    {
        found.push((end, next.end()));
    }
    found
}

/// The date of a row that states balances: "Balance at December 31, 1997", "Partners' deficit at 12/31/97",
/// "December 31, 1997"; "1997" alone below one of these.
fn balance_date(label: &str, lower: &str, last: Option<Date>, year_end: Option<(i8, i8)>) -> Option<Date> {
    let (mut pieces, years) = dates::pieces(label);
    if years.len() != 1 {
        return None;
    }
    if let Some(last) = last.filter(|_| lower.len() == 4) {
        pieces.day = Some((last.month(), last.day()));
    }
    // "Balance, end of fiscal 1995"
    if lower.starts_with("balance") && pieces.day.is_none() && pieces.month.is_none() {
        pieces.day = year_end;
        pieces.year = pieces.year.map(|y| if lower.contains("begin") { y - 1 } else { y });
    }
    let names_it =
        ["balance", "capital", "equity", "deficit", "deficiency", "earnings", "investment", "net assets", "surplus"]
            .iter()
            .any(|w| lower.contains(w));
    let bare =
        lower.starts_with("at ") || lower.starts_with("as of") || lower.starts_with(|c: char| c.is_ascii_digit());
    let moves = [
        "net income",
        "net loss",
        "net earnings",
        "year ended",
        "years ended",
        "months ended",
        "period",
        "for the ",
        "issu",
        "conver",
        "effect",
        "change",
        "adopt",
        "purchase",
        "sale",
        "since",
        "dividend",
        "distribution",
        "contribut",
        "declared",
    ]
    .iter()
    .any(|w| lower.contains(w));
    if !(names_it || bare || starts_with_month(lower)) || moves && !lower.starts_with("balance") {
        return None;
    }
    pieces.end()
}

fn starts_with_month(label: &str) -> bool {
    label.split([' ', ',']).next().is_some_and(|w| dates::month(w).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use tieout_grid::Number;
    use tieout_model::{Amount, Span};

    fn dates_of(labels: &[&str]) -> Vec<String> {
        let number = Number {
            amount: Amount::new(1, 0),
            nil: false,
            percent: false,
            currency: false,
            like_note: false,
            like_year: false,
        };
        let figure = crate::lines::Figure { column: 0, number, span: Span::default() };
        let draft = |label: &&str| Draft {
            label: label.to_string(),
            lower: label.to_lowercase(),
            figures: vec![figure],
            ..Draft::default()
        };
        let drafts: Vec<Draft> = labels.iter().map(draft).collect();
        balances(&drafts, Some((9, 30))).iter().map(|(i, d)| format!("{i} {d}")).collect()
    }

    #[test]
    fn rows_that_state_balances() {
        assert_eq!(
            dates_of(&[
                "Partners' deficit at January 1, 1993",
                "Net income for the year ended 1993",
                "Holders' equity 12/31/93"
            ]),
            ["0 1993-01-01", "2 1993-12-31"]
        );
        assert_eq!(dates_of(&["Balance at September 30, 1992", "Sales", "1993"]), ["0 1992-09-30", "2 1993-09-30"]);
    }

    #[test]
    fn balances_of_fiscal_years() {
        assert_eq!(
            dates_of(&["Balance at beginning of fiscal 1995", "Net income", "Balance, end of fiscal 1995"]),
            ["0 1994-09-30", "2 1995-09-30"]
        );
    }

    #[test]
    fn a_closing_balance_without_words() {
        assert_eq!(
            dates_of(&["Balances, June 30, 1993", "Net loss", "Balances, June 30, 1994", "Net loss", ""]),
            ["0 1993-06-30", "2 1994-06-30", "4 1995-06-30"]
        );
        assert_eq!(dates_of(&["Balances, June 30, 1994", "Net loss", ""]), ["0 1994-06-30"]);
    }
}
