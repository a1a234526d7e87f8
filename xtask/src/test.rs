//! `cargo xtask test`: what must hold before a change lands. CI runs this and nothing else.
//!
//! Every step runs, whatever the ones before it said, and the last line counts them. The cases, `tidy` and
//! the bounded hostile run are tests of the workspace, so they run with the others.

use crate::arelle::Outcome;
use crate::args::Args;
use crate::{arelle, baseline, page, repo};
use std::process::{Command, Stdio};

/// The step that needs a program of others, which cannot be installed everywhere.
const SUMS: &str = "sums beside Arelle's";

/// Runs everything.
pub(crate) fn run(args: Args) -> Result<(), String> {
    args.done()?;
    let nextest = there(&["nextest", "--version"]);
    let tests: &[&str] =
        if nextest { &["nextest", "run", "--workspace"] } else { &["test", "--workspace", "--all-targets"] };
    let mut steps =
        vec![("tests", cargo(tests)), ("examples in the documentation", cargo(&["test", "--workspace", "--doc"]))];
    if there(&["clippy", "--version"]) {
        steps.push(("lints", cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])));
    } else {
        println!("clippy is not installed: lints not checked");
    }
    if there(&["fmt", "--version"]) && repo::root().join("rustfmt.toml").exists() {
        steps.push(("format", cargo(&["fmt", "--all", "--check"])));
    } else {
        println!("no rustfmt, or no rustfmt.toml: format not checked");
    }
    println!("\n== page");
    let page = page::run(Args::new(std::iter::empty()));
    if let Err(message) = &page {
        println!("{message}");
    }
    steps.push(("page in a browser", page.is_ok()));
    println!("\n== arelle");
    let mut skipped = Vec::new();
    match arelle::compare(1) {
        Ok(Outcome::Agreed) => steps.push((SUMS, true)),
        Ok(Outcome::Skipped(why)) => skipped.push(format!("{SUMS}: {why}")),
        Err(message) => {
            println!("{message}");
            steps.push((SUMS, false));
        }
    }
    println!("\n== baseline");
    let moved = baseline::run(Args::new(std::iter::empty()));
    if let Err(message) = &moved {
        println!("{message}");
    }
    steps.push(("baseline", moved.is_ok()));
    println!();
    for (name, passed) in &steps {
        println!("{} {name}", if *passed { "ok    " } else { "FAILED" });
    }
    let failed = steps.iter().filter(|(_, passed)| !passed).count();
    skipped.iter().for_each(|what| println!("skipped {what}"));
    println!("steps: {} passed, {failed} failed, {} skipped", steps.len() - failed, skipped.len());
    if failed == 0 { Ok(()) } else { Err(String::new()) }
}

/// Runs cargo with these words, its output shown.
fn cargo(words: &[&str]) -> bool {
    println!("\n== cargo {}", words.join(" "));
    command(words).status().is_ok_and(|s| s.success())
}

/// Is there such a subcommand?
fn there(words: &[&str]) -> bool {
    command(words).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|s| s.success())
}

fn command(words: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
    command.args(words).current_dir(repo::root()).stdin(Stdio::null());
    command
}
