//! How fast prose is read: `speed FILE...` gives processor time and megabytes a second of `claims` over the
//! paragraphs of submissions; `speed --dump FILE...` writes every claim on a line, to compare before and after.

#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "an example reads files and prints")]

use tieout_grid::{Block, Paragraph};
use tieout_model::{Date, DocumentFormat, Period, Submission};
use tieout_prose::{Context, claims};
use tieout_source::Source;

fn main() {
    let mut files: Vec<String> = std::env::args().skip(1).collect();
    let dump = files.first().is_some_and(|f| f == "--dump");
    files.drain(..usize::from(dump));
    let (mut bytes, mut paragraphs_read, mut found, mut nanoseconds) = (0, 0, 0, 0);
    for name in &files {
        let Ok(content) = std::fs::read(name) else {
            continue;
        };
        let source = Source::new(name, &content);
        let (submission, _) = tieout_submission::read(&source);
        for (doc, document) in (1..).zip(&submission.documents) {
            if document.format != DocumentFormat::Text {
                continue;
            }
            let blocks = tieout_grid::blocks(&source, document.body, document.dash_escaped);
            let paragraphs: Vec<Paragraph> = blocks
                .filter_map(|block| match block {
                    Block::Prose(paragraph) => Some(paragraph),
                    Block::Grid(_) => None,
                })
                .collect();
            let context = context(&submission, doc);
            let before = processor_time();
            let claims = claims(&paragraphs, &context);
            nanoseconds += processor_time() - before;
            bytes += paragraphs.iter().map(|p| p.text.len() as u64).sum::<u64>();
            paragraphs_read += paragraphs.len();
            found += claims.len();
            if dump {
                for c in claims {
                    let day = |p: Option<Period>| p.map_or_else(String::new, |p| p.to_string());
                    println!(
                        "{name}\t{doc}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{:?}\t{}\t{}",
                        c.span.start,
                        c.kind.word(),
                        c.amount,
                        c.subject,
                        c.of,
                        day(c.period),
                        day(c.base),
                        c.bound,
                        c.basis,
                        c.quote
                    );
                }
            }
        }
    }
    if !dump {
        println!(
            "{} files, {paragraphs_read} paragraphs, {found} claims: {bytes} bytes in {} us, {} MB/s",
            files.len(),
            nanoseconds / 1000,
            bytes * 1000 / nanoseconds.max(1)
        );
    }
}

/// What header and form say of time.
fn context(submission: &Submission, doc: u32) -> Context<'static> {
    let value = |name: &str| submission.header.iter().find(|f| f.name == name).map(|f| f.value.as_str());
    let day = |name: &str| value(name)?.parse::<Date>().ok();
    let annual = value("CONFORMED SUBMISSION TYPE").is_some_and(|form| form.starts_with("10-K"));
    let end = day("CONFORMED PERIOD OF REPORT");
    Context {
        doc,
        report_date: day("FILED AS OF DATE"),
        period: end.filter(|_| annual).and_then(|end| Period::months_to(12, end)),
        fiscal_year_end: value("FISCAL YEAR END")
            .and_then(|text| Some((text.get(..2)?.parse().ok()?, text.get(2..4)?.parse().ok()?))),
        skip: &[],
    }
}

/// Processor time of this process in nanoseconds, as Linux counts it: free of other work on the machine.
fn processor_time() -> u64 {
    let text = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    text.split(' ').next().and_then(|n| n.parse().ok()).unwrap_or_default()
}
