//! The comparison for people: what changed first, counts for what did not.

use super::Both;
use super::rows::difference;
use crate::page::text::{clean, count, cut, grouped, paint, width, wrap};
use crate::page::{MEASURE, Page, heading, style};
use crate::view::View;
use anstyle::Style;
use tieout::{Amount, Change, Compared, Derived, FactRef};

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
    let rows: Vec<[String; 5]> = figures.iter().filter_map(|f| row(both, f)).collect();
    columns(&rows, &["", "earlier", "later", "difference", "lines"], color, page, text);
    let mut reasons: Vec<&str> =
        figures.iter().filter_map(|f| f.because.split_once("; ")).map(|(_, why)| why).collect();
    reasons.dedup();
    if let [reason] = reasons.as_slice() {
        *text += &format!("\n  {}\n", paint(style::DIM, reason));
    }
}

fn row(both: &Both<'_>, figure: &Compared) -> Option<[String; 5]> {
    let (old, new) = (figure.earlier, figure.later);
    let (view, at) = new.map(|at| (&both.later, at)).or(old.map(|at| (&both.earlier, at)))?;
    let fact = view.report.fact(at)?;
    let subject = match fact.period {
        Some(period) => format!("{}, {period}", name(view, at)),
        None => name(view, at),
    };
    let change = match figure.change {
        Change::Agreed => String::new(),
        _ => amount(&both.earlier, old)
            .zip(amount(&both.later, new))
            .and_then(|(a, b)| difference(a, b))
            .map_or(String::new(), signed),
    };
    let lines = [line(&both.earlier, old), line(&both.later, new)];
    Some([subject, printed(&both.earlier, old), printed(&both.later, new), change, lines.join(" → ")])
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

fn line(view: &View<'_>, at: Option<FactRef>) -> String {
    at.and_then(|at| view.report.fact(at)).map_or("-".into(), |f| grouped(view.locate(f.span.start).line))
}

/// `+1,200`, `-0.03`.
fn signed(amount: Amount) -> String {
    let plain = amount.abs().to_string();
    let (whole, rest) = plain.split_once('.').map_or((plain.as_str(), None), |(w, r)| (w, Some(r)));
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), grouped);
    let sign = if amount.is_negative() { '-' } else { '+' };
    rest.map_or_else(|| format!("{sign}{whole}"), |rest| format!("{sign}{whole}.{rest}"))
}

/// Words to the left, numbers to the right, the words cut to the page.
fn columns(rows: &[[String; 5]], heads: &[&str; 5], color: Style, page: &Page, text: &mut String) {
    let wide = |i: usize| rows.iter().map(|r| width(&r[i])).chain([width(heads[i])]).max().unwrap_or(0);
    let widths: Vec<usize> = (0..5).map(wide).collect();
    let numbers: usize = widths[1..].iter().map(|w| w + 2).sum();
    let label = widths[0].min(page.width.min(MEASURE).saturating_sub(2 + numbers).max(16));
    let line = |cells: [&str; 5], color: Style| {
        let words = cut(cells[0], label);
        let mut line = format!("  {words}{}", " ".repeat(label - width(&words)));
        for (i, cell) in cells.iter().enumerate().skip(1) {
            let pad = " ".repeat(widths[i] - width(cell) + 2);
            line += &if i == 2 { format!("{pad}{}", paint(color, cell)) } else { format!("{pad}{cell}") };
        }
        line.trim_end().to_string() + "\n"
    };
    *text += &paint(style::DIM, line(*heads, style::PLAIN).trim_end());
    text.push('\n');
    for row in rows {
        *text += &line([&row[0], &row[1], &row[2], &row[3], &row[4]], color);
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
        let figure = |p: tieout::DerivedPart| printed(view(p.later), Some(p.fact));
        [
            format!("{}, {}", clean(&d.label), d.period),
            figure(d.whole),
            figure(d.less),
            signed(d.amount),
            format!(
                "{} → {}",
                line(view(d.whole.later), Some(d.whole.fact)),
                line(view(d.less.later), Some(d.less.fact))
            ),
        ]
    };
    let rows: Vec<[String; 5]> = all.iter().take(shown).map(row).collect();
    columns(&rows, &["", "whole", "less", "is", "lines"], style::PLAIN, page, text);
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
