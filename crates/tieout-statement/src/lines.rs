//! Rows become lines: wrapped labels are joined, headings told from labels, figures kept by column.

use crate::columns::{Columns, is_year_row};
use crate::words::Words;
use tieout_grid::{Cell, CellKind, Grid, Number};
use tieout_model::Span;
use tieout_source::Lexicon;

/// A line before its meaning is known.
#[derive(Debug, Clone, Default)]
pub(crate) struct Draft {
    pub(crate) label: String,
    /// The label in lower case: every later question is asked of it.
    pub(crate) lower: String,
    /// Its known words.
    pub(crate) words: Words,
    pub(crate) span: Span,
    /// Left edge of the label, in characters.
    pub(crate) indent: u32,
    /// Column and number, from left to right; none on a heading.
    pub(crate) figures: Vec<Figure>,
    /// A rule stands between this line and the figures above it.
    pub(crate) ruled: bool,
    /// A double rule stands right below it.
    pub(crate) closed: bool,
    /// Indexes of the headings it stands under, outermost first.
    pub(crate) section: Vec<u32>,
}

/// One figure of a line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Figure {
    pub(crate) column: u16,
    pub(crate) number: Number,
    pub(crate) span: Span,
}

/// One body row, sorted into words and figures.
struct BodyRow {
    label: String,
    span: Span,
    indent: u32,
    figures: Vec<Figure>,
    blanks: u16,
}

/// The lines of a grid's body, from row `from` on.
pub(crate) fn lines(grid: &Grid<'_>, columns: &Columns, from: usize) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut waiting: Vec<BodyRow> = Vec::new();
    let mut ruled = false;
    for row in grid.rows.iter().skip(from) {
        let cells = grid.cells(row);
        if cells.is_empty() {
            continue;
        }
        if cells.iter().all(|c| matches!(c.kind, CellKind::Rule)) {
            if cells.iter().any(|c| c.text.contains('='))
                && let Some(last) = drafts.last_mut().filter(|d| !d.figures.is_empty())
            {
                last.closed = true;
            }
            ruled = true;
            flush(&mut waiting, &mut drafts);
            continue;
        }
        let body = body_row(columns, row.first as usize, cells, row.blanks);
        if body.figures.is_empty() {
            // "Balance, September 29, 1995" waits for its figures.
            let balance = body.label.get(..7).is_some_and(|l| l.eq_ignore_ascii_case("balance"));
            if is_year_row(cells) && body.label.len() < 60 && !balance {
                // "LIABILITIES AND EQUITY     1995     1994": the words head the lines below, the years do not.
                if is_side(&key(&body.label.to_lowercase())) {
                    flush(&mut waiting, &mut drafts);
                    waiting.push(body);
                }
                continue;
            }
            if continues_last(&body, &waiting, &drafts, ruled) {
                if let Some(last) = drafts.last_mut() {
                    join(&mut last.label, &body.label);
                    last.span = last.span.join(body.span);
                }
                continue;
            }
            waiting.push(body);
            continue;
        }
        if waiting.is_empty() && !ruled && overflows(&body, drafts.last()) {
            if let Some(last) = drafts.last_mut() {
                if !body.label.is_empty() {
                    join(&mut last.label, &body.label);
                    last.span = last.span.join(body.span);
                }
                last.figures.extend(body.figures);
                last.figures.sort_by_key(|f| f.column);
            }
            continue;
        }
        push_figures(body, &mut waiting, &mut drafts, ruled);
        ruled = false;
    }
    flush(&mut waiting, &mut drafts);
    for draft in &mut drafts {
        draft.lower = draft.label.to_lowercase();
        draft.words = Words::of(&draft.lower);
    }
    sections(&mut drafts);
    drafts
}

fn body_row(columns: &Columns, first: usize, cells: &[Cell<'_>], blanks: u16) -> BodyRow {
    let column_of = |i: usize| columns.of_cell.get(first + i).copied().flatten();
    let data = (0..cells.len()).find(|&i| column_of(i).is_some()).unwrap_or(cells.len());
    let mut label = String::new();
    let mut span: Option<Span> = None;
    let mut first_number = None;
    for cell in &cells[..data] {
        match cell.kind {
            CellKind::Rule => continue,
            // A footnote mark after a label is not part of it.
            CellKind::Number(n) if n.like_note && !label.is_empty() => continue,
            _ => {}
        }
        if !label.is_empty() && (cell.gap > 0 || label.ends_with(',')) {
            label.push(' ');
        }
        if matches!(cell.kind, CellKind::Number(_)) {
            first_number.get_or_insert(label.len());
        }
        // A currency sign stands before its number in the label.
        if matches!(cell.kind, CellKind::Number(n) if n.currency) {
            label.push('$');
        }
        label.push_str(&cell.text);
        span = Some(span.map_or(cell.span, |s: Span| s.join(cell.span)));
    }
    // "(1,150,000 shares)": a number's cell leaves out a parenthesis that it does not close itself.
    if let Some(at) = first_number
        && label.matches(')').count() == label.matches('(').count() + 1
    {
        label.insert(at, '(');
    }
    let figures = (data..cells.len())
        .filter_map(|i| match (column_of(i), cells[i].kind) {
            (Some(column), CellKind::Number(number)) => Some(Figure { column, number, span: cells[i].span }),
            _ => None,
        })
        .collect();
    let span = span.unwrap_or_else(|| {
        cells.get(data).map_or(Span::default(), |c| Span { start: c.span.start, end: c.span.start })
    });
    let indent = cells.first().map_or(0, |c| c.x0);
    BodyRow { label: tidy(label), span, indent, figures, blanks }
}

/// Without `$`, leader dots and dangling punctuation at the end.
fn tidy(label: String) -> String {
    let all = label.trim();
    let trimmed = all.trim_end_matches(['$', '.', ' ', '_', '*']);
    // "Inc." and "etc." keep their point.
    let keep_point = all.ends_with('.') && !all.ends_with("..") && trimmed.len() + 1 == all.len();
    let kept = if keep_point { all } else { trimmed };
    if kept.len() == label.len() { label } else { kept.to_string() }
}

/// A row of words alone that goes on with the label of the figures above it.
fn continues_last(row: &BodyRow, waiting: &[BodyRow], drafts: &[Draft], ruled: bool) -> bool {
    let Some(last) = drafts.last().filter(|d| !d.figures.is_empty()) else { return false };
    if !waiting.is_empty() || row.blanks > 0 {
        return false;
    }
    // Figures that a filer set one line above their own words.
    if last.label.is_empty() {
        let words = row.label.to_lowercase();
        return !heads_nothing(&words)
            && !is_side(&key(&words))
            && !last.ruled
            && !ruled
            && !row.label.ends_with(':')
            && !is_all_caps(&row.label);
    }
    let open = ends_open(&last.label);
    let lower = starts_lower(&row.label) || row.label.starts_with(|c: char| c.is_ascii_digit() || c == '$');
    if ruled {
        return open && lower;
    }
    (open && (lower || row.indent > last.indent)) || (lower && row.indent > last.indent)
}

/// Figures that fell off the end of the line above: no words of their own, or the rest of that line's, and
/// only in columns which that line leaves empty.
fn overflows(row: &BodyRow, last: Option<&Draft>) -> bool {
    let Some(last) = last.filter(|d| !d.figures.is_empty() && !d.label.is_empty()) else { return false };
    let words = row.label.is_empty() || (ends_open(&last.label) && starts_lower(&row.label));
    let apart = row.figures.iter().all(|f| last.figures.iter().all(|l| l.column != f.column));
    words && apart && row.blanks == 0
}

/// Words of rows that wait are the beginning of this row's label, headings over it, or both.
fn push_figures(body: BodyRow, waiting: &mut Vec<BodyRow>, drafts: &mut Vec<Draft>, ruled: bool) {
    let mut start = waiting.len();
    let mut next: &BodyRow = &body;
    while start > 0 && wraps_into(&waiting[start - 1], next) {
        start -= 1;
        next = &waiting[start];
    }
    let wrapped: Vec<BodyRow> = waiting.drain(start..).collect();
    flush(waiting, drafts);
    let mut draft = Draft {
        label: String::new(),
        span: body.span,
        indent: wrapped.first().map_or(body.indent, |w| w.indent),
        figures: body.figures,
        ruled,
        ..Default::default()
    };
    for row in &wrapped {
        join(&mut draft.label, &row.label);
    }
    if wrapped.is_empty() {
        draft.label = body.label;
    } else if !body.label.is_empty() {
        join(&mut draft.label, &body.label);
    }
    if let Some(first) = wrapped.first() {
        draft.span = first.span.join(body.span);
    }
    drafts.push(draft);
}

/// True where `above`'s words go on in `below`.
fn wraps_into(above: &BodyRow, below: &BodyRow) -> bool {
    if below.blanks > 1 || above.label.is_empty() {
        return false;
    }
    if below.label.is_empty() {
        // Figures without words right under words without figures: theirs, unless the words are a heading.
        let words = above.label.to_lowercase();
        return below.blanks == 0
            && !above.label.ends_with(':')
            && !below.figures.is_empty()
            && !is_all_caps(&above.label)
            && !heads_nothing(&words)
            && !is_side(&key(&words));
    }
    if above.label.ends_with(':') {
        return starts_lower(&below.label) && below.blanks == 0;
    }
    if ends_open(&above.label) || unclosed(&above.label) {
        return true;
    }
    // "Sale of common stock" goes on with "(1,150,000 shares)".
    if below.blanks == 0
        && below.label.strip_prefix('(').is_some_and(|l| l.starts_with(|c: char| c == '$' || c.is_ascii_digit()))
    {
        return true;
    }
    (starts_lower(&below.label) || goes_on(&below.label)) && below.blanks == 0
}

/// Begins with a word that no label begins with, in capitals too: "FOR INCOME TAXES", "BEFORE CUMULATIVE
/// EFFECT", or is the tail of a phrase on its own: "SHARE".
fn goes_on(label: &str) -> bool {
    let lower = label.to_ascii_lowercase();
    let first = lower.split([' ', ',']).next().unwrap_or_default();
    // "OPERATIONS, EXTRAORDINARY ITEM AND ...": no label begins with one noun and a comma of a list.
    let listed = lower[first.len()..].starts_with(',')
        && matches!(
            first,
            "operations"
                | "taxes"
                | "expenses"
                | "item"
                | "items"
                | "interest"
                | "interests"
                | "principle"
                | "principles"
                | "changes"
                | "charges"
                | "affiliates"
        );
    listed
        || matches!(
            first,
            "before"
                | "for"
                | "from"
                | "of"
                | "and"
                | "to"
                | "in"
                | "on"
                | "per"
                | "after"
                | "or"
                | "at"
                | "by"
                | "with"
        )
        || matches!(
            lower.trim_end_matches(':'),
            "share"
                | "shares"
                | "change"
                | "changes"
                | "equivalents"
                | "principle"
                | "principles"
                | "activities"
                | "operations"
                | "outstanding"
                | "taxes"
                | "interests"
                | "items"
                | "affiliates"
                | "subsidiaries"
                | "stock"
                | "unit"
                | "equity"
        )
}

fn flush(waiting: &mut Vec<BodyRow>, drafts: &mut Vec<Draft>) {
    let mut rows = waiting.drain(..).peekable();
    while let Some(row) = rows.next() {
        let mut draft = Draft { label: row.label.clone(), span: row.span, indent: row.indent, ..Default::default() };
        let mut last = row;
        while let Some(next) = rows.next_if(|next| wraps_into(&last, next)) {
            join(&mut draft.label, &next.label);
            draft.span = draft.span.join(next.span);
            last = next;
        }
        if !draft.label.is_empty() {
            drafts.push(draft);
        }
    }
}

fn join(to: &mut String, words: &str) {
    // "amorti-" + "zation" is one word; "short-" + "term" keeps its hyphen: both read well without a space.
    if !to.is_empty() && !to.ends_with('-') {
        to.push(' ');
    }
    to.push_str(words);
}

fn starts_lower(text: &str) -> bool {
    text.trim_start_matches(['(', '-', '"']).starts_with(|c: char| c.is_lowercase())
}

fn is_all_caps(text: &str) -> bool {
    text.chars().any(char::is_alphabetic) && !text.chars().any(char::is_lowercase)
}

fn unclosed(text: &str) -> bool {
    text.matches('(').count() > text.matches(')').count()
}

/// Ends in a word or mark that cannot end a label.
fn ends_open(text: &str) -> bool {
    if text.ends_with([',', '&', '-', '/', ';']) {
        return true;
    }
    let last = text.rsplit(' ').next().unwrap_or_default();
    // "Balance, December" goes on with "31, 1992".
    if text.len() > last.len() && crate::dates::month(last).is_some() && !last.eq_ignore_ascii_case("may") {
        return true;
    }
    OPEN.get_folded(last.as_bytes()).is_some()
        && !["other", "net", "additional", "comprehensive", "extraordinary"]
            .iter()
            .any(|w| text.eq_ignore_ascii_case(w))
}

/// Words that a label does not end with, unless it is nothing else.
static OPEN: Lexicon<(), 128> = Lexicon::new(&[
    ("of", ()),
    ("and", ()),
    ("or", ()),
    ("in", ()),
    ("on", ()),
    ("to", ()),
    ("for", ()),
    ("from", ()),
    ("by", ()),
    ("with", ()),
    ("the", ()),
    ("a", ()),
    ("an", ()),
    ("at", ()),
    ("before", ()),
    ("per", ()),
    ("net", ()),
    ("less", ()),
    ("than", ()),
    ("under", ()),
    ("over", ()),
    ("between", ()),
    ("including", ()),
    ("after", ()),
    ("into", ()),
    ("its", ()),
    ("no", ()),
    ("as", ()),
    ("used", ()),
    ("provided", ()),
    ("accumulated", ()),
    ("additional", ()),
    ("other", ()),
    ("comprehensive", ()),
    ("cumulative", ()),
    ("extraordinary", ()),
    ("through", ()),
    ("ended", ()),
    ("ending", ()),
]);

/// Gives every line the headings it stands under, by indent, by the totals that close a section, and by
/// the few headings that open a side of a statement.
#[allow(clippy::needless_range_loop)] // each line is read beside the stack and then written
fn sections(drafts: &mut [Draft]) {
    struct Open {
        line: u32,
        indent: u32,
        side: bool,
        items: Option<u32>,
        words: String,
    }
    let mut open: Vec<Open> = Vec::new();
    for i in 0..drafts.len() {
        // A line with figures closes what it totals and does nothing else by its words.
        let asked = drafts[i].figures.is_empty() || begins_as_total(&drafts[i].lower);
        let words = if asked { key(&drafts[i].lower) } else { String::new() };
        let indent = drafts[i].indent;
        if drafts[i].figures.is_empty() {
            if heads_nothing(&drafts[i].lower) {
                drafts[i].section = open.iter().map(|o| o.line).collect();
                continue;
            }
            let side = is_side(&words);
            if side {
                open.clear();
            }
            // Owners' equity is never part of the liabilities printed above it, however it is indented.
            if is_equity(&words)
                && let Some(at) = open.iter().position(|o| {
                    o.words.starts_with("liabilities") && !o.words.contains(" and ")
                        || o.words.contains("current liabilities")
                })
            {
                open.truncate(at);
            }
            while let Some(top) = open.last() {
                let closes = !top.side && indent <= top.indent && (top.items.is_some() || indent < top.indent);
                let sibling = !top.side && top.items.is_none() && indent == top.indent && !side && top.words.is_empty();
                if closes || sibling {
                    open.pop();
                } else {
                    break;
                }
            }
            drafts[i].section = open.iter().map(|o| o.line).collect();
            open.push(Open { line: i as u32, indent, side, items: None, words });
            continue;
        }
        while let Some(top) = open.last() {
            let outdented = top.items.is_some_and(|items| items > top.indent) && indent <= top.indent;
            if outdented && !top.side && !words.starts_with("total") {
                open.pop();
            } else {
                break;
            }
        }
        for o in &mut open {
            o.items.get_or_insert(indent);
        }
        drafts[i].section = open.iter().map(|o| o.line).collect();
        if let Some(rest) = words.strip_prefix("total ").or(words.strip_prefix("net cash "))
            && let Some(at) = open.iter().rposition(|o| {
                !o.words.is_empty()
                    && (o.words == rest || !o.side && (rest.contains(&o.words) || o.words.contains(rest)))
            })
        {
            open.truncate(at);
        }
    }
}

/// Cheap: true where the first word may be "total" or "net".
fn begins_as_total(lower: &str) -> bool {
    lower.chars().find(|c| c.is_alphanumeric() || *c == '\'').is_some_and(|c| matches!(c, 't' | 'n'))
}

/// The words of a label in lower case, one blank between them.
pub(crate) fn key(lower: &str) -> String {
    let mut key = String::with_capacity(lower.len());
    for word in lower.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|w| !w.is_empty()) {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(word);
    }
    key
}

/// Headings over the owners' part of a balance sheet.
fn is_equity(words: &str) -> bool {
    let owners = ["holder", "partner", "owner", "member", "common stock and other"].iter().any(|w| words.contains(w));
    owners
        && ["equity", "capital", "deficit", "investment", "deficiency"].iter().any(|w| words.contains(w))
        && !words.starts_with("liabilities")
}

/// Headings that open a side of a balance sheet.
pub(crate) fn is_side(words: &str) -> bool {
    words == "assets"
        || words == "liabilities"
        || (words.starts_with("liabilities") && words.contains("and") && words.len() < 70)
        || words == "capitalization and liabilities"
        || words == "capitalization"
}

/// "Commitments and contingencies", "Preferred stock ... none": lines printed without figures that head
/// nothing.
fn heads_nothing(lower: &str) -> bool {
    lower.starts_with("commitment")
        || lower.starts_with("contingenc")
        || lower.starts_with("see ")
        || lower.ends_with("none")
        || lower.starts_with("the accompanying")
        || lower.starts_with("see accompanying")
        || lower.starts_with('(') && lower.len() < 40 && lower.ends_with(')')
}
