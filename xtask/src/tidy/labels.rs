//! The label tables: data that people edit.

use super::Found;
use crate::repo;
use std::collections::BTreeSet;

/// The columns of which no two rows may have the same: a label in a section has one concept at a time.
const KEY: [&str; 4] = ["label", "section", "from", "to"];

/// Rows stand in order and no label has two concepts in one place.
pub(super) fn sorted(found: &mut Found) -> Result<(), String> {
    let folder = repo::root().join("crates/tieout-taxonomy/labels");
    for path in repo::files(&folder, ".tsv") {
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        problems(&repo::text(&path)?).into_iter().for_each(|p| found.problem(format!("{name}: {p}")));
    }
    Ok(())
}

fn problems(text: &str) -> Vec<String> {
    let mut rows = text.lines().filter(|l| !l.starts_with('#'));
    let heading: Vec<&str> = rows.next().unwrap_or_default().split('\t').collect();
    let key: Vec<usize> = (0..heading.len()).filter(|&i| KEY.contains(&heading[i])).collect();
    // A table without labels (the concepts) is told apart by its first column.
    let key = if key.is_empty() { vec![0] } else { key };
    let mut out = Vec::new();
    let mut seen = BTreeSet::new();
    let mut last = "";
    for row in rows {
        let cells: Vec<&str> = row.split('\t').collect();
        if cells.len() != heading.len() {
            out.push(format!("{} cells, not {}: {row}", cells.len(), heading.len()));
        }
        let this: Vec<&str> = key.iter().map(|&i| cells.get(i).copied().unwrap_or_default()).collect();
        if cells[0] < last {
            out.push(format!("out of order: {}", cells[0]));
        }
        last = cells[0];
        let name = this.join(" | ");
        if !seen.insert(this) {
            out.push(format!("twice: {name}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::problems;

    #[test]
    fn finds_what_is_out_of_order_or_twice() {
        assert_eq!(problems("label\tconcept\tsection\na\tx\t\na\ty\tasset\nb\tx\t\n").len(), 0);
        assert_eq!(problems("label\tconcept\tsection\nb\tx\t\na\ty\t\na\tz\t\n"), ["out of order: a", "twice: a | "]);
        assert_eq!(problems("concept\tunit\nz\n").len(), 1);
    }
}
