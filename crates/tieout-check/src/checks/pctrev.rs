use crate::claims::{Attempt, Attempts, Figure, How, Resolver};
use crate::concepts::REVENUES;
use tieout_model::{Check, Claim, Severity};

pub(crate) const CHECK: Check = Check {
    code: "PCTREV",
    name: "share of revenue recomputes",
    severity: Severity::Error,
    tick: 'R',
    manual: "\
## What it checks
\"28.5% of revenue\" is the subject's figure over that of which it is a share, of the same period; revenue where the \
text does not name it. Shares computed from the figures as the text rounds them, or printed in a percent column, \
are accepted and said to be that. Tables print them too: in a column of percents of the line at 100%, or in lines \
of margins (\"gross margin percentage\" is gross profit over revenue).

## Why it matters
Margins move with either figure, and are copied from drafts.

## Example
Gross profit 2,145 over net sales 7,539 is 28.45%: 28.5% of revenue ties.

## When it stays silent
Where either figure is in no table. Off only where both are without doubt, the text quotes the subject's figure beside it, and the share is within two points or a \
slip of the hand away. Percents of tables are recomputed where three of a column hold, or two of a line whose words \
name the figure; one is off as the only one among six or more, for a slip of the hand.
",
};

pub(crate) fn attempts<'a>(resolver: &Resolver<'a>, claim: &Claim) -> Attempts<'a> {
    let parts = resolver.figures_of(claim, &claim.subject, claim.period, None);
    // Most shares are of things no table has: then nobody need ask of what.
    let wholes = if parts.found.is_empty() { Vec::new() } else { wholes(resolver, claim) };
    let mut tried = Vec::new();
    for part in parts.found.iter().take(8) {
        let mut near: Vec<&(_, bool)> = wholes.iter().collect();
        near.sort_by_key(|(whole, _)| (whole.table != part.fact.table, whole.col != part.fact.col));
        for &&(whole, certain) in near.iter().take(3).filter(|(w, _)| w.unit == part.fact.unit) {
            let both = [
                Attempt::of_two(How::Quotient, part.fact, whole, certain && part.certain),
                resolver.of_quoted(How::Quotient, part.fact, whole),
            ];
            tried.extend(both.into_iter().flatten().map(|attempt| Attempt { unsigned: true, ..attempt }));
        }
        tried.extend(resolver.printed_percents(part));
    }
    let missing = match (parts.found.is_empty(), claim.of.is_empty()) {
        (true, _) => parts.missing,
        (false, true) => "no table carries revenue for that period".to_owned(),
        (false, false) => format!("no table carries {} for that period", claim.of),
    };
    Attempts { tried, missing }
}

/// What the share is of.
fn wholes<'a>(resolver: &Resolver<'a>, claim: &Claim) -> Vec<(&'a tieout_model::Fact, bool)> {
    if claim.of.is_empty() {
        return resolver.tagged(claim, REVENUES);
    }
    let named = resolver.figures_of(claim, &claim.of, claim.period, None);
    named.found.iter().take(8).map(|f: &Figure<'a>| (f.fact, f.certain)).collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::{SEED, claim, settled_beside};
    use tieout_model::{Amount, ClaimKind, Verdict};

    fn share(subject: &str, mantissa: i128, period: &str) -> (Verdict, String) {
        let mut claim = claim(ClaimKind::ShareOf, subject, Amount::new(mantissa, -3), period);
        claim.of = "revenue".to_owned();
        settled_beside(SEED, self::claim(ClaimKind::Amount, "gross profit", Amount::new(2_145, 3), period), claim)
    }

    #[test]
    fn stays_silent_on_the_seed() {
        let (now, before) = ("2003-01-01..2003-03-31", "2002-01-01..2002-03-31");
        for (subject, share_of, period) in [
            ("gross profit", 199, before),
            ("gross profit", 285, now),
            ("operating expenses", 397, before),
            ("operating expenses", 407, now),
        ] {
            let (verdict, because) = share(subject, share_of, period);
            assert_eq!(verdict, Verdict::Ties, "{because}");
        }
    }

    #[test]
    fn fires_where_it_does_not_recompute() {
        assert_eq!(share("gross profit", 275, "2003-01-01..2003-03-31").0, Verdict::Off);
        assert_eq!(share("gross profit", 120, "2003-01-01..2003-03-31").0, Verdict::Open);
        assert_eq!(share("royalties", 120, "2003-01-01..2003-03-31").0, Verdict::Open);
    }
}
