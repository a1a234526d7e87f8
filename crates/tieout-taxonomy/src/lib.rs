//! From the words of a financial statement's line to the concept they name.
//!
//! The knowledge is in the tables (`labels/*.tsv`): which label, in which part of which statement, in which
//! years, names which us-gaap element. The code only brings a printed label into the form of the tables
//! ([`normalise`]), tells where in its statement a line stands, and takes away, step by step and on record
//! ([`Because`]), what a caption carries besides its name. It would rather say nothing than something wrong.
//!
//! Elements are those of the us-gaap taxonomies of all years, deprecated ones included, because a statement
//! of 1995 is best described in the elements that still knew its terms; `tieout:` names fill the few gaps.

mod because;
mod concept;
mod context;
mod hash;
mod normalise;
mod per_share;
mod places;
mod subject;
mod table;
pub mod tagger;

pub use because::Because;
pub use concept::{Found, Query, concept};
pub use normalise::normalise;
pub use subject::{Match, concepts_of, same_family};

/// What is known of a concept whatever line it stands in (XBRL 2.1 calls these its attributes).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Properties {
    /// Whether it holds at a moment or over a period.
    pub period: PeriodType,
    /// The side of the accounts it stands on; none for what is on no side (per share figures, net cash).
    pub balance: Option<Balance>,
    /// What it is counted in.
    pub unit: UnitKind,
}

/// Whether a concept holds at a moment or over a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeriodType {
    /// At a moment: balances.
    Instant,
    /// Over a period: flows.
    Duration,
}

/// A side of the accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Balance {
    /// Liabilities, equity, revenue.
    Credit,
    /// Assets, expenses.
    Debit,
}

/// What a concept is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitKind {
    /// Money.
    Money,
    /// Money a share.
    PerShare,
    /// Shares.
    Shares,
    /// A plain number.
    Pure,
}

/// The properties of a tag (`us-gaap:Assets`), if the tables know it.
pub fn properties(tag: &str) -> Option<Properties> {
    table::by_tag(tag).map(|c| c.properties)
}
