//! The one door to tieout: bytes of a filing in, a [`Report`] out.
//!
//! [`read`] runs the stages in order; what each of them does is its own crate's business. Everything a
//! caller needs to look at a report is re-exported here, so that the edges (command line, stores, web,
//! Python) depend on this crate alone.
//!
//! ```
//! let source = tieout::Source::new("release.txt", b"Net sales were $7.5 million.");
//! let report = tieout::read(&source);
//! assert!(report.tables.is_empty());
//! ```

mod stages;

pub use tieout_compare::{Change, Compared, Comparison, Derived, DerivedPart, Disclosure, Side, compare};
/// The HTML tokenizer, for views that show a document as it was filed.
pub use tieout_html as html;
pub use tieout_model::{
    Amount, Bound, Check, Claim, ClaimKind, Column, ColumnRole, Context, Coverage, Date, Decimals, Document,
    DocumentFormat, Fact, FactRef, Field, Finding, Interval, Label, Line, LineRole, Part, Period, Place, Proof, Ratio,
    Report, Schedule, ScheduleValue, Severity, StatementKind, Submission, Sum, Table, Tag, Tagged, TaggedValue,
    Tagging, Tie, Unit, Verdict,
};
pub use tieout_source::{LineIndex, Location, MAX_LEN, Source, Span, decode};

/// Reads and checks one file. It never fails: what could not be read is a finding of the report. Same
/// bytes in, same report out.
pub fn read(source: &Source<'_>) -> Report {
    stages::run(source)
}

/// The words of a span as a reader sees them, on one line: without markup where its document is made of it.
pub fn words<'a>(source: &Source<'a>, submission: &Submission, span: Span) -> std::borrow::Cow<'a, str> {
    let bytes = source.slice(span);
    let marked = bytes.iter().any(|b| matches!(b, b'<' | b'&'))
        && submission.documents.iter().any(|d| d.format == DocumentFormat::Html && d.body.contains(span));
    if marked { tieout_html::shown(source.bytes, span) } else { decode(bytes) }
}

/// Where each number of the documents went: a fact's, a claim's, a heading's, a field's, one of the skip list's,
/// or nowhere. Counted from the bytes, past all stages, and only when asked.
pub fn coverage(source: &Source<'_>, report: &Report) -> Coverage {
    tieout_coverage::coverage(source, report)
}

/// Every check there is, in the order in which they are listed to a reader.
pub fn checks() -> &'static [Check] {
    stages::CHECKS
}
