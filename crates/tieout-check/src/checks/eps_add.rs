use crate::book::Book;
use crate::checks::foot::foot;
use crate::checks::nongaap::reconciles;
use crate::performed::Performed;
use tieout_model::{Check, Line, Severity, Table, Unit};

pub(crate) const CHECK: Check = Check {
    code: "EPS-ADD",
    name: "per-share parts add",
    severity: Severity::Error,
    tick: 'F',
    manual: "\
## What it checks
Per-share figures of continuing operations, discontinued operations, extraordinary items and the like add to \
earnings per share, within (n+1)/2 cents.

## Why it matters
The parts are printed to be added, and readers add them. Filers know it and sometimes change a part so that it \
adds; EPS then finds the part that does not recompute.

## Example
A loss of .47 before an extraordinary gain of .03 makes a loss of .44 per share.

## When it stays silent
As FOOT: a sum that holds in no other column with at least two parts other than zero proves nothing.
",
};

pub(crate) fn run(book: &Book<'_>, out: &mut Vec<Performed>) {
    let takes = |table: &Table, line: &Line| matches!(line.unit, Unit::PerShare(_)) && !reconciles(table, line);
    foot(book, CHECK.code, takes, out);
}

#[cfg(test)]
mod tests {
    use crate::testing::ties;

    const TABLE: &str = "\
table IS 3 2003-01-01..2003-12-31 2002-01-01..2002-12-31
Continuing operations {per} | 1.47 | 1.32
Discontinued operations {per} | (.12) | (.05)
Cumulative effect of accounting change {per} | .03 | .01
Net income per share {per =1+2+3} | 1.38 | 1.28
";

    #[test]
    fn stays_silent_where_they_add() {
        assert!(ties(TABLE, "EPS-ADD").iter().all(|t| t.starts_with("ties")));
    }

    #[test]
    fn fires_where_they_do_not() {
        let told = ties(&TABLE.replace("1.28", "1.82"), "EPS-ADD");
        assert!(told[0].starts_with("ties") && told[1].starts_with("off"), "{told:?}");
    }
}
