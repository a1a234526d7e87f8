//! Plain text as lines with their numbers, in pieces that the browser lays out when they come into sight.

use super::places::Places;
use super::{escape, source};
use crate::page::is_tags;
use crate::view::View;
use tieout::{Span, decode};

/// Lines in a piece: two screens. The browser looks at each piece whenever something moves, so a long document must
/// not have too many.
const PIECE: usize = 128;
/// Bytes in a piece: what is laid out together. A longer line goes on in the next.
const FULL: usize = 16 << 10;
/// A text with longer lines than this has paragraphs for lines, which want to be wrapped.
const LONG: usize = 220;

/// The lines of a part of the file, `class` over them.
pub(super) fn write(view: &View<'_>, span: Span, class: &str, places: &Places, page: &mut String) {
    let lines = lines(view, span);
    let longest = lines.iter().map(|(_, line)| line.len()).max().unwrap_or(0);
    let (width, wrap) = if longest > LONG { (LONG, " wrap") } else { (longest, "") };
    if lines.is_empty() {
        return;
    }
    *page += &format!("<div class=\"{class}{wrap}\" style=\"--w:{width}\">\n");
    let mut rest = lines.as_slice();
    let mut last = 0;
    while let Some((first, _)) = rest.first() {
        let mut bytes = 0;
        let fits = |(_, line): &&(usize, Span)| {
            bytes += line.len();
            bytes <= FULL
        };
        let (piece, after) = rest.split_at(rest.iter().take(PIECE).take_while(fits).count().max(1));
        // A piece knows its height and its first number before it is laid out.
        let height: usize = piece.iter().map(|(_, line)| line.len().div_ceil(width.max(1)).max(1)).sum();
        let before = if *first == last { *first } else { first - 1 };
        *page += &format!("<div class=c style=\"--f:{before};--n:{height}\">");
        for (number, span) in piece {
            line(view, *span, *number == last, places, page);
            last = *number;
        }
        *page += "</div>\n";
        rest = after;
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
    let mut lines: Vec<(usize, Span)> = Vec::new();
    for number in first..=last {
        let mut line = within(number);
        while line.len() > FULL {
            let end = line.start + parted(view.source.slice(line));
            lines.push((number, Span { start: line.start, end }));
            line.start = end;
        }
        lines.push((number, line));
    }
    let blank = |line: &(usize, Span)| view.source.slice(line.1).trim_ascii().is_empty();
    while lines.last().is_some_and(blank) {
        lines.pop();
    }
    let from = lines.iter().position(|line| !blank(line)).unwrap_or(lines.len());
    lines.drain(..from);
    lines
}

/// Where a line of more than [`FULL`] bytes may be parted: behind a space, or at least before no byte that goes on.
fn parted(line: &[u8]) -> u32 {
    let head = line.get(..FULL).unwrap_or(line);
    let goes_on = |at: &usize| line.get(*at).is_some_and(|b| (0x80..0xC0).contains(b));
    let space = head.iter().rposition(|b| *b == b' ').map(|at| at + 1).filter(|at| *at > FULL / 2);
    space.unwrap_or_else(|| (FULL - 3..=FULL).rev().find(|at| !goes_on(at)).unwrap_or(FULL)) as u32
}

/// `<PAGE>`, or a form feed.
fn turns_page(line: &[u8]) -> bool {
    let line = line.trim_ascii_start();
    line.get(..6).is_some_and(|tag| tag.eq_ignore_ascii_case(b"<PAGE>")) || line.contains(&b'\x0c')
}

/// A line, or the rest of one that has been parted.
fn line(view: &View<'_>, span: Span, goes_on: bool, places: &Places, page: &mut String) {
    let bytes = view.source.slice(span);
    // Paragraphs need no end tag: the next begins.
    *page += match () {
        () if goes_on => "<p class=x>",
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

#[cfg(test)]
mod tests {
    use super::*;
    use tieout::{Report, Source};

    fn shown(text: &str) -> String {
        let report = Report::default();
        let view = View::new(Source::new("x.txt", text.as_bytes()), &report, &[]);
        let mut page = String::new();
        write(&view, Span::new(0, text.len()), "txt", &Places::default(), &mut page);
        page
    }

    #[test]
    fn a_piece_knows_its_first_line_and_its_height() {
        let shown = shown(&"a\n".repeat(PIECE + 1));
        let pieces: Vec<&str> = shown.matches("<div class=c style=\"--f:0;--n:128\">").collect();
        assert_eq!(pieces.len(), 1);
        assert!(shown.contains("<div class=c style=\"--f:128;--n:1\"><p>a\n</div>"), "{shown}");
    }

    #[test]
    fn a_line_without_end_is_parted_at_spaces_and_counted_once() {
        let text = format!("a\n{}\nb\n", "five \u{e9}".repeat(FULL / 3));
        let shown = shown(&text);
        assert!(shown.lines().all(|line| line.len() <= FULL + 60));
        assert_eq!(shown.matches("<p>").count(), 3);
        assert!(shown.matches("<p class=x>").count() >= 2);
        assert!(!shown.contains('\u{FFFD}'));
        assert!(shown.contains("<div class=c style=\"--f:2;") && shown.ends_with("<p>b\n</div>\n</div>\n"), "{shown}");
    }
}
