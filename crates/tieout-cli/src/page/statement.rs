//! Statements as they stand in the source, a tick mark beside every number.

use super::layout::lay_out;
use super::marks::{Marks, legend};
use super::markup;
use super::sheet::{Number, Row, dedent, let_go, print};
use super::text::{clean, columns, count, grouped, paint, width, wrap};
use super::{MEASURE, Page, heading, style};
use crate::view::View;
use anstyle::Style;
use std::collections::BTreeSet;
use tieout::{DocumentFormat, Fact, StatementKind, Table};

/// All statements, then the legend, then what was left out.
pub(super) fn write(view: &View<'_>, page: &Page, text: &mut String) {
    let marks = Marks::new(view.report, view.checks);
    let mut used = BTreeSet::new();
    let (mut others, mut numbers) = (0, 0);
    for (index, table) in (0u32..).zip(&view.report.tables) {
        let facts = view.report.facts_of(index);
        if table.kind == StatementKind::Other && !page.verbose {
            others += 1;
            numbers += facts.len();
            continue;
        }
        let sheets = if from_markup(view, table) {
            vec![markup::rows(view, table, facts, &marks)]
        } else {
            from_source(view, table, facts, &marks)
        };
        used.extend(sheets.iter().flatten().flat_map(|r| &r.numbers).flat_map(|n| n.mark.chars()));
        title(view, index, table, page, text);
        let panels = sheets.into_iter().flat_map(|mut rows| {
            dedent(&mut rows);
            let_go(&mut rows);
            lay_out(&rows, page.width.saturating_sub(2))
        });
        for (i, panel) in panels.enumerate() {
            if i > 0 {
                text.push('\n');
            }
            panel.iter().for_each(|line| print(line, text));
        }
    }
    write_legend(&legend(&used, view.report, view.checks), page, text);
    if others > 0 {
        let left =
            format!("{} with {} not shown; -v shows them", count(others, "other table"), count(numbers, "number"));
        text.push('\n');
        for line in wrap(&left, page.width.min(MEASURE).saturating_sub(2)) {
            *text += &format!("  {}\n", paint(style::DIM, &line));
        }
    }
}

fn title(view: &View<'_>, index: u32, table: &Table, page: &Page, text: &mut String) {
    let mut name = format!("{}  {}", index + 1, capital(table.kind.name()));
    for aside in [&table.coreg, &table.scenario] {
        if !aside.is_empty() {
            name += &format!(", {}", clean(aside));
        }
    }
    let first = view.locate(table.span.start).line;
    let last = view.locate(table.span.end.saturating_sub(1).max(table.span.start)).line;
    // A page of markup may be one long line.
    let place = match first == last {
        true => format!("line {}", grouped(first)),
        false => format!("lines {}-{}", grouped(first), grouped(last)),
    };
    heading(&name, &place, page, text);
}

fn capital(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |c| c.to_ascii_uppercase().to_string() + chars.as_str())
}

/// Markup is laid out by a browser, not by its line ends.
fn from_markup(view: &View<'_>, table: &Table) -> bool {
    let document = (table.doc as usize).checked_sub(1).and_then(|i| view.report.submission.documents.get(i));
    document.is_some_and(|d| d.format == DocumentFormat::Html)
}

/// The source lines of a table, tags that stand alone left out, runs of blank lines made one. Each page is a
/// sheet of its own: columns need not stand where they stood on the page before.
fn from_source(view: &View<'_>, table: &Table, facts: &[Fact], marks: &Marks) -> Vec<Vec<Row>> {
    let mut by_place: Vec<&Fact> = facts.iter().collect();
    by_place.sort_by_key(|f| f.span);
    let escaped =
        view.report.submission.documents.get((table.doc as usize).wrapping_sub(1)).is_some_and(|d| d.dash_escaped);
    let mut sheets: Vec<Vec<Row>> = Vec::new();
    let mut rows: Vec<Row> = Vec::new();
    let first = view.locate(table.span.start).line;
    let last = view.locate(table.span.end.saturating_sub(1).max(table.span.start)).line;
    for line in first..=last {
        let span = view.lines().line(line);
        let bytes = view.source.slice(span);
        if is_tags(bytes) {
            if turns_page(bytes) && rows.iter().any(|r| !r.numbers.is_empty()) {
                sheets.push(std::mem::take(&mut rows));
            }
            continue;
        }
        let shown = columns(bytes);
        if shown.is_empty() && rows.last().is_none_or(|r| r.glyphs.is_empty()) {
            continue;
        }
        let mut row = Row::of(&shown.iter().map(|(c, _)| *c).collect::<String>());
        let from = by_place.partition_point(|f| f.span.start < span.start);
        for fact in by_place[from..].iter().take_while(|f| f.span.start < span.end) {
            let column = |offset: u32| shown.partition_point(|(_, at)| *at < (offset - span.start) as usize);
            row.number(marked(column(fact.span.start), column(fact.span.end), fact, marks));
        }
        if escaped && bytes.starts_with(b"- ") && row.numbers.iter().all(|n| n.start >= 2) {
            row.remove(0..2);
        }
        rows.push(row);
    }
    sheets.push(rows);
    for rows in &mut sheets {
        while rows.last().is_some_and(|r| r.glyphs.is_empty()) {
            rows.pop();
        }
    }
    sheets.retain(|rows| !rows.is_empty());
    sheets
}

pub(super) fn marked(start: usize, end: usize, fact: &Fact, marks: &Marks) -> Number {
    let (mark, style) = marks.mark(fact);
    Number { start, end, column: fact.col, mark, style }
}

fn turns_page(tags: &[u8]) -> bool {
    let tags = tags.trim_ascii();
    [&b"<PAGE>"[..], b"<TABLE>", b"</TABLE>"]
        .iter()
        .any(|tag| tags.get(..tag.len()).is_some_and(|t| t.eq_ignore_ascii_case(tag)))
}

/// A line of nothing but tags: `<TABLE>`, `<S>  <C>  <C>`, `<PAGE>  5`.
pub(crate) fn is_tags(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    let words = || line.split(u8::is_ascii_whitespace).filter(|w| !w.is_empty());
    line.starts_with(b"<PAGE>") || (!line.is_empty() && words().all(|w| w.starts_with(b"<") && w.ends_with(b">")))
}

/// Letters of checks on lines of their own, what is short together on one.
fn write_legend(entries: &[(String, Style)], page: &Page, text: &mut String) {
    let limit = page.width.min(MEASURE).saturating_sub(2);
    let mut used = 0;
    for (i, (entry, style)) in entries.iter().enumerate() {
        let long = entry.ends_with(')');
        if i == 0 {
            *text += "\n  ";
        } else if used == usize::MAX || used + 3 + width(entry) > limit || long {
            *text += "\n  ";
            used = 0;
        } else {
            *text += "   ";
            used += 3;
        }
        let (mark, meaning) = entry.split_at(entry.chars().next().map_or(0, char::len_utf8));
        let lines = wrap(meaning.trim_start(), limit.saturating_sub(2));
        let meaning: Vec<String> = lines.iter().map(|line| paint(style::DIM, line)).collect();
        let meaning = meaning.join("\n    ");
        *text += &if entry.chars().nth(1) == Some(' ') {
            format!("{} {meaning}", paint(*style, mark))
        } else {
            paint(style::DIM, entry)
        };
        used = if long { usize::MAX } else { used + width(entry) };
    }
    if !entries.is_empty() {
        text.push('\n');
    }
}
