use crate::{Amount, Period, Span};
use std::borrow::Cow;
use std::fmt;

/// One number of a table: what it is, of when, and where it stands.
#[derive(Debug, Clone)]
pub struct Fact {
    /// Index into [`crate::Report::tables`].
    pub table: u32,
    /// Line index in the table, from 0.
    pub line: u32,
    /// Column index in the table, from 0.
    pub col: u32,
    /// The value with the table's scale applied, signed as printed.
    pub amount: Amount,
    /// Of what.
    pub unit: Unit,
    /// When it holds, where known.
    pub period: Option<Period>,
    /// The number as printed, parentheses included.
    pub span: Span,
    /// It stands in a column that is not a period, or inside a label: a fact of no statement.
    pub aside: bool,
    /// What the checks made of it.
    pub proof: Proof,
}

/// Points at a [`Fact`] by table, line and column (indexes from 0; printed from 1 as `2.4.1`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FactRef {
    /// Index into [`crate::Report::tables`].
    pub table: u32,
    /// Line index in the table.
    pub line: u32,
    /// Column index in the table.
    pub col: u32,
}

/// `report.line.col`, counting from 1.
impl fmt::Display for FactRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.table + 1, self.line + 1, self.col + 1)
    }
}

impl Fact {
    /// How others point at it.
    pub fn reference(&self) -> FactRef {
        FactRef { table: self.table, line: self.line, col: self.col }
    }
}

/// What the checks made of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Proof {
    /// At least one check passes that would fail if this number were changed by a printed unit beyond
    /// rounding, and none that blames it fails.
    Proven,
    /// A failed check blames it.
    Off,
    /// Neither.
    #[default]
    Open,
}

impl Proof {
    /// `proven`, `off` or `open`.
    pub fn word(self) -> &'static str {
        match self {
            Proof::Proven => "proven",
            Proof::Off => "off",
            Proof::Open => "open",
        }
    }
}

/// A concept's full name, `us-gaap:Assets` or `tieout:...`; empty where unknown.
pub type Tag = Cow<'static, str>;

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Money, by ISO 4217 code.
    Money([u8; 3]),
    /// Money a share (or partnership unit).
    PerShare([u8; 3]),
    /// Shares (or partnership units).
    Shares,
    /// A ratio, a percent as a fraction, a multiple.
    Pure,
}

impl Unit {
    /// US dollars.
    pub const USD: Unit = Unit::Money(*b"USD");
    /// US dollars a share.
    pub const USD_PER_SHARE: Unit = Unit::PerShare(*b"USD");
}

/// `USD`, `USD/shares`, `shares`, `pure`.
impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unit::Money(code) => f.write_str(&String::from_utf8_lossy(code)),
            Unit::PerShare(code) => write!(f, "{}/shares", String::from_utf8_lossy(code)),
            Unit::Shares => f.write_str("shares"),
            Unit::Pure => f.write_str("pure"),
        }
    }
}
