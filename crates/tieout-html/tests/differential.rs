//! The same tokens as two tokenizers of others, html5gum and html5ever, from markup soup and from real filings
//! (`TIEOUT_CORPUS` says where those are).
#![allow(clippy::disallowed_methods, clippy::print_stderr, reason = "a test reads files and says what it left out")]

mod form;

use form::Form;
use proptest::prelude::*;
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use tieout_html::Content;

fn html5gum(text: &str) -> Vec<Form> {
    use html5gum::{DefaultEmitter, State, Token, Tokenizer};
    let string = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut tokenizer = Tokenizer::new_with_emitter(text, DefaultEmitter::default());
    let mut out = Vec::new();
    while let Some(token) = tokenizer.next() {
        let Ok(token) = token;
        let form = match token {
            Token::StartTag(tag) => {
                // Its own switch goes by a list that is not quite the standard's.
                match content(&tag.name) {
                    Content::Rcdata => tokenizer.set_state(State::RcData),
                    Content::Rawtext => tokenizer.set_state(State::RawText),
                    Content::Script => tokenizer.set_state(State::ScriptData),
                    Content::Plaintext => tokenizer.set_state(State::PlainText),
                    Content::Data | Content::Cdata => {}
                }
                let attributes = tag.attributes.iter().map(|(name, value)| (string(name), string(value))).collect();
                Form::Start(string(&tag.name), attributes, tag.self_closing)
            }
            Token::EndTag(tag) => Form::End(string(&tag.name)),
            Token::String(text) => Form::Text(string(&text)),
            Token::Comment(text) => Form::Comment(string(&text)),
            Token::Doctype(doctype) => Form::Doctype(
                Some(string(&doctype.name)).filter(|name| !name.is_empty()),
                doctype.public_identifier.map(|id| string(&id)),
                doctype.system_identifier.map(|id| string(&id)),
                doctype.force_quirks,
            ),
            Token::Error(_) => continue,
        };
        form::push(&mut out, form);
    }
    out
}

fn html5ever(text: &str) -> Vec<Form> {
    use html5ever::tendril::StrTendril;
    use html5ever::tokenizer::states::RawKind;
    use html5ever::tokenizer::{BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
    struct Sink(RefCell<Vec<Form>>);
    impl TokenSink for Sink {
        type Handle = ();
        fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
            let string = |text: StrTendril| text.to_string();
            let mut next = TokenSinkResult::Continue;
            let form = match token {
                Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                    next = match content(tag.name.as_bytes()) {
                        Content::Rcdata => TokenSinkResult::RawData(RawKind::Rcdata),
                        Content::Rawtext => TokenSinkResult::RawData(RawKind::Rawtext),
                        Content::Script => TokenSinkResult::RawData(RawKind::ScriptData),
                        Content::Plaintext => TokenSinkResult::Plaintext,
                        Content::Data | Content::Cdata => TokenSinkResult::Continue,
                    };
                    let attributes = tag.attrs.into_iter().map(|a| (a.name.local.to_string(), string(a.value)));
                    Form::Start(tag.name.to_string(), attributes.collect(), tag.self_closing)
                }
                Token::TagToken(tag) => Form::End(tag.name.to_string()),
                Token::CharacterTokens(text) => Form::Text(string(text)),
                Token::NullCharacterToken => Form::Text("\0".into()),
                Token::CommentToken(text) => Form::Comment(string(text)),
                Token::DoctypeToken(doctype) => Form::Doctype(
                    doctype.name.map(string),
                    doctype.public_id.map(string),
                    doctype.system_id.map(string),
                    doctype.force_quirks,
                ),
                Token::EOFToken | Token::ParseError(_) => return next,
            };
            form::push(&mut self.0.borrow_mut(), form);
            next
        }
    }
    let tokenizer =
        Tokenizer::new(Sink(RefCell::default()), TokenizerOpts { discard_bom: false, ..Default::default() });
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(text));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner()
}

/// What follows a start tag: the standard's words, written once more.
fn content(name: &[u8]) -> Content {
    match name {
        b"title" | b"textarea" => Content::Rcdata,
        b"style" | b"xmp" | b"iframe" | b"noembed" | b"noframes" => Content::Rawtext,
        b"script" => Content::Script,
        b"plaintext" => Content::Plaintext,
        _ => Content::Data,
    }
}

/// The first token that differs from ours.
fn difference(ours: &[Form], theirs: &[Form], whose: &str) -> Result<(), String> {
    let length = ours.len().max(theirs.len());
    match (0..length).find(|&i| ours.get(i) != theirs.get(i)) {
        None => Ok(()),
        Some(i) => Err(format!("token {i}:\n  ours {:?}\n  {whose} {:?}", ours.get(i), theirs.get(i))),
    }
}

fn compare(text: &str) -> Result<(), String> {
    let ours = form::forms(text.as_bytes(), Content::Data, b"");
    difference(&ours, &html5gum(text), "html5gum")?;
    difference(&ours, &html5ever(text), "html5ever")
}

/// Pieces that mean something to a tokenizer, alone or put together.
const PIECES: &[&str] = &[
    "<",
    ">",
    "/",
    "</",
    "/>",
    "!",
    "?",
    "-",
    "--",
    "=",
    "\"",
    "'",
    " ",
    "\n",
    "\t",
    "\r\n",
    "\r",
    "\x0C",
    "\0",
    "&",
    ";",
    "#",
    "x",
    "1",
    "[",
    "]",
    "]]>",
    "<!",
    "<!-",
    "<!--",
    "-->",
    "--!>",
    "--!",
    "<![CDATA[",
    "<?xml",
    "?>",
    "<!DOCTYPE",
    "<!doctype html",
    " PUBLIC",
    "SYSTEM ",
    "&amp",
    "&amp;",
    "&nbsp;",
    "&not",
    "&notin;",
    "&notit;",
    "&copy=",
    "&ngE;",
    "&zz;",
    "&#",
    "&#x",
    "&#151;",
    "&#x97",
    "&#0;",
    "&#xD800;",
    "&#1114112;",
    "&#13;",
    "<td",
    "</TD>",
    "<Td align=right>",
    " colspan=\"2\"",
    " a='b'",
    " a=b",
    " A=c",
    "<p>",
    "<br/>",
    "1,234",
    "a",
    "Z",
    "\u{e9}",
    "\u{2014}",
    "<script",
    "<script>",
    "</script",
    "</SCRIPT>",
    "<script ",
    "<title>",
    "</title>",
    "</title",
    "<textarea>",
    "</textarea ",
    "<style>",
    "</style>",
    "<xmp>",
    "</xmp/",
    "<plaintext>",
    "<noscript>",
    "<svg>",
    "</svg>",
    "<ix:nonFraction name=\"us-gaap:Cash\">",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn markup_soup(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..24)) {
        let text = pieces.concat();
        prop_assert_eq!(compare(&text), Ok(()), "{:?}", text);
    }
}

/// Every fourth of them, and of a long one the beginning and the end: the others are slow.
#[test]
fn real_filings() {
    let folder = std::env::var_os("TIEOUT_CORPUS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus"), PathBuf::from)
        .join("html");
    let mut paths: Vec<PathBuf> = Vec::new();
    for category in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
        paths.extend(std::fs::read_dir(category.path()).into_iter().flatten().flatten().map(|e| e.path()));
    }
    if paths.is_empty() {
        eprintln!("no filings at {}: nothing compared", folder.display());
        return;
    }
    paths.sort();
    let mut different = Vec::new();
    for path in paths.iter().step_by(4) {
        // Others read text, not bytes.
        let bytes = std::fs::read(path).unwrap();
        let edge = bytes.len().min(100_000);
        for part in [&bytes[..edge], &bytes[bytes.len() - edge..]] {
            if let Err(what) = compare(&String::from_utf8_lossy(part)) {
                different.push(format!("{}: {what}", path.display()));
            }
        }
    }
    assert!(different.is_empty(), "{} differ:\n{}", different.len(), different.join("\n"));
}
