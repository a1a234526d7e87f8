//! A table's lines as rows that sums are looked for in: which print totals, results, or what is subtracted.

use crate::lines::{self, Draft};
use crate::sums;
use tieout_model::{Column, ColumnRole, Line, LineRole, StatementKind, Unit, power_of_ten};

/// Finds the sums among the money lines, then among the per-share lines.
pub(crate) fn structure(lines: &mut [Line], drafts: &[Draft], units: &[Unit], columns: &[Column], kind: StatementKind) {
    if kind == StatementKind::Other && is_contents(drafts) {
        return;
    }
    let usable: Vec<bool> =
        columns.iter().map(|c| matches!(c.role, ColumnRole::Period | ColumnRole::Component)).collect();
    let soft = soft(drafts, columns.len());
    let money = rows(drafts, &|i| matches!(units[i], Unit::Money(_)), &usable, soft, kind);
    let mut per_share = rows(drafts, &|i| matches!(units[i], Unit::PerShare(_)), &usable, soft, kind);
    // Primary earnings stand above diluted ones, which are no result of them.
    per_share.results_are_totals();
    let signs = kind != StatementKind::BalanceSheet;
    for (line, sum) in sums::sums(&money, signs).into_iter().chain(sums::sums(&per_share, signs)) {
        if let Some(line) = lines.get_mut(line as usize) {
            line.role = LineRole::Total;
            line.sum = Some(Box::new(sum));
        }
    }
}

/// Columns, as bits, of figures with decimals on lines where another column has none: prices, yields and percents,
/// which need not add.
fn soft(drafts: &[Draft], columns: usize) -> u64 {
    let mut finer = vec![(0u32, 0u32); columns.min(64)];
    for draft in drafts {
        let printed = || draft.figures.iter().filter(|f| !f.number.nil && !f.number.percent);
        let coarsest = printed().map(|f| f.number.amount.exponent).max();
        for figure in printed() {
            if let Some((fine, all)) = finer.get_mut(figure.column as usize) {
                *fine += u32::from(Some(figure.number.amount.exponent) < coarsest);
                *all += 1;
            }
        }
    }
    let soft = (0..).zip(finer).filter(|(_, (fine, all))| fine * 2 > *all);
    soft.fold(0, |bits, (column, _)| bits | 1u64 << column)
}

/// A table of contents: numbers of pages, which only grow. A sum among them is an accident, unless it is of all.
fn is_contents(drafts: &[Draft]) -> bool {
    const LEAST: usize = 5;
    let last = || drafts.iter().filter_map(|d| d.figures.last());
    let pages = || last().map(|f| f.number.amount);
    let (Some(column), Some(end)) = (last().map(|f| f.column).max(), pages().next_back()) else { return false };
    let mut before = 0;
    let grow = pages().all(|page| {
        let number = page.mantissa;
        let grows = page.exponent == 0 && (before.max(1)..1000).contains(&number);
        before = number;
        grows
    });
    grow && pages().count() >= LEAST
        && last().all(|f| f.column == column)
        && !drafts.iter().any(|d| d.lower.starts_with("total"))
        && pages().fold(0i128, |all, page| all.saturating_add(page.mantissa)) != end.mantissa * 2
}

/// The figures of the lines that `wanted` chooses, as integers in their finest printed place.
pub(crate) fn rows(
    drafts: &[Draft],
    wanted: &dyn Fn(usize) -> bool,
    usable: &[bool],
    soft: u64,
    kind: StatementKind,
) -> sums::Rows {
    let chosen: Vec<usize> = (0..drafts.len()).filter(|&i| !drafts[i].figures.is_empty() && wanted(i)).collect();
    let figures = chosen.iter().flat_map(|&i| &drafts[i].figures).filter(|f| !f.number.nil);
    let finest = figures.map(|f| f.number.amount.exponent).min().unwrap_or(0);
    let sides: Vec<bool> = match kind {
        StatementKind::BalanceSheet => drafts.iter().map(opens_a_side).collect(),
        _ => Vec::new(),
    };
    let mut rows = sums::Rows::new(usable.len(), soft);
    for i in chosen {
        let draft = &drafts[i];
        let row = sums::Row {
            line: i as u32,
            total_like: total_like(draft),
            minus_like: minus_like(draft, kind),
            result_like: result_like(draft, kind),
            barrier: kind == StatementKind::BalanceSheet && begins_a_side(drafts, &sides, i),
            opens: i.checked_sub(1).and_then(|above| drafts.get(above)).is_some_and(|d| d.figures.is_empty()),
            ..sums::Row::default()
        };
        let figures = draft.figures.iter().filter(|f| !f.number.percent);
        let figures = figures.filter(|f| usable.get(f.column as usize) == Some(&true)).map(|f| {
            let places = u32::from((f.number.amount.exponent - finest).unsigned_abs());
            let power = power_of_ten(places).unwrap_or(1);
            (f.column, f.number.amount.mantissa.saturating_mul(power))
        });
        rows.push(row, figures);
    }
    rows
}

/// A heading that opens a side of a balance sheet.
fn opens_a_side(draft: &Draft) -> bool {
    draft.figures.is_empty() && lines::is_side(&lines::key(&draft.lower))
}

/// The first line with figures after total assets, or under a heading that opens the other side; `sides` says
/// of each line whether it is such a heading.
fn begins_a_side(drafts: &[Draft], sides: &[bool], i: usize) -> bool {
    let Some(before) = (0..i).rev().find(|&j| !drafts[j].figures.is_empty()) else { return true };
    let total_assets = drafts[before].lower.starts_with("total assets");
    let side = |j: usize| drafts[j].section.first().map(|&s| s as usize).filter(|&s| sides[s]);
    total_assets || (side(i).is_some() && side(i) != side(before))
}

fn total_like(draft: &Draft) -> bool {
    let lower = &draft.lower;
    draft.ruled
        || lower.is_empty()
        || lower.starts_with("total")
        || lower.starts_with("subtotal")
        || lower.starts_with("sub-total")
        || lower.starts_with("net ")
        || lower.starts_with("gross ")
        || lower.starts_with("income before")
}

/// Words of a result: signs are searched for these alone, since every line equals some signed sum of enough
/// others.
fn result_like(draft: &Draft, kind: StatementKind) -> bool {
    use crate::words::*;
    total_like(draft)
        || (kind != StatementKind::Other
            && draft.words.any(INCOME | LOSS | EARNINGS | MARGIN | CHANGE | CASH | BALANCE | OWNERS))
}

/// Words that say a line is taken away from those above: what an expense is in an income statement.
fn minus_like(draft: &Draft, kind: StatementKind) -> bool {
    use crate::words::*;
    let lower = &draft.lower;
    if lower.starts_with("less") || lower.starts_with("deduct") {
        return true;
    }
    if kind != StatementKind::Income {
        return draft.words.any(TREASURY) || lower.starts_with("accumulated depreciation");
    }
    let income = [
        "income from",
        "income (loss)",
        "interest income",
        "gain",
        "other income",
        "equity in earnings",
        "benefit from",
    ]
    .iter()
    .any(|w| lower.starts_with(w));
    !income && draft.words.any(COSTS | PROVISION | TAX | LOSS | UNUSUAL | RENTAL | DEDUCT | INTEREST)
}
