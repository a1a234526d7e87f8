use crate::because::Because;
use crate::table::{CONCEPTS, Row, tables};
use crate::{PeriodType, UnitKind, context, normalise, per_share};
use tieout_model::{StatementKind, Unit};

/// A line of a statement, as far as its concept depends on it.
#[derive(Debug, Clone, Copy)]
pub struct Query<'q> {
    /// The statement it stands in.
    pub kind: StatementKind,
    /// Its words, wraps joined.
    pub label: &'q str,
    /// The headings above it, outermost first.
    pub section: &'q [&'q str],
    /// The unit of its numbers.
    pub unit: Unit,
    /// The year its statement is for, where known.
    pub year: Option<i16>,
    /// True where it sums other lines.
    pub total: bool,
    /// The tag of the nearest tagged line above it in the same statement.
    pub previous: Option<&'static str>,
}

/// A concept and how it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Found {
    /// `us-gaap:Name` or `tieout:Name`.
    pub tag: &'static str,
    /// What led to it.
    pub because: Because,
}

impl Found {
    /// What the model makes of it: it agrees with the tables, or knows better, and `percent` in 100 such
    /// answers are right.
    pub(crate) fn learned(self, tag: &'static str, percent: u8) -> Found {
        let because = if self.tag == tag { self.because } else { Because { model: true, ..Because::default() } };
        Found { tag, because: Because { percent, ..because } }
    }
}

thread_local! {
    /// One buffer for all labels of a thread: a lookup allocates nothing.
    static WORDS: std::cell::RefCell<String> = const { std::cell::RefCell::new(String::new()) };
}

/// The concept of a line, or none where the tables do not know it for certain.
pub fn concept(query: &Query<'_>) -> Option<Found> {
    WORDS.with_borrow_mut(|words| {
        normalise(query.label, words);
        match query.unit {
            Unit::PerShare(_) => per_share::per_share(words, query),
            Unit::Shares => per_share::shares(words, query),
            Unit::Money(_) => money(words, query),
            Unit::Pure => None,
        }
    })
}

fn money(words: &str, query: &Query<'_>) -> Option<Found> {
    if words.contains("per ") && (words.contains("per share") || words.contains("per common share")) {
        return None;
    }
    let at = context::places(query.kind, query.section, query.previous);
    let ask = |label: &str| best(label, query, at);
    if words.is_empty() || words == "total" {
        return bare_total(words, query, at);
    }
    if let Some(row) = ask(words) {
        return Some(found(row, [""; 2]));
    }
    let (lead, bare) = without_lead(words, query.total);
    if !lead.is_empty()
        && let Some(row) = ask(bare)
    {
        return Some(found(row, [lead, ""]));
    }
    // Then what a comma, "less" or "net of" adds behind the name.
    let mut end = bare.len();
    while let Some((cut, tail)) = last_tail(bare, end) {
        end = cut;
        let Some(row) = ask(bare.get(..cut).unwrap_or_default()) else {
            continue;
        };
        // "Net" behind a flow may make it another one (interest expense, net), save where it is net of tax.
        let instant =
            CONCEPTS.get(usize::from(row.concept)).is_some_and(|c| c.properties.period == PeriodType::Instant);
        let tax = bare.get(cut..).is_some_and(|t| t.contains(" tax"));
        if instant || (tail == TAILS_NET && tax) {
            return Some(found(row, [lead, tail]));
        }
        break;
    }
    if let Some(tag) = before_tax(bare, query.kind) {
        return Some(Found { tag, because: Because { words: true, ..Because::default() } });
    }
    with_company_name(bare)
        .map(|tag| Found { tag, because: Because { without: [lead, "the company's name"], ..Because::default() } })
}

/// A sum without a name of its own: that of its section, where the section has one.
fn bare_total(words: &str, query: &Query<'_>, at: u32) -> Option<Found> {
    if !query.total {
        return None;
    }
    if let Some(row) = best("total", query, at) {
        return Some(found(row, [""; 2]));
    }
    let because = Because {
        without: if words.is_empty() { ["", ""] } else { ["\"total\"", ""] },
        words: true,
        ..Because::default()
    };
    let total = |tag| Some(Found { tag, because });
    if query.kind != StatementKind::BalanceSheet {
        return None;
    }
    let mut heading = String::new();
    match query.section {
        [only] => {
            normalise(only, &mut heading);
            match heading.as_str() {
                "asset" => total("us-gaap:Assets"),
                "liability" => total("us-gaap:Liabilities"),
                "liability stockholder equity" | "liability equity" => {
                    total("us-gaap:LiabilitiesAndStockholdersEquity")
                }
                _ => None,
            }
        }
        // Nothing stands below equity but the sum of both sides.
        [] if query.previous == Some("us-gaap:StockholdersEquity") => total("us-gaap:LiabilitiesAndStockholdersEquity"),
        _ => None,
    }
}

/// Income before taxes, whatever else it comes before: "income before income taxes, fresh-start adjustments
/// and extraordinary items". The order of the list in the label says nothing.
fn before_tax(words: &str, kind: StatementKind) -> Option<&'static str> {
    let (income, rest) = words.split_once(" before ")?;
    let income =
        income.starts_with("income") || income.starts_with("net income") || income.starts_with("operating income");
    if kind != StatementKind::Income || !income || !rest.split(' ').any(|w| w == "tax") {
        return None;
    }
    Some(if rest.contains("minority interest") || rest.contains("equity income") || rest.contains("noncontrolling") {
        "us-gaap:IncomeLossFromContinuingOperationsBeforeIncomeTaxesMinorityInterestAndIncomeLossFromEquityMethodInvestments"
    } else {
        "us-gaap:IncomeLossFromContinuingOperationsBeforeIncomeTaxesExtraordinaryItemsNoncontrollingInterest"
    })
}

/// Captions that carry the name of the company: "net income attributable to Acme", "total Acme
/// shareholders' equity".
fn with_company_name(words: &str) -> Option<&'static str> {
    let whose =
        words.strip_prefix("net income attributable to ").or_else(|| words.strip_suffix(" stockholder equity"))?;
    let other = [
        "noncontrolling",
        "minority",
        "redeemable",
        "preferred",
        "unit",
        "partner",
        "liability",
        "discontinued",
        "continuing",
        "other",
        "participating",
        "increase",
        "return",
    ];
    if other.iter().any(|w| whose.contains(w)) || whose.split(' ').count() > 5 {
        return None;
    }
    Some(match () {
        () if words.ends_with(" stockholder equity") => "us-gaap:StockholdersEquity",
        () if whose.contains("common") => "us-gaap:NetIncomeLossAvailableToCommonStockholdersBasic",
        () => "us-gaap:NetIncomeLoss",
    })
}

fn found(row: &Row, without: [&'static str; 2]) -> Found {
    let tag = CONCEPTS.get(usize::from(row.concept)).map_or("", |c| c.tag);
    Found { tag, because: Because { without, section: row.section, ..Because::default() } }
}

/// The row of a label that fits best: right unit and year, all its places met, the most particular first.
fn best(label: &str, query: &Query<'_>, at: u32) -> Option<&'static Row> {
    let fits = |row: &&Row| {
        let unit = CONCEPTS.get(usize::from(row.concept)).map(|c| c.properties.unit);
        let year = query.year.is_none_or(|y| (row.from..=row.to).contains(&y));
        unit == Some(UnitKind::Money) && year && row.section & !at == 0
    };
    tables(query.kind).iter().find_map(|table| {
        let rows = table.find(label).iter().filter(fits);
        rows.rev().max_by_key(|row| row.section.count_ones())
    })
}

/// A word in front that says what the line does, not what it is.
fn without_lead(words: &str, total: bool) -> (&'static str, &str) {
    for (lead, name) in [("less ", "\"less\""), ("add ", "\"add\""), ("plus ", "\"plus\""), ("deduct ", "\"deduct\"")] {
        if let Some(rest) = words.strip_prefix(lead) {
            return (name, rest);
        }
    }
    match words.strip_prefix("total ") {
        Some(rest) if total => ("\"total\"", rest),
        _ => ("", words),
    }
}

const TAILS_NET: &str = "what it is net of";

/// Words that begin a clause behind the name, with what they are called.
const TAILS: [(&str, &str); 17] = [
    (" less ", "what it is less"),
    (" net", TAILS_NET),
    (" par value", "its par value"),
    (" no par", "its par value"),
    (" without par", "its par value"),
    (" stated value", "its par value"),
    (" authorized", "its share counts"),
    (" issued", "its share counts"),
    (" share authorized", "its share counts"),
    (" share issued", "its share counts"),
    (" at cost", "its basis"),
    (" at lower", "its basis"),
    (" at market", "its basis"),
    (" at fair value", "its basis"),
    (" at amortized cost", "its basis"),
    (" at estimated", "its basis"),
    (" including ", "what it includes"),
];

/// The last clause that begins before `end`: where, and what it is.
fn last_tail(words: &str, end: usize) -> Option<(usize, &'static str)> {
    let head = words.get(..end)?;
    head.rmatch_indices(' ').find_map(|(at, _)| {
        let clause = head.get(at..)?;
        let (_, name) = TAILS.iter().find(|(marker, _)| {
            // " net", " issued" and their like are whole words.
            let rest = clause.strip_prefix(marker);
            rest.is_some_and(|rest| marker.ends_with(' ') || rest.is_empty() || rest.starts_with(' '))
        })?;
        (at > 0).then_some((at, *name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use StatementKind::{BalanceSheet, CashFlow, Income};

    fn line<'q>(kind: StatementKind, section: &'q [&'q str], label: &'q str) -> Query<'q> {
        Query { kind, label, section, unit: Unit::USD, year: Some(1996), total: false, previous: None }
    }

    #[track_caller]
    fn check(query: Query<'_>, expected: &str) {
        let tag = concept(&query).map_or("", |f| f.tag);
        assert_eq!(tag.split(':').next_back(), Some(expected), "{:?} in {:?}", query.label, query.section);
        if let Some(found) = concept(&query) {
            assert!(crate::properties(found.tag).is_some(), "{} has no properties", found.tag);
        }
    }

    #[test]
    fn the_section_decides_between_current_and_noncurrent() {
        check(
            line(BalanceSheet, &["Assets", "Current assets"], "Deferred income taxes"),
            "DeferredTaxAssetsNetCurrent",
        );
        let owed = ["Liabilities and equity", "Current liabilities"];
        check(line(BalanceSheet, &owed, "Other"), "OtherLiabilitiesCurrent");
        check(
            Query { previous: Some("us-gaap:LiabilitiesCurrent"), ..line(BalanceSheet, &owed, "Other") },
            "OtherLiabilitiesNoncurrent",
        );
        check(
            Query { previous: Some("us-gaap:LiabilitiesCurrent"), ..line(BalanceSheet, &[], "Long-term debt") },
            "LongTermDebtNoncurrent",
        );
    }

    #[test]
    fn what_follows_the_name_is_taken_off() {
        let equity = ["Shareholders' equity"];
        check(
            line(BalanceSheet, &equity, "Common stock, $.01 par value; authorized 3,000 shares; issued 12"),
            "CommonStockValue",
        );
        check(
            line(BalanceSheet, &["Current assets"], "Trade receivables, less allowance for returns of $3 in 1991"),
            "AccountsReceivableNetCurrent",
        );
        check(line(BalanceSheet, &equity, "Less: Treasury stock, 12 shares at cost"), "TreasuryStockValue");
        let found =
            concept(&line(BalanceSheet, &[], "Add: goodwill, less amortization of $3")).map(|f| f.because.to_string());
        assert_eq!(found.as_deref(), Some("label without \"add\" and what it is less"));
    }

    #[test]
    fn net_is_not_taken_off_a_flow() {
        check(line(Income, &[], "Interest expense"), "InterestExpense");
        check(line(Income, &[], "Interest expense, net"), "InterestIncomeExpenseNonoperatingNet");
        check(line(Income, &[], "Extraordinary loss on a fire, net of taxes of $3"), "");
        check(line(Income, &[], "Extraordinary loss, net of taxes of $3"), "ExtraordinaryItemNetOfTax");
    }

    #[test]
    fn a_total_is_named_by_its_section() {
        let total = |section| Query { total: true, ..line(BalanceSheet, section, "Total") };
        check(total(&["Assets", "Current assets"]), "AssetsCurrent");
        check(total(&["Assets"]), "Assets");
        check(total(&["Capitalization", "Deferred credits"]), "");
        check(Query { total: false, ..total(&["Assets"]) }, "");
    }

    #[test]
    fn the_unit_tells_a_share_from_the_whole() {
        let share = |section, label| Query { unit: Unit::USD_PER_SHARE, ..line(Income, section, label) };
        check(line(Income, &[], "Net income"), "NetIncomeLoss");
        check(share(&["Basic and diluted earnings per share"], "Net income"), "EarningsPerShareBasicAndDiluted");
        check(share(&["Net income per share"], "Diluted"), "EarningsPerShareDiluted");
        check(share(&[], "Primary earnings per share"), "EarningsPerShareBasic");
        check(share(&[], "Fully diluted earnings per share"), "EarningsPerShareDiluted");
        check(
            share(&["Diluted"], "Loss before extraordinary item"),
            "IncomeLossBeforeExtraordinaryItemsAndCumulativeEffectOfChangeInAccountingPrinciplePerDilutedShare",
        );
        check(share(&[], "Adjusted earnings per share"), "");
        check(share(&[], "Book value per share"), "");
        check(line(Income, &[], "Net income per share"), "");
    }

    #[test]
    fn averages_and_counts_of_shares() {
        let shares = |kind, section, label| Query { unit: Unit::Shares, ..line(kind, section, label) };
        check(
            shares(Income, &["Weighted average number of shares"], "Basic"),
            "WeightedAverageNumberOfSharesOutstandingBasic",
        );
        check(
            shares(Income, &[], "Average shares, assuming dilution"),
            "WeightedAverageNumberOfDilutedSharesOutstanding",
        );
        check(shares(BalanceSheet, &[], "Shares authorized"), "CommonStockSharesAuthorized");
        check(shares(Income, &[], "Effect of dilutive options"), "");
    }

    #[test]
    fn a_cash_flow_line_depends_on_its_activity() {
        let adjustments = ["Operating activities", "Changes in assets and liabilities"];
        check(line(CashFlow, &adjustments, "Inventories"), "IncreaseDecreaseInInventories");
        check(
            line(CashFlow, &["Investing activities"], "Capital expenditures"),
            "PaymentsToAcquirePropertyPlantAndEquipment",
        );
        check(
            line(CashFlow, &["Financing activities"], "Other, net"),
            "ProceedsFromPaymentsForOtherFinancingActivities",
        );
        check(line(CashFlow, &[], "Cash at end of year"), "CashAndCashEquivalentsAtCarryingValue");
    }

    #[test]
    fn years_have_their_own_elements() {
        check(line(Income, &[], "Net sales"), "SalesRevenueNet");
        check(
            Query { year: Some(2021), ..line(Income, &[], "Net sales") },
            "RevenueFromContractWithCustomerExcludingAssessedTax",
        );
    }

    #[test]
    fn banks_and_companies_named_in_captions() {
        check(line(Income, &["Interest expense"], "Deposits"), "InterestExpenseDeposits");
        check(line(Income, &["Interest income"], "Loans, including fees"), "InterestAndFeeIncomeLoansAndLeases");
        check(line(BalanceSheet, &[], "Total Acme shareholders' equity"), "StockholdersEquity");
        check(line(Income, &[], "Net income attributable to Acme"), "NetIncomeLoss");
    }

    #[test]
    fn the_unknown_is_unknown() {
        check(line(BalanceSheet, &["Assets"], "Phlogiston"), "");
        check(line(StatementKind::Other, &[], "Net income"), "");
    }
}
