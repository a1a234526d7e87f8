//! The part of HDR that is about dates: one heading twice over, and headings the text contradicts.

use crate::book::Book;
use crate::performed::{Performed, figure_tie};
use std::collections::BTreeMap;
use tieout_model::{Claim, ColumnRole, Date, Fact, Period, StatementKind, Table, Verdict};

/// Figures of the text that must tie to a column against its heading before the heading is held to be wrong.
const ENOUGH: usize = 3;

/// Two columns of a face statement under the same printed date, with nothing to tell them apart and different
/// figures in most rows.
pub(crate) fn twice(book: &Book<'_>, code: &'static str, out: &mut Vec<Performed>) {
    for (t, table) in book.tables.iter().enumerate().filter(|(_, t)| plain(t)) {
        let Some((a, b)) = twins(table).filter(|&pair| printed_twice(book, t as u32, table, pair)) else {
            continue;
        };
        let (mut same, mut differ) = (0, None);
        let mut apart = 0;
        for l in 0..table.lines.len() as u32 {
            let (Some(x), Some(y)) = (book.cell((t as u32, l), a), book.cell((t as u32, l), b)) else {
                continue;
            };
            if x.amount.is_zero() && y.amount.is_zero() {
                continue;
            }
            if x.amount == y.amount {
                same += 1;
            } else {
                apart += 1;
                differ.get_or_insert((x, y));
            }
        }
        let Some((x, y)) = differ.filter(|_| apart >= 5 && apart > 2 * same) else {
            continue;
        };
        let period = table.columns.get(a as usize).and_then(|c| c.period);
        let because = format!(
            "two columns are headed {}, and {apart} figures differ",
            period.map(|p| p.to_string()).unwrap_or_default()
        );
        let mut done = figure_tie(book, code, Verdict::Off, y, None, &[x], because);
        done.tie.blames.clear();
        done.help = match period.and_then(|p| other_date(table, p.end())) {
            Some(date) => {
                format!("one heading is likely misprinted: {date} stands in a line of the table")
            }
            None => "one of the two headings is likely misprinted".to_owned(),
        };
        out.push(done);
    }
}

fn plain(table: &Table) -> bool {
    matches!(table.kind, StatementKind::BalanceSheet | StatementKind::Income | StatementKind::CashFlow)
        && table.scenario.is_empty()
        && table.columns.len() <= 6
}

/// Two columns with the same printed heading and the same period, where no third has it.
fn twins(table: &Table) -> Option<(u32, u32)> {
    let key = |c: &tieout_model::Column| {
        let words =
            c.heading.bytes().filter(u8::is_ascii_alphanumeric).map(|b| b.to_ascii_lowercase()).collect::<Vec<u8>>();
        let dated =
            words.windows(4).any(|w| w.iter().all(u8::is_ascii_digit)) && words.iter().any(u8::is_ascii_alphabetic);
        let own = c.role == ColumnRole::Period && c.member.is_empty() && c.scenario.is_empty();
        (dated && own).then_some((c.period?, words))
    };
    let keys: Vec<_> = table.columns.iter().map(key).collect();
    let mut found = None;
    for (i, a) in keys.iter().enumerate() {
        for (j, b) in keys.iter().enumerate().skip(i + 1) {
            if a.is_some() && a == b {
                if found.is_some() {
                    return None;
                }
                found = Some((i as u32, j as u32));
            }
        }
    }
    found
}

/// A line of the header prints a year over every column, those two the same and no other twice: otherwise one
/// heading stands over several columns that are told apart below it.
fn printed_twice(book: &Book<'_>, t: u32, table: &Table, (a, b): (u32, u32)) -> bool {
    let Some(first) = (0..table.lines.len() as u32).find_map(|l| book.row((t, l)).first()) else {
        return false;
    };
    let start = table.span.start.max(first.span.start.saturating_sub(2_000));
    let header = book.source.slice(tieout_source::Span { start, end: first.span.start });
    header.split(|&b| b == b'\n').any(|line| {
        let years: Vec<&[u8]> = line
            .split(|b| !b.is_ascii_alphanumeric())
            .filter(|w| w.len() == 4 && w.iter().all(u8::is_ascii_digit))
            .collect();
        let pairs =
            years.iter().enumerate().map(|(i, x)| years.iter().skip(i + 1).filter(|y| *y == x).count()).sum::<usize>();
        years.len() == table.columns.len() && pairs == 1 && years.get(a as usize) == years.get(b as usize)
    })
}

/// Another date that the labels of a table name, as "at January 31, 2000" in the line of common stock.
fn other_date(table: &Table, than: Date) -> Option<Date> {
    let mut found = None;
    for line in table.lines.iter().filter(|l| l.label.len() < 600) {
        let words: Vec<&str> =
            line.label.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).collect();
        for three in words.windows(3) {
            let [month, day, year] = three else { continue };
            let month = (1..).zip(crate::words::MONTHS).find(|(_, name)| name.eq_ignore_ascii_case(month));
            let date = month.and_then(|(m, _)| Date::new(year.parse().ok()?, m, day.parse().ok()?).ok());
            if let Some(date) = date.filter(|&d| d != than) {
                if found.is_some_and(|f| f != date) {
                    return None;
                }
                found = Some(date);
            }
        }
    }
    found
}

/// Columns whose heading the text contradicts: several figures that the text gives for a period of another
/// length stand in one column, and no column has the length the text names.
pub(crate) fn contradicted(book: &Book<'_>, claims: &[Claim], code: &'static str, out: &mut Vec<Performed>) {
    let mut columns: BTreeMap<(u32, i32, i32), Vec<&Fact>> = BTreeMap::new();
    for claim in claims.iter().filter(|c| c.verdict == Verdict::Ties) {
        let Some(Period::Duration(_, end)) = claim.period else {
            continue;
        };
        let support = || claim.support.iter().filter_map(|&at| book.fact(at));
        // Where a figure of the period itself carries the claim, another of another length is a second witness.
        if support()
            .any(|fact| fact.period.is_some_and(|have| Some(have.quarters()) == claim.period.map(|p| p.quarters())))
        {
            continue;
        }
        for fact in support() {
            let (Some(want), Some(have)) = (claim.period, fact.period) else {
                continue;
            };
            let other = have.start().is_some() && have.end() == end && have.quarters() != want.quarters();
            if other && fact.amount.mantissa.saturating_abs() >= 10 {
                columns.entry((fact.table, want.quarters(), have.quarters())).or_default().push(fact);
            }
        }
    }
    for ((_, want, have), mut facts) in columns {
        facts.sort_by_key(|f| f.reference());
        facts.dedup_by_key(|f| f.reference());
        let Some(first) = facts.first().filter(|_| facts.len() >= ENOUGH) else {
            continue;
        };
        let because = format!(
            "the heading says {} months, the text says {}, and {} figures of the text stand here",
            have * 3,
            want * 3,
            facts.len()
        );
        let mut done = figure_tie(book, code, Verdict::Off, first, None, facts.get(1..).unwrap_or_default(), because);
        done.tie.blames.clear();
        done.help = "heading or text is likely misprinted; no figure is".to_owned();
        out.push(done);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{checked, claim};
    use tieout_model::{Amount, ClaimKind, Verdict};

    const SHEET: &str = "\
        2000        2000
table BS 3 2000-07-31 2000-07-31
Cash | 8,973 | 25,558
Receivables | 13,895 | 16,193
Notes | 1,849 | 7,222
Goodwill | 3,419 | 3,681
Other | 2,160 | 2,454
Common stock, 372 shares at July 31, 2000 and at January 31, 2000 | 372 | 320
";

    #[test]
    fn one_date_twice() {
        let mut report = crate::testing::report(SHEET);
        report.tables[0].span.start = 0;
        for column in &mut report.tables[0].columns {
            column.heading = "JULY 31, 2000".to_owned();
        }
        crate::check(&mut report, &tieout_source::Source::new("case", SHEET.as_bytes()));
        let off: Vec<_> = report.ties.iter().filter(|t| t.code == "HDR" && t.verdict == Verdict::Off).collect();
        assert_eq!(off.len(), 1);
        let finding = report.findings.iter().find(|f| f.code == "HDR").unwrap();
        assert!(finding.help.contains("2000-01-31"), "{}", finding.help);
        assert!(checked(SHEET, Vec::new()).ties.iter().all(|t| t.code != "HDR"));
    }

    #[test]
    fn months_against_the_text() {
        let text = "\
table IS 3 1999-11-01..2000-07-31
Revenues {#Revenues} | 51,448
Operating costs {#CostsAndExpenses} | 69,272
Net loss {#NetIncomeLoss} | (22,149)
";
        let six = |subject: &str, millions: i128| {
            claim(ClaimKind::Amount, subject, Amount::new(millions, 6), "2000-02-01..2000-07-31")
        };
        let claims = vec![six("revenues", 51), six("operating costs", 69), six("net loss", -22)];
        let report = checked(text, claims);
        assert!(report.claims.iter().all(|c| c.verdict == Verdict::Ties), "{:#?}", report.claims);
        let off: Vec<_> = report.ties.iter().filter(|t| t.code == "HDR").collect();
        assert_eq!(off.len(), 1);
        assert!(off[0].because.starts_with("the heading says 9 months, the text says 6"));
        assert!(checked(text, vec![six("revenues", 51)]).ties.iter().all(|t| t.code != "HDR"));
    }
}
