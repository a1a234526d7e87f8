//! Sums that do not hold in every column, or in the only one, and are known to be sums all the same: by the columns
//! in which they hold, by words and rules, and by how little it would take to make them hold.
//!
//! What agrees by accident is a matter of digits: figures of D digits agree once in 10^D, and are one digit apart in
//! some 18 D of 2 x 10^D cases.

use super::{
    Fit, MOST_PLUS, MOST_SIGNED, Part, Pattern, Row, Rows, agrees, columns, fit, known, no_accident, parts, search,
    signed, suffixes,
};
use tieout_model::telling_digits;

/// The sum that `total` fails to be in some column.
pub(super) fn find(
    rows: &Rows,
    waiting: &[usize],
    total: usize,
    signs: bool,
) -> Option<(Vec<Part>, Fit, &'static str)> {
    let name = |because| move |(parts, fit)| (parts, fit, because);
    partly(rows, waiting, total, signs)
        .map(name("holds in the other columns"))
        .or_else(|| {
            let searched = (signs && rows.lines[total].result_like).then(|| searched(rows, waiting, total)).flatten();
            searched.map(name("signs found by search in the other columns"))
        })
        .or_else(|| nearly(rows, waiting, total).map(name("one digit from the sum of the lines above")))
}

/// A total of the one line above it, which it repeats in all columns but one, and is a slip away from in that.
pub(super) fn repeated(rows: &Rows, waiting: &[usize], total: usize) -> Option<(Vec<Part>, Fit)> {
    let &last = waiting.last().filter(|_| rows.lines[total].total_like)?;
    let parts = vec![(last, false)];
    let fit = fit(rows, &parts, total);
    let figures = |c: usize| [last, total].map(|row| rows.at(row, c).into());
    let digits = |bits| columns(bits).map(|c| telling_digits(figures(c).into_iter())).sum::<u32>();
    let same = columns(fit.holds).all(|c| rows.at(last, c) == rows.at(total, c));
    let known = same && fit.fails.count_ones() == 1 && digits(fit.holds) >= 8 && digits(fit.fails) >= 4;
    (known && slips(rows, &parts, total, fit)).then_some((parts, fit))
}

/// Columns looked at for one in which a sum holds: as many may be off and one more.
const PIVOTS: usize = 4;

/// A sum that holds to the last digit in some columns and not in others: the others are off. With few lines
/// or few columns an accident is likelier than a misprint, unless what is missing is a slip of the hand. Of
/// several that of fewer failures is it, those that are slips first.
fn partly(rows: &Rows, waiting: &[usize], total: usize, signs: bool) -> Option<(Vec<Part>, Fit)> {
    let patterns = [Pattern::Plus, Pattern::Hinted, Pattern::Less, Pattern::Under];
    let mut best: Option<(bool, Pattern, usize, Fit)> = None;
    let Row { result_like, total_like, .. } = rows.lines[total];
    // The last part of a total is the total less the others: where no words say a result, a difference is one of
    // two lines, and by the odds alone.
    for &pattern in &patterns[..if signs { 4 } else { 2 }] {
        let (worded, most) = match pattern {
            Pattern::Plus | Pattern::Hinted => (result_like, 40),
            Pattern::Less => (result_like, if result_like { 40 } else { 2 }),
            Pattern::Under => (false, 2),
        };
        let odds = match pattern {
            Pattern::Less if !result_like => 12,
            Pattern::Plus | Pattern::Hinted if !total_like => 10,
            _ => 9 + u32::from(pattern == Pattern::Under),
        };
        suffixes(rows, waiting, total, pattern, most, PIVOTS, |n, fit| {
            let fit = fit.where_printed();
            let fails = fit.fails.count_ones();
            let enough = n >= 2 && fails > 0 && fit.exact_telling >= 1 && fit.exact_telling >= fails;
            let better = |slip: bool| best.is_none_or(|(s, _, _, b)| (slip, b.fails.count_ones()) > (s, fails));
            if enough && better(true) {
                let parts = parts(rows, waiting, pattern, n);
                let slip = slips(rows, &parts, total, fit);
                let says = worded && (slip || total_like && (n >= 3 || fit.exact_telling >= 2));
                // Many lines make many sums, and a difference may leave the last part of a total that comes next.
                let odds = odds + u32::from(n > 5);
                let lone = || worded || matches!(pattern, Pattern::Plus | Pattern::Hinted) || !totalled(rows, &parts);
                if better(slip) && (says || slip && lone() && surely(rows, &parts, total, fit, odds)) {
                    best = Some((slip, pattern, n, fit));
                }
            }
            false
        });
    }
    best.map(|(_, pattern, n, fit)| (parts(rows, waiting, pattern, n), fit))
}

/// The line below the total of a difference repeats its first part as a total: the total is part of it.
fn totalled(rows: &Rows, parts: &[Part]) -> bool {
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return false };
    let next = last.0 + 2;
    let same = || rows.of(first.0).iter().zip(rows.of(next)).any(|(a, b)| a == b && a.unsigned_abs() >= 1000);
    rows.lines.get(next).is_some_and(|next| next.total_like) && same()
}

/// Where no word says that the line is a sum, what holds must agree in so many digits that it is no accident
/// among the few hundred sums that are tried, and what fails be as many digits long that the slip is none: four
/// each, and `odds` together.
fn surely(rows: &Rows, parts: &[Part], total: usize, fit: Fit, odds: u32) -> bool {
    let holds = known(rows, parts, total, fit.holds);
    let fails = columns(fit.fails).map(|column| known(rows, parts, total, 1 << column)).min();
    holds >= 4 && fails.is_some_and(|fails| fails >= 4 && holds + fails >= odds)
}

/// Every choice of signs, where all columns but one agree and that one is a slip of the hand away: either of the
/// first two columns is not it.
fn searched(rows: &Rows, waiting: &[usize], total: usize) -> Option<(Vec<Part>, Fit)> {
    let mut shown = rows.columns_of(total);
    let (first, second, _) = (shown.next()?, shown.next()?, shown.next()?);
    [first, second].into_iter().find_map(|column| {
        search(rows, waiting, total, column, MOST_SIGNED - 2, |parts, fit| {
            let exact = fit.exact_telling >= 2 && fit.exact_telling == fit.telling && fit.fails.count_ones() == 1;
            exact && no_accident(rows, parts, total, fit, 11) && slips(rows, parts, total, *fit)
        })
    })
}

/// Nothing else holds, but words or a rule say that it is a total, and in one column all lines above it, or
/// all since the last total or heading, are one digit away from it; what other columns print of them holds. Five
/// digits or more make that no accident, or four where no other line is left or another column repeats its figure.
fn nearly(rows: &Rows, waiting: &[usize], total: usize) -> Option<(Vec<Part>, Fit)> {
    if !rows.lines[total].total_like {
        return None;
    }
    let last = || waiting.iter().rev().take(MOST_PLUS).map(|&w| rows.lines[w]);
    let block = last().take_while(|row| !row.total_like).count();
    let section = last().position(|row| row.opens).map_or(0, |at| at + 1);
    let all = if waiting.len() <= MOST_PLUS { waiting.len() } else { 0 };
    let mut tried = 0;
    for n in [block, section, block + 1, all] {
        if n < 2 || n > waiting.len() || n == tried {
            continue;
        }
        tried = n;
        for pattern in [Pattern::Plus, Pattern::Hinted] {
            let parts = parts(rows, waiting, pattern, n);
            let fit = fit(rows, &parts, total);
            // In some columns the total alone is printed.
            if pattern == Pattern::Plus && fit.blank != 0 && fit.where_printed().fails == 0 {
                return (fit.exact_telling > 0 && agrees(rows, &parts, total, fit))
                    .then(|| (parts, fit.where_printed()));
            }
            if pattern == Pattern::Hinted && parts.iter().all(|p| !p.1) {
                continue;
            }
            if let Some(fit) = one_digit_off(rows, &parts, total, fit, n == waiting.len()) {
                return Some((parts, fit));
            }
        }
    }
    None
}

/// In one column the parts are one digit away from the total; in all others they hold to the digit.
fn one_digit_off(rows: &Rows, parts: &[Part], total: usize, fit: Fit, all: bool) -> Option<Fit> {
    let fit = fit.where_printed();
    let mut failing = columns(fit.fails);
    let (Some(column), None) = (failing.next(), failing.next()) else { return None };
    let values = |column: usize| parts.iter().map(move |&(w, minus)| signed(rows.at(w, column), minus));
    let gap = |column: usize| rows.at(total, column) - values(column).sum::<i64>();
    if columns(fit.holds).any(|column| gap(column) != 0) {
        return None;
    }
    let target = rows.at(total, column);
    let repeats = columns(fit.holds).any(|column| rows.at(total, column).unsigned_abs() >= 1000);
    let nonzero = values(column).filter(|v| *v != 0).count();
    let digits = telling_digits(values(column).chain([target]).map(i128::from));
    let known = nonzero >= 2 && digits >= if all || repeats { 4 } else { 5 } && is_digit(gap(column));
    (known && one_digit(values(column), target, gap(column))).then(|| Fit { fails: 1 << column, ..fit })
}

/// The total or one of the values differs by the gap in one digit; a first digit may have become a zero.
fn one_digit(mut values: impl Iterator<Item = i64>, target: i64, gap: i64) -> bool {
    let length = |a: i64| a.unsigned_abs().checked_ilog10().unwrap_or(0);
    let as_long = |a: i64, b: i64| a != 0 && (a < 0) == (b < 0) && length(a).abs_diff(length(b)) <= 1;
    let step = {
        let mut unit = 10i64;
        while gap % unit == 0 && unit < i64::MAX / 100 {
            unit *= 10;
        }
        unit
    };
    // No carry: everything above the changed digit stays as it is.
    let no_carry = |a: i64, b: i64| as_long(a, b) && a / step == b / step;
    no_carry(target, target - gap) || values.any(|v| no_carry(v, v + gap))
}

/// A difference of d x 10^k, not of units.
fn is_digit(gap: i64) -> bool {
    let mut gap = gap.unsigned_abs();
    if gap < 10 {
        return false;
    }
    while gap.is_multiple_of(10) {
        gap /= 10;
    }
    gap < 10
}

/// In every column that fails, one changed digit, two exchanged ones or one lost sign would make it hold.
fn slips(rows: &Rows, parts: &[Part], total: usize, fit: Fit) -> bool {
    columns(fit.fails).all(|c| {
        let values = parts.iter().map(|&(w, minus)| signed(rows.at(w, c), minus));
        let target = rows.at(total, c);
        let gap = target - values.clone().sum::<i64>();
        is_slip(gap) || values.clone().any(|v| v != 0 && gap == -2 * v) || gap == 2 * target
    })
}

/// The difference that one digit makes, d × 10^k, or two exchanged neighbours, 9d × 10^k; not a unit, which
/// is rounding.
fn is_slip(gap: i64) -> bool {
    let mut gap = gap.unsigned_abs();
    if gap < 10 {
        return gap > 1;
    }
    while gap.is_multiple_of(10) {
        gap /= 10;
    }
    gap < 10 || (gap.is_multiple_of(9) && gap / 9 < 10)
}
