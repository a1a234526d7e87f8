//! Dates as covers and datelines print them: "April 29, 2003", "Jan. 5, 2001", "5/22/00", "29 April 2003".

use jiff::civil::Date;

/// A date and the bytes it stands at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) date: Date,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

const MONTHS: [&[u8]; 12] = [
    b"january",
    b"february",
    b"march",
    b"april",
    b"may",
    b"june",
    b"july",
    b"august",
    b"september",
    b"october",
    b"november",
    b"december",
];

/// The first date in `text`. `year` stands in for a year that is not printed ("Tuesday, April 29th").
pub(crate) fn first(text: &[u8], year: Option<i16>) -> Option<Found> {
    all(text, year, 1).pop()
}

/// The first `limit` dates in `text`.
pub(crate) fn all(text: &[u8], year: Option<i16>, limit: usize) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() && found.len() < limit {
        let word_start = at == 0 || !text.get(at - 1).is_some_and(u8::is_ascii_alphanumeric);
        let here = if !word_start {
            None
        } else if text[at].is_ascii_digit() {
            numeric(text, at).or_else(|| day_first(text, at))
        } else {
            written(text, at, year)
        };
        match here {
            Some(date) => {
                at = date.end;
                found.push(date);
            }
            None => at += 1,
        }
    }
    found
}

/// The month a word names, with how many bytes it takes: in full, or its first three letters or more.
fn month(text: &[u8], at: usize) -> Option<(i8, usize)> {
    let rest = text.get(at..)?;
    let length = rest.iter().take(10).take_while(|b| b.is_ascii_alphabetic()).count();
    let word = rest.get(..length)?.to_ascii_lowercase();
    let index = (length >= 3).then(|| MONTHS.iter().position(|m| m.starts_with(&word)))??;
    let dot = usize::from(rest.get(length) == Some(&b'.'));
    Some((index as i8 + 1, length + dot))
}

fn blanks(text: &[u8], at: usize) -> usize {
    at + text.get(at..).unwrap_or_default().iter().take_while(|b| b.is_ascii_whitespace()).count()
}

fn digits(text: &[u8], at: usize, most: usize) -> Option<(i32, usize)> {
    let run = text.get(at..)?.iter().take(most + 1).take_while(|b| b.is_ascii_digit()).count();
    if run == 0 || run > most {
        return None;
    }
    let value = text.get(at..at + run)?.iter().fold(0, |sum, b| sum * 10 + i32::from(b - b'0'));
    Some((value, at + run))
}

fn written(text: &[u8], start: usize, year: Option<i16>) -> Option<Found> {
    let (month, length) = month(text, start)?;
    let (day, mut end) = digits(text, blanks(text, start + length), 2)?;
    if let Some(suffix) = text.get(end..end + 2)
        && [b"st", b"nd", b"rd", b"th"].iter().any(|s| suffix.eq_ignore_ascii_case(*s))
    {
        end += 2;
    }
    let day_end = end;
    let mut at = blanks(text, end);
    if matches!(text.get(at), Some(b',' | b'.')) {
        at = blanks(text, at + 1);
    }
    let (year, end) = match digits(text, at, 4) {
        Some((y, end)) if (1900..2100).contains(&y) => (y as i16, end),
        _ => (year?, day_end),
    };
    Some(Found { date: Date::new(year, month, day as i8).ok()?, start, end })
}

/// `3/31/03`, `12/31/1999`, `2003-04-29`.
fn numeric(text: &[u8], start: usize) -> Option<Found> {
    let (first, at) = digits(text, start, 4)?;
    let mark = *text.get(at)?;
    if !matches!(mark, b'/' | b'-') {
        return None;
    }
    let (second, at) = digits(text, at + 1, 2)?;
    if text.get(at) != Some(&mark) {
        return None;
    }
    let (third, end) = digits(text, at + 1, 4)?;
    let (year, month, day) = if first > 31 { (first, second, third) } else { (third, first, second) };
    if mark == b'-' && first <= 31 {
        return None;
    }
    let year = if year < 50 {
        year + 2000
    } else if year < 100 {
        year + 1900
    } else {
        year
    };
    let date = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    (1900..2100).contains(&date.year()).then_some(Found { date, start, end })
}

/// `29 April 2003`.
fn day_first(text: &[u8], start: usize) -> Option<Found> {
    let (day, at) = digits(text, start, 2)?;
    let at = blanks(text, at);
    let (month, length) = month(text, at)?;
    let (year, end) = digits(text, blanks(text, at + length), 4)?;
    let date = Date::new(i16::try_from(year).ok()?, month, i8::try_from(day).ok()?).ok()?;
    (1900..2100).contains(&date.year()).then_some(Found { date, start, end })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn one(text: &str) -> Option<Date> {
        first(text.as_bytes(), None).map(|f| f.date)
    }

    #[test]
    fn reads_the_forms_filers_use() {
        assert_eq!(one("as of April  29,\n2003."), Some(date(2003, 4, 29)));
        assert_eq!(one("Jan. 5, 2001--"), Some(date(2001, 1, 5)));
        assert_eq!(one("MINNEAPOLIS...JUNE 6, 2000..."), Some(date(2000, 6, 6)));
        assert_eq!(one("3/31/03"), Some(date(2003, 3, 31)));
        assert_eq!(one("29 April 2003"), Some(date(2003, 4, 29)));
        assert_eq!(one("2003-04-29"), Some(date(2003, 4, 29)));
    }

    #[test]
    fn a_missing_year_is_only_filled_when_one_is_known() {
        assert_eq!(one("Tuesday, April 29th at 5:00"), None);
        let found = first(b"Tuesday, April 29th at 5:00", Some(2003)).unwrap();
        assert_eq!((found.date, found.start, found.end), (date(2003, 4, 29), 9, 19));
    }

    #[test]
    fn other_numbers_are_no_dates() {
        assert_eq!(one("telephone 617-423-1072, May we say 13/45/99"), None);
        assert_eq!(one("0-18672 51-0448969 marching 5, 2001"), None);
    }
}
