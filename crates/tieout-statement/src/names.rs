//! Which concept each line is: what its label says, else what it sums, else what it balances.

use tieout_model::{Amount, Column, Fact, Line, LineRole, StatementKind, Tag};
use tieout_taxonomy::{Query, concept};

const ASSETS: &str = "us-gaap:Assets";
const BOTH_CLAIMS: &str = "us-gaap:LiabilitiesAndStockholdersEquity";

/// Gives the lines of a statement their concepts. Other tables borrow labels for parts of the whole (a
/// segment's sales, a subsidiary's assets), so that their words alone name nothing.
pub(crate) fn name(lines: &mut [Line], columns: &[Column], facts: &[Fact], kind: StatementKind) {
    if kind == StatementKind::Other {
        return;
    }
    let year = columns.iter().filter_map(|c| c.period).map(|p| p.end().year()).max();
    let mut previous = None;
    // Headings whose total has been found: a later sum under the same heading is of more than it.
    let mut closed: Vec<(usize, usize)> = Vec::new();
    for i in 0..lines.len() {
        let (label, heading) = match lines[i].role {
            LineRole::Heading => continue,
            LineRole::Total if is_bare(&lines[i].label) => match summed_heading(lines, i, &closed) {
                Some(heading) => {
                    // Of two sums under the heading of a whole side, the one that takes in the other is the side's.
                    if let Some(&(_, earlier)) = closed.iter().find(|c| c.0 == heading) {
                        lines[earlier].tag = Tag::default();
                        lines[earlier].tag_because.clear();
                    }
                    closed.push((heading, i));
                    (format!("Total {}", lines[heading].label), Some(heading))
                }
                None => continue,
            },
            _ if is_bare(&lines[i].label) => continue,
            _ => (lines[i].label.clone(), None),
        };
        let above = heading.unwrap_or(i);
        let section: Vec<&str> =
            lines[above].section.iter().filter_map(|&s| lines.get(s as usize)).map(|l| l.label.as_str()).collect();
        let total = lines[i].role == LineRole::Total;
        let query = Query { kind, label: &label, section: &section, unit: lines[i].unit, year, total, previous };
        let Some(found) = concept(&query) else { continue };
        previous = Some(found.tag);
        lines[i].tag = Tag::Borrowed(found.tag);
        lines[i].tag_because = match heading {
            Some(heading) => format!("sums all under line {}", heading + 1),
            None => found.because.to_string(),
        };
    }
    if kind == StatementKind::BalanceSheet {
        balance(lines, facts);
    }
}

/// No words, or none that say of what.
fn is_bare(label: &str) -> bool {
    label.trim().is_empty()
        || label.trim_end_matches(':').eq_ignore_ascii_case("total")
        || label.eq_ignore_ascii_case("totals")
}

/// The heading all of whose lines a total sums, and no others.
fn summed_heading(lines: &[Line], total: usize, closed: &[(usize, usize)]) -> Option<usize> {
    let sum = lines[total].sum.as_ref()?;
    let first = sum.parts.first()?.0 as usize;
    // Headings over the first part, innermost first; the last that covers every part is the one.
    let covers = |h: u32| sum.parts.iter().all(|&(p, _)| lines.get(p as usize).is_some_and(|l| l.section.contains(&h)));
    let heading = *lines.get(first)?.section.iter().rev().find(|&&h| covers(h))?;
    if let Some(&(_, earlier)) = closed.iter().find(|c| c.0 == heading as usize) {
        let side = crate::lines::is_side(&crate::lines::key(&lines[heading as usize].label.to_lowercase()));
        if !side || !sum.parts.iter().any(|&(p, _)| p as usize == earlier) {
            return None;
        }
    }
    let inside = |l: &Line| l.section.contains(&heading);
    // What stands under the heading and above the total is a part, or a part of a part.
    let consumed = |i: u32| -> bool {
        sum.parts.iter().any(|&(p, _)| p == i)
            || lines
                .iter()
                .take(total)
                .any(|l| inside(l) && l.sum.as_ref().is_some_and(|s| s.parts.iter().any(|&(p, _)| p == i)))
    };
    let all = (heading + 1..total as u32).all(|i| {
        let line = &lines[i as usize];
        line.role == LineRole::Heading || !inside(line) || consumed(i)
    });
    all.then_some(heading as usize)
}

/// Total assets, and liabilities and equity together, are often printed without words. Two totals that are
/// equal in every column, with both sides' lines between them, are these.
fn balance(lines: &mut [Line], facts: &[Fact]) {
    let figures =
        |line: usize| facts.iter().filter(move |f| f.line as usize == line && !f.aside).map(|f| (f.col, f.amount));
    let named = |tag: &str| (0..lines.len()).filter(|&i| lines[i].tag == tag).collect::<Vec<_>>();
    let (assets, claims) = (named(ASSETS), named(BOTH_CLAIMS));
    if !assets.is_empty() && !claims.is_empty() {
        // "Total assets" of each of two businesses, and below them the total of both without words.
        let most = |of: &[usize]| of.iter().flat_map(|&i| figures(i)).map(|f| f.1.mantissa).max();
        if assets.len() < 2 || most(&assets) >= most(&claims) {
            return;
        }
    }
    let is_assets = |i: usize| {
        lines[i].tag == ASSETS
            || (lines[i].tag.is_empty()
                && (is_bare(&lines[i].label) || lines[i].label.to_ascii_lowercase().contains("total")))
    };
    // Whatever its words: what equals total assets, well below it, is the other side, which a caption cut
    // short ("... and stockholders' equity") or a line set above it may have misnamed.
    let misnamed = [
        "us-gaap:StockholdersEquity",
        "us-gaap:CommitmentsAndContingencies",
        "us-gaap:CapitalizationLongtermDebtAndEquity",
    ];
    let may_balance =
        |i: usize| lines[i].tag.is_empty() || lines[i].tag == BOTH_CLAIMS || misnamed.contains(&lines[i].tag.as_ref());
    let totals: Vec<usize> = (0..lines.len()).filter(|&i| figures(i).any(|(_, a)| !a.is_zero())).collect();
    let mut found = None;
    for (n, &first) in totals.iter().enumerate().filter(|&(_, &i)| is_assets(i)) {
        // Two lines further at least: a total repeated is not the other side.
        for &second in totals.iter().skip(n + 3).filter(|&&i| may_balance(i)) {
            // Within a unit in one column, if equal in another: the checks say more of that.
            let near = |a: Amount, b: Amount| a.exponent == b.exponent && a.mantissa.abs_diff(b.mantissa) <= 1;
            let pairs = || figures(first).zip(figures(second));
            let same = figures(first).count() == figures(second).count()
                && pairs().all(|(a, b)| a.0 == b.0 && (a.1.same_value(b.1) || near(a.1, b.1)))
                && pairs().any(|(a, b)| a.1.same_value(b.1));
            let large = figures(first).any(|(_, a)| a.mantissa.unsigned_abs() >= 100);
            if same && large {
                found = Some((first, second));
            }
        }
    }
    let Some((first, second)) = found else { return };
    for i in assets.into_iter().filter(|&i| i != first) {
        lines[i].tag = Tag::default();
        lines[i].tag_because.clear();
    }
    for (line, other, tag) in [(first, second, ASSETS), (second, first, BOTH_CLAIMS)] {
        if lines[line].tag != tag {
            lines[line].tag = Tag::Borrowed(tag);
            lines[line].tag_because = format!("equals line {} on the other side", other + 1);
        }
    }
}
