//! What a piece of markup shows, on one line.

use crate::tokens::{Token, tokens};
use crate::{Tag, characters};
use std::borrow::Cow;
use tieout_source::Span;

/// The words of `bytes[span]` as a reader sees them: tags left out, references decoded, white space folded.
/// What begins or ends a cell or a line parts words, what changes the font does not. For short pieces, such as
/// a number whose parenthesis has a cell of its own; nothing hidden is known of.
pub fn shown(bytes: &[u8], span: Span) -> Cow<'_, str> {
    let piece = bytes.get(span.start as usize..span.end as usize).unwrap_or_default();
    let plain = piece.is_ascii() && !piece.iter().any(|b| matches!(b, b'<' | b'&') || b.is_ascii_whitespace());
    if plain {
        return tieout_source::decode(piece);
    }
    let mut words = String::with_capacity(piece.len());
    // White space, and the end of a cell, before what comes next.
    let (mut space, mut cell) = (false, false);
    for token in tokens(bytes, span) {
        match token {
            Token::Text { span, .. } => {
                for (c, _) in characters(bytes, span) {
                    match c {
                        '\u{200B}' | '\u{FEFF}' | '\u{AD}' => {}
                        c if c.is_whitespace() => space = true,
                        c => {
                            // "(6.3", then ")" in a cell of its own, on a line of its own.
                            let sign = cell && matches!(c, ')' | '%' | ']');
                            if space && !sign && !words.is_empty() {
                                words.push(' ');
                            }
                            (space, cell) = (false, false);
                            words.push(c);
                        }
                    }
                }
            }
            Token::Start { tag, .. } | Token::End { tag, .. } => {
                space |= parts(tag);
                cell |= matches!(tag, Tag::Td | Tag::Th);
            }
            Token::Comment { .. } | Token::Doctype { .. } => {}
        }
    }
    Cow::Owned(words)
}

/// True for elements that part the words on their two sides. A cell does not: the sign of a number often has one.
fn parts(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Br | Tag::P | Tag::Div | Tag::Tr | Tag::Li | Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::Hr | Tag::Center
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_as_a_reader_sees_them() {
        let show = |text: &str| shown(text.as_bytes(), Span::new(0, text.len())).into_owned();
        assert_eq!(show("1,376"), "1,376");
        assert_eq!(show("(58</font></td>\n<td style=\"width:1.0%\"><p>)"), "(58)");
        assert_eq!(show("sales&nbsp;of <b>$7.5</b>\n  million"), "sales of $7.5 million");
        assert_eq!(show("June 30,<br>2025"), "June 30, 2025");
    }
}
