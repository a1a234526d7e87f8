//! HTML as a stream of events, each with the bytes it came from.
//!
//! [`tokens`] is the tokenizer of the WHATWG standard (HTML, section 13.2.5) over bytes as received, with
//! the byte span of everything it says and without allocating: names, attributes and character references
//! are read from the bytes when somebody asks. It never fails; what the standard calls a parse error is
//! read as the standard recovers from it.
//!
//! ```
//! use tieout_html::{Tag, Token, decode, tokens};
//! use tieout_source::Span;
//!
//! let bytes = b"<td align=right>1&#160;234</td>";
//! let mut cell = String::new();
//! for token in tokens(bytes, Span::new(0, bytes.len())) {
//!     match token {
//!         Token::Start { tag: Tag::Td, .. } => cell.clear(),
//!         Token::Text { span, .. } => decode(bytes, span, &mut cell),
//!         _ => {}
//!     }
//! }
//! assert_eq!(cell, "1\u{a0}234");
//! ```
//!
//! Three things differ from the standard, because spans must slice to the bytes as they are:
//!
//! * Nothing is normalised in the tokens: names have their case, text its line ends, NULs and references.
//!   [`characters`] and [`decode`] normalise where text is read.
//! * Bytes are not decoded first. Every byte with a meaning in HTML is ASCII in all encodings that filings
//!   have, so the text between is decoded when read: UTF-8 where it is, otherwise Windows-1252.
//! * There is no tree. What the standard's tree builder decides for the tokenizer, that the content of
//!   `<title>`, `<style>`, `<script>` and their like is no markup, goes by the name of the tag (scripting off:
//!   `<noscript>` is markup). CDATA sections are bogus comments, as they are everywhere but in SVG and MathML.

mod attributes;
mod characters;
mod doctype;
mod raw;
mod references;
mod scan;
mod shown;
mod tag;
mod tokens;

pub use attributes::{Attribute, Attributes, attribute, attributes};
pub use characters::{Characters, characters, decode, raw_characters, value_characters};
pub use doctype::{Doctype, doctype};
pub use raw::Content;
pub use shown::shown;
pub use tag::Tag;
pub use tokens::{Token, Tokens, tokens, tokens_within};
