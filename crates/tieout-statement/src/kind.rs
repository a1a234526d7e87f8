//! What a table is: its title says, its lines confirm.

use crate::phrases::Phrases;
use crate::words::Words;
use tieout_model::StatementKind;

/// What a title's words say, without regard to the lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Title {
    pub(crate) kind: Option<StatementKind>,
    /// A summary, schedule, segment or quarterly table that borrows a statement's lines.
    pub(crate) partial: bool,
    /// Averages, analyses, maturities: figures that no statement prints.
    pub(crate) derived: bool,
    /// "(continued)".
    pub(crate) continued: bool,
}

pub(crate) fn title(text: &str) -> Title {
    let lower = text.to_ascii_lowercase();
    let text = Phrases::of(&lower);
    let has = |words: &[&str]| text.any(words);
    let kind = if has(&["cash flow"]) {
        Some(StatementKind::CashFlow)
    } else if has(&[
        "balance sheet",
        "financial condition",
        "financial position",
        "statement of condition",
        "statements of condition",
        "assets and liabilities",
        "assets, liabilities",
    ]) {
        Some(StatementKind::BalanceSheet)
    } else if has(&[
        "of operations",
        "of income",
        "of earnings",
        "income statement",
        "of consolidated income",
        "of consolidated operations",
        "of consolidated earnings",
        "of loss",
        "operating results",
        "earnings statement",
        "results of operation",
        "statements of expenses",
        "revenues and expenses",
        "of net income",
    ]) {
        Some(StatementKind::Income)
    } else if has(&["comprehensive income", "comprehensive loss"]) {
        Some(StatementKind::Comprehensive)
    } else if has(&["liabilities"]) {
        // "LIABILITIES AND SHAREHOLDERS' EQUITY" heads the second page of a balance sheet.
        None
    } else if has(&[
        "holders' equity",
        "holders equity",
        "holders' investment",
        "changes in equity",
        "owners' equity",
        "retained earnings",
        "partners' capital",
        "partners' equity",
        "capital accounts",
        "accumulated deficit",
        "shareowners",
        "changes in common",
        "of equity",
        "holder's equity",
        "stockholder equity",
        "partners' deficit",
        "members' equity",
    ]) {
        Some(StatementKind::Equity)
    } else {
        None
    };
    let partial = has(&[
        "selected",
        "summary of",
        "summary financial",
        "financial summary",
        "highlights",
        "quarterly",
        "segment",
        "key figures",
        "ratios",
        "review of",
        "common size",
        "discussion and analysis",
        "index to",
        "statistics",
        "reconciliation",
        "guidance",
        "percent of",
        "percentage",
        "five-year",
        "ten-year",
        "five year",
        "ten year",
        "eleven-year",
        "eleven year",
        "six-year",
        "three-year summary",
        "balance sheet data",
        "statement of operations data",
        "statement of income data",
        "statements of operations data:",
        "income statement data",
    ]);
    let derived = has(&[
        "average",
        "analysis of",
        "maturities",
        "rate/volume",
        "sensitiv",
        "yield",
        "repricing",
        "interim financial",
        "prospective",
        "projected",
    ]);
    // Its changes by component are a note's, and so is what a pension's cost adds to it.
    let derived = derived
        || kind == Some(StatementKind::Comprehensive)
            && has(&["accumulated other comprehensive", "benefit cost", "recognized in other", "reclassif"]);
    // A whole statement under the name of the summary it opens: "Selected Financial Information: Consolidated
    // Statements of Operations".
    let partial = partial && !names_whole(&lower) || is_note(&lower);
    Title { kind, partial, derived, continued: has(&["continued", "cont'd", "(cont", "concluded"]) }
}

/// A statement's full name behind the word "selected", and not its "data".
fn names_whole(lower: &str) -> bool {
    let named = |rest: &str| rest.contains("consolidated statement") || rest.contains("consolidated balance sheet");
    let data = || lower.replace("share data", "").contains(" data");
    lower.split_once("selected").is_some_and(|(_, rest)| named(rest)) && !data()
}

/// True where a page's head says that notes to the statements stand on it: not "see accompanying notes to...", which
/// stands below a statement, and the registrant's own figures alone may be such a note.
fn is_note(lower: &str) -> bool {
    const NOTES: &str = "notes to ";
    let heads = |(at, _): (usize, &str)| {
        let (before, after) = (lower[..at].trim_end(), &lower[at + NOTES.len()..]);
        let below = ["the", "see", "accompanying", "these", "and", "our", "refer to", "related"];
        after
            .trim_start_matches("the ")
            .trim_start_matches("unaudited ")
            .split("statement")
            .next()
            .is_some_and(|w| w.len() < 40 && ["financial", "consolidated"].iter().any(|f| w.contains(f)))
            && !below.iter().any(|w| before.ends_with(w))
            && !after.contains("integral part")
    };
    lower.match_indices(NOTES).any(heads) && coreg(lower).is_empty()
}

/// True where words name a statement as its own heading does: "statements of ...", "balance sheet".
pub(crate) fn names_statement(title: &str) -> bool {
    let lower = title.to_ascii_lowercase();
    Phrases::of(&lower).any(&["statement", "balance sheet"])
}

/// True where the words above a table are no statement's name but a sentence that speaks of one: "The following
/// table summarizes our statements of operations".
pub(crate) fn is_sentence(title: &str) -> bool {
    let lower = title.to_ascii_lowercase();
    Phrases::of(&lower).any(&[
        "following table",
        "table below",
        "as follows",
        "summarizes",
        "summarized below",
        "table presents",
        "sets forth",
        "table shows",
        "compared to",
        "compared with",
        "allocated in",
        "recorded in",
        "recognized in",
    ])
}

/// Whose figures a heading says they are: "parent only", or empty for the registrant's own.
pub(crate) fn coreg(text: &str) -> &'static str {
    let lower = text.to_ascii_lowercase();
    let text = Phrases::of(&lower);
    let has = |words: &[&str]| text.any(words);
    if has(&[
        "parent company",
        "parent only",
        "(parent",
        "of registrant",
        "registrant only",
        "condensed financial information of",
        "parent-only",
    ]) {
        return "parent only";
    }
    ""
}

/// On which footing a heading says the figures stand, or empty as reported.
pub(crate) fn scenario(text: &str) -> &'static str {
    let lower = text.to_ascii_lowercase();
    if lower.contains("pro forma") || lower.contains("proforma") {
        return "pro forma";
    }
    ""
}

/// An income statement without a title, as far as its words go: whether its figures make one is for the sums
/// to say.
pub(crate) fn may_be_income(title: Title, a: Anchors) -> bool {
    !title.partial
        && !title.derived
        && matches!(title.kind, None | Some(StatementKind::Income))
        && a.bottom
        && a.top
        && a.costs
        && a.pretax
        && !a.assets
        && !a.operating
}

/// All that makes the statement which the title names; segments' lack the taxes or the word "consolidated".
pub(crate) fn is_whole(title: Title, a: Anchors, caption: &str) -> bool {
    let consolidated = || caption.to_ascii_lowercase().contains("consolidated");
    match title.kind {
        Some(StatementKind::Income) => a.top && a.bottom && a.costs && (a.pretax || consolidated()),
        Some(StatementKind::BalanceSheet) => a.assets && a.claims,
        Some(StatementKind::CashFlow) => a.operating && a.investing && a.financing,
        _ => false,
    }
}

/// A statement whose columns no heading dates is one only if both its ends are there.
pub(crate) fn sure_without_dates(a: Anchors) -> bool {
    a.assets && a.claims
        || a.top && a.costs && a.pretax && a.bottom && !a.assets
        || a.operating && a.investing && a.financing
}

/// What the lines themselves show.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Anchors {
    pub(crate) assets: bool,
    pub(crate) assets_heading: bool,
    pub(crate) claims: bool,
    pub(crate) liabilities: bool,
    pub(crate) equity: bool,
    pub(crate) top: bool,
    pub(crate) costs: bool,
    pub(crate) bottom: bool,
    pub(crate) pretax: bool,
    pub(crate) operating: bool,
    pub(crate) investing: bool,
    pub(crate) financing: bool,
    pub(crate) cash_change: bool,
    pub(crate) comprehensive: bool,
    pub(crate) balance_rows: u8,
}

impl Anchors {
    /// Looks at one line: its label in lower case and the words of it.
    pub(crate) fn see(&mut self, label: &str, words: Words) {
        use crate::words::*;
        let result = words.any(INCOME | LOSS | EARNINGS);
        self.assets |= label.starts_with("total assets") || label == "assets";
        self.assets_heading |=
            label == "assets" || label.starts_with("current assets") || label.starts_with("total current assets");
        self.claims |= words.any(LIABILITIES) && words.any(OWNERS | CAPITALIZATION);
        self.liabilities |= words.any(LIABILITIES | PAYABLE);
        self.equity |= words.all(RETAINED | EARNINGS)
            || words.all(RETAINED | OWNERS)
            || words.all(COMMON | STOCK)
            || words.all(HOLDERS | OWNERS);
        self.top |= words.any(SALES) || (words.any(INCOME) && words.any(INTEREST | TOTAL | RENTAL));
        self.costs |= words.any(COSTS | PROVISION);
        self.bottom |= words.any(NET) && result
            || label.starts_with("earnings (loss)")
            || label.starts_with("loss for the")
            || label.starts_with("income for the")
            || label.starts_with("net increase in net assets");
        self.pretax |= words.any(BEFORE) && words.any(TAX | PROVISION | UNUSUAL)
            || result && words.any(CONTINUING | OPERATING | OPERATIONS);
        self.operating |= words.any(CASH | NET)
            && (words.all(OPERATING | ACTIVITIES)
                || words.all(CASH | OPERATIONS)
                || words.any(OPERATIONS) && (label.contains("by operations") || label.contains("in operations")));
        self.investing |= words.any(INVESTING) || words.any(ACTIVITIES) && label.contains("investment activities");
        self.financing |= words.any(FINANCING);
        self.cash_change |= words.all(CASH | CHANGE) && !words.any(ADJUST);
        self.comprehensive |= words.any(COMPREHENSIVE) && result;
        let dated = || {
            ["19", "20", "beginning", "end", "january", "december", "june", "september", "march"]
                .iter()
                .any(|w| label.contains(w))
        };
        self.balance_rows = self.balance_rows.saturating_add(u8::from(label.starts_with("balance") && dated()));
    }
}

/// The kind that title and lines agree on. A title without its lines is a list of contents or a note; lines
/// without a title are a statement only where all that makes one is there.
pub(crate) fn kind(title: Title, anchors: Anchors, instants: bool) -> StatementKind {
    let a = anchors;
    let balance = a.assets && (a.claims || (a.liabilities && a.equity));
    let half_balance = (a.assets && !a.bottom) || (a.claims && a.equity);
    let income = a.bottom && a.top && (a.costs || a.pretax);
    let cash = a.operating && (a.investing || a.financing) || (a.investing && a.financing && a.cash_change);
    let half_cash = a.operating || a.financing && a.cash_change || a.investing && a.cash_change;
    if title.derived || title.partial && !(title.kind.is_some() && (balance || cash)) {
        return StatementKind::Other;
    }
    match title.kind {
        Some(StatementKind::CashFlow) if cash || half_cash => StatementKind::CashFlow,
        Some(StatementKind::BalanceSheet)
            if (balance || half_balance || a.liabilities && a.equity || a.assets_heading) && !cash =>
        {
            StatementKind::BalanceSheet
        }
        Some(StatementKind::Equity) if a.balance_rows >= 1 && !balance => StatementKind::Equity,
        Some(StatementKind::Income) if (income || a.bottom && (a.costs || a.pretax || a.top)) && !cash && !balance => {
            StatementKind::Income
        }
        // Both statements in one; else net income is but its first line.
        Some(StatementKind::Comprehensive) if income && a.costs && a.pretax && !cash && !balance => {
            StatementKind::Income
        }
        Some(StatementKind::Comprehensive) if a.comprehensive => StatementKind::Comprehensive,
        Some(StatementKind::Equity) if a.equity && a.bottom && !balance && !cash && !a.top => StatementKind::Equity,
        // The title names another statement than the lines make: believe the lines.
        _ if cash && !balance => StatementKind::CashFlow,
        _ if balance && !cash && (!income || instants && a.assets && a.claims) => StatementKind::BalanceSheet,
        // One side of a balance sheet on a page of its own.
        _ if instants
            && !a.bottom
            && !cash
            && (a.claims && a.liabilities && a.equity || a.assets && a.assets_heading) =>
        {
            StatementKind::BalanceSheet
        }
        _ if income && a.costs && a.pretax && !balance && !cash && !instants => StatementKind::Income,
        _ => StatementKind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind_of(heading: &str, labels: &[&str]) -> StatementKind {
        let mut anchors = Anchors::default();
        labels.iter().for_each(|l| anchors.see(l, Words::of(l)));
        kind(title(heading), anchors, false)
    }

    #[test]
    fn title_and_lines_agree() {
        assert_eq!(
            kind_of("Consolidated Balance Sheets", &["total assets", "total liabilities & stockholders' equity"]),
            StatementKind::BalanceSheet
        );
        assert_eq!(
            kind_of("Statements of Operations", &["net sales", "cost of goods sold", "net income (loss)"]),
            StatementKind::Income
        );
        assert_eq!(
            kind_of("Selected Financial Data", &["net sales", "net income", "total assets"]),
            StatementKind::Other
        );
        assert_eq!(
            kind_of("Statements of Income and Retained Earnings", &["revenues", "expenses", "net income"]),
            StatementKind::Income
        );
    }

    #[test]
    fn sentences_are_no_titles() {
        assert!(is_sentence("Cash Flows The following table summarizes our cash flows:"));
        assert!(!is_sentence("Consolidated Statements of Cash Flows (in millions)"));
    }

    #[test]
    fn components_of_comprehensive_income() {
        let labels = ["net income", "comprehensive income"];
        assert_eq!(kind_of("Statements of Comprehensive Income", &labels), StatementKind::Comprehensive);
        assert_eq!(kind_of("14. Accumulated Other Comprehensive Income", &labels), StatementKind::Other);
    }

    #[test]
    fn a_title_alone_is_no_statement() {
        assert_eq!(kind_of("Consolidated Balance Sheets", &["page"]), StatementKind::Other);
    }
}
