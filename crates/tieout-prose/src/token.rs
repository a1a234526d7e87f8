//! Words, digits and marks of a sentence.

use crate::vocabulary::{self, Roles};
use std::ops::Range;

/// A word, a run of digits or one mark.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: Kind,
    /// What a word can be in a sentence about results.
    pub(crate) roles: Roles,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters, with the hyphens, apostrophes, dots and digits inside: `first-quarter`, `Zoom's`, `V.92`.
    Word,
    /// Digits with group commas and one decimal point: `7,539`, `.11`.
    Digits,
    /// Anything else that shows; quotes and dashes in their ASCII form.
    Mark(char),
}

/// Appends the tokens of `low`, the text in ASCII lower case, within `range`.
pub(crate) fn tokens(low: &str, range: Range<usize>, out: &mut Vec<Token>) {
    let bytes = low.as_bytes().get(..range.end).unwrap_or_default();
    let mut at = range.start;
    while let Some(&byte) = bytes.get(at) {
        let token = match byte {
            b' ' | b'\t' | b'\n' | b'\r' | b'\x0C' => {
                at += 1;
                continue;
            }
            b'0'..=b'9' => digits(bytes, at),
            b'.' if bytes.get(at + 1).is_some_and(u8::is_ascii_digit) => digits(bytes, at),
            b'a'..=b'z' | b'A'..=b'Z' => word(low, at, range.end),
            0..0x80 => Token { start: at, end: at + 1, kind: Kind::Mark(char::from(byte)), roles: Roles::NONE },
            _ => {
                let Some(first) = low.get(at..).and_then(|rest| rest.chars().next()) else {
                    at += 1;
                    continue;
                };
                let end = at + first.len_utf8();
                // A no-break space is a space.
                if first.is_whitespace() || matches!(first, '\u{200B}' | '\u{FEFF}') {
                    at = end;
                    continue;
                }
                if first.is_alphabetic() {
                    word(low, at, range.end)
                } else {
                    Token { start: at, end, kind: Kind::Mark(plain(first)), roles: Roles::NONE }
                }
            }
        };
        out.push(token);
        at = token.end;
    }
}

fn digits(bytes: &[u8], at: usize) -> Token {
    Token { start: at, end: digits_end(bytes, at), kind: Kind::Digits, roles: Roles::NONE }
}

/// The word at `start`, with the parts it can play.
fn word(low: &str, start: usize, limit: usize) -> Token {
    let bytes = low.as_bytes().get(..limit).unwrap_or_default();
    let inner = |at: usize| bytes.get(at).is_some_and(|&b| INNER[b as usize]);
    let mut end = start;
    let mut composed = false;
    loop {
        while inner(end) {
            end += 1;
        }
        // Most words end at a blank.
        let Some(&mark) = bytes.get(end).filter(|b| **b != b' ') else { break };
        let joins = matches!(mark, b'-' | b'.' | b'&' | b'\'');
        if mark >= 0x80 || joins && bytes.get(end + 1).is_some_and(|b| *b >= 0x80) {
            composed = true;
            end = word_end(low, start, limit);
            break;
        }
        // A possessive keeps its apostrophe at the end: stockholders'.
        let possessive = mark == b'\'' && end > start && bytes.get(end - 1) == Some(&b's');
        if !(joins && (inner(end + 1) || possessive)) {
            break;
        }
        composed = true;
        end += 1;
    }
    let text = low.get(start..end).unwrap_or_default();
    let mut roles = vocabulary::roles(text.as_bytes());
    if let [.., b'l', b'y'] = text.as_bytes() {
        roles = roles.or(Roles::ADVERB);
    }
    let numbered = matches!(text.as_bytes(), [b'q', rest @ ..] if rest.len() < 7);
    if numbered || composed && (text.contains('-') || text.contains("'s") || text.contains("\u{2019}s")) {
        roles = roles.or(Roles::TIME);
    }
    Token { start, end, kind: Kind::Word, roles }
}

/// Bytes that a word goes on with whatever follows: ASCII letters and digits.
static INNER: [bool; 256] = {
    let mut inner = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        inner[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    inner
};

/// The end of the digits at `at`. A comma belongs to them only before exactly three more: "30,1994" is a day
/// and a year.
fn digits_end(bytes: &[u8], mut at: usize) -> usize {
    let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    let mut point = false;
    loop {
        while digit(at) {
            at += 1;
        }
        match bytes.get(at) {
            Some(b'.') if !point && digit(at + 1) => {
                point = true;
                at += 1;
            }
            Some(b',') if !point && digit(at + 1) && digit(at + 2) && digit(at + 3) && !digit(at + 4) => at += 1,
            _ => return at,
        }
    }
}

/// The end of a word with characters other than ASCII in it.
fn word_end(low: &str, start: usize, limit: usize) -> usize {
    let Some(rest) = low.get(start..limit) else {
        return limit;
    };
    let mut end = start;
    let mut chars = rest.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let inside = match c {
            c if c.is_alphanumeric() => true,
            // A possessive keeps its apostrophe at the end: stockholders'.
            '\'' | '\u{2019}' => {
                chars.peek().is_some_and(|&(_, n)| n.is_alphanumeric())
                    || rest.get(..i).is_some_and(|w| w.ends_with('s'))
            }
            '-' | '.' | '&' => chars.peek().is_some_and(|&(_, n)| n.is_alphanumeric()),
            _ => false,
        };
        if !inside {
            break;
        }
        end = start + i + c.len_utf8();
    }
    end.max(start + 1)
}

/// Quotes and dashes as ASCII writes them.
fn plain(mark: char) -> char {
    match mark {
        '\u{201C}' | '\u{201D}' | '\u{93}' | '\u{94}' => '"',
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{2013}' | '\u{2014}' | '\u{2212}' => '-',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<Token> {
        let mut found = Vec::new();
        tokens(text, 0..text.len(), &mut found);
        found
    }

    fn split(text: &str) -> Vec<&str> {
        all(text).iter().map(|t| &text[t.start..t.end]).collect()
    }

    #[test]
    fn words_keep_hyphens_and_apostrophes() {
        assert_eq!(split("owners' first-quarter v.92 a&p's"), ["owners'", "first-quarter", "v.92", "a&p's"]);
    }

    #[test]
    fn digits_keep_group_commas_only() {
        assert_eq!(
            split("7,539, $.11 30,1994 16.0%."),
            ["7,539", ",", "$", ".11", "30", ",", "1994", "16.0", "%", "."]
        );
    }

    #[test]
    fn typographic_marks_become_plain() {
        let text = "\u{201C}up\u{201D} \u{2014}";
        let found = all(text);
        assert_eq!(found.first().map(|t| t.kind), Some(Kind::Mark('"')));
        assert_eq!(found.last().map(|t| t.kind), Some(Kind::Mark('-')));
    }
}
