use crate::blame::slip;
use crate::book::{Book, Scope};
use crate::performed::{Performed, Trial};
use std::collections::BTreeMap;
use tieout_model::{Check, Fact, Period, Severity, StatementKind, Unit};

pub(crate) const CHECK: Check = Check {
    code: "DUP",
    name: "a figure printed twice agrees",
    severity: Severity::Error,
    tick: 'A',
    manual: "\
## What it checks
A concept printed for the same period, unit and entity in several tables of a document shows the same figure: \
net income in the income statement and in the cash flow statement, for one. Figures of different precision agree \
where the intervals they stand for meet.

## Why it matters
A figure is often corrected in one place only.

## Example
Net income 12,500 in the income statement, 12,500 in the cash flow statement and 12.5 in the highlights.

## When it stays silent
Between figures of different scenarios, entities or members, where a concept stands twice in the same column of \
a table, and for zeros. A difference is off only between two face statements that agree on at least one other \
figure and on at least as many as they differ in, and for a slip of the hand of more than one unit; otherwise it is open: one of them may \
be restated, or of a part. The sign is not compared: an expense is in parentheses here and not there.
",
};

/// The figures of one concept, period, unit and scope, one for each table, in file order.
pub(crate) type Group<'a> = Vec<&'a Fact>;

/// Finds the figures that stand in more than one table.
pub(crate) fn groups<'a>(book: &Book<'a>) -> Vec<Group<'a>> {
    let mut groups = Vec::new();
    let mut rest = book.all_tagged();
    while let Some(&(tag, ..)) = rest.first() {
        let (same, after) = rest.split_at(rest.partition_point(|&(other, ..)| other == tag));
        rest = after;
        if same.first().map(|s| s.1) != same.last().map(|s| s.1) {
            of_concept(book, same, &mut groups);
        }
    }
    groups
}

/// A figure with what it must share with another: period, unit and scope.
type Keyed<'a> = (Period, (u8, [u8; 3]), Scope<'a>, &'a Fact);

fn of_concept<'a>(book: &Book<'a>, lines: &[(&str, u32, u32)], groups: &mut Vec<Group<'a>>) {
    let mut facts: Vec<Keyed<'a>> = Vec::new();
    for &(_, table, line) in lines {
        for fact in book.row((table, line)) {
            let (Some(period), Some(scope)) = (fact.period, book.scope(fact)) else {
                continue;
            };
            // Cash held, in a statement of its flows: CF-BS asks of that, which knows of restricted cash.
            let held = matches!(period, Period::Instant(_))
                && book.table(fact).is_some_and(|t| t.kind == StatementKind::CashFlow);
            if !fact.aside && !fact.amount.is_zero() && scope.4.is_empty() && !held {
                facts.push((period, unit_key(fact.unit), scope, fact));
            }
        }
    }
    facts.sort_by(|a, b| (a.0, a.1, a.2, a.3.reference()).cmp(&(b.0, b.1, b.2, b.3.reference())));
    for group in facts.chunk_by(|a, b| (a.0, a.1, a.2) == (b.0, b.1, b.2)) {
        let mut once: Group<'a> = Vec::new();
        for tables in group.chunk_by(|a, b| a.3.table == b.3.table) {
            // Twice in one table: it is not known which of the two lines the concept truly names.
            if let [(.., fact)] = tables {
                once.push(fact);
            }
        }
        if once.len() > 1 {
            groups.push(once);
        }
    }
}

/// A unit as a key to sort by.
fn unit_key(unit: Unit) -> (u8, [u8; 3]) {
    match unit {
        Unit::Money(code) => (0, code),
        Unit::PerShare(code) => (1, code),
        Unit::Shares => (2, [0; 3]),
        Unit::Pure => (3, [0; 3]),
    }
}

/// Pairs of a group: its first figure on a face statement against each other.
pub(crate) fn pairs<'a>(book: &Book<'a>, group: &Group<'a>) -> Vec<(&'a Fact, &'a Fact)> {
    let face = |fact: &&&Fact| book.table(fact).is_some_and(|t| t.kind != StatementKind::Other);
    let Some(anchor) = group.iter().find(face).or(group.first()) else {
        return Vec::new();
    };
    group.iter().filter(|fact| fact.table != anchor.table).map(|fact| (*anchor, *fact)).collect()
}

pub(crate) fn run(book: &Book<'_>, groups: &[Group<'_>], out: &mut Vec<Performed>) {
    let mut trials: Vec<Trial<'_>> = Vec::new();
    let mut agree: BTreeMap<(u32, u32), (usize, usize)> = BTreeMap::new();
    for (anchor, fact) in groups.iter().flat_map(|group| pairs(book, group)) {
        // An expense may be in parentheses here and not there.
        let minus = fact.amount.is_negative() != anchor.amount.is_negative()
            && fact.amount.mantissa.saturating_abs() == anchor.amount.mantissa.saturating_abs();
        let Some(mut trial) = Trial::new(fact, vec![(anchor, minus)], 0) else {
            continue;
        };
        // With equal decimals only equal figures agree: both round the same number.
        if fact.amount.exponent == anchor.amount.exponent {
            trial.reckoned.ties = trial.reckoned.gap.is_zero();
            trial.reckoned.tolerance = Default::default();
        }
        let count = agree.entry((anchor.table, fact.table)).or_default();
        if trial.reckoned.ties {
            count.0 += 1
        } else {
            count.1 += 1
        }
        trials.push(trial);
    }
    for trial in trials {
        let Some(&(anchor, _)) = trial.parts.first() else {
            continue;
        };
        let (same, different) = agree.get(&(anchor.table, trial.total.table)).copied().unwrap_or_default();
        let face = book.plain(anchor) && book.plain(trial.total);
        // One unit apart is rounding: each statement is made to add.
        let apart = trial.total.amount.mantissa.saturating_sub(anchor.amount.mantissa).saturating_abs();
        let slipped = apart > 1 && slip(trial.total.amount.mantissa, anchor.amount.mantissa).is_some();
        let known = face && slipped && same >= 1 && same >= different;
        let because =
            format!("{} in the {}", book.figure(anchor), book.table(anchor).map_or("table", |t| t.kind.name()));
        let mut done = trial.perform(book, CHECK.code, (!known).then_some(""));
        done.tie.because = because;
        out.push(done);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{SEED, ties};

    const TABLES: &str = "\
table IS 3 2003-01-01..2003-12-31 2002-01-01..2002-12-31
Net income {#NetIncomeLoss} | 12,500 | 11,200
table CF 3 2003-01-01..2003-12-31 2002-01-01..2002-12-31
Net income {#NetIncomeLoss} | 12,500 | 11,200
table UN 6 2003-01-01..2003-12-31
Net income {#NetIncomeLoss} | 12.5
";

    #[test]
    fn stays_silent_where_they_agree() {
        let told = ties(TABLES, "DUP");
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(told.iter().all(|t| t.starts_with("ties")));
        assert!(ties(SEED, "DUP").is_empty());
    }

    #[test]
    fn fires_between_statements_and_is_open_with_highlights() {
        let told =
            ties(&TABLES.replacen("| 11,200\ntable UN", "| 11,020\ntable UN", 1).replace("| 12.5", "| 13.5"), "DUP");
        assert_eq!(told.iter().filter(|t| t.starts_with("off")).count(), 1, "{told:?}");
        assert_eq!(told.iter().filter(|t| t.starts_with("open")).count(), 1, "{told:?}");
    }
}
