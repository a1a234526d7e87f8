//! Prints how a text or HTML file is cut into tables and prose: `cargo run -p tieout-grid --example blocks FILE`.
#![allow(clippy::print_stdout, clippy::disallowed_methods, missing_docs)]
use tieout_grid::{Block, CellKind, blocks, html_blocks};
use tieout_source::Source;

fn main() {
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path).unwrap_or_default();
        let source = Source::new(&path, &bytes);
        let escaped = bytes.starts_with(b"-----BEGIN");
        let html = path.ends_with(".htm") || path.ends_with(".html");
        let blocks =
            if html { html_blocks(&source, source.span()) } else { blocks(&source, source.span(), escaped).collect() };
        for block in blocks {
            match block {
                Block::Prose(p) => println!("P {:?} {}", p.kind, p.text.chars().take(100).collect::<String>()),
                Block::Grid(g) => {
                    println!("GRID {} follows={}", g.rows.len(), g.follows);
                    for row in &g.rows {
                        let cells = g.cells(row).iter().map(|c| match c.kind {
                            CellKind::Text => format!("'{}'", c.text),
                            CellKind::Number(n) if n.nil => format!("#-@{}", c.x1),
                            CellKind::Number(n) => format!("#{}@{}", n.amount, c.x1),
                            CellKind::Rule => format!("~{}-{}", c.x0, c.x1),
                        });
                        println!("   {} {}", row.blanks, cells.collect::<Vec<_>>().join(" "));
                    }
                }
            }
        }
    }
}
