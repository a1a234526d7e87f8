//! Captions of a cover page: found by their words, put together where they wrap.

use crate::page::{Page, Segment, is_rule, lower};
use std::ops::Range;

/// What a caption names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Registrant,
    State,
    FileNumber,
    Employer,
    Address,
    Zip,
    Phone,
    Former,
}

impl Kind {
    /// The field's name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Kind::Registrant => "registrant",
            Kind::State => "state",
            Kind::FileNumber => "file_number",
            Kind::Employer => "ein",
            Kind::Address => "address",
            Kind::Zip => "zip",
            Kind::Phone => "phone",
            Kind::Former => "former_name",
        }
    }
}

/// A caption and where it stands.
#[derive(Debug)]
pub(crate) struct Caption {
    pub(crate) kind: Kind,
    /// Its first and last line.
    pub(crate) top: usize,
    bottom: usize,
    pub(crate) x0: usize,
    pub(crate) x1: usize,
    /// What stands behind its words on their line.
    pub(crate) rest: Option<(usize, usize)>,
}

impl Caption {
    /// True where the caption has words in a line.
    pub(crate) fn covers(&self, line: usize) -> bool {
        (self.top..=self.bottom).contains(&line)
    }
}

/// The captions of some lines, from top to bottom.
pub(crate) fn captions(page: &Page<'_>, lines: Range<usize>) -> Vec<Caption> {
    let mut found: Vec<Caption> = Vec::new();
    let rows: Vec<Vec<Segment>> = lines.clone().map(|i| pieces(page, i)).collect();
    // Segments that continue a caption above are not captions of their own.
    let mut taken: Vec<usize> = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        for segment in row {
            if taken.contains(&segment.start) {
                continue;
            }
            let text = page.get(segment.start, segment.end);
            let Some(mut caption) = begin(segment, text) else {
                continue;
            };
            let mut words = lower(text);
            let mut open = depth(text);
            for below in rows.iter().skip(i + 1).take(4) {
                let zone = Segment { x0: caption.x0, x1: caption.x1, ..*segment };
                let parenthesised = text.starts_with(b"(");
                if parenthesised && open <= 0 || !parenthesised && kind(&words).is_some() {
                    break;
                }
                let next = below.iter().filter(|s| !taken.contains(&s.start) && page.get(s.start, s.start + 1) != b"(");
                let Some(next) = next.filter(|s| s.overlap(&zone) > 0).max_by_key(|s| s.overlap(&zone)) else {
                    break;
                };
                let more = page.get(next.start, next.end);
                if is_rule(more) {
                    break;
                }
                words = format!("{words} {}", lower(more));
                open += depth(more);
                taken.push(next.start);
                caption.bottom = next.line;
                caption.x0 = caption.x0.min(next.x0);
                caption.x1 = caption.x1.max(next.x1);
            }
            let Some(kind) = kind(&words) else { continue };
            caption.kind = kind;
            caption.rest = rest(page, row, segment, kind);
            found.push(caption);
        }
    }
    found
}

/// A line's segments, cut also between two captions that one blank parts: "(File Number) (Employer No.)".
fn pieces(page: &Page<'_>, line: usize) -> Vec<Segment> {
    let mut cut = Vec::new();
    for segment in page.segments(line) {
        let mut rest = segment;
        while let Some(at) = memchr::memmem::find(page.get(rest.start, rest.end), b") (") {
            let left = Segment { end: rest.start + at + 1, x1: rest.x0 + at + 1, ..rest };
            rest = Segment { start: rest.start + at + 2, x0: rest.x0 + at + 2, ..rest };
            cut.push(left);
        }
        cut.push(rest);
    }
    // No form sets so many side by side; a bound for lines that are not a cover's.
    cut.truncate(12);
    cut
}

/// A caption that may begin at a segment: one in parentheses, or one whose words are a caption's.
fn begin(segment: &Segment, text: &[u8]) -> Option<Caption> {
    let begins = text.starts_with(b"(") || {
        let words = lower(text);
        const STARTS: [&str; 11] = [
            "exact name",
            "commission",
            "registrant's",
            "i.r.s.",
            "irs ",
            "state of inc",
            "state or other",
            "address of",
            "zip code",
            "telephone number",
            "sec file",
        ];
        STARTS.iter().any(|s| words.starts_with(s))
    };
    let caption = Caption {
        kind: Kind::Former,
        top: segment.line,
        bottom: segment.line,
        x0: segment.x0,
        x1: segment.x1,
        rest: None,
    };
    (begins && segment.end - segment.start < 160).then_some(caption)
}

fn depth(text: &[u8]) -> i32 {
    text.iter().map(|b| i32::from(*b == b'(') - i32::from(*b == b')')).sum()
}

/// What a caption's words name.
fn kind(words: &str) -> Option<Kind> {
    let has = |phrase: &str| words.contains(phrase);
    Some(match () {
        _ if has("former name") || has("former address") => Kind::Former,
        _ if has("exact name") || has("name of registrant") || has("name of issuer") => Kind::Registrant,
        _ if has("employer") || has("identification n") => Kind::Employer,
        _ if has("commission file") || has("file number") || has("file no") => Kind::FileNumber,
        _ if has("address") && (has("executive") || has("principal") || has("registrant") || has("office")) => {
            Kind::Address
        }
        _ if has("telephone") || has("area code") => Kind::Phone,
        _ if has("state") && (has("incorporation") || has("organization") || has("jurisdiction")) => Kind::State,
        _ if has("zip code") => Kind::Zip,
        _ => return None,
    })
}

/// What stands behind a caption on its line: after the words that name it, or in the segment to the right.
fn rest(page: &Page<'_>, row: &[Segment], segment: &Segment, kind: Kind) -> Option<(usize, usize)> {
    let text = page.get(segment.start, segment.end);
    let words = text.to_ascii_lowercase();
    let ends: &[&str] = match kind {
        Kind::FileNumber => &["file number", "file no.", "file no", "file numbers"],
        Kind::Employer => &["identification no.", "identification number", "identification no"],
        Kind::Phone => &["area code", "telephone number"],
        _ => &[],
    };
    let after = match memchr::memrchr(b')', text) {
        Some(close) if close + 1 < text.len() && text.first() == Some(&b'(') => Some(close + 1),
        // The value of a caption in parentheses may stand to its right.
        _ if text.first() == Some(&b'(') => (!ends.is_empty()).then_some(text.len()),
        _ => ends.iter().find_map(|e| memchr::memmem::rfind(&words, e.as_bytes()).map(|at| at + e.len())),
    }?;
    if text.get(after..).is_some_and(|t| t.iter().any(u8::is_ascii_alphanumeric)) {
        return Some((segment.start + after, segment.end));
    }
    let right = row.iter().find(|s| s.start > segment.start)?;
    (page.get(right.start, right.start + 1) != b"(" || kind == Kind::Phone).then_some((right.start, right.end))
}
