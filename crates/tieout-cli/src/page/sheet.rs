//! A table as lines of characters that can be moved without moving its columns against each other.
//!
//! The text of a filing is monospaced, so marks must not move a column: they stand in a column of their
//! own right of the numbers they belong to, and where the source leaves no room for it, every line of the
//! table gets the same few blanks.

use super::style;
use anstyle::Style;
use std::collections::BTreeSet;
use std::ops::Range;

/// One character of the page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    pub(super) c: char,
    pub(super) style: Style,
}

const BLANK: Glyph = Glyph { c: ' ', style: style::PLAIN };

/// The mark of a number that no check reached. It makes no room for itself.
pub(super) const UNCHECKED: &str = "·";

/// A number's place in its row, and its mark.
#[derive(Debug, Clone)]
pub(super) struct Number {
    pub(super) start: usize,
    pub(super) end: usize,
    /// The table's column it belongs to.
    pub(super) column: u32,
    pub(super) mark: String,
    pub(super) style: Style,
}

/// One line of a table, and its numbers.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) numbers: Vec<Number>,
}

impl Row {
    pub(super) fn of(text: &str) -> Row {
        Row { glyphs: text.chars().map(|c| Glyph { c, style: style::PLAIN }).collect(), numbers: Vec::new() }
    }

    pub(super) fn at(&self, i: usize) -> char {
        self.glyphs.get(i).map_or(' ', |g| g.c)
    }

    pub(super) fn blank(&self, i: usize) -> bool {
        self.at(i) == ' '
    }

    /// Where its words begin; `None` for a blank line.
    pub(super) fn indent(&self) -> Option<usize> {
        self.glyphs.iter().position(|g| g.c != ' ')
    }

    pub(super) fn put(&mut self, at: usize, text: &str, style: Style) {
        let end = at + text.chars().count();
        if self.glyphs.len() < end {
            self.glyphs.resize(end, BLANK);
        }
        for (glyph, c) in self.glyphs[at..].iter_mut().zip(text.chars()) {
            *glyph = Glyph { c, style };
        }
    }

    /// Notes a number, with what is glued to it on the right: a percent sign, a footnote mark.
    pub(super) fn number(&mut self, mut number: Number) {
        while !matches!(self.at(number.end), ' ' | '$' | '0'..='9') {
            number.end += 1;
        }
        if number.mark == "X" {
            self.glyphs.iter_mut().take(number.end).skip(number.start).for_each(|g| g.style = number.style);
        }
        self.numbers.push(number);
    }

    /// Opens `by` blanks at `at`. A rule is drawn on through them; words are not torn apart: there the
    /// blanks go to the next gap.
    fn open(&mut self, mut at: usize, by: usize) {
        let rule = |i: usize| Some(self.at(i)).filter(|c| "-=_─".contains(*c));
        let mut fill = BLANK;
        if let (Some(left), Some(right)) = (at.checked_sub(1).and_then(rule), rule(at))
            && left == right
        {
            fill.c = left;
        } else {
            while !self.blank(at) && !self.blank(at.saturating_sub(1)) {
                at += 1;
            }
        }
        if at >= self.glyphs.len() {
            return;
        }
        self.glyphs.splice(at..at, std::iter::repeat_n(fill, by));
        for number in self.numbers.iter_mut().filter(|n| n.start >= at) {
            number.start += by;
            number.end += by;
        }
    }

    pub(super) fn remove(&mut self, range: Range<usize>) {
        let end = range.end.min(self.glyphs.len());
        let start = range.start.min(end);
        self.glyphs.drain(start..end);
        for number in self.numbers.iter_mut().filter(|n| n.start >= end) {
            number.start -= end - start;
            number.end -= end - start;
        }
    }

    /// Words in one piece, or none: a title, a heading, a label.
    pub(super) fn is_phrase(&self) -> bool {
        let words: String = self.glyphs.iter().map(|g| g.c).collect();
        self.numbers.is_empty() && !self.is_rule() && !words.trim().contains("   ")
    }

    /// A title stands alone in its line: its place says nothing, so it does not hold a gap open.
    pub(super) fn floats(&self) -> bool {
        self.is_phrase() && self.indent().is_some_and(|i| i > 0)
    }

    pub(super) fn is_rule(&self) -> bool {
        self.glyphs.iter().all(|g| "-=_ ".contains(g.c))
    }

    /// True for a blank, and for a dot of a leader.
    pub(super) fn spare(&self, i: usize) -> bool {
        let dotted = |i: usize| matches!(self.at(i), ' ' | '.');
        self.blank(i) || (self.at(i) == '.' && i > 0 && dotted(i - 1) && dotted(i + 1))
    }

    /// Where the widest run of blanks begins, if any is wider than two.
    fn widest_gap(&self) -> Option<usize> {
        let (mut best, mut from) = ((2, None), None);
        for i in 0..=self.glyphs.len() {
            match from {
                _ if i < self.glyphs.len() && self.blank(i) => from = from.or(Some(i)),
                Some(start) if i - start > best.0 => (best, from) = ((i - start, Some(start)), None),
                _ => from = None,
            }
        }
        best.1
    }

    /// Makes its widest gaps narrower until it is no longer than `limit`.
    pub(super) fn tighten(&mut self, limit: usize) {
        while self.glyphs.len() > limit {
            let Some(gap) = self.widest_gap() else { break };
            self.remove(gap..gap + 1);
        }
    }

    /// `. .. . .` after a squeeze becomes `. . . .` again.
    pub(super) fn straighten_leaders(&mut self) {
        let mut i = 0;
        while i < self.glyphs.len() {
            let run = (i..self.glyphs.len()).take_while(|&k| matches!(self.at(k), '.' | ' ')).count();
            let text: String = (i..i + run).map(|k| self.at(k)).collect();
            if text.contains(". . .") {
                let (first, last) = (text.find('.').unwrap_or(0), text.rfind('.').unwrap_or(0));
                for k in i + first..=i + last {
                    self.glyphs[k].c = if k % 2 == 0 { '.' } else { ' ' };
                }
            }
            i += run.max(1);
        }
    }

    /// Sets another row's characters and numbers behind this one's, from `at` on.
    pub(super) fn append(&mut self, other: Row, at: usize) {
        self.glyphs.resize(at, BLANK);
        self.glyphs.extend(other.glyphs);
        self.numbers.extend(other.numbers.into_iter().map(|n| Number { start: n.start + at, end: n.end + at, ..n }));
    }

    /// The stub and one range of columns.
    pub(super) fn panel(&self, stub: usize, range: &Range<usize>) -> Row {
        let part = |r: Range<usize>| self.glyphs.iter().copied().skip(r.start).take(r.len());
        let mut glyphs: Vec<Glyph> = part(0..stub).collect();
        glyphs.resize(stub, BLANK);
        glyphs.extend(part(range.clone()));
        let inside = self.numbers.iter().filter(|n| range.contains(&n.start));
        let moved = inside.map(|n| Number { start: n.start - range.start + stub, end: n.end - range.start + stub, ..n.clone() });
        Row { glyphs, numbers: moved.collect() }
    }
}

/// Takes away the indent all lines share.
pub(super) fn dedent(rows: &mut [Row]) {
    let shared = rows.iter().filter_map(Row::indent).min().unwrap_or(0);
    rows.iter_mut().for_each(|r| r.remove(0..shared));
}

/// Sets the marks of each column, left to right: one blank after the widest number, then the marks.
pub(super) fn set_marks(rows: &mut [Row]) {
    for column in columns(rows) {
        let (edge, wide) = edge(rows, column);
        let mine = |row: &Row| row.numbers.iter().any(|n| n.column == column);
        // Blank, marks, blank: as much of it as the fullest line leaves.
        let room = |row: &Row| (edge..edge + wide + 2).take_while(|&i| row.blank(i)).count();
        let tight = rows.iter().filter(|r| mine(r) && r.glyphs.len() > edge).map(room).min();
        let lacking = tight.map_or(0, |free| wide + 2 - free);
        let bare = rows.iter().flat_map(|r| &r.numbers).filter(|n| n.column == column).all(|n| n.mark == UNCHECKED);
        if lacking > 0 && !bare {
            rows.iter_mut().for_each(|r| r.open(edge, lacking));
        }
        for row in rows.iter_mut() {
            let own: Vec<Number> = row.numbers.iter().filter(|n| n.column == column).cloned().collect();
            for number in own {
                let w = number.mark.chars().count();
                // Nothing may stand between a number and its mark.
                let free = |at: usize| (number.end..at + w + 1).all(|i| row.blank(i));
                if number.mark == UNCHECKED {
                    if free(edge + 1) {
                        row.put(edge + 1, &number.mark, number.style);
                    }
                    continue;
                }
                // Where columns overlap, the mark stands beside its own number.
                let at = if free(edge + 1) { edge + 1 } else { number.end };
                if !free(at) {
                    row.open(at, w + 1);
                }
                row.put(at, &number.mark, number.style);
            }
        }
    }
}

pub(super) fn columns(rows: &[Row]) -> BTreeSet<u32> {
    rows.iter().flat_map(|r| &r.numbers).map(|n| n.column).collect()
}

/// Right edge of a column's numbers, and how wide their marks are.
pub(super) fn edge(rows: &[Row], column: u32) -> (usize, usize) {
    let mine = || rows.iter().flat_map(|r| &r.numbers).filter(|n| n.column == column);
    let marks = mine().map(|n| n.mark.chars().count()).max();
    (mine().map(|n| n.end).max().unwrap_or(0), marks.unwrap_or(0))
}

/// Appends a row as it goes to the terminal.
pub(super) fn print(row: &Row, text: &mut String) {
    let end = row.glyphs.iter().rposition(|g| g.c != ' ').map_or(0, |i| i + 1);
    if end > 0 {
        *text += "  ";
    }
    let mut current = style::PLAIN;
    for glyph in &row.glyphs[..end] {
        if glyph.style != current {
            *text += &format!("{current:#}{}", glyph.style);
            current = glyph.style;
        }
        text.push(glyph.c);
    }
    *text += &format!("{current:#}\n");
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Rows of a text in which `F` behind a number is its mark.
    pub(in crate::page) fn rows(lines: &[&str]) -> Vec<Row> {
        lines
            .iter()
            .map(|line| {
                let mut row = Row::of(line);
                let mut column = 0;
                let mut i = 0;
                while i < line.len() {
                    let digits = line[i..].bytes().take_while(|b| b.is_ascii_digit() || b"(),".contains(b)).count();
                    if digits > 0 {
                        let mark = "F".to_string();
                        row.number(Number { start: i, end: i + digits, column, mark, style: style::PLAIN });
                        column += 1;
                    }
                    i += digits.max(1);
                }
                row
            })
            .collect()
    }

    pub(in crate::page) fn shown(rows: &[Row]) -> Vec<String> {
        rows.iter().map(|r| r.glyphs.iter().map(|g| g.c).collect::<String>().trim_end().to_string()).collect()
    }

    #[test]
    fn marks_stand_in_their_own_column() {
        let mut table = rows(&["Sales      4,200    4,000", "Loss         (80)  (1,870)"]);
        set_marks(&mut table);
        assert_eq!(shown(&table), ["Sales      4,200  F  4,000  F", "Loss         (80) F (1,870) F"]);
    }

    #[test]
    fn where_there_is_no_room_every_line_gets_some() {
        let mut table = rows(&["     A Title", "Sales 4,200 4,000", "      -----------", "Cost  2,950 3,660"]);
        set_marks(&mut table);
        assert_eq!(
            shown(&table),
            ["     A Title", "Sales 4,200 F 4,000 F", "      -------------", "Cost  2,950 F 3,660 F"]
        );
    }
}
