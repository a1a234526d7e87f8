//! `cargo xtask baseline`: one line per corpus file, committed. A change shows what it moved.

use crate::args::Args;
use crate::random::hash;
use crate::{corpus, parallel, repo};
use std::collections::BTreeMap;
use tieout::{Proof, Report, Source, StatementKind, Verdict};

/// The columns: a file's name, counts, findings by code, and a name for its facts that changes when any
/// value, period, unit, concept, place or proof does.
const COLUMNS: &[&str] = &[
    "file",
    "BS",
    "IS",
    "CF",
    "EQ",
    "CI",
    "UN",
    "facts",
    "primary",
    "dated",
    "tagged",
    "proven",
    "off",
    "open",
    "claims",
    "claims_tie",
    "claims_off",
    "claims_open",
    "findings",
    "hash",
];

/// Columns that are counts, so that their sums mean something.
const COUNTS: std::ops::Range<usize> = 1..18;

/// How many files are named, of those that moved.
const NAMED: usize = 25;

/// Compares with the committed lines, or writes them.
pub(crate) fn run(mut args: Args) -> Result<(), String> {
    let update = args.flag("--update");
    args.done()?;
    let path = repo::root().join("corpus/baseline.tsv");
    let mut files = corpus::files();
    files.extend(corpus::html());
    if files.is_empty() {
        println!("{}", corpus::absent());
        return Ok(());
    }
    let rows: Vec<Vec<String>> =
        parallel::map(&files, |file| Ok(row(&file.name, &file.read()?))).into_iter().collect::<Result<_, String>>()?;
    let totals = totals(&rows);
    let shown: Vec<String> = COUNTS.map(|i| format!("{} {}", COLUMNS[i], totals[i])).collect();
    println!("{} files: {}", rows.len(), shown.join(", "));
    if update {
        let text: String =
            std::iter::once(COLUMNS.join("\t")).chain(rows.iter().map(|r| r.join("\t"))).map(|l| l + "\n").collect();
        return std::fs::write(&path, text).map_err(|e| format!("{}: {e}", path.display()));
    }
    let old: Vec<Vec<String>> =
        repo::text(&path)?.lines().skip(1).map(|l| l.split('\t').map(String::from).collect()).collect();
    let moved = moved(&old, &rows);
    if moved.is_empty() {
        println!("baseline: nothing moved");
        return Ok(());
    }
    let before = self::totals(&old);
    for i in COUNTS.filter(|&i| before[i] != totals[i]) {
        println!("{:12} {:>8} -> {:<8} {:+}", COLUMNS[i], before[i], totals[i], totals[i] - before[i]);
    }
    moved.iter().take(NAMED).for_each(|line| println!("{line}"));
    if moved.len() > NAMED {
        println!("... and {} more", moved.len() - NAMED);
    }
    Err(format!("{} files moved; `cargo xtask baseline --update` accepts what is meant", moved.len()))
}

/// One file's line.
fn row(name: &str, bytes: &[u8]) -> Vec<String> {
    let report = tieout::read(&Source::new(name, bytes));
    let kind = |kind: StatementKind| report.tables.iter().filter(|t| t.kind == kind).count();
    let primary = |f: &&tieout::Fact| !f.aside && report.tables[f.table as usize].kind != StatementKind::Other;
    let proof = |proof: Proof| report.facts.iter().filter(|f| f.proof == proof).count();
    let claims = |verdict: Verdict| report.claims.iter().filter(|c| c.verdict == verdict).count();
    let counts = [
        kind(StatementKind::BalanceSheet),
        kind(StatementKind::Income),
        kind(StatementKind::CashFlow),
        kind(StatementKind::Equity),
        kind(StatementKind::Comprehensive),
        kind(StatementKind::Other),
        report.facts.len(),
        report.facts.iter().filter(primary).count(),
        report.facts.iter().filter(primary).filter(|f| f.period.is_some()).count(),
        report.facts.iter().filter(primary).filter(|f| !report.line(f).tag.is_empty()).count(),
        proof(Proof::Proven),
        proof(Proof::Off),
        proof(Proof::Open),
        report.claims.len(),
        claims(Verdict::Ties),
        claims(Verdict::Off),
        claims(Verdict::Open),
    ];
    let mut row = vec![name.to_string()];
    row.extend(counts.iter().map(usize::to_string));
    row.push(findings(&report));
    row.push(format!("{:016x}", hash(&facts(&report))));
    row
}

/// `EPS:2 FOOT:1`, or `-`.
fn findings(report: &Report) -> String {
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &report.findings {
        *codes.entry(finding.code).or_default() += 1;
    }
    let text: Vec<String> = codes.iter().map(|(code, count)| format!("{code}:{count}")).collect();
    if text.is_empty() { "-".into() } else { text.join(" ") }
}

/// All that is said of every fact.
fn facts(report: &Report) -> String {
    let mut text = String::new();
    for fact in &report.facts {
        let period = fact.period.map_or(String::new(), |p| p.to_string());
        let tag = &report.line(fact).tag;
        let (place, span) = (fact.reference(), fact.span);
        text += &format!(
            "{place} {} {} {period} {tag} {}..{} {}\n",
            fact.amount,
            fact.unit,
            span.start,
            span.end,
            fact.proof.word()
        );
    }
    text
}

fn totals(rows: &[Vec<String>]) -> Vec<i64> {
    let mut totals = vec![0; COLUMNS.len()];
    for row in rows {
        for i in COUNTS {
            totals[i] += row.get(i).and_then(|c| c.parse::<i64>().ok()).unwrap_or(0);
        }
    }
    totals
}

/// A line for every file that is not as it was.
fn moved(old: &[Vec<String>], new: &[Vec<String>]) -> Vec<String> {
    let by_name = |rows: &[Vec<String>]| -> BTreeMap<String, Vec<String>> {
        rows.iter().filter_map(|r| Some((r.first()?.clone(), r.clone()))).collect()
    };
    let (old, new) = (by_name(old), by_name(new));
    let mut out = Vec::new();
    for (name, now) in &new {
        match old.get(name) {
            None => out.push(format!("{name}: new")),
            Some(before) if before != now => out.push(format!("{name}: {}", changes(before, now))),
            Some(_) => {}
        }
    }
    out.extend(old.keys().filter(|name| !new.contains_key(*name)).map(|name| format!("{name}: gone")));
    out
}

fn changes(before: &[String], now: &[String]) -> String {
    let none = String::new();
    let pairs =
        COLUMNS.iter().enumerate().map(|(i, c)| (*c, before.get(i).unwrap_or(&none), now.get(i).unwrap_or(&none)));
    let shown: Vec<String> = pairs
        .filter(|(column, a, b)| a != b && *column != "hash")
        .map(|(column, a, b)| format!("{column} {a} -> {b}"))
        .collect();
    if shown.is_empty() { "same counts, other facts".into() } else { shown.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        text.lines().map(|l| l.split(' ').map(String::from).collect()).collect()
    }

    #[test]
    fn says_which_files_moved_and_how() {
        let moved = moved(&rows("a 1 2\nb 1 1\nd 1 1"), &rows("a 1 3\nb 1 1\nc 1 1"));
        assert_eq!(moved, ["a: IS 2 -> 3", "c: new", "d: gone"]);
    }

    #[test]
    fn a_row_has_every_column() {
        assert_eq!(row("x", b"Net sales were $7.5 million in 2002.").len(), COLUMNS.len());
    }
}
