//! `cargo xtask bench`: MB/s per stage, beside memchr over the same bytes, and time and memory by size.
//!
//! Everything is measured on one core. MB are 10^6 bytes. A stage's figure is the bytes of the files over
//! the time that stage took on them; the share is that of memchr counting line ends.

use crate::args::Args;
use crate::{case, corpus, peers};
use std::process::Command;
use std::time::{Duration, Instant};
use tieout::{DocumentFormat, Report, Source, StatementKind};
use tieout_grid::{Block, Paragraph};
use tieout_html::Token;

/// Sizes of the linearity table, in bytes.
const SIZES: &[usize] = &[10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

/// Names of what is timed, in order.
const STAGES: [&str; 7] = ["envelope", "grid", "statement", "tags", "prose", "check", "whole read"];

/// The sample of files on which peers are measured.
const SEED: u64 = 1;

/// Prints the tables. `--quick` leaves out the largest size and the peers, and measures once; `--html` shows the stages
/// of HTML filings alone, `--peers` the peers.
pub(crate) fn run(mut args: Args) -> Result<(), String> {
    let quick = args.flag("--quick");
    let only_html = args.flag("--html");
    let only_peers = args.flag("--peers");
    let child = args.number("--child", 0)?;
    args.done()?;
    if cfg!(debug_assertions) {
        println!("built without optimisation: the figures mean nothing");
    }
    let runs = if quick { 1 } else { 3 };
    if only_html {
        return html(runs);
    }
    if only_peers {
        return peers::run(SEED);
    }
    let material = material()?;
    if child > 0 {
        return measure_child(&material, child as usize);
    }
    heads();
    for (category, files) in &material {
        by_stage(category, files, runs);
    }
    println!();
    html(runs)?;
    println!("\n{:>12}{:>12}{:>10}{:>16}{:>14}", "bytes", "ms", "MB/s", "peak memory MB", "times input");
    for &size in SIZES.iter().filter(|&&s| !quick || s < 100_000_000) {
        let program = std::env::current_exe().map_err(|e| e.to_string())?;
        let output =
            Command::new(program).args(["bench", "--child", &size.to_string()]).output().map_err(|e| e.to_string())?;
        print!("{}", String::from_utf8_lossy(&output.stdout));
    }
    if quick { Ok(()) } else { peers::run(SEED) }
}

/// HTML filings by stage, then their tokens alone.
fn html(runs: u32) -> Result<(), String> {
    let material = by_category(&corpus::html())?;
    heads();
    material.iter().for_each(|(category, files)| by_stage(category, files, runs));
    println!("\n{:14}{:>10}{:>14}{:>12}", "MB/s", "MB", "HTML tokens", "memchr");
    material.iter().for_each(|(category, files)| tokenizer(category, files, runs));
    Ok(())
}

fn heads() {
    println!("{:14}{:>10}{}{:>12}", "MB/s", "MB", STAGES.map(|s| format!("{s:>14}")).concat(), "memchr");
}

type Category = (String, Vec<Vec<u8>>);

/// Corpus files by category; the filings of the cases where there is no corpus.
fn material() -> Result<Vec<Category>, String> {
    let files = corpus::files();
    if files.is_empty() {
        eprintln!("{}; the cases' filings serve instead", corpus::absent());
        return Ok(vec![("cases".into(), case::filings()?.into_iter().map(|(_, t)| t.into_bytes()).collect())]);
    }
    by_category(&files)
}

fn by_category(files: &[corpus::File]) -> Result<Vec<Category>, String> {
    let mut out: Vec<Category> = Vec::new();
    for file in files {
        match out.last_mut() {
            Some((category, bytes)) if category == file.category() => bytes.push(file.read()?),
            _ => out.push((file.category().to_string(), vec![file.read()?])),
        }
    }
    Ok(out)
}

fn by_stage(category: &str, files: &[Vec<u8>], runs: u32) {
    let bytes: usize = files.iter().map(Vec::len).sum();
    let mut best = [Duration::MAX; STAGES.len() + 1];
    for _ in 0..runs {
        let mut times = [Duration::ZERO; STAGES.len() + 1];
        for file in files {
            for (total, time) in times.iter_mut().zip(stages(file)) {
                *total += time;
            }
        }
        for (best, time) in best.iter_mut().zip(times) {
            *best = (*best).min(time);
        }
    }
    let memchr = best[STAGES.len()];
    let cells: String = best[..STAGES.len()]
        .iter()
        .map(|t| format!("{:>14}", format!("{} {}", speed(bytes, *t), share(memchr, *t))))
        .collect();
    println!("{category:14}{:>10}{cells}{:>12}", tenths(bytes as u128, 1_000_000), speed(bytes, memchr));
}

/// The time of each stage on one file, then memchr's. The stages are called as the facade calls them, but
/// for what header and cover say of dates, which costs nothing.
fn stages(bytes: &[u8]) -> [Duration; STAGES.len() + 1] {
    let source = Source::new("bench", bytes);
    let (mut grid, mut statement) = (Duration::ZERO, Duration::ZERO);
    let ((submission, findings), envelope) = timed(|| tieout_submission::read(&source));
    let mut report = Report { submission, findings, ..Report::default() };
    let mut prose: Vec<(u32, Vec<Paragraph>)> = Vec::new();
    for (doc, document) in (1..).zip(&report.submission.documents) {
        let (blocks, time) = match document.format {
            DocumentFormat::Text => {
                timed(|| tieout_grid::blocks(&source, document.body, document.dash_escaped).collect::<Vec<_>>())
            }
            DocumentFormat::Html => timed(|| tieout_grid::html_blocks(&source, document.body)),
            DocumentFormat::Schedule | DocumentFormat::Other => continue,
        };
        grid += time;
        let (mut grids, mut paragraphs) = (Vec::new(), Vec::new());
        for block in blocks {
            match block {
                Block::Grid(grid) => grids.push(grid),
                Block::Prose(paragraph) => paragraphs.push(paragraph),
            }
        }
        let first = report.tables.len() as u32;
        let ((tables, facts), time) =
            timed(|| tieout_statement::read(doc, grids.into_iter(), Default::default(), first));
        statement += time;
        report.tables.extend(tables);
        report.facts.extend(facts);
        prose.push((doc, paragraphs));
    }
    let ((), tags) = timed(|| {
        for (doc, document) in (1..).zip(&report.submission.documents) {
            if document.format == DocumentFormat::Html {
                tieout_inline::read(&source, doc, document.body, tieout_inline::Form::Inline, &mut report.tagging);
            }
        }
        tieout_inline::adopt(&source, &mut report.tables, &report.facts, &mut report.tagging);
    });
    let period = tieout_statement::reported_period(&report.tables);
    let (claims, prose) = timed(|| {
        let context = |doc| tieout_prose::Context { doc, report_date: None, period, fiscal_year_end: None, skip: &[] };
        prose.iter().flat_map(|(doc, paragraphs)| tieout_prose::claims(paragraphs, &context(*doc))).collect()
    });
    report.claims = claims;
    let ((), check) = timed(|| tieout_check::check(&mut report, &source));
    let (whole, read) = timed(|| tieout::read(&source));
    let (lines, memchr) = timed(|| memchr::memchr_iter(b'\n', bytes).count());
    // Both results are used, so that neither can be optimised away.
    assert!(lines <= bytes.len() && whole.facts.len() == report.facts.len());
    [envelope, grid, statement, tags, prose, check, read, memchr]
}

/// The tokenizer by itself: every token with its name, what is in a tag passed over. The best of each file.
fn tokenizer(category: &str, files: &[Vec<u8>], runs: u32) {
    let bytes: usize = files.iter().map(Vec::len).sum();
    let best = |work: &dyn Fn(&[u8]) -> usize| -> Duration {
        files.iter().map(|file| (0..runs).map(|_| timed(|| work(file)).1).min().unwrap_or_default()).sum()
    };
    let tokens = best(&|file| {
        let tokens = tieout_html::tokens(file, tieout::Span::new(0, file.len()));
        tokens.map(|t| if let Token::Start { tag, .. } | Token::End { tag, .. } = t { tag as usize } else { 1 }).sum()
    });
    let memchr = best(&|file| memchr::memchr_iter(b'\n', file).count());
    let cell = format!("{} {}", speed(bytes, tokens), share(memchr, tokens));
    println!("{category:14}{:>10}{cell:>14}{:>12}", tenths(bytes as u128, 1_000_000), speed(bytes, memchr));
}

pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = std::hint::black_box(work());
    (result, start.elapsed())
}

/// One size, in a process of its own so that its peak memory is its own: the same material, one file after
/// the other and over again until the size is reached, read as one file.
fn measure_child(material: &[Category], size: usize) -> Result<(), String> {
    let mut bytes = Vec::with_capacity(size);
    let files: Vec<&Vec<u8>> = material.iter().flat_map(|(_, files)| files).collect();
    for file in files.iter().cycle() {
        let room = size - bytes.len();
        if room == 0 {
            break;
        }
        bytes.extend_from_slice(&file[..file.len().min(room)]);
    }
    let before = peak_kb();
    let (report, time) = timed(|| tieout::read(&Source::new("bench", &bytes)));
    let memory = (peak_kb().saturating_sub(before) * 1024) as usize + bytes.len();
    let kinds = report.tables.iter().filter(|t| t.kind != StatementKind::Other).count();
    println!(
        "{size:>12}{:>12}{:>10}{:>16}{:>14}   {kinds} statements, {} facts",
        time.as_millis(),
        speed(size, time),
        tenths(memory as u128, 1_000_000),
        tenths(memory as u128, size as u128),
        report.facts.len()
    );
    Ok(())
}

/// The most memory this process has held, in KB, as Linux tells it; 0 elsewhere.
fn peak_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    line.and_then(|l| l.split_whitespace().next()).and_then(|n| n.parse().ok()).unwrap_or(0)
}

/// MB/s with one decimal.
pub(crate) fn speed(bytes: usize, time: Duration) -> String {
    tenths(bytes as u128 * 1000, time.as_nanos())
}

/// memchr's time as a share of a stage's, in percent.
fn share(memchr: Duration, time: Duration) -> String {
    format!("{}%", tenths(memchr.as_nanos() * 100, time.as_nanos()))
}

fn tenths(above: u128, below: u128) -> String {
    let tenths = (above * 10).checked_div(below).unwrap_or(0);
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speeds_are_megabytes_a_second() {
        assert_eq!(speed(150_000_000, Duration::from_millis(500)), "300.0");
        assert_eq!(share(Duration::from_millis(1), Duration::from_millis(40)), "2.5%");
    }
}
