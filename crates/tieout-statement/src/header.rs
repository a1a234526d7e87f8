//! What stands above the figures: the title, the columns' headings and periods, the scale.

use crate::columns::{Band, Columns, is_year_row};
use crate::dates::{Pieces, pieces};
use crate::phrases::Phrases;
use std::borrow::Cow;
use std::cell::OnceCell;
use tieout_grid::{Cell, CellKind, Grid};
use tieout_model::ColumnRole;
use tieout_source::Lexicon;

/// The header of a grid, read.
#[derive(Debug, Default)]
pub(crate) struct Header {
    /// Row index where headings of columns begin; rows before are title and caption.
    pub(crate) columns_from: usize,
    /// Row index where the body begins (its headings included).
    pub(crate) body: usize,
    /// Title and caption: every word above the figures that is not a column's heading.
    pub(crate) caption: String,
    /// Each column's heading, top to bottom.
    pub(crate) headings: Vec<String>,
    /// What each heading says of time.
    pub(crate) pieces: Vec<Pieces>,
    /// What the caption says of time, and the years in it.
    pub(crate) caption_pieces: (Pieces, Vec<i16>),
}

/// Words on one header row that stand together, and how far they reach.
struct Phrase<'g> {
    text: Cow<'g, str>,
    x0: u32,
    x1: u32,
    dated: OnceCell<(Pieces, usize)>,
}

impl Phrase<'_> {
    /// What it says of time, and how many years it names.
    fn dated(&self) -> (Pieces, usize) {
        *self.dated.get_or_init(|| {
            let (pieces, years) = pieces(&self.text);
            (pieces, years.len())
        })
    }

    fn years(&self) -> usize {
        // Each takes two digits at least ("Dec-95").
        if self.text.bytes().filter(u8::is_ascii_digit).count() < 2 { 0 } else { self.dated().1 }
    }

    /// A date, or a part of one, of one column.
    fn is_column_date(&self) -> bool {
        let (found, years) = self.dated();
        !found.is_empty() && years <= 1
    }
}

/// Parts a grid's header from its body.
pub(crate) fn header(grid: &Grid<'_>, columns: &Columns) -> Header {
    let first_data = first_data_row(grid, columns);
    let zone = columns.bands.iter().map(|b| b.x0).min().unwrap_or(u32::MAX);
    let mut header = Header { body: 0, headings: vec![String::new(); columns.bands.len()], ..Default::default() };
    // The last row above the figures that stands over the columns, or rules the header off, ends it; label
    // rows after it are headings of the body.
    for r in (0..first_data).rev() {
        let cells = grid.cells(&grid.rows[r]);
        let over = cells.iter().any(|c| match c.kind {
            CellKind::Rule => true,
            CellKind::Text => c.x1 > zone + 1 && c.x0 + 12 > zone.min(40),
            // "(cost: 1995 -- $743,945;" is a label's.
            CellKind::Number(n) => n.like_year && (c.x1 + 2 > zone || is_year_row(cells)) || n.nil && c.x1 + 2 > zone,
        });
        if over {
            header.body = r + 1;
            break;
        }
        // A label row far above the figures with nothing between is a title, not a section.
        if is_caption_row(cells) {
            header.body = r + 1;
            break;
        }
    }
    header.columns_from = header.body;
    let rows: Vec<Vec<Phrase<'_>>> = grid.rows[..header.body].iter().map(|row| phrases(grid.cells(row))).collect();
    for (r, row_phrases) in rows.iter().enumerate() {
        let in_zone = row_phrases.iter().filter(|p| p.x1 > zone.saturating_sub(2)).count();
        let dated = row_phrases.iter().any(|p| p.x1 > zone.saturating_sub(2) && p.is_column_date());
        if dated || (in_zone >= 2 && row_phrases.len() >= 2) {
            header.columns_from = r;
            break;
        }
    }
    for (r, row_phrases) in rows.into_iter().enumerate() {
        // Rules alone.
        if row_phrases.is_empty() {
            continue;
        }
        // "... January 1, 1995, and  January 2, 1994, and": a sentence over the columns.
        let sentence = row_phrases.iter().any(|p| p.text.ends_with(" and"));
        // As many years as columns: each its own, wherever they stand, and the words beside them are of all.
        let one_year = |p: &Phrase<'_>| p.years() == 1;
        let in_order =
            columns.bands.len() >= 2 && row_phrases.iter().filter(|p| one_year(p)).count() == columns.bands.len();
        let (stub, over): (Vec<_>, Vec<_>) = row_phrases.into_iter().partition(|p| {
            if in_order && !sentence {
                return !one_year(p);
            }
            sentence || r < header.columns_from || p.x1 <= zone.saturating_sub(2) || p.years() >= 2
        });
        for phrase in stub {
            push_words(&mut header.caption, &phrase.text);
        }
        let rule = grid
            .rows
            .get(r + 1)
            .map(|row| grid.cells(row))
            .filter(|c| c.iter().all(|c| matches!(c.kind, CellKind::Rule)));
        assign(over, rule, &columns.bands, &mut header.headings);
    }
    header.pieces = header.headings.iter().map(|h| pieces(h).0).collect();
    header.caption_pieces = pieces(&header.caption);
    header
}

/// The first row with a figure. Rows of nothing but dashes above it rule the header off.
fn first_data_row(grid: &Grid<'_>, columns: &Columns) -> usize {
    grid.rows
        .iter()
        .position(|row| {
            (row.first..row.last).any(|i| {
                columns.of_cell[i as usize].is_some()
                    && matches!(grid.cells[i as usize].kind, CellKind::Number(n) if !n.nil)
            })
        })
        .unwrap_or(grid.rows.len())
}

/// Title words: a statement's name, a scale, "unaudited".
fn is_caption_row(cells: &[Cell<'_>]) -> bool {
    let mut text = String::new();
    for cell in cells {
        push_words(&mut text, &cell.text);
    }
    text.make_ascii_lowercase();
    Phrases::of(&text).any(&[
        "statement",
        "balance sheet",
        "in thousands",
        "in millions",
        "(000",
        "000's",
        "$000",
        "000s",
        "unaudited",
        "ended",
        "dollars in",
    ]) && !text.trim_end().ends_with(':')
}

fn phrases<'g>(cells: &'g [Cell<'_>]) -> Vec<Phrase<'g>> {
    let mut found: Vec<Phrase<'g>> = Vec::new();
    for cell in cells {
        if matches!(cell.kind, CellKind::Rule) {
            continue;
        }
        match found.last_mut() {
            Some(last) if cell.gap <= 1 && cell.x0 <= last.x1 + 3 => {
                push_words(last.text.to_mut(), &cell.text);
                last.x1 = cell.x1;
            }
            _ => {
                found.push(Phrase { text: Cow::Borrowed(&cell.text), x0: cell.x0, x1: cell.x1, dated: OnceCell::new() })
            }
        }
    }
    found
}

/// Gives each column the phrase of one header row that stands over it.
fn assign(phrases: Vec<Phrase<'_>>, rule: Option<&[Cell<'_>]>, bands: &[Band], headings: &mut [String]) {
    if phrases.is_empty() || bands.is_empty() {
        return;
    }
    // A rule below a phrase shows how far it reaches.
    let reach: Vec<(u32, u32)> = phrases
        .iter()
        .map(|p| {
            let under = rule.into_iter().flatten().filter(|c| c.x0 < p.x1 && p.x0 < c.x1);
            let wide = rule.is_none_or(|r| r.len() > 1 || phrases.len() == 1);
            under.filter(|_| wide).fold((p.x0, p.x1), |(a, b), c| (a.min(c.x0), b.max(c.x1)))
        })
        .collect();
    if phrases.len() == bands.len() {
        for (heading, phrase) in headings.iter_mut().zip(&phrases) {
            push_words(heading, &phrase.text);
        }
        return;
    }
    for (k, band) in bands.iter().enumerate() {
        let distance = |&(a, b): &(u32, u32)| {
            if a < band.x1 && band.x0 < b {
                0
            } else if b <= band.x0 {
                band.x0 - b + 1
            } else {
                a - band.x1.min(a) + 1
            }
        };
        let overlap = |&(a, b): &(u32, u32)| b.min(band.x1).saturating_sub(a.max(band.x0));
        let best = (0..phrases.len()).min_by_key(|&i| (distance(&reach[i]), u32::MAX - overlap(&reach[i])));
        let Some(best) = best else { continue };
        let near = distance(&reach[best]);
        // Times and dates span columns they do not touch; other words must stand over their column.
        let spans = phrases.len() < bands.len() && phrases[best].is_column_date();
        if near <= 2 || spans {
            push_words(&mut headings[k], &phrases[best].text);
        }
    }
}

pub(crate) fn push_words(to: &mut String, words: &str) {
    if !to.is_empty() {
        to.push(' ');
    }
    to.push_str(words.trim());
}

/// True where the columns are of five years or more: no statement goes back as far, summaries do.
pub(crate) fn is_history(header: &Header) -> bool {
    let mut years: Vec<i16> = header.pieces.iter().filter_map(|p| p.year).collect();
    years.sort_unstable();
    years.dedup();
    years.len() >= 5
}

/// True where the columns are of no period: bands of time to come ("0-3 Months", "Over 5 Years"), or averages
/// with what they yield.
pub(crate) fn is_derived(header: &Header) -> bool {
    let mut bands = 0;
    let (mut averages, mut rates) = (0, 0);
    for heading in &header.headings {
        let lower = heading.to_ascii_lowercase();
        let has = |word: &str| lower.contains(word);
        let (mut average, mut rate) = (false, false);
        for word in lower.as_bytes().split(|b| !b.is_ascii_alphanumeric()) {
            average |= matches!(word, b"average" | b"avg");
            rate |= matches!(word, b"rate" | b"rates" | b"yield" | b"yields");
        }
        let unit = has("month") || has("year") || has("day");
        bands += usize::from(
            unit && (has("over ")
                || has("within ")
                || has("after ")
                || has("beyond")
                || has("0-")
                || has("1-")
                || has("7-"))
                && !has("ended"),
        );
        averages += usize::from(average && !has("share"));
        rates += usize::from(rate);
    }
    bands >= 2 || averages >= 1 && rates >= 1
}

/// True where the columns are quarters of years side by side: a summary, not a statement.
pub(crate) fn is_quarterly(header: &Header) -> bool {
    // Which of the four are named, in words, as ordinals and as "Q1".
    let mut seen = [0u8; 3];
    for heading in &header.headings {
        for word in heading.split(|c: char| !c.is_alphanumeric()) {
            if let Some((form, bit)) = FOUR.get_folded(word.as_bytes()) {
                seen[form] |= bit;
            }
        }
    }
    seen.iter().any(|four| four.count_ones() >= 3) || ends_of_quarters(header) >= 4
}

/// How many ends of quarters, three months apart, the headings name: "September 30   December 31   March 31".
fn ends_of_quarters(header: &Header) -> usize {
    let mut months: Vec<i8> = header.pieces.iter().filter_map(|p| p.day.map(|d| d.0).or(p.month)).collect();
    months.sort_unstable();
    months.dedup();
    if months.windows(2).all(|m| m[1] - m[0] == 3) { months.len() } else { 0 }
}

static FOUR: Lexicon<(usize, u8), 32> = Lexicon::new(&[
    ("first", (0, 1)),
    ("second", (0, 2)),
    ("third", (0, 4)),
    ("fourth", (0, 8)),
    ("1st", (1, 1)),
    ("2nd", (1, 2)),
    ("3rd", (1, 4)),
    ("4th", (1, 8)),
    ("q1", (2, 1)),
    ("q2", (2, 2)),
    ("q3", (2, 4)),
    ("q4", (2, 8)),
]);

/// What a column is of, by its heading and its figures.
pub(crate) fn role(heading: &str, band: &Band) -> ColumnRole {
    let lower = heading.to_ascii_lowercase();
    let says = |words: &[&str]| words.iter().any(|w| lower.contains(w));
    if band.percents * 2 > band.count || (!band.amounts && says(&["percent", "% change", "yield", "%", "rate"])) {
        return ColumnRole::Percent;
    }
    if says(&["change", "variance", "increase", "(decrease)"]) && !says(&["change in"]) {
        return ColumnRole::Change;
    }
    if says(&["note", "ref."]) && (band.count < 3 || !band.amounts && lower.split_whitespace().count() == 1) {
        return ColumnRole::Other;
    }
    ColumnRole::Period
}

/// The power of ten that words in a heading give: "(in thousands)", "(000's omitted)", "millions of dollars".
pub(crate) fn scale(text: &str) -> Option<i8> {
    // Each of the words below holds one of these, "thousand" or "million".
    let hints =
        |three: &[u8]| three == b"000" || three.eq_ignore_ascii_case(b"tho") || three.eq_ignore_ascii_case(b"ill");
    if !text.as_bytes().windows(3).any(hints) {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let at = |words: &[&str]| words.iter().filter_map(|w| lower.find(w)).min();
    let thousands = at(&["thousand", "000's", "000s", "$000", "(000)", "000 omitted", "000 's", "in 000"]);
    let millions = at(&[
        "in million",
        "millions of",
        "$ million",
        "$million",
        "(million",
        "dollars in millions",
        "(millions",
        "in\u{a0}millions",
        "millions",
    ]);
    match (thousands, millions) {
        (Some(t), Some(m)) => Some(if t < m { 3 } else { 6 }),
        (Some(_), None) => Some(3),
        (None, Some(_)) => Some(6),
        (None, None) if lower.contains("in billions") => Some(9),
        (None, None) => None,
    }
}

/// True where the header's scale does not hold for share counts: "except share and per share data".
pub(crate) fn shares_unscaled(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let Some(at) = lower.find("except") else { return false };
    let rest: String = lower[at..].chars().take(90).collect();
    let rest = rest
        .replace("per share", "")
        .replace("per common share", "")
        .replace("per-share", "")
        .replace("earnings per common share", "");
    rest.contains("share")
}
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales() {
        assert_eq!(scale("In thousands, except per share amounts"), Some(3));
        assert_eq!(scale("(000's omitted)"), Some(3));
        assert_eq!(scale("All amounts except share data in millions of dollars"), Some(6));
        assert_eq!(scale("(Unaudited)"), None);
    }

    #[test]
    fn shares_in_full() {
        assert!(shares_unscaled("(In thousands, except share and per share data)"));
        assert!(!shares_unscaled("In thousands, except per share amounts"));
        assert!(!shares_unscaled(&format!("except {}", "\u{2019}".repeat(80))));
    }
}
