//! The words that say when: read as what they say, before anybody knows which days they mean.

mod lexicon;

use crate::number::small;
use crate::token::{Kind, Token};
use lexicon::{count, date, is_core, is_ordinal, is_qualifier, mark, month, ordinal, text, word, year};

/// What a phrase says of time. [`crate::calendar::Calendar`] makes days of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct When {
    pub(crate) length: Length,
    /// The last day, where the phrase names it.
    pub(crate) end: Option<Day>,
    /// A year named apart from a day: "first quarter of 2003".
    pub(crate) year: Option<i16>,
    pub(crate) shift: Shift,
}

/// How long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Length {
    /// Not said: as long as what it is compared with.
    #[default]
    Any,
    /// A day.
    Day,
    /// A calendar month.
    Month,
    /// A quarter; its number in the fiscal year, or 0.
    Quarter(u8),
    /// A half of the fiscal year.
    Half(u8),
    /// So many months; `true`: the first of the fiscal year.
    Months(u8, bool),
    /// So many weeks.
    Weeks(u8),
    /// A (fiscal) year.
    Year,
    /// From the fiscal year's first day on.
    ToDate,
}

/// A calendar day whose year may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Day {
    pub(crate) month: i8,
    /// 0: the month's last day ("the June quarter").
    pub(crate) day: i8,
    pub(crate) year: Option<i16>,
}

/// Which one, where the phrase says it by its distance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Shift {
    /// Nothing said.
    #[default]
    None,
    /// The one that is reported: "the quarter", "this year".
    Current,
    /// A year before: "a year earlier", "the same period last year".
    YearAgo,
    /// The one just before: "the prior quarter", "sequentially".
    Before,
}

/// The phrase of time that begins at token `i`, and the token after it. "September 30, 1998 and 1999" is two.
pub(crate) fn parse(low: &str, tokens: &[Token], i: usize) -> Option<(usize, Vec<When>)> {
    let mut phrase = Phrase { low, tokens, at: i, when: When::default(), seen: Seen::default() };
    phrase.read();
    let end = phrase.at;
    let tells = phrase.tells();
    let first = phrase.when;
    // "three and nine months ended June 30", "fourth quarter and year ended": the day belongs to both.
    let open = !matches!(first.length, Length::Any | Length::Day) && first.end.is_none() && phrase.seen.core;
    if let Some(at) = phrase.joined().filter(|_| open)
        && let Some((next, more)) = parse(low, tokens, at)
        && let Some(last) = more.first().filter(|w| w.end.is_some_and(|d| d.year.is_some()))
    {
        let length = match (first.length, last.length) {
            (Length::Months(n, _), Length::Weeks(_)) => Length::Weeks(n),
            (length, _) => length,
        };
        let mut found = vec![When { length, end: last.end, shift: Shift::None, ..first }];
        found.extend(more);
        return Some((next, found));
    }
    if !tells {
        return None;
    }
    let mut found = vec![first];
    let end = more_years(low, tokens, end, &mut found);
    Some((end, found))
}

/// "..., 1998 and 1999" after a full phrase: the same with other years.
fn more_years(low: &str, tokens: &[Token], mut at: usize, found: &mut Vec<When>) -> usize {
    let Some(&first) = found.first() else { return at };
    if first.end.is_none() && first.length == Length::Any {
        return at;
    }
    while found.len() < 8 {
        let mut next = at;
        next += usize::from(mark(tokens, next, ','));
        next += usize::from(word(low, tokens, next) == "and");
        if next == at {
            break;
        }
        let more = if let Some(year) = year(low, tokens, next).filter(|_| !mark(tokens, next + 1, '%')) {
            next += 1;
            match first.end {
                Some(day) if day.year.is_some() => When { end: Some(Day { year: Some(year), ..day }), ..first },
                None if first.year.is_some() && first.length != Length::Any => When { year: Some(year), ..first },
                _ => break,
            }
        } else if let Some((after, day)) =
            date(low, tokens, next).filter(|(_, d)| d.year.is_some() && first.end.is_some())
        {
            next = after;
            When { end: Some(day), ..first }
        } else {
            break;
        };
        found.push(more);
        at = next;
    }
    at
}

#[derive(Default)]
struct Seen {
    /// A noun of time: quarter, months, period.
    core: bool,
    /// "the", "this", "its": a period everybody knows.
    definite: bool,
    /// "same", "comparable".
    same: bool,
    /// "full-year", "year-to-date": tells by itself.
    whole: bool,
    /// "first nine months".
    first: bool,
}

struct Phrase<'s> {
    low: &'s str,
    tokens: &'s [Token],
    at: usize,
    when: When,
    seen: Seen,
}

impl<'s> Phrase<'s> {
    fn read(&mut self) {
        let det = self.word(0);
        if matches!(det, "the" | "its" | "our" | "this" | "that" | "a" | "an" | "each" | "their") {
            // "a year ago" and "a year earlier" are read below; "each quarter" and "a quarter" say nothing.
            self.seen.definite = matches!(det, "the" | "its" | "our" | "this" | "their");
            self.at += 1;
        }
        for _ in 0..10 {
            if !(self.qualifier() || self.core() || self.named() || self.after()) {
                break;
            }
        }
    }

    fn word(&self, ahead: usize) -> &'s str {
        word(self.low, self.tokens, self.at + ahead)
    }

    /// The token after an "and" or a comma that may join a second phrase with its end.
    fn joined(&self) -> Option<usize> {
        let comma = usize::from(mark(self.tokens, self.at, ','));
        (word(self.low, self.tokens, self.at + comma) == "and").then_some(self.at + comma + 1)
    }

    /// True where the phrase says when.
    fn tells(&mut self) -> bool {
        let w = &mut self.when;
        if self.seen.same && w.shift == Shift::None && w.end.is_none() && w.year.is_none() {
            w.shift = Shift::YearAgo;
        }
        if w.shift == Shift::None && w.end.is_none() && w.year.is_none() && self.seen.definite && self.seen.core {
            w.shift = Shift::Current;
        }
        if w.length == Length::Any && w.end.is_some() {
            w.length = Length::Day;
        }
        if w.length == Length::Any && w.year.is_some() && w.shift == Shift::None {
            w.length = Length::Year;
        }
        let numbered = matches!(w.length, Length::Quarter(1..) | Length::Half(1..) | Length::ToDate);
        let bare_day = w.length == Length::Day && w.end.is_some_and(|d| d.year.is_none() && d.day == 0);
        !bare_day
            && (w.end.is_some()
                || w.year.is_some()
                || w.shift != Shift::None
                || numbered
                || self.seen.whole
                || self.seen.first)
    }

    fn qualifier(&mut self) -> bool {
        if self.when.end.is_some() {
            return false;
        }
        let word = self.word(0);
        let next = self.word(1);
        let year_next = matches!(next, "year" | "year's" | "year\u{2019}s" | "fiscal" | "calendar");
        match word {
            "same" | "comparable" | "corresponding" | "similar" | "like" | "equivalent"
                if is_core(next)
                    || is_qualifier(next)
                    || is_ordinal(next)
                    || month(next).is_some()
                    || next.contains('-')
                    || self.core_number(1) =>
            {
                self.seen.same = true;
            }
            "prior" | "previous" | "preceding" | "last" if year_next => {
                self.at += 1 + usize::from(matches!(next, "fiscal" | "calendar"));
                if self.word(0).starts_with("year") {
                    self.at += 1;
                }
                self.when.shift = Shift::YearAgo;
                return true;
            }
            "prior" | "previous" | "preceding" | "last" | "linked" | "immediately" | "sequential"
                if matches!(next, "quarter" | "quarter's" | "preceding" | "prior") =>
            {
                self.when.shift = Shift::Before;
            }
            "prior" | "previous" | "preceding" | "prior-year" | "year-ago" | "year-earlier" | "prior-period"
            | "year-before"
                if is_core(next) || is_ordinal(next) || word.contains('-') =>
            {
                self.when.shift = Shift::YearAgo;
            }
            "year" if matches!(next, "earlier" | "ago" | "before" | "over") => {
                self.at += 2;
                if next == "over" {
                    if self.word(0) != "year" {
                        self.at -= 2;
                        return false;
                    }
                    self.at += 1;
                }
                self.when.shift = Shift::YearAgo;
                return true;
            }
            "one" if next == "year" && matches!(self.word(2), "earlier" | "ago" | "before") => {
                self.at += 3;
                self.when.shift = Shift::YearAgo;
                return true;
            }
            "year-over-year" | "year-on-year" | "yoy" => {
                self.when.shift = Shift::YearAgo;
            }
            "sequentially" | "quarter-over-quarter" | "linked-quarter" => {
                self.when.shift = Shift::Before;
                self.when.length = Length::Quarter(0);
            }
            "current" | "present" | "latest" | "trailing" | "most" | "recent" | "recently" | "just" | "entire"
            | "full" | "completed" | "fiscal" | "calendar"
                if is_core(next)
                    || is_qualifier(next)
                    || is_ordinal(next)
                    || next.starts_with("year")
                    || self.core_number(1) =>
            {
                self.seen.whole |= word == "full" && next == "year";
            }
            // "fiscal 2003", "calendar 2003".
            "fiscal" | "calendar" if year(self.low, self.tokens, self.at + 1).is_some() => {}
            _ => return false,
        }
        self.at += 1;
        true
    }

    /// "nine months" at a distance of tokens.
    fn core_number(&self, ahead: usize) -> bool {
        count(self.low, self.tokens, self.at + ahead).is_some()
            && matches!(word(self.low, self.tokens, self.at + ahead + 1), "month" | "months" | "week" | "weeks")
    }

    fn core(&mut self) -> bool {
        if self.seen.core && !(self.when.length == Length::Year) {
            return false;
        }
        let word = self.word(0);
        let (length, taken) = match word {
            "quarter" | "quarter's" | "quarter\u{2019}s" => (Length::Quarter(0), 1),
            "quarters" if self.word(1).starts_with("end") => (Length::Quarter(0), 1),
            "period" | "periods" | "period's" => (Length::Any, 1),
            "year" | "year's" | "year\u{2019}s" => (Length::Year, 1),
            "years" if self.word(1).starts_with("end") || year(self.low, self.tokens, self.at + 1).is_some() => {
                (Length::Year, 1)
            }
            "full-year" => {
                self.seen.whole = true;
                (Length::Year, 1)
            }
            "year-to-date" => (Length::ToDate, 1),
            _ => match self.numbered(word) {
                Some(found) => found,
                None => return false,
            },
        };
        if self.seen.core && length == Length::Year {
            return false;
        }
        let ahead = self.word(taken);
        if length == Length::Year && ahead == "to" && self.word(taken + 1) == "date" {
            self.when.length = Length::ToDate;
            self.seen.core = true;
            self.at += taken + 2;
            return true;
        }
        // "in two years", "this year's": a year alone is a period only if something says which.
        if self.when.length == Length::Any || length != Length::Any {
            self.when.length = length;
        }
        self.seen.core = true;
        self.at += taken;
        true
    }

    /// "first quarter", "Q1", "1Q03", "nine months", "three-month period", "second half".
    fn numbered(&mut self, word: &'s str) -> Option<(Length, usize)> {
        if let Some(compound) = word.split_once('-') {
            let n = small(compound.0).and_then(|n| u8::try_from(n).ok());
            match compound.1 {
                "quarter" => return ordinal(compound.0).map(|n| (Length::Quarter(n), 1)),
                "half" => return ordinal(compound.0).map(|n| (Length::Half(n), 1)),
                "month" | "months" => return n.map(|n| (Length::Months(n, false), 1)),
                "week" | "weeks" => return n.map(|n| (Length::Weeks(n), 1)),
                _ => {}
            }
        }
        let digits = self.tokens.get(self.at).filter(|t| t.kind == Kind::Digits).map_or("", |t| text(self.low, t));
        let against = self.tokens.get(self.at).zip(self.tokens.get(self.at + 1)).is_some_and(|(a, b)| a.end == b.start);
        if against && matches!(digits, "1" | "2" | "3" | "4") {
            let n = digits.parse().ok()?;
            let suffix = self.word(1);
            if let Some(rest) = suffix.strip_prefix('q') {
                self.short_year(rest);
                return (rest.is_empty() || self.when.year.is_some()).then_some((Length::Quarter(n), 2));
            }
            if matches!(suffix, "st" | "nd" | "rd" | "th") && self.word(2) == "quarter" {
                return Some((Length::Quarter(n), 3));
            }
        }
        if let Some(rest) = word.strip_prefix('q') {
            let n = rest.get(..1).and_then(|d| d.parse().ok()).filter(|n| (1..=4).contains(n));
            if let Some(n) = n {
                let rest = rest.get(1..).unwrap_or_default().trim_start_matches(['-', '\'', '\u{2019}']);
                self.short_year(rest);
                return (rest.is_empty() || self.when.year.is_some()).then_some((Length::Quarter(n), 1));
            }
        }
        if let Some(n) = ordinal(word) {
            let skip = 1 + usize::from(matches!(self.word(1), "fiscal" | "calendar"));
            match self.word(skip) {
                "quarter" | "quarter's" | "quarter\u{2019}s" | "quarters" => {
                    return Some((Length::Quarter(n), skip + 1));
                }
                "half" => return Some((Length::Half(n), skip + 1)),
                _ => {}
            }
            // "the first nine months of".
            if n == 1 {
                let months = count(self.low, self.tokens, self.at + 1)?;
                self.seen.first = true;
                return match self.word(2) {
                    "month" | "months" => Some((Length::Months(months, true), 3)),
                    "weeks" => Some((Length::Weeks(months), 3)),
                    "quarters" => Some((Length::Months(months.saturating_mul(3), true), 3)),
                    _ => {
                        self.seen.first = false;
                        None
                    }
                };
            }
            return None;
        }
        let n = count(self.low, self.tokens, self.at)?;
        let hyphen = usize::from(mark(self.tokens, self.at + 1, '-'));
        let mut taken = match self.word(1 + hyphen) {
            "month" | "months" | "week" | "weeks" => 2 + hyphen,
            // "three and nine months ended".
            "and"
                if count(self.low, self.tokens, self.at + 2).is_some()
                    && matches!(self.word(3), "month" | "months" | "week" | "weeks") =>
            {
                1
            }
            _ => return None,
        };
        let length =
            if self.word(1 + hyphen).starts_with("week") { Length::Weeks(n) } else { Length::Months(n, false) };
        taken += usize::from(taken > 1 && matches!(self.word(taken), "period" | "periods"));
        Some((length, taken))
    }

    fn short_year(&mut self, digits: &str) {
        let Ok(n) = digits.parse::<i16>() else { return };
        self.when.year = match digits.len() {
            2 => Some(if n < 50 { 2000 + n } else { 1900 + n }),
            4 if (1950..2050).contains(&n) => Some(n),
            _ => self.when.year,
        };
    }

    /// A date, a month or a year.
    fn named(&mut self) -> bool {
        if self.when.end.is_none()
            && let Some(month) = month(self.word(0))
        {
            if matches!(self.word(1), "quarter" | "quarter's") && !self.seen.core {
                self.when.length = Length::Quarter(0);
                self.when.end = Some(Day { month, day: 0, year: None });
                self.seen.core = true;
                self.at += 2;
                return true;
            }
            if let Some((after, day)) = date(self.low, self.tokens, self.at) {
                // A day named after a length is its end only with "ended", which `after` reads.
                if self.seen.core {
                    return false;
                }
                self.when.end = Some(day);
                self.when.length = if day.day == 0 { Length::Month } else { Length::Day };
                self.at = after;
                return true;
            }
            return false;
        }
        if self.when.year.is_none()
            && self.when.end.is_none_or(|d| d.year.is_none() && self.when.length != Length::Day)
            && let Some(year) = year(self.low, self.tokens, self.at)
        {
            let next = self.tokens.get(self.at + 1);
            let joined = next.is_some_and(|n| {
                n.kind == Kind::Mark('%')
                    || (n.kind == Kind::Mark('-') && n.start == self.tokens.get(self.at).map_or(0, |t| t.end))
            });
            if joined || (self.word(1) == "shares") || self.word(1) == "employees" || self.word(1) == "stores" {
                return false;
            }
            match &mut self.when.end {
                Some(day) => day.year = Some(year),
                None => self.when.year = Some(year),
            }
            self.at += 1;
            // "1994's".
            if mark(self.tokens, self.at, '\'') && self.word(1) == "s" {
                self.at += 2;
            }
            return true;
        }
        false
    }

    /// "ended June 30, 2005", "of 2003", "of the prior year", "a year ago".
    fn after(&mut self) -> bool {
        if !(self.seen.core || self.when.year.is_some() || self.when.shift == Shift::YearAgo && self.word(0) == "end") {
            return false;
        }
        let mut skip = usize::from(mark(self.tokens, self.at, ','));
        skip += usize::from(self.word(skip) == "that");
        if self.when.end.is_none() && matches!(self.word(skip), "ended" | "ending" | "end" | "through") {
            let on = usize::from(self.word(skip + 1) == "on");
            if let Some((after, day)) = date(self.low, self.tokens, self.at + skip + 1 + on).filter(|(_, d)| d.day > 0)
            {
                self.when.end = Some(day);
                self.at = after;
                return true;
            }
            return false;
        }
        // "at fiscal 1995 year end", "the prior year end".
        let dated = self.when.year.is_some() || self.when.shift == Shift::YearAgo;
        if dated
            && (self.word(0) == "end" || self.word(0) == "year-end" || self.word(0) == "year" && self.word(1) == "end")
        {
            self.at += 1 + usize::from(self.word(0) == "year");
            return true;
        }
        if skip > 0 || self.when.end.is_some_and(|d| d.day > 0) {
            return false;
        }
        let link = usize::from(matches!(self.word(0), "of" | "in" | "for" | "during" | "from"));
        let article = usize::from(link == 1 && matches!(self.word(1), "the" | "its" | "our"));
        let lead = link + article;
        let fiscal = usize::from(matches!(self.word(lead), "fiscal" | "calendar" | "fy"));
        let named = fiscal + usize::from(fiscal == 1 && self.word(lead + 1) == "year");
        if self.when.year.is_none()
            && let Some(year) = year(self.low, self.tokens, self.at + lead + named)
        {
            self.when.year = Some(year);
            self.at += lead + named + 1;
            return true;
        }
        if self.when.shift == Shift::None && self.when.year.is_none() {
            let first = self.word(lead);
            let second = self.word(lead + 1);
            let (shift, taken) = match (first, second) {
                ("prior" | "last" | "previous" | "preceding", "year") => (Shift::YearAgo, 2),
                ("prior" | "last" | "previous" | "preceding", "fiscal") if self.word(lead + 2) == "year" => {
                    (Shift::YearAgo, 3)
                }
                ("a" | "one", "year") if matches!(self.word(lead + 2), "ago" | "earlier" | "before") => {
                    (Shift::YearAgo, 3)
                }
                ("year-ago" | "year-earlier" | "prior-year", _) => (Shift::YearAgo, 1),
                ("this" | "current", "year" | "fiscal") => (Shift::Current, 2),
                ("year", _) if link == 1 => (Shift::Current, 1),
                _ => return false,
            };
            self.when.shift = shift;
            self.at += lead + taken;
            self.at += usize::from(shift == Shift::Current && self.word(0) == "year");
            return true;
        }
        // "the same period a year ago", "last year's period a year earlier": the shift may be said twice.
        if self.when.shift == Shift::YearAgo
            && matches!(self.word(lead), "a" | "one")
            && self.word(lead + 1) == "year"
            && matches!(self.word(lead + 2), "ago" | "earlier")
        {
            self.at += lead + 3;
            return true;
        }
        false
    }
}

#[cfg(test)]
mod tests;
