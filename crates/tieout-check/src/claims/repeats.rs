//! Headline, bullets and text say the same thing more than once. What one of them ties to, the others speak
//! of as well; and where one bounds what the other states, and wrongly, one of them is wrong.

use super::judge::agrees;
use super::supplement::{is_telling, words};
use super::{Attempt, How};
use std::collections::BTreeSet;
use tieout_model::{Bound, Claim, ClaimKind, Ratio, Verdict};

/// Claims compared with one open claim.
const MOST: usize = 400;

/// Settles open claims that repeat one that ties; returns which.
pub(super) fn settle(claims: &mut [Claim]) -> BTreeSet<usize> {
    let mut repeated = BTreeSet::new();
    let tied: Vec<(Vec<String>, Claim)> = claims
        .iter()
        .filter(|c| c.verdict == Verdict::Ties && c.period.is_some() && c.basis.is_empty())
        .take(MOST)
        .map(|c| (words(&c.subject), c.clone()))
        .collect();
    for (at, claim) in claims.iter_mut().enumerate() {
        if claim.verdict != Verdict::Open || claim.period.is_none() || !claim.basis.is_empty() {
            continue;
        }
        let own = words(&claim.subject);
        // "Revenue" alone is the company's here and a segment's there.
        if own.iter().filter(|w| is_telling(w)).count() == 0 || own.len() < 2 {
            continue;
        }
        let same = |(said, other): &&(Vec<String>, Claim)| {
            (other.kind, other.unit, other.period) == (claim.kind, claim.unit, claim.period)
                && (other.base == claim.base || other.base.is_none() || claim.base.is_none())
                && own.iter().all(|w| said.contains(w))
                && said.len() <= own.len() + 1
        };
        let Some((_, other)) = tied.iter().find(same) else { continue };
        let Some(said) = said(other) else { continue };
        if agrees(claim, &said) {
            claim.verdict = Verdict::Ties;
            claim.because = format!("as \"{}\", which ties: {}", other.quote, other.because);
        } else if claim.kind == ClaimKind::ChangePercent && claim.bound != Bound::Exact && contradicts(claim, &said) {
            // An exact number that differs is of another period or basis more often than wrong; "over 5%" beside
            // 4.9% is neither.
            claim.verdict = Verdict::Off;
            claim.because = format!("the text also says \"{}\", which ties: {}", other.quote, other.because);
        } else {
            continue;
        }
        claim.computed.clone_from(&other.computed);
        claim.support.clone_from(&other.support);
        repeated.insert(at);
    }
    repeated
}

/// What the other claim says, as something that this one may agree with.
fn said<'a>(other: &Claim) -> Option<Attempt<'a>> {
    Some(Attempt {
        how: How::Level,
        centre: other.amount.ratio()?,
        image: other.amount.interval()?,
        facts: Vec::new(),
        certain: true,
        unsigned: false,
        note: "",
        shown: String::new(),
    })
}

/// Within two points: close enough to speak of the same thing.
fn contradicts(claim: &Claim, said: &Attempt<'_>) -> bool {
    let apart = claim.amount.ratio().and_then(|v| v.sub(said.centre)).map(Ratio::abs);
    apart.zip(Ratio::new(2, 100)).is_some_and(|(apart, reach)| apart <= reach)
}

#[cfg(test)]
mod tests {
    use crate::testing::{checked, claim};
    use tieout_model::{Amount, Bound, Claim, ClaimKind, Verdict};

    const TABLE: &str = "\
table UN 0 2020-01-01..2020-03-31 2019-01-01..2019-03-31
LTL revenue/shipment | 241.61 | 230.43
";

    fn second(subject: &str, mantissa: i128, exponent: i8, bound: Bound) -> Claim {
        let percent = |subject, amount| claim(ClaimKind::ChangePercent, subject, amount, "2020-01-01..2020-03-31");
        let first = percent("LTL revenue per shipment", Amount::new(49, -3));
        let again = Claim { bound, ..percent(subject, Amount::new(mantissa, exponent)) };
        let mut report = checked(TABLE, vec![first, again]);
        assert_eq!(report.claims[0].verdict, Verdict::Ties, "{}", report.claims[0].because);
        report.claims.pop().unwrap()
    }

    #[test]
    fn what_is_said_again_ties_or_contradicts() {
        assert_eq!(second("revenue per shipment", 5, -2, Bound::Exact).verdict, Verdict::Ties);
        let over = second("revenue per shipment", 5, -2, Bound::AtLeast);
        assert_eq!(over.verdict, Verdict::Off, "{}", over.because);
        // Another exact number may be of another basis.
        assert_eq!(second("revenue per shipment", 52, -3, Bound::Exact).verdict, Verdict::Open);
    }

    #[test]
    fn another_subject_or_a_bare_measure_is_something_else() {
        assert_eq!(second("revenue", 5, -2, Bound::AtLeast).verdict, Verdict::Open);
        assert_eq!(second("revenue per pound", 5, -2, Bound::AtLeast).verdict, Verdict::Open);
    }
}
