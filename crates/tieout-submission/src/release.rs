//! The parts of a press release: headline, dateline, ticker, period reported, and by way of the modules
//! beside this one its contacts, quotes and forward-looking statements.

use crate::flat::{Flat, paragraphs};
use crate::page::{Page, fold, lower};
use crate::{Writer, contact, date, forward, patterns, quote, reported};
use jiff::civil::Date;
use std::ops::Range;
use tieout_model::Part;

/// A release as its readers see it.
pub(crate) struct Release<'p, 'a> {
    pub(crate) page: &'p Page<'a>,
    /// Paragraphs as ranges of lines.
    pub(crate) paragraphs: Vec<Range<usize>>,
    /// The same as one text.
    pub(crate) flat: Flat,
    /// The day it is dated.
    pub(crate) date: Option<Date>,
}

/// Headline and dateline stand among the first paragraphs.
pub(crate) const TOP: usize = 48;

/// Reads lines `from..` of a page as a press release. `filed` gives a year to dates that have none.
pub(crate) fn read(page: &Page<'_>, from: usize, filed: Option<Date>, out: &mut Writer<'_>) {
    let paragraphs = paragraphs(page, from..page.lines.len());
    let flat = Flat::of_paragraphs(page, &paragraphs);
    let mut release = Release { page, paragraphs, flat, date: None };
    let opening = dateline(&release, filed.map(|d| d.year()));
    headline(&release, opening.paragraph, out);
    release.date = opening.date.as_ref().map(|(date, _)| *date);
    if let Some(range) = opening.city {
        out.push(Part::Release, "dateline_city", release.flat.words(range.clone()), release.flat.span(page, range));
    }
    if let Some((day, range)) = opening.date {
        out.push(Part::Release, "dateline_date", day.to_string(), release.flat.span(page, range));
    }
    reported::ticker(&release, out);
    reported::period(&release, opening.paragraph, out);
    quote::read(&release, out);
    contact::conference_call(&release, out);
    contact::investor_contact(&release, out);
    forward::read(page, &release.flat, out);
}

/// Where a release says it was issued, and when. Without a dateline it may still be dated at its top.
#[derive(Default)]
struct Dateline {
    /// Index of its paragraph among the release's.
    paragraph: Option<usize>,
    city: Option<Range<usize>>,
    date: Option<(Date, Range<usize>)>,
}

fn dateline(release: &Release<'_, '_>, year: Option<i16>) -> Dateline {
    let text = &release.flat.text;
    let mut start = 0;
    let mut above = None;
    for (index, lines) in release.paragraphs.iter().enumerate().take(TOP) {
        let range = release.flat.paragraph(start);
        let head = text.get(range.start..range.end.min(range.start + 160)).unwrap_or_default();
        start = range.end + 1;
        let shift = |r: Range<usize>| range.start + r.start..range.start + r.end;
        if is_prose(release.page, lines.start)
            && let Some((city, date)) = opening(head, date::first(head, year))
        {
            let date = date.map(|d| (d.date, shift(d.start..d.end))).or(above);
            return Dateline { paragraph: Some(index), city: Some(shift(city)), date };
        }
        // A date under "for immediate release" dates the release whose dateline names only the city.
        if index < 6
            && above.is_none()
            && let Some(date) = date::first(head, None).filter(|_| stands_alone(release.page, lines))
        {
            above = Some((date.date, shift(date.start..date.end)));
        }
    }
    Dateline { date: above, ..Dateline::default() }
}

/// True where one of some lines is a date and little else.
fn stands_alone(page: &Page<'_>, lines: &Range<usize>) -> bool {
    lines.clone().take(6).any(|i| {
        let line = page.line(i).trim_ascii();
        line.len() < 40 && date::first(line, None).is_some_and(|d| line.len() - (d.end - d.start) < 12)
    })
}

/// True where a line is running text and not a table's row: no wide gap after its first words, no money.
fn is_prose(page: &Page<'_>, line: usize) -> bool {
    let words = page.line(line).trim_ascii();
    memchr::memmem::find(words, b"     ").is_none() && memchr::memchr(b'\t', words).is_none() && !words.contains(&b'$')
}

/// The city a paragraph opens with, and its date: "Boston, April 29, 2003 -", "ERIE, PA--(BUSINESS WIRE)--
/// Jan. 5, 2001--", "Erie, PA ... Acme". What follows must be set off by a dash, dots or a colon.
fn opening(head: &[u8], found: Option<date::Found>) -> Option<(Range<usize>, Option<date::Found>)> {
    if head.len() < 60 || !head.first()?.is_ascii_alphabetic() && head.first() != Some(&b'(') {
        return None;
    }
    if let Some(date) = found.filter(|d| d.start <= 90) {
        let after = head.get(date.end..(date.end + 24).min(head.len()))?;
        if set_off(after).is_some() {
            if date.start > 0 {
                return Some((city(head.get(..date.start)?)?, Some(date)));
            }
            let from = date.end + set_off(after)?;
            let rest = head.get(from..)?;
            let lead = rest.iter().take_while(|b| !b.is_ascii_alphabetic()).count();
            let city = city(rest.get(lead..(lead + set_off(rest.get(lead..)?)?).min(rest.len()))?)?;
            return Some((from + lead + city.start..from + lead + city.end, Some(date)));
        }
    }
    let dash = set_off(head.get(..100)?.get(..60)?).filter(|d| !matches!(head.get(*d), Some(b':' | b'/')))?;
    let city = city(head.get(..dash)?)?;
    let words = head.get(city.clone())?;
    let placed = words.iter().all(|b| !b.is_ascii_lowercase()) || words.contains(&b',');
    let follows = head.get(dash..)?.iter().find(|b| b.is_ascii_alphanumeric())?;
    (placed && (follows.is_ascii_uppercase())).then_some((city, None))
}

/// Where the first dash, run of dots or colon stands that sets a dateline off.
fn set_off(text: &[u8]) -> Option<usize> {
    text.iter().enumerate().position(|(i, b)| match b {
        b'-' => {
            i == 0
                || text.get(i - 1) != Some(&b' ') && text.get(i + 1) == Some(&b'-')
                || text.get(i - 1).is_some_and(|p| matches!(p, b' ' | b')' | b'-'))
        }
        b'.' => text.get(i + 1) == Some(&b'.') || text.get(i + 1..i + 3) == Some(b" ."),
        b'/' => true,
        b':' => i == 0,
        0xE2 => text.get(i + 1) == Some(&0x80) && matches!(text.get(i + 2), Some(0x93 | 0x94 | 0xA6)),
        0x96 | 0x97 => i > 0 && text.get(i - 1).is_some_and(u8::is_ascii),
        _ => false,
    })
}

/// The words of a city at the beginning of `text`: up to a dash, dots, a bracket or a slash.
fn city(text: &[u8]) -> Option<Range<usize>> {
    let stop = set_off(text).unwrap_or(text.len());
    let bracket = text.iter().position(|b| matches!(b, b'(' | b'/' | b'\n')).unwrap_or(text.len());
    let words = text.get(..stop.min(bracket))?;
    let end = words.iter().rposition(|b| b.is_ascii_alphabetic() || *b == b'.')? + 1;
    let name = words.get(..end)?;
    let count = name.split(|b| *b == b' ').count();
    let plain =
        name.iter().all(|b| b.is_ascii_alphabetic() || matches!(b, b' ' | b'.' | b',' | b'\'' | b'&') || !b.is_ascii());
    // Every word of a place begins with a capital, but for "de", "of", "du".
    let capital =
        name.split(|b| *b == b' ').all(|w| w.len() <= 3 || w.first().is_some_and(|b| !b.is_ascii_lowercase()));
    ((3..=80).contains(&end) && count <= 9 && plain && capital && name.first()?.is_ascii_uppercase()).then_some(0..end)
}

/// Words that headlines have.
const NEWS: [&str; 25] = [
    "report", "announce", "result", "quarter", "earning", "record", "income", "sales", "revenue", "profit", "declare",
    "complete", "acqui", "agree", "merge", "sign", "dividend", "fiscal", "release", "growth", "loss", "comment",
    "appoint", "issue", "name",
];

/// The block of lines over the dateline that says what is news; the company's name, addresses, contacts
/// and "for immediate release" are not it. A second block that only adds to the first is left out.
fn headline(release: &Release<'_, '_>, dateline: Option<usize>, out: &mut Writer<'_>) {
    let page = release.page;
    let before = dateline.unwrap_or(release.paragraphs.len().min(12));
    let blocks = release.paragraphs.get(..before).unwrap_or_default();
    let titles: Vec<Range<usize>> = blocks.iter().rev().take(8).filter_map(|block| title_lines(page, block)).collect();
    let news = |block: &&Range<usize>| {
        let text = lower(block_words(page, block).as_bytes());
        NEWS.iter().any(|w| text.contains(w)) && (dateline.is_some() || text.len() < 200)
    };
    // The blocks go upward, so the last that is news is the topmost.
    let Some(at) = titles.iter().rposition(|b| news(&b)).or((dateline.is_some() && !titles.is_empty()).then_some(0))
    else {
        return;
    };
    let Some(mut block) = titles.get(at).cloned() else {
        return;
    };
    if let Some(above) = titles.get(at + 1)
        && goes_on(&block_words(page, above), &block_words(page, &block))
    {
        block.start = above.start;
    }
    let (Some(first), Some(last)) = (page.lines.get(block.start), page.lines.get(block.end - 1)) else {
        return;
    };
    let lead = page.line(block.start);
    let start = first.start + lead.len() - lead.trim_ascii_start().len();
    out.push(Part::Release, "headline", block_words(page, &block), page.span(start, last.end));
}

/// True where a headline plainly runs over a blank line: "A, INC., B, INC." and "AND C ANNOUNCE".
fn goes_on(above: &str, below: &str) -> bool {
    let (above, below) = (above.to_lowercase(), below.to_lowercase());
    let open = [",", " and", " of", " for", " to", " the", " in"].iter().any(|e| above.ends_with(e));
    open || ["and ", "of ", "for ", "to ", "in "].iter().any(|s| below.starts_with(s))
}

fn block_words(page: &Page<'_>, block: &Range<usize>) -> String {
    let lines: Vec<String> = block.clone().filter(|&i| !page.is_gap(i)).map(|i| fold(page.line(i))).collect();
    lines.join(" ")
}

/// The lines of a block that may be a headline: without lines above them that are something else.
fn title_lines(page: &Page<'_>, block: &Range<usize>) -> Option<Range<usize>> {
    let first = block.clone().take(8).find(|&i| is_title_line(&fold(page.line(i))))?;
    let block = first..block.end;
    let words = block_words(page, &block);
    let columns = block
        .clone()
        .any(|i| page.segments(i).iter().filter(|s| s.end - s.start > 6).nth(1).is_some_and(|s| s.x0 > 30));
    let other = block.clone().any(|i| !is_title_line(&fold(page.line(i))) && !page.is_gap(i));
    let begins = words.starts_with(|c: char| c.is_alphabetic() || matches!(c, '"' | '\u{201C}'))
        && !words.starts_with("WHEREAS");
    (!other && begins && !(columns && block.len() > 1) && (8..400).contains(&words.len()) && block.len() <= 8)
        .then_some(block)
}

/// False for the other lines that stand over a release: labels, dates, numbers to call.
fn is_title_line(words: &str) -> bool {
    let text = lower(words.as_bytes());
    const STARTS: [&str; 13] = [
        "for immediate",
        "immediate release",
        "contact",
        "exhibit",
        "for further",
        "for more",
        "news release",
        "press release",
        "for release",
        "telephone",
        "phone",
        "table of contents",
        "for additional",
    ];
    let labels = STARTS.iter().any(|s| text.starts_with(s)) || text.contains("www.") || text.contains('@');
    let dated = words.len() < 40 && date::first(words.as_bytes(), None).is_some();
    !(labels || dated || words.len() < 4 || patterns::phone(words.as_bytes(), 0).is_some())
}

#[cfg(test)]
mod tests {
    use crate::show;

    fn parts(text: &str) -> Vec<String> {
        show("EX-99.1", text, |f| !f.name.starts_with("quote"))
    }

    #[test]
    fn headline_dateline_ticker_period() {
        let text = "\
                             EXHIBIT 99.1

FOR IMMEDIATE RELEASE

                   ACME, INC.

         Acme Reports Results for the First Quarter
                        of 2003
         ------------------------------------------

     Erie,  Pennsylvania,  April 29, 2003 -Acme, Inc.  (NASDAQ:  ACME), a maker
of many good things, today reported net sales of $7.5 million for its first
quarter ending March 31, 2003, down 16.0%.
";
        assert_eq!(
            parts(text),
            [
                "headline=Acme Reports Results for the First Quarter of 2003",
                "dateline_city=Erie, Pennsylvania",
                "dateline_date=2003-04-29",
                "ticker=NASDAQ: ACME",
                "period=first quarter ending March 31, 2003",
                "period_end=2003-03-31",
            ]
        );
    }

    #[test]
    fn datelines_of_wires_and_without_a_date() {
        let rest = "Acme today announced that its sales grew, as they had in every year before this one and the last.";
        for (lead, city, date) in [
            ("NEW YORK--(BUSINESS WIRE)--Jan. 5, 2001--", "NEW YORK", "2001-01-05"),
            ("MINNEAPOLIS...JUNE 6, 2000...", "MINNEAPOLIS", "2000-06-06"),
            ("Erie, PA ... ", "Erie, PA", ""),
            ("SAN JOSE, Calif., \u{2014} May 2, 2003 \u{2014} ", "SAN JOSE, Calif.", "2003-05-02"),
            ("May 2, 2003 - Erie, PA - ", "Erie, PA", "2003-05-02"),
        ] {
            let shown = parts(&format!("Acme Reports Results\n\n{lead}{rest}\n"));
            assert!(shown.contains(&format!("dateline_city={city}")), "{lead} {shown:?}");
            assert_eq!(shown.iter().any(|f| f.starts_with("dateline_date=")), !date.is_empty());
            assert!(date.is_empty() || shown.contains(&format!("dateline_date={date}")), "{lead} {shown:?}");
        }
    }

    #[test]
    fn a_sentence_is_no_dateline() {
        let shown = parts(
            "Acme grew. In May the company, which had sold well-known goods since January 5, 2001, went on - as ever - to sell more of them than before.\n",
        );
        assert!(shown.iter().all(|f| !f.starts_with("dateline")), "{shown:?}");
    }
}
