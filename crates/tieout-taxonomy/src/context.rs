use crate::places::place;
use crate::table::by_tag;
use tieout_model::StatementKind;

const ASSET: u32 = place("asset");
const LIABILITY: u32 = place("liability");
const EQUITY: u32 = place("equity");
const CURRENT: u32 = place("current");
const NONCURRENT: u32 = place("noncurrent");
const SIDES: u32 = ASSET | LIABILITY | EQUITY;
const CHANGES: u32 = place("changes");
const OPERATING: u32 = place("operating");
const INVESTING: u32 = place("investing");
const FINANCING: u32 = place("financing");
const SUPPLEMENTAL: u32 = place("supplemental");
const END: u32 = place("end");

/// Where a line stands (bits of [`crate::places::PLACES`]): what its headings say, corrected by the line
/// before it, since a total closes its section whether or not the page shows it.
pub(crate) fn places(kind: StatementKind, section: &[&str], previous: Option<&str>) -> u32 {
    let after = previous.and_then(by_tag).map_or(0, |c| c.after);
    match kind {
        StatementKind::BalanceSheet => balance_sheet(section, after),
        StatementKind::Income | StatementKind::Comprehensive => income(section, after),
        StatementKind::CashFlow => cash_flow(section, after),
        StatementKind::Equity | StatementKind::Other => 0,
    }
}

/// True where `text` holds `word` (lower case), whatever the case. Headings are short, so a scan for the
/// first letter is all it takes.
pub(crate) fn has(text: &str, word: &str) -> bool {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    let Some(&first) = word.first() else { return true };
    let Some(last) = text.len().checked_sub(word.len()) else { return false };
    let starts = text.get(..=last).unwrap_or_default();
    let holds = |i: usize| text.get(i..i + word.len()).is_some_and(|t| t.eq_ignore_ascii_case(word));
    memchr::memchr2_iter(first.to_ascii_lowercase(), first.to_ascii_uppercase(), starts).any(holds)
}

fn balance_sheet(section: &[&str], after: u32) -> u32 {
    let mut at = 0;
    for heading in section {
        let asset = has(heading, "asset");
        let liability = has(heading, "liabilit");
        let equity = has(heading, "equity")
            || has(heading, "deficit")
            || has(heading, "holders' invest")
            || has(heading, "net worth")
            || has(heading, "partners' capital")
            || has(heading, "capital accounts");
        let side = match (asset, liability, equity) {
            (true, false, false) => ASSET,
            (false, true, false) => LIABILITY,
            (false, false, true) => EQUITY,
            (false, true, true) => LIABILITY,
            _ => 0,
        };
        if side != 0 {
            at = (at & !(SIDES | CURRENT | NONCURRENT)) | side;
        }
        if has(heading, "noncurrent")
            || has(heading, "non-current")
            || has(heading, "long-term")
            || has(heading, "other assets")
            || has(heading, "other liabilities")
            || has(heading, "deferred c")
        {
            at = (at & !CURRENT) | NONCURRENT;
        } else if has(heading, "current") {
            at = (at & !NONCURRENT) | CURRENT;
        }
        for (word, bit) in [
            ("propert", place("property")),
            ("plant", place("property")),
            ("fixed assets", place("property")),
            ("inventor", place("inventory")),
            ("receivable", place("receivable")),
            ("deposits", place("deposit")),
            ("investments", place("investment")),
        ] {
            if has(heading, word) {
                at |= bit;
            }
        }
    }
    if section.last().is_some_and(|heading| has(heading, "capitalization")) {
        at |= EQUITY | LIABILITY | NONCURRENT;
    }
    // A total closes what it sums, and the line before is nearer than a heading that may be stale: behind a
    // noncurrent item nothing is current until a heading's first known line says so again.
    let noncurrent = after & NONCURRENT != 0 && at & after & SIDES != 0;
    if at & SIDES == 0 || noncurrent {
        at = (at & !CURRENT) | after & (SIDES | CURRENT | NONCURRENT);
    } else if after & EQUITY != 0 && at & LIABILITY != 0 || after & LIABILITY != 0 && at & ASSET != 0 {
        at = after & (SIDES | NONCURRENT);
    }
    at
}

/// The order in which an income statement goes on.
const STAGES: [u32; 6] =
    [place("revenue"), place("cost"), place("expense"), place("other"), place("tax"), place("net")];
const BANK: [u32; 4] =
    [place("interest-income"), place("interest-expense"), place("noninterest-income"), place("noninterest-expense")];

fn stage(at: u32) -> usize {
    STAGES.iter().rposition(|s| at & s != 0).map_or(0, |i| i + 1)
}

fn income(section: &[&str], after: u32) -> u32 {
    let bank = BANK.iter().fold(0, |all, bit| all | bit);
    let mut at = 0;
    for heading in section {
        let noninterest =
            has(heading, "noninterest") || has(heading, "non-interest") || has(heading, "other than interest");
        let interest = !noninterest && has(heading, "interest");
        let cost = has(heading, "expense") || has(heading, "cost") || has(heading, "charges") || has(heading, "deduct");
        let gain = has(heading, "income") || has(heading, "revenue");
        let found = match () {
            () if noninterest && cost => BANK[3],
            () if noninterest => BANK[2],
            () if interest && cost && !gain => BANK[1],
            () if interest && gain && !cost => BANK[0],
            () if has(heading, "other") && (gain || cost || has(heading, "deduct")) => place("other"),
            () if has(heading, "income tax") || has(heading, "taxes on income") => place("tax"),
            () if has(heading, "cost of") || has(heading, "costs of") => place("cost"),
            () if has(heading, "cost") || has(heading, "expense") => place("expense"),
            () if has(heading, "revenue") || has(heading, "sales") => place("revenue"),
            () => 0,
        };
        if found != 0 {
            at = found;
        }
    }
    if at == 0 || (at & bank == 0 && stage(after) > stage(at)) { after } else { at }
}

fn cash_flow(section: &[&str], after: u32) -> u32 {
    let mut at = 0;
    for heading in section {
        let found = match () {
            () if has(heading, "supplement")
                || has(heading, "cash paid")
                || has(heading, "noncash") && has(heading, "investing")
                || has(heading, "non-cash") && has(heading, "investing") =>
            {
                SUPPLEMENTAL
            }
            () if has(heading, "investing")
                || has(heading, "investment activ")
                || has(heading, "investments activ") =>
            {
                INVESTING
            }
            () if has(heading, "financing") => FINANCING,
            () if has(heading, "adjust") || has(heading, "operati") => OPERATING,
            () => 0,
        };
        if found != 0 {
            at = found;
        }
        if (has(heading, "change") || has(heading, "increase") || has(heading, "decrease") || has(heading, "(used"))
            && !has(heading, "changes in financial position")
            && at & (INVESTING | FINANCING | SUPPLEMENTAL) == 0
        {
            at |= OPERATING | CHANGES;
        }
    }
    // The net cash line closes its activity.
    let order = |p: u32| {
        [OPERATING, INVESTING, FINANCING, END, SUPPLEMENTAL].iter().rposition(|s| p & s != 0).map_or(0, |i| i + 1)
    };
    if at == 0 || (order(after) > order(at) && after & END != 0) { after } else { at }
}
