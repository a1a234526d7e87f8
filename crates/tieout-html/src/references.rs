//! Character references: `&nbsp;`, `&#160;`, `&#xA0;`.

use tieout_source::windows_1252;

/// Where a reference stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Text,
    Value,
}

/// What a reference stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reference {
    pub(crate) first: char,
    pub(crate) second: Option<char>,
    /// In bytes, from its `&`.
    pub(crate) length: usize,
}

/// The reference that `bytes` begin with, if they do.
pub(crate) fn reference(bytes: &[u8], place: Place) -> Option<Reference> {
    match bytes.get(1)? {
        b'#' => numeric(bytes),
        _ => named(bytes, place),
    }
}

/// `&#` and digits, or `&#x` and hexadecimal digits. The numbers 128 to 159 are Windows-1252, in which they
/// were meant; what is no character is U+FFFD.
fn numeric(bytes: &[u8]) -> Option<Reference> {
    let (first, radix) = if matches!(bytes.get(2), Some(b'x' | b'X')) { (3, 16) } else { (2, 10) };
    let digit = |&at: &usize| bytes.get(at).and_then(|&b| (b as char).to_digit(radix));
    let mut at = first;
    let mut number = 0u32;
    while let Some(digit) = digit(&at) {
        number = number.saturating_mul(radix).saturating_add(digit);
        at += 1;
    }
    if at == first {
        return None;
    }
    let character = match number {
        0 => '\u{FFFD}',
        0x80..0xA0 => windows_1252(number as u8),
        _ => char::from_u32(number).unwrap_or('\u{FFFD}'),
    };
    Some(Reference { first: character, second: None, length: at + usize::from(bytes.get(at) == Some(&b';')) })
}

/// The standard's names, sorted by byte, with their `;` (106 old ones without it too), each with its one or two
/// code points. Facts, from <https://html.spec.whatwg.org/multipage/named-characters.html>.
static TABLE: &str = include_str!("entities.txt");

const COUNT: usize = 2231;

/// Where each line of the table begins; the last is where it ends.
static LINES: [u16; COUNT + 1] = {
    let mut starts = [0; COUNT + 1];
    let (mut line, mut at) = (1, 0);
    while at < TABLE.len() {
        if TABLE.as_bytes()[at] == b'\n' {
            starts[line] = at as u16 + 1;
            line += 1;
        }
        at += 1;
    }
    starts
};

fn line(index: usize) -> &'static str {
    let start = LINES.get(index).copied().unwrap_or(u16::MAX) as usize;
    let end = LINES.get(index + 1).copied().unwrap_or(u16::MAX) as usize;
    TABLE.get(start..end.saturating_sub(1)).unwrap_or_default()
}

/// The byte of a line at a place in its name; a blank after its end, which sorts before all.
fn byte(index: usize, place: usize) -> u8 {
    line(index).as_bytes().get(place).copied().unwrap_or(b' ')
}

/// The longest name that stands after the `&`.
fn named(bytes: &[u8], place: Place) -> Option<Reference> {
    let name = bytes.get(1..)?;
    // The lines that begin with what has been read; the shortest is the first.
    let (mut from, mut to) = (0, COUNT);
    let mut best = None;
    for (depth, &wanted) in name.iter().enumerate() {
        if !wanted.is_ascii_alphanumeric() && wanted != b';' {
            break;
        }
        from += split(from, to, |index| byte(index, depth) < wanted);
        to = from + split(from, to, |index| byte(index, depth) == wanted);
        if from == to {
            break;
        }
        if byte(from, depth + 1) == b' ' {
            best = Some((from, depth + 1));
        }
    }
    let (index, length) = best?;
    let goes_on = name.get(length).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'=');
    if place == Place::Value && goes_on && name.get(length - 1) != Some(&b';') {
        return None;
    }
    let mut characters =
        line(index).split(' ').skip(1).filter_map(|c| char::from_u32(u32::from_str_radix(c, 16).ok()?));
    Some(Reference { first: characters.next()?, second: characters.next(), length: length + 1 })
}

/// How many of the lines `from..to` come first, those for which `is_before` holds coming before the rest.
fn split(from: usize, to: usize, is_before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (from, to);
    while low < high {
        let middle = low + (high - low) / 2;
        if is_before(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low - from
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(char, usize)> {
        reference(text.as_bytes(), Place::Text).map(|r| (r.first, r.length))
    }

    #[test]
    fn the_longest_name_wins() {
        assert_eq!(read("&nbsp;x"), Some(('\u{a0}', 6)));
        assert_eq!(read("&nbspx"), Some(('\u{a0}', 5)));
        assert_eq!(read("&notin;"), Some(('\u{2209}', 7)));
        assert_eq!(read("&notit;"), Some(('\u{ac}', 4)));
        assert_eq!(read("&noti"), Some(('\u{ac}', 4)));
        assert_eq!((read("&T "), read("&;"), read("&zzz;"), read("& ")), (None, None, None, None));
    }

    #[test]
    fn numbers() {
        assert_eq!(read("&#151;"), Some(('\u{2014}', 6)));
        assert_eq!(read("&#x2014"), Some(('\u{2014}', 7)));
        assert_eq!(read("&#0;"), Some(('\u{fffd}', 4)));
        assert_eq!(read("&#99999999999999;"), Some(('\u{fffd}', 17)));
        assert_eq!(read("&#xD800;"), Some(('\u{fffd}', 8)));
        assert_eq!((read("&#;"), read("&#x;"), read("&#")), (None, None, None));
    }

    #[test]
    fn the_table_is_whole_and_sorted() {
        let names: Vec<&str> = TABLE.lines().filter_map(|l| l.split(' ').next()).collect();
        assert_eq!(names.len(), COUNT);
        assert!(names.is_sorted_by(|a, b| a.as_bytes() < b.as_bytes()));
        assert_eq!(LINES[COUNT] as usize, TABLE.len());
        assert_eq!(names.iter().filter(|n| !n.ends_with(';')).count(), 106);
    }
}
