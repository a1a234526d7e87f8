//! HTML as tables and prose. Not a browser: no tree is built, since filings close few of the elements they
//! open; what matters is which words stand in which cell, what is hidden, and where lines end.

mod geometry;
mod ink;
mod page;
mod sheet;
mod style;
mod table;

use crate::grid::{Cell, CellKind, Grid, Row};
use crate::{Block, Paragraph, ParagraphKind};
use geometry::ItemRow;
use ink::Ink;
use page::Piece;
use sheet::Sheet;
use std::borrow::Cow;
use std::ops::Range;
use style::look;
use table::{Line, RawTable};
use tieout_html::{Tag, Token, characters, tokens};
use tieout_source::{Source, Span};

/// Reads the body of an HTML document. Inline XBRL is read as what it shows.
pub fn html_blocks<'a>(source: &Source<'a>, body: Span) -> Vec<Block<'a>> {
    let mut reader = Reader::new(source.bytes, body);
    for token in tokens(source.bytes, body) {
        reader.token(token);
    }
    reader.finish()
}

/// An element that stands on lines of its own and is open.
#[derive(Debug, Clone, Copy)]
struct Open {
    tag: Tag,
    /// What it adds to the indent, in hundredths of a point.
    indent: i32,
    /// `text-indent` in force in it.
    hang: i32,
    /// Where it stands on the page, and whether its words are a piece of it.
    place: (i32, i32),
    piece: bool,
    /// Font size.
    size: i32,
    /// It began no line: `inline-block`.
    inline: bool,
}

/// An element within a line that is open.
#[derive(Debug, Clone, Copy)]
struct Inline {
    tag: Tag,
    /// Set above the line since here.
    raised: Option<(usize, bool)>,
    invisible: bool,
}

/// Elements are nested no deeper than this: what goes further is not followed.
const DEEPEST: usize = 200;

struct Reader<'a> {
    bytes: &'a [u8],
    ink: Ink<'a>,
    blocks: Vec<Block<'a>>,
    /// Where the words of each block of prose at the end of `blocks` are in the ink.
    tables: Vec<RawTable>,
    open: Vec<Open>,
    inline: Vec<Inline>,
    /// What is hidden, and how many of its name are open in it.
    hidden: Option<(Tag, u32)>,
    /// How many open elements within the line are invisible.
    invisible: u32,
    /// Words of the open paragraph, outside of tables.
    paragraph: Option<Range<usize>>,
    /// A `<br>` has just ended a line of it.
    broken: bool,
    bullet: bool,
    /// Preformatted text.
    pre: Option<Sheet>,
    pieces: Vec<Piece>,
    /// Blocks before this one stand on another page or belong to a table: no title is looked for there.
    floor: usize,
    buffer: String,
    follows: bool,
    last_grid: usize,
}

impl<'a> Reader<'a> {
    fn new(bytes: &'a [u8], body: Span) -> Reader<'a> {
        Reader {
            bytes,
            ink: Ink::new(bytes, body.len() / 8),
            blocks: Vec::new(),
            tables: Vec::new(),
            open: Vec::new(),
            inline: Vec::new(),
            hidden: None,
            invisible: 0,
            paragraph: None,
            broken: false,
            bullet: false,
            pre: None,
            pieces: Vec::new(),
            floor: 0,
            buffer: String::new(),
            follows: false,
            last_grid: 0,
        }
    }

    fn finish(mut self) -> Vec<Block<'a>> {
        self.end_pre();
        while !self.tables.is_empty() {
            let end = self.bytes.len() as u32;
            self.end_table(end);
        }
        self.end_block();
        self.end_page();
        self.blocks
    }

    fn token(&mut self, token: Token) {
        if let Some((tag, depth)) = self.hidden {
            self.unhide(token, tag, depth);
            return;
        }
        match token {
            Token::Text { span, references } => self.text(span, references),
            Token::Start { tag, attributes, self_closing, span, .. } => {
                self.start(tag, attributes, span);
                if self_closing && !is_void(tag) {
                    self.end(tag, span);
                }
            }
            Token::End { tag, span, .. } => self.end(tag, span),
            Token::Comment { .. } | Token::Doctype { .. } => {}
        }
    }

    /// Passes over what is hidden until it ends.
    fn unhide(&mut self, token: Token, hidden: Tag, depth: u32) {
        let (tag, span, opens) = match token {
            Token::Start { tag, self_closing, span, .. } if !self_closing => (tag, span, true),
            Token::End { tag, span, .. } => (tag, span, false),
            _ => return,
        };
        // Filers leave paragraphs and cells open: what cannot stand in them ends them.
        let ends_unclosed = match hidden {
            Tag::P => {
                matches!(tag, Tag::P | Tag::Div | Tag::Table | Tag::Td | Tag::Th | Tag::Tr)
                    || tag == Tag::Body && !opens
            }
            Tag::Table | Tag::Div | Tag::IxHeader | Tag::IxHidden => tag == Tag::Body && !opens,
            _ => matches!((tag, opens), (Tag::Td | Tag::Th | Tag::Tr | Tag::Table | Tag::Body, false)) && tag != hidden,
        };
        if tag == hidden {
            let depth = if opens { depth + 1 } else { depth - 1 };
            self.hidden = (depth > 0 && hidden != Tag::P).then_some((hidden, depth));
            if !(hidden == Tag::P && opens) {
                return;
            }
        } else if !ends_unclosed {
            return;
        }
        self.hidden = None;
        if opens {
            self.token(token);
        } else {
            self.end(tag, span);
        }
    }

    fn text(&mut self, span: Span, references: bool) {
        if self.invisible > 0 {
            self.ink.blank();
            return;
        }
        if let Some(sheet) = &mut self.pre {
            preformatted(self.bytes, span, sheet);
            return;
        }
        if self.tables.last().is_some_and(|t| t.cell.is_none()) && is_blank(self.bytes, span) {
            return;
        }
        self.ink.push(span, references);
        if !self.ink.is_blank() {
            self.broken = false;
        }
    }

    fn start(&mut self, tag: Tag, attributes: Span, span: Span) {
        if self.pre.is_some() {
            return self.start_in_pre(tag, attributes);
        }
        match tag {
            Tag::IxHeader
            | Tag::IxHidden
            | Tag::IxReferences
            | Tag::IxResources
            | Tag::Script
            | Tag::Style
            | Tag::Title
            | Tag::Select
            | Tag::Textarea
            | Tag::Svg => self.hidden = Some((tag, 1)),
            Tag::Br => self.line_break(),
            Tag::Span
            | Tag::Font
            | Tag::Sup
            | Tag::A
            | Tag::B
            | Tag::I
            | Tag::U
            | Tag::Small
            | Tag::Em
            | Tag::Strong => {
                self.start_inline(tag, attributes);
            }
            Tag::Table => self.start_table(attributes, span),
            Tag::Tr => self.start_row(attributes, span),
            Tag::Td | Tag::Th => self.start_cell(tag, attributes, span),
            Tag::Pre | Tag::Listing | Tag::Xmp | Tag::Plaintext => {
                self.end_block();
                self.pre = Some(Sheet::default());
            }
            Tag::Hr | Tag::Page => {
                self.end_block();
                if self.tables.is_empty() {
                    self.floor = self.blocks.len();
                }
            }
            _ if is_block(tag) => self.start_block(tag, attributes),
            _ => {}
        }
    }

    fn end(&mut self, tag: Tag, span: Span) {
        if self.pre.is_some() {
            match tag {
                Tag::Pre | Tag::Listing | Tag::Xmp | Tag::Body | Tag::Html => self.end_pre(),
                Tag::P | Tag::Div | Tag::Tr => self.start_in_pre(tag, Span::default()),
                _ => {}
            }
            return;
        }
        match tag {
            Tag::Span
            | Tag::Font
            | Tag::Sup
            | Tag::A
            | Tag::B
            | Tag::I
            | Tag::U
            | Tag::Small
            | Tag::Em
            | Tag::Strong => {
                self.end_inline(tag);
            }
            Tag::Table => self.end_table(span.end),
            Tag::Tr => {
                self.end_cell();
                if let Some(table) = self.tables.last_mut() {
                    table.end_row(span.end);
                }
            }
            Tag::Td | Tag::Th => self.end_cell(),
            _ if is_block(tag) => self.close(tag),
            _ => {}
        }
    }

    fn start_in_pre(&mut self, tag: Tag, attributes: Span) {
        let Some(sheet) = &mut self.pre else { return };
        match tag {
            Tag::Br | Tag::P | Tag::Div | Tag::Tr if !sheet.text.is_empty() && !sheet.text.ends_with('\n') => {
                sheet.fill('\n', 1);
            }
            Tag::Br => sheet.fill('\n', 1),
            Tag::Sup | Tag::Hr => {}
            _ if look(self.bytes, attributes).gone => self.hidden = Some((tag, 1)),
            _ => {}
        }
    }

    fn end_pre(&mut self) {
        if let Some(sheet) = self.pre.take() {
            self.push_sheet(&sheet);
        }
    }

    /// Adds the blocks of a sheet. The first of its tables may go on with the one before.
    fn push_sheet(&mut self, sheet: &Sheet) {
        for block in sheet.blocks() {
            match block {
                Block::Grid(grid) => self.push_grid(grid),
                Block::Prose(p) => self.blocks.push(Block::Prose(p)),
            }
        }
        self.floor = self.blocks.len();
    }

    fn start_inline(&mut self, tag: Tag, attributes: Span) {
        if self.inline.len() >= DEEPEST {
            return;
        }
        let look = look(self.bytes, attributes);
        if look.gone {
            self.hidden = Some((tag, 1));
            return;
        }
        let raised = tag == Tag::Sup || look.raised || (!look.absolute && look.top.is_some_and(|t| t < 0));
        self.invisible += u32::from(look.invisible);
        let raised = raised.then(|| self.ink.mark());
        self.inline.push(Inline { tag, raised, invisible: look.invisible });
    }

    fn end_inline(&mut self, tag: Tag) {
        let Some(at) = self.inline.iter().rposition(|i| i.tag == tag) else { return };
        // Elements left open inside end with it.
        while self.inline.len() > at {
            self.pop_inline();
        }
    }

    fn pop_inline(&mut self) {
        let Some(inline) = self.inline.pop() else { return };
        self.invisible -= u32::from(inline.invisible);
        if let Some(mark) = inline.raised
            && is_note(self.ink.since(mark))
        {
            self.ink.take_back(mark);
        }
    }

    /// What is set within a line does not outlast it where cells and blocks end.
    fn end_inlines(&mut self) {
        while !self.inline.is_empty() {
            self.pop_inline();
        }
    }

    fn start_block(&mut self, tag: Tag, attributes: Span) {
        let look = look(self.bytes, attributes);
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
    fn close(&mut self, tag: Tag) {
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
    fn indent(&self) -> u32 {
        let blocks: i32 = self.open.iter().map(|o| o.indent).sum();
        let hang = self.open.last().map_or(0, |o| o.hang);
        let cell = self.tables.last().and_then(|t| t.cell).map_or((0, None), |c| (c.indent, c.hang));
        let hang = if self.open.is_empty() { cell.1.unwrap_or(0) } else { hang };
        ((blocks + cell.0 + hang).max(0) / 300) as u32 + self.ink.lead
    }

    fn line_break(&mut self) {
        if self.open.last().is_some_and(|o| o.piece) {
            self.ink.blank();
            return;
        }
        let blank = self.ink.is_blank();
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
    fn end_line(&mut self, block: bool) {
        let indent = self.indent();
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
            return;
        }
        if let Some(open) = self.open.last().filter(|o| o.piece) {
            let (left, top) = open.place;
            self.pieces.push(Piece { left, top, size: open.size, words, rule: 0 });
            return;
        }
        self.paragraph = Some(match self.paragraph.take() {
            Some(range) => range.start..words.end,
            None => words,
        });
    }

    /// Ends the open line and, outside of cells, the paragraph.
    fn end_block(&mut self) {
        self.end_line(true);
        self.broken = false;
        if let Some(words) = self.paragraph.take() {
            self.push_paragraph(words, self.bullet);
        }
    }

    fn push_paragraph(&mut self, words: Range<usize>, bullet: bool) {
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

    fn end_page(&mut self) {
        if self.pieces.is_empty() {
            return;
        }
        let pieces = std::mem::take(&mut self.pieces);
        let sheet = page::sheet(pieces, &self.ink);
        self.push_sheet(&sheet);
    }

    fn start_table(&mut self, attributes: Span, span: Span) {
        if look(self.bytes, attributes).gone {
            self.hidden = Some((Tag::Table, 1));
            return;
        }
        self.end_block();
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

    fn start_row(&mut self, attributes: Span, span: Span) {
        self.end_cell();
        if self.tables.is_empty() {
            return self.end_block();
        }
        if look(self.bytes, attributes).gone {
            self.hidden = Some((Tag::Tr, 1));
            return;
        }
        if let Some(table) = self.tables.last_mut() {
            table.begin_row(span);
        }
    }

    fn start_cell(&mut self, tag: Tag, attributes: Span, span: Span) {
        self.end_cell();
        self.end_block();
        self.open.clear();
        let Some(table) = self.tables.last_mut() else { return };
        if !table.in_row {
            table.begin_row(span);
        }
        let mut look = look(self.bytes, attributes);
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

    fn end_cell(&mut self) {
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

    fn end_table(&mut self, at: u32) {
        self.end_cell();
        let Some(mut table) = self.tables.pop() else { return self.end_block() };
        table.end_row(at);
        self.end_block();
        self.read_table(&table);
    }

    /// A table read: a grid where it has figures, prose where it only lays words out.
    fn read_table(&mut self, table: &RawTable) {
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

    fn push_grid(&mut self, mut grid: Grid<'a>) {
        grid.follows =
            self.follows && crate::text::only_furniture(self.blocks.get(self.last_grid..).unwrap_or_default());
        grid.lead = crate::text::lead(&self.blocks);
        self.blocks.push(Block::Grid(grid));
        self.follows = true;
        self.last_grid = self.blocks.len();
        self.floor = self.blocks.len();
    }

    /// Short paragraphs right above a table are its title: they become rows of it.
    fn caption(&mut self, grid: &mut Grid<'a>) {
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
    fn push_words(&mut self, table: &RawTable, rows: Range<usize>) {
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

/// The most paragraphs that are a table's title.
const MOST_CAPTIONS: usize = 12;

/// Short, and no sentence: a company's name, a statement's, its dates, its scale.
fn is_caption(p: &Paragraph) -> bool {
    let letters = p.text.bytes().any(|b| b.is_ascii_alphabetic());
    // "Acme, Inc." ends in a point and is no sentence.
    let name = p.kind == ParagraphKind::Body && p.text.len() < 60 && p.text.split(' ').count() <= 6;
    (name || p.kind == ParagraphKind::Heading)
        && p.text.len() < 200
        && letters
        && !p.text.eq_ignore_ascii_case("table of contents")
}

/// A footnote's mark: digits, single letters, stars.
fn is_note(words: &str) -> bool {
    let words = words.trim();
    !words.is_empty()
        && words.len() <= 16
        && words.split(['(', ')', '[', ']', ',', ' ', ';', '*', '#', '+']).all(|w| {
            w.len() <= 2 && w.bytes().all(|b| b.is_ascii_digit()) || w.len() == 1 || w == "\u{2020}" || w == "\u{2021}"
        })
}

fn begins_with_bullet(text: &str) -> bool {
    let mut chars = text.chars();
    let first = chars.next().unwrap_or(' ');
    is_bullet_mark(first) && (chars.next() == Some(' ') || !matches!(first, '-' | 'o' | '*'))
}

fn is_bullet(mark: &str) -> bool {
    let mut chars = mark.chars();
    chars.next().is_some_and(is_bullet_mark) && chars.next().is_none()
}

fn is_bullet_mark(c: char) -> bool {
    matches!(
        c,
        '\u{2022}'
            | '\u{25CF}'
            | '\u{25AA}'
            | '\u{25A0}'
            | '\u{B7}'
            | '\u{25E6}'
            | '\u{25CB}'
            | '\u{2023}'
            | '\u{2013}'
            | '-'
            | '*'
            | 'o'
            | '\u{F0B7}'
            | '\u{A7}'
    )
}

fn is_blank(bytes: &[u8], span: Span) -> bool {
    bytes.get(span.start as usize..span.end as usize).unwrap_or_default().iter().all(u8::is_ascii_whitespace)
}

/// Adds preformatted text as it is.
fn preformatted(bytes: &[u8], span: Span, sheet: &mut Sheet) {
    let mut buffer = [0; 4];
    for (c, from) in characters(bytes, span) {
        match c {
            '\r' => {}
            '\u{A0}' => sheet.push(" ", from.start),
            '\u{200B}' | '\u{FEFF}' | '\0' => {}
            c => sheet.push(c.encode_utf8(&mut buffer), from.start),
        }
    }
}

fn is_void(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Br
            | Tag::Hr
            | Tag::Img
            | Tag::Input
            | Tag::Meta
            | Tag::Link
            | Tag::Col
            | Tag::Wbr
            | Tag::Area
            | Tag::Base
            | Tag::Page
    )
}

/// Elements that begin and end a line.
fn is_block(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::P
            | Tag::Div
            | Tag::H1
            | Tag::H2
            | Tag::H3
            | Tag::H4
            | Tag::H5
            | Tag::H6
            | Tag::Li
            | Tag::Ul
            | Tag::Ol
            | Tag::Dl
            | Tag::Dt
            | Tag::Dd
            | Tag::Dir
            | Tag::Menu
            | Tag::Center
            | Tag::Blockquote
            | Tag::Address
            | Tag::Section
            | Tag::Article
            | Tag::Header
            | Tag::Footer
            | Tag::Main
            | Tag::Nav
            | Tag::Aside
            | Tag::Form
            | Tag::Body
            | Tag::Caption
            | Tag::Head
            | Tag::Html
    )
}

#[cfg(test)]
mod tests;
