//! What a release quotes, and whom.

use crate::Writer;
use crate::page::shorten;
use crate::release::Release;
use std::ops::Range;
use tieout_model::Part;

/// Words that hand over to a speaker or come from one.
const VERBS: [&str; 12] = [
    "said",
    "stated",
    "commented",
    "noted",
    "added",
    "remarked",
    "explained",
    "continued",
    "concluded",
    "observed",
    "commenting",
    "according to",
];

/// Shorter ones are names and titles in quotation marks.
const SHORTEST: usize = 40;

/// Writes every quotation whose speaker the text names.
pub(crate) fn read(release: &Release<'_, '_>, out: &mut Writer<'_>) {
    let flat = &release.flat;
    let mut start = 0;
    while start < flat.text.len() {
        let paragraph = flat.paragraph(start);
        start = paragraph.end + 1;
        let marks = marks(flat.text.get(paragraph.clone()).unwrap_or_default(), paragraph.start);
        let mut before = paragraph.start;
        for (i, pair) in marks.chunks(2).enumerate() {
            let Some(open) = pair.first() else { continue };
            // A quotation that goes on in the next paragraph is not closed in this one.
            let close = pair.get(1).cloned().unwrap_or(paragraph.end..paragraph.end);
            let next = marks.get(i * 2 + 2).map_or(paragraph.end, |m| m.start);
            let words = open.end..close.start;
            if words.len() >= SHORTEST {
                let speaker = after(release, close.end..next).or_else(|| leading(release, before..open.start));
                if let Some(speaker) = speaker {
                    let text = flat.words(words.clone());
                    let value = shorten(text.trim_end_matches(','), 200);
                    let span = flat.span(release.page, open.start..close.end.max(words.end));
                    out.push_noted(Part::Release, "quote", value, speaker, span);
                }
            }
            before = close.end;
        }
    }
}

/// The quotation marks of a paragraph, opening and closing in turn: `"`, curly ones, two graves or two
/// apostrophes.
fn marks(text: &[u8], base: usize) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        let rest = text.get(at..).unwrap_or_default();
        let length = match byte {
            b'"' | 0x93 | 0x94 if byte == b'"' || at == 0 || text.get(at - 1).is_some_and(u8::is_ascii) => 1,
            0xE2 if rest.starts_with("\u{201C}".as_bytes()) || rest.starts_with("\u{201D}".as_bytes()) => 3,
            b'`' if rest.starts_with(b"``") => 2,
            b'\'' if rest.starts_with(b"''") => 2,
            _ => 0,
        };
        if length > 0 {
            found.push(base + at..base + at + length);
        }
        at += length.max(1);
    }
    found
}

/// `," said A. Crane, President of Acme.`
fn after(release: &Release<'_, '_>, range: Range<usize>) -> Option<String> {
    let flat = &release.flat;
    let text = flat.lower.get(range.clone())?;
    let lead = text.iter().take_while(|b| matches!(b, b' ' | b',')).count();
    let from = range.start + lead;
    let rest = flat.lower.get(from..range.end)?;
    let end = flat.sentence(from).end.min(range.end);
    if let Some(verb) = VERBS.iter().find(|v| rest.starts_with(v.as_bytes())) {
        return name(&flat.words(from + verb.len()..end));
    }
    // `," Mr. Crane said.`
    let sentence = flat.words(from..end);
    let cut = VERBS.iter().filter_map(|v| sentence.find(&format!(" {v}"))).min()?;
    name(sentence.get(..cut)?)
}

/// `A. Crane, President, commented, "`: the sentence that leads up to the quotation.
fn leading(release: &Release<'_, '_>, range: Range<usize>) -> Option<String> {
    let flat = &release.flat;
    let last = range.end.checked_sub(2).filter(|l| *l > range.start)?;
    let start = flat.sentence(last).start.max(range.start);
    let text = flat.words(start..range.end);
    let (cut, verb) = VERBS.iter().filter_map(|v| text.rfind(v).map(|at| (at, *v))).max()?;
    let tail = text.get(cut + verb.len()..)?;
    if matches!(verb, "commenting" | "according to") {
        // "Commenting on the results, A. Crane, President, said" has its speaker behind the first comma.
        return name(tail.split_once(',').map_or(tail, |(_, t)| t));
    }
    let before = text.get(..cut)?;
    let lead = before.strip_prefix("In ").or(before.strip_prefix("Commenting ")).or(before.strip_prefix("As "));
    name(lead.and_then(|l| l.split_once(", ")).map_or(before, |(_, rest)| rest))
}

/// A speaker with the office as printed: begins with a capital, is no sentence.
fn name(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches(',').trim().trim_end_matches([',', '.', ':', ';']).trim();
    let words = text.split_whitespace().count();
    let capitals = text.split_whitespace().filter(|w| w.starts_with(|c: char| c.is_uppercase())).count();
    (text.starts_with(|c: char| c.is_uppercase()) && (2..=30).contains(&words) && capitals >= 2)
        .then(|| shorten(text, 160))
}

#[cfg(test)]
mod tests {
    use crate::show;

    fn quotes(text: &str) -> Vec<String> {
        show("EX-99.1", text, |f| f.name == "quote")
    }

    #[test]
    fn speakers_before_and_after() {
        let text = "\"The  quarter's revenue declined for many reasons, and some were good,\" said Ann\nCrane, Acme's President and CEO. \"More words that nobody is named for again here.\"\n\nBob Dale, Treasurer of Acme, Inc., commented, \"We are pleased to say that nothing at all happened.\"\n";
        assert_eq!(
            quotes(text),
            [
                "quote=The quarter's revenue declined for many reasons, and some were good {Ann Crane, Acme's President and CEO}",
                "quote=We are pleased to say that nothing at all happened. {Bob Dale, Treasurer of Acme, Inc}",
            ]
        );
    }

    #[test]
    fn terms_in_quotation_marks_are_no_quotes() {
        assert!(
            quotes("Acme (the \"Company\") said that it sold \"Widgets\" to the \"Buyer\" for a price.\n").is_empty()
        );
    }
}
