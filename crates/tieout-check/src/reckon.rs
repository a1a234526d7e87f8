//! The arithmetic of a tie: what a calculation can give, and how far the printed figure is from it
//! (STANDARDS 5.4 and 6.2).

use tieout_model::{Amount, Interval, Ratio, power_of_ten};

/// What a calculation gave beside what was printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reckoned {
    /// As calculated, rounded to the printed place.
    pub(crate) computed: Amount,
    /// Printed less computed, in units of the last printed digit.
    pub(crate) gap: Amount,
    /// The largest gap that rounding alone can make, in the same units.
    pub(crate) tolerance: Amount,
    /// The printed figure is one that the calculation can give.
    pub(crate) ties: bool,
}

impl Reckoned {
    /// No gap at all.
    pub(crate) fn exact(&self) -> bool {
        self.ties && self.gap.is_zero()
    }
}

/// A signed sum against its printed total, in whole numbers: every figure is a count of half units of the
/// finest place, so that the interval test of Calculations 1.1 is one integer comparison. With equal
/// decimals it comes to `|total - sum| <= (n+1)/2` units. `None` where 128 bits do not hold it or there is
/// no part.
pub(crate) fn sum(total: Amount, parts: impl Iterator<Item = (Amount, bool)> + Clone) -> Option<Reckoned> {
    let Added { sum, gap, reach, unit, places } = add(total, parts)?;
    Some(Reckoned {
        computed: Amount::new(round_div(sum, unit)?, total.exponent),
        gap: trim(Amount::new(gap, places.checked_neg()?)),
        tolerance: trim(Amount::new(reach.checked_mul(5)?, (-1i8).checked_sub(places)?)),
        ties: within(gap, reach)?,
    })
}

/// Whether a signed sum ties, without by how much.
pub(crate) fn adds_up(total: Amount, parts: impl Iterator<Item = (Amount, bool)> + Clone) -> Option<bool> {
    let Added { gap, reach, .. } = add(total, parts)?;
    within(gap, reach)
}

/// A sum and its total in units of the finest place.
struct Added {
    sum: i128,
    /// The total less the sum.
    gap: i128,
    /// Twice as far as rounding alone may bring the two apart.
    reach: i128,
    /// A unit of the total's own place, and how many places that is coarser.
    unit: i128,
    places: i8,
}

fn add(total: Amount, parts: impl Iterator<Item = (Amount, bool)> + Clone) -> Option<Added> {
    let finest = parts.clone().map(|(part, _)| part.exponent).chain([total.exponent]).min()?;
    let unit = |amount: Amount| power_of_ten(u32::from(amount.exponent.abs_diff(finest)));
    let own = unit(total)?;
    let (mut sum, mut reach, mut any) = (0i128, own, false);
    for (part, minus) in parts {
        let one = unit(part)?;
        let value = part.mantissa.checked_mul(one)?;
        sum = if minus { sum.checked_sub(value)? } else { sum.checked_add(value)? };
        reach = reach.checked_add(one)?;
        any = true;
    }
    let gap = total.mantissa.checked_mul(own)?.checked_sub(sum)?;
    let places = i8::try_from(total.exponent.abs_diff(finest)).ok()?;
    any.then_some(Added { sum, gap, reach, unit: own, places })
}

fn within(gap: i128, reach: i128) -> Option<bool> {
    Some(gap.checked_abs()?.checked_mul(2)? <= reach)
}

/// A printed figure against the exact image of a calculation on printed figures: `centre` is the result on
/// the figures as printed, `image` everything it may be given their rounding.
pub(crate) fn image(printed: Amount, centre: Ratio, image: Interval) -> Option<Reckoned> {
    let own = printed.interval()?;
    let unit = Amount::new(1, printed.exponent).ratio()?;
    let half_width = image.high.sub(image.low)?.add(unit)?.div(Ratio::new(2, 1)?)?;
    Some(Reckoned {
        computed: centre.round(printed.exponent)?,
        gap: trim(printed.ratio()?.sub(centre)?.div(unit)?.round(-2)?),
        tolerance: trim(half_width.div(unit)?.round(-2)?),
        ties: own.meets(image),
    })
}

/// The same figure without trailing zeros after the point.
pub(crate) fn trim(mut amount: Amount) -> Amount {
    if amount.is_zero() {
        return Amount::new(0, 0);
    }
    while amount.exponent < 0 && amount.mantissa % 10 == 0 {
        amount = Amount::new(amount.mantissa / 10, amount.exponent + 1);
    }
    amount
}

/// Division rounded half away from zero.
fn round_div(value: i128, by: i128) -> Option<i128> {
    if by == 1 {
        return Some(value);
    }
    let whole = value.checked_div(by)?;
    let rest = value.checked_rem(by)?;
    let away = rest.checked_abs()?.checked_mul(2)? >= by;
    Some(if away { whole + value.signum() } else { whole })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thousands(mantissa: i128) -> Amount {
        Amount::new(mantissa, 3)
    }

    /// The oracle's cases (STANDARDS 5.4): with four addends off by 2 passes and 3 fails; with two, 1 and 2.
    #[test]
    fn closed_form_of_equal_decimals() {
        let of = |total, parts: &[i128]| sum(thousands(total), parts.iter().map(|&p| (thousands(p), false))).unwrap();
        assert!(of(17_597, &[7_690, 3_215, 6_198, 492]).ties);
        assert!(!of(17_598, &[7_690, 3_215, 6_198, 492]).ties);
        assert!(of(11, &[5, 5]).ties);
        assert!(!of(12, &[5, 5]).ties);
        let off = of(17_590, &[7_690, 3_215, 6_198, 492]);
        assert_eq!((off.gap, off.tolerance), (Amount::new(-5, 0), Amount::new(25, -1)));
    }

    #[test]
    fn mixed_decimals_and_minus() {
        let parts = [(Amount::new(75, 5), false), (Amount::new(5_394, 3), true)];
        let out = sum(Amount::new(21, 5), parts.into_iter()).unwrap();
        assert!(out.ties);
        assert_eq!(out.computed, Amount::new(21, 5));
        assert_eq!(out.gap, Amount::new(-6, -2));
    }

    #[test]
    fn hostile_sizes_give_nothing() {
        assert_eq!(sum(Amount::new(i128::MAX, 3), [(Amount::new(1, -9), false)].into_iter()), None);
        assert_eq!(sum(Amount::new(1, 127), [(Amount::new(1, -128), false)].into_iter()), None);
    }
}
