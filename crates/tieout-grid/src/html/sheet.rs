//! Text that is laid out by characters, or can be: `<pre>`, and pages whose words are set by coordinates. It
//! is written as lines and read by the means of plain text; places are then led back to the source.

use super::ink::span_of;
use crate::grid::Grid;
use crate::{Anchor, Block, Paragraph};
use std::borrow::Cow;
use tieout_source::{Source, Span};

/// Lines of text and where their characters stand in the source.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) text: String,
    anchors: Vec<Anchor>,
}

impl Sheet {
    /// Adds words that stand unbroken at `source`.
    pub(super) fn push(&mut self, words: &str, source: u32) {
        let text = self.text.len() as u32;
        let unbroken = self.anchors.last().is_some_and(|a| text.wrapping_sub(a.text) == source.wrapping_sub(a.source));
        if !unbroken {
            self.anchors.push(Anchor { text, source });
        }
        self.text.push_str(words);
    }

    /// Adds what stands in no place of its own: blanks, line ends, rules.
    pub(super) fn fill(&mut self, character: char, times: usize) {
        self.text.extend(std::iter::repeat_n(character, times));
    }

    /// Its tables and paragraphs.
    pub(super) fn blocks<'a>(&self) -> Vec<Block<'a>> {
        let source = Source::new("", self.text.as_bytes());
        let blocks = crate::text::blocks(&source, source.span(), false);
        blocks.into_iter().map(|block| self.led_back(block)).collect()
    }

    fn span(&self, span: Span) -> Span {
        span_of(&self.anchors, span.start as usize..span.end as usize)
    }

    fn led_back<'a>(&self, block: Block<'_>) -> Block<'a> {
        match block {
            Block::Prose(p) => Block::Prose(self.paragraph(p)),
            Block::Grid(grid) => Block::Grid(Grid {
                rows: grid.rows.into_iter().map(|r| crate::Row { span: self.span(r.span), ..r }).collect(),
                cells: grid
                    .cells
                    .into_iter()
                    .map(|c| crate::Cell {
                        kind: c.kind,
                        text: Cow::Owned(c.text.into_owned()),
                        span: self.span(c.span),
                        x0: c.x0,
                        x1: c.x1,
                        gap: c.gap,
                    })
                    .collect(),
                span: self.span(grid.span),
                lead: grid.lead,
                follows: grid.follows,
            }),
        }
    }

    /// A run of a paragraph's text is unbroken in the source where both it and the lines below it are.
    fn paragraph(&self, paragraph: Paragraph) -> Paragraph {
        let mut anchors = Vec::with_capacity(paragraph.anchors.len());
        for (i, anchor) in paragraph.anchors.iter().enumerate() {
            let end = paragraph.anchors.get(i + 1).map_or(paragraph.text.len() as u32, |a| a.text);
            let (from, to) = (anchor.source, anchor.source + (end - anchor.text));
            let first = self.anchors.partition_point(|a| a.text <= from).max(1) - 1;
            for own in self.anchors.get(first..).unwrap_or_default().iter().take_while(|a| a.text < to) {
                let skip = from.saturating_sub(own.text);
                let text = anchor.text + (own.text + skip).saturating_sub(from);
                anchors.push(Anchor { text, source: own.source + skip });
            }
        }
        Paragraph { span: self.span(paragraph.span), anchors, ..paragraph }
    }
}
