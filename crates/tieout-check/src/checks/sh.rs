use crate::book::Book;
use crate::concepts::NET_INCOME;
use crate::performed::{Performed, figure_tie};
use tieout_model::{Check, Fact, Severity, Verdict};

pub(crate) const CHECK: Check = Check {
    code: "SH",
    name: "diluted shares are no fewer than basic",
    severity: Severity::Warning,
    tick: 'A',
    manual: "\
## What it checks
Weighted average diluted shares are at least the basic shares of the same column (of the kind of DQC 0009: one figure may not exceed another).

## Why it matters
Dilution only adds shares; the two lines interchanged, or a figure misprinted, shows here.

## Example
Basic 10,000 and diluted 10,500 thousand shares.

## When it stays silent
In a loss, where some filers print fewer; and where diluted shares are below basic in every column of the table, \
which is a reading of the lines to doubt, not a misprint: that is open.
",
};

pub(crate) fn run(book: &Book<'_>, out: &mut Vec<Performed>) {
    let mut last = None;
    for basic in book.tagged("WeightedAverageNumberOfSharesOutstandingBasic") {
        if last == Some(basic.0) {
            continue;
        }
        last = Some(basic.0);
        let Some(diluted) = book.tagged_in(basic.0, "WeightedAverageNumberOfDilutedSharesOutstanding").next() else {
            continue;
        };
        let income = book.first_in(basic.0, NET_INCOME);
        let loss = |col: u32| income.and_then(|line| book.cell(line, col)).is_some_and(|f| f.amount.is_negative());
        let pairs = book.row(diluted).iter().filter(|f| !f.aside && !f.amount.is_zero() && !loss(f.col));
        let pairs: Vec<(&Fact, &Fact)> = pairs.filter_map(|f| Some((f, book.cell(basic, f.col)?))).collect();
        let fewer = |&(diluted, basic): &(&Fact, &Fact)| diluted.amount.ratio() < basic.amount.ratio();
        let fails = pairs.iter().filter(|pair| fewer(pair)).count();
        for pair in &pairs {
            let verdict = match fewer(pair) {
                false => Verdict::Ties,
                true if pairs.len() - fails >= fails => Verdict::Off,
                true => Verdict::Open,
            };
            let because = format!("basic shares {}", book.figure(pair.1));
            out.push(figure_tie(book, CHECK.code, verdict, pair.0, None, &[pair.1], because));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::ties;

    const TABLE: &str = "\
table IS 3 2003-01-01..2003-12-31 2002-01-01..2002-12-31
Net income {#NetIncomeLoss} | 12,500 | 10,000
Basic {shares #WeightedAverageNumberOfSharesOutstandingBasic} | 10,000 | 9,900
Diluted {shares #WeightedAverageNumberOfDilutedSharesOutstanding} | 10,500 | 10,100
";

    #[test]
    fn stays_silent_in_order_and_in_a_loss() {
        assert!(ties(TABLE, "SH").iter().all(|t| t.starts_with("ties")));
        assert_eq!(ties(&TABLE.replace("| 12,500", "| (12,500)").replace("10,500", "9,500"), "SH").len(), 1);
    }

    #[test]
    fn fires_where_diluted_are_fewer() {
        let told = ties(&TABLE.replace("10,500", "1,050"), "SH");
        assert!(told[0].starts_with("off"), "{told:?}");
    }
}
