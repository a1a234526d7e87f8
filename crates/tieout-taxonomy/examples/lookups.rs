//! How long a lookup takes: labels on standard input, one a line, asked as balance sheet and as income lines.
#![allow(clippy::print_stdout)]

use std::io::Read;
use tieout_model::{StatementKind, Unit};
use tieout_taxonomy::{Query, concept};

fn main() -> std::io::Result<()> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let start = std::time::Instant::now();
    let (mut asked, mut known) = (0u32, 0u32);
    for label in text.lines() {
        for (kind, section) in
            [(StatementKind::BalanceSheet, ["Assets", "Current assets"]), (StatementKind::Income, ["Costs", "Other"])]
        {
            let query = Query {
                kind,
                label,
                section: &section,
                unit: Unit::USD,
                year: Some(1996),
                total: false,
                previous: None,
            };
            asked += 1;
            known += u32::from(concept(&query).is_some());
        }
    }
    let each = start.elapsed().as_nanos() / u128::from(asked.max(1));
    println!("{asked} asked, {known} known, {each} ns each");
    Ok(())
}
