use crate::book::Book;
use crate::checks::dup::{Group, pairs};
use crate::performed::{Performed, figure_tie};
use std::collections::BTreeMap;
use tieout_model::{Check, Fact, Severity, Verdict};

pub(crate) const CHECK: Check = Check {
    code: "HDR",
    name: "headings agree",
    severity: Severity::Warning,
    tick: 'A',
    manual: "\
## What it checks
Two tables that print the same digits for the same figures are of the same scale: one said to be in thousands \
and the other in dollars cannot both be. Two columns of a face statement do not have the same date with different \
figures. A heading's months are those that the text gives for its figures.

## Why it matters
A scale word that is missing or wrong makes every figure of a table wrong by a thousand, a wrong date or number of \
months puts every figure of a column into the wrong period.

## Example
Net income, sales and total assets stand as 12,500, 98,000 and 141,000 in two tables, one headed \"in thousands\", \
the other \"in millions\".

## When it stays silent
Unless at least two different figures differ by the same power of ten, with the same digits, and no figure \
agrees; it is off only where both tables state their scale in words, otherwise open. Dates: unless the headings \
are word for word the same and most figures differ. Months: unless three figures of the text tie to the column and \
no column has the length the text names.
",
};

/// Of two tables: pairs that are not a power of a thousand apart, and those that are, with that power.
type Apart<'a> = (usize, Vec<(i8, &'a Fact, &'a Fact)>);

pub(crate) fn run(book: &Book<'_>, groups: &[Group<'_>], out: &mut Vec<Performed>) {
    let mut powers: BTreeMap<(u32, u32), Apart<'_>> = BTreeMap::new();
    for (anchor, fact) in groups.iter().flat_map(|group| pairs(book, group)) {
        let entry = powers.entry((anchor.table, fact.table)).or_default();
        let apart = fact.amount.exponent.saturating_sub(anchor.amount.exponent);
        let digits = fact.amount.mantissa == anchor.amount.mantissa && fact.amount.mantissa.saturating_abs() >= 100;
        match apart {
            3 | 6 | 9 | -3 | -6 | -9 if digits => entry.1.push((apart, anchor, fact)),
            _ => entry.0 += 1,
        }
    }
    for ((left, right), (others, apart)) in powers {
        let Some(&(power, anchor, fact)) = apart.first() else {
            continue;
        };
        let differ = apart.iter().any(|(_, a, _)| a.amount.mantissa != anchor.amount.mantissa);
        if others > 0 || !differ || apart.iter().any(|&(other, ..)| other != power) {
            continue;
        }
        let stated = |table: u32| book.tables.get(table as usize).is_some_and(|t| !t.scale_because.is_empty());
        let verdict = if stated(left) && stated(right) { Verdict::Off } else { Verdict::Open };
        let because = format!("the same digits, {} figures, 10^{power} apart from table {}", apart.len(), left + 1);
        let mut done = figure_tie(book, CHECK.code, verdict, fact, None, &[anchor], because);
        // Which table is wrong is not known: no figure is blamed for it.
        done.tie.blames.clear();
        done.told = verdict == Verdict::Open;
        out.push(done);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::ties;

    const TABLES: &str = "\
table IS 3 2003-01-01..2003-12-31
Net sales {#SalesRevenueNet} | 98,000
Net income {#NetIncomeLoss} | 12,500
table UN 6 2003-01-01..2003-12-31
Net sales {#SalesRevenueNet} | 98,000
Net income {#NetIncomeLoss} | 12,500
";

    #[test]
    fn fires_where_all_digits_agree_and_scales_do_not() {
        assert_eq!(ties(TABLES, "HDR").len(), 1);
        assert!(ties(TABLES, "HDR")[0].starts_with("off"));
    }

    #[test]
    fn stays_silent_where_one_figure_agrees() {
        assert!(ties(&TABLES.replace("UN 6", "UN 3"), "HDR").is_empty());
        let (first, last) = TABLES.rsplit_once("98,000").unwrap();
        assert!(ties(&format!("{first}98.0{last}"), "HDR").is_empty());
    }
}
