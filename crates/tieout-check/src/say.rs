//! Numbers in words for people: as they were printed, not as they are stored.

use tieout_model::{Amount, Interval, Ratio};

/// Digits with thousands separators, `power` places further right than the value: with 3 the amount
/// 7,690,000 of a table in thousands reads `7,690`. Negative figures stand in parentheses, as in the table.
pub(crate) fn figure(amount: Amount, power: i8) -> String {
    let shown = amount.scaled(power.saturating_neg());
    let text = Amount::new(shown.mantissa.saturating_abs(), shown.exponent).to_string();
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(w, f)| (w, Some(f)));
    let mut out = String::with_capacity(text.len() + 8);
    for (i, digit) in whole.char_indices() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    if amount.is_negative() { format!("({out})") } else { out }
}

/// A fraction as a percent: -0.160 reads `-16.0%`.
pub(crate) fn percent(amount: Amount) -> String {
    format!("{}%", amount.scaled(2))
}

/// An exact value rounded to `exponent`, as a plain decimal.
pub(crate) fn rounded(value: Ratio, exponent: i8) -> String {
    value.round(exponent).map_or_else(|| "?".to_owned(), |a| a.to_string())
}

/// The ends of an interval, rounded to `exponent`.
pub(crate) fn range(interval: Interval, exponent: i8) -> String {
    let (low, high) = (rounded(interval.low, exponent), rounded(interval.high, exponent));
    if low == high { low } else { format!("{low} to {high}") }
}

/// `9 too much`, `1 too little`: the gap (printed less computed) in units of the last printed digit.
pub(crate) fn gap(gap: Amount) -> String {
    let much = if gap.is_negative() { "too little" } else { "too much" };
    let unit = if gap.exponent < 0 { " of a printed unit" } else { "" };
    format!("{}{unit} {much}", figure(gap.abs(), 0))
}

/// `1 line`, `4 lines`.
pub(crate) fn count(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_as_printed() {
        assert_eq!(figure(Amount::new(-15_612, 3), 3), "(15,612)");
        assert_eq!(figure(Amount::new(-47, -2), 0), "(0.47)");
        assert_eq!(figure(Amount::new(175, 5), 6), "17.5");
        assert_eq!(figure(Amount::new(1_234_567, 0), 0), "1,234,567");
        assert_eq!(percent(Amount::new(-160, -3)), "-16.0%");
        assert_eq!(gap(Amount::new(-5, -1)), "0.5 of a printed unit too little");
        assert_eq!(gap(Amount::new(9, 0)), "9 too much");
    }
}
