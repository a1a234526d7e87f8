//! The part of PCT and DELTA for columns of changes beside the columns they compare: which two a column compares is
//! found for the whole table at once, as cross-footing finds its parts.

use crate::blame::slip_of;
use crate::book::Book;
use crate::performed::{Performed, figure_tie};
use crate::reckon::{self, Reckoned};
use crate::say;
use crate::words::has_any;
use std::cmp::Reverse;
use tieout_model::{Amount, ColumnRole, Fact, Interval, Ratio, Table, Unit, Verdict};

/// Columns looked at; wider tables are lists of something else.
const MOST_COLUMNS: usize = 16;
/// Rows that must recompute before two columns are taken for the ones compared.
const ENOUGH: usize = 3;

/// Recomputes every column of changes, under the code `amounts` or, for percents, `percents`.
pub(crate) fn run(book: &Book<'_>, percents: &'static str, amounts: &'static str, out: &mut Vec<Performed>) {
    for (t, table) in book.tables.iter().enumerate() {
        if !(3..=MOST_COLUMNS).contains(&table.columns.len()) {
            continue;
        }
        let of = |roles: &[ColumnRole]| -> Vec<u32> {
            (0u32..).zip(&table.columns).filter(|(_, c)| roles.contains(&c.role)).map(|(c, _)| c).collect()
        };
        let changes = of(&[ColumnRole::Change, ColumnRole::Percent]);
        if changes.is_empty() {
            continue;
        }
        let levels = of(&[ColumnRole::Period, ColumnRole::Component]);
        for &col in &changes {
            let pairs = levels.iter().flat_map(|&a| levels.iter().map(move |&b| (a, b))).filter(|(a, b)| a != b);
            let read =
                pairs.filter(|&pair| in_order(table, pair)).map(|pair| changed(book, t as u32, table, col, pair));
            let best = read.max_by_key(|changes| Score::of(changes));
            if let Some(best) = best.filter(|changes| Score::of(changes).enough()) {
                report(book, table, col, best, [percents, amounts], out);
            }
        }
    }
}

/// Where both are dated: the later first, of periods as long.
fn in_order(table: &Table, (a, b): (u32, u32)) -> bool {
    let period = |col: u32| table.columns.get(col as usize).and_then(|c| c.period);
    match (period(a), period(b)) {
        (Some(a), Some(b)) => a.end() > b.end() && a.quarters() == b.quarters(),
        _ => true,
    }
}

/// A printed change beside the two figures it is held against.
struct Change<'a> {
    printed: &'a Fact,
    later: &'a Fact,
    earlier: &'a Fact,
    /// As arithmetic has it, and with the sign turned: a rise of a cost is shown as unfavourable.
    plain: Reckoned,
    turned: Reckoned,
}

fn changed<'a>(book: &Book<'a>, t: u32, table: &Table, col: u32, (a, b): (u32, u32)) -> Vec<Change<'a>> {
    let of = |line: u32| {
        let (printed, later, earlier) =
            (book.cell((t, line), col)?, book.cell((t, line), a)?, book.cell((t, line), b)?);
        let percent = printed.unit == Unit::Pure && later.unit != Unit::Pure;
        let of = |amount: Amount| match percent {
            true => rate(amount, later.amount, earlier.amount),
            false => reckon::sum(amount, [(later.amount, false), (earlier.amount, true)].into_iter()),
        };
        let alike = later.unit == earlier.unit && (percent || printed.unit == later.unit);
        let (plain, turned) = (of(printed.amount)?, of(-printed.amount)?);
        alike.then_some(Change { printed, later, earlier, plain, turned })
    };
    (0..table.lines.len() as u32).filter_map(of).collect()
}

/// The change over the size of the earlier figure. Each is printed once in it, `later / earlier - 1`, so that its
/// range is that of the quotient. Across a change of sign a percent means nothing.
fn rate(printed: Amount, later: Amount, earlier: Amount) -> Option<Reckoned> {
    if earlier.is_zero() || later.is_negative() != earlier.is_negative() && !later.is_zero() {
        return None;
    }
    let one = Ratio::new(1, 1)?;
    let size = later.ratio()?.div(earlier.ratio()?)?.sub(one)?;
    let range = later.interval()?.div(earlier.interval()?)?.sub(Interval::point(one))?;
    match earlier.is_negative() {
        true => reckon::image(printed, size.neg(), range.neg()),
        false => reckon::image(printed, size, range),
    }
}

impl Change<'_> {
    /// It holds and is not nothing.
    fn holds(&self) -> bool {
        (self.plain.ties || self.turned.ties) && !self.printed.amount.is_zero()
    }

    fn fails(&self) -> bool {
        !self.plain.ties && !self.turned.ties
    }

    /// It holds with the sign turned only.
    fn is_turned(&self) -> bool {
        self.turned.ties && !self.plain.ties
    }
}

/// How many rows recompute, in which failing ones and turned signs count against.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Score {
    holds: usize,
    fails: Reverse<usize>,
    turned: Reverse<usize>,
}

impl Score {
    fn of(changes: &[Change<'_>]) -> Score {
        let holds = changes.iter().filter(|c| c.holds()).count();
        let fails = Reverse(changes.iter().filter(|c| c.fails()).count());
        Score { holds, fails, turned: Reverse(changes.iter().filter(|c| c.is_turned()).count()) }
    }

    fn enough(&self) -> bool {
        self.holds >= ENOUGH && self.holds >= 3 * self.fails.0
    }
}

fn report(
    book: &Book<'_>,
    table: &Table,
    col: u32,
    changes: Vec<Change<'_>>,
    [percents, amounts]: [&'static str; 2],
    out: &mut Vec<Performed>,
) {
    let Score { holds, fails, turned } = Score::of(&changes);
    let heading = table.columns.get(col as usize).map_or("", |c| &c.heading);
    let favourable = turned.0 >= 2 || has_any(heading, &["fav", "better", "worse"]);
    for change in changes {
        let Change { printed, later, earlier, plain, turned } = change;
        let losses = later.amount.is_negative() && earlier.amount.is_negative();
        let ties = plain.ties || turned.ties && (favourable || losses);
        let meant = if turned.ties && !plain.ties { -plain.computed } else { plain.computed };
        let apart = printed.amount.mantissa.saturating_sub(meant.mantissa).saturating_abs();
        let slipped = apart > 1 && slip_of(book, printed, meant.mantissa).is_some();
        let (verdict, doubt) = match ties {
            true if plain.ties => (Verdict::Ties, ""),
            true => (Verdict::Ties, ": the sign says what is favourable"),
            false if turned.ties => (Verdict::Open, ": the size ties, the sign does not"),
            false if slipped && holds >= 2 * ENOUGH && fails.0 == 1 => (Verdict::Off, ""),
            false => (Verdict::Open, ": it may be computed from other figures"),
        };
        let (of, on) = (book.figure(later), book.figure(earlier));
        let percent = printed.unit == Unit::Pure && later.unit != Unit::Pure;
        let because = match percent {
            true => format!("({of} - {on}) / {on} = {}{doubt}", say::percent(plain.computed)),
            false => format!("{of} - {on} = {}{doubt}", book.figure_like(printed, plain.computed)),
        };
        let code = if percent { percents } else { amounts };
        let shown = if plain.ties { plain } else { turned };
        let mut done = figure_tie(book, code, verdict, printed, Some(shown), &[later, earlier], because);
        if verdict == Verdict::Ties && !printed.amount.is_zero() {
            done.proves = vec![printed.reference()];
        }
        out.push(done);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::ties;

    const TABLE: &str = "\
table UN 3 2003-01-01..2003-12-31 2002-01-01..2002-12-31 %
Sales | 7,539 | 8,973 | (16.0)%
Cost of sales | 5,749 | 6,417 | (10.4)%
Selling expenses | 2,145 | 2,553 | (16.0)%
Research | 1,414 | 1,006 | 40.6%
Other | 310 | 295 | 5.1%
Interest | 120 | 96 | 25.0%
Nothing to compare | 12 | - | 5.0%
";

    #[test]
    fn stays_silent_where_the_column_recomputes() {
        let told = ties(TABLE, "PCT");
        assert_eq!(told.len(), 6, "{told:?}");
        assert!(told.iter().all(|t| t.starts_with("ties")), "{told:?}");
        assert!(told[0].ends_with("(7,539 - 8,973) / 8,973 = -16.0%"), "{}", told[0]);
    }

    #[test]
    fn fires_on_a_slip_and_not_on_another_basis() {
        let told =
            ties(&TABLE.replace("40.6%", "48.6%").replace("Interest", "More | 640 | 512 | 25.0%\nInterest"), "PCT");
        assert!(told[3].starts_with("off"), "{told:?}");
        let told = ties(&TABLE.replace("40.6%", "33.0%"), "PCT");
        assert!(told[3].starts_with("open"), "{told:?}");
        // One unit off is how a percent of unrounded figures looks after a reclassification; nobody is misled.
        assert!(ties(&TABLE.replace("40.6%", "40.8%"), "PCT")[3].starts_with("open"));
    }

    #[test]
    fn a_turned_sign_is_a_convention_where_it_is_one() {
        let costs = TABLE.replace("(10.4)%", "10.4%").replace("(16.0)%\nResearch", "16.0%\nResearch");
        assert!(ties(&costs, "PCT").iter().all(|t| t.starts_with("ties")));
        assert!(ties(&TABLE.replace("(10.4)%", "10.4%"), "PCT")[1].starts_with("open"));
    }

    /// Percents of sales are no changes: no two columns give them.
    #[test]
    fn says_nothing_of_other_percents() {
        let shares = "\
table UN 3 2003-01-01..2003-12-31 % 2002-01-01..2002-12-31
Sales | 7,539 | 100.0% | 8,973
Cost of sales | 5,749 | 76.3% | 6,417
Selling expenses | 2,145 | 28.5% | 2,553
";
        assert!(ties(shares, "PCT").is_empty());
    }
}
