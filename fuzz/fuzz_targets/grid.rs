//! A body as lines, cells and paragraphs, with and without dash-escaping.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tieout_grid::{Block, CellKind};
use tieout_source::{Source, Span};

fuzz_target!(|bytes: &[u8]| {
    let source = Source::new("fuzz", bytes);
    for dash_escaped in [false, true] {
        let mut last = 0;
        for block in tieout_grid::blocks(&source, source.span(), dash_escaped) {
            let Block::Grid(grid) = block else { continue };
            let inside = |span: Span| span.start <= span.end && span.end as usize <= bytes.len();
            assert!(inside(grid.span) && grid.span.start >= last, "tables stand in order");
            last = grid.span.start;
            for row in &grid.rows {
                assert!(inside(row.span));
                for cell in grid.cells(row) {
                    assert!(inside(cell.span) && cell.x0 <= cell.x1, "{cell:?}");
                    let shown = source.slice(cell.span);
                    assert!(!matches!(cell.kind, CellKind::Number(_)) || !shown.is_empty(), "a number shows itself");
                }
            }
        }
    }
});
