//! What tracked files may look like.

use super::Found;
use crate::repo;

/// Above this a source file fails; above the other it is mentioned.
const TOO_LONG: usize = 700;
const LONG: usize = 600;

/// A newcomer finds the room they need: no source file is too long.
pub(super) fn length(found: &mut Found) -> Result<(), String> {
    for name in repo::tracked()?.into_iter().filter(|n| n.ends_with(".rs")) {
        let lines = repo::text(&repo::root().join(&name))?.lines().count();
        match lines {
            _ if lines > TOO_LONG => found.problem(format!("{name}: {lines} lines, {TOO_LONG} at most")),
            _ if lines > LONG => found.note(format!("{name}: {lines} lines")),
            _ => {}
        }
    }
    Ok(())
}

/// Nothing in the project speaks of the place it was written at. The words are put together here so that
/// this file does not hold them.
pub(super) fn words(found: &mut Found) -> Result<(), String> {
    let words = [["ses", "sion"].concat()];
    let paths: Vec<String> = ["work", "tmp", "root"].iter().map(|p| format!("/{p}/")).collect();
    for name in repo::tracked()? {
        let bytes = std::fs::read(repo::root().join(&name)).map_err(|e| format!("{name}: {e}"))?;
        if bytes.contains(&0) || name == "Cargo.lock" || name.ends_with(".tsv") {
            continue;
        }
        let text = String::from_utf8_lossy(&bytes);
        for (number, line) in (1..).zip(text.lines()) {
            let lower = line.to_lowercase();
            let word = words.iter().find(|w| has_word(&lower, w));
            let path = paths.iter().find(|p| has_path(line, p));
            if let Some(what) = word.or(path) {
                found.problem(format!("{name}:{number}: {what}"));
            }
        }
    }
    Ok(())
}

/// The word by itself or in the plural, not as a part of another.
fn has_word(line: &str, word: &str) -> bool {
    line.split(|c: char| !c.is_alphanumeric()).any(|w| w == word || w.strip_suffix('s') == Some(word))
}

/// An absolute path, not the end of a longer one.
fn has_path(line: &str, path: &str) -> bool {
    line.match_indices(path).any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || "._-~}".contains(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_paths_stand_alone() {
        assert!(has_word("two trials, one trial", "trial") && !has_word("retrial", "trial"));
        assert!(has_path("see /abc/x", "/abc/") && !has_path("see ../abc/x or src/abc/x", "/abc/"));
    }
}
