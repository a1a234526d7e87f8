//! A document's body as tables and prose: every line of a table as cells with an x-range, every paragraph
//! as words with the way back to their bytes. Nothing here knows what a number means.

mod paragraph;

pub use paragraph::{Anchor, Paragraph, ParagraphKind};
