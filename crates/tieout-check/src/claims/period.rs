//! How well the period of a column is the one that is spoken of.

use tieout_model::Period;

/// How well a column's period is the one that is spoken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// The same days.
    Same,
    /// A fiscal calendar a few days apart, or a balance at the end of the period spoken of.
    Close,
}

/// How well a column's period is the one wanted.
pub(super) fn fits(want: Period, have: Period) -> Option<Fit> {
    if want == have {
        return Some(Fit::Same);
    }
    // No two days of a week are two months apart; most columns are of other years.
    let months = |p: Period| i32::from(p.end().year()) * 12 + i32::from(p.end().month());
    if months(want).abs_diff(months(have)) > 1 {
        return None;
    }
    let apart = (want.end() - have.end()).get_days().abs();
    let close = match (want, have) {
        (Period::Instant(_), Period::Instant(_)) => apart <= 7,
        (Period::Duration(..), Period::Duration(..)) => apart <= 7 && want.quarters() == have.quarters(),
        (Period::Duration(..), Period::Instant(_)) => apart == 0,
        // "For the year ended" is at times read as of its last day.
        (Period::Instant(_), Period::Duration(..)) => apart == 0,
    };
    close.then_some(Fit::Close)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::read_period;

    #[test]
    fn periods_fit() {
        let fit = |a: &str, b: &str| fits(read_period(a).unwrap(), read_period(b).unwrap());
        assert_eq!(fit("2003-01-01..2003-03-31", "2003-01-01..2003-03-31"), Some(Fit::Same));
        assert_eq!(fit("2003-01-01..2003-03-31", "2002-12-29..2003-03-29"), Some(Fit::Close));
        assert_eq!(fit("2003-01-01..2003-03-31", "2002-04-01..2003-03-31"), None);
        assert_eq!(fit("2003-01-01..2003-03-31", "2003-03-31"), Some(Fit::Close));
        assert_eq!(fit("2003-03-31", "2002-12-31"), None);
    }
}
