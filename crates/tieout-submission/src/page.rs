//! One document as lines of plain bytes, each byte with its place in the file, so that the readers of
//! covers, items and releases need not know whether they read text or HTML.

use std::borrow::Cow;
use tieout_source::{Source, Span, decode};

/// A document (or its beginning) as text.
pub(crate) struct Page<'a> {
    /// The text; for HTML without tags, entities decoded.
    pub(crate) text: Cow<'a, [u8]>,
    /// Lines without their ends and trailing white space.
    pub(crate) lines: Vec<Line>,
    places: Places,
}

/// Where a byte of the page stands in the file.
enum Places {
    /// As far on as the page begins.
    From(usize),
    /// Run by run (HTML).
    Runs(Vec<Run>),
}

/// Bytes of a page up to the next run.
pub(crate) struct Run {
    /// Where it begins in the page's text.
    pub(crate) text: u32,
    /// Where its first byte stands in the file.
    pub(crate) place: u32,
    /// All of it stands for that one place; else byte by byte for those that follow.
    pub(crate) still: bool,
}

/// A line as a range of the page's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// Words of a line that stand together, with at least two blanks (or a tab) to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Segment {
    pub(crate) line: usize,
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// First column.
    pub(crate) x0: usize,
    /// One past the last column.
    pub(crate) x1: usize,
}

impl Segment {
    /// How many columns both stand over; negative where they are apart.
    pub(crate) fn overlap(&self, other: &Segment) -> isize {
        self.x1.min(other.x1) as isize - self.x0.max(other.x0) as isize
    }
}

impl<'a> Page<'a> {
    /// A page over plain text.
    pub(crate) fn of_text(source: &Source<'a>, span: Span) -> Page<'a> {
        let text = source.slice(span);
        Page { lines: lines(text), text: Cow::Borrowed(text), places: Places::From(span.start as usize) }
    }

    /// A page over text made from HTML, `runs` giving each byte's place in the file.
    pub(crate) fn of_bytes(text: Vec<u8>, runs: Vec<Run>) -> Page<'a> {
        Page { lines: lines(&text), text: Cow::Owned(text), places: Places::Runs(runs) }
    }

    /// The bytes of a range, empty where there are none.
    pub(crate) fn get(&self, start: usize, end: usize) -> &[u8] {
        self.text.get(start..end).unwrap_or_default()
    }

    /// The bytes of a line; empty past the last.
    pub(crate) fn line(&self, index: usize) -> &[u8] {
        self.lines.get(index).map_or(&[], |l| self.get(l.start, l.end))
    }

    /// A range of the page as a span of the file.
    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        match &self.places {
            Places::From(base) => Span::new(base + start, base + end),
            Places::Runs(runs) => {
                let place = |at: usize| {
                    let run = runs.get(runs.partition_point(|r| r.text as usize <= at).checked_sub(1)?)?;
                    let on = if run.still { 0 } else { at - run.text as usize };
                    Some(run.place as usize + on).filter(|_| at < self.text.len())
                };
                let first = place(start).unwrap_or_default();
                let last = end.checked_sub(1).and_then(place).unwrap_or(first);
                Span::new(first, last.max(first) + 1)
            }
        }
    }

    /// The words of a range, white space folded.
    pub(crate) fn words(&self, start: usize, end: usize) -> String {
        fold(self.get(start, end))
    }

    /// A line cut where blanks part it.
    pub(crate) fn segments(&self, index: usize) -> Vec<Segment> {
        let Some(line) = self.lines.get(index) else {
            return Vec::new();
        };
        let mut found: Vec<Segment> = Vec::new();
        let (mut x, mut gap) = (0usize, usize::MAX);
        for (i, &byte) in self.line(index).iter().enumerate() {
            let at = line.start + i;
            match byte {
                b' ' => {
                    x += 1;
                    gap = gap.saturating_add(1);
                }
                b'\t' => {
                    x = (x / 8 + 1) * 8;
                    gap = gap.saturating_add(2);
                }
                _ => {
                    match found.last_mut() {
                        Some(last) if gap < 2 => {
                            last.end = at + 1;
                            last.x1 = x + 1;
                        }
                        _ => found.push(Segment { line: index, start: at, end: at + 1, x0: x, x1: x + 1 }),
                    }
                    // Bytes that continue a UTF-8 character take no column of their own.
                    x += usize::from(byte & 0xC0 != 0x80);
                    gap = 0;
                }
            }
        }
        found
    }

    /// The lines that have one of several words.
    pub(crate) fn mentions(&self, words: &[&[u8]]) -> Vec<usize> {
        let places = words.iter().flat_map(|word| memchr::memmem::find_iter(&self.text, word));
        let mut lines: Vec<usize> =
            places.map(|at| self.lines.partition_point(|l| l.start <= at).saturating_sub(1)).collect();
        lines.sort_unstable();
        lines.dedup();
        lines
    }

    /// True for a line without words: blank, a rule, or a page mark.
    pub(crate) fn is_gap(&self, index: usize) -> bool {
        let line = self.line(index).trim_ascii();
        line.is_empty() || is_rule(line) || is_tag_line(line)
    }
}

/// A drawn line: `-----`, `=====`, `* * *`, `- ----` (escaped).
pub(crate) fn is_rule(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    !line.is_empty() && line.iter().all(|b| matches!(b, b'-' | b'=' | b'_' | b'*' | b'#' | b'~' | b'.' | b' ' | b'\t'))
}

/// `<PAGE>   3`, `</TABLE>`, `<S>  <C>`: a line of nothing but tags and page numbers.
fn is_tag_line(line: &[u8]) -> bool {
    if line.first() != Some(&b'<') {
        return false;
    }
    let mut inside = false;
    line.iter().all(|&b| {
        match b {
            b'<' => inside = true,
            b'>' => inside = false,
            _ => return inside || b.is_ascii_whitespace() || b.is_ascii_digit(),
        }
        true
    })
}

fn lines(text: &[u8]) -> Vec<Line> {
    let mut found = Vec::new();
    let mut start = 0;
    let ends = memchr::memchr_iter(b'\n', text).chain(std::iter::once(text.len()));
    for end in ends {
        let body = text.get(start..end).unwrap_or_default();
        found.push(Line { start, end: start + body.trim_ascii_end().len() });
        start = end + 1;
    }
    found
}

/// Text with its white space folded and its tags of the text era (`<PAGE>`, `<C>`) left as they are.
pub(crate) fn fold(bytes: &[u8]) -> String {
    let text = decode(bytes);
    let mut folded = String::with_capacity(text.len());
    let mut push = |word: &str| {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    };
    // Nearly all of it is ASCII, where white space is told faster.
    match text.is_ascii() {
        true => text.split_ascii_whitespace().for_each(&mut push),
        false => text.split_whitespace().for_each(&mut push),
    }
    folded
}

/// Folded and in lower case, for comparing.
pub(crate) fn lower(bytes: &[u8]) -> String {
    let mut text = fold(bytes);
    text.make_ascii_lowercase();
    text
}

/// The first `limit` characters, cut at a word where something is cut.
pub(crate) fn shorten(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        None => text.to_string(),
        Some((at, _)) => {
            let head = text.get(..at).unwrap_or(text);
            head.rfind(' ').and_then(|space| head.get(..space)).unwrap_or(head).to_string()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str) -> Page<'_> {
        let source = Source::new("t", text.as_bytes());
        Page::of_text(&source, source.span())
    }

    #[test]
    fn segments_part_at_two_blanks() {
        let p = page("  Delaware      0-123\n");
        let found = p.segments(0);
        assert_eq!(found.len(), 2);
        assert_eq!((found[1].x0, found[1].x1), (16, 21));
        assert_eq!(p.words(found[0].start, found[0].end), "Delaware");
    }

    #[test]
    fn gaps_hold_no_words() {
        let p = page("- -----\n<PAGE>   3\nwords\n\n<S>  <C>");
        let gaps: Vec<bool> = (0..5).map(|i| p.is_gap(i)).collect();
        assert_eq!(gaps, [true, true, false, true, true]);
    }

    #[test]
    fn shortens_at_a_word() {
        assert_eq!(shorten("one two three", 9), "one two");
        assert_eq!(shorten("one", 9), "one");
    }
}
