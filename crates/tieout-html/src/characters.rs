//! Text as characters, each with the bytes it came from.

use crate::references::{Place, reference};
use tieout_source::{Span, windows_1252};

/// The characters of a text token: references decoded, line ends made `\n`.
///
/// Bytes that are a UTF-8 character are that; any other byte is Windows-1252, as filers wrote before UTF-8
/// and, here and there, in the midst of it. A reference that stands for two characters gives both the same
/// span. Characters of no width, NUL and the byte order mark are left in.
pub fn characters(bytes: &[u8], text: Span) -> Characters<'_> {
    Characters::new(bytes, text, Some(Place::Text))
}

/// The characters of an attribute's value: as [`characters`], but that a name without `;` before a letter, a
/// digit or `=` is none of a character ("?a=1&copy=2").
pub fn value_characters(bytes: &[u8], value: Span) -> Characters<'_> {
    Characters::new(bytes, value, Some(Place::Value))
}

/// The characters of text in which `&` is itself: comments, and the content of `<style>`, `<script>` and their
/// like.
pub fn raw_characters(bytes: &[u8], text: Span) -> Characters<'_> {
    Characters::new(bytes, text, None)
}

/// Appends the [`characters`] of a text token.
pub fn decode(bytes: &[u8], text: Span, into: &mut String) {
    let mut all = characters(bytes, text);
    loop {
        into.push_str(all.plain().0);
        match all.next() {
            Some((character, _)) => into.push(character),
            None => return,
        }
    }
}

/// Iterates over characters and the bytes each came from.
#[derive(Debug, Clone)]
pub struct Characters<'a> {
    /// From the first byte of the source, so that offsets are the source's, to the end of the text.
    bytes: &'a [u8],
    at: usize,
    /// Where references are read, and of which kind.
    references: Option<Place>,
    /// The second character of a reference that stands for two.
    second: Option<(char, Span)>,
}

impl<'a> Characters<'a> {
    fn new(bytes: &'a [u8], text: Span, references: Option<Place>) -> Self {
        let end = (text.end as usize).min(bytes.len());
        let bytes = bytes.get(..end).unwrap_or_default();
        Characters { bytes, at: text.start as usize, references, second: None }
    }

    /// The next run of ASCII in which every byte is its own character, passed over, and where it begins. NUL is
    /// left to be asked for by itself.
    pub fn plain(&mut self) -> (&'a str, usize) {
        if self.second.is_some() {
            return ("", self.at);
        }
        let start = self.at;
        let rest = self.bytes.get(start..).unwrap_or_default();
        let length = rest.iter().position(|&b| !b.is_ascii() || matches!(b, b'&' | b'\r' | 0)).unwrap_or(rest.len());
        self.at += length;
        (rest.get(..length).and_then(|run| std::str::from_utf8(run).ok()).unwrap_or_default(), start)
    }
}

impl Iterator for Characters<'_> {
    type Item = (char, Span);

    #[inline]
    fn next(&mut self) -> Option<(char, Span)> {
        if let Some(second) = self.second.take() {
            return Some(second);
        }
        let start = self.at;
        let byte = *self.bytes.get(start)?;
        let (character, length) = match byte {
            b'&' if self.references.is_some() => {
                let place = self.references.unwrap_or(Place::Text);
                match reference(self.bytes.get(start..).unwrap_or_default(), place) {
                    Some(found) => {
                        let span = Span::new(start, start + found.length);
                        self.second = found.second.map(|character| (character, span));
                        (found.first, found.length)
                    }
                    None => ('&', 1),
                }
            }
            b'\r' => ('\n', 1 + usize::from(self.bytes.get(start + 1) == Some(&b'\n'))),
            0..0x80 => (byte as char, 1),
            _ => utf8(self.bytes, start).unwrap_or((windows_1252(byte), 1)),
        };
        self.at = start + length;
        Some((character, Span::new(start, self.at)))
    }
}

/// The UTF-8 character that begins here with a byte beyond ASCII, and its length.
fn utf8(bytes: &[u8], at: usize) -> Option<(char, usize)> {
    let length = match bytes.get(at)? {
        0xC2..0xE0 => 2,
        0xE0..0xF0 => 3,
        0xF0..0xF5 => 4,
        _ => return None,
    };
    let character = std::str::from_utf8(bytes.get(at..at + length)?).ok()?.chars().next()?;
    Some((character, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(bytes: &[u8]) -> Span {
        Span::new(0, bytes.len())
    }

    fn read(bytes: &[u8]) -> String {
        let mut text = String::new();
        decode(bytes, whole(bytes), &mut text);
        assert_eq!(text, characters(bytes, whole(bytes)).map(|(c, _)| c).collect::<String>());
        text
    }

    #[test]
    fn encodings_run_by_run() {
        assert_eq!(read(b"\xE2\x80\x94 and \x97, \xE9t\xE9, \x81"), "\u{2014} and \u{2014}, \u{e9}t\u{e9}, \u{81}");
        assert_eq!(read(b"cut \xE2\x80"), "cut \u{e2}\u{20ac}");
    }

    #[test]
    fn each_character_has_its_bytes() {
        let bytes = b"a&#8212;\xE2\x80\x94\r\n&nGt;&";
        let all: Vec<_> = characters(bytes, whole(bytes)).map(|(c, s)| (c, s.start, s.end)).collect();
        let two = [('\u{226b}', 13, 18), ('\u{20d2}', 13, 18)];
        assert_eq!(all[..4], [('a', 0, 1), ('\u{2014}', 1, 8), ('\u{2014}', 8, 11), ('\n', 11, 13)]);
        assert_eq!(all[4..6], two);
        assert_eq!(all[6..], [('&', 18, 19)]);
    }

    #[test]
    fn a_value_keeps_a_name_that_goes_on() {
        let text = |bytes: &[u8]| value_characters(bytes, whole(bytes)).map(|(c, _)| c).collect::<String>();
        assert_eq!(text(b"?a&copy=1&copy;&copy"), "?a&copy=1\u{a9}\u{a9}");
        assert_eq!(read(b"?a&copy=1"), "?a\u{a9}=1");
        assert_eq!(raw_characters(b"&lt;", Span::new(0, 4)).count(), 4);
    }
}
