//! Items of a form. For an 8-K the note carries the item's official title in its era (STANDARDS 2.1, 2.2)
//! and, from March 28 to July 28, 2003, whether Item 9 furnishes what belongs under Item 12.

use crate::page::{Page, fold, lower};
use crate::{Writer, flat::Flat};
use jiff::civil::{Date, date};
use std::ops::Range;
use tieout_model::Part;

/// An item's heading as found.
struct Heading {
    /// `7`, `2.02`, `7A`.
    number: String,
    /// `part_2_` in a 10-Q's second part, otherwise empty.
    prefix: &'static str,
    lines: Range<usize>,
    start: usize,
    end: usize,
    /// An entry of a table of contents: it ends with a page number.
    listed: bool,
}

/// Reads the items of an 8-K. `reported` tells the era of the numbers.
pub(crate) fn current_report(page: &Page<'_>, reported: Option<Date>, out: &mut Writer<'_>) {
    let headings = headings(page, true);
    for (i, heading) in headings.iter().enumerate() {
        // Where a table of contents names the items first, the text is what comes last.
        if headings.iter().skip(i + 1).take(64).any(|h| h.number == heading.number) {
            continue;
        }
        let Some(title) = title(&heading.number, reported) else {
            continue;
        };
        let end = headings.get(i + 1).map_or(page.lines.len(), |next| next.lines.start);
        let text = page.words(heading.start, heading.end);
        let mut note = title.to_string();
        if heading.number == "9" {
            note.push_str(under_twelve(page, heading.lines.start..end, reported));
        } else if matches!(heading.number.as_str(), "12" | "2.02" | "7.01") {
            note.push_str("; furnished, not filed");
        }
        let name = format!("item_{}", heading.number.replace('.', "_"));
        out.push_noted(Part::Item, name, text, note, page.span(heading.start, heading.end));
    }
}

/// Reads the items of a 10-K or 10-Q: each number once, in the text rather than in the table of contents.
pub(crate) fn periodic_report(page: &Page<'_>, out: &mut Writer<'_>) {
    let headings = headings(page, false);
    let key = |h: &Heading| format!("{}item_{}", h.prefix, h.number.to_ascii_lowercase().replace('.', "_"));
    let mut seen: Vec<String> = Vec::new();
    let in_text = headings.iter().filter(|h| !h.listed).map(key).collect::<Vec<_>>();
    for heading in &headings {
        let name = key(heading);
        if seen.contains(&name) || (heading.listed && in_text.contains(&name)) {
            continue;
        }
        let value = page.words(heading.start, heading.end);
        out.push(Part::Item, name.clone(), value, page.span(heading.start, heading.end));
        seen.push(name);
    }
}

/// The number of the item that a line begins with, and how many bytes that takes.
pub(crate) fn starts_item(line: &[u8]) -> Option<(String, usize)> {
    if !line.get(..4)?.eq_ignore_ascii_case(b"item") {
        return None;
    }
    let mut at = 4 + usize::from(line.get(4).is_some_and(|b| b.eq_ignore_ascii_case(&b's')));
    let gap = line.get(at..)?.iter().take_while(|b| b.is_ascii_whitespace()).count();
    if gap == 0 {
        return None;
    }
    at += gap;
    let rest = line.get(at..)?;
    let whole = rest.iter().take(3).take_while(|b| b.is_ascii_digit()).count();
    if whole == 0 || whole > 2 {
        return None;
    }
    let mut length = whole;
    if rest.get(whole) == Some(&b'.')
        && rest.get(whole + 1..whole + 3).is_some_and(|d| d.iter().all(u8::is_ascii_digit))
    {
        length = whole + 3;
    } else if rest.get(whole).is_some_and(u8::is_ascii_alphabetic)
        && !rest.get(whole + 1).is_some_and(u8::is_ascii_alphanumeric)
    {
        length = whole + 1;
    }
    let ends = rest.get(length).is_none_or(|b| !b.is_ascii_alphanumeric());
    let number = std::str::from_utf8(rest.get(..length)?).ok()?.trim_start_matches('0').to_ascii_uppercase();
    ends.then_some((number, at + length))
}

/// Lines that begin an item: a gap above (or another heading), and no sentence that goes on.
fn headings(page: &Page<'_>, current: bool) -> Vec<Heading> {
    let mut found: Vec<Heading> = Vec::new();
    let mut prefix = "";
    for index in 0..page.lines.len() {
        let line = page.line(index).trim_ascii();
        // Most lines begin neither an item nor a part: one look at their first letter.
        match line.first() {
            Some(b'I' | b'i') => {}
            Some(b'P' | b'p') if !current => {
                let part = lower(line.get(..12).unwrap_or(line));
                if part == "part ii"
                    || part.starts_with("part ii ")
                    || part.starts_with("part ii.")
                    || part.starts_with("part ii-")
                {
                    prefix = "part_2_";
                } else if part == "part i" || part.starts_with("part i ") || part.starts_with("part i.") {
                    prefix = "";
                }
                continue;
            }
            _ => continue,
        }
        let Some((number, length)) = starts_item(line) else {
            continue;
        };
        let Some(place) = page.lines.get(index) else {
            continue;
        };
        let above = index.checked_sub(1);
        let free = above.is_none_or(|i| page.is_gap(i) || is_heading_line(page.line(i)))
            || found.last().is_some_and(|h: &Heading| h.lines.end >= index);
        if !free {
            continue;
        }
        let start = place.end - page.line(index).trim_ascii_start().len();
        let after = line.get(length..).unwrap_or_default();
        let small =
            after.trim_ascii_start().iter().find(|b| b.is_ascii_alphanumeric()).is_some_and(u8::is_ascii_lowercase);
        if small && !after.trim_ascii_start().starts_with(b"(") {
            continue;
        }
        let (end, last) = heading_end(page, index, start + length);
        let text = page.get(start, end);
        let listed = is_listed(text);
        found.push(Heading { number, prefix, lines: index..last + 1, start, end, listed });
    }
    // A form's second part begins its numbers again; an annual report's do not.
    if found.iter().any(|h| h.number == "7A" || h.number == "14" || h.number == "8") {
        found.iter_mut().for_each(|h| h.prefix = "");
    }
    found
}

fn is_heading_line(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    line.len() < 40 && lower(line).starts_with("part ") || starts_item(line).is_some()
}

/// "Business ............ 3": dots or a wide gap, then a page number.
fn is_listed(text: &[u8]) -> bool {
    let text = text.trim_ascii_end();
    let body = text.iter().rposition(|b| !(b.is_ascii_digit() || *b == b'-')).map_or(0, |n| n + 1);
    body < text.len()
        && text
            .get(..body)
            .is_some_and(|b| b.ends_with(b"  ") || b.ends_with(b"..") || b.ends_with(b". ") || b.ends_with(b"\t"))
}

/// Where a heading is over, and in which line: at the full stop that ends its title, or where its lines
/// stop being a title.
fn heading_end(page: &Page<'_>, first: usize, from: usize) -> (usize, usize) {
    let mut index = first;
    let mut from = from;
    loop {
        let Some(line) = page.lines.get(index) else {
            return (from, index);
        };
        if let Some(stop) = title_stop(page.get(from, line.end)) {
            return (from + stop, index);
        }
        let words = page.line(index).trim_ascii();
        let wraps = words.len() > 55
            || [" and", " of", ",", " or", " the", " in", " for"].iter().any(|e| lower(words).ends_with(e));
        let next = page.line(index + 1).trim_ascii();
        let goes_on = wraps
            && index < first + 3
            && !page.is_gap(index + 1)
            && !next.starts_with(b"(")
            && starts_item(next).is_none()
            && !is_listed(page.get(from, line.end));
        let Some(below) = page.lines.get(index + 1).filter(|_| goes_on) else {
            return (line.end, index);
        };
        from = below.start;
        index += 1;
    }
}

/// The full stop that ends a title: with words before it, and nothing or a capital behind it.
fn title_stop(text: &[u8]) -> Option<usize> {
    let mut words = false;
    for (i, &byte) in text.iter().enumerate() {
        words |= byte.is_ascii_lowercase() || byte.is_ascii_uppercase();
        let after = text.get(i + 1..).unwrap_or_default();
        let capital =
            after.trim_ascii_start().first().is_none_or(|b| b.is_ascii_uppercase() || matches!(b, b'(' | b'"' | b'-'));
        let blank = after.first().is_none_or(u8::is_ascii_whitespace);
        let long_word =
            i >= 3 && text.get(i - 3..i).is_some_and(|w| w.iter().all(|b| b.is_ascii_alphabetic() || *b == b')'));
        if byte == b'.' && words && blank && capital && long_word {
            return Some(i + 1);
        }
    }
    None
}

/// What the text itself or the interim rule says of Item 9: Items 11 and 12 could not be chosen on EDGAR
/// from March 28 to July 28, 2003, so Item 12 information was furnished under Item 9 (Release 33-8216).
fn under_twelve(page: &Page<'_>, lines: Range<usize>, reported: Option<Date>) -> &'static str {
    let flat = Flat::of(page, lines.start..lines.end.min(lines.start + 80));
    if flat.find("item 12", 0).is_some() {
        return "; information furnished under Item 12 (Results of Operations and Financial Condition), as the text says";
    }
    let interim = reported.is_some_and(|d| (date(2003, 3, 28)..=date(2003, 7, 28)).contains(&d));
    let results = ["results", "earnings"].iter().any(|w| flat.find(w, 0).is_some());
    match (interim, results) {
        (true, true) => {
            "; by its date and words information furnished under Item 12, which could not be chosen on EDGAR until July 28, 2003"
        }
        _ => "; furnished, not filed",
    }
}

/// The official title of an item of Form 8-K; `None` for a number the form never had.
fn title(number: &str, reported: Option<Date>) -> Option<&'static str> {
    let before = |day: Date| reported.is_some_and(|d| d < day);
    Some(match number {
        "1" => "Changes in Control of Registrant",
        "2" => "Acquisition or Disposition of Assets",
        "3" => "Bankruptcy or Receivership",
        "4" => "Changes in Registrant's Certifying Accountant",
        "5" if before(date(2000, 10, 23)) => "Other Events",
        "5" => "Other Events and Required FD Disclosure",
        "6" => "Resignations of Registrant's Directors",
        "7" => "Financial Statements and Exhibits",
        "8" => "Change in Fiscal Year",
        "9" if before(date(2000, 10, 23)) => "Sales of Equity Securities Pursuant to Regulation S",
        "9" => "Regulation FD Disclosure",
        "10" => "Amendments to the Registrant's Code of Ethics, or Waiver of a Provision of the Code of Ethics",
        "11" => "Temporary Suspension of Trading Under Registrant's Employee Benefit Plans",
        "12" => "Results of Operations and Financial Condition",
        "1.01" => "Entry into a Material Definitive Agreement",
        "1.02" => "Termination of a Material Definitive Agreement",
        "1.03" => "Bankruptcy or Receivership",
        "1.04" => "Mine Safety - Reporting of Shutdowns and Patterns of Violations",
        "1.05" => "Material Cybersecurity Incidents",
        "2.01" => "Completion of Acquisition or Disposition of Assets",
        "2.02" => "Results of Operations and Financial Condition",
        "2.03" => {
            "Creation of a Direct Financial Obligation or an Obligation under an Off-Balance Sheet Arrangement of a Registrant"
        }
        "2.04" => {
            "Triggering Events That Accelerate or Increase a Direct Financial Obligation or an Obligation under an Off-Balance Sheet Arrangement"
        }
        "2.05" => "Costs Associated with Exit or Disposal Activities",
        "2.06" => "Material Impairments",
        "3.01" => "Notice of Delisting or Failure to Satisfy a Continued Listing Rule or Standard; Transfer of Listing",
        "3.02" => "Unregistered Sales of Equity Securities",
        "3.03" => "Material Modification to Rights of Security Holders",
        "4.01" => "Changes in Registrant's Certifying Accountant",
        "4.02" => {
            "Non-Reliance on Previously Issued Financial Statements or a Related Audit Report or Completed Interim Review"
        }
        "5.01" => "Changes in Control of Registrant",
        "5.02" => {
            "Departure of Directors or Certain Officers; Election of Directors; Appointment of Certain Officers; Compensatory Arrangements of Certain Officers"
        }
        "5.03" => "Amendments to Articles of Incorporation or Bylaws; Change in Fiscal Year",
        "5.04" => "Temporary Suspension of Trading Under Registrant's Employee Benefit Plans",
        "5.05" => "Amendments to the Registrant's Code of Ethics, or Waiver of a Provision of the Code of Ethics",
        "5.06" => "Change in Shell Company Status",
        "5.07" => "Submission of Matters to a Vote of Security Holders",
        "5.08" => "Shareholder Director Nominations",
        "6.01" => "ABS Informational and Computational Material",
        "6.02" => "Change of Servicer or Trustee",
        "6.03" => "Change in Credit Enhancement or Other External Support",
        "6.04" => "Failure to Make a Required Distribution",
        "6.05" => "Securities Act Updating Disclosure",
        "6.06" => "Static Pool",
        "7.01" => "Regulation FD Disclosure",
        "8.01" => "Other Events",
        "9.01" => "Financial Statements and Exhibits",
        _ => return None,
    })
}

/// True for a line that begins an item or ends a form's items: the exhibit reader stops there.
pub(crate) fn ends_section(page: &Page<'_>, index: usize) -> bool {
    let line = page.line(index).trim_ascii();
    if starts_item(line).is_some() && (index == 0 || page.is_gap(index - 1)) {
        return true;
    }
    line.len() < 24 && matches!(fold(line).to_ascii_uppercase().trim_end_matches(':'), "SIGNATURE" | "SIGNATURES")
}

#[cfg(test)]
mod tests {
    use crate::show;
    use tieout_model::Part;

    fn items(doc_type: &str, text: &str) -> Vec<String> {
        show(doc_type, text, |f| f.part == Part::Item)
    }

    #[test]
    fn item_nine_furnished_under_twelve() {
        let text = "FORM 8-K\nDate of Report: May 2, 2003\n\nItem 7. Financial Statements and Exhibits.\n\n  (c) Exhibits.\n\nItem 9.  Regulation  FD  Disclosure  (Information  Furnished in this  Item 9 is\nFurnished Under Item 12).\n\n The information in this\nItem 9 (which is furnished) is not filed.\n";
        assert_eq!(
            items("8-K", text),
            [
                "item_7=Item 7. Financial Statements and Exhibits. {Financial Statements and Exhibits}",
                "item_9=Item 9. Regulation FD Disclosure (Information Furnished in this Item 9 is Furnished Under Item 12). {Regulation FD Disclosure; information furnished under Item 12 (Results of Operations and Financial Condition), as the text says}",
            ]
        );
    }

    #[test]
    fn the_interim_rule_needs_the_date_and_the_words() {
        let text = |day: &str, what: &str| {
            format!(
                "FORM 8-K\nDate of Report: {day}\n\nITEM 9. REGULATION FD DISCLOSURE\n\nThe company announced {what}.\n"
            )
        };
        assert!(items("8-K", &text("May 2, 2003", "its results"))[0].contains("Item 12"));
        assert!(!items("8-K", &text("May 2, 2002", "its results"))[0].contains("Item 12"));
        assert!(!items("8-K", &text("May 2, 2003", "a new board"))[0].contains("Item 12"));
    }

    #[test]
    fn new_numbers_and_titles_that_run_into_text() {
        let text = "FORM 8-K\n\nItem 2.02 Results of Operations and Financial Condition. On May 3 the company\nsaid so.\n\nITEM 9.01   FINANCIAL STATEMENTS AND\n            EXHIBITS\n";
        assert_eq!(
            items("8-K", text),
            [
                "item_2_02=Item 2.02 Results of Operations and Financial Condition. {Results of Operations and Financial Condition; furnished, not filed}",
                "item_9_01=ITEM 9.01 FINANCIAL STATEMENTS AND EXHIBITS {Financial Statements and Exhibits}",
            ]
        );
    }

    #[test]
    fn periodic_items_are_taken_from_the_text() {
        let text = "FORM 10-Q\n\nPART I\nItem 1. Financial Statements .......  3\n\nPART II\nItem 1. Legal Proceedings    9\n\n\nPART I.  FINANCIAL INFORMATION\n\nItem 1. Financial Statements\n\nPART II. OTHER INFORMATION\n\nItem 1. Legal Proceedings\n";
        assert_eq!(
            items("10-Q", text),
            ["item_1=Item 1. Financial Statements", "part_2_item_1=Item 1. Legal Proceedings"]
        );
    }
}
