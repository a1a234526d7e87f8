//! Tokens in the form that others give them, to compare with: names in lower case, references decoded, line
//! ends and NULs normalised, text joined.

use std::collections::BTreeMap;
use tieout_html::{Characters, Content, Doctype, Token};
use tieout_source::Span;

/// A token as the conformance suite and the tokenizers of browsers write it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Form {
    /// Name, attributes, self-closing.
    Start(String, BTreeMap<String, String>, bool),
    End(String),
    Text(String),
    Comment(String),
    /// Name, public and system identifier, force-quirks.
    Doctype(Option<String>, Option<String>, Option<String>, bool),
}

/// Appends a token; text joins the text before it.
pub(crate) fn push(out: &mut Vec<Form>, form: Form) {
    match (out.last_mut(), form) {
        (Some(Form::Text(last)), Form::Text(text)) => last.push_str(&text),
        (_, Form::Text(text)) if text.is_empty() => {}
        (_, form) => out.push(form),
    }
}

/// The tokens of `bytes`, which begin in `content` of `element`.
pub(crate) fn forms(bytes: &[u8], content: Content, element: &[u8]) -> Vec<Form> {
    let mut out = Vec::new();
    let mut within = content;
    for token in tieout_html::tokens_within(bytes, Span::new(0, bytes.len()), content, element) {
        let form = match token {
            Token::Text { span, references } => text(bytes, span, within, references),
            Token::Start { name, attributes, self_closing, .. } => {
                Form::Start(lower(bytes, name), attributes_of(bytes, attributes), self_closing)
            }
            Token::End { name, .. } => Form::End(lower(bytes, name)),
            Token::Comment { data, .. } => Form::Comment(raw(bytes, data)),
            Token::Doctype { span } => {
                let Doctype { name, public, system, force_quirks } = tieout_html::doctype(bytes, span);
                let id = |id: Option<Span>| id.map(|id| raw(bytes, id));
                Form::Doctype(name.map(|name| lower(bytes, name)), id(public), id(system), force_quirks)
            }
        };
        within = if let Token::Start { tag, .. } = token { Content::of(tag) } else { Content::Data };
        push(&mut out, form);
    }
    out
}

fn text(bytes: &[u8], span: Span, within: Content, references: bool) -> Form {
    let read = |all: Characters| all.map(|(c, _)| c).collect::<String>();
    let raw_text = read(tieout_html::raw_characters(bytes, span));
    let decoded = if references { read(tieout_html::characters(bytes, span)) } else { raw_text };
    if within == Content::Data {
        assert_eq!(decoded, read(tieout_html::characters(bytes, span)), "text without references has none");
    }
    // In markup and CDATA sections a NUL is left to the tree builder.
    let keeps_nul = matches!(within, Content::Data | Content::Cdata);
    Form::Text(if keeps_nul { decoded } else { decoded.replace('\0', "\u{FFFD}") })
}

fn attributes_of(bytes: &[u8], attributes: Span) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for attribute in tieout_html::attributes(bytes, attributes) {
        let name = lower(bytes, attribute.name);
        let value: String = tieout_html::value_characters(bytes, attribute.value).map(|(c, _)| c).collect();
        let before = out.insert(name, value.replace('\0', "\u{FFFD}"));
        assert_eq!(before, None, "each name comes once");
    }
    out
}

fn raw(bytes: &[u8], span: Span) -> String {
    tieout_html::raw_characters(bytes, span).map(|(c, _)| c).collect::<String>().replace('\0', "\u{FFFD}")
}

fn lower(bytes: &[u8], span: Span) -> String {
    raw(bytes, span).to_ascii_lowercase()
}
