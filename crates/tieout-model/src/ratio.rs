use crate::amount::{Amount, power_of_ten};
use std::cmp::Ordering;

/// An exact fraction in lowest terms with a positive denominator. Every operation is checked: `None` means
/// that the result does not fit 128 bits, and a caller then says `open`, never guesses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ratio {
    num: i128,
    den: i128,
}

// The operators' own traits cannot fail; these can, so that they share the names and not the traits.
#[allow(clippy::should_implement_trait)]
impl Ratio {
    /// Zero.
    pub const ZERO: Ratio = Ratio { num: 0, den: 1 };

    /// `num / den`, or `None` for a zero denominator or a value that does not fit.
    pub fn new(num: i128, den: i128) -> Option<Self> {
        if den == 0 {
            return None;
        }
        if den == 1 {
            num.checked_abs()?;
            return Some(Ratio { num, den });
        }
        let g = gcd(num.checked_abs()?, den.checked_abs()?).max(1);
        let sign = if den < 0 { -1 } else { 1 };
        let (num, den) = (over(num, g), over(den, g));
        Some(Ratio { num: num * sign, den: den * sign })
    }

    /// The sum.
    pub fn add(self, other: Ratio) -> Option<Ratio> {
        if self.den == other.den {
            return Ratio::new(self.num.checked_add(other.num)?, self.den);
        }
        let num = times(self.num, other.den)?.checked_add(times(other.num, self.den)?)?;
        Ratio::new(num, times(self.den, other.den)?)
    }

    /// The difference.
    pub fn sub(self, other: Ratio) -> Option<Ratio> {
        self.add(other.neg())
    }

    /// The product. Of two fractions in lowest terms what can be cancelled stands crosswise.
    pub fn mul(self, other: Ratio) -> Option<Ratio> {
        let a = gcd(self.num.checked_abs()?, other.den).max(1);
        let b = gcd(other.num.checked_abs()?, self.den).max(1);
        let num = times(over(self.num, a), over(other.num, b))?;
        num.checked_abs()?;
        Some(Ratio { num, den: times(over(self.den, b), over(other.den, a))? })
    }

    /// The quotient; `None` for a zero divisor.
    pub fn div(self, other: Ratio) -> Option<Ratio> {
        self.mul(other.inverse()?)
    }

    /// One over it; `None` for zero.
    fn inverse(self) -> Option<Ratio> {
        match self.num {
            0 => None,
            1.. => Some(Ratio { num: self.den, den: self.num }),
            _ => Some(Ratio { num: self.den.checked_neg()?, den: self.num.checked_neg()? }),
        }
    }

    /// The negative.
    pub fn neg(self) -> Ratio {
        Ratio { num: -self.num, den: self.den }
    }

    /// The size.
    pub fn abs(self) -> Ratio {
        Ratio { num: self.num.abs(), den: self.den }
    }

    /// -1, 0 or 1.
    pub fn signum(self) -> i32 {
        self.num.signum() as i32
    }

    /// Rounded half away from zero to the place `exponent`, as a number printed there would be.
    pub fn round(self, exponent: i8) -> Option<Amount> {
        let power = power_of_ten(u32::from(exponent.unsigned_abs()))?;
        let (num, den) = if exponent >= 0 {
            (self.num, self.den.checked_mul(power)?)
        } else {
            (self.num.checked_mul(power)?, self.den)
        };
        let twice = num.checked_abs()?.checked_mul(2)?.checked_add(den)?;
        Some(Amount::new(twice / den.checked_mul(2)? * num.signum(), exponent))
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        match (times(self.num, other.den), times(other.num, self.den)) {
            (Some(a), Some(b)) => a.cmp(&b),
            // The cross products overflow: compare whole parts, then what remains, as Euclid would.
            _ => {
                let (a, b) = (self.num.div_euclid(self.den), other.num.div_euclid(other.den));
                a.cmp(&b).then_with(|| {
                    let (r, s) = (self.num.rem_euclid(self.den), other.num.rem_euclid(other.den));
                    match (r, s) {
                        (0, 0) => Ordering::Equal,
                        (0, _) => Ordering::Less,
                        (_, 0) => Ordering::Greater,
                        _ => Ratio { num: other.den, den: s }.cmp(&Ratio { num: self.den, den: r }),
                    }
                })
            }
        }
    }
}

/// The quotient by what divides a number. Dividing 128 bits costs more than asking.
fn over(value: i128, by: i128) -> i128 {
    match (by, i64::try_from(value), i64::try_from(by)) {
        (1, ..) => value,
        (_, Ok(value), Ok(by)) => (value / by).into(),
        _ => value / by,
    }
}

/// The product; of two numbers of 64 bits, as nearly all are, by one multiplication that cannot overflow.
fn times(a: i128, b: i128) -> Option<i128> {
    match (i64::try_from(a), i64::try_from(b)) {
        (Ok(a), Ok(b)) => Some(i128::from(a) * i128::from(b)),
        _ => a.checked_mul(b),
    }
}

/// Euclid's, until both fit in 64 bits, as printed figures nearly always do; then without division.
fn gcd(mut a: i128, mut b: i128) -> i128 {
    while b != 0 {
        if let (Ok(x), Ok(y)) = (u64::try_from(a), u64::try_from(b)) {
            return i128::from(binary_gcd(x, y));
        }
        (a, b) = (b, a % b);
    }
    a
}

/// Stein's: twos are shifted out, and of two odd numbers the smaller is taken from the larger.
fn binary_gcd(mut x: u64, mut y: u64) -> u64 {
    if x == 0 || y == 0 {
        return x | y;
    }
    let twos = (x | y).trailing_zeros();
    x >>= x.trailing_zeros();
    while y != 0 {
        y >>= y.trailing_zeros();
        (x, y) = (x.min(y), x.max(y) - x.min(y));
    }
    x << twos
}

/// A closed range of exact values: all that a printed figure, or a calculation on printed figures, may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// Lower end, included.
    pub low: Ratio,
    /// Upper end, included.
    pub high: Ratio,
}

#[allow(clippy::should_implement_trait)]
impl Interval {
    /// One exact value.
    pub fn point(value: Ratio) -> Self {
        Interval { low: value, high: value }
    }

    /// True where `value` lies inside or on an end.
    pub fn contains(self, value: Ratio) -> bool {
        self.low <= value && value <= self.high
    }

    /// True where the two share at least one value: the test of Calculations 1.1 (STANDARDS 5.4, rule 6).
    pub fn meets(self, other: Interval) -> bool {
        self.low <= other.high && other.low <= self.high
    }

    /// The sums of a value of each.
    pub fn add(self, other: Interval) -> Option<Interval> {
        Some(Interval { low: self.low.add(other.low)?, high: self.high.add(other.high)? })
    }

    /// The differences.
    pub fn sub(self, other: Interval) -> Option<Interval> {
        self.add(other.neg())
    }

    /// The negatives.
    pub fn neg(self) -> Interval {
        Interval { low: self.high.neg(), high: self.low.neg() }
    }

    /// The products.
    pub fn mul(self, other: Interval) -> Option<Interval> {
        if self.low.num >= 0 && other.low.num >= 0 {
            return Some(Interval { low: self.low.mul(other.low)?, high: self.high.mul(other.high)? });
        }
        let corners = [
            self.low.mul(other.low)?,
            self.low.mul(other.high)?,
            self.high.mul(other.low)?,
            self.high.mul(other.high)?,
        ];
        Some(Interval { low: corners.into_iter().min()?, high: corners.into_iter().max()? })
    }

    /// The quotients; `None` where the divisor may be zero.
    pub fn div(self, other: Interval) -> Option<Interval> {
        if other.contains(Ratio::ZERO) {
            return None;
        }
        self.mul(Interval { low: other.high.inverse()?, high: other.low.inverse()? })
    }

    /// The sizes.
    pub fn abs(self) -> Interval {
        if self.contains(Ratio::ZERO) {
            return Interval { low: Ratio::ZERO, high: self.low.abs().max(self.high.abs()) };
        }
        let (a, b) = (self.low.abs(), self.high.abs());
        Interval { low: a.min(b), high: a.max(b) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn r(n: i128, d: i128) -> Ratio {
        Ratio::new(n, d).unwrap()
    }

    #[test]
    fn arithmetic_is_exact() {
        assert_eq!(r(1, 3).add(r(1, 6)), Some(r(1, 2)));
        assert_eq!(r(-840, 7853).div(r(-1, 1)), Some(r(840, 7853)));
        assert_eq!(r(1, 2).div(Ratio::ZERO), None);
    }

    #[test]
    fn rounds_half_away_from_zero() {
        assert_eq!(r(-1, 2).round(0), Some(Amount::new(-1, 0)));
        assert_eq!(r(3747, 7861).round(-2), Some(Amount::new(48, -2)));
        assert_eq!(r(7539, 1).round(2), Some(Amount::new(75, 2)));
    }

    #[test]
    fn orders_fractions_whose_cross_products_overflow() {
        let big = i128::MAX / 2;
        assert!(r(big, big - 1) > r(big - 1, big));
        assert!(r(-big, big - 1) < r(1, big));
    }

    /// The seed's one misprint: 3,747 / 7,861 in thousands can be .4766 to .4768, so .48 and not .47.
    #[test]
    fn quotient_of_printed_figures() {
        let loss = Amount::new(3747, 3).interval().unwrap();
        let shares = Amount::new(7861, 3).interval().unwrap();
        let per_share = loss.div(shares).unwrap();
        assert!(!per_share.meets(Amount::new(47, -2).interval().unwrap()));
        assert!(per_share.meets(Amount::new(48, -2).interval().unwrap()));
    }

    #[test]
    fn a_divisor_that_may_be_zero_gives_nothing() {
        let one = Interval::point(r(1, 1));
        assert_eq!(one.div(Interval { low: r(-1, 2), high: r(1, 2) }), None);
    }
}
