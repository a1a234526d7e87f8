//! Arithmetic reads: which lines a total sums, and with which sign, is what holds in the figures. Indent,
//! rules and words order the search; they do not decide it.
//!
//! The figures are taken from top to bottom. Lines not yet summed wait on a stack; a line that equals a
//! signed sum of the last few of them takes these off and waits in their place.

mod failing;

use tieout_model::{Sum, telling_digits};

/// Lines of one unit with their figures, as integers in the finest place that any of them is printed to.
#[derive(Debug)]
pub(crate) struct Rows {
    lines: Vec<Row>,
    /// Row by row, one for each column; 0 where none is printed.
    figures: Vec<i64>,
    columns: usize,
    /// Columns, as bits, of prices, rates and other figures that need not add: that a sum fails in one says nothing.
    soft: u64,
}

/// One line.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Row {
    /// Line index in the table.
    pub(crate) line: u32,
    /// The label's words, or a rule above, say that it sums.
    pub(crate) total_like: bool,
    /// The label's words say that it is subtracted.
    pub(crate) minus_like: bool,
    /// Worth searching signs for: its words or a rule say that it may be a result.
    pub(crate) result_like: bool,
    /// Nothing above it can be part of a sum below: the other side of a balance sheet begins. Assets less
    /// liabilities equal equity line by line, so that without this every last line would seem a difference.
    pub(crate) barrier: bool,
    /// A heading stands right above it.
    pub(crate) opens: bool,
    /// Columns, as bits, in which it prints a figure; [`Rows::push`] fills it.
    pub(crate) shown: u64,
}

/// Columns are bits of a word.
const MOST_COLUMNS: usize = 64;
/// No statement has larger figures; a hundred of these add up without care.
const LARGEST: i64 = 1 << 56;

impl Rows {
    /// No rows yet, of so many columns; those past the 64th are not looked at. `soft`: columns that need not add.
    pub(crate) fn new(columns: usize, soft: u64) -> Rows {
        Rows { lines: Vec::new(), figures: Vec::new(), columns: columns.min(MOST_COLUMNS), soft }
    }

    /// Adds a row, with its figures by column.
    pub(crate) fn push(&mut self, row: Row, figures: impl Iterator<Item = (u16, i128)>) {
        let start = self.figures.len();
        self.figures.resize(start + self.columns, 0);
        let mut shown = 0;
        for (column, figure) in figures {
            let figure = i64::try_from(figure).ok().filter(|f| f.unsigned_abs() < LARGEST.unsigned_abs());
            if let (Some(figure), true) = (figure, usize::from(column) < self.columns) {
                self.figures[start + usize::from(column)] = figure;
                shown |= 1 << column;
            }
        }
        self.lines.push(Row { shown, ..row });
    }

    /// Results are announced by a rule or a word of a total alone.
    pub(crate) fn results_are_totals(&mut self) {
        self.lines.iter_mut().for_each(|row| row.result_like = row.total_like);
    }

    fn of(&self, row: usize) -> &[i64] {
        &self.figures[row * self.columns..(row + 1) * self.columns]
    }

    fn at(&self, row: usize, column: usize) -> i64 {
        self.figures[row * self.columns + column]
    }

    fn shows(&self, row: usize, column: usize) -> bool {
        self.lines[row].shown >> column & 1 == 1
    }

    /// The columns in which a row prints a figure, those that need not add last.
    fn columns_of(&self, row: usize) -> impl Iterator<Item = usize> {
        let shown = self.lines[row].shown;
        columns(shown & !self.soft).chain(columns(shown & self.soft))
    }

    fn is_zero(&self, row: usize) -> bool {
        self.of(row).iter().all(|&v| v == 0)
    }
}

/// How many waiting lines a sum without signs may take, and one whose signs must be searched.
const MOST_PLUS: usize = 80;
const MOST_SIGNED: usize = 9;

/// Finds the sums among rows of one unit, in the order they stand.
///
/// `signs`: lines may be subtracted that do not say so; not in a balance sheet.
pub(crate) fn sums(rows: &Rows, signs: bool) -> Vec<(u32, Sum)> {
    let mut found = Vec::new();
    let mut waiting: Vec<usize> = Vec::new();
    for (total, row) in rows.lines.iter().enumerate() {
        if row.barrier {
            waiting.clear();
        }
        if let Some((parts, fit, because)) = find(rows, &waiting, total, signs) {
            waiting.truncate(waiting.len() - parts.len());
            let parts = parts.iter().map(|p| (rows.lines[p.0].line, p.1)).collect();
            let list = |bits| columns(bits).map(|column| column as u32).collect();
            found.push((row.line, Sum { parts, holds: list(fit.holds), fails: list(fit.fails), because }));
        }
        waiting.push(total);
    }
    found
}

/// A part: row index, and whether it is subtracted. The parts of a sum are always the last lines waiting.
type Part = (usize, bool);

/// In which columns, as bits, a sum holds.
#[derive(Debug, Default, Clone, Copy)]
struct Fit {
    holds: u64,
    fails: u64,
    /// Columns in which two parts or more are not zero.
    telling: u32,
    /// Holds exactly, not just within rounding, in every column.
    exact: bool,
    /// Columns in which it holds to the last digit and tells.
    exact_telling: u32,
    /// Of the columns in which it fails, those in which no part prints anything.
    blank: u64,
}

impl Fit {
    /// The same without the columns in which the total alone is printed.
    fn where_printed(self) -> Fit {
        Fit { fails: self.fails & !self.blank, ..self }
    }
}

/// The columns of a word of bits.
fn columns(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let column = bits.trailing_zeros() as usize;
        bits &= bits.checked_sub(1)?;
        Some(column)
    })
}

/// Which of the lines above a total are subtracted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pattern {
    /// None.
    Plus,
    /// Those whose labels say so, the first excepted.
    Hinted,
    /// All but the first: revenue less expenses.
    Less,
    /// The first: plan assets below the obligation, by how much they exceed it.
    Under,
}

impl Pattern {
    fn minus(self, first: bool, row: Row) -> bool {
        match self {
            Pattern::Plus => false,
            Pattern::Hinted => !first && row.minus_like,
            Pattern::Less => !first,
            Pattern::Under => first,
        }
    }
}

fn find(rows: &Rows, waiting: &[usize], total: usize, signs: bool) -> Option<(Vec<Part>, Fit, &'static str)> {
    if rows.is_zero(total) {
        return None;
    }
    let search = signs && rows.lines[total].result_like;
    let name = |because| move |(parts, fit)| (parts, fit, because);
    plain(rows, waiting, total)
        .map(name("sum of the lines above"))
        .or_else(|| failing::repeated(rows, waiting, total).map(name("the one line above, but for a slip")))
        .or_else(|| hinted(rows, waiting, total, signs).map(name("lines added and subtracted as their labels say")))
        .or_else(|| search.then(|| searched(rows, waiting, total)).flatten().map(name("signs found by search")))
        .or_else(|| failing::find(rows, waiting, total, signs))
}

/// Sums of the last one, two, three... waiting lines by a pattern. `test` sees how many lines and how they
/// fit, and says when to stop. Only sums that hold in one of the first `pivots` columns with a figure are
/// looked at in all of them: that costs one addition a line.
fn suffixes(
    rows: &Rows,
    waiting: &[usize],
    total: usize,
    pattern: Pattern,
    most: usize,
    pivots: usize,
    mut test: impl FnMut(usize, Fit) -> bool,
) {
    let mut running = [(0usize, 0i64, 0i64, 0u64); 4]; // column, target, sum, parts not zero
    let mut width = 0;
    for (slot, column) in running.iter_mut().zip(rows.columns_of(total).take(pivots)) {
        *slot = (column, rows.at(total, column), 0, 0);
        width += 1;
    }
    for (n, &w) in waiting.iter().rev().take(most).enumerate() {
        let later = pattern.minus(false, rows.lines[w]);
        let figures = rows.of(w);
        let mut holds = false;
        for (column, target, sum, nonzero) in &mut running[..width] {
            let value = figures[*column];
            *sum += if later { -value } else { value };
            *nonzero += u64::from(value != 0);
            // The running sum has the first line of a sum as a later one.
            let first = match (pattern.minus(true, rows.lines[w]), later) {
                (false, true) => *sum + 2 * value,
                (true, false) => *sum - 2 * value,
                _ => *sum,
            };
            holds |= within_rounding(first - *target, *nonzero);
        }
        if holds && test(n + 1, fit(rows, &parts(rows, waiting, pattern, n + 1), total)) {
            return;
        }
    }
}

/// n parts and a total of the same printed place may be (n + 1) / 2 units apart (STANDARDS 5.4).
fn within_rounding(gap: i64, parts: u64) -> bool {
    gap.unsigned_abs() <= parts.div_ceil(2)
}

/// The last `n` waiting lines as parts.
fn parts(rows: &Rows, waiting: &[usize], pattern: Pattern, n: usize) -> Vec<Part> {
    let lines = &waiting[waiting.len() - n..];
    lines.iter().enumerate().map(|(i, &w)| (w, pattern.minus(i == 0, rows.lines[w]))).collect()
}

/// All plus: tries every number of waiting lines, the shortest that holds everywhere first.
fn plain(rows: &Rows, waiting: &[usize], total: usize) -> Option<(Vec<Part>, Fit)> {
    let total_like = rows.lines[total].total_like;
    let big = || rows.of(total).iter().any(|v| v.abs() >= 100);
    let mut found = None;
    let mut trivial = None;
    suffixes(rows, waiting, total, Pattern::Plus, MOST_PLUS, 1, |n, fit| {
        if fit.fails != 0 || fit.holds == 0 {
            return false;
        }
        if n == 1 || fit.telling == 0 {
            // One line repeated is a total only where it says so; beside nils it needs size.
            // Large enough that two lines are not equal by accident.
            let says = if n == 1 { total_like } else { big() };
            if says && fit.exact && trivial.is_none() {
                trivial = Some((n, fit));
            }
            return false;
        }
        // Within rounding only counts where words or rules announce a total.
        let close = fit.exact || (total_like && (fit.exact_telling * 2 >= fit.telling || n >= 3));
        if close && agrees(rows, &parts(rows, waiting, Pattern::Plus, n), total, fit) {
            found = Some((n, fit));
        }
        found.is_some()
    });
    let alone = |n: usize| n == 1 || waiting[waiting.len() - n..].iter().filter(|&&w| !rows.is_zero(w)).count() == 1;
    let (n, fit) = found.or(trivial.filter(|(n, _)| alone(*n)))?;
    Some((parts(rows, waiting, Pattern::Plus, n), fit))
}

/// Signs as the labels say, and the first plus, the rest minus.
fn hinted(rows: &Rows, waiting: &[usize], total: usize, signs: bool) -> Option<(Vec<Part>, Fit)> {
    let patterns = if signs { &[Pattern::Hinted, Pattern::Less][..] } else { &[Pattern::Hinted] };
    patterns.iter().find_map(|&pattern| {
        let mut found = None;
        suffixes(rows, waiting, total, pattern, 30, 1, |n, fit| {
            let close = fit.exact || (rows.lines[total].total_like && fit.exact_telling > 0);
            let holds = n >= 2 && fit.fails == 0 && fit.telling > 0 && close;
            if holds && agrees(rows, &parts(rows, waiting, pattern, n), total, fit) {
                found = Some((n, fit));
            }
            found.is_some()
        });
        found.map(|(n, fit)| (parts(rows, waiting, pattern, n), fit))
    })
}

/// Every choice of signs over the last few lines. The more choices there are, the more columns or digits
/// must agree before one of them is no accident.
fn searched(rows: &Rows, waiting: &[usize], total: usize) -> Option<(Vec<Part>, Fit)> {
    // The first column with a figure decides most choices at once.
    let column = rows.columns_of(total).next()?;
    search(rows, waiting, total, column, MOST_SIGNED, |parts, fit| {
        fit.fails == 0 && fit.exact && no_accident(rows, parts, total, fit, 13)
    })
}

/// The choice of signs with the fewest lines, then the fewest subtracted, that makes the total in one column and
/// passes the test in all.
fn search(
    rows: &Rows,
    waiting: &[usize],
    total: usize,
    column: usize,
    most: usize,
    test: impl Fn(&[Part], &Fit) -> bool,
) -> Option<(Vec<Part>, Fit)> {
    let target = rows.at(total, column);
    for k in 2..=waiting.len().min(most) {
        let lines = &waiting[waiting.len() - k..];
        let mut values = [0i64; MOST_SIGNED];
        for (value, &w) in values.iter_mut().zip(lines) {
            *value = rows.at(w, column);
        }
        let mut sum: i64 = values.iter().sum();
        // No choice of signs changes whether the sum is even.
        if values.iter().map(|v| v.abs()).sum::<i64>() < target.abs() || (sum ^ target) & 1 != 0 {
            continue;
        }
        let mut best: Option<(Vec<Part>, Fit)> = None;
        // In Gray code one sign changes from each choice to the next, so that each costs one addition.
        let mut signs = 0u32;
        for n in 1u32..(1 << k) {
            let flipped = n.trailing_zeros() as usize;
            signs ^= 1 << flipped;
            let twice = values[flipped] * 2;
            sum += if signs >> flipped & 1 == 1 { -twice } else { twice };
            if sum != target {
                continue;
            }
            let parts: Vec<Part> = lines.iter().enumerate().map(|(n, &w)| (w, signs >> n & 1 == 1)).collect();
            if parts.iter().any(|p| p.1 && rows.is_zero(p.0)) {
                continue; // the same sum with this sign left alone
            }
            let fit = fit(rows, &parts, total);
            if test(&parts, &fit) {
                let minus = |p: &[Part]| p.iter().filter(|p| p.1).count();
                if best.as_ref().is_none_or(|(b, _)| minus(&parts) < minus(b)) {
                    best = Some((parts, fit));
                }
            }
        }
        if best.is_some() {
            return best;
        }
    }
    None
}

/// The chance that some choice of signs gives the total by accident is about choices / (size of the
/// figures) for each column; one in ten thousand is little enough.
fn no_accident(rows: &Rows, parts: &[Part], total: usize, fit: &Fit, least: u32) -> bool {
    let mut digits = 0u32;
    for c in columns(fit.holds) {
        if parts.iter().filter(|p| rows.at(p.0, c) != 0).count() < 2 {
            continue;
        }
        let printed = parts.iter().filter(|p| rows.shows(p.0, c)).map(|p| rows.at(p.0, c).unsigned_abs());
        let size = printed.min().unwrap_or(0).max(rows.at(total, c).unsigned_abs() / 10).max(1);
        digits += size.ilog2();
    }
    digits >= parts.len() as u32 + least
}

/// A sum of small figures is no accident where words or a rule announce it, or where several columns hold.
fn agrees(rows: &Rows, parts: &[Part], total: usize, fit: Fit) -> bool {
    let Row { total_like, result_like, .. } = rows.lines[total];
    let least = match (total_like, result_like) {
        (true, _) => 2,
        (_, true) => 3,
        _ => 4,
    };
    known(rows, parts, total, fit.holds) >= least
}

/// How many digits say that a sum is one, over columns in which two parts or more are not zero.
fn known(rows: &Rows, parts: &[Part], total: usize, bits: u64) -> u32 {
    let mut digits = 0;
    for column in columns(bits) {
        let values = parts.iter().map(|&(w, _)| rows.at(w, column));
        if values.clone().filter(|v| *v != 0).count() >= 2 {
            digits += telling_digits(values.chain([rows.at(total, column)]).map(i128::from));
        }
    }
    digits
}

/// How given parts fit a total.
fn fit(rows: &Rows, parts: &[Part], total: usize) -> Fit {
    let mut fit = Fit { exact: true, ..Default::default() };
    for column in columns(rows.lines[total].shown) {
        let (mut sum, mut printed, mut nonzero) = (0, false, 0);
        for &(w, minus) in parts {
            let value = rows.at(w, column);
            sum += signed(value, minus);
            printed |= rows.shows(w, column);
            nonzero += u64::from(value != 0);
        }
        let gap = rows.at(total, column) - sum;
        if printed && within_rounding(gap, nonzero) {
            fit.holds |= 1 << column;
            fit.telling += u32::from(nonzero >= 2);
            fit.exact_telling += u32::from(nonzero >= 2 && gap == 0);
            fit.exact &= gap == 0;
        } else if rows.soft >> column & 1 == 0 {
            fit.fails |= 1 << column;
            fit.blank |= u64::from(!printed) << column;
            fit.exact = false;
        }
    }
    fit
}

fn signed(value: i64, minus: bool) -> i64 {
    if minus { -value } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows from lines of figures; a label ending in `=` is total-like, one beginning with `-` minus-like.
    fn rows(text: &str) -> Rows {
        let mut rows = Rows::new(4, 0);
        for (i, line) in text.lines().map(str::trim).filter(|l| !l.is_empty()).enumerate() {
            let mut words = line.split_whitespace();
            let label = words.next().unwrap_or_default();
            let row = Row {
                line: i as u32,
                total_like: label.ends_with('='),
                minus_like: label.starts_with('-'),
                result_like: true,
                barrier: label == "other-side",
                opens: label.starts_with(':'),
                ..Row::default()
            };
            rows.push(row, (0u16..).zip(words).filter_map(|(column, w)| Some((column, w.parse().ok()?))));
        }
        rows
    }

    fn show(text: &str) -> Vec<String> {
        sums(&rows(text), true)
            .into_iter()
            .map(|(line, sum)| {
                let parts: Vec<String> =
                    sum.parts.iter().map(|(p, minus)| format!("{}{p}", if *minus { "-" } else { "+" })).collect();
                let fails = if sum.fails.is_empty() { String::new() } else { format!(" fails {:?}", sum.fails) };
                format!("{line}={}{fails}", parts.join(""))
            })
            .collect()
    }

    #[test]
    fn an_income_statement_with_subtractions() {
        let text = "sales 7539 8973\n -cost 5394 7183\n gross 2145 1790\n selling 1362 1572\n general 958 911\n research 752 1076\n
            total= 3072 3559\n operating -927 -1769\n other 87 35\n pretax -840 -1734\n tax 0 2013\n before -840 -3747\n gain 0 255\n net -840 -3492";
        assert_eq!(show(text), ["2=+0-1", "6=+3+4+5", "7=+2-6", "9=+7+8", "11=+9-10", "13=+11+12"]);
    }

    #[test]
    fn a_total_that_fails_in_one_column_is_still_known() {
        assert_eq!(show("a 120 110\n b 30 20\n c 7 5\n total= 157 163"), ["3=+0+1+2 fails [1]"]);
    }

    #[test]
    fn two_lines_and_a_slip_of_the_hand() {
        assert_eq!(show("a 1200 1110\n b 340 220\n total= 1540 1350"), ["2=+0+1 fails [1]"]);
        assert_eq!(show("a 1200 1110\n b 340 220\n total= 1540 1473"), Vec::<String>::new());
    }

    /// Plan assets are less than the obligation in one year and more in the other: the last line less the first.
    #[test]
    fn a_difference_the_other_way_round() {
        assert_eq!(show("a 27112 23789\n b 27723 22428\n total= 551 -1361"), ["2=-0+1 fails [0]"]);
        assert_eq!(show("a 27119 23789\n b 27723 22428\n total= 551 -1361"), Vec::<String>::new());
    }

    /// Nothing but digits says that the third line is the first less the second; of few digits they do not.
    #[test]
    fn a_difference_that_no_word_announces() {
        let fails = |text: &str| {
            let mut plain = rows(text);
            plain.lines.iter_mut().for_each(|row| row.result_like = false);
            sums(&plain, true).iter().map(|(line, sum)| (*line, sum.fails.clone())).collect::<Vec<_>>()
        };
        let text = "assets 30898 30264 27672\n liabilities 21533 20510 17357\n capital 9865 9754 10315";
        assert_eq!(fails(text), [(2, vec![0])]);
        assert_eq!(fails("assets 98 64 72\n liabilities 33 10 57\n capital 85 54 15"), []);
    }

    /// What the other column prints is one line and its repetition.
    #[test]
    fn one_column_off_beside_one_that_repeats() {
        assert_eq!(show("a 1046344 573000\n -b 29741 0\n total= 1016633 573000"), ["2=+0-1 fails [0]"]);
        assert_eq!(show("a 1046344 573000\n -b 29741 0\n total= 1016633 0"), Vec::<String>::new());
    }

    #[test]
    fn one_digit_from_the_lines_since_the_heading() {
        let text = "core 319839\n :now 219090\n savings 135172\n market 517766\n total= 871328";
        assert_eq!(show(text), ["4=+1+2+3 fails [0]"]);
    }

    #[test]
    fn prices_refute_nothing() {
        let mut table = rows("held 350 1250\n granted 1100 34\n lapsed -455 100\n total= 995 344");
        let fails = |table: &Rows| sums(table, true).first().map(|(_, sum)| sum.fails.clone());
        assert_eq!(fails(&table), Some(vec![1]));
        table.soft = 2;
        assert_eq!(fails(&table), Some(vec![]));
    }

    #[test]
    fn one_line_and_its_total() {
        assert_eq!(show("a 37672 14177 30496\n total= 37672 14177 30696"), ["1=+0 fails [2]"]);
        assert_eq!(show("a 37672 14177 30496\n total= 37672 14177 30515"), Vec::<String>::new());
        assert_eq!(show("a 377 177 304\n total= 377 177 306"), Vec::<String>::new());
    }

    #[test]
    fn one_digit_from_the_only_sum_there_is() {
        assert_eq!(show("a 6877\n b 2903\n c 25324\n total= 35404"), ["3=+0+1+2 fails [0]"]);
        assert_eq!(show("a 6877\n b 2903\n c 25324\n total= 35417"), Vec::<String>::new());
        assert_eq!(show("a 287\n b 290\n c 253\n total= 930"), Vec::<String>::new());
    }

    /// No word says it, but six digits agree in one column and the other is one digit away.
    #[test]
    fn digits_say_that_a_line_is_a_sum() {
        let fails = |text: &str| {
            let mut plain = rows(text);
            plain.lines.iter_mut().for_each(|row| row.result_like = false);
            sums(&plain, true).first().map(|(line, sum)| (*line, sum.fails.clone()))
        };
        assert_eq!(fails("a 168771 4413\n b 129033 3172\n c 297804 8585"), Some((2, vec![1])));
        assert_eq!(fails("a 1687 4413\n b 1290 3172\n c 2977 8585"), None);
        assert_eq!(fails("a 168771 4413\n b 129033 3172\n c 297804 8623"), None);
    }

    #[test]
    fn signs_that_hold_in_all_columns_but_one() {
        let text = "a 5 900 1 7\n rev 12345 23456 34567 45678\n cost 7111 9222 8333 6444\n other 817 926 735 644\n net 4417 13308 25499 38500";
        assert_eq!(show(text), ["4=+1-2-3 fails [3]"]);
    }

    #[test]
    fn within_rounding_needs_a_word() {
        assert_eq!(show("a 10 11\n b 20 21\n c 31 32"), Vec::<String>::new());
        assert_eq!(show("a 10 11\n b 20 21\n c 30 31\n total= 61 63"), ["3=+0+1+2"]);
    }

    #[test]
    fn accidents_are_not_sums() {
        assert_eq!(show("a 1 2\n b 2 3\n c 1 1\n d 5 7\n e 2 9"), Vec::<String>::new());
    }
}
