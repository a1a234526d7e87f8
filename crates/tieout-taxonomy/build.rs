//! Turns the label tables (`labels/*.tsv`) into static arrays with a hash index, so that a lookup needs no
//! start-up work: nothing is parsed, sorted or allocated at run time.

use std::fmt::Write as _;
use std::path::Path;

#[path = "src/hash.rs"]
mod hash;
#[path = "src/places.rs"]
mod places;

fn main() {
    println!("cargo::rerun-if-changed=labels");
    println!("cargo::rerun-if-changed=src");
    let mut out = String::new();
    let concepts = concepts(&mut out);
    for kind in ["bs", "is", "cf", "eq", "ci"] {
        table(kind, &concepts, &mut out);
    }
    let path = Path::new(&std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR")).join("tables.rs");
    std::fs::write(path, out).expect("the build directory can be written");
}

/// The rows of a table without its heading, as (line number, fields).
fn rows(name: &str) -> Vec<(usize, Vec<String>)> {
    let path = format!("labels/{name}.tsv");
    println!("cargo::rerun-if-changed={path}");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    let fields = |line: &str| line.split('\t').map(str::to_owned).collect();
    text.lines().enumerate().skip(1).filter(|(_, l)| !l.is_empty()).map(|(i, l)| (i + 1, fields(l))).collect()
}

/// Bits of a `section` column.
fn places(words: &str, at: &str) -> u32 {
    words.split(' ').filter(|w| !w.is_empty()).fold(0, |bits, word| match places::place(word) {
        0 => panic!("{at}: {word:?} is no place (src/places.rs)"),
        bit => bits | bit,
    })
}

/// Writes `CONCEPTS`, sorted by name, and returns the names.
fn concepts(out: &mut String) -> Vec<String> {
    let mut names = Vec::new();
    out.push_str("pub(crate) static CONCEPTS: &[Concept] = &[\n");
    for (line, f) in rows("concepts") {
        let at = format!("labels/concepts.tsv:{line}");
        let [name, period, balance, unit, after, ..] = f.as_slice() else { panic!("{at}: too few columns") };
        let period = match period.as_str() {
            "I" => "PeriodType::Instant",
            "D" => "PeriodType::Duration",
            other => panic!("{at}: period {other:?}"),
        };
        let balance = match balance.as_str() {
            "C" => "Some(Balance::Credit)",
            "D" => "Some(Balance::Debit)",
            "" => "None",
            other => panic!("{at}: balance {other:?}"),
        };
        let unit = match unit.as_str() {
            "money" => "UnitKind::Money",
            "per-share" => "UnitKind::PerShare",
            "shares" => "UnitKind::Shares",
            "pure" => "UnitKind::Pure",
            other => panic!("{at}: unit {other:?}"),
        };
        let after = places(after, &at);
        writeln!(out, "Concept {{ tag: {name:?}, properties: Properties {{ period: {period}, balance: {balance}, unit: {unit} }}, after: {after} }},").expect("a string takes all");
        names.push(name.clone());
    }
    out.push_str("];\n");
    assert!(names.is_sorted_by(|a, b| a < b), "labels/concepts.tsv is not sorted, or names a concept twice");
    names
}

/// Writes one label table: rows in file order, and slots of a hash index that point to a label's first row.
fn table(kind: &str, concepts: &[String], out: &mut String) {
    let rows = rows(kind);
    let size = (rows.len() * 2).next_power_of_two().max(16);
    let mut slots = vec![0u16; size];
    let mut previous = "";
    let upper = kind.to_uppercase();
    writeln!(out, "static {upper}_ROWS: [Row; {}] = [", rows.len()).expect("a string takes all");
    for (i, (line, f)) in rows.iter().enumerate() {
        let at = format!("labels/{kind}.tsv:{line}");
        let [label, concept, section, from, to, ..] = f.as_slice() else { panic!("{at}: too few columns") };
        let concept =
            concepts.binary_search(concept).unwrap_or_else(|_| panic!("{at}: {concept} is not in labels/concepts.tsv"));
        let year = |text: &str, none: i16| {
            if text.is_empty() { none } else { text.parse().unwrap_or_else(|_| panic!("{at}: year {text:?}")) }
        };
        let (section, from, to) = (places(section, &at), year(from, i16::MIN), year(to, i16::MAX));
        writeln!(out, "Row {{ label: {label:?}, concept: {concept}, section: {section}, from: {from}, to: {to} }},")
            .expect("a string takes all");
        if label.as_str() != previous {
            let mut slot = hash::hash(label.as_bytes()) as usize & (size - 1);
            while slots[slot] != 0 {
                slot = (slot + 1) & (size - 1);
            }
            slots[slot] = u16::try_from(i + 1).expect("a table has fewer than 65536 rows");
        }
        previous = label;
    }
    out.push_str("];\n");
    writeln!(out, "static {upper}_SLOTS: [u16; {size}] = {slots:?};").expect("a string takes all");
    writeln!(out, "pub(crate) static {upper}: Table = Table {{ rows: &{upper}_ROWS, slots: &{upper}_SLOTS }};")
        .expect("a string takes all");
}
