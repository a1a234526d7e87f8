//! The page that `check --format html` writes: one file that needs nothing else. The document as filed with a
//! tick mark at each number, and beside it what the checks made of it.
//!
//! The document is written as HTML here ([`source`]), so that the browser shows it without a script and finds words in
//! it; what is known of its numbers goes along as data ([`data`]), which `page.js` lays out. Data and script come
//! first: the document, which may be long, streams in beside results that can be read and clicked. It comes in
//! blocks ([`blocks`], [`words`]) that the browser lays out when they come into sight.

mod blocks;
mod data;
mod escape;
mod markup;
mod places;
mod source;
mod style;
mod words;

use crate::view::View;
use places::Places;

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
/// How a number looks: for the page, and for each HTML document, which no other rule of the page reaches.
const NUMBER: &str = include_str!("number.css");
const SCRIPT: &str = include_str!("page.js");

/// The whole page of one file.
pub(crate) fn write(view: &View<'_>, out: &mut Vec<u8>) {
    let places = Places::of(view);
    let mut page = String::new();
    let mut rest = PAGE;
    // What is put in is not looked at again: a filing may say {{script}}.
    while let Some((before, (name, after))) = rest.split_once("{{").and_then(|(b, r)| Some((b, r.split_once("}}")?))) {
        page += before;
        match name {
            "nonce" => page += &nonce(view.source.bytes),
            "version" => page += env!("CARGO_PKG_VERSION"),
            "title" => escape::text(&data::title(view), &mut page),
            "style" => page.extend([NUMBER, STYLE]),
            "source" => source::write(view, &places, &mut page),
            "data" => data::write(view, &places, &mut page),
            "script" => page += SCRIPT,
            _ => {}
        }
        rest = after;
    }
    page += rest;
    out.extend_from_slice(page.as_bytes());
}

/// The word by which the page's policy knows the page's own script from any other. It follows from the filing (FNV-1a),
/// so that the same file gives the same page. The first lock is what [`markup`] lets through; this is the second.
fn nonce(bytes: &[u8]) -> String {
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x100_0000_01b3));
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests;
