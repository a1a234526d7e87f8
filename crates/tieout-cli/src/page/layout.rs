//! A table laid out on the page. Every column keeps its inner picture and moves as a whole: marks get room
//! behind the numbers, blanks between columns give way evenly where the page is narrow, then labels are
//! wrapped, then the columns are shared out among panels. A line is longer than the page only where one number is.

use super::piece::{Column, Kind, Leader, Parts, Piece, Sheet};
use super::sheet::{BLANK, Glyph, Row, UNCHECKED, put};
use super::text::wrap;
use std::ops::Range;

const DOT: Glyph = Glyph { c: '.', ..BLANK };

/// Labels narrower than this read badly: panels are better then.
const LABEL: usize = 24;

/// The lines of a table on a page of `limit` characters, panel by panel.
pub(super) fn lay_out(rows: &[Row], limit: usize) -> Vec<Vec<Vec<Glyph>>> {
    let sheet = Sheet::of(rows);
    let all = 0..sheet.columns.len();
    let stub = stub(&sheet);
    let over = Plan::least(&sheet, &all, stub).saturating_sub(limit);
    if over == 0 || all.is_empty() {
        return vec![panel(&sheet, &Plan::of(&sheet, all, stub, limit), limit, true)];
    }
    let narrow = stub.saturating_sub(over);
    // A little less than the labels want is better than panels too.
    if narrow >= LABEL.max(limit / 3) || (narrow >= 16 && narrow * 5 >= stub * 4) {
        return vec![panel(&sheet, &Plan::of(&sheet, all, narrow, limit), limit, true)];
    }
    let panels = panels(&sheet, stub.min(LABEL.max(limit * 2 / 5)), limit);
    let lines = panels
        .into_iter()
        .enumerate()
        .map(|(i, (columns, stub))| panel(&sheet, &Plan::of(&sheet, columns, stub, limit), limit, i == 0));
    lines.collect()
}

/// How far labels beside numbers reach.
fn stub(sheet: &Sheet) -> usize {
    let reach = |line: &Parts| match line {
        Parts::Cells { indent, label, pieces, .. }
            if pieces.iter().any(|p| matches!(p.kind, Kind::Number(_))) && !label.is_empty() =>
        {
            indent + label.len()
        }
        _ => 0,
    };
    sheet.lines.iter().map(reach).max().unwrap_or(0)
}

/// Shares the columns out: as few panels as can be, each about as full, and how wide their labels are.
fn panels(sheet: &Sheet, stub: usize, limit: usize) -> Vec<(Range<usize>, usize)> {
    let count = sheet.columns.len();
    let fits = |range: &Range<usize>| Plan::least(sheet, range, stub) <= limit;
    let share = |most: usize| {
        let mut panels = Vec::new();
        let mut start = 0;
        while start < count {
            let mut end = start + 1;
            while end < count && end - start < most && fits(&(start..end + 1)) {
                end += 1;
            }
            panels.push(start..end);
            start = end;
        }
        panels
    };
    let greedy = share(count);
    let even = share(count.div_ceil(greedy.len().max(1)));
    let chosen = if even.len() <= greedy.len() { even } else { greedy };
    // A column that is too wide for its labels takes of their room.
    let labels = |range: Range<usize>| {
        let over = Plan::least(sheet, &range, stub).saturating_sub(limit);
        (range, stub.saturating_sub(over).max(8.min(stub)))
    };
    chosen.into_iter().map(labels).collect()
}

/// Where the columns of a panel stand.
struct Plan {
    columns: Range<usize>,
    /// Room for labels.
    stub: usize,
    /// New right edge of each column of the panel.
    edges: Vec<usize>,
    /// From the first character to the last mark.
    width: usize,
}

impl Plan {
    /// The narrowest the columns can stand behind labels of width `stub`.
    fn least(sheet: &Sheet, columns: &Range<usize>, stub: usize) -> usize {
        let steps: usize = (0..columns.len()).map(|i| step(sheet, columns, i, stub)).sum();
        steps + tail(sheet, columns)
    }

    fn of(sheet: &Sheet, columns: Range<usize>, stub: usize, limit: usize) -> Plan {
        // As far apart as in the source; with one blank more than the least, where marks need the room.
        let slack: Vec<usize> = (0..columns.len())
            .map(|i| {
                let right = sheet.columns[columns.start + i].right;
                let before = match i {
                    0 if columns.start == 0 => 0,
                    // The first column of a later panel stands as far from the labels as the first of all.
                    0 => sheet.columns[columns.start].left.saturating_sub(sheet.columns[0].left),
                    _ => sheet.columns[columns.start + i - 1].right,
                };
                let least = step(sheet, &columns, i, stub);
                right.saturating_sub(before).max(least + 1) - least
            })
            .collect();
        let spare = limit.saturating_sub(Plan::least(sheet, &columns, stub));
        let cap = level(&slack, spare);
        let mut edges = Vec::new();
        let mut at = 0;
        for (i, slack) in slack.iter().enumerate() {
            at += step(sheet, &columns, i, stub) + slack.min(&cap);
            edges.push(at);
        }
        Plan { width: at + tail(sheet, &columns), columns, stub, edges }
    }

    /// A column's new edge.
    fn edge(&self, column: usize) -> usize {
        self.edges.get(column.wrapping_sub(self.columns.start)).copied().unwrap_or(self.width)
    }
}

/// The largest cap that keeps the sum of capped values within `spare`.
fn level(slack: &[usize], spare: usize) -> usize {
    let most = slack.iter().copied().max().unwrap_or(0);
    let (mut low, mut high) = (0, most);
    while low < high {
        let cap = (low + high).div_ceil(2);
        if slack.iter().map(|s| (*s).min(cap)).sum::<usize>() <= spare { low = cap } else { high = cap - 1 }
    }
    low
}

/// The least from one column's edge to the next's: marks, a blank, the numbers; and the headings apart too.
fn step(sheet: &Sheet, columns: &Range<usize>, i: usize, stub: usize) -> usize {
    let column = &sheet.columns[columns.start + i];
    let head = column.right.saturating_sub(column.head_left);
    let body = column.right - column.left;
    if i == 0 {
        let labels = if stub > 0 { stub + 2 } else { 0 };
        return (labels + body).max(head);
    }
    let before = &sheet.columns[columns.start + i - 1];
    let marks = if before.mark > 0 { before.mark + 1 } else { 0 };
    (marks + 1 + body).max(before.head_right.saturating_sub(before.right) + 1 + head)
}

/// What stands right of the last edge.
fn tail(sheet: &Sheet, columns: &Range<usize>) -> usize {
    let last = columns.end.checked_sub(1).and_then(|i| sheet.columns.get(i));
    last.map_or(0, |c| (if c.mark > 0 { c.mark + 1 } else { 0 }).max(c.head_right.saturating_sub(c.right)))
}

/// The lines of one panel. Titles and notes stand in the first.
fn panel(sheet: &Sheet, plan: &Plan, limit: usize, first: bool) -> Vec<Vec<Glyph>> {
    let mut lines: Vec<Vec<Glyph>> = Vec::new();
    for line in &sheet.lines {
        match line {
            Parts::Free { glyphs, .. } if glyphs.is_empty() => {
                if lines.last().is_some_and(|l| !l.is_empty()) {
                    lines.push(Vec::new());
                }
            }
            Parts::Free { .. } if !first => {}
            Parts::Free { indent, glyphs, title } => {
                // A title keeps the middle.
                let scaled = (indent + glyphs.len() / 2) * plan.width / sheet.width.max(1);
                let at = if *title { scaled.saturating_sub(glyphs.len() / 2) } else { *indent };
                free(at, glyphs, limit, &mut lines);
            }
            Parts::Cells { indent, label, leader, pieces } => {
                let mut placed = place(sheet, plan, pieces);
                settle(&mut placed, limit);
                if label.is_empty() && placed.is_empty() {
                    continue;
                }
                let mut line = labelled(plan, *indent, label, *leader, &placed, limit, &mut lines);
                placed.iter().for_each(|p| put(&mut line, p.at, p.glyphs.iter().copied()));
                placed.iter().for_each(|p| mark(plan, p, limit, &mut line));
                lines.push(line);
            }
        }
    }
    while lines.last().is_some_and(Vec::is_empty) {
        lines.pop();
    }
    lines
}

/// Words at their place; moved left, then wrapped, where the page is too narrow.
fn free(at: usize, glyphs: &[Glyph], limit: usize, lines: &mut Vec<Vec<Glyph>>) {
    if glyphs.len() <= limit {
        let mut line = Vec::new();
        put(&mut line, at.min(limit - glyphs.len()), glyphs.iter().copied());
        lines.push(line);
    } else {
        let at = at.min(limit / 4);
        for part in wrap(&glyphs.iter().map(|g| g.c).collect::<String>(), limit - at) {
            let mut row = Row::default();
            row.put(at, &part, super::style::PLAIN);
            lines.push(row.glyphs);
        }
    }
}

/// A piece with its place on the page.
struct Placed<'a> {
    at: usize,
    glyphs: Vec<Glyph>,
    piece: &'a Piece,
}

fn place<'a>(sheet: &Sheet, plan: &Plan, pieces: &'a [Piece]) -> Vec<Placed<'a>> {
    let here = |p: &&Piece| p.columns.1 >= plan.columns.start && p.columns.0 < plan.columns.end;
    let one = |piece: &'a Piece| {
        let first = piece.columns.0.max(plan.columns.start);
        let last = piece.columns.1.min(plan.columns.end - 1);
        let of = |i: usize| -> (&Column, usize) { (&sheet.columns[i], plan.edge(i)) };
        let ((from, from_edge), (to, to_edge)) = (of(first), of(last));
        let whole = (first, last) == piece.columns;
        // From where its first column's part went to where its last column's part went.
        let start = if whole { piece.start } else { from.left };
        let start = (start + from_edge).saturating_sub(from.right);
        let end = if whole { piece.end() } else { to.right };
        let end = ((end + to_edge).saturating_sub(to.right)).max(start + 1);
        let mut glyphs = piece.glyphs.clone();
        let at = match piece.kind {
            Kind::Rule => {
                let sign = glyphs.first().copied().unwrap_or(BLANK);
                // What began under the labels begins there still.
                let start = if piece.start < sheet.columns[0].left && first == 0 {
                    start.min(piece.start.min(plan.stub))
                } else {
                    start
                };
                glyphs = vec![sign; end - start];
                start
            }
            _ => (start + end).saturating_sub(glyphs.len()) / 2,
        };
        Placed { at, glyphs, piece }
    };
    pieces.iter().filter(here).map(one).collect()
}

/// Pieces that came too close are set apart, first to the right, then back from the edge of the page.
/// Numbers stay.
fn settle(placed: &mut [Placed<'_>], limit: usize) {
    if placed.iter().any(|p| matches!(p.piece.kind, Kind::Number(_))) {
        // Dots after a word in a column lead nowhere now.
        for p in placed.iter_mut() {
            while p.glyphs.len() > 1 && p.glyphs.ends_with(&[DOT, DOT]) {
                p.glyphs.pop();
            }
        }
        return;
    }
    let mut free = 0;
    for p in placed.iter_mut() {
        p.at = p.at.max(free);
        free = p.at + p.glyphs.len() + 1;
    }
    let mut end = limit;
    for p in placed.iter_mut().rev() {
        p.at = p.at.min(end.saturating_sub(p.glyphs.len()));
        p.glyphs.truncate(end.saturating_sub(p.at));
        end = p.at.saturating_sub(1);
    }
}

/// A line that begins with its label. Words that find no room stand on lines above, the last beside the numbers.
fn labelled(
    plan: &Plan,
    indent: usize,
    label: &[Glyph],
    leader: Option<Leader>,
    placed: &[Placed<'_>],
    limit: usize,
    lines: &mut Vec<Vec<Glyph>>,
) -> Vec<Glyph> {
    let mut line = Vec::new();
    if label.is_empty() {
        return line;
    }
    let numbers = placed.iter().any(|p| matches!(p.piece.kind, Kind::Number(_)));
    let next = placed.first().map_or(limit, |p| p.at.saturating_sub(1));
    let room = if numbers { plan.stub } else { next };
    let indent = indent.min(room / 2);
    if indent + label.len() <= room || room < 8 {
        put(&mut line, indent, label.iter().copied());
        line.truncate(room.max(8));
    } else if label.iter().all(|g| "-=_─".contains(g.c)) {
        put(&mut line, indent, label[..room - indent].iter().copied());
    } else {
        let words = wrap(&label.iter().map(|g| g.c).collect::<String>(), room.saturating_sub(indent + 2).max(8));
        for (i, words) in words.iter().enumerate() {
            if i > 0 {
                lines.push(std::mem::take(&mut line));
            }
            let glyphs = words.chars().map(|c| Glyph { c, ..BLANK });
            put(&mut line, indent + if i == 0 { 0 } else { 2 }, glyphs);
        }
    }
    if let (Some(leader), Some(number)) = (leader, placed.first()) {
        let from = line.len() + 1;
        let dots = (from..number.at.saturating_sub(1)).map(|i| match leader {
            Leader::Spaced if i % 2 == 1 => BLANK,
            _ => DOT,
        });
        put(&mut line, from, dots);
    }
    line
}

/// The mark of a number, in the column of marks right of its column.
fn mark(plan: &Plan, placed: &Placed<'_>, limit: usize, line: &mut Vec<Glyph>) {
    let Kind::Number(number) = &placed.piece.kind else { return };
    let at = plan.edge(placed.piece.columns.0) + 1;
    let w = number.mark.chars().count();
    let taken = |line: &[Glyph]| (at - 1..at + w + 1).any(|i| line.get(i).is_some_and(|g| g.c != ' '));
    if number.mark == UNCHECKED && (at + w > limit || taken(line)) {
        return;
    }
    put(line, at, number.mark.chars().map(|c| Glyph { c, style: number.style }));
}

#[cfg(test)]
mod tests {
    use super::super::sheet::tests::{rows, shown};
    use super::*;

    fn laid_out(lines: &[&str], edges: &[usize], limit: usize) -> Vec<Vec<String>> {
        let panels = lay_out(&rows(lines, edges), limit);
        let panels: Vec<Vec<String>> = panels.iter().map(|p| shown(p)).collect();
        assert!(panels.iter().flatten().all(|l| l.chars().count() <= limit), "{panels:#?}");
        panels
    }

    #[test]
    fn marks_stand_in_their_own_column() {
        let table = laid_out(&["Sales      4,200    4,000", "Loss         (80)  (1,870)"], &[16, 26], 60);
        assert_eq!(table[0], ["Sales      4,200  F   4,000  F", "Loss         (80) F  (1,870) F"]);
    }
    const WIDE: [&str; 9] = [
        "                   A Title of Words",
        "                    (In thousands)",
        "",
        "               Year Ended           Quarter Ended",
        "             1998      1997        1998      1997",
        "           --------  --------    --------  --------",
        "Net sales  $  4,200  $  4,000    $  3,900  $  3,800",
        "  Loss          (80)   (1,870)         10        20",
        "           ========  ========    ========  ========",
    ];
    const EDGES: [usize; 4] = [19, 29, 41, 51];

    /// What stood over a column stands over it still, and a rule is as long as its column.
    #[test]
    fn blanks_between_columns_give_way_first() {
        let wide = laid_out(&WIDE, &EDGES, 70);
        let narrow = laid_out(&WIDE, &EDGES, 60);
        assert_eq!((wide.len(), narrow.len()), (1, 1));
        for table in wide.iter().chain(&narrow) {
            let spans = |line: usize| {
                let words = Row::of(&table[line]).words(12, 80, 1);
                words.into_iter().filter(|w| w.len() > 1).collect::<Vec<_>>()
            };
            let (years, rules, numbers) = (spans(4), spans(5), spans(6));
            let middle = |w: &Range<usize>| usize::midpoint(w.start, w.end);
            assert_eq!((years.len(), rules.len(), numbers.len()), (4, 4, 4), "{table:#?}");
            for ((year, rule), number) in years.iter().zip(&rules).zip(&numbers) {
                assert_eq!((rule.len(), rule.end), (8, number.end), "{table:#?}");
                assert!(middle(year).abs_diff(middle(rule)) <= 1, "{table:#?}");
            }
            let over = Row::of(&table[3]).words(12, 80, 2);
            assert!(middle(&over[0]).abs_diff(middle(&(rules[0].start..rules[1].end))) <= 1, "{table:#?}");
            assert!(middle(&over[1]).abs_diff(middle(&(rules[2].start..rules[3].end))) <= 1, "{table:#?}");
        }
    }

    #[test]
    fn then_labels_are_wrapped() {
        let long = ["Cash provided by all operations  4,200  4,000", "Other                              900    800"];
        assert_eq!(
            laid_out(&long, &[38, 45], 43)[0],
            [
                "Cash provided by all",
                "  operations                4,200 F 4,000 F",
                "Other                         900 F   800 F"
            ]
        );
    }

    #[test]
    fn then_columns_stand_in_panels() {
        let panels = laid_out(&WIDE, &EDGES, 36);
        assert_eq!(panels.len(), 2);
        assert_eq!(panels[1][0].trim(), "Quarter Ended");
        assert!(panels[1].iter().any(|l| l == "Net sales   $  3,900 F  $  3,800 F"), "{panels:#?}");
    }

    #[test]
    fn leaders_lead_on() {
        let dotted = ["Sales . . . . . . . . . . . . .  4,200", "Cost of sales . . . . . . . . .  2,950"];
        assert_eq!(
            laid_out(&dotted, &[38], 30)[0],
            ["Sales . . . . . . . .  4,200 F", "Cost of sales . . . .  2,950 F"]
        );
    }

    /// Only a number is longer than the page.
    #[test]
    fn a_number_is_never_cut() {
        let text = format!("Sales  {}", "9".repeat(50));
        let panels = lay_out(&rows(&[&text], &[57]), 40);
        assert!(shown(&panels[0])[0].contains(&"9".repeat(50)));
    }
}
