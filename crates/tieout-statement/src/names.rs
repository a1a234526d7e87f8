//! Which concept each line is: what its label says, else what it sums, else what it balances.

use std::borrow::Cow;
use tieout_model::{Amount, Fact, Line, LineRole, StatementKind, Table, Tag};
use tieout_taxonomy::{Found, Query, concept, tagger};

const ASSETS: &str = "us-gaap:Assets";
const BOTH_CLAIMS: &str = "us-gaap:LiabilitiesAndStockholdersEquity";

/// Gives the lines of a document's statements their concepts: first what the label tables say of each line, then
/// the tags of each statement's lines together, for which all statements of the document are evidence. `facts` are
/// those of all tables, in their order; `first` is the number of the first table; `minority` where some table of
/// the document knows of owners of a part. Other tables borrow labels for parts of the whole (a segment's sales, a
/// subsidiary's assets), so that their words alone name nothing.
pub(crate) fn name(tables: &mut [Table], facts: &[Fact], first: u32, minority: bool) {
    let found: Vec<Vec<Option<Found>>> = tables.iter().map(look_up).collect();
    let mut document: Vec<&'static str> = found.iter().flatten().flatten().map(|f| f.tag).collect();
    document.sort_unstable();
    document.dedup();
    let mut rest = facts;
    for ((table, found), index) in tables.iter_mut().zip(&found).zip(first..) {
        let (mine, more) = rest.split_at(rest.partition_point(|f| f.table <= index));
        rest = more;
        if table.kind != StatementKind::Other {
            name_lines(table, mine, found, minority, &document);
        }
    }
}

/// The year a statement is for.
fn year(table: &Table) -> Option<i16> {
    table.columns.iter().filter_map(|c| c.period).map(|p| p.end().year()).max()
}

fn name_lines(table: &mut Table, facts: &[Fact], found: &[Option<Found>], minority: bool, document: &[&'static str]) {
    let (kind, year, lines) = (table.kind, year(table), &mut table.lines);
    let named = labels(lines);
    let signs = signs(lines.len(), facts);
    let mut heading = "";
    let mut asked = Vec::new();
    let mut seen = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        match &named[i] {
            _ if line.role == LineRole::Heading => heading = &line.label,
            None => {}
            Some(name) => {
                asked.push(i);
                seen.push(tagger::Line {
                    label: &name.label,
                    heading,
                    unit: line.unit,
                    sign: signs[i],
                    table: found[i],
                });
            }
        }
    }
    let tags = tagger::tag(&tagger::Statement { kind, year, minority, document, lines: &seen });
    let sums: Vec<Option<usize>> = asked.iter().map(|&i| named[i].as_ref().and_then(|n| n.sums)).collect();
    for ((i, tag), sums) in asked.into_iter().zip(tags).zip(sums) {
        let Some(tag) = tag else { continue };
        let by_sum = sums.filter(|_| found[i].is_some_and(|f| f.tag == tag.tag));
        lines[i].tag = Tag::Borrowed(tag.tag);
        lines[i].tag_because = match by_sum {
            Some(heading) => format!("sums all under line {}", heading + 1),
            None => tag.because.to_string(),
        };
    }
    if kind == StatementKind::BalanceSheet {
        balance(lines, facts);
    }
}

/// What a line with figures is called.
struct Named<'l> {
    label: Cow<'l, str>,
    /// The heading all of whose lines it sums, where that gave it its name.
    sums: Option<usize>,
}

/// The names of all lines; none for headings, and for sums that do not say and do not show of what.
fn labels(lines: &[Line]) -> Vec<Option<Named<'_>>> {
    // Headings whose total has been found: a later sum under the same heading is of more than it.
    let mut closed: Vec<(usize, usize)> = Vec::new();
    let mut named: Vec<Option<Named<'_>>> = Vec::with_capacity(lines.len());
    for (i, line) in lines.iter().enumerate() {
        let name = match line.role {
            LineRole::Heading => None,
            LineRole::Total if is_bare(&line.label) => summed_heading(lines, i, &closed).map(|heading| {
                // Of two sums under the heading of a whole side, the one that takes in the other is the side's.
                if let Some(&(_, earlier)) = closed.iter().find(|c| c.0 == heading) {
                    named[earlier] = None;
                }
                closed.push((heading, i));
                Named { label: format!("Total {}", lines[heading].label).into(), sums: Some(heading) }
            }),
            _ if is_bare(&line.label) => None,
            _ => Some(Named { label: (&line.label).into(), sums: None }),
        };
        named.push(name);
    }
    named
}

/// What the label tables say of each line of a statement; nothing of other tables.
fn look_up(table: &Table) -> Vec<Option<Found>> {
    let (kind, lines, year) = (table.kind, &table.lines, year(table));
    if kind == StatementKind::Other {
        return Vec::new();
    }
    let mut previous = None;
    let look_up = |(i, name): (usize, Option<Named<'_>>)| {
        let Named { label, sums } = name?;
        let above = sums.unwrap_or(i);
        let section: Vec<&str> =
            lines[above].section.iter().filter_map(|&s| lines.get(s as usize)).map(|l| l.label.as_str()).collect();
        let total = lines[i].role == LineRole::Total;
        let found =
            concept(&Query { kind, label: &label, section: &section, unit: lines[i].unit, year, total, previous });
        previous = found.map(|f| f.tag).or(previous);
        found
    };
    labels(lines).into_iter().enumerate().map(look_up).collect()
}

/// The sign of each line's first figure in a column of a period.
fn signs(lines: usize, facts: &[Fact]) -> Vec<i8> {
    let mut signs = vec![None; lines];
    for fact in facts.iter().filter(|f| !f.aside) {
        if let Some(slot @ None) = signs.get_mut(fact.line as usize) {
            *slot = Some(fact.amount.mantissa.signum() as i8);
        }
    }
    signs.into_iter().map(Option::unwrap_or_default).collect()
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
