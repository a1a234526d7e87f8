//! The header of a submission, in both its forms: keys nested by tabs (STANDARDS 1.1) and SGML tags
//! (STANDARDS 1.4). Real headers mix them, so one reader takes a line of either kind at a time.

use crate::page::fold;
use memchr::{memchr, memmem};
use std::borrow::Cow;
use tieout_model::{Field, Part};
use tieout_source::{Source, Span, decode};

/// A section that is open, and how far its key is indented; one opened by a tag has no indentation.
struct Section {
    name: String,
    indent: Option<usize>,
}

struct Reader<'a> {
    source: &'a Source<'a>,
    sections: Vec<Section>,
    fields: Vec<Field>,
    /// Names that some end tag closes: their tags open a group, all others stand before a value.
    groups: Vec<&'a [u8]>,
}

/// The header's fields in the order they stand.
pub(crate) fn read(source: &Source<'_>, span: Span) -> Vec<Field> {
    let text = source.slice(span);
    let base = span.start as usize;
    let mut reader = Reader { source, sections: Vec::new(), fields: Vec::new(), groups: groups(text) };
    let lines = lines(text);
    let mut last_indent = 0;
    for (i, &(start, end)) in lines.iter().enumerate() {
        let line = text.get(start..end).unwrap_or_default();
        let indent = indent(line);
        let content = line.trim_ascii();
        let at = base + start + (line.len() - line.trim_ascii_start().len());
        if content.first() == Some(&b'<') {
            reader.tags(content, at);
        } else if let Some(rest) = content.strip_prefix(b"]") {
            // Seen in 2000: the industry code's bracket on the next line, with the next key behind it.
            reader.extend_last(at, at + 1);
            let gap = rest.len() - rest.trim_ascii_start().len();
            reader.key(rest.trim_ascii(), at + 1 + gap, last_indent, false);
        } else {
            let next = lines.get(i + 1).and_then(|&(s, e)| text.get(s..e)).map_or(0, self::indent);
            reader.key(content, at, indent, next > indent);
            last_indent = indent;
        }
    }
    reader.fields
}

/// Lines that are not blank (some headers double every line end).
fn lines(text: &[u8]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', text).chain(std::iter::once(text.len())) {
        if !text.get(start..end).unwrap_or_default().trim_ascii().is_empty() {
            found.push((start, end));
        }
        start = end + 1;
    }
    found
}

/// Depth by tabs; where an archive turned tabs into blanks, eight of them count as one.
fn indent(line: &[u8]) -> usize {
    let lead = line.iter().take_while(|b| matches!(b, b' ' | b'\t'));
    let (tabs, blanks) = lead.fold((0, 0), |(t, s), b| if *b == b'\t' { (t + 1, s) } else { (t, s + 1) });
    tabs + blanks / 8
}

fn groups(text: &[u8]) -> Vec<&[u8]> {
    let mut names: Vec<&[u8]> = memmem::find_iter(text, b"</")
        .filter_map(|at| {
            let rest = text.get(at + 2..)?;
            rest.get(..memchr(b'>', rest.get(..80).unwrap_or(rest))?)
        })
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

impl Reader<'_> {
    fn path(&self) -> String {
        self.sections.iter().map(|s| s.name.as_str()).collect::<Vec<_>>().join(" > ")
    }

    fn push(&mut self, name: &[u8], value: &[u8], at: usize) {
        let gap = value.len() - value.trim_ascii_start().len();
        let trimmed = value.trim_ascii();
        let name = decode(name).into_owned();
        self.fields.push(Field {
            doc: 0,
            part: Part::Header(self.path()),
            note: text_key(&name).to_string(),
            name: Cow::Owned(name),
            value: fold(trimmed),
            span: Span::new(at + gap, at + gap + trimmed.len()),
        });
    }

    /// The last value goes on to `end`.
    fn extend_last(&mut self, start: usize, end: usize) {
        // A value goes on for a line or two; what goes on for pages is no header.
        if let Some(last) = self.fields.last_mut().filter(|l| l.value.len() < 1000) {
            let more = fold(self.source.slice(Span::new(start, end)));
            let gap = if last.value.is_empty() || more.starts_with(']') { "" } else { " " };
            last.value = format!("{}{gap}{more}", last.value);
            last.span = last.span.join(Span::new(start, end));
        }
    }

    /// `KEY:` and its value; `opens` where the next line is set deeper, which makes an empty one a section.
    fn key(&mut self, content: &[u8], at: usize, indent: usize, opens: bool) {
        let Some(colon) = memchr(b':', content) else {
            if !content.is_empty() {
                self.extend_last(at, at + content.len());
            }
            return;
        };
        while self.sections.last().is_some_and(|s| s.indent.is_some_and(|open| open >= indent)) {
            self.sections.pop();
        }
        let (name, value) = (content.get(..colon).unwrap_or_default(), content.get(colon + 1..).unwrap_or_default());
        if value.trim_ascii().is_empty() && opens {
            self.sections.push(Section { name: fold(name), indent: Some(indent) });
        } else {
            self.push(name, value, at + colon + 1);
        }
    }

    /// `<NAME>value`, `<GROUP>`, `</GROUP>`, one or many on a line.
    fn tags(&mut self, content: &[u8], base: usize) {
        let mut at = 0;
        while let Some(close) = content.get(at..).and_then(|rest| memchr(b'>', rest)) {
            let name = content.get(at + 1..at + close).unwrap_or_default();
            let start = at + close + 1;
            let rest = content.get(start..).unwrap_or_default();
            let end = start + memmem::find(rest, b"<").unwrap_or(rest.len());
            let value = content.get(start..end).unwrap_or_default();
            if let Some(name) = name.strip_prefix(b"/") {
                let name = fold(name).replace('-', " ");
                if let Some(open) = self.sections.iter().rposition(|s| s.name == name) {
                    self.sections.truncate(open);
                }
            } else if value.trim_ascii().is_empty() && self.groups.binary_search(&name).is_ok() {
                // A tag ends the sections that tabs opened: the two kinds nest apart.
                self.sections.retain(|s| s.indent.is_none());
                // Deeper than any header nests; a bound for files that only open.
                if self.sections.len() < 32 {
                    self.sections.push(Section { name: fold(name).replace('-', " "), indent: None });
                }
            } else if !(value.trim_ascii().is_empty() && name == b"SUBMISSION") {
                self.push(name, value, base + start);
            }
            if end >= content.len() {
                return;
            }
            at = end;
        }
    }
}

/// The key of the tabbed header for a tag of the SGML one, where their words differ (STANDARDS 1.4).
fn text_key(tag: &str) -> &'static str {
    match tag {
        "ACCESSION-NUMBER" => "ACCESSION NUMBER",
        "TYPE" => "CONFORMED SUBMISSION TYPE",
        "PERIOD" => "CONFORMED PERIOD OF REPORT",
        "ITEMS" => "ITEM INFORMATION",
        "FILING-DATE" => "FILED AS OF DATE",
        "DATE-OF-FILING-DATE-CHANGE" => "DATE AS OF CHANGE",
        "CONFORMED-NAME" => "COMPANY CONFORMED NAME",
        "CIK" => "CENTRAL INDEX KEY",
        "ASSIGNED-SIC" => "STANDARD INDUSTRIAL CLASSIFICATION",
        "ACT" => "SEC ACT",
        "FILE-NUMBER" => "SEC FILE NUMBER",
        "PHONE" => "BUSINESS PHONE",
        "DATE-CHANGED" => "DATE OF NAME CHANGE",
        _ => "",
    }
}

/// The accession number, from its key or from the envelope's first line; empty where there is none.
pub(crate) fn accession(fields: &[Field]) -> String {
    let keyed = fields.iter().filter(|f| matches!(f.name.as_ref(), "ACCESSION NUMBER" | "ACCESSION-NUMBER"));
    let named = fields.iter().filter(|f| f.name.ends_with("-DOCUMENT") || f.name.ends_with("-HEADER"));
    keyed.chain(named).find_map(|f| find_accession(&f.value)).unwrap_or_default()
}

/// Ten digits, two, six (STANDARDS 1.5); the 18 digits without dashes are given them.
fn find_accession(text: &str) -> Option<String> {
    let word = text.rsplit('/').next()?.split([' ', '.']).find(|w| !w.is_empty())?;
    let digits: String = word.chars().filter(char::is_ascii_digit).collect();
    let plain = word.chars().all(|c| c.is_ascii_digit() || c == '-');
    (plain && digits.len() == 18).then(|| format!("{}-{}-{}", &digits[..10], &digits[10..12], &digits[12..]))
}

/// The value of the first field that has this text-era key, or the tag that means it.
pub(crate) fn value<'f>(fields: &'f [Field], key: &str) -> Option<&'f str> {
    let found = fields.iter().find(|f| f.name == key || f.note == key)?;
    (!found.value.is_empty()).then_some(found.value.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> Vec<String> {
        let source = Source::new("t", text.as_bytes());
        let fields = read(&source, source.span());
        fields
            .iter()
            .map(|f| {
                let Part::Header(path) = &f.part else { panic!() };
                assert_eq!(fold(source.slice(f.span)).replace(" ]", "]"), f.value);
                format!("{path}|{}|{}", f.name, f.value)
            })
            .collect()
    }

    #[test]
    fn tabs_nest() {
        let text = "ACCESSION NUMBER:\t\t0000000001-00-000002\nITEM INFORMATION:\t\t\nFILER:\n\n\tCOMPANY DATA:\t\n\t\tCOMPANY CONFORMED NAME:\t\tACME CORP /DE/\n\n\tFILING VALUES:\n\t\tSEC ACT:\t\t\n\t\tFILM NUMBER:\t\t1\n\n\tBUSINESS ADDRESS:\t\n\t\tCITY:\tERIE\n";
        assert_eq!(
            show(text),
            [
                "|ACCESSION NUMBER|0000000001-00-000002",
                "|ITEM INFORMATION|",
                "FILER > COMPANY DATA|COMPANY CONFORMED NAME|ACME CORP /DE/",
                "FILER > FILING VALUES|SEC ACT|",
                "FILER > FILING VALUES|FILM NUMBER|1",
                "FILER > BUSINESS ADDRESS|CITY|ERIE",
            ]
        );
    }

    /// As in 0000950124-00-003635: end tags among tabs, ever deeper indentation, a bracket on the next line.
    #[test]
    fn stray_end_tags_and_a_broken_industry_code() {
        let text = "FILER:\n\n\tCOMPANY DATA:\t\n\t\tSTANDARD INDUSTRIAL CLASSIFICATION:\t [5122\n]\t\tIRS NUMBER:\t\t411756256\n\t\tFISCAL YEAR END:\t1231\n</COMPANY-DATA>\n\n\t\tFILING VALUES:\n\t\t\tFORM TYPE:\t8-K\n</FILING-VALUES>\n\n\t\t\tBUSINESS ADDRESS:\t\n\t\t\t\tCITY:\tERIE\n";
        assert_eq!(
            show(text),
            [
                "FILER > COMPANY DATA|STANDARD INDUSTRIAL CLASSIFICATION|[5122]",
                "FILER > COMPANY DATA|IRS NUMBER|411756256",
                "FILER > COMPANY DATA|FISCAL YEAR END|1231",
                "FILER > FILING VALUES|FORM TYPE|8-K",
                "FILER > BUSINESS ADDRESS|CITY|ERIE",
            ]
        );
    }

    #[test]
    fn tags_nest_with_and_without_line_ends() {
        let text = "<SUBMISSION>\n<ACCESSION-NUMBER>1<TYPE>8-K<FILER><COMPANY-DATA><CONFORMED-NAME>A, LLC<CIK>7<ORGANIZATION-NAME></COMPANY-DATA></FILER>\n<FILER>\n<MAIL-ADDRESS>\n<CITY>IRVING\n</MAIL-ADDRESS>\n</FILER>\n";
        assert_eq!(
            show(text),
            [
                "|ACCESSION-NUMBER|1",
                "|TYPE|8-K",
                "FILER > COMPANY DATA|CONFORMED-NAME|A, LLC",
                "FILER > COMPANY DATA|CIK|7",
                "FILER > COMPANY DATA|ORGANIZATION-NAME|",
                "FILER > MAIL ADDRESS|CITY|IRVING",
            ]
        );
    }

    /// Ownership headers of the 1990s: the owner's section is a tag and its keys lose one level.
    #[test]
    fn a_tag_section_among_tabs() {
        let text = "SUBJECT COMPANY:\n\n\tCOMPANY DATA:\n\t\tIRS NUMBER:\t1\n<REPORTING-OWNER>\n\nCOMPANY DATA:\n\tCENTRAL INDEX KEY:\t2\n<RELATIONSHIP>DIRECTOR\n\nFILING VALUES:\n\tFORM TYPE:\t4\n</REPORTING-OWNER>\n";
        assert_eq!(
            show(text),
            [
                "SUBJECT COMPANY > COMPANY DATA|IRS NUMBER|1",
                "REPORTING OWNER > COMPANY DATA|CENTRAL INDEX KEY|2",
                "REPORTING OWNER > COMPANY DATA|RELATIONSHIP|DIRECTOR",
                "REPORTING OWNER > FILING VALUES|FORM TYPE|4",
            ]
        );
    }

    #[test]
    fn accession_from_key_or_envelope_line() {
        assert_eq!(
            find_accession("/in/edgar/0000950124-00-003635.txt : 20000919").as_deref(),
            Some("0000950124-00-003635")
        );
        assert_eq!(find_accession("000095012400003635").as_deref(), Some("0000950124-00-003635"));
        assert_eq!(find_accession("12-34"), None);
    }
}
