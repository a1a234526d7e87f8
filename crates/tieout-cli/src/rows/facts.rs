use super::{Sink, dates, doc_type, document};
use crate::view::View;
use std::borrow::Cow;
use tieout::{Period, Report, StatementKind};

pub(super) const COLUMNS: [&str; 23] = [
    "adsh",
    "doc",
    "doc_type",
    "report",
    "stmt",
    "coreg",
    "scenario",
    "line",
    "col",
    "section",
    "plabel",
    "tag",
    "because",
    "period_start",
    "period_end",
    "qtrs",
    "uom",
    "value",
    "decimals",
    "printed",
    "span_start",
    "span_end",
    "proof",
];

pub(super) const SHOWN: [&str; 9] = ["report", "stmt", "line", "plabel", "tag", "period_end", "qtrs", "value", "proof"];

/// From the first to go to the last.
pub(super) const SPARE: [&str; 5] = ["qtrs", "stmt", "report", "tag", "line"];

/// One row per number of a table.
pub(super) fn rows(view: &View<'_>, sink: &mut Sink<'_>) {
    let report = view.report;
    for fact in &report.facts {
        let (Some(table), line) = (report.tables.get(fact.table as usize), report.line(fact)) else { continue };
        let column = table.columns.get(fact.col as usize);
        // A number beside the periods belongs to the table, not to the statement.
        let kind = if fact.aside { StatementKind::Other } else { table.kind };
        let scenario = column.map(|c| c.scenario.as_str()).filter(|s| !s.is_empty()).unwrap_or(&table.scenario);
        let [start, end] = dates(fact.period);
        sink(&[
            report.submission.accession.as_str().into(),
            document(table.doc),
            doc_type(report, table.doc).into(),
            (fact.table + 1).into(),
            kind.code().into(),
            table.coreg.as_str().into(),
            scenario.into(),
            (fact.line + 1).into(),
            (fact.col + 1).into(),
            section(report, fact.table, &line.section).into(),
            line.label.as_str().into(),
            line.tag.as_ref().into(),
            because(&line.tag_because, column.map_or("", |c| &c.because)).into(),
            start,
            end,
            fact.period.map(Period::quarters).into(),
            fact.unit.to_string().into(),
            fact.amount.to_string().into(),
            fact.amount.decimals().into(),
            view.text(fact.span).into(),
            fact.span.start.into(),
            fact.span.end.into(),
            fact.proof.word().into(),
        ]);
    }
}

fn section(report: &Report, table: u32, headings: &[u32]) -> String {
    let lines = &report.tables[table as usize].lines;
    headings.iter().filter_map(|&h| lines.get(h as usize)).map(|l| l.label.as_str()).collect::<Vec<_>>().join(" > ")
}

fn because<'a>(tag: &'a str, period: &'a str) -> Cow<'a, str> {
    match (tag, period) {
        ("", only) | (only, "") => Cow::Borrowed(only),
        (tag, period) => Cow::Owned(format!("{tag}; {period}")),
    }
}

#[cfg(test)]
mod tests {
    use crate::{fixture, rows};

    #[test]
    fn columns_stand_in_contract_order() {
        assert_eq!(
            super::COLUMNS.join(", "),
            "adsh, doc, doc_type, report, stmt, coreg, scenario, line, col, section, plabel, tag, because, \
             period_start, period_end, qtrs, uom, value, decimals, printed, span_start, span_end, proof"
        );
    }

    #[test]
    fn a_fact_says_all_of_itself() {
        let all = fixture::list(&rows::FACTS);
        assert_eq!(
            all[1],
            "|1|EX-99.1|1|BS|||2|2|Assets|Cash|us-gaap:CashAndCashEquivalentsAtCarryingValue|\
             label \"Cash\"; column heading \"Dec 31, 2001\"||2001-12-31|0|USD|1050000|-3|1,050|680|685|proven"
        );
    }
}
