//! What a document's body is made of, told by its first bytes (STANDARDS 1.2).

use memchr::memmem;
use tieout_model::DocumentFormat;

/// How much of a body is looked at.
const HEAD: usize = 4096;

/// The format of a body. Type and file name only settle what the bytes leave open.
pub(crate) fn detect(body: &[u8], doc_type: &str, filename: &str) -> DocumentFormat {
    let head = body.get(..HEAD).unwrap_or(body).to_ascii_uppercase();
    // Inline XBRL stands in an <XBRL> wrapper, old HTML after <PAGE>; what counts is what they wrap.
    let mut text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&head).trim_ascii_start();
    while let Some(inner) = [b"<XBRL>".as_slice(), b"<PAGE>"].iter().find_map(|w| text.strip_prefix(*w)) {
        text = inner.trim_ascii_start();
    }
    let starts = |marks: &[&[u8]]| marks.iter().any(|mark| text.starts_with(mark));
    if memchr::memchr(0, &head).is_some()
        || starts(&[b"<PDF>", b"%PDF", b"PK\x03\x04", b"BEGIN 6", b"\x89PNG", b"GIF8"])
    {
        return DocumentFormat::Other;
    }
    if is_html(text) {
        return DocumentFormat::Html;
    }
    if starts(&[b"<XML>", b"<?XML", b"{"]) || starts_like_xml(text) {
        return DocumentFormat::Other;
    }
    if doc_type.get(..5).is_some_and(|t| t.eq_ignore_ascii_case("EX-27")) && is_schedule(&head) {
        return DocumentFormat::Schedule;
    }
    let other = ["GRAPHIC", "ZIP", "EXCEL", "JSON", "XML", "COVER"].contains(&doc_type.to_ascii_uppercase().as_str());
    if other || memmem::find(text, b"\nBEGIN 644 ").is_some() {
        return DocumentFormat::Other;
    }
    let name = filename.to_ascii_lowercase();
    if (name.ends_with(".htm") || name.ends_with(".html")) && memmem::find(text, b"</").is_some() {
        return DocumentFormat::Html;
    }
    DocumentFormat::Text
}

fn is_html(text: &[u8]) -> bool {
    if text.starts_with(b"<!DOCTYPE HTML") || text.starts_with(b"<HTML") {
        return true;
    }
    let wrapped = text.starts_with(b"<?XML") || text.starts_with(b"<!");
    if wrapped || text.starts_with(b"<TITLE") || text.starts_with(b"<HEAD") {
        return memmem::find(text, b"<HTML").is_some();
    }
    // A fragment, as after a cut: its first tag is one that the text era did not know.
    let fragment: [&[u8]; 8] = [b"<BODY", b"<DIV", b"<P>", b"<P ", b"<FONT", b"<CENTER", b"<TABLE ", b"<BR"];
    fragment.iter().any(|tag| text.starts_with(tag)) || html_later(text)
}

/// `<HTML>` after a line or two of something else.
fn html_later(text: &[u8]) -> bool {
    memmem::find(text.get(..1024).unwrap_or(text), b"<HTML")
        .is_some_and(|at| text.get(at + 5).is_some_and(|b| *b == b'>' || b.is_ascii_whitespace()))
}

/// A namespaced root element: `<xbrl`, `<xsd:schema`, `<ownershipDocument`.
fn starts_like_xml(text: &[u8]) -> bool {
    let name: Vec<u8> =
        text.iter().skip(1).take(40).take_while(|b| b.is_ascii_alphanumeric() || **b == b':').copied().collect();
    text.first() == Some(&b'<')
        && (memchr::memchr(b':', &name).is_some()
            || name.as_slice() == b"XBRL"
            || name.ends_with(b"SUBMISSION")
            || name.ends_with(b"LINKBASE"))
}

fn is_schedule(head: &[u8]) -> bool {
    let marks: [&[u8]; 8] = [
        b"<ARTICLE>",
        b"[ARTICLE]",
        b"<PERIOD-TYPE>",
        b"[PERIOD-TYPE]",
        b"<MULTIPLIER>",
        b"[MULTIPLIER]",
        b"<TOTAL-ASSETS>",
        b"[TOTAL-ASSETS]",
    ];
    marks.iter().any(|mark| memmem::find(head, mark).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use DocumentFormat::{Html, Other, Schedule, Text};

    #[test]
    fn first_bytes_tell_the_format() {
        let cases: [(&str, &str, DocumentFormat); 14] = [
            ("\n<PAGE>\n   ACME CORP", "8-K", Text),
            ("\n<TABLE> <S> <C>\n<ARTICLE> 5", "EX-27", Schedule),
            ("\n[ARTICLE] 5", "EX-27.1", Schedule),
            ("\nnot applicable", "EX-27", Text),
            ("\n<HTML><BODY>", "8-K", Html),
            ("<!DOCTYPE html PUBLIC", "", Html),
            ("<?xml version='1.0'?>\n<!-- made by x --><html xmlns=", "10-Q", Html),
            ("\n<XBRL>\n<?xml version='1.0'?><html>", "10-K", Html),
            ("\n<XBRL>\n<?xml version='1.0'?><xbrl>", "EX-101.INS", Other),
            ("\n<XML>\n<ownershipDocument>", "4", Other),
            ("\nbegin 644 logo.gif\nM1TE&", "GRAPHIC", Other),
            ("\n<PDF>\nbegin 644 a.pdf", "10-K", Other),
            ("PK\x03\x04..", "", Other),
            ("<TABLE>\n<CAPTION>\n<S> <C>", "EX-99", Text),
        ];
        for (body, doc_type, format) in cases {
            assert_eq!(detect(body.as_bytes(), doc_type, ""), format, "{body:?}");
        }
    }
}
