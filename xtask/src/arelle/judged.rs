//! A verdict of ours with the figures it was reached on.

use tieout::{Amount, Ratio, Report, Tie, Verdict};

/// What was judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A total against the signed sum of its parts (FOOT).
    Sum,
    /// One figure printed in two places (DUP).
    Twice,
}

/// Figures as read, and whether they tie.
#[derive(Debug, Clone)]
pub(crate) struct Judged {
    pub(crate) kind: Kind,
    pub(crate) total: Amount,
    /// Each part, and whether it is subtracted; the other figure, of one printed twice.
    pub(crate) parts: Vec<(Amount, bool)>,
    pub(crate) ties: bool,
    /// As the tie has them: in units of the total's last digit.
    pub(crate) gap: Amount,
    pub(crate) tolerance: Amount,
    /// The file and the figure's place in it.
    pub(crate) place: String,
}

impl Judged {
    /// The gap is all that rounding allows.
    pub(crate) fn touches(&self) -> bool {
        self.kind == Kind::Sum && self.gap.abs().same_value(self.tolerance)
    }

    /// Our verdict with its reason.
    pub(crate) fn told(&self) -> String {
        let part = |(part, minus): &(Amount, bool)| format!(" {} {part}", if *minus { '-' } else { '+' });
        let parts: String = self.parts.iter().map(part).collect();
        let verdict = if self.ties { "ties" } else { "does not tie" };
        let (total, gap, tolerance) = (self.total, self.gap, self.tolerance);
        format!("{total} =?{parts} {verdict}: {gap} units apart, {tolerance} allowed")
    }
}

/// What FOOT and DUP say of a report, in file order. A sum whose signs cannot be told from the report is left out.
pub(crate) fn of(report: &Report, name: &str) -> Vec<Judged> {
    report.ties.iter().filter_map(|tie| judged(report, tie, name)).collect()
}

fn judged(report: &Report, tie: &Tie, name: &str) -> Option<Judged> {
    let (total, gap, tolerance) = (report.fact(tie.fact?)?.amount, tie.gap?, tie.tolerance?);
    let place = format!("{name} {} {}", tie.fact?, tie.code);
    let ties = tie.verdict == Verdict::Ties;
    match tie.code {
        "FOOT" => {
            let parts = signed(report, tie, total, gap)?;
            Some(Judged { kind: Kind::Sum, total, parts, ties, gap, tolerance, place })
        }
        "DUP" => {
            let mut other = report.fact(*tie.parts.first()?)?.amount;
            // DUP does not compare the sign of equal figures: an expense may be in parentheses here and not there.
            if other.is_negative() != total.is_negative() && other.mantissa == -total.mantissa {
                other = -other;
            }
            Some(Judged { kind: Kind::Twice, total, parts: vec![(other, false)], ties, gap, tolerance, place })
        }
        _ => None,
    }
}

/// The parts of a sum with their signs: those of the line's structure, or, where FOOT has turned one of them in
/// this column, the ones that give the gap it tells.
fn signed(report: &Report, tie: &Tie, total: Amount, gap: Amount) -> Option<Vec<(Amount, bool)>> {
    let place = tie.fact?;
    let sum = report.tables.get(place.table as usize)?.lines.get(place.line as usize)?.sum.as_ref()?;
    let minus = |line: u32| sum.parts.contains(&(line, true));
    let amount = |part: &tieout::FactRef| Some((report.fact(*part)?.amount, minus(part.line)));
    let mut parts: Vec<(Amount, bool)> = tie.parts.iter().map(amount).collect::<Option<_>>()?;
    if misses(total, &parts)? == units(gap, total)? {
        return Some(parts);
    }
    for at in 0..parts.len() {
        parts[at].1 ^= true;
        if misses(total, &parts)? == units(gap, total)? {
            return Some(parts);
        }
        parts[at].1 ^= true;
    }
    None
}

/// The total less its parts.
fn misses(total: Amount, parts: &[(Amount, bool)]) -> Option<Ratio> {
    parts.iter().try_fold(total.ratio()?, |rest, &(part, minus)| {
        let part = part.ratio()?;
        if minus { rest.add(part) } else { rest.sub(part) }
    })
}

/// A gap in units of the total's last digit, as a value.
fn units(gap: Amount, total: Amount) -> Option<Ratio> {
    gap.scaled(total.exponent).ratio()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tieout::Source;

    /// The seed's income statement in little: 7,539 - 5,394 = 2,145.
    const PAGE: &str = "\
                          ALDER INSTRUMENTS, INC.
                      CONSOLIDATED STATEMENTS OF INCOME
                               (In thousands)

                                             Year ended December 31,
                                               2003           2002
                                             ---------      ---------
Net sales                                        7,539          8,973
Cost of sales                                    5,394          7,183
                                             ---------      ---------
Gross profit                                     2,145          1,790
                                             =========      =========
";

    #[test]
    fn signs_come_with_the_figures() {
        let found = of(&tieout::read(&Source::new("page", PAGE.as_bytes())), "page");
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found.iter().all(|j| j.ties && j.kind == Kind::Sum));
        assert_eq!(found[0].told(), "2145000 =? + 7539000 - 5394000 ties: 0 units apart, 1.5 allowed");
    }

    #[test]
    fn the_edge_is_where_the_gap_is_what_rounding_allows() {
        let planted = PAGE.replace("2,145", "2,146");
        let found = of(&tieout::read(&Source::new("page", planted.as_bytes())), "page");
        assert_eq!(found.iter().map(|j| (j.gap, j.touches())).next(), Some((Amount::new(1, 0), false)), "{found:?}");
        let thousands = |n| Amount::new(n, 3);
        let edge = Judged { gap: Amount::new(-15, -1), total: thousands(2145), ..found[0].clone() };
        assert!(edge.touches());
    }
}
