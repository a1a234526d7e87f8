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
mod target;
mod view;
mod web;

use args::{Cli, PageFormat, RowFormat, Verb};
use clap::FromArgMatches;
use page::Page;
use run::{Job, Outcome};
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use target::Target;

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
    let color = cli.common.color;
    let whole = match &cli.verb {
        Verb::Rule { code } => Some(rule::show(code.as_deref(), tieout::checks(), &page).map(|t| (t.into(), false))),
        Verb::Compare { earlier, later, format } => Some(compare::run(earlier, later, *format, &page)),
        _ => None,
    };
    match whole {
        Some(Ok((bytes, off))) => {
            return finish(Target::stdout(Some(color)), |to| to.write(&bytes).map(|()| Outcome::of(off)));
        }
        Some(Err(why)) => return refuse(&why),
        None => {}
    }
    let (files, output, job) = job(&cli.verb, &page);
    match target::open(output, files, matches!(job, Job::Web), job.is_colored().then_some(color)) {
        Ok(target) => finish(target, |to| run::all(files, &job, page.quiet, to)),
        Err(why) => refuse(&why),
    }
}

/// Writes to the end, and says how it went.
fn finish(mut target: Target, write: impl FnOnce(&mut Target) -> io::Result<Outcome>) -> ExitCode {
    match write(&mut target).and_then(|done| target.flush().map(|()| done)) {
        Ok(outcome) => outcome.status(),
        // Whoever read the pipe has seen enough.
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(e) => refuse(&format!("{}: {e}", target.name())),
    }
}

/// What a verb reads, where it writes, and what it does with each file.
fn job<'a>(verb: &'a Verb, page: &Page) -> (&'a [PathBuf], Option<&'a Path>, Job) {
    let (rows, list) = match verb {
        Verb::Check { files, format, output } => {
            let job = match format {
                PageFormat::Json => Job::Report { lines: false },
                PageFormat::Jsonl => Job::Report { lines: true },
                PageFormat::Sarif => Job::Sarif,
                PageFormat::Html => Job::Web,
                PageFormat::Text => Job::Page(*page),
            };
            return (&files.files, output.as_deref(), job);
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
    (&rows.files.files, None, job)
}

/// Says why the command could not be done.
#[allow(clippy::print_stderr, reason = "this is the rim")]
fn refuse(why: &str) -> ExitCode {
    eprintln!("tieout: {why}");
    ExitCode::from(2)
}

/// As wide as the terminal; else as COLUMNS says; else a page that a wide table fits.
#[allow(clippy::disallowed_methods, reason = "the command line is where the environment is looked at")]
fn page_width() -> usize {
    let terminal = || io::stdout().is_terminal().then(terminal_size::terminal_size).flatten().map(|(w, _)| w.0.into());
    let columns = || std::env::var("COLUMNS").ok().and_then(|c| c.trim().parse().ok());
    let width: usize = terminal().or_else(columns).unwrap_or(100);
    width.clamp(40, 1000)
}
