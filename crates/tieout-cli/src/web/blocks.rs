//! An HTML document in blocks, each an element that the browser lays out when it comes into sight: a long filing is
//! shown as fast as a short one. A block begins only where all open elements are such as hold most of the document, so
//! that the tree is the filer's own with a box around each few screens of it.

use super::markup::is_shown;
use tieout::Span;
use tieout::html::{Tag, Token, tokens};

/// Bytes of the source in a block, or a little more: two or three screens of it. The browser looks at each block
/// whenever something moves, so a long document must not have too many.
const BLOCK: u32 = 32 << 10;
/// An end tag is looked for among this many open elements.
const DEEPEST: usize = 64;

/// An element whose end has not come.
#[derive(Clone, Copy)]
struct Open {
    tag: Tag,
    start: u32,
    /// Blocks are cut inside of it.
    cut: bool,
    /// What is set by coordinates stands in relation to it.
    anchors: bool,
    /// It is a table, or in one.
    table: bool,
}

/// The document as it is written, and what is open in it.
pub(super) struct Blocks {
    pub(super) page: String,
    open: Vec<Open>,
    /// How many of the open elements hold a block, or lie in one.
    within: usize,
    /// Where the elements begin in whose inside blocks are cut.
    cuts: Vec<u32>,
    /// The document is long enough to be cut, and nothing in it speaks against that.
    cutting: bool,
    /// Where the block began, in the page and in the source.
    from: Option<(usize, u32)>,
    /// A line break was last: another line may stand in the next block.
    broken: bool,
    /// Lines of the block, as far as tags tell.
    lines: usize,
}

impl Blocks {
    /// Cuts for the document of `bytes[body]`.
    pub(super) fn new(bytes: &[u8], body: Span) -> Blocks {
        let cuts = if body.len() > BLOCK as usize { cuts(bytes, body) } else { None };
        Blocks {
            page: String::new(),
            open: Vec::new(),
            within: 0,
            cutting: cuts.is_some(),
            cuts: cuts.unwrap_or_default(),
            from: None,
            broken: false,
            lines: 0,
        }
    }

    /// An element begins at a byte of the source: what is open is made ready for it.
    pub(super) fn start(&mut self, tag: Tag, at: u32) {
        let block = is_block(tag);
        if block && let Some(depth) = paragraph(&self.open) {
            self.leave(depth);
        }
        let cut = self.within == 0 && self.cuts.binary_search(&at).is_ok();
        if cut {
            self.flush();
        } else {
            self.put(block, at);
        }
        let table = self.in_table();
        self.lines += usize::from(if table { tag == Tag::Tr } else { block || tag == Tag::Br });
        self.broken = tag == Tag::Br;
        if !is_void(tag) {
            self.open.push(Open { tag, start: at, cut, anchors: false, table: table || tag == Tag::Table });
            self.within += usize::from(!cut);
        }
    }

    /// An element ends. False where none of that name is open: its end tag could close a box of ours.
    pub(super) fn end(&mut self, tag: Tag) -> bool {
        let depth = find(&self.open, tag);
        if let Some(depth) = depth {
            self.leave(depth);
        }
        // One without a beginning is an empty paragraph.
        depth.is_some() || tag == Tag::P
    }

    /// Text begins at a byte of the source.
    pub(super) fn text(&mut self, blank: bool, at: u32, length: usize) {
        if !blank {
            self.put(false, at);
            self.broken = false;
        }
        self.lines += if self.in_table() { 0 } else { length / 120 };
    }

    /// The whole document.
    pub(super) fn finish(mut self) -> String {
        self.flush();
        self.page
    }

    fn in_table(&self) -> bool {
        self.open.last().is_some_and(|o| o.table)
    }

    /// Something that belongs in a block comes; the block ends before it where it may and is long enough.
    fn put(&mut self, block: bool, at: u32) {
        if !self.cutting || self.within > 0 {
            return;
        }
        if self.from.is_some_and(|(_, begun)| at - begun > BLOCK) && (block || self.broken) {
            self.flush();
        }
        self.from.get_or_insert((self.page.len(), at));
    }

    /// The open elements from `depth` on end.
    fn leave(&mut self, depth: usize) {
        if self.open.iter().skip(depth).any(|o| o.cut) {
            self.flush();
        }
        self.within -= self.open.iter().skip(depth).filter(|o| !o.cut).count();
        self.open.truncate(depth);
    }

    /// The block that has begun, if any, is one.
    fn flush(&mut self) {
        let lines = std::mem::take(&mut self.lines).max(1);
        if let Some((from, _)) = self.from.take() {
            self.page.insert_str(from, &format!("<div class=c style=\"--n:{lines}\">"));
            self.page += "</div>\n";
        }
    }
}

/// Where elements begin that are long and nothing but boxes for the rest, in order; none where blocks would move what
/// is set by coordinates of the whole document.
fn cuts(bytes: &[u8], body: Span) -> Option<Vec<u32>> {
    let mut open: Vec<Open> = Vec::new();
    let mut found: Vec<u32> = Vec::new();
    let mut leave = |open: &mut Vec<Open>, depth: usize, at: u32| {
        let long = |o: &&Open| o.cut && at - o.start > BLOCK;
        found.extend(open.iter().skip(depth).filter(long).map(|o| o.start));
        open.truncate(depth);
    };
    for token in tokens(bytes, body) {
        match token {
            Token::Start { tag, attributes, span, .. } if is_shown(tag) => {
                if is_block(tag)
                    && let Some(depth) = paragraph(&open)
                {
                    leave(&mut open, depth, span.start);
                }
                let words = bytes.get(attributes.start as usize..attributes.end as usize).unwrap_or_default();
                let (placed, absolute) = placing(words);
                if absolute && !open.iter().rev().take(DEEPEST).any(|o| o.anchors) {
                    return None;
                }
                let parent = open.last().is_none_or(|o| o.cut);
                if !is_void(tag) {
                    let cut = is_box(tag) && parent && !placed;
                    open.push(Open { tag, start: span.start, cut, anchors: placed, table: false });
                }
            }
            Token::End { tag, span, .. } => {
                if let Some(depth) = find(&open, tag) {
                    leave(&mut open, depth, span.start);
                }
            }
            _ => {}
        }
    }
    leave(&mut open, 0, body.end);
    found.sort_unstable();
    Some(found)
}

/// Whether a start tag says how its box is placed or how high it is, and whether it is set by coordinates.
fn placing(attributes: &[u8]) -> (bool, bool) {
    let has = |word: &[u8]| {
        let at = attributes.windows(word.len()).position(|w| w.eq_ignore_ascii_case(word));
        // No part of a longer word: line-height says nothing of the box.
        at.is_some_and(|at| at == 0 || attributes.get(at - 1).is_none_or(|b| *b != b'-' && !b.is_ascii_alphanumeric()))
    };
    let absolute = has(b"absolute");
    (absolute || has(b"relative") || has(b"display") || has(b"height"), absolute)
}

/// The open paragraph that the start of a block ends.
fn paragraph(open: &[Open]) -> Option<usize> {
    let near = open.iter().enumerate().rev().take(DEEPEST);
    let mut near = near.take_while(|(_, o)| !is_block(o.tag) || o.tag == Tag::P);
    near.find(|(_, o)| o.tag == Tag::P).map(|(depth, _)| depth)
}

/// The open element that an end tag closes: none beyond the cell or table in which the tag stands.
fn find(open: &[Open], tag: Tag) -> Option<usize> {
    for (depth, open) in open.iter().enumerate().rev().take(DEEPEST) {
        if open.tag == tag {
            return Some(depth);
        }
        let cell = matches!(open.tag, Tag::Td | Tag::Th | Tag::Caption);
        if open.tag == Tag::Table || cell && tag != Tag::Table && !is_part_of_table(tag) {
            return None;
        }
    }
    None
}

/// Boxes that may hold blocks.
fn is_box(tag: Tag) -> bool {
    use Tag::*;
    matches!(tag, Div | Section | Article | Main | Center | Blockquote | Font | B | I | Span)
}

/// Elements that end a paragraph, and parts of tables.
fn is_block(tag: Tag) -> bool {
    use Tag::*;
    is_part_of_table(tag)
        || matches!(
            tag,
            Address
                | Article
                | Aside
                | Blockquote
                | Center
                | Dd
                | Dir
                | Div
                | Dl
                | Dt
                | Figcaption
                | Figure
                | Footer
                | H1
                | H2
                | H3
                | H4
                | H5
                | H6
                | Header
                | Hr
                | Li
                | Main
                | Menu
                | Ol
                | P
                | Pre
                | Section
                | Table
                | Ul
        )
}

fn is_part_of_table(tag: Tag) -> bool {
    use Tag::*;
    matches!(tag, Caption | Colgroup | Tbody | Td | Tfoot | Th | Thead | Tr)
}

fn is_void(tag: Tag) -> bool {
    use Tag::*;
    matches!(tag, Br | Col | Hr | Wbr)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::markup::tests::shown;

    /// The blocks of a document, each by its first words, with what stands around them.
    fn blocks(html: &str) -> String {
        let shown = shown(html, None);
        shown.replace(&"x".repeat(BLOCK as usize), "LONG").replace("</div>\n", "]").replace(" style=\"--n:", " ")
    }

    fn filled(html: &str) -> String {
        html.replace("LONG", &"x".repeat(BLOCK as usize))
    }

    #[test]
    fn a_short_document_is_as_it_is() {
        assert_eq!(blocks("<div><p>a</div><p>b"), "<div><p>a</div><p>b");
    }

    #[test]
    fn boxes_around_all_of_it_stay_around_the_blocks() {
        let lines = BLOCK / 120 + 2;
        assert_eq!(
            blocks(&filled("<div><center><p>LONG<p>b</center></div>")),
            format!("<div><center><div class=c {lines}\"><p>LONG]<div class=c 1\"><p>b]</center></div>")
        );
    }

    #[test]
    fn no_block_begins_in_a_table_a_line_or_a_placed_box() {
        for html in [
            "<table><tr><td>LONG<div>b</div></table>",
            "<p>LONG<b>b</b>",
            "<div style='position:relative'><p>LONG<p>b</div>",
            "<div style='HEIGHT: 9in'><p>LONG<p>b</div>",
        ] {
            assert_eq!(blocks(&filled(html)).matches("class=c").count(), 1, "{html}");
        }
        assert_eq!(blocks(&filled("<p>LONG<p style='position:absolute;top:9px'>b")).matches("class=c").count(), 0);
    }

    #[test]
    fn an_end_tag_that_ends_nothing_does_not_end_a_block() {
        let shown = blocks(&filled("<p>LONG</div></center></table><br>b<table><tr><td></div>c</table>"));
        assert_eq!(shown.matches("</div>").count() + shown.matches("</center>").count(), 0, "{shown}");
        assert_eq!(shown.matches("class=c").count(), shown.matches(']').count());
    }
}
