//! The last part of `cargo xtask bench`: edgartools and doc2dict, Python parsers of filings, on the same HTML files.
//!
//! Each runs in one process of its own, from an environment below `target/`; `peers/parse.py` says what is timed.
//! They parse; ours reads statements, claims and ties as well, and its whole read is what stands beside them. One run
//! each. They count every table of the markup, ours those with figures.

use crate::bench::{speed, timed};
use crate::corpus::{self, File};
use crate::random::hash;
use crate::{python, repo};
use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Duration;
use tieout::Source;

/// Each tool, and the version that is measured.
const TOOLS: [(&str, &str); 2] = [("edgartools", "edgartools==5.62.0"), ("doc2dict", "doc2dict==0.7.3")];

/// Files of each category, so that the slowest is done in a minute or so.
const EACH: usize = 8;

/// A file's bytes, and what our whole read of it took and found.
struct Sample {
    file: File,
    bytes: usize,
    time: Duration,
    tables: usize,
}

/// Prints a row for each tool and category, and one for all.
pub(crate) fn run(seed: u64) -> Result<(), String> {
    let samples = samples(seed)?;
    if samples.is_empty() {
        println!("{}: peers not measured", corpus::absent());
        return Ok(());
    }
    println!(
        "\n{:12}{:14}{:>6}{:>8}{:>9}{:>8}{:>13}{:>8}{:>10}{:>15}",
        "peer", "files", "read", "failed", "MB", "MB/s", "tieout MB/s", "times", "tables", "tieout tables"
    );
    for (tool, package) in TOOLS {
        let measured = python::environment(tool, &[package]).and_then(|programs| parse(tool, &programs, &samples));
        match measured {
            Ok(results) => rows(tool, &samples, &results),
            Err(why) => println!("{tool:12}not measured: {why}"),
        }
    }
    Ok(())
}

/// The first files of each category in an order of chance, and ours on them.
fn samples(seed: u64) -> Result<Vec<Sample>, String> {
    let mut files = corpus::html();
    files.sort_by_key(|f| (f.category().to_string(), hash(&format!("{seed}{}", f.name))));
    let mut samples: Vec<Sample> = Vec::new();
    for file in files {
        if samples.iter().filter(|s| s.file.category() == file.category()).count() == EACH {
            continue;
        }
        let bytes = file.read()?;
        let read = || timed(|| tieout::read(&Source::new(&file.name, &bytes)).tables.len());
        if samples.is_empty() {
            read(); // pays for what is made once, as theirs has
        }
        let (tables, time) = read();
        samples.push(Sample { file, bytes: bytes.len(), time, tables });
    }
    Ok(samples)
}

/// What the tool took for a file and how many tables it found; or why it failed.
type Parsed = Result<(Duration, usize), String>;

fn parse(tool: &str, programs: &std::path::Path, samples: &[Sample]) -> Result<Vec<Parsed>, String> {
    let mut python = Command::new(programs.join("python"));
    python.arg(repo::root().join("xtask/peers/parse.py")).arg(tool);
    // What it keeps for itself stays out of the user's folders.
    python.env("HOME", programs).env("EDGAR_LOCAL_DATA_DIR", programs).env("EDGAR_CACHE_DIR", programs);
    let mut child =
        python.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().map_err(|e| e.to_string())?;
    let paths: String = samples.iter().map(|s| format!("{}\n", s.file.path.display())).collect();
    child.stdin.take().ok_or("no input")?.write_all(paths.as_bytes()).map_err(|e| e.to_string())?;
    let output = child.wait_with_output().map_err(|e| e.to_string())?;
    let results: Vec<Parsed> = String::from_utf8_lossy(&output.stdout).lines().map(parsed).collect();
    if results.len() == samples.len() { Ok(results) } else { Err(format!("it ended after {} files", results.len())) }
}

fn parsed(line: &str) -> Parsed {
    let (time, rest) = line.split_once('\t').unwrap_or((line, ""));
    match (time.parse().ok().and_then(|s| Duration::try_from_secs_f64(s).ok()), rest.parse()) {
        (Some(time), Ok(tables)) => Ok((time, tables)),
        _ => Err(rest.to_string()),
    }
}

/// Prints a tool's rows: each category, then all. Files it failed on count for neither side.
fn rows(tool: &str, samples: &[Sample], results: &[Parsed]) {
    let pairs: Vec<(&Sample, &Parsed)> = samples.iter().zip(results).collect();
    let parts = pairs.chunk_by(|a, b| a.0.file.category() == b.0.file.category());
    for (name, part) in parts.map(|part| (part[0].0.file.category(), part)).chain([("all", &pairs[..])]) {
        let read: Vec<(&Sample, Duration, usize)> =
            part.iter().filter_map(|(s, r)| r.as_ref().ok().map(|&(time, tables)| (*s, time, tables))).collect();
        let bytes = read.iter().map(|r| r.0.bytes).sum();
        let (theirs, ours) = (read.iter().map(|r| r.1).sum(), read.iter().map(|r| r.0.time).sum());
        println!(
            "{tool:12}{name:14}{:>6}{:>8}{:>9}{:>8}{:>13}{:>8}{:>10}{:>15}",
            read.len(),
            part.len() - read.len(),
            format!("{}.{}", bytes / 1_000_000, bytes / 100_000 % 10),
            speed(bytes, theirs),
            speed(bytes, ours),
            times(theirs, ours),
            read.iter().map(|r| r.2).sum::<usize>(),
            read.iter().map(|r| r.0.tables).sum::<usize>(),
        );
    }
    for (sample, why) in pairs.iter().filter_map(|(s, r)| r.as_ref().err().map(|why| (s, why))) {
        println!("  {tool} failed on {}: {why}", sample.file.name);
    }
}

/// How many times as long it takes.
fn times(theirs: Duration, ours: Duration) -> String {
    theirs.as_nanos().checked_div(ours.as_nanos()).map_or("-".into(), |times| times.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_peer_says_of_a_file() {
        assert_eq!(parsed("0.250000\t12"), Ok((Duration::from_millis(250), 12)));
        assert_eq!(parsed("failed\tValueError: too deep"), Err("ValueError: too deep".into()));
        assert_eq!(times(Duration::from_millis(900), Duration::from_millis(4)), "225");
    }
}
