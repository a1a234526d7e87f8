//! The way of the data, one stage after the other; no stage looks back.

use tieout_grid::Block;
use tieout_model::{Check, Document, DocumentFormat, Report, Submission};
use tieout_source::Source;
use tieout_statement::Calendar;

/// Every check there is.
pub(crate) const CHECKS: &[Check] = &[];

/// Envelope → tables and paragraphs → statements and facts → claims → checks.
pub(crate) fn run(source: &Source<'_>) -> Report {
    let mut report = Report { submission: submission(source), ..Report::default() };
    let documents = std::mem::take(&mut report.submission.documents);
    for (doc, document) in (1..).zip(&documents) {
        let blocks = blocks(source, document);
        let first = report.tables.len() as u32;
        let (tables, facts) = tieout_statement::read(source, doc, &blocks, Calendar::default(), first);
        report.tables.extend(tables);
        report.facts.extend(facts);
    }
    report.submission.documents = documents;
    report
}

/// Until the envelope is read: the whole file as one text.
fn submission(source: &Source<'_>) -> Submission {
    let document = Document {
        doc_type: String::new(),
        filename: String::new(),
        description: String::new(),
        format: DocumentFormat::Text,
        body: source.span(),
        dash_escaped: false,
    };
    Submission { documents: vec![document], ..Submission::default() }
}

/// A document's tables and paragraphs; none where it is not made of text.
fn blocks<'a>(source: &Source<'a>, document: &Document) -> Vec<Block<'a>> {
    match document.format {
        DocumentFormat::Text => tieout_grid::blocks(source, document.body, document.dash_escaped),
        DocumentFormat::Html | DocumentFormat::Schedule | DocumentFormat::Other => Vec::new(),
    }
}
