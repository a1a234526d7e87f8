//! Plain text as tables and prose. Tags (`<TABLE>`, `<S>`, `<C>`) are hints: one in ten filings of the
//! 1990s has none around its statements, and some wrap whole pages in one. What makes a table is lines that
//! end in numbers standing apart.

mod cells;
mod line;

use crate::grid::{Grid, Row};
use crate::{Block, Paragraph, ParagraphKind};
use cells::push_cells;
use line::{Line, Shape, is_page_number};
use tieout_source::{Source, Span};

/// Reads the body of a text document, one block at a time: a table's cells need not outlive its reading.
///
/// `dash_escaped`: lines that begin with a dash were written `- -...` by the PEM wrapper (STANDARDS 1.1).
pub fn blocks<'a>(source: &Source<'a>, body: Span, dash_escaped: bool) -> impl Iterator<Item = Block<'a>> + use<'a> {
    let bytes = source.bytes.get(..body.end as usize).unwrap_or(source.bytes);
    let lines = lines(bytes, body.start as usize, dash_escaped);
    let mut tables = tables(&lines, bytes).into_iter();
    let table = tables.next();
    Blocks { bytes, lines, table, tables, at: 0, lead: String::new(), follows: false }
}

/// Where the reading of a text stands.
struct Blocks<'a> {
    bytes: &'a [u8],
    lines: Vec<Line>,
    /// The next table, and those after it.
    table: Option<std::ops::Range<usize>>,
    tables: std::vec::IntoIter<std::ops::Range<usize>>,
    /// The first line not yet read.
    at: usize,
    /// The last words of the paragraph right above.
    lead: String,
    /// A table stands before, and nothing but page furniture behind it.
    follows: bool,
}

impl<'a> Iterator for Blocks<'a> {
    type Item = Block<'a>;

    fn next(&mut self) -> Option<Block<'a>> {
        let end = self.table.as_ref().map_or(self.lines.len(), |table| table.start);
        let above = self.lines.get(..end).unwrap_or_default();
        if let Some(lines) = next_paragraph(self.bytes, above, self.at) {
            let paragraph = paragraph(self.bytes, above.get(lines.clone()).unwrap_or_default());
            self.at = lines.end;
            self.lead.clear();
            self.lead.push_str(last_words(&paragraph.text));
            self.follows &= is_furniture(&paragraph.text);
            return Some(Block::Prose(paragraph));
        }
        let table = std::mem::replace(&mut self.table, self.tables.next())?;
        self.at = table.end;
        let lines = self.lines.get(table).unwrap_or_default();
        let grid = grid(self.bytes, lines, std::mem::take(&mut self.lead), self.follows);
        self.follows = true;
        Some(Block::Grid(grid))
    }
}

/// The words right above a table that comes next: the last of the paragraph there.
pub(crate) fn lead(blocks: &[Block<'_>]) -> String {
    let Some(Block::Prose(p)) = blocks.last() else { return String::new() };
    last_words(&p.text).to_string()
}

fn last_words(text: &str) -> &str {
    const LONGEST: usize = 300;
    let start = text.len().saturating_sub(LONGEST);
    let start = (start..text.len()).find(|&i| text.is_char_boundary(i)).unwrap_or(text.len());
    text.get(start..).unwrap_or_default().trim_start()
}

/// True where nothing but page furniture stands between two tables.
pub(crate) fn only_furniture(between: &[Block<'_>]) -> bool {
    between.iter().all(|b| matches!(b, Block::Prose(p) if is_furniture(&p.text)))
}

/// What stands between two pages of one table: a company's name, a page's number, "see accompanying notes".
fn is_furniture(text: &str) -> bool {
    text.len() < 60
        || (text.len() < 200 && (text.contains("notes") || text.contains("Notes") || text.contains("NOTES")))
}

fn lines(bytes: &[u8], from: usize, escaped: bool) -> Vec<Line> {
    let mut lines = Vec::with_capacity((bytes.len() - from.min(bytes.len())) / 48);
    let mut start = from.min(bytes.len());
    for end in memchr::memchr_iter(b'\n', &bytes[start..]).map(|i| i + from) {
        lines.push(Line::read(bytes, start, end, escaped));
        start = end + 1;
    }
    if start < bytes.len() {
        lines.push(Line::read(bytes, start, bytes.len(), escaped));
    }
    mark_page_numbers(&mut lines, bytes);
    lines
}

/// A small bare number alone on its line is the page's when blank lines or a page break surround it.
fn mark_page_numbers(lines: &mut [Line], bytes: &[u8]) {
    for i in 0..lines.len() {
        let line = lines[i];
        if line.words > 1 || !matches!(line.shape, Shape::Numbers { count: 1, .. }) {
            continue;
        }
        let apart = |l: Option<&Line>| {
            l.is_none_or(|l| matches!(l.shape, Shape::Blank | Shape::Page | Shape::TableStart | Shape::TableEnd))
        };
        let text = &bytes[line.span.start as usize..line.span.end as usize];
        let before = i.checked_sub(1).and_then(|j| lines.get(j));
        let after_page = before.is_some_and(|l| l.shape == Shape::Page);
        if is_page_number(text) && (after_page || apart(lines.get(i + 1)) && apart(before)) {
            lines[i].shape = Shape::Page;
        }
    }
}

/// Line ranges of tables, header lines included.
fn tables(lines: &[Line], bytes: &[u8]) -> Vec<std::ops::Range<usize>> {
    let inside = inside_tags(lines);
    let mut found: Vec<std::ops::Range<usize>> = Vec::new();
    let mut floor = 0; // no table may reach above this line
    let mut at = 0;
    while at < lines.len() {
        if !matches!(lines[at].shape, Shape::Numbers { .. }) {
            at += 1;
            continue;
        }
        let end = table_end(lines, at, bytes, &inside);
        // One line that ends in a number is an address or a list, not a table.
        if lines[at..end].iter().filter(|l| matches!(l.shape, Shape::Numbers { .. })).count() < 2 {
            at = end.max(at + 1);
            continue;
        }
        let start = header_start(lines, at, floor, bytes, &inside);
        found.push(start..end);
        floor = end;
        at = end;
    }
    found
}

/// The most lines a header takes, blank ones included.
const HEADER_LINES: usize = 40;

/// The first line of the header over the data line `at`: up to a paragraph, a page or table boundary with a
/// title above it, or `floor`.
fn header_start(lines: &[Line], at: usize, floor: usize, bytes: &[u8], inside: &[bool]) -> usize {
    let mut start = at;
    let mut blanks = 0;
    let mut tables_seen = 0;
    let mut i = at;
    while i > floor && at - i < HEADER_LINES {
        let line = &lines[i - 1];
        match line.shape {
            Shape::Blank => {
                blanks += 1;
                if blanks > 6 {
                    break;
                }
                i -= 1;
                continue;
            }
            Shape::Page => {
                // The page's own furniture may stand below the break, the title never above it; but it may
                // stand on the break's line: "<PAGE>Balance Sheets".
                if has_words_behind_tag(line, bytes) {
                    start = i - 1;
                }
                break;
            }
            Shape::TableStart => {
                tables_seen += 1;
                if tables_seen > 1 {
                    break;
                }
            }
            Shape::TableEnd => break,
            Shape::Rule | Shape::Tag | Shape::Dates { .. } | Shape::Numbers { .. } => {}
            Shape::Text => {
                if in_paragraph(lines, i - 1, bytes) && !(inside[i - 1] && is_short_run(lines, i - 1)) {
                    break;
                }
            }
        }
        blanks = 0;
        i -= 1;
        start = i;
    }
    start
}

/// For each line, whether it stands between `<TABLE>` and `</TABLE>`.
fn inside_tags(lines: &[Line]) -> Vec<bool> {
    let mut open = false;
    let step = |line: &Line| {
        match line.shape {
            Shape::TableStart => open = true,
            Shape::TableEnd => open = false,
            _ => {}
        }
        open
    };
    lines.iter().map(step).collect()
}

/// Up to three lines that read like prose one after another: in a tagged table a long caption, not a
/// paragraph.
fn is_short_run(lines: &[Line], at: usize) -> bool {
    let prose = |l: &&Line| l.like_prose();
    let before = lines[..at].iter().rev().take(4).take_while(prose).count();
    before + lines[at..].iter().take(4).take_while(prose).count() <= 3
}

/// A line of a paragraph: it reads like prose and so does a neighbour, or it ends a sentence.
fn in_paragraph(lines: &[Line], at: usize, bytes: &[u8]) -> bool {
    let line = &lines[at];
    if !line.like_prose() || !has_lower(line, bytes) {
        // The short last line of a paragraph.
        let above = at.checked_sub(1).and_then(|i| lines.get(i));
        return line.shape == Shape::Text
            && line.gap <= 3
            && ends_sentence(line, bytes)
            && above.is_some_and(|l| l.like_prose() && has_lower(l, bytes));
    }
    let neighbour = |i: Option<usize>| {
        i.and_then(|i| lines.get(i)).is_some_and(|l| {
            l.shape == Shape::Text
                && l.gap <= 3
                && has_lower(l, bytes)
                && (l.like_prose() || l.words >= 1 && ends_sentence(l, bytes))
        })
    };
    ends_sentence(line, bytes) || neighbour(at.checked_sub(1)) || neighbour(Some(at + 1))
}

fn has_lower(line: &Line, bytes: &[u8]) -> bool {
    let text = &bytes[line.span.start as usize..line.span.end as usize];
    let lower = text.iter().filter(|b| b.is_ascii_lowercase()).count();
    lower * 2 > text.iter().filter(|b| b.is_ascii_alphabetic()).count()
}

fn ends_sentence(line: &Line, bytes: &[u8]) -> bool {
    matches!(bytes.get((line.span.end as usize).wrapping_sub(1)), Some(b'.' | b':' | b';'))
}

/// One past the last line of the table whose first data line is `at`.
fn table_end(lines: &[Line], at: usize, bytes: &[u8], inside: &[bool]) -> usize {
    let mut end = at + 1; // one past the last line known to belong
    let mut left = data_left(&lines[at]).unwrap_or(0);
    let mut i = at + 1;
    while i < lines.len() {
        match lines[i].shape {
            Shape::Numbers { left: l, apart, .. } => {
                // A number one blank from its label is the label's own as often as not: it does not say where
                // the figures begin.
                if l >= 20 && apart {
                    left = left.min(l).max(20);
                }
                end = i + 1;
                i += 1;
            }
            Shape::Rule => {
                end = i + 1;
                i += 1;
            }
            Shape::TableEnd => return i + 1,
            Shape::Page | Shape::TableStart => return end,
            Shape::Dates { .. } => return header_top(lines, i, end),
            Shape::Blank | Shape::Tag => i += 1,
            Shape::Text => {
                if ends_table(lines, i, left, bytes) && !(inside[i] && is_short_run(lines, i)) {
                    return end;
                }
                if is_header_line(lines, i, left) && says_how_long(&lines[i], bytes) {
                    return header_top(lines, i, end);
                }
                if is_header_line(lines, i, left) {
                    // Words over the columns: a second header, unless only labels follow.
                    if let Some(top) = second_header(lines, i, end, left) {
                        return top;
                    }
                }
                if i - end > HEADER_LINES {
                    return end;
                }
                i += 1;
            }
        }
    }
    end
}

fn data_left(line: &Line) -> Option<u32> {
    match line.shape {
        Shape::Numbers { left, .. } | Shape::Dates { left } => Some(left),
        _ => None,
    }
}

/// Prose that ends a table: a line of a paragraph that reaches past where the figures begin.
fn ends_table(lines: &[Line], at: usize, left: u32, bytes: &[u8]) -> bool {
    let line = &lines[at];
    line.right > left + 4 && line.right >= 50 && in_paragraph(lines, at, bytes)
}

/// Words that stand over the columns, not in the label column.
fn is_header_line(lines: &[Line], at: usize, left: u32) -> bool {
    let line = &lines[at];
    line.indent + 4 >= left || (line.right > left + 6 && (line.gap >= 3 || line.indent >= 10))
}

/// "39 Weeks Ended", "Six Months Ended": the figures below are of another period.
fn says_how_long(line: &Line, bytes: &[u8]) -> bool {
    let text = &bytes[line.span.start as usize..line.span.end as usize];
    let lower = text.to_ascii_lowercase();
    let has = |word: &[u8]| memchr::memmem::find(&lower, word).is_some();
    line.words <= 12 && (has(b"months ended") || has(b"weeks ended") || has(b"quarter ended") || has(b"months ending"))
}

/// A header in mid-table begins a new table at its first line, if data with figures follows it soon and
/// something in between (a date line, another header line) shows it to be one.
fn second_header(lines: &[Line], at: usize, end: usize, left: u32) -> Option<usize> {
    let mut header_lines = 0;
    for (n, line) in lines[at..].iter().enumerate().take(14) {
        match line.shape {
            Shape::Numbers { .. } => return (header_lines >= 2).then(|| header_top(lines, at, end)),
            Shape::Dates { .. } => return Some(header_top(lines, at, end)),
            Shape::Page | Shape::TableStart | Shape::TableEnd => return None,
            Shape::Text if is_header_line(lines, at + n, left) => header_lines += 1,
            _ => {}
        }
    }
    None
}

/// The first line of a header block that holds line `at`, not above `end`.
fn header_top(lines: &[Line], at: usize, end: usize) -> usize {
    let mut top = at;
    let mut i = at;
    while i > end {
        match lines[i - 1].shape {
            Shape::Text | Shape::Tag | Shape::Rule | Shape::Dates { .. } => top = i - 1,
            Shape::Blank => {}
            _ => break,
        }
        i -= 1;
    }
    top
}

fn grid<'a>(bytes: &'a [u8], lines: &[Line], lead: String, follows: bool) -> Grid<'a> {
    let mut grid = Grid { lead, follows, ..Default::default() };
    let mut blanks = 0u16;
    let mut span: Option<Span> = None;
    for line in lines {
        match line.shape {
            Shape::Page | Shape::TableStart if has_words_behind_tag(line, bytes) => {}
            Shape::Blank | Shape::Page | Shape::Tag | Shape::TableStart | Shape::TableEnd => {
                if line.shape == Shape::Blank {
                    blanks = blanks.saturating_add(1);
                }
                continue;
            }
            Shape::Rule | Shape::Numbers { .. } | Shape::Dates { .. } | Shape::Text => {}
        }
        let first = grid.cells.len() as u32;
        push_cells(bytes, line.span, &mut grid.cells);
        grid.rows.push(Row { first, last: grid.cells.len() as u32, span: line.span, blanks });
        span = Some(span.map_or(line.span, |s| s.join(line.span)));
        blanks = 0;
    }
    grid.span = span.unwrap_or_default();
    grid
}

/// `<PAGE>` or `<TABLE>` with a title on its line.
fn has_words_behind_tag(line: &Line, bytes: &[u8]) -> bool {
    let text = &bytes[line.span.start as usize..line.span.end as usize];
    let tag = text.iter().position(|&b| b == b'>').map_or(0, |i| i + 1);
    text.first() == Some(&b'<') && text[tag..].iter().filter(|b| b.is_ascii_alphabetic()).count() >= 8
}

/// The lines of the next paragraph at or after line `at`: paragraphs are parted by blank lines, rules, tags and
/// indented beginnings.
fn next_paragraph(bytes: &[u8], lines: &[Line], at: usize) -> Option<std::ops::Range<usize>> {
    let text = |line: &Line| &bytes[line.span.start as usize..line.span.end as usize];
    let worded = |line: &Line| matches!(line.shape, Shape::Text | Shape::Dates { .. } | Shape::Numbers { .. });
    let start = at + lines.get(at..)?.iter().position(worded)?;
    // An indented line after one that is less so begins a paragraph; so does a bullet.
    let goes_on = |pair: &&[Line]| {
        let [last, line] = pair else { return false };
        worded(line) && !(line.indent >= last.indent + 3 && line.like_prose()) && !is_bullet(text(line))
    };
    Some(start..start + 1 + lines.get(start..)?.windows(2).take_while(goes_on).count())
}

/// Lines of words as one paragraph.
fn paragraph(bytes: &[u8], lines: &[Line]) -> Paragraph {
    let text = |line: &Line| &bytes[line.span.start as usize..line.span.end as usize];
    let bullet = lines.first().is_some_and(|line| is_bullet(text(line)));
    let kind = if bullet { ParagraphKind::Bullet } else { ParagraphKind::Body };
    let room = lines.iter().map(|line| line.span.len() + 1).sum();
    let mut paragraph = Paragraph::with_room(kind, room, lines.len());
    for line in lines {
        let start = line.span.start as usize;
        if line.even {
            paragraph.push_even(text(line), line.indent as usize, start);
        } else {
            paragraph.push(text(line), start);
        }
    }
    paragraph.settle();
    paragraph
}

fn is_bullet(text: &[u8]) -> bool {
    let text = &text[text.iter().position(|b| !b.is_ascii_whitespace()).unwrap_or(text.len())..];
    matches!(text, [b'*' | b'-' | b'o' | 0x95 | 0xB7, b' ', ..] | [0xE2, 0x80, 0xA2, ..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> Vec<String> {
        let source = Source::new("t", text.as_bytes());
        blocks(&source, source.span(), false)
            .map(|b| match b {
                Block::Prose(p) => format!("P {}", p.text),
                Block::Grid(g) => {
                    format!("G {} rows, first {:?}", g.rows.len(), g.cells.first().map(|c| c.text.to_string()))
                }
            })
            .collect()
    }

    #[test]
    fn a_table_between_paragraphs() {
        let text = "\
Sales came to much more this year than they did in the year before that,
and the same goes for all that we earned on them in the quarter.

                 Balance Sheet
                                 1995     1994
  Cash                          $ 120    $ 110
  Other                            30       20
                                -----    -----
    Total assets                $ 150    $ 130
                                =====    =====

These are the figures which the company has drawn up for the two years that
ended with the last day of December.
";
        let got = show(text);
        assert_eq!(got.len(), 3, "{got:#?}");
        assert_eq!(got[1], "G 7 rows, first Some(\"Balance Sheet\")");
    }

    #[test]
    fn two_statements_on_one_page_are_two_tables() {
        let text = "\
                 ACME
            Balance Sheets
                           March 31,    Dec 31,
                             2003        2002
   Assets
       Cash                  $ 120       $ 110
   Total assets              $ 120       $ 110

                 ACME
        Statements of Operations
                          Three Months Ending
                          3/31/03     3/31/02
   Net sales               $  75       $  89
";
        let got = show(text);
        assert_eq!(got.len(), 2, "{got:#?}");
    }

    #[test]
    fn every_span_shows_its_text() {
        let text = "  Cash    $ 1,200   (34)\n  Other      --     5.5%\n";
        let source = Source::new("t", text.as_bytes());
        for block in blocks(&source, source.span(), false) {
            let Block::Grid(grid) = block else { continue };
            for cell in &grid.cells {
                assert_eq!(cell.text.as_bytes(), source.slice(cell.span));
            }
        }
    }
}
