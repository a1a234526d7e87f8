//! What the prose says, and what became of it: line number, verdict, the words with their number set off, and
//! the recomputation.

use super::text::{clean, count, paint, width, wrap};
use super::{MEASURE, Page, heading, style};
use crate::view::View;
use anstyle::Style;
use tieout::{Claim, Span, Verdict};

/// With more open claims than this, they are counted only.
const OPEN: usize = 24;

pub(super) fn write(view: &View<'_>, page: &Page, text: &mut String) {
    let all = &view.report.claims;
    if all.is_empty() {
        return;
    }
    let open = all.iter().filter(|c| c.verdict == Verdict::Open).count();
    // A long document says much that its tables do not carry; a release is short enough to show it all.
    let hidden = if page.verbose || open <= OPEN { 0 } else { open };
    let claims: Vec<&Claim> = all.iter().filter(|c| hidden == 0 || c.verdict != Verdict::Open).collect();
    heading("Claims", &count(all.len(), "claim"), page, text);
    let place = |c: &Claim| view.locate(c.quote_span.start).line.to_string();
    let gutter = claims.iter().map(|c| place(c).len()).max().unwrap_or(0);
    let number = |c: &Claim| clean(&view.text(c.span));
    // Place, verdict, words, reasoning: the words get half of what is left, or less where they are short.
    let measure = page.width.min(MEASURE);
    let lead = gutter + 10;
    let longest = claims.iter().map(|c| width(&c.quote)).max().unwrap_or(0);
    let words = longest.min(measure.saturating_sub(lead) / 2).max(12);
    let reasons = measure.saturating_sub(lead + words + 2).max(12);
    let mut row = |place: &str, verdict: Option<Verdict>, words_lines: Vec<(String, usize)>, reason: &str| {
        let reason_lines = if reason.is_empty() { Vec::new() } else { wrap(reason, reasons) };
        for i in 0..words_lines.len().max(reason_lines.len()) {
            let place = if i == 0 { place } else { "" };
            let (word, style) = match verdict {
                Some(v) if i == 0 => word(v),
                _ => ("    ", style::PLAIN),
            };
            let (shown, used) = words_lines.get(i).cloned().unwrap_or_default();
            let pad = " ".repeat(words.saturating_sub(used));
            let color = if verdict == Some(Verdict::Off) { style::OFF } else { style::DIM };
            let reason = reason_lines.get(i).map_or(String::new(), |line| paint(color, line));
            let line = format!(
                "  {}  {}  {shown}{}{reason}",
                paint(style::DIM, &format!("{place:>gutter$}")),
                paint(style, word),
                if reason.is_empty() { String::new() } else { pad + "  " },
            );
            *text += line.trim_end();
            text.push('\n');
        }
    };
    for same in claims.chunk_by(|a, b| a.quote_span == b.quote_span) {
        let numbers: Vec<Span> = same.iter().map(|c| c.span).collect();
        let quote = Quote::of(view, same[0], &numbers).lines(words);
        if let [claim] = same {
            row(&place(claim), Some(claim.verdict), quote, &clean(&reasoning(claim, page)));
            continue;
        }
        // Several numbers in the same words: the words first, then a line for each number.
        row(&place(same[0]), None, quote, "");
        for claim in same {
            let number = format!("  {}", number(claim));
            let lines = wrap(&number, words.saturating_sub(2)).iter().map(|l| (format!("  {l}"), width(l) + 2)).collect();
            row("", Some(claim.verdict), lines, &clean(&reasoning(claim, page)));
        }
    }
    if hidden > 0 {
        let left = format!("{} not shown: the tables do not carry them; -v shows them", count(hidden, "open claim"));
        *text += &format!("  {}\n", paint(style::DIM, &left));
    }
}

/// The verdict as it stands in its column.
fn word(verdict: Verdict) -> (&'static str, Style) {
    match verdict {
        Verdict::Ties => ("ties", style::GOOD),
        Verdict::Off => ("off ", style::OFF),
        Verdict::Open => ("open", style::OPEN),
    }
}

/// The recomputation; where there is none, or the page is to say all, the reason.
fn reasoning(claim: &Claim, page: &Page) -> String {
    match (claim.computed.as_str(), claim.because.as_str()) {
        (computed, because) if page.verbose && !computed.is_empty() && !because.is_empty() => {
            format!("{computed}; {because}")
        }
        ("", because) => because.to_string(),
        (computed, _) => computed.to_string(),
    }
}

/// A quote, and which of its characters belong to numbers. Blanks are not counted, since folding and
/// wrapping change them.
struct Quote {
    text: String,
    numbers: Vec<(usize, usize)>,
}

fn solid(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

impl Quote {
    fn of(view: &View<'_>, claim: &Claim, spans: &[Span]) -> Quote {
        let text = clean(&claim.quote);
        let dense = solid(&text);
        let numbers = spans.iter().filter_map(|span| {
            let needle = solid(&clean(&view.text(*span)));
            let lead = Span { start: claim.quote_span.start, end: span.start };
            let expected = solid(&view.text(lead)).chars().count();
            // The same digits may stand twice: the place nearest to where the bytes put it.
            let places = dense.char_indices().enumerate().filter(|(_, (at, _))| dense[*at..].starts_with(&needle));
            let start = places.map(|(i, _)| i).min_by_key(|i| i.abs_diff(expected))?;
            Some((start, start + needle.chars().count()))
        });
        Quote { numbers: numbers.collect(), text }
    }

    /// The quote wrapped to `limit`, each line with its width.
    fn lines(&self, limit: usize) -> Vec<(String, usize)> {
        let mut at = 0;
        wrap(&self.text, limit).iter().map(|line| (self.bold(line, &mut at), width(line))).collect()
    }

    /// A wrapped line with its numbers in bold; `at` counts the characters of the lines before.
    fn bold(&self, line: &str, at: &mut usize) -> String {
        let mut out = String::new();
        let mut bold = false;
        for c in line.chars() {
            if !c.is_whitespace() {
                let inside = self.numbers.iter().any(|(start, end)| (*start..*end).contains(at));
                if inside != bold {
                    out += &if inside { format!("{}", style::BOLD) } else { format!("{:#}", style::BOLD) };
                    bold = inside;
                }
                *at += 1;
            }
            out.push(c);
        }
        if bold {
            out += &format!("{:#}", style::BOLD);
        }
        out
    }
}
