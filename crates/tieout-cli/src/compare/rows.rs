use super::Both;
use crate::rows::{Cell, Sink};
use crate::view::View;
use tieout::{Amount, Change, Compared, Derived, FactRef, Period};

pub(super) const COLUMNS: [&str; 17] = [
    "change",
    "stmt",
    "plabel",
    "tag",
    "period_start",
    "period_end",
    "uom",
    "earlier",
    "later",
    "difference",
    "because",
    "earlier_fact",
    "earlier_span_start",
    "earlier_span_end",
    "later_fact",
    "later_span_start",
    "later_span_end",
];

/// One row per figure that both filings have or could have, then one per figure reckoned from both.
pub(super) fn rows(both: &Both<'_>, sink: &mut Sink<'_>) {
    both.comparison.figures.iter().for_each(|figure| compared(both, figure, sink));
    both.comparison.derived.iter().for_each(|derived| reckoned(both, derived, sink));
}

fn compared(both: &Both<'_>, figure: &Compared, sink: &mut Sink<'_>) {
    let (old, new) = (figure.earlier.map(|at| (&both.earlier, at)), figure.later.map(|at| (&both.later, at)));
    let Some((view, at)) = new.or(old) else { return };
    let Some(fact) = view.report.fact(at) else { return };
    let line = view.report.line(fact);
    let (earlier, later) = (amount(old), amount(new));
    let difference = match figure.change {
        Change::Agreed => None,
        _ => earlier.zip(later).and_then(|(a, b)| difference(a, b)),
    };
    let [start, end] = dates(fact.period);
    let [old_fact, old_start, old_end] = place(old);
    let [new_fact, new_start, new_end] = place(new);
    sink(&[
        figure.change.word().into(),
        view.report.tables.get(fact.table as usize).map_or("", |t| t.kind.code()).into(),
        line.label.as_str().into(),
        line.tag.as_ref().into(),
        start,
        end,
        fact.unit.to_string().into(),
        earlier.map(|a| a.to_string()).into(),
        later.map(|a| a.to_string()).into(),
        difference.map(|a| a.to_string()).into(),
        figure.because.as_str().into(),
        old_fact,
        old_start,
        old_end,
        new_fact,
        new_start,
        new_end,
    ]);
}

fn reckoned(both: &Both<'_>, derived: &Derived, sink: &mut Sink<'_>) {
    let [start, end] = dates(Some(derived.period));
    let side = |part: tieout::DerivedPart| if part.later { (&both.later, "later") } else { (&both.earlier, "earlier") };
    let said = |part: tieout::DerivedPart| format!("{} filing's {}", side(part).1, part.fact);
    let because = format!("{} less {}", said(derived.whole), said(derived.less));
    let part = |later: bool| {
        let part = [derived.whole, derived.less].into_iter().find(|p| p.later == later);
        place(part.map(|p| (side(p).0, p.fact)))
    };
    let [old_fact, old_start, old_end] = part(false);
    let [new_fact, new_start, new_end] = part(true);
    sink(&[
        "derived".into(),
        derived.kind.code().into(),
        derived.label.as_str().into(),
        derived.tag.as_str().into(),
        start,
        end,
        derived.unit.to_string().into(),
        Cell::Missing,
        derived.amount.to_string().into(),
        Cell::Missing,
        because.into(),
        old_fact,
        old_start,
        old_end,
        new_fact,
        new_start,
        new_end,
    ]);
}

fn amount(side: Option<(&View<'_>, FactRef)>) -> Option<Amount> {
    side.and_then(|(view, at)| view.report.fact(at)).map(|fact| fact.amount)
}

/// Later less earlier, to the coarser of the two places.
pub(super) fn difference(earlier: Amount, later: Amount) -> Option<Amount> {
    later.ratio()?.sub(earlier.ratio()?)?.round(earlier.exponent.max(later.exponent))
}

fn place(side: Option<(&View<'_>, FactRef)>) -> [Cell<'static>; 3] {
    match side.and_then(|(view, at)| view.report.fact(at)) {
        Some(fact) => [fact.reference().to_string().into(), fact.span.start.into(), fact.span.end.into()],
        None => [Cell::Missing, Cell::Missing, Cell::Missing],
    }
}

fn dates(period: Option<Period>) -> [Cell<'static>; 2] {
    crate::rows::dates(period)
}
