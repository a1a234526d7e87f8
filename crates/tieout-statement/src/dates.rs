//! What headings say of time: "Three Months Ended June 30,", "1995", "3/31/03", "52 weeks ended".

use tieout_model::Date;
use tieout_source::Lexicon;

/// The pieces of a period that some words carry. A heading is often printed in pieces: months above,
/// a day below, a year under that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Pieces {
    /// A length: "three months", "13 weeks", "year".
    pub(crate) length: Option<Length>,
    /// A month and a day.
    pub(crate) day: Option<(i8, i8)>,
    /// A month without a day.
    pub(crate) month: Option<i8>,
    /// A year.
    pub(crate) year: Option<i16>,
    /// "First", "second"... quarter, where no length in months is given.
    pub(crate) quarter: Option<i8>,
    /// The first day, where it is told: "from inception (June 1, 1990)", "from July 6 to December 31, 1995".
    pub(crate) since: Option<Date>,
}

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Length {
    /// In months.
    Months(i32),
    /// In weeks.
    Weeks(i32),
    /// Since the enterprise began: the start is not known.
    Inception,
}

impl Pieces {
    /// Takes from `other` what is missing here.
    pub(crate) fn or(self, other: Pieces) -> Pieces {
        Pieces {
            length: self.length.or(other.length),
            day: self.day.or(if self.month.is_none() { other.day } else { None }),
            month: self.month.or(if self.day.is_none() { other.month } else { None }),
            year: self.year.or(other.year),
            quarter: self.quarter.or(other.quarter),
            since: self.since.or(other.since),
        }
    }

    /// The end date, where day or month and year are known.
    pub(crate) fn end(self) -> Option<Date> {
        let year = self.year?;
        if let Some((month, day)) = self.day {
            // "February 29" over a column of a common year means the month's end.
            let first = Date::new(year, month, 1).ok()?;
            return Date::new(year, month, day.min(first.days_in_month())).ok();
        }
        let first = Date::new(year, self.month?, 1).ok()?;
        Some(first.last_of_month())
    }

    /// True where nothing was found.
    pub(crate) fn is_empty(&self) -> bool {
        *self == Pieces::default()
    }
}

/// The whole dates in `text`: a month, a day and a year one after the other.
pub(crate) fn whole(text: &str) -> Vec<Date> {
    let split = |c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | ';' | ':');
    let mut found = Vec::new();
    let mut before = [""; 2];
    for word in text.split(split).filter(|w| !w.is_empty()) {
        let [m, d] = before;
        let date = |y| Date::new(y, month(m)?, day_number(d.trim_end_matches(['.', '*']))?).ok();
        found.extend(year(word).and_then(date));
        before = [d, word];
    }
    found
}

/// How many years `text` names. Each takes two digits at least ("Dec-95"): most words are not looked at closely.
pub(crate) fn years(text: &str) -> usize {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if digits < 2 { 0 } else { pieces(text).1.len() }
}

/// The pieces in `text`, and every year in it in order. A later piece of one kind replaces an earlier one,
/// since in "as of June 30, 1995 and for the year ended..." the nearer is below.
pub(crate) fn pieces(text: &str) -> (Pieces, Vec<i16>) {
    let mut found = Pieces::default();
    let mut years = Vec::new();
    let mut count: Option<i32> = None;
    let mut from: Option<From> = None;
    let mut words = Words { text };
    let mut previous = "";
    while let Some(printed) = words.next() {
        let last = std::mem::replace(&mut previous, printed);
        let word = printed;
        let word = word.trim_matches(|c: char| matches!(c, '.' | '*' | '"' | '\'' | '-'));
        // "Balance-January 1"
        let word = match word.rsplit_once('-') {
            Some((head, tail)) if month(tail).is_some() && month(head).is_none() && head.len() > 3 => tail,
            _ => word,
        };
        match KNOWN.get_folded(word.as_bytes()) {
            Some(Known::Number(n) | Known::Ordinal(n)) => count = Some(n),
            Some(Known::Months) => found.length = count.map(Length::Months).or(found.length),
            Some(Known::Weeks) => found.length = count.map(Length::Weeks).or(found.length),
            Some(Known::Quarters) => match count {
                Some(n @ 1..=4) if ordinal(last) => {
                    found.quarter = Some(n as i8);
                    found.length = Some(Length::Months(3));
                }
                // "three quarters ended"
                Some(n @ 2..=4) => found.length = Some(Length::Months(3 * n)),
                _ => found.length = Some(Length::Months(3)),
            },
            Some(Known::Quarter(n)) => {
                found.quarter = Some(n);
                found.length = Some(Length::Months(3));
                // "4Q 21"
                if let Some(year) = words.clone().next().and_then(short_year) {
                    found.year = Some(year);
                    years.push(year);
                }
            }
            Some(Known::Years) => {
                // "year to date" has no length of its own.
                let to = words.clone().next().is_some_and(|w| w.eq_ignore_ascii_case("to"));
                if !to && !matches!(found.length, Some(Length::Weeks(_))) {
                    found.length = Some(Length::Months(12));
                }
            }
            // "the years ended..., and the period from inception to...": most columns are of years.
            Some(Known::Length(Length::Inception)) => {
                found.length = found.length.or(Some(Length::Inception));
                found.since = found.since.or(date_after(words.clone()));
            }
            Some(Known::Length(length)) => found.length = Some(length),
            Some(Known::To) => {
                count = None;
                if let Some(day) = found.day {
                    from = Some(From { day, year: found.year, years: years.len() });
                }
            }
            Some(Known::Month(month)) => {
                let next = words.clone().next().map(|w| w.trim_end_matches(['.', '*']));
                match next.and_then(day_number) {
                    Some(day) => (found.day, found.month) = (Some((month, day)), None),
                    None => (found.day, found.month) = (None, Some(month)),
                }
                count = None;
            }
            Some(Known::Small) => {}
            None if word.is_empty() => {}
            // A date has a digit or is joined, and so is a number and what it counts.
            None if !word.bytes().any(|b| b.is_ascii_digit() || matches!(b, b'-' | b'/')) => count = None,
            None => {
                if let Some((month, day, year)) = joined_date(word) {
                    match day {
                        Some(day) => (found.day, found.month) = (Some((month, day)), None),
                        None => (found.day, found.month) = (None, Some(month)),
                    }
                    if let Some(year) = year {
                        found.year = Some(year);
                        years.push(year);
                    }
                    continue;
                }
                if let Some((quarter, year)) = joined_quarter(word) {
                    (found.quarter, found.year) = (Some(quarter), Some(year));
                    found.length = Some(Length::Months(3));
                    years.push(year);
                    continue;
                }
                if let Some((month, day, year)) = numeric_date(word) {
                    (found.day, found.month, found.year) = (Some((month, day)), None, Some(year));
                    years.push(year);
                    continue;
                }
                if let Some(year) = year(word) {
                    found.year = Some(year);
                    years.push(year);
                    continue;
                }
                count = number_word(word);
                // "Fifty-two weeks", "52-week": the number may be part of the word.
                if let Some((n, unit)) = word.split_once('-') {
                    match (number_word(n), KNOWN.get_folded(unit.as_bytes())) {
                        (Some(n), Some(Known::Weeks)) if unit.len() > 3 => found.length = Some(Length::Weeks(n)),
                        (Some(n), Some(Known::Months)) if unit.len() > 3 => found.length = Some(Length::Months(n)),
                        _ => {}
                    }
                }
            }
        }
    }
    if let Some(from) = from {
        from.settle(&mut found, &mut years);
    }
    (found, years)
}

/// The first of two dates with "to" or "through" between them, and how many years were named by then.
struct From {
    day: (i8, i8),
    year: Option<i16>,
    years: usize,
}

impl From {
    /// If another date came after it, the two make a period.
    fn settle(self, found: &mut Pieces, years: &mut Vec<i16>) {
        let later = years.len() == self.years + 1;
        let (Some(end), true) = (found.end(), later) else { return };
        let year = self.year.unwrap_or(end.year());
        let Ok(start) = Date::new(year, self.day.0, self.day.1) else { return };
        if start < end && found.day != Some(self.day) {
            found.since = Some(start);
            if self.year.is_some() {
                years.remove(self.years - 1);
            }
        }
    }
}

/// The words of a heading: "Balance--December 31" has two, "-- 1995 --" has one.
#[derive(Clone)]
struct Words<'t> {
    text: &'t str,
}

impl<'t> Iterator for Words<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        let mut start = 0;
        while let Some(length) = gap(self.text, start) {
            start += length;
        }
        let mut end = start;
        while end < self.text.len() && gap(self.text, end).is_none() {
            end += 1;
        }
        let (before, rest) = self.text.split_at_checked(end)?;
        self.text = rest;
        before.get(start..).filter(|word| !word.is_empty())
    }
}

/// The length of what parts words at a place of a text, if anything does.
fn gap(text: &str, at: usize) -> Option<usize> {
    match *text.as_bytes().get(at..)? {
        [b' ' | b'\t'..=b'\r' | b',' | b'(' | b')' | b';' | b':', ..] => Some(1),
        [b'-', b'-', ..] => Some(2),
        [byte, ..] if byte >= 0xC2 => {
            let c = text.get(at..)?.chars().next()?;
            (c.is_whitespace() || c == '\u{2014}').then(|| c.len_utf8())
        }
        _ => None,
    }
}

/// The date that begins within the next words: "(date of inception, June 1, 1990)".
fn date_after(words: Words<'_>) -> Option<Date> {
    let mut rest = words;
    for _ in 0..5 {
        let word = rest.next()?;
        if let Some((month, day, year)) = numeric_date(word) {
            return Date::new(year, month, day).ok();
        }
        if let Some(month) = month(word) {
            let (day, year_of) = (rest.next()?, rest.next()?);
            return Date::new(year(year_of)?, month, day_number(day)?).ok();
        }
    }
    None
}

fn ordinal(word: &str) -> bool {
    matches!(KNOWN.get_folded(word.trim_matches('.').as_bytes()), Some(Known::Ordinal(_)))
}

/// A number in words or digits, up to sixty.
fn number_word(word: &str) -> Option<i32> {
    match KNOWN.get_folded(word.as_bytes()) {
        Some(Known::Number(n) | Known::Ordinal(n)) => Some(n),
        Some(_) => None,
        None => word.parse().ok().filter(|n| (1..=60).contains(n)),
    }
}

/// What a word says of time.
#[derive(Debug, Clone, Copy)]
enum Known {
    Month(i8),
    Number(i32),
    /// First to fourth.
    Ordinal(i32),
    Months,
    Weeks,
    Quarters,
    /// "Q1": a quarter by its number.
    Quarter(i8),
    Years,
    /// A length of its own.
    Length(Length),
    /// "To" and "through".
    To,
    /// A number before it may be of a word behind it.
    Small,
}

static KNOWN: Lexicon<Known, 256> = {
    use Known::*;
    Lexicon::new(&[
        ("january", Month(1)),
        ("jan", Month(1)),
        ("february", Month(2)),
        ("feb", Month(2)),
        ("march", Month(3)),
        ("mar", Month(3)),
        ("april", Month(4)),
        ("apr", Month(4)),
        ("may", Month(5)),
        ("june", Month(6)),
        ("jun", Month(6)),
        ("july", Month(7)),
        ("jul", Month(7)),
        ("august", Month(8)),
        ("aug", Month(8)),
        ("september", Month(9)),
        ("sept", Month(9)),
        ("sep", Month(9)),
        ("october", Month(10)),
        ("oct", Month(10)),
        ("november", Month(11)),
        ("nov", Month(11)),
        ("december", Month(12)),
        ("dec", Month(12)),
        ("one", Number(1)),
        ("two", Number(2)),
        ("three", Number(3)),
        ("four", Number(4)),
        ("five", Number(5)),
        ("six", Number(6)),
        ("seven", Number(7)),
        ("eight", Number(8)),
        ("nine", Number(9)),
        ("ten", Number(10)),
        ("eleven", Number(11)),
        ("twelve", Number(12)),
        ("thirteen", Number(13)),
        ("fourteen", Number(14)),
        ("fifteen", Number(15)),
        ("sixteen", Number(16)),
        ("twenty-four", Number(24)),
        ("twenty-six", Number(26)),
        ("thirty-six", Number(36)),
        ("thirty-nine", Number(39)),
        ("forty", Number(40)),
        ("fifty-two", Number(52)),
        ("fifty-three", Number(53)),
        ("first", Ordinal(1)),
        ("1st", Ordinal(1)),
        ("second", Ordinal(2)),
        ("2nd", Ordinal(2)),
        ("third", Ordinal(3)),
        ("3rd", Ordinal(3)),
        ("fourth", Ordinal(4)),
        ("4th", Ordinal(4)),
        ("month", Months),
        ("months", Months),
        ("mos", Months),
        ("week", Weeks),
        ("weeks", Weeks),
        ("wks", Weeks),
        ("quarter", Quarters),
        ("quarters", Quarters),
        ("qtr", Quarters),
        ("quarterly", Quarters),
        ("q1", Quarter(1)),
        ("1q", Quarter(1)),
        ("q2", Quarter(2)),
        ("2q", Quarter(2)),
        ("q3", Quarter(3)),
        ("3q", Quarter(3)),
        ("q4", Quarter(4)),
        ("4q", Quarter(4)),
        ("year", Years),
        ("years", Years),
        ("annual", Years),
        ("fy", Years),
        ("twelve-month", Years),
        ("fiscal", Years),
        ("half", Length(crate::dates::Length::Months(6))),
        ("half-year", Length(crate::dates::Length::Months(6))),
        ("three-month", Length(crate::dates::Length::Months(3))),
        ("six-month", Length(crate::dates::Length::Months(6))),
        ("nine-month", Length(crate::dates::Length::Months(9))),
        ("thirteen-week", Length(crate::dates::Length::Weeks(13))),
        ("inception", Length(crate::dates::Length::Inception)),
        ("organization", Length(crate::dates::Length::Inception)),
        ("to", To),
        ("through", To),
        ("thru", To),
        ("and", Small),
        ("or", Small),
        ("-", Small),
    ])
};

/// A month's number by its English name or a usual abbreviation.
pub(crate) fn month(word: &str) -> Option<i8> {
    match KNOWN.get_folded(word.trim_end_matches('.').as_bytes()) {
        Some(Known::Month(month)) => Some(month),
        _ => None,
    }
}

fn day_number(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches("st").trim_end_matches("nd").trim_end_matches("rd").trim_end_matches("th");
    let day: i8 = digits.parse().ok()?;
    (1..=31).contains(&day).then_some(day)
}

/// `1995`, `FY1995`; with a footnote mark `1995*`, `1993/1/`, `1994^1`; a season by its end, `1994-95`.
fn year(word: &str) -> Option<i16> {
    let digits = word.strip_prefix('\'').or(word.strip_prefix("FY")).unwrap_or(word);
    let (year, mark) = digits.split_at_checked(4)?;
    let year: i16 = year.parse().ok().filter(|y| (1900..2100).contains(y))?;
    if let Some(next) = mark.strip_prefix(['-', '/']).and_then(|m| m.parse::<i16>().ok())
        && mark.len() == 3
        && next == (year + 1) % 100
    {
        return Some(year + 1);
    }
    let is_mark = mark.bytes().all(|b| !b.is_ascii_digit()) || mark.starts_with(['/', '^', '*', '<', '[', '#']);
    is_mark.then_some(year)
}

/// `21`, `'21`: a year of two digits, where a quarter's name stands before it.
fn short_year(word: &str) -> Option<i16> {
    let digits = word.trim_start_matches(['\'', '\u{2019}', '-']).trim_end_matches(['*', '.']);
    let number: i16 =
        digits.parse().ok().filter(|_| digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit()))?;
    Some(if number >= 60 { 1900 + number } else { 2000 + number })
}

/// `4Q21`, `1Q'20`, `Q42021`: a quarter with its year.
fn joined_quarter(word: &str) -> Option<(i8, i16)> {
    let (name, rest) = word.split_at_checked(2)?;
    let Some(Known::Quarter(quarter)) = KNOWN.get_folded(name.as_bytes()) else { return None };
    Some((quarter, short_year(rest).or_else(|| year(rest))?))
}

/// The month and day on which the fiscal year ends, as the words of a document have it: "for the year ended December
/// 31, 2020". None where they name several equally often.
pub fn year_end(text: &[u8]) -> Option<(i8, i8)> {
    const MOST: usize = 200;
    let mut days: Vec<(i8, i8)> = ["ear ended", "ear Ended", "EAR ENDED", "ear ending"]
        .iter()
        .flat_map(|words| memchr::memmem::find_iter(text, words).map(|at| at + words.len()).take(MOST))
        .filter_map(|at| {
            let next = String::from_utf8_lossy(text.get(at..text.len().min(at + 40))?);
            let next = next.replace("&nbsp;", " ").replace("&#160;", " ");
            let mut words = next.split(|c: char| c.is_whitespace() || c == ',').filter(|w| !w.is_empty());
            Some((month(words.next()?)?, day_number(words.next()?)?))
        })
        .collect();
    days.sort_unstable();
    let most = days.chunk_by(|a, b| a == b).max_by_key(|run| run.len())?;
    (most.len() * 2 > days.len()).then(|| most[0])
}

/// `Nov-1997`, `31-Dec-94`, `Dec-31`, `30-Sep`: month, and day and year where they are told.
fn joined_date(word: &str) -> Option<(i8, Option<i8>, Option<i16>)> {
    let mut parts = word.split(['-', '/']);
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next());
    if parts.next().is_some() {
        return None;
    }
    let (name, other) = match month(first) {
        Some(name) => (name, second),
        None => (month(second)?, first),
    };
    let year_of = |text: &str| {
        let number: i16 = text.parse().ok()?;
        match text.len() {
            2 => Some(if number >= 60 { 1900 + number } else { 2000 + number }),
            4 => year(text),
            _ => None,
        }
    };
    match (day_number(other), third) {
        (Some(day), Some(third)) => Some((name, Some(day), Some(year_of(third)?))),
        (Some(day), None) => Some((name, Some(day), None)),
        (None, None) => Some((name, None, Some(year_of(other)?))),
        (None, Some(_)) => None,
    }
}

/// `3/31/03`, `12-31-1995`: month first, as American filings write.
fn numeric_date(word: &str) -> Option<(i8, i8, i16)> {
    let mut parts = word.split(['/', '-']);
    let month: i8 = parts.next()?.parse().ok().filter(|m| (1..=12).contains(m))?;
    let day: i8 = parts.next()?.parse().ok().filter(|d| (1..=31).contains(d))?;
    let year = parts.next()?;
    if parts.next().is_some() {
        return None;
    }
    let number: i16 = year.parse().ok()?;
    let year = match year.len() {
        2 if number >= 60 => 1900 + number,
        2 => 2000 + number,
        4 => number,
        _ => return None,
    };
    Some((month, day, year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_headings() {
        let words = |text| Words { text }.collect::<Vec<_>>();
        assert_eq!(words("Balance--December 31,"), ["Balance", "December", "31"]);
        assert_eq!(words("\u{a0}(3-month) \u{2014}1995\u{2014} \u{2019}94--"), ["3-month", "1995", "\u{2019}94"]);
        assert!(words(" -- ").is_empty() && words("").is_empty());
    }

    fn show(text: &str) -> String {
        let (p, years) = pieces(text);
        let length = match p.length {
            Some(Length::Months(n)) => format!("{n}m "),
            Some(Length::Weeks(n)) => format!("{n}w "),
            Some(Length::Inception) => "inception ".into(),
            None => String::new(),
        };
        let day = p.day.map(|(m, d)| format!("{m}/{d} ")).or(p.month.map(|m| format!("{m}/ "))).unwrap_or_default();
        format!("{length}{day}{years:?}")
    }

    #[test]
    fn first_days() {
        let since = |text| pieces(text).0.since.map(|d| d.to_string());
        assert_eq!(since("Period from inception (June 1, 1990) to December 31, 1994").as_deref(), Some("1990-06-01"));
        assert_eq!(since("Period from July 6, 1995 to December 31, 1995").as_deref(), Some("1995-07-06"));
        assert_eq!(since("January 28 through June 30, 1995").as_deref(), Some("1995-01-28"));
        assert_eq!(since("Years ended December 31, 1995 and 1994").as_deref(), None);
        assert_eq!(since("notes to financial statements December 31, 1995").as_deref(), None);
        assert_eq!(pieces("Period from July 6, 1995 to December 31, 1995").1, [1995]);
    }

    #[test]
    fn years_are_counted_however_short() {
        assert_eq!([years("Dec-95"), years("3/31/03 and 3/31/02"), years("Ended June")], [1, 2, 0]);
    }

    #[test]
    fn headings() {
        assert_eq!(show("Three Months Ended June 30, 2005"), "3m 6/30 [2005]");
        assert_eq!(show("Years ended December 31, 1994, 1993 and 1992"), "12m 12/31 [1994, 1993, 1992]");
        assert_eq!(show("3/31/03"), "3/31 [2003]");
        assert_eq!(show("13 Weeks Ended April 29, 1995"), "13w 4/29 [1995]");
        assert_eq!(show("Fifty-two weeks ended July 29, 1995"), "52w 7/29 [1995]");
        assert_eq!(show("Dec 31, 2002"), "12/31 [2002]");
        assert_eq!(show("Balance--December 31, 1991"), "12/31 [1991]");
        assert_eq!(show("31-Dec-94"), "12/31 [1994]");
        assert_eq!(show("Nov-1997"), "11/ [1997]");
        assert_eq!(show("30-Sep"), "9/30 []");
        assert_eq!(show("1993/1/  1994^1  1995(a)  1995*  -- 1996 --"), "[1993, 1994, 1995, 1995, 1996]");
        assert_eq!(show("Season 1994-95"), "[1995]");
        assert_eq!(show("May-June"), "[]");
        assert_eq!(show("First Quarter 1995"), "3m [1995]");
        assert_eq!(show("Three Quarters Ended September 1995"), "9m 9/ [1995]");
        assert_eq!(show("Year to date"), "[]");
        assert_eq!([show("4Q 21"), show("1Q'20"), show("Q3 2019")], ["3m [2021]", "3m [2020]", "3m [2019]"]);
        assert_eq!(show("FY 2021"), "12m [2021]");
    }

    #[test]
    fn the_end_of_the_fiscal_year_in_words() {
        assert_eq!(
            year_end(b"our report for the year ended&nbsp;June 30, 2020; the year ended June 30, 2019"),
            Some((6, 30))
        );
        assert_eq!(year_end(b"the year ended June 30, 2020; the year ended May 31, 2020"), None);
        assert_eq!(year_end(b"for the quarter ended June 30, 2020"), None);
    }
}
