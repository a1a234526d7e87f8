//! The data state and what begins with `<` in it.

use crate::attributes::{Step, step};
use crate::raw::{self, Content};
use crate::scan::tag_name_end;
use crate::tag::{self, Tag};
use memchr::{memchr, memchr2};
use tieout_source::Span;

/// One event. Events come in the order of their bytes, and every byte belongs to one, but for those that mean
/// nothing: `</>`, and a tag that the end of the file cuts off. Spans are of the bytes as they are: see the crate's page for what is not normalised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token {
    /// A start tag.
    Start {
        /// Its name, if known.
        tag: Tag,
        /// Its name as written.
        name: Span,
        /// The bytes between the name and `>`, for [`crate::attributes`].
        attributes: Span,
        /// Whether it ends in `/>`, which HTML itself ignores.
        self_closing: bool,
        /// From `<` to `>`, both included.
        span: Span,
    },
    /// An end tag. Its attributes, which have no meaning, lie between the name and the end of the span.
    End {
        /// Its name, if known.
        tag: Tag,
        /// Its name as written.
        name: Span,
        /// From `<` to `>`, both included.
        span: Span,
    },
    /// Text. Never empty; two may follow one another, where what stands between means nothing.
    Text {
        /// Where it stands.
        span: Span,
        /// Whether a `&` may begin a character reference in it. False in `<style>`, `<script>` and their like,
        /// where `&` is itself: read those with [`crate::raw_characters`], if at all.
        references: bool,
    },
    /// A comment, or what the standard makes one: `<?xml ... ?>`, `<![CDATA[...`, `</ ...>`, `<!...>`.
    Comment {
        /// With all its marks.
        span: Span,
        /// What it says.
        data: Span,
    },
    /// A document type; [`crate::doctype`] reads its parts.
    Doctype {
        /// From `<` to `>`, both included.
        span: Span,
    },
}

impl Token {
    /// All of its bytes.
    pub fn span(&self) -> Span {
        match *self {
            Token::Start { span, .. } | Token::End { span, .. } | Token::Text { span, .. } => span,
            Token::Comment { span, .. } | Token::Doctype { span } => span,
        }
    }
}

/// The events of `bytes[body]`.
pub fn tokens(bytes: &[u8], body: Span) -> Tokens<'_> {
    tokens_within(bytes, body, Content::Data, b"")
}

/// The events of `bytes[body]` where `body` lies inside an element: `content` says of what sort, `element` is its
/// name, whose end tag alone ends content that is no markup.
pub fn tokens_within<'a>(bytes: &'a [u8], body: Span, content: Content, element: &'a [u8]) -> Tokens<'a> {
    let end = (body.end as usize).min(bytes.len());
    Tokens { bytes: bytes.get(..end).unwrap_or_default(), at: body.start as usize, content, element }
}

/// Iterates over the events of some bytes.
#[derive(Debug, Clone)]
pub struct Tokens<'a> {
    /// From the first byte of the source, so that offsets are the source's, to the end of the body.
    bytes: &'a [u8],
    at: usize,
    content: Content,
    /// The name of the element the content is of.
    element: &'a [u8],
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    #[inline]
    fn next(&mut self) -> Option<Token> {
        if self.content != Content::Data
            && let Some(text) = self.raw()
        {
            return Some(text);
        }
        while *self.bytes.get(self.at)? == b'<' {
            let start = self.at;
            let token = match self.bytes.get(start + 1) {
                Some(byte) if byte.is_ascii_alphabetic() => self.start_tag(start),
                _ if !opens_markup(self.bytes, start) => break,
                Some(b'/') => self.end_tag(start),
                Some(b'!') => Some(self.declaration(start)),
                _ => Some(self.bogus(start, start + 1)),
            };
            // None where it means nothing: `</>`, or a tag that the end of the file cuts off.
            if token.is_some() {
                return token;
            }
        }
        self.text()
    }
}

impl<'a> Tokens<'a> {
    /// Content that is no markup, up to what ends it; None if it is empty.
    fn raw(&mut self) -> Option<Token> {
        let start = self.at;
        let (end, next) = raw::end(self.bytes, start, self.content, self.element);
        let references = self.content == Content::Rcdata && memchr(b'&', self.bytes.get(start..end)?).is_some();
        self.at = next;
        self.content = Content::Data;
        (start < end).then(|| Token::Text { span: Span::new(start, end), references })
    }

    /// Text up to the next `<` that opens markup.
    fn text(&mut self) -> Option<Token> {
        let start = self.at;
        let mut references = false;
        let mut at = start;
        loop {
            let rest = self.bytes.get(at..).unwrap_or_default();
            let found = if references { memchr(b'<', rest) } else { memchr2(b'<', b'&', rest) };
            at += found.unwrap_or(rest.len());
            match self.bytes.get(at) {
                Some(b'&') => references = true,
                Some(_) if !opens_markup(self.bytes, at) => {}
                _ => break,
            }
            at += 1;
        }
        self.at = at;
        (start < at).then(|| Token::Text { span: Span::new(start, at), references })
    }

    #[inline]
    fn end_tag(&mut self, start: usize) -> Option<Token> {
        match self.bytes.get(start + 2) {
            Some(byte) if byte.is_ascii_alphabetic() => {
                let (name, end, _) = self.tag(start + 2)?;
                let tag = tag::tag(self.bytes, name.start as usize, name.end as usize);
                Some(Token::End { tag, name, span: Span::new(start, end) })
            }
            Some(b'>') => {
                self.at = start + 3;
                None
            }
            _ => Some(self.bogus(start, start + 2)),
        }
    }

    #[inline]
    fn start_tag(&mut self, start: usize) -> Option<Token> {
        let (name, end, self_closing) = self.tag(start + 1)?;
        let tag = tag::tag(self.bytes, name.start as usize, name.end as usize);
        self.content = Content::of(tag);
        if self.content != Content::Data {
            self.element = self.bytes.get(name.start as usize..name.end as usize)?;
        }
        let attributes = Span { start: name.end, end: end as u32 - 1 };
        Some(Token::Start { tag, name, attributes, self_closing, span: Span::new(start, end) })
    }

    #[inline]
    /// The name of a tag, where it ends, and whether in `/>`. None where the file ends first.
    fn tag(&mut self, start: usize) -> Option<(Span, usize, bool)> {
        let bytes = self.bytes;
        let mut at = tag_name_end(bytes, start).unwrap_or(bytes.len());
        let name = Span::new(start, at);
        loop {
            match step(bytes, at) {
                Step::Attribute { next, .. } => at = next,
                Step::End { after, self_closing } => {
                    self.at = after;
                    return Some((name, after, self_closing));
                }
                Step::Cut => {
                    self.at = bytes.len();
                    return None;
                }
            }
        }
    }

    /// What begins with `<!`.
    fn declaration(&mut self, start: usize) -> Token {
        let rest = self.bytes.get(start + 2..).unwrap_or_default();
        if rest.starts_with(b"--") {
            return self.comment(start);
        }
        if rest.get(..7).is_some_and(|word| word.eq_ignore_ascii_case(b"doctype")) {
            // In every state of a document type `>` ends it, quoted or not.
            let Token::Comment { span, .. } = self.bogus(start, start + 2) else { return self.comment(start) };
            return Token::Doctype { span };
        }
        self.bogus(start, start + 2)
    }

    /// `<!--` up to `-->` or `--!>`; `<!-->` and `<!--->` are whole.
    fn comment(&mut self, start: usize) -> Token {
        let first = start + 4;
        let rest = self.bytes.get(first..).unwrap_or_default();
        let mut end = None;
        for close in memchr::memchr_iter(b'>', rest) {
            let before = rest.get(..close).unwrap_or_default();
            let data = before.strip_suffix(b"--").or_else(|| before.strip_suffix(b"--!"));
            let data = if matches!(before, b"" | b"-") { Some(&b""[..]) } else { data };
            if let Some(data) = data {
                end = Some((data.len(), close + 1));
                break;
            }
        }
        let (length, after) = end.unwrap_or_else(|| {
            // Cut off by the end of the file: dashes that might have ended it are not part of it.
            let data =
                rest.strip_suffix(b"--!").or_else(|| rest.strip_suffix(b"--")).or_else(|| rest.strip_suffix(b"-"));
            (data.unwrap_or(rest).len(), rest.len())
        });
        self.at = first + after;
        Token::Comment { span: Span::new(start, self.at), data: Span::new(first, first + length) }
    }

    /// Whatever else ends at the next `>`.
    fn bogus(&mut self, start: usize, first: usize) -> Token {
        let rest = self.bytes.get(first..).unwrap_or_default();
        let close = memchr(b'>', rest);
        let end = first + close.unwrap_or(rest.len());
        self.at = end + usize::from(close.is_some());
        Token::Comment { span: Span::new(start, self.at), data: Span::new(first, end) }
    }
}

/// Whether the `<` here is more than a sign in the text.
fn opens_markup(bytes: &[u8], at: usize) -> bool {
    match bytes.get(at + 1) {
        Some(b'!' | b'?') => true,
        Some(b'/') => at + 2 < bytes.len(),
        Some(byte) => byte.is_ascii_alphabetic(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tokens of a text, each as its letter and bytes.
    fn read(text: &str) -> Vec<String> {
        let slice = |span: Span| &text[span.start as usize..span.end as usize];
        let show = |token: Token| match token {
            Token::Start { tag, attributes, self_closing, .. } => {
                format!("start {tag:?}{}{}", slice(attributes), if self_closing { " closed" } else { "" })
            }
            Token::End { tag, .. } => format!("end {tag:?}"),
            Token::Text { span, references } => {
                format!("text {}{}", slice(span), if references { " with &" } else { "" })
            }
            Token::Comment { data, .. } => format!("comment {}", slice(data)),
            Token::Doctype { span } => format!("doctype {}", slice(span)),
        };
        tokens(text.as_bytes(), Span::new(0, text.len())).map(show).collect()
    }

    #[test]
    fn a_cell() {
        assert_eq!(
            read("<TD align=\"right\">1,234&nbsp;</TD>\n<br/>"),
            ["start Td align=\"right\"", "text 1,234&nbsp; with &", "end Td", "text \n", "start Br/ closed"]
        );
    }

    #[test]
    fn signs_that_are_text() {
        assert_eq!(read("a < b <3 </"), ["text a < b <3 </"]);
        assert_eq!(read("a</>b<td x=\""), ["text a", "text b"], "nothing, and a tag cut off");
    }

    #[test]
    fn comments_end_where_browsers_end_them() {
        assert_eq!(
            read("<!--a--!>b<!-->c<!--->d<!---->"),
            ["comment a", "text b", "comment ", "text c", "comment ", "text d", "comment "]
        );
        assert_eq!(
            read("<?xml version=\"1.0\"?></ x><![CDATA[y]]>"),
            ["comment ?xml version=\"1.0\"?", "comment  x", "comment [CDATA[y]]"]
        );
    }

    #[test]
    fn styles_are_no_markup() {
        assert_eq!(read("<style><b>&amp;</style><b>"), ["start Style", "text <b>&amp;", "end Style", "start B"]);
        assert_eq!(
            read("<title>A&amp;B</titles></TITLE >"),
            ["start Title", "text A&amp;B</titles> with &", "end Title"]
        );
    }

    #[test]
    fn a_body_ends_where_it_ends() {
        let bytes = b"<p>one<b>two";
        let all: Vec<Span> = tokens(bytes, Span::new(3, 7)).map(|t| t.span()).collect();
        assert_eq!(all, [Span::new(3, 7)], "a tag beyond the end is not looked at");
        assert_eq!(tokens(bytes, Span::new(40, 50)).count(), 0);
        assert_eq!(tokens(bytes, Span { start: 7, end: 3 }).count(), 0);
    }

    /// Were anything looked for to the end of the file again and again, this would take hours.
    #[test]
    fn cost_is_linear() {
        for piece in [
            "<",
            "</",
            "<!",
            "<!--",
            "<!-- -",
            "<a b=\"",
            "<a b='",
            "<a b",
            "<a/",
            " b",
            "&",
            "&#",
            "</>",
            "<![CDATA[",
            "<title>",
            "</title",
            "<script><!--",
            "<script><!--<script>",
            "</script",
            "-->",
            "--!",
            "<!doctype \"",
            "<plaintext>",
            "\r",
        ] {
            for opening in ["", "<a ", "<a b=\"", "<!--", "<title>", "<script>", "<script><!--", "<script><!--<script>"]
            {
                let text = [opening, &piece.repeat(1_000_000 / piece.len())].concat();
                let bytes = text.as_bytes();
                let mut count = 0;
                for token in tokens(bytes, Span::new(0, bytes.len())) {
                    count += 1;
                    if let Token::Start { attributes, .. } = token {
                        count += crate::attributes(bytes, attributes).count();
                    }
                }
                assert!(count <= bytes.len());
            }
        }
    }
}
