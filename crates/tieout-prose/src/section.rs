//! What a heading or the first words of a paragraph say of all that stands below: a time, a segment.

use crate::item::{self, Item, What};
use crate::period::When;
use crate::vocabulary::{Roles, STOPS, roles};
use tieout_grid::{Paragraph, ParagraphKind};

/// The time of a heading that sets two against each other: "Fiscal 1994 compared with fiscal 1993".
pub(crate) fn compared(paragraph: &Paragraph, low: &str) -> Option<When> {
    if low.len() > 140 || low.ends_with('.') || low.bytes().any(|b| matches!(b, b'$' | b'%')) {
        return None;
    }
    if !["compared", "versus", "vs", "against"].iter().any(|w| low.contains(w)) {
        return None;
    }
    let items = item::items(low, 0..low.len());
    let middle = items.iter().position(|i| i.plays(Roles::AGAINST))?;
    let moved = items.iter().any(|i| i.plays(Roles::UP.or(Roles::DOWN)));
    let whens = |range: &[Item]| {
        range.iter().find_map(|i| match i.what {
            What::When(when) => Some(when),
            _ => None,
        })
    };
    let (first, second) = items.split_at(middle);
    let _ = whens(second)?;
    whens(first).filter(|_| !moved && paragraph.kind != ParagraphKind::Bullet)
}

/// What a paragraph says it is about before a dash: "Agriculture - Sales of" is of that segment. A dateline
/// ("BOSTON, April 29 - Acme") has commas or dates and is none.
pub(crate) fn scope(text: &str) -> &str {
    let start = text.as_bytes().get(..90).unwrap_or(text.as_bytes());
    if start.is_ascii() && memchr::memchr(b'-', start).is_none() {
        return "";
    }
    let head = text.get(..text.len().min(90)).unwrap_or_else(|| text.split('.').next().unwrap_or_default());
    let Some((name, rest)) = [" \u{2014} ", " \u{2013} ", " -- ", " - "].iter().find_map(|dash| head.split_once(dash))
    else {
        return "";
    };
    let words = name.split(' ').count();
    let plain = name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '&' | '/' | '-'))
        && name.starts_with(char::is_uppercase);
    let low = name.to_ascii_lowercase();
    let measured = low.split(' ').any(|w| roles(w.as_bytes()).any(STOPS.or(Roles::METRIC)));
    let dated = ["jan", "feb", "mar", "apr", "may ", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        .iter()
        .any(|m| rest.to_ascii_lowercase().starts_with(m));
    let shouted = name.len() > 4 && !name.chars().any(char::is_lowercase);
    if plain && words <= 6 && !measured && !dated && !shouted { name } else { "" }
}

/// The mark of a paragraph that is a note, without its parentheses: "(1) Includes", "1) ", "A.) ", "(a) ".
pub(crate) fn note(text: &str) -> &str {
    let opened = text.strip_prefix('(').unwrap_or(text);
    let mark = opened.get(..5).unwrap_or(opened).split_once(')').map_or("", |(mark, _)| mark.trim_end_matches('.'));
    let one = mark.len() <= 2 && (mark.bytes().all(|b| b.is_ascii_digit()) || is_letter(mark));
    if one { mark } else { "" }
}

/// One letter, or the same twice.
fn is_letter(mark: &str) -> bool {
    let mut letters = mark.bytes();
    letters.next().is_some_and(|first| first.is_ascii_alphabetic() && letters.all(|b| b == first))
}

/// The parts of the company that its prose names: "the Commercial Lines segment".
pub(crate) struct Segments {
    /// In lower case.
    names: Vec<String>,
}

impl Segments {
    /// Finds the capitals before "segment" and "division".
    pub(crate) fn named_in(paragraphs: &[Paragraph]) -> Segments {
        const MOST: usize = 40;
        let mut names: Vec<String> = Vec::new();
        let words = [" segment", " division"].map(memchr::memmem::Finder::new);
        for paragraph in paragraphs {
            for word in &words {
                for end in word.find_iter(paragraph.text.as_bytes()).take(3) {
                    let name = paragraph.text.get(..end).map(name_before).unwrap_or_default();
                    if names.len() < MOST && name.len() > 3 && !names.contains(&name) {
                        names.push(name);
                    }
                }
            }
        }
        Segments { names }
    }

    /// The segment that the paragraphs after `heading` are about. Headings that name a measure stay within a
    /// segment, others end it; running text changes nothing.
    pub(crate) fn after<'p>(&self, heading: &'p Paragraph, before: &'p str) -> &'p str {
        if self.names.is_empty() || heading.kind != ParagraphKind::Heading {
            return before;
        }
        let name = heading.text.trim_end_matches([':', '.', '-', ' ']);
        let name = [" SEGMENT", " DIVISION", " Segment", " Division"]
            .iter()
            .find_map(|end| name.strip_suffix(end))
            .unwrap_or(name);
        if self.names.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            return name;
        }
        let measure = |w: &str| {
            let w = w.to_ascii_lowercase();
            let part = roles(w.as_bytes());
            part.any(Roles::METRIC.or(Roles::QUOTIENT).or(Roles::INNER)) && !part.any(Roles::BALANCE)
                || matches!(w.as_str(), "and" | "operating")
        };
        if !before.is_empty() && name.len() < 60 && name.split(' ').all(measure) { before } else { "" }
    }
}

/// The capitalised words that `text` ends with, in lower case, without an article before them.
fn name_before(text: &str) -> String {
    let capital = |w: &str| w.starts_with(|c: char| c.is_ascii_uppercase()) || matches!(w, "and" | "&" | "of");
    let words = text.rsplit(' ').take(6).take_while(|w| capital(w));
    let length: usize = words.map(|w| w.len() + 1).sum();
    let words = text.get((text.len() + 1).saturating_sub(length)..).unwrap_or_default();
    let words = words.trim_start_matches("and ").trim_start_matches("of ");
    let words = ["The ", "Our ", "Its ", "In ", "This ", "Each ", "Company's "]
        .iter()
        .find_map(|w| words.strip_prefix(w))
        .unwrap_or(words);
    let measured = words.split(' ').any(|w| roles(w.to_ascii_lowercase().as_bytes()).any(STOPS));
    if measured || matches!(words, "Industry" | "Business" | "Segment" | "The" | "Each") {
        String::new()
    } else {
        words.to_ascii_lowercase()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_have_marks() {
        for (text, mark) in [("(1) Includes", "1"), ("12) Net", "12"), ("A.) Rent", "A"), ("(aa) Cash", "aa")] {
            assert_eq!(note(text), mark);
        }
        for text in ["(in millions) Sales", "(iv) the", "Sales (1) rose", "", "(", ") x", "\u{2014}\u{2014}) y"] {
            assert_eq!(note(text), "", "{text}");
        }
    }

    #[test]
    fn a_heading_names_a_segment_only_where_the_prose_does() {
        let text = |kind, text: &str| Paragraph { kind, ..Paragraph::of(text.as_bytes(), 0) };
        let body = text(ParagraphKind::Body, "Our Commercial Lines segment and the Home and Garden division grew.");
        let segments = Segments::named_in(std::slice::from_ref(&body));
        assert_eq!(segments.names, ["commercial lines", "home and garden"]);
        let lines = text(ParagraphKind::Heading, "COMMERCIAL LINES");
        assert_eq!(segments.after(&lines, ""), "COMMERCIAL LINES");
        assert_eq!(segments.after(&body, "Lines"), "Lines");
        assert_eq!(segments.after(&text(ParagraphKind::Heading, "Operating Income"), "Lines"), "Lines");
        assert_eq!(segments.after(&text(ParagraphKind::Heading, "Liquidity"), "Lines"), "");
    }
}
