//! Ties: every total footed, every balance balanced, every per-share figure recomputed, every number of the
//! prose tied to a table or shown to have none.
//!
//! A check is one file in `checks/`: its manual, its code and its cases. Checks look figures up in one index
//! (`book`), reckon exactly (`reckon`) and write [`Tie`]s; what the ties together say of each number is its
//! proof (`proof`), which number a failure points to is its blame (`blame`), and what a reader should hear
//! of it is a finding (`findings`).
//!
//! Three verdicts, never a bool. `off` is kept for what the document proves: a sum is known to be one because
//! it holds in another column, a subject and its period are beyond doubt. All else that does not agree is
//! `open` and says what is missing.

mod across;
mod blame;
mod book;
mod checks;
mod claims;
mod concepts;
mod findings;
mod performed;
mod proof;
mod reckon;
mod say;
#[cfg(test)]
mod testing;
mod words;

pub use checks::CHECKS;

use book::Book;
use tieout_model::{Report, Tie};
use tieout_source::Source;

/// Performs every check: fills ties, the facts' proofs, the claims' verdicts and the findings, worst first.
pub fn check(report: &mut Report, source: &Source<'_>) {
    let Report { submission, tables, facts, tagging, claims, findings, .. } = report;
    // The lists are whole: what they were given to grow in is free for the ties.
    tables.shrink_to_fit();
    facts.shrink_to_fit();
    claims.shrink_to_fit();
    let book = Book::new(*source, tables, facts);
    let mut done = Vec::new();
    checks::tables(&book, &submission.schedules, tagging, &mut done);
    blame::blame(&book, &mut done);
    findings::of_tables(&book, &done, findings);
    let proofs = proof::proofs(&book, &done);
    // In the place of what was performed: ties are many, and a second list of them would be the most memory a
    // report ever takes.
    let mut ties: Vec<Tie> = done.into_iter().map(|performed| performed.tie).collect();
    ties.shrink_to_fit();
    let codes = claims::settle(&book, claims, &mut ties);
    let mut more = Vec::new();
    checks::headings(&book, claims, &mut more);
    findings::of_tables(&book, &more, findings);
    ties.extend(more.into_iter().map(|performed| performed.tie));
    findings::of_claims(&book, claims, &codes, findings);
    findings::sort(findings);
    for (fact, proof) in facts.iter_mut().zip(proofs) {
        fact.proof = proof;
    }
    if report.ties.is_empty() {
        report.ties = ties;
    } else {
        report.ties.extend(ties);
    }
}
