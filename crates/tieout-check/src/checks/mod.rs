//! One list of checks; each file holds one with its manual, code and cases.

mod bal;
mod cf;
mod cf_bs;
mod chain;
mod change_columns;
mod delta;
mod dup;
mod eps;
mod eps_add;
mod ex27;
mod foot;
mod foot_block;
mod hdr;
mod hdr_dates;
mod multiple;
mod nongaap;
mod pct;
mod pctrev;
mod prose;
mod ratio;
mod recomputed;
mod rf;
mod sh;
mod share_lines;
mod sign;
mod tag;
mod xfoot;
mod ytd;

use crate::book::Book;
use crate::claims::{Attempts, Resolver};
use crate::performed::Performed;
use tieout_model::{Check, Claim, ClaimKind, Schedule, Tagging};

/// Every check, in the order they are performed.
pub const CHECKS: &[Check] = &[
    foot::CHECK,
    eps_add::CHECK,
    nongaap::CHECK,
    xfoot::CHECK,
    ytd::CHECK,
    bal::CHECK,
    chain::CHECK,
    cf::CHECK,
    cf_bs::CHECK,
    eps::CHECK,
    sh::CHECK,
    sign::CHECK,
    rf::CHECK,
    dup::CHECK,
    hdr::CHECK,
    ex27::CHECK,
    tag::CHECK,
    prose::CHECK,
    delta::CHECK,
    pct::CHECK,
    pctrev::CHECK,
    ratio::CHECK,
    multiple::CHECK,
];

/// The check that settles amounts of the prose.
pub(crate) const AMOUNT: &str = prose::CHECK.code;

/// The description of a check by its code.
pub(crate) fn by_code(code: &str) -> Option<&'static Check> {
    CHECKS.iter().find(|c| c.code == code)
}

/// The checks on tables.
pub(crate) fn tables(book: &Book<'_>, schedules: &[Schedule], tagging: &Tagging, out: &mut Vec<Performed>) {
    foot::run(book, out);
    foot_block::run(book, foot::CHECK.code, out);
    sign::run(book, out);
    eps_add::run(book, out);
    nongaap::run(book, out);
    xfoot::run(book, out);
    ytd::run(book, out);
    bal::run(book, out);
    chain::run(book, out);
    cf::run(book, out);
    cf_bs::run(book, out);
    eps::run(book, out);
    sh::run(book, out);
    rf::run(book, out);
    change_columns::run(book, pct::CHECK.code, delta::CHECK.code, out);
    share_lines::run(book, pctrev::CHECK.code, out);
    let groups = dup::groups(book);
    dup::run(book, &groups, out);
    hdr::run(book, &groups, out);
    hdr_dates::twice(book, hdr::CHECK.code, out);
    ex27::run(book, schedules, out);
    tag::run(book, tagging, out);
}

/// The check on headings that needs the claims settled.
pub(crate) fn headings(book: &Book<'_>, claims: &[Claim], out: &mut Vec<Performed>) {
    hdr_dates::contradicted(book, claims, hdr::CHECK.code, out);
}

/// The check that settles a claim, and the calculations it knows for it. `None` for claims that no check
/// performs: forecasts and numbers that are no results.
pub(crate) fn attempts<'a>(resolver: &Resolver<'a>, claim: &Claim) -> Option<(&'static str, Attempts<'a>)> {
    let (code, mut attempts) = match claim.kind {
        ClaimKind::Amount | ClaimKind::PerShare | ClaimKind::Count => {
            (prose::CHECK.code, prose::attempts(resolver, claim))
        }
        ClaimKind::ChangeAmount => (delta::CHECK.code, delta::attempts(resolver, claim)),
        ClaimKind::ChangePercent => (pct::CHECK.code, pct::attempts(resolver, claim)),
        ClaimKind::ShareOf => (pctrev::CHECK.code, pctrev::attempts(resolver, claim)),
        ClaimKind::Ratio => (ratio::CHECK.code, ratio::attempts(resolver, claim)),
        ClaimKind::Multiple => (multiple::CHECK.code, multiple::attempts(resolver, claim)),
        ClaimKind::Guidance | ClaimKind::Other => return None,
    };
    if attempts.tried.iter().all(|attempt| !attempt.certain) {
        attempts.tried.extend(resolver.further(claim));
    }
    Some((code, attempts))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// The manual is the documentation (`tieout rule CODE` prints it): it must have its four parts.
    #[test]
    fn every_check_is_documented_and_unique() {
        let mut codes = BTreeSet::new();
        for check in CHECKS {
            assert!(codes.insert(check.code), "{} twice", check.code);
            let mut from = 0;
            for part in ["## What it checks", "## Why it matters", "## Example", "## When it stays silent"] {
                let at = check.manual[from..].find(part);
                assert!(at.is_some(), "{}: no '{part}' in its place", check.code);
                from += at.unwrap();
            }
            assert!(
                check.code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-'),
                "{}",
                check.code
            );
        }
    }
}
