use crate::across::{across, amounts, rows, wide};
use crate::book::Book;
use crate::performed::Performed;
use crate::words::AnyOf;
use tieout_model::{Check, ColumnRole, Severity, Table};

pub(crate) const CHECK: Check = Check {
    code: "XFOOT",
    name: "cross-footing",
    severity: Severity::Error,
    tick: 'F',
    manual: "\
## What it checks
The columns of a row add to its total column: segments and eliminations to consolidated, components of equity to \
total equity, the companies and adjustments of a pro forma statement to the pro forma. The columns from some \
column on, or all since an earlier total, are tried for all rows at once.

## Why it matters
It proves figures in the other direction than FOOT: where both point at the same figure, that is the misprint.

## Example
Parent 1,200, subsidiaries 3,400 and eliminations (600) make a consolidated 4,000.

## When it stays silent
Unless a heading says total, consolidated, combined or pro forma, or columns of one period stand side by side, and \
at least three rows add up, three for each that does not, or two of them in nine digits together. A row that fails is off for a slip of the hand, or as \
the only one among ten; otherwise it is open, and so it is where the gap is a figure of the row: one in the wrong \
column. Per-share figures and counts of shares do not add across.
",
};

static TOTALS: AnyOf = AnyOf::new(&["total", "consolidated", "combined", "pro forma", "as adjusted"]);

pub(crate) fn run(book: &Book<'_>, out: &mut Vec<Performed>) {
    for (t, table) in book.tables.iter().enumerate().filter(|(_, table)| wide(table)) {
        let last = table.columns.len() as u32 - 1;
        let mut from = 0;
        let totals: Vec<u32> = (2..=last)
            .filter(|&c| amounts(table, c) && (named(table, c) || c == last && side_by_side(table)))
            .collect();
        if totals.is_empty() {
            continue;
        }
        let rows = rows(book, t as u32, table);
        for total in totals {
            let parts = |start: u32| (start..total).filter(|&col| amounts(table, col)).collect::<Vec<u32>>();
            let choices: Vec<_> = (from..total.saturating_sub(1)).map(parts).collect();
            if across(book, t as u32, &rows, total, &choices, CHECK.code, out) {
                from = total + 1;
            }
        }
    }
}

fn named(table: &Table, col: u32) -> bool {
    table
        .columns
        .get(col as usize)
        .is_some_and(|c| TOTALS.within(&c.heading) || TOTALS.within(&c.member) || TOTALS.within(&c.scenario))
}

/// Components, or columns of one and the same period, beside one another.
fn side_by_side(table: &Table) -> bool {
    let components = table.columns.iter().all(|c| c.role == ColumnRole::Component);
    components
        || table.columns.windows(2).all(|pair| matches!(pair, [a, b] if a.period.is_some() && a.period == b.period))
}

#[cfg(test)]
mod tests {
    use crate::testing::{checked, ties};
    use tieout_model::{Amount, Verdict};

    const TABLE: &str = "\
table UN 3 2003-12-31 2003-12-31 2003-12-31 2003-12-31
Cash | 1,200 | 3,400 | - | 4,600
Receivables | 2,150 | 1,805 | (640) | 3,315
Inventories | 700 | 7,145 | - | 7,845
Plant | 5,120 | 1,369 | - | 6,489
Other | 410 | 2,371 | (95) | 2,686
";

    #[test]
    fn stays_silent_where_rows_add() {
        let told = ties(TABLE, "XFOOT");
        assert_eq!(told.len(), 5, "{told:?}");
        assert!(told.iter().all(|t| t.starts_with("ties")));
        assert!(told[1].ends_with("sum of 3 columns, exact"), "{}", told[1]);
        assert!(
            ties(&TABLE.replace("4,600", "4,000").replace("3,315", "3,000").replace("7,845", "7,000"), "XFOOT")
                .is_empty()
        );
    }

    #[test]
    fn fires_on_a_digit_and_on_a_lost_parenthesis() {
        let report = checked(&TABLE.replace("7,845", "7,805"), Vec::new());
        let off: Vec<_> = report.ties.iter().filter(|t| t.verdict == Verdict::Off).collect();
        assert_eq!((off.len(), off[0].code), (1, "XFOOT"));
        let report = checked(&TABLE.replace("(640)", "640"), Vec::new());
        let off = report.ties.iter().find(|t| t.verdict == Verdict::Off).unwrap();
        assert_eq!(report.fact(off.blames[0]).unwrap().amount, Amount::new(640, 3));
    }

    #[test]
    fn a_figure_in_the_wrong_column_is_open() {
        let told =
            ties(&TABLE.replace("| 700 | 7,145", "| 7,145 | 7,145").replace("7,145 | 7,145", "700 | -"), "XFOOT");
        assert!(told[2].starts_with("open"), "{told:?}");
    }
}
