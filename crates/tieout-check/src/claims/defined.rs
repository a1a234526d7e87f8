//! Measures that a text names and no statement prints: net debt, free cash flow, EBITDA, days of sales. Each
//! by the definitions in use; the one that ties is named. Nobody defines them by law, so that none is ever off.

use super::resolve::Resolver;
use super::{Attempt, How};
use crate::concepts::{CASH, COSTS, EQUITY, INVESTMENTS, LONG_DEBT, NET_INCOME, REVENUES, SHORT_DEBT};
use crate::say;
use crate::words::{AnyOf, has};
use tieout_model::{Claim, ClaimKind, Fact, Interval, Period, Ratio};

/// A part of a sum: whether it is taken away, what it may be called, and whether it may be missing.
struct Term {
    minus: bool,
    tags: &'static [&'static str],
    missing: bool,
}

const fn add(tags: &'static [&'static str]) -> Term {
    Term { minus: false, tags, missing: false }
}

const fn less(tags: &'static [&'static str]) -> Term {
    Term { minus: true, tags, missing: false }
}

const fn maybe(term: Term) -> Term {
    Term { missing: true, ..term }
}

/// A measure: a sum, over another where there is one, as days of its period where it is one of days.
struct Definition {
    /// One of these stands in the subject; the longest name that does decides.
    names: &'static [&'static str],
    over: &'static [Term],
    under: &'static [Term],
    days: bool,
    note: &'static str,
}

const CAPEX: &[&str] = &["PaymentsToAcquirePropertyPlantAndEquipment", "PaymentsToAcquireProductiveAssets"];
const SOLD: &[&str] = &["ProceedsFromSaleOfPropertyPlantAndEquipment", "ProceedsFromSaleOfProductiveAssets"];
const OPERATIONS: &[&str] =
    &["NetCashProvidedByUsedInOperatingActivities", "NetCashProvidedByUsedInOperatingActivitiesContinuingOperations"];
const DEPRECIATION: &[&str] =
    &["DepreciationDepletionAndAmortization", "DepreciationAndAmortization", "DepreciationAmortizationAndAccretionNet"];
const INTEREST: &[&str] = &["InterestExpense", "InterestAndDebtExpense", "InterestIncomeExpenseNet"];
const TAX: &[&str] = &["IncomeTaxExpenseBenefit"];
const RECEIVABLES: &[&str] = &["AccountsReceivableNetCurrent", "ReceivablesNetCurrent"];
const CURRENT_DEBTS: &[&str] = &["LiabilitiesCurrent"];
const BUYBACKS: &[&str] = &["PaymentsForRepurchaseOfCommonStock"];
const PAID: &[&str] = &["PaymentsOfDividends", "PaymentsOfDividendsCommonStock"];

const fn sum(names: &'static [&'static str], over: &'static [Term], note: &'static str) -> Definition {
    Definition { names, over, under: &[], days: false, note }
}

const fn ratio(
    names: &'static [&'static str],
    over: &'static [Term],
    under: &'static [Term],
    note: &'static str,
) -> Definition {
    Definition { names, over, under, days: false, note }
}

const DEFINITIONS: &[Definition] = &[
    sum(
        &["net debt"],
        &[add(LONG_DEBT), maybe(add(SHORT_DEBT)), less(CASH), maybe(less(INVESTMENTS))],
        "debt less cash",
    ),
    ratio(
        &["net debt to total capital", "net debt to capital", "net debt-to-capital"],
        &[add(LONG_DEBT), maybe(add(SHORT_DEBT)), less(CASH)],
        &[add(LONG_DEBT), maybe(add(SHORT_DEBT)), less(CASH), add(EQUITY)],
        "debt less cash over the same plus equity",
    ),
    ratio(
        &["net debt to total capital", "net debt to capital", "net debt-to-capital"],
        &[add(LONG_DEBT), maybe(add(SHORT_DEBT)), less(CASH)],
        &[add(LONG_DEBT), maybe(add(SHORT_DEBT)), add(EQUITY)],
        "debt less cash over debt plus equity",
    ),
    ratio(
        &["debt to total capital", "debt to capital", "debt-to-capital", "debt-to-total-capital"],
        &[add(LONG_DEBT), maybe(add(SHORT_DEBT))],
        &[add(LONG_DEBT), maybe(add(SHORT_DEBT)), add(EQUITY)],
        "debt over debt plus equity",
    ),
    ratio(
        &["debt to total capital", "debt to capital", "debt-to-capital", "debt-to-total-capital"],
        &[add(LONG_DEBT)],
        &[add(LONG_DEBT), add(EQUITY)],
        "long-term debt over it plus equity",
    ),
    sum(&["net capital expenditure"], &[add(CAPEX), less(SOLD)], "capital expenditures less proceeds of sales"),
    sum(&["free cash flow"], &[add(OPERATIONS), less(CAPEX)], "operating cash flow less capital expenditures"),
    sum(
        &["free cash flow"],
        &[add(OPERATIONS), less(CAPEX), add(SOLD)],
        "operating cash flow less capital expenditures, proceeds of sales added",
    ),
    sum(&["ebitda"], &[add(&["OperatingIncomeLoss"]), add(DEPRECIATION)], "operating income plus depreciation"),
    sum(
        &["ebitda"],
        &[add(NET_INCOME), add(TAX), add(INTEREST), add(DEPRECIATION)],
        "net income plus tax, interest and depreciation",
    ),
    sum(&["cash and", "cash, cash equivalents and"], &[add(CASH), add(INVESTMENTS)], "cash plus investments"),
    sum(&["dividend", "repurchase", "returned"], &[add(BUYBACKS), add(PAID)], "repurchases plus dividends"),
    sum(
        &["tangible book value", "tangible equity", "tangible common equity"],
        &[
            add(EQUITY),
            less(&["Goodwill", "IntangibleAssetsNetIncludingGoodwill"]),
            maybe(less(&["IntangibleAssetsNetExcludingGoodwill", "FiniteLivedIntangibleAssetsNet"])),
        ],
        "equity less goodwill and intangibles",
    ),
    ratio(
        &["quick ratio", "acid test"],
        &[add(CASH), maybe(add(INVESTMENTS)), add(RECEIVABLES)],
        &[add(CURRENT_DEBTS)],
        "cash, investments and receivables over current liabilities",
    ),
    ratio(
        &["efficiency ratio"],
        &[add(&["NoninterestExpense"])],
        &[add(&["InterestIncomeExpenseNet"]), add(&["NoninterestIncome"])],
        "noninterest expense over net interest income plus noninterest income",
    ),
    ratio(
        &["combined ratio"],
        &[add(&["BenefitsLossesAndExpenses"])],
        &[add(&["PremiumsEarnedNet"])],
        "losses and expenses over premiums earned",
    ),
    Definition {
        names: &["days sales outstanding", "dso", "days of sales outstanding", "days' sales"],
        over: &[add(RECEIVABLES)],
        under: &[add(REVENUES)],
        days: true,
        note: "receivables over sales of a day",
    },
    Definition {
        names: &["days of inventory", "days inventory", "inventory days"],
        over: &[add(&["InventoryNet"])],
        under: &[add(COSTS)],
        days: true,
        note: "inventory over cost of a day",
    },
];

/// All names, so that one pass over a subject tells whether any of them stands in it.
static NAMED: AnyOf = {
    const MOST: usize = 64;
    static NAMES: ([&str; MOST], usize) = {
        let (mut names, mut count, mut i) = ([""; MOST], 0, 0);
        while i < DEFINITIONS.len() {
            let mut k = 0;
            while k < DEFINITIONS[i].names.len() {
                names[count] = DEFINITIONS[i].names[k];
                (count, k) = (count + 1, k + 1);
            }
            i += 1;
        }
        (names, count)
    };
    AnyOf::new(NAMES.0.split_at(NAMES.1).0)
};

/// What the definitions of a claim's subject give.
pub(super) fn attempts<'a>(resolver: &Resolver<'a>, claim: &Claim) -> Vec<Attempt<'a>> {
    if !matches!(claim.kind, ClaimKind::Amount | ClaimKind::Ratio | ClaimKind::ShareOf | ClaimKind::Count)
        || !NAMED.within(&claim.subject)
    {
        return Vec::new();
    }
    let named = |d: &Definition| d.names.iter().filter(|n| has(&claim.subject, n)).map(|n| n.len()).max();
    let Some(longest) = DEFINITIONS.iter().filter_map(named).max() else { return Vec::new() };
    let chosen = DEFINITIONS.iter().filter(|d| named(d) == Some(longest));
    chosen.filter_map(|definition| attempt(resolver, claim, definition)).collect()
}

fn attempt<'a>(resolver: &Resolver<'a>, claim: &Claim, definition: &Definition) -> Option<Attempt<'a>> {
    let mut facts = Vec::new();
    let (mut centre, mut image, mut shown) = total(resolver, claim, definition.over, &mut facts)?;
    if !definition.under.is_empty() {
        let (under, range, words) = total(resolver, claim, definition.under, &mut facts)?;
        let several = |words: String, terms: &[Term]| if terms.len() > 1 { format!("({words})") } else { words };
        centre = centre.div(under)?;
        image = image.div(range)?;
        shown = format!("{} / {}", several(shown, definition.over), several(words, definition.under));
    }
    if definition.days {
        // Sales are of the period that the income statement's figure is of.
        let days = facts.iter().find_map(|f| f.period.filter(|p| matches!(p, Period::Duration(..))))?.days();
        let days = Ratio::new(days.into(), 1)?;
        centre = centre.mul(days)?;
        image = image.mul(Interval::point(days))?;
        shown = format!("{shown} x {} days", days.round(0)?);
    }
    let result = if definition.under.is_empty() {
        let finest = facts.iter().min_by_key(|f| f.amount.exponent)?;
        resolver.book.figure_like(finest, centre.round(finest.amount.exponent)?)
    } else {
        say::rounded(centre, -4)
    };
    Some(Attempt {
        how: How::Defined,
        centre,
        image,
        facts,
        certain: false,
        unsigned: false,
        note: definition.note,
        shown: format!("{shown} = {result}"),
    })
}

/// A sum of terms at the claim's date: its value, what it may be, and how it is written. Sizes are added: an
/// outflow is in parentheses here and not there.
fn total<'a>(
    resolver: &Resolver<'a>,
    claim: &Claim,
    terms: &[Term],
    facts: &mut Vec<&'a Fact>,
) -> Option<(Ratio, Interval, String)> {
    let (mut centre, mut image, mut shown) = (Ratio::ZERO, Interval::point(Ratio::ZERO), String::new());
    for term in terms {
        let Some((fact, _)) = resolver.tagged(claim, term.tags).into_iter().next() else {
            if term.missing {
                continue;
            }
            return None;
        };
        let amount =
            if term.minus || term.tags == CAPEX || term.tags == SOLD { fact.amount.abs() } else { fact.amount };
        let (value, range) = (amount.ratio()?, amount.interval()?);
        if term.minus {
            (centre, image) = (centre.sub(value)?, image.sub(range)?);
        } else {
            (centre, image) = (centre.add(value)?, image.add(range)?);
        }
        if !shown.is_empty() {
            shown.push_str(if term.minus { " - " } else { " + " });
        }
        shown.push_str(&resolver.book.figure_like(fact, amount));
        facts.push(fact);
    }
    (!shown.is_empty()).then_some((centre, image, shown))
}

#[cfg(test)]
mod tests {
    use crate::testing::{claim, settled};
    use tieout_model::{Amount, ClaimKind, Verdict};

    const REPORT: &str = "\
table BS 3 2020-03-31
Cash {#CashAndCashEquivalentsAtCarryingValue} | 46,909
Current portion of debt {#LongTermDebtCurrent} | 18,400
Long-term debt {#LongTermDebtNoncurrent} | 217,367
Equity {#StockholdersEquity} | 843,387
table CF 3 2020-01-01..2020-03-31
Net cash from operations {#NetCashProvidedByUsedInOperatingActivities} | 150,000
Acquisition of property {#PaymentsToAcquirePropertyPlantAndEquipment} | (107,591)
Proceeds from disposals {#ProceedsFromSaleOfPropertyPlantAndEquipment} | 4,915
";

    #[test]
    fn measures_nobody_prints_are_reckoned() {
        let debt = claim(ClaimKind::Ratio, "net debt to total capital", Amount::new(183, -3), "2020-03-31");
        let (verdict, because) = settled(REPORT, debt);
        assert_eq!(verdict, Verdict::Ties, "{because}");
        assert!(
            because.contains("(217,367 + 18,400 - 46,909) / (217,367 + 18,400 - 46,909 + 843,387) = 0.1830"),
            "{because}"
        );
        let quarter = "2020-01-01..2020-03-31";
        let net = claim(ClaimKind::Amount, "net capital expenditures", Amount::new(1027, 5), quarter);
        assert_eq!(settled(REPORT, net).0, Verdict::Ties);
        let free = claim(ClaimKind::Amount, "free cash flow", Amount::new(424, 5), quarter);
        assert_eq!(settled(REPORT, free).0, Verdict::Ties);
    }

    #[test]
    fn a_measure_that_does_not_tie_is_open() {
        let free = claim(ClaimKind::Amount, "free cash flow", Amount::new(430, 5), "2020-01-01..2020-03-31");
        assert_eq!(settled(REPORT, free).0, Verdict::Open);
    }
}
