//! The part of FOOT for totals that no sum was found for, though their words say what they are the total of.

use crate::book::{Book, Place};
use crate::performed::{Performed, Trial};
use tieout_model::{Fact, LineRole, Table, Verdict};

/// Tries "Total X" against all lines under the heading "X:" that stand between the two. Where the total is known
/// to be right by other sums and the lines fall short of it in every column, by a little, one was left out.
pub(crate) fn run(book: &Book<'_>, code: &'static str, out: &mut Vec<Performed>) {
    let mut found = Vec::new();
    for (t, table) in book.tables.iter().enumerate() {
        for (l, line) in table.lines.iter().enumerate() {
            if line.sum.is_none() && line.label.get(..6).is_some_and(|w| w.eq_ignore_ascii_case("total ")) {
                let place = (t as u32, l as u32);
                if let Some(trials) = block(table, place).and_then(|first| trials(book, place, first)) {
                    found.extend(short(book, code, trials, out));
                }
            }
        }
    }
    out.extend(found);
}

/// The first line below the heading that a total's words name, with nothing but plain lines between.
fn block(table: &Table, (_, total): Place) -> Option<u32> {
    let words = table.lines.get(total as usize)?.label.get(6..)?.trim();
    let mut at = total.checked_sub(1)?;
    loop {
        let line = table.lines.get(at as usize)?;
        match line.role {
            LineRole::Item => at = at.checked_sub(1).filter(|&next| total - next < 60)?,
            LineRole::Total => return None,
            LineRole::Heading => {
                let named = line.label.get(..words.len()).is_some_and(|head| head.eq_ignore_ascii_case(words));
                return (named && words.contains(' ') && total - at > 3).then_some(at + 1);
            }
        }
    }
}

fn trials<'a>(book: &Book<'a>, (t, total): Place, first: u32) -> Option<Vec<Trial<'a>>> {
    let row = book.row((t, total)).iter().filter(|f| !f.aside);
    let of = |sum: &'a Fact| {
        let parts: Option<Vec<(&'a Fact, bool)>> =
            (first..total).map(|l| Some((book.cell((t, l), sum.col)?, false))).collect();
        let parts = parts.filter(|p| p.iter().all(|(f, _)| !f.amount.is_negative() && f.unit == sum.unit))?;
        Trial::new(sum, parts, 0)
    };
    row.map(of).collect()
}

fn short(book: &Book<'_>, code: &'static str, trials: Vec<Trial<'_>>, done: &[Performed]) -> Vec<Performed> {
    let little = |t: &Trial<'_>| {
        let (gap, total) = (t.reckoned.gap, t.total.amount.mantissa);
        !t.reckoned.ties
            && gap.exponent == 0
            && gap.mantissa > 0
            && gap.mantissa.saturating_mul(20) <= total
            && book.plain(t.total)
    };
    let others = |t: &Trial<'_>| {
        let at = t.total.reference();
        done.iter().any(|p| {
            p.tie.verdict == Verdict::Ties
                && p.tie.gap.is_some_and(|g| g.is_zero())
                && p.equation.as_ref().is_some_and(|e| e.total == at || e.parts.iter().any(|(part, _)| *part == at))
        })
    };
    if trials.len() < 2 || !trials.iter().all(little) || !(trials.iter().all(others) || bridged(book, &trials)) {
        return Vec::new();
    }
    let perform = |trial: Trial<'_>| {
        let mut done = trial.perform(book, code, None);
        // The total is proven elsewhere, and no single line can be said to be wrong.
        done.tie.blames.clear();
        done.equation = None;
        done.help = "the lines fall short in every column and the total agrees with the rest of the statement: a line is likely left out".to_owned();
        done
    };
    trials.into_iter().map(perform).collect()
}

/// One line above the block less the total is, to the digit and in every column, one line just below: revenues
/// less costs are the loss from operations.
fn bridged(book: &Book<'_>, trials: &[Trial<'_>]) -> bool {
    let Some(total) = trials.first().map(|t| t.total) else {
        return false;
    };
    let Some(first) = trials.first().and_then(|t| t.parts.iter().map(|(part, _)| part.line).min()) else {
        return false;
    };
    let amount = |line: u32, col: u32| {
        let fact = book
            .cell((total.table, line), col)
            .filter(|f| f.unit == total.unit && f.amount.exponent == total.amount.exponent)?;
        (fact.amount.mantissa.saturating_abs() >= 100).then_some(fact.amount.mantissa)
    };
    (first.saturating_sub(8)..first).any(|above| {
        (total.line + 1..total.line + 4).any(|below| {
            trials.iter().all(|t| {
                let difference = amount(above, t.total.col).and_then(|a| a.checked_sub(t.total.amount.mantissa));
                difference.is_some() && difference == amount(below, t.total.col)
            })
        })
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::{checked, ties};
    use tieout_model::{Proof, Verdict};

    const TABLE: &str = "\
table IS 3 2000-05-01..2000-07-31 1999-05-01..1999-07-31
Revenues {#Revenues} | 25,794 | 49,852
Operating costs and expenses:
  Salaries | 6,872 | 16,450
  Fees | 3,448 | 5,146
  Supplies | 27,200 | 54,600
Total operating costs and expenses | 37,667 | 77,242
Loss from operations {=1-6} | (11,873) | (27,390)
";

    #[test]
    fn fires_where_lines_fall_short_in_every_column() {
        let report = checked(TABLE, Vec::new());
        let off: Vec<_> = report.ties.iter().filter(|t| t.verdict == Verdict::Off).collect();
        assert_eq!(off.len(), 2, "{:#?}", report.ties);
        assert!(off.iter().all(|t| t.blames.is_empty() && t.code == "FOOT"));
        assert_eq!(report.facts.iter().filter(|f| f.proof == Proof::Off).count(), 0);
    }

    #[test]
    fn stays_silent_where_one_column_foots_or_no_other_sum_proves_the_total() {
        let off = |text: &str| ties(text, "FOOT").iter().filter(|t| t.starts_with("off")).count();
        assert_eq!(off(&TABLE.replace("27,200", "27,347")), 0);
        assert_eq!(off(&TABLE.replace("{=1-6}", "")), 2);
        assert_eq!(off(&TABLE.replace("{=1-6}", "").replace("(11,873)", "(11,837)")), 0);
    }
}
