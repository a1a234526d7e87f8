//! Concepts that can stand for one another in a calculation, the usual one first.

/// All sales and revenue.
pub(crate) const REVENUES: &[&str] = &[
    "Revenues",
    "SalesRevenueNet",
    "RevenueFromContractWithCustomerExcludingAssessedTax",
    "RevenuesNetOfInterestExpense",
    "RegulatedAndUnregulatedOperatingRevenue",
    "SalesRevenueGoodsNet",
    "SalesRevenueServicesNet",
];

/// What was sold, at cost.
pub(crate) const COSTS: &[&str] = &["CostOfRevenue", "CostOfGoodsAndServicesSold", "CostOfGoodsSold", "CostOfServices"];

/// Income before income taxes.
pub(crate) const PRETAX: &[&str] = &[
    "IncomeLossFromContinuingOperationsBeforeIncomeTaxesExtraordinaryItemsNoncontrollingInterest",
    "IncomeLossFromContinuingOperationsBeforeIncomeTaxesMinorityInterestAndIncomeLossFromEquityMethodInvestments",
];

/// What may stand between tax and income from continuing operations.
pub(crate) const EQUITY_SHARE_INCOME: &[(&[&str], bool)] = &[(&["IncomeLossFromEquityMethodInvestments"], false)];

/// Net income, the owners' part first.
pub(crate) const NET_INCOME: &[&str] = &["NetIncomeLoss", "ProfitLoss"];

/// Cash as a balance sheet and a cash flow statement end with it.
pub(crate) const CASH: &[&str] = &[
    "CashAndCashEquivalentsAtCarryingValue",
    "Cash",
    "CashAndDueFromBanks",
    "CashCashEquivalentsRestrictedCashAndRestrictedCashEquivalents",
];

/// Securities held as cash is.
pub(crate) const INVESTMENTS: &[&str] =
    &["ShortTermInvestments", "MarketableSecuritiesCurrent", "AvailableForSaleSecuritiesCurrent"];

/// Dividends to owners, however paid.
pub(crate) const DIVIDENDS: &[&str] =
    &["Dividends", "DividendsCommonStock", "PaymentsOfDividends", "PaymentsOfDividendsCommonStock"];

/// Equity of the owners.
pub(crate) const EQUITY: &[&str] =
    &["StockholdersEquity", "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest"];

/// Debt due after a year.
pub(crate) const LONG_DEBT: &[&str] = &["LongTermDebtNoncurrent", "LongTermDebtAndCapitalLeaseObligations"];
/// Its part due within a year.
pub(crate) const SHORT_DEBT: &[&str] =
    &["LongTermDebtCurrent", "LongTermDebtAndCapitalLeaseObligationsCurrent", "DebtCurrent"];

/// Shares outstanding at a date.
pub(crate) const OUTSTANDING: &[&str] = &["CommonStockSharesOutstanding", "CommonStockSharesIssued"];
