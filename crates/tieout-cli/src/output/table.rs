//! A list to look at: the columns a person wants, numbers to the right, words cut to the page.

use crate::page::text::{clean, cut, paint, width};
use crate::page::{Page, style};
use crate::rows::List;
use crate::view::View;

/// Words are not cut shorter than this while a column can be spared.
const WORDS: usize = 12;

/// Rows are laid out together, so that their columns align.
pub(crate) fn write(list: &List, view: &View<'_>, page: &Page, several: bool, out: &mut Vec<u8>) {
    let places: Vec<usize> = list.shown.iter().filter_map(|name| list.columns.iter().position(|c| c == name)).collect();
    let mut columns: Vec<Column> =
        places.iter().map(|&at| Column { name: list.columns[at], cells: Vec::new(), right: false, width: 0 }).collect();
    (list.rows)(view, &mut |row| {
        for (column, &at) in columns.iter_mut().zip(&places) {
            column.cells.push(shown(column.name, &row[at].text()));
        }
    });
    let mut text = String::new();
    if several {
        text += &format!("{}\n", paint(style::BOLD, &clean(view.source.name)));
    }
    if columns.iter().all(|c| c.cells.is_empty()) {
        text += &format!("{}\n", paint(style::DIM, "nothing of this kind was read"));
    } else {
        fit(&mut columns, list.spare, page.width);
        lay_out(&columns, &mut text);
    }
    if several {
        text.push('\n');
    }
    out.extend_from_slice(text.as_bytes());
}

/// A column to look at.
struct Column {
    name: &'static str,
    cells: Vec<String>,
    /// Nothing but numbers: set to the right.
    right: bool,
    width: usize,
}

impl Column {
    /// Numbers and dates are never cut: a cut number is a wrong number.
    fn exact(&self) -> bool {
        self.right || matches!(self.name, "period_end" | "verdict" | "proof" | "code" | "part")
    }

    fn least(&self) -> usize {
        if self.exact() { self.width } else { self.width.min(WORDS.max(self.name.len())) }
    }
}

/// A cell on one line; the prefix that nearly all tags share is left out.
fn shown(column: &str, cell: &str) -> String {
    clean(if column == "tag" { cell.strip_prefix("us-gaap:").unwrap_or(cell) } else { cell })
}

fn is_number(cell: &str) -> bool {
    let digits = cell.strip_prefix('-').unwrap_or(cell);
    digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

fn lay_out(columns: &[Column], text: &mut String) {
    let line = |of: &dyn Fn(&Column) -> String| {
        let cells = columns.iter().map(|column| {
            let cell = cut(&of(column), column.width);
            let pad = " ".repeat(column.width - width(&cell));
            if column.right { pad + &cell } else { cell + &pad }
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_string()
    };
    *text += &format!("{}\n", paint(style::BOLD, &line(&|c| c.name.to_string())));
    for row in 0..columns.first().map_or(0, |c| c.cells.len()) {
        let shown = line(&|c| c.cells[row].clone());
        let off = columns.iter().any(|c| c.cells[row] == "off");
        *text += &if off { paint(style::OFF, &shown) } else { shown };
        text.push('\n');
    }
}

/// Column widths that fit the page. Where words would become too short the columns that can be spared go;
/// then the widest words give way.
fn fit(columns: &mut Vec<Column>, spare: &[&str], page: usize) {
    for column in columns.iter_mut() {
        column.right = column.cells.iter().all(|cell| cell.is_empty() || is_number(cell));
        column.width = column.cells.iter().map(|c| width(c)).max().unwrap_or(0).max(width(column.name));
    }
    let gaps = |columns: &[Column]| 2 * columns.len().saturating_sub(1);
    for name in spare {
        if columns.iter().map(Column::least).sum::<usize>() + gaps(columns) <= page {
            break;
        }
        columns.retain(|c| c.name != *name);
    }
    let mut over = (columns.iter().map(|c| c.width).sum::<usize>() + gaps(columns)).saturating_sub(page);
    while over > 0 {
        let candidates = columns.iter_mut().filter(|c| !c.exact() && c.width > c.name.len().max(4));
        let Some(widest) = candidates.max_by_key(|c| c.width) else { break };
        widest.width -= 1;
        over -= 1;
    }
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
        for list in [rows::FACTS, rows::CLAIMS, rows::TIES] {
            for page in [60, 80, 120, 200] {
                let text = table(&list, page);
                assert!(text.lines().all(|line| width(line) <= page), "{page}: {text}");
            }
        }
        let text = table(&rows::FACTS, 60);
        assert!(text.contains("1200000") && text.contains("Cost of sales") && !text.contains("qtrs"), "{text}");
        assert!(table(&rows::COVER, 80).contains("nothing of this kind"));
    }
}
