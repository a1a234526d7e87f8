use crate::{Interval, Ratio};
use std::fmt;

/// An exact decimal together with how precisely it was printed.
///
/// The value is `mantissa × 10^exponent`, and the exponent is the place of the last printed digit: "7,690"
/// in a table in thousands is 7690 × 10^3, "$7.5 million" 75 × 10^5, "16.0%" 160 × 10^-3. Two amounts may
/// be equal in value and differ in precision; compare values with [`Amount::same_value`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[repr(C, packed(8))] // 24 bytes instead of 32: facts and ties are many
pub struct Amount {
    /// The printed digits as one integer, with the sign as printed (parentheses are a minus).
    pub mantissa: i128,
    /// The power of ten of the last printed digit.
    pub exponent: i8,
}

/// How many digits say something where figures agree in a sum: those of the largest, without the zeros in which
/// all of them end. A sum of D such digits holds by accident about once in 10^D.
pub fn telling_digits(figures: impl Iterator<Item = i128> + Clone) -> u32 {
    let largest = figures.clone().map(i128::unsigned_abs).max().unwrap_or(0);
    let digits = largest.checked_ilog10().map_or(0, |d| d + 1);
    let mut zeros = 0;
    let mut unit = 10;
    while zeros < digits && figures.clone().all(|v| v % unit == 0) {
        zeros += 1;
        unit = unit.saturating_mul(10);
    }
    digits.saturating_sub(zeros)
}

impl Amount {
    /// `mantissa × 10^exponent`.
    pub const fn new(mantissa: i128, exponent: i8) -> Self {
        Amount { mantissa, exponent }
    }

    /// XBRL's `decimals`: 2 for cents, -3 for a table in thousands (STANDARDS 5.4).
    pub fn decimals(self) -> i32 {
        -i32::from(self.exponent)
    }

    /// The same digits `power` places further left: 7,690 "in thousands" is `scaled(3)`.
    pub fn scaled(self, power: i8) -> Self {
        Amount { mantissa: self.mantissa, exponent: self.exponent.saturating_add(power) }
    }

    /// True for a printed zero or a nil dash.
    pub fn is_zero(self) -> bool {
        self.mantissa == 0
    }

    /// True below zero.
    pub fn is_negative(self) -> bool {
        self.mantissa < 0
    }

    /// The size without the sign.
    pub fn abs(self) -> Self {
        Amount { mantissa: self.mantissa.saturating_abs(), exponent: self.exponent }
    }

    /// True where both stand for the same number, however precisely printed.
    pub fn same_value(self, other: Amount) -> bool {
        self.ratio().is_some() && self.ratio() == other.ratio()
    }

    /// The exact value, or `None` where it does not fit 128 bits.
    pub fn ratio(self) -> Option<Ratio> {
        let power = power_of_ten(u32::from(self.exponent.unsigned_abs()))?;
        if self.exponent >= 0 {
            Ratio::new(self.mantissa.checked_mul(power)?, 1)
        } else {
            Ratio::new(self.mantissa, power)
        }
    }

    /// One half of a unit of the last printed digit.
    pub fn half_unit(self) -> Option<Ratio> {
        Amount::new(5, self.exponent.checked_sub(1)?).ratio()
    }

    /// Everything that rounds to what was printed: `v ± ½·10^-d`, both ends included, so that half-up and
    /// half-even are both accepted (STANDARDS 5.4, Calculations 1.1 round-to-nearest).
    pub fn interval(self) -> Option<Interval> {
        // Half a unit is five of the next place.
        let (tenths, place) = (self.mantissa.checked_mul(10)?, self.exponent.checked_sub(1)?);
        let end = |tenths: Option<i128>| Amount::new(tenths?, place).ratio();
        Some(Interval { low: end(tenths.checked_sub(5))?, high: end(tenths.checked_add(5))? })
    }
}

/// `10^places`, or `None` where it does not fit 128 bits. Looked up: every comparison of amounts asks for some.
pub fn power_of_ten(places: u32) -> Option<i128> {
    const POWERS: [i128; 39] = {
        let mut powers = [1; 39];
        let mut i = 1;
        while i < powers.len() {
            powers[i] = powers[i - 1] * 10;
            i += 1;
        }
        powers
    };
    POWERS.get(places as usize).copied()
}

impl std::ops::Neg for Amount {
    type Output = Amount;
    fn neg(self) -> Amount {
        Amount { mantissa: self.mantissa.saturating_neg(), exponent: self.exponent }
    }
}

/// A plain decimal string with as many decimals as were printed: `7690000`, `-0.11`, `0.160`.
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.mantissa.unsigned_abs().to_string();
        let sign = if self.mantissa < 0 { "-" } else { "" };
        if self.mantissa == 0 && self.exponent >= 0 {
            return f.write_str("0");
        }
        if self.exponent >= 0 {
            return write!(f, "{sign}{digits}{}", "0".repeat(self.exponent as usize));
        }
        let places = usize::from(self.exponent.unsigned_abs());
        let padded = format!("{digits:0>width$}", width = places + 1);
        let (whole, fraction) = padded.split_at(padded.len() - places);
        write!(f, "{sign}{whole}.{fraction}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_that_tell() {
        assert_eq!(telling_digits([1_500, 24_700, -300].into_iter()), 3);
        assert_eq!(telling_digits([1_501, 24_700].into_iter()), 5);
        assert_eq!(telling_digits([0, 0].into_iter()), 0);
        assert_eq!(telling_digits([i128::MIN, i128::MAX].into_iter()), 39);
    }

    #[test]
    fn prints_what_was_printed() {
        let shown = |m, e| Amount::new(m, e).to_string();
        assert_eq!(shown(7690, 3), "7690000");
        assert_eq!(shown(-11, -2), "-0.11");
        assert_eq!(shown(160, -3), "0.160");
        assert_eq!(shown(0, 3), "0");
        assert_eq!(shown(0, -2), "0.00");
    }

    #[test]
    fn interval_is_closed_at_half_a_unit() {
        let interval = Amount::new(75, 5).interval().unwrap();
        assert!(interval.contains(Ratio::new(7_450_000, 1).unwrap()));
        assert!(interval.contains(Ratio::new(7_550_000, 1).unwrap()));
        assert!(!interval.contains(Ratio::new(7_550_001, 1).unwrap()));
    }

    #[test]
    fn value_and_precision_are_apart() {
        assert!(Amount::new(75, 5).same_value(Amount::new(7500, 3)));
        assert!(!Amount::new(75, 5).same_value(Amount::new(7501, 3)));
    }
}
