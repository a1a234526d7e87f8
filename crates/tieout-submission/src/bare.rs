//! A text without tags may hold a form and its exhibits one after another. It is cut where a line is
//! nothing but an exhibit's title; a mention in a sentence or an entry of the exhibit index is not one.

use crate::page::is_rule;
use memchr::memmem;
use tieout_source::{Source, Span, decode};

/// One document of such a text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// `8-K`, `EX-99.1`, or empty where the text does not say.
    pub(crate) doc_type: String,
    pub(crate) span: Span,
}

/// How far down a text its form's name may stand.
pub(crate) const COVER: usize = 8 * 1024;

/// Cuts `span` into its documents; there is always at least one.
pub(crate) fn parts(source: &Source<'_>, span: Span) -> Vec<Part> {
    let text = source.slice(span);
    let base = span.start as usize;
    let titles = titles(text);
    let mut parts: Vec<Part> = Vec::new();
    let first = titles.first().map_or(text.len(), |t| t.start);
    let lead = text.get(..first).unwrap_or_default();
    if titles.is_empty() || has_words(lead) {
        parts.push(Part { doc_type: form(lead).unwrap_or_default(), span: Span::new(base, base + first) });
    }
    for (i, title) in titles.iter().enumerate() {
        let start = if i == 0 && parts.is_empty() { 0 } else { title.start };
        let end = titles.get(i + 1).map_or(text.len(), |t| t.start);
        let doc_type = format!("EX-{}", title.number);
        parts.push(Part { doc_type, span: Span::new(base + start, base + end) });
    }
    parts
}

struct Title {
    start: usize,
    number: String,
}

/// Lines that are only an exhibit's title, with a gap above and below. A title that comes again heads
/// another page of the same exhibit; titles that follow each other closely are a list.
fn titles(text: &[u8]) -> Vec<Title> {
    let mut starts: Vec<usize> = [b"XHIBIT".as_slice(), b"xhibit", b"EX-"]
        .iter()
        .flat_map(|word| memmem::find_iter(text, word))
        .filter_map(|at| line_start(text, at))
        .collect();
    starts.sort_unstable();
    starts.dedup();
    let mut found: Vec<(Title, usize)> = Vec::new();
    for start in starts {
        let (line, next) = line_at(text, start);
        let Some(number) = title_number(line) else {
            continue;
        };
        let above = start.checked_sub(1).and_then(|end| Some(line_start(text, end)?..end));
        let gap_above = start == 0 || above.and_then(|r| text.get(r)).is_some_and(is_gap);
        let gap_below = next >= text.len() || is_gap(line_at(text, next).0);
        if gap_above && gap_below {
            found.push((Title { start, number }, next));
        }
    }
    let listed: Vec<bool> = (0..found.len())
        .map(|i| found.get(i + 1).is_some_and(|(t, _)| !has_text(text.get(found[i].1..t.start).unwrap_or_default())))
        .collect();
    let mut titles: Vec<Title> = Vec::new();
    for ((title, _), listed) in found.into_iter().zip(listed) {
        if !listed && titles.last().is_none_or(|last| last.number != title.number) {
            titles.push(title);
        }
    }
    titles
}

/// A title, and a drawn line, is shorter: lines are sought no further, so that a file without line ends
/// costs no more than another.
const LINE: usize = 256;

/// Where the line begins that has the byte `at`; `None` for a long line.
fn line_start(text: &[u8], at: usize) -> Option<usize> {
    let from = at.saturating_sub(LINE);
    match memchr::memrchr(b'\n', text.get(from..at)?) {
        Some(n) => Some(from + n + 1),
        None => (from == 0).then_some(0),
    }
}

/// The line that begins at `start`, as far as a title may go, and where the next begins.
fn line_at(text: &[u8], start: usize) -> (&[u8], usize) {
    let rest = text.get(start..text.len().min(start + LINE)).unwrap_or_default();
    let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
    (rest.get(..end).unwrap_or_default(), start + end + 1)
}

fn is_gap(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    line.is_empty() || is_rule(line) || line.starts_with(b"<")
}

fn has_words(text: &[u8]) -> bool {
    text.split(|b| *b == b'\n').any(|line| !is_gap(line))
}

/// More than the few words an index says of an exhibit.
fn has_text(text: &[u8]) -> bool {
    text.split(|b| *b == b'\n').filter(|line| !is_gap(line)).nth(5).is_some()
}

/// `99.1` of a line `EXHIBIT 99.1`, `Exhibit No. 99`, `EX-99.1`, `Exhibit (99)`.
pub(crate) fn title_number(line: &[u8]) -> Option<String> {
    let line = line.trim_ascii().trim_ascii_end();
    if line.len() > 40 {
        return None;
    }
    let text = decode(line).to_ascii_lowercase();
    let rest = match text.strip_prefix("exhibit") {
        Some(rest) => {
            let rest = rest.trim_start();
            ["number", "no."].iter().find_map(|w| rest.strip_prefix(w)).unwrap_or(rest)
        }
        None => text.strip_prefix("ex-")?,
    };
    let rest = rest.trim().trim_end_matches([':', '.']);
    let rest = rest.strip_prefix('(').and_then(|r| r.strip_suffix(')')).unwrap_or(rest);
    exhibit_number(rest).then(|| rest.to_ascii_uppercase())
}

/// A number of Regulation S-K Item 601: `99`, `99.1`, `10.12`, `99(a)`, `4.a`, `99.(c)`.
pub(crate) fn exhibit_number(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let major: u32 = text.get(..digits).and_then(|d| d.parse().ok()).unwrap_or(0);
    let tail = text.get(digits..).unwrap_or_default();
    let plain = tail.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'(' | b')' | b'-'));
    let letters = tail.bytes().filter(u8::is_ascii_alphabetic).count();
    (1..=106).contains(&major) && digits <= 3 && plain && letters <= 3 && tail.len() <= 8
}

/// The form a cover names: `8-K`, `10-K405`, `10-Q/A`. A line that is only the name (`FORM 8-K`, also with
/// spaces about the dash) is it; no sentence is.
pub(crate) fn form(text: &[u8]) -> Option<String> {
    let head = text.get(..COVER).unwrap_or(text);
    head.split(|b| *b == b'\n').find_map(|line| form_of_line(line).map(|(name, _)| name))
}

/// The form's name in a line that holds nothing else, and where in the line it stands.
pub(crate) fn form_of_line(line: &[u8]) -> Option<(String, std::ops::Range<usize>)> {
    let content = line.trim_ascii();
    if content.len() > 60 || content.len() < 4 {
        return None;
    }
    let start = line.len() - line.trim_ascii_start().len();
    let text = decode(content).to_ascii_uppercase();
    let bare: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '(' | ')')).collect();
    let bare = bare.replace(['\u{2013}', '\u{2014}', '\u{2011}'], "-");
    let named = bare.strip_prefix("FORM").unwrap_or(&bare);
    let named = named.strip_prefix(':').unwrap_or(named).trim_end_matches(['.', ',']);
    let amended = named.find("AMENDMENT").and_then(|at| named.get(..at)).unwrap_or(named);
    const FORMS: [&str; 12] =
        ["8-K", "8-K/A", "10-K", "10-K/A", "10-K405", "10-K405/A", "10-Q", "10-Q/A", "10-KSB", "10-QSB", "20-F", "6-K"];
    let known = FORMS.iter().find(|f| **f == named || **f == amended)?;
    let name = if amended != named && !known.ends_with("/A") { format!("{known}/A") } else { known.to_string() };
    Some((name, start..start + content.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> Vec<(String, String)> {
        let source = Source::new("t", text.as_bytes());
        let first = |span| source.slice(span).trim_ascii().split(|b| *b == b'\n').next().unwrap_or_default();
        parts(&source, source.span()).into_iter().map(|p| (p.doc_type, decode(first(p.span)).into_owned())).collect()
    }

    #[test]
    fn cuts_at_the_title_and_not_at_the_index_or_a_mention() {
        let text = "\
UNITED STATES
          FORM 8-K

Item 7. Exhibits.
A copy is attached as
Exhibit 99.1
and is part of this report.

    EXHIBIT INDEX

Exhibit Number     Description
    99.1           Press release.

            EXHIBIT 99.1

   Acme Reports Results
";
        let expected = [("8-K", "UNITED STATES"), ("EX-99.1", "EXHIBIT 99.1")];
        assert_eq!(show(text), expected.map(|(a, b)| (a.to_string(), b.to_string())));
    }

    #[test]
    fn a_release_alone_has_no_type_unless_it_says_so() {
        assert_eq!(show("Acme Reports Results\n\nErie")[0].0, "");
        let said = show("\n                    Exhibit 99.1\n\nAcme Reports Results\n");
        assert_eq!(said, [("EX-99.1".to_string(), "Exhibit 99.1".to_string())]);
    }

    #[test]
    fn a_repeated_title_is_a_page_head_and_close_titles_a_list() {
        let text = "FORM 8-K\n\nEXHIBIT 10\n\nof something\n\nEXHIBIT 99\n\na\nb\nc\nd\ne\nf\n\nEXHIBIT 99\n\ng\n";
        let types: Vec<String> = show(text).into_iter().map(|p| p.0).collect();
        assert_eq!(types, ["8-K", "EX-99"]);
    }

    #[test]
    fn forms() {
        let name = |line: &str| form_of_line(line.as_bytes()).map(|f| f.0);
        assert_eq!(name("     FORM 8-K").as_deref(), Some("8-K"));
        assert_eq!(name("Form 10 - K405").as_deref(), Some("10-K405"));
        assert_eq!(name("FORM 8-K (Amendment No. 1)").as_deref(), Some("8-K/A"));
        assert_eq!(name("as filed on Form 8-K"), None);
    }
}
