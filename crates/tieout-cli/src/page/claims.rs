//! What the prose says, and what became of it: the words that carry one or more numbers, and below them a
//! line for each number with its verdict and the recomputation.

use super::text::{clean, count, paint, width, wrap};
use super::{MEASURE, Page, heading, style};
use crate::view::View;
use anstyle::Style;
use tieout::{Claim, Span, Verdict};

/// Numbers wider than this do not widen their column: "one million eight hundred thousand".
const WIDEST: usize = 22;

pub(super) fn write(view: &View<'_>, page: &Page, text: &mut String) {
    let claims = &view.report.claims;
    if claims.is_empty() {
        return;
    }
    heading("Claims", &count(claims.len(), "claim"), page, text);
    let place = |c: &Claim| view.locate(c.quote_span.start).line.to_string();
    let gutter = claims.iter().map(|c| place(c).len()).max().unwrap_or(0);
    let number = |c: &Claim| clean(&view.text(c.span));
    let column = claims.iter().map(|c| width(&number(c))).filter(|w| *w <= WIDEST).max().unwrap_or(0);
    let measure = page.width.min(MEASURE);
    for same in claims.chunk_by(|a, b| a.quote_span == b.quote_span) {
        let numbers: Vec<Span> = same.iter().map(|c| c.span).collect();
        let quote = Quote::of(view, &same[0], &numbers);
        let mut at = 0;
        for (i, line) in wrap(&quote.text, measure.saturating_sub(gutter + 4)).iter().enumerate() {
            let place = if i == 0 { place(&same[0]) } else { String::new() };
            *text += &format!("  {}  {}\n", paint(style::DIM, &format!("{place:>gutter$}")), quote.bold(line, &mut at));
        }
        for claim in same {
            let (word, style) = verdict(claim.verdict);
            let number = format!("{:column$}", number(claim));
            let indent = gutter + 4 + 4 + 2 + width(&number) + 2;
            for (i, line) in wrap(&clean(&reasoning(claim, page)), measure.saturating_sub(indent)).iter().enumerate() {
                let line = if claim.verdict == Verdict::Off { paint(style::OFF, line) } else { paint(style::DIM, line) };
                let lead = match i {
                    0 => format!("{:w$}{}  {number}  ", "", paint(style, word), w = gutter + 4),
                    _ => " ".repeat(indent),
                };
                text.push_str(&lead);
                text.push_str(&line);
                text.push('\n');
            }
        }
    }
}

fn verdict(verdict: Verdict) -> (&'static str, Style) {
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
