//! A table of markup laid out for a page of characters: a browser places its cells, line ends do not.

use super::marks::Marks;
use super::sheet::Row;
use super::statement::marked;
use super::style;
use super::text::{clean, width, wrap};
use crate::view::View;
use std::collections::BTreeMap;
use tieout::{Fact, Line, Table};

/// Labels are wrapped to this.
const LABEL: usize = 60;
/// Headings of narrow columns are wrapped to this.
const HEADING: usize = 12;
/// Blanks between columns; marks stand in them.
const APART: usize = 3;

/// A column of numbers: how wide, where it ends, and its heading in lines.
struct Column {
    width: usize,
    edge: usize,
    heading: Vec<String>,
}

/// Labels to the left by depth, numbers to the right of their columns, headings stacked above them.
pub(super) fn rows(view: &View<'_>, table: &Table, facts: &[Fact], marks: &Marks) -> Vec<Row> {
    let printed: Vec<(&Fact, String)> = facts.iter().map(|f| (f, clean(&view.text(f.span)))).collect();
    let label = |line: &Line| format!("{}{}", "  ".repeat(line.section.len()), clean(&line.label));
    let stub = table.lines.iter().map(|l| width(&label(l)).min(LABEL)).max().unwrap_or(0);
    let columns = columns(table, &printed, stub);
    let mut rows: Vec<Row> = Vec::new();
    if !table.title.is_empty() {
        rows.extend(wrap(&clean(&table.title), LABEL + HEADING).iter().map(|line| Row::of(line)));
        rows.push(Row::default());
    }
    rows.extend(headings(&columns));
    // Facts stand in line order: each line takes its own from the front.
    let mut left = &printed[..];
    for (index, line) in (0u32..).zip(&table.lines) {
        let depth = "  ".repeat(line.section.len());
        let mut row = Row::default();
        let lines = wrap(&label(line), LABEL);
        for (i, words) in lines.iter().enumerate() {
            row = Row::of(&format!("{depth}{}{words}", if i == 0 { "" } else { "  " }));
            if i + 1 < lines.len() {
                rows.push(std::mem::take(&mut row));
            }
        }
        let (own, rest) = left.split_at(left.partition_point(|(f, _)| f.line <= index));
        left = rest;
        for (fact, number) in own {
            let end = columns.get(&fact.col).map_or(stub, |c| c.edge);
            let start = end.saturating_sub(width(number));
            row.put(start, number, style::PLAIN);
            row.number(marked(start, start + width(number), fact, marks));
        }
        rows.push(row);
    }
    rows
}

fn columns(table: &Table, printed: &[(&Fact, String)], stub: usize) -> BTreeMap<u32, Column> {
    let mut columns: BTreeMap<u32, Column> = BTreeMap::new();
    for (fact, number) in printed {
        let column = columns.entry(fact.col).or_insert(Column { width: 0, edge: 0, heading: Vec::new() });
        column.width = column.width.max(width(number));
    }
    let mut edge = stub;
    for (at, column) in &mut columns {
        let heading = table.columns.get(*at as usize).map_or(String::new(), |c| clean(&c.heading));
        let word = heading.split(' ').map(width).max().unwrap_or(0);
        let room = column.width.max(HEADING).max(word.min(HEADING + HEADING / 2));
        column.heading = wrap(&heading, room);
        column.width = column.width.max(column.heading.iter().map(|line| width(line)).max().unwrap_or(0));
        edge += column.width + APART;
        column.edge = edge;
    }
    columns
}

/// Headings stand on the numbers: their last lines in one row.
fn headings(columns: &BTreeMap<u32, Column>) -> Vec<Row> {
    let most = columns.values().map(|c| c.heading.len()).max().unwrap_or(0);
    let mut rows: Vec<Row> = (0..most).map(|_| Row::default()).collect();
    for column in columns.values() {
        let first = most - column.heading.len();
        for (row, line) in rows.iter_mut().skip(first).zip(&column.heading) {
            row.put(column.edge.saturating_sub(width(line)), line, style::PLAIN);
        }
    }
    rows
}
