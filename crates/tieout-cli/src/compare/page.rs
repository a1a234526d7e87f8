//! The comparison for people: what changed first, counts for what did not.

use super::Both;
use super::rows::difference;
use crate::page::text::{clean, count, cut, grouped, paint, width, wrap};
use crate::page::{MEASURE, Page, heading, style};
use crate::view::View;
use anstyle::Style;
use tieout::{Amount, Change, Compared, Derived, DerivedPart, DocumentFormat, FactRef, Period, StatementKind, Unit};

/// Reckoned figures shown before the rest is counted.
const SOME: usize = 12;

pub(super) fn write(both: &Both<'_>, page: &Page, out: &mut Vec<u8>) {
    let mut text = String::new();
    let names = [("earlier", &both.earlier), ("later", &both.later)];
    for (side, view) in names {
        text += &format!("{:<8} {}\n", side, paint(style::BOLD, &clean(view.source.name)));
    }
    let of = |change| -> Vec<&Compared> { both.comparison.figures.iter().filter(|f| f.change == change).collect() };
    if !page.quiet {
        part(both, "Changed, and not disclosed", &of(Change::Undisclosed), style::OFF, page, &mut text);
        part(both, "Changed, and disclosed", &of(Change::Disclosed), style::OPEN, page, &mut text);
        let [new, dropped] = [of(Change::New), of(Change::Dropped)];
        if page.verbose {
            part(both, "New lines", &new, style::PLAIN, page, &mut text);
            part(both, "Dropped lines", &dropped, style::PLAIN, page, &mut text);
            part(both, "Agreed", &of(Change::Agreed), style::PLAIN, page, &mut text);
        }
        reckoned(both, page, &mut text);
    }
    text.push('\n');
    summary(both, page, &mut text);
    out.extend_from_slice(text.as_bytes());
}

fn part(both: &Both<'_>, name: &str, figures: &[&Compared], color: Style, page: &Page, text: &mut String) {
    if figures.is_empty() {
        return;
    }
    heading(name, &count(figures.len(), "figure"), page, text);
    let rows = figures.iter().filter_map(|f| row(both, f)).collect();
    columns(rows, ["earlier", "later", "difference", "at"], color, page, text);
    let mut reasons: Vec<&str> =
        figures.iter().filter_map(|f| f.because.split_once("; ")).map(|(_, why)| why).collect();
    reasons.retain(|r| !own(r));
    reasons.sort_unstable();
    reasons.dedup();
    if let [reason] = reasons.as_slice() {
        *text += &format!("\n  {}\n", paint(style::DIM, reason));
    }
}

/// A reason that tells of one figure alone.
fn own(reason: &str) -> bool {
    reason.starts_with("the difference is")
}

/// A figure under the statement and period it belongs to.
struct Row {
    group: String,
    label: String,
    cells: [String; 4],
    /// Why, where that is its own.
    why: String,
}

fn row(both: &Both<'_>, figure: &Compared) -> Option<Row> {
    let (old, new) = (figure.earlier, figure.later);
    let (view, at) = new.map(|at| (&both.later, at)).or(old.map(|at| (&both.earlier, at)))?;
    let fact = view.report.fact(at)?;
    let table = view.report.tables.get(fact.table as usize)?;
    let member = table.columns.get(fact.col as usize).map_or("", |c| c.member.as_str());
    let change = match figure.change {
        Change::Agreed => String::new(),
        _ => amount(&both.earlier, old)
            .zip(amount(&both.later, new))
            .and_then(|(a, b)| difference(a, b))
            .map_or(String::new(), |d| signed(d.scaled(-scale(view, at)))),
    };
    Some(Row {
        group: group(table.kind, fact.period, member),
        label: name(view, at),
        cells: [
            printed(&both.earlier, old),
            printed(&both.later, new),
            change,
            arrow(place(&both.earlier, old), place(&both.later, new)),
        ],
        why: figure.because.split_once("; ").map(|(_, why)| why).filter(|why| own(why)).unwrap_or_default().into(),
    })
}

/// `Income statement, 3 months to 2014-03-31`.
fn group(kind: StatementKind, period: Option<Period>, member: &str) -> String {
    let mut said = kind.name().to_string();
    if let Some(first) = said.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    let when = period.map(|p| match p.quarters() {
        _ if p.start().is_none() => p.end().to_string(),
        quarters if quarters > 0 => format!("{} months to {}", quarters * 3, p.end()),
        _ => p.to_string(),
    });
    [Some(said), when, Some(clean(member)).filter(|m| !m.is_empty())]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}

/// The power of ten in which a figure is printed.
fn scale(view: &View<'_>, at: FactRef) -> i8 {
    let fact = view.report.fact(at).filter(|f| matches!(f.unit, Unit::Money(_) | Unit::Shares));
    fact.and_then(|f| view.report.tables.get(f.table as usize)).map_or(0, |t| t.scale)
}

fn name(view: &View<'_>, at: FactRef) -> String {
    let Some(fact) = view.report.fact(at) else { return String::new() };
    let line = view.report.line(fact);
    let tables = &view.report.tables;
    let heading = || line.section.last().and_then(|&h| tables.get(fact.table as usize)?.lines.get(h as usize));
    let label = if line.label.is_empty() { heading().map_or("unlabelled line", |h| &h.label) } else { &line.label };
    clean(label)
}

fn amount(view: &View<'_>, at: Option<FactRef>) -> Option<Amount> {
    at.and_then(|at| view.report.fact(at)).map(|f| f.amount)
}

fn printed(view: &View<'_>, at: Option<FactRef>) -> String {
    at.and_then(|at| view.report.fact(at)).map_or(String::new(), |f| clean(&view.text(f.span)))
}

/// The line of the file; in markup, whose lines no reader sees, the reference by which `facts` and `ties` know it.
fn place(view: &View<'_>, at: Option<FactRef>) -> Option<String> {
    let fact = at.and_then(|at| view.report.fact(at))?;
    let documents = &view.report.submission.documents;
    let markup = documents.iter().any(|d| d.format == DocumentFormat::Html && d.body.contains(fact.span));
    Some(if markup {
        fact.reference().to_string()
    } else {
        format!("line {}", grouped(view.locate(fact.span.start).line))
    })
}

fn arrow(from: Option<String>, to: Option<String>) -> String {
    let (from, to) = (from.unwrap_or("-".into()), to.unwrap_or("-".into()));
    format!("{from} → {}", if from.starts_with("line") { to.trim_start_matches("line ") } else { &to })
}

/// `+1,200`, `-0.03`.
fn signed(amount: Amount) -> String {
    let plain = amount.abs().to_string();
    let (whole, rest) = plain.split_once('.').map_or((plain.as_str(), None), |(w, r)| (w, Some(r)));
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), grouped);
    let sign = if amount.is_negative() { '-' } else { '+' };
    rest.map_or_else(|| format!("{sign}{whole}"), |rest| format!("{sign}{whole}.{rest}"))
}

/// Words to the left, numbers to the right, the words cut to the page; what belongs together under one heading.
fn columns(mut rows: Vec<Row>, heads: [&str; 4], color: Style, page: &Page, text: &mut String) {
    let mut groups: Vec<String> = Vec::new();
    for row in &rows {
        if !groups.contains(&row.group) {
            groups.push(row.group.clone());
        }
    }
    rows.sort_by_cached_key(|r| groups.iter().position(|g| *g == r.group));
    let widths: [usize; 4] =
        std::array::from_fn(|i| rows.iter().map(|r| width(&r.cells[i])).chain([width(heads[i])]).max().unwrap_or(0));
    let numbers: usize = widths.iter().map(|w| w + 2).sum();
    let room = page.width.min(MEASURE).saturating_sub(4 + numbers).max(16);
    let label = rows.iter().map(|r| width(&r.label)).max().unwrap_or(0).min(room);
    let line = |words: &str, cells: [&str; 4], color: Style| {
        let words = cut(words, label);
        let mut line = format!("    {words}{}", " ".repeat(label - width(&words)));
        for (i, cell) in cells.into_iter().enumerate() {
            let pad = " ".repeat(widths[i] - width(cell) + 2);
            line += &if i == 1 { format!("{pad}{}", paint(color, cell)) } else { format!("{pad}{cell}") };
        }
        line.trim_end().to_string() + "\n"
    };
    *text += &paint(style::DIM, line("", heads, style::PLAIN).trim_end());
    text.push('\n');
    let mut last = "";
    for row in &rows {
        if row.group != last {
            *text += &format!("  {}\n", paint(style::BOLD, &row.group));
            last = &row.group;
        }
        *text += &line(&row.label, row.cells.each_ref().map(|c| c.as_str()), color);
        if !row.why.is_empty() {
            let why = cut(&clean(&row.why), page.width.min(MEASURE).saturating_sub(6));
            *text += &format!("      {}\n", paint(style::DIM, &why));
        }
    }
}

fn reckoned(both: &Both<'_>, page: &Page, text: &mut String) {
    let all = &both.comparison.derived;
    if all.is_empty() {
        return;
    }
    heading("Reckoned from both", &count(all.len(), "figure"), page, text);
    let shown = if page.verbose { all.len() } else { SOME };
    let row = |d: &Derived| {
        let view = |later| if later { &both.later } else { &both.earlier };
        let figure = |p: DerivedPart| printed(view(p.later), Some(p.fact));
        let at = |p: DerivedPart| place(view(p.later), Some(p.fact));
        Row {
            group: group(d.kind, Some(d.period), ""),
            label: clean(&d.label),
            cells: [
                figure(d.whole),
                figure(d.less),
                signed(d.amount.scaled(-scale(view(d.whole.later), d.whole.fact))).trim_start_matches('+').to_string(),
                arrow(at(d.whole), at(d.less)),
            ],
            why: String::new(),
        }
    };
    let rows = all.iter().take(shown).map(row).collect();
    columns(rows, ["whole", "less", "is", "at"], style::PLAIN, page, text);
    if all.len() > shown {
        *text += &format!("  {}\n", paint(style::DIM, &format!("{} more; -v shows them", all.len() - shown)));
    }
}

fn summary(both: &Both<'_>, page: &Page, text: &mut String) {
    let n = |change| both.comparison.count(change);
    let common = n(Change::Agreed) + n(Change::Disclosed) + n(Change::Undisclosed);
    let (verdict, color) = match (common, n(Change::Undisclosed)) {
        (0, _) => ("open: no period of a statement is in both".to_owned(), style::OPEN),
        (_, 0) => ("agrees".to_owned(), style::GOOD),
        (_, changed) => (format!("off: {} changed and not disclosed", count(changed, "figure")), style::OFF),
    };
    let mut parts = vec![count(common, "figure") + " in both", format!("{} agreed", grouped(n(Change::Agreed)))];
    for (change, words) in
        [(Change::Disclosed, "changed and disclosed"), (Change::New, "new"), (Change::Dropped, "dropped")]
    {
        if n(change) > 0 {
            parts.push(format!("{} {words}", grouped(n(change))));
        }
    }
    let indent = width(&verdict) + 2;
    let lines = wrap(&parts.join(", "), page.width.min(MEASURE).saturating_sub(indent));
    *text += &format!("{}  {}\n", paint(color, &verdict), lines.join(&format!("\n{}", " ".repeat(indent))));
}
