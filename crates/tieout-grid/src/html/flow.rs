//! Lines and paragraphs, and what is open while they are read.

use super::marks::{begins_with_bullet, is_note};
use super::page::{self, Piece};
use super::sheet::Sheet;
use super::table::Line;
use super::{DEEPEST, Inline, Open, Reader};
use crate::{Block, ParagraphKind};
use std::ops::Range;
use tieout_html::Tag;
use tieout_source::Span;

impl<'a> Reader<'a> {
    pub(super) fn start_in_pre(&mut self, tag: Tag, attributes: Span) {
        let Some(sheet) = &mut self.pre else { return };
        match tag {
            Tag::Br | Tag::P | Tag::Div | Tag::Tr if !sheet.text.is_empty() && !sheet.text.ends_with('\n') => {
                sheet.fill('\n', 1);
            }
            Tag::Br => sheet.fill('\n', 1),
            Tag::Sup | Tag::Hr => {}
            _ if self.looks.of(self.bytes, attributes).gone => self.hidden = Some((tag, 1)),
            _ => {}
        }
    }

    pub(super) fn end_pre(&mut self) {
        if let Some(sheet) = self.pre.take() {
            self.push_sheet(&sheet);
        }
    }

    /// Adds the blocks of a sheet. The first of its tables may go on with the one before.
    pub(super) fn push_sheet(&mut self, sheet: &Sheet) {
        for block in sheet.blocks() {
            match block {
                Block::Grid(grid) => self.push_grid(grid),
                Block::Prose(p) => self.blocks.push(Block::Prose(p)),
            }
        }
        self.floor = self.blocks.len();
    }

    pub(super) fn start_inline(&mut self, tag: Tag, attributes: Span) {
        if self.inline.len() >= DEEPEST {
            return;
        }
        let look = self.looks.of(self.bytes, attributes);
        if look.gone {
            self.hidden = Some((tag, 1));
            return;
        }
        let raised = tag == Tag::Sup || look.raised || (!look.absolute && look.top.is_some_and(|t| t < 0));
        self.invisible += u32::from(look.invisible);
        let raised = raised.then(|| self.ink.mark());
        self.inline.push(Inline { tag, raised, invisible: look.invisible });
    }

    pub(super) fn end_inline(&mut self, tag: Tag) {
        let Some(at) = self.inline.iter().rposition(|i| i.tag == tag) else { return };
        // Elements left open inside end with it.
        while self.inline.len() > at {
            self.pop_inline();
        }
    }

    pub(super) fn pop_inline(&mut self) {
        let Some(inline) = self.inline.pop() else { return };
        self.invisible -= u32::from(inline.invisible);
        if let Some(mark) = inline.raised
            && is_note(self.ink.since(mark))
        {
            self.ink.take_back(mark);
        }
    }

    /// What is set within a line does not outlast it where cells and blocks end.
    pub(super) fn end_inlines(&mut self) {
        while !self.inline.is_empty() {
            self.pop_inline();
        }
    }

    pub(super) fn start_block(&mut self, tag: Tag, attributes: Span) {
        let look = self.looks.of(self.bytes, attributes);
        if look.gone {
            self.end_block();
            self.hidden = Some((tag, 1));
            return;
        }
        if look.inline && tag == Tag::Div {
            self.ink.blank();
        } else {
            // A paragraph ends where the next block begins.
            if let Some(last) = self.open.last().filter(|o| o.tag == Tag::P) {
                let tag = last.tag;
                self.close(tag);
            }
            self.end_block();
        }
        if look.page && self.tables.is_empty() {
            self.end_laid();
            self.end_page();
            self.floor = self.blocks.len();
        }
        if tag == Tag::Li {
            self.bullet = true;
        }
        let outer = self.open.last().copied();
        let base = outer.map_or((0, 0), |o| o.place);
        let place = match (look.left, look.top) {
            (Some(left), Some(top)) if look.absolute => Some((base.0 + left, base.1 + top)),
            _ => None,
        };
        let on_page = self.tables.is_empty();
        if let (Some((left, top)), Some(width), true) = (place, look.width, on_page)
            && look.height.is_some_and(|h| h <= 300)
        {
            self.pieces.push(Piece { left, top, size: 0, words: 0..0, rule: width });
        }
        if self.open.len() < DEEPEST {
            self.open.push(Open {
                tag,
                indent: look.indent,
                hang: look.hang.unwrap_or(outer.map_or(0, |o| o.hang)),
                place: place.unwrap_or(base),
                piece: on_page && (place.is_some() || look.inline && outer.is_some_and(|o| o.piece)),
                size: look.size.unwrap_or(outer.map_or(1000, |o| o.size)),
                inline: look.inline && tag == Tag::Div,
            });
        }
        if let Some(cell) = self.tables.last_mut().and_then(|t| t.cell.as_mut()) {
            cell.align = look.align.or(cell.align);
        }
    }

    /// Ends an element that stands on lines of its own, and those left open inside it.
    pub(super) fn close(&mut self, tag: Tag) {
        let Some(at) = self.open.iter().rposition(|o| o.tag == tag) else {
            return self.end_block();
        };
        if self.open.get(at..).is_some_and(|o| o.iter().all(|o| o.inline)) {
            self.ink.blank();
        } else {
            self.end_block();
        }
        self.open.truncate(at);
        if tag == Tag::Li {
            self.bullet = false;
        }
    }

    /// The indent of the open line, in characters.
    pub(super) fn indent(&self) -> u32 {
        let blocks: i32 = self.open.iter().map(|o| o.indent).sum();
        let hang = self.open.last().map_or(0, |o| o.hang);
        let cell = self.tables.last().and_then(|t| t.cell).map_or((0, None), |c| (c.indent, c.hang));
        let hang = if self.open.is_empty() { cell.1.unwrap_or(0) } else { hang };
        ((blocks + cell.0 + hang).max(0) / 300) as u32 + self.ink.lead
    }

    pub(super) fn line_break(&mut self) {
        if self.open.last().is_some_and(|o| o.piece) {
            self.ink.blank();
            return;
        }
        let blank = self.ink.is_blank();
        if blank {
            self.lay(0..0);
        }
        if self.tables.last().is_some_and(|t| t.cell.is_some()) {
            self.end_line(false);
            return;
        }
        // A blank line ends a paragraph.
        if blank && self.broken {
            self.end_block();
        } else {
            self.end_line(false);
            self.broken = true;
        }
    }

    /// Ends the open line: into its cell, its paragraph, or onto the page.
    pub(super) fn end_line(&mut self, block: bool) {
        let indent = self.indent();
        let indented = self.ink.lead > 0;
        let words = self.ink.end_line();
        if let Some(table) = self.tables.last_mut()
            && table.cell.is_some()
        {
            if !words.is_empty() || !block {
                table.lines.push(Line { words, indent, block });
            }
            return;
        }
        if words.is_empty() {
            if indented {
                self.lay(words);
            }
            return;
        }
        if let Some(open) = self.open.last().filter(|o| o.piece) {
            let (left, top) = open.place;
            self.pieces.push(Piece { left, top, size: open.size, words, rule: 0 });
            return;
        }
        self.lay(words.clone());
        self.paragraph = Some(match self.paragraph.take() {
            Some(range) => range.start..words.end,
            None => words,
        });
    }

    /// Ends the open line and, outside of cells, the paragraph.
    pub(super) fn end_block(&mut self) {
        self.end_line(true);
        self.broken = false;
        if let Some(words) = self.paragraph.take() {
            self.push_paragraph(words, self.bullet);
        }
    }

    pub(super) fn push_paragraph(&mut self, words: Range<usize>, bullet: bool) {
        if words.is_empty() {
            return;
        }
        let mut paragraph = self.ink.paragraph(words);
        if bullet || begins_with_bullet(&paragraph.text) {
            paragraph.kind = ParagraphKind::Bullet;
        }
        paragraph.settle();
        self.blocks.push(Block::Prose(paragraph));
    }

    pub(super) fn end_page(&mut self) {
        if self.pieces.is_empty() {
            return;
        }
        let pieces = std::mem::take(&mut self.pieces);
        let sheet = page::sheet(pieces, &self.ink);
        self.push_sheet(&sheet);
    }
}
