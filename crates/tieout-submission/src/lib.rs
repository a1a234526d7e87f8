//! Bytes of a filing to its envelope: header, documents, cover page, items, exhibits, signature, the parts
//! of a press release, EX-27 schedules. Knows nothing of numbers.
//!
//! One function, [`read`]. It never fails: what is not as the formats have it is a finding, and a file
//! that is no submission at all is one bare document.

mod bare;
mod caption;
mod contact;
mod cover;
mod date;
mod envelope;
mod exhibits;
mod flat;
mod flatten;
mod format;
mod forward;
mod header;
mod items;
mod page;
mod patterns;
mod quote;
mod release;
mod reported;
mod schedule;
mod signature;

use jiff::civil::Date;
use page::Page;
use std::borrow::Cow;
use tieout_model::{Document, DocumentFormat, Field, Finding, Part, Submission};
use tieout_source::{Source, Span};

/// How much of an 8-K or a press release is read: more than any has, a bound for what only says it is one.
const WHOLE: usize = 1024 * 1024;

/// How much of a periodic report is read for items, exhibits and signature.
const REPORT: usize = 16 * 1024 * 1024;

/// Reads a file: its envelope, what its documents say of themselves, and findings about what could not be
/// read.
pub fn read(source: &Source<'_>) -> (Submission, Vec<Finding>) {
    let envelope = envelope::read(source);
    let mut findings = envelope.findings;
    let header = header::read(source, envelope.header);
    let mut submission = Submission {
        accession: header::accession(&header),
        documents: if envelope.bare { bare_documents(source) } else { envelope.documents },
        header,
        ..Submission::default()
    };
    let filed = header::value(&submission.header, "FILED AS OF DATE").and_then(filing_date);
    for (index, document) in submission.documents.iter().enumerate() {
        let mut out = Writer { doc: index as u32 + 1, fields: &mut submission.cover };
        match document.format {
            DocumentFormat::Schedule => {
                let found = schedule::read(source, document.body, out.doc);
                if found.iter().all(|s| s.values.iter().all(|v| v.amount.is_none())) {
                    findings.push(envelope::unread(out.doc, "the schedule holds no values", document.body));
                }
                submission.schedules.extend(found);
            }
            DocumentFormat::Text | DocumentFormat::Html => fields_of(source, document, filed, &mut out),
            DocumentFormat::Other => {}
        }
    }
    (submission, findings)
}

/// Where fields go: all of one document.
pub(crate) struct Writer<'f> {
    doc: u32,
    fields: &'f mut Vec<Field>,
}

impl Writer<'_> {
    /// Adds a field.
    pub(crate) fn push(&mut self, part: Part, name: impl Into<Cow<'static, str>>, value: String, span: Span) {
        self.push_noted(part, name, value, String::new(), span);
    }

    /// Adds a field that a reader should know something about.
    pub(crate) fn push_noted(
        &mut self,
        part: Part,
        name: impl Into<Cow<'static, str>>,
        value: String,
        note: String,
        span: Span,
    ) {
        self.fields.push(Field { doc: self.doc, part, name: name.into(), value, note, span });
    }
}

fn filing_date(text: &str) -> Option<Date> {
    let number = |range| text.get(range).and_then(|t: &str| t.parse::<i16>().ok());
    let (year, month, day) = (number(0..4)?, number(4..6)?, number(6..8)?);
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The documents of a file without tags: one, or for text those that stand one after another in it.
fn bare_documents(source: &Source<'_>) -> Vec<Document> {
    let body = source.span();
    let format = format::detect(source.bytes, "", source.name);
    let dash_escaped = format == DocumentFormat::Text && envelope::dash_escaped(source.bytes);
    let document = |doc_type: String, body: Span| {
        let (filename, description) = (String::new(), String::new());
        Document { doc_type, filename, description, format, body, dash_escaped }
    };
    match format {
        DocumentFormat::Text => bare::parts(source, body).into_iter().map(|p| document(p.doc_type, p.span)).collect(),
        DocumentFormat::Html => {
            let page = flatten::flatten(source, body, bare::COVER);
            let first = page.lines.iter().find(|l| l.start < l.end);
            let exhibit = first.and_then(|l| bare::title_number(page.get(l.start, l.end))).map(|n| format!("EX-{n}"));
            vec![document(exhibit.or_else(|| bare::form(&page.text)).unwrap_or_default(), body)]
        }
        DocumentFormat::Schedule | DocumentFormat::Other => vec![document(String::new(), body)],
    }
}

/// What a document's type promises.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    Current,
    Periodic,
    Release,
    None,
}

fn reading(document: &Document) -> Reading {
    let kind = document.doc_type.to_ascii_uppercase();
    let starts = |forms: &[&str]| forms.iter().any(|f| kind.starts_with(f));
    if starts(&["8-K"]) {
        Reading::Current
    } else if starts(&["10-K", "10-Q", "10K", "10Q"]) {
        Reading::Periodic
    } else if kind.is_empty() || starts(&["EX-99", "EX-20", "EX-28"]) {
        Reading::Release
    } else {
        Reading::None
    }
}

fn fields_of(source: &Source<'_>, document: &Document, filed: Option<Date>, out: &mut Writer<'_>) {
    let page = |limit: usize| match document.format {
        DocumentFormat::Html => flatten::flatten(source, document.body, limit),
        _ => {
            let start = document.body.start as usize;
            Page::of_text(source, Span::new(start, (document.body.end as usize).min(start + limit)))
        }
    };
    let first = out.fields.len();
    match reading(document) {
        Reading::Current => {
            let page = page(WHOLE);
            let reported = cover::read(&page, out).or(filed);
            items::current_report(&page, reported, out);
            exhibits::read(&page, out);
            signature::read(&page, out);
            match release_within(&page) {
                Some(line) => release::read(&page, line, reported, out),
                None => {
                    let paragraphs = flat::paragraphs(&page, 0..page.lines.len());
                    forward::read(&page, &flat::Flat::of_paragraphs(&page, &paragraphs), out);
                }
            }
        }
        Reading::Periodic => {
            let page = page(REPORT);
            cover::read(&page, out);
            items::periodic_report(&page, out);
            exhibits::read(&page, out);
            signature::read(&page, out);
        }
        Reading::Release => release::read(&page(WHOLE), 0, filed, out),
        Reading::None => {}
    }
    // The readers go their own ways over a document; its fields are given as they stand in it.
    if let Some(own) = out.fields.get_mut(first..) {
        own.sort_by_key(|f| f.span.start);
    }
}

/// The line where a release begins that stands in the same text as its 8-K: an exhibit's title or the words
/// "for immediate release", behind the signature.
fn release_within(page: &Page<'_>) -> Option<usize> {
    let line = |i: usize| page.line(i).trim_ascii();
    let signed =
        (0..page.lines.len()).find(|&i| line(i).len() < 24 && page::lower(line(i)).starts_with("signature"))?;
    (signed..page.lines.len()).find(|&i| {
        let line = line(i);
        let title =
            bare::title_number(line).is_some_and(|n| n.starts_with("99") || n.starts_with("20") || n.starts_with("28"));
        let words = || page::lower(line);
        (title && page.is_gap(i - 1) && page.is_gap(i + 1))
            || (line.len() < 80 && words().contains("for immediate release"))
    })
}

/// The fields of `source` read as one document of a type.
#[cfg(test)]
pub(crate) fn fields(source: &Source<'_>, doc_type: &str) -> Vec<Field> {
    let mut fields = Vec::new();
    let document = Document {
        doc_type: doc_type.into(),
        filename: String::new(),
        description: String::new(),
        format: DocumentFormat::Text,
        body: source.span(),
        dash_escaped: false,
    };
    fields_of(source, &document, None, &mut Writer { doc: 1, fields: &mut fields });
    fields
}

/// The same as `name=value {note}`.
#[cfg(test)]
pub(crate) fn show(doc_type: &str, text: &str, keep: impl Fn(&Field) -> bool) -> Vec<String> {
    let source = Source::new("t", text.as_bytes());
    let note = |f: &Field| {
        if f.note.is_empty() { String::new() } else { format!(" {{{}}}", f.note) }
    };
    let fields = fields(&source, doc_type);
    fields.iter().filter(|f| keep(f)).map(|f| format!("{}={}{}", f.name, f.value, note(f))).collect()
}
