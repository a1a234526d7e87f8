use super::line::{is_rule, next_tab};
use crate::grid::{Cell, CellKind};
use crate::number::{may_begin, number_at};
use std::borrow::Cow;
use tieout_source::{Span, decode};

/// Cuts one line into cells and appends them. Words that stand one blank apart are one phrase; numbers are
/// cells of their own wherever they stand, since only the columns of the whole table tell which of them are
/// figures and which belong to a label.
pub(super) fn push_cells<'a>(bytes: &'a [u8], span: Span, cells: &mut Vec<Cell<'a>>) {
    let base = span.start as usize;
    let line = bytes.get(base..span.end as usize).unwrap_or_default();
    let rule = is_rule(trim_start(line));
    let plain = line.is_ascii() && memchr::memchr(b'\t', line).is_none();
    let width = |bytes: &[u8], x: u32| if plain { bytes.len() as u32 } else { width(bytes, x) };
    let first_cell = cells.len();
    let mut x = 0u32;
    let mut at = 0;
    let mut gap = 0u32;
    while at < line.len() {
        match line[at] {
            b' ' => {
                let run = line[at..].iter().take_while(|b| **b == b' ').count();
                (x, gap, at) = (x + run as u32, gap + run as u32, at + run);
                continue;
            }
            0x0C => {
                (x, gap, at) = (x + 1, gap + 1, at + 1);
                continue;
            }
            b'\t' => {
                // A tab parts cells even where it happens to be one character wide.
                let to = next_tab(x);
                (gap, x, at) = (gap + (to - x).max(2), to, at + 1);
                continue;
            }
            b'<' if marker_len(line, at) > 0 => {
                let n = marker_len(line, at);
                (x, gap, at) = (x + n as u32, gap + n as u32, at + n);
                continue;
            }
            b'|' => {
                (x, gap, at) = (x + 1, gap + 2, at + 1);
                continue;
            }
            b'.' if leader_len(line, at) > 0 => {
                let n = leader_len(line, at);
                (x, gap, at) = (x + n as u32, gap + n as u32 + 1, at + n);
                continue;
            }
            b'$' if rule => {
                (x, gap, at) = (x + 1, gap + 1, at + 1);
                continue;
            }
            _ => {}
        }
        if !rule
            && may_begin(line[at])
            && let Some(found) = number_at(line, at)
        {
            let place = |offset: usize| x + width(&line[at..offset], x);
            cells.push(Cell {
                kind: CellKind::Number(found.number),
                text: Cow::Borrowed(""),
                span: Span::new(base + found.start, base + found.end),
                x0: place(found.start),
                x1: place(found.edge),
                gap,
            });
            x = place(found.next);
            (gap, at) = (0, found.next);
            continue;
        }
        let end = word_end(line, at);
        let columns = width(&line[at..end], x);
        let joins = gap <= 1
            && cells.len() > first_cell
            && cells.last().is_some_and(|c| matches!(c.kind, CellKind::Text) && x == c.x1 + gap);
        if joins && !rule {
            if let Some(cell) = cells.last_mut() {
                cell.span.end = (base + end) as u32;
                cell.x1 = x + columns;
            }
        } else {
            let ruled = rule || (end - at >= 6 && is_rule(&line[at..end]));
            let kind = if ruled { CellKind::Rule } else { CellKind::Text };
            let text = Cow::Borrowed("");
            cells.push(Cell { kind, text, span: Span::new(base + at, base + end), x0: x, x1: x + columns, gap });
        }
        (x, gap, at) = (x + columns, 0, end);
    }
    // Once all words have joined their phrases.
    for cell in cells.iter_mut().skip(first_cell) {
        cell.text = decode(&line[cell.span.start as usize - base..cell.span.end as usize - base]);
    }
}

fn trim_start(line: &[u8]) -> &[u8] {
    &line[line.iter().position(|b| !b.is_ascii_whitespace()).unwrap_or(line.len())..]
}

/// Characters in bytes without tabs; continuation bytes of UTF-8 take no place.
fn width(bytes: &[u8], mut x: u32) -> u32 {
    let from = x;
    let utf8 = bytes.is_ascii() || std::str::from_utf8(bytes).is_ok();
    for &byte in bytes {
        match byte {
            b'\t' => x = next_tab(x),
            0x80..=0xBF if utf8 => {}
            _ => x += 1,
        }
    }
    x - from
}

/// A word ends at white space, at a leader, and before a column marker.
fn word_end(line: &[u8], at: usize) -> usize {
    let mut end = at + 1;
    while end < line.len() {
        match line[end] {
            b' ' | b'\t' | b'|' => break,
            b'.' if line[end..].starts_with(b"...") => break,
            b'.' if line[end..].starts_with(b"..") && leader_len(line, end) > 1 => break,
            b'<' if marker_len(line, end) > 0 => break,
            _ => end += 1,
        }
    }
    end
}

/// The length of leader dots at `at`: `....`, ` . . .`; 0 where it is something else.
fn leader_len(line: &[u8], at: usize) -> usize {
    let run = line[at..].iter().take_while(|&&b| b == b'.').count();
    let digit_after = line.get(at + run).is_some_and(u8::is_ascii_digit);
    // In `.....11` the last dot is the number's.
    let run = if digit_after { run - 1 } else { run };
    match run {
        0 => 0,
        1 => {
            let alone_before = at == 0 || matches!(line[at - 1], b' ' | b'\t' | b'.');
            let alone_after = line.get(at + 1).is_none_or(|b| matches!(b, b' ' | b'\t'));
            usize::from(alone_before && alone_after)
        }
        _ => run,
    }
}

/// The length of a column marker or footnote tag at `at`: `<S>`, `<C>`, `<F1>`, `<CAPTION>`.
fn marker_len(line: &[u8], at: usize) -> usize {
    let inner = line[at + 1..].iter().take(12).position(|&b| b == b'>');
    match inner {
        Some(n) if n > 0 && line[at + 1..at + 1 + n].iter().all(|b| b.is_ascii_alphanumeric() || *b == b'/') => n + 2,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(line: &str) -> Vec<String> {
        let mut cells = Vec::new();
        push_cells(line.as_bytes(), Span::new(0, line.len()), &mut cells);
        cells.iter().map(|c| format!("{}@{}-{}", c.text, c.x0, c.x1)).collect()
    }

    #[test]
    fn phrases_and_numbers() {
        assert_eq!(
            show("Accounts receivable, net   $ 3,215     (714)"),
            ["Accounts receivable, net@0-24", "3,215@29-34", "(714)@39-43"]
        );
        assert_eq!(show("Total assets....$330,927 $315,684"), ["Total assets@0-12", "330,927@17-24", "315,684@26-33"]);
        assert_eq!(show("Net income  . . . .  $ (.11)    -"), ["Net income@0-10", "(.11)@23-27", "-@32-33"]);
        assert_eq!(show("  -----   ====="), ["-----@2-7", "=====@10-15"]);
        assert_eq!(show("March 31,\t\tDec 31,"), ["March 31,@0-9", "Dec 31,@24-31"]);
    }
}
