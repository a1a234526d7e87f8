//! A table's lines as they stand in the source, as characters, with the numbers among them.

use super::style;
use anstyle::Style;
use std::collections::BTreeMap;
use std::ops::Range;

/// One character of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Glyph {
    pub(super) c: char,
    pub(super) style: Style,
}

pub(super) const BLANK: Glyph = Glyph { c: ' ', style: style::PLAIN };

/// The mark of a number that no check reached. It makes no room for itself.
pub(crate) const UNCHECKED: &str = "·";

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

/// One line of a table, and its numbers from left to right.
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
        put(&mut self.glyphs, at, text.chars().map(|c| Glyph { c, style }));
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

    pub(super) fn remove(&mut self, range: Range<usize>) {
        let end = range.end.min(self.glyphs.len());
        let start = range.start.min(end);
        self.glyphs.drain(start..end);
        for number in self.numbers.iter_mut().filter(|n| n.start >= end) {
            number.start -= end - start;
            number.end -= end - start;
        }
    }

    /// Nothing but rules: `-----  =====`.
    pub(super) fn is_rule(&self) -> bool {
        self.indent().is_some() && self.glyphs.iter().all(|g| "-=_─ ".contains(g.c))
    }

    /// Stretches of characters with fewer than `apart` blanks inside, from `from` to `to`.
    pub(super) fn words(&self, from: usize, to: usize, apart: usize) -> Vec<Range<usize>> {
        let mut words: Vec<Range<usize>> = Vec::new();
        for i in (from..to.min(self.glyphs.len())).filter(|&i| !self.blank(i)) {
            match words.last_mut() {
                Some(word) if i < word.end + apart => word.end = i + 1,
                _ => words.push(i..i + 1),
            }
        }
        words
    }
}

/// Sets characters at a place of a line, which grows as it must.
pub(super) fn put(line: &mut Vec<Glyph>, at: usize, glyphs: impl Iterator<Item = Glyph>) {
    if line.len() < at {
        line.resize(at, BLANK);
    }
    for (i, glyph) in glyphs.enumerate() {
        match line.get_mut(at + i) {
            Some(old) => *old = glyph,
            None => line.push(glyph),
        }
    }
}

/// Takes away the indent all lines share.
pub(super) fn dedent(rows: &mut [Row]) {
    let shared = rows.iter().filter_map(Row::indent).min().unwrap_or(0);
    rows.iter_mut().for_each(|r| r.remove(0..shared));
}

/// A number's edge may be so far from where most of its column's stand.
const LOOSE: usize = 8;

/// Takes unchecked numbers that stand far from their column (the number of an exhibit in a title) for words:
/// they would tear the column wide.
pub(super) fn let_go(rows: &mut [Row]) {
    let mut edges: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for number in rows.iter().flat_map(|r| &r.numbers) {
        edges.entry(number.column).or_default().push(number.end);
    }
    edges.values_mut().for_each(|e| e.sort_unstable());
    let middle = |column| edges.get(&column).and_then(|e| e.get(e.len() / 2)).copied().unwrap_or(0);
    let stays = |n: &Number| n.mark != UNCHECKED || n.end.abs_diff(middle(n.column)) <= LOOSE;
    rows.iter_mut().for_each(|r| r.numbers.retain(stays));
}

/// Appends a line as it goes to the terminal.
pub(super) fn print(line: &[Glyph], text: &mut String) {
    let end = line.iter().rposition(|g| g.c != ' ').map_or(0, |i| i + 1);
    if end > 0 {
        *text += "  ";
    }
    let mut current = style::PLAIN;
    for glyph in &line[..end] {
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

    /// Rows of a text in which every figure is a number with the mark `F`; its column is the nearest right
    /// edge in `edges`.
    pub(in crate::page) fn rows(lines: &[&str], edges: &[usize]) -> Vec<Row> {
        let row = |line: &&str| {
            let mut row = Row::of(line);
            for word in row.words(0, line.len(), 1) {
                let text = &line[word.clone()];
                let figure = text.bytes().all(|b| b.is_ascii_digit() || b"().,".contains(&b))
                    && text.len() > 1
                    && !text.starts_with("19");
                let nearest = (0u32..).zip(edges).min_by_key(|(_, e)| e.abs_diff(word.end));
                if let Some((column, edge)) = nearest.filter(|_| figure)
                    && edge.abs_diff(word.end) < 3
                {
                    row.number(Number {
                        start: word.start,
                        end: word.end,
                        column,
                        mark: "F".into(),
                        style: style::PLAIN,
                    });
                }
            }
            row
        };
        lines.iter().map(row).collect()
    }

    pub(in crate::page) fn shown(lines: &[Vec<Glyph>]) -> Vec<String> {
        lines.iter().map(|l| l.iter().map(|g| g.c).collect::<String>().trim_end().to_string()).collect()
    }

    #[test]
    fn words_keep_together_what_stands_together() {
        let row = Row::of("  Net sales .... $  24,618");
        assert_eq!(row.words(0, 40, 2), [2..18, 20..26]);
        assert_eq!(row.words(0, 40, 1), [2..5, 6..11, 12..16, 17..18, 20..26]);
    }

    #[test]
    fn a_number_far_from_its_column_is_words() {
        let number =
            |end: usize, mark: &str| Number { start: end - 2, end, column: 0, mark: mark.into(), style: style::PLAIN };
        let mut rows = vec![Row::default(), Row::default(), Row::default(), Row::default()];
        for (row, (end, mark)) in rows.iter_mut().zip([(40, "F"), (40, "·"), (20, "·"), (25, "F")]) {
            row.numbers.push(number(end, mark));
        }
        let_go(&mut rows);
        let left: Vec<usize> = rows.iter().map(|r| r.numbers.len()).collect();
        assert_eq!(left, [1, 1, 0, 1]);
    }

    #[test]
    fn a_number_takes_what_is_glued_to_it() {
        let mut row = Row::of("Margin  42.0%(a)");
        row.number(Number { start: 8, end: 12, column: 0, mark: "F".into(), style: style::PLAIN });
        assert_eq!(row.numbers[0].end, 16);
    }
}
