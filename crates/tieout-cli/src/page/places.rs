//! Where every number of the documents went, and those that have no place.

use super::text::{clean, count, cut, grouped, paint, width, wrap};
use super::{MEASURE, Page, heading, style};
use crate::view::View;
use tieout::{Place, Span};

/// How much of a line is shown on either side of a number.
const AROUND: usize = 48;

/// With `-v`: how many numbers there are of each place, and each without one.
pub(super) fn write(view: &View<'_>, page: &Page, text: &mut String) {
    let coverage = view.coverage();
    if !page.verbose || coverage.all() == 0 {
        return;
    }
    heading("Numbers", &count(coverage.all() as usize, "number"), page, text);
    let (read, passed) = Place::ALL.split_at(READ);
    for (name, places) in [("read", read), ("passed by", passed)] {
        let said: Vec<String> = places
            .iter()
            .filter(|p| **p != Place::Unplaced && coverage.of(**p) > 0)
            .map(|p| format!("{} {}", p.word(), grouped(coverage.of(*p) as usize)))
            .collect();
        for (i, line) in wrap(&said.join(", "), page.width.min(MEASURE).saturating_sub(13)).iter().enumerate() {
            if !line.is_empty() {
                *text +=
                    &format!("  {}  {line}\n", paint(style::DIM, &format!("{:9}", if i == 0 { name } else { "" })));
            }
        }
    }
    if coverage.unplaced.is_empty() {
        return;
    }
    *text += &format!("\n  {}\n", paint(style::OPEN, &format!("{} without a place", grouped(coverage.unplaced.len()))));
    let place = |span: &Span| grouped(view.locate(span.start).line);
    let gutter = coverage.unplaced.iter().map(|s| place(s).len()).max().unwrap_or(0);
    for span in &coverage.unplaced {
        let line = view.lines().line(view.locate(span.start).line);
        let room = AROUND.min(page.width.min(MEASURE).saturating_sub(gutter + 20) / 2);
        let near = |from: u32, to: u32| clean(&view.text(Span { start: from.max(line.start), end: to.min(line.end) }));
        let before = near(span.start.saturating_sub(room as u32), span.start);
        let after = near(span.end, span.end.saturating_add(room as u32));
        let own = clean(&view.text(*span));
        let apart = |at: Option<u32>| {
            let byte = at.and_then(|i| view.source.bytes.get(i as usize));
            if byte.is_some_and(u8::is_ascii_whitespace) { " " } else { "" }
        };
        let before = before + apart(span.start.checked_sub(1));
        let after = cut(
            &(apart(Some(span.end)).to_owned() + &after),
            page.width.min(MEASURE).saturating_sub(gutter + 6 + width(&before) + width(&own)),
        );
        let at = paint(style::DIM, &format!("{:>gutter$}", place(span)));
        *text += &format!("  {at}  {}{own}{}\n", paint(style::DIM, &before), paint(style::DIM, &after));
    }
}

/// How many places are of what was read; the others are of what was passed by.
const READ: usize = 4;
