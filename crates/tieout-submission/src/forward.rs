//! Forward-looking statements: where a text warns that it speaks of the future. Claims inside are not about
//! results, so the extent matters in both directions: all of the warning, and no sentence with results.

use crate::Writer;
use crate::flat::Flat;
use crate::page::{Page, shorten};
use std::ops::Range;
use tieout_model::Part;

/// Words by which a warning begins.
const TRIGGERS: [&str; 9] = [
    "forward-looking",
    "forward looking",
    "forward- looking",
    "forward -looking",
    "private securities litigation reform act",
    "except for historical",
    "except for the historical",
    "safe harbor",
    "other than historical",
];

/// Words by which the paragraphs after it go on.
const RISKS: [&str; 14] = [
    "risks",
    "uncertainties",
    "differ materially",
    "materially different",
    "could cause",
    "no obligation",
    "undue reliance",
    "obligation to update",
    "obligation or undertaking",
    "securities and exchange commission",
    "factors",
    "no duty",
    "disclaim",
    "anticipate",
];

/// More paragraphs than any warning has.
const MOST: usize = 40;

/// Writes each warning as one field, its span from the first word to the last.
pub(crate) fn read(page: &Page<'_>, flat: &Flat, out: &mut Writer<'_>) {
    let mut from = 0;
    for (at, _) in flat.all(&TRIGGERS, 0..flat.lower.len()) {
        if at < from || !means_warning(flat, at) {
            continue;
        }
        match warning(flat, at, flat.paragraph(at)) {
            Some(range) => {
                let range = go_on(flat, range);
                let value = shorten(&flat.words(range.clone()), 200);
                out.push(Part::Release, "forward_looking", value, flat.span(page, range.clone()));
                from = range.end;
            }
            None => from = flat.sentence(at).end,
        }
    }
}

/// "Forward-looking" is also said of guidance and of prices: what it qualifies, or the warning around it,
/// tells.
fn means_warning(flat: &Flat, at: usize) -> bool {
    let text = flat.lower.get(at..(at + 40).min(flat.lower.len())).unwrap_or_default();
    if !text.starts_with(b"forward") {
        return true;
    }
    let rest = memchr::memmem::find(text, b"looking").and_then(|n| text.get(n + 7..)).unwrap_or_default();
    let word = rest.iter().position(u8::is_ascii_alphabetic).and_then(|n| rest.get(n..)).unwrap_or_default();
    ["statement", "information", "matter", "comment", "disclosure", "in nature", "data"]
        .iter()
        .any(|w| word.starts_with(w.as_bytes()))
        || warns(flat, flat.sentence(at))
}

/// The warning in the trigger's own paragraph: from the trigger's sentence on, as long as no sentence has
/// results. Words that only quote or announce a warning ("see Forward-Looking Statements below") are none.
fn warning(flat: &Flat, at: usize, paragraph: Range<usize>) -> Option<Range<usize>> {
    if paragraph.len() < 120 {
        return is_heading(flat, &paragraph).then_some(paragraph);
    }
    let first = flat.sentence(at);
    if has_figures(flat, first.clone()) {
        return None;
    }
    let start = first.start.max(paragraph.start);
    let mut end = first.end;
    while end < paragraph.end {
        let next = flat.sentence_from((end + 1).min(paragraph.end), paragraph.end);
        if next <= end || has_figures(flat, end..next) {
            break;
        }
        end = next;
    }
    Some(start..end)
}

/// A title over a warning: short, without a full sentence.
fn is_heading(flat: &Flat, paragraph: &Range<usize>) -> bool {
    let words = flat.lower.get(paragraph.clone()).unwrap_or_default();
    let text = String::from_utf8_lossy(words);
    !["see ", " above", " below", "refer to", "item ", "signature", "table of contents"]
        .iter()
        .any(|w| text.contains(w))
}

/// Takes in the paragraphs that go on with the warning: lists of risks, cautions, disclaimers.
fn go_on(flat: &Flat, range: Range<usize>) -> Range<usize> {
    let mut end = range.end;
    // The warning stopped inside its paragraph: results follow.
    if flat.paragraph(range.start).end > end {
        return range;
    }
    let mut title = range.len() < 120;
    for _ in 0..MOST {
        let next = flat.paragraph(end + 1);
        if next.start <= end
            || next.is_empty()
            || has_figures(flat, next.clone())
            || !(title || warns(flat, next.clone()))
        {
            break;
        }
        // Under a title the first paragraph counts as the warning, if it is a paragraph.
        title = title && next.len() < 60;
        end = next.end;
    }
    range.start..end
}

fn warns(flat: &Flat, range: Range<usize>) -> bool {
    let start = range.start;
    let text = flat.lower.get(range).unwrap_or_default();
    let lead = flat.text.get(start).copied().unwrap_or(0);
    let listed = text.len() < 600
        && (lead.is_ascii_lowercase() || matches!(lead, b'-' | b'*' | b'(' | b';') || !lead.is_ascii());
    let has = |w: &&str| memchr::memmem::find(text, w.as_bytes()).is_some();
    // Sentences, not the words of a table: a line of figures was refused before.
    listed && text.iter().filter(|b| b.is_ascii_digit()).count() < 8
        || text.len() > 60 && (RISKS.iter().filter(|w| has(w)).nth(1).is_some() || TRIGGERS.iter().any(has))
}

/// Money or percents: a sentence with results. Dates and laws' numbers are not figures.
fn has_figures(flat: &Flat, range: Range<usize>) -> bool {
    let text = flat.text.get(range).unwrap_or_default();
    text.iter().enumerate().any(|(i, b)| match b {
        b'$' => text
            .get(i + 1..)
            .unwrap_or_default()
            .trim_ascii_start()
            .first()
            .is_some_and(|d| d.is_ascii_digit() || *d == b'.'),
        b'%' => i > 0 && text.get(i - 1).is_some_and(u8::is_ascii_digit),
        _ => false,
    }) || text.windows(3).filter(|w| w[0].is_ascii_digit() && w[1] == b',' && w[2].is_ascii_digit()).nth(1).is_some()
}

#[cfg(test)]
mod tests {
    use crate::page::fold;
    use tieout_source::Source;

    fn spans(text: &str) -> Vec<String> {
        let source = Source::new("t", text.as_bytes());
        let fields = crate::fields(&source, "EX-99.1");
        fields.iter().filter(|f| f.name == "forward_looking").map(|f| fold(source.slice(f.span))).collect()
    }

    const RISK: &str = "Actual results may be materially different as a result of known and unknown risks, including losses, competition and delays.";

    #[test]
    fn to_the_paragraphs_end_and_not_the_table() {
        let text = format!(
            "Sales rose 4%.\n\nThis release contains forward-looking\ninformation about plans. {RISK}\n\n   ACME, INC.\n  Balance Sheets\n\nCash   $ 7,690   $ 7,612\n"
        );
        assert_eq!(spans(&text), [format!("This release contains forward-looking information about plans. {RISK}")]);
    }

    #[test]
    fn a_title_takes_its_paragraph_and_its_list() {
        let text = format!(
            "Safe Harbor Statement\n\nCertain statements here are about the future and rest on what is believed today. {RISK}\n\n- the risk of rain\n\n- the risk of snow\n\nAbout Acme\n\nAcme makes widgets.\n"
        );
        let found = spans(&text);
        assert_eq!(found.len(), 1);
        assert!(found[0].starts_with("Safe Harbor") && found[0].ends_with("risk of snow"), "{found:?}");
    }

    #[test]
    fn results_in_the_same_paragraph_stay_outside() {
        let text = format!(
            "Sales were $7.5 million. The outlook is a forward-looking statement and may not come true. {RISK} Net income was $2 million for the year.\n"
        );
        assert_eq!(spans(&text), [format!("The outlook is a forward-looking statement and may not come true. {RISK}")]);
    }

    #[test]
    fn a_figure_in_the_warning_sentence_refuses_it() {
        assert!(spans("We look forward to results. Our forward-looking sales estimate for the year that has just begun is now $75 million, as we said it would be before.\n").is_empty());
    }
}
