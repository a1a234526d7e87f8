use super::{Cell, Sink, dates, document};
use crate::view::View;
use tieout::{Context, Decimals, Tagged, TaggedValue};

pub(super) const COLUMNS: [&str; 16] = [
    "adsh",
    "doc",
    "name",
    "dimensions",
    "period_start",
    "period_end",
    "uom",
    "value",
    "decimals",
    "scale",
    "format",
    "hidden",
    "fact",
    "id",
    "span_start",
    "span_end",
];

pub(super) const SHOWN: [&str; 6] = ["name", "dimensions", "period_start", "period_end", "uom", "value"];

/// From the first to go to the last.
pub(super) const SPARE: [&str; 3] = ["uom", "period_start", "dimensions"];

/// One row per fact tagged in Inline XBRL or stated by an instance.
pub(super) fn rows(view: &View<'_>, sink: &mut Sink<'_>) {
    let tagging = &view.report.tagging;
    for tagged in &tagging.facts {
        let context = tagged.context.and_then(|at| tagging.contexts.get(at as usize));
        let [start, end] = dates(context.and_then(|c| c.period));
        sink(&[
            view.report.submission.accession.as_str().into(),
            document(tagged.doc),
            view.text(tagged.name).into(),
            context.map(dimensions).into(),
            start,
            end,
            tagged.uom.as_str().into(),
            value(tagged),
            decimals(tagged.decimals),
            i32::from(tagged.scale).into(),
            view.text(tagged.format).into(),
            if tagged.hidden { "yes" } else { "" }.into(),
            tagged.fact.map(|at| at.to_string()).into(),
            view.text(tagged.id).into(),
            tagged.span.start.into(),
            tagged.span.end.into(),
        ]);
    }
}

fn dimensions(context: &Context) -> String {
    let pair = |(axis, member): &(String, String)| format!("{axis}={member}");
    context.dimensions.iter().map(pair).collect::<Vec<_>>().join("; ")
}

fn value(tagged: &Tagged) -> Cell<'_> {
    match &tagged.value {
        TaggedValue::Number(amount) => amount.to_string().into(),
        TaggedValue::Words(words) => words.as_str().into(),
        TaggedValue::Markup | TaggedValue::Nil | TaggedValue::Unreadable => Cell::Missing,
    }
}

fn decimals(decimals: Option<Decimals>) -> Cell<'static> {
    match decimals {
        Some(Decimals::Places(places)) => places.into(),
        Some(Decimals::Exact) => "INF".into(),
        None => Cell::Missing,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn columns_stand_in_contract_order() {
        assert_eq!(
            super::COLUMNS.join(", "),
            "adsh, doc, name, dimensions, period_start, period_end, uom, value, decimals, scale, format, hidden, \
             fact, id, span_start, span_end"
        );
    }
}
