//! What each part of a table's line belongs to: the label, a column, several columns, or the page. A part
//! follows what it belongs to when the table is laid out anew, and so the picture stays true.

use super::sheet::{Glyph, Number, Row, UNCHECKED};
use std::collections::BTreeMap;
use std::ops::Range;

/// A column of numbers: where it stands in the source, its `$` included.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    pub(super) left: usize,
    pub(super) right: usize,
    /// As far as headings of this column alone reach.
    pub(super) head_left: usize,
    pub(super) head_right: usize,
    /// How wide its marks are; nothing where no check reached it.
    pub(super) mark: usize,
}

impl Column {
    fn centre(&self) -> usize {
        usize::midpoint(self.left, self.right)
    }
}

/// Something that stands over or in columns.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) glyphs: Vec<Glyph>,
    /// Where it starts in the source.
    pub(super) start: usize,
    /// The columns it belongs to, first and last.
    pub(super) columns: (usize, usize),
    pub(super) kind: Kind,
}

impl Piece {
    pub(super) fn end(&self) -> usize {
        self.start + self.glyphs.len()
    }
}

/// What a [`Piece`] is.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    Words,
    /// Drawn as long as its columns are wide.
    Rule,
    Number(Number),
}

/// One line, understood.
#[derive(Debug, Clone)]
pub(super) enum Parts {
    /// Words that belong to no column: a title, prose, a blank line.
    Free { indent: usize, glyphs: Vec<Glyph>, title: bool },
    /// A label, and pieces in columns.
    Cells { indent: usize, label: Vec<Glyph>, leader: Option<Leader>, pieces: Vec<Piece> },
}

/// How dots lead from label to number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leader {
    /// `....`
    Dense,
    /// `. . .`
    Spaced,
}

/// A table's lines, understood.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) columns: Vec<Column>,
    pub(super) lines: Vec<Parts>,
    /// How wide it is in the source, notes and titles left aside.
    pub(super) width: usize,
}

impl Sheet {
    pub(super) fn of(rows: &[Row]) -> Sheet {
        let mut ids: BTreeMap<u32, Column> = BTreeMap::new();
        for row in rows {
            let mut from = 0;
            for number in &row.numbers {
                let lead = lead(row, from, number.start);
                let mark = if number.mark == UNCHECKED { 0 } else { number.mark.chars().count() };
                let column = ids.entry(number.column).or_insert(Column {
                    left: lead,
                    right: number.end,
                    head_left: usize::MAX,
                    head_right: 0,
                    mark,
                });
                column.left = column.left.min(lead);
                column.right = column.right.max(number.end);
                column.mark = column.mark.max(mark);
                from = number.end;
            }
        }
        let index: BTreeMap<u32, usize> = ids.keys().copied().zip(0..).collect();
        let mut columns: Vec<Column> = ids.into_values().collect();
        let width = columns.iter().map(|c| c.right).max().unwrap_or(0);
        // Titles stand above the first rule and the first line of several headings.
        let head = |r: &Row| !r.numbers.is_empty() || r.is_rule() || r.words(0, r.glyphs.len(), 3).len() > 1;
        let first = rows.iter().position(head).unwrap_or(rows.len());
        let lines: Vec<Parts> =
            rows.iter().enumerate().map(|(i, row)| parts(row, &columns, &index, width, i < first)).collect();
        for piece in lines.iter().flat_map(Parts::pieces).filter(|p| matches!(p.kind, Kind::Words)) {
            // Headings of one column want its room; those over several have theirs together.
            if let (a, b) = piece.columns
                && a == b
            {
                columns[a].head_left = columns[a].head_left.min(piece.start);
                columns[a].head_right = columns[a].head_right.max(piece.end());
            }
        }
        Sheet { columns, lines, width }
    }
}

impl Parts {
    pub(super) fn pieces(&self) -> &[Piece] {
        match self {
            Parts::Cells { pieces, .. } => pieces,
            Parts::Free { .. } => &[],
        }
    }
}

/// Where a number begins with the currency sign before it.
fn lead(row: &Row, from: usize, start: usize) -> usize {
    match row.words(from, start, 1).last() {
        Some(word) if word.len() <= 3 && "$£¥€".contains(row.at(word.end - 1)) && word.start >= from => word.start,
        _ => start,
    }
}

fn parts(row: &Row, columns: &[Column], index: &BTreeMap<u32, usize>, width: usize, above: bool) -> Parts {
    let indent = row.indent().unwrap_or(0);
    let end = row.glyphs.iter().rposition(|g| g.c != ' ').map_or(0, |i| i + 1);
    let free = |title| Parts::Free { indent, glyphs: row.glyphs.get(indent..end).unwrap_or_default().to_vec(), title };
    let Some(body) = columns.first().map(|c| c.left).filter(|_| end > 0) else { return free(false) };
    if row.numbers.is_empty() && !row.is_rule() && row.words(0, end, 3).len() == 1 {
        let middle = usize::midpoint(indent, end).abs_diff(width / 2) <= 3 + width / 6;
        let outside = body.saturating_sub(indent);
        let across = outside > 8 || outside * 3 > end - indent;
        if above && middle && indent >= 4 && (across || columns.len() > 2) {
            return free(true);
        }
        // What begins left of the numbers and runs on into them is no heading of a column.
        if end > body && across {
            return free(false);
        }
    }
    cells(row, columns, index, body, indent, end)
}

fn cells(row: &Row, columns: &[Column], index: &BTreeMap<u32, usize>, body: usize, indent: usize, end: usize) -> Parts {
    let mut pieces = Vec::new();
    let mut label = 0..0;
    let mut other = |range: Range<usize>, pieces: &mut Vec<Piece>| {
        for word in row.words(range.start, range.end, if row.is_rule() { 1 } else { 2 }) {
            let left = pieces.is_empty() && usize::midpoint(word.start, word.end) < body;
            let rule = row.glyphs[word.clone()].iter().all(|g| "-=_─".contains(g.c)) && word.len() > 1;
            if left && !(rule && word.end > body + 1) {
                label = if label.is_empty() { word } else { label.start..word.end };
                continue;
            }
            let kind = if rule { Kind::Rule } else { Kind::Words };
            // Among numbers every word stands for one: "n/a", a figure that could not be read.
            for word in if row.numbers.is_empty() { vec![word] } else { row.words(word.start, word.end, 1) } {
                let (columns, kind) = (covered(columns, &word), kind.clone());
                pieces.push(Piece { glyphs: row.glyphs[word.clone()].to_vec(), start: word.start, columns, kind });
            }
        }
    };
    let mut from = 0;
    for number in &row.numbers {
        let start = lead(row, from, number.start).max(from);
        other(from..start, &mut pieces);
        let column = index.get(&number.column).copied().unwrap_or(0);
        let glyphs = row.glyphs.get(start..number.end).unwrap_or_default().to_vec();
        pieces.push(Piece { glyphs, start, columns: (column, column), kind: Kind::Number(number.clone()) });
        from = number.end;
    }
    other(from..end, &mut pieces);
    let mut label = row.glyphs[label].to_vec();
    let leader = if row.numbers.is_empty() { None } else { take_leader(&mut label) };
    Parts::Cells { indent, label, leader, pieces }
}

/// Cuts the dots off a label's end: three or more, or two that stand apart.
fn take_leader(label: &mut Vec<Glyph>) -> Option<Leader> {
    let words = label.iter().rposition(|g| !matches!(g.c, '.' | ' ')).map_or(0, |i| i + 1);
    let tail: String = label[words..].iter().map(|g| g.c).collect();
    let dots = tail.matches('.').count();
    if dots < 2 || (dots == 2 && !tail.contains(". .")) {
        return None;
    }
    label.truncate(words);
    Some(if tail.contains("..") { Leader::Dense } else { Leader::Spaced })
}

/// The columns a piece stands over: those whose middle it covers, or else the nearest.
fn covered(columns: &[Column], piece: &Range<usize>) -> (usize, usize) {
    let over = |c: &Column| {
        let shared = c.right.min(piece.end).saturating_sub(c.left.max(piece.start));
        shared * 2 > c.right - c.left || (shared > 0 && (piece.start..=piece.end).contains(&c.centre()))
    };
    let first = columns.iter().position(over);
    let last = columns.iter().rposition(over);
    if let (Some(first), Some(last)) = (first, last) {
        return (first, last);
    }
    let centre = usize::midpoint(piece.start, piece.end);
    let apart = |c: &Column| if centre < c.left { c.left - centre } else { centre.saturating_sub(c.right) };
    let nearest =
        (0..columns.len()).min_by_key(|&i| (apart(&columns[i]), columns[i].centre().abs_diff(centre))).unwrap_or(0);
    (nearest, nearest)
}
