use crate::book::{Book, Place};
use crate::concepts::{DIVIDENDS, NET_INCOME};
use crate::performed::{Performed, figure_tie};
use crate::reckon;
use crate::words::{AnyOf, has_any};
use tieout_model::{Check, Fact, Period, Severity, StatementKind, Verdict};

pub(crate) const CHECK: Check = Check {
    code: "RF",
    name: "retained earnings roll forward",
    severity: Severity::Note,
    tick: 'R',
    manual: "\
## What it checks
Retained earnings at the end of a period are those at its beginning and net income, less dividends where they \
are shown.

## Why it matters
It ties the income statement to two balance sheets.

## Example
A deficit of 14,758 and a loss of 840 would make a deficit of 15,598. Printed is 15,612 under a caption that \
names foreign currency translation with it: the 14 between them are not in the document, and the tie is open.

## When it stays silent
Where the income of exactly the time between both dates is not printed. It is never off: dividends, retirements \
of stock, translation and changes in accounting go through the same line, and a release seldom shows them. The \
residual is told with what the caption and the statements say may explain it.
",
};

static CAPTIONS: AnyOf = AnyOf::new(&[
    "retained earning",
    "accumulated deficit",
    "retained deficit",
    "accumulated earning",
    "earnings reinvested",
    "reinvested earning",
    "income retained",
    "earnings retained",
]);

pub(crate) fn run(book: &Book<'_>, out: &mut Vec<Performed>) {
    let (mut income, mut dividends) = (None, None);
    for (t, table) in book.tables.iter().enumerate() {
        if table.kind != StatementKind::BalanceSheet {
            continue;
        }
        for (l, line) in table.lines.iter().enumerate() {
            let tagged = crate::book::concept(line) == "RetainedEarningsAccumulatedDeficit";
            if !(tagged || line.tag.is_empty() && CAPTIONS.within(&line.label)) {
                continue;
            }
            let income = income.get_or_insert_with(|| flows(book, NET_INCOME));
            let dividends = dividends.get_or_insert_with(|| flows(book, DIVIDENDS));
            roll(book, (t as u32, l as u32), income, dividends, out);
        }
    }
}

/// Figures of periods on face statements, by period.
fn flows<'a>(book: &Book<'a>, tags: &[&str]) -> Vec<(Period, &'a Fact)> {
    let facts = tags.iter().flat_map(|tag| book.tagged(tag)).flat_map(|place| book.row(place));
    let mut flows: Vec<_> = facts.filter(|f| book.plain(f)).filter_map(|f| Some((f.period?, f))).collect();
    flows.sort_by_key(|&(period, fact)| (period, fact.reference()));
    flows
}

/// The flow of a document over a period.
fn flow<'a>(book: &Book<'_>, flows: &[(Period, &'a Fact)], period: Period, like: &Fact) -> Option<&'a Fact> {
    let start = flows.partition_point(|&(p, _)| p < period);
    let mut here = flows.get(start..)?.iter().take_while(|&&(p, _)| p == period).take(16);
    here.find(|(_, f)| book.doc(f) == book.doc(like) && f.unit == like.unit).map(|&(_, f)| f)
}

fn roll(
    book: &Book<'_>,
    place: Place,
    income: &[(Period, &Fact)],
    dividends: &[(Period, &Fact)],
    out: &mut Vec<Performed>,
) {
    let mut dates: Vec<_> =
        book.row(place).iter().filter(|f| book.plain(f)).filter_map(|f| Some((f.period?.end(), f))).collect();
    dates.sort_by_key(|&(date, fact)| (date, fact.col));
    for pair in dates.windows(2) {
        let [(opens, open), (closes, close)] = pair else {
            continue;
        };
        let Ok(first) = opens.tomorrow() else {
            continue;
        };
        let period = Period::Duration(first, *closes);
        let Some(net) = flow(book, income, period, close) else {
            continue;
        };
        let paid = flow(book, dividends, period, close).filter(|d| !d.amount.is_zero());
        tie(book, close, open, net, paid, out);
    }
}

fn tie(book: &Book<'_>, close: &Fact, open: &Fact, net: &Fact, paid: Option<&Fact>, out: &mut Vec<Performed>) {
    let mut parts = vec![(open.amount, false), (net.amount, false)];
    parts.extend(paid.map(|d| (d.amount.abs(), true)));
    let Some(reckoned) = reckon::sum(close.amount, parts.into_iter()) else {
        return;
    };
    let mut because = format!("{} and income {}", book.figure(open), book.figure(net));
    if let Some(paid) = paid {
        because.push_str(&format!(" less dividends {}", book.figure_like(paid, paid.amount.abs())));
    }
    let verdict = if reckoned.ties { Verdict::Ties } else { Verdict::Open };
    if verdict == Verdict::Open {
        let residual = crate::say::figure(reckoned.gap, 0);
        because.push_str(&format!(": residual {residual} is not in the document"));
    }
    let mut facts = vec![open, net];
    facts.extend(paid);
    let mut done = figure_tie(book, CHECK.code, verdict, close, Some(reckoned), &facts, because);
    if verdict == Verdict::Ties {
        let coarse = facts.iter().chain([&close]).map(|f| f.amount.exponent).max();
        done.proves =
            facts.iter().chain([&close]).filter(|f| Some(f.amount.exponent) == coarse).map(|f| f.reference()).collect();
    } else {
        done.told = true;
        done.help = explain(book.name(close), paid.is_some());
    }
    out.push(done);
}

fn explain(caption: &str, paid: bool) -> String {
    if has_any(caption, &["translation", "currency"]) {
        "the caption names foreign currency translation, which goes through this line as well".to_owned()
    } else if has_any(caption, &["comprehensive", "other", " and "]) {
        "the caption names more than retained earnings".to_owned()
    } else if paid {
        "retirements of stock, changes in accounting and the like go through this line".to_owned()
    } else {
        "dividends of the period are not shown".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{SEED, checked, ties};
    use tieout_model::{Amount, Severity, Verdict};

    #[test]
    fn tells_the_residual_of_the_seed() {
        let report = checked(SEED, Vec::new());
        let tie = report.ties.iter().find(|t| t.code == "RF").unwrap();
        assert_eq!((tie.verdict, tie.gap), (Verdict::Open, Some(Amount::new(-14, 0))));
        assert_eq!(tie.because, "(14,758) and income (840): residual (14) is not in the document");
        let finding = report.findings.iter().find(|f| f.code == "RF").unwrap();
        assert_eq!(finding.severity, Severity::Note);
        assert!(finding.help.contains("foreign currency translation"));
    }

    #[test]
    fn stays_silent_where_income_and_dividends_explain_it_or_no_income_is_there() {
        let table = "\
table BS 3 2003-12-31 2002-12-31
Retained earnings {#RetainedEarningsAccumulatedDeficit} | 21,400 | 20,000
table IS 3 2003-01-01..2003-12-31
Net income {#NetIncomeLoss} | 2,000
Cash dividends {#DividendsCommonStock} | 600
";
        assert_eq!(ties(table, "RF").len(), 1);
        assert!(ties(table, "RF")[0].starts_with("ties"));
        assert!(ties(&table.replace("2003-01-01..", "2003-10-01.."), "RF").is_empty());
    }
}
