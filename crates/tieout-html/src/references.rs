//! Character references: `&nbsp;`, `&#160;`, `&#xA0;`.

use tieout_source::{windows_1252, word_hash};

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

/// The standard's names, with their `;` (106 old ones without it too), each with its one or two
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

/// Slots of the hash table, twice the names and less.
const SLOTS: usize = 8192;

/// The number of each line, counted from 1, at the slot of its name or at the first free one after it.
static NAMES: [u16; SLOTS] = {
    let mut names = [0; SLOTS];
    let mut line = 0;
    while line < COUNT {
        let (_, rest) = TABLE.as_bytes().split_at(LINES[line] as usize);
        let mut length = 0;
        while rest[length] != b' ' {
            length += 1;
        }
        let mut at = slot(rest.split_at(length).0);
        while names[at] != 0 {
            at = (at + 1) % SLOTS;
        }
        line += 1;
        names[at] = line as u16;
    }
    names
};

const fn slot(name: &[u8]) -> usize {
    (word_hash(name) >> 32) as usize % SLOTS
}

/// No name is longer.
const LONGEST: usize = 32;

/// The code points of a name, in hexadecimal digits with blanks between.
fn points(name: &[u8]) -> Option<&'static str> {
    let mut at = slot(name);
    loop {
        // An empty slot ends the search: the table is never full.
        let line = (*NAMES.get(at)? as usize).checked_sub(1)?;
        let (start, end) = (*LINES.get(line)? as usize, *LINES.get(line + 1)? as usize);
        let rest = TABLE.get(start..end - 1)?.as_bytes().strip_prefix(name);
        if rest.is_some_and(|rest| rest.first() == Some(&b' ')) {
            return TABLE.get(start + name.len() + 1..end - 1);
        }
        at = (at + 1) % SLOTS;
    }
}

/// The longest name that stands after the `&`.
fn named(bytes: &[u8], place: Place) -> Option<Reference> {
    let text = bytes.get(1..)?;
    let letters = text.iter().take(LONGEST).take_while(|b| b.is_ascii_alphanumeric()).count();
    let longest = letters + usize::from(text.get(letters) == Some(&b';'));
    let (length, points) = (1..=longest).rev().find_map(|length| Some((length, points(text.get(..length)?)?)))?;
    let goes_on = text.get(length).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'=');
    if place == Place::Value && goes_on && text.get(length - 1) != Some(&b';') {
        return None;
    }
    let mut characters = points.split(' ').filter_map(|c| char::from_u32(u32::from_str_radix(c, 16).ok()?));
    Some(Reference { first: characters.next()?, second: characters.next(), length: length + 1 })
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
    fn the_table_is_whole_and_every_name_is_found() {
        let names: Vec<&str> = TABLE.lines().filter_map(|l| l.split(' ').next()).collect();
        assert_eq!(names.len(), COUNT);
        assert!(names.iter().all(|n| n.len() <= LONGEST && points(n.as_bytes()).is_some()));
        assert_eq!(LINES[COUNT] as usize, TABLE.len());
        assert_eq!(names.iter().filter(|n| !n.ends_with(';')).count(), 106);
    }
}
