//! From the words of time to days, by the company's own calendar.

use crate::period::{Day, Length, Shift, When};
use jiff::ToSpan;
use tieout_model::{Date, Period, month_end};

/// What is known of the company's time when a phrase is resolved.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Calendar {
    /// The period the document reports.
    pub(crate) period: Option<Period>,
    /// When the document was published: no result is later.
    pub(crate) report: Option<Date>,
    /// Month and day on which the fiscal year ends.
    pub(crate) year_end: Option<(i8, i8)>,
    /// By how much the calendar year in which a fiscal year ends is ahead of its name, where a phrase tells.
    pub(crate) ahead: Option<i16>,
}

impl Calendar {
    /// Learns when the fiscal year ends from a phrase that tells: "first quarter ended March 31, 2003".
    pub(crate) fn learn(&mut self, when: &When) {
        let Some(end) = when.end.and_then(full) else { return };
        let months = match when.length {
            Length::Year => 0,
            Length::Quarter(n @ 1..=4) => 3 * (4 - i32::from(n)),
            // Six or nine months are the year to date wherever a release speaks of them.
            Length::Months(n @ (6 | 9), _) => 12 - i32::from(n),
            Length::Months(12, _) | Length::Weeks(52 | 53) => 0,
            Length::Weeks(n @ (26 | 39)) => 12 - i32::from(n) * 3 / 13,
            _ => return,
        };
        let Some(last) = add_months(end, months) else { return };
        self.year_end = self.year_end.or(Some((last.month(), last.day())));
        if let Some(name) = when.year {
            let ahead = last.year().checked_sub(name).filter(|a| (0..=1).contains(a));
            self.ahead = self.ahead.or(ahead);
        }
    }

    /// Learns when the fiscal year ends from the number of the quarter that the reported period ends with.
    pub(crate) fn learn_quarter(&mut self, number: u8) {
        let Some(own) = self.period.filter(|p| (1..=i32::from(number)).contains(&p.quarters())) else { return };
        if let Some(last) = add_months(own.end(), 3 * (4 - i32::from(number))) {
            self.year_end = Some((last.month(), last.day()));
        }
    }

    /// True while a phrase of the document could still tell something.
    pub(crate) fn may_learn(&self) -> bool {
        self.year_end.is_none_or(|(month, day)| early(month, day) && self.ahead.is_none())
    }

    /// The days that `when` means. `reference` is the period it is compared with; unknown stays `None`.
    pub(crate) fn resolve(&self, when: &When, reference: Option<Period>) -> Option<Period> {
        if let Some(day) = when.end {
            return self.with_end(when, day, reference).map(|p| self.snap(p));
        }
        if let Some(year) = when.year {
            return self.with_year(when.length, year, reference).map(|p| self.snap(p));
        }
        let current = self.current(when.length, reference)?;
        let found = match when.shift {
            Shift::YearAgo => self.year_before(current)?,
            Shift::Before => before(current)?,
            Shift::None | Shift::Current => current,
        };
        Some(self.snap(found))
    }

    fn with_end(&self, when: &When, day: Day, reference: Option<Period>) -> Option<Period> {
        let end = match (day.year.or(when.year), when.shift) {
            (Some(year), _) => date(year, day)?,
            (None, Shift::YearAgo) => date(self.latest(day)?.year().checked_sub(1)?, day)?,
            (None, _) => self.latest(day)?,
        };
        match when.length {
            Length::Day => Some(Period::Instant(end)),
            Length::Any => {
                let length = reference.or(self.period)?;
                Period::months_to(length.quarters().checked_mul(3).filter(|m| *m > 0)?, end)
            }
            Length::Month => Period::months_to(1, end),
            Length::Quarter(_) if end == month_end(end) => Period::months_to(3, end),
            Length::Quarter(_) => Period::weeks_to(13, end),
            Length::Half(_) => Period::months_to(6, end),
            Length::Months(n, _) => Period::months_to(i32::from(n), end),
            Length::Weeks(n) => Period::weeks_to(i32::from(n), end),
            Length::Year if end == month_end(end) => Period::months_to(12, end),
            Length::Year => Period::weeks_to(52, end),
            Length::ToDate => self.year_to_date(end),
        }
    }

    /// The latest such day that is not after the report.
    fn latest(&self, day: Day) -> Option<Date> {
        let limit = self.report.or(self.period.map(Period::end))?;
        let same = date(limit.year(), day)?;
        if same <= limit { Some(same) } else { date(limit.year().checked_sub(1)?, day) }
    }

    fn with_year(&self, length: Length, year: i16, reference: Option<Period>) -> Option<Period> {
        let whole = || self.fiscal_year(year);
        let quarters = |n: u8| -> Option<Date> { add_months(whole()?.end(), -3 * (4 - i32::from(n))) };
        match length {
            Length::Year => whole(),
            Length::Quarter(0) | Length::Any => {
                // "the 2002 quarter": the same one of that year.
                let near = if length == Length::Any { reference.or(self.period) } else { self.period.or(reference) }?;
                let near = if length == Length::Any { near } else { quarter_of(near)? };
                let gap = self.fiscal_name(near.end())?.checked_sub(year)?;
                self.years_before(near, gap)
            }
            Length::Quarter(n) => Period::months_to(3, quarters(n)?),
            Length::Half(n) => Period::months_to(6, quarters(n.checked_mul(2)?)?),
            Length::Months(n, true) => {
                Period::months_to(i32::from(n), quarters(n.checked_div(3).filter(|_| n % 3 == 0)?)?)
            }
            Length::Months(n, false) => {
                let near = self.period?;
                let gap = self.fiscal_name(near.end())?.checked_sub(year)?;
                Period::months_to(i32::from(n), self.years_before(near, gap)?.end())
            }
            Length::Weeks(n) => {
                let near = self.period?;
                let gap = self.fiscal_name(near.end())?.checked_sub(year)?;
                Period::weeks_to(i32::from(n), self.years_before(near, gap)?.end())
            }
            Length::ToDate => {
                let near = self.period?;
                let gap = self.fiscal_name(near.end())?.checked_sub(year)?;
                self.year_to_date(self.years_before(near, gap)?.end())
            }
            Length::Day | Length::Month => None,
        }
    }

    /// The period of such a length that is reported now.
    fn current(&self, length: Length, reference: Option<Period>) -> Option<Period> {
        let near = self.period.or(reference)?;
        match length {
            Length::Any => reference.or(self.period),
            Length::Quarter(0) => quarter_of(near),
            Length::Quarter(n) => {
                let year = self.fiscal_name(near.end())?;
                let found = self.with_year(Length::Quarter(n), year, None)?;
                // A quarter still to come is last year's, or a forecast.
                (found.end() <= near.end().checked_add(10.days()).ok()?).then_some(found)
            }
            Length::Half(_) => {
                let found = self.with_year(length, self.fiscal_name(near.end())?, None)?;
                (found.end() <= near.end().checked_add(10.days()).ok()?).then_some(found)
            }
            Length::Months(n, _) => Period::months_to(i32::from(n), near.end()),
            Length::Weeks(n) => Period::weeks_to(i32::from(n), near.end()),
            Length::Year if near.quarters() == 4 => Some(near),
            Length::Year => {
                let year = self.fiscal_year(self.fiscal_name(near.end())?)?;
                (year.end() <= near.end().checked_add(10.days()).ok()?).then_some(year)
            }
            Length::ToDate => self.year_to_date(near.end()),
            Length::Day | Length::Month => None,
        }
    }

    /// From the fiscal year's first day to `end`.
    fn year_to_date(&self, end: Date) -> Option<Period> {
        let last = self.fiscal_year(self.fiscal_name(end)?)?;
        let start = last.start().filter(|s| *s <= end)?;
        Some(Period::Duration(start, end))
    }

    /// The fiscal year called `year`. It is called after the calendar year it ends in, but one that ends in
    /// January or early February after the year before, as retailers do (0000950149-95-000224: "fiscal year
    /// ended January 29, 1995 (Fiscal 1994)").
    fn fiscal_year(&self, year: i16) -> Option<Period> {
        let (month, day) = self.year_end.or_else(|| {
            let own = self.period.filter(|p| p.quarters() == 4)?.end();
            Some((own.month(), own.day()))
        })?;
        let calendar = year.checked_add(self.ahead.unwrap_or(i16::from(early(month, day))))?;
        Period::months_to(12, date(calendar, Day { month, day, year: None })?)
    }

    /// What the fiscal year that `day` lies in is called.
    fn fiscal_name(&self, day: Date) -> Option<i16> {
        let same = self.fiscal_year(day.year())?;
        // Weeks-based years end a few days off the nominal day.
        let late = same.end().checked_add(8.days()).ok()?;
        if day > late {
            return day.year().checked_add(1);
        }
        // Named after the year it begins or ends in, the right one is this year's or a neighbour's.
        let before = |years: i16| {
            Some(self.fiscal_year(day.year().checked_sub(years)?)?.end().checked_add(8.days()).ok()? >= day)
        };
        let back = if before(1)? { 1 } else { 0 };
        day.year().checked_sub(back)
    }

    fn year_before(&self, period: Period) -> Option<Period> {
        self.years_before(period, 1)
    }

    /// The same period `years` earlier; by weeks where the company counts weeks.
    fn years_before(&self, period: Period, years: i16) -> Option<Period> {
        let weekly = period.end() != month_end(period.end()) && matches!(period, Period::Duration(..));
        if !weekly {
            return period.years_before(years);
        }
        let days = (364 * i32::from(years)).days();
        let back = |d: Date| d.checked_sub(days).ok();
        match period {
            Period::Instant(end) => Some(Period::Instant(back(end)?)),
            Period::Duration(start, end) => Some(Period::Duration(back(start)?, back(end)?)),
        }
    }

    /// Names give nominal days; a company that counts weeks ends a few days off, as its reported period shows.
    fn snap(&self, found: Period) -> Period {
        let (Some(own @ Period::Duration(..)), Period::Duration(_, end)) = (self.period, found) else {
            return found;
        };
        if own.quarters() != found.quarters() {
            return found;
        }
        (0..6)
            .filter_map(|years| self.years_before(own, years))
            .find(|near| (near.end() - end).get_days().abs() <= 7)
            .unwrap_or(found)
    }
}

/// The last quarter of a period.
fn quarter_of(period: Period) -> Option<Period> {
    match period.quarters() {
        1 => Some(period),
        0 => None,
        _ if period.end() == month_end(period.end()) => Period::months_to(3, period.end()),
        _ => Period::weeks_to(13, period.end()),
    }
}

/// The period of the same length that ends where this one begins.
fn before(period: Period) -> Option<Period> {
    let Period::Duration(start, _) = period else { return None };
    let end = start.yesterday().ok()?;
    if end == month_end(end) {
        return Period::months_to(period.quarters().checked_mul(3)?, end);
    }
    Period::weeks_to(period.days() / 7, end)
}

fn early(month: i8, day: i8) -> bool {
    month == 1 || (month == 2 && day < 8)
}

fn full(day: Day) -> Option<Date> {
    date(day.year?, day)
}

/// A day that exists: the month's last where the day is 0 or too late ("February 29" of a common year).
fn date(year: i16, day: Day) -> Option<Date> {
    let first = Date::new(year, day.month, 1).ok()?;
    let last = first.days_in_month();
    Date::new(year, day.month, if day.day == 0 { last } else { day.day.min(last) }).ok()
}

/// `months` later, on the month's last day where `day` is one.
fn add_months(day: Date, months: i32) -> Option<Date> {
    let moved = day.checked_add(jiff::Span::new().try_months(months).ok()?).ok()?;
    Some(if day == month_end(day) { month_end(moved) } else { moved })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{period, token};
    use jiff::civil::date as civil;

    fn days(calendar: &Calendar, text: &str) -> Option<String> {
        let low = text.to_ascii_lowercase();
        let mut tokens = Vec::new();
        token::tokens(&low, 0..low.len(), &mut tokens);
        let (_, found) = period::parse(&low, &tokens, 0)?;
        calendar.resolve(found.first()?, None).map(|p| p.to_string())
    }

    fn spring() -> Calendar {
        let period = Period::months_to(3, civil(2003, 3, 31));
        Calendar { period, report: Some(civil(2003, 4, 29)), year_end: Some((12, 31)), ahead: None }
    }

    #[test]
    fn a_calendar_year_company() {
        let c = spring();
        assert_eq!(days(&c, "the first quarter of 2002"), Some("2002-01-01..2002-03-31".into()));
        assert_eq!(days(&c, "a year earlier"), Some("2002-01-01..2002-03-31".into()));
        assert_eq!(days(&c, "the prior quarter"), Some("2002-10-01..2002-12-31".into()));
        assert_eq!(days(&c, "December 31"), Some("2002-12-31".into()));
        assert_eq!(days(&c, "2002"), Some("2002-01-01..2002-12-31".into()));
        assert_eq!(days(&c, "the second quarter"), None);
    }

    #[test]
    fn a_june_year_and_a_january_year() {
        let june = Calendar {
            period: Period::months_to(3, civil(2020, 3, 31)),
            report: None,
            year_end: Some((6, 30)),
            ahead: None,
        };
        assert_eq!(days(&june, "third quarter of fiscal year 2019"), Some("2019-01-01..2019-03-31".into()));
        assert_eq!(days(&june, "the first nine months of fiscal 2020"), Some("2019-07-01..2020-03-31".into()));
        let shop = Calendar {
            period: Period::weeks_to(13, civil(1995, 10, 28)),
            report: None,
            year_end: Some((1, 29)),
            ahead: None,
        };
        assert_eq!(days(&shop, "third quarter of 1994"), Some("1994-07-31..1994-10-29".into()));
    }

    #[test]
    fn a_january_year_named_after_its_end() {
        let mut c = Calendar { period: Period::months_to(6, civil(2001, 7, 31)), ..Calendar::default() };
        let end = Some(Day { month: 7, day: 31, year: Some(2001) });
        c.learn(&When { length: Length::Quarter(2), end, year: Some(2002), ..When::default() });
        assert_eq!(days(&c, "third quarter of fiscal 2001"), Some("2000-08-01..2000-10-31".into()));
        assert_eq!(days(&c, "the second quarter"), Some("2001-05-01..2001-07-31".into()));
    }

    #[test]
    fn the_year_end_is_learnt_from_a_numbered_quarter() {
        let mut c = Calendar::default();
        let end = Some(Day { month: 3, day: 31, year: Some(2003) });
        c.learn(&When { length: Length::Quarter(1), end, ..When::default() });
        assert_eq!(c.year_end, Some((12, 31)));
        assert_eq!(days(&Calendar::default(), "the first quarter of 2002"), None);
    }
}
