use crate::pairs::{figure, group};
use std::collections::BTreeMap;
use tieout_model::{Amount, FactRef, Period, Report, StatementKind, Unit};

/// A figure of a period that is not printed, as the difference of two that are: the fourth quarter as the
/// year less nine months, a quarter's cash flow as six months less three.
#[derive(Debug, Clone)]
pub struct Derived {
    /// The line's label, as the filing prints it that prints the longer period.
    pub label: String,
    /// Its concept, where known.
    pub tag: String,
    /// Income or cash flow statement.
    pub kind: StatementKind,
    /// The period reckoned.
    pub period: Period,
    /// Of what.
    pub unit: Unit,
    /// The difference, to the coarser of the two places.
    pub amount: Amount,
    /// The figure of the longer period.
    pub whole: DerivedPart,
    /// The figure of the shorter one, which begins on the same day.
    pub less: DerivedPart,
}

/// A printed figure of one of the two filings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DerivedPart {
    /// It stands in the later filing.
    pub later: bool,
    /// Where.
    pub fact: FactRef,
}

/// What makes two lines the same flow.
type Key = (StatementKind, String, String, String);

/// A flow's figures: its period with where it stands, each period once.
type Flow<'a> = BTreeMap<Period, (DerivedPart, &'a tieout_model::Fact)>;

pub(crate) fn derived(earlier: &Report, later: &Report) -> Vec<Derived> {
    let mut flows: BTreeMap<Key, Flow<'_>> = BTreeMap::new();
    // What the later filing prints counts before what the earlier one did.
    for (report, is_later) in [(later, true), (earlier, false)] {
        for fact in &report.facts {
            let Some((kind, period, unit, member)) = group(report, fact) else { continue };
            let flow = matches!(kind, StatementKind::Income | StatementKind::CashFlow)
                && matches!(fact.unit, Unit::Money(_))
                && matches!(period, Period::Duration(..))
                && member.is_empty();
            let Some(figure) = figure(report, fact).filter(|f| flow && !f.label.is_empty()) else { continue };
            let key = (kind, unit, figure.section, figure.label);
            let part = DerivedPart { later: is_later, fact: fact.reference() };
            flows.entry(key).or_default().entry(period).or_insert((part, fact));
        }
    }
    let mut out = Vec::new();
    for ((kind, ..), flow) in &flows {
        for (&whole_period, whole) in flow {
            for (&less_period, less) in flow {
                if let Some(period) = rest(whole_period, less_period).filter(|rest| !flow.contains_key(rest)) {
                    let report = if whole.0.later { later } else { earlier };
                    out.extend(difference(report, *kind, period, *whole, *less));
                }
            }
        }
    }
    out.sort_by_key(|d| (!d.whole.later, d.whole.fact, d.period));
    out
}

/// What is left of a period after one that begins with it, where that is a quarter or more.
fn rest(whole: Period, less: Period) -> Option<Period> {
    let (Period::Duration(a, end), Period::Duration(b, mid)) = (whole, less) else { return None };
    let rest = Period::Duration(mid.tomorrow().ok()?, end);
    (a == b && mid < end && rest.days() >= 80 && rest.days() <= 100).then_some(rest)
}

fn difference(
    report: &Report,
    kind: StatementKind,
    period: Period,
    (whole, a): (DerivedPart, &tieout_model::Fact),
    (less, b): (DerivedPart, &tieout_model::Fact),
) -> Option<Derived> {
    let place = a.amount.exponent.max(b.amount.exponent);
    let amount = a.amount.ratio()?.sub(b.amount.ratio()?)?.round(place)?;
    let line = report.line(a);
    Some(Derived {
        label: line.label.clone(),
        tag: line.tag.to_string(),
        kind,
        period,
        unit: a.unit,
        amount,
        whole,
        less,
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::compared;

    #[test]
    fn the_fourth_quarter_is_the_year_less_nine_months() {
        let nine = "table IS 2003-01-01..2003-09-30\nNet sales||24000\nEarnings per share|per|1.20\n";
        let year = "table IS 2003-01-01..2003-12-31\nNet sales||33500\nEarnings per share|per|1.75\n";
        let done = compared(nine, year, "");
        let [quarter] = done.derived.as_slice() else { panic!("{:?}", done.derived) };
        assert_eq!(quarter.period.to_string(), "2003-10-01..2003-12-31");
        assert_eq!(
            (quarter.amount.to_string().as_str(), quarter.whole.later, quarter.less.later),
            ("9500", true, false)
        );
    }

    #[test]
    fn nothing_is_reckoned_that_is_printed_or_begins_elsewhere() {
        let both =
            "table IS 2003-10-01..2003-12-31\nNet sales||9500\ntable IS 2003-01-01..2003-12-31\nNet sales||33500\n";
        let nine = "table IS 2003-01-01..2003-09-30\nNet sales||24000\n";
        assert!(compared(nine, both, "").derived.is_empty());
        let other = "table IS 2002-01-01..2002-09-30\nNet sales||24000\n";
        assert!(compared(other, "table IS 2003-01-01..2003-12-31\nNet sales||33500\n", "").derived.is_empty());
    }
}
