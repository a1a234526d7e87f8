use crate::table::{BS, CF, CONCEPTS, IS, Table};
use tieout_source::Lexicon;

/// How well the subject of a sentence names a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Match {
    /// Not as far as the tables know.
    No,
    /// All words of the subject are words of the label, or the reverse.
    Contains,
    /// Other words for the same concept, or one of its family.
    Synonym,
    /// The same words.
    Exact,
}

/// Elements that name the same line in different detail or in different years of the taxonomy; prose does
/// not tell them apart.
static FAMILIES: Lexicon<u8, 64> = Lexicon::new(&[
    ("us-gaap:Revenues", 0),
    ("us-gaap:SalesRevenueNet", 0),
    ("us-gaap:SalesRevenueGoodsNet", 0),
    ("us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax", 0),
    ("us-gaap:RevenueFromContractWithCustomerIncludingAssessedTax", 0),
    ("us-gaap:RegulatedAndUnregulatedOperatingRevenue", 0),
    ("us-gaap:CostOfRevenue", 1),
    ("us-gaap:CostOfGoodsSold", 1),
    ("us-gaap:CostOfGoodsAndServicesSold", 1),
    ("us-gaap:NetIncomeLoss", 2),
    ("us-gaap:ProfitLoss", 2),
    ("us-gaap:Cash", 3),
    ("us-gaap:CashAndCashEquivalentsAtCarryingValue", 3),
    ("us-gaap:CashAndDueFromBanks", 3),
    ("us-gaap:CashCashEquivalentsRestrictedCashAndRestrictedCashEquivalents", 3),
    ("us-gaap:StockholdersEquity", 4),
    ("us-gaap:StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest", 4),
    ("us-gaap:LongTermDebt", 5),
    ("us-gaap:LongTermDebtNoncurrent", 5),
    ("us-gaap:LongTermDebtAndCapitalLeaseObligations", 5),
    ("us-gaap:AccountsReceivableNetCurrent", 6),
    ("us-gaap:ReceivablesNetCurrent", 6),
    ("us-gaap:DepreciationDepletionAndAmortization", 7),
    ("us-gaap:DepreciationAndAmortization", 7),
    ("us-gaap:IncomeLossFromContinuingOperationsBeforeIncomeTaxesExtraordinaryItemsNoncontrollingInterest", 8),
    (
        "us-gaap:IncomeLossFromContinuingOperationsBeforeIncomeTaxesMinorityInterestAndIncomeLossFromEquityMethodInvestments",
        8,
    ),
]);

/// True where two tags are the same, or of one family (`Revenues` and `SalesRevenueNet`).
pub fn same_family(a: &str, b: &str) -> bool {
    let family = |tag: &str| FAMILIES.get(tag.as_bytes());
    a == b || family(a).is_some_and(|one| family(b) == Some(one))
}

/// The concepts that normalised words of a subject ("revenue", "cash balance") may mean on the balance sheet, in the
/// income and in the cash flow statement, whatever section the tables ask for.
pub fn concepts_of(words: &str) -> [Option<&'static str>; 3] {
    let words = plain(words);
    let first = |table: &Table| {
        let row = table.find(words).iter().min_by_key(|r| r.section.count_ones())?;
        CONCEPTS.get(usize::from(row.concept)).map(|c| c.tag)
    };
    [first(&BS), first(&IS), first(&CF)]
}

/// Without the words prose adds: "the company's total revenues", "cash balances", "cash position".
fn plain(words: &str) -> &str {
    let mut words = words;
    for lead in ["company ", "consolidated ", "reported ", "overall "] {
        words = words.strip_prefix(lead).unwrap_or(words);
    }
    for tail in [" balance", " position", " figure", " level", " result", " amount"] {
        words = words.strip_suffix(tail).unwrap_or(words);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::{concepts_of, same_family};

    #[test]
    fn subjects_have_concepts() {
        assert_eq!(concepts_of("gross margin")[1], Some("us-gaap:GrossProfit"));
        assert_eq!(concepts_of("company revenue")[1], concepts_of("revenue")[1]);
        assert_eq!(concepts_of("cash balance")[0], concepts_of("cash equivalent")[0]);
        assert_eq!(concepts_of(""), [None; 3]);
        assert!(same_family("us-gaap:Revenues", "us-gaap:SalesRevenueNet"));
        assert!(!same_family("us-gaap:Revenues", "us-gaap:CostOfRevenue"));
    }
}
