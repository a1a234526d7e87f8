//! What a page shows, as text: references decoded, white space folded, and the way back to the bytes.

use super::sheet::Sheet;
use crate::{Anchor, Paragraph, ParagraphKind};
use std::borrow::Cow;
use std::ops::Range;
use tieout_html::characters;
use tieout_source::Span;

/// The words of a document in the order they are read, and for each run that stands unbroken in the source
/// where it stands. Lines, cells and paragraphs are ranges of it.
#[derive(Debug)]
pub(super) struct Ink<'a> {
    bytes: &'a [u8],
    /// All words.
    pub(super) text: String,
    anchors: Vec<Anchor>,
    /// Where the open line begins.
    line: usize,
    /// White space stood after the last word of the open line.
    space: bool,
    /// No-break spaces before the first word of the open line: filers indent with them.
    pub(super) lead: u32,
    /// Blanks a browser would show since the last word: white space folds into one, no-break spaces do not.
    blanks: u32,
    /// White space that follows would fold into the last blank.
    folds: bool,
    gaps: Vec<Gap>,
}

/// No gap is written wider than this.
const WIDEST: u32 = 200;

/// Words that stand apart from those before them, or from the edge.
#[derive(Debug)]
struct Gap {
    /// Where they begin in the text.
    text: u32,
    blanks: u32,
}

impl<'a> Ink<'a> {
    pub(super) fn new(bytes: &'a [u8], expected: usize) -> Ink<'a> {
        let text = String::with_capacity(expected);
        Ink {
            bytes,
            text,
            anchors: Vec::new(),
            line: 0,
            space: false,
            lead: 0,
            blanks: 0,
            folds: true,
            gaps: Vec::new(),
        }
    }

    /// Adds the words of a text token to the open line.
    pub(super) fn push(&mut self, span: Span) {
        let mut characters = characters(self.bytes, span);
        loop {
            let (plain, start) = characters.plain();
            self.push_plain(plain, start);
            match characters.next() {
                Some((c, from)) => self.push_char(c, from),
                None => return,
            }
        }
    }

    /// Adds words that stand at `start` as they are.
    fn push_plain(&mut self, text: &str, start: usize) {
        let bytes = text.as_bytes();
        let is_word = |at: usize| bytes.get(at).is_some_and(|b| !b.is_ascii_whitespace());
        let mut at = 0;
        while at < bytes.len() {
            if !is_word(at) {
                self.blank();
                at += 1;
                continue;
            }
            let begin = at;
            // Words one blank apart are one run: copied at once, and unbroken in the source.
            while is_word(at) || bytes.get(at) == Some(&b' ') && is_word(at + 1) {
                at += 1;
            }
            self.part();
            self.anchor(start + begin);
            self.text.push_str(text.get(begin..at).unwrap_or_default());
            self.space = false;
        }
    }

    /// Adds one character that stands at `from`.
    fn push_char(&mut self, c: char, from: Span) {
        match c {
            '\u{200B}' | '\u{200C}' | '\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}' | '\0' => return,
            '\u{A0}' | '\u{2002}' | '\u{2003}' | '\u{2007}' | '\u{2009}' | '\u{202F}' if self.is_blank() => {
                self.lead = self.lead.saturating_add(1);
                self.keep_blank();
                return;
            }
            c if c.is_whitespace() => {
                self.space = true;
                self.keep_blank();
                return;
            }
            _ => {}
        }
        self.part();
        let width = c.len_utf8();
        // One character of a reference has two ends in the source: openers are asked where they begin,
        // closers where they end.
        let source = if width == 1 && matches!(c, ')' | '%' | ']') { from.end.max(1) - 1 } else { from.start };
        self.anchor(source as usize);
        self.text.push(c);
        if width > 1 && from.len() != width {
            let last = Anchor { text: self.text.len() as u32 - 1, source: from.end.max(1) - 1 };
            self.anchors.push(last);
        }
        self.space = false;
    }

    /// A space between words.
    fn part(&mut self) {
        if self.space && !self.is_blank() {
            self.text.push(' ');
        }
        if self.blanks > u32::from(!self.is_blank()) {
            self.gaps.push(Gap { text: self.text.len() as u32, blanks: self.blanks });
        }
        (self.blanks, self.folds) = (0, false);
    }

    /// A blank that does not fold.
    fn keep_blank(&mut self) {
        (self.blanks, self.folds) = (self.blanks.saturating_add(1), false);
    }

    /// What follows in the text stands at `source`.
    fn anchor(&mut self, source: usize) {
        let text = self.text.len() as u32;
        let unbroken =
            self.anchors.last().is_some_and(|a| text.wrapping_sub(a.text) == (source as u32).wrapping_sub(a.source));
        if !unbroken {
            self.anchors.push(Anchor { text, source: source as u32 });
        }
    }

    /// White space that no text token holds: a `<br>`, an end of a cell inside a line.
    pub(super) fn blank(&mut self) {
        self.space = true;
        self.blanks = self.blanks.saturating_add(u32::from(!self.folds));
        self.folds = true;
    }

    /// True where the open line has no words yet.
    pub(super) fn is_blank(&self) -> bool {
        self.text.len() == self.line
    }

    /// Ends the open line and says where it stands; a space parts it from the next.
    pub(super) fn end_line(&mut self) -> Range<usize> {
        let range = self.line..self.text.len();
        if !range.is_empty() {
            self.text.push(' ');
        }
        self.line = self.text.len();
        (self.space, self.lead, self.blanks, self.folds) = (false, 0, 0, true);
        range
    }

    /// Where the text has got to, to come back to with [`Ink::take_back`].
    pub(super) fn mark(&self) -> (usize, bool) {
        (self.text.len(), self.space)
    }

    /// What was written since the mark.
    pub(super) fn since(&self, mark: (usize, bool)) -> &str {
        self.text.get(mark.0..).unwrap_or_default()
    }

    /// Takes back what was written since the mark.
    pub(super) fn take_back(&mut self, mark: (usize, bool)) {
        if mark.0 < self.line || !self.text.is_char_boundary(mark.0) {
            return;
        }
        self.text.truncate(mark.0);
        while self.anchors.last().is_some_and(|a| a.text as usize >= mark.0) {
            self.anchors.pop();
        }
        while self.gaps.last().is_some_and(|g| g.text as usize >= mark.0) {
            self.gaps.pop();
        }
        self.space |= mark.1;
    }

    /// The words of a range.
    pub(super) fn words(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }

    /// The words of a range, borrowed from the source where they stand in it as they are.
    pub(super) fn cow(&self, range: Range<usize>) -> Cow<'a, str> {
        let words = self.words(range.clone());
        let span = self.span(range);
        match self.bytes.get(span.start as usize..span.end as usize) {
            Some(bytes) if bytes == words.as_bytes() => match std::str::from_utf8(bytes) {
                Ok(text) => Cow::Borrowed(text),
                Err(_) => Cow::Owned(words.to_string()),
            },
            _ => Cow::Owned(words.to_string()),
        }
    }

    /// Where a range stands in the source, from its first byte to its last.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        span_of(&self.anchors, range)
    }

    /// The runs of a range that stand unbroken in the source, and where; a character of several bytes is whole.
    pub(super) fn runs(&self, range: Range<usize>) -> impl Iterator<Item = (Range<usize>, u32)> {
        let first = self.anchors.partition_point(|a| a.text as usize <= range.start).max(1) - 1;
        let anchors = self.anchors.get(first..).unwrap_or_default();
        // The second end of a reference lies within its character.
        let whole = |at: u32| (at as usize..).find(|&at| self.text.is_char_boundary(at.min(self.text.len())));
        let whole = move |at: u32| whole(at).unwrap_or(at as usize);
        let ends = anchors.iter().skip(1).map(move |a| whole(a.text)).chain([usize::MAX]);
        anchors.iter().zip(ends).take_while(move |(a, _)| (a.text as usize) < range.end).map({
            let range = range.clone();
            move |(a, end)| {
                let from = range.start.max(whole(a.text));
                (from..end.min(range.end).max(from), a.source + (from as u32 - a.text))
            }
        })
    }

    fn gaps(&self, range: Range<usize>) -> &[Gap] {
        let from = self.gaps.partition_point(|g| (g.text as usize) < range.start);
        let to = self.gaps.partition_point(|g| (g.text as usize) < range.end);
        self.gaps.get(from..to).unwrap_or_default()
    }

    /// The last word of a line that stands at least so many blanks from the one before it.
    pub(super) fn last_gap(&self, line: Range<usize>, blanks: u32) -> Option<usize> {
        let gap = self.gaps(line.start + 1..line.end).iter().rfind(|g| g.blanks >= blanks)?;
        Some(gap.text as usize)
    }

    /// Writes a line with the blanks it was set with.
    pub(super) fn lay_out(&self, line: Range<usize>, sheet: &mut Sheet) {
        let mut at = line.start;
        let edge = Gap { text: line.end as u32, blanks: 0 };
        for gap in self.gaps(line).iter().chain([&edge]) {
            // One blank stands in the text for them all.
            let end = gap.text as usize - usize::from(self.words(at..gap.text as usize).ends_with(' '));
            for (range, source) in self.runs(at..end) {
                sheet.push(self.words(range), source);
            }
            sheet.fill(' ', gap.blanks.min(WIDEST) as usize);
            at = gap.text as usize;
        }
    }

    /// A paragraph of a range.
    pub(super) fn paragraph(&self, range: Range<usize>) -> Paragraph {
        let first = self.anchors.partition_point(|a| a.text as usize <= range.start).max(1) - 1;
        let last = self.anchors.partition_point(|a| (a.text as usize) < range.end);
        let rebase = |a: &Anchor| {
            let skip = (range.start as u32).saturating_sub(a.text);
            Anchor { text: (a.text + skip).saturating_sub(range.start as u32), source: a.source + skip }
        };
        Paragraph {
            kind: ParagraphKind::Body,
            text: self.words(range.clone()).to_string(),
            anchors: self.anchors.get(first..last).unwrap_or_default().iter().map(rebase).collect(),
            span: self.span(range),
        }
    }
}

/// The source bytes of a range of text with these anchors.
pub(super) fn span_of(anchors: &[Anchor], range: Range<usize>) -> Span {
    let place = |offset: usize| {
        let i = anchors.partition_point(|a| a.text as usize <= offset).max(1) - 1;
        anchors.get(i).map_or(0, |a| a.source as usize + offset.saturating_sub(a.text as usize))
    };
    if range.is_empty() {
        return Span::new(place(range.start), place(range.start));
    }
    Span::new(place(range.start), place(range.end - 1) + 1)
}
