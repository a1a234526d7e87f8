//! Words on a page: widths, wraps, colours.

use anstyle::Style;
use tieout::decode;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// `text` in a style; the plain style adds nothing.
pub(crate) fn paint(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// Columns a text takes on a terminal. Only for text without colours.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// What a filing says must not steer the terminal: control characters become visible.
pub(crate) fn clean(text: &str) -> String {
    text.chars().map(visible).collect()
}

fn visible(c: char) -> char {
    match c {
        '\t' | '\r' | '\n' | '\x0c' | '\x0b' => ' ',
        c if c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}') => '\u{FFFD}',
        c => c,
    }
}

/// The text, or its beginning and an ellipsis where it is wider than `limit`.
pub(crate) fn cut(text: &str, limit: usize) -> String {
    if width(text) <= limit {
        return text.to_string();
    }
    let mut kept = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > limit {
            break;
        }
        kept.push(c);
    }
    kept + "…"
}

/// Lines of at most `limit` columns, broken at blanks; a longer word is broken where it must be.
pub(crate) fn wrap(text: &str, limit: usize) -> Vec<String> {
    let limit = limit.max(8);
    let (mut lines, mut line) = (Vec::new(), String::new());
    for word in text.split_whitespace() {
        if !line.is_empty() && width(&line) + 1 + width(word) > limit {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        for c in word.chars() {
            if width(&line) + c.width().unwrap_or(0) > limit {
                lines.push(std::mem::take(&mut line));
            }
            line.push(c);
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// `n things`, with the one plural that English mostly has.
pub(crate) fn count(n: usize, thing: &str) -> String {
    format!("{} {thing}{}", grouped(n), if n == 1 { "" } else { "s" })
}

/// `12,345`.
pub(crate) fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// One source line as it shows: its characters, each with the byte offset in the line it stands at. Tabs
/// are spread to every eighth column, the line end is left out.
pub(crate) fn columns(line: &[u8]) -> Vec<(char, usize)> {
    let text = decode(line);
    let one_byte_each = matches!(text, std::borrow::Cow::Owned(_));
    let mut shown = Vec::with_capacity(line.len());
    for (i, (at, c)) in text.char_indices().enumerate() {
        let at = if one_byte_each { i } else { at };
        if c == '\t' {
            for _ in 0..8 - shown.len() % 8 {
                shown.push((' ', at));
            }
        } else {
            shown.push((visible(c), at));
        }
    }
    while shown.last().is_some_and(|(c, _)| *c == ' ') {
        shown.pop();
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wraps_at_blanks() {
        assert_eq!(wrap("a loss of 840 thousand", 12), ["a loss of", "840 thousand"]);
        assert_eq!(wrap("abcdefghijkl", 8), ["abcdefgh", "ijkl"]);
        assert_eq!(wrap("", 8), [""]);
    }

    #[test]
    fn columns_know_their_bytes() {
        assert_eq!(columns(b"\tx \r"), (0..8).map(|_| (' ', 0)).chain([('x', 1)]).collect::<Vec<_>>());
        assert_eq!(columns(b"\x92x"), [('\u{2019}', 0), ('x', 1)]);
        assert_eq!(columns("é1".as_bytes()), [('é', 0), ('1', 2)]);
    }

    #[test]
    fn escapes_do_not_reach_the_terminal() {
        assert_eq!(clean("a\x1b[31mb"), "a\u{FFFD}[31mb");
    }

    #[test]
    fn counts_read_well() {
        assert_eq!(count(1, "claim"), "1 claim");
        assert_eq!(count(12345, "fact"), "12,345 facts");
    }

    #[test]
    fn cuts_with_an_ellipsis() {
        assert_eq!(cut("Total assets", 12), "Total assets");
        assert_eq!(cut("Total assets", 6), "Total…");
    }
}
