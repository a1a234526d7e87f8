//! Two filings of one company, figure by figure: a release against the 10-Q that follows it, this quarter's
//! comparatives against last year's filing, one draft against the next.
//!
//! Figures are the same figure where they stand in the same statement, for the same period and in the same
//! unit, under the same label or concept. What changed is told apart by whether the later filing says so.

mod derive;
mod disclosed;
mod pairs;

pub use derive::{Derived, DerivedPart};
pub use disclosed::{Disclosure, Kind as DisclosureKind};

use tieout_model::{FactRef, Report};
use tieout_source::Source;

/// What became of a figure between two filings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// It differs, and the later filing has no words for that.
    Undisclosed,
    /// It differs, and the later filing speaks of a change that may be this one, or shows the difference as a line that
    /// only one of the two has.
    Disclosed,
    /// It stands in the later filing only, in a statement and for a period that both have.
    New,
    /// It stands in the earlier filing only, likewise.
    Dropped,
    /// Both print the same, as far as their precision goes.
    Agreed,
}

impl Change {
    /// `undisclosed`, `disclosed`, `new`, `dropped`, `agreed`.
    pub fn word(self) -> &'static str {
        match self {
            Change::Undisclosed => "undisclosed",
            Change::Disclosed => "disclosed",
            Change::New => "new",
            Change::Dropped => "dropped",
            Change::Agreed => "agreed",
        }
    }
}

/// One figure of both filings, or of one of them.
#[derive(Debug, Clone)]
pub struct Compared {
    /// What became of it.
    pub change: Change,
    /// Where it stands in the earlier report.
    pub earlier: Option<FactRef>,
    /// Where it stands in the later report.
    pub later: Option<FactRef>,
    /// How the two were known to be one figure, and for a change how it shows.
    pub because: String,
}

/// What two filings have in common.
#[derive(Debug, Clone, Default)]
pub struct Comparison {
    /// Figures of the statements and periods that both have, in the order of the later filing; dropped ones
    /// last.
    pub figures: Vec<Compared>,
    /// Words of the later filing about changed figures, in file order.
    pub disclosures: Vec<Disclosure>,
    /// Figures of periods that neither filing prints, reckoned from both.
    pub derived: Vec<Derived>,
}

impl Comparison {
    /// How many figures came out one way.
    pub fn count(&self, change: Change) -> usize {
        self.figures.iter().filter(|f| f.change == change).count()
    }
}

/// One filing as read.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// Its bytes.
    pub source: &'a Source<'a>,
    /// What was read in them.
    pub report: &'a Report,
}

/// Compares two filings. Both are taken as of one company: that is the caller's to know.
pub fn compare(earlier: Side<'_>, later: Side<'_>) -> Comparison {
    let disclosures = disclosed::disclosures(later);
    let figures = pairs::pairs(earlier, later, &disclosures);
    Comparison { figures, disclosures, derived: derive::derived(earlier.report, later.report) }
}

#[cfg(test)]
mod testing;
