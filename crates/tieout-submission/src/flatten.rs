//! HTML as lines of text, for the readers of covers and releases. Not a browser: it keeps words, line
//! breaks and the order of cells, and forgets the rest. Statement tables are read elsewhere.

use crate::page::{Page, Run};
use tieout_source::{Lexicon, Source, Span};

/// How far apart table cells are set; captions and values of one column then stand over each other.
const CELL: usize = 24;

/// Cells past this grid column are set side by side: a bound on what padding can cost.
const COLUMNS: usize = 16;

/// A cell longer than this holds paragraphs, so breaks inside it are kept.
const LONG_CELL: usize = 200;

struct Out {
    text: Vec<u8>,
    runs: Vec<Run>,
    line: usize,
}

impl Out {
    /// What one place of the file stands for.
    fn push(&mut self, bytes: &[u8], at: usize) {
        self.place(at, bytes.len() > 1);
        self.text.extend_from_slice(bytes);
    }

    /// Bytes that stand side by side in the file, from `at` on.
    fn push_run(&mut self, bytes: &[u8], at: usize) {
        self.place(at, false);
        self.text.extend_from_slice(bytes);
    }

    /// Blanks up to a column.
    fn pad(&mut self, column: usize, at: usize) {
        if self.column() < column {
            self.place(at, true);
            self.text.resize(self.line + column, b' ');
        }
    }

    /// What comes next stands at `at`.
    fn place(&mut self, at: usize, still: bool) {
        let text = self.text.len();
        let goes_on = |run: &Run| !run.still && run.place as usize + (text - run.text as usize) == at;
        if still || !self.runs.last().is_some_and(goes_on) {
            self.runs.push(Run { text: text as u32, place: at as u32, still });
        }
    }

    fn column(&self) -> usize {
        self.text.len() - self.line
    }

    fn space(&mut self, at: usize) {
        if !matches!(self.text.last(), None | Some(b' ' | b'\n')) {
            self.push(b" ", at);
        }
    }

    /// Ends the line, and with `blank` leaves an empty one behind it.
    fn newline(&mut self, at: usize, blank: bool) {
        if self.text.last() != Some(&b'\n') && !self.text.is_empty() {
            self.push(b"\n", at);
        }
        if blank && self.text.last() == Some(&b'\n') && !self.text.ends_with(b"\n\n") {
            self.push(b"\n", at);
        }
        self.line = self.text.len();
    }
}

/// The text of an HTML body, read until there are `limit` bytes of it: the hidden header of Inline XBRL,
/// often longer than the cover, does not count.
pub(crate) fn flatten<'a>(source: &Source<'a>, body: Span, limit: usize) -> Page<'a> {
    let html = source.slice(body);
    let base = body.start as usize;
    let mut out = Out { text: Vec::new(), runs: Vec::new(), line: 0 };
    let (mut at, mut cell, mut columns) = (0, None::<usize>, 0usize);
    // Elements that never end: an unclosed `<title>` neither swallows the rest nor is sought twice.
    let mut unclosed: Vec<Vec<u8>> = Vec::new();
    while let Some(&byte) = html.get(at).filter(|_| out.text.len() < limit) {
        match byte {
            b'<' => {
                let rest = html.get(at + 1..).unwrap_or_default();
                if rest.starts_with(b"!--") {
                    at = skip_past(html, at + 1, b"-->");
                    continue;
                }
                let name = name(rest);
                // Most tags are a name alone.
                let more = rest.get(name.len()..).unwrap_or_default();
                let close = if more.first() == Some(&b'>') { Some(0) } else { memchr::memchr(b'>', more) };
                let end = close.map_or(html.len(), |n| at + 1 + name.len() + n + 1);
                let tag = html.get(at + 1..end).unwrap_or_default();
                match TAGS.get_folded(name) {
                    Some(Effect::Hidden) => {
                        let close = [b"</".as_slice(), name].concat();
                        at = end;
                        if !unclosed.iter().any(|u| u.eq_ignore_ascii_case(name)) {
                            match find_nocase(html, end, &close) {
                                Some(found) => at = found,
                                None => unclosed.push(name.to_vec()),
                            }
                        }
                        continue;
                    }
                    Some(Effect::Table) => {
                        (cell, columns) = (None, 0);
                        out.newline(base + at, true);
                    }
                    Some(Effect::Row) => {
                        (cell, columns) = (None, 0);
                        out.newline(base + at, false);
                    }
                    Some(Effect::Cell) => {
                        if out.column() > 0 {
                            out.push(b"   ", base + at);
                        }
                        out.pad(columns * CELL, base + at);
                        columns = (columns + colspan(tag)).min(COLUMNS);
                        cell = Some(out.text.len());
                    }
                    Some(effect @ (Effect::Block | Effect::Break)) => match cell {
                        Some(start) if out.text.len() < start + LONG_CELL => out.space(base + at),
                        _ => out.newline(base + at, effect == Effect::Block),
                    },
                    None => {}
                }
                at = end;
            }
            b'&' => {
                let (character, length) = entity(html.get(at..).unwrap_or_default());
                match character {
                    ' ' | '\u{A0}' => out.space(base + at),
                    c => out.push(c.encode_utf8(&mut [0; 4]).as_bytes(), base + at),
                }
                at += length;
            }
            b if b.is_ascii_whitespace() => {
                out.space(base + at);
                at += 1;
            }
            0xC2 if html.get(at + 1) == Some(&0xA0) => {
                out.space(base + at);
                at += 2;
            }
            _ => {
                let rest = html.get(at..).unwrap_or_default();
                let run = run(rest.get(..limit - out.text.len()).unwrap_or(rest));
                out.push_run(html.get(at..at + run).unwrap_or_default(), base + at);
                at += run;
            }
        }
    }
    Page::of_bytes(out.text, out.runs)
}

/// How many bytes go into the text as they are: words with one blank between them. At least one.
fn run(rest: &[u8]) -> usize {
    let plain = |at: usize| rest.get(at).is_some_and(|&b| PLAIN.get(b as usize) == Some(&true));
    let mut length = 1;
    loop {
        if plain(length) {
            length += 1;
        } else if rest.get(length) == Some(&b' ') && plain(length + 1) {
            length += 2;
        } else {
            return length;
        }
    }
}

/// Bytes that are themselves: not white space, nor the first byte of a tag, an entity or a no-break space.
static PLAIN: [bool; 256] = {
    let mut plain = [true; 256];
    let mut byte = 0;
    while byte < 256 {
        plain[byte] = !matches!(byte as u8, b'<' | b'&' | 0xC2) && !(byte as u8).is_ascii_whitespace();
        byte += 1;
    }
    plain
};

fn skip_past(html: &[u8], from: usize, end: &[u8]) -> usize {
    memchr::memmem::find(html.get(from..).unwrap_or_default(), end).map_or(html.len(), |n| from + n + end.len())
}

fn find_nocase(html: &[u8], from: usize, close: &[u8]) -> Option<usize> {
    let mut at = from;
    loop {
        at += memchr::memmem::find(html.get(at..)?, b"</")?;
        if html.get(at..at + close.len())?.eq_ignore_ascii_case(close) {
            return Some(at);
        }
        at += 2;
    }
}

/// What a tag does to the lines of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    /// Nobody sees what stands in it.
    Hidden,
    /// Ends a line, with a blank one behind it; so do lists.
    Table,
    /// Ends a line.
    Row,
    /// Begins a cell.
    Cell,
    /// Ends a line, with a blank one behind it, but in a short cell.
    Block,
    /// Ends a line, but in a short cell.
    Break,
}

static TAGS: Lexicon<Effect, 128> = Lexicon::new(&[
    ("script", Effect::Hidden),
    ("style", Effect::Hidden),
    ("title", Effect::Hidden),
    ("ix:header", Effect::Hidden),
    ("table", Effect::Table),
    ("/table", Effect::Table),
    ("ul", Effect::Table),
    ("ol", Effect::Table),
    ("tr", Effect::Row),
    ("/tr", Effect::Row),
    ("td", Effect::Cell),
    ("th", Effect::Cell),
    ("p", Effect::Block),
    ("/p", Effect::Block),
    ("div", Effect::Block),
    ("/div", Effect::Block),
    ("h1", Effect::Block),
    ("h2", Effect::Block),
    ("h3", Effect::Block),
    ("h4", Effect::Block),
    ("h5", Effect::Block),
    ("h6", Effect::Block),
    ("/h1", Effect::Block),
    ("/h2", Effect::Block),
    ("/h3", Effect::Block),
    ("/h4", Effect::Block),
    ("hr", Effect::Block),
    ("li", Effect::Block),
    ("center", Effect::Block),
    ("/center", Effect::Block),
    ("br", Effect::Break),
    ("br/", Effect::Break),
]);

/// The name of a tag: no known one is longer than this looks.
fn name(tag: &[u8]) -> &[u8] {
    let head = tag.get(..12).unwrap_or(tag);
    head.split(|b| b.is_ascii_whitespace() || *b == b'>').next().unwrap_or_default()
}

fn colspan(tag: &[u8]) -> usize {
    let Some(at) = memchr::memchr2_iter(b'c', b'C', tag)
        .find(|&at| tag.get(at..at + 7).is_some_and(|w| w.eq_ignore_ascii_case(b"colspan")))
    else {
        return 1;
    };
    let digits = tag.get(at + 7..).unwrap_or_default().iter().skip_while(|b| matches!(b, b'=' | b'"' | b'\'' | b' '));
    let span = digits.take_while(|b| b.is_ascii_digit()).take(3).fold(0, |n, b| n * 10 + usize::from(b - b'0'));
    span.clamp(1, 50)
}

/// The character an entity stands for and how many bytes it takes; an unknown one is its `&`.
fn entity(text: &[u8]) -> (char, usize) {
    let Some(end) = text.iter().take(12).position(|&b| b == b';') else {
        return ('&', 1);
    };
    let body = text.get(1..end).unwrap_or_default();
    let character = match body {
        b"nbsp" | b"ensp" | b"emsp" => Some(' '),
        b"amp" => Some('&'),
        b"lt" => Some('<'),
        b"gt" => Some('>'),
        b"quot" => Some('"'),
        b"apos" => Some('\''),
        b"lsquo" => Some('\u{2018}'),
        b"rsquo" => Some('\u{2019}'),
        b"ldquo" => Some('\u{201C}'),
        b"rdquo" => Some('\u{201D}'),
        b"ndash" => Some('\u{2013}'),
        b"mdash" => Some('\u{2014}'),
        b"reg" => Some('\u{AE}'),
        b"trade" => Some('\u{2122}'),
        b"copy" => Some('\u{A9}'),
        _ => number(body),
    };
    character.map_or(('&', 1), |c| (c, end + 1))
}

fn number(body: &[u8]) -> Option<char> {
    let text = std::str::from_utf8(body.strip_prefix(b"#")?).ok()?;
    let code = match text.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => text.parse().ok()?,
    };
    // Numbers 128 to 159 mean Windows-1252 characters, as browsers read them.
    match code {
        0x80..=0x9F => tieout_source::decode(&[code as u8]).chars().next(),
        _ => char::from_u32(code),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_words_breaks_and_places() {
        let html = b"<HTML><head><title>x</title></head><P>Acme&nbsp;&amp;\nSons</p><div>Item&#160;5.</div>";
        let source = Source::new("t", html);
        let page = flatten(&source, source.span(), 1000);
        assert_eq!(page.text.as_ref(), b"Acme & Sons\n\nItem 5.\n\n");
        let at = page.text.iter().position(|&b| b == b'I').unwrap();
        assert_eq!(source.slice(page.span(at, at + 4)), b"Item");
    }

    #[test]
    fn cells_of_a_column_stand_over_each_other() {
        let html =
            b"<table><tr><td>Delaware</td><td><p>1-2345</p></td></tr><tr><td>(State)</td><td>(File)</td></tr></table>";
        let source = Source::new("t", html);
        let page = flatten(&source, source.span(), 1000);
        let (values, captions) = (page.segments(0), page.segments(1));
        assert_eq!(values.len(), 2);
        assert_eq!(values[1].x0, captions[1].x0);
    }
}
