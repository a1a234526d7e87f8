//! `cargo xtask arelle`: the verdicts of our checks beside those of Arelle, which implements Calculations 1.1.
//!
//! Sums and figures printed twice are taken from real filings as our reader ties them, and from pages of our own
//! whose totals are planted at the edges of what rounding allows. All go to Arelle as one XBRL report, with the
//! values and decimals we read, and each verdict must be the same. Arelle is installed below `target/`; where that
//! cannot be done nothing is compared, and the task says so.

mod judged;
mod planted;
mod xbrl;

use crate::args::Args;
use crate::corpus::{self, File};
use crate::random::hash;
use crate::{case, parallel, python, repo};
use judged::{Judged, Kind};
use tieout::Source;

/// The version whose verdicts are compared.
const PACKAGE: &str = "arelle-release==2.47.3";

/// How many filings are taken, and how much of each at most: sums, and figures printed twice.
const FILES: usize = 160;
const SUMS: usize = 12;
const TWICE: usize = 4;

/// How many real sums are planted anew.
const PLANTED: usize = 150;

/// What became of the comparison.
pub(crate) enum Outcome {
    Agreed,
    /// There is no Arelle, and why.
    Skipped(String),
}

/// Compares, and prints what was compared.
pub(crate) fn run(mut args: Args) -> Result<(), String> {
    let seed = args.number("--seed", 1)?;
    args.done()?;
    if let Outcome::Skipped(why) = compare(seed)? {
        println!("skipped, nothing compared with Arelle: {why}");
    }
    Ok(())
}

/// Every verdict beside Arelle's; an error where one differs.
pub(crate) fn compare(seed: u64) -> Result<Outcome, String> {
    let programs = match python::environment("arelle", &[PACKAGE]) {
        Ok(programs) => programs,
        Err(why) => return Ok(Outcome::Skipped(why)),
    };
    let (real, files) = real(seed)?;
    let planted = planted::plant(&real, PLANTED, seed)?;
    let read = format!("{} pages, {} read as planted", planted.pages, planted.all.len());
    let groups = [("real", format!("{files} filings"), real), ("planted", read, planted.all)];
    let all: Vec<&Judged> = groups.iter().flat_map(|(_, _, group)| group).collect();
    let objections = xbrl::judge(&all, &programs)?;
    let differing: Vec<String> =
        all.iter().zip(&objections).filter(|(j, o)| j.ties == o.is_some()).map(|(j, o)| differs(j, o)).collect();
    println!("{}{:>15}", HEADS.concat(), "printed twice");
    groups.iter().for_each(|(name, from, group)| row(name, from, group));
    println!("{} verdicts compared, {} differ", all.len(), differing.len());
    differing.iter().take(20).for_each(|line| println!("{line}"));
    if differing.is_empty() { Ok(Outcome::Agreed) } else { Err("our verdicts are not Arelle's".into()) }
}

const HEADS: [&str; 8] = [
    "             sums",
    "   that tie",
    "  inexact",
    "  do not",
    "  at the edge",
    "  subtracting",
    "  mixed decimals",
    "  with a nil",
];

/// How many there are of each sort.
fn row(name: &str, from: &str, group: &[Judged]) {
    let sums: Vec<&Judged> = group.iter().filter(|j| j.kind == Kind::Sum).collect();
    let sorts: [fn(&Judged) -> bool; HEADS.len()] = [
        |_| true,
        |j| j.ties,
        |j| j.ties && !j.gap.is_zero(),
        |j| !j.ties,
        Judged::touches,
        |j| j.parts.iter().any(|part| part.1),
        |j| j.parts.iter().any(|(part, _)| part.exponent != j.total.exponent),
        |j| j.parts.iter().any(|(part, _)| part.is_zero()),
    ];
    print!("{name:8}");
    for (index, (sort, head)) in sorts.into_iter().zip(HEADS).enumerate() {
        let width = head.len() - if index == 0 { 8 } else { 0 };
        print!("{:>width$}", sums.iter().filter(|j| sort(j)).count());
    }
    println!("{:>15}  {from}", group.len() - sums.len());
}

fn differs(judged: &Judged, objection: &Option<String>) -> String {
    let theirs = objection.as_deref().unwrap_or("consistent");
    format!("{}\n  ours: {}\n  Arelle: {theirs}", judged.place, judged.told())
}

/// What our checks say of real filings: of the corpus where it is, else of our own cases and examples. Sums
/// that miss, or hold within rounding only, come before those that are exact.
fn real(seed: u64) -> Result<(Vec<Judged>, usize), String> {
    let mut files: Vec<File> = corpus::files().into_iter().chain(corpus::html()).collect();
    files.sort_by_key(|f| hash(&format!("{seed}{}", f.name)));
    files.truncate(FILES);
    let read = |name: &str, bytes: &[u8]| judged::of(&tieout::read(&Source::new(name, bytes)), name);
    let found: Vec<Vec<Judged>> = if files.is_empty() {
        println!("no corpus at {}: the cases and examples serve instead", corpus::folder().display());
        let mut own = case::filings()?;
        for path in repo::files(&repo::root().join("examples"), ".txt") {
            own.push((path.display().to_string(), repo::text(&path)?));
        }
        own.iter().map(|(name, text)| read(name, text.as_bytes())).collect()
    } else {
        let of = |file: &File| Ok(read(&file.name, &file.read()?));
        parallel::map(&files, of).into_iter().collect::<Result<_, String>>()?
    };
    let count = found.len();
    let few = |mut some: Vec<Judged>| {
        some.sort_by_key(|j| (j.kind != Kind::Sum, j.ties && j.gap.is_zero(), hash(&format!("{seed}{}", j.place))));
        let sums = some.iter().filter(|j| j.kind == Kind::Sum).count();
        let twice = some.split_off(sums);
        some.into_iter().take(SUMS).chain(twice.into_iter().take(TWICE))
    };
    Ok((found.into_iter().flat_map(few).collect(), count))
}
