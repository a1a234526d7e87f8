//! The file as it was given, document by document, each number an element that the page can point at.

use super::places::Places;
use super::{escape, markup, nonce, words};
use crate::view::View;
use tieout::{Document, DocumentFormat, Span};

/// The whole file. What stands between documents is the envelope.
pub(super) fn write(view: &View<'_>, places: &Places, page: &mut String) {
    let documents = &view.report.submission.documents;
    let mut order: Vec<(usize, &Document)> = documents.iter().enumerate().collect();
    order.sort_by_key(|(_, d)| d.body);
    let mut at = 0;
    for (index, document) in order {
        if document.body.start > at {
            words::write(view, Span { start: at, end: document.body.start }, "env", places, page);
        }
        one(view, index, document, places, page);
        at = at.max(document.body.end);
    }
    let end = view.source.span().end;
    if at < end {
        words::write(view, Span { start: at, end }, "env", places, page);
    }
}

/// One document under its name.
fn one(view: &View<'_>, index: usize, document: &Document, places: &Places, page: &mut String) {
    let mut name = String::new();
    escape::text(&heading(index, document), &mut name);
    *page += &format!("<section class=doc id=d{} aria-label=\"{name}\">\n", index + 1);
    if view.report.submission.documents.len() > 1 {
        *page += &format!("<h2>{name}</h2>\n");
    }
    let nonce = nonce(view.source.bytes);
    match document.format {
        DocumentFormat::Text | DocumentFormat::Schedule => words::write(view, document.body, "txt", places, page),
        DocumentFormat::Html => {
            // A shadow root: nothing in the document reaches the page around it, neither its styles nor end tags it
            // has too many of.
            // Its first word tells it whether the page is dark.
            *page += &format!("<div class=htm><script nonce={nonce}>dress()</script><template shadowrootmode=open>");
            markup::write(view, document.body, places, page);
            *page += "</template></div>\n";
        }
        DocumentFormat::Other => {
            let kilobytes = document.body.len().div_ceil(1024);
            *page += &format!("<p class=not>Not read, and not shown here ({kilobytes} KB): it is no text.</p>\n");
        }
    }
    *page += "</section>\n";
}

/// `Document 2: EX-99.1, PRESS RELEASE`.
fn heading(index: usize, document: &Document) -> String {
    let parts = [&document.doc_type, &document.description, &document.filename];
    let mut said: Vec<&str> = Vec::new();
    for part in parts.into_iter().filter(|p| !p.is_empty()) {
        if !said.contains(&part.as_str()) {
            said.push(part);
        }
    }
    match said.join(" · ") {
        words if words.is_empty() => format!("Document {}", index + 1),
        words => format!("Document {}: {words}", index + 1),
    }
}

/// The start tag of a number's element. The mark goes to the piece that ends it; the others say that more follow.
pub(super) fn open(index: usize, first: bool, last: bool, places: &Places, page: &mut String) {
    let Some(place) = places.all.get(index) else { return };
    let name = if first { "id=n" } else { "data-n=" };
    *page += &format!("<data {name}{index} class={}", place.look.class());
    if last && !place.mark.is_empty() {
        page.extend([" data-t=", &place.mark]);
    }
    page.push_str(if last { ">" } else { " data-m>" });
}

/// Its end tag.
pub(super) const CLOSE: &str = "</data>";
