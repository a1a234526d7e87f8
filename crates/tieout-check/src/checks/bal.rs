use crate::blame::slip;
use crate::book::Book;
use crate::performed::{Performed, Trial, alone, doubt};
use tieout_model::{Check, Fact, Severity, Unit, Verdict};

pub(crate) const CHECK: Check = Check {
    code: "BAL",
    name: "balance sheet balances",
    severity: Severity::Error,
    tick: 'F',
    manual: "\
## What it checks
Total assets equal total liabilities and equity on every balance sheet date. Where that total is not printed, \
total liabilities and equity, with what stands between them (minority interest, redeemable stock), are added. XBRL US has the identity as DQC 0004.

## Why it matters
It is the one identity every balance sheet owes; a balance sheet that does not balance was misprinted or misread.

## Example
Total assets 20,936 and total liabilities and stockholders' equity 20,936.

## When it stays silent
Where a side is not printed, or stands twice in one column (consolidating statements). A balance that fails on \
every date of the table, or by more than a hundredth and no slip of the hand, is open: the table is likelier of \
another kind.
",
};

const ASSETS: &str = "Assets";
const BOTH: &str = "LiabilitiesAndStockholdersEquity";
const LIABILITIES: &str = "Liabilities";
const EQUITY: &[&str] = &[
    "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest",
    "StockholdersEquity",
    "PartnersCapital",
];
const BETWEEN: &[&str] = &["MinorityInterest", "TemporaryEquityCarryingAmountAttributableToParent"];

pub(crate) fn run(book: &Book<'_>, out: &mut Vec<Performed>) {
    let both: Vec<_> = book.tagged(BOTH).collect();
    let mut last = None;
    for place in both {
        // A statement may go over two pages: assets in one table, the rest in the next.
        let here = book.tagged_in(place.0, ASSETS).count();
        let assets = if here > 0 { place.0 } else { place.0.saturating_sub(1) };
        if last == Some(place.0)
            || book.tagged_in(place.0, BOTH).count() != 1
            || book.tagged_in(assets, ASSETS).count() != 1
        {
            continue;
        }
        last = Some(place.0);
        let Some(left) = book.tagged_in(assets, ASSETS).next() else {
            continue;
        };
        let trials =
            book.row(place).iter().filter_map(|total| Trial::new(total, vec![(twin(book, left, total)?, false)], 0));
        report(book, trials.collect(), out);
    }
    without_total(book, out);
}

/// The cell of another line that holds the same date for the same entity.
fn twin<'a>(book: &Book<'a>, line: (u32, u32), fact: &Fact) -> Option<&'a Fact> {
    let same = |other: &&Fact| {
        other.unit == fact.unit && other.period == fact.period && !other.aside && book.scope(other) == book.scope(fact)
    };
    let cell = if line.0 == fact.table {
        book.cell(line, fact.col)
    } else {
        fact.period?;
        book.row(line).iter().find(same)
    };
    cell.filter(|other| !fact.aside && matches!(other.unit, Unit::Money(_)) && other.unit == fact.unit)
}

fn report(book: &Book<'_>, trials: Vec<Trial<'_>>, out: &mut Vec<Performed>) {
    // Two large equal numbers are never chance, so one other date that balances is enough.
    let holds = trials.iter().filter(|t| t.reckoned.ties && t.total.amount.mantissa.saturating_abs() >= 100).count();
    let fails = trials.iter().filter(|t| !t.reckoned.ties).count();
    let known = holds > 0 && holds >= fails || matches!(trials.as_slice(), [one] if alone(book, one));
    for trial in trials {
        let side = book.figure(trial.parts.first().map_or(trial.total, |(fact, _)| fact));
        let doubt = (!known || !small(&trial)).then_some("");
        let mut done = trial.perform(book, CHECK.code, doubt);
        done.tie.because = format!("total assets {side}");
        done.told = done.tie.verdict == Verdict::Open && fails <= 2;
        out.push(done);
    }
}

/// A slip of the hand, or a gap of a hundredth at most: sides further apart are not the sides of one sheet.
fn small(trial: &Trial<'_>) -> bool {
    let (total, gap) = (trial.total.amount.mantissa, trial.reckoned.gap);
    let assets = trial.parts.first().map_or(0, |(fact, _)| fact.amount.mantissa);
    let near = gap.exponent == 0 && gap.mantissa.saturating_abs().saturating_mul(100) <= total.saturating_abs();
    near || slip(total, assets).is_some()
}

fn without_total(book: &Book<'_>, out: &mut Vec<Performed>) {
    let places: Vec<_> = book.tagged(ASSETS).collect();
    for place in places {
        let table = place.0;
        let next_has = book.tagged_in(table.saturating_add(1), BOTH).next().is_some();
        if next_has || book.tagged_in(table, BOTH).next().is_some() || book.tagged_in(table, ASSETS).count() != 1 {
            continue;
        }
        let (Some(liabilities), Some(equity)) = (book.first_in(table, &[LIABILITIES]), book.first_in(table, EQUITY))
        else {
            continue;
        };
        if book.line(place).is_some_and(|l| l.sum.as_ref().is_some_and(|s| s.parts.iter().any(|p| p.0 == equity.1))) {
            continue;
        }
        let between: Vec<_> = BETWEEN.iter().filter_map(|tag| book.tagged_in(table, tag).next()).collect();
        let trials: Vec<_> = book
            .row(place)
            .iter()
            .filter(|f| !f.aside)
            .filter_map(|total| {
                let mut parts =
                    vec![(book.cell(liabilities, total.col)?, false), (book.cell(equity, total.col)?, false)];
                parts.extend(between.iter().filter_map(|&line| Some((book.cell(line, total.col)?, false))));
                Trial::new(total, parts, 0)
            })
            .collect();
        let doubts: Vec<_> = trials.iter().map(|trial| doubt(book, &trials, trial, false)).collect();
        for (trial, doubt) in trials.into_iter().zip(doubts) {
            let mut done = trial.perform(book, CHECK.code, doubt);
            done.tie.because = "total liabilities and equity, added".to_owned();
            if done.tie.verdict == Verdict::Open {
                done.help = "something may stand between liabilities and equity".to_owned();
            }
            out.push(done);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{SEED, ties};

    #[test]
    fn stays_silent_on_the_seed() {
        let told = ties(SEED, "BAL");
        assert_eq!(told.len(), 2);
        assert!(told.iter().all(|t| t.starts_with("ties")), "{told:?}");
    }

    const SHORT: &str = "\
table BS 3 2003-03-31 2002-12-31
Total assets {#Assets} | 20,936 | 22,633
Total liabilities and equity {#LiabilitiesAndStockholdersEquity} | 20,936 | 22,633
";

    #[test]
    fn fires_on_one_date_and_is_open_on_all() {
        let one = ties(&SHORT.replacen("20,936", "20,396", 1), "BAL");
        assert!(one[0].starts_with("off") && one[1].starts_with("ties"), "{one:?}");
        let all = ties(&SHORT.replacen("20,936", "20,396", 1).replacen("22,633", "22,336", 1), "BAL");
        assert!(all.iter().all(|t| t.starts_with("open")), "{all:?}");
    }

    #[test]
    fn adds_the_sides_where_their_total_is_not_printed() {
        let told = ties(
            "table BS 3 2003-03-31\nTotal assets {#Assets} | 20,936\nTotal liabilities {#Liabilities} | 8,310\nEquity {#StockholdersEquity} | 12,626\n",
            "BAL",
        );
        assert_eq!(told, ["ties Total assets, 2003-03-31: total liabilities and equity, added"]);
    }
}
