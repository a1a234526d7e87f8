use crate::blame::slip;
use crate::book::{Book, Place, concept};
use crate::checks::cf::both_ends;
use crate::concepts::CASH;
use crate::performed::{Performed, Trial};
use tieout_model::{Check, Date, Fact, Period, Severity, StatementKind};

pub(crate) const CHECK: Check = Check {
    code: "CF-BS",
    name: "cash flow ends in the balance sheet",
    severity: Severity::Error,
    tick: 'A',
    manual: "\
## What it checks
Cash at the beginning and at the end of the cash flow statement is the balance sheet's cash of those dates (DQC 0057).

## Why it matters
It joins two statements; a column read with the wrong period, or a figure carried over wrongly, breaks it.

## Example
Cash at end of the quarter 7,690, and cash in the balance sheet of March 31 also 7,690.

## When it stays silent
Where no balance sheet of that date is in the document. It is off only where both lines are the same concept \
and the two statements agree on another date, and for a slip of the hand; otherwise it is open: overdrafts, restricted cash or cash of \
discontinued operations may stand between them.
",
};

pub(crate) fn run(book: &Book<'_>, out: &mut Vec<Performed>) {
    let held = held(book);
    for (t, table) in book.tables.iter().enumerate() {
        if table.kind != StatementKind::CashFlow {
            continue;
        }
        let Some((beginning, end)) = both_ends(book, t as u32) else {
            continue;
        };
        let mut trials = Vec::new();
        for (place, first) in [(beginning, true), (end, false)] {
            for fact in book.row(place) {
                if let Some(date) = date(fact, first).filter(|_| book.plain(fact))
                    && let Some((cash, same)) = balance(book, &held, fact, place, date)
                    && let Some(trial) = Trial::new(fact, vec![(cash, false)], usize::from(!same))
                {
                    trials.push(trial);
                }
            }
        }
        report(book, trials, out);
    }
}

/// The date a cash line of a cash flow column is of, whether it was read as an instant or with its column.
fn date(fact: &Fact, first: bool) -> Option<Date> {
    match fact.period? {
        Period::Instant(date) => Some(date),
        Period::Duration(start, _) if first => start.yesterday().ok(),
        Period::Duration(_, end) => Some(end),
    }
}

/// Cash of the balance sheets, by date.
fn held<'a>(book: &Book<'a>) -> Vec<(Date, &'a Fact)> {
    let sheets = CASH.iter().flat_map(|tag| book.tagged(tag));
    let sheets =
        sheets.filter(|place| book.tables.get(place.0 as usize).is_some_and(|t| t.kind == StatementKind::BalanceSheet));
    let facts = sheets.flat_map(|place| book.row(place)).filter(|fact| book.plain(fact));
    let mut held: Vec<_> = facts.filter_map(|fact| Some((fact.period?.end(), fact))).collect();
    held.sort_by_key(|&(date, fact)| (date, fact.reference()));
    held
}

/// The balance sheet's figure of a date, and whether its line is the same concept: one that agrees if
/// there is any, otherwise the first.
fn balance<'a>(
    book: &Book<'a>,
    held: &[(Date, &'a Fact)],
    fact: &Fact,
    place: Place,
    date: Date,
) -> Option<(&'a Fact, bool)> {
    let start = held.partition_point(|&(d, _)| d < date);
    let of_date = held.get(start..)?.iter().take_while(|&&(d, _)| d == date).map(|&(_, f)| f).take(8);
    let mine = of_date.filter(|f| book.doc(f) == book.doc(fact) && f.unit == fact.unit);
    let tag = book.line(place).map(concept)?;
    let same = |f: &Fact| book.line((f.table, f.line)).is_some_and(|l| concept(l) == tag);
    let found = mine.min_by_key(|f| (!f.amount.same_value(fact.amount), !same(f)))?;
    Some((found, same(found)))
}

fn report(book: &Book<'_>, trials: Vec<Trial<'_>>, out: &mut Vec<Performed>) {
    let holds = trials.iter().filter(|t| t.reckoned.ties && t.total.amount.mantissa.saturating_abs() >= 100).count();
    let fails = trials.iter().filter(|t| !t.reckoned.ties).count();
    for trial in trials {
        let held = trial.parts.first().map_or(0, |(fact, _)| fact.amount.mantissa);
        let slipped = slip(trial.total.amount.mantissa, held).is_some();
        let proven = holds >= 1 && holds >= fails && trial.missing == 0 && slipped;
        let mut done = trial.perform(book, CHECK.code, (!proven).then_some(""));
        done.tie.because = "cash in the balance sheet".to_owned();
        out.push(done);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::ties;

    const TABLES: &str = "\
table BS 3 2003-12-31 2002-12-31
Cash {#CashAndCashEquivalentsAtCarryingValue} | 7,690 | 7,612
table CF 3 2003-01-01..2003-12-31 2002-01-01..2002-12-31
Cash at beginning of year {#CashAndCashEquivalentsAtCarryingValue} | 7,612 | 7,000
Cash at end of year {#CashAndCashEquivalentsAtCarryingValue} | 7,690 | 7,612
";

    #[test]
    fn stays_silent_where_both_agree() {
        let told = ties(TABLES, "CF-BS");
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(told.iter().all(|t| t.starts_with("ties")));
    }

    #[test]
    fn fires_where_they_do_not() {
        let told = ties(&TABLES.replacen("| 7,690", "| 7,960", 1), "CF-BS");
        assert_eq!(told.iter().filter(|t| t.starts_with("off")).count(), 1, "{told:?}");
    }
}
