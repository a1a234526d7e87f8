//! Plain text as lines with their numbers, in pieces that the browser lays out when they come into sight.

use super::places::Places;
use super::{escape, source};
use crate::page::is_tags;
use crate::view::View;
use tieout::{Span, decode};

/// Lines in a piece: two screens. The browser looks at each piece whenever something moves, so a long document must
/// not have too many.
const PIECE: usize = 128;
/// A text with longer lines than this has paragraphs for lines, which want to be wrapped.
const LONG: usize = 220;

/// The lines of a part of the file, `class` over them.
pub(super) fn write(view: &View<'_>, span: Span, class: &str, places: &Places, page: &mut String) {
    let lines = lines(view, span);
    let longest = lines.iter().map(|(_, line)| line.len()).max().unwrap_or(0);
    let wrap = if longest > LONG { " wrap" } else { "" };
    if lines.is_empty() {
        return;
    }
    *page += &format!("<div class=\"{class}{wrap}\" style=\"--w:{}\">\n", longest.min(LONG));
    for piece in lines.chunks(PIECE) {
        // A piece knows its height and its first number before it is laid out.
        let before = piece.first().map_or(0, |(number, _)| number - 1);
        *page += &format!("<div class=c style=\"--f:{before};--n:{}\">", piece.len());
        for (_, span) in piece {
            line(view, *span, places, page);
        }
        *page += "</div>\n";
    }
    *page += "</div>\n";
}

/// The lines of a span with their numbers in the file; blank ones at its ends are left out, since a document's text
/// begins behind the tag on its first line.
fn lines(view: &View<'_>, span: Span) -> Vec<(usize, Span)> {
    let (first, last) = (view.locate(span.start).line, view.locate(span.end).line);
    let within = |number: usize| {
        let line = view.lines().line(number);
        Span { start: line.start.max(span.start), end: line.end.min(span.end).max(line.start.max(span.start)) }
    };
    let mut lines: Vec<(usize, Span)> = (first..=last).map(|number| (number, within(number))).collect();
    let blank = |line: &(usize, Span)| view.source.slice(line.1).trim_ascii().is_empty();
    while lines.last().is_some_and(blank) {
        lines.pop();
    }
    let from = lines.iter().position(|line| !blank(line)).unwrap_or(lines.len());
    lines.drain(..from);
    lines
}

/// `<PAGE>`, or a form feed.
fn turns_page(line: &[u8]) -> bool {
    let line = line.trim_ascii_start();
    line.get(..6).is_some_and(|tag| tag.eq_ignore_ascii_case(b"<PAGE>")) || line.contains(&b'\x0c')
}

fn line(view: &View<'_>, span: Span, places: &Places, page: &mut String) {
    let bytes = view.source.slice(span);
    // Paragraphs need no end tag: the next begins.
    *page += match () {
        () if turns_page(bytes) => "<p class=g>",
        () if is_tags(bytes) => "<p class=k>",
        () => "<p>",
    };
    let mut put = |start: u32, end: u32, page: &mut String| {
        escape::text(&decode(view.source.slice(Span { start, end })), page);
    };
    pieces(view.source.bytes, span, places, page, &mut put);
    page.push('\n');
}

/// A stretch of the file in pieces, inside of numbers and between them. `put` writes the bytes from one to another.
/// White space of a number gets no element: between the cells of a row none may stand.
pub(super) fn pieces(
    bytes: &[u8],
    span: Span,
    places: &Places,
    page: &mut String,
    put: &mut dyn FnMut(u32, u32, &mut String),
) {
    let mut at = span.start;
    let from = places.from(span.start);
    for (index, place) in places.all.iter().enumerate().skip(from) {
        if place.span.start >= span.end {
            break;
        }
        let (start, end) = (place.span.start.max(span.start), place.span.end.min(span.end));
        if at < start {
            put(at, start, page);
        }
        let white = bytes.get(start as usize..end as usize).is_none_or(|b| b.trim_ascii().is_empty());
        if !white {
            source::open(index, start == place.span.start, end == place.span.end, places, page);
        }
        put(start, end, page);
        if !white {
            *page += source::CLOSE;
        }
        at = end;
    }
    if at < span.end {
        put(at, span.end, page);
    }
}
