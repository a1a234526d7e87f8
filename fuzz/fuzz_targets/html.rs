//! Any bytes as HTML: tokens, attributes, characters, document types.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tieout_html::{Content, Token};
use tieout_source::Span;

fuzz_target!(|bytes: &[u8]| {
    let whole = Span::new(0, bytes.len());
    for content in [Content::Data, Content::Rcdata, Content::Script] {
        let mut at = 0;
        for token in tieout_html::tokens_within(bytes, whole, content, b"script") {
            let span = token.span();
            assert!(!span.is_empty() && span.start >= at && whole.contains(span), "tokens stand in order");
            at = span.end;
            match token {
                Token::Start { name, attributes, .. } => {
                    let mut last = name.end;
                    // Among more than 64, for which this is too short, a name may come again.
                    let unique = attributes.len() < 128;
                    for attribute in tieout_html::attributes(bytes, attributes) {
                        assert!(attribute.name.start >= last && attribute.value.start >= attribute.name.end);
                        last = attribute.value.end;
                        assert!(last <= attributes.end && !attribute.name.is_empty());
                        let name = &bytes[attribute.name.start as usize..attribute.name.end as usize];
                        if let Ok(name) = std::str::from_utf8(name)
                            && unique
                        {
                            assert_eq!(tieout_html::attribute(bytes, attributes, name), Some(attribute.value));
                        }
                        assert!(tieout_html::value_characters(bytes, attribute.value).count() <= attribute.value.len());
                    }
                }
                Token::Text { span, .. } => {
                    let (mut text, mut at) = (String::new(), span.start);
                    for (character, place) in tieout_html::characters(bytes, span) {
                        assert!((place.start == at || place.end == at) && place.end <= span.end, "no byte is left out");
                        text.push(character);
                        at = place.end;
                    }
                    assert_eq!(at, span.end);
                    let mut decoded = String::new();
                    tieout_html::decode(bytes, span, &mut decoded);
                    assert_eq!(decoded, text);
                }
                Token::Doctype { span } => {
                    let parts = tieout_html::doctype(bytes, span);
                    assert!([parts.name, parts.public, parts.system].iter().flatten().all(|p| span.contains(*p)));
                }
                Token::Comment { data, .. } => assert!(span.contains(data)),
                Token::End { name, .. } => assert!(span.contains(name)),
            }
        }
    }
});
