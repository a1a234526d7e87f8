//! The list of checks as users see it.

use super::Found;
use std::collections::BTreeSet;

/// The parts of a manual, in order.
const PARTS: [&str; 4] = ["## What it checks", "## Why it matters", "## Example", "## When it stays silent"];

/// Each check has a code of its own and a whole manual, and its parts say something.
pub(super) fn documented(found: &mut Found) -> Result<(), String> {
    let mut codes = BTreeSet::new();
    for check in tieout::checks() {
        if !codes.insert(check.code) {
            found.problem(format!("{}: two checks have this code", check.code));
        }
        let headings: Vec<&str> = check.manual.lines().filter(|l| l.starts_with("## ")).map(str::trim).collect();
        if headings != PARTS {
            found.problem(format!("{}: the manual's parts are {headings:?}", check.code));
        }
        for part in check.manual.split("## ").skip(1) {
            if part.lines().skip(1).all(|l| l.trim().is_empty()) {
                found.problem(format!("{}: nothing under {}", check.code, part.trim()));
            }
        }
        if check.name.is_empty() || !check.tick.is_alphabetic() {
            found.problem(format!("{}: name or tick is missing", check.code));
        }
    }
    Ok(())
}
