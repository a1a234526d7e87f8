//! The part of PCT and DELTA for columns of changes beside the columns they compare: which two a column compares is
//! found for the whole table at once, as cross-footing finds its parts.

use crate::book::Book;
use crate::checks::recomputed::{self, Tally};
use crate::performed::Performed;
use crate::reckon::{self, Reckoned};
use crate::say;
use crate::words::has_any;
use std::cmp::Reverse;
use tieout_model::{Amount, ColumnRole, Fact, Interval, Ratio, Table, Unit, Verdict};

/// Columns looked at; wider tables are lists of something else.
const MOST_COLUMNS: usize = 16;

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
        let rows = rows(book, t as u32, table);
        for &col in &changes {
            let pairs = levels.iter().flat_map(|&a| levels.iter().map(move |&b| (a, b))).filter(|(a, b)| a != b);
            let read = pairs.filter(|&pair| in_order(table, pair)).map(|pair| changed(&rows, col, pair));
            let best = read.max_by_key(|changes| Score::of(changes));
            if let Some(best) = best.filter(|changes| Score::of(changes).tally().enough()) {
                report(book, table, col, best, [percents, amounts], out);
            }
        }
    }
}

/// The figures of a line by column.
type Row<'a> = [Option<&'a Fact>; MOST_COLUMNS];

/// The lines with figures.
fn rows<'a>(book: &Book<'a>, t: u32, table: &Table) -> Vec<Row<'a>> {
    let row = |line: u32| {
        let facts = book.row((t, line));
        let mut row = [None; MOST_COLUMNS];
        for fact in facts {
            if let Some(slot) = row.get_mut(fact.col as usize) {
                *slot = Some(fact);
            }
        }
        (!facts.is_empty()).then_some(row)
    };
    (0..table.lines.len() as u32).filter_map(row).collect()
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
    /// It ties as arithmetic has it, and with the sign turned: a rise of a cost is shown as unfavourable.
    plain: bool,
    turned: bool,
}

fn changed<'a>(rows: &[Row<'a>], col: u32, (a, b): (u32, u32)) -> Vec<Change<'a>> {
    let of = |row: &Row<'a>| {
        let cell = |col: u32| row.get(col as usize).copied().flatten();
        let (printed, later, earlier) = (cell(col)?, cell(a)?, cell(b)?);
        let percent = is_percent(printed, later);
        if later.unit != earlier.unit || !percent && printed.unit != later.unit {
            return None;
        }
        let (plain, turned) = if percent {
            let (range, own) = (range(later.amount, earlier.amount)?, printed.amount.interval()?);
            (own.meets(range), own.neg().meets(range))
        } else {
            let parts = [(later.amount, false), (earlier.amount, true)];
            let ties = |amount| reckon::adds_up(amount, parts.into_iter());
            (ties(printed.amount)?, ties(-printed.amount)?)
        };
        Some(Change { printed, later, earlier, plain, turned })
    };
    rows.iter().filter_map(of).collect()
}

fn is_percent(printed: &Fact, later: &Fact) -> bool {
    printed.unit == Unit::Pure && later.unit != Unit::Pure
}

/// All that the change over the size of the earlier figure may be. Each is printed once in it, `later / earlier - 1`,
/// so that its range is that of the quotient. Across a change of sign a percent means nothing.
fn range(later: Amount, earlier: Amount) -> Option<Interval> {
    if earlier.is_zero() || later.is_negative() != earlier.is_negative() && !later.is_zero() {
        return None;
    }
    let range = later.interval()?.div(earlier.interval()?)?.sub(Interval::point(Ratio::new(1, 1)?))?;
    Some(if earlier.is_negative() { range.neg() } else { range })
}

/// The change of a printed amount, or percent, from the earlier figure to the later.
fn reckoned(printed: Amount, percent: bool, later: Amount, earlier: Amount) -> Option<Reckoned> {
    if !percent {
        return reckon::sum(printed, [(later, false), (earlier, true)].into_iter());
    }
    let change = later.ratio()?.div(earlier.ratio()?)?.sub(Ratio::new(1, 1)?)?;
    let change = if earlier.is_negative() { change.neg() } else { change };
    reckon::image(printed, change, range(later, earlier)?)
}

impl Change<'_> {
    /// It holds and is not nothing.
    fn holds(&self) -> bool {
        (self.plain || self.turned) && !self.printed.amount.is_zero()
    }

    fn fails(&self) -> bool {
        !self.plain && !self.turned
    }

    /// It holds with the sign turned only.
    fn is_turned(&self) -> bool {
        self.turned && !self.plain
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

    fn tally(&self) -> Tally {
        Tally { holds: self.holds, fails: self.fails.0 }
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
    let score = Score::of(&changes);
    let tally = score.tally();
    let heading = table.columns.get(col as usize).map_or("", |c| &c.heading);
    let favourable = score.turned.0 >= 2 || has_any(heading, &["fav", "better", "worse"]);
    for change in changes {
        let Change { printed, later, earlier, .. } = change;
        let percent = is_percent(printed, later);
        let of = |amount| reckoned(amount, percent, later.amount, earlier.amount);
        let Some((plain, turned)) = of(printed.amount).zip(of(-printed.amount)) else { continue };
        let losses = later.amount.is_negative() && earlier.amount.is_negative();
        let ties = plain.ties || turned.ties && (favourable || losses);
        let meant = if turned.ties && !plain.ties { -plain.computed } else { plain.computed };
        let (verdict, doubt) = match ties {
            true if plain.ties => (Verdict::Ties, ""),
            true => (Verdict::Ties, ": the sign says what is favourable"),
            false if turned.ties => (Verdict::Open, ": the size ties, the sign does not"),
            false => tally.failing(book, printed, meant),
        };
        let (of, on) = (book.figure(later), book.figure(earlier));
        let because = match percent {
            true => format!("({of} - {on}) / {on} = {}{doubt}", say::percent(plain.computed)),
            false => format!("{of} - {on} = {}{doubt}", book.figure_like(printed, plain.computed)),
        };
        let code = if percent { percents } else { amounts };
        let shown = if plain.ties { plain } else { turned };
        out.push(recomputed::tie(book, code, verdict, printed, shown, [later, earlier], because));
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
