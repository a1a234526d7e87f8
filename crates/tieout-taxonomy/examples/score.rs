//! Scores [`tieout_taxonomy::concept`] over labelled lines: a tab-separated file on standard input with
//! statement, kind, label, section (headings joined by " > "), unit, year, total and the right tag; a change
//! of statement forgets the line before. Prints each line with what was found.
#![allow(clippy::print_stdout)]

use std::io::{BufRead, Write};
use tieout_model::{StatementKind, Unit};
use tieout_taxonomy::{Query, concept, normalise};

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let (mut statement, mut previous, mut words) = (String::new(), None, String::new());
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let mut fields = line.split('\t');
        let mut field = || fields.next().unwrap_or_default();
        let (id, kind, label, section, unit, year, total, right) =
            (field(), field(), field(), field(), field(), field(), field(), field());
        if id != statement {
            statement = id.to_owned();
            previous = None;
        }
        let section: Vec<&str> = section.split(" > ").filter(|s| !s.is_empty()).collect();
        let query = Query {
            kind: match kind {
                "BS" => StatementKind::BalanceSheet,
                "IS" => StatementKind::Income,
                "CF" => StatementKind::CashFlow,
                "EQ" => StatementKind::Equity,
                "CI" => StatementKind::Comprehensive,
                _ => StatementKind::Other,
            },
            label,
            section: &section,
            unit: match unit {
                "USD/shares" => Unit::USD_PER_SHARE,
                "shares" => Unit::Shares,
                "pure" => Unit::Pure,
                _ => Unit::USD,
            },
            year: year.parse().ok(),
            total: total == "1",
            previous,
        };
        let found = concept(&query);
        previous = found.map(|f| f.tag).or(previous);
        normalise(label, &mut words);
        let tag = found.map_or("", |f| f.tag);
        let because = found.map(|f| f.because.to_string()).unwrap_or_default();
        writeln!(out, "{id}\t{kind}\t{label}\t{words}\t{right}\t{tag}\t{because}")?;
    }
    Ok(())
}
