use crate::blame::slip;
use crate::book::Book;
use crate::checks::foot::foot;
use crate::performed::{Performed, figure_tie};
use crate::reckon;
use crate::words::has_any;
use std::collections::BTreeMap;
use tieout_model::{Check, Fact, FactRef, Line, Period, Severity, StatementKind, Table, Verdict};

pub(crate) const CHECK: Check = Check {
    code: "NONGAAP",
    name: "reconciliation to GAAP adds",
    severity: Severity::Error,
    tick: 'F',
    manual: "\
## What it checks
A measure that is not GAAP (adjusted income, EBITDA, free cash flow) is the GAAP measure it is reconciled from with \
the adjustments printed between them, per share too; and the GAAP measure is the one of the statements.

## Why it matters
Regulation G asks for the reconciliation wherever such a measure is published, and it is typed by hand.

## Example
Net income 8,810, plus impairment 9,157, less its tax 2,101, is adjusted net income of 15,866; and the income \
statement shows 8,810 too.

## When it stays silent
As FOOT, where no sum leads to the measure. The GAAP measure is looked for in the statements by its words and period; \
another figure there is off only for a slip of the hand of more than one unit: a part may belong to others.
",
};

pub(crate) fn run(book: &Book<'_>, out: &mut Vec<Performed>) {
    let before = out.len();
    foot(book, CHECK.code, reconciles, out);
    let totals: Vec<FactRef> = out.get(before..).unwrap_or_default().iter().filter_map(|p| p.tie.fact).collect();
    if !totals.is_empty() {
        starts(book, &totals, out);
    }
}

/// A sum that ends in a measure which is not GAAP, outside balance sheets and cash flow statements: what is
/// adjusted there is a column, or cash.
pub(crate) fn reconciles(table: &Table, line: &Line) -> bool {
    matches!(table.kind, StatementKind::Other | StatementKind::Income) && line.sum.is_some() && adjusted(&line.label)
}

/// The words of measures that are not GAAP.
fn adjusted(label: &str) -> bool {
    const PARTS: &[&str] =
        &["non-gaap", "adjusted", "excluding", "ebitda", "free cash flow", "funds from operations", "normalized"];
    const WORDS: &[&str] = &["ebit", "ffo", "affo"];
    let word = |w: &str| WORDS.iter().any(|word| w.eq_ignore_ascii_case(word));
    let measure = has_any(label, PARTS) || label.split(|c: char| !c.is_ascii_alphanumeric()).any(word);
    measure && !has_any(label, &["tax", "adjusted basis"])
}

/// The figures that reconciliations start from, against the statements'.
fn starts(book: &Book<'_>, totals: &[FactRef], out: &mut Vec<Performed>) {
    let known = known(book);
    let mut seen = Vec::new();
    for total in totals {
        let sum = book.line((total.table, total.line)).and_then(|line| line.sum.as_ref());
        let first = sum.and_then(|sum| sum.parts.iter().find(|(_, minus)| !minus));
        let Some(fact) = first.and_then(|&(line, _)| book.cell((total.table, line), total.col)) else {
            continue;
        };
        let (Some(period), false) = (fact.period, seen.contains(&fact.reference())) else {
            continue;
        };
        seen.push(fact.reference());
        if let Some(&Some(anchor)) = known.get(&(words(book.name(fact)), period)) {
            out.extend(agrees(book, fact, anchor));
        }
    }
}

/// Figures of the face statements of income and cash flows by words and period; none where two differ.
type Known<'a> = BTreeMap<(Vec<String>, Period), Option<&'a Fact>>;

fn known<'a>(book: &Book<'a>) -> Known<'a> {
    let mut known = Known::new();
    let face = |kind| matches!(kind, StatementKind::Income | StatementKind::CashFlow);
    for (t, table) in (0u32..).zip(book.tables).filter(|(_, table)| face(table.kind)) {
        for l in 0..table.lines.len() as u32 {
            for fact in book.row((t, l)).iter().filter(|f| book.plain(f)) {
                let Some(period) = fact.period else { continue };
                let entry = known.entry((words(book.name(fact)), period)).or_insert(Some(fact));
                if entry.is_some_and(|other| (other.amount, other.unit) != (fact.amount, fact.unit)) {
                    *entry = None;
                }
            }
        }
    }
    known
}

/// The words of a label that tell one measure from another: "GAAP net income, as reported" is net income.
fn words(label: &str) -> Vec<String> {
    const SAID: &[&str] = &["gaap", "as", "reported", "us", "u", "s", "the", "of", "a", "basis"];
    let lower = label.to_ascii_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty() && !SAID.contains(w));
    words.map(str::to_owned).collect()
}

fn agrees(book: &Book<'_>, fact: &Fact, anchor: &Fact) -> Option<Performed> {
    if fact.unit != anchor.unit || fact.reference() == anchor.reference() {
        return None;
    }
    let mut reckoned = reckon::sum(fact.amount, [(anchor.amount, false)].into_iter())?;
    if fact.amount.exponent == anchor.amount.exponent {
        reckoned.ties = reckoned.gap.is_zero();
        reckoned.tolerance = Default::default();
    }
    let (here, there) = (fact.amount.mantissa, anchor.amount.mantissa);
    let slipped = here.saturating_sub(there).saturating_abs() > 1 && slip(here, there).is_some_and(|s| s != "sign");
    let verdict = match reckoned.ties {
        true => Verdict::Ties,
        false if slipped && fact.amount.exponent == anchor.amount.exponent => Verdict::Off,
        false => Verdict::Open,
    };
    let statement = book.table(anchor).map_or("statement", |t| t.kind.name());
    let because = format!("{} in the {statement}", book.figure(anchor));
    let mut done = figure_tie(book, CHECK.code, verdict, fact, Some(reckoned), &[anchor], because);
    if verdict == Verdict::Ties && reckoned.exact() && !fact.amount.is_zero() {
        done.proves = vec![fact.reference()];
    }
    Some(done)
}

#[cfg(test)]
mod tests {
    use crate::testing::ties;

    const RELEASE: &str = "\
table IS 3 2003-01-01..2003-12-31 2002-01-01..2002-12-31
Sales | 97,539 | 88,973
Net income {#NetIncomeLoss} | 8,810 | 7,215
table UN 3 2003-01-01..2003-12-31 2002-01-01..2002-12-31
GAAP net income, as reported | 8,810 | 7,215
Impairment | 9,157 | 1,046
Tax | (2,101) | (240)
Adjusted net income {=1+2+3} | 15,866 | 8,021
";

    #[test]
    fn stays_silent_where_it_adds_and_starts_from_the_statement() {
        let told = ties(RELEASE, "NONGAAP");
        assert_eq!(told.len(), 4, "{told:?}");
        assert!(told.iter().all(|t| t.starts_with("ties")), "{told:?}");
        assert!(told[2].ends_with("8,810 in the income statement"), "{}", told[2]);
        assert!(ties(RELEASE, "FOOT").is_empty());
    }

    #[test]
    fn fires_on_the_sum_and_on_the_start() {
        let told = ties(&RELEASE.replace("15,866", "15,886"), "NONGAAP");
        assert!(told[0].starts_with("off"), "{told:?}");
        let told = ties(
            &RELEASE.replace("Net income {#NetIncomeLoss} | 8,810", "Net income {#NetIncomeLoss} | 8,180"),
            "NONGAAP",
        );
        assert!(told[2].starts_with("off"), "{told:?}");
        let told = ties(
            &RELEASE.replace("Net income {#NetIncomeLoss} | 8,810", "Net income {#NetIncomeLoss} | 9,645"),
            "NONGAAP",
        );
        assert!(told[2].starts_with("open"), "{told:?}");
    }

    #[test]
    fn sums_of_gaap_measures_are_footed_as_ever() {
        let told = ties(&RELEASE.replace("Adjusted net income", "Income of the year"), "NONGAAP");
        assert!(told.is_empty(), "{told:?}");
    }
}
