//! Pages whose words are set by coordinates (`position:absolute`): lines by their tops, columns by their
//! left edges and the widths of their words.

use super::ink::Ink;
use super::sheet::Sheet;
use std::ops::Range;

/// Words at a place of a page, or a rule. Lengths are in hundredths of a point.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) left: i32,
    pub(super) top: i32,
    /// Font size.
    pub(super) size: i32,
    /// Its words in the ink; none for a rule.
    pub(super) words: Range<usize>,
    /// How long a rule is.
    pub(super) rule: i32,
}

/// Tops that differ by less are one line: superscripts and fonts of two sizes.
const LINE: i32 = 350;

/// Width of a character of the sheet.
const CHARACTER: i32 = 400;

/// The page as lines of characters.
pub(super) fn sheet(mut pieces: Vec<Piece>, ink: &Ink<'_>) -> Sheet {
    let mut sheet = Sheet::default();
    pieces.sort_by_key(|p| (p.top, p.left));
    let mut from = 0;
    let mut last: Option<i32> = None;
    while let Some(first) = pieces.get(from) {
        let (top, rule) = (first.top, first.rule > 0);
        let same = |p: &&Piece| p.top - top < if rule { 100 } else { LINE } && (p.rule > 0) == rule;
        let count = pieces.get(from..).unwrap_or_default().iter().take_while(same).count();
        let mut line: Vec<Piece> = pieces.get(from..from + count).unwrap_or_default().to_vec();
        line.sort_by_key(|p| p.left);
        if last.is_some_and(|l| top - l > first.size.max(800) * 8 / 5) && !rule {
            sheet.fill('\n', 1);
        }
        write(&line, ink, &mut sheet);
        sheet.fill('\n', 1);
        if !rule {
            last = Some(top);
        }
        from += count;
    }
    sheet
}

fn write(line: &[Piece], ink: &Ink<'_>, sheet: &mut Sheet) {
    let mut at = 0; // characters written
    let mut end: Option<i32> = None; // where the last words end, in points
    for piece in line {
        let place = |x: i32| (x.max(0) / CHARACTER) as usize;
        if piece.rule > 0 {
            let (from, to) = (place(piece.left).max(at + usize::from(at > 0)), place(piece.left + piece.rule));
            if to > from {
                sheet.fill(' ', from - at);
                sheet.fill('-', to - from);
                at = to;
            }
            continue;
        }
        let words = ink.words(piece.words.clone());
        let count = words.chars().count();
        let right = piece.left + width(words, piece.size);
        let figures = words.bytes().any(|b| b.is_ascii_digit()) && !words.bytes().any(|b| b.is_ascii_alphabetic());
        let goes_on = end.is_some_and(|e| piece.left - e < piece.size / 3);
        let want = match figures {
            // Figures align on their last digit.
            true => place(right - closing(words, piece.size)).saturating_sub(count - closing_count(words)),
            false => place(piece.left),
        };
        let from = if goes_on { at + 1 } else { want.max(at + if at > 0 { 2 } else { 0 }) };
        sheet.fill(' ', from.min(2000) - at.min(from).min(2000));
        for range in ink.runs(piece.words.clone()) {
            sheet.push(ink.words(range.0), range.1);
        }
        at = from.min(2000) + count;
        end = Some(right);
    }
}

/// The width of words in a font like Times.
fn width(words: &str, size: i32) -> i32 {
    let thousandths: i32 = words.chars().take(500).map(character).sum();
    thousandths.saturating_mul(size / 10) / 100
}

fn character(c: char) -> i32 {
    match c {
        '0'..='9' | '$' => 500,
        ',' | '.' | ' ' | ';' | ':' | '\'' | '|' | '/' => 260,
        '(' | ')' | '-' | '[' | ']' => 333,
        'i' | 'l' | 'j' | 't' | 'f' | 'I' => 300,
        'm' | 'w' | 'M' | 'W' | '%' => 800,
        'A'..='Z' => 680,
        '\u{2014}' => 1000,
        _ => 450,
    }
}

/// The width of what stands after the last digit.
fn closing(words: &str, size: i32) -> i32 {
    words.get(last_digit(words)..).map_or(0, |tail| width(tail, size))
}

fn closing_count(words: &str) -> usize {
    words.get(last_digit(words)..).map_or(0, |tail| tail.chars().count())
}

fn last_digit(words: &str) -> usize {
    words.bytes().rposition(|b| b.is_ascii_digit()).map_or(words.len(), |i| i + 1)
}
