use crate::{Amount, FactRef, Period, Span};

/// What a document says by its XBRL tags: the contexts, and every fact tagged in one of them.
#[derive(Debug, Clone, Default)]
pub struct Tagging {
    /// The contexts and units facts refer to, of all documents.
    pub contexts: Vec<Context>,
    /// Every tagged fact, in file order.
    pub facts: Vec<Tagged>,
}

/// When and of what a tagged fact speaks.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// The period; `None` where its dates cannot be read or it is `forever`.
    pub period: Option<Period>,
    /// Axis and member, in the order they stand; empty for the whole entity.
    pub dimensions: Vec<(String, String)>,
}

/// One fact as tagged: in Inline XBRL an `ix:nonFraction` or `ix:nonNumeric`, in an instance an element.
#[derive(Debug, Clone)]
pub struct Tagged {
    /// Document number (1-based).
    pub doc: u32,
    /// Where its concept's name stands (`us-gaap:Assets`).
    pub name: Span,
    /// Index into [`Tagging::contexts`]; `None` where the document defines no such context.
    pub context: Option<u32>,
    /// `USD`, `USD/shares`, `shares`, `pure` or another measure; empty for words.
    pub uom: String,
    /// What it says.
    pub value: TaggedValue,
    /// The precision its filer states; `None` for words and where none is stated.
    pub decimals: Option<Decimals>,
    /// Power of ten between the printed digits and the value: 6 "in millions", -2 for a percent.
    pub scale: i8,
    /// `sign="-"`: what is printed is meant below zero.
    pub negated: bool,
    /// Its transformation's name without prefix, such as `num-dot-decimal`; empty where there is none.
    pub format: Span,
    /// It stands in the hidden part of the header: the page does not show it.
    pub hidden: bool,
    /// Its own id; empty where there is none.
    pub id: Span,
    /// Its content, tags inside included.
    pub span: Span,
    /// Where it goes on, in order (`ix:continuation`).
    pub more: Vec<Span>,
    /// The number of a table that it wraps.
    pub fact: Option<FactRef>,
}

/// What a tagged fact says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TaggedValue {
    /// A number, with scale and sign applied. The exponent is that of the last printed digit.
    Number(Amount),
    /// Words, transformed where the format says how (a date as `2003-03-31`).
    Words(String),
    /// Marked up text of a whole note or table; its bytes are the fact's span.
    Markup,
    /// `xsi:nil`: nothing is reported.
    Nil,
    /// What is printed is not what the transformation expects.
    Unreadable,
}

/// The `decimals` attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decimals {
    /// Right to so many decimal places: -3 for thousands.
    Places(i32),
    /// `INF`: exact as given.
    Exact,
}
