//! The labelled lines: what filers themselves tagged, in statements of 2009-2010 and 2024-2025.

use crate::corpus;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use tieout_model::{StatementKind, Unit};
use tieout_taxonomy::tagger::{Features, Line, Statement, features};
use tieout_taxonomy::{Found, Query, concept};

/// A statement with its lines' tags, all parts owned.
pub(super) struct Example {
    pub(super) company: u32,
    pub(super) document: String,
    pub(super) kind: StatementKind,
    pub(super) year: i16,
    minority: bool,
    /// What the label tables say of all lines of its document.
    names: Arc<[&'static str]>,
    rows: Vec<Row>,
    pub(super) tags: Vec<String>,
}

struct Row {
    label: String,
    heading: String,
    unit: Unit,
    sign: i8,
    table: Option<Found>,
}

impl Example {
    /// Calls `act` with the statement as the tagger wants it.
    pub(super) fn with<T>(&self, act: impl FnOnce(&Statement<'_>) -> T) -> T {
        let lines: Vec<Line<'_>> = self
            .rows
            .iter()
            .map(|r| Line { label: &r.label, heading: &r.heading, unit: r.unit, sign: r.sign, table: r.table })
            .collect();
        act(&Statement {
            kind: self.kind,
            year: Some(self.year),
            minority: self.minority,
            document: &self.names,
            lines: &lines,
        })
    }

    /// What the model sees.
    pub(super) fn features(&self) -> Features {
        self.with(features)
    }

    pub(super) fn label(&self, line: usize) -> &str {
        self.rows.get(line).map_or("", |r| r.label.as_str())
    }

    /// As the reader does it: line by line, each knowing the tag above.
    fn look_up(&mut self) {
        let mut previous = None;
        for row in &mut self.rows {
            let query = Query {
                kind: self.kind,
                label: &row.label,
                section: &[&row.heading],
                unit: row.unit,
                year: Some(self.year),
                total: row.label.to_lowercase().starts_with("total"),
                previous,
            };
            row.table = concept(&query);
            previous = row.table.map(|f| f.tag).or(previous);
        }
    }
}

/// All labelled statements, in the order of their files.
pub(super) fn read() -> Result<Vec<Example>, String> {
    let folder = corpus::folder().join("labelled");
    if !folder.is_dir() {
        return Err(corpus::absent());
    }
    let mut examples = inline(&output("gzip", &["-dc"], &folder.join("ix_rows.tsv.gz"), None)?);
    for quarter in ["2009q3", "2010q2"] {
        let zip = folder.join("sec-fsds").join(format!("{quarter}.zip"));
        let part = |name: &str| output("unzip", &["-p"], &zip, Some(name));
        examples.extend(data_set(&part("sub.txt")?, &part("tag.txt")?, &part("num.txt")?, &part("pre.txt")?));
    }
    let owners = |e: &Example| {
        e.rows.iter().any(|r| {
            let label = r.label.to_lowercase();
            label.contains("controlling") || label.contains("minority")
        })
    };
    let shared: BTreeSet<String> = examples.iter().filter(|e| owners(e)).map(|e| e.document.clone()).collect();
    let mut names: BTreeMap<String, BTreeSet<&'static str>> = BTreeMap::new();
    for example in &mut examples {
        example.minority = shared.contains(&example.document);
        example.look_up();
        let tags = example.rows.iter().filter_map(|r| r.table).map(|f| f.tag);
        names.entry(example.document.clone()).or_default().extend(tags);
    }
    let names: BTreeMap<String, Arc<[&'static str]>> =
        names.into_iter().map(|(document, tags)| (document, tags.into_iter().collect())).collect();
    for example in &mut examples {
        if let Some(names) = names.get(&example.document) {
            example.names = Arc::clone(names);
        }
    }
    Ok(examples)
}

/// What a program makes of a packed file.
fn output(program: &str, flags: &[&str], file: &Path, part: Option<&str>) -> Result<String, String> {
    let done =
        Command::new(program).args(flags).arg(file).args(part).output().map_err(|e| format!("{program}: {e}"))?;
    if !done.status.success() {
        return Err(format!("{program} {}: {}", file.display(), String::from_utf8_lossy(&done.stderr).trim()));
    }
    Ok(String::from_utf8_lossy(&done.stdout).into_owned())
}

fn kind(code: &str) -> Option<StatementKind> {
    Some(match code {
        "BS" => StatementKind::BalanceSheet,
        "IS" => StatementKind::Income,
        "CI" => StatementKind::Comprehensive,
        "CF" => StatementKind::CashFlow,
        _ => return None,
    })
}

/// Rows of a tab-separated table as maps from column name to cell.
fn rows(text: &str) -> impl Iterator<Item = BTreeMap<&str, &str>> {
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    lines.map(move |line| names.iter().copied().zip(line.split('\t')).collect())
}

/// Lines of Inline XBRL filings (`ix_rows.tsv.gz`).
fn inline(text: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    for row in rows(text) {
        let cell = |name: &str| row.get(name).copied().unwrap_or_default().trim_matches('"');
        let Some(kind) = kind(cell("stmt")) else { continue };
        let document = format!("{} {}", cell("cik"), cell("doc"));
        if examples.last().is_none_or(|e| e.document != document || e.kind != kind) {
            examples.push(Example {
                company: cell("cik").parse().unwrap_or(0),
                document,
                kind,
                year: 2024,
                minority: false,
                names: Arc::default(),
                rows: Vec::new(),
                tags: Vec::new(),
            });
        }
        let unit = cell("unit").to_lowercase();
        let each = unit.contains("share") && ["usd", "per", "dollar"].iter().any(|w| unit.contains(w));
        let unit = match () {
            () if each => Unit::USD_PER_SHARE,
            () if unit.contains("shares") => Unit::Shares,
            () if unit.contains("pure") => Unit::Pure,
            () => Unit::USD,
        };
        let Some(example) = examples.last_mut() else { continue };
        example.tags.push(cell("tag").to_string());
        example.rows.push(Row {
            label: cell("label").to_string(),
            heading: cell("section").to_string(),
            unit,
            sign: cell("displayed_sign").parse().unwrap_or(0),
            table: None,
        });
    }
    examples
}

/// A quarter of the SEC's Financial Statement Data Sets: headings are the abstract elements above a line, and
/// the sign is that of the latest value, turned where the statement shows it turned.
fn data_set(sub: &str, tag: &str, num: &str, pre: &str) -> Vec<Example> {
    let companies: BTreeMap<&str, u32> =
        rows(sub).filter_map(|r| Some((*r.get("adsh")?, r.get("cik")?.parse().ok()?))).collect();
    let kinds: BTreeMap<(&str, &str), (&str, bool)> = rows(tag)
        .filter_map(|r| Some(((*r.get("tag")?, *r.get("version")?), (*r.get("datatype")?, *r.get("abstract")? == "1"))))
        .collect();
    let mut values: BTreeMap<(&str, &str), (&str, i8)> = BTreeMap::new();
    for row in rows(num) {
        let cell = |name: &str| row.get(name).copied().unwrap_or_default();
        let value = cell("value");
        if value.is_empty() || !cell("coreg").is_empty() {
            continue;
        }
        let zero = value.bytes().all(|b| matches!(b, b'0' | b'.' | b'-'));
        let sign = if zero {
            0
        } else if value.starts_with('-') {
            -1
        } else {
            1
        };
        let slot = values.entry((cell("adsh"), cell("tag"))).or_insert((cell("ddate"), sign));
        if cell("ddate") > slot.0 {
            *slot = (cell("ddate"), sign);
        }
    }
    let mut lines: Vec<BTreeMap<&str, &str>> = rows(pre).collect();
    let place = |r: &BTreeMap<&str, &str>| -> (String, u32, u32) {
        let at = |name: &str| r.get(name).and_then(|c| c.parse().ok()).unwrap_or(0);
        (r.get("adsh").copied().unwrap_or_default().to_string(), at("report"), at("line"))
    };
    lines.sort_by_cached_key(place);
    let mut examples: Vec<Example> = Vec::new();
    let (mut report, mut heading) = (String::new(), "");
    for row in &lines {
        let cell = |name: &str| row.get(name).copied().unwrap_or_default();
        let Some(kind) = kind(cell("stmt")).filter(|_| cell("inpth") == "0") else { continue };
        let this = format!("{} {}", cell("adsh"), cell("report"));
        let new = this != report;
        if new {
            (report, heading) = (this, "");
            examples.push(Example {
                company: companies.get(cell("adsh")).copied().unwrap_or(0),
                document: cell("adsh").to_string(),
                kind,
                year: 2009,
                minority: false,
                names: Arc::default(),
                rows: Vec::new(),
                tags: Vec::new(),
            });
        }
        let (datatype, is_abstract) =
            kinds.get(&(cell("tag"), cell("version"))).copied().unwrap_or(("monetary", false));
        if is_abstract || cell("tag").ends_with("Abstract") {
            heading = cell("plabel");
            continue;
        }
        let unit = match datatype {
            "monetary" => Unit::USD,
            "perShare" => Unit::USD_PER_SHARE,
            "shares" => Unit::Shares,
            "pure" => Unit::Pure,
            _ => continue,
        };
        let sign = values.get(&(cell("adsh"), cell("tag"))).map_or(0, |v| v.1);
        let prefix = if cell("version").starts_with("us-gaap") { "us-gaap" } else { "own" };
        let Some(example) = examples.last_mut() else { continue };
        example.tags.push(format!("{prefix}:{}", cell("tag")));
        example.rows.push(Row {
            label: cell("plabel").to_string(),
            heading: heading.to_string(),
            unit,
            sign: if cell("negating") == "1" { -sign } else { sign },
            table: None,
        });
    }
    examples.retain(|e| !e.rows.is_empty());
    examples
}
