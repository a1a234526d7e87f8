use tieout_source::Span;

/// A paragraph, heading or bullet of the prose: its words with white space folded, and the way back from
/// each word to the byte it stands at.
#[derive(Debug, Clone, Default)]
pub struct Paragraph {
    /// What it is.
    pub kind: ParagraphKind,
    /// The words, one space between them, none at the ends.
    pub text: String,
    /// Runs of `text` that stand unbroken in the source, in order; the first begins at 0.
    pub anchors: Vec<Anchor>,
    /// All of it.
    pub span: Span,
}

/// Where an unbroken run of a paragraph's text begins, in the text and in the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anchor {
    /// Byte offset in [`Paragraph::text`].
    pub text: u32,
    /// Byte offset in the source.
    pub source: u32,
}

/// What a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ParagraphKind {
    /// Running text.
    #[default]
    Body,
    /// A short line on its own: a headline, a section's name.
    Heading,
    /// An entry of a list.
    Bullet,
}

impl Paragraph {
    /// The source bytes of `range` in [`Paragraph::text`]; white space that was folded inside is included.
    pub fn span_of(&self, range: std::ops::Range<usize>) -> Span {
        let place = |offset: usize| {
            let i = self.anchors.partition_point(|a| a.text as usize <= offset).max(1) - 1;
            self.anchors.get(i).map_or(self.span.start as usize, |a| a.source as usize + offset - a.text as usize)
        };
        if range.is_empty() {
            return Span::new(place(range.start), place(range.start));
        }
        Span::new(place(range.start), place(range.end - 1) + 1)
    }

    /// A paragraph over `bytes` that start at `offset` in the source: for tests and short pieces.
    pub fn of(bytes: &[u8], offset: usize) -> Paragraph {
        let mut paragraph = Paragraph { span: Span::new(offset, offset + bytes.len()), ..Default::default() };
        paragraph.push(bytes, offset);
        paragraph
    }

    /// Short words that end in no full stop are a heading.
    pub(crate) fn settle(&mut self) {
        let ends = self.text.as_bytes().last().is_some_and(|b| matches!(b, b'.' | b'"' | b';' | b','));
        if self.kind == ParagraphKind::Body && !ends && self.text.len() < 250 {
            self.kind = ParagraphKind::Heading;
        }
    }

    /// A paragraph without words yet, with room for `bytes` bytes of them from `lines` lines.
    pub(crate) fn with_room(kind: ParagraphKind, bytes: usize, lines: usize) -> Paragraph {
        let (text, anchors) = (String::with_capacity(bytes), Vec::with_capacity(lines));
        Paragraph { kind, text, anchors, span: Span::default() }
    }

    /// Appends the words of `bytes`, which start at `offset` in the source, folding white space.
    pub fn push(&mut self, bytes: &[u8], offset: usize) {
        let text = std::str::from_utf8(bytes).ok();
        let is_word = |at: usize| bytes.get(at).is_some_and(|b| !b.is_ascii_whitespace());
        let mut at = 0;
        while at < bytes.len() {
            let begin = at;
            // Words one space apart are one run: copied at once, and unbroken in the source.
            while is_word(at) || at > begin && bytes.get(at) == Some(&b' ') && is_word(at + 1) {
                at += 1;
            }
            if at == begin {
                at += 1;
            } else {
                self.run(&bytes[begin..at], text.and_then(|t| t.get(begin..at)), offset + begin);
            }
        }
        self.cover(Span::new(offset, offset + bytes.len()));
    }

    /// Appends a line whose words, from its byte `indent` on, stand one blank apart.
    pub(crate) fn push_even(&mut self, bytes: &[u8], indent: usize, offset: usize) {
        let words = bytes.get(indent..).unwrap_or_default();
        self.run(words, std::str::from_utf8(words).ok(), offset + indent);
        self.cover(Span::new(offset, offset + bytes.len()));
    }

    /// Appends words one blank apart; `text` where they are UTF-8.
    fn run(&mut self, words: &[u8], text: Option<&str>, offset: usize) {
        let unbroken = !self.text.is_empty()
            && self.anchors.last().is_some_and(|a| offset as u32 - a.source == (self.text.len() + 1) as u32 - a.text);
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        if !unbroken {
            self.anchors.push(Anchor { text: self.text.len() as u32, source: offset as u32 });
        }
        match text {
            Some(words) => self.text.push_str(words),
            None => self.push_windows_1252(words, offset),
        }
    }

    fn cover(&mut self, span: Span) {
        self.span = if self.span.is_empty() { span } else { self.span.join(span) };
    }

    /// Bytes that became characters of another length each get an anchor of their own.
    fn push_windows_1252(&mut self, word: &[u8], offset: usize) {
        for (i, byte) in word.iter().enumerate() {
            self.text.push_str(&tieout_source::decode(std::slice::from_ref(byte)));
            self.anchors.push(Anchor { text: self.text.len() as u32, source: (offset + i + 1) as u32 });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_white_space_and_finds_the_way_back() {
        let bytes = b"  sales  of $7.5\n  million, down";
        let p = Paragraph::of(bytes, 100);
        assert_eq!(p.text, "sales of $7.5 million, down");
        let at = p.text.find("$7.5 million").unwrap();
        let span = p.span_of(at..at + "$7.5 million".len());
        let raw = &bytes[span.start as usize - 100..span.end as usize - 100];
        assert_eq!(raw, b"$7.5\n  million");
        assert_eq!(p.anchors.len(), 3, "'of $7.5' is unbroken");
    }

    #[test]
    fn windows_1252_keeps_its_place() {
        let bytes = b"Zoom\x92s loss of $1";
        let p = Paragraph::of(bytes, 0);
        assert_eq!(p.text, "Zoom\u{2019}s loss of $1");
        let at = p.text.find("$1").unwrap();
        assert_eq!(p.span_of(at..at + 2), Span::new(15, 17));
    }
}
