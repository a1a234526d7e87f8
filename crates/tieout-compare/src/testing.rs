//! Reports from a few lines: `table IS PERIOD`, then `label|concept or "per"|digits`.

use crate::{Comparison, Side, compare};
use tieout_model::*;
use tieout_source::Source;

/// Compares two such reports; `words` is the prose of the later one.
pub(crate) fn compared(earlier: &str, later: &str, words: &str) -> Comparison {
    let text = format!("{words}{later}");
    let (old, new) = (Source::new("earlier", earlier.as_bytes()), Source::new("later", text.as_bytes()));
    let (before, after) = (report(earlier, &old), report(later, &new));
    compare(Side { source: &old, report: &before }, Side { source: &new, report: &after })
}

fn report(text: &str, source: &Source<'_>) -> Report {
    let mut report = Report::default();
    report.submission.documents.push(Document {
        doc_type: String::new(),
        filename: String::new(),
        description: String::new(),
        format: DocumentFormat::Text,
        body: source.span(),
        dash_escaped: false,
    });
    for line in text.lines() {
        if let Some(head) = line.strip_prefix("table ") {
            let (kind, period) = head.split_once(' ').expect("a kind and a period");
            report.tables.push(table(kind, period));
            continue;
        }
        let parts: Vec<&str> = line.split('|').collect();
        let table = report.tables.len() as u32 - 1;
        let lines = &mut report.tables[table as usize].lines;
        let per = parts[1] == "per";
        let unit = if per { Unit::USD_PER_SHARE } else { Unit::USD };
        let tag = if per { "" } else { parts[1] };
        lines.push(Line {
            label: parts[0].to_owned(),
            label_span: Span::default(),
            section: Vec::new(),
            role: LineRole::Item,
            unit,
            tag: tag.to_owned().into(),
            tag_because: String::new(),
            sum: None,
        });
        let number = lines.len() as u32 - 1;
        let places = parts[2].split_once('.').map_or(0, |(_, f)| f.len());
        let mantissa = parts[2].replace('.', "").parse().expect("digits");
        report.facts.push(Fact {
            table,
            line: number,
            col: 0,
            amount: Amount::new(mantissa, -(places as i8)),
            unit,
            period: report.tables[table as usize].columns[0].period,
            span: Span::default(),
            aside: false,
            proof: Proof::Open,
        });
    }
    report
}

fn table(kind: &str, period: &str) -> Table {
    let date = |s: &str| s.parse::<Date>().expect("a date");
    let period = match period.split_once("..") {
        Some((from, to)) => Period::Duration(date(from), date(to)),
        None => Period::Instant(date(period)),
    };
    let column = Column {
        heading: String::new(),
        role: ColumnRole::Period,
        period: Some(period),
        member: String::new(),
        scenario: String::new(),
        because: String::new(),
    };
    Table {
        doc: 1,
        kind: if kind == "IS" { StatementKind::Income } else { StatementKind::BalanceSheet },
        coreg: String::new(),
        scenario: String::new(),
        title: String::new(),
        scale: 0,
        scale_because: String::new(),
        columns: vec![column],
        lines: Vec::new(),
        span: Span::default(),
    }
}
