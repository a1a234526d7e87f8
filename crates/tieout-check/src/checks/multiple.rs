use crate::claims::{Attempt, Attempts, How, Resolver};
use tieout_model::{Check, Claim, Severity};

pub(crate) const CHECK: Check = Check {
    code: "MULTIPLE",
    name: "multiple recomputes",
    severity: Severity::Error,
    tick: 'R',
    manual: "\
## What it checks
\"Doubled\", \"tripled\", \"three times\": the later figure over the earlier. \"Doubled\" alone is taken as from \
1.9 to 2.5 times, \"nearly doubled\" as from 1.75 to 2.1, \"more than doubled\" as at least 2, \"less than\" as at \
most; other multiples in proportion.

## Why it matters
Words for numbers are chosen by ear.

## Example
Revenue of 8,973 after 4,200 is 2.14 times: \"more than doubled\" ties.

## When it stays silent
Where the subject is in no table, as a product line seldom is. Off only where subject, period and base are without \
doubt and the multiple is within a third of the word.
",
};

pub(crate) fn attempts<'a>(resolver: &Resolver<'a>, claim: &Claim) -> Attempts<'a> {
    let figures = resolver.figures_of(claim, &claim.subject, claim.period, None);
    let mut tried = Vec::new();
    for figure in figures.found.iter().take(8) {
        for (base, certain) in resolver.bases(claim, figure) {
            if figure.fact.amount.is_negative() == base.amount.is_negative() {
                tried.extend(Attempt::of_two(How::Quotient, figure.fact, base, certain));
            }
        }
    }
    let missing = figures.without_base(claim);
    Attempts { tried, missing }
}

#[cfg(test)]
mod tests {
    use crate::testing::{SEED, claim, settled_beside};
    use tieout_model::{Amount, Bound, ClaimKind, Verdict};

    const TABLE: &str = "\
table IS 3 2003-01-01..2003-12-31 2002-01-01..2002-12-31
Net sales {#SalesRevenueNet} | 8,973 | 4,700
";

    fn doubled(text: &str, subject: &str, bound: Bound) -> Verdict {
        let mut claim = claim(ClaimKind::Multiple, subject, Amount::new(2, 0), "2003-01-01..2003-12-31");
        claim.bound = bound;
        let amount = self::claim(ClaimKind::Amount, "net sales", Amount::new(8_973, 3), "2003-01-01..2003-12-31");
        settled_beside(text, amount, claim).0
    }

    #[test]
    fn stays_silent_in_its_stated_meaning_and_without_a_table() {
        assert_eq!(doubled(TABLE, "net sales", Bound::Exact), Verdict::Ties);
        assert_eq!(doubled(TABLE, "net sales", Bound::Approximate), Verdict::Ties);
        assert_eq!(doubled(SEED, "broadband modem revenue", Bound::AtLeast), Verdict::Open);
    }

    #[test]
    fn fires_where_more_than_doubled_is_less() {
        assert_eq!(doubled(TABLE, "net sales", Bound::AtLeast), Verdict::Off);
    }
}
