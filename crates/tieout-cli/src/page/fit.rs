//! Tables made to fit the page without a column losing its place: narrower gaps first, then wrapped labels,
//! then panels.

use super::sheet::{Row, columns, edge};
use super::text::wrap;

/// Makes wide gaps and leaders narrower until the table fits the page, the same on every line: first down
/// to three blanks, then to two, then to one.
pub(super) fn squeeze(rows: &mut [Row], limit: usize) {
    for keep in [3, 2, 1] {
        let over = widest(rows).saturating_sub(limit);
        if over == 0 {
            break;
        }
        let fixed: Vec<&Row> = rows.iter().filter(|r| !r.floats() && !r.is_rule()).collect();
        let empty: Vec<bool> = (0..widest(rows)).map(|i| fixed.iter().all(|r| r.spare(i))).collect();
        // A column can go where the `keep` after it are empty too: what stands before a number stays.
        let last = empty.len().saturating_sub(keep);
        let spare: Vec<usize> = (0..last).filter(|&i| empty[i..=i + keep].iter().all(|e| *e)).collect();
        // Evenly from all gaps, so that the table keeps its look.
        let take = over.min(spare.len());
        let chosen: Vec<usize> = (0..take).map(|k| spare[k * spare.len() / take]).collect();
        rows.iter_mut().filter(|r| !r.floats()).for_each(|r| chosen.iter().rev().for_each(|&at| r.remove(at..at + 1)));
    }
    // What holds no number follows the table's new width.
    let width = widest(rows).min(limit).max(1);
    for row in rows.iter_mut().filter(|r| r.numbers.is_empty()) {
        if row.is_rule() {
            row.glyphs.truncate(widest(std::slice::from_ref(row)).min(width));
        } else if row.is_phrase() {
            row.tighten(width);
        }
    }
    rows.iter_mut().for_each(Row::straighten_leaders);
}

/// How wide the lines with numbers are.
fn widest(rows: &[Row]) -> usize {
    let all = rows.iter().filter(|r| !r.numbers.is_empty()).map(|r| r.glyphs.len()).max();
    all.unwrap_or_else(|| rows.iter().map(|r| r.glyphs.len()).max().unwrap_or(0))
}

/// Wraps labels that are longer than the page can hold beside the numbers, as printers do: the words that
/// do not fit move to a line above, the numbers stay with the last words.
pub(super) fn fold_labels(rows: &mut Vec<Row>, limit: usize) {
    let over = widest(rows).saturating_sub(limit);
    let Some(stub) = (if over > 0 { stub(rows) } else { None }) else { return };
    // Shorter labels than this read badly; panels are better then.
    let Some(room) = stub.checked_sub(over).filter(|&r| r >= limit / 3) else { return };
    let mut folded = Vec::with_capacity(rows.len());
    for mut row in rows.drain(..) {
        let gap = (room..stub).all(|i| row.blank(i) || row.at(i) == '.' || row.is_rule());
        let label: String = (0..stub).map(|i| row.at(i)).collect();
        let label = label.trim_end_matches([' ', '.']);
        if gap && !row.floats() {
            row.remove(room.saturating_sub(1)..stub.saturating_sub(1));
        } else if !row.numbers.is_empty() && label.chars().count() + 1 > room {
            let indent = row.indent().unwrap_or(0);
            let lines = wrap(label, room.saturating_sub(indent + 3));
            let (last, above) = lines.split_last().map_or(("", &lines[..]), |(l, a)| (l.as_str(), a));
            let depth = |i: usize| " ".repeat(if i == 0 { indent } else { indent + 2 });
            folded.extend(above.iter().enumerate().map(|(i, line)| Row::of(&format!("{}{line}", depth(i)))));
            let mut words = Row::of(&format!("{}{last}", depth(above.len())));
            row = row.panel(0, &(stub.saturating_sub(1)..row.glyphs.len()));
            words.append(row, room.saturating_sub(1));
            row = words;
        } else if !row.numbers.is_empty() {
            row.remove(room.saturating_sub(1)..stub.saturating_sub(1));
        }
        folded.push(row);
    }
    *rows = folded;
}

/// A table still too wide is printed in panels, one below the other: the labels with as many columns as
/// fit, then the labels with the next.
pub(super) fn panels(rows: Vec<Row>, limit: usize) -> Vec<Vec<Row>> {
    let width = widest(&rows);
    let stub = if width > limit { stub(&rows).filter(|&i| i * 3 < limit * 2) } else { None };
    let Some(stub) = stub else { return vec![rows] };
    let cuts = cuts(&rows, stub, width);
    let mut panels = Vec::new();
    let mut start = stub;
    while start < width {
        let fits = cuts.iter().copied().filter(|&c| c > start && c - start + stub <= limit).max();
        // A column wider than the page stands alone.
        let end = fits.or_else(|| cuts.iter().copied().find(|&c| c > start)).unwrap_or(width);
        let first = panels.is_empty();
        let labels = |row: &Row| row.indent().is_none_or(|i| i < stub);
        let shown = rows.iter().filter(|r| first || !r.is_phrase() || labels(r));
        panels.push(shown.map(|row| if row.is_phrase() { row.clone() } else { row.panel(stub, &(start..end)) }).collect());
        start = end;
    }
    panels.iter_mut().flatten().for_each(|row: &mut Row| {
        if row.is_phrase() {
            row.tighten(limit);
        }
    });
    panels
}

/// Where the labels end: the blank column before the first numbers.
fn stub(rows: &[Row]) -> Option<usize> {
    let numbered = || rows.iter().filter(|r| !r.numbers.is_empty());
    let first = numbered().flat_map(|r| &r.numbers).map(|n| n.start).min()?;
    (1..=first).rev().find(|&i| numbered().all(|r| r.blank(i - 1)) && !numbered().all(|r| r.blank(i)))
}

/// Where a panel may end: behind a column's marks, where no line with numbers has anything.
fn cuts(rows: &[Row], stub: usize, width: usize) -> Vec<usize> {
    let numbered: Vec<&Row> = rows.iter().filter(|r| !r.numbers.is_empty()).collect();
    let behind = columns(rows).into_iter().filter_map(|column| {
        let (edge, wide) = edge(rows, column);
        (edge + wide..=edge + wide + 4).find(|&i| numbered.iter().all(|r| r.blank(i)))
    });
    let mut cuts: Vec<usize> = behind.filter(|&i| i > stub && i < width).chain([width]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    cuts
}

#[cfg(test)]
mod tests {
    use super::super::sheet::set_marks;
    use super::super::sheet::tests::{rows, shown};
    use super::*;

    #[test]
    fn gaps_and_leaders_give_way() {
        let mut table = rows(&["Sales ............   4,200      4,000", "Cost of sales ....   2,950      3,660"]);
        squeeze(&mut table, 28);
        assert_eq!(shown(&table), ["Sales .......  4,200   4,000", "Cost of sales  2,950   3,660"]);
    }

    #[test]
    fn long_labels_are_wrapped() {
        let mut table = rows(&["Sales          4,200", "Cost of sales  2,950"]);
        fold_labels(&mut table, 15);
        assert_eq!(shown(&table), ["Sales     4,200", "Cost of", "  sales   2,950"]);
    }

    #[test]
    fn what_is_still_too_wide_stands_in_panels() {
        let mut table = rows(&["Sales 4,200 4,000 3,900", "Cost  2,950 3,660 3,600"]);
        set_marks(&mut table);
        let panels = panels(table, 22);
        assert_eq!(shown(&panels[0]), ["Sales 4,200 F 4,000 F", "Cost  2,950 F 3,660 F"]);
        assert_eq!(shown(&panels[1]), ["Sales  3,900 F", "Cost   3,600 F"]);
    }
}
