//! What the checks together make of each number.

use crate::book::Book;
use crate::performed::Performed;
use tieout_model::{Proof, Verdict};

/// The proof of every fact, in their order: off where a failed check blames it, otherwise proven where a
/// check passes that a change of it would break.
pub(crate) fn proofs(book: &Book<'_>, done: &[Performed]) -> Vec<Proof> {
    let mut proofs = vec![Proof::Open; book.facts.len()];
    for performed in done {
        let (figures, proof) = match performed.tie.verdict {
            Verdict::Ties => (&performed.proves, Proof::Proven),
            Verdict::Off => (&performed.tie.blames, Proof::Off),
            Verdict::Open => continue,
        };
        for at in figures.iter().filter_map(|&figure| book.position(figure)) {
            if let Some(slot) = proofs.get_mut(at).filter(|slot| **slot != Proof::Off) {
                *slot = proof;
            }
        }
    }
    proofs
}

#[cfg(test)]
mod tests {
    use crate::testing::{SEED, checked};
    use tieout_model::Proof;

    /// Every figure of the seed takes part in a sum or a quotient that is sensitive to it, but for the
    /// weighted shares (a per-share figure of two digits does not see one of their units) and the misprint.
    #[test]
    fn of_the_seed() {
        let report = checked(SEED, Vec::new());
        let of = |proof: Proof| report.facts.iter().filter(|f| f.proof == proof).count();
        assert_eq!((of(Proof::Off), of(Proof::Open)), (1, 2));
        assert_eq!(of(Proof::Proven), report.facts.len() - 3);
        let off = report.facts.iter().find(|f| f.proof == Proof::Off).unwrap();
        assert_eq!(off.amount.to_string(), "-0.47");
    }
}
