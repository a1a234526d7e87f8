//! From grid columns to x-ranges. Markup cuts a column into a cell for the currency sign, one for the digits,
//! one for the parenthesis and one for the space between, and not in every row the same; here the figures of
//! one column come to share a right edge again, as they do on the page.

use super::ink::Ink;
use super::style::{Align, Border};
use super::table::{Placed, PlacedRow};
use crate::grid::{Cell, CellKind, Grid, Row};
use crate::number::number_at;
use std::borrow::Cow;
use std::ops::Range;
use tieout_source::Span;

/// The least width of a column of figures, in characters: further apart than what reads as carelessness.
const FIGURES: u32 = 10;

/// The most that the words of one cell widen their column.
const WORDS: u32 = 110;

/// A cell with its meaning.
#[derive(Debug, Clone)]
pub(super) struct Item {
    c0: u32,
    c1: u32,
    kind: CellKind,
    /// Words in the ink; for a number the digits with their marks.
    words: Range<usize>,
    /// Where a number stands, which may be in more than one cell.
    span: Option<Span>,
    /// The number as printed, where it is.
    printed: Option<String>,
    indent: u32,
    align: Option<Align>,
    /// Characters after the last digit that are the number's: they hang out to the right of its column.
    tail: u32,
}

/// A row with its cells read.
#[derive(Debug, Clone, Default)]
pub(super) struct ItemRow {
    items: Vec<Item>,
    over: Vec<(u32, u32, Border)>,
    under: Vec<(u32, u32, Border)>,
    span: Span,
}

impl ItemRow {
    fn numbers(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|i| matches!(i.kind, CellKind::Number(_)))
    }

    /// Figures stand in it: numbers that are not years over columns.
    pub(super) fn has_figures(&self) -> bool {
        self.numbers().any(|i| matches!(i.kind, CellKind::Number(n) if !n.like_year && !n.nil))
            || self.numbers().any(|i| matches!(i.kind, CellKind::Number(n) if n.nil)) && self.numbers().count() > 1
    }

    /// How many figures stand in it.
    pub(super) fn figures(&self) -> usize {
        if self.has_figures() { self.numbers().count() } else { 0 }
    }

    /// Its words from the first cell to the last.
    pub(super) fn words(&self) -> Option<Range<usize>> {
        Some(self.items.first()?.words.start..self.items.last()?.words.end)
    }

    /// The one cell of words it holds, if that is all.
    pub(super) fn only_words(&self) -> Option<Range<usize>> {
        match self.items.as_slice() {
            [item] if item.kind == CellKind::Text => Some(item.words.clone()),
            _ => None,
        }
    }
}

/// Reads the cells of a row: numbers with the signs in the cells beside them, rules, words.
pub(super) fn items(row: &PlacedRow, ink: &Ink<'_>, buffer: &mut String) -> ItemRow {
    let mut items: Vec<Item> = Vec::with_capacity(row.cells.len());
    let mut at = 0;
    while let Some(cell) = row.cells.get(at) {
        let rest = row.cells.get(at..).unwrap_or_default();
        if let Some((item, used)) = number(rest, ink, buffer) {
            items.push(item);
            at += used;
            continue;
        }
        let words = ink.words(cell.words.clone());
        let rule = words.len() >= 2 && words.bytes().all(|b| matches!(b, b'-' | b'=' | b'_' | b' ')) && {
            words.bytes().filter(|b| *b != b' ').count() >= 3 || words.starts_with('=')
        };
        items.push(Item {
            c0: cell.c0,
            c1: cell.c1,
            kind: if rule { CellKind::Rule } else { CellKind::Text },
            words: cell.words.clone(),
            span: None,
            printed: None,
            indent: cell.indent,
            align: cell.align,
            tail: 0,
        });
        at += 1;
    }
    // "2024", "10.1", "(1)" before words, and a year before figures, are labels.
    let first = items.first().map(|i| i.kind);
    if let Some(CellKind::Number(number)) = first {
        let second = items.get(1).map(|i| i.kind);
        let words_follow = second == Some(CellKind::Text);
        let figures = items.iter().skip(1).any(|i| matches!(i.kind, CellKind::Number(n) if !n.like_year));
        let label = (words_follow && items.first().is_some_and(|i| i.c0 == 0)) || (number.like_year && figures);
        if let Some(item) = items.first_mut().filter(|_| label) {
            item.kind = CellKind::Text;
            (item.span, item.printed) = (None, None);
        }
    }
    ItemRow { items, over: row.over.clone(), under: row.under.clone(), span: row.span }
}

/// A number that begins in the first of `cells`, and how many cells it takes: `$`, `(58`, `)`, `%` each may
/// have one of their own.
fn number(cells: &[Placed], ink: &Ink<'_>, buffer: &mut String) -> Option<(Item, usize)> {
    let words = |n: usize| cells.get(n).map_or("", |c| ink.words(c.words.clone()));
    let opens = |w: &str| matches!(w, "$" | "(" | "$(" | "($" | "$ (" | "( $" | "-" | "US$" | "\u{2014}" | "+");
    let mut main = 0;
    // A sign in a cell of its own, and the digits in the next that has any words.
    while main < 2 && main + 1 < cells.len() && opens(words(main)) && begins_number(words(main + 1)) {
        let dash = matches!(words(main), "-" | "\u{2014}");
        let beside = cells.get(main).zip(cells.get(main + 1)).is_some_and(|(a, b)| b.c0 - a.c1.min(b.c0) <= 1);
        if dash || !beside {
            break;
        }
        main += 1;
    }
    let cell = cells.get(main)?;
    if words(main).len() > 40 || !words(main).bytes().any(|b| b.is_ascii_digit() || b == b'-' || b >= 0x80) {
        return None;
    }
    buffer.clear();
    // Where each cell's words begin in the buffer.
    let mut starts = [0usize; 8];
    let mut used = 0;
    for n in 0..=main {
        *starts.get_mut(n)? = buffer.len();
        buffer.push_str(words(n));
        used = n + 1;
    }
    let plain = number_at(buffer.as_bytes(), 0);
    let year = plain.is_some_and(|f| f.number.like_year);
    while used < starts.len() && !year {
        let next = words(used);
        let closes = matches!(next, ")" | "%" | ")%" | "%)" | ") %" | "]" | ")*" | "*");
        let beside = cells.get(used - 1).zip(cells.get(used)).is_some_and(|(a, b)| b.c0 - a.c1.min(b.c0) <= 1);
        if !closes || !beside {
            break;
        }
        *starts.get_mut(used)? = buffer.len();
        buffer.push_str(next);
        used += 1;
    }
    let found = number_at(buffer.as_bytes(), 0).filter(|f| f.next == buffer.len())?;
    // From an offset in the buffer to one in the ink.
    let place = |offset: usize| {
        let n = (0..used).rev().find(|&n| starts.get(n).is_some_and(|&s| s <= offset)).unwrap_or(0);
        let cell = cells.get(n).map_or(0, |c| c.words.start);
        cell + offset - starts.get(n).copied().unwrap_or(0)
    };
    let (start, last) = (place(found.start), place(found.end.max(1) - 1));
    let span = ink.span(start..last + 1);
    // The signs in cells after it are no words of this one.
    let last = if used > main + 1 { cell.words.end - 1 } else { last };
    let printed = (used > main + 1).then(|| buffer.get(found.start..found.end).unwrap_or_default().to_string());
    let item = Item {
        c0: cell.c0,
        c1: cell.c1,
        kind: CellKind::Number(found.number),
        words: start.min(last)..last + 1,
        span: Some(span),
        printed,
        indent: cell.indent,
        align: cell.align,
        tail: (found.end - found.edge) as u32,
    };
    Some((item, used))
}

/// Begins as a number does.
fn begins_number(words: &str) -> bool {
    words
        .trim_start_matches(['(', '$', ' '])
        .starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '\u{2014}' | '\u{2013}' | '\u{2212}'))
}

/// A column of figures: the grid columns of its narrowest cells.
#[derive(Debug, Clone)]
struct Home {
    c0: u32,
    c1: u32,
    /// The digits end at the right edge of the grid column before this one.
    edge: u32,
    /// Characters of its widest figure.
    width: u32,
    /// Characters after the last digit.
    tail: u32,
    /// Rows in which figures stand in it.
    rows: Vec<u32>,
    /// Nothing but dashes.
    nil: bool,
}

/// Finds the columns of figures, from the narrowest cells to the widest, and gives each figure its column.
fn homes(rows: &[ItemRow]) -> Vec<Home> {
    // Grid columns that hold signs in cells of their own never get here: their numbers took them in.
    let mut boxes: Vec<(bool, u32, u32, u32, u32, u32)> = Vec::new();
    for (r, row) in rows.iter().enumerate() {
        if !row.has_figures() {
            continue;
        }
        for item in row.numbers() {
            let CellKind::Number(number) = item.kind else { continue };
            let width = item.words.len() as u32;
            boxes.push((number.nil, item.c1 - item.c0, item.c0, r as u32, width, item.tail));
        }
    }
    boxes.sort_unstable();
    let mut homes: Vec<Home> = Vec::new();
    for (nil, span, c0, row, width, tail) in boxes {
        let c1 = c0 + span;
        // Homes are disjoint and sorted; the last that the cell overlaps is the one its right edge is nearest.
        let end = homes.partition_point(|h| h.c0 < c1);
        let last = end.checked_sub(1).filter(|&i| homes.get(i).is_some_and(|h| h.c1 > c0));
        match last.and_then(|i| homes.get_mut(i)) {
            Some(home) => {
                home.rows.push(row);
                home.width = home.width.max(width);
                home.tail = home.tail.max(tail);
                home.nil &= nil;
            }
            None => homes.insert(end, Home { c0, c1, edge: c1, width, tail, rows: vec![row], nil }),
        }
    }
    for home in &mut homes {
        home.rows.sort_unstable();
        home.rows.dedup();
    }
    settle(&mut homes);
    homes
}

/// Figures that stand a sign's width beside their column, in rows where it is empty, are its own: dashes in the
/// currency sign's place, a number in that of its parenthesis.
fn settle(homes: &mut Vec<Home>) {
    let disjoint = |a: &Home, b: &Home| {
        let (mut i, mut j) = (0, 0);
        while let (Some(x), Some(y)) = (a.rows.get(i), b.rows.get(j)) {
            match x.cmp(y) {
                std::cmp::Ordering::Equal => return false,
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
            }
        }
        true
    };
    let mut i = 0;
    while i + 1 < homes.len() {
        let (Some(a), Some(b)) = (homes.get(i), homes.get(i + 1)) else { break };
        let near = b.c0 - a.c1.min(b.c0) == 0;
        let thin = a.nil || b.nil || a.rows.len() * 6 <= b.rows.len() || b.rows.len() * 6 <= a.rows.len();
        if near && thin && disjoint(a, b) {
            let b = homes.remove(i + 1);
            if let Some(a) = homes.get_mut(i) {
                // The digits end where most of them do.
                if b.rows.len() > a.rows.len() {
                    a.edge = b.edge;
                }
                a.c1 = b.c1;
                a.width = a.width.max(b.width);
                a.tail = a.tail.max(b.tail);
                a.nil &= b.nil;
                a.rows.extend(b.rows);
                a.rows.sort_unstable();
            }
        } else {
            i += 1;
        }
    }
}

/// The x of each grid column's left edge, and one more for the right edge of the last.
struct Edges {
    x: Vec<u32>,
    /// The grid column where labels end.
    labels: u32,
    homes: Vec<Home>,
}

impl Edges {
    fn new(rows: &[ItemRow], columns: u32, ink: &Ink<'_>) -> Edges {
        let homes = homes(rows);
        let label_end = label_end(rows, homes.first().map_or(columns, |h| h.c0));
        let mut width = vec![1u32; columns as usize];
        // Words in one grid column first, then those that span several.
        let mut wide: Vec<(u32, u32, u32)> = Vec::new();
        for row in rows {
            for item in &row.items {
                if item.kind != CellKind::Text || item.c0 >= label_end {
                    continue;
                }
                let whole = item.c1 <= label_end;
                if !whole && !row.has_figures() {
                    continue;
                }
                let need = (characters(ink.words(item.words.clone())) + item.indent + 2).min(WORDS);
                wide.push((item.c1.min(label_end) - item.c0, item.c1.min(label_end), need));
            }
        }
        // The widest of each range alone counts.
        wide.sort_unstable_by_key(|&(span, c1, need)| (span, c1, std::cmp::Reverse(need)));
        wide.dedup_by_key(|w| (w.0, w.1));
        let mut edge = prefix(&width);
        for (span, c1, need) in wide {
            let (from, to) = (edge.get((c1 - span) as usize), edge.get(c1 as usize));
            let have = to.zip(from).map_or(0, |(b, a)| b - a);
            if have < need
                && let Some(last) = width.get_mut(c1 as usize - 1)
            {
                *last += need - have;
                edge = prefix(&width);
            }
        }
        for home in &homes {
            if let Some(last) = width.get_mut((home.edge as usize).saturating_sub(1)) {
                *last = (*last).max(home.width + home.tail + 3).max(FIGURES);
            }
        }
        Edges { x: prefix(&width), labels: label_end, homes }
    }

    fn at(&self, column: u32) -> u32 {
        self.x.get(column as usize).or(self.x.last()).copied().unwrap_or(0)
    }

    /// The right edge of a figure in grid columns `c0..c1`.
    fn right(&self, c0: u32, c1: u32) -> u32 {
        let end = self.homes.partition_point(|h| h.c0 < c1);
        let home = end.checked_sub(1).and_then(|i| self.homes.get(i)).filter(|h| h.c1 > c0);
        self.at(home.map_or(c1, |h| h.edge))
    }
}

/// Where the labels of rows with figures end: headings over the figures begin there or later, often over the
/// currency sign. `figures` is where the first column of figures begins.
fn label_end(rows: &[ItemRow], figures: u32) -> u32 {
    let labels = rows.iter().filter(|r| r.has_figures()).filter_map(|r| r.items.first());
    let ends = labels.filter(|i| i.kind == CellKind::Text && i.c1 <= figures).map(|i| i.c1);
    ends.max().unwrap_or(figures)
}

fn prefix(width: &[u32]) -> Vec<u32> {
    let mut x = Vec::with_capacity(width.len() + 1);
    x.push(0);
    x.extend(width.iter().scan(0u32, |sum, w| {
        *sum += w;
        Some(*sum)
    }));
    x
}

fn characters(words: &str) -> u32 {
    if words.is_ascii() { words.len() as u32 } else { words.chars().count() as u32 }
}

/// The grid of rows, the first `captions` of them words above the table.
pub(super) fn grid<'a>(rows: &[ItemRow], columns: u32, ink: &Ink<'a>) -> Grid<'a> {
    let edges = Edges::new(rows, columns, ink);
    let ruled = ruled(rows);
    let body = rows.iter().position(|r| r.has_figures() && !r.numbers().all(is_note)).unwrap_or(rows.len());
    let mut grid = Grid::default();
    let mut span: Option<Span> = None;
    let mut blanks = 0u16;
    for (r, row) in rows.iter().enumerate() {
        if ruled {
            let above = r.checked_sub(1).and_then(|i| rows.get(i)).map_or(&[][..], |above| &above.under);
            push_rules(above, &row.over, &edges, row.span, &mut grid);
        }
        if row.items.is_empty() {
            blanks = blanks.saturating_add(1);
            continue;
        }
        let first = grid.cells.len() as u32;
        let mut x = 0;
        // "(unaudited)   (1)" over the columns: a footnote's mark is no figure.
        let heads = r < body && row.items.first().is_some_and(|i| i.c0 >= edges.labels);
        for item in &row.items {
            let mut cell = cell(item, row, &edges, ink, x);
            if heads && is_note(item) {
                cell.kind = CellKind::Text;
            }
            x = cell.x1;
            grid.cells.push(cell);
        }
        grid.rows.push(Row { first, last: grid.cells.len() as u32, span: row.span, blanks });
        span = Some(span.map_or(row.span, |s| s.join(row.span)));
        blanks = 0;
    }
    if ruled && let Some(last) = rows.last() {
        push_rules(&last.under, &[], &edges, Span::new(last.span.end as usize, last.span.end as usize), &mut grid);
    }
    grid.span = span.unwrap_or_default();
    grid
}

/// "(1)": a footnote's mark by its looks.
fn is_note(item: &Item) -> bool {
    matches!(item.kind, CellKind::Number(n) if n.like_note)
}

/// Lines between some rows say where sums stand; between nearly all they are a frame.
fn ruled(rows: &[ItemRow]) -> bool {
    let figures = rows.iter().filter(|r| r.has_figures());
    let (all, lined) = figures.fold((0, 0), |(all, lined), r| (all + 1, lined + usize::from(!r.under.is_empty())));
    lined * 3 <= all * 2
}

fn cell<'a>(item: &Item, row: &ItemRow, edges: &Edges, ink: &Ink<'a>, x: u32) -> Cell<'a> {
    let words = ink.words(item.words.clone());
    let wide = characters(item.printed.as_deref().unwrap_or(words));
    let (left, right) = (edges.at(item.c0), edges.at(item.c1));
    let (x0, x1) = match item.kind {
        CellKind::Number(_) => {
            let x1 = edges.right(item.c0, item.c1);
            let tail = item.tail.min(wide.saturating_sub(1));
            (x1.saturating_sub(wide - tail), x1)
        }
        CellKind::Rule => (left, right.max(left + 1)),
        CellKind::Text if item.c0 >= edges.labels => (left, right.saturating_sub(1).max(left + 1)),
        CellKind::Text => {
            let room = (right - left).saturating_sub(wide);
            let over = item.c1 > edges.labels;
            let shift = match item.align {
                Some(Align::Center) if over => room / 2,
                Some(Align::Right) if over => room,
                _ => item.indent,
            };
            let x1 = left + shift + wide;
            // Long labels wrap in their cell; words that span the figures of other rows go on over them.
            (
                left + shift,
                if over && !row.has_figures() { x1 } else { x1.min(right.saturating_sub(2)).max(left + shift + 1) },
            )
        }
    };
    let text: Cow<'a, str> = item.printed.clone().map_or_else(|| ink.cow(item.words.clone()), Cow::Owned);
    let span = item.span.unwrap_or_else(|| ink.span(item.words.clone()));
    Cell { kind: item.kind, text, span, x0, x1, gap: x0.saturating_sub(x).max(2) }
}

/// A row of rules where cells have lines, in the columns of figures only.
fn push_rules(
    above: &[(u32, u32, Border)],
    below: &[(u32, u32, Border)],
    edges: &Edges,
    at: Span,
    grid: &mut Grid<'_>,
) {
    let first = grid.cells.len() as u32;
    let mut all: Vec<(u32, u32, Border)> = above.iter().chain(below).filter(|b| b.1 > edges.labels).copied().collect();
    all.sort_unstable();
    let mut x = 0;
    let span = Span { start: at.start, end: at.start };
    for (c0, c1, border) in all {
        let (x0, x1) = (edges.at(c0.max(edges.labels)), edges.at(c1));
        // The lower edge of one row and the upper edge of the next are one line.
        if x0 < x {
            continue;
        }
        let double = border == Border::Double;
        let text = if double { "=====" } else { "-----" };
        grid.cells.push(Cell {
            kind: CellKind::Rule,
            text: text.into(),
            span,
            x0,
            x1,
            gap: x0.saturating_sub(x).max(2),
        });
        x = x1;
    }
    let last = grid.cells.len() as u32;
    if last > first {
        grid.rows.push(Row { first, last, span, blanks: 0 });
    }
}
