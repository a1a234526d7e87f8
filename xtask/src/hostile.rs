//! `cargo xtask hostile`: damaged input of every sort, bounded and repeatable.
//!
//! The same promises as the fuzz targets in `fuzz/`, kept on every test run: reading never panics, every
//! span lies in the file, a fact's span shows its digits or its dash, and reading twice gives one answer.

use crate::args::Args;
use crate::case;
use crate::random::{Random, hash};
use std::panic::catch_unwind;
use tieout::{Report, Source, Span};
use tieout_html::Token;

/// Damages the cases' filings and the project's examples `--rounds` times.
pub(crate) fn run(mut args: Args) -> Result<(), String> {
    let rounds = args.number("--rounds", 20_000)?;
    let seed = args.number("--seed", 1)?;
    args.done()?;
    let broken = rounds_of(rounds, seed)?;
    println!("hostile: {} passed, {} failed", rounds - broken.len() as u64, broken.len());
    broken.iter().take(5).for_each(|b| println!("{b}"));
    if broken.is_empty() { Ok(()) } else { Err(String::new()) }
}

fn rounds_of(rounds: u64, seed: u64) -> Result<Vec<String>, String> {
    let mut seeds: Vec<(String, Vec<u8>)> = case::filings()?.into_iter().map(|(n, t)| (n, t.into_bytes())).collect();
    for path in crate::repo::files(&crate::repo::root().join("examples"), ".txt") {
        seeds.push((path.display().to_string(), std::fs::read(&path).map_err(|e| e.to_string())?));
    }
    let mut random = Random::new(seed);
    let mut broken = Vec::new();
    for round in 0..rounds {
        let (name, original) = &seeds[random.below(seeds.len())];
        let mut bytes = original.clone();
        for _ in 0..1 + random.below(4) {
            damage(&mut bytes, &mut random);
        }
        let outcome = catch_unwind(|| promises(&bytes)).unwrap_or_else(|_| Err("it panicked".into()));
        if let Err(what) = outcome {
            broken
                .push(format!("round {round} (seed {seed}) from {name}: {what}\n{}", String::from_utf8_lossy(&bytes)));
        }
    }
    Ok(broken)
}

/// Tokens that formats and parsers give a meaning: the likeliest to do harm in the wrong place.
const TOKENS: &[&[u8]] = &[
    b"<TABLE>",
    b"</TABLE>",
    b"<S>",
    b"<C>",
    b"<CAPTION>",
    b"<PAGE>",
    b"<DOCUMENT>",
    b"</DOCUMENT>",
    b"<TEXT>",
    b"</TEXT>",
    b"<TYPE>EX-27",
    b"<SEC-HEADER>",
    b"<HTML>",
    b"<html><body><table>",
    b"<tr><td>",
    b"<td colspan=2 align=\"right\">",
    b"</td>",
    b"<br/>",
    b"<p style='",
    b"</",
    b"<!--",
    b"-->",
    b"<script>",
    b"<title>",
    b"<ix:nonFraction name=\"us-gaap:Cash\" scale=\"6\" decimals=\"-5\" sign=\"-\">",
    b"</ix:nonFraction>",
    b"&nbsp;",
    b"&#151;",
    b"&",
    b"\t",
    b"\r\n",
    b"\n\n",
    b"\x0c",
    b"\0",
    b"\xff\xfe",
    b"\xe2\x80\x94",
    b"(",
    b")",
    b"$",
    b"%",
    b"--",
    b"-----",
    b"=====",
    b". . . . ",
    b"........",
    b",",
    b".",
    b"1,234",
    b"(5)",
    b"12/31/99",
    b"December 31, 2002",
    b"Total",
    b"Less:",
    b" million",
    b" respectively",
    b"\"",
    b"- ",
    b"million million",
    b"99999999999999999999999999999999999999999999999",
    b"0.00000000000000000000000000000000000000000000001",
];

/// One injury: a cut, a flipped byte, a token or a run of digits put in, a piece repeated or taken out.
fn damage(bytes: &mut Vec<u8>, random: &mut Random) {
    let at = random.below(bytes.len() + 1);
    match random.below(7) {
        0 => bytes.truncate(at),
        1 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << random.below(8);
            }
        }
        2 => {
            let token = TOKENS[random.below(TOKENS.len())];
            bytes.splice(at..at, token.iter().copied());
        }
        3 => {
            let run = vec![b'0' + random.below(10) as u8; 1 + random.below(400)];
            bytes.splice(at..at, run);
        }
        4 => {
            let end = (at + random.below(300)).min(bytes.len());
            let piece: Vec<u8> = bytes[at..end].to_vec();
            let to = random.below(bytes.len() + 1);
            bytes.splice(to..to, piece);
        }
        5 => {
            let end = (at + random.below(60)).min(bytes.len());
            bytes.drain(at..end);
        }
        _ => {
            let byte = random.below(256) as u8;
            bytes.insert(at, byte);
        }
    }
}

/// What holds whatever the bytes are.
fn promises(bytes: &[u8]) -> Result<(), String> {
    let source = Source::new("hostile", bytes);
    let report = tieout::read(&source);
    let inside = |span: Span| span.start <= span.end && span.end as usize <= bytes.len();
    let spans = spans(&report);
    tokens(bytes)?;
    if let Some((what, span)) = spans.iter().find(|(_, span)| !inside(*span)) {
        return Err(format!("a {what} span outside the file: {span:?}"));
    }
    for fact in &report.facts {
        let shown = source.slice(fact.span);
        if !shown.iter().any(|b| b.is_ascii_digit()) && !is_nil(shown) {
            return Err(format!("a fact of value {} that shows {:?}", fact.amount, String::from_utf8_lossy(shown)));
        }
        if report.fact(fact.reference()).is_none() {
            return Err(format!("no way back to {}", fact.reference()));
        }
    }
    if hash(&format!("{report:?}")) != hash(&format!("{:?}", tieout::read(&source))) {
        return Err("a second reading differs".into());
    }
    Ok(())
}

/// What holds of any bytes taken for HTML: tokens stand in order, what lies between them means nothing, and
/// names, attributes and characters lie in their tokens in order.
fn tokens(bytes: &[u8]) -> Result<(), String> {
    let mut at = 0;
    for token in tieout_html::tokens(bytes, Span::new(0, bytes.len())) {
        let span = token.span();
        let between = bytes.get(at..span.start as usize).unwrap_or(b"?");
        let mut parts = Vec::new();
        match token {
            Token::Start { name, attributes, .. } => {
                let all = tieout_html::attributes(bytes, attributes);
                parts = [name].into_iter().chain(all.flat_map(|a| [a.name, a.value])).collect();
            }
            Token::End { name, .. } => parts.push(name),
            Token::Text { span, .. } => parts = tieout_html::characters(bytes, span).map(|(_, s)| s).collect(),
            Token::Comment { data, .. } => parts.push(data),
            Token::Doctype { .. } => {}
        }
        parts.dedup();
        let in_order = parts.is_sorted_by(|a, b| a.end <= b.start) && parts.iter().all(|p| span.contains(*p));
        if span.is_empty() || !in_order || !between.chunks(3).all(|piece| piece == b"</>") {
            return Err(format!("a token out of place: {token:?} after {at}"));
        }
        at = span.end as usize;
    }
    // Cut off by the end: nothing, or a tag that is not closed.
    match bytes.get(at..) {
        Some(b"") | Some([b'<', ..]) => Ok(()),
        rest => Err(format!("tokens end at {at}, before {} bytes", rest.map_or(0, <[u8]>::len))),
    }
}

/// A dash, or a word that filers print for nothing.
fn is_nil(shown: &[u8]) -> bool {
    let text = tieout::decode(shown).trim().to_lowercase();
    text.contains(['-', '\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}', '\u{97}', '_', '*'])
        || ["nil", "none", "n/a", "nm"].contains(&text.trim_matches(|c: char| !c.is_alphanumeric() && c != '/'))
}

fn spans(report: &Report) -> Vec<(&'static str, Span)> {
    let mut all = Vec::new();
    all.extend(report.submission.documents.iter().map(|d| ("document", d.body)));
    all.extend(report.submission.header.iter().chain(&report.submission.cover).map(|f| ("field", f.span)));
    all.extend(report.submission.schedules.iter().flat_map(|s| &s.values).map(|v| ("schedule", v.span)));
    all.extend(report.tables.iter().map(|t| ("table", t.span)));
    all.extend(report.tables.iter().flat_map(|t| &t.lines).map(|l| ("label", l.label_span)));
    all.extend(report.facts.iter().map(|f| ("fact", f.span)));
    all.extend(report.claims.iter().flat_map(|c| [("claim", c.span), ("quote", c.quote_span)]));
    all.extend(report.ties.iter().map(|t| ("tie", t.span)));
    all.extend(report.findings.iter().flat_map(|f| &f.labels).map(|l| ("finding", l.span)));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damaged_filings_keep_every_promise() {
        let broken = rounds_of(2_000, 1).unwrap();
        assert!(broken.is_empty(), "{} broken; the first: {}", broken.len(), broken[0]);
    }

    #[test]
    fn whole_filings_keep_every_promise() {
        for (name, text) in case::filings().unwrap() {
            assert_eq!(promises(text.as_bytes()), Ok(()), "{name}");
        }
    }

    #[test]
    fn bytes_without_meaning_keep_every_promise() {
        let long = [
            b"(".repeat(20_000),
            b"<".repeat(20_000),
            b"9".repeat(20_000),
            b"<TABLE>".repeat(3_000),
            b"<a b=\"".repeat(3_000),
            b"<script><!--".repeat(2_000),
            b"- ".repeat(9_000),
        ];
        for bytes in long.iter().map(Vec::as_slice).chain([&b""[..], b"\0", b"\n", b"\xff", b"$", b"-"]) {
            assert_eq!(promises(bytes), Ok(()), "{:?}", bytes.get(..8));
        }
    }
}
