//! `cargo xtask case`: literate cases, input and expected output side by side.
//!
//! A case is a heading in `cases/<stage>/<topic>.md`, a sentence of why, a fenced `filing` block of our own
//! text, and fenced blocks of what must come out of it: `facts`, `claims`, `ties`, `findings`, `cover`
//! (whichever the case is about). A wrong outcome that is known is asserted as it is, with a sentence that
//! begins `FIXME:`.

mod file;
mod lines;

use crate::args::Args;
use crate::{diff, repo};
use file::{Case, CaseFile};
use std::path::PathBuf;
use tieout::Source;

/// Stages a case may belong to: the folders of `cases/`.
const STAGES: &[&str] = &["grid", "statement", "prose", "check", "cover"];

/// Runs the cases that a name picks, or all.
pub(crate) fn run(mut args: Args) -> Result<(), String> {
    let update = args.flag("--update");
    let names = args.names()?;
    let picked = |name: &str| names.is_empty() || names.iter().any(|n| name.to_lowercase().contains(&n.to_lowercase()));
    let (mut right, mut wrong, mut written, mut fixmes) = (0, 0, 0, Vec::new());
    for path in paths()? {
        let mut file = CaseFile::read(&path)?;
        for index in 0..file.cases.len() {
            let case = &file.cases[index];
            if !picked(&case.name) {
                continue;
            }
            if case.fixme {
                fixmes.push(case.name.clone());
            }
            let outcome = outcome(case);
            if outcome.is_empty() {
                right += 1;
            } else if update {
                outcome.iter().for_each(|moved| file.replace(index, moved.block, &moved.now));
                written += 1;
            } else {
                outcome.iter().for_each(|moved| println!("{}", moved.shown));
                wrong += 1;
            }
        }
        file.write_if_changed(&path)?;
    }
    if right + wrong + written == 0 {
        return Err(format!("no case is called {}", names.join(" or ")));
    }
    fixmes.iter().for_each(|name| println!("FIXME  {name}"));
    if written > 0 {
        println!("{written} cases rewritten: read them before you commit them");
    }
    println!("cases: {} passed, {wrong} failed", right + written);
    if wrong == 0 { Ok(()) } else { Err(String::new()) }
}

/// The filing of every case, with its name: what the hostile run starts from.
pub(crate) fn filings() -> Result<Vec<(String, String)>, String> {
    let mut all = Vec::new();
    for path in paths()? {
        all.extend(CaseFile::read(&path)?.cases.into_iter().map(|case| (case.name, case.filing)));
    }
    Ok(all)
}

/// Every case file, in order.
fn paths() -> Result<Vec<PathBuf>, String> {
    let folder = repo::root().join("cases");
    let found = repo::files(&folder, ".md");
    for path in &found {
        let stage = path.strip_prefix(&folder).ok().and_then(|p| p.iter().next()).map(|s| s.to_string_lossy());
        if !stage.is_some_and(|s| STAGES.contains(&s.as_ref())) {
            return Err(format!("{}: a case file stands in one of cases/{}", path.display(), STAGES.join(", cases/")));
        }
    }
    Ok(found)
}

/// An expected block that is not what comes out now.
struct Moved {
    /// Its index among the case's blocks.
    block: usize,
    now: String,
    shown: String,
}

fn outcome(case: &Case) -> Vec<Moved> {
    let source = Source::new("case", case.filing.as_bytes());
    let report = tieout::read(&source);
    let mut moved = Vec::new();
    for (block, expected) in case.expected.iter().enumerate() {
        let now = lines::of(&expected.kind, &report, &source)
            .unwrap_or_else(|| format!("no such block: {}\n", expected.kind));
        if now != expected.text {
            let shown = format!("{} ({})\n{}", case.name, expected.kind, diff::lines(&expected.text, &now));
            moved.push(Moved { block, now, shown });
        }
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `cargo xtask case` runs, as a test of the workspace.
    #[test]
    fn every_case_holds() {
        let mut shown = String::new();
        let mut count = 0;
        for path in paths().unwrap() {
            for case in &CaseFile::read(&path).unwrap().cases {
                count += 1;
                outcome(case).iter().for_each(|moved| shown += &moved.shown);
            }
        }
        assert!(shown.is_empty(), "{shown}\n`cargo xtask case --update` rewrites what is meant");
        assert!(count >= 15, "{count} cases found");
    }
}
