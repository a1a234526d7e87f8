//! The words of time: months, ordinals, years, dates.

use super::Day;
use crate::number::small;
use crate::token::{Kind, Token};

pub(super) fn text<'t>(low: &'t str, token: &Token) -> &'t str {
    low.get(token.start..token.end).unwrap_or_default()
}

pub(super) fn word<'t>(low: &'t str, tokens: &[Token], i: usize) -> &'t str {
    tokens.get(i).filter(|t| t.kind == Kind::Word).map_or("", |t| text(low, t))
}

pub(super) fn mark(tokens: &[Token], i: usize, mark: char) -> bool {
    tokens.get(i).is_some_and(|t| t.kind == Kind::Mark(mark))
}

pub(super) fn is_core(word: &str) -> bool {
    matches!(word, "quarter" | "quarter's" | "period" | "periods" | "year" | "year's" | "half" | "months" | "date")
}

pub(super) fn is_ordinal(word: &str) -> bool {
    ordinal(word.split('-').next().unwrap_or_default()).is_some() || matches!(word, "q1" | "q2" | "q3" | "q4")
}

pub(super) fn is_qualifier(word: &str) -> bool {
    matches!(
        word,
        "same"
            | "prior"
            | "previous"
            | "preceding"
            | "last"
            | "fiscal"
            | "calendar"
            | "year-ago"
            | "prior-year"
            | "recent"
            | "recently"
            | "completed"
            | "current"
            | "full"
    )
}

pub(super) fn ordinal(word: &str) -> Option<u8> {
    Some(match word {
        "first" | "1st" => 1,
        "second" | "2nd" => 2,
        "third" | "3rd" => 3,
        "fourth" | "4th" => 4,
        _ => return None,
    })
}

/// A count of months or weeks: 1 to 53, in words or digits.
pub(super) fn count(low: &str, tokens: &[Token], i: usize) -> Option<u8> {
    let token = tokens.get(i)?;
    let n = match token.kind {
        Kind::Word => small(text(low, token)).and_then(|n| u8::try_from(n).ok())?,
        Kind::Digits => text(low, token).parse().ok()?,
        Kind::Mark(_) => return None,
    };
    (1..=53).contains(&n).then_some(n)
}

/// A bare year: four digits, 1950 to 2049, that no currency or percent claims.
pub(super) fn year(low: &str, tokens: &[Token], i: usize) -> Option<i16> {
    let token = tokens.get(i).filter(|t| t.kind == Kind::Digits && t.end - t.start == 4)?;
    if i.checked_sub(1)
        .and_then(|p| tokens.get(p))
        .is_some_and(|p| matches!(p.kind, Kind::Mark('$' | '#' | '\u{20AC}' | '\u{A3}')))
    {
        return None;
    }
    text(low, token).parse().ok().filter(|y| (1950..2050).contains(y))
}

/// The number of a month, whole or abbreviated; "may" and "march" only where a figure follows, which [`date`] sees.
pub(super) fn month(word: &str) -> Option<i8> {
    Some(match word {
        "january" | "jan" => 1,
        "february" | "feb" => 2,
        "march" | "mar" => 3,
        "april" | "apr" => 4,
        "may" => 5,
        "june" | "jun" => 6,
        "july" | "jul" => 7,
        "august" | "aug" => 8,
        "september" | "sept" | "sep" => 9,
        "october" | "oct" => 10,
        "november" | "nov" => 11,
        "december" | "dec" => 12,
        _ => return None,
    })
}

/// "March 31, 2003", "March 31", "Dec. 31, 2003", "March 2003".
pub(super) fn date(low: &str, tokens: &[Token], i: usize) -> Option<(usize, Day)> {
    let month = month(word(low, tokens, i))?;
    let mut at = i + 1;
    at += usize::from(mark(tokens, at, '.'));
    if let Some(year) = year(low, tokens, at) {
        return Some((at + 1, Day { month, day: 0, year: Some(year) }));
    }
    let token = tokens.get(at).filter(|t| t.kind == Kind::Digits)?;
    let day: i8 = text(low, token).parse().ok().filter(|d| (1..=31).contains(d))?;
    at += 1;
    if matches!(word(low, tokens, at), "st" | "nd" | "rd" | "th") {
        at += 1;
    }
    let comma = usize::from(mark(tokens, at, ','));
    match year(low, tokens, at + comma) {
        Some(year) => Some((at + comma + 1, Day { month, day, year: Some(year) })),
        None => Some((at, Day { month, day, year: None })),
    }
}
