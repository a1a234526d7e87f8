use crate::claims::{Attempt, Attempts, How, Resolver};
use crate::concepts::{COSTS, EQUITY, NET_INCOME, PRETAX, REVENUES};
use crate::words::has_any;
use tieout_model::{Check, Claim, Interval, Severity};

pub(crate) const CHECK: Check = Check {
    code: "RATIO",
    name: "ratio recomputes by a known definition",
    severity: Severity::Error,
    tick: 'R',
    manual: "\
## What it checks
Current ratio, debt to equity, equity to assets, gross, operating, pretax and net margin, effective tax rate, and \
return on equity or assets on the closing balance, each by the definitions in use; the one that ties is named. A \
rate that a table prints under the same name ties as well.

## Why it matters
A ratio hides which figures it was made of, so nobody recomputes it by eye.

## Example
Current assets 17,595 over current liabilities 3,046 is 5.776: a current ratio of 5.8 ties.

## When it stays silent
Where no definition of the ratio is known, or a figure of it is in no table. Only the current \
ratio and the effective tax rate can be off: margins are quoted of parts as well.
",
};

/// A name, the figures it is made of, and whether nobody defines it otherwise.
struct Definition {
    names: &'static [&'static str],
    how: How,
    first: &'static [&'static str],
    second: &'static [&'static str],
    only: bool,
    note: &'static str,
}

const CURRENT: Definition = Definition {
    names: &["current ratio"],
    how: How::Quotient,
    first: &["AssetsCurrent"],
    second: &["LiabilitiesCurrent"],
    only: true,
    note: "current assets over current liabilities",
};

/// Printed in parentheses here and without them there.
const TAX: &[&str] = &["IncomeTaxExpenseBenefit"];

const DEFINITIONS: &[Definition] = &[
    CURRENT,
    Definition { names: &["working capital ratio"], note: "current assets over current liabilities", ..CURRENT },
    Definition {
        names: &["gross margin", "gross profit"],
        how: How::Quotient,
        first: &["GrossProfit"],
        second: REVENUES,
        only: false,
        note: "gross profit over revenue",
    },
    Definition {
        names: &["gross margin", "gross profit"],
        how: How::Margin,
        first: REVENUES,
        second: COSTS,
        only: false,
        note: "revenue less cost over revenue",
    },
    Definition {
        names: &["operating margin", "operating income"],
        how: How::Quotient,
        first: &["OperatingIncomeLoss"],
        second: REVENUES,
        only: false,
        note: "operating income over revenue",
    },
    Definition {
        names: &["pretax margin", "pre-tax margin"],
        how: How::Quotient,
        first: PRETAX,
        second: REVENUES,
        only: false,
        note: "pretax income over revenue",
    },
    Definition {
        names: &["net margin", "profit margin", "net income margin"],
        how: How::Quotient,
        first: NET_INCOME,
        second: REVENUES,
        only: false,
        note: "net income over revenue",
    },
    Definition {
        names: &["effective tax rate", "effective income tax rate", "effective rate"],
        how: How::Quotient,
        first: TAX,
        second: PRETAX,
        only: true,
        note: "income tax over pretax income",
    },
    Definition {
        names: &["debt to equity", "debt-to-equity", "debt/equity"],
        how: How::Quotient,
        first: &["LongTermDebtNoncurrent", "LongTermDebt"],
        second: EQUITY,
        only: false,
        note: "long-term debt over equity",
    },
    Definition {
        names: &["debt to equity", "debt-to-equity", "debt/equity", "liabilities to equity"],
        how: How::Quotient,
        first: &["Liabilities"],
        second: EQUITY,
        only: false,
        note: "all liabilities over equity",
    },
    Definition {
        names: &["equity to assets", "equity-to-assets", "equity to total assets", "capital ratio"],
        how: How::Quotient,
        first: EQUITY,
        second: &["Assets"],
        only: false,
        note: "equity over total assets",
    },
    Definition {
        names: &["return on equity", "return on average equity", "return on stockholders", "return on shareholders"],
        how: How::Quotient,
        first: NET_INCOME,
        second: EQUITY,
        only: false,
        note: "net income over closing equity",
    },
    Definition {
        names: &["return on assets", "return on average assets"],
        how: How::Quotient,
        first: NET_INCOME,
        second: &["Assets"],
        only: false,
        note: "net income over closing assets",
    },
    Definition {
        names: &["operating ratio"],
        how: How::Quotient,
        first: &["CostsAndExpenses", "OperatingExpenses"],
        second: REVENUES,
        only: false,
        note: "operating expenses over revenue",
    },
    Definition {
        names: &["efficiency ratio"],
        how: How::Quotient,
        first: &["NoninterestExpense"],
        second: REVENUES,
        only: false,
        note: "noninterest expense over revenue",
    },
];

/// The subject says nothing but the ratio's name: "rate on income before preferred dividends" is another one.
fn names(definition: &Definition, subject: &str) -> bool {
    const BESIDE: &[&str] = &["our", "the", "company", "company's", "consolidated", "overall", "tax", "rate"];
    let lower = subject.to_ascii_lowercase();
    definition
        .names
        .iter()
        .filter(|name| lower.contains(**name))
        .any(|name| lower.replacen(name, " ", 1).split_whitespace().all(|word| BESIDE.contains(&word)))
}

/// A change in points of a ratio of known definition, and the same from both ratios rounded to a tenth of a
/// percent.
pub(crate) fn points<'a>(resolver: &Resolver<'a>, claim: &Claim) -> Vec<Attempt<'a>> {
    let base = claim.base.or_else(|| claim.period.and_then(|p| p.years_before(1)));
    let (Some(base), Some(_)) = (base, claim.period) else {
        return Vec::new();
    };
    let earlier = attempts(resolver, &Claim { period: Some(base), ..claim.clone() });
    let mut tried = Vec::new();
    for now in attempts(resolver, claim).tried.iter().filter(|a| a.how == How::Quotient) {
        let same = |then: &&Attempt<'_>| {
            then.note == now.note && then.facts.first().map(|f| f.table) == now.facts.first().map(|f| f.table)
        };
        let Some(then) = earlier.tried.iter().find(same) else {
            continue;
        };
        tried.extend(difference(now, then, None));
        tried.extend(difference(now, then, Some(-3)));
    }
    tried
}

fn difference<'a>(now: &Attempt<'a>, then: &Attempt<'a>, rounded: Option<i8>) -> Option<Attempt<'a>> {
    let mut out = now.clone();
    out.how = How::Points;
    out.facts.extend(&then.facts);
    out.certain = now.certain && then.certain && rounded.is_none();
    match rounded {
        None => (out.centre, out.image) = (now.centre.sub(then.centre)?, now.image.sub(then.image)?),
        Some(place) => {
            out.centre = now.centre.round(place)?.ratio()?.sub(then.centre.round(place)?.ratio()?)?;
            out.image = Interval::point(out.centre);
            out.note = "from both ratios rounded to a tenth of a percent";
        }
    }
    Some(out)
}

pub(crate) fn attempts<'a>(resolver: &Resolver<'a>, claim: &Claim) -> Attempts<'a> {
    // A rate printed in a table under its own name comes first.
    let printed = resolver.figures(claim);
    let mut tried: Vec<Attempt<'a>> = printed.found.iter().filter_map(Attempt::level).collect();
    let mut known = false;
    for definition in DEFINITIONS.iter().filter(|d| has_any(&claim.subject, d.names)) {
        known = true;
        for (first, one) in resolver.tagged(claim, definition.first) {
            for (second, two) in resolver.tagged(claim, definition.second) {
                if first.unit == second.unit {
                    let certain = one
                        && two
                        && definition.only
                        && first.table == second.table
                        && names(definition, &claim.subject);
                    let attempt = Attempt::of_two(definition.how, first, second, certain);
                    tried.extend(attempt.map(|attempt| Attempt {
                        note: definition.note,
                        unsigned: definition.first == TAX,
                        ..attempt
                    }));
                }
            }
        }
    }
    let missing = match (known, claim.period) {
        (_, None) => format!("which period {} is of is not said", claim.subject),
        (true, _) => format!("the figures that {} is made of are not in the tables", claim.subject),
        (false, _) => format!("no table carries {}, and no definition of it is known", claim.subject),
    };
    Attempts { tried, missing }
}

#[cfg(test)]
mod tests {
    use crate::testing::{SEED, claim, settled};
    use tieout_model::{Amount, ClaimKind, Verdict};

    #[test]
    fn stays_silent_where_a_definition_ties() {
        let (verdict, because) =
            settled(SEED, claim(ClaimKind::Ratio, "current ratio", Amount::new(58, -1), "2003-03-31"));
        assert_eq!(verdict, Verdict::Ties);
        assert_eq!(
            because,
            "Total current assets and Total current liabilities: 17,595 / 3,046 = 5.7764 (current assets over current liabilities)"
        );
        let equity = claim(ClaimKind::Ratio, "debt-to-equity ratio", Amount::new(42, -2), "2003-03-31");
        assert_eq!(settled(SEED, equity).0, Verdict::Ties);
    }

    #[test]
    fn points_of_a_margin() {
        let mut points = claim(ClaimKind::ChangeAmount, "gross margin", Amount::new(850, -4), "2003-01-01..2003-03-31");
        points.unit = tieout_model::Unit::Pure;
        let (verdict, because) = settled(SEED, points.clone());
        assert_eq!(verdict, Verdict::Ties, "{because}");
        points.amount = Amount::new(800, -4);
        assert_eq!(settled(SEED, points).0, Verdict::Open);
    }

    #[test]
    fn fires_only_where_there_is_one_definition() {
        assert_eq!(
            settled(SEED, claim(ClaimKind::Ratio, "current ratio", Amount::new(57, -1), "2003-03-31")).0,
            Verdict::Off
        );
        assert_eq!(
            settled(SEED, claim(ClaimKind::Ratio, "debt to equity", Amount::new(45, -2), "2003-03-31")).0,
            Verdict::Open
        );
        assert_eq!(
            settled(SEED, claim(ClaimKind::Ratio, "quick ratio", Amount::new(45, -1), "2003-03-31")).0,
            Verdict::Open
        );
    }
}
