//! The cover page of an 8-K, 10-K or 10-Q (STANDARDS 2.3).
//!
//! A cover of the text era is a picture of a printed form: values stand over captions in parentheses, two
//! or three side by side. A caption is known by its words; its value is what stands over it. Where a line
//! names its value itself ("Commission file number 1-9876") it is read on.

use crate::caption::{Caption, Kind, captions};
use crate::flat::Flat;
use crate::page::{Page, Segment, fold};
use crate::{Writer, bare, date, items, patterns};
use jiff::civil::Date;
use std::ops::Range;
use tieout_model::Part;

/// Covers are read this far; what comes later is a form's text.
const LINES: usize = 400;

/// No value is longer.
const LONGEST: usize = 200;

/// How many lines of white space and rules may part a value from its caption.
const REACH: usize = 8;

/// Reads the cover of a page into `out`; the date of report is returned, for the items' era.
pub(crate) fn read(page: &Page<'_>, out: &mut Writer<'_>) -> Option<Date> {
    let end = end(page);
    form(page, end, out);
    let flat = Flat::of(page, 0..end);
    let reported = report_date(page, &flat, out);
    period(page, &flat, out);
    let captions = captions(page, 0..end);
    let mut seen: Vec<Kind> = Vec::new();
    for (i, caption) in captions.iter().enumerate() {
        if !seen.contains(&caption.kind) && value(page, &captions, i, out) {
            seen.push(caption.kind);
        }
    }
    if !seen.contains(&Kind::FileNumber) {
        file_number(page, &flat, out);
    }
    reported
}

/// A file number in running text: "Commission file" may end a line and "number 0-690" begin the next.
fn file_number(page: &Page<'_>, flat: &Flat, out: &mut Writer<'_>) {
    let Some((at, phrase)) = flat.find_any(&["commission file", "file number"], 0..flat.lower.len()) else {
        return;
    };
    let from = at + phrase.len();
    let window = flat.text.get(from..(from + 40).min(flat.text.len())).unwrap_or_default();
    if let Some(found) = patterns::file_number(window) {
        let range = from + found.start..from + found.end;
        out.push(Part::Cover, Kind::FileNumber.name(), flat.words(range.clone()), flat.span(page, range));
    }
}

/// The line where the cover is over: an item, a signature, a table of contents.
fn end(page: &Page<'_>) -> usize {
    let limit = page.lines.len().min(LINES);
    (1..limit)
        .find(|&i| {
            let line = page.line(i).trim_ascii();
            if line.len() > 60 {
                return items::starts_item(line).is_some() && page.is_gap(i - 1);
            }
            let word = fold(line).to_ascii_uppercase();
            let word = word.trim_end_matches(['.', ':']);
            matches!(word, "SIGNATURE" | "SIGNATURES" | "TABLE OF CONTENTS" | "PART I" | "INDEX" | "EXHIBIT INDEX")
                || (items::starts_item(line).is_some() && page.is_gap(i - 1))
        })
        .unwrap_or(limit)
}

fn form(page: &Page<'_>, end: usize, out: &mut Writer<'_>) {
    for line in page.lines.iter().take(end) {
        if let Some((name, range)) = bare::form_of_line(page.get(line.start, line.end)) {
            let span = page.span(line.start + range.start, line.start + range.end);
            out.push(Part::Cover, "form", name, span);
            return;
        }
    }
}

/// "Date of Report (Date of earliest event reported): May 23, 2000 (May 22, 2000)", the date on the line
/// itself, below, or above.
fn report_date(page: &Page<'_>, flat: &Flat, out: &mut Writer<'_>) -> Option<Date> {
    let captions = ["date of report", "date of earliest event", "date of the earliest event"];
    let (start, phrase) = flat.find_any(&captions, 0..flat.lower.len())?;
    let mut after = start + phrase.len();
    let rest = flat.lower.get(after..).unwrap_or_default().trim_ascii_start();
    if rest.starts_with(b"(") {
        let paren = memchr::memchr(b')', rest.get(..80).unwrap_or(rest)).map_or(0, |n| n + 1);
        after = flat.lower.len() - rest.len() + paren;
    }
    let window = |from: usize, to: usize| flat.text.get(from..to.min(flat.text.len())).unwrap_or_default();
    let mut dates = date::all(window(after, after + 60), None, 2);
    let mut base = after;
    if dates.is_empty() {
        base = start.saturating_sub(40);
        dates = date::all(window(base, start), None, 4).pop().into_iter().collect();
    }
    for (found, name) in dates.iter().zip(["date_of_report", "date_of_earliest_event"]) {
        let span = flat.span(page, base + found.start..base + found.end);
        out.push(Part::Cover, name, found.date.to_string(), span);
    }
    dates.first().map(|d| d.date)
}

/// "For the fiscal year ended December 31, 1995": the day the report's period ends.
fn period(page: &Page<'_>, flat: &Flat, out: &mut Writer<'_>) {
    let phrases = [
        "fiscal year ended",
        "fiscal year ending",
        "quarterly period ended",
        "quarter ended",
        "year ended",
        "period ended",
    ];
    let Some((at, phrase)) = flat.find_any(&phrases, 0..flat.lower.len()) else {
        return;
    };
    let from = at + phrase.len();
    let window = flat.text.get(from..(from + 60).min(flat.text.len())).unwrap_or_default();
    if let Some(found) = date::first(window, None) {
        let span = flat.span(page, from + found.start..from + found.end);
        out.push(Part::Cover, "period_end", found.date.to_string(), span);
    }
}

/// Writes a caption's value; false where it has none that looks as it must.
fn value(page: &Page<'_>, captions: &[Caption], index: usize, out: &mut Writer<'_>) -> bool {
    let caption = &captions[index];
    if let Some(range) = inline(page, caption) {
        return put(page, caption.kind, range, out);
    }
    let Some((line, segment)) = above(page, captions, index) else {
        return false;
    };
    match caption.kind {
        Kind::Address => address(page, captions, line, segment, out),
        _ => put(page, caption.kind, segment.start..segment.end, out),
    }
}

/// What stands behind the caption's words on its own line.
fn inline(page: &Page<'_>, caption: &Caption) -> Option<Range<usize>> {
    let (start, end) = caption.rest?;
    let text = page.get(start, end);
    let lead = text.iter().take_while(|b| b.is_ascii_whitespace() || matches!(b, b':' | b'-' | b'.' | b'_')).count();
    let range = start + lead..end;
    (!range.is_empty() && shaped(page, caption.kind, range.clone()).is_some()).then_some(range)
}

/// The nearest line over a caption that has words over it, and those words. Where a row has as many values
/// as captions they go by order, otherwise by what stands over what.
fn above(page: &Page<'_>, captions: &[Caption], index: usize) -> Option<(usize, Segment)> {
    let caption = &captions[index];
    let row: Vec<&Caption> = captions.iter().filter(|c| c.top == caption.top).collect();
    let place = row.iter().position(|c| std::ptr::eq(*c, caption))?;
    let mut line = caption.top;
    for _ in 0..REACH {
        line = line.checked_sub(1)?;
        if page.is_gap(line) {
            continue;
        }
        if captions.iter().any(|c| c.covers(line)) {
            return None;
        }
        let values: Vec<Segment> = words(page, line);
        if values.len() == row.len() && row.len() > 1 {
            return values
                .get(place)
                .map(|s| (line, *s))
                .filter(|(_, s)| shaped(page, caption.kind, s.start..s.end).is_some());
        }
        let zone = Segment { line, start: 0, end: 0, x0: caption.x0, x1: caption.x1 };
        let best = values.iter().filter(|s| s.overlap(&zone) > 0).max_by_key(|s| s.overlap(&zone));
        let fits = |s: &&Segment| shaped(page, caption.kind, s.start..s.end).is_some();
        let shaped_by_rule = matches!(caption.kind, Kind::FileNumber | Kind::Employer | Kind::Zip | Kind::Phone);
        let any = || values.iter().find(|s| shaped_by_rule && fits(s));
        return best.filter(fits).or_else(any).map(|s| (line, *s));
    }
    None
}

/// A line's segments without those that are only a drawn line.
fn words(page: &Page<'_>, line: usize) -> Vec<Segment> {
    page.segments(line).into_iter().filter(|s| !crate::page::is_rule(page.get(s.start, s.end))).collect()
}

/// The part of a value that has the shape its kind asks for.
fn shaped(page: &Page<'_>, kind: Kind, range: Range<usize>) -> Option<Range<usize>> {
    if range.len() > LONGEST {
        return None;
    }
    let text = page.get(range.start, range.end);
    let within = |found: Option<Range<usize>>| found.map(|r| range.start + r.start..range.start + r.end);
    let lower = crate::page::lower(text);
    if matches!(lower.as_str(), "n/a" | "none" | "not applicable" | "na" | "same" | "(n/a)") {
        return None;
    }
    match kind {
        Kind::FileNumber => within(patterns::file_number(text)),
        Kind::Employer => within(patterns::employer_number(text)),
        Kind::Zip => within(patterns::zip(text)),
        Kind::Phone => within(patterns::phone(text, 0)),
        Kind::State => {
            let plain = !text.iter().any(|b| b.is_ascii_digit() || *b == b'(');
            (plain && (2..=48).contains(&text.len())).then_some(range)
        }
        // An address whose caption also covers the telephone has the number for its last line.
        Kind::Address if patterns::phone(text, 0).is_some() => Some(range),
        Kind::Registrant | Kind::Address | Kind::Former => {
            let letters = text.iter().filter(|b| b.is_ascii_alphabetic()).count();
            (letters >= 2 && !text.starts_with(b"(")).then_some(range)
        }
    }
}

fn put(page: &Page<'_>, kind: Kind, range: Range<usize>, out: &mut Writer<'_>) -> bool {
    let Some(range) = shaped(page, kind, range) else {
        return false;
    };
    let value = page.words(range.start, range.end);
    out.push(Part::Cover, kind.name(), value, page.span(range.start, range.end));
    true
}

/// An address may take several lines up to the next gap; its postal code may end it, and where the caption
/// also covers the telephone, the number is its last line.
fn address(page: &Page<'_>, captions: &[Caption], line: usize, segment: Segment, out: &mut Writer<'_>) -> bool {
    let mut rows = vec![segment];
    let mut top = line;
    while rows.len() < 5
        && let Some(next) = top.checked_sub(1)
        && !page.is_gap(next)
        && !captions.iter().any(|c| c.covers(next))
        && let Some(over) = words(page, next).into_iter().find(|s| s.overlap(&segment) > 0)
    {
        rows.insert(0, over);
        top = next;
    }
    if let Some(last) = rows.last().copied()
        && let Some(phone) = patterns::phone(page.get(last.start, last.end), 0)
        && last.end - last.start - phone.len() < 12
    {
        let (start, end) = (last.start + phone.start, last.start + phone.end);
        if !captions.iter().any(|c| c.kind == Kind::Phone) {
            out.push(Part::Cover, Kind::Phone.name(), page.words(start, end), page.span(start, end));
        }
        rows.pop();
    }
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else {
        return false;
    };
    let text = rows
        .iter()
        .map(|s| page.words(s.start, s.end).trim_end_matches(',').to_string())
        .collect::<Vec<_>>()
        .join(", ");
    out.push(Part::Cover, Kind::Address.name(), text, page.span(first.start, last.end));
    if !captions.iter().any(|c| c.kind == Kind::Zip)
        && let Some(zip) = patterns::zip(page.get(last.start, last.end))
    {
        let (start, end) = (last.start + zip.start, last.start + zip.end);
        out.push(Part::Cover, Kind::Zip.name(), page.words(start, end), page.span(start, end));
    }
    true
}

#[cfg(test)]
mod tests {
    use crate::show;

    #[test]
    fn captions_below_their_values_and_side_by_side() {
        let text = "\
                     FORM 8-K
       Date of Report (Date of earliest event reported) March 4, 2001
                    Acme Widgets, Inc.
     -----------------------------------------
       (Exact name of registrant as specified in its charter)

   Ohio                      0-12345                 31-1234567
 --------                  ----------              ------------
(State or other          (Commission File        (I.R.S. Employer
 jurisdiction of            Number)             Identification No.)
 incorporation)

     1 Main Street, Erie, PA                     16505
    (Address of principal executive offices)   (Zip Code)

                   (814) 555-0100
    (Registrant's telephone number, including area code)

                        N/A
    (Former name or former address, if changed since last report)

Item 5. Other Events.
";
        assert_eq!(
            show("8-K", text, |f| f.part == tieout_model::Part::Cover),
            [
                "form=8-K",
                "date_of_report=2001-03-04",
                "registrant=Acme Widgets, Inc.",
                "state=Ohio",
                "file_number=0-12345",
                "ein=31-1234567",
                "address=1 Main Street, Erie, PA",
                "zip=16505",
                "phone=(814) 555-0100",
            ]
        );
    }

    #[test]
    fn values_on_the_captions_line_and_below() {
        let text = "\
FORM 10-Q

For the quarterly period ended
   March 31, 1996

Commission file number 1-9876

ACME CORP
(Exact name of registrant as specified in its charter)

Registrant's telephone number, including area code: 201-555-0100

PART I
";
        assert_eq!(
            show("10-Q", text, |f| f.part == tieout_model::Part::Cover),
            ["form=10-Q", "period_end=1996-03-31", "file_number=1-9876", "registrant=ACME CORP", "phone=201-555-0100"]
        );
    }

    #[test]
    fn one_caption_for_address_and_telephone() {
        let text = "\
FORM 8-K
                 702 Low Street
              Erie, Ohio 72716
                (501) 555-4000
  (Address, including Zip Code, and telephone number,
   including area code, of Registrant's principal executive offices)
";
        assert_eq!(
            show("8-K", text, |f| f.part == tieout_model::Part::Cover),
            ["form=8-K", "address=702 Low Street, Erie, Ohio 72716", "zip=72716", "phone=(501) 555-4000"]
        );
    }
}
