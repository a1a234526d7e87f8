//! HTML as tables and prose. Not a browser: no tree is built, since filings close few of the elements they
//! open; what matters is which words stand in which cell, what is hidden, and where lines end.

mod columns;
mod flow;
mod geometry;
mod ink;
mod marks;
mod page;
mod rows;
mod sheet;
mod style;
mod table;

use crate::Block;
use columns::Laid;
use ink::Ink;
use page::Piece;
use sheet::Sheet;
use std::ops::Range;
use style::Looks;
use table::RawTable;
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
    looks: Looks<'a>,
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
    /// Lines since the last table.
    laid: Vec<Laid>,
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
            looks: Looks::default(),
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
            laid: Vec::new(),
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
        self.end_laid();
        self.end_page();
        self.blocks
    }

    fn token(&mut self, token: Token) {
        if let Some((tag, depth)) = self.hidden {
            self.unhide(token, tag, depth);
            return;
        }
        match token {
            Token::Text { span, .. } => self.text(span),
            Token::Start { tag, attributes, self_closing, span, .. } => {
                self.start(tag, attributes, span);
                if self_closing && !is_void(tag) {
                    // What is hidden and empty hides nothing: `<td style="display:none"/>`.
                    self.hidden = None;
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
            Tag::Td | Tag::Th => matches!(tag, Tag::Td | Tag::Th | Tag::Tr) && (opens || tag != hidden),
            Tag::Table | Tag::Div | Tag::IxHeader | Tag::IxHidden => tag == Tag::Body && !opens,
            _ => matches!((tag, opens), (Tag::Td | Tag::Th | Tag::Tr | Tag::Table | Tag::Body, false)) && tag != hidden,
        };
        if tag == hidden && !(opens && ends_unclosed) {
            let depth = if opens { depth + 1 } else { depth - 1 };
            self.hidden = (depth > 0).then_some((hidden, depth));
            return;
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

    fn text(&mut self, span: Span) {
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
        self.ink.push(span);
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
            _ if is_inline(tag) => self.start_inline(tag, attributes),
            Tag::Table => self.start_table(attributes, span),
            Tag::Tr => self.start_row(attributes, span),
            Tag::Td | Tag::Th => self.start_cell(tag, attributes, span),
            Tag::Pre | Tag::Listing | Tag::Xmp | Tag::Plaintext => {
                self.end_block();
                self.end_laid();
                self.pre = Some(Sheet::default());
            }
            Tag::Hr | Tag::Page => {
                self.end_block();
                if self.tables.is_empty() {
                    self.end_laid();
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
            _ if is_inline(tag) => self.end_inline(tag),
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

/// Elements that change the look of the words in them.
fn is_inline(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Span | Tag::Font | Tag::Sup | Tag::A | Tag::B | Tag::I | Tag::U | Tag::Small | Tag::Em | Tag::Strong
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
