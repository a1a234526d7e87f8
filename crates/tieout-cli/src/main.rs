//! The command `tieout`: the rim, where files are opened and words are printed. What is read and checked is
//! the library's business; see the crate `tieout`.

mod args;
mod compare;
#[cfg(test)]
mod fixture;
mod input;
mod output;
mod page;
mod rows;
mod rule;
mod run;
mod view;

use anstream::AutoStream;
use args::{Cli, PageFormat, RowFormat, Verb};
use clap::{ColorChoice, FromArgMatches};
use page::Page;
use run::{Job, Outcome};
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let width = page_width();
    let matches = args::command(width).get_matches();
    let cli = match Cli::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(why) => why.exit(),
    };
    if let Some(why) = args::not_yet(&cli.verb) {
        return refuse(why);
    }
    if let Some(jobs) = cli.common.jobs {
        // Fails only where a pool exists already, and none does.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global();
    }
    let page = Page { width, quiet: cli.common.quiet, verbose: cli.common.verbose };
    let mut out = stdout(cli.common.color);
    let outcome = match &cli.verb {
        Verb::Rule { code } => match rule::show(code.as_deref(), tieout::checks(), &page) {
            Ok(text) => out.write_all(text.as_bytes()).map(|()| Outcome::default()),
            Err(why) => return refuse(&why),
        },
        Verb::Compare { earlier, later, format } => match compare::run(earlier, later, *format, &page) {
            Ok((bytes, off)) => out.write_all(&bytes).map(|()| Outcome::of(off)),
            Err(why) => return refuse(&why),
        },
        verb => {
            let (files, job) = job(verb, &page);
            run::all(&files.files, &job, page.quiet, &mut out)
        }
    };
    match outcome.and_then(|done| out.flush().map(|()| done)) {
        Ok(outcome) => outcome.status(),
        // Whoever read the pipe has seen enough.
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(e) => refuse(&format!("standard output: {e}")),
    }
}

/// What a verb does with each file.
fn job<'a>(verb: &'a Verb, page: &Page) -> (&'a args::Files, Job) {
    let (rows, list) = match verb {
        Verb::Check { files, format } => {
            let job = match format {
                PageFormat::Json => Job::Report { lines: false },
                PageFormat::Jsonl => Job::Report { lines: true },
                PageFormat::Sarif => Job::Sarif,
                PageFormat::Text | PageFormat::Html => Job::Page(*page),
            };
            return (files, job);
        }
        Verb::Facts(rows) => (rows, rows::FACTS),
        Verb::Claims(rows) => (rows, rows::CLAIMS),
        Verb::Ties(rows) => (rows, rows::TIES),
        Verb::Tags(rows) => (rows, rows::TAGS),
        Verb::Cover(rows) => (rows, rows::COVER),
        Verb::Rule { .. } | Verb::Compare { .. } => unreachable!("they have no list of files"),
    };
    let job = match rows.format {
        RowFormat::Csv => Job::Csv(list),
        RowFormat::Json => Job::Json(list),
        RowFormat::Jsonl => Job::JsonLines(list),
        RowFormat::Table | RowFormat::Parquet => Job::Table { list, page: *page, several: rows.files.files.len() > 1 },
    };
    (&rows.files, job)
}

/// Says why the command could not be done.
#[allow(clippy::print_stderr, reason = "this is the rim")]
fn refuse(why: &str) -> ExitCode {
    eprintln!("tieout: {why}");
    ExitCode::from(2)
}

/// Standard output, colours taken out where they do not belong.
fn stdout(color: ColorChoice) -> impl Write {
    let choice = match color {
        ColorChoice::Always => anstream::ColorChoice::Always,
        ColorChoice::Never => anstream::ColorChoice::Never,
        ColorChoice::Auto => AutoStream::choice(&io::stdout()),
    };
    io::BufWriter::with_capacity(1 << 16, AutoStream::new(io::stdout().lock(), choice))
}

/// As wide as the terminal; else as COLUMNS says; else a page that a wide table fits.
#[allow(clippy::disallowed_methods, reason = "the command line is where the environment is looked at")]
fn page_width() -> usize {
    let terminal = || io::stdout().is_terminal().then(terminal_size::terminal_size).flatten().map(|(w, _)| w.0.into());
    let columns = || std::env::var("COLUMNS").ok().and_then(|c| c.trim().parse().ok());
    let width: usize = terminal().or_else(columns).unwrap_or(100);
    width.clamp(40, 1000)
}
