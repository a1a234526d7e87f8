use crate::number::number_at;
use tieout_source::Span;

/// What one line of a text looks like, found in one pass without building anything: most lines of a filing
/// are prose and are looked at no further.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    /// The line without trailing white space and without a PEM dash escape.
    pub(super) span: Span,
    /// Blank characters before its first word.
    pub(super) indent: u32,
    /// Its right edge in characters.
    pub(super) right: u32,
    /// Words in it, up to 255.
    pub(super) words: u8,
    /// Its widest inner gap in characters.
    pub(super) gap: u32,
    /// One blank and nothing else stands between any two of its words.
    pub(super) even: bool,
    /// What it looks like.
    pub(super) shape: Shape,
}

/// What a line looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Nothing on it.
    Blank,
    /// Only dashes, equals signs or underscores.
    Rule,
    /// `<PAGE>`, a form feed or a page number on its own.
    Page,
    /// `<TABLE>`.
    TableStart,
    /// `</TABLE>`.
    TableEnd,
    /// Another tag on its own: `<CAPTION>`, `<S> <C>`, `<FN>`.
    Tag,
    /// It ends in numbers that stand apart as a column's do: where the first of them begins, how many they
    /// are, and whether blanks or leader dots, not just one blank, part them from the words.
    Numbers { left: u32, count: u8, apart: bool },
    /// It ends in years or dates that stand apart: a header.
    Dates { left: u32 },
    /// Words.
    Text,
}

impl Line {
    /// Reads the line at `start..end` (without its line end). `escaped`: PEM dash escapes are in force.
    pub(super) fn read(bytes: &[u8], start: usize, end: usize, escaped: bool) -> Line {
        let mut start = start;
        if escaped && bytes[start..end].starts_with(b"- ") && bytes.get(start + 2) != Some(&b' ') {
            start += 2;
        }
        let mut line = &bytes[start..end];
        while let [rest @ .., b' ' | b'\t' | b'\r' | 0x0C] = line {
            line = rest;
        }
        let mut read = Line {
            span: Span::new(start, start + line.len()),
            indent: 0,
            right: 0,
            words: 0,
            gap: 0,
            even: false,
            shape: Shape::Blank,
        };
        if line.is_empty() {
            return read;
        }
        read.measure(line);
        read.shape = shape(line, &read);
        read
    }

    /// Widths, words and gaps.
    fn measure(&mut self, line: &[u8]) {
        let (mut last, mut from) = (None, 0u32); // the last byte that is not blank, and where the block begins
        let mut after = 0u64; // the last two bytes before the block, as bits: set where they are no blanks
        for block in line.chunks(64) {
            let Some(inked) = inked(block) else {
                (self.words, self.gap) = (0, 0);
                return self.measure_with_tabs(line);
            };
            let starts = inked & !(inked << 1 | after >> 1);
            if starts != 0 && self.words == 0 {
                self.indent = from + starts.trailing_zeros();
            }
            if starts.count_ones() > u32::from(last.is_none()) {
                self.gap = self.gap.max(1);
            }
            self.words = self.words.saturating_add(starts.count_ones() as u8);
            // Most words stand one blank from the last: only wider gaps are measured.
            let mut wide = starts & !(inked << 2 | after);
            while wide != 0 {
                let at = wide.trailing_zeros();
                let before = inked & ((1u64 << at) - 1);
                let end = before.checked_ilog2().map(|bit| from + bit).or(last);
                if let Some(end) = end {
                    self.gap = self.gap.max(from + at - end - 1);
                }
                wide &= wide - 1;
            }
            last = inked.checked_ilog2().map(|bit| from + bit).or(last);
            after = inked >> 62;
            from += 64;
        }
        self.right = line.len() as u32;
        self.even = self.gap <= 1;
    }

    /// A word begins at column `x` after `blank` blanks.
    fn word(&mut self, x: u32, blank: u32) {
        if self.words == 0 {
            self.indent = x;
        } else {
            self.gap = self.gap.max(blank);
        }
        self.words = self.words.saturating_add(1);
    }

    fn measure_with_tabs(&mut self, line: &[u8]) {
        let (mut x, mut blank, mut in_word) = (0u32, 0u32, false);
        for &byte in line {
            let to = if byte == b'\t' { next_tab(x) } else { x + 1 };
            if matches!(byte, b' ' | b'\t' | 0x0C) {
                (blank, in_word) = (blank + to - x, false);
            } else if !in_word {
                self.word(x, blank);
                (blank, in_word) = (0, true);
            }
            x = to;
        }
        self.right = x;
    }

    /// It reads like a line of a paragraph: many words, no column gap. Justified text has gaps of two.
    pub(super) fn like_prose(&self) -> bool {
        self.shape == Shape::Text && self.words >= 7 && self.gap <= 3 && self.right - self.indent >= 45
    }
}

/// Which of up to 64 bytes are no blanks, the first in the lowest bit; `None` where one of them is a control
/// character. Eight bytes at a time, as one number.
fn inked(block: &[u8]) -> Option<u64> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const LOW: u64 = ONES * 0x7F;
    let (mut bits, mut control) = (0u64, 0u64);
    let mut look = |n: usize, eight: [u8; 8]| {
        let word = u64::from_le_bytes(eight);
        control |= word.wrapping_sub(ONES * 0x20) & !word;
        let other = word ^ (ONES * 0x20);
        // The top bit of each byte that is no blank, gathered into one byte.
        let top = ((other & LOW).wrapping_add(LOW) | other) >> 7 & ONES;
        bits |= (top.wrapping_mul(0x0102_0408_1020_4080) >> 56) << ((8 * n as u32) & 63);
    };
    let (whole, rest) = block.as_chunks::<8>();
    whole.iter().enumerate().for_each(|(n, eight)| look(n, *eight));
    if !rest.is_empty() {
        let mut eight = [b' '; 8];
        eight.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        look(whole.len(), eight);
    }
    (control & (ONES << 7) == 0).then_some(bits)
}

/// Tab stops stand every eight characters.
pub(super) fn next_tab(x: u32) -> u32 {
    (x / 8 + 1) * 8
}

fn shape(line: &[u8], read: &Line) -> Shape {
    let text = &line[line.iter().position(|b| !b.is_ascii_whitespace() && *b != 0x0C).unwrap_or(0)..];
    if text[0] == b'<'
        && let Some(shape) = tag(text)
    {
        return shape;
    }
    if line[0] == 0x0C && text.len() <= 4 {
        return Shape::Page;
    }
    if is_rule(text) {
        return Shape::Rule;
    }
    // "Page 19 of 118"
    if read.words <= 5
        && text.len() > 5
        && text[..5].eq_ignore_ascii_case(b"page ")
        && text[5..].iter().any(u8::is_ascii_digit)
    {
        return Shape::Page;
    }
    trailing(line, read)
}

fn tag(text: &[u8]) -> Option<Shape> {
    let name_end =
        text[1..].iter().position(|b| !b.is_ascii_alphanumeric() && *b != b'/').map_or(text.len(), |i| i + 1);
    let name = &text[1..name_end];
    let is = |word: &[u8]| name.eq_ignore_ascii_case(word);
    if is(b"PAGE") {
        return Some(Shape::Page);
    }
    if is(b"TABLE") {
        return Some(Shape::TableStart);
    }
    if is(b"/TABLE") {
        return Some(Shape::TableEnd);
    }
    // A line of markers only; `<F1>text` and `<S> label` keep their words.
    let only_tags = text.split(|b| b.is_ascii_whitespace()).filter(|w| !w.is_empty()).all(|w| {
        w[0] == b'<' && w.iter().position(|&b| b == b'>').is_none_or(|i| i + 1 == w.len() || w[i + 1] == b'<')
    });
    (only_tags && name.len() <= 12).then_some(Shape::Tag)
}

/// Only rule characters, at least three of them in a row somewhere. A few columns of `--` are nil marks.
pub(super) fn is_rule(text: &[u8]) -> bool {
    let mut run = 0;
    let mut longest = 0;
    for &byte in text {
        match byte {
            b'-' | b'=' | b'_' | b'~' => run += 1,
            b' ' | b'\t' | b'|' | b'+' | b'$' | b'*' => run = 0,
            _ => return false,
        }
        longest = longest.max(run);
    }
    longest >= 3 || (longest == 2 && text.iter().filter(|b| **b == b'=').count() >= 2)
}

/// What the line ends in. Reads words from the right for as long as they are numbers, years, dates or lone
/// signs, and asks whether they stand apart from the words before them.
fn trailing(line: &[u8], read: &Line) -> Shape {
    // No number, date or sign ends so: most lines of prose do.
    if matches!(line.last(), Some(b'a'..=b'z' | b'A'..=b'Z' | b',' | b';' | b':')) {
        return Shape::Text;
    }
    let mut end = line.len();
    let mut numbers = 0u8;
    let mut dates = 0u8;
    let mut first = end;
    let mut widest = 0;
    let mut strong = false;
    let mut gap_before = 0;
    while end > 0 {
        let begin = line[..end].iter().rposition(|b| matches!(b, b' ' | b'\t')).map_or(0, |i| i + 1);
        let word = &line[begin..end];
        let content = strip_leader(word);
        match Word::of(content) {
            Word::Number => {
                numbers = numbers.saturating_add(1);
                strong |= content.len() > 3 || content.iter().any(|b| matches!(b, b'$' | b',' | b'.'));
            }
            Word::Date => dates = dates.saturating_add(1),
            Word::Sign => {}
            Word::Other => break,
        }
        first = begin + (word.len() - content.len());
        let blank = line[..begin].iter().rposition(|b| !matches!(b, b' ' | b'\t')).map_or(0, |i| i + 1);
        let tab = line[blank..begin].contains(&b'\t');
        gap_before = if tab { 4 } else { begin - blank };
        if word.len() > content.len() {
            gap_before = 4;
        }
        widest = widest.max(gap_before);
        end = if word.len() > content.len() { begin } else { blank };
        if word.len() > content.len() {
            break;
        }
    }
    if numbers + dates == 0 {
        return Shape::Text;
    }
    let left = column_of(line, first);
    if numbers == 0 {
        // A year that ends a justified sentence stands two blanks away at most and once.
        let apart = widest >= 3 || dates >= 2 || (read.words == 1);
        return if apart { Shape::Dates { left } } else { Shape::Text };
    }
    if read.words == 3 && is_page_number(line) {
        return Shape::Page;
    }
    let apart =
        gap_before >= 3 || (numbers >= 2 && (widest >= 2 || strong)) || (gap_before == 2 && strong && read.words <= 10);
    // A number that ends a line of justified prose: no wide gap anywhere, and many words.
    let prose = read.words >= 8 && read.gap <= 3 && usize::from(numbers) <= 1 && gap_before <= 2;
    if apart && !prose { Shape::Numbers { left, count: numbers + dates, apart: gap_before >= 2 } } else { Shape::Text }
}

enum Word {
    Number,
    Date,
    Sign,
    Other,
}

impl Word {
    fn of(word: &[u8]) -> Word {
        match word {
            [] => return Word::Sign,
            b"$" | b"(" | b")" | b"%" | b"[" | b"]" | b"*" | b"($" | b"$(" | b"-$" | b")%" => return Word::Sign,
            b"-" | b"--" | b"---" | b"----" | b"-----" => return Word::Number,
            _ => {}
        }
        if let Some(found) = number_at(word, 0)
            && found.next == word.len()
        {
            return if found.number.like_year { Word::Date } else { Word::Number };
        }
        // What a detached parenthesis or currency sign leaves behind: `293,000)`, `5)%`.
        let bare = word.strip_suffix(b"%").unwrap_or(word);
        let bare = bare.strip_suffix(b")").or(bare.strip_suffix(b"]")).unwrap_or(bare);
        if bare.len() < word.len() && number_at(bare, 0).is_some_and(|f| f.next == bare.len()) {
            return Word::Number;
        }
        // `5/8` behind `18 ` is a part of a price.
        if matches!(word, [b'1'..=b'9', b'/', b'2' | b'4' | b'8'] | [_, b'/', b'1', b'6'] | [b'1', _, b'/', b'1', b'6'])
            && word[0].is_ascii_digit()
        {
            return Word::Sign;
        }
        if is_numeric_date(word) { Word::Date } else { Word::Other }
    }
}

/// `3/31/03`, `12-31-95`, `1995*`.
fn is_numeric_date(word: &[u8]) -> bool {
    let mut parts = word.split(|b| matches!(b, b'/' | b'-'));
    let ok = |part: Option<&[u8]>, low: usize, high: usize| {
        part.is_some_and(|p| (low..=high).contains(&p.len()) && p.iter().all(u8::is_ascii_digit))
    };
    ok(parts.next(), 1, 2) && ok(parts.next(), 1, 2) && ok(parts.next(), 2, 4) && parts.next().is_none()
}

/// A word without the leader dots that run into it.
fn strip_leader(word: &[u8]) -> &[u8] {
    let dots = word.iter().rposition(|&b| b == b'.').unwrap_or(0);
    // `....$330,927` but not `.11` and not `1.5`.
    if word.len() >= 3 && word.starts_with(b"..") {
        let from = word.iter().position(|&b| b != b'.').unwrap_or(word.len());
        // The last dot may belong to the number: `.....11`.
        return &word[from..];
    }
    if dots >= 2 && word[..=dots].ends_with(b"..") {
        return &word[dots + 1..];
    }
    word
}

/// A page number alone on its line: `23`, `- 23 -`. Without the dashes it may as well be a total without a
/// label: its neighbours tell.
pub(super) fn is_page_number(line: &[u8]) -> bool {
    let digits = line.iter().filter(|b| b.is_ascii_digit()).count();
    let other = line.iter().filter(|b| !b.is_ascii_digit() && !matches!(b, b' ' | b'-' | b'\t')).count();
    (1..=3).contains(&digits) && other == 0
}

/// The character column of a byte offset in a line.
pub(super) fn column_of(line: &[u8], offset: usize) -> u32 {
    let before = &line[..offset.min(line.len())];
    if memchr::memchr(b'\t', before).is_none() {
        return before.len() as u32;
    }
    before.iter().fold(0, |x, &b| if b == b'\t' { next_tab(x) } else { x + 1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape_of(text: &str) -> Shape {
        Line::read(text.as_bytes(), 0, text.len(), false).shape
    }

    #[test]
    fn shapes() {
        assert_eq!(shape_of("   "), Shape::Blank);
        assert_eq!(shape_of("  -----   ====="), Shape::Rule);
        assert_eq!(shape_of("<TABLE>"), Shape::TableStart);
        assert_eq!(shape_of("<S>      <C>     <C>"), Shape::Tag);
        assert_eq!(shape_of("   - 23 -"), Shape::Page);
        assert_eq!(shape_of("          Page 19 of 118"), Shape::Page);
        assert_eq!(
            shape_of("Cash             $ 7,690       $ 7,612"),
            Shape::Numbers { left: 17, count: 2, apart: true }
        );
        assert_eq!(
            shape_of("Other assets          -             -"),
            Shape::Numbers { left: 22, count: 2, apart: true }
        );
        assert_eq!(shape_of("Total............$330,927 $315,684"), Shape::Numbers { left: 17, count: 2, apart: true });
        assert_eq!(
            shape_of("Costs    $3,272,447 $2,607,474  $2,344,560"),
            Shape::Numbers { left: 9, count: 3, apart: true }
        );
        assert_eq!(
            shape_of("Net loss     $   9,685    ($  3,320)"),
            Shape::Numbers { left: 13, count: 2, apart: true }
        );
        assert!(matches!(shape_of("First quarter    18 5/8     15 1/4"), Shape::Numbers { .. }));
        assert!(matches!(shape_of("                 1995        1994"), Shape::Dates { .. }));
        assert!(matches!(shape_of("               3/31/03         3/31/02"), Shape::Dates { .. }));
        assert_eq!(shape_of("     financial  results for the  first quarter  ended March 31,  2003"), Shape::Text);
        assert_eq!(shape_of("ended. The balance at the end of the third quarter came to  $7.7"), Shape::Text);
    }

    /// Blocks of 64 bytes give what one byte after the other gives, wherever words and gaps fall in them.
    #[test]
    fn measured_in_blocks_as_byte_by_byte() {
        for gap in [1, 2, 5, 70, 140] {
            for word in [1, 2, 3, 61, 63, 64, 65, 130] {
                let text = format!("{}{}{}b c", " ".repeat(gap - 1), "a".repeat(word), " ".repeat(gap));
                let (mut blocks, mut bytes) = (Line::read(b"", 0, 0, false), Line::read(b"", 0, 0, false));
                blocks.measure(text.as_bytes());
                bytes.measure_with_tabs(text.as_bytes());
                let all = |l: &Line| (l.indent, l.right, l.words, l.gap);
                assert_eq!(all(&blocks), all(&bytes), "gap {gap}, word {word}");
            }
        }
    }

    #[test]
    fn a_dash_escape_is_not_part_of_the_line() {
        let line = Line::read(b"- ----", 0, 6, true);
        assert_eq!((line.shape, line.span), (Shape::Rule, Span::new(2, 6)));
    }
}
