use crate::blame::slip;
use crate::book::{Book, Place, concept};
use crate::performed::{Performed, figure_tie};
use crate::reckon::{self, Reckoned};
use crate::words::{AnyOf, Flavour, component, flavour, has, has_any};
use std::collections::BTreeMap;
use tieout_model::{Amount, Check, Fact, Interval, Line, Ratio, Severity, Table, Unit, Verdict};

pub(crate) const CHECK: Check = Check {
    code: "EPS",
    name: "per-share figure recomputes",
    severity: Severity::Error,
    tick: 'R',
    manual: "\
## What it checks
Each per-share figure of income is that income divided by the weighted average shares. Income, shares and the \
per-share figure each stand for everything that rounds to them, both ends included; the figure ties if some \
income over some number of shares rounds to it. A line finds its income by its words: the line \"before \
extraordinary gain\" is divided from the income before extraordinary gain. Income to common stock, or net income \
less preferred dividends, is tried before net income; basic figures take basic shares, diluted ones diluted. The rule is that of DQC 0130 and 0227.

## Why it matters
Earnings per share is the most quoted figure of a release and is computed from figures the reader cannot see in \
full. Parts are often made to add: 3,747 over 7,861 thousand shares is .48, and .47 was printed so that a loss of \
.47 and a gain of .03 make a loss of .44.

## Example
840 over 7,853 thousand shares is .107: a loss of .11 ties.

## When it stays silent
Where income or shares are not printed in the same table. A figure that does not recompute is off only where \
the same line does in at least as many other columns, and only if it is within one of the last digit or a slip of \
the hand in another digit away; otherwise income or shares may be others than those printed, and it is open. A diluted figure a little higher than computed is open \
too: income added back for convertible securities is not shown. So is a figure a little lower than net income gives: \
preferred dividends, or the part of unvested stock, may have been taken out and not be printed.
",
};

/// Money lines by their component, and weighted shares, of one table.
struct Basis {
    income: BTreeMap<String, Vec<Place>>,
    preferred: Option<Place>,
    shares: Vec<(Place, Flavour)>,
    /// Other lines of shares: equivalents, and totals with them. A figure may be computed from one of these.
    more: Vec<Place>,
}

/// A recomputation of one figure: the tie, what it was computed from, and the shares used.
struct Attempt<'a> {
    reckoned: Reckoned,
    range: Interval,
    income: &'a Fact,
    shares: &'a Fact,
    less: Option<&'a Fact>,
    /// Shares are added to the weighted ones in this column, and their total was not found.
    added: bool,
}

pub(crate) fn run(book: &Book<'_>, out: &mut Vec<Performed>) {
    for (t, table) in book.tables.iter().enumerate() {
        let per_share = |line: &Line| matches!(line.unit, Unit::PerShare(_));
        if table.lines.iter().any(per_share) && table.lines.iter().any(|line| line.unit == Unit::Shares) {
            check(book, t as u32, table, out);
        }
    }
}

fn check(book: &Book<'_>, t: u32, table: &Table, out: &mut Vec<Performed>) {
    let basis = basis(t, table);
    if basis.shares.is_empty() {
        return;
    }
    let mut tried: Vec<(&Fact, Attempt<'_>)> = Vec::new();
    for (l, line) in table.lines.iter().enumerate() {
        if !matches!(line.unit, Unit::PerShare(_)) || foreign(line) {
            continue;
        }
        let flavour = flavour(labels(table, line));
        let of = income_of(table, line);
        let Some(incomes) = basis.income.get(&of) else {
            continue;
        };
        for fact in book.row((t, l as u32)).iter().filter(|f| !f.aside) {
            if let Some(attempt) = best(book, &basis, incomes, whole(&of), flavour, fact) {
                tried.push((fact, attempt));
            }
        }
    }
    report(book, tried, out);
}

/// Lines per share that no income is divided for.
fn foreign(line: &Line) -> bool {
    static FOREIGN: AnyOf = AnyOf::new(&[
        "dividend",
        "book value",
        "par value",
        "price",
        "distribution",
        "market",
        "pro forma",
        "adjusted",
    ]);
    FOREIGN.within(&line.label)
}

/// Income that preferred dividends come out of; not so a single gain or effect.
fn whole(of: &str) -> bool {
    of.is_empty() || has_any(of, &["before", "continuing"])
}

fn labels<'a>(table: &'a Table, line: &'a Line) -> impl Iterator<Item = &'a str> {
    let headings = line.section.iter().rev().filter_map(|&h| table.lines.get(h as usize)).map(|h| h.label.as_str());
    std::iter::once(line.label.as_str()).chain(headings)
}

/// The income a per-share line is of: its own words, or those of its heading where it has none ("Basic"
/// under "Income per share from continuing operations").
fn income_of(table: &Table, line: &Line) -> String {
    static EARNED: AnyOf = AnyOf::new(&["income", "earning", "loss", "profit"]);
    let own = component(&line.label);
    let bare = !EARNED.within(&line.label);
    match line.section.last().and_then(|&h| table.lines.get(h as usize)) {
        Some(heading) if own.is_empty() && bare => component(&heading.label),
        _ => own,
    }
}

fn basis(t: u32, table: &Table) -> Basis {
    static NET: AnyOf = AnyOf::new(&["net", "common", "holders"]);
    static WEIGHTED: AnyOf = AnyOf::new(&["weighted", "average"]);
    let mut basis = Basis { income: BTreeMap::new(), preferred: None, shares: Vec::new(), more: Vec::new() };
    for (l, line) in table.lines.iter().enumerate() {
        let place = (t, l as u32);
        match line.unit {
            Unit::Money(_) if has(&line.label, "preferred") && has(&line.label, "dividend") => {
                basis.preferred = Some(place)
            }
            Unit::Money(_) if basis.more.len() < 8 && counts_shares(&line.label) => basis.more.push(place),
            Unit::Money(_) => {
                let of = component(&line.label);
                let net = !of.is_empty() || NET.within(&line.label) || concept(line).starts_with("NetIncomeLoss");
                if net && !line.label.is_empty() {
                    let lines = basis.income.entry(of).or_default();
                    if lines.len() < 6 {
                        lines.push(place);
                    }
                }
            }
            Unit::Shares if basis.shares.len() < 8 => {
                let weighted = labels(table, line).any(|l| WEIGHTED.within(l));
                if weighted || concept(line).starts_with("WeightedAverage") || has(&line.label, "dilut") {
                    basis.shares.push((place, flavour(labels(table, line))));
                } else if basis.more.len() < 8 {
                    basis.more.push(place);
                }
            }
            _ => {}
        }
    }
    basis
}

/// "Dilutive effect of options", "Common stock and equivalents": shares, though the line does not say so.
fn counts_shares(label: &str) -> bool {
    static COUNTED: AnyOf = AnyOf::new(&["dilutive", "equivalents"]);
    COUNTED.within(label) && !has(label, "cash")
}

/// The first recomputation that ties, or the nearest where none does. Income to common stock stands below
/// net income and comes first; shares that are not called weighted come last and only count where they tie.
fn best<'a>(
    book: &Book<'a>,
    basis: &Basis,
    incomes: &[Place],
    whole: bool,
    flavour: Flavour,
    fact: &Fact,
) -> Option<Attempt<'a>> {
    let mut nearest: Option<Attempt<'a>> = None;
    let matching = |f: Flavour| basis.shares.iter().any(|&(_, other)| other == f);
    let skipped = |of: Flavour| {
        let other = flavour != Flavour::Either && of != flavour;
        other && (matching(flavour) || of != Flavour::Either && matching(Flavour::Either))
    };
    let weighted = basis.shares.iter().filter(|&&(_, of)| !skipped(of)).map(|&(place, _)| (place, true));
    for (shares, weighted) in weighted.chain(basis.more.iter().map(|&place| (place, false))) {
        let Some(shares) = book.cell(shares, fact.col) else {
            continue;
        };
        for &income in incomes.iter().rev() {
            let Some(income) = book.cell(income, fact.col) else {
                continue;
            };
            let preferred = basis.preferred.filter(|_| whole).and_then(|p| book.cell(p, fact.col));
            for less in [preferred, None] {
                let Some(attempt) = divide(fact, income, less, shares) else {
                    continue;
                };
                if attempt.reckoned.ties {
                    return Some(attempt);
                }
                let nearer =
                    nearest.as_ref().is_none_or(|n| attempt.reckoned.gap.abs().ratio() < n.reckoned.gap.abs().ratio());
                if weighted && nearer {
                    nearest = Some(attempt);
                }
                if preferred.is_none() {
                    break;
                }
            }
        }
    }
    let added = basis.more.iter().any(|&place| book.cell(place, fact.col).is_some_and(|f| !f.amount.is_zero()));
    nearest.map(|attempt| Attempt { added, ..attempt })
}

/// Income, less preferred dividends, over shares. The sign is the printed one: a loss per share is often
/// printed without parentheses under a caption that says loss.
fn divide<'a>(fact: &Fact, income: &'a Fact, less: Option<&'a Fact>, shares: &'a Fact) -> Option<Attempt<'a>> {
    let mut top = income.amount.interval()?;
    let mut centre = income.amount.ratio()?;
    if let Some(less) = less {
        top = top.sub(less.amount.interval()?.abs())?;
        centre = centre.sub(less.amount.ratio()?.abs())?;
    }
    let mut range = top.div(shares.amount.interval()?)?;
    centre = centre.div(shares.amount.ratio()?)?;
    if fact.amount.is_negative() != (centre.signum() < 0) && !fact.amount.is_zero() {
        (range, centre) = (range.neg(), centre.neg());
    }
    let reckoned = reckon::image(fact.amount, centre, range)?;
    Some(Attempt { reckoned, range, income, shares, less, added: false })
}

fn report(book: &Book<'_>, tried: Vec<(&Fact, Attempt<'_>)>, out: &mut Vec<Performed>) {
    // For each line, in how many columns it recomputes and in how many it does not. Zero over anything is
    // zero: such a column does not show that income and shares are the right ones.
    let mut lines: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    for (fact, attempt) in &tried {
        let count = lines.entry(fact.line).or_default();
        match attempt.reckoned.ties {
            true if fact.amount.mantissa.saturating_abs() >= 2 => count.0 += 1,
            true => {}
            false => count.1 += 1,
        }
    }
    for (fact, attempt) in &tried {
        let (holds, fails) = lines.get(&fact.line).copied().unwrap_or_default();
        let far = fact.amount.mantissa.abs_diff(attempt.reckoned.computed.mantissa) > 1;
        // Two lines of a column that are out by more than rounding share a cause that is not printed.
        let shared =
            far && tried.iter().any(|(other, a)| other.col == fact.col && other.line != fact.line && !a.reckoned.ties);
        // Where the line holds in every other column of a face statement, and there are three, what is not
        // printed (preferred dividends, a pooling) is no likely cause; two cents are a misprint then too.
        let lone = fails == 1
            && holds >= 3
            && book.plain(fact)
            && fact.amount.mantissa.abs_diff(attempt.reckoned.computed.mantissa) <= 2;
        let proven = holds >= 1
            && holds >= fails
            && (lone || near(fact, attempt))
            && !attempt.added
            && !shared
            && !added_back(book, fact, attempt)
            && !taken_out(book, fact, attempt);
        let verdict = match attempt.reckoned.ties {
            true => Verdict::Ties,
            false if proven => Verdict::Off,
            false => Verdict::Open,
        };
        out.push(perform(book, fact, attempt, verdict));
    }
}

/// One of the last digit, or a slip of the hand in another: anything else is another income or other shares
/// than those of the table (preferred dividends, a pooling, a split).
fn near(fact: &Fact, attempt: &Attempt<'_>) -> bool {
    let (printed, computed) = (fact.amount.mantissa, attempt.reckoned.computed.mantissa);
    printed.abs_diff(computed) <= 1 || (printed / 10 != computed / 10 && slip(printed, computed).is_some())
}

/// A diluted figure up to a tenth above income over shares: interest or dividends on convertible securities
/// may have been added back to income.
fn added_back(book: &Book<'_>, fact: &Fact, attempt: &Attempt<'_>) -> bool {
    let Some((table, line)) = book.table(fact).zip(book.line((fact.table, fact.line))) else {
        return true;
    };
    let up = fact.amount.mantissa.saturating_sub(attempt.reckoned.computed.mantissa);
    flavour(labels(table, line)) == Flavour::Diluted
        && up > 0
        && up.saturating_mul(10) <= fact.amount.mantissa.saturating_abs()
}

/// A figure up to a thirtieth below what net income gives: preferred dividends, or the share of income that
/// goes to unvested stock (the two-class method), may have been taken out of income without being printed
/// (E. I. du Pont, 0000030554-15-000018, prints 1.13 where net income gives 1.14). Not so where the income
/// line says that it is what is left for common stock.
fn taken_out(book: &Book<'_>, fact: &Fact, attempt: &Attempt<'_>) -> bool {
    let left = ["common", "applicable", "available"];
    if attempt.less.is_some() || has_any(book.name(attempt.income), &left) {
        return false;
    }
    let size = |amount: Amount| amount.mantissa.saturating_abs();
    let (printed, computed) = (size(fact.amount), size(attempt.reckoned.computed));
    // What is taken out makes a profit smaller and a loss larger.
    let down = if attempt.income.amount.is_negative() { printed - computed } else { computed - printed };
    down > 0 && (down == 1 || down.saturating_mul(30) <= computed)
}

fn perform(book: &Book<'_>, fact: &Fact, attempt: &Attempt<'_>, verdict: Verdict) -> Performed {
    let income = match attempt.less {
        Some(less) => format!("({} - {})", book.figure(attempt.income), book.figure_like(less, less.amount.abs())),
        None => book.figure(attempt.income),
    };
    let fine = fact.amount.exponent.saturating_sub(3);
    let centre = crate::say::range(attempt.range, fine);
    let because = format!("{income} / {} shares = {centre}", book.figure(attempt.shares));
    let mut parts = vec![attempt.income];
    parts.extend(attempt.less);
    parts.push(attempt.shares);
    let mut done = figure_tie(book, CHECK.code, verdict, fact, Some(attempt.reckoned), &parts, because);
    if verdict == Verdict::Ties && !fact.amount.is_zero() {
        done.proves.push(fact.reference());
    }
    if verdict == Verdict::Off && forced(book, fact, attempt.reckoned.computed) {
        done.help = "consistent with forced additivity: as printed the per-share parts add, recomputed they would not"
            .to_owned();
    }
    done
}

/// As printed the figure makes a per-share sum of its column hold exactly, and recomputed it would not.
fn forced(book: &Book<'_>, fact: &Fact, computed: Amount) -> bool {
    let Some(table) = book.table(fact) else {
        return false;
    };
    table.lines.iter().enumerate().any(|(l, line)| {
        let Some(sum) = line.sum.as_ref().filter(|_| matches!(line.unit, Unit::PerShare(_))) else {
            return false;
        };
        let own = l as u32 == fact.line;
        if !own && !sum.parts.iter().any(|&(part, _)| part == fact.line) {
            return false;
        }
        let value = |line: u32, changed: bool| {
            let amount =
                if changed && line == fact.line { computed } else { book.cell((fact.table, line), fact.col)?.amount };
            amount.ratio()
        };
        let gap = |changed: bool| {
            let start = value(l as u32, changed)?;
            sum.parts.iter().try_fold(start, |rest, &(part, minus)| {
                let value = value(part, changed).unwrap_or(Ratio::ZERO);
                if minus { rest.add(value) } else { rest.sub(value) }
            })
        };
        gap(false) == Some(Ratio::ZERO) && gap(true).is_some_and(|g| g != Ratio::ZERO)
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::{SEED, checked, ties};
    use tieout_model::Verdict;

    /// The seed's one exception, and that it is told as what it is.
    #[test]
    fn fires_on_the_part_that_was_made_to_add() {
        let report = checked(SEED, Vec::new());
        let off: Vec<_> = report.ties.iter().filter(|t| t.verdict == Verdict::Off).collect();
        assert_eq!(off.len(), 1, "{off:#?}");
        assert_eq!(off[0].subject, "Earnings (loss) per share before extraordinary gain, 2002-01-01..2002-03-31");
        assert_eq!(off[0].printed.to_string(), "-0.47");
        assert_eq!(off[0].computed.unwrap().to_string(), "-0.48");
        assert_eq!(off[0].because, "(3,747) / 7,861 shares = -0.47675 to -0.47656");
        let finding = report.findings.iter().find(|f| f.code == "EPS").unwrap();
        assert!(finding.help.starts_with("consistent with forced additivity"), "{}", finding.help);
    }

    #[test]
    fn stays_silent_on_the_rest_of_the_seed() {
        let told = ties(SEED, "EPS");
        assert_eq!(told.len(), 6, "{told:#?}");
        assert_eq!(told.iter().filter(|t| t.starts_with("ties")).count(), 5);
    }

    const CLASSES: &str = "\
table IS 3 2003-01-01..2003-12-31 2002-01-01..2002-12-31
Net income {#NetIncomeLoss} | 12,500 | 10,000
Preferred dividends | 500 | 500
Net income per share
  Basic {per} | 1.20 | .95
  Diluted {per} | 1.14 | .90
Weighted average shares
  Basic {shares} | 10,000 | 10,000
  Diluted {shares} | 10,500 | 10,500
";

    #[test]
    fn basic_and_diluted_take_their_own_shares_and_preferred_dividends() {
        let told = ties(CLASSES, "EPS");
        assert_eq!(told.iter().filter(|t| t.starts_with("ties")).count(), 4, "{told:#?}");
        assert!(told[0].contains("(12,500 - 500) / 10,000 shares"));
    }

    /// .94 where .95 is computed may be after preferred dividends that are not printed; .96 may not, nor may
    /// .94 of income that is said to be left for common stock.
    #[test]
    fn a_little_less_is_open_unless_income_is_that_of_common_stock() {
        let table = |label: &str, per: &str| {
            format!(
                "table IS 3 2003-01-01..2003-12-31 2002-01-01..2002-12-31\n{label} {{#NetIncomeLoss}} | 12,500 | 9,500\n\
                 Net income per share {{per}} | 1.25 | {per}\nWeighted average shares {{shares}} | 10,000 | 10,000\n"
            )
        };
        let last = |label: &str, per: &str| ties(&table(label, per), "EPS").pop().unwrap();
        assert!(last("Net income", ".94").starts_with("open"), "{}", last("Net income", ".94"));
        assert!(last("Net income", ".96").starts_with("off"));
        assert!(last("Net income available to common stock", ".94").starts_with("off"));
    }

    /// Microsoft, September 30, 2007: the line with the dilutive shares says nothing of shares.
    #[test]
    fn shares_with_dilutive_ones_are_found_by_their_words() {
        let table = "table UN 6 2007-07-01..2007-09-30 2006-07-01..2006-09-30\nNet income for common stock | 4,289 | 3,478\n\
                     Weighted average shares {shares} | 9,380 | 9,929\nDilutive effect of options | 133 | 81\n\
                     Common stock and equivalents | 9,513 | 10,010\nEarnings per share\n  Basic {per} | .46 | .35\n\
                     \u{20} Diluted {per} | .45 | .35\n";
        assert!(ties(table, "EPS").iter().all(|t| t.starts_with("ties")), "{:#?}", ties(table, "EPS"));
    }

    #[test]
    fn open_where_nothing_shows_that_the_shares_are_right() {
        let one = "table IS 3 2003-01-01..2003-12-31\nNet income | 12,500\nNet income per share {per} | 2.20\nWeighted average shares {shares} | 10,000\n";
        assert!(ties(one, "EPS")[0].starts_with("open"));
    }
}
