//! A document's body as tables and prose: every line of a table as cells with an x-range, every paragraph
//! as words with the way back to their bytes. Nothing here knows what a number means.

mod grid;
mod html;
mod number;
mod paragraph;
mod text;

pub use grid::{Cell, CellKind, Grid, Row};
pub use html::html_blocks;
pub use number::Number;
pub use paragraph::{Anchor, Paragraph, ParagraphKind};
pub use text::blocks;

/// A piece of a document's body, in file order.
#[derive(Debug, Clone)]
pub enum Block<'a> {
    /// A table.
    Grid(Grid<'a>),
    /// A paragraph, heading or bullet.
    Prose(Paragraph),
}
