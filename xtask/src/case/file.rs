//! The form of a case file: Markdown, read and written back line by line.

use std::path::Path;

/// The longest `filing` block: a case shows one thing.
const LONGEST: usize = 40;

/// One file of cases.
pub(crate) struct CaseFile {
    lines: Vec<String>,
    pub(crate) cases: Vec<Case>,
    changed: bool,
}

/// One case.
#[derive(Debug, Default)]
pub(crate) struct Case {
    /// `check/footing: A subtotal that does not foot`.
    pub(crate) name: String,
    /// A sentence of it begins `FIXME:`.
    pub(crate) fixme: bool,
    why: bool,
    pub(crate) filing: String,
    pub(crate) expected: Vec<Expected>,
}

/// A fenced block of what must come out.
#[derive(Debug, Default)]
pub(crate) struct Expected {
    /// `facts`, `claims`...
    pub(crate) kind: String,
    pub(crate) text: String,
    /// Its lines in the file, fences left out.
    first: usize,
    last: usize,
}

impl CaseFile {
    /// Reads one; says in which case what is missing.
    pub(crate) fn read(path: &Path) -> Result<CaseFile, String> {
        let text = crate::repo::text(path)?;
        let stem = path.with_extension("");
        let mut parts: Vec<_> = stem.iter().rev().take(2).map(|p| p.to_string_lossy().into_owned()).collect();
        parts.reverse();
        parse(&text, &parts.join("/")).map_err(|e| format!("{}: {e}", path.display()))
    }

    /// Puts `text` in place of an expected block.
    pub(crate) fn replace(&mut self, case: usize, block: usize, text: &str) {
        let old = &mut self.cases[case].expected[block];
        let (first, last) = (old.first, old.last);
        let new: Vec<String> = text.lines().map(String::from).collect();
        let (grown, shrunk) = (new.len(), last - first);
        old.text = text.to_string();
        self.lines.splice(first..last, new);
        self.changed = true;
        for later in self.cases.iter_mut().flat_map(|c| &mut c.expected) {
            if later.first > first {
                later.first = later.first + grown - shrunk;
            }
            if later.last >= last {
                later.last = later.last + grown - shrunk;
            }
        }
    }

    /// Writes it back where a block was replaced.
    pub(crate) fn write_if_changed(&self, path: &Path) -> Result<(), String> {
        if !self.changed {
            return Ok(());
        }
        std::fs::write(path, self.lines.join("\n") + "\n").map_err(|e| format!("{}: {e}", path.display()))
    }
}

fn parse(text: &str, topic: &str) -> Result<CaseFile, String> {
    let lines: Vec<String> = text.lines().map(String::from).collect();
    let mut cases: Vec<Case> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let line = &lines[at];
        at += 1;
        if let Some(heading) = line.strip_prefix("## ") {
            cases.push(Case { name: format!("{topic}: {}", heading.trim()), ..Case::default() });
            continue;
        }
        let Some(case) = cases.last_mut() else { continue };
        let Some(kind) = line.strip_prefix("```") else {
            case.why |= line.contains(". ") || line.ends_with('.');
            case.fixme |= line.starts_with("FIXME:");
            continue;
        };
        let first = at;
        let length =
            lines[first..].iter().position(|l| l == "```").ok_or(format!("{}: a block without end", case.name))?;
        let last = first + length;
        at = last + 1;
        let text: String = lines[first..last].iter().map(|l| format!("{l}\n")).collect();
        if kind == "filing" {
            if length > LONGEST {
                return Err(format!("{}: a filing of {length} lines, {LONGEST} at most", case.name));
            }
            case.filing = text;
        } else {
            case.expected.push(Expected { kind: kind.to_string(), text, first, last });
        }
    }
    for case in &cases {
        let missing = [
            (case.why, "a sentence of why"),
            (!case.filing.is_empty(), "a filing"),
            (!case.expected.is_empty(), "what must come out"),
        ];
        if let Some((_, what)) = missing.iter().find(|(there, _)| !there) {
            return Err(format!("{}: {what} is missing", case.name));
        }
    }
    Ok(CaseFile { lines, cases, changed: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# T\n\n## One\n\nBecause.\n\n```filing\nx\n```\n\n```facts\nold\n```\n\n## Two\n\nFIXME: not yet.\n\n```filing\ny\n```\n\n```ties\n```\n\n```facts\nz\n```\n";

    #[test]
    fn reads_cases() {
        let file = parse(FILE, "check/t").unwrap();
        assert_eq!(file.cases[0].name, "check/t: One");
        assert_eq!((file.cases[0].filing.as_str(), file.cases[0].expected[0].text.as_str()), ("x\n", "old\n"));
        assert!(file.cases[1].fixme && !file.cases[0].fixme);
        assert_eq!(file.cases[1].expected.len(), 2);
    }

    #[test]
    fn replaces_blocks_one_after_the_other() {
        let mut file = parse(FILE, "check/t").unwrap();
        file.replace(0, 0, "new\nnewer\n");
        file.replace(1, 0, "tie\n");
        file.replace(1, 1, "");
        let expected = FILE.replace("old\n", "new\nnewer\n").replace("```ties\n", "```ties\ntie\n").replace("z\n", "");
        assert_eq!(file.lines.join("\n") + "\n", expected);
    }

    #[test]
    fn says_what_is_missing() {
        assert!(parse("## One\n\nBecause.\n\n```filing\nx\n```\n", "t").is_err());
        assert!(parse("## One\n\n```filing\nx\n```\n```facts\n```\n", "t").is_err());
        let long = "x\n".repeat(41);
        assert!(parse(&format!("## One\n\nWhy.\n\n```filing\n{long}```\n```facts\n```\n"), "t").is_err());
    }
}
