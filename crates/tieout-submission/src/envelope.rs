//! The envelope of a submission: where its header and its documents stand (STANDARDS 1.1, 1.2, 1.4).
//!
//! Known outer forms: a PEM message around everything, `<SEC-DOCUMENT>` or `<IMS-DOCUMENT>`, the SGML
//! `<SUBMISSION>` of the daily feeds, a file that starts at `<DOCUMENT>`, and none of these.

use crate::format;
use memchr::memmem;
use tieout_model::{Document, Finding, Label, Severity};
use tieout_source::{Source, Span, decode};

/// What the envelope is made of.
#[derive(Debug, Default)]
pub(crate) struct Envelope {
    /// From the first envelope line to the first document; empty where there is no header.
    pub(crate) header: Span,
    pub(crate) documents: Vec<Document>,
    pub(crate) findings: Vec<Finding>,
    /// No envelope line and no document tag: the file itself is the document.
    pub(crate) bare: bool,
}

const PEM: &[u8] = b"-----BEGIN PRIVACY-ENHANCED MESSAGE-----";

/// How far into a file its header may begin: a PEM block is a few hundred bytes.
const PREAMBLE: usize = 16 * 1024;

/// The longest header looked at; a filing by hundreds of parties has some 100 KB.
const HEADER: usize = 4 * 1024 * 1024;

/// Finds header and documents.
pub(crate) fn read(source: &Source<'_>) -> Envelope {
    let bytes = source.bytes;
    let mut envelope = Envelope::default();
    let blocks = blocks(bytes);
    let first = blocks.first().map_or(bytes.len(), |b| b.start);
    envelope.header = header(bytes, first);
    envelope.bare = blocks.is_empty() && envelope.header.is_empty();
    let escaped = dash_escaped(bytes);
    for block in &blocks {
        let number = envelope.documents.len() as u32 + 1;
        envelope.documents.push(document(bytes, block, escaped));
        if !block.closed {
            let span = Span::new(block.start, block.start + OPEN.len());
            envelope.findings.push(unread(number, "the document has no </DOCUMENT>; the file may be cut short", span));
        }
    }
    if blocks.is_empty() && !envelope.header.is_empty() {
        envelope.findings.push(unread(0, "the header is followed by no document", envelope.header));
    }
    envelope
}

/// A note about something that was not as the format has it.
pub(crate) fn unread(doc: u32, message: &str, span: Span) -> Finding {
    let labels = vec![Label { span, text: String::new() }];
    Finding { code: "READ", severity: Severity::Note, doc, message: message.into(), labels, help: String::new() }
}

/// True where every line that began with a dash was sent as `- ` and the line (PEM, STANDARDS 1.1). Some
/// archives keep the escaped lines and drop the PEM block, so without one the lines themselves are asked.
pub(crate) fn dash_escaped(bytes: &[u8]) -> bool {
    let head = bytes.get(..PREAMBLE).unwrap_or(bytes);
    memmem::find(head, PEM).is_some()
        || (memmem::find(bytes, b"\n- --").is_some() && memmem::find(bytes, b"\n--").is_none())
}

struct Block {
    start: usize,
    end: usize,
    closed: bool,
}

const OPEN: &[u8] = b"<DOCUMENT>";

/// Every `<DOCUMENT>` that is followed by `<TYPE>`, each to its `</DOCUMENT>` or to the next. A document
/// that quotes the tag in its text is not cut there.
fn blocks(bytes: &[u8]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = false;
    for at in memmem::find_iter(bytes, b"DOCUMENT>") {
        let before = bytes.get(at.saturating_sub(2)..at).unwrap_or_default();
        let after = bytes.get(at + 9..).unwrap_or_default();
        if before.ends_with(b"<") && starts_with_type(after) {
            if let Some(last) = blocks.last_mut()
                && open
            {
                last.end = at - 1;
            }
            blocks.push(Block { start: at - 1, end: bytes.len(), closed: false });
            open = true;
        } else if before == b"</"
            && open
            && let Some(last) = blocks.last_mut()
        {
            (last.end, last.closed, open) = (at - 2, true, false);
        }
    }
    blocks
}

fn starts_with_type(after: &[u8]) -> bool {
    let gap = after.iter().take(64).take_while(|b| b.is_ascii_whitespace()).count();
    after.get(gap..gap + 6).is_some_and(|t| t.eq_ignore_ascii_case(b"<TYPE>"))
}

/// The header's place, from its first tag or key to the first document or its own end tag.
fn header(bytes: &[u8], first: usize) -> Span {
    let area = bytes.get(..first.min(HEADER)).unwrap_or(bytes);
    let preamble = area.get(..PREAMBLE).unwrap_or(area);
    let marks: [&[u8]; 5] = [b"<SEC-DOCUMENT>", b"<IMS-DOCUMENT>", b"<SEC-HEADER>", b"<IMS-HEADER>", b"<SUBMISSION>"];
    let found = marks.iter().filter_map(|mark| memmem::find(preamble, mark)).min();
    let text = preamble.trim_ascii_start();
    let bare = [b"<ACCEPTANCE-DATETIME>".as_slice(), b"ACCESSION NUMBER:"].iter().any(|k| text.starts_with(k));
    let Some(start) = found.or(bare.then(|| preamble.len() - text.len())) else {
        return Span::default();
    };
    let ends: [&[u8]; 2] = [b"</SEC-HEADER>", b"</IMS-HEADER>"];
    let rest = area.get(start..).unwrap_or_default();
    let end = ends.iter().filter_map(|e| memmem::find(rest, e)).min().map_or(area.len(), |n| start + n);
    Span::new(start, end)
}

fn document(bytes: &[u8], block: &Block, dash_escaped: bool) -> Document {
    let inside = bytes.get(block.start..block.end).unwrap_or_default();
    // The tags before the text are a few short lines; a body that never says <TEXT> begins after them.
    let head = inside.get(..8192).unwrap_or(inside);
    let text = memmem::find(head, b"<TEXT>");
    let meta = head.get(..text.unwrap_or(head.len())).unwrap_or_default();
    let body_start = match text {
        Some(at) => at + b"<TEXT>".len(),
        None => TAGS.iter().filter_map(|tag| value(meta, tag)).map(|(_, end)| end).max().unwrap_or(OPEN.len()),
    };
    let body = inside.get(body_start..).unwrap_or_default();
    let body_end = memmem::rfind(body, b"</TEXT>").map_or(inside.len(), |n| body_start + n);
    let span = Span::new(block.start + body_start, block.start + body_end);
    let [doc_type, filename, description] =
        [TAGS[0], TAGS[2], TAGS[3]].map(|tag| value(meta, tag).map(|(text, _)| text).unwrap_or_default());
    let body = bytes.get(span.start as usize..span.end as usize).unwrap_or_default();
    let format = format::detect(body, &doc_type, &filename);
    Document { doc_type, filename, description, format, body: span, dash_escaped }
}

const TAGS: [&[u8]; 4] = [b"<TYPE>", b"<SEQUENCE>", b"<FILENAME>", b"<DESCRIPTION>"];

/// An unclosed tag's value, to the end of the line or (in feeds without line ends) to the next of these
/// tags, and where it ends.
fn value(meta: &[u8], tag: &[u8]) -> Option<(String, usize)> {
    let start = memmem::find(meta, tag)? + tag.len();
    let rest = meta.get(start..)?;
    let line = rest.get(..memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len()))?;
    let end = TAGS.iter().filter_map(|next| memmem::find(line, next)).min().unwrap_or(line.len());
    Some((decode(line.get(..end)?.trim_ascii()).into_owned(), start + end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tieout_model::DocumentFormat;

    fn parts(text: &str) -> Vec<(String, String)> {
        let source = Source::new("t", text.as_bytes());
        let found = read(&source).documents;
        found.iter().map(|d| (d.doc_type.clone(), decode(source.slice(d.body)).trim().to_string())).collect()
    }

    fn expect(text: &str, expected: &[(&str, &str)]) {
        let expected: Vec<_> = expected.iter().map(|(a, b)| (a.to_string(), b.to_string())).collect();
        assert_eq!(parts(text), expected);
    }

    #[test]
    fn documents_with_and_without_end_tags() {
        expect(
            "<DOCUMENT>\n<TYPE>8-K\n<SEQUENCE>1\n<TEXT>\none\n</TEXT>\n</DOCUMENT>\n<DOCUMENT>\n<TYPE>EX-99\n<TEXT>\ntwo\n",
            &[("8-K", "one"), ("EX-99", "two")],
        );
        expect(
            "<DOCUMENT>\n<TYPE>A\n<TEXT>\none\n<DOCUMENT>\n<TYPE>B\n<TEXT>two</TEXT>",
            &[("A", "one"), ("B", "two")],
        );
    }

    #[test]
    fn a_feed_without_line_ends() {
        let text = "<SUBMISSION><ACCESSION-NUMBER>0001<TYPE>8-K<DOCUMENT><TYPE>8-K<SEQUENCE>1<FILENAME>a.htm<TEXT><html>x</TEXT></DOCUMENT></SUBMISSION>";
        let source = Source::new("t", text.as_bytes());
        let envelope = read(&source);
        assert_eq!(envelope.documents[0].doc_type, "8-K");
        assert_eq!(envelope.documents[0].filename, "a.htm");
        assert_eq!(envelope.documents[0].format, DocumentFormat::Html);
        assert_eq!(source.slice(envelope.header), b"<SUBMISSION><ACCESSION-NUMBER>0001<TYPE>8-K");
        assert!(!envelope.bare);
    }

    #[test]
    fn a_quoted_tag_is_not_a_document() {
        expect(
            "<DOCUMENT>\n<TYPE>8-K\n<TEXT>\nthe tag <DOCUMENT> opens\n</TEXT>\n</DOCUMENT>",
            &[("8-K", "the tag <DOCUMENT> opens")],
        );
    }

    #[test]
    fn a_plain_text_has_no_envelope() {
        let source = Source::new("t", b"Acme reports");
        let envelope = read(&source);
        assert!(envelope.bare && envelope.documents.is_empty() && envelope.header.is_empty());
    }

    #[test]
    fn escapes_are_seen_with_and_without_their_envelope() {
        assert!(dash_escaped(b"-----BEGIN PRIVACY-ENHANCED MESSAGE-----\n"));
        assert!(dash_escaped(b"a\n- ------\nb"));
        assert!(!dash_escaped(b"a\n------\nb"));
    }
}
