//! The inside of a tag after its name.

use crate::scan::{attribute_name_end, bare_value_end, is_space};
use memchr::memchr;
use tieout_source::Span;

/// An attribute of a start tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attribute {
    /// Its name as written.
    pub name: Span,
    /// Its value without quotes, character references unread ([`crate::value_characters`]); empty, at the end of the name,
    /// where there is none.
    pub value: Span,
}

/// What comes next in a tag.
pub(crate) enum Step {
    /// An attribute, and where to go on after it.
    Attribute { attribute: Attribute, next: usize },
    /// The end of the tag, and where its `>` is behind us.
    End { after: usize, self_closing: bool },
    /// The end of the file.
    Cut,
}

/// What comes next from `at`, which is not inside an attribute.
#[inline]
pub(crate) fn step(bytes: &[u8], at: usize) -> Step {
    step_or_cut(bytes, at).unwrap_or(Step::Cut)
}

#[inline]
fn step_or_cut(bytes: &[u8], mut at: usize) -> Option<Step> {
    loop {
        match *bytes.get(at)? {
            b'>' => return Some(Step::End { after: at + 1, self_closing: false }),
            b'/' if *bytes.get(at + 1)? == b'>' => return Some(Step::End { after: at + 2, self_closing: true }),
            b'/' => at += 1,
            byte if is_space(byte) => at += 1,
            _ => break,
        }
    }
    let start = at;
    // A name may begin with `=`, but not go on with it.
    at = attribute_name_end(bytes, at + 1)?;
    let name = Span::new(start, at);
    at = skip_space(bytes, at)?;
    if *bytes.get(at)? != b'=' {
        let attribute = Attribute { name, value: Span { start: name.end, end: name.end } };
        return Some(Step::Attribute { attribute, next: at });
    }
    at = skip_space(bytes, at + 1)?;
    let (value, next) = match *bytes.get(at)? {
        quote @ (b'"' | b'\'') => {
            let end = at + 1 + memchr(quote, bytes.get(at + 1..)?)?;
            (Span::new(at + 1, end), end + 1)
        }
        _ => {
            let end = bare_value_end(bytes, at)?;
            (Span::new(at, end), end)
        }
    };
    Some(Step::Attribute { attribute: Attribute { name, value }, next })
}

#[inline]
fn skip_space(bytes: &[u8], mut at: usize) -> Option<usize> {
    while is_space(*bytes.get(at)?) {
        at += 1;
    }
    Some(at)
}

/// Of a name that comes again only the first counts. It is looked for among this many attributes; a tag with
/// more is no filer's, and may show one twice.
const MOST_COMPARED: u32 = 64;

/// The attributes of a start tag in order, each name once: the first wins.
pub fn attributes(bytes: &[u8], attributes: Span) -> Attributes<'_> {
    // The `>` that ends the tag ends a value without quotes too.
    let end = (attributes.end as usize).saturating_add(1).min(bytes.len());
    let start = attributes.start as usize;
    Attributes { bytes: bytes.get(..end).unwrap_or_default(), start, at: start, seen: 0, count: 0 }
}

/// Iterates over the attributes of a start tag.
#[derive(Debug, Clone)]
pub struct Attributes<'a> {
    bytes: &'a [u8],
    start: usize,
    at: usize,
    /// A bit for each name seen, many names to a bit: most names need no comparing.
    seen: u64,
    count: u32,
}

impl Iterator for Attributes<'_> {
    type Item = Attribute;

    fn next(&mut self) -> Option<Attribute> {
        while let Step::Attribute { attribute, next } = step(self.bytes, self.at) {
            self.at = next;
            let name = slice(self.bytes, attribute.name);
            let bit = 1 << (name.iter().fold(0u8, |sum, b| sum.wrapping_mul(3).wrapping_add(b | 0x20)) & 63);
            let again = self.seen & bit != 0 && self.count < MOST_COMPARED && self.is_earlier(attribute.name, name);
            self.seen |= bit;
            self.count += 1;
            if !again {
                return Some(attribute);
            }
        }
        None
    }
}

impl Attributes<'_> {
    fn is_earlier(&self, place: Span, name: &[u8]) -> bool {
        let mut at = self.start;
        while let Step::Attribute { attribute, next } = step(self.bytes, at) {
            if attribute.name.start >= place.start {
                break;
            }
            if slice(self.bytes, attribute.name).eq_ignore_ascii_case(name) {
                return true;
            }
            at = next;
        }
        false
    }
}

/// The value of an attribute by its name, the case of ASCII letters aside.
pub fn attribute(bytes: &[u8], attributes: Span, name: &str) -> Option<Span> {
    let mut all = self::attributes(bytes, attributes);
    loop {
        // The first wins, so that none need be compared with those before it.
        let Step::Attribute { attribute, next } = step(all.bytes, all.at) else { return None };
        if slice(bytes, attribute.name).eq_ignore_ascii_case(name.as_bytes()) {
            return Some(attribute.value);
        }
        all.at = next;
    }
}

fn slice(bytes: &[u8], span: Span) -> &[u8] {
    bytes.get(span.start as usize..span.end as usize).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The attributes of the tag whose inside this is, as `name=value` joined by `|`.
    fn read(inside: &str) -> String {
        let bytes = format!("{inside}>");
        let text = |span: Span| &bytes[span.start as usize..span.end as usize];
        let all = attributes(bytes.as_bytes(), Span::new(0, inside.len()));
        all.map(|a| format!("{}={}", text(a.name), text(a.value))).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn values_with_and_without_quotes() {
        assert_eq!(read(" align=right nowrap colspan = '3'style=\"a>b\"/"), "align=right|nowrap=|colspan=3|style=a>b");
        assert_eq!(read(" a=b=\"c d\" =x=y href=a/"), "a=b=\"c|d\"=x=y|href=a/");
    }

    #[test]
    fn the_first_of_a_name_wins() {
        assert_eq!(read(" id=1 Class=2 ID=3 class=4"), "id=1|Class=2");
        let bytes = b"<td a=1 B=2 b=3>";
        assert_eq!(attribute(bytes, Span::new(3, 15), "b"), Some(Span::new(10, 11)));
        assert_eq!(attribute(bytes, Span::new(3, 15), "c"), None);
    }

    #[test]
    fn spans_of_anything_are_read_without_harm() {
        let bytes = b"a=\"1";
        for span in [Span::new(0, 4), Span::new(0, 90), Span::new(90, 95), Span { start: 3, end: 1 }] {
            assert!(attributes(bytes, span).count() <= 1);
        }
    }
}
