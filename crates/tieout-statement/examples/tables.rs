//! Prints the tables of text and HTML files as they were read: `cargo run -p tieout-statement --example tables FILE`.
#![allow(clippy::print_stdout, clippy::disallowed_methods, missing_docs)]
use tieout_grid::{Block, blocks, html_blocks};
use tieout_model::StatementKind;
use tieout_source::Source;
use tieout_statement::{Calendar, read};

fn main() {
    let all = std::env::args().any(|a| a == "--all");
    for path in std::env::args().skip(1).filter(|a| a != "--all") {
        let bytes = std::fs::read(&path).unwrap_or_default();
        let source = Source::new(&path, &bytes);
        let html = path.ends_with(".htm") || path.ends_with(".html");
        let blocks: Vec<Block<'_>> = match html {
            true => html_blocks(&source, source.span()),
            false => blocks(&source, source.span(), bytes.starts_with(b"-----BEGIN")).collect(),
        };
        let grids = blocks.into_iter().filter_map(|block| match block {
            Block::Grid(grid) => Some(grid),
            Block::Prose(_) => None,
        });
        let (tables, facts) = read(1, grids, Calendar::default(), 0);
        for (n, table) in tables.iter().enumerate() {
            if table.kind == StatementKind::Other && !all {
                continue;
            }
            println!(
                "== {} {} scale {} {:?} coreg {:?}",
                n + 1,
                table.kind.code(),
                table.scale,
                table.title,
                table.coreg
            );
            for column in &table.columns {
                println!(
                    "   column {:?} {} <- {:?} {}",
                    column.role,
                    column.period.map(|p| p.to_string()).unwrap_or_default(),
                    column.heading,
                    column.because
                );
            }
            for (i, line) in table.lines.iter().enumerate() {
                let values: Vec<String> = facts
                    .iter()
                    .filter(|f| f.table as usize == n && f.line as usize == i)
                    .map(|f| format!("{}:{}", f.col + 1, f.amount))
                    .collect();
                let sum = line
                    .sum
                    .as_ref()
                    .map(|s| {
                        format!(
                            " = {:?} fails {:?} ({})",
                            s.parts
                                .iter()
                                .map(|p| if p.1 { -(p.0 as i64 + 1) } else { p.0 as i64 + 1 })
                                .collect::<Vec<_>>(),
                            s.fails,
                            s.because
                        )
                    })
                    .unwrap_or_default();
                println!(
                    "   {:3} {:?} {} {} {}{}",
                    i + 1,
                    line.section.iter().map(|s| s + 1).collect::<Vec<_>>(),
                    line.label,
                    line.unit,
                    values.join(" "),
                    sum
                );
            }
        }
    }
}
