use crate::book::{Book, Place};
use crate::concepts::{COSTS, EQUITY_SHARE_INCOME, PRETAX, REVENUES};
use crate::performed::{Performed, Trial, doubt};
use tieout_model::{Check, Severity, Unit};

pub(crate) const CHECK: Check = Check {
    code: "CHAIN",
    name: "income statement chain",
    severity: Severity::Error,
    tick: 'F',
    manual: "\
## What it checks
The identities every income statement owes, by concept: revenue less cost is gross profit; gross profit less \
operating expenses (or revenue less all costs) is operating income; pretax income less tax is income from \
continuing operations; that with discontinued operations, extraordinary items and changes in accounting is net \
income.

## Why it matters
It ties the steps of a statement whose printed order hides the sum that FOOT looks for.

## Example
Net sales 7,539 less cost of goods sold 5,394 is gross profit 2,145.

## When it stays silent
Where FOOT has a sum for the line already; where a step is not printed; and where an identity holds in no other \
column, for then the lines are not what the identity takes them for (and nothing is reported at all).
",
};

/// One identity: a result, and its terms in order with their sign. A term lists concepts that can stand for it.
struct Identity {
    result: &'static [&'static str],
    terms: &'static [(&'static [&'static str], bool)],
    /// Terms that take part where they are printed.
    also: &'static [(&'static [&'static str], bool)],
}

const NET: &[&str] = &["NetIncomeLoss", "ProfitLoss"];
const BELOW: &[(&[&str], bool)] = &[
    (&["IncomeLossFromDiscontinuedOperationsNetOfTax"], false),
    (&["ExtraordinaryItemNetOfTax"], false),
    (&["CumulativeEffectOfChangeInAccountingPrincipleNetOfTax"], false),
];
const CONTINUING: &[&str] = &[
    "IncomeLossFromContinuingOperations",
    "IncomeLossBeforeExtraordinaryItemsAndCumulativeEffectOfChangeInAccountingPrinciple",
];

const IDENTITIES: &[Identity] = &[
    Identity { result: &["GrossProfit"], terms: &[(REVENUES, false), (COSTS, true)], also: &[] },
    Identity {
        result: &["OperatingIncomeLoss"],
        terms: &[(&["GrossProfit"], false), (&["OperatingExpenses"], true)],
        also: &[],
    },
    Identity {
        result: &["OperatingIncomeLoss"],
        terms: &[(REVENUES, false), (&["CostsAndExpenses", "OperatingExpenses"], true)],
        also: &[],
    },
    Identity {
        result: CONTINUING,
        terms: &[(PRETAX, false), (&["IncomeTaxExpenseBenefit"], true)],
        also: EQUITY_SHARE_INCOME,
    },
    Identity { result: NET, terms: &[(PRETAX, false), (&["IncomeTaxExpenseBenefit"], true)], also: BELOW },
    Identity { result: NET, terms: &[(CONTINUING, false)], also: BELOW },
];

pub(crate) fn run(book: &Book<'_>, out: &mut Vec<Performed>) {
    for (t, table) in book.tables.iter().enumerate() {
        if table.kind == tieout_model::StatementKind::Income {
            identities(book, t as u32, out);
        }
    }
}

fn identities(book: &Book<'_>, table: u32, out: &mut Vec<Performed>) {
    let mut last: Option<Place> = None;
    for identity in IDENTITIES {
        let Some(result) = book.first_in(table, identity.result) else {
            continue;
        };
        let footed = book.line(result).is_some_and(|line| line.sum.is_some());
        if footed || last == Some(result) {
            continue;
        }
        let terms = identity.terms.iter().map(|(tags, minus)| Some((book.first_in(table, tags)?, *minus)));
        let Some(mut lines) = terms.collect::<Option<Vec<_>>>() else {
            continue;
        };
        lines.extend(identity.also.iter().filter_map(|(tags, minus)| Some((book.first_in(table, tags)?, *minus))));
        // An identity of one term says nothing, and one that reaches back over its own result is not it.
        if lines.len() < 2 || lines.iter().any(|&(line, _)| line.1 >= result.1) {
            continue;
        }
        let trials = trials(book, result, &lines);
        if trials.iter().any(Trial::convincing) {
            last = Some(result);
            let doubts: Vec<_> = trials.iter().map(|trial| doubt(book, &trials, trial, false)).collect();
            out.extend(trials.into_iter().zip(doubts).map(|(trial, doubt)| trial.perform(book, CHECK.code, doubt)));
        }
    }
}

fn trials<'a>(book: &Book<'a>, result: Place, lines: &[(Place, bool)]) -> Vec<Trial<'a>> {
    let of = |total: &'a tieout_model::Fact| {
        let parts: Vec<_> = lines
            .iter()
            .filter_map(|&(line, minus)| {
                let fact = book.cell(line, total.col)?;
                // A cost printed in parentheses is subtracted already.
                Some((fact, minus && !(fact.amount.is_negative() && line.0 == result.0 && cost(book, line))))
            })
            .collect();
        let missing = lines.len() - parts.len();
        if missing > 0 { None } else { Trial::new(total, parts, missing) }
    };
    let money = |fact: &&tieout_model::Fact| !fact.aside && matches!(fact.unit, Unit::Money(_));
    book.row(result).iter().filter(money).filter_map(of).collect()
}

/// A line whose figures are costs; taxes can truly be negative and are not among them.
fn cost(book: &Book<'_>, line: Place) -> bool {
    book.line(line).is_some_and(|l| crate::book::concept(l) != "IncomeTaxExpenseBenefit")
}

#[cfg(test)]
mod tests {
    use crate::testing::{SEED, ties};

    const TABLE: &str = "\
table IS 3 2003-01-01..2003-03-31 2002-01-01..2002-03-31
Net sales {#SalesRevenueNet} | 7,539 | 8,973
Cost of goods sold {#CostOfGoodsSold} | 5,394 | 7,183
Gross profit {#GrossProfit} | 2,145 | 1,790
";

    #[test]
    fn fires_where_a_twin_holds() {
        let told = ties(&TABLE.replace("1,790", "1,970"), "CHAIN");
        assert!(told[0].starts_with("ties") && told[1].starts_with("off"), "{told:?}");
    }

    #[test]
    fn stays_silent_where_it_holds_or_is_footed_or_never_holds() {
        assert!(ties(TABLE, "CHAIN").iter().all(|t| t.starts_with("ties")));
        assert!(ties(SEED, "CHAIN").is_empty());
        assert!(ties(&TABLE.replace("1,790", "1,970").replace("2,145", "2,541"), "CHAIN").is_empty());
    }

    #[test]
    fn a_cost_in_parentheses_is_subtracted_once() {
        let told = ties(&TABLE.replace("5,394", "(5,394)").replace("7,183", "(7,183)"), "CHAIN");
        assert!(told.len() == 2 && told.iter().all(|t| t.starts_with("ties")), "{told:?}");
    }
}
