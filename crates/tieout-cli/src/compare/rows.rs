use super::Both;
use crate::rows::{Cell, Sink, dates};
use crate::view::View;
use tieout::{Amount, Change, Compared, Derived, FactRef, Period, Unit};

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
    let table = view.report.tables.get(fact.table as usize);
    row(
        Row {
            change: figure.change.word(),
            stmt: table.map_or("", |t| t.kind.code()),
            label: &line.label,
            tag: &line.tag,
            period: fact.period,
            unit: &fact.unit,
            amounts: [earlier, later, difference],
            because: &figure.because,
            places: [old, new],
        },
        sink,
    );
}

/// One that was reckoned from both is what the later filing would say.
fn reckoned(both: &Both<'_>, derived: &Derived, sink: &mut Sink<'_>) {
    let parts = [derived.whole, derived.less];
    let side = |later| if later { &both.later } else { &both.earlier };
    let place = |later| parts.into_iter().find(|p| p.later == later).map(|p| (side(later), p.fact));
    let [whole, less] = parts.map(|p| format!("{} filing's {}", if p.later { "later" } else { "earlier" }, p.fact));
    row(
        Row {
            change: "derived",
            stmt: derived.kind.code(),
            label: &derived.label,
            tag: &derived.tag,
            period: Some(derived.period),
            unit: &derived.unit,
            amounts: [None, Some(derived.amount), None],
            because: &format!("{whole} less {less}"),
            places: [place(false), place(true)],
        },
        sink,
    );
}

/// What a row says; amounts are the earlier, the later and their difference, places the earlier and the later.
struct Row<'a> {
    change: &'a str,
    stmt: &'a str,
    label: &'a str,
    tag: &'a str,
    period: Option<Period>,
    unit: &'a Unit,
    amounts: [Option<Amount>; 3],
    because: &'a str,
    places: [Option<(&'a View<'a>, FactRef)>; 2],
}

fn row(row: Row<'_>, sink: &mut Sink<'_>) {
    let [start, end] = dates(row.period);
    let [earlier, later, difference] = row.amounts.map(|a| a.map(|a| a.to_string()).into());
    let [[old, old_start, old_end], [new, new_start, new_end]] = row.places.map(place);
    sink(&[
        row.change.into(),
        row.stmt.into(),
        row.label.into(),
        row.tag.into(),
        start,
        end,
        row.unit.to_string().into(),
        earlier,
        later,
        difference,
        row.because.into(),
        old,
        old_start,
        old_end,
        new,
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
