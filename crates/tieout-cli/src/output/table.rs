//! A list to look at: the columns a person wants, numbers to the right, words cut to the page.

use crate::page::text::{clean, cut, paint, width};
use crate::page::{Page, style};
use crate::rows::List;
use crate::view::View;

/// Rows are laid out together, so that their columns align.
pub(crate) fn write(list: &List, view: &View<'_>, page: &Page, several: bool, out: &mut Vec<u8>) {
    let places: Vec<usize> =
        list.shown.iter().filter_map(|name| list.columns.iter().position(|c| c == name)).collect();
    let mut rows: Vec<Vec<String>> = Vec::new();
    (list.rows)(view, &mut |row| {
        rows.push(places.iter().map(|&at| shown(list.columns[at], &row[at].text())).collect());
    });
    // A column of numbers is set to the right.
    let numbers = |at: usize| rows.iter().map(|row| &row[at]).all(|cell| cell.is_empty() || is_number(cell));
    let right: Vec<bool> = (0..places.len()).map(numbers).collect();
    let mut text = String::new();
    if several {
        text += &format!("{}\n", paint(style::BOLD, view.source.name));
    }
    if rows.is_empty() {
        text += &format!("{}\n", paint(style::DIM, "nothing of this kind was read"));
    } else {
        lay_out(list, &rows, &right, page, &mut text);
    }
    if several {
        text.push('\n');
    }
    out.extend_from_slice(text.as_bytes());
}

/// A cell on one line; the prefix that nearly all tags share is left out.
fn shown(column: &str, cell: &str) -> String {
    clean(if column == "tag" { cell.strip_prefix("us-gaap:").unwrap_or(cell) } else { cell })
}

fn is_number(cell: &str) -> bool {
    let digits = cell.strip_prefix('-').unwrap_or(cell);
    digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

fn lay_out(list: &List, rows: &[Vec<String>], right: &[bool], page: &Page, text: &mut String) {
    let widths = fit(list, rows, right, page.width);
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let cells = cells.zip(&widths).zip(right).map(|((cell, &w), &flush)| {
            let cell = cut(cell, w);
            let pad = " ".repeat(w - width(&cell));
            if flush { pad + &cell } else { cell + &pad }
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_string()
    };
    *text += &format!("{}\n", paint(style::BOLD, &line(&mut list.shown.iter().copied())));
    for row in rows {
        let shown = line(&mut row.iter().map(String::as_str));
        let off = row.iter().any(|cell| cell == "off");
        *text += &if off { paint(style::OFF, &shown) } else { shown };
        text.push('\n');
    }
}

/// Column widths that fit the page: the widest column gives way first, none below its name.
fn fit(list: &List, rows: &[Vec<String>], right: &[bool], page: usize) -> Vec<usize> {
    let mut widths: Vec<usize> = list.shown.iter().map(|name| width(name)).collect();
    let least: Vec<usize> = widths.iter().map(|w| (*w).max(8)).collect();
    for row in rows {
        for (w, cell) in widths.iter_mut().zip(row) {
            *w = (*w).max(width(cell));
        }
    }
    // Numbers are never cut: a cut number is a wrong number.
    let exact = |i: usize| right[i] || list.shown[i] == "period_end";
    let mut over = (widths.iter().sum::<usize>() + 2 * (widths.len() - 1)).saturating_sub(page);
    while over > 0 {
        let candidates = (0..widths.len()).filter(|&i| widths[i] > least[i] && !exact(i));
        let Some(widest) = candidates.max_by_key(|&i| widths[i]) else { break };
        widths[widest] -= 1;
        over -= 1;
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{fixture, rows};

    fn table(list: &List, columns: usize) -> String {
        let fixture = fixture::release();
        let mut out = Vec::new();
        write(list, &fixture.view(), &Page { width: columns, ..Page::default() }, false, &mut out);
        anstream::adapter::strip_str(std::str::from_utf8(&out).unwrap()).to_string()
    }

    #[test]
    fn keeps_to_the_page_and_never_cuts_a_value() {
        let text = table(&rows::FACTS, 80);
        assert!(text.lines().all(|line| width(line) <= 80), "{text}");
        assert!(text.contains("1200000"), "{text}");
        assert!(table(&rows::COVER, 80).contains("nothing of this kind"));
    }
}
