//! Which numbers stand in which column. Columns are where right edges gather, over the whole table: tags,
//! headings and single rows are all less reliable than that.

use tieout_grid::{Cell, CellKind, Grid, Number};

/// A data column as found by geometry alone.
#[derive(Debug, Clone, Default)]
pub(crate) struct Band {
    /// Leftmost character of its numbers.
    pub(crate) x0: u32,
    /// One past the rightmost digit.
    pub(crate) x1: u32,
    /// How many numbers stand in it.
    pub(crate) count: u32,
    /// How many of them carry a percent sign.
    pub(crate) percents: u32,
    /// One of them is a thousand or more, or has a currency sign: no percent, no yield.
    pub(crate) amounts: bool,
}

/// The columns of a grid, and for each cell of the grid the column it stands in.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    pub(crate) bands: Vec<Band>,
    /// Parallel to [`Grid::cells`].
    pub(crate) of_cell: Vec<Option<u16>>,
}

/// How far apart right edges of one column may stand: a closing parenthesis or a percent sign is not
/// counted, but filers are sloppy by a character or two.
const SLACK: u32 = 2;

/// More columns than any table has: what lines up in so many is no table.
const MOST_COLUMNS: usize = 128;

/// Finds the columns.
pub(crate) fn columns(grid: &Grid<'_>) -> Columns {
    let mut found = Columns { bands: Vec::new(), of_cell: vec![None; grid.cells.len()] };
    let mut candidates = candidates(grid);
    let body = below_titles(grid, &candidates);
    candidates.retain(|c| c.row >= body);
    if candidates.is_empty() {
        return found;
    }
    let clusters = clusters(&candidates);
    if clusters.len() > MOST_COLUMNS {
        return found;
    }
    if let Some(in_order) = by_order(&candidates, clusters.len()) {
        for (candidate, column) in candidates.iter().zip(in_order.1) {
            found.of_cell[candidate.cell] = column;
        }
        found.bands = vec![Band { x0: u32::MAX, ..Default::default() }; in_order.0];
        measure(grid, &mut found);
        return found;
    }
    let mut used: Vec<usize> = Vec::new();
    for c in &candidates {
        let Some(k) = cluster_of(&clusters, c.x1) else { continue };
        let slot = match used.iter().position(|&u| u == k) {
            Some(slot) => slot,
            None => {
                used.push(k);
                used.len() - 1
            }
        };
        found.of_cell[c.cell] = Some(slot as u16);
    }
    // Number the columns from left to right.
    let mut order: Vec<usize> = (0..used.len()).collect();
    order.sort_by_key(|&slot| clusters[used[slot]].0);
    let mut rank = vec![0u16; used.len()];
    for (position, &slot) in order.iter().enumerate() {
        rank[slot] = position as u16;
    }
    found.bands = vec![Band { x0: u32::MAX, ..Default::default() }; used.len()];
    for column in found.of_cell.iter_mut().flatten() {
        *column = rank[*column as usize];
    }
    one_a_row(grid, &mut found);
    measure(grid, &mut found);
    prune(&mut found);
    weak_cells(grid, body, &mut found);
    found
}

/// Where each column stands and what is in it.
fn measure(grid: &Grid<'_>, found: &mut Columns) {
    for (cell, column) in grid.cells.iter().zip(&found.of_cell) {
        let (Some(column), CellKind::Number(number)) = (column, cell.kind) else { continue };
        let band = &mut found.bands[*column as usize];
        band.count += 1;
        band.percents += u32::from(number.percent);
        band.amounts |=
            number.currency || (number.amount.mantissa.unsigned_abs() >= 1000 && number.amount.exponent == 0);
        // A nil dash stands anywhere in its column; it does not say where the column is.
        if !number.nil || band.x1 == 0 {
            band.x0 = band.x0.min(cell.x0);
            band.x1 = band.x1.max(cell.x1);
        }
    }
}

/// Where tabs or carelessness scatter the right edges, columns are told by order: if nearly every row has the
/// same number of figures, and the edges make more columns than that, the n-th figure is the n-th column's.
/// Returns how many columns, and each candidate's.
fn by_order(candidates: &[Candidate], clusters: usize) -> Option<(usize, Vec<Option<u16>>)> {
    let rows: Vec<&[Candidate]> = candidates.chunk_by(|a, b| a.row == b.row).collect();
    let most = rows.iter().map(|r| r.len()).max()?;
    let full = rows.iter().filter(|r| r.len() == most).count();
    if clusters <= most || most < 2 || rows.len() < 2 || full * 10 < rows.len() * 9 {
        return None;
    }
    let centre = |n: usize| rows.iter().filter(|r| r.len() == most).map(|r| r[n].x1 as usize).sum::<usize>() / full;
    let centres: Vec<usize> = (0..most).map(centre).collect();
    // A number as far left of the first column as the second stands right of it belongs to a label.
    let step = centres.get(1).map_or(0, |c| c.saturating_sub(centres[0])).max(12);
    let mut columns = Vec::with_capacity(candidates.len());
    for row in rows {
        let mut next = 0;
        for (n, candidate) in row.iter().enumerate() {
            let column = if row.len() == most {
                n
            } else if (candidate.x1 as usize) + step <= centres[0] {
                columns.push(None);
                continue;
            } else {
                // The nearest centre that leaves room for the figures still to come.
                let last = most - (row.len() - n);
                (next..=last).min_by_key(|&c| centres[c].abs_diff(candidate.x1 as usize)).unwrap_or(next)
            };
            next = column + 1;
            columns.push(Some(column as u16));
        }
    }
    Some((most, columns))
}

/// Takes out columns that lost all their numbers to their neighbours, and the odd number or two far left of
/// a long table's columns, which belong to labels.
fn prune(columns: &mut Columns) {
    let mut new = vec![None; columns.bands.len()];
    let mut kept = 0u16;
    let most = columns.bands.iter().map(|b| b.count).max().unwrap_or(0);
    let first_full = columns.bands.iter().position(|b| b.count * 3 >= most).unwrap_or(0);
    for (old, band) in columns.bands.iter_mut().enumerate() {
        if old < first_full && band.count * 12 <= most {
            band.count = 0;
        }
        if band.count > 0 {
            new[old] = Some(kept);
            kept += 1;
        }
    }
    for column in &mut columns.of_cell {
        *column = column.and_then(|c| new[c as usize]);
    }
    columns.bands.retain(|b| b.count > 0);
}

/// Two numbers of one row cannot stand in one column: the one whose edge is nearer to the column's others
/// stays; the other goes to the free neighbour it overlaps, or back to the label.
fn one_a_row(grid: &Grid<'_>, columns: &mut Columns) {
    for row in &grid.rows {
        let range = row.first as usize..row.last as usize;
        let mut last: Option<(usize, u16)> = None;
        for i in range {
            let Some(column) = columns.of_cell[i] else { continue };
            if let Some((j, before)) = last
                && before == column
            {
                // Left number is a label's (a note reference, a par value) more often than not.
                columns.of_cell[j] = None;
            }
            last = Some((i, column));
        }
    }
}

struct Candidate {
    cell: usize,
    row: usize,
    x1: u32,
    nil: bool,
}

/// Numbers that stand apart as a column's do.
fn candidates(grid: &Grid<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (r, row) in grid.rows.iter().enumerate() {
        let cells = grid.cells(row);
        if is_year_row(cells) {
            continue;
        }
        for (i, cell) in cells.iter().enumerate() {
            let CellKind::Number(number) = cell.kind else { continue };
            if in_words(cells, i, number) {
                continue;
            }
            found.push(Candidate { cell: row.first as usize + i, row: r, x1: cell.x1, nil: number.nil });
        }
    }
    found
}

/// The first row whose numbers may be figures: one number alone on a row above the columns' years is of a
/// title, the page's or an exhibit's or a table's.
fn below_titles(grid: &Grid<'_>, found: &[Candidate]) -> usize {
    let Some(first) = found.chunk_by(|a, b| a.row == b.row).find(|row| row.len() >= 2).map(|row| row[0].row) else {
        return 0;
    };
    let years = |r: usize| grid.cells(&grid.rows[r]).iter().map(|c| crate::dates::years(&c.text)).sum::<usize>();
    let above = || found.iter().take_while(|c| c.row < first);
    let heading = (first.saturating_sub(12)..first).rev().find(|&r| above().all(|c| c.row != r) && years(r) >= 2);
    heading.unwrap_or(0)
}

/// A number that belongs to words: one blank from the word before or after, a footnote mark, or a year
/// that labels its row.
fn in_words(cells: &[Cell<'_>], i: usize, number: Number) -> bool {
    let cell = &cells[i];
    let after_text = i > 0 && matches!(cells[i - 1].kind, CellKind::Text);
    let after_number = i > 0 && matches!(cells[i - 1].kind, CellKind::Number(_));
    // One blank from the word before: a label's own number, unless it turns out to stand in a column.
    if after_text && cell.gap <= 1 {
        return true;
    }
    // "(1)" one blank after a number or a label.
    if number.like_note && cell.gap <= 1 && (after_text || after_number) {
        return true;
    }
    let goes_on = |next: &Cell<'_>| {
        let mark = next.text.len() <= 4 && next.text.starts_with('(') && next.text.ends_with(')');
        matches!(next.kind, CellKind::Text)
            && next.gap <= 1
            && !mark
            && (next.text.len() > 2 || next.text.starts_with(|c: char| c.is_lowercase()))
    };
    if cells.get(i + 1).is_some_and(goes_on) {
        return true;
    }
    // "at cost - 97,421": the dash is the words', and so is what follows it.
    if after_number
        && cell.gap <= 1
        && i >= 2
        && matches!(cells[i - 1].kind, CellKind::Number(n) if n.nil)
        && matches!(cells[i - 2].kind, CellKind::Text)
        && cells[i - 1].gap <= 1
    {
        return true;
    }
    // "1996      $2,261": a maturity year, a year of a summary.
    let first = !cells[..i].iter().any(|c| matches!(c.kind, CellKind::Text));
    if first && number.like_year && cells[i + 1..].iter().any(|c| matches!(c.kind, CellKind::Number(_))) {
        return true;
    }
    // "-  Net income", a bullet: a dash before words is no nil mark.
    number.nil && cells[i + 1..].first().is_some_and(|n| matches!(n.kind, CellKind::Text)) && first
}

/// Every number on the row is a bare year, or the day of a month: a header.
pub(crate) fn is_year_row(cells: &[Cell<'_>]) -> bool {
    let (mut years, mut nils) = (0, 0);
    for (i, cell) in cells.iter().enumerate() {
        let CellKind::Number(number) = cell.kind else { continue };
        let after_month = i > 0
            && matches!(cells[i - 1].kind, CellKind::Text)
            && cells[i - 1]
                .text
                .rsplit([' ', ','])
                .find(|w| !w.is_empty())
                .is_some_and(|w| crate::dates::month(w).is_some());
        if number.nil {
            nils += 1;
        } else if number.like_year {
            years += 1;
        } else if !after_month {
            return false;
        }
    }
    // "-- 1995 --" heads a column; "Net loss for the year ended December 31, 1993   --   --" is a line.
    let words = cells.first().is_some_and(|c| matches!(c.kind, CellKind::Text) && c.text.len() > 12);
    years > 0 && nils <= 2 * years && !(words && nils > 0 && years == 1)
}

/// Ranges of right edges, `(low, high)`, from left to right.
fn clusters(candidates: &[Candidate]) -> Vec<(u32, u32)> {
    let mut edges: Vec<(u32, usize, bool)> = candidates.iter().map(|c| (c.x1, c.row, c.nil)).collect();
    edges.sort_unstable();
    // Runs of edges without a gap wider than the slack.
    let mut runs: Vec<Vec<(u32, usize, bool)>> = Vec::new();
    for edge in edges {
        match runs.last_mut() {
            Some(run) if run.last().is_none_or(|l| edge.0 - l.0 <= SLACK) => run.push(edge),
            _ => runs.push(vec![edge]),
        }
    }
    let mut split = Vec::new();
    for run in runs {
        split_run(run, &mut split, 0);
    }
    absorb_sparse(split)
}

/// A run that holds two numbers of one row is more than one column: part it at its widest inner gap, then
/// at its thinnest place.
fn split_run(run: Vec<(u32, usize, bool)>, out: &mut Vec<Vec<(u32, usize, bool)>>, depth: u32) {
    let mut rows: Vec<usize> = run.iter().map(|e| e.1).collect();
    rows.sort_unstable();
    let twice = rows.windows(2).filter(|w| w[0] == w[1]).count();
    if twice == 0 || depth > 8 || twice * 8 < run.len() || run[run.len() - 1].0 - run[0].0 > 400 {
        out.push(run);
        return;
    }
    // How many edges stand at each place of the run.
    let low = run[0].0;
    let mut at = vec![0usize; (run[run.len() - 1].0 - low) as usize + 3];
    run.iter().for_each(|e| at[(e.0 - low) as usize + 1] += 1);
    let cut = (1..run.len()).filter(|&i| run[i].0 > run[i - 1].0).max_by_key(|&i| {
        let gap = run[i].0 - run[i - 1].0;
        let (left, right) = ((run[i - 1].0 - low) as usize + 1, (run[i].0 - low) as usize + 1);
        let near = at[left - 1] + at[left] + at[right] + at[right + 1];
        (gap, usize::MAX - near)
    });
    let Some(cut) = cut else {
        out.push(run);
        return;
    };
    let (left, right) = run.split_at(cut);
    split_run(left.to_vec(), out, depth + 1);
    split_run(right.to_vec(), out, depth + 1);
}

/// A few numbers beside a well-filled column, in rows where that column is empty, are its own misaligned
/// ones; nil dashes above all, which stand left or centred.
fn absorb_sparse(mut runs: Vec<Vec<(u32, usize, bool)>>) -> Vec<(u32, u32)> {
    let most = runs.iter().map(Vec::len).max().unwrap_or(0);
    let mut i = 0;
    while i < runs.len() {
        let thin = runs[i].len() * 6 <= most || runs[i].iter().all(|e| e.2);
        if !thin {
            i += 1;
            continue;
        }
        let gap_to = |j: usize| {
            let (a, b) = (&runs[i], &runs[j]);
            if j < i { a[0].0 - b[b.len() - 1].0 } else { b[0].0 - a[a.len() - 1].0 }
        };
        let free = |j: usize| runs[i].iter().all(|e| !runs[j].iter().any(|f| f.1 == e.1));
        let best = [i.checked_sub(1), Some(i + 1).filter(|&j| j < runs.len())]
            .into_iter()
            .flatten()
            .filter(|&j| gap_to(j) <= 8 && runs[j].len() > runs[i].len() && free(j))
            // A nil dash stands left of its column's right edge, so the column to its right is likelier.
            .min_by_key(|&j| (gap_to(j), j < i));
        match best {
            Some(j) => {
                let taken = runs.remove(i);
                let j = if j > i { j - 1 } else { j };
                runs[j].extend(taken);
                runs[j].sort_unstable();
                i = i.saturating_sub(1);
            }
            None => i += 1,
        }
    }
    runs.iter().map(|run| (run[0].0, run[run.len() - 1].0)).collect()
}

fn cluster_of(clusters: &[(u32, u32)], edge: u32) -> Option<usize> {
    let i = clusters.partition_point(|c| c.1 < edge);
    clusters.get(i).filter(|c| c.0 <= edge).map(|_| i)
}

/// Numbers one blank from their label ("Other assets 158") count where they stand in a column that others
/// make, and nothing but numbers follows them.
fn weak_cells(grid: &Grid<'_>, body: usize, columns: &mut Columns) {
    for row in grid.rows.iter().skip(body) {
        let cells = grid.cells(row);
        if is_year_row(cells) {
            continue;
        }
        let mut limit = u16::MAX; // columns from here on are taken
        for i in (0..cells.len()).rev() {
            let at = row.first as usize + i;
            let CellKind::Number(number) = cells[i].kind else { break };
            if let Some(column) = columns.of_cell[at] {
                limit = column;
                continue;
            }
            let after_month = i > 0
                && cells[i - 1]
                    .text
                    .rsplit([' ', ','])
                    .find(|w| !w.is_empty())
                    .is_some_and(|w| crate::dates::month(w).is_some());
            if number.like_note || number.like_year || after_month || i == 0 {
                break;
            }
            let fits = columns
                .bands
                .iter()
                .position(|b| b.count >= 2 && cells[i].x1 + SLACK >= b.x1 && cells[i].x1 <= b.x1 + SLACK);
            match fits {
                Some(column) if (column as u16) < limit => {
                    columns.of_cell[at] = Some(column as u16);
                    limit = column as u16;
                }
                _ => break,
            }
        }
    }
}
