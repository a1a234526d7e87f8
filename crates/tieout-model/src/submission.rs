use crate::{Amount, Span};
use std::borrow::Cow;

/// What the envelope of a filing says, and where its documents stand. A bare document is a submission
/// without an envelope: its header is empty and it holds one document, or several where one text holds a
/// cover page and exhibits one after another.
#[derive(Debug, Clone, Default)]
pub struct Submission {
    /// Accession number with dashes (STANDARDS 1.5), or empty.
    pub accession: String,
    /// Header fields in the order they stand; `part` is the section path.
    pub header: Vec<Field>,
    /// Documents in file order; a document's number is its index + 1.
    pub documents: Vec<Document>,
    /// Cover page, items, exhibits, signature and the parts of a press release, in file order.
    pub cover: Vec<Field>,
    /// EX-27 financial data schedules, one per value column.
    pub schedules: Vec<Schedule>,
}

impl Submission {
    /// Places of a document whose numbers claim nothing about results: cautions about what lies ahead,
    /// contacts, the conference call.
    pub fn without_claims(&self, doc: u32) -> Vec<Span> {
        let no_claim = |f: &&Field| {
            f.doc == doc
                && f.part == Part::Release
                && (f.name == "forward_looking" || f.name.starts_with("investor_") || f.name.starts_with("conference_"))
        };
        self.cover.iter().filter(no_claim).map(|f| f.span).collect()
    }
}

/// One document of a submission.
#[derive(Debug, Clone)]
pub struct Document {
    /// `8-K`, `EX-99.1`, `10-K405`...; as tagged, or as its own first lines say; empty where unknown.
    pub doc_type: String,
    /// `<FILENAME>`, or empty.
    pub filename: String,
    /// `<DESCRIPTION>`, or empty.
    pub description: String,
    /// How to read the body.
    pub format: DocumentFormat,
    /// The body: between `<TEXT>` and `</TEXT>`, or the part of a bare text that is this document.
    pub body: Span,
    /// PEM dash-escaping is in force: a body line that begins `- ` has lost nothing but those two bytes
    /// (STANDARDS 1.1).
    pub dash_escaped: bool,
}

/// What a document's body is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentFormat {
    /// Plain text, with or without `<TABLE>` tags.
    Text,
    /// HTML.
    Html,
    /// An EX-27 schedule: read as data, not as text.
    Schedule,
    /// Neither (XML, uuencoded pictures, PDF): named, not read.
    Other,
}

/// One thing that a header or cover page says, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Document number (1-based); 0 for the header.
    pub doc: u32,
    /// Where it belongs.
    pub part: Part,
    /// Its name: for a header the printed key, otherwise one of a fixed list in lower snake case.
    pub name: Cow<'static, str>,
    /// What it says, white space folded.
    pub value: String,
    /// What a reader should know about it: an item's title in its era, "furnished under Item 12"; or empty.
    pub note: String,
    /// Where it stands.
    pub span: Span,
}

/// The part of a filing a [`Field`] stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// The SGML header; the path of sections, such as `FILER > COMPANY DATA`.
    Header(String),
    /// The cover page of a form.
    Cover,
    /// An item of a form.
    Item,
    /// The exhibit index.
    Exhibit,
    /// The signature block.
    Signature,
    /// A press release.
    Release,
}

/// One value column of an EX-27 financial data schedule (STANDARDS 3).
#[derive(Debug, Clone, Default)]
pub struct Schedule {
    /// Document number (1-based).
    pub doc: u32,
    /// `5`, `7`, `9`, `UT`...
    pub article: String,
    /// `<MULTIPLIER>` as a power of ten, where it is one; often wrong, so values are kept unscaled.
    pub multiplier: Option<i8>,
    /// Value column, from 0.
    pub column: u32,
    /// Tags and values in the order they stand.
    pub values: Vec<ScheduleValue>,
}

/// One line of a schedule.
#[derive(Debug, Clone)]
pub struct ScheduleValue {
    /// `TOTAL-ASSETS`.
    pub tag: String,
    /// The text as printed: a number, a date, a word.
    pub text: String,
    /// The number, unscaled, where it is one.
    pub amount: Option<Amount>,
    /// Where the text stands.
    pub span: Span,
}
