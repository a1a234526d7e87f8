//! Footnote marks, bullets, titles: told by their looks.

use crate::{Paragraph, ParagraphKind};

/// Short, and no sentence: a company's name, a statement's, its dates, its scale.
pub(super) fn is_caption(p: &Paragraph) -> bool {
    let letters = p.text.bytes().any(|b| b.is_ascii_alphabetic());
    // "Acme, Inc." ends in a point and is no sentence.
    let name = p.kind == ParagraphKind::Body && p.text.len() < 60 && p.text.split(' ').count() <= 6;
    (name || p.kind == ParagraphKind::Heading || is_scale(&p.text))
        && p.text.len() < 200
        && letters
        && !is_link(&p.text)
}

/// "(In millions, except shares which are reflected in thousands,": the first line of two in parentheses.
fn is_scale(text: &str) -> bool {
    text.starts_with(['(', '[']) && ["thousand", "million", "except"].iter().any(|w| text.contains(w))
}

/// What stands at the top of each page to lead back to the contents.
fn is_link(text: &str) -> bool {
    let text = text.trim_end_matches(['.', ' ']);
    let begins = |words: &str| text.get(..words.len()).is_some_and(|t| t.eq_ignore_ascii_case(words));
    let ends = |words: &str| {
        text.len() >= words.len() && text.get(text.len() - words.len()..).is_some_and(|t| t.eq_ignore_ascii_case(words))
    };
    text.eq_ignore_ascii_case("table of contents")
        || text.len() < 80 && (begins("table of contents") || begins("index to")) && ends("financial statements")
}

/// A footnote's mark: digits, single letters, stars.
pub(super) fn is_note(words: &str) -> bool {
    let words = words.trim();
    !words.is_empty()
        && words.len() <= 16
        && words.split(['(', ')', '[', ']', ',', ' ', ';', '*', '#', '+']).all(|w| {
            w.len() <= 2 && w.bytes().all(|b| b.is_ascii_digit()) || w.len() == 1 || w == "\u{2020}" || w == "\u{2021}"
        })
}

pub(super) fn begins_with_bullet(text: &str) -> bool {
    let mut chars = text.chars();
    let first = chars.next().unwrap_or(' ');
    is_bullet_mark(first) && (chars.next() == Some(' ') || !matches!(first, '-' | 'o' | '*'))
}

pub(super) fn is_bullet(mark: &str) -> bool {
    let mut chars = mark.chars();
    chars.next().is_some_and(is_bullet_mark) && chars.next().is_none()
}

fn is_bullet_mark(c: char) -> bool {
    matches!(
        c,
        '\u{2022}'
            | '\u{25CF}'
            | '\u{25AA}'
            | '\u{25A0}'
            | '\u{B7}'
            | '\u{25E6}'
            | '\u{25CB}'
            | '\u{2023}'
            | '\u{2013}'
            | '-'
            | '*'
            | 'o'
            | '\u{F0B7}'
            | '\u{A7}'
    )
}
