//! Paragraphs that a page break or an odd indent has cut in two.

use tieout_grid::{Anchor, Paragraph, ParagraphKind};

/// The first paragraph with those that carry it on, and how many they are. A sentence goes on where it had not
/// ended and the next paragraph begins in lower case, or with the number that its last word asks for ("payment for",
/// "4,659,691 shares"); a page number between them is passed over.
pub(crate) fn rejoined(paragraphs: &[Paragraph]) -> Option<(Paragraph, usize)> {
    let (first, rest) = paragraphs.split_first().filter(|(first, _)| !is_page_number(&first.text))?;
    let mut taken = carried_on(first, rest)?;
    let mut whole = first.clone();
    append(&mut whole, rest.get(taken - 1)?);
    // Twice at most, so that a text all in lower case is not read over and over.
    if let Some(more) = rest.get(taken - 1..).and_then(|r| r.split_first()).and_then(|(p, rest)| carried_on(p, rest)) {
        taken += more;
        append(&mut whole, rest.get(taken - 1)?);
    }
    Some((whole, taken))
}

/// How many paragraphs on the sentence that `paragraph` breaks off goes on.
fn carried_on(paragraph: &Paragraph, rest: &[Paragraph]) -> Option<usize> {
    let last = *paragraph.text.as_bytes().last()?;
    let open = last.is_ascii_alphanumeric() || matches!(last, b',' | b'$' | b'%');
    let next = rest.iter().take(2).position(|p| open && !is_page_number(&p.text))?;
    let found = rest.get(next)?;
    let lower = found.kind != ParagraphKind::Bullet && found.text.starts_with(|c: char| c.is_ascii_lowercase());
    let number = next == 0 && found.text.starts_with(|c: char| c.is_ascii_digit() || c == '$');
    (lower || number && asks_for_more(&paragraph.text)).then_some(next + 1)
}

/// Text that ends with a word no sentence ends with.
fn asks_for_more(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or_default();
    matches!(
        last,
        "of" | "for" | "to" | "and" | "or" | "by" | "from" | "with" | "was" | "were" | "than" | "the" | "approximately"
    )
}

/// "22", "- 3 -", "F-12", "Page 82".
fn is_page_number(text: &str) -> bool {
    if text.len() > 12 || !text.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let word = text.get(..4).is_some_and(|w| w.eq_ignore_ascii_case("page"));
    word || text.bytes().filter(u8::is_ascii_alphabetic).count() < 2
}

fn append(whole: &mut Paragraph, next: &Paragraph) {
    whole.text.push(' ');
    let shift = whole.text.len() as u32;
    whole.text.push_str(&next.text);
    whole.anchors.extend(next.anchors.iter().map(|a| Anchor { text: a.text + shift, source: a.source }));
    whole.span = whole.span.join(next.span);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_goes_on_over_the_page() {
        let text = "sales of $5.1 F2 million in May. Next.";
        let pieces = [(0, 13), (14, 16), (17, 32), (33, 38)].map(|(a, b)| Paragraph::of(&text.as_bytes()[a..b], a));
        let (whole, taken) = rejoined(&pieces).unwrap();
        assert_eq!((whole.text.as_str(), taken), ("sales of $5.1 million in May.", 2));
        let span = whole.span_of(9..21);
        assert_eq!((span.start, span.end), (9, 24));
        assert!(rejoined(&pieces[1..]).is_none() && rejoined(&pieces[2..]).is_none());
    }

    #[test]
    fn a_line_that_begins_with_a_number_is_no_new_paragraph_where_one_is_asked_for() {
        let joined = |a: &str, b: &str| {
            rejoined(&[Paragraph::of(a.as_bytes(), 0), Paragraph::of(b.as_bytes(), a.len() + 1)]).is_some()
        };
        assert!(joined("a price of $6.00 for", "4,659,691 shares of Acme."));
        assert!(!joined("Results for 1994", "4,659,691 shares of Acme."));
    }
}
