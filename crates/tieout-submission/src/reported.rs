//! Of whom and of when a release speaks: the ticker symbol and the period reported.

use crate::release::{Release, TOP};
use crate::{Writer, date};
use tieout_model::Part;

/// "(NASDAQ: ZOOM)", "NYSE - ZRN": exchange and symbol as printed, the first only.
pub(crate) fn ticker(release: &Release<'_, '_>, out: &mut Writer<'_>) {
    let flat = &release.flat;
    let exchanges = [
        "nasdaq",
        "nyse",
        "new york stock exchange",
        "amex",
        "american stock exchange",
        "otcbb",
        "otc bb",
        "otc bulletin board",
    ];
    let limit = flat.lower.len().min(16 * 1024);
    for (at, name) in flat.all(&exchanges, 0..limit) {
        let from = at + name.len();
        let window = flat.text.get(from..(from + 60).min(flat.text.len())).unwrap_or_default();
        let Some(mark) = window.iter().position(|b| matches!(b, b':' | b')' | b'.')).filter(|&n| window[n] == b':')
        else {
            continue;
        };
        let gap = window.get(mark + 1..).unwrap_or_default().iter().take_while(|b| matches!(b, b' ' | b'"')).count();
        let start = mark + 1 + gap;
        let length = window
            .get(start..)
            .unwrap_or_default()
            .iter()
            .take(8)
            .take_while(|b| b.is_ascii_uppercase() || matches!(b, b'.' | b'-'))
            .count();
        let symbol = window.get(start..start + length).unwrap_or_default();
        if symbol.first().is_some_and(u8::is_ascii_uppercase) && length <= 7 {
            let end = from + start + symbol.iter().rposition(u8::is_ascii_uppercase).map_or(0, |n| n + 1);
            out.push(Part::Release, "ticker", flat.words(at..end), flat.span(release.page, at..end));
            return;
        }
    }
}

/// "first quarter ended March 31, 2003": the first period named with its end; else the first named quarter
/// or year. Headline and first paragraphs say it; a period further down may be another's.
pub(crate) fn period(release: &Release<'_, '_>, dateline: Option<usize>, out: &mut Writer<'_>) {
    let flat = &release.flat;
    let mut limit = 0;
    for _ in 0..dateline.map_or(TOP / 4, |d| d + OPENING) {
        limit = (flat.paragraph(limit).end + 1).min(flat.lower.len());
    }
    let spans = [
        "quarter ended",
        "quarter ending",
        "months ended",
        "months ending",
        "weeks ended",
        "weeks ending",
        "year ended",
        "year ending",
        "period ended",
        "period ending",
    ];
    for (at, phrase) in flat.all(&spans, 0..limit) {
        let from = at + phrase.len();
        let window = flat.text.get(from..(from + 32).min(flat.text.len())).unwrap_or_default();
        let Some(found) = date::first(window, release.date.map(|d| d.year())).filter(|f| f.start <= 3) else {
            continue;
        };
        // "Form 10-K for the fiscal year ended" names another report.
        let lead = flat.lower.get(at.saturating_sub(40)..at).unwrap_or_default();
        if memchr::memmem::find(lead, b"form 10-").is_some() {
            continue;
        }
        let end = match release.date {
            // A day without its year that lies after the release is last year's.
            Some(day) if found.date > day && flat.words(from + found.start..from + found.end).len() < 14 => {
                found.date.checked_sub(jiff::Span::new().years(1)).unwrap_or(found.date)
            }
            _ => found.date,
        };
        let start = period_start(&flat.lower, at);
        let range = start..from + found.end;
        out.push(Part::Release, "period", flat.words(range.clone()), flat.span(release.page, range));
        let day = from + found.start..from + found.end;
        out.push(Part::Release, "period_end", end.to_string(), flat.span(release.page, day));
        return;
    }
    for (at, word) in flat.all(&["quarter", "fiscal year"], 0..limit) {
        let from = at + word.len();
        let start = period_start(&flat.lower, at);
        let rest = flat.lower.get(from..(from + 18).min(flat.lower.len())).unwrap_or_default();
        let gaps: [&[u8]; 6] = [b" of fiscal year ", b" of fiscal ", b" fiscal ", b" of ", b", ", b" "];
        let gap = gaps.into_iter().find(|g| rest.starts_with(g));
        let Some(gap) = gap else { continue };
        let year = rest.get(gap.len()..gap.len() + 4).unwrap_or_default();
        if (start < at || word == "fiscal year") && year.len() == 4 && year.iter().all(u8::is_ascii_digit) {
            let range = start..from + gap.len() + 4;
            out.push(Part::Release, "period", flat.words(range.clone()), flat.span(release.page, range));
            return;
        }
    }
}

/// How many paragraphs from the dateline on tell the period.
const OPENING: usize = 6;

/// Takes in the words before "quarter" that say which.
fn period_start(lower: &[u8], at: usize) -> usize {
    const WORDS: [&[u8]; 24] = [
        b"first",
        b"second",
        b"third",
        b"fourth",
        b"fiscal",
        b"three",
        b"six",
        b"nine",
        b"twelve",
        b"thirteen",
        b"twenty-six",
        b"thirty-nine",
        b"52",
        b"53",
        b"13",
        b"14",
        b"26",
        b"39",
        b"and",
        b"year",
        b"full",
        b"1st",
        b"2nd",
        b"quarter",
    ];
    let mut start = at;
    for _ in 0..5 {
        let before = lower.get(..start).unwrap_or_default().trim_ascii_end();
        let word = memchr::memrchr2(b' ', b'\n', before).map_or(0, |n| n + 1);
        if !WORDS.contains(&before.get(word..).unwrap_or_default()) {
            break;
        }
        start = word;
    }
    let phrase = lower.get(start..at).unwrap_or_default();
    start + if phrase.starts_with(b"and ") { 4 } else { 0 }
}
