use crate::book::{Book, Place};
use crate::concepts::CASH;
use crate::performed::{Performed, Trial, doubt};
use tieout_model::{Check, Severity, StatementKind};

pub(crate) const CHECK: Check = Check {
    code: "CF",
    name: "cash flow adds up",
    severity: Severity::Error,
    tick: 'F',
    manual: "\
## What it checks
Cash from operating, investing and financing activities, with the effect of exchange rates where it is printed, \
is the change in cash; cash at the beginning and the change are cash at the end.

## Why it matters
The cash flow statement is the one statement that ends in a figure counted elsewhere.

## Example
Operating 1,204, investing (890) and financing (236) change cash by 78; 7,612 at the beginning and 78 are 7,690.

## When it stays silent
Where FOOT has found the sum already; where a section total is not printed; where the identity holds in no \
column of the table.
",
};

const SECTIONS: &[&[&str]] = &[
    &["NetCashProvidedByUsedInOperatingActivities"],
    &["NetCashProvidedByUsedInInvestingActivities"],
    &["NetCashProvidedByUsedInFinancingActivities"],
];
const EXCHANGE: &[&str] = &[
    "EffectOfExchangeRateOnCashAndCashEquivalents",
    "EffectOfExchangeRateOnCashCashEquivalentsRestrictedCashAndRestrictedCashEquivalents",
];
const CHANGE: &[&str] = &[
    "CashAndCashEquivalentsPeriodIncreaseDecrease",
    "CashCashEquivalentsRestrictedCashAndRestrictedCashEquivalentsPeriodIncreaseDecreaseIncludingExchangeRateEffect",
];

pub(crate) fn run(book: &Book<'_>, out: &mut Vec<Performed>) {
    for (t, table) in book.tables.iter().enumerate() {
        if table.kind != StatementKind::CashFlow {
            continue;
        }
        let Some(change) = book.first_in(t as u32, CHANGE) else {
            continue;
        };
        let sections: Option<Vec<Place>> = SECTIONS.iter().map(|tags| book.first_in(t as u32, tags)).collect();
        if let Some(mut lines) = sections {
            lines.extend(book.first_in(t as u32, EXCHANGE));
            identity(book, change, &lines, "three sections of cash flow, added", out);
        }
        if let Some((beginning, end)) = both_ends(book, t as u32) {
            identity(book, end, &[beginning, change], "cash at the beginning and the change", out);
        }
    }
}

/// The lines of cash at the beginning and at the end of a cash flow statement.
pub(crate) fn both_ends(book: &Book<'_>, table: u32) -> Option<(Place, Place)> {
    let says = |word: &'static str| {
        move |&place: &Place| book.line(place).is_some_and(|l| l.label.to_ascii_lowercase().contains(word))
    };
    let lines = || CASH.iter().flat_map(|tag| book.tagged_in(table, tag));
    let beginning = lines().find(says("beginning"))?;
    let end = lines().find(|place| says("end")(place) && !says("beginning")(place))?;
    Some((beginning, end))
}

fn identity(book: &Book<'_>, total: Place, lines: &[Place], because: &str, out: &mut Vec<Performed>) {
    if book.line(total).is_some_and(|l| l.sum.is_some()) || lines.contains(&total) {
        return;
    }
    let trials: Vec<_> = book
        .row(total)
        .iter()
        .filter(|fact| !fact.aside)
        .filter_map(|fact| {
            let parts: Vec<_> = lines.iter().filter_map(|&line| Some((book.cell(line, fact.col)?, false))).collect();
            if parts.len() + 1 < lines.len() || parts.len() < 2 {
                return None;
            }
            let missing = lines.len() - parts.len();
            Trial::new(fact, parts, missing)
        })
        .collect();
    if !trials.iter().any(Trial::convincing) {
        return;
    }
    let doubts: Vec<_> = trials.iter().map(|trial| doubt(book, &trials, trial, false)).collect();
    for (trial, doubt) in trials.into_iter().zip(doubts) {
        let doubt = if trial.missing == 0 { doubt } else { Some("") };
        let mut done = trial.perform(book, CHECK.code, doubt);
        done.tie.because = because.to_owned();
        out.push(done);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::ties;

    const TABLE: &str = "\
table CF 3 2003-01-01..2003-12-31 2002-01-01..2002-12-31
Operating activities {#NetCashProvidedByUsedInOperatingActivities} | 1,204 | 2,310
Investing activities {#NetCashProvidedByUsedInInvestingActivities} | (890) | (1,120)
Financing activities {#NetCashProvidedByUsedInFinancingActivities} | (236) | (578)
Change in cash {#CashAndCashEquivalentsPeriodIncreaseDecrease} | 78 | 612
Cash at beginning of year {#CashAndCashEquivalentsAtCarryingValue} | 7,612 | 7,000
Cash at end of year {#CashAndCashEquivalentsAtCarryingValue} | 7,690 | 7,612
";

    #[test]
    fn stays_silent_where_it_adds_up() {
        let told = ties(TABLE, "CF");
        assert_eq!(told.len(), 4, "{told:?}");
        assert!(told.iter().all(|t| t.starts_with("ties")));
    }

    #[test]
    fn fires_where_the_end_is_not_beginning_and_change() {
        let told = ties(&TABLE.replace("7,690", "7,960"), "CF");
        assert_eq!(told.iter().filter(|t| t.starts_with("off")).count(), 1, "{told:?}");
    }
}
