//! Prints all that is read of the files named on the command line.
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::disallowed_methods, clippy::disallowed_types)]

use tieout_model::{Field, Part};
use tieout_source::Source;

fn main() {
    let mut quiet = false;
    let (mut bytes, mut longest) = (0u64, (0f64, String::new()));
    let begin = std::time::Instant::now();
    for path in std::env::args().skip(1) {
        if path == "-q" {
            quiet = true;
            continue;
        }
        let Ok(content) = std::fs::read(&path) else {
            eprintln!("{path}: cannot be read");
            continue;
        };
        let source = Source::new(&path, &content);
        let start = std::time::Instant::now();
        let (submission, findings) = tieout_submission::read(&source);
        let seconds = start.elapsed().as_secs_f64();
        bytes += content.len() as u64;
        if seconds > longest.0 {
            longest = (seconds, path.clone());
        }
        if quiet {
            continue;
        }
        println!("=== {path} {}", submission.accession);
        for finding in &findings {
            println!("! {} {}", finding.doc, finding.message);
        }
        submission.header.iter().for_each(field);
        for (i, d) in submission.documents.iter().enumerate() {
            println!(
                "# {} {:?} {:?} {:?} {:?} {:?} {}",
                i + 1,
                d.doc_type,
                d.filename,
                d.description,
                d.format,
                d.body,
                d.dash_escaped
            );
        }
        submission.cover.iter().for_each(field);
        for schedule in &submission.schedules {
            let values: Vec<String> = schedule.values.iter().map(|v| format!("{}={}", v.tag, v.text)).collect();
            println!(
                "S {} art {} mult {:?} col {} {}",
                schedule.doc,
                schedule.article,
                schedule.multiplier,
                schedule.column,
                values.join(" ")
            );
        }
    }
    let seconds = begin.elapsed().as_secs_f64();
    eprintln!("{bytes} bytes, {seconds:.2} s, {:.0} MB/s; slowest {:?}", bytes as f64 / 1e6 / seconds, longest);
}

fn field(field: &Field) {
    let part = match &field.part {
        Part::Header(path) => format!("[{path}]"),
        part => format!("{part:?}"),
    };
    let note = if field.note.is_empty() { String::new() } else { format!("   {{{}}}", field.note) };
    println!("  {} {part} {} = {}{note} @{}..{}", field.doc, field.name, field.value, field.span.start, field.span.end);
}
