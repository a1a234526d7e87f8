use crate::claims::{Attempt, Attempts, How, Resolver, evaluates};
use tieout_model::{Check, Claim, Severity};

pub(crate) const CHECK: Check = Check {
    code: "PCT",
    name: "percent change recomputes",
    severity: Severity::Error,
    tick: 'R',
    manual: "\
## What it checks
\"Down 16.0%\" is the change from the earlier figure to the later, over the size of the earlier; every value that \
both printed figures stand for is allowed for. The change of a loss is that of its size: a loss of 840 after one of \
3,492 is down 76%. Percents computed from the figures as the text rounds them, or printed in a column of their own, \
are accepted and said to be that. \"More than\", \"approximately\" and the like mean what PROSE says. A column of \
percent changes is recomputed from the two columns it compares. The range of what the printed figures allow is \
the rule that XBRL US has as DQC 0227.

## Why it matters
It is the number of a release that most readers remember.

## Example
(7,539 - 8,973) / 8,973 is -15.98%: down 16.0% ties.

## When it stays silent
Across a change of sign a percent means nothing, and the claim is open; so it is where either figure is in no \
table. It is off only for a subject, period and base without doubt, where the text quotes the later figure beside \
it, and for a percent within two points, a slip of the hand away, or of the wrong direction. A column is \
recomputed where three rows hold, three for each that does not; a row is off as the only one among six or more, \
for a slip of the hand. The sign may say what is favourable, where two rows do it.
",
};

pub(crate) fn attempts<'a>(resolver: &Resolver<'a>, claim: &Claim) -> Attempts<'a> {
    let figures = resolver.figures_of(claim, &claim.subject, claim.period, None);
    let mut tried = Vec::new();
    let mut missing = figures.missing;
    for figure in figures.found.iter().take(8) {
        let bases = resolver.bases(claim, figure);
        missing = format!("no earlier figure of {} is there", claim.subject);
        for (base, certain) in bases {
            let signs = (figure.fact.amount.is_negative(), base.amount.is_negative());
            if signs.0 != signs.1 || base.amount.is_zero() {
                missing = format!("{} changes its sign: a percent of it means nothing", claim.subject);
                continue;
            }
            let both = [
                Attempt::of_two(How::Change, figure.fact, base, certain),
                resolver.of_quoted(How::Change, figure.fact, base),
            ];
            tried.extend(
                both.into_iter().flatten().map(|attempt| Attempt { unsigned: signs.0 || evaluates(claim), ..attempt }),
            );
        }
        tried.extend(resolver.printed_percents(figure));
    }
    Attempts { tried, missing }
}

#[cfg(test)]
mod tests {
    use crate::testing::{SEED, checked, claim, settled, settled_beside};
    use tieout_model::{Amount, ClaimKind, Verdict};

    const QUARTER: &str = "2003-01-01..2003-03-31";

    fn change(subject: &str, mantissa: i128, exponent: i8) -> (Verdict, String) {
        let amount = claim(ClaimKind::Amount, "net sales", Amount::new(7_539, 3), QUARTER);
        settled_beside(SEED, amount, claim(ClaimKind::ChangePercent, subject, Amount::new(mantissa, exponent), QUARTER))
    }

    #[test]
    fn stays_silent_where_it_recomputes() {
        let (verdict, because) = change("net sales", -160, -3);
        assert_eq!(verdict, Verdict::Ties);
        assert_eq!(because, "Net sales, 2003-01-01..2003-03-31: (7,539 - 8,973) / 8,973 = -15.98%");
        assert_eq!(change("net loss", -76, -2).0, Verdict::Ties);
        assert_eq!(change("unit volume", -8, -2), (Verdict::Open, "no table carries unit volume".to_owned()));
    }

    #[test]
    fn fires_on_number_and_direction() {
        assert_eq!(change("net sales", -170, -3).0, Verdict::Off);
        let (verdict, because) = change("net sales", 160, -3);
        assert_eq!(verdict, Verdict::Off);
        assert!(because.ends_with("the size ties, the direction does not"), "{because}");
        assert_eq!(change("net sales", -6, -2).0, Verdict::Open);
        let alone = claim(ClaimKind::ChangePercent, "net sales", Amount::new(-170, -3), QUARTER);
        assert_eq!(settled(SEED, alone).0, Verdict::Open);
    }

    /// "Net sales were $7.5 million; with other revenue $9.1 million, down 17%": of which of the two is not sure.
    #[test]
    fn an_amount_between_may_be_what_is_meant() {
        let mut amount = claim(ClaimKind::Amount, "net sales", Amount::new(7_539, 3), QUARTER);
        let mut between = claim(ClaimKind::Amount, "net sales with other revenue", Amount::new(91, 5), QUARTER);
        let mut percent = claim(ClaimKind::ChangePercent, "net sales", Amount::new(-170, -3), QUARTER);
        amount.span = tieout_source::Span::new(0, 5);
        between.span = tieout_source::Span::new(10, 15);
        percent.span = tieout_source::Span::new(20, 25);
        let report = checked(SEED, vec![amount.clone(), between, percent.clone()]);
        assert_eq!(report.claims[2].verdict, Verdict::Open, "{}", report.claims[2].because);
        assert_eq!(checked(SEED, vec![amount, percent]).claims[1].verdict, Verdict::Off);
    }

    #[test]
    fn percents_of_the_figures_as_quoted_are_accepted() {
        let quarter = |kind, exponent, mantissa| claim(kind, "net sales", Amount::new(mantissa, exponent), QUARTER);
        let before = claim(ClaimKind::Amount, "net sales", Amount::new(90, 5), "2002-01-01..2002-03-31");
        let claims = vec![quarter(ClaimKind::Amount, 5, 75), before, quarter(ClaimKind::ChangePercent, -3, -167)];
        let report = checked(SEED, claims);
        assert_eq!(report.claims[2].verdict, Verdict::Ties, "{}", report.claims[2].because);
        assert!(report.claims[2].because.contains("as the text rounds them"));
    }
}
