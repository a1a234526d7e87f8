use crate::checks::ratio;
use crate::claims::{Attempt, Attempts, How, Resolver, evaluates};
use tieout_model::{Check, Claim, Severity, Unit};

pub(crate) const CHECK: Check = Check {
    code: "DELTA",
    name: "change in amount recomputes",
    severity: Severity::Error,
    tick: 'R',
    manual: "\
## What it checks
\"Up $0.1 million\" is the figure of the period less that of the period it is compared with: the one the text \
names, otherwise the year before, otherwise another column of the same length. The difference of the figures as \
the text itself rounds them is accepted too, and said to be that. The change of a loss is that of its size. Basis points and percentage points are the difference of two ratios, each \
exact or each rounded to a tenth of a percent. A column of changes in a table is the one column it compares less the \
other.

## Why it matters
A difference is often computed once and not again when one of its figures moves.

## Example
Cash 7,690 less 7,612 is 78 thousand: up $0.1 million ties.

## When it stays silent
As PROSE, and off only where the text quotes the later figure beside it. Where one of the two figures is in no table, the claim is open.
",
};

pub(crate) fn attempts<'a>(resolver: &Resolver<'a>, claim: &Claim) -> Attempts<'a> {
    if claim.unit == Unit::Pure {
        let missing = format!("the ratios that {} changes between are not in the tables", claim.subject);
        return Attempts { tried: ratio::points(resolver, claim), missing };
    }
    let figures = resolver.figures(claim);
    let mut tried = Vec::new();
    for figure in figures.found.iter().take(8) {
        for (base, certain) in resolver.bases(claim, figure) {
            let losses = figure.fact.amount.is_negative() && base.amount.is_negative();
            let both = [
                Attempt::of_two(How::Difference, figure.fact, base, certain),
                resolver.of_quoted(How::Difference, figure.fact, base),
            ];
            tried.extend(
                both.into_iter().flatten().map(|attempt| Attempt { unsigned: losses || evaluates(claim), ..attempt }),
            );
        }
    }
    let missing = figures.without_base(claim);
    Attempts { tried, missing }
}

#[cfg(test)]
mod tests {
    use crate::testing::{SEED, claim, read_period, settled, settled_beside};
    use tieout_model::{Amount, Claim, ClaimKind, Verdict};

    fn cash(mantissa: i128, exponent: i8) -> Claim {
        let mut claim = claim(ClaimKind::ChangeAmount, "cash", Amount::new(mantissa, exponent), "2003-03-31");
        claim.base = read_period("2002-12-31");
        claim
    }

    #[test]
    fn stays_silent_where_the_difference_is_right() {
        let (verdict, because) = settled(SEED, cash(1, 5));
        assert_eq!(verdict, Verdict::Ties);
        assert_eq!(because, "Cash, 2003-03-31: 7,690 - 7,612 = 78");
    }

    #[test]
    fn fires_where_it_is_not() {
        let beside =
            |c: Claim| settled_beside(SEED, claim(ClaimKind::Amount, "cash", Amount::new(77, 5), "2003-03-31"), c).0;
        assert_eq!(beside(cash(80, 3)), Verdict::Off);
        assert_eq!(beside(cash(-78, 3)), Verdict::Off);
        assert_eq!(beside(cash(5, 6)), Verdict::Open);
        assert_eq!(settled(SEED, cash(80, 3)).0, Verdict::Open);
    }
}
