use crate::across::{across, amounts, rows, wide};
use crate::book::Book;
use crate::performed::Performed;
use tieout_model::{Check, Period, Severity, Table};

pub(crate) const CHECK: Check = Check {
    code: "YTD",
    name: "periods add to the longer period",
    severity: Severity::Error,
    tick: 'F',
    manual: "\
## What it checks
Where the columns of a table part a longer one, day for day, amounts add: the quarter and the months before it \
are the year to date, four quarters are the year. XBRL US has it as DQC 0084; here the tolerance is what rounding allows.

## Why it matters
Quarters are often restated and the year is not, or the reverse; a column under the wrong heading shows as well.

## Example
Sales of 7,539, 8,100, 8,420 and 9,004 in four quarters make 33,063 for the year.

## When it stays silent
Unless at least three rows add up, three for each that does not. Per-share figures and shares need not add and are \
not tried. A row that fails is off for a slip of the hand, or as the only one among ten.
",
};

pub(crate) fn run(book: &Book<'_>, out: &mut Vec<Performed>) {
    for (t, table) in book.tables.iter().enumerate().filter(|(_, table)| wide(table)) {
        for total in 0..table.columns.len() as u32 {
            let parts = parted(table, total);
            if parts.len() >= 2 {
                across(book, t as u32, &rows(book, t as u32, table), total, &[parts], CHECK.code, out);
            }
        }
    }
}

/// Columns whose periods follow one another from the first day of a column's period to its last.
fn parted(table: &Table, total: u32) -> Vec<u32> {
    let whole = |col: u32| {
        let column = table.columns.get(col as usize)?;
        let Some(Period::Duration(start, end)) = column.period else {
            return None;
        };
        Some((start, end, column.scenario.as_str(), column.member.as_str()))
    };
    let Some((start, end, scenario, member)) = whole(total).filter(|_| amounts(table, total)) else {
        return Vec::new();
    };
    let mut parts = Vec::new();
    let mut next = start;
    while next <= end && parts.len() < 12 {
        let follows = |&col: &u32| {
            whole(col).is_some_and(|(s, e, sc, m)| {
                col != total && s == next && e <= end && (s, e) != (start, end) && sc == scenario && m == member
            })
        };
        // Of several that begin on the day the longest: the year to date before the months it is made of.
        let longest = (0..table.columns.len() as u32)
            .filter(|&c| amounts(table, c))
            .filter(follows)
            .max_by_key(|&c| whole(c).map(|w| w.1));
        let Some((col, last)) = longest.and_then(|c| Some((c, whole(c)?.1))) else {
            return Vec::new();
        };
        parts.push(col);
        let Ok(tomorrow) = last.tomorrow() else {
            return Vec::new();
        };
        next = tomorrow;
    }
    parts
}

#[cfg(test)]
mod tests {
    use crate::testing::ties;

    const TABLE: &str = "\
table IS 3 2003-01-01..2003-03-31 2003-04-01..2003-06-30 2003-01-01..2003-06-30
Sales | 7,539 | 8,100 | 15,639
Cost | 5,394 | 5,800 | 11,194
Selling | 1,362 | 1,405 | 2,767
General | 958 | 933 | 1,891
Net income per share {per} | .11 | .12 | .24
";

    #[test]
    fn stays_silent_where_quarters_add() {
        let told = ties(TABLE, "YTD");
        assert_eq!(told.len(), 4, "{told:?}");
        assert!(told.iter().all(|t| t.starts_with("ties")));
        assert!(ties(&TABLE.replace("2003-04-01", "2003-05-01"), "YTD").is_empty());
    }

    #[test]
    fn fires_on_a_slip() {
        let more = TABLE.to_owned() + "Research | 752 | 748 | 1,500\nTax | 310 | 455 | 765\n";
        let told = ties(&more, "YTD");
        assert_eq!(told.iter().filter(|t| t.starts_with("off Tax")).count(), 0, "{told:?}");
        let told = ties(&more.replace("765", "756"), "YTD");
        assert_eq!(told.iter().filter(|t| t.starts_with("off Tax")).count(), 1, "{told:?}");
    }
}
