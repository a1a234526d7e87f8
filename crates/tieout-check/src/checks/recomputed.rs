//! What printed changes and shares of tables have in common once it is known what they are computed from.

use crate::blame::slip_of;
use crate::book::Book;
use crate::performed::{Performed, figure_tie};
use crate::reckon::Reckoned;
use tieout_model::{Amount, Fact, Verdict};

/// Figures that must recompute before others are taken for the ones they are computed from.
const ENOUGH: usize = 3;

/// How many of a column or line recompute, and how many do not.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tally {
    pub(super) holds: usize,
    pub(super) fails: usize,
}

impl Tally {
    /// Three that hold, three for each that does not.
    pub(super) fn enough(self) -> bool {
        self.holds >= ENOUGH && self.holds >= 3 * self.fails
    }

    /// What a figure that does not recompute is: off as the only one among six or more, more than a unit and a slip
    /// of the hand away from `meant`; else open, and why.
    pub(super) fn failing(self, book: &Book<'_>, printed: &Fact, meant: Amount) -> (Verdict, &'static str) {
        let apart = printed.amount.mantissa.saturating_sub(meant.mantissa).saturating_abs();
        let slipped = apart > 1 && slip_of(book, printed, meant.mantissa).is_some();
        match slipped && self.holds >= 2 * ENOUGH && self.fails == 1 {
            true => (Verdict::Off, ""),
            false => (Verdict::Open, ": it may be computed from other figures"),
        }
    }
}

/// The tie of a figure computed from two others, which proves that figure alone.
pub(super) fn tie(
    book: &Book<'_>,
    code: &'static str,
    verdict: Verdict,
    printed: &Fact,
    reckoned: Reckoned,
    parts: [&Fact; 2],
    because: String,
) -> Performed {
    let mut done = figure_tie(book, code, verdict, printed, Some(reckoned), &parts, because);
    if verdict == Verdict::Ties && !printed.amount.is_zero() {
        done.proves = vec![printed.reference()];
    }
    done
}
