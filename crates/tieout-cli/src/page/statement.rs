//! Statements as they stand in the source, a tick mark beside every number.
//!
//! The text of a filing is monospaced, so marks must not move a column: they stand in a column of their
//! own right of the numbers they belong to, and where the source leaves no room for it, every line of the
//! table gets the same few blanks.

use super::marks::{Marks, legend};
use super::text::{clean, columns, count, grouped, paint, width, wrap};
use super::{MEASURE, Page, heading, style};
use crate::view::View;
use anstyle::Style;
use std::collections::{BTreeMap, BTreeSet};
use tieout::{DocumentFormat, Fact, StatementKind, Table};

/// One character of the page.
#[derive(Debug, Clone, Copy)]
struct Glyph {
    c: char,
    style: Style,
}

const BLANK: Glyph = Glyph { c: ' ', style: style::PLAIN };

/// One line of a table, and its numbers.
#[derive(Debug, Default)]
struct Row {
    glyphs: Vec<Glyph>,
    numbers: Vec<Number>,
}

/// A number's place in its row, and its mark.
#[derive(Debug)]
struct Number {
    start: usize,
    end: usize,
    column: u32,
    mark: String,
    style: Style,
}

/// All statements, then the legend, then what was left out.
pub(super) fn write(view: &View<'_>, page: &Page, text: &mut String) {
    let marks = Marks::new(view.report, view.checks);
    let mut used = BTreeSet::new();
    let (mut others, mut numbers) = (0, 0);
    for (index, table) in (0u32..).zip(&view.report.tables) {
        let facts = view.report.facts_of(index);
        if table.kind == StatementKind::Other && !page.verbose {
            others += 1;
            numbers += facts.len();
            continue;
        }
        let mut rows = if from_markup(view, table) {
            from_model(view, table, facts, &marks)
        } else {
            from_source(view, table, facts, &marks)
        };
        used.extend(rows.iter().flat_map(|r| &r.numbers).flat_map(|n| n.mark.chars()));
        dedent(&mut rows);
        set_marks(&mut rows);
        squeeze(&mut rows, page.width.saturating_sub(2));
        title(view, index, table, page, text);
        rows.iter().for_each(|row| print(row, text));
    }
    write_legend(&legend(&used, view.checks), page, text);
    if others > 0 {
        let left = format!("{} with {} not shown; -v shows them", count(others, "other table"), count(numbers, "number"));
        *text += &format!("\n  {}\n", paint(style::DIM, &left));
    }
}

fn title(view: &View<'_>, index: u32, table: &Table, page: &Page, text: &mut String) {
    let mut name = format!("{}  {}", index + 1, capital(table.kind.name()));
    for aside in [&table.coreg, &table.scenario] {
        if !aside.is_empty() {
            name += &format!(", {}", clean(aside));
        }
    }
    let first = view.locate(table.span.start).line;
    let last = view.locate(table.span.end.saturating_sub(1).max(table.span.start)).line;
    heading(&name, &format!("lines {}-{}", grouped(first), grouped(last)), page, text);
}

fn capital(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |c| c.to_ascii_uppercase().to_string() + chars.as_str())
}

/// Markup is laid out by a browser, not by its line ends.
fn from_markup(view: &View<'_>, table: &Table) -> bool {
    let document = (table.doc as usize).checked_sub(1).and_then(|i| view.report.submission.documents.get(i));
    document.is_some_and(|d| d.format == DocumentFormat::Html)
}

/// The source lines of a table, tags that stand alone left out, runs of blank lines made one.
fn from_source(view: &View<'_>, table: &Table, facts: &[Fact], marks: &Marks) -> Vec<Row> {
    let mut by_place: Vec<&Fact> = facts.iter().collect();
    by_place.sort_by_key(|f| f.span);
    let escaped = view.report.submission.documents.get((table.doc as usize).wrapping_sub(1)).is_some_and(|d| d.dash_escaped);
    let mut rows: Vec<Row> = Vec::new();
    let first = view.locate(table.span.start).line;
    let last = view.locate(table.span.end.saturating_sub(1).max(table.span.start)).line;
    for line in first..=last {
        let span = view.lines().line(line);
        let bytes = view.source.slice(span);
        if is_tags(bytes) {
            continue;
        }
        let shown = columns(bytes);
        if shown.is_empty() && rows.last().is_none_or(|r| r.glyphs.is_empty()) {
            continue;
        }
        let glyphs = shown.iter().map(|(c, _)| Glyph { c: *c, style: style::PLAIN }).collect();
        let mut row = Row { glyphs, numbers: Vec::new() };
        let from = by_place.partition_point(|f| f.span.start < span.start);
        for fact in by_place[from..].iter().take_while(|f| f.span.start < span.end) {
            let column = |offset: u32| shown.partition_point(|(_, at)| *at < (offset - span.start) as usize);
            row.number(column(fact.span.start), column(fact.span.end), fact, marks);
        }
        if escaped && bytes.starts_with(b"- ") && row.numbers.iter().all(|n| n.start >= 2) {
            row.remove(0..2);
        }
        rows.push(row);
    }
    while rows.last().is_some_and(|r| r.glyphs.is_empty()) {
        rows.pop();
    }
    rows
}

/// A line of nothing but tags: `<TABLE>`, `<S>  <C>  <C>`, `<PAGE>  5`.
fn is_tags(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    let words = || line.split(u8::is_ascii_whitespace).filter(|w| !w.is_empty());
    line.starts_with(b"<PAGE>") || (!line.is_empty() && words().all(|w| w.starts_with(b"<") && w.ends_with(b">")))
}

/// A table of markup laid out again: labels to the left by depth, numbers to the right of their columns.
fn from_model(view: &View<'_>, table: &Table, facts: &[Fact], marks: &Marks) -> Vec<Row> {
    let printed: Vec<(&Fact, String)> = facts.iter().map(|f| (f, clean(&view.text(f.span)))).collect();
    let label = |line: &tieout::Line| format!("{}{}", "  ".repeat(line.section.len()), clean(&line.label));
    let stub = table.lines.iter().map(|l| width(&label(l)).min(60)).max().unwrap_or(0);
    let mut widths: BTreeMap<u32, usize> = BTreeMap::new();
    for (fact, number) in &printed {
        let w = widths.entry(fact.col).or_default();
        *w = (*w).max(width(number));
    }
    let mut edges: BTreeMap<u32, usize> = BTreeMap::new();
    let mut edge = stub;
    for (col, w) in &widths {
        edge += w + 3;
        edges.insert(*col, edge);
    }
    let mut rows: Vec<Row> = Vec::new();
    if !table.title.is_empty() {
        rows.extend([Row::of(&clean(&table.title)), Row::default()]);
    }
    for (col, edge) in &edges {
        let heading = table.columns.get(*col as usize).map_or(String::new(), |c| clean(&c.heading));
        rows.push(Row::of(&format!("{:>edge$}", format!("{heading} [{}]", col + 1))));
    }
    for (index, line) in (0u32..).zip(&table.lines) {
        let lines = wrap(&label(line), 60);
        let depth = "  ".repeat(line.section.len());
        let mut row = Row::default();
        for (i, words) in lines.iter().enumerate() {
            row = Row::of(&format!("{depth}{}{words}", if i == 0 { "" } else { "  " }));
            if i + 1 < lines.len() {
                rows.push(std::mem::take(&mut row));
            }
        }
        for (fact, number) in printed.iter().filter(|(f, _)| f.line == index) {
            let end = edges.get(&fact.col).copied().unwrap_or(edge);
            let start = end.saturating_sub(number.chars().count());
            row.put(start, number, style::PLAIN);
            row.number(start, start + number.chars().count(), fact, marks);
        }
        rows.push(row);
    }
    rows
}

impl Row {
    fn of(text: &str) -> Row {
        Row { glyphs: text.chars().map(|c| Glyph { c, style: style::PLAIN }).collect(), numbers: Vec::new() }
    }

    fn blank(&self, at: usize) -> bool {
        self.glyphs.get(at).is_none_or(|g| g.c == ' ')
    }

    fn put(&mut self, at: usize, text: &str, style: Style) {
        let end = at + text.chars().count();
        if self.glyphs.len() < end {
            self.glyphs.resize(end, BLANK);
        }
        for (glyph, c) in self.glyphs[at..].iter_mut().zip(text.chars()) {
            *glyph = Glyph { c, style };
        }
    }

    /// Notes a number, with what is glued to it on the right: a percent sign, a footnote mark.
    fn number(&mut self, start: usize, mut end: usize, fact: &Fact, marks: &Marks) {
        while !self.blank(end) && self.glyphs.get(end).is_some_and(|g| !g.c.is_ascii_digit()) {
            end += 1;
        }
        let (mark, style) = marks.mark(fact);
        if mark == "X" {
            self.glyphs.iter_mut().take(end).skip(start).for_each(|g| g.style = style);
        }
        self.numbers.push(Number { start, end, column: fact.col, mark, style });
    }

    /// Opens `by` blanks at `at`. A rule is drawn on through them; words are not torn apart: there the
    /// blanks go to the next gap.
    fn open(&mut self, at: usize, by: usize) {
        if at >= self.glyphs.len() {
            return;
        }
        let rule = |i: usize| self.glyphs.get(i).map(|g| g.c).filter(|c| "-=_─".contains(*c));
        let (mut at, mut fill) = (at, BLANK);
        if let (Some(left), Some(right)) = (at.checked_sub(1).and_then(rule), rule(at))
            && left == right
        {
            fill.c = left;
        } else {
            while at < self.glyphs.len() && !self.blank(at) && !self.blank(at.saturating_sub(1)) {
                at += 1;
            }
        }
        self.glyphs.splice(at..at, std::iter::repeat_n(fill, by));
        for number in self.numbers.iter_mut().filter(|n| n.start >= at) {
            number.start += by;
            number.end += by;
        }
    }

    fn remove(&mut self, range: std::ops::Range<usize>) {
        let end = range.end.min(self.glyphs.len());
        let start = range.start.min(end);
        self.glyphs.drain(start..end);
        for number in self.numbers.iter_mut().filter(|n| n.start >= end) {
            number.start -= end - start;
            number.end -= end - start;
        }
    }
}

/// Takes away the indent all lines share.
fn dedent(rows: &mut [Row]) {
    let indent = |r: &Row| r.glyphs.iter().position(|g| g.c != ' ');
    let shared = rows.iter().filter_map(indent).min().unwrap_or(0);
    rows.iter_mut().for_each(|r| r.remove(0..shared));
}

/// Sets the marks of each column, left to right: one blank after the widest number, then the marks.
fn set_marks(rows: &mut [Row]) {
    let all: BTreeSet<u32> = rows.iter().flat_map(|r| &r.numbers).map(|n| n.column).collect();
    for column in all {
        let mine = || rows.iter().flat_map(|r| r.numbers.iter().filter(|n| n.column == column).map(move |n| (r, n)));
        let wide = mine().map(|(_, n)| n.mark.chars().count()).max().unwrap_or(0);
        let edge = mine().map(|(_, n)| n.end).max().unwrap_or(0);
        // Blank, marks, blank: as much of it as the fullest line leaves.
        let room = |row: &Row| (edge..edge + wide + 2).take_while(|&i| row.blank(i)).count();
        let ends = |row: &Row| row.glyphs.len() <= edge;
        let free = mine().filter(|(r, _)| !ends(r)).map(|(r, _)| room(r)).min().unwrap_or(wide + 2);
        let lacking = wide + 2 - free.min(wide + 2);
        if lacking > 0 {
            rows.iter_mut().for_each(|r| r.open(edge, lacking));
        }
        for row in rows.iter_mut() {
            let own: Vec<(usize, String, Style)> = row
                .numbers
                .iter()
                .filter(|n| n.column == column)
                .map(|n| (n.end, n.mark.clone(), n.style))
                .collect();
            for (end, mark, style) in own {
                let w = mark.chars().count();
                let free = |at: usize| (at..at + w).all(|i| row.blank(i));
                // Where columns overlap, the mark stands beside its own number.
                let at = if free(edge + 1) { edge + 1 } else { end };
                if !free(at) {
                    row.open(at, w);
                }
                row.put(at, &mark, style);
            }
        }
    }
}

/// Makes wide gaps narrower until the table fits the page, the same on every line.
fn squeeze(rows: &mut [Row], limit: usize) {
    let widest = rows.iter().map(|r| r.glyphs.len()).max().unwrap_or(0);
    // A title stands alone in its line: its place says nothing, so it does not hold a gap open.
    let floats = |row: &Row| {
        row.numbers.is_empty() && {
            let words: String = row.glyphs.iter().map(|g| g.c).collect();
            !words.trim().contains("  ") && row.glyphs.first().is_some_and(|g| g.c == ' ')
        }
    };
    let rule = |row: &Row| row.glyphs.iter().all(|g| "-=_ ".contains(g.c));
    let fixed: Vec<&Row> = rows.iter().filter(|r| !floats(r) && !rule(r)).collect();
    let empty: Vec<bool> = (0..widest).map(|i| fixed.iter().all(|r| r.blank(i))).collect();
    let mut spare: Vec<usize> = Vec::new();
    for i in 3..widest {
        // Three blanks before this one stay.
        if empty[i - 3..=i].iter().all(|e| *e) {
            spare.push(i);
        }
    }
    let over = widest.saturating_sub(limit);
    // Evenly from all gaps, so that the table keeps its look.
    let take = over.min(spare.len());
    let chosen: Vec<usize> = (0..take).map(|k| spare[k * spare.len() / take]).collect();
    for row in rows.iter_mut() {
        let float = floats(row);
        for &at in chosen.iter().rev() {
            if float {
                let indent = row.glyphs.iter().take_while(|g| g.c == ' ').count();
                if indent > 0 && at <= indent + row.glyphs.len() / 2 {
                    row.remove(0..1);
                }
            } else {
                row.remove(at..at + 1);
            }
        }
    }
}

fn print(row: &Row, text: &mut String) {
    if row.glyphs.is_empty() {
        text.push('\n');
        return;
    }
    *text += "  ";
    let mut current = style::PLAIN;
    for glyph in &row.glyphs {
        if glyph.style != current {
            *text += &format!("{current:#}{}", glyph.style);
            current = glyph.style;
        }
        text.push(glyph.c);
    }
    *text += &format!("{current:#}\n");
}

fn write_legend(entries: &[(String, Style)], page: &Page, text: &mut String) {
    if entries.is_empty() {
        return;
    }
    let (mut line, mut used) = (String::new(), 0);
    text.push('\n');
    for (entry, style) in entries {
        if used > 0 && used + 3 + width(entry) > page.width.min(MEASURE) - 2 {
            *text += &format!("  {line}\n");
            (line, used) = (String::new(), 0);
        }
        if used > 0 {
            line += "   ";
            used += 3;
        }
        let (mark, meaning) = entry.split_at(entry.chars().next().map_or(0, char::len_utf8));
        let single = meaning.starts_with(' ');
        line += &if single { paint(*style, mark) + &paint(style::DIM, meaning) } else { paint(style::DIM, entry) };
        used += width(entry);
    }
    *text += &format!("  {line}\n");
}
