//! Tables: their rows and cells while they are read, and what becomes of them.

use super::geometry::{self, ItemRow};
use super::marks::{is_bullet, is_caption};
use super::style;
use super::table::{self, RawTable};
use super::{DEEPEST, Reader};
use crate::Block;
use crate::grid::{Cell, CellKind, Grid, Row};
use std::borrow::Cow;
use std::ops::Range;
use tieout_html::Tag;
use tieout_source::Span;

/// The most paragraphs that are a table's title.
const MOST_CAPTIONS: usize = 12;

impl<'a> Reader<'a> {
    pub(super) fn start_table(&mut self, attributes: Span, span: Span) {
        if self.looks.of(self.bytes, attributes).gone {
            self.hidden = Some((Tag::Table, 1));
            return;
        }
        self.end_block();
        self.end_laid();
        self.end_page();
        // A table in a cell: the outer one only lays out the page.
        if self.tables.len() >= DEEPEST {
            return;
        }
        if let Some(outer) = self.tables.last_mut() {
            let cell = outer.cell;
            let first = outer.cells.last().map_or(0, |c| c.last);
            outer.end_cell(first);
            outer.end_row(span.start);
            let whole = std::mem::take(outer);
            outer.cell = cell;
            self.read_table(&whole);
        }
        self.tables.push(RawTable::default());
    }

    pub(super) fn start_row(&mut self, attributes: Span, span: Span) {
        self.end_cell();
        if self.tables.is_empty() {
            return self.end_block();
        }
        if self.looks.of(self.bytes, attributes).gone {
            self.hidden = Some((Tag::Tr, 1));
            return;
        }
        if let Some(table) = self.tables.last_mut() {
            table.begin_row(span);
        }
    }

    pub(super) fn start_cell(&mut self, tag: Tag, attributes: Span, span: Span) {
        self.end_cell();
        self.end_block();
        self.open.clear();
        let Some(table) = self.tables.last_mut() else { return };
        if !table.in_row {
            table.begin_row(span);
        }
        let mut look = self.looks.of(self.bytes, attributes);
        if look.gone {
            self.hidden = Some((tag, 1));
            return;
        }
        if tag == Tag::Th && look.align.is_none() {
            look.align = Some(style::Align::Center);
        }
        self.invisible += u32::from(look.invisible);
        table.cell = Some(look);
    }

    pub(super) fn end_cell(&mut self) {
        let Some(cell) = self.tables.last().and_then(|t| t.cell) else { return };
        self.end_inlines();
        self.invisible = 0;
        self.end_line(true);
        self.open.clear();
        if let Some(table) = self.tables.last_mut() {
            let first = table.cells.last().map_or(0, |c| c.last);
            debug_assert!(first <= table.lines.len() && !cell.gone);
            table.end_cell(first);
        }
    }

    pub(super) fn end_table(&mut self, at: u32) {
        self.end_cell();
        let Some(mut table) = self.tables.pop() else { return self.end_block() };
        table.end_row(at);
        self.end_block();
        self.read_table(&table);
    }

    /// A table read: a grid where it has figures, prose where it only lays words out.
    pub(super) fn read_table(&mut self, table: &RawTable) {
        if table.cells.is_empty() {
            return;
        }
        let placed = table::placed(table, &self.ink);
        let mut buffer = std::mem::take(&mut self.buffer);
        let rows: Vec<ItemRow> = placed.iter().map(|r| geometry::items(r, &self.ink, &mut buffer)).collect();
        self.buffer = buffer;
        let figures = rows.iter().filter(|r| r.has_figures()).count();
        let most = rows.iter().map(ItemRow::figures).max().unwrap_or(0);
        if figures < 2 && most < 2 {
            return self.push_words(table, 0..table.rows.len());
        }
        let first = rows.iter().position(ItemRow::has_figures).unwrap_or(0);
        let last = rows.iter().rposition(ItemRow::has_figures).map_or(0, |i| i + 1);
        // Paragraphs laid out above the figures are prose, and so is what stands below them.
        let long = |r: &ItemRow| r.only_words().is_some_and(|w| w.len() > 250);
        let body = rows.iter().take(first).rposition(long).map_or(0, |i| i + 1);
        for row in rows.iter().take(body) {
            if let Some(words) = row.only_words() {
                self.push_paragraph(words, false);
            }
        }
        let mut grid = geometry::grid(rows.get(body..last).unwrap_or_default(), table.columns, &self.ink);
        self.caption(&mut grid);
        self.push_grid(grid);
        for row in rows.iter().skip(last) {
            if let Some(words) = row.words() {
                self.push_paragraph(words, false);
            }
        }
        self.floor = self.blocks.len();
    }

    pub(super) fn push_grid(&mut self, mut grid: Grid<'a>) {
        grid.follows =
            self.follows && crate::text::only_furniture(self.blocks.get(self.last_grid..).unwrap_or_default());
        grid.lead = crate::text::lead(&self.blocks);
        self.blocks.push(Block::Grid(grid));
        self.follows = true;
        self.last_grid = self.blocks.len();
        self.floor = self.blocks.len();
    }

    /// Short paragraphs right above a table are its title: they become rows of it.
    pub(super) fn caption(&mut self, grid: &mut Grid<'a>) {
        let mut from = self.blocks.len();
        while from > self.floor && self.blocks.len() - from < MOST_CAPTIONS {
            match self.blocks.get(from - 1) {
                Some(Block::Prose(p)) if is_caption(p) => from -= 1,
                _ => break,
            }
        }
        let captions: Vec<Block<'a>> = self.blocks.drain(from..).collect();
        if captions.is_empty() {
            return;
        }
        let narrow = grid.cells.iter().filter(|c| matches!(c.kind, CellKind::Number(_))).map(|c| c.x0).min();
        let narrow = narrow.unwrap_or(40).saturating_sub(3).max(1);
        let count = captions.len() as u32 + 1;
        let mut cells = Vec::with_capacity(grid.cells.len() + captions.len() + 1);
        let mut rows = Vec::with_capacity(grid.rows.len() + captions.len() + 1);
        let mut push = |kind, text: Cow<'a, str>, span: Span, x1: u32| {
            let first = cells.len() as u32;
            cells.push(Cell { kind, text, span, x0: 0, x1, gap: 0 });
            rows.push(Row { first, last: first + 1, span, blanks: 0 });
        };
        for caption in captions {
            let Block::Prose(p) = caption else { continue };
            grid.span = grid.span.join(p.span);
            let x1 = (p.text.len() as u32).min(narrow).max(1);
            push(CellKind::Text, Cow::Owned(p.text), p.span, x1);
        }
        let at = grid.rows.first().map_or(grid.span.start, |r| r.span.start);
        push(CellKind::Rule, "-----".into(), Span { start: at, end: at }, narrow);
        let shift = |r: &Row| Row { first: r.first + count, last: r.last + count, ..r.clone() };
        rows.extend(grid.rows.iter().map(shift));
        cells.append(&mut grid.cells);
        (grid.rows, grid.cells) = (rows, cells);
    }

    /// The words of a table that only lays them out: each row a paragraph, or each cell where it holds several.
    pub(super) fn push_words(&mut self, table: &RawTable, rows: Range<usize>) {
        for row in table.rows.get(rows).unwrap_or_default() {
            let cells = table.row(row);
            let mut bullet = false;
            let mut joined: Option<Range<usize>> = None;
            for cell in cells {
                let lines = table.lines(cell);
                let mut words = lines.iter().filter(|l| !l.words.is_empty()).peekable();
                let Some(first) = words.peek().map(|l| l.words.clone()) else { continue };
                let mark = self.ink.words(first.clone());
                let is_mark = mark.len() <= 4 && words.clone().count() == 1;
                if is_mark && joined.is_none() {
                    bullet |= is_bullet(mark);
                    joined = Some(first);
                    continue;
                }
                let short = words.clone().all(|l| l.words.len() < 60);
                let mut open = joined.take();
                for line in words {
                    match &mut open {
                        // A bullet's mark, a label's figure, a line that goes on.
                        Some(range) if !line.block || range.len() <= 4 || short => range.end = line.words.end,
                        _ => {
                            if let Some(range) = open.replace(line.words.clone()) {
                                self.push_paragraph(range, bullet);
                            }
                        }
                    }
                }
                if short {
                    joined = open;
                } else if let Some(range) = open {
                    self.push_paragraph(range, bullet);
                }
            }
            if let Some(range) = joined {
                self.push_paragraph(range, bullet);
            }
        }
    }
}
