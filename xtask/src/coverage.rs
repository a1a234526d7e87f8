//! `cargo xtask coverage`: how many numbers of a folder's files have a place, and which have none.

use crate::args::Args;
use crate::{corpus, parallel};
use tieout::{Coverage, LineIndex, Place, Source};

/// The folders measured where none is named.
const FOLDERS: &[&str] = &["text/8-K", "text/labelled", "html/releases"];

/// Counts by place, folder by folder; `--show N` lists about that many of the unplaced.
pub(crate) fn run(mut args: Args) -> Result<(), String> {
    let show = args.number("--show", 0)? as usize;
    let names = args.names()?;
    let folders = if names.is_empty() { FOLDERS.iter().map(|f| (*f).to_owned()).collect() } else { names };
    let files: Vec<corpus::File> = corpus::files().into_iter().chain(corpus::html()).collect();
    if files.is_empty() {
        return Err(corpus::absent());
    }
    let (mut all, mut count) = (Coverage::default(), 0);
    for folder in &folders {
        let files: Vec<&corpus::File> = files.iter().filter(|f| f.category() == folder || f.name == *folder).collect();
        let mut own = Coverage::default();
        let mut listed = Vec::new();
        for (coverage, lines) in parallel::map(&files, |file| of(file)).into_iter().collect::<Result<Vec<_>, _>>()? {
            add(&mut own, &coverage);
            listed.extend(lines);
        }
        println!("{}", said(folder, files.len(), &own));
        let step = listed.len().div_ceil(show.max(1)).max(1);
        listed.iter().step_by(step).take(show).for_each(|line| println!("  {line}"));
        add(&mut all, &own);
        count += files.len();
    }
    if folders.len() > 1 {
        println!("{}", said("all", count, &all));
    }
    Ok(())
}

/// One file's coverage, and its unplaced numbers with the words around them.
fn of(file: &corpus::File) -> Result<(Coverage, Vec<String>), String> {
    const AROUND: u32 = 70;
    let bytes = file.read()?;
    let source = Source::new(&file.name, &bytes);
    let report = tieout::read(&source);
    let coverage = tieout::coverage(&source, &report);
    let lines = LineIndex::new(&bytes);
    let line = |span: &tieout::Span| {
        let words = |start: u32, end: u32| {
            let span = tieout::Span { start, end: end.min(bytes.len() as u32) };
            tieout::words(&source, &report.submission, span).split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let (before, own) = (words(span.start.saturating_sub(AROUND), span.start), words(span.start, span.end));
        let after = words(span.end, span.end + AROUND);
        let table = report.tables.iter().any(|t| t.span.contains(*span));
        let place = if table { "T" } else { "P" };
        format!("{}:{} {place} {before} >>{own}<< {after}", file.name, lines.locate(span.start).line)
    };
    let listed = coverage.unplaced.iter().map(line).collect();
    Ok((coverage, listed))
}

fn add(to: &mut Coverage, more: &Coverage) {
    to.counts.iter_mut().zip(more.counts).for_each(|(to, more)| *to += more);
}

fn said(name: &str, files: usize, coverage: &Coverage) -> String {
    let parts: Vec<String> = Place::ALL.iter().map(|p| format!("{} {}", p.word(), coverage.of(*p))).collect();
    let share = u64::from(coverage.of(Place::Unplaced)) * 10_000 / u64::from(coverage.all().max(1));
    let (whole, part) = (share / 100, share % 100);
    format!("{name}: {files} files, {} numbers, {whole}.{part:02}% unplaced: {}", coverage.all(), parts.join(", "))
}
