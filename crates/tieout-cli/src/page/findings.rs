//! Findings as a good compiler shows them: the sentence, the source lines, and under each figure what is to
//! be said of it. Spans are bytes of the file as received, so lines are decoded one by one.

use super::text::{clean, columns, count, cut, grouped, paint, width, wrap};
use super::{MEASURE, Page, heading, style};
use crate::view::View;
use anstyle::Style;
use std::collections::{BTreeMap, BTreeSet};
use tieout::{DocumentFormat, Finding, Severity, Span};

/// Notes shown before `-v` is needed.
const NOTES: usize = 8;
/// Source lines shown of one finding before `-v` is needed.
const LINES: usize = 14;

pub(super) fn write(view: &View<'_>, page: &Page, text: &mut String) {
    let (mut notes, graver): (Vec<&Finding>, Vec<&Finding>) =
        view.report.findings.iter().partition(|f| f.severity == Severity::Note);
    // An open claim has said so itself, some lines above.
    let claims: BTreeSet<Span> = view.report.claims.iter().flat_map(|c| [c.span, c.quote_span]).collect();
    notes.retain(|note| page.verbose || !note.labels.first().is_some_and(|l| claims.contains(&l.span)));
    if !graver.is_empty() {
        if page.quiet {
            text.push('\n');
        } else {
            heading("Findings", &count(graver.len(), "finding"), page, text);
        }
        for (i, finding) in graver.iter().enumerate() {
            if i > 0 {
                text.push('\n');
            }
            one(view, finding, page, text);
        }
        if page.quiet {
            text.push('\n');
        }
    }
    if !notes.is_empty() && !page.quiet {
        write_notes(view, &notes, page, text);
    }
}

/// One line each, the place first.
/// A note in one breath: what it says and what may explain it.
fn with_help(note: &Finding) -> String {
    if note.help.is_empty() {
        return note.message.clone();
    }
    format!("{}; {}", note.message, note.help)
}

fn write_notes(view: &View<'_>, notes: &[&Finding], page: &Page, text: &mut String) {
    heading("Notes", &count(notes.len(), "note"), page, text);
    let shown = if page.verbose { notes.len() } else { notes.len().min(NOTES) };
    let place = |f: &Finding| f.labels.first().map_or(String::new(), |l| grouped(view.locate(l.span.start).line));
    let gutter = notes[..shown].iter().map(|f| place(f).len()).max().unwrap_or(0);
    let code = notes[..shown].iter().map(|f| f.code.len()).max().unwrap_or(0);
    for note in &notes[..shown] {
        let indent = gutter + code + 6;
        for (i, line) in
            wrap(&clean(&with_help(note)), page.width.min(MEASURE).saturating_sub(indent)).iter().enumerate()
        {
            let (at, name) = if i == 0 { (place(note), note.code) } else { (String::new(), "") };
            let at = paint(style::DIM, &format!("{at:>gutter$}"));
            *text += &format!("  {at}  {}  {line}\n", paint(style::OPEN, &format!("{name:code$}")));
        }
    }
    if shown < notes.len() {
        let more = format!("{} more; -v shows them", count(notes.len() - shown, "note"));
        *text += &format!("  {}\n", paint(style::DIM, &more));
    }
}

/// A place on one line, in columns of the line as shown.
struct Mark<'a> {
    start: usize,
    end: usize,
    primary: bool,
    text: &'a str,
}

fn one(view: &View<'_>, finding: &Finding, page: &Page, text: &mut String) {
    let mut lines = lines(view, finding);
    let gutter = lines.keys().map(|n| n.to_string().len()).max().unwrap_or(1);
    let color = match finding.severity {
        Severity::Error => style::OFF,
        Severity::Warning | Severity::Note => style::OPEN,
    };
    let measure = page.width.min(MEASURE);
    let head = format!("{}[{}]: ", finding.severity.word(), finding.code);
    for (i, line) in wrap(&clean(&finding.message), measure - head.len().min(measure / 2)).iter().enumerate() {
        let lead = if i == 0 { paint(color, &head) } else { " ".repeat(head.len()) };
        *text += &format!("{lead}{}\n", paint(style::BOLD, line));
    }
    let bar = |number: &str| paint(style::PLACE, &format!("{number:>gutter$} │"));
    if let Some(first) = finding.labels.first() {
        let at = view.locate(first.span.start);
        let arrow = format!("{:>gutter$}──▶", "");
        *text += &format!("{} {}:{}:{}\n", paint(style::PLACE, &arrow), clean(view.source.name), at.line, at.column);
        *text += &format!("{}\n", bar(""));
    }
    if is_html(view, finding) {
        rows(view, finding, measure, color, &bar, text);
        lines.clear();
    }
    let mut last = None;
    let shown = if page.verbose { lines.len() } else { LINES };
    for (&number, marks) in lines.iter().take(shown) {
        match last {
            // A single line left out is shown: it takes no more room than saying so.
            Some(last) if number == last + 2 => source_line(view, last + 1, &[], measure, color, &bar, text),
            Some(last) if number > last + 1 => {
                *text += &format!("{}\n", paint(style::PLACE, &format!("{:>gutter$} ┆", "")))
            }
            _ => {}
        }
        source_line(view, number, marks, measure, color, &bar, text);
        last = Some(number);
    }
    if lines.len() > shown {
        *text += &format!(
            "{} {}\n",
            bar(""),
            paint(style::DIM, &format!("and {}; -v shows them", count(lines.len() - shown, "more line")))
        );
    }
    if !finding.help.is_empty() {
        *text += &format!("{}\n", bar(""));
        let lead = "= help: ";
        for (i, line) in wrap(&clean(&finding.help), measure.saturating_sub(gutter + 1 + lead.len())).iter().enumerate()
        {
            let lead = if i == 0 { paint(style::HELP, lead) } else { " ".repeat(lead.len()) };
            *text += &format!("{:gutter$} {lead}{line}\n", "");
        }
    }
}

/// True where the finding's first place is in an HTML document, whose lines are not what a reader sees.
fn is_html(view: &View<'_>, finding: &Finding) -> bool {
    let Some(label) = finding.labels.first() else { return false };
    let mut documents = view.report.submission.documents.iter();
    documents.any(|d| d.format == DocumentFormat::Html && d.body.contains(label.span))
}

/// Each labelled figure as its row shows it: the row's label, the figure, and what is to be said of it.
fn rows(
    view: &View<'_>,
    finding: &Finding,
    measure: usize,
    color: Style,
    bar: &dyn Fn(&str) -> String,
    text: &mut String,
) {
    let name = |span: Span| {
        let fact = view.report.facts.iter().find(|f| f.span == span)?;
        let line = view.report.tables.get(fact.table as usize)?.lines.get(fact.line as usize)?;
        Some(clean(&line.label).to_string())
    };
    let mut shown: Vec<(Span, String, String, Style, String)> = Vec::new();
    for (i, label) in finding.labels.iter().enumerate() {
        let style = if i == 0 { color } else { style::PLACE };
        let said = clean(&label.text).to_string();
        match shown.iter_mut().find(|row| row.0 == label.span) {
            Some(row) => row.4 = format!("{}, {said}", row.4),
            None => {
                let words = cut(&clean(&view.text(label.span)), measure / 2);
                shown.push((label.span, name(label.span).unwrap_or_default(), words, style, said));
            }
        }
    }
    shown.sort_by_key(|row| row.0);
    let figure = shown.iter().map(|row| width(&row.2)).max().unwrap_or(0);
    let room =
        shown.iter().map(|row| width(&row.1)).max().unwrap_or(0).min(measure.saturating_sub(figure + 26).max(12));
    for (_, label, words, style, said) in &shown {
        let label = cut(label, room);
        let gap = " ".repeat((room + figure + 2).saturating_sub(width(&label) + width(words)));
        *text += &format!("{} {label}{gap}{}  {}\n", bar(""), paint(*style, words), paint(*style, said));
    }
}

/// Every labelled place by line. A span that runs over lines is marked on its first and its last.
fn lines<'a>(view: &View<'_>, finding: &'a Finding) -> BTreeMap<usize, Vec<Mark<'a>>> {
    let mut lines: BTreeMap<usize, Vec<Mark<'a>>> = BTreeMap::new();
    for (i, label) in finding.labels.iter().enumerate() {
        let first = view.locate(label.span.start).line;
        let last = view.locate(label.span.end.saturating_sub(1).max(label.span.start)).line;
        for number in if first == last { vec![first] } else { vec![first, last] } {
            let span = view.lines().line(number);
            let shown = columns(view.source.slice(span));
            let column =
                |offset: u32| shown.partition_point(|(_, at)| *at < offset.saturating_sub(span.start) as usize);
            let (mut start, mut end) = (column(label.span.start), column(label.span.end));
            if number != first {
                start = shown.iter().position(|(c, _)| *c != ' ').unwrap_or(0);
            }
            if number != last {
                end = shown.len();
            }
            start = start.min(end);
            let text = if number == last { label.text.as_str() } else { "" };
            lines.entry(number).or_default().push(Mark { start, end: end.max(start + 1), primary: i == 0, text });
        }
    }
    lines
}

/// A source line, and below it the marks: the rightmost says its text beside itself, the others below.
fn source_line(
    view: &View<'_>,
    number: usize,
    marks: &[Mark<'_>],
    measure: usize,
    color: Style,
    bar: &dyn Fn(&str) -> String,
    text: &mut String,
) {
    let shown: String = columns(view.source.slice(view.lines().line(number))).iter().map(|(c, _)| *c).collect();
    let beside = anstream::adapter::strip_str(&bar("")).to_string();
    let room = measure.saturating_sub(width(&beside) + 1).max(20);
    let (shown, shift) = window(&shown, marks, room);
    let line = format!("{} {shown}", bar(&number.to_string()));
    *text += &format!("{}\n", line.trim_end());
    if marks.is_empty() {
        return;
    }
    let mut marks: Vec<(usize, usize, bool, &str)> = marks
        .iter()
        .map(|m| (m.start.saturating_sub(shift).min(room), m.end.saturating_sub(shift).min(room), m.primary, m.text))
        .collect();
    marks.sort_by_key(|m| (m.0, m.1));
    let mut carets = String::new();
    let mut at = 0;
    for &(start, end, primary, _) in &marks {
        // Marks that overlap: the first keeps its place.
        let from = start.max(at);
        let to = end.max(from);
        let sign = if primary { "^" } else { "-" };
        carets += &" ".repeat(from - at);
        carets += &paint(if primary { color } else { style::PLACE }, &sign.repeat(to - from));
        at = to;
    }
    let style_of = |primary: bool| if primary { color } else { style::PLACE };
    let mut below: Vec<(usize, bool, &str)> =
        marks.iter().map(|&(s, _, p, t)| (s, p, t)).filter(|m| !m.2.is_empty()).collect();
    let beside = match (marks.last(), below.last()) {
        (Some(m), Some(&(_, primary, said))) if m.3 == said && at + 1 + width(said) <= room => {
            below.pop();
            format!(" {}", paint(style_of(primary), &clean(said)))
        }
        _ => String::new(),
    };
    *text += &format!("{} {carets}{beside}\n", bar(""));
    // From right to left, a thread down from each mark still to be said.
    while let Some((start, primary, said)) = below.pop() {
        // Under its mark; where the page ends there, as far left as it needs.
        let indent = start.min(room.saturating_sub(width(said)).max(room / 3));
        for line in wrap(&clean(said), room - indent) {
            let mut lead = String::new();
            let mut used = 0;
            for &(s, p, _) in below.iter().filter(|m| m.0 < indent) {
                if s >= used {
                    lead += &" ".repeat(s - used);
                    lead += &paint(style_of(p), "│");
                    used = s + 1;
                }
            }
            *text += &format!(
                "{} {lead}{}{}\n",
                bar(""),
                " ".repeat(indent - used.min(indent)),
                paint(style_of(primary), &line)
            );
        }
    }
}

/// The part of a long line that holds its marks, and by how much it is shifted left.
fn window(line: &str, marks: &[Mark<'_>], room: usize) -> (String, usize) {
    let length = line.chars().count();
    let reach = marks.iter().map(|m| m.end).max().unwrap_or(0);
    if length <= room || reach < room {
        return (cut(line, room), 0);
    }
    let first = marks.iter().map(|m| m.start).min().unwrap_or(0);
    // Not so far to the left that its last mark is cut.
    let shift = first.saturating_sub(room / 3).max((reach + 1).saturating_sub(room)).min(first);
    let part: String = line.chars().skip(shift + 1).collect();
    (cut(&format!("…{part}"), room), shift)
}
