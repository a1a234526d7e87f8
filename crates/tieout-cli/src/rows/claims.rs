use super::{Cell, Sink, dates, document, references};
use crate::view::View;

pub(super) const COLUMNS: [&str; 17] = [
    "adsh",
    "doc",
    "claim",
    "kind",
    "subject",
    "quote",
    "period_start",
    "period_end",
    "value",
    "decimals",
    "uom",
    "span_start",
    "span_end",
    "verdict",
    "computed",
    "support",
    "because",
];

pub(super) const SHOWN: [&str; 6] = ["claim", "quote", "period_end", "value", "verdict", "computed"];

/// From the first to go to the last.
pub(super) const SPARE: [&str; 3] = ["claim", "period_end", "computed"];

/// One row per claim.
pub(super) fn rows(view: &View<'_>, sink: &mut Sink<'_>) {
    let report = view.report;
    for (number, claim) in (1u32..).zip(&report.claims) {
        let [start, end] = dates(claim.period);
        sink(&[
            report.submission.accession.as_str().into(),
            document(claim.doc),
            number.into(),
            claim.kind.word().into(),
            claim.subject.as_str().into(),
            claim.quote.as_str().into(),
            start,
            end,
            claim.amount.to_string().into(),
            claim.amount.decimals().into(),
            claim.unit.to_string().into(),
            claim.span.start.into(),
            claim.span.end.into(),
            claim.verdict.word().into(),
            claim.computed.as_str().into(),
            references(&claim.support),
            Cell::from(claim.because.as_str()),
        ]);
    }
}

#[cfg(test)]
mod tests {
    use crate::{fixture, rows};

    #[test]
    fn columns_stand_in_contract_order() {
        assert_eq!(
            super::COLUMNS.join(", "),
            "adsh, doc, claim, kind, subject, quote, period_start, period_end, value, decimals, uom, span_start, \
             span_end, verdict, computed, support, because"
        );
    }

    #[test]
    fn a_claim_says_what_became_of_it() {
        let all = fixture::list(&rows::CLAIMS);
        assert_eq!(
            all[1],
            "|1|2|change_percent|sales|Sales of $4.2 million were up 5.0% from a year earlier|2002-01-01|2002-12-31|\
             0.050|3|pure|138|142|ties|(4,200 - 4,000) / 4,000 = 5.0%|2.1.1 2.1.2|both years are in table 2"
        );
    }
}
