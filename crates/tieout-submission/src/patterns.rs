//! Strings of a known shape: telephone numbers, e-mail and web addresses, file and employer numbers.

use std::ops::Range;

fn byte(text: &[u8], at: usize) -> u8 {
    text.get(at).copied().unwrap_or(0)
}

/// Exactly `count` digits at `at`, and no more behind them.
fn digits(text: &[u8], at: usize, count: usize) -> Option<usize> {
    let run = text.get(at..)?.iter().take(count + 1).take_while(|b| b.is_ascii_digit()).count();
    (run == count).then_some(at + count)
}

fn starts_word(text: &[u8], at: usize) -> bool {
    at == 0 || !(byte(text, at - 1).is_ascii_alphanumeric() || matches!(byte(text, at - 1), b'-' | b'.' | b'$'))
}

/// The first telephone number of ten digits at or after `from`: "(617) 423-1072", "612-542-3626",
/// "1-800-555-0100", "763.542.6000", "814/452-2111".
pub(crate) fn phone(text: &[u8], from: usize) -> Option<Range<usize>> {
    (from..text.len()).find_map(|at| {
        let first = text[at];
        let begins = (first.is_ascii_digit() || first == b'(' || first == b'+') && starts_word(text, at);
        begins.then(|| phone_at(text, at).map(|end| at..end)).flatten()
    })
}

fn phone_at(text: &[u8], start: usize) -> Option<usize> {
    let mut at = start + usize::from(byte(text, start) == b'+');
    if byte(text, at) == b'1' && matches!(byte(text, at + 1), b'-' | b'.' | b' ' | b'/' | b'(') {
        at += 2 - usize::from(byte(text, at + 1) == b'(');
    }
    if byte(text, at) == b'(' {
        at = digits(text, at + 1, 3)?;
        if byte(text, at) != b')' {
            return None;
        }
        at += 1;
    } else {
        at = digits(text, at, 3)?;
        if !matches!(byte(text, at), b'-' | b'.' | b'/' | b' ') {
            return None;
        }
    }
    let gap = |at: usize| {
        text.get(at..)
            .unwrap_or_default()
            .iter()
            .take(3)
            .take_while(|b| matches!(b, b'-' | b'.' | b'/' | b' ' | b'\n'))
            .count()
    };
    at = digits(text, at + gap(at), 3)?;
    let second = gap(at);
    if second == 0 {
        return None;
    }
    at = digits(text, at + second, 4)?;
    (!byte(text, at).is_ascii_alphanumeric()).then_some(at)
}

/// The first e-mail address at or after `from`.
pub(crate) fn email(text: &[u8], from: usize) -> Option<Range<usize>> {
    let word = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-' | b'+');
    let mut at = from;
    loop {
        let sign = at + memchr::memchr(b'@', text.get(at..)?)?;
        let before = text.get(at..sign)?.iter().rev().take(64).take_while(|b| word(b)).count();
        let after = text.get(sign + 1..)?.iter().take(64).take_while(|b| word(b)).count();
        let domain = trim_stop(text.get(sign + 1..sign + 1 + after)?);
        if before > 0 && domain.contains(&b'.') {
            return Some(sign - before..sign + 1 + domain.len());
        }
        at = sign + 1;
    }
}

/// The first web address at or after `from`: from `http`, or from `www.`.
pub(crate) fn web(text: &[u8], from: usize) -> Option<Range<usize>> {
    let mut at = from;
    loop {
        at += memchr::memchr2(b'w', b'h', text.get(at..)?)?;
        let rest = text.get(at..)?;
        if starts_word(text, at)
            && (rest.starts_with(b"www.") || rest.starts_with(b"http://") || rest.starts_with(b"https://"))
        {
            let length = rest
                .iter()
                .take(200)
                .take_while(|b| b.is_ascii_graphic() && !matches!(b, b')' | b'(' | b',' | b';' | b'"' | b'<' | b'>'))
                .count();
            let address = trim_stop(rest.get(..length)?);
            if address.len() > 6 {
                return Some(at..at + address.len());
            }
        }
        at += 1;
    }
}

fn trim_stop(text: &[u8]) -> &[u8] {
    let kept = text.iter().rposition(|b| !matches!(b, b'.' | b'\'' | b':' | b'-')).map_or(0, |n| n + 1);
    text.get(..kept).unwrap_or_default()
}

/// The first employer identification number: two digits, a dash, seven.
pub(crate) fn employer_number(text: &[u8]) -> Option<Range<usize>> {
    (0..text.len()).find_map(|at| {
        let end = if starts_word(text, at) {
            digits(text, at, 2)?
        } else {
            return None;
        };
        let end = (byte(text, end) == b'-').then(|| digits(text, end + 1, 7)).flatten()?;
        Some(at..end)
    })
}

/// The first Commission file number: one to three digits, a dash, three to six, perhaps a suffix.
pub(crate) fn file_number(text: &[u8]) -> Option<Range<usize>> {
    (0..text.len()).find_map(|at| {
        if !starts_word(text, at) {
            return None;
        }
        let dash = (1..=3).find_map(|n| digits(text, at, n))?;
        // Some write "0 - 13020".
        let spaced = byte(text, dash) == b' ' && byte(text, dash + 1) == b'-' && byte(text, dash + 2) == b' ';
        let dash = if spaced { dash + 1 } else { dash };
        if byte(text, dash) != b'-' {
            return None;
        }
        let dash = if spaced { dash + 1 } else { dash };
        let mut end = (3..=6).find_map(|n| digits(text, dash + 1, n))?;
        if byte(text, end) == b'-' {
            end = (1..=2).find_map(|n| digits(text, end + 1, n))?;
        }
        (!byte(text, end).is_ascii_alphanumeric()).then_some(at..end)
    })
}

/// The last postal code in a line of address: five digits, or nine with a dash.
pub(crate) fn zip(text: &[u8]) -> Option<Range<usize>> {
    (0..text.len()).rev().find_map(|at| {
        if !starts_word(text, at) {
            return None;
        }
        let five = digits(text, at, 5)?;
        let end = (byte(text, five) == b'-').then(|| digits(text, five + 1, 4)).flatten().unwrap_or(five);
        (!byte(text, end).is_ascii_alphanumeric()).then_some(at..end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, range: Option<Range<usize>>) -> &str {
        range.map_or("", |r| &text[r])
    }

    #[test]
    fn telephones() {
        for (text, expected) in [
            ("dialing (800) 915-4836 for", "(800) 915-4836"),
            ("T 612-542-3626", "612-542-3626"),
            ("1-800-555-0100.", "1-800-555-0100"),
            ("at 763.542.6000", "763.542.6000"),
            ("Erie, PA  814/452-2111", "814/452-2111"),
            ("sales of 1,234 and 95-4438859", ""),
            ("20549-1234 0001125282-04", ""),
        ] {
            assert_eq!(cut(text, phone(text.as_bytes(), 0)), expected);
        }
    }

    #[test]
    fn addresses() {
        let text = "email investor@zoom.com, or visit (www.zoom.com/Q1) and http://a.com.";
        assert_eq!(cut(text, email(text.as_bytes(), 0)), "investor@zoom.com");
        assert_eq!(cut(text, web(text.as_bytes(), 0)), "www.zoom.com/Q1");
        assert_eq!(cut(text, web(text.as_bytes(), 50)), "http://a.com");
        assert_eq!(email(b"a @ b, c@d", 0), None);
    }

    #[test]
    fn numbers_of_the_cover() {
        let text = "   0-18672        51-0448969   02111-1234";
        assert_eq!(cut(text, file_number(text.as_bytes())), "0-18672");
        assert_eq!(cut(text, employer_number(text.as_bytes())), "51-0448969");
        assert_eq!(cut(text, zip(text.as_bytes())), "02111-1234");
        assert_eq!(file_number(b"95-4438859"), None);
    }
}
