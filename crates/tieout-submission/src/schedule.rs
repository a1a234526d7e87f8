//! EX-27 financial data schedules, read as data (STANDARDS 3.1).
//!
//! A schedule is a list of tags, each with one value per column. Real ones break every rule: brackets for
//! angle brackets, a legend that never ends, several schedules in one body, a value on the next line.

use crate::page::fold;
use memchr::memchr;
use tieout_model::{Amount, Schedule, ScheduleValue};
use tieout_source::{Source, Span, decode};

/// A tag and the bytes behind it.
struct Entry {
    tag: String,
    start: usize,
    end: usize,
}

/// Every value column of every schedule in `body`.
pub(crate) fn read(source: &Source<'_>, body: Span, doc: u32) -> Vec<Schedule> {
    let entries = entries(source.slice(body), body.start as usize);
    let mut schedules = Vec::new();
    let mut rest = entries.as_slice();
    let (mut article, mut multiplier) = (String::new(), None);
    while !rest.is_empty() {
        let (one, next) = rest.split_at(length(rest));
        rest = next;
        for entry in one {
            let text = decode(source.slice(Span::new(entry.start, entry.end)));
            match entry.tag.as_str() {
                "ARTICLE" => (article, multiplier) = (article_name(&text), None),
                "MULTIPLIER" => multiplier = power_of_ten(&text),
                _ => {}
            }
        }
        schedules.extend(columns(source, one, doc, &article, multiplier));
    }
    schedules
}

/// How many entries the first schedule has: up to an ARTICLE or PERIOD-TYPE that begins another.
fn length(entries: &[Entry]) -> usize {
    let mut begun = false;
    for (i, entry) in entries.iter().enumerate() {
        match entry.tag.as_str() {
            "ARTICLE" if i > 0 => return i,
            "PERIOD-TYPE" if begun => return i,
            "PERIOD-TYPE" => begun = true,
            _ => {}
        }
    }
    entries.len()
}

/// Tags with their values. Legends, footnotes and layout tags are left out.
fn entries(text: &[u8], base: usize) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let (mut legend, mut notes) = (false, false);
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', text).chain(std::iter::once(text.len())) {
        let line = text.get(start..end).unwrap_or_default();
        let at = start + line.len() - line.trim_ascii_start().len();
        let line = line.trim_ascii();
        start = end + 1;
        let Some((tag, rest)) = tag(line) else {
            // A value that stands on the line below its tag.
            if let Some(last) = entries.last_mut()
                && last.start == last.end
                && !legend
                && !notes
                && amount(line).is_some()
            {
                (last.start, last.end) = (base + at, base + at + line.len());
            }
            continue;
        };
        match tag.as_str() {
            "LEGEND" => legend = true,
            "/LEGEND" => legend = false,
            "FN" => notes = true,
            "/FN" => notes = false,
            "TABLE" | "/TABLE" | "S" | "C" | "CAPTION" | "PAGE" | "TEXT" | "/TEXT" => {}
            _ if tag.starts_with('/') || is_footnote(&tag) => {}
            _ => {
                // A legend or footnotes that nobody closed end at the next tag.
                (legend, notes) = (false, false);
                let gap = line.len() - line.get(rest..).unwrap_or_default().trim_ascii_start().len();
                entries.push(Entry { tag, start: base + at + gap.min(line.len()), end: base + at + line.len() });
            }
        }
    }
    entries
}

/// The tag a line begins with, in capitals, and where the rest of the line begins. The end tag of a legend
/// often stands at the end of a line of words.
fn tag(line: &[u8]) -> Option<(String, usize)> {
    let close = match line.first()? {
        b'<' => memchr(b'>', line.get(..64).unwrap_or(line))?,
        b'[' => memchr(b']', line.get(..64).unwrap_or(line))?,
        _ => {
            let upper = line.get(line.len().saturating_sub(10)..)?.to_ascii_uppercase();
            return upper.ends_with(b"</LEGEND>").then(|| ("/LEGEND".to_string(), line.len()));
        }
    };
    let upper = line.to_ascii_uppercase();
    if upper.starts_with(b"<LEGEND>") && upper.ends_with(b"</LEGEND>") {
        return Some(("/LEGEND".to_string(), line.len()));
    }
    let name = fold(line.get(1..close)?).to_ascii_uppercase();
    (!name.is_empty()).then_some((name, close + 1))
}

fn is_footnote(tag: &str) -> bool {
    tag.strip_prefix('F').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

/// "5", "UT" of "UT Exhibit 27.01", "9" of "ART 9 FDS".
fn article_name(text: &str) -> String {
    let mut words = text.split(|c: char| c.is_whitespace() || c == '.').filter(|w| !w.is_empty());
    let first = words.next().unwrap_or_default().to_ascii_uppercase();
    match first.as_str() {
        "ART" | "ARTICLE" => words.next().unwrap_or_default().to_ascii_uppercase(),
        _ => first,
    }
}

fn power_of_ten(text: &str) -> Option<i8> {
    let digits: String = text.chars().filter(|c| c.is_ascii_digit()).collect();
    let plain = text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || matches!(c, ',' | '$'));
    let zeros = digits.strip_prefix('1')?;
    (plain && zeros.len() <= 12 && zeros.bytes().all(|b| b == b'0')).then_some(zeros.len() as i8)
}

fn columns(source: &Source<'_>, entries: &[Entry], doc: u32, article: &str, multiplier: Option<i8>) -> Vec<Schedule> {
    let pieces = |tag: &str| entries.iter().find(|e| e.tag == tag).map(|e| cut(source, e).len()).filter(|n| *n > 0);
    let count = pieces("PERIOD-END").or_else(|| pieces("PERIOD-TYPE")).unwrap_or(1).min(32);
    let shared = |tag: &str| matches!(tag, "CIK" | "NAME" | "CURRENCY" | "RESTATED" | "SERIES" | "NUMBER");
    let mut schedules: Vec<Schedule> = (0..count)
        .map(|column| Schedule {
            doc,
            article: article.to_string(),
            multiplier,
            column: column as u32,
            values: Vec::new(),
        })
        .collect();
    for entry in entries.iter().filter(|e| !matches!(e.tag.as_str(), "ARTICLE" | "MULTIPLIER")) {
        let whole = (entry.start, entry.end);
        let cells = if count == 1 || shared(&entry.tag) { vec![whole; count] } else { fit(source, entry, count) };
        for (schedule, (start, end)) in schedules.iter_mut().zip(cells) {
            let span = without_footnote(source, start, end);
            let bytes = source.slice(span);
            let amount = if shared(&entry.tag) { None } else { amount(bytes) };
            schedule.values.push(ScheduleValue { tag: entry.tag.clone(), text: fold(bytes), amount, span });
        }
    }
    schedules
}

/// The values of a line, cut where two blanks or a tab part them.
fn cut(source: &Source<'_>, entry: &Entry) -> Vec<(usize, usize)> {
    pieces(source.slice(Span::new(entry.start, entry.end)), entry.start, 2)
}

/// The values of a line as `count` columns: cut at wide gaps, or at every blank where only that fits. What
/// fits neither way is given to the first columns, so that no value is invented for another.
fn fit(source: &Source<'_>, entry: &Entry, count: usize) -> Vec<(usize, usize)> {
    let text = source.slice(Span::new(entry.start, entry.end));
    let wide = pieces(text, entry.start, 2);
    if wide.len() == count {
        return wide;
    }
    let narrow = pieces(text, entry.start, 1);
    if narrow.len() == count { narrow } else { wide }
}

fn pieces(text: &[u8], base: usize, blanks: usize) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut gap = usize::MAX;
    for (i, &byte) in text.iter().enumerate() {
        match byte {
            b' ' => gap = gap.saturating_add(1),
            b'\t' => gap = gap.saturating_add(2),
            _ => {
                let mark = found
                    .last()
                    .is_some_and(|&(s, e)| matches!(text.get(s - base..e - base), Some(b"$" | b"(" | b"-")));
                match found.last_mut() {
                    Some(last) if gap < blanks || mark => last.1 = base + i + 1,
                    _ => found.push((base + i, base + i + 1)),
                }
                gap = 0;
            }
        }
    }
    found
}

/// `213,561<F1>` without its mark.
fn without_footnote(source: &Source<'_>, start: usize, end: usize) -> Span {
    let text = source.slice(Span::new(start, end));
    let mark = text
        .iter()
        .enumerate()
        .position(|(i, b)| matches!(b, b'<' | b'[') && text.get(i + 1).is_some_and(|f| f.eq_ignore_ascii_case(&b'F')));
    let value = text.get(..mark.unwrap_or(text.len())).unwrap_or_default().trim_ascii_end();
    Span::new(start, start + value.len())
}

/// The number a text is: digits with commas and a point, `$`, a minus or parentheses; nothing else.
fn amount(text: &[u8]) -> Option<Amount> {
    let (mut mantissa, mut places, mut digits, mut point, mut negative) = (0i128, 0i8, 0, false, false);
    for &byte in text.trim_ascii() {
        match byte {
            b'0'..=b'9' => {
                mantissa = mantissa.checked_mul(10)?.checked_add(i128::from(byte - b'0'))?;
                digits += 1;
                if point {
                    places = places.checked_add(1)?;
                }
            }
            b'.' if !point => point = true,
            b'(' | b'-' if digits == 0 => negative = true,
            b',' | b'$' | b' ' | b'\t' | b')' | b'%' => {}
            _ => return None,
        }
    }
    (digits > 0).then(|| Amount::new(if negative { -mantissa } else { mantissa }, -places))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> Vec<String> {
        let source = Source::new("t", text.as_bytes());
        let show = |s: &Schedule| {
            let values = s.values.iter().map(|v| {
                let amount = v.amount.map(|a| format!("={a}")).unwrap_or_default();
                format!(" {}:{}{amount}", v.tag, v.text)
            });
            format!("{}/{:?}/{}{}", s.article, s.multiplier, s.column, values.collect::<String>())
        };
        read(&source, source.span(), 1).iter().map(show).collect()
    }

    #[test]
    fn one_column() {
        let text = "\n<TABLE> <S> <C>\n\n<ARTICLE> 5\n<LEGEND>\nWords <S> here\n</LEGEND>\n<CIK> 0000000007\n<MULTIPLIER> 1,000\n       \n<S>                  <C>\n<PERIOD-TYPE>        12-MOS\n<PERIOD-END>         DEC-31-1995<F1>\n<OTHER-SE>           (79,329)<F2>\n<EPS-PRIMARY>        (.49)\n<FN>\n<F1>A note of 1,234\nmore\n</FN>\n</TABLE>\n";
        assert_eq!(
            show(text),
            [
                "5/Some(3)/0 CIK:0000000007 PERIOD-TYPE:12-MOS PERIOD-END:DEC-31-1995 OTHER-SE:(79,329)=-79329 EPS-PRIMARY:(.49)=-0.49"
            ]
        );
    }

    #[test]
    fn columns_and_brackets() {
        let text = "[ARTICLE] UT Exhibit 27.01\n[PERIOD-TYPE]   YEAR     9-MOS\n[PERIOD-END]  DEC-31-1999   SEP-30-1999\n[CASH]   $ 10      (14)\n[SALES]  1 2\n";
        assert_eq!(
            show(text),
            [
                "UT/None/0 PERIOD-TYPE:YEAR PERIOD-END:DEC-31-1999 CASH:$ 10=10 SALES:1=1",
                "UT/None/1 PERIOD-TYPE:9-MOS PERIOD-END:SEP-30-1999 CASH:(14)=-14 SALES:2=2",
            ]
        );
    }

    #[test]
    fn several_schedules_in_one_body() {
        let text = "<ARTICLE> 5\n<PERIOD-TYPE> YEAR\n<CASH> 1\n<PERIOD-TYPE> 3-MOS\n<CASH> 2\n<ARTICLE> 7\n<PERIOD-TYPE> YEAR\n<CASH>\n  3\n";
        assert_eq!(
            show(text),
            [
                "5/None/0 PERIOD-TYPE:YEAR CASH:1=1",
                "5/None/0 PERIOD-TYPE:3-MOS CASH:2=2",
                "7/None/0 PERIOD-TYPE:YEAR CASH:3=3"
            ]
        );
    }

    #[test]
    fn an_unclosed_legend_ends_at_the_next_tag() {
        let text = "<ARTICLE> 9\n<LEGEND> Words\nand more 12\n<MULTIPLIER> 1\n<CASH> 5\n";
        assert_eq!(show(text), ["9/Some(0)/0 CASH:5=5"]);
    }

    #[test]
    fn only_numbers_are_amounts() {
        assert_eq!(amount(b"642,033,395"), Some(Amount::new(642_033_395, 0)));
        assert_eq!(amount(b"$2.63"), Some(Amount::new(263, -2)));
        assert_eq!(amount(b"12-MOS"), None);
        assert_eq!(amount(&[b'9'; 60]), None);
    }
}
