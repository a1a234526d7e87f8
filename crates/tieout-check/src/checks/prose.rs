use crate::claims::{Attempt, Attempts, How, Resolver};
use crate::concepts::{EQUITY, LONG_DEBT, OUTSTANDING, SHORT_DEBT};
use crate::words::{AnyOf, has, has_any};
use tieout_model::{Check, Claim, Fact, Severity};

pub(crate) const CHECK: Check = Check {
    code: "PROSE",
    name: "amount in the text agrees with a table",
    severity: Severity::Error,
    tick: 'A',
    manual: "\
## What it checks
An amount in the text is carried by a figure of the tables: the same subject, the same period, and the printed \
form stands for it within rounding (\"$7.5 million\" is anything from 7,450,000 to 7,550,000; of two numbers with \
as many digits, $1.17 is not 1.16). A note that the table's figures are keyed to, \"(1) Represents...\", is held against the \
figures with that mark: one of them, two together, price times shares, rate times amount, an amount over its years, \
or all its amounts added and taken away. Working capital is \
current assets less current liabilities, total debt its long-term and current parts, book value per share equity \
over shares outstanding. \"Approximately\", \"about\" and \"nearly\" allow one unit of the last \
printed digit or a fiftieth of the value, and of a number with four digits before its zeros one unit of the last of them; \"more than\" and \"at least\" want a figure no smaller, \"less than\" \
and \"up to\" one no larger, and where subject or period is in doubt, one within a quarter of it.

## Why it matters
The text is written first and the tables change last: it is where releases go wrong.

## Example
\"net sales of $7.5 million\" ties to net sales 7,539 thousand of the quarter.

## When it stays silent
It is off only where subject and period are without doubt, the basis is as reported, nothing in the sentence (\"excluding\", \"net of tax\", another date) makes it another figure, the number is close enough \
to be a slip (within two of the last digit quoted, one digit of four wrong, two interchanged, \"million\" for \"thousand\") and no other \
figure of the subject's words carries it. Otherwise it is open and says what is missing: no table carries the \
subject, or not for that period, or the text is on another basis. Forecasts are never checked.
",
};

/// What a text names and a statement seldom prints, made of two figures it does.
struct Derived {
    name: &'static str,
    how: How,
    first: &'static [&'static str],
    second: &'static [&'static str],
    only: bool,
}

const NAMES: [&str; 3] = ["working capital", "total debt", "book value"];
static NAMED: AnyOf = AnyOf::new(&NAMES);

const DERIVED: &[Derived] = &[
    Derived {
        name: NAMES[0],
        how: How::Difference,
        first: &["AssetsCurrent"],
        second: &["LiabilitiesCurrent"],
        only: true,
    },
    Derived { name: NAMES[1], how: How::Sum, first: LONG_DEBT, second: SHORT_DEBT, only: false },
    Derived { name: NAMES[2], how: How::Quotient, first: EQUITY, second: OUTSTANDING, only: false },
];

/// The figure is the number of the claim, of two digits at least.
fn carries(claim: &Claim, fact: &Fact) -> bool {
    let both = claim.amount.abs().interval().zip(fact.amount.abs().interval());
    claim.amount.mantissa.saturating_abs() >= 10 && both.is_some_and(|(a, b)| a.meets(b))
}

/// The figures of the subject, and what can be computed for it.
pub(crate) fn attempts<'a>(resolver: &Resolver<'a>, claim: &Claim) -> Attempts<'a> {
    let figures = resolver.figures(claim);
    let mut tried: Vec<Attempt<'a>> = figures.found.iter().filter_map(Attempt::level).collect();
    // Of a length that the text does not name, another that ends on the day may be meant: the year of a fourth quarter.
    let meant =
        || figures.found.is_empty() || claim.amount.mantissa.saturating_abs() >= 100 && !resolver.names_a_part(claim);
    if figures.contrary.iter().any(|figure| carries(claim, figure.fact)) && meant() {
        tried.extend(figures.contrary.iter().filter(|figure| carries(claim, figure.fact)).filter_map(|figure| {
            Some(Attempt { note: "headed otherwise than the text says", ..Attempt::level(figure)? })
        }));
    }
    let named = NAMED.within(&claim.subject);
    for derived in DERIVED.iter().filter(|d| named && has(&claim.subject, d.name)) {
        let second = resolver.tagged(claim, derived.second);
        for (first, same) in resolver.tagged(claim, derived.first) {
            let other = second.iter().find(|(other, _)| other.table == first.table && other.col == first.col);
            let deficit = has_any(&claim.subject, &["deficit", "deficiency"]);
            let attempt = other.and_then(|(other, _)| Attempt::of_two(derived.how, first, other, same && derived.only));
            tried.extend(attempt.map(|attempt| Attempt { unsigned: deficit, ..attempt }));
        }
    }
    Attempts { tried, missing: figures.missing }
}

#[cfg(test)]
mod tests {
    use crate::testing::{SEED, checked, claim, settled};
    use tieout_model::{Amount, Bound, ClaimKind, Severity, Verdict};

    const QUARTER: &str = "2003-01-01..2003-03-31";
    const BEFORE: &str = "2002-01-01..2002-03-31";

    #[test]
    fn amounts_of_the_seed_tie() {
        let cases = [
            (ClaimKind::Amount, "net sales", Amount::new(75, 5), QUARTER),
            (ClaimKind::Amount, "net loss", Amount::new(-8, 5), QUARTER),
            (ClaimKind::PerShare, "net loss per share", Amount::new(-11, -2), QUARTER),
            (ClaimKind::Amount, "net loss", Amount::new(-35, 5), BEFORE),
            (ClaimKind::PerShare, "net loss", Amount::new(-44, -2), BEFORE),
            (ClaimKind::Amount, "gross profit", Amount::new(18, 5), BEFORE),
            (ClaimKind::Amount, "operating expenses", Amount::new(31, 5), QUARTER),
            (ClaimKind::Amount, "cash balance", Amount::new(77, 5), "2003-03-31"),
            (ClaimKind::Amount, "stockholders' equity", Amount::new(126, 5), "2003-03-31"),
            (ClaimKind::Amount, "working capital", Amount::new(145, 5), "2003-03-31"),
            (ClaimKind::Amount, "total debt", Amount::new(55, 5), "2003-03-31"),
        ];
        for (kind, subject, amount, period) in cases {
            let (verdict, because) = settled(SEED, claim(kind, subject, amount, period));
            assert_eq!(verdict, Verdict::Ties, "{subject}: {because}");
        }
    }

    #[test]
    fn fires_where_the_text_contradicts_the_table() {
        let (verdict, because) = settled(SEED, claim(ClaimKind::Amount, "net sales", Amount::new(77, 5), QUARTER));
        assert_eq!(verdict, Verdict::Off, "{because}");
        let (verdict, because) =
            settled(SEED, claim(ClaimKind::Amount, "operating expenses", Amount::new(30, 5), QUARTER));
        assert_eq!(verdict, Verdict::Off);
        assert!(because.ends_with("it would tie rounded down; rounded it is 3,100,000"), "{because}");
        let report = checked(SEED, vec![claim(ClaimKind::Amount, "net sales", Amount::new(77, 5), QUARTER)]);
        assert_eq!(report.findings.iter().filter(|f| f.code == "PROSE" && f.severity == Severity::Error).count(), 1);
    }

    #[test]
    fn a_profit_is_no_loss() {
        let (verdict, because) = settled(SEED, claim(ClaimKind::Amount, "net income", Amount::new(8, 5), QUARTER));
        assert_ne!(verdict, Verdict::Ties, "{because}");
    }

    #[test]
    fn open_with_what_is_missing() {
        let (verdict, because) = settled(SEED, claim(ClaimKind::Amount, "backlog", Amount::new(75, 5), QUARTER));
        assert_eq!((verdict, because.as_str()), (Verdict::Open, "no table carries backlog"));
        let year = claim(ClaimKind::Amount, "net sales", Amount::new(375, 5), "2002-01-01..2002-12-31");
        let (verdict, because) = settled(SEED, year);
        assert_eq!(verdict, Verdict::Open);
        assert_eq!(because, "net sales stands in the tables, but not for 2002-01-01..2002-12-31");
        let part = claim(ClaimKind::Amount, "net sales", Amount::new(23, 5), QUARTER);
        assert_eq!(settled(SEED, part).0, Verdict::Open);
        let mut other = claim(ClaimKind::Amount, "net loss", Amount::new(-7, 5), QUARTER);
        other.basis = "excluding".to_owned();
        assert_eq!(settled(SEED, other).0, Verdict::Open);
    }

    /// Norwegian Cruise Line, March 31, 2025: $3.9 billion are the current and the long-term part together.
    #[test]
    fn a_debt_due_in_parts_is_not_one_line() {
        let table = |heading: &str| format!("table BS 6 2025-03-31\n{heading}\n  Advance ticket sales | 3,762\n");
        let said = || claim(ClaimKind::Amount, "advance ticket sales", Amount::new(39, 8), "2025-03-31");
        assert_eq!(settled(&table("Current liabilities:"), said()).0, Verdict::Open);
        assert_eq!(settled(&table("Liabilities:"), said()).0, Verdict::Off);
    }

    #[test]
    fn bounds_have_their_meaning() {
        let with = |bound, mantissa| {
            let mut c = claim(ClaimKind::Amount, "net sales", Amount::new(mantissa, 5), QUARTER);
            c.bound = bound;
            settled(SEED, c).0
        };
        assert_eq!(with(Bound::AtLeast, 75), Verdict::Ties);
        assert_eq!(with(Bound::AtLeast, 76), Verdict::Off);
        assert_eq!(with(Bound::AtMost, 76), Verdict::Ties);
        assert_eq!(with(Bound::Approximate, 76), Verdict::Ties);
        assert_eq!(with(Bound::Exact, 76), Verdict::Off);
    }
}
