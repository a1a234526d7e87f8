//! Headline, bullets and text say the same thing more than once. What one of them ties to, the others speak
//! of as well; and where one bounds what the other states, and wrongly, one of them is wrong.

use super::judge::agrees;
use super::numbers::{Numbers, each_word};
use super::supplement::Sort;
use super::{Attempt, How};
use std::collections::BTreeSet;
use tieout_model::{Bound, Claim, ClaimKind, Ratio, Verdict};

/// Claims compared with one open claim.
const MOST: usize = 400;

/// Settles open claims that repeat one that ties; returns which.
pub(super) fn settle(claims: &mut [Claim]) -> BTreeSet<usize> {
    let mut numbers = Numbers::default();
    let whole = |c: &Claim| c.period.is_some() && c.basis.is_empty();
    let tied = claims.iter().filter(|c| c.verdict == Verdict::Ties && whole(c)).take(MOST);
    let tied: Vec<(Subject, &Claim)> = tied.map(|c| (Subject::of(&c.subject, &mut numbers), c)).collect();
    let mut settled = Vec::new();
    for (at, claim) in claims.iter().enumerate().filter(|(_, c)| c.verdict == Verdict::Open && whole(c)) {
        let own = Subject::of(&claim.subject, &mut numbers);
        // "Revenue" alone is the company's here and a segment's there.
        if !own.telling || own.words.len() < 2 {
            continue;
        }
        let same = |(said, other): &&(Subject, &Claim)| {
            (other.kind, other.unit, other.period) == (claim.kind, claim.unit, claim.period)
                && (other.base == claim.base || other.base.is_none() || claim.base.is_none())
                && own.words.iter().all(|w| said.words.contains(w))
                && said.words.len() <= own.words.len() + 1
        };
        let Some(&(_, other)) = tied.iter().find(same) else { continue };
        let Some(said) = said(other) else { continue };
        let (verdict, because) = if agrees(claim, &said) {
            (Verdict::Ties, format!("as \"{}\", which ties: {}", other.quote, other.because))
        } else if claim.kind == ClaimKind::ChangePercent && claim.bound != Bound::Exact && contradicts(claim, &said) {
            // An exact number that differs is of another period or basis more often than wrong; "over 5%" beside
            // 4.9% is neither.
            (Verdict::Off, format!("the text also says \"{}\", which ties: {}", other.quote, other.because))
        } else {
            continue;
        };
        settled.push((at, verdict, because, other.computed.clone(), other.support.clone()));
    }
    let repeated = settled.iter().map(|s| s.0).collect();
    for (at, verdict, because, computed, support) in settled {
        if let Some(claim) = claims.get_mut(at) {
            (claim.verdict, claim.because, claim.computed, claim.support) = (verdict, because, computed, support);
        }
    }
    repeated
}

/// The words of a claim's subject, each once.
struct Subject {
    words: Vec<u32>,
    /// One of them tells which figure is meant.
    telling: bool,
}

impl Subject {
    fn of(subject: &str, numbers: &mut Numbers) -> Subject {
        let mut own = Subject { words: Vec::new(), telling: false };
        each_word(subject, |word| {
            own.words.push(numbers.of(word));
            own.telling |= Sort::of(word) == Sort::Telling;
        });
        own.words.sort_unstable();
        own.words.dedup();
        own
    }
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
