//! Two filings side by side: `tieout compare EARLIER LATER`.

mod page;
mod rows;

use crate::args::RowFormat;
use crate::input;
use crate::output::{csv, json};
use crate::page::Page;
use crate::view::View;
use std::path::Path;
use tieout::{Change, Comparison, Side, Source};

/// Both filings with what they have in common.
pub(crate) struct Both<'a> {
    pub(crate) earlier: View<'a>,
    pub(crate) later: View<'a>,
    pub(crate) comparison: Comparison,
}

/// What was written, and whether something changed that is not disclosed. The error is a sentence for the user.
pub(crate) fn run(earlier: &Path, later: &Path, format: RowFormat, page: &Page) -> Result<(Vec<u8>, bool), String> {
    let (old_bytes, new_bytes) = (input::open(earlier)?, input::open(later)?);
    let (old_name, new_name) = (earlier.display().to_string(), later.display().to_string());
    let (old, new) = (Source::new(&old_name, &old_bytes), Source::new(&new_name, &new_bytes));
    let (before, after) = rayon::join(|| tieout::read(&old), || tieout::read(&new));
    for (report, name) in [(&before, &old_name), (&after, &new_name)] {
        if report.facts.is_empty() {
            return Err(format!("{name} has no table with numbers; nothing can be compared with it"));
        }
    }
    let comparison = tieout::compare(Side { source: &old, report: &before }, Side { source: &new, report: &after });
    let both = Both {
        earlier: View::new(old, &before, tieout::checks()),
        later: View::new(new, &after, tieout::checks()),
        comparison,
    };
    let mut out = Vec::new();
    match format {
        RowFormat::Csv => csv::write_rows(&rows::COLUMNS, &mut |sink| rows::rows(&both, sink), &mut out),
        RowFormat::Json => json::write_array(&rows::COLUMNS, &mut |sink| rows::rows(&both, sink), &mut out),
        RowFormat::Jsonl => json::write_lines(&rows::COLUMNS, &mut |sink| rows::rows(&both, sink), &mut out),
        RowFormat::Table | RowFormat::Parquet => page::write(&both, page, &mut out),
    }
    Ok((out, both.comparison.count(Change::Undisclosed) > 0))
}

#[cfg(test)]
mod tests;
