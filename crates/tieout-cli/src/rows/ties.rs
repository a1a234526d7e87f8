use super::{Cell, Sink, document, references};
use crate::view::View;
use tieout::Amount;

pub(super) const COLUMNS: [&str; 16] = [
    "adsh",
    "doc",
    "tie",
    "code",
    "verdict",
    "report",
    "line",
    "col",
    "subject",
    "printed",
    "computed",
    "gap",
    "tolerance",
    "span_start",
    "span_end",
    "parts",
];

pub(super) const SHOWN: [&str; 7] = ["tie", "code", "verdict", "subject", "printed", "computed", "gap"];

/// From the first to go to the last.
pub(super) const SPARE: [&str; 3] = ["tie", "gap", "computed"];

/// One row per check performed.
pub(super) fn rows(view: &View<'_>, sink: &mut Sink<'_>) {
    let report = view.report;
    for (number, tie) in (1u32..).zip(&report.ties) {
        sink(&[
            report.submission.accession.as_str().into(),
            document(tie.doc),
            number.into(),
            tie.code.into(),
            tie.verdict.word().into(),
            tie.fact.map(|f| f.table + 1).into(),
            tie.fact.map(|f| f.line + 1).into(),
            tie.fact.map(|f| f.col + 1).into(),
            tie.subject.as_str().into(),
            tie.printed.to_string().into(),
            amount(tie.computed),
            amount(tie.gap),
            amount(tie.tolerance),
            tie.span.start.into(),
            tie.span.end.into(),
            references(&tie.parts),
        ]);
    }
}

fn amount(amount: Option<Amount>) -> Cell<'static> {
    amount.map(|a| a.to_string()).into()
}

#[cfg(test)]
mod tests {
    use crate::{fixture, rows};

    #[test]
    fn columns_stand_in_contract_order() {
        assert_eq!(
            super::COLUMNS.join(", "),
            "adsh, doc, tie, code, verdict, report, line, col, subject, printed, computed, gap, tolerance, \
             span_start, span_end, parts"
        );
    }

    #[test]
    fn a_tie_says_how_far_apart() {
        let all = fixture::list(&rows::TIES);
        let off = all.iter().find(|row| row.contains("|off|")).unwrap();
        assert_eq!(off, "|1|3|EPS|off|2|6|2|loss per share|-0.47|-0.48|1|0.5|1727|1732|2.5.2 2.7.2");
    }
}
