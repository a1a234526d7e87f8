use crate::blame::slip_of;
use crate::book::{Book, concept};
use crate::checks::nongaap::reconciles;
use crate::performed::{Performed, Trial, doubt, slipped, split, surely};
use tieout_model::{Check, Fact, Line, LineRole, Severity, Table, Unit, Verdict};

pub(crate) const CHECK: Check = Check {
    code: "FOOT",
    name: "column footing",
    severity: Severity::Error,
    tick: 'F',
    manual: "\
## What it checks
Every subtotal and total equals the signed sum of its lines, column by column. Each printed figure stands for \
everything that rounds to it; with equal decimals and n parts a total may therefore miss its sum by (n+1)/2 \
printed units and still tie. The gap is reported, so that an exact sum can be told from one within rounding.

## Why it matters
A statement is redundant data: a misprinted or misread figure almost always breaks a sum.

## Example
Cash 7,690, receivables 3,215, inventories 6,198 and prepaid expenses 492 make total current assets of 17,595. \
Printed 17,585 it would be off: 10 too little, where rounding allows 2.5.

## When it stays silent
A failure is off only where the sum holds convincingly in another column of the same kind and length of period, \
in at least as many as it fails in, and where the failure is the only one or a slip of the hand (one digit, two \
interchanged, a sign) explains it. Columns of another kind count where the odds leave no doubt: five digits or more \
agree where it holds, and the failing figures have four digits or more and are one digit, or two interchanged, from \
adding up. A part that is nil wherever the sum holds may go in with either sign. Where a part prints nothing in the \
failing column, where the gap is just another line of it, and beside averages, prices and yields, the tie is open and \
says so: the table may add up in a way that is not known.
",
};

/// Foots every line that is money or a count; per-share lines are EPS-ADD's, reconciliations NONGAAP's.
pub(crate) fn run(book: &Book<'_>, out: &mut Vec<Performed>) {
    let takes = |table: &Table, line: &Line| !matches!(line.unit, Unit::PerShare(_)) && !reconciles(table, line);
    foot(book, CHECK.code, takes, out);
}

/// Tries the sums of the lines that `takes` accepts.
pub(crate) fn foot(book: &Book<'_>, code: &'static str, takes: fn(&Table, &Line) -> bool, out: &mut Vec<Performed>) {
    for (t, table) in book.tables.iter().enumerate() {
        let with_sums = table.lines.iter().enumerate().filter(|(_, line)| line.sum.is_some() && takes(table, line));
        let all: Vec<Vec<Trial<'_>>> = with_sums.map(|(l, line)| trials(book, (t as u32, l as u32), line)).collect();
        let rounds = rounds(&all);
        let adding = adding(&all);
        let failing: Vec<&Trial<'_>> = all.iter().flatten().filter(|t| !t.reckoned.ties).take(MOST_FAILING).collect();
        let of_line = |trials: &Vec<Trial<'_>>| -> Vec<_> {
            trials.iter().map(|trial| doubts(book, trials, trial, adding, &failing)).collect()
        };
        let doubts: Vec<Vec<_>> = all.iter().map(of_line).collect();
        for (trials, doubts) in all.into_iter().zip(doubts) {
            for (trial, doubt) in trials.into_iter().zip(doubts) {
                let sensitive = if rounds { trial.sensitive() } else { Vec::new() };
                let mut done = trial.perform(book, code, doubt);
                if rounds && done.tie.verdict == Verdict::Ties {
                    done.proves = sensitive;
                }
                out.push(done);
            }
        }
    }
}

/// The table was rounded line by line: a quarter of its sums hold within rounding only, so that missing by
/// that says nothing against a figure. In a table whose other sums are exact it does.
fn rounds(all: &[Vec<Trial<'_>>]) -> bool {
    let holding = all.iter().flatten().filter(|t| t.reckoned.ties);
    let (mut exact, mut close) = (0, 0);
    for trial in holding {
        if trial.reckoned.exact() { exact += 1 } else { close += 1 }
    }
    close >= 3 && close * 4 >= exact + close
}

/// Lines looked at between a sum's first part and its total.
const MOST_BETWEEN: usize = 120;

fn trials<'a>(book: &Book<'a>, place: (u32, u32), line: &Line) -> Vec<Trial<'a>> {
    let Some(sum) = &line.sum else {
        return Vec::new();
    };
    let mut trials = Vec::with_capacity(sum.holds.len() + sum.fails.len());
    for total in book.row(place) {
        if !sum.holds.contains(&total.col) && !sum.fails.contains(&total.col) {
            continue;
        }
        let mut parts = Vec::with_capacity(sum.parts.len());
        for &(part, minus) in &sum.parts {
            if let Some(fact) = book.cell((place.0, part), total.col) {
                parts.push((fact, minus));
            }
        }
        // What stands in an inner column is no part of any figure of the total's line.
        let prints = |part: u32| {
            let columns = sum.holds.iter().chain(&sum.fails);
            columns.into_iter().any(|&col| book.cell((place.0, part), col).is_some())
        };
        let inner = sum.parts.iter().filter(|_| parts.len() < sum.parts.len()).filter(|(part, _)| !prints(*part));
        let missing = sum.parts.len() - parts.len() - inner.count();
        trials.extend(Trial::new(total, parts, missing));
    }
    turn(&mut trials);
    join(book, place, &mut trials);
    trials
}

/// The sign of a part that is nil wherever the sum holds was only guessed: where the other sign makes a
/// failing column exact, that is its sign.
fn turn(trials: &mut [Trial<'_>]) {
    let shown = |trial: &Trial<'_>, line: u32, minus: bool| {
        trial.parts.iter().any(|&(part, sign)| part.line == line && sign == minus && !part.amount.is_zero())
    };
    for at in 0..trials.len() {
        let Some(trial) = trials.get(at).filter(|t| !t.reckoned.ties) else {
            continue;
        };
        let gap = trial.reckoned.gap;
        let sign = |fact: &Fact, minus: bool| if minus { 1 } else { -1 } * fact.amount.mantissa.saturating_mul(2);
        let turned = trial.parts.iter().position(|&(part, minus)| {
            gap.exponent == 0
                && part.amount.exponent == trial.total.amount.exponent
                && sign(part, minus) == gap.mantissa
                && !trials.iter().any(|t| t.reckoned.ties && shown(t, part.line, minus))
        });
        let Some(turned) = turned else { continue };
        let mut parts = trial.parts.clone();
        if let Some(part) = parts.get_mut(turned) {
            part.1 = !part.1;
        }
        let (total, missing) = (trial.total, trial.missing);
        if let (Some(slot), Some(right)) = (trials.get_mut(at), Trial::new(total, parts, missing)) {
            *slot = right;
        }
    }
}

/// The columns, as bits, in which some sum holds convincingly and to the digit, or several do of six digits together.
fn adding(all: &[Vec<Trial<'_>>]) -> u64 {
    const ENOUGH: u32 = 6;
    let mut digits = [0u32; 64];
    for trial in all.iter().flatten().filter(|t| t.reckoned.exact() && t.telling()) {
        if let Some(known) = digits.get_mut(trial.total.col as usize) {
            *known = known.saturating_add(if trial.convincing() { ENOUGH } else { trial.size() });
        }
    }
    (0..).zip(digits).filter(|(_, known)| *known >= ENOUGH).fold(0, |bits, (column, _)| bits | 1u64 << column)
}

/// Failing sums of one table that are held against each other.
const MOST_FAILING: usize = 32;

/// One digit of one figure would settle another failing sum of the column too: a balance at the end of one year
/// and at the beginning of the next.
fn settles_two(book: &Book<'_>, failing: &[&Trial<'_>], trial: &Trial<'_>) -> bool {
    let column = trial.total.col;
    let own = changes(trial);
    let others = failing.iter().filter(|t| t.total.col == column && t.total.line != trial.total.line);
    trial.size() >= 3
        && others.filter(|t| t.total.amount.exponent == trial.total.amount.exponent).any(|other| {
            changes(other).into_iter().any(|(fact, change)| {
                let same = own.iter().any(|(f, c)| f.line == fact.line && *c == change && change.unsigned_abs() >= 10);
                let slip = || slip_of(book, fact, fact.amount.mantissa.saturating_add(change));
                same && matches!(slip(), Some("one digit" | "two digits interchanged"))
            })
        })
}

/// What each figure would have to be changed by for the sum to be exact.
fn changes<'a>(trial: &Trial<'a>) -> Vec<(&'a Fact, i128)> {
    let gap = trial.reckoned.gap;
    let place = trial.total.amount.exponent;
    let figures = trial.parts.iter().copied().chain([(trial.total, true)]);
    let whole = figures.filter(|(fact, _)| gap.exponent == 0 && fact.amount.exponent == place);
    whole.map(|(fact, minus)| (fact, if minus { gap.mantissa.saturating_neg() } else { gap.mantissa })).collect()
}

/// Why a failure means nothing: where another reading of the column explains it, because a part prints
/// nothing in it or the gap is the figure of some other line nearby, which would then belong to the sum or be
/// in it wrongly.
fn doubts(
    book: &Book<'_>,
    trials: &[Trial<'_>],
    trial: &Trial<'_>,
    adding: u64,
    failing: &[&Trial<'_>],
) -> Option<&'static str> {
    if trial.reckoned.ties {
        return None;
    }
    let adds = adding.checked_shr(trial.total.col).unwrap_or(0) & 1 == 1;
    if trial.missing > 0 && !surely(book, trials, trial, adds) {
        return Some("a line prints nothing in this column");
    }
    if split(book, trial) {
        return Some("a figure may be the end of the number before it");
    }
    if gap_is_a_line(book, trial) {
        return Some("the gap is another line");
    }
    if stray(trials, trial) {
        return Some("the gap is a line that only this column prints");
    }
    if shortened(book, trial) {
        return Some("lines may be left out between");
    }
    doubt(book, trials, trial, adds).filter(|_| !settles_two(book, failing, trial))
}

/// The gap is a part that no holding column prints: a number of its label, read as a figure of the column.
fn stray(trials: &[Trial<'_>], trial: &Trial<'_>) -> bool {
    let gap = trial.reckoned.gap;
    let shown = |t: &Trial<'_>, line: u32| t.parts.iter().any(|(part, _)| part.line == line && !part.amount.is_zero());
    gap.exponent == 0
        && trial.parts.iter().any(|(part, _)| {
            part.amount.mantissa.saturating_abs() == gap.mantissa.saturating_abs()
                && !trials.iter().any(|t| t.reckoned.ties && shown(t, part.line))
        })
}

/// Net income straight from pretax income and tax, as summaries print it: a change in accounting or a
/// discontinued part of the year may be left out between them.
fn shortened(book: &Book<'_>, trial: &Trial<'_>) -> bool {
    let tagged =
        |fact: &Fact, tag: &str| book.line((fact.table, fact.line)).is_some_and(|l| concept(l).starts_with(tag));
    trial.parts.len() == 2
        && (tagged(trial.total, "NetIncomeLoss") || tagged(trial.total, "ProfitLoss"))
        && trial.parts.iter().any(|(part, _)| tagged(part, "IncomeTax"))
        && !slipped(book, trial)
}

/// Lines between the parts that print nothing wherever the sum holds may belong to it without being known to:
/// where all of them together make a failing column exact, they do.
fn join<'a>(book: &Book<'a>, place: (u32, u32), trials: &mut [Trial<'a>]) {
    let Some(first) = trials.iter().flat_map(|t| t.parts.iter().map(|(part, _)| part.line)).min() else {
        return;
    };
    // The block may begin above the first part that is known.
    let item = |line: u32| book.line((place.0, line)).is_some_and(|l| l.role == LineRole::Item);
    let first = (first.saturating_sub(8)..first).rev().take_while(|&line| item(line)).last().unwrap_or(first);
    let holding: Vec<u32> = trials.iter().filter(|t| t.reckoned.ties).map(|t| t.total.col).collect();
    for trial in trials.iter_mut().filter(|t| !t.reckoned.ties && !t.parts.is_empty()) {
        let shows = |line: u32, col: u32| book.cell((place.0, line), col).filter(|f| !f.amount.is_zero());
        let inside = |line: u32| trial.parts.iter().any(|(part, _)| part.line == line);
        let between = first..place.1;
        let free: Vec<&'a Fact> = between
            .take(MOST_BETWEEN)
            .filter(|&line| !inside(line) && !holding.iter().any(|&col| shows(line, col).is_some()))
            .filter_map(|line| shows(line, trial.total.col))
            .collect();
        if free.is_empty() || free.len() > 4 {
            continue;
        }
        let parts: Vec<_> = trial.parts.iter().copied().chain(free.into_iter().map(|fact| (fact, false))).collect();
        if let Some(right) = Trial::new(trial.total, parts, trial.missing).filter(|t| t.reckoned.exact()) {
            *trial = right;
        }
    }
}

fn gap_is_a_line(book: &Book<'_>, trial: &Trial<'_>) -> bool {
    let gap = trial.reckoned.gap;
    let total = trial.total;
    let (Some(first), 0) = (trial.parts.iter().map(|(part, _)| part.line).min(), gap.exponent) else {
        return false;
    };
    let inside = |fact: &Fact| trial.parts.iter().any(|(part, _)| part.line == fact.line);
    // As far as a block of a statement reaches; further off an equal figure is chance.
    let near = match gap.mantissa.saturating_abs() {
        0..10 => first..total.line,
        _ => total.line.saturating_sub(trial.parts.len() as u32 + 12)..total.line.saturating_add(12),
    };
    let near = near.take(MOST_BETWEEN);
    near.filter_map(|line| book.cell((total.table, line), total.col)).any(|fact| {
        fact.line != total.line
            && !inside(fact)
            && fact.amount.exponent == total.amount.exponent
            && fact.amount.mantissa.saturating_abs() == gap.mantissa.saturating_abs()
    })
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::testing::{SEED, checked, ties};
    use tieout_model::{Amount, Verdict};

    const TABLE: &str = "\
table BS 3 2003-03-31 2002-12-31
Cash | 7,690 | 7,612
Receivables | 3,215 | 3,714
Inventories | 6,198 | 6,783
Prepaid expenses | 492 | 1,038
Total current assets {=1+2+3+4} | 17,595 | 19,147
";

    #[test]
    fn stays_silent_where_columns_foot() {
        let report = checked(TABLE, Vec::new());
        assert!(report.ties.iter().all(|t| t.verdict == Verdict::Ties && t.gap == Some(Amount::new(0, 0))));
        assert_eq!(report.ties.len(), 2);
        assert!(report.findings.is_empty());
    }

    #[test]
    fn fires_where_one_column_does_not() {
        let report = checked(&TABLE.replace("17,595", "17,585"), Vec::new());
        let tie = &report.ties[0];
        assert_eq!((tie.code, tie.verdict), (CHECK.code, Verdict::Off));
        assert_eq!((tie.gap, tie.tolerance), (Some(Amount::new(-10, 0)), Some(Amount::new(25, -1))));
        assert_eq!(report.findings.len(), 1);
        let finding = &report.findings[0];
        assert_eq!(
            finding.message,
            "Total current assets, 2003-03-31 is printed 17,585; its 4 lines sum to 17,595 (10 too little, rounding allows 2.5)"
        );
        assert_eq!(finding.labels.len(), 5);
        assert_eq!(finding.labels[1].text, "part 1 of 4");
    }

    #[test]
    fn within_rounding_ties_and_says_so() {
        let told = ties(&TABLE.replace("17,595", "17,597"), "FOOT");
        assert_eq!(told[0], "ties Total current assets, 2003-03-31: sum of 4 lines, within rounding");
    }

    #[test]
    fn open_where_no_column_holds_or_the_gap_is_a_line() {
        let both = TABLE.replace("17,595", "17,585").replace("19,147", "19,100");
        assert!(ties(&both, "FOOT").iter().all(|t| t.starts_with("open")));
        let line = TABLE.replace("17,595", "18,095") + "Deposits | 500 | -\n";
        assert!(ties(&line, "FOOT")[0].starts_with("open"));
    }

    /// Shares, their cost and their price side by side: the sum is known from the shares, and the digit is wrong in
    /// the cost. A price does not add, and misses by no digit.
    #[test]
    fn columns_of_another_kind_count_where_the_odds_leave_no_doubt() {
        let table = "\
table UN 3 2003-12-31 2003-12-31 2003-12-31
Balance | 48,350 | 612,400 | 12.67
Issued | 7,210 | 101,950 | 14.14
Retired | (3,105) | (39,480) | 12.71
Balance at the end {=1+2+3} | 52,455 | 674,870 | 12.87
";
        let of =
            |text: &str| ties(text, "FOOT").iter().map(|t| t.split(' ').next().unwrap().to_owned()).collect::<Vec<_>>();
        let held = of(table);
        assert_eq!(&held[..2], ["ties", "ties"], "{held:?}");
        assert_ne!(held[2], "off");
        assert_eq!(of(&table.replace("674,870", "674,270"))[1], "off");
        assert_eq!(of(&table.replace("674,870", "674,213"))[1], "open");
    }

    #[test]
    fn the_sign_of_a_part_that_shows_once_is_free() {
        let table = "\
table IS 3 2003-01-01..2003-12-31 2002-01-01..2002-12-31
Operating income | 17,667 | 19,909
Interest expense | 4,622 | 5,965
Other income | 1,300 | -
Net income {=1-2-3} | 14,345 | 13,944
";
        assert!(ties(table, "FOOT").iter().all(|t| t.starts_with("ties")), "{:?}", ties(table, "FOOT"));
        let shown = table.replace("| 1,300 | -", "| 1,300 | 900").replace("13,944", "13,044");
        assert_eq!(ties(&shown, "FOOT").iter().filter(|t| !t.starts_with("ties")).count(), 1);
    }

    #[test]
    fn lines_that_are_nil_where_it_holds_may_join() {
        let table = "\
table CF 3 2003-01-01..2003-12-31 2002-01-01..2002-12-31
Purchase of a plant | (1,810) | -
Purchase of equipment | (1,778) | (1,556)
Proceeds from sales | 288 | 305
Cash used {=2+3} | (3,300) | (1,251)
";
        assert!(ties(table, "FOOT").iter().all(|t| t.starts_with("ties")), "{:?}", ties(table, "FOOT"));
        assert!(ties(&table.replace("(1,810)", "(1,820)"), "FOOT")[0].starts_with("o"));
    }

    #[test]
    fn all_identities_of_the_seed_hold() {
        let report = checked(SEED, Vec::new());
        let foot: Vec<_> = report.ties.iter().filter(|t| t.code == "FOOT").collect();
        assert_eq!(foot.len(), 24);
        assert!(foot.iter().all(|t| t.verdict == Verdict::Ties));
    }

    /// A balance ends one year and begins the next: its wrong digit breaks both sums, by the same amount.
    #[test]
    fn one_digit_that_settles_two_sums() {
        let table = "\
table UN 3 2003-12-31 2003-12-31
Balance, 2001 | 135,591 | 49
Found | 20,539 | 15
Produced | (21,589) | (17)
Balance, 2002 {=1+2+3} | 134,541 | 47
Found | (8,846) | 13
Produced | (16,875) | (20)
Balance, 2003 {=4+5+6} | 108,820 | 40
";
        let off = |text: &str| ties(text, "FOOT").iter().filter(|t| t.starts_with("off")).count();
        assert_eq!(off(table), 0);
        assert_eq!(off(&table.replace("134,541", "134,511")), 2);
        assert_eq!(off(&table.replace("134,541", "134,511").replace("108,820", "108,828")), 0);
    }

    /// An inner column holds what one line of the outer one is made of: it is no missing part.
    #[test]
    fn what_stands_in_an_inner_column_is_not_missing() {
        let table = "\
table BS 3 2003-12-31 2003-12-31
Cash | | 1,355,041
Inventory | | 1,995,247
Finished goods | 862,374
Work in process | 1,132,873
Prepaid expenses | | 35,717
Current assets {=1+2+3+4+5} | | 3,386,015
";
        let told = ties(table, "FOOT");
        assert!(told.iter().any(|t| t.starts_with("off")), "{told:?}");
    }

    /// Printed in full, rounded to thousands: the sum is within their rounding.
    #[test]
    fn round_figures_are_known_to_their_last_digit_but_zeros() {
        let table = "\
table UN 0 2003-12-31 2002-12-31
First | 59,000 | 29,000
Second | 118,000 | 59,000
Both {=1+2} | 178,000 | 89,000
";
        assert!(ties(table, "FOOT").iter().all(|t| !t.starts_with("off")), "{:?}", ties(table, "FOOT"));
    }

    /// Intel's options of June 26, 2004: 28.38 is an average of 22.58 and 45.80, one digit from their sum.
    #[test]
    fn prices_do_not_add() {
        let table = |heading: &str| {
            format!(
                "table UN 0 Shares {heading}\nIn the money | 396.2 | 22.58\nOut of the money | 131.8 | 45.80\n\
                 Total options {{=1+2}} | 528.0 | 28.38\n"
            )
        };
        let off = |heading: &str| ties(&table(heading), "FOOT").iter().any(|t| t.starts_with("off"));
        assert!(off("Thousands"));
        assert!(!off("Price"));
    }
}
