//! Bytes as received, and places in them.
//!
//! A [`Source`] is one file exactly as it came; a [`Span`] is a place in it. Every later stage speaks of
//! numbers by span, so that any figure can be shown where it stands. Nothing here decodes, trims or
//! normalises: that would move the bytes.

mod lexicon;
mod lines;
mod spelled;

pub use lexicon::{Lexicon, hash as word_hash, hash_folded as folded_word_hash, lower};
pub use lines::{LineIndex, Location};
pub use spelled::spelled;

/// One file exactly as received.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// What a message calls it: the path as the user gave it, or `-`.
    pub name: &'a str,
    /// The bytes, never changed.
    pub bytes: &'a [u8],
}

impl<'a> Source<'a> {
    /// A source over `bytes` that messages call `name`.
    pub fn new(name: &'a str, bytes: &'a [u8]) -> Self {
        Source { name, bytes }
    }

    /// The bytes of a span; empty where the span lies outside the file.
    #[inline]
    pub fn slice(&self, span: Span) -> &'a [u8] {
        self.bytes.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// The whole file as a span.
    pub fn span(&self) -> Span {
        Span::new(0, self.bytes.len())
    }
}

/// A half-open range of byte offsets `[start, end)` in the original file.
///
/// Offsets are 32 bits wide: a file is at most 4 GiB ([`MAX_LEN`]), which the command line checks before
/// it reads one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// The largest file whose offsets a [`Span`] can hold.
pub const MAX_LEN: usize = u32::MAX as usize;

impl Span {
    /// A span from byte offsets. Offsets beyond [`MAX_LEN`] are cut to it.
    #[inline]
    pub fn new(start: usize, end: usize) -> Self {
        Span { start: start.min(MAX_LEN) as u32, end: end.min(MAX_LEN) as u32 }
    }

    /// Its length in bytes.
    #[inline]
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start) as usize
    }

    /// True where it covers no byte.
    #[inline]
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// The smallest span that covers both.
    #[inline]
    pub fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// True where `other` lies inside.
    #[inline]
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// The text of some bytes of the text era: UTF-8 where they are, otherwise Windows-1252, in which EDGAR
/// filers' stray quotes and dashes were written. Borrowed when nothing had to be changed.
pub fn decode(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => std::borrow::Cow::Borrowed(text),
        Err(_) => std::borrow::Cow::Owned(bytes.iter().map(|&b| windows_1252(b)).collect()),
    }
}

/// The character a byte stands for in Windows-1252 (the five unassigned bytes stay control characters,
/// as browsers read them).
#[inline]
pub fn windows_1252(byte: u8) -> char {
    const HIGH: [u16; 32] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,
        0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
        0x0153, 0x9D, 0x017E, 0x0178,
    ];
    match byte {
        0x80..=0x9F => char::from_u32(HIGH[(byte - 0x80) as usize] as u32).unwrap_or('\u{FFFD}'),
        _ => byte as char,
    }
}
