//! What stands above the figures: the title, the columns' headings and periods, the scale.

use crate::columns::{Band, Columns, is_year_row};
use crate::dates::{Length, Pieces, pieces, years};
use crate::phrases::Phrases;
use tieout_grid::{Cell, CellKind, Grid};
use tieout_model::{ColumnRole, Date, Period, StatementKind};
use tieout_source::Lexicon;

/// The header of a grid, read.
#[derive(Debug, Default)]
pub(crate) struct Header {
    /// Row index where headings of columns begin; rows before are title and caption.
    pub(crate) columns_from: usize,
    /// Row index where the body begins (its headings included).
    pub(crate) body: usize,
    /// Title and caption: every word above the figures that is not a column's heading.
    pub(crate) caption: String,
    /// Each column's heading, top to bottom.
    pub(crate) headings: Vec<String>,
    /// What each heading says of time.
    pub(crate) pieces: Vec<Pieces>,
    /// What the caption says of time, and the years in it.
    pub(crate) caption_pieces: (Pieces, Vec<i16>),
}

/// Words on one header row that stand together, and how far they reach.
struct Phrase {
    text: String,
    x0: u32,
    x1: u32,
}

/// Parts a grid's header from its body.
pub(crate) fn header(grid: &Grid<'_>, columns: &Columns) -> Header {
    let first_data = first_data_row(grid, columns);
    let zone = columns.bands.iter().map(|b| b.x0).min().unwrap_or(u32::MAX);
    let mut header = Header { body: 0, headings: vec![String::new(); columns.bands.len()], ..Default::default() };
    // The last row above the figures that stands over the columns, or rules the header off, ends it; label
    // rows after it are headings of the body.
    for r in (0..first_data).rev() {
        let cells = grid.cells(&grid.rows[r]);
        let over = cells.iter().any(|c| match c.kind {
            CellKind::Rule => true,
            CellKind::Text => c.x1 > zone + 1 && c.x0 + 12 > zone.min(40),
            // "(cost: 1995 -- $743,945;" is a label's.
            CellKind::Number(n) => n.like_year && (c.x1 + 2 > zone || is_year_row(cells)) || n.nil && c.x1 + 2 > zone,
        });
        if over {
            header.body = r + 1;
            break;
        }
        // A label row far above the figures with nothing between is a title, not a section.
        if is_caption_row(cells) {
            header.body = r + 1;
            break;
        }
    }
    header.columns_from = header.body;
    for r in 0..header.body {
        let row_phrases = phrases(grid.cells(&grid.rows[r]));
        let in_zone = row_phrases.iter().filter(|p| p.x1 > zone.saturating_sub(2)).count();
        let dated = row_phrases.iter().any(|p| p.x1 > zone.saturating_sub(2) && is_column_date(&p.text));
        if dated || (in_zone >= 2 && row_phrases.len() >= 2) {
            header.columns_from = r;
            break;
        }
    }
    for r in 0..header.body {
        let cells = grid.cells(&grid.rows[r]);
        if cells.iter().all(|c| matches!(c.kind, CellKind::Rule)) {
            continue;
        }
        let row_phrases = phrases(cells);
        // "... January 1, 1995, and  January 2, 1994, and": a sentence over the columns.
        let sentence = row_phrases.iter().any(|p| p.text.ends_with(" and"));
        // As many years as columns: each its own, wherever they stand, and the words beside them are of all.
        let one_year = |p: &Phrase| years(&p.text) == 1;
        let in_order =
            columns.bands.len() >= 2 && row_phrases.iter().filter(|p| one_year(p)).count() == columns.bands.len();
        let (stub, over): (Vec<_>, Vec<_>) = row_phrases.into_iter().partition(|p| {
            if in_order && !sentence {
                return !one_year(p);
            }
            sentence || r < header.columns_from || p.x1 <= zone.saturating_sub(2) || years(&p.text) >= 2
        });
        for phrase in stub {
            push_words(&mut header.caption, &phrase.text);
        }
        let rule = grid
            .rows
            .get(r + 1)
            .map(|row| grid.cells(row))
            .filter(|c| c.iter().all(|c| matches!(c.kind, CellKind::Rule)));
        assign(over, rule, &columns.bands, &mut header.headings);
    }
    header.pieces = header.headings.iter().map(|h| pieces(h).0).collect();
    header.caption_pieces = pieces(&header.caption);
    header
}

/// The first row with a figure. Rows of nothing but dashes above it rule the header off.
fn first_data_row(grid: &Grid<'_>, columns: &Columns) -> usize {
    grid.rows
        .iter()
        .position(|row| {
            (row.first..row.last).any(|i| {
                columns.of_cell[i as usize].is_some()
                    && matches!(grid.cells[i as usize].kind, CellKind::Number(n) if !n.nil)
            })
        })
        .unwrap_or(grid.rows.len())
}

/// Title words: a statement's name, a scale, "unaudited".
fn is_caption_row(cells: &[Cell<'_>]) -> bool {
    let mut text = String::new();
    for cell in cells {
        push_words(&mut text, &cell.text);
    }
    text.make_ascii_lowercase();
    Phrases::of(&text).any(&[
        "statement",
        "balance sheet",
        "in thousands",
        "in millions",
        "(000",
        "000's",
        "$000",
        "000s",
        "unaudited",
        "ended",
        "dollars in",
    ]) && !text.trim_end().ends_with(':')
}

fn phrases(cells: &[Cell<'_>]) -> Vec<Phrase> {
    let mut found: Vec<Phrase> = Vec::new();
    for cell in cells {
        if matches!(cell.kind, CellKind::Rule) {
            continue;
        }
        match found.last_mut() {
            Some(last) if cell.gap <= 1 && cell.x0 <= last.x1 + 3 => {
                push_words(&mut last.text, &cell.text);
                last.x1 = cell.x1;
            }
            _ => found.push(Phrase { text: cell.text.to_string(), x0: cell.x0, x1: cell.x1 }),
        }
    }
    found
}

fn is_column_date(text: &str) -> bool {
    let (found, years) = pieces(text);
    !found.is_empty() && years.len() <= 1
}

/// Gives each column the phrase of one header row that stands over it.
fn assign(phrases: Vec<Phrase>, rule: Option<&[Cell<'_>]>, bands: &[Band], headings: &mut [String]) {
    if phrases.is_empty() || bands.is_empty() {
        return;
    }
    // A rule below a phrase shows how far it reaches.
    let reach: Vec<(u32, u32)> = phrases
        .iter()
        .map(|p| {
            let under = rule.into_iter().flatten().filter(|c| c.x0 < p.x1 && p.x0 < c.x1);
            let wide = rule.is_none_or(|r| r.len() > 1 || phrases.len() == 1);
            under.filter(|_| wide).fold((p.x0, p.x1), |(a, b), c| (a.min(c.x0), b.max(c.x1)))
        })
        .collect();
    if phrases.len() == bands.len() {
        for (heading, phrase) in headings.iter_mut().zip(&phrases) {
            push_words(heading, &phrase.text);
        }
        return;
    }
    for (k, band) in bands.iter().enumerate() {
        let distance = |&(a, b): &(u32, u32)| {
            if a < band.x1 && band.x0 < b {
                0
            } else if b <= band.x0 {
                band.x0 - b + 1
            } else {
                a - band.x1.min(a) + 1
            }
        };
        let overlap = |&(a, b): &(u32, u32)| b.min(band.x1).saturating_sub(a.max(band.x0));
        let best = (0..phrases.len()).min_by_key(|&i| (distance(&reach[i]), u32::MAX - overlap(&reach[i])));
        let Some(best) = best else { continue };
        let near = distance(&reach[best]);
        // Times and dates span columns they do not touch; other words must stand over their column.
        let spans = phrases.len() < bands.len() && is_column_date(&phrases[best].text);
        if near <= 2 || spans {
            push_words(&mut headings[k], &phrases[best].text);
        }
    }
}

pub(crate) fn push_words(to: &mut String, words: &str) {
    if !to.is_empty() {
        to.push(' ');
    }
    to.push_str(words.trim());
}

/// True where the columns are of five years or more: no statement goes back as far, summaries do.
pub(crate) fn is_history(header: &Header) -> bool {
    let mut years: Vec<i16> = header.pieces.iter().filter_map(|p| p.year).collect();
    years.sort_unstable();
    years.dedup();
    years.len() >= 5
}

/// True where the columns are of no period: bands of time to come ("0-3 Months", "Over 5 Years"), or averages
/// with what they yield.
pub(crate) fn is_derived(header: &Header) -> bool {
    let mut bands = 0;
    let (mut averages, mut rates) = (0, 0);
    for heading in &header.headings {
        let lower = heading.to_ascii_lowercase();
        let has = |word: &str| lower.contains(word);
        let says = |of: &[&str]| lower.split(|c: char| !c.is_ascii_alphanumeric()).any(|w| of.contains(&w));
        let unit = has("month") || has("year") || has("day");
        bands += usize::from(
            unit && (has("over ")
                || has("within ")
                || has("after ")
                || has("beyond")
                || has("0-")
                || has("1-")
                || has("7-"))
                && !has("ended"),
        );
        averages += usize::from(says(&["average", "avg"]) && !has("share"));
        rates += usize::from(says(&["rate", "rates", "yield", "yields"]));
    }
    bands >= 2 || averages >= 1 && rates >= 1
}

/// True where the columns are quarters of years side by side: a summary, not a statement.
pub(crate) fn is_quarterly(header: &Header) -> bool {
    // Which of the four are named, in words, as ordinals and as "Q1".
    let mut seen = [0u8; 3];
    for heading in &header.headings {
        for word in heading.split(|c: char| !c.is_alphanumeric()) {
            if let Some((form, bit)) = FOUR.get_folded(word.as_bytes()) {
                seen[form] |= bit;
            }
        }
    }
    seen.iter().any(|four| four.count_ones() >= 3) || ends_of_quarters(header) >= 4
}

/// How many ends of quarters, three months apart, the headings name: "September 30   December 31   March 31".
fn ends_of_quarters(header: &Header) -> usize {
    let mut months: Vec<i8> = header.pieces.iter().filter_map(|p| p.day.map(|d| d.0).or(p.month)).collect();
    months.sort_unstable();
    months.dedup();
    if months.windows(2).all(|m| m[1] - m[0] == 3) { months.len() } else { 0 }
}

static FOUR: Lexicon<(usize, u8), 32> = Lexicon::new(&[
    ("first", (0, 1)),
    ("second", (0, 2)),
    ("third", (0, 4)),
    ("fourth", (0, 8)),
    ("1st", (1, 1)),
    ("2nd", (1, 2)),
    ("3rd", (1, 4)),
    ("4th", (1, 8)),
    ("q1", (2, 1)),
    ("q2", (2, 2)),
    ("q3", (2, 4)),
    ("q4", (2, 8)),
]);

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
    let (lead, lead_years) = pieces(lead);
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
        && let Some(years) = [caption_years, &lead_years].iter().find_map(|y| years_in_order(y, dated.len()))
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
    let lead = Pieces { year: lead.year.filter(|_| one_date(&lead_years)), ..lead };
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
            let (period, because) = resolve(pieces, caption, lead, heading, kind, calendar, ends);
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
    lead: Pieces,
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

/// What a column is of, by its heading and its figures.
pub(crate) fn role(heading: &str, band: &Band) -> ColumnRole {
    let lower = heading.to_ascii_lowercase();
    let says = |words: &[&str]| words.iter().any(|w| lower.contains(w));
    if band.percents * 2 > band.count || (!band.amounts && says(&["percent", "% change", "yield", "%", "rate"])) {
        return ColumnRole::Percent;
    }
    if says(&["change", "variance", "increase", "(decrease)"]) && !says(&["change in"]) {
        return ColumnRole::Change;
    }
    if says(&["note", "ref."]) && (band.count < 3 || !band.amounts && lower.split_whitespace().count() == 1) {
        return ColumnRole::Other;
    }
    ColumnRole::Period
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

/// The power of ten that words in a heading give: "(in thousands)", "(000's omitted)", "millions of dollars".
pub(crate) fn scale(text: &str) -> Option<i8> {
    let lower = text.to_ascii_lowercase();
    // Each of the words below holds one of these.
    let seen = Phrases::of(&lower);
    if !seen.any(&["000", "thousand", "illion"]) {
        return None;
    }
    let at = |words: &[&str]| words.iter().filter_map(|w| lower.find(w)).min();
    let thousands = at(&["thousand", "000's", "000s", "$000", "(000)", "000 omitted", "000 's", "in 000"]);
    let millions = at(&[
        "in million",
        "millions of",
        "$ million",
        "$million",
        "(million",
        "dollars in millions",
        "(millions",
        "in\u{a0}millions",
        "millions",
    ]);
    match (thousands, millions) {
        (Some(t), Some(m)) => Some(if t < m { 3 } else { 6 }),
        (Some(_), None) => Some(3),
        (None, Some(_)) => Some(6),
        (None, None) if lower.contains("in billions") => Some(9),
        (None, None) => None,
    }
}

/// True where the header's scale does not hold for share counts: "except share and per share data".
pub(crate) fn shares_unscaled(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let Some(at) = lower.find("except") else { return false };
    let rest: String = lower[at..].chars().take(90).collect();
    let rest = rest
        .replace("per share", "")
        .replace("per common share", "")
        .replace("per-share", "")
        .replace("earnings per common share", "");
    rest.contains("share")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales() {
        assert_eq!(scale("In thousands, except per share amounts"), Some(3));
        assert_eq!(scale("(000's omitted)"), Some(3));
        assert_eq!(scale("All amounts except share data in millions of dollars"), Some(6));
        assert_eq!(scale("(Unaudited)"), None);
    }

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

    #[test]
    fn shares_in_full() {
        assert!(shares_unscaled("(In thousands, except share and per share data)"));
        assert!(!shares_unscaled("In thousands, except per share amounts"));
        assert!(!shares_unscaled(&format!("except {}", "\u{2019}".repeat(80))));
    }
}
