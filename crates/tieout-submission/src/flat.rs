//! Lines run together, white space folded, so that a phrase is found however the text was wrapped or
//! justified; every byte still knows its place on the page.

use crate::page::Page;
use memchr::memmem;
use std::ops::Range;
use tieout_source::Span;

/// Folded text of some lines.
#[derive(Debug, Default)]
pub(crate) struct Flat {
    /// One blank between words, `\n` between paragraphs.
    pub(crate) text: Vec<u8>,
    /// The same in lower case.
    pub(crate) lower: Vec<u8>,
    /// Where each byte stands on the page.
    at: Vec<u32>,
}

/// No sentence is longer; a search for its beginning looks no further back.
const LONGEST: usize = 4096;

impl Flat {
    /// Lines `lines` of a page as one paragraph.
    pub(crate) fn of(page: &Page<'_>, lines: Range<usize>) -> Flat {
        let mut flat = Flat::default();
        for index in lines {
            flat.push_line(page, index);
        }
        flat.finish()
    }

    /// The paragraphs of `lines`, each a range of lines, joined by `\n`.
    pub(crate) fn of_paragraphs(page: &Page<'_>, paragraphs: &[Range<usize>]) -> Flat {
        let mut flat = Flat::default();
        for (i, paragraph) in paragraphs.iter().enumerate() {
            if i > 0 {
                flat.text.push(b'\n');
                flat.at.push(flat.at.last().copied().unwrap_or_default());
            }
            for index in paragraph.clone() {
                flat.push_line(page, index);
            }
        }
        flat.finish()
    }

    fn finish(mut self) -> Flat {
        self.lower = self.text.to_ascii_lowercase();
        self
    }

    fn push_line(&mut self, page: &Page<'_>, index: usize) {
        let Some(line) = page.lines.get(index) else {
            return;
        };
        if page.is_gap(index) {
            return;
        }
        let mut at = line.start as u32;
        for word in page.get(line.start, line.end).split(u8::is_ascii_whitespace) {
            if !word.is_empty() {
                if !matches!(self.text.last(), None | Some(b'\n')) {
                    self.text.push(b' ');
                    self.at.push(at);
                }
                self.text.extend_from_slice(word);
                self.at.extend((at..).take(word.len()));
            }
            at += word.len() as u32 + 1;
        }
    }

    /// Where `phrase` (lower case) stands at or after `from`.
    pub(crate) fn find(&self, phrase: &str, from: usize) -> Option<usize> {
        memmem::find(self.lower.get(from..)?, phrase.as_bytes()).map(|n| from + n)
    }

    /// The first of several phrases, and which.
    pub(crate) fn find_any<'p>(&self, phrases: &[&'p str], range: Range<usize>) -> Option<(usize, &'p str)> {
        let area = self.lower.get(range.clone())?;
        phrases
            .iter()
            .filter_map(|p| memmem::find(area, p.as_bytes()).map(|n| (range.start + n, *p)))
            .min_by_key(|f| f.0)
    }

    /// Every place of several phrases in a range, in order: one pass for each phrase, however often it stands.
    pub(crate) fn all<'p>(&self, phrases: &[&'p str], range: Range<usize>) -> Vec<(usize, &'p str)> {
        let area = self.lower.get(range.clone()).unwrap_or_default();
        let places = |p: &&'p str| {
            let phrase = *p;
            memmem::find_iter(area, phrase.as_bytes()).map(move |n| (range.start + n, phrase)).collect::<Vec<_>>()
        };
        let mut found: Vec<(usize, &str)> = phrases.iter().flat_map(places).collect();
        found.sort_unstable();
        found
    }

    /// The text of a range, as words.
    pub(crate) fn words(&self, range: Range<usize>) -> String {
        crate::page::fold(self.text.get(range).unwrap_or_default())
    }

    /// Where a range stands in the file.
    pub(crate) fn span(&self, page: &Page<'_>, range: Range<usize>) -> Span {
        let first = self.at.get(range.start).copied().unwrap_or_default() as usize;
        let last = range.end.checked_sub(1).and_then(|i| self.at.get(i)).copied().unwrap_or_default() as usize;
        page.span(first, last.max(first) + 1)
    }

    /// The sentence or paragraph bounds are within these: the range of the paragraph around `at`.
    pub(crate) fn paragraph(&self, at: usize) -> Range<usize> {
        let at = at.min(self.text.len());
        let before = self.text.get(..at).unwrap_or_default();
        let after = self.text.get(at..).unwrap_or_default();
        let start = memchr::memrchr(b'\n', before).map_or(0, |n| n + 1);
        start..memchr::memchr(b'\n', after).map_or(self.text.len(), |n| at + n)
    }

    /// The sentence around `at`, within its paragraph. A full stop ends one where a blank and a capital or
    /// a quotation mark follow and no abbreviation precedes.
    pub(crate) fn sentence(&self, at: usize) -> Range<usize> {
        let paragraph = self.paragraph(at);
        let mut start = paragraph.start.max(at.saturating_sub(LONGEST));
        loop {
            let end = self.sentence_from(start, paragraph.end);
            if end > at || end >= paragraph.end {
                return start.min(paragraph.end)..end;
            }
            start = end + 1;
        }
    }

    /// Where the sentence that begins at `start` is over, at the latest at `limit`.
    pub(crate) fn sentence_from(&self, start: usize, limit: usize) -> usize {
        let mut from = start;
        while let Some(stop) = self.text.get(from..limit).and_then(|t| memchr::memchr3(b'.', b'?', b'!', t)) {
            if let Some(end) = self.sentence_end(from + stop) {
                return end.min(limit);
            }
            from += stop + 1;
        }
        limit
    }

    /// Where the sentence is over that the mark at `stop` may end: behind closing quotes and brackets.
    fn sentence_end(&self, stop: usize) -> Option<usize> {
        let mut next = stop + 1;
        while matches!(self.text.get(next), Some(b'"' | b'\'' | b')')) {
            next += 1;
        }
        if self.text.get(next) != Some(&b' ') {
            return self.text.get(next).is_none_or(|b| *b == b'\n').then_some(next);
        }
        let follows = self.text.get(next + 1)?;
        let begins = follows.is_ascii_uppercase() || !follows.is_ascii() || matches!(follows, b'"' | b'(' | b'`');
        (begins && !is_abbreviation(self.text.get(..stop)?)).then_some(next)
    }
}

/// True where the word that ends `before` is shortened: its full stop ends no sentence.
fn is_abbreviation(before: &[u8]) -> bool {
    let length = before.iter().rev().take(6).take_while(|b| b.is_ascii_alphabetic()).count();
    let word = before.get(before.len() - length..).unwrap_or_default().to_ascii_lowercase();
    const SHORT: [&[u8]; 16] = [
        b"inc", b"corp", b"co", b"ltd", b"mr", b"ms", b"mrs", b"dr", b"no", b"st", b"vs", b"jr", b"sr", b"llc", b"nos",
        b"rule",
    ];
    length == 1 || (length > 0 && SHORT.contains(&word.as_slice()))
}

/// The paragraphs among `lines`: runs of lines with words. Double-spaced text, where a blank line follows
/// every line, is taken together as long as sentences go on.
pub(crate) fn paragraphs(page: &Page<'_>, lines: Range<usize>) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for index in lines {
        if page.is_gap(index) {
            continue;
        }
        match found.last_mut() {
            Some(last) if last.end == index || continues(page, last.end - 1, index) => last.end = index + 1,
            _ => found.push(index..index + 1),
        }
    }
    found
}

/// True where a sentence plainly runs on over a gap: a full line without an end, then a small letter.
fn continues(page: &Page<'_>, above: usize, below: usize) -> bool {
    let (last, next) = (page.line(above), page.line(below));
    let open = last.last().is_some_and(|b| b.is_ascii_alphanumeric() || *b == b',') && last.trim_ascii().len() > 40;
    let small = next.trim_ascii_start().first().is_some_and(u8::is_ascii_lowercase);
    open && small && below - above <= 12
}

#[cfg(test)]
mod tests {
    use super::*;
    use tieout_source::Source;

    #[test]
    fn phrases_are_found_over_line_ends_and_keep_their_place() {
        let source = Source::new("t", b"  a conference\n   call  for Zoom");
        let page = Page::of_text(&source, source.span());
        let flat = Flat::of(&page, 0..2);
        let at = flat.find("conference call for", 0).unwrap();
        assert_eq!(source.slice(flat.span(&page, at..at + 15)), b"conference\n   call");
    }

    #[test]
    fn sentences_survive_abbreviations() {
        let source = Source::new("t", b"Acme Inc. Ltd grew. It said so. \"Yes.\" End");
        let page = Page::of_text(&source, source.span());
        let flat = Flat::of(&page, 0..1);
        let sentence = |word: &str| flat.words(flat.sentence(flat.find(word, 0).unwrap()));
        assert_eq!(sentence("grew"), "Acme Inc. Ltd grew.");
        assert_eq!(sentence("said"), "It said so.");
        assert_eq!(sentence("end"), "End");
    }

    #[test]
    fn double_spaced_lines_are_one_paragraph() {
        let text = "Acme, a leading maker of many good things, announced\n\ntoday that it expects more\n\nOther";
        let source = Source::new("t", text.as_bytes());
        let page = Page::of_text(&source, source.span());
        assert_eq!(paragraphs(&page, 0..5), [0..3, 4..5]);
    }
}
