//! The plain types every stage speaks: read this crate first, in the order of the modules below.
//!
//! They are data with public fields; the little behaviour here is exact arithmetic and printing. Nothing
//! in this crate knows of files or formats. Rules cited as "STANDARDS n" are the project's reference text
//! on filing formats and tie-out practice.

mod amount;
mod check;
mod claim;
mod coverage;
mod fact;
mod finding;
mod period;
mod ratio;
mod report;
mod submission;
mod table;
mod tagged;

pub use amount::{Amount, power_of_ten, telling_digits};
pub use check::{Check, Tie, Verdict};
pub use claim::{Bound, Claim, ClaimKind};
pub use coverage::{Coverage, Place};
pub use fact::{Fact, FactRef, Proof, Tag, Unit};
pub use finding::{Finding, Label, Severity};
pub use jiff::civil::Date;
pub use period::{Period, month_end};
pub use ratio::{Interval, Ratio};
pub use report::Report;
pub use submission::{Document, DocumentFormat, Field, Part, Schedule, ScheduleValue, Submission};
pub use table::{Column, ColumnRole, Line, LineRole, StatementKind, Sum, Table};
pub use tagged::{Context, Decimals, Tagged, TaggedValue, Tagging};
pub use tieout_source::Span;
