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

/// The tokens of `low`, the text in ASCII lower case, within `range`.
pub(crate) fn tokens(low: &str, range: Range<usize>) -> Vec<Token> {
    let bytes = low.as_bytes().get(..range.end).unwrap_or_default();
    let mut out = Vec::with_capacity(range.len() / 5);
    let mut at = range.start;
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii_whitespace() {
            at += 1;
            continue;
        }
        // A no-break space is a space.
        if let Some(space) = (!byte.is_ascii())
            .then(|| low.get(at..)?.chars().next())
            .flatten()
            .filter(|c| c.is_whitespace() || matches!(c, '\u{200B}' | '\u{FEFF}'))
        {
            at += space.len_utf8();
            continue;
        }
        let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
        let (end, kind) = if digit(at) || (byte == b'.' && digit(at + 1)) {
            (digits_end(bytes, at), Kind::Digits)
        } else if starts_word(low, at) {
            (word_end(low, at, range.end), Kind::Word)
        } else {
            let mark = low.get(at..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
            (at + mark.len_utf8(), Kind::Mark(plain(mark)))
        };
        let roles = match kind {
            Kind::Word => low.get(at..end).map_or(Roles::NONE, vocabulary::roles),
            _ => Roles::NONE,
        };
        out.push(Token { start: at, end, kind, roles });
        at = end;
    }
    out
}

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

fn starts_word(low: &str, at: usize) -> bool {
    match low.as_bytes().get(at) {
        Some(b) if b.is_ascii() => b.is_ascii_alphabetic(),
        Some(_) => low.get(at..).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphabetic),
        None => false,
    }
}

fn word_end(low: &str, start: usize, limit: usize) -> usize {
    let Some(rest) = low.get(start..limit) else { return limit };
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

    fn split(text: &str) -> Vec<&str> {
        tokens(text, 0..text.len()).iter().map(|t| &text[t.start..t.end]).collect()
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
        let found = tokens(text, 0..text.len());
        assert_eq!(found.first().map(|t| t.kind), Some(Kind::Mark('"')));
        assert_eq!(found.last().map(|t| t.kind), Some(Kind::Mark('-')));
    }
}
