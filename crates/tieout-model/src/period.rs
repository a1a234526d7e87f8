use jiff::civil::Date;
use std::fmt;

/// When a fact holds: at the end of a day, or over days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Period {
    /// The end of this day (a balance).
    Instant(Date),
    /// From the beginning of the first day to the end of the second.
    Duration(Date, Date),
}

impl Period {
    /// The last day.
    pub fn end(self) -> Date {
        match self {
            Period::Instant(end) | Period::Duration(_, end) => end,
        }
    }

    /// The first day of a duration.
    pub fn start(self) -> Option<Date> {
        match self {
            Period::Instant(_) => None,
            Period::Duration(start, _) => Some(start),
        }
    }

    /// Length in days; 0 for an instant.
    pub fn days(self) -> i32 {
        match self {
            Period::Instant(_) => 0,
            Period::Duration(start, end) => (end - start).get_days() + 1,
        }
    }

    /// Length in quarters, rounded, as the SEC's data sets count it: 0 for an instant, 4 for a year.
    pub fn quarters(self) -> i32 {
        (self.days() * 4 + 182) / 365
    }

    /// The `months` months that end with `end`. Where `end` is a month's last day the start is a month's
    /// first, so that a quarter to 30 June starts on 1 April.
    pub fn months_to(months: i32, end: Date) -> Option<Period> {
        let span = jiff::Span::new().try_months(months).ok()?;
        let start = if end == month_end(end) {
            end.first_of_month().checked_sub(jiff::Span::new().try_months(months.checked_sub(1)?).ok()?).ok()?
        } else {
            end.checked_sub(span).ok()?.tomorrow().ok()?
        };
        Some(Period::Duration(start, end))
    }

    /// The `weeks` weeks that end with `end` (52/53-week fiscal years).
    pub fn weeks_to(weeks: i32, end: Date) -> Option<Period> {
        let span = jiff::Span::new().try_days(weeks.checked_mul(7)?.checked_sub(1)?).ok()?;
        Some(Period::Duration(end.checked_sub(span).ok()?, end))
    }

    /// The period of the same length whose end lies `years` earlier, on the month's last day where this
    /// one's is.
    pub fn years_before(self, years: i16) -> Option<Period> {
        let back = |date: Date| {
            let same = Date::new(date.year().checked_sub(years)?, date.month(), 1).ok()?;
            let last = same.days_in_month();
            let day = if date == month_end(date) { last } else { date.day().min(last) };
            Date::new(same.year(), same.month(), day).ok()
        };
        Some(match self {
            Period::Instant(end) => Period::Instant(back(end)?),
            Period::Duration(start, end) => Period::Duration(back(start)?, back(end)?),
        })
    }
}

/// The last day of a date's month.
pub fn month_end(date: Date) -> Date {
    date.last_of_month()
}

/// `2003-03-31`, or `2003-01-01..2003-03-31`.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Period::Instant(end) => day(*end, f),
            Period::Duration(start, end) => {
                day(*start, f)?;
                f.write_str("..")?;
                day(*end, f)
            }
        }
    }
}

/// A date as ISO 8601 has it, digit by digit: every tie names its period.
fn day(date: Date, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (Ok(year @ 0..=9999), Ok(month), Ok(day)) =
        (u16::try_from(date.year()), u8::try_from(date.month()), u8::try_from(date.day()))
    else {
        return write!(f, "{date}");
    };
    let digit = |n: u16| b'0' + (n % 10) as u8;
    let (month, day) = (u16::from(month), u16::from(day));
    let digits = [
        digit(year / 1000),
        digit(year / 100),
        digit(year / 10),
        digit(year),
        b'-',
        digit(month / 10),
        digit(month),
        b'-',
        digit(day / 10),
        digit(day),
    ];
    f.write_str(str::from_utf8(&digits).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn quarters_and_years_start_on_the_first() {
        let q = Period::months_to(3, date(2003, 3, 31)).unwrap();
        assert_eq!(q, Period::Duration(date(2003, 1, 1), date(2003, 3, 31)));
        assert_eq!(q.quarters(), 1);
        let y = Period::months_to(12, date(2000, 2, 29)).unwrap();
        assert_eq!(y, Period::Duration(date(1999, 3, 1), date(2000, 2, 29)));
        assert_eq!(y.quarters(), 4);
    }

    #[test]
    fn weeks_count_days() {
        let q = Period::weeks_to(13, date(1995, 4, 29)).unwrap();
        assert_eq!(q, Period::Duration(date(1995, 1, 29), date(1995, 4, 29)));
    }

    #[test]
    fn a_year_before_keeps_month_ends() {
        let p = Period::Instant(date(2001, 2, 28)).years_before(1);
        assert_eq!(p, Some(Period::Instant(date(2000, 2, 29))));
    }
}
