//! Sentences inside a paragraph.

use std::ops::Range;

/// The sentences of `text`, in order, without the white space between them.
///
/// A sentence ends at `.`, `!` or `?` (and the closing quotes or brackets after it) before white space and a
/// beginning that is not lower case. Abbreviations, initials and "No. 5" do not end one.
pub(crate) fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = text.get(start..)?;
        start += rest.len() - rest.trim_start().len();
        if start >= text.len() {
            return None;
        }
        let end = end_of(text, start);
        let found = start..end;
        start = end;
        Some(found)
    })
}

/// Where a sentence is cut that does not end by itself: what it says is found by looking back and forth in it.
fn limit(text: &str, start: usize) -> usize {
    const LONGEST: usize = 3000;
    if text.len() - start <= LONGEST {
        return text.len();
    }
    let rest = text.as_bytes().get(start..start + LONGEST).unwrap_or_default();
    let mut at = start + rest.iter().rposition(|&b| b == b' ').filter(|&i| i > 0).unwrap_or(LONGEST);
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

fn end_of(text: &str, start: usize) -> usize {
    let text = text.get(..limit(text, start)).unwrap_or(text);
    let bytes = text.as_bytes();
    let mut at = start;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr3(b'.', b'!', b'?', rest)) {
        let stop = at + found;
        let mut end = stop + 1;
        while let Some(closing) = text.get(end..).and_then(|rest| rest.chars().next()) {
            if !matches!(closing, '"' | '\'' | ')' | ']' | '\u{201D}' | '\u{2019}') {
                break;
            }
            end += closing.len_utf8();
        }
        let next = text.get(end..).and_then(|rest| rest.strip_prefix(' ')).and_then(|rest| rest.chars().next());
        let begins = next.is_none_or(|c| !c.is_lowercase());
        let spaced = bytes.get(end).is_none_or(|&b| b == b' ');
        if spaced && begins && !(bytes.get(stop) == Some(&b'.') && abbreviated(text, start, stop, next)) {
            return end;
        }
        at = stop + 1;
    }
    text.len()
}

/// True where the word before the point at `stop` is written with one inside a sentence.
fn abbreviated(text: &str, start: usize, stop: usize, next: Option<char>) -> bool {
    let Some(next) = next else { return false };
    let head = text.get(start..stop).unwrap_or_default();
    let word = head.rsplit([' ', '(', '"', '\u{201C}']).next().unwrap_or_default();
    let lower = word.to_ascii_lowercase();
    match lower.as_str() {
        "mr" | "mrs" | "ms" | "dr" | "vs" | "st" | "messrs" | "sen" | "hon" | "approx" | "dept" => true,
        "no" | "nos" | "fig" | "sec" | "art" | "par" => next.is_ascii_digit(),
        "jan" | "feb" | "mar" | "apr" | "jun" | "jul" | "aug" | "sep" | "sept" | "oct" | "nov" | "dec" => {
            next.is_ascii_digit()
        }
        // A company's name goes on, or the sentence does with a figure or a verb; before a capital it is a coin toss that
        // the comma usually settles ("Inc., a ..."), so only a figure joins.
        "inc" | "corp" | "co" | "ltd" | "u.s" | "u.k" | "l.p" | "n.a" | "s.a" => {
            !next.is_uppercase() || lower.starts_with("u.")
        }
        // Initials: "J. Smith", "R.J. Roe".
        _ => {
            let last = word.rsplit('.').next().unwrap_or_default();
            last.len() == 1 && last.bytes().all(|b| b.is_ascii_uppercase()) && next.is_uppercase()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).map(|r| &text[r]).collect()
    }

    #[test]
    fn decimals_and_abbreviations_do_not_end_a_sentence() {
        assert_eq!(
            split("Sales of Acme, Inc. rose 4.5% to $.50. Mr. R.J. Roe, of the U.S. Office, agreed. \"Good.\" Next"),
            [
                "Sales of Acme, Inc. rose 4.5% to $.50.",
                "Mr. R.J. Roe, of the U.S. Office, agreed.",
                "\"Good.\"",
                "Next"
            ]
        );
    }

    #[test]
    fn a_number_sign_and_a_month_stay_with_their_figure() {
        assert_eq!(split("See No. 5 of Dec. 31. It ended."), ["See No. 5 of Dec. 31.", "It ended."]);
    }
}
