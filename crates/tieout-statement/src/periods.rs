//! Periods of columns, from what their headings say and what else the document knows of time.

use crate::columns::Band;
use crate::dates::{Length, Pieces, pieces};
use crate::header::{Header, push_words, role};
use std::cell::LazyCell;
use tieout_model::{ColumnRole, Date, Period, StatementKind};

/// What the document as a whole knows of time.
#[derive(Debug, Clone, Copy, Default)]
pub struct Calendar {
    /// The end of the period the filing reports, from its header or cover.
    pub period_end: Option<Date>,
    /// Month and day the fiscal year ends on.
    pub fiscal_year_end: Option<(i8, i8)>,
    /// The filing is an annual report.
    pub annual: bool,
}

/// A column's period and role with the words they come from.
#[derive(Debug, Clone)]
pub(crate) struct Dated {
    pub(crate) role: ColumnRole,
    pub(crate) period: Option<Period>,
    pub(crate) because: String,
}

/// Periods of all columns of a table of a kind.
pub(crate) fn periods(
    header: &Header,
    bands: &[Band],
    kind: StatementKind,
    lead: &str,
    calendar: Calendar,
    known: &Known,
) -> Vec<Dated> {
    let (caption, ref caption_years) = header.caption_pieces;
    // A paragraph: seldom asked.
    let lead = LazyCell::new(|| pieces(lead));
    let mut own: Vec<(Pieces, ColumnRole)> = header
        .headings
        .iter()
        .zip(bands)
        .zip(&header.pieces)
        .map(|((heading, band), &pieces)| (pieces, role(heading, band)))
        .collect();
    let dated: Vec<usize> = (0..own.len()).filter(|&k| own[k].1 == ColumnRole::Period).collect();
    let without_year = dated.iter().filter(|&&k| own[k].0.year.is_none()).count();
    // "December 31, 1995 and 1994": years named in order above columns that have none.
    if without_year == dated.len()
        && !dated.is_empty()
        && let Some(years) = years_in_order(caption_years, dated.len()).or_else(|| years_in_order(&lead.1, dated.len()))
    {
        for (&k, &year) in dated.iter().zip(years) {
            own[k].0.year = Some(year);
        }
    }
    // A month and day printed over the first of several columns, or a length over one of them.
    for i in 1..dated.len() {
        let (before, this) = (own[dated[i - 1]].0, &mut own[dated[i]].0);
        if this.day.is_none() && this.month.is_none() && this.year.is_some() {
            (this.day, this.month) = (before.day, before.month);
        }
    }
    // One date over columns that have none is the date of all of them: a consolidating statement.
    let one_date = |years: &[i16]| dated.len() == 1 || (without_year == dated.len() && years.len() == 1);
    let caption = Pieces { year: caption.year.filter(|_| one_date(caption_years)), ..caption };
    let lead = || Pieces { year: lead.0.year.filter(|_| one_date(&lead.1)), ..lead.0 };
    let shift = label_shift(&own, calendar);
    let last_days: Vec<Date> = own.iter().filter_map(|(pieces, _)| pieces.or(caption).end()).collect();
    let mut found: Vec<Dated> = own
        .iter()
        .zip(&header.headings)
        .zip(&header.pieces)
        .map(|((&(pieces, role), heading), printed)| {
            if role != ColumnRole::Period {
                return Dated { role, period: None, because: String::new() };
            }
            let named = printed.year.is_some() && (printed.day.is_some() || printed.month.is_some());
            let ends = Ends { known, beside: &last_days, named, shift };
            let (period, because) = resolve(pieces, caption, &lead, heading, kind, calendar, ends);
            Dated { role, period, because }
        })
        .collect();
    fifty_two_weeks(&mut found);
    quarters_a_year_before(&mut found, known);
    quarters_of_twelve_weeks(&mut found);
    found
}

/// The run of `count` years one after another among years named in a text, if all such runs are alike:
/// "December 31, 1995 and 1994     1995     1994".
fn years_in_order(years: &[i16], count: usize) -> Option<&[i16]> {
    if years.len() == count {
        return Some(years);
    }
    if count < 2 {
        return None;
    }
    let mut found: Option<&[i16]> = None;
    let mut start = 0;
    for i in 1..=years.len() {
        let step = |j: usize| years.get(j).map(|y| y - years[j - 1]);
        let goes_on = step(i).is_some_and(|s| s.abs() == 1 && (i == start + 1 || step(i - 1) == Some(s)));
        if goes_on {
            continue;
        }
        if i - start == count {
            let run = &years[start..i];
            if found.is_some_and(|f| f != run) {
                return None;
            }
            found = Some(run);
        }
        start = i;
    }
    found
}

fn resolve(
    own: Pieces,
    caption: Pieces,
    lead: &dyn Fn() -> Pieces,
    heading: &str,
    kind: StatementKind,
    calendar: Calendar,
    ends: Ends<'_>,
) -> (Option<Period>, String) {
    let mut because = String::new();
    if !own.is_empty() {
        because = format!("heading \"{heading}\"");
    }
    let mut all = own.or(caption);
    if all != own {
        push_words(&mut because, "caption");
    }
    if all.year.is_some() && all.day.is_none() && all.month.is_none() {
        let lead = lead();
        all = all.or(Pieces { day: lead.day, month: lead.month, length: lead.length, ..Default::default() });
    }
    let mut year_end = calendar.fiscal_year_end;
    if year_end.is_none() && calendar.annual {
        year_end = calendar.period_end.map(|d| (d.month(), d.day()));
    }
    if all.year.is_some() && all.day.is_none() && all.month.is_none() {
        let annual = matches!(all.length, None | Some(Length::Months(12) | Length::Weeks(52 | 53)));
        if let (Some(day), true) = (year_end, annual) {
            all.day = Some(day);
            push_words(&mut because, "fiscal year end");
            all.length = all.length.or(Some(Length::Months(12)));
        } else if let (Some((month, day)), Some(quarter)) = (year_end, all.quarter) {
            (all.day, all.year) = quarter_end(month, day, quarter, all.year);
            push_words(&mut because, "fiscal year end");
        }
    }
    let Some(end) = all.end().map(|end| ends.settle(end)) else { return (None, because) };
    let period = match kind {
        StatementKind::BalanceSheet => Some(Period::Instant(end)),
        _ => match all.length {
            Some(Length::Months(n)) if ends.in_weeks(n, end) => {
                Period::weeks_to(n / 3 * 13, end).map(|p| ends.begin(p, n))
            }
            Some(Length::Months(n)) => ends.quarters_in_weeks(n, end).or_else(|| Period::months_to(n, end)),
            Some(Length::Weeks(n)) => Period::weeks_to(n, end).map(|p| ends.begin_on_fixed_day(p)),
            Some(Length::Inception) => all.since.filter(|&s| s < end).map(|s| Period::Duration(s, end)),
            None if all.since.is_some_and(|s| s < end) => all.since.map(|s| Period::Duration(s, end)),
            None if kind == StatementKind::Other => Some(Period::Instant(end)),
            None if calendar.annual => Period::months_to(12, end),
            None => None,
        },
    };
    (period, because)
}

/// The whole dates a document's headings name, each list in order.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// All of them.
    pub(crate) ends: Vec<Date>,
    /// Those over its balance sheets: ends of years and of the period reported.
    pub(crate) balances: Vec<Date>,
}

/// What is known of one column's last day.
#[derive(Debug, Clone, Copy)]
struct Ends<'a> {
    known: &'a Known,
    /// The last days that the table's headings name.
    beside: &'a [Date],
    /// The column's own heading names its date.
    named: bool,
    /// Fiscal years are called by the year they begin in: "fiscal 2024" ends in February 2025.
    shift: bool,
}

/// Fiscal years of 52 or 53 weeks end on another day each year, at most this far from the last one's.
const WANDER: i32 = 10;

/// Quarters of twelve weeks come to this many days less than those of thirteen by the third, and some more.
const SHORTER: i32 = 25;

impl Ends<'_> {
    /// The end of a column that is headed by a year alone: the date near it that another heading names, or so
    /// many weeks before the one of the next year.
    fn settle(self, end: Date) -> Date {
        let shifted = if self.shift { Period::Instant(end).years_before(-1).map(Period::end) } else { Some(end) };
        let Some(end) = shifted.filter(|_| !self.named) else { return end };
        let near = |dates: &[Date], days: i32| {
            let back = jiff::Span::new().try_days(days).ok();
            let moved = dates.iter().filter_map(move |d| d.checked_sub(back?).ok());
            moved.filter(|&d| apart(d, end) <= WANDER).min_by_key(|&d| apart(d, end))
        };
        let Known { ends, balances } = self.known;
        let wanders = end != tieout_model::month_end(end);
        let before = || [364, 371].into_iter().filter(|_| wanders).filter_map(|w| near(ends, w));
        near(balances, 0).or_else(|| near(ends, 0)).or_else(|| before().min_by_key(|&d| apart(d, end))).unwrap_or(end)
    }

    /// Quarters that end on another day than a month's last are of thirteen weeks each: "Three months ended June
    /// 28"; so is the one that ends on a month's last day so many weeks before or after one that does not.
    fn in_weeks(self, months: i32, end: Date) -> bool {
        let year_of_weeks = |other: Date| matches!(apart(other, end), 364 | 371);
        in_weeks(months, end) || self.beside.iter().any(|&other| year_of_weeks(other) && in_weeks(months, other))
    }

    /// Quarters of about thirteen weeks begin the day after a year's end that a heading names.
    fn begin(self, period: Period, months: i32) -> Period {
        let Period::Duration(start, end) = period else { return period };
        let Some(last) = start.yesterday().ok() else { return period };
        let reach = if months >= 6 { SHORTER } else { WANDER };
        let balances = self.known.balances.iter().copied().filter(|&d| apart(d, last) <= reach);
        let others = self.known.ends.iter().copied().filter(|&d| apart(d, last) <= WANDER && apart(d, last) % 7 == 0);
        match balances.chain(others).min_by_key(|&d| apart(d, last)).and_then(|d| d.tomorrow().ok()) {
            Some(start) => Period::Duration(start, end),
            None => period,
        }
    }

    /// Quarters that end in mid-month, so many weeks after a year's end that a heading names: of twelve weeks each.
    fn quarters_in_weeks(self, months: i32, end: Date) -> Option<Period> {
        let mid_month = months % 3 == 0 && (9..22).contains(&end.day());
        let period = Period::weeks_to(months / 3 * 12, end).filter(|_| mid_month)?;
        let Period::Duration(start, _) = period else { return None };
        self.known.balances.contains(&start.yesterday().ok()?).then_some(period)
    }

    /// So many weeks, in words, of a company whose years end on a month's last day: the first quarter begins the
    /// day after.
    fn begin_on_fixed_day(self, period: Period) -> Period {
        let Period::Duration(start, end) = period else { return period };
        let Some(last) = start.yesterday().ok() else { return period };
        let fixed = |d: &Date| *d == tieout_model::month_end(*d) && apart(*d, last) <= WANDER;
        match self.known.balances.iter().find(|&d| fixed(d)).and_then(|d| d.tomorrow().ok()) {
            Some(start) => Period::Duration(start, end),
            None => period,
        }
    }
}

/// Days between two dates.
fn apart(a: Date, b: Date) -> i32 {
    (a - b).get_days().abs()
}

/// Two or three quarters of twelve weeks each since the year's end: the last of them is of twelve weeks too.
fn quarters_of_twelve_weeks(columns: &mut [Dated]) {
    let of_year: Vec<Period> = columns.iter().filter_map(|c| c.period).collect();
    for column in columns {
        let Some(Period::Duration(start, end)) = column.period.filter(|p| (89..=92).contains(&p.days())) else {
            continue;
        };
        let twelve = of_year.iter().any(|&p| {
            let Period::Duration(first, last) = p else { return false };
            last == end && first < start && matches!(p.days(), 168 | 252)
        });
        if twelve && let Some(period) = Period::weeks_to(12, end) {
            column.period = Some(period);
        }
    }
}

/// The quarters of the year before are as long as those of this year, whose first day is known: the same day a
/// year earlier where years end on a month's last day, else as many weeks.
fn quarters_a_year_before(columns: &mut [Dated], known: &Known) {
    let all: Vec<Period> = columns.iter().filter_map(|c| c.period).collect();
    for column in columns {
        let Some(Period::Duration(start, end)) = column.period else { continue };
        if known.ends_before(start) || apart(start, end) > 300 {
            continue;
        }
        let begun = all.iter().find_map(|&p| {
            let Period::Duration(first, last) = p else { return None };
            let eve = first.yesterday().ok()?;
            if !(357..=371).contains(&(last - end).get_days()) || !known.balances.contains(&eve) {
                return None;
            }
            if eve == tieout_model::month_end(eve) && p.days() % 7 != 0 {
                return Period::Instant(eve).years_before(1)?.end().tomorrow().ok();
            }
            let back = jiff::Span::new().try_days(apart(first, last)).ok()?;
            end.checked_sub(back).ok().filter(|_| apart(last, end) == 364)
        });
        if let Some(begun) = begun.filter(|&b| apart(b, start) <= SHORTER) {
            column.period = Some(Period::Duration(begun, end));
        }
    }
}

impl Known {
    /// True where a heading names the day before `start`.
    fn ends_before(&self, start: Date) -> bool {
        start.yesterday().is_ok_and(|eve| self.ends.binary_search(&eve).is_ok())
    }
}

/// True where the latest year over the columns is the one before that in which the period ends.
fn label_shift(own: &[(Pieces, ColumnRole)], calendar: Calendar) -> bool {
    let years = || own.iter().filter(|o| o.1 == ColumnRole::Period).map(|o| o.0);
    let alone = years().all(|p| p.year.is_some() && p.day.is_none() && p.month.is_none());
    let latest = years().filter_map(|p| p.year).max();
    alone && calendar.annual && calendar.period_end.is_some_and(|e| e.month() <= 2 && latest == Some(e.year() - 1))
}

/// True where so many months to `end` are counted in weeks.
fn in_weeks(months: i32, end: Date) -> bool {
    let month_end = end == tieout_model::month_end(end) || end.month() == 2 && end.day() == 28;
    months % 3 == 0 && (3..=12).contains(&months) && !month_end && (end.day() >= 22 || end.day() <= 8)
}

/// The end of a fiscal quarter of the fiscal year that ends on `month`/`day`.
fn quarter_end(month: i8, day: i8, quarter: i8, year: Option<i16>) -> (Option<(i8, i8)>, Option<i16>) {
    let back = 3 * (4 - quarter);
    let total = month - back;
    let (m, y) = if total < 1 { (total + 12, year.map(|y| y - 1)) } else { (total, year) };
    (Some((m, if day >= 28 { 31 } else { day })), y)
}

/// A year of 52 or 53 weeks begins the day after the last one ended: two ends about a year apart show it.
fn fifty_two_weeks(columns: &mut [Dated]) {
    let ends: Vec<Option<Date>> = columns.iter().map(|c| c.period.map(Period::end)).collect();
    // One of them may end on a month's last day by chance.
    if ends.iter().flatten().all(|&end| end == tieout_model::month_end(end)) {
        return;
    }
    for (k, column) in columns.iter_mut().enumerate() {
        let Some(Period::Duration(start, end)) = column.period else { continue };
        let days = (end - start).get_days() + 1;
        if !(350..=380).contains(&days) {
            continue;
        }
        let before = ends.iter().enumerate().filter(|(j, _)| *j != k).filter_map(|(_, e)| *e).find(|e| {
            let gap = (end - *e).get_days();
            (357..=378).contains(&gap)
        });
        if let Some(start) = before.and_then(|b| b.tomorrow().ok()) {
            column.period = Some(Period::Duration(start, end));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_of_a_caption() {
        assert_eq!(years_in_order(&[1995, 1994, 1995, 1994], 2), Some(&[1995, 1994][..]));
        assert_eq!(years_in_order(&[1996, 1994, 1993, 1992], 3), Some(&[1994, 1993, 1992][..]));
        assert_eq!(years_in_order(&[1995, 1994, 1993], 2), None);
        assert_eq!(years_in_order(&[1995, 1994, 1994, 1995], 2), None);
    }

    fn dated(periods: &[&str], balances: &[&str]) -> Vec<String> {
        let date = |d: &str| d.parse::<Date>().unwrap_or_default();
        let balances: Vec<Date> = balances.iter().map(|d| date(d)).collect();
        let known = Known { ends: balances.clone(), balances };
        let column = |p: &&str| {
            let period = p.split_once("..").map(|(a, b)| Period::Duration(date(a), date(b)));
            Dated { role: ColumnRole::Period, period, because: String::new() }
        };
        let mut columns: Vec<Dated> = periods.iter().map(column).collect();
        quarters_a_year_before(&mut columns, &known);
        quarters_of_twelve_weeks(&mut columns);
        columns.iter().filter_map(|c| c.period).map(|p| p.to_string()).collect()
    }

    #[test]
    fn quarters_of_twelve_weeks_and_a_year_before() {
        assert_eq!(
            dated(&["2024-03-18..2024-06-16", "2024-01-01..2024-06-16"], &["2023-12-31", "2024-06-16"]),
            ["2024-03-25..2024-06-16", "2024-01-01..2024-06-16"]
        );
        // The year ends on a day of its own.
        assert_eq!(
            dated(&["2025-01-01..2025-04-05", "2023-12-31..2024-03-30"], &["2024-12-31", "2025-04-05"]),
            ["2025-01-01..2025-04-05", "2024-01-01..2024-03-30"]
        );
        // It ends on a day of the week, which may be a month's last.
        assert_eq!(
            dated(&["2025-02-01..2025-05-02", "2024-02-03..2024-05-03"], &["2025-01-31", "2025-05-02"]),
            ["2025-02-01..2025-05-02", "2024-02-03..2024-05-03"]
        );
        assert_eq!(
            dated(&["2024-12-30..2025-03-23", "2023-12-25..2024-03-24"], &["2024-12-29", "2025-03-23"]),
            ["2024-12-30..2025-03-23", "2024-01-01..2024-03-24"]
        );
    }
}
