//! The project's own chores: `cargo xtask TASK`. One file per task; `cargo xtask help` lists them.
//!
//! Unlike the crates below the facade, a chore may read files, run programs, print and look at the clock.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr)]

mod arelle;
mod args;
mod baseline;
mod bench;
mod case;
mod corpus;
mod coverage;
mod diff;
mod growth;
mod hostile;
mod mutate;
mod page;
mod parallel;
mod peers;
mod python;
mod random;
mod repo;
mod test;
mod tidy;
mod train;

use args::Args;
use std::process::ExitCode;

/// A chore: its name, what follows the name, what it does in a line, and the function. The error is what
/// to tell the user; chores that have already told it return an empty one.
struct Task {
    name: &'static str,
    usage: &'static str,
    about: &'static str,
    run: fn(Args) -> Result<(), String>,
}

const TASKS: &[Task] = &[
    Task {
        name: "test",
        usage: "",
        about: "everything CI runs: format, lints, tests, cases, tidy, baseline",
        run: test::run,
    },
    Task {
        name: "case",
        usage: "[NAME...] [--update]",
        about: "literate cases: is the rule right? NAME is part of a case's path or heading",
        run: case::run,
    },
    Task {
        name: "baseline",
        usage: "[--update]",
        about: "one line per corpus file: did anything move?",
        run: baseline::run,
    },
    Task {
        name: "mutate",
        usage: "[--html] [--samples N] [--seed N] [--show N]",
        about: "changes one digit of a number that a sum vouches for: is it caught, is it named?",
        run: mutate::run,
    },
    Task {
        name: "coverage",
        usage: "[FOLDER...] [--show N]",
        about: "has every number a place: a fact's, a claim's, a heading's, a field's, the skip list's?",
        run: coverage::run,
    },
    Task {
        name: "hostile",
        usage: "[--rounds N] [--seed N]",
        about: "damaged input of every sort: nothing may panic, every span must hold",
        run: hostile::run,
    },
    Task { name: "growth", usage: "", about: "is the cost linear in bytes, whatever they are?", run: growth::run },
    Task {
        name: "bench",
        usage: "[--quick] [--html] [--peers]",
        about: "MB/s per stage beside memchr; time and memory by size; edgartools and doc2dict beside it",
        run: bench::run,
    },
    Task {
        name: "train",
        usage: "[--folds N] [--misses]",
        about: "the tagger's model from the corpus's labelled lines; how it does on companies not seen",
        run: train::run,
    },
    Task {
        name: "page",
        usage: "[--shots]",
        about: "the page of check --format html, tried in a browser",
        run: page::run,
    },
    Task {
        name: "arelle",
        usage: "[--seed N]",
        about: "our verdicts on sums beside those of Arelle's Calculations 1.1, on the same figures",
        run: arelle::run,
    },
    Task { name: "tidy", usage: "", about: "the rules of the house, checked", run: tidy::run },
];

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let name = words.next().unwrap_or_default();
    if ["", "help", "-h", "--help"].contains(&name.as_str()) {
        print!("{}", help());
        return ExitCode::SUCCESS;
    }
    let Some(task) = TASKS.iter().find(|t| t.name == name) else {
        eprint!("xtask: there is no task {name}\n\n{}", help());
        return ExitCode::from(2);
    };
    match (task.run)(Args::new(words)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            if !message.is_empty() {
                eprintln!("xtask {name}: {message}");
            }
            ExitCode::FAILURE
        }
    }
}

fn help() -> String {
    let mut text = String::from("The project's chores.\n\ncargo xtask TASK\n\n");
    for task in TASKS {
        let call = format!("{} {}", task.name, task.usage);
        text += &format!("  {call:<42} {}\n", task.about);
    }
    text +=
        "\nTIEOUT_CORPUS says where the corpus of real filings is (default ../shared/corpus beside the repository).\n";
    text
}
