use crate::{Amount, FactRef, Period, Span, Unit, Verdict};

/// One quantitative statement about results in the prose, and what became of it.
#[derive(Debug, Clone)]
pub struct Claim {
    /// Document number (1-based).
    pub doc: u32,
    /// What it says of its subject.
    pub kind: ClaimKind,
    /// What it is about, in the document's own words: "net sales", "current ratio".
    pub subject: String,
    /// For a share of something ("of revenue") or a ratio's second part: what it is taken of; or empty.
    pub of: String,
    /// The words that carry it, verbatim but for folded white space, no longer than the sentence.
    pub quote: String,
    /// Where the quote stands.
    pub quote_span: Span,
    /// When it holds, where that can be known.
    pub period: Option<Period>,
    /// What it is compared with, for a change: the earlier period.
    pub base: Option<Period>,
    /// The value: full amounts, percents as fractions, falls and losses negative.
    pub amount: Amount,
    /// Of what.
    pub unit: Unit,
    /// The number itself (or the word that stands for it: "doubled").
    pub span: Span,
    /// "more than", "approximately"...: how the value is meant.
    pub bound: Bound,
    /// A basis other than as reported: "excluding", "pro forma", "adjusted"; or empty.
    pub basis: String,
    /// The mark of the note it stands in, as figures of a table bear it: "1" of "(1) Includes..."; or empty.
    pub note: String,
    /// What the checks say.
    pub verdict: Verdict,
    /// The recomputation in one line, where there is one.
    pub computed: String,
    /// Facts that carry it.
    pub support: Vec<FactRef>,
    /// Why the verdict is what it is.
    pub because: String,
}

/// What a claim says of its subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ClaimKind {
    /// Money: "net sales of $7.5 million".
    Amount,
    /// Money a share: "$.11 per share".
    PerShare,
    /// A change as a percent: "down 16.0%".
    ChangePercent,
    /// A change as an amount: "up $0.1 million".
    ChangeAmount,
    /// A part of a whole: "19.9% of revenue".
    ShareOf,
    /// A ratio: "current ratio of 5.8", a margin, a rate.
    Ratio,
    /// A multiple: "more than doubled".
    Multiple,
    /// A count of things: shares, stores, employees.
    Count,
    /// A forecast.
    Guidance,
    /// Anything else with a number.
    Other,
}

impl ClaimKind {
    /// Its name in outputs: `amount`, `change_percent`...
    pub fn word(self) -> &'static str {
        match self {
            ClaimKind::Amount => "amount",
            ClaimKind::PerShare => "per_share",
            ClaimKind::ChangePercent => "change_percent",
            ClaimKind::ChangeAmount => "change_amount",
            ClaimKind::ShareOf => "share_of",
            ClaimKind::Ratio => "ratio",
            ClaimKind::Multiple => "multiple",
            ClaimKind::Count => "count",
            ClaimKind::Guidance => "guidance",
            ClaimKind::Other => "other",
        }
    }
}

/// How a claim's value is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Bound {
    /// As printed, within rounding.
    #[default]
    Exact,
    /// "approximately", "about", "roughly", "nearly".
    Approximate,
    /// "more than", "over", "at least", "exceeding".
    AtLeast,
    /// "less than", "under", "up to".
    AtMost,
}
