//! What the prose says, and what became of it: line number, verdict, the words with their number set off, and
//! the recomputation.

use super::text::{clean, count, grouped, paint, width, wrap};
use super::{MEASURE, Page, heading, style};
use crate::view::View;
use anstyle::Style;
use std::collections::BTreeMap;
use tieout::{Claim, Span, Verdict};

/// With more open claims than this, their reasons are counted only.
const OPEN: usize = 24;
/// And so many reasons are named.
const REASONS: usize = 8;

/// Exceptions first, then what ties, then what is open by the reason why.
pub(super) fn write(view: &View<'_>, page: &Page, text: &mut String) {
    let all = &view.report.claims;
    if all.is_empty() {
        return;
    }
    heading("Claims", &count(all.len(), "claim"), page, text);
    let of = |verdict| all.iter().filter(|c| c.verdict == verdict).collect::<Vec<&Claim>>();
    let (off, ties, open) = (of(Verdict::Off), of(Verdict::Ties), of(Verdict::Open));
    // A long document says much that its tables do not carry; a release is short enough to show it all.
    let counted = !page.verbose && open.len() > OPEN;
    let shown: Vec<&Claim> = off.iter().chain(&ties).chain(open.iter().filter(|_| !counted)).copied().collect();
    let sheet = Sheet::of(view, page, &shown);
    let mut apart = false;
    let mut part = |text: &mut String| {
        if std::mem::replace(&mut apart, true) {
            text.push('\n');
        }
    };
    for claims in [off, ties] {
        if !claims.is_empty() {
            part(text);
            sheet.rows(&claims, &|claim| reasoning(claim, page), text);
        }
    }
    if open.is_empty() {
        return;
    }
    part(text);
    let reasons = by_reason(&open);
    let most = if counted { REASONS } else { reasons.len() };
    for (reason, claims) in &reasons[..most.min(reasons.len())] {
        let lead = format!("open {:>4}  ", grouped(claims.len()));
        for (i, line) in wrap(&clean(reason), sheet.measure.saturating_sub(lead.len() + 2)).iter().enumerate() {
            let lead = if i == 0 { paint(style::OPEN, &lead) } else { " ".repeat(lead.len()) };
            *text += &format!("  {lead}{line}\n");
        }
        if !counted {
            sheet.rows(claims, &|claim| detail(claim, page), text);
        }
    }
    if counted {
        let others: usize = reasons.iter().skip(most).map(|(_, claims)| claims.len()).sum();
        let others = if others > 0 { format!("{} for other reasons; ", grouped(others)) } else { String::new() };
        *text += &format!("  {}\n", paint(style::DIM, &format!("{others}-v shows what they say")));
    }
}

/// Open claims with their reason, the commonest first.
fn by_reason<'a>(open: &[&'a Claim]) -> Vec<(&'a str, Vec<&'a Claim>)> {
    let mut groups: Vec<(&str, Vec<&Claim>)> = Vec::new();
    let mut index: BTreeMap<&str, usize> = BTreeMap::new();
    for &claim in open {
        let (reason, _) = reason(claim);
        let at = *index.entry(reason).or_insert_with(|| {
            groups.push((reason, Vec::new()));
            groups.len() - 1
        });
        groups[at].1.push(claim);
    }
    groups.sort_by_key(|(_, claims)| std::cmp::Reverse(claims.len()));
    groups
}

/// Why a claim is open: what many share, and what is its own. What was compared stands before the last
/// semicolon, what was missing behind "carries".
fn reason(claim: &Claim) -> (&str, &str) {
    let because = claim.because.as_str();
    if let Some(subject) = because.strip_prefix("no table carries") {
        return ("no table carries it", subject.trim());
    }
    match because.rsplit_once("; ") {
        Some((own, shared)) => (shared, own),
        None if because.is_empty() => ("nothing to check it against was found", ""),
        None => (because, ""),
    }
}

fn detail(claim: &Claim, page: &Page) -> String {
    let own = reason(claim).1;
    match claim.computed.as_str() {
        computed if page.verbose && !computed.is_empty() && !own.is_empty() => format!("{computed}; {own}"),
        "" => own.to_string(),
        computed => computed.to_string(),
    }
}

/// Columns of the list: place, verdict, words, reasoning.
struct Sheet<'a> {
    view: &'a View<'a>,
    measure: usize,
    gutter: usize,
    words: usize,
    reasons: usize,
}

impl<'a> Sheet<'a> {
    /// The words get half of the page, or less where they are short.
    fn of(view: &'a View<'a>, page: &Page, claims: &[&Claim]) -> Sheet<'a> {
        let gutter = claims.iter().map(|c| place(view, c).len()).max().unwrap_or(0);
        let measure = page.width.min(MEASURE);
        let lead = gutter + 10;
        let longest = claims.iter().map(|c| width(&c.quote)).max().unwrap_or(0);
        let words = longest.min(measure.saturating_sub(lead) / 2).max(12);
        Sheet { view, measure, gutter, words, reasons: measure.saturating_sub(lead + words + 2).max(12) }
    }

    /// A row for each claim; several numbers in the same words share them.
    fn rows(&self, claims: &[&Claim], reason: &dyn Fn(&Claim) -> String, text: &mut String) {
        for same in claims.chunk_by(|a, b| a.quote_span == b.quote_span) {
            let numbers: Vec<Span> = same.iter().map(|c| c.span).collect();
            let quote = Quote::of(self.view, same[0], &numbers).lines(self.words);
            let at = place(self.view, same[0]);
            // One row says it all where each number would be followed by the same.
            if same.iter().all(|c| c.verdict == same[0].verdict && reason(c) == reason(same[0])) {
                self.row(&at, Some(same[0].verdict), quote, &clean(&reason(same[0])), text);
                continue;
            }
            // The words first, then a line for each number.
            self.row(&at, None, quote, "", text);
            for claim in same {
                let number = clean(&self.view.text(claim.span));
                let lines = wrap(&number, self.words.saturating_sub(2))
                    .iter()
                    .map(|l| (format!("  {l}"), width(l) + 2))
                    .collect();
                self.row("", Some(claim.verdict), lines, &clean(&reason(claim)), text);
            }
        }
    }

    fn row(&self, place: &str, verdict: Option<Verdict>, words: Vec<(String, usize)>, reason: &str, text: &mut String) {
        let reasons = if reason.is_empty() { Vec::new() } else { wrap(reason, self.reasons) };
        for i in 0..words.len().max(reasons.len()) {
            let place = if i == 0 { place } else { "" };
            let (word, style) = match verdict {
                Some(v) if i == 0 => word(v),
                _ => ("    ", style::PLAIN),
            };
            let (shown, used) = words.get(i).cloned().unwrap_or_default();
            let color = if verdict == Some(Verdict::Off) { style::OFF } else { style::DIM };
            let reason = reasons.get(i).map_or(String::new(), |line| paint(color, line));
            let pad = if reason.is_empty() { String::new() } else { " ".repeat(self.words.saturating_sub(used) + 2) };
            let place = paint(style::DIM, &format!("{place:>0$}", self.gutter));
            let line = format!("  {place}  {}  {shown}{pad}{reason}", paint(style, word));
            *text += line.trim_end();
            text.push('\n');
        }
    }
}

fn place(view: &View<'_>, claim: &Claim) -> String {
    view.locate(claim.quote_span.start).line.to_string()
}

/// The verdict as it stands in its column.
fn word(verdict: Verdict) -> (&'static str, Style) {
    match verdict {
        Verdict::Ties => ("ties", style::GOOD),
        Verdict::Off => ("off ", style::OFF),
        // The reason above has said so.
        Verdict::Open => ("    ", style::OPEN),
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
