//! Where a number stands that could be a claim's: found in the bytes, before any word is looked at closely.
//!
//! Most sentences of a filing hold no number, or only dates, sections and notes. Passing a number by here that
//! the grammar would read loses a claim; letting too many through costs time alone.

use crate::vocabulary::{Roles, roles_folded};
use tieout_source::Lexicon;

/// The first byte at or after `from` where a number worth reading begins, or a word that stands for one.
pub(crate) fn next(text: &[u8], mut from: usize) -> Option<usize> {
    while let Some(rest) = text.get(from..).filter(|rest| !rest.is_empty()) {
        let (digits, words) = rest.first_chunk().map_or_else(|| holds(&padded(rest)), holds);
        let end = from + BLOCK.min(rest.len());
        let word = if words { (from..end).find(|&at| stands_for_number(text, at)) } else { None };
        let stop = word.unwrap_or(end);
        let mut at = from;
        while digits && at < stop {
            let Some(digit) = text.get(at..stop).and_then(|rest| rest.iter().position(u8::is_ascii_digit)) else {
                break;
            };
            let start = at + digit;
            at = digits_end(text, start);
            if is_worth(text, start, at) {
                return Some(start);
            }
        }
        if word.is_some() {
            return word;
        }
        from = at.max(end);
    }
    None
}

/// How many bytes are looked at together.
const BLOCK: usize = 64;

/// The last bytes of a text as a block.
fn padded(rest: &[u8]) -> [u8; BLOCK + 3] {
    let mut block = [b' '; BLOCK + 3];
    if let Some(start) = block.get_mut(..rest.len()) {
        start.copy_from_slice(rest);
    }
    block
}

/// Whether a block has a digit, and whether a part of a word for a number begins in it. Plain arithmetic on
/// the whole block, so that the compiler makes vectors of it.
fn holds(block: &[u8; BLOCK + 3]) -> (bool, bool) {
    let (mut digits, mut words) = (0u8, 0u8);
    for i in 0..BLOCK {
        let [a, b, c, d] = [block[i], block[i + 1], block[i + 2], block[i + 3]];
        let is = |x: u8, y: u8| u8::from(x == y);
        let multiple = is(c, b'l') & (is(a, b'u') & (is(b, b'b') | is(b, b'p')) | is(a, b'i') & is(b, b'p'));
        let cent = is(a, b'c') & is(b, b'e') & is(c, b'n') & is(d, b't');
        let points = is(a, b's') & is(b, b' ') & is(c, b'p') & is(d, b'o');
        words |= multiple | cent | points;
        digits |= u8::from(a.wrapping_sub(b'0') < 10);
    }
    (digits != 0, words != 0)
}

/// "doubled", "tripled", "quadrupled", "basis points", "percent", "cents", seen at their middle.
fn stands_for_number(text: &[u8], at: usize) -> bool {
    let Some(middle) = text.get(at..at + 4) else {
        return false;
    };
    let before = |wanted: &[u8]| {
        at.checked_sub(wanted.len())
            .and_then(|start| text.get(start..at))
            .is_some_and(|w| w.eq_ignore_ascii_case(wanted))
    };
    match middle {
        [b'u', b'b', b'l', _] => before(b"do"),
        [b'i', b'p', b'l', _] => before(b"tr"),
        [b'u', b'p', b'l', _] => before(b"adr"),
        [b's', b' ', b'p', b'o'] => before(b"basi"),
        [b'c', b'e', b'n', b't'] => {
            let ends = text.get(at + 4).is_none_or(|b| !b.is_ascii_alphabetic() || b | 0x20 == b's');
            before(b"per") || before(b"per ") || ends && before(b" ")
        }
        _ => false,
    }
}

/// The end of the digits at `at`, group commas and a decimal point included.
fn digits_end(text: &[u8], mut at: usize) -> usize {
    let digit = |i: usize| text.get(i).is_some_and(u8::is_ascii_digit);
    while digit(at) || matches!(text.get(at), Some(b',' | b'.')) && digit(at + 1) {
        at += 1;
    }
    at
}

/// True where the digits from `start` to `end` can be read as a result.
fn is_worth(text: &[u8], start: usize, end: usize) -> bool {
    let head = text.get(..start).unwrap_or_default();
    let head = head.strip_suffix(b".").unwrap_or(head);
    let open = spaces_before(head);
    let open = spaces_before(open.strip_suffix(b"(").unwrap_or(open));
    if matches!(open.last(), Some(b'$'))
        || open.ends_with(b"\xC2\xA3")
        || open.ends_with(b"\xC2\xA5")
        || open.ends_with(b"\xE2\x82\xAC")
    {
        return true;
    }
    let tail = text.get(end..).unwrap_or_default();
    let apart = spaces_after(tail.strip_prefix(b"-").unwrap_or(tail));
    if matches!(apart, [b'%', ..] | [b':', b'1', ..] | [b':', b' ', b'1', ..]) {
        return true;
    }
    let next = word(apart);
    let after = spaces_after(apart.get(next.len()..).unwrap_or_default());
    match UNITS.get_folded(next) {
        Some(Unit::Any) => return true,
        Some(Unit::Against) if tail.len() == apart.len() => return true,
        Some(Unit::Per) => return word(after).eq_ignore_ascii_case(b"cent"),
        Some(Unit::To) => return after.starts_with(b"1") || after.starts_with(b"one"),
        _ => {}
    }
    let digits = text.get(start..end).unwrap_or_default();
    let year = digits.len() == 4 && (digits.starts_with(b"19") || digits.starts_with(b"20"));
    if year && UNITS.get_folded(next) != Some(Unit::Many) {
        return false;
    }
    is_count(apart) || is_ratio(head)
}

/// What the word behind a number says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    /// A unit or a scale.
    Any,
    /// A scale where it stands against its digits: "$2.6B".
    Against,
    /// "per", of "per cent".
    Per,
    /// "to", of "5.8 to 1".
    To,
    /// Something counted by the thousand: the number is no year.
    Many,
}

static UNITS: Lexicon<Unit, 64> = Lexicon::new(&[
    ("percent", Unit::Any),
    ("pct", Unit::Any),
    ("percentage", Unit::Any),
    ("basis", Unit::Any),
    ("bps", Unit::Any),
    ("cents", Unit::Any),
    ("cent", Unit::Any),
    ("dollars", Unit::Any),
    ("times", Unit::Any),
    ("x", Unit::Any),
    ("hundred", Unit::Any),
    ("thousand", Unit::Any),
    ("thousands", Unit::Any),
    ("million", Unit::Any),
    ("millions", Unit::Any),
    ("mm", Unit::Any),
    ("billion", Unit::Any),
    ("billions", Unit::Any),
    ("bn", Unit::Any),
    ("trillion", Unit::Any),
    ("k", Unit::Against),
    ("m", Unit::Against),
    ("b", Unit::Against),
    ("per", Unit::Per),
    ("to", Unit::To),
    ("to-1", Unit::To),
    ("shares", Unit::Many),
    ("employees", Unit::Many),
    ("stores", Unit::Many),
]);

/// What follows the spaces that `text` begins with, those that do not break included.
fn spaces_after(mut text: &[u8]) -> &[u8] {
    while let Some(rest) = text.strip_prefix(b" ").or_else(|| text.strip_prefix(b"\xC2\xA0")) {
        text = rest;
    }
    text
}

/// What stands before the spaces that `text` ends with.
fn spaces_before(mut text: &[u8]) -> &[u8] {
    while let Some(rest) = text.strip_suffix(b" ").or_else(|| text.strip_suffix(b"\xC2\xA0")) {
        text = rest;
    }
    text
}

/// True where one of the next words is something that is counted.
fn is_count(mut tail: &[u8]) -> bool {
    for _ in 0..5 {
        let word = word(tail);
        if word.is_empty() {
            return false;
        }
        if roles_folded(word).any(Roles::COUNTED) {
            return true;
        }
        tail = spaces_after(tail.get(word.len()..).unwrap_or_default());
    }
    false
}

/// True where a word that introduces a value stands before the number, and one that has values without a unit
/// before that: "the current ratio was 5.8", "the number of stores rose to 210".
fn is_ratio(head: &[u8]) -> bool {
    // Bounded, so that a hostile text without spaces stays linear.
    let head = head.get(head.len().saturating_sub(400)..).unwrap_or_default();
    let starts = memchr::memrchr_iter(b' ', head).map(|space| space + 1).chain([0]).take(30);
    let mut words = starts.filter_map(|start| head.get(start..)).map(word);
    let introduces =
        Roles::LEVEL.or(Roles::AGAINST).or(Roles::INNER).or(Roles::OUTER).or(Roles::ABOUT).or(Roles::FILLER);
    words.find(|w| !w.is_empty()).is_some_and(|w| JOINS.get_folded(w).is_some() || roles_folded(w).any(introduces))
        && words.any(|w| w.len() > 2 && roles_folded(w).any(Roles::QUOTIENT.or(Roles::COUNTED)))
}

/// Short words between the one that introduces a value and the value.
static JOINS: Lexicon<(), 16> =
    Lexicon::new(&[("and", ()), ("or", ()), ("a", ()), ("an", ()), ("only", ()), ("by", ())]);

/// The letters, hyphens and apostrophes that `text` begins with, cut where no known word is longer.
fn word(text: &[u8]) -> &[u8] {
    let head = text.get(..24).unwrap_or(text);
    let inside = |(i, b): (usize, &u8)| b.is_ascii_alphabetic() || matches!(b, b'-' | b'\'' | b'&') && i > 0;
    let length = head.iter().enumerate().position(|byte| !inside(byte)).unwrap_or(head.len());
    head.get(..length).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<&str> {
        next(text.as_bytes(), 0).and_then(|at| text.get(at..))
    }

    #[test]
    fn dates_sections_and_notes_are_passed_by() {
        let text = "As of March 31, 2003, Section 3.9(c) of the Agreement (see Note 5 and Item 7 of Form 10-K for 2002) is public.";
        assert_eq!(found(text), None);
    }

    #[test]
    fn money_percents_counts_and_ratios_are_found() {
        assert_eq!(found("In 1995 it paid $ (5) million."), Some("5) million."));
        assert_eq!(found("In 1995 it rose 5 %."), Some("5 %."));
        assert_eq!(found("It had 282 full-time employees."), Some("282 full-time employees."));
        assert_eq!(found("The current ratio of 1995 was 5.8."), Some("5.8."));
        assert_eq!(found("It was \u{A3}5."), Some("5."));
        assert_eq!(found(&format!("{}Our revenue more than doubled.", "so ".repeat(70))), Some("ubled."));
        assert_eq!(found("In 1995 it had 7.1\u{a0}million of them."), Some("7.1\u{a0}million of them."));
    }

    #[test]
    fn every_place_of_a_block_is_seen() {
        for lead in 0..140 {
            let text = format!("{}ten percent{}", " ".repeat(lead), " ".repeat(140));
            assert_eq!(next(text.as_bytes(), 0), Some(lead + 7));
        }
    }
}
