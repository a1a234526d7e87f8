use crate::{Amount, FactRef, Severity, Span};

/// What a check found: never a yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Verdict {
    /// The printed figure is one that the calculation can give.
    Ties,
    /// It is not.
    Off,
    /// The document does not carry what is needed.
    #[default]
    Open,
}

impl Verdict {
    /// `ties`, `off` or `open`.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Ties => "ties",
            Verdict::Off => "off",
            Verdict::Open => "open",
        }
    }
}

/// One check performed on one printed figure.
#[derive(Debug, Clone)]
pub struct Tie {
    /// The check's code: `FOOT`, `EPS`...
    pub code: &'static str,
    /// Its outcome.
    pub verdict: Verdict,
    /// Document number (1-based).
    pub doc: u32,
    /// The figure checked, where it stands in a table; prose figures have none.
    pub fact: Option<FactRef>,
    /// What was checked, in words.
    pub subject: String,
    /// As printed.
    pub printed: Amount,
    /// As calculated, rounded to the printed place; `None` where nothing could be calculated.
    pub computed: Option<Amount>,
    /// How far apart, in units of the last printed digit; 0 where it is exact.
    pub gap: Option<Amount>,
    /// How far apart rounding alone can bring them, in the same units.
    pub tolerance: Option<Amount>,
    /// Where the figure stands.
    pub span: Span,
    /// The figures it was calculated from.
    pub parts: Vec<FactRef>,
    /// The calculation, or what was missing, in one line.
    pub because: String,
    /// For an `off` tie, the figures the failure blames; the checked figure alone where nothing better is
    /// known.
    pub blames: Vec<FactRef>,
}

/// A check's description. One file in the checks crate holds it with its code, manual and cases.
#[derive(Debug, Clone, Copy)]
pub struct Check {
    /// Short code in capitals: `FOOT`.
    pub code: &'static str,
    /// What it does, in a few words: "column footing".
    pub name: &'static str,
    /// How bad a failure is.
    pub severity: Severity,
    /// The letter it puts beside a number that passes, as auditors tick (STANDARDS 6.3).
    pub tick: char,
    /// Its manual: what it checks, why it matters, an example, when it stays silent.
    pub manual: &'static str,
}
