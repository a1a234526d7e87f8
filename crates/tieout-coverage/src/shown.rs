//! A document as its readers see it, one byte after the other, with the way back to the file. No tables and no
//! paragraphs are made of it: what those stages lose must not be lost here too.

use crate::skip::Run;
use std::borrow::Cow;
use tieout_html::{Tag, Token, attribute, characters, tokens};
use tieout_model::{Document, DocumentFormat};
use tieout_source::{Source, Span};

/// Stands before what is set above the line: a note's mark, where it is a number.
pub(crate) const RAISED: u8 = 0x1E;

/// Stands between the cells of a row.
pub(crate) const CELL: u8 = b'\t';

/// Stands between the lines of a cell.
pub(crate) const BREAK: u8 = b'\x0C';

/// The text of a document.
pub(crate) struct Shown<'a> {
    pub(crate) text: Cow<'a, [u8]>,
    /// Runs that stand unbroken in the file: where each begins in the text, and in the file.
    anchors: Vec<(u32, u32)>,
    /// Where the file has words too small to be seen: those that stand behind the picture of a slide.
    pub(crate) tiny: Vec<Span>,
}

impl<'a> Shown<'a> {
    /// What a document shows; none where it is not made of text.
    pub(crate) fn of(source: &Source<'a>, document: &Document) -> Option<Shown<'a>> {
        match document.format {
            DocumentFormat::Text => Some(Shown {
                text: Cow::Borrowed(source.slice(document.body)),
                anchors: vec![(0, document.body.start)],
                tiny: Vec::new(),
            }),
            DocumentFormat::Html => Some(html(source.bytes, document.body)),
            DocumentFormat::Schedule | DocumentFormat::Other => None,
        }
    }

    /// The bytes of the file from which `start..end` of the text was read.
    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        let place = |at: usize| {
            let i = self.anchors.partition_point(|a| a.0 as usize <= at).max(1) - 1;
            self.anchors.get(i).map_or(0, |a| a.1 as usize + at - a.0 as usize)
        };
        Span::new(place(start), place(end.saturating_sub(1).max(start)) + 1)
    }

    /// The row of a table, or the line, in which a number stands; no more of it than a reader can take in.
    pub(crate) fn row(&self, run: &Run<'_>) -> Span {
        const FAR: usize = 600;
        let low = run.start.saturating_sub(FAR);
        let before = self.text.get(low..run.start).unwrap_or_default();
        let after = self.text.get(run.end..(run.end + FAR).min(self.text.len())).unwrap_or_default();
        let start = memchr::memrchr(b'\n', before).map_or(low, |i| low + i + 1);
        let end = memchr::memchr(b'\n', after).map_or(run.end + after.len(), |i| run.end + i);
        self.span(start, end)
    }
}

fn html<'a>(bytes: &[u8], body: Span) -> Shown<'a> {
    let mut out = Shown { text: Cow::Owned(Vec::new()), anchors: Vec::new(), tiny: Vec::new() };
    let text = out.text.to_mut();
    // What is not shown, and how many of its name are open in it; what is too small to be seen.
    let mut hidden: Option<(Tag, u32)> = None;
    let mut tiny: Option<(Tag, u32)> = None;
    let mut cell = false;
    for token in tokens(bytes, body) {
        match token {
            Token::Start { tag, self_closing, attributes, .. } => {
                if let Some((own, depth)) = &mut tiny {
                    *depth += u32::from(tag == *own && !self_closing);
                }
                if let Some((own, depth)) = &mut hidden {
                    *depth += u32::from(tag == *own && !self_closing);
                    continue;
                }
                let style = attribute(bytes, attributes, "style").unwrap_or_default();
                let style = Style::of(bytes.get(style.start as usize..style.end as usize).unwrap_or_default());
                let unseen = matches!(tag, Tag::Script | Tag::Style | Tag::Title | Tag::IxHeader | Tag::IxHidden);
                if !self_closing && (unseen || style.gone) {
                    hidden = Some((tag, 1));
                    continue;
                }
                if style.tiny && tiny.is_none() {
                    tiny = Some((tag, 1));
                }
                if style.raised && matches!(tag, Tag::Font | Tag::Span) {
                    text.push(RAISED);
                }
                parting(tag, true, &mut cell, text);
            }
            Token::End { tag, .. } => {
                close(&mut tiny, tag);
                if hidden.is_some() {
                    close(&mut hidden, tag);
                } else {
                    parting(tag, false, &mut cell, text);
                }
            }
            Token::Text { span, .. } if hidden.is_none() => {
                if tiny.is_some() {
                    out.tiny.push(span);
                }
                for (c, place) in characters(bytes, span) {
                    let unbroken = out.anchors.last().is_some_and(|&(at, from)| {
                        place.start.wrapping_sub(from) == (text.len() as u32).wrapping_sub(at)
                    });
                    if !unbroken {
                        out.anchors.push((text.len() as u32, place.start));
                    }
                    match c {
                        '\u{200B}' | '\u{FEFF}' | '\u{AD}' => {}
                        '\u{2013}' | '\u{2014}' | '\u{2011}' | '\u{2010}' => text.push(b'-'),
                        '\u{2018}' | '\u{2019}' => text.push(b'\''),
                        c if c.is_whitespace() => text.push(b' '),
                        c => text.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
                    }
                }
            }
            Token::Text { .. } | Token::Comment { .. } | Token::Doctype { .. } => {}
        }
    }
    out
}

/// Ends what a tag ends.
fn close(open: &mut Option<(Tag, u32)>, tag: Tag) {
    if let Some((own, depth)) = open {
        *depth -= u32::from(tag == *own);
        if *depth == 0 || matches!(tag, Tag::Body | Tag::Html) {
            *open = None;
        }
    }
}

/// What a style says of how words are seen.
#[derive(Default)]
struct Style {
    gone: bool,
    /// No more than two points high.
    tiny: bool,
    raised: bool,
}

impl Style {
    fn of(style: &[u8]) -> Style {
        let mut look = Style::default();
        for rule in style.split(|b| *b == b';') {
            let at = rule.iter().position(|b| *b == b':').unwrap_or(rule.len());
            let name = rule.get(..at).unwrap_or_default().trim_ascii();
            let value = rule.get(at + 1..).unwrap_or_default().trim_ascii();
            if name.eq_ignore_ascii_case(b"display") {
                look.gone |= value.to_ascii_lowercase().starts_with(b"none");
            } else if name.eq_ignore_ascii_case(b"vertical-align") {
                look.raised |= [&b"super"[..], b"top", b"text-top"].iter().any(|v| value.eq_ignore_ascii_case(v));
            } else if name.eq_ignore_ascii_case(b"font-size") {
                let size = value.iter().position(|b| !b.is_ascii_digit()).map(|n| value.split_at(n));
                look.tiny |= size.is_some_and(|(n, rest)| {
                    matches!(n, b"0" | b"1")
                        && (rest.starts_with(b"pt") || rest.starts_with(b"px") || rest.starts_with(b"."))
                });
            }
        }
        look
    }
}

/// What begins or ends a line, a cell, or something set above the line.
fn parting(tag: Tag, opens: bool, cell: &mut bool, text: &mut Vec<u8>) {
    let byte = match tag {
        Tag::Td | Tag::Th => {
            *cell = opens;
            CELL
        }
        Tag::Tr | Tag::Table => {
            *cell = false;
            b'\n'
        }
        Tag::Sup if opens => RAISED,
        Tag::Br
        | Tag::P
        | Tag::Div
        | Tag::Li
        | Tag::H1
        | Tag::H2
        | Tag::H3
        | Tag::H4
        | Tag::H5
        | Tag::H6
        | Tag::Hr
        | Tag::Center
        | Tag::Pre
        | Tag::Dt
        | Tag::Dd => {
            if *cell {
                BREAK
            } else {
                b'\n'
            }
        }
        _ => return,
    };
    text.push(byte);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_and_where_it_stands() {
        let bytes =
            b"<title>7</title><p>a&#160;<b>1&#44;2</b></p><div style='display: none'><div>8</div>9</div>3<sup>4</sup>";
        let shown = html(bytes, Span::new(0, bytes.len()));
        let words = String::from_utf8_lossy(&shown.text).replace('\n', "|").replace(RAISED as char, "^");
        assert_eq!(words, "|a 1,2|3^4");
        let span = shown.span(3, 6);
        assert_eq!(&bytes[span.start as usize..span.end as usize], b"1&#44;2");
        let span = shown.span(9, 10);
        assert_eq!(&bytes[span.start as usize..span.end as usize], b"4");
    }
}
