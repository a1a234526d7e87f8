//! Arithmetic reads: which lines a total sums, and with which sign, is what holds in the figures. Indent,
//! rules and words order the search; they do not decide it.
//!
//! The figures are taken from top to bottom. Lines not yet summed wait on a stack; a line that equals a
//! signed sum of the last few of them takes these off and waits in their place.

use tieout_model::Sum;

/// One line's figures, as integers in the finest printed place of its group.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// Line index in the table.
    pub(crate) line: u32,
    /// By column; `None` where nothing is printed.
    pub(crate) figures: Vec<Option<i128>>,
    /// The label's words, or a rule above, say that it sums.
    pub(crate) total_like: bool,
    /// The label's words say that it is subtracted.
    pub(crate) minus_like: bool,
    /// Nothing above it can be part of a sum below: the other side of a balance sheet begins. Assets less
    /// liabilities equal equity line by line, so that without this every last line would seem a difference.
    pub(crate) barrier: bool,
}

/// How many waiting lines a sum without signs may take, and one whose signs must be searched.
const MOST_PLUS: usize = 80;
const MOST_SIGNED: usize = 11;

/// Finds the sums among rows of one unit, in the order they stand.
///
/// `signs`: lines may be subtracted that do not say so; not in a balance sheet.
pub(crate) fn sums(rows: &[Row], signs: bool) -> Vec<(u32, Sum)> {
    let mut found = Vec::new();
    let mut waiting: Vec<usize> = Vec::new();
    for t in 0..rows.len() {
        if rows[t].barrier {
            waiting.clear();
        }
        let sum = find(rows, &waiting, t, signs);
        if let Some((parts, fit, because)) = sum {
            let depth = parts.iter().map(|p| waiting.len() - waiting.iter().position(|&w| w == p.0).unwrap_or(waiting.len())).max().unwrap_or(0);
            waiting.truncate(waiting.len() - depth);
            found.push((
                rows[t].line,
                Sum {
                    parts: parts.iter().map(|p| (rows[p.0].line, p.1)).collect(),
                    holds: fit.holds,
                    fails: fit.fails,
                    because,
                },
            ));
        }
        waiting.push(t);
    }
    found
}

/// A part: row index, and whether it is subtracted.
type Part = (usize, bool);

/// In which columns a sum holds.
#[derive(Debug, Default, Clone)]
struct Fit {
    holds: Vec<u32>,
    fails: Vec<u32>,
    /// Columns in which two parts or more are not zero.
    telling: u32,
    /// Holds exactly, not just within rounding, in every column.
    exact: bool,
    /// Columns in which it holds to the last digit and tells.
    exact_telling: u32,
}

fn find(rows: &[Row], waiting: &[usize], t: usize, signs: bool) -> Option<(Vec<Part>, Fit, &'static str)> {
    let total = &rows[t];
    if total.figures.iter().all(|f| f.is_none_or(|v| v == 0)) {
        return None;
    }
    if let Some(found) = plain(rows, waiting, total) {
        return Some((found.0, found.1, "sum of the lines above"));
    }
    if let Some(found) = hinted(rows, waiting, total, signs) {
        return Some((found.0, found.1, "lines added and subtracted as their labels say"));
    }
    if let Some(found) = signs.then(|| searched(rows, waiting, total)).flatten() {
        return Some((found.0, found.1, "signs found by search"));
    }
    if let Some(found) = partly(rows, waiting, total, signs) {
        return Some((found.0, found.1, "holds in the other columns"));
    }
    None
}

/// All plus: tries every number of waiting lines, the shortest that holds everywhere first.
fn plain(rows: &[Row], waiting: &[usize], total: &Row) -> Option<(Vec<Part>, Fit)> {
    let mut parts: Vec<Part> = Vec::new();
    let mut trivial = None;
    for &w in waiting.iter().rev().take(MOST_PLUS) {
        parts.insert(0, (w, false));
        let fit = fit(rows, &parts, total);
        if !fit.fails.is_empty() || fit.holds.is_empty() {
            continue;
        }
        if parts.len() == 1 {
            // One line repeated is a total only where it says so.
            if total.total_like && fit.exact && trivial.is_none() {
                trivial = Some((parts.clone(), fit));
            }
            continue;
        }
        if fit.telling == 0 {
            if fit.exact && trivial.is_none() && big(total) {
                trivial = Some((parts.clone(), fit));
            }
            continue;
        }
        // Within rounding only counts where words or rules announce a total.
        if fit.exact || (total.total_like && fit.exact_telling * 2 >= fit.telling) || (total.total_like && parts.len() >= 3) {
            return Some((parts, fit));
        }
    }
    trivial.filter(|(parts, _)| parts.len() == 1 || parts.iter().filter(|p| !zero(&rows[p.0])).count() == 1)
}

/// Signs as the labels say, and the first plus, the rest minus.
fn hinted(rows: &[Row], waiting: &[usize], total: &Row, signs: bool) -> Option<(Vec<Part>, Fit)> {
    for pattern in 0..1 + i32::from(signs) {
        let mut parts: Vec<Part> = Vec::new();
        for &w in waiting.iter().rev().take(30) {
            parts.insert(0, (w, false));
            if parts.len() < 2 {
                continue;
            }
            for (n, part) in parts.iter_mut().enumerate() {
                part.1 = if pattern == 0 { n > 0 && rows[part.0].minus_like } else { n > 0 };
            }
            if parts.iter().all(|p| !p.1) {
                continue;
            }
            let fit = fit(rows, &parts, total);
            if fit.fails.is_empty() && fit.telling > 0 && (fit.exact || (total.total_like && fit.exact_telling > 0)) {
                return Some((parts, fit));
            }
        }
    }
    None
}

/// Every choice of signs over the last few lines. The more choices there are, the more columns or digits
/// must agree before one of them is no accident.
fn searched(rows: &[Row], waiting: &[usize], total: &Row) -> Option<(Vec<Part>, Fit)> {
    for k in 2..=waiting.len().min(MOST_SIGNED) {
        let from = waiting.len() - k;
        let lines = &waiting[from..];
        let mut best: Option<(Vec<Part>, Fit)> = None;
        for signs in 1u32..(1 << k) {
            // The first column with a figure decides most choices at once.
            let parts = || lines.iter().enumerate().map(|(n, &w)| (w, signs >> n & 1 == 1));
            let Some(column) = total.figures.iter().position(Option::is_some) else { return None };
            let quick: i128 = parts().map(|(w, minus)| signed(rows[w].figures[column], minus)).sum();
            if Some(quick) != total.figures[column] {
                continue;
            }
            let parts: Vec<Part> = parts().collect();
            if parts.iter().any(|p| p.1 && zero(&rows[p.0])) {
                continue; // the same sum with this sign left alone
            }
            let fit = fit(rows, &parts, total);
            if fit.fails.is_empty() && fit.exact && no_accident(rows, &parts, total, &fit) {
                let minus = |p: &[Part]| p.iter().filter(|p| p.1).count();
                if best.as_ref().is_none_or(|(b, _)| minus(&parts) < minus(b)) {
                    best = Some((parts, fit));
                }
            }
        }
        if best.is_some() {
            return best;
        }
    }
    None
}

/// The chance that some choice of signs gives the total by accident is about choices / (size of the
/// figures) for each column; one in ten thousand is little enough.
fn no_accident(rows: &[Row], parts: &[Part], total: &Row, fit: &Fit) -> bool {
    let mut digits = 0u32;
    for &column in &fit.holds {
        let c = column as usize;
        let nonzero = parts.iter().filter(|p| rows[p.0].figures[c].is_some_and(|v| v != 0)).count();
        if nonzero < 2 {
            continue;
        }
        let size = parts.iter().filter_map(|p| rows[p.0].figures[c]).map(i128::unsigned_abs).min().unwrap_or(0);
        let size = size.max(total.figures[c].unwrap_or(0).unsigned_abs() / 10).max(1);
        digits += size.ilog2();
    }
    digits >= parts.len() as u32 + 13
}

/// A sum that holds to the last digit in some columns and not in others: the others are off.
fn partly(rows: &[Row], waiting: &[usize], total: &Row, signs: bool) -> Option<(Vec<Part>, Fit)> {
    if !total.total_like {
        return None;
    }
    let mut best: Option<(Vec<Part>, Fit)> = None;
    for pattern in 0..2 + i32::from(signs) {
        let mut parts: Vec<Part> = Vec::new();
        for &w in waiting.iter().rev().take(40) {
            parts.insert(0, (w, false));
            if parts.len() < 2 {
                continue;
            }
            for (n, part) in parts.iter_mut().enumerate() {
                part.1 = match pattern {
                    0 => false,
                    1 => n > 0 && rows[part.0].minus_like,
                    _ => n > 0,
                };
            }
            let fit = fit(rows, &parts, total);
            let enough = fit.exact_telling >= 1 && fit.exact_telling as usize >= fit.fails.len() && !fit.fails.is_empty();
            let tells = parts.len() >= 3 || fit.exact_telling >= 2;
            if enough && tells && best.as_ref().is_none_or(|(_, b)| fit.fails.len() < b.fails.len()) {
                best = Some((parts.clone(), fit));
            }
        }
    }
    best
}

fn fit(rows: &[Row], parts: &[Part], total: &Row) -> Fit {
    let mut fit = Fit { exact: true, ..Default::default() };
    for (column, figure) in total.figures.iter().enumerate() {
        let Some(value) = figure else { continue };
        let mut sum = 0i128;
        let mut printed = 0u32;
        let mut nonzero = 0i128;
        for &(w, minus) in parts {
            let Some(part) = rows[w].figures[column] else { continue };
            printed += 1;
            nonzero += i128::from(part != 0);
            sum = sum.saturating_add(signed(Some(part), minus));
        }
        if printed == 0 {
            // Nothing to add in a column that has a total.
            fit.fails.push(column as u32);
            fit.exact = false;
            continue;
        }
        let gap = (sum - value).abs();
        // n parts and a total of the same printed place: (n + 1) / 2 units (STANDARDS 5.4).
        if gap * 2 <= nonzero + 1 {
            fit.holds.push(column as u32);
            fit.telling += u32::from(nonzero >= 2);
            fit.exact_telling += u32::from(nonzero >= 2 && gap == 0);
            fit.exact &= gap == 0;
        } else {
            fit.fails.push(column as u32);
            fit.exact = false;
        }
    }
    fit
}

fn signed(value: Option<i128>, minus: bool) -> i128 {
    let value = value.unwrap_or(0);
    if minus { -value } else { value }
}

fn zero(row: &Row) -> bool {
    row.figures.iter().all(|f| f.is_none_or(|v| v == 0))
}

/// Large enough that two lines are not equal by accident.
fn big(row: &Row) -> bool {
    row.figures.iter().flatten().any(|v| v.abs() >= 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows from lines of figures; a label ending in `=` is total-like, one beginning with `-` minus-like.
    fn rows(text: &str) -> Vec<Row> {
        text.lines()
            .map(str::trim)
            .filter(|l| !l.is_empty())
            .enumerate()
            .map(|(i, line)| {
                let mut words = line.split_whitespace();
                let label = words.next().unwrap_or_default();
                Row {
                    line: i as u32,
                    figures: words.map(|w| w.parse().ok()).collect(),
                    total_like: label.ends_with('='),
                    minus_like: label.starts_with('-'),
                    barrier: label == "other-side",
                }
            })
            .collect()
    }

    fn show(text: &str) -> Vec<String> {
        sums(&rows(text), true)
            .into_iter()
            .map(|(line, sum)| {
                let parts: Vec<String> = sum.parts.iter().map(|(p, minus)| format!("{}{p}", if *minus { "-" } else { "+" })).collect();
                let fails = if sum.fails.is_empty() { String::new() } else { format!(" fails {:?}", sum.fails) };
                format!("{line}={}{fails}", parts.join(""))
            })
            .collect()
    }

    #[test]
    fn an_income_statement_with_subtractions() {
        let text = "sales 7539 8973\n -cost 5394 7183\n gross 2145 1790\n selling 1362 1572\n general 958 911\n research 752 1076\n
            total= 3072 3559\n operating -927 -1769\n other 87 35\n pretax -840 -1734\n tax 0 2013\n before -840 -3747\n gain 0 255\n net -840 -3492";
        assert_eq!(show(text), [
            "2=+0-1", "6=+3+4+5", "7=+2-6", "9=+7+8", "11=+9-10", "13=+11+12"
        ]);
    }

    #[test]
    fn a_total_that_fails_in_one_column_is_still_known() {
        assert_eq!(show("a 120 110\n b 30 20\n c 7 5\n total= 157 163"), ["3=+0+1+2 fails [1]"]);
    }

    #[test]
    fn within_rounding_needs_a_word() {
        assert_eq!(show("a 10 11\n b 20 21\n c 31 32"), Vec::<String>::new());
        assert_eq!(show("a 10 11\n b 20 21\n c 30 31\n total= 61 63"), ["3=+0+1+2"]);
    }

    #[test]
    fn accidents_are_not_sums() {
        assert_eq!(show("a 1 2\n b 2 3\n c 1 1\n d 5 7\n e 2 9"), Vec::<String>::new());
    }
}
