//! `cargo xtask tidy`: the rules of the house, checked. Also a test of the workspace.

mod checks;
mod dependencies;
mod files;
mod labels;

use crate::args::Args;

/// What a rule found: problems fail, notes are only said.
#[derive(Debug, Default)]
pub(crate) struct Found {
    problems: Vec<String>,
    notes: Vec<String>,
}

impl Found {
    fn problem(&mut self, text: impl Into<String>) {
        self.problems.push(text.into());
    }

    fn note(&mut self, text: impl Into<String>) {
        self.notes.push(text.into());
    }
}

/// A rule and its name.
type Rule = (&'static str, fn(&mut Found) -> Result<(), String>);

const RULES: &[Rule] = &[
    ("crates depend downwards", dependencies::direction),
    ("third-party crates have a reason", dependencies::reasons),
    ("every crate takes the workspace's lints", dependencies::lints),
    ("files are short", files::length),
    ("the project speaks of itself only", files::words),
    ("label tables are sorted, without doubles", labels::sorted),
    ("checks have one code and a manual each", checks::documented),
];

/// Checks every rule.
pub(crate) fn run(args: Args) -> Result<(), String> {
    args.done()?;
    let mut failed = 0;
    for (name, found) in all() {
        found.notes.iter().for_each(|note| println!("note: {note}"));
        println!("{} {name}", if found.problems.is_empty() { "ok    " } else { "FAILED" });
        found.problems.iter().for_each(|problem| println!("       {problem}"));
        failed += usize::from(!found.problems.is_empty());
    }
    println!("tidy: {} passed, {failed} failed", RULES.len() - failed);
    if failed == 0 { Ok(()) } else { Err(String::new()) }
}

/// What each rule found; a rule that could not look has found that.
fn all() -> Vec<(&'static str, Found)> {
    let look = |(name, rule): &Rule| {
        let mut found = Found::default();
        if let Err(error) = rule(&mut found) {
            found.problem(error);
        }
        (*name, found)
    };
    RULES.iter().map(look).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_house_is_tidy() {
        let problems: Vec<String> = super::all()
            .into_iter()
            .flat_map(|(name, found)| found.problems.into_iter().map(move |p| format!("{name}: {p}")))
            .collect();
        assert!(problems.is_empty(), "\n{}", problems.join("\n"));
    }
}
