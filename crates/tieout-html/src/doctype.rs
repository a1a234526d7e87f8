//! The parts of a document type.

use crate::scan::is_space;
use tieout_source::Span;

/// The parts of a document type as written. A part that is missing is None, which is not the same as empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Doctype {
    /// Its name: `html`.
    pub name: Option<Span>,
    /// Its public identifier, without quotes.
    pub public: Option<Span>,
    /// Its system identifier, without quotes.
    pub system: Option<Span>,
    /// Whether it is malformed, so that browsers show the page as those of the 1990s did.
    pub force_quirks: bool,
}

/// Reads the parts of a [`crate::Token::Doctype`] from its span.
pub fn doctype(bytes: &[u8], span: Span) -> Doctype {
    let slice = bytes.get(span.start as usize..span.end as usize).unwrap_or_default();
    let (body, whole) = slice.strip_suffix(b">").map_or((slice, false), |body| (body, true));
    let mut reader = Reader { body, at: "<!DOCTYPE".len(), offset: span.start as usize };
    let mut out = Doctype::default();
    out.force_quirks = reader.read(&mut out).is_none_or(|bogus| !whole && !bogus);
    out
}

struct Reader<'a> {
    body: &'a [u8],
    at: usize,
    offset: usize,
}

impl Reader<'_> {
    /// None where the standard sets the force-quirks flag; otherwise whether more follows than the standard knows,
    /// in which case it does not set the flag even where the end is missing.
    fn read(&mut self, out: &mut Doctype) -> Option<bool> {
        self.skip_space();
        let start = self.at;
        while self.peek().is_some_and(|b| !is_space(b)) {
            self.at += 1;
        }
        if self.at == start {
            return None;
        }
        out.name = Some(self.span(start, self.at));
        self.skip_space();
        if self.peek().is_none() {
            return Some(false);
        }
        let keyword = self.body.get(self.at..self.at + 6)?;
        let is_public = keyword.eq_ignore_ascii_case(b"public");
        if !is_public && !keyword.eq_ignore_ascii_case(b"system") {
            return None;
        }
        self.at += 6;
        self.skip_space();
        if is_public {
            self.quoted(&mut out.public)?;
            self.skip_space();
            if self.peek().is_none() {
                return Some(false);
            }
        }
        self.quoted(&mut out.system)?;
        self.skip_space();
        Some(self.peek().is_some())
    }

    fn peek(&self) -> Option<u8> {
        self.body.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(is_space) {
            self.at += 1;
        }
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.offset + start, self.offset + end)
    }

    /// An identifier in quotes. One that is not closed is kept, and None says so.
    fn quoted(&mut self, into: &mut Option<Span>) -> Option<()> {
        let quote = self.peek().filter(|b| matches!(b, b'"' | b'\''))?;
        let start = self.at + 1;
        let length = memchr::memchr(quote, self.body.get(start..)?);
        let end = length.map_or(self.body.len(), |length| start + length);
        *into = Some(self.span(start, end));
        self.at = end + 1;
        length.map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Option<&str>, Option<&str>, Option<&str>, bool) {
        let part = |span: Option<Span>| span.map(|s| &text[s.start as usize..s.end as usize]);
        let parts = doctype(text.as_bytes(), Span::new(0, text.len()));
        (part(parts.name), part(parts.public), part(parts.system), parts.force_quirks)
    }

    #[test]
    fn parts() {
        assert_eq!(read("<!DOCTYPE html>"), (Some("html"), None, None, false));
        assert_eq!(
            read("<!doctype HTML PUBLIC \"-//W3C//DTD HTML 3.2//EN\" 'x'>"),
            (Some("HTML"), Some("-//W3C//DTD HTML 3.2//EN"), Some("x"), false)
        );
        assert_eq!(read("<!DOCTYPE html SYSTEM \"a"), (Some("html"), None, Some("a"), true));
        assert_eq!(read("<!DOCTYPE html nonsense>"), (Some("html"), None, None, true));
        assert_eq!(read("<!DOCTYPE>"), (None, None, None, true));
    }
}
