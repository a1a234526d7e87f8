//! The exhibit index: numbers and descriptions, wherever a form lists them. An exhibit that is listed twice
//! (under its item and again in an index) is given once.

use crate::bare::exhibit_number;
use crate::page::{Page, is_rule, lower};
use crate::{Writer, items};
use tieout_model::Part;

struct Entry {
    number: String,
    start: usize,
    end: usize,
    /// Column of the number: a description's next lines stand right of it.
    x0: usize,
    text: String,
}

/// A list is over after so many lines that are none of its entries.
const STRAY: usize = 12;

/// Reads every exhibit list of a page.
pub(crate) fn read(page: &Page<'_>, out: &mut Writer<'_>) {
    let mut entries: Vec<Entry> = Vec::new();
    let mut done = 0;
    for line in page.mentions(&[b"XHIBIT", b"xhibit"]) {
        if line >= done && begins_list(page.line(line).trim_ascii()) {
            done = list(page, line + 1, &mut entries);
        }
    }
    for entry in entries.into_iter().filter(|e| !e.text.is_empty()) {
        out.push_noted(Part::Exhibit, "exhibit", entry.number, entry.text, page.span(entry.start, entry.end));
    }
}

/// Reads one list from line `from` on; where it is over is returned.
fn list(page: &Page<'_>, from: usize, entries: &mut Vec<Entry>) -> usize {
    // The entry that the next line may go on.
    let mut open: Option<usize> = None;
    let mut stray = 0;
    for index in from..page.lines.len() {
        let line = page.line(index).trim_ascii();
        if line.is_empty() || is_rule(line) {
            open = open.filter(|&i| line.is_empty() && entries.get(i).is_some_and(|e| e.text.is_empty()));
            continue;
        }
        if items::ends_section(page, index) || stray > STRAY {
            return index;
        }
        stray += 1;
        // Words right of the open entry's number go on with it, whatever they begin with.
        let aside = open
            .and_then(|i| entries.get(i))
            .is_some_and(|e| page.segments(index).first().is_some_and(|s| s.x0 > e.x0 + 3));
        if let Some(entry) = entry(page, index).filter(|_| !aside) {
            stray = 0;
            let known = entries.iter().any(|e| e.number == entry.number);
            open = None;
            // A list is some dozens long, the longest some hundreds.
            if !known && entries.len() < 500 {
                entries.push(entry);
                open = Some(entries.len() - 1);
            }
        } else if let Some(entry) = open.and_then(|i| entries.get_mut(i)) {
            extend(page, index, entry);
        }
    }
    page.lines.len()
}

/// A heading over a list of exhibits: "EXHIBIT INDEX", "(c) Exhibits.", "Exhibit No.   Description".
fn begins_list(line: &[u8]) -> bool {
    if line.len() > 90 {
        return false;
    }
    let words = lower(line);
    let words = words.trim_matches(|c: char| c.is_ascii_punctuation() || c.is_whitespace());
    let head = ["exhibit index", "index to exhibits", "index of exhibits", "list of exhibits", "exhibits", "exhibit"];
    let rest = words.strip_prefix("c)").or(words.strip_prefix("d)")).unwrap_or(words).trim_start();
    if head.contains(&rest)
        || rest.starts_with("exhibits ")
        || rest.starts_with("exhibits:")
        || rest.starts_with("exhibits.")
    {
        return true;
    }
    (words.starts_with("exhibit n") || words.starts_with("exhibit description") || words.starts_with("exhibit page"))
        || (words.starts_with("item") && words.ends_with("exhibits"))
}

/// `99.1    Press release`, `Exhibit 99.1 - Press release`, `(99) Press release`.
fn entry(page: &Page<'_>, index: usize) -> Option<Entry> {
    let line = page.lines.get(index)?;
    let text = page.line(index);
    let lead = text.len() - text.trim_ascii_start().len();
    let mut at = lead;
    let mut named = false;
    for word in [b"exhibit".as_slice(), b"ex-", b"no."] {
        if text.get(at..at + word.len()).is_some_and(|t| t.eq_ignore_ascii_case(word)) {
            at += word.len();
            named = true;
            at += text.get(at..)?.iter().take_while(|b| b.is_ascii_whitespace()).count();
        }
    }
    at += text.get(at..)?.iter().take_while(|b| matches!(b, b'*' | b'+' | b'#')).count();
    let length =
        text.get(at..)?.iter().take(14).take_while(|b| !b.is_ascii_whitespace() && **b != b':' && **b != b'*').count();
    let token = std::str::from_utf8(text.get(at..at + length)?).ok()?.trim_end_matches(['.', ',', '-']);
    let number = token.strip_prefix('(').and_then(|t| t.strip_suffix(')')).unwrap_or(token);
    if !exhibit_number(number) {
        return None;
    }
    let from = at + token.len();
    let rest = text.get(from..)?;
    let gap = rest
        .iter()
        .take_while(|b| b.is_ascii_whitespace() || matches!(b, b'*' | b'.' | b':' | b'-' | b'+' | b')'))
        .count();
    let description = rest.get(gap..)?;
    // A sentence that begins with a number is no entry: a number alone, a gap, a dash or the word Exhibit
    // must set it off.
    let decimal = number.contains('.') || number.contains('(');
    // A whole number alone on its line is a page's.
    let set_off = !description.is_empty() && gap >= 2 || named || decimal;
    let words = description.iter().filter(|b| b.is_ascii_alphabetic()).count();
    if !set_off || (!description.is_empty() && words < 3) {
        return None;
    }
    let x0 = page.segments(index).first().map_or(0, |s| s.x0);
    let mut entry =
        Entry { number: number.to_string(), start: line.start + lead, end: line.end, x0, text: String::new() };
    entry.text = without_page(page, line.start + from + gap, line.end);
    Some(entry)
}

/// A description without the page number that an index gives behind a wide gap.
fn without_page(page: &Page<'_>, start: usize, end: usize) -> String {
    let text = page.get(start, end);
    let text = match memchr::memmem::rfind(text, b"   Page ") {
        Some(at) if text.len() - at < 14 => text.get(..at).unwrap_or(text),
        _ => text,
    };
    let body = text.iter().rposition(|b| !b.is_ascii_digit()).map_or(0, |n| n + 1);
    let set_off = text
        .get(..body)
        .is_some_and(|b| b.ends_with(b"   ") || b.ends_with(b"\t") || b.ends_with(b"..") || b.ends_with(b". "));
    let kept = if set_off && body < text.len() { body } else { text.len() };
    page.words(start, start + kept).trim_end_matches(['.', ' ']).to_string()
        + if kept == text.len() && text.ends_with(b".") { "." } else { "" }
}

/// A line of a description that wraps: words right of the number's column.
fn extend(page: &Page<'_>, index: usize, entry: &mut Entry) {
    let Some(line) = page.lines.get(index) else {
        return;
    };
    // A drawn line under the number may share the line with words.
    let segments = page.segments(index);
    let Some(first) = segments.iter().find(|s| !is_rule(page.get(s.start, s.end))).copied() else {
        return;
    };
    // Long enough for any description; a bound for text that never comes to a gap.
    if first.x0 < entry.x0 || entry.text.len() > 2000 {
        return;
    }
    let more = without_page(page, first.start, line.end);
    if !entry.text.is_empty() {
        entry.text.push(' ');
    }
    entry.text.push_str(&more);
    entry.end = line.end;
}

#[cfg(test)]
mod tests {
    use crate::show;
    use tieout_model::Part;

    fn exhibits(text: &str) -> Vec<String> {
        show("8-K", text, |f| f.part == Part::Exhibit)
    }

    #[test]
    fn wrapped_descriptions_are_joined_and_lists_merged() {
        let text = "FORM 8-K\n\nItem 7. Exhibits.\n   (c) Exhibits.\n\nExhibit Number     Description\n--------------     -----------\n   99.1            Press  release dated  May 2\n                   of Acme.\n\nItem 9. Other.\n\n        SIGNATURE\n\n  EXHIBIT INDEX\n\n   99.1            Press release dated May 2\n                   of Acme.\n   10(a)  --       An agreement                 12\n";
        assert_eq!(
            exhibits(text),
            ["exhibit=99.1 {Press release dated May 2 of Acme.}", "exhibit=10(a) {An agreement}"]
        );
    }

    #[test]
    fn sentences_are_no_entries() {
        let text = "FORM 8-K\n\n(c) Exhibits\n\n99.1  Press release dated February 18, 2004.\n\nOn May 2 the company sold\n20 stores to another.\n";
        assert_eq!(exhibits(text), ["exhibit=99.1 {Press release dated February 18, 2004.}"]);
    }

    #[test]
    fn entries_with_the_word_and_the_description_below() {
        let text = "FORM 8-K\n\nINDEX TO EXHIBITS\n\nExhibit 99 - News release\n\nExhibit 4.1\n\n    Form of note\n";
        assert_eq!(exhibits(text), ["exhibit=99 {News release}", "exhibit=4.1 {Form of note}"]);
    }
}
