//! Content that is no markup: titles, styles, scripts.

use crate::scan::is_space;
use crate::tag::Tag;
use memchr::{memchr, memchr2, memmem};

/// What the content of an element is to the tokenizer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// Markup.
    Data,
    /// Text with character references, up to the element's end tag.
    Rcdata,
    /// Text as it is, up to the element's end tag.
    Rawtext,
    /// A script: as [`Content::Rawtext`], but in `<!--` ... `-->` a `<script>` has its own end tag.
    Script,
    /// Text as it is, up to the end of the file.
    Plaintext,
    /// A CDATA section, up to `]]>`.
    Cdata,
}

impl Content {
    /// What follows the start tag of an element.
    pub fn of(tag: Tag) -> Content {
        match tag {
            Tag::Title | Tag::Textarea => Content::Rcdata,
            Tag::Style | Tag::Xmp | Tag::Iframe | Tag::Noembed | Tag::Noframes => Content::Rawtext,
            Tag::Script => Content::Script,
            Tag::Plaintext => Content::Plaintext,
            _ => Content::Data,
        }
    }
}

/// Where content that begins at `start` ends, and where markup goes on.
pub(crate) fn end(bytes: &[u8], start: usize, content: Content, element: &[u8]) -> (usize, usize) {
    let rest = bytes.get(start..).unwrap_or_default();
    let length = match content {
        Content::Data => 0,
        Content::Rcdata | Content::Rawtext => end_tag(rest, element),
        Content::Script => script(rest, element),
        Content::Plaintext => rest.len(),
        Content::Cdata => {
            let length = memmem::find(rest, b"]]>");
            let end = start + length.unwrap_or(rest.len());
            return (end, end + if length.is_some() { 3 } else { 0 });
        }
    };
    (start + length, start + length)
}

/// Where the element's end tag begins.
fn end_tag(bytes: &[u8], element: &[u8]) -> usize {
    memchr::memchr_iter(b'<', bytes).find(|&at| is_end_tag(bytes, at, element)).unwrap_or(bytes.len())
}

/// Is this `<` the first byte of the element's end tag?
fn is_end_tag(bytes: &[u8], at: usize, element: &[u8]) -> bool {
    bytes.get(at + 1) == Some(&b'/') && !element.is_empty() && names(bytes, at + 2, element)
}

/// Does this name stand here, whole?
fn names(bytes: &[u8], at: usize, name: &[u8]) -> bool {
    bytes.get(at..at + name.len()).is_some_and(|written| written.eq_ignore_ascii_case(name))
        && bytes.get(at + name.len()).is_some_and(|&b| is_space(b) || matches!(b, b'/' | b'>'))
}

/// Where the end tag of a script begins. Scripts used to be put into comments, to hide them from browsers
/// that knew none; so inside `<!--` a script may write another, whose end tag is not its own.
fn script(bytes: &[u8], element: &[u8]) -> usize {
    #[derive(PartialEq)]
    enum Within {
        Script,
        Comment,
        Inner,
    }
    let mut within = Within::Script;
    let mut at = 0;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let found = if within == Within::Script { memchr(b'<', rest) } else { memchr2(b'<', b'>', rest) };
        let Some(found) = found else { return bytes.len() };
        let here = at + found;
        at = here + 1;
        if bytes.get(here) == Some(&b'>') {
            if bytes.get(..here).unwrap_or_default().ends_with(b"--") {
                within = Within::Script;
            }
        } else if within != Within::Inner && is_end_tag(bytes, here, element) {
            return here;
        } else {
            within = match within {
                Within::Script if bytes.get(here..here + 4) == Some(b"<!--") => {
                    at = here + 4;
                    Within::Comment
                }
                Within::Comment if names(bytes, here + 1, b"script") => Within::Inner,
                Within::Inner if is_end_tag(bytes, here, b"script") => Within::Comment,
                same => same,
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_in_a_commented_script_has_its_own_end_tag() {
        let text = |text: &str| script(text.as_bytes(), b"script");
        assert_eq!(text("a</script>"), 1);
        assert_eq!(text("<!--</script>"), 4);
        assert_eq!(text("<!--<script></script></script>"), 21);
        assert_eq!(text("<!--<script>--></script>"), 15);
        assert_eq!(text("<!--><script></script>"), 13, "`<!-->` is a whole comment");
        assert_eq!(text("<!--<scripts></script>"), 13);
    }
}
