//! The part of PCTREV for percents that tables print: columns that show each line as a part of the line at 100%,
//! and lines that show margins.

use crate::book::{Book, Place};
use crate::checks::recomputed::{self, Tally};
use crate::concepts::REVENUES;
use crate::performed::Performed;
use crate::reckon::{self, Reckoned};
use crate::say;
use tieout_model::{Amount, ColumnRole, Fact, Ratio, Table, Unit, Verdict};

/// Lines looked at for the figure a margin is of; longer tables are lists of something else.
const MOST_LINES: usize = 80;

/// Recomputes columns of percents of a line, and lines of margins.
pub(crate) fn run(book: &Book<'_>, code: &'static str, out: &mut Vec<Performed>) {
    for (t, table) in book.tables.iter().enumerate() {
        let percents = table.columns.iter().any(|c| c.role == ColumnRole::Percent);
        if percents {
            columns(book, t as u32, table, code, out);
        }
        if table.lines.len() <= MOST_LINES && table.lines.iter().any(|l| l.unit == Unit::Pure) {
            lines(book, t as u32, table, code, out);
        }
    }
}

/// A printed percent beside the part and the whole it is held against.
struct Share<'a> {
    printed: &'a Fact,
    part: &'a Fact,
    whole: &'a Fact,
    reckoned: Reckoned,
}

impl<'a> Share<'a> {
    fn new(printed: &'a Fact, part: &'a Fact, whole: &'a Fact) -> Option<Self> {
        let money = matches!(part.unit, Unit::Money(_)) && part.unit == whole.unit && printed.unit == Unit::Pure;
        if !money || part.reference() == whole.reference() {
            return None;
        }
        let value = part.amount.ratio()?.div(whole.amount.ratio()?)?;
        let range = part.amount.interval()?.div(whole.amount.interval()?)?;
        let reckoned = reckon::image(printed.amount, value, range)?;
        // A cost in parentheses is as large a part as one without.
        let turned = value.signum() != 0 && (value.signum() < 0) != printed.amount.is_negative();
        let reckoned = match turned {
            true => reckon::image(printed.amount, value.neg(), range.neg())?,
            false => reckoned,
        };
        Some(Share { printed, part, whole, reckoned })
    }
}

/// Columns of percents: the line at 100% is the whole, the column of amounts before or behind it the parts.
fn columns(book: &Book<'_>, t: u32, table: &Table, code: &'static str, out: &mut Vec<Performed>) {
    for (col, _) in (0u32..).zip(&table.columns).filter(|(_, c)| c.role == ColumnRole::Percent) {
        let hundred = Ratio::new(1, 1);
        let full = |l: &u32| book.cell((t, *l), col).is_some_and(|f| f.amount.ratio() == hundred);
        let wholes = (0..table.lines.len() as u32).filter(full).take(4);
        let beside = [col.checked_sub(1), col.checked_add(1)];
        let amounts = beside.into_iter().flatten().filter(|&c| {
            table.columns.get(c as usize).is_some_and(|c| matches!(c.role, ColumnRole::Period | ColumnRole::Component))
        });
        let amounts: Vec<u32> = amounts.collect();
        let read = wholes.flat_map(|whole| amounts.iter().map(move |&from| (whole, from))).map(|(whole, from)| {
            let of =
                |l: u32| Share::new(book.cell((t, l), col)?, book.cell((t, l), from)?, book.cell((t, whole), from)?);
            (0..table.lines.len() as u32).filter_map(of).collect::<Vec<_>>()
        });
        if let Some(shares) = read.max_by_key(|shares| holding(shares)).filter(|shares| tally(shares).enough()) {
            report(book, code, shares, out);
        }
    }
}

fn holding(shares: &[Share<'_>]) -> usize {
    shares.iter().filter(|s| s.reckoned.ties && !s.printed.amount.is_zero()).count()
}

fn tally(shares: &[Share<'_>]) -> Tally {
    Tally { holds: holding(shares), fails: shares.iter().filter(|s| !s.reckoned.ties).count() }
}

/// Lines of margins: "gross margin percentage" is the line it names over revenue.
fn lines(book: &Book<'_>, t: u32, table: &Table, code: &'static str, out: &mut Vec<Performed>) {
    let Some(whole) = book.first_in(t, REVENUES) else {
        return;
    };
    for (l, line) in (0u32..).zip(&table.lines).filter(|(_, line)| line.unit == Unit::Pure) {
        let margins = book.row((t, l));
        let candidates = (0u32..).zip(&table.lines).filter(|(part, of)| {
            matches!(of.unit, Unit::Money(_)) && (t, *part) != whole && named(&line.label, &of.label)
        });
        let read = candidates.map(|(part, _)| shares(book, margins, (t, part), whole));
        let best = read.max_by_key(|shares| holding(shares));
        // The words name the line; two columns that recompute leave no doubt that it is the one meant.
        let sure = |shares: &Vec<Share<'_>>| matches!(tally(shares), Tally { holds, fails } if holds >= 2 && holds >= 3 * fails);
        if let Some(shares) = best.filter(sure) {
            report(book, code, shares, out);
        }
    }
}

fn shares<'a>(book: &Book<'a>, margins: &'a [Fact], part: Place, whole: Place) -> Vec<Share<'a>> {
    let of = |printed: &'a Fact| Share::new(printed, book.cell(part, printed.col)?, book.cell(whole, printed.col)?);
    margins.iter().filter(|f| !f.aside).filter_map(of).collect()
}

/// The two labels share a word that says which result is meant.
fn named(margin: &str, line: &str) -> bool {
    const RESULTS: &[&str] =
        &["gross", "operating", "ebitda", "ebit", "net", "contribution", "pretax", "pre-tax", "segment", "adjusted"];
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric() && c != '-').map(str::to_ascii_lowercase).collect()
    };
    let (margin, line) = (words(margin), words(line));
    RESULTS.iter().any(|word| margin.iter().any(|w| w == word) && line.iter().any(|w| w == word))
}

fn report(book: &Book<'_>, code: &'static str, shares: Vec<Share<'_>>, out: &mut Vec<Performed>) {
    let tally = tally(&shares);
    for Share { printed, part, whole, reckoned } in shares {
        let (verdict, doubt) = match reckoned.ties {
            true => (Verdict::Ties, ""),
            false => tally.failing(book, printed, reckoned.computed),
        };
        let share: Amount = reckoned.computed;
        let because = format!("{} / {} = {}{doubt}", book.figure(part), book.figure(whole), say::percent(share));
        out.push(recomputed::tie(book, code, verdict, printed, reckoned, [part, whole], because));
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::ties;

    const COLUMN: &str = "\
table UN 3 2003-01-01..2003-12-31 %
Sales | 7,539 | 100.0%
Cost of sales | 5,749 | 76.3%
Gross profit | 1,790 | 23.7%
Selling expenses | 1,145 | 15.2%
Research | 414 | 5.5%
Interest | 31 | 0.4%
Income | 200 | 2.7%
";

    const LINES: &str = "\
table IS 3 2003-01-01..2003-12-31 2002-01-01..2002-12-31 2001-01-01..2001-12-31
Sales {#Revenues} | 7,539 | 8,973 | 8,001
Gross profit {#GrossProfit} | 1,790 | 2,556 | 2,101
Gross margin percentage {pct} | 23.7% | 28.5% | 26.3%
Operating income | 231 | 403 | 520
";

    #[test]
    fn stays_silent_where_percents_recompute() {
        let told = ties(COLUMN, "PCTREV");
        assert_eq!(told.len(), 6, "{told:?}");
        assert!(told.iter().all(|t| t.starts_with("ties")), "{told:?}");
        let told = ties(LINES, "PCTREV");
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(told[1].ends_with("2,556 / 8,973 = 28.5%"), "{}", told[1]);
    }

    #[test]
    fn fires_on_a_slip_among_many() {
        let told = ties(&COLUMN.replace("15.2%", "12.5%").replace("Income |", "Taxes | 55 | 0.7%\nIncome |"), "PCTREV");
        assert!(told[2].starts_with("off"), "{told:?}");
    }

    #[test]
    fn other_margins_are_not_held_against_revenue() {
        assert!(ties(&LINES.replace("Gross margin percentage", "Effective rate"), "PCTREV").is_empty());
        assert!(ties(&LINES.replace("23.7%", "44.1%").replace("28.5%", "51.0%"), "PCTREV").is_empty());
    }
}
