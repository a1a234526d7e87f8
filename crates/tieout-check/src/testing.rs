//! Reports from a few lines of text, for the checks' own cases.
//!
//! ```text
//! table BS 3 2003-03-31 2002-12-31
//! Current assets:
//!   Cash {#Cash} | 7,690 | 7,612
//!   Receivables | 3,215 | 3,714
//!   Total {#AssetsCurrent =2+3} | 10,905 | 11,326
//! ```
//! After `table` come the kind's code, the power of ten and the columns (an instant, or a duration
//! `2003-01-01..2003-03-31`, or `%`). In braces: `#Concept`, `per` (money a share), `shares`, `pct`, and
//! `=2+3-4`, a sum of lines counted from 1, headings included. `(1)` after a figure marks it. `-` is a printed dash, an empty cell nothing.

use crate::reckon;
use jiff::civil::Date;
use tieout_model::*;
use tieout_source::{Source, Span};

/// A claim with everything empty but what the arguments say.
pub(crate) fn claim(kind: ClaimKind, subject: &str, amount: Amount, period: &str) -> Claim {
    let unit = match kind {
        ClaimKind::Amount | ClaimKind::ChangeAmount => Unit::USD,
        ClaimKind::PerShare => Unit::USD_PER_SHARE,
        _ => Unit::Pure,
    };
    Claim {
        doc: 1,
        kind,
        subject: subject.to_owned(),
        of: String::new(),
        quote: subject.to_owned(),
        quote_span: Span::default(),
        period: read_period(period),
        base: None,
        amount,
        unit,
        span: Span::default(),
        bound: Bound::Exact,
        basis: String::new(),
        note: String::new(),
        verdict: Verdict::Open,
        computed: String::new(),
        support: Vec::new(),
        because: String::new(),
    }
}

/// A period as written in the builder.
pub(crate) fn read_period(text: &str) -> Option<Period> {
    let date = |s: &str| s.parse::<Date>().ok();
    match text.split_once("..") {
        Some((start, end)) => Some(Period::Duration(date(start)?, date(end)?)),
        None => Some(Period::Instant(date(text)?)),
    }
}

/// A report without ties, from the builder's text.
pub(crate) fn report(text: &str) -> Report {
    let mut report = Report::default();
    let mut heading = None;
    for raw in text.lines() {
        let offset = raw.as_ptr() as usize - text.as_ptr() as usize;
        let line = raw.trim();
        if line.is_empty() {
            continue;
        }
        if let Some(head) = line.strip_prefix("table ") {
            report.tables.push(table(head, Span::new(offset, offset + raw.len())));
            heading = None;
            continue;
        }
        if !report.tables.is_empty() {
            read_line(&mut report, raw, offset, &mut heading);
        }
    }
    sums(&mut report);
    report
}

/// Checks the builder's text together with claims.
pub(crate) fn checked(text: &str, claims: Vec<Claim>) -> Report {
    let mut report = report(text);
    report.claims = claims;
    crate::check(&mut report, &Source::new("case", text.as_bytes()));
    report
}

/// The ties of one check, each as `verdict subject: because`.
pub(crate) fn ties(text: &str, code: &str) -> Vec<String> {
    let of = |t: &Tie| format!("{} {}: {}", t.verdict.word(), t.subject, t.because);
    checked(text, Vec::new()).ties.iter().filter(|t| t.code == code).map(of).collect()
}

/// What becomes of one claim.
pub(crate) fn settled(text: &str, claim: Claim) -> (Verdict, String) {
    let mut report = checked(text, vec![claim]);
    report.claims.pop().map(|c| (c.verdict, c.because)).unwrap_or_default()
}

/// What becomes of a claim beside one that quotes the figure it speaks of.
pub(crate) fn settled_beside(text: &str, amount: Claim, claim: Claim) -> (Verdict, String) {
    let mut report = checked(text, vec![amount, claim]);
    report.claims.pop().map(|c| (c.verdict, c.because)).unwrap_or_default()
}

fn table(head: &str, span: Span) -> Table {
    let mut words = head.split_whitespace();
    let kind = match words.next() {
        Some("BS") => StatementKind::BalanceSheet,
        Some("IS") => StatementKind::Income,
        Some("CF") => StatementKind::CashFlow,
        Some("EQ") => StatementKind::Equity,
        _ => StatementKind::Other,
    };
    let scale = words.next().and_then(|w| w.parse().ok()).unwrap_or(0);
    let columns = words
        .map(|w| Column {
            heading: w.to_owned(),
            role: if w == "%" { ColumnRole::Percent } else { ColumnRole::Period },
            period: read_period(w),
            member: String::new(),
            scenario: String::new(),
            because: String::new(),
        })
        .collect();
    Table {
        doc: 1,
        kind,
        coreg: String::new(),
        scenario: String::new(),
        title: String::new(),
        scale,
        scale_because: "stated".to_owned(),
        columns,
        lines: Vec::new(),
        span,
    }
}

fn read_line(report: &mut Report, raw: &str, offset: usize, heading: &mut Option<u32>) {
    let index = report.tables.len() - 1;
    let table = report.tables.last_mut().expect("a table line first");
    let number = table.lines.len() as u32;
    let mut cells = raw.split('|');
    let stub = cells.next().unwrap_or_default();
    let (label, attributes) = stub.split_once('{').unwrap_or((stub, ""));
    let mut line = Line {
        label: label.trim().trim_end_matches(':').to_owned(),
        label_span: Span::new(offset, offset + label.trim_end().len()),
        section: if raw.starts_with("  ") { heading.iter().copied().collect() } else { Vec::new() },
        role: LineRole::Item,
        unit: Unit::USD,
        tag: Tag::default(),
        tag_because: String::new(),
        sum: None,
    };
    for word in attributes.trim().trim_end_matches('}').split_whitespace() {
        match word {
            "per" => line.unit = Unit::USD_PER_SHARE,
            "shares" => line.unit = Unit::Shares,
            "pct" => line.unit = Unit::Pure,
            _ if word.starts_with('#') => line.tag = format!("us-gaap:{}", &word[1..]).into(),
            _ => {
                line.role = LineRole::Total;
                line.sum = Some(Box::new(read_sum(word)));
            }
        }
    }
    let mut any = false;
    for (col, cell) in cells.enumerate() {
        any = true;
        let text = without_marks(cell.trim());
        let start = cell.as_ptr() as usize - raw.as_ptr() as usize + offset + (cell.len() - cell.trim_start().len());
        let Some(mut amount) = read_amount(text) else {
            continue;
        };
        let aside = table.columns[col].role != ColumnRole::Period;
        if aside || line.unit == Unit::Pure {
            amount = amount.scaled(-2);
        } else if line.unit == Unit::USD || line.unit == Unit::Shares {
            amount = amount.scaled(table.scale);
        }
        report.facts.push(Fact {
            table: index as u32,
            line: number,
            col: col as u32,
            amount,
            unit: if aside { Unit::Pure } else { line.unit },
            period: table.columns[col].period,
            span: Span::new(start, start + text.len()),
            aside,
            proof: Proof::Open,
        });
    }
    if !any {
        line.role = LineRole::Heading;
        *heading = Some(number);
    }
    table.lines.push(line);
}

/// "(25,877)(1)" without the marks of notes.
fn without_marks(mut text: &str) -> &str {
    while let Some(at) = text.rfind('(').filter(|&at| at > 0 && text.ends_with(')')) {
        text = &text[..at];
    }
    text
}

fn read_sum(word: &str) -> Sum {
    let mut parts = Vec::new();
    let mut minus = false;
    let mut rest = word.trim_start_matches('=');
    while !rest.is_empty() {
        let end = rest.find(['+', '-']).unwrap_or(rest.len());
        if let Ok(number) = rest[..end].parse::<u32>() {
            parts.push((number - 1, minus));
        }
        minus = rest[end..].starts_with('-');
        rest = rest.get(end + 1..).unwrap_or_default();
    }
    Sum { parts, holds: Vec::new(), fails: Vec::new(), because: "case" }
}

fn read_amount(text: &str) -> Option<Amount> {
    let text = text.trim_end_matches('%');
    if text == "-" {
        return Some(Amount::new(0, 0));
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let places = text.split_once('.').map_or(0, |(_, f)| f.chars().filter(char::is_ascii_digit).count());
    let value: i128 = digits.parse().ok()?;
    Some(Amount::new(if text.starts_with(['(', '-']) { -value } else { value }, -(places as i8)))
}

fn sums(report: &mut Report) {
    let facts = std::mem::take(&mut report.facts);
    let at = |t: u32, l: u32, c: u32| facts.iter().find(|f| (f.table, f.line, f.col) == (t, l, c));
    for (t, table) in report.tables.iter_mut().enumerate() {
        let columns = table.columns.len() as u32;
        for (l, line) in table.lines.iter_mut().enumerate() {
            let Some(sum) = &mut line.sum else { continue };
            for col in 0..columns {
                let Some(total) = at(t as u32, l as u32, col) else {
                    continue;
                };
                let parts: Vec<_> =
                    sum.parts.iter().filter_map(|&(p, minus)| Some((at(t as u32, p, col)?.amount, minus))).collect();
                let holds = reckon::sum(total.amount, parts.into_iter()).is_some_and(|r| r.ties);
                if holds { sum.holds.push(col) } else { sum.fails.push(col) }
            }
        }
    }
    report.facts = facts;
}

/// The statements of the first acceptance filing: figures and short labels only.
pub(crate) const SEED: &str = "\
table BS 3 2003-03-31 2002-12-31
Assets
Current assets
  Cash {#CashAndCashEquivalentsAtCarryingValue} | 7,690 | 7,612
  Accounts receivable, net {#AccountsReceivableNetCurrent} | 3,215 | 3,714
  Inventories, net {#InventoryNet} | 6,198 | 6,783
  Prepaid expenses and other {#PrepaidExpenseAndOtherAssetsCurrent} | 492 | 1,038
  Total current assets {#AssetsCurrent =3+4+5+6} | 17,595 | 19,147
Property and equipment, net {#PropertyPlantAndEquipmentNet} | 3,341 | 3,486
Other non-current assets {#OtherAssetsNoncurrent} | - | -
Total assets {#Assets =7+8+9} | 20,936 | 22,633
Current liabilities
  Accounts payable {#AccountsPayableCurrent} | 1,721 | 2,407
  Accrued expenses {#AccruedLiabilitiesCurrent} | 1,108 | 1,207
  Current portion of long-term debt {#LongTermDebtCurrent} | 217 | 192
  Total current liabilities {#LiabilitiesCurrent =12+13+14} | 3,046 | 3,806
Long-term debt {#LongTermDebtNoncurrent} | 5,264 | 5,342
Other non-current liabilities {#OtherLiabilitiesNoncurrent} | - | -
Total liabilities {#Liabilities =15+16+17} | 8,310 | 9,148
Stockholders' equity
  Common stock and additional paid in capital | 28,245 | 28,245
  Treasury stock {#TreasuryStockValue} | (7) | (2)
  Retained earnings(deficit) and foreign currency translation | (15,612) | (14,758)
  Total stockholders' equity {#StockholdersEquity =20+21+22} | 12,626 | 13,485
Total liabilities & Stockholders' equity {#LiabilitiesAndStockholdersEquity =18+23} | 20,936 | 22,633
table IS 3 2003-01-01..2003-03-31 2002-01-01..2002-03-31
Net sales {#SalesRevenueNet} | 7,539 | 8,973
Cost of goods sold {#CostOfGoodsSold} | 5,394 | 7,183
Gross profit {#GrossProfit =1-2} | 2,145 | 1,790
Operating expenses
  Selling {#SellingExpense} | 1,362 | 1,572
  General and administrative {#GeneralAndAdministrativeExpense} | 958 | 911
  Research and development {#ResearchAndDevelopmentExpense} | 752 | 1,076
  Total operating expenses {#OperatingExpenses =5+6+7} | 3,072 | 3,559
Operating profit (loss) {#OperatingIncomeLoss =3-8} | (927) | (1,769)
Other income (expense), net {#OtherNonoperatingIncomeExpense} | 87 | 35
Income(loss) before income taxes {#IncomeLossFromContinuingOperationsBeforeIncomeTaxesExtraordinaryItemsNoncontrollingInterest =9+10} | (840) | (1,734)
Income tax expense(benefit) {#IncomeTaxExpenseBenefit} | - | 2,013
Income (loss) before extraordinary gain {=11-12} | (840) | (3,747)
Extraordinary gain {#ExtraordinaryItemNetOfTax} | - | 255
Net income (loss) {#NetIncomeLoss =13+14} | (840) | (3,492)
Basic and diluted earnings (loss) per share
  Earnings (loss) per share before extraordinary gain {per} | (0.11) | (0.47)
  Extraordinary gain {per} | - | 0.03
  Earnings (loss) per share {per #EarningsPerShareBasicAndDiluted =17+18} | (0.11) | (0.44)
Weighted average number of shares outstanding
  Basic and diluted {shares #WeightedAverageNumberOfShareOutstandingBasicAndDiluted} | 7,853 | 7,861
";
