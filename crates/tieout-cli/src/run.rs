//! Several files at once, their output in the order in which they were given.

use crate::input;
use crate::output::{Frame, csv, json, sarif, table};
use crate::page::{self, Page};
use crate::rows::List;
use crate::target::Target;
use crate::view::View;
use crate::web;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc;
use std::time::{Duration, Instant};
use tieout::Source;

/// What to write of each file.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Job {
    /// The page for people.
    Page(Page),
    /// All of a report as JSON.
    Report {
        /// One object a line, instead of one array.
        lines: bool,
    },
    /// The findings as SARIF.
    Sarif,
    /// The page for a browser.
    Web,
    /// Rows as CSV.
    Csv(List),
    /// Rows as one JSON array.
    Json(List),
    /// Rows as JSON, one a line.
    JsonLines(List),
    /// Rows to look at.
    Table {
        /// Which.
        list: List,
        /// On what page.
        page: Page,
        /// More than one file: say which.
        several: bool,
    },
}

impl Job {
    /// For people, in colours: all else is data.
    pub(crate) fn is_colored(&self) -> bool {
        matches!(self, Job::Page(_) | Job::Table { .. })
    }

    fn frame(&self) -> Frame {
        match self {
            Job::Page(_) | Job::Web | Job::Table { .. } => Frame::default(),
            Job::Report { lines: false } | Job::Json(_) => json::array(),
            Job::Report { lines: true } | Job::JsonLines(_) => json::lines(),
            Job::Sarif => sarif::frame(),
            Job::Csv(list) => csv::frame(list),
        }
    }

    fn write(&self, view: &View<'_>, out: &mut Vec<u8>) {
        match self {
            Job::Page(page) => page::write(view, page, out),
            Job::Report { .. } => json::write_report(view, out),
            Job::Sarif => sarif::write(view, out),
            Job::Web => web::write(view, out),
            Job::Csv(list) => csv::write(list, view, out),
            Job::Json(list) => json::write(list, view, ",\n", out),
            Job::JsonLines(list) => json::write(list, view, "\n", out),
            Job::Table { list, page, several } => table::write(list, view, page, *several, out),
        }
    }
}

/// How it went, over all files.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Outcome {
    off: bool,
    unread: bool,
}

impl Outcome {
    /// All read; something off or not.
    pub(crate) fn of(off: bool) -> Outcome {
        Outcome { off, unread: false }
    }

    /// 2 outweighs 1: an incomplete answer is no answer.
    pub(crate) fn status(self) -> ExitCode {
        ExitCode::from(if self.unread { 2 } else { u8::from(self.off) })
    }
}

/// One file done, or why it could not be read.
type Part = Result<Done, String>;

/// What became of a file.
struct Done {
    /// Its part of the output.
    bytes: Vec<u8>,
    /// Something is off.
    off: bool,
    /// Why nothing in it could be read.
    unread: Option<String>,
}

/// Does `job` for every file. The error is that of the target.
pub(crate) fn all(files: &[PathBuf], job: &Job, quiet: bool, to: &mut Target) -> io::Result<Outcome> {
    let frame = job.frame();
    to.write(frame.head.as_bytes())?;
    let (mut outcome, mut written, mut number) = (Outcome::default(), false, 0);
    in_order(files, job, quiet, &mut |part, progress| {
        number += 1;
        progress.suspend(|| match part {
            Ok(Done { bytes, off, unread }) => {
                outcome.off |= off;
                outcome.unread |= unread.is_some();
                unread.iter().for_each(|why| complain(why));
                if bytes.is_empty() {
                    return Ok(());
                }
                if written {
                    to.write(frame.between.as_bytes())?;
                }
                written = true;
                to.write_part(number - 1, &bytes)
            }
            Err(why) => {
                outcome.unread = true;
                complain(&why);
                Ok(())
            }
        })
    })?;
    // JSON lines end the last line only where there is one.
    if written || !frame.head.is_empty() {
        to.write(frame.tail.as_bytes())?;
    }
    Ok(outcome)
}

/// Reads in parallel and hands the parts on in the order of `files`. A part that nobody wants any more
/// (closed pipe) ends the work.
fn in_order(
    files: &[PathBuf],
    job: &Job,
    quiet: bool,
    take: &mut dyn FnMut(Part, &Progress) -> io::Result<()>,
) -> io::Result<()> {
    let mut progress = Progress::new(files, quiet);
    if let [file] = files {
        return take(part(file, job), &progress);
    }
    let (send, receive) = mpsc::channel();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            // A bridge takes the files one by one, so that the first are done first and few parts wait.
            let _ = files
                .iter()
                .enumerate()
                .par_bridge()
                .try_for_each_with(send, |send, (i, file)| send.send((i, part(file, job))).map_err(|_| ()));
        });
        let (mut waiting, mut next) = (BTreeMap::new(), 0);
        for (i, part) in receive {
            progress.step();
            waiting.insert(i, part);
            while let Some(part) = waiting.remove(&next) {
                take(part, &progress)?;
                next += 1;
            }
        }
        Ok(())
    })
}

fn part(file: &Path, job: &Job) -> Part {
    let bytes = input::open(file)?;
    let name = file.display().to_string();
    let source = Source::new(&name, &bytes);
    // One file that brings a defect of ours to light must not take the others down with it.
    let done = std::panic::catch_unwind(|| {
        let report = tieout::read(&source);
        let view = View::new(source, &report, tieout::checks());
        let mut out = Vec::new();
        job.write(&view, &mut out);
        Done { bytes: out, off: view.is_off(), unread: unread(&view, job) }
    });
    done.map_err(|_| format!("{name}: reading it failed: a defect of tieout, please report it with the file"))
}

/// Why nothing in a file could be read. A cover list holds the envelope, which is read whatever it holds.
fn unread(view: &View<'_>, job: &Job) -> Option<String> {
    let submission = &view.report.submission;
    let (Job::Csv(list) | Job::Json(list) | Job::JsonLines(list) | Job::Table { list, .. }) = job else {
        return view.unread().then(|| sentence(view));
    };
    let envelope = list.envelope && !(submission.header.is_empty() && submission.cover.is_empty());
    (view.unread() && !envelope).then(|| sentence(view))
}

fn sentence(view: &View<'_>) -> String {
    let name = match view.source.name {
        "-" => "standard input",
        name => name,
    };
    format!("{name} holds no document of text or HTML; nothing in it was checked")
}

#[allow(clippy::print_stderr, reason = "this is the rim")]
fn complain(why: &str) {
    eprintln!("tieout: {why}");
}

/// A bar for work long enough to wait for, on a terminal.
struct Progress {
    bar: ProgressBar,
    began: Instant,
    wanted: bool,
}

/// Work done sooner than this needs no bar.
const PATIENCE: Duration = Duration::from_millis(700);

impl Progress {
    fn new(files: &[PathBuf], quiet: bool) -> Progress {
        let bar = ProgressBar::with_draw_target(Some(files.len() as u64), ProgressDrawTarget::hidden());
        let style = "{bar:30} {pos} of {len} files, {eta} left";
        if let Ok(style) = ProgressStyle::with_template(style) {
            bar.set_style(style);
        }
        let wanted = !quiet && files.len() > 1 && io::stderr().is_terminal();
        Progress { bar, began: Instant::now(), wanted }
    }

    fn step(&mut self) {
        self.bar.inc(1);
        if self.wanted && self.began.elapsed() > PATIENCE {
            self.wanted = false;
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    /// Writes while the bar is out of the way.
    fn suspend<T>(&self, write: impl FnOnce() -> T) -> T {
        if self.bar.is_hidden() { write() } else { self.bar.suspend(write) }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
