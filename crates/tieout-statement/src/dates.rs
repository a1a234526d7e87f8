//! What headings say of time: "Three Months Ended June 30,", "1995", "3/31/03", "52 weeks ended".

use tieout_model::Date;

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

/// The pieces in `text`, and every year in it in order. A later piece of one kind replaces an earlier one,
/// since in "as of June 30, 1995 and for the year ended..." the nearer is below.
pub(crate) fn pieces(text: &str) -> (Pieces, Vec<i16>) {
    let mut found = Pieces::default();
    let mut years = Vec::new();
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | ';' | ':'))
        .filter(|w| !w.is_empty())
        .collect();
    let mut count: Option<i32> = None;
    for (i, word) in words.iter().enumerate() {
        let word = word.trim_matches(|c: char| matches!(c, '.' | '*' | '"' | '\''));
        if let Some((month, day, year)) = numeric_date(word) {
            (found.day, found.month, found.year) = (Some((month, day)), None, Some(year));
            years.push(year);
            continue;
        }
        if let Some(month) = month(word) {
            let next = words.get(i + 1).map(|w| w.trim_end_matches(['.', '*']));
            match next.and_then(day_number) {
                Some(day) => (found.day, found.month) = (Some((month, day)), None),
                None => (found.day, found.month) = (None, Some(month)),
            }
            count = None;
            continue;
        }
        if let Some(year) = year(word) {
            found.year = Some(year);
            years.push(year);
            continue;
        }
        let lower = word.to_ascii_lowercase();
        if let Some(n) = number_word(&lower) {
            count = Some(n);
            continue;
        }
        match lower.as_str() {
            "month" | "months" | "mos" => found.length = count.map(Length::Months).or(found.length),
            "week" | "weeks" | "wks" => found.length = count.map(Length::Weeks).or(found.length),
            "quarter" | "quarters" | "qtr" | "quarterly" => match count {
                Some(n @ 1..=4) if ordinal(words.get(i.wrapping_sub(1)).copied().unwrap_or_default()) => {
                    found.quarter = Some(n as i8);
                    found.length = Some(Length::Months(3));
                }
                // "three quarters ended"
                Some(n @ 2..=4) => found.length = Some(Length::Months(3 * n)),
                _ => found.length = Some(Length::Months(3)),
            },
            "half" | "half-year" => found.length = Some(Length::Months(6)),
            "q1" | "q2" | "q3" | "q4" | "1q" | "2q" | "3q" | "4q" => {
                found.quarter = lower.bytes().find(u8::is_ascii_digit).map(|b| (b - b'0') as i8);
                found.length = Some(Length::Months(3));
            }
            "year" | "years" | "annual" | "twelve-month" | "fiscal" => {
                // "year to date" has no length of its own.
                let next = words.get(i + 1).map(|w| w.to_ascii_lowercase());
                if next.as_deref() != Some("to") && !matches!(found.length, Some(Length::Weeks(_))) {
                    found.length = Some(Length::Months(12));
                }
            }
            "three-month" => found.length = Some(Length::Months(3)),
            "six-month" => found.length = Some(Length::Months(6)),
            "nine-month" => found.length = Some(Length::Months(9)),
            "thirteen-week" => found.length = Some(Length::Weeks(13)),
            "inception" | "organization" => found.length = Some(Length::Inception),
            // "Fifty-two weeks", "52-week": the number may be part of the word.
            _ => {
                if let Some((n, unit)) = lower.split_once('-') {
                    let n = number_word(n);
                    match (n, unit) {
                        (Some(n), "week" | "weeks") => found.length = Some(Length::Weeks(n)),
                        (Some(n), "month" | "months") => found.length = Some(Length::Months(n)),
                        _ => {}
                    }
                }
                if !matches!(lower.as_str(), "and" | "or" | "-" | "fiscal") {
                    count = None;
                }
            }
        }
    }
    (found, years)
}

fn ordinal(word: &str) -> bool {
    matches!(
        word.trim_matches('.').to_ascii_lowercase().as_str(),
        "first" | "second" | "third" | "fourth" | "1st" | "2nd" | "3rd" | "4th"
    )
}

fn number_word(word: &str) -> Option<i32> {
    Some(match word {
        "one" | "first" | "1st" => 1,
        "two" | "second" | "2nd" => 2,
        "three" | "third" | "3rd" => 3,
        "four" | "fourth" | "4th" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "eleven" => 11,
        "twelve" => 12,
        "thirteen" => 13,
        "fourteen" => 14,
        "fifteen" => 15,
        "sixteen" => 16,
        "twenty-four" => 24,
        "twenty-six" => 26,
        "thirty-six" => 36,
        "thirty-nine" => 39,
        "forty" => 40,
        "fifty-two" => 52,
        "fifty-three" => 53,
        _ => {
            let n: i32 = word.parse().ok()?;
            return (1..=60).contains(&n).then_some(n);
        }
    })
}

/// A month's number by its English name or a usual abbreviation.
pub(crate) fn month(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.');
    if word.len() < 3 || !word.is_ascii() {
        return None;
    }
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let lower = word.to_ascii_lowercase();
    let at = NAMES
        .iter()
        .position(|name| *name == lower || lower == name[..3] || (lower == "sept" && *name == "september"))?;
    Some(at as i8 + 1)
}

fn day_number(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches("st").trim_end_matches("nd").trim_end_matches("rd").trim_end_matches("th");
    let day: i8 = digits.parse().ok()?;
    (1..=31).contains(&day).then_some(day)
}

fn year(word: &str) -> Option<i16> {
    let digits = word.strip_prefix('\'').or(word.strip_prefix("FY")).unwrap_or(word);
    // "1995(a)", "1995*"
    let digits = digits.trim_end_matches(|c: char| !c.is_ascii_digit());
    if digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()) {
        return digits.parse().ok().filter(|y| (1900..2100).contains(y));
    }
    None
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
    fn headings() {
        assert_eq!(show("Three Months Ended June 30, 2005"), "3m 6/30 [2005]");
        assert_eq!(show("Years ended December 31, 1994, 1993 and 1992"), "12m 12/31 [1994, 1993, 1992]");
        assert_eq!(show("3/31/03"), "3/31 [2003]");
        assert_eq!(show("13 Weeks Ended April 29, 1995"), "13w 4/29 [1995]");
        assert_eq!(show("Fifty-two weeks ended July 29, 1995"), "52w 7/29 [1995]");
        assert_eq!(show("Dec 31, 2002"), "12/31 [2002]");
        assert_eq!(show("First Quarter 1995"), "3m [1995]");
        assert_eq!(show("Three Quarters Ended September 1995"), "9m 9/ [1995]");
        assert_eq!(show("Year to date"), "[]");
    }
}
