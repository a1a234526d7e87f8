//! JSON and JSON lines. Values are strings, so that no digit is lost; positions are numbers; what the
//! document does not say is null.

use super::Frame;
use crate::rows::{self, Cell, List, Sink};
use crate::view::View;
use serde_json::{Value, json};
use std::io::Write;
use tieout::{DocumentFormat, Finding, Schedule, ScheduleValue, Span, StatementKind};

/// One array over all inputs.
pub(crate) fn array() -> Frame {
    Frame { head: "[\n".into(), between: ",\n", tail: "\n]\n" }
}

/// One object a line.
pub(crate) fn lines() -> Frame {
    Frame { between: "\n", tail: "\n", ..Frame::default() }
}

/// The rows of one input, `separator` between them.
pub(crate) fn write(list: &List, view: &View<'_>, separator: &str, out: &mut Vec<u8>) {
    objects(list.columns, &mut |sink| (list.rows)(view, sink), separator.as_bytes(), out);
}

/// All rows as one array.
pub(crate) fn write_array(columns: &[&str], rows: &mut dyn FnMut(&mut Sink<'_>), out: &mut Vec<u8>) {
    out.extend_from_slice(b"[\n");
    objects(columns, rows, b",\n", out);
    out.extend_from_slice(b"\n]\n");
}

/// All rows, one a line.
pub(crate) fn write_lines(columns: &[&str], rows: &mut dyn FnMut(&mut Sink<'_>), out: &mut Vec<u8>) {
    objects(columns, rows, b"\n", out);
    if !out.is_empty() {
        out.push(b'\n');
    }
}

fn objects(columns: &[&str], rows: &mut dyn FnMut(&mut Sink<'_>), between: &[u8], out: &mut Vec<u8>) {
    let mut first = true;
    rows(&mut |row| {
        if !std::mem::take(&mut first) {
            out.extend_from_slice(between);
        }
        object(columns, row, out);
    });
}

fn object(columns: &[&str], row: &[Cell<'_>], out: &mut Vec<u8>) {
    for (i, (name, cell)) in columns.iter().zip(row).enumerate() {
        // Writing to memory does not fail.
        let _ = write!(out, "{}\"{name}\":", if i == 0 { '{' } else { ',' });
        let _ = match cell {
            Cell::Text(text) if !text.is_empty() => serde_json::to_writer(&mut *out, text.as_ref()).map_err(Into::into),
            Cell::Int(n) => write!(out, "{n}"),
            Cell::Text(_) | Cell::Missing => out.write_all(b"null"),
        };
    }
    out.push(b'}');
}

/// All of one report: what `check` says, for programs.
pub(crate) fn write_report(view: &View<'_>, out: &mut Vec<u8>) {
    let report = view.report;
    let head = json!({
        "file": view.source.name,
        "bytes": view.source.bytes.len(),
        "accession": filled(&report.submission.accession),
        "verdict": view.verdict().word(),
        "counts": counts(view),
        "statements": report.tables.iter().filter(|t| t.kind != StatementKind::Other).count(),
        "documents": documents(view),
    });
    // The lists are written straight into the open object, one entry after the other: they are the bulk of it.
    let mut head = head.to_string();
    head.pop();
    out.extend_from_slice(head.as_bytes());
    values("tables", (1..).zip(&report.tables).map(table), out);
    values("schedules", report.submission.schedules.iter().map(schedule), out);
    let lists = [("cover", &rows::COVER), ("facts", &rows::FACTS), ("claims", &rows::CLAIMS), ("ties", &rows::TIES)];
    for (name, list) in lists {
        let _ = write!(out, ",\"{name}\":[");
        write(list, view, ",", out);
        out.push(b']');
    }
    values("findings", report.findings.iter().map(|f| finding(view, f)), out);
    let _ = write!(out, ",\"coverage\":{}}}", coverage(view));
}

/// A further field of an open object: an array.
fn values(name: &str, values: impl Iterator<Item = Value>, out: &mut Vec<u8>) {
    let _ = write!(out, ",\"{name}\":[");
    for (i, value) in values.enumerate() {
        let _ = write!(out, "{}{value}", if i == 0 { "" } else { "," });
    }
    out.push(b']');
}

/// How many numbers the documents have of each place, and where those stand that have none.
fn coverage(view: &View<'_>) -> Value {
    let coverage = view.coverage();
    let counts = tieout::Place::ALL.iter().filter(|p| coverage.of(**p) > 0);
    let counts: serde_json::Map<String, Value> = counts.map(|p| (p.word().into(), coverage.of(*p).into())).collect();
    let unplaced: Vec<Value> = coverage.unplaced.iter().map(|span| place(view, *span)).collect();
    json!({ "numbers": coverage.all(), "places": counts, "unplaced": unplaced })
}

fn counts(view: &View<'_>) -> Value {
    let [ties, claims] = view.verdicts();
    let of = |c: crate::view::Counts| json!({ "ties": c.ties, "off": c.off, "open": c.open });
    json!({ "facts": view.report.facts.len(), "ties": of(ties), "claims": of(claims) })
}

fn documents(view: &View<'_>) -> Vec<Value> {
    let document = |(i, d): (usize, &tieout::Document)| {
        json!({
            "doc": i + 1,
            "doc_type": filled(&d.doc_type),
            "filename": filled(&d.filename),
            "description": filled(&d.description),
            "format": format(d.format),
            "span_start": d.body.start,
            "span_end": d.body.end,
        })
    };
    view.report.submission.documents.iter().enumerate().map(document).collect()
}

fn format(format: DocumentFormat) -> &'static str {
    match format {
        DocumentFormat::Text => "text",
        DocumentFormat::Html => "html",
        DocumentFormat::Schedule => "schedule",
        DocumentFormat::Other => "other",
    }
}

/// An EX-27 schedule. Its values are unscaled, as printed: multipliers are often wrong.
fn schedule(schedule: &Schedule) -> Value {
    let value = |v: &ScheduleValue| {
        json!({
            "tag": v.tag,
            "printed": v.text,
            "value": v.amount.map(|a| a.to_string()),
            "span_start": v.span.start,
            "span_end": v.span.end,
        })
    };
    json!({
        "doc": schedule.doc,
        "article": filled(&schedule.article),
        "column": schedule.column + 1,
        "multiplier": schedule.multiplier,
        "values": schedule.values.iter().map(value).collect::<Vec<_>>(),
    })
}

fn table((number, t): (usize, &tieout::Table)) -> Value {
    json!({
        "report": number,
        "doc": t.doc,
        "stmt": t.kind.code(),
        "coreg": filled(&t.coreg),
        "scenario": filled(&t.scenario),
        "title": filled(&t.title),
        "scale": t.scale,
        "scale_because": filled(&t.scale_because),
        "lines": t.lines.len(),
        "columns": t.columns.len(),
        "span_start": t.span.start,
        "span_end": t.span.end,
    })
}

fn finding(view: &View<'_>, finding: &Finding) -> Value {
    let labels: Vec<Value> = finding
        .labels
        .iter()
        .map(|label| {
            let mut value = place(view, label.span);
            value["text"] = label.text.as_str().into();
            value
        })
        .collect();
    json!({
        "code": finding.code,
        "severity": finding.severity.word(),
        "doc": (finding.doc > 0).then_some(finding.doc),
        "message": finding.message,
        "help": filled(&finding.help),
        "labels": labels,
    })
}

fn place(view: &View<'_>, span: Span) -> Value {
    let at = view.locate(span.start);
    json!({ "span_start": span.start, "span_end": span.end, "line": at.line, "column": at.column })
}

fn filled(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use crate::{fixture, rows};
    use serde_json::Value;

    #[test]
    fn rows_are_objects_with_nulls() {
        let fixture = fixture::release();
        let mut out = Vec::new();
        super::write(&rows::FACTS, &fixture.view(), ",", &mut out);
        let rows: Value = serde_json::from_slice(&[b"[", &out[..], b"]"].concat()).unwrap();
        let first = &rows[0];
        assert_eq!(first["value"], "1200000");
        assert_eq!(first["period_start"], Value::Null);
        assert_eq!(first["span_start"], 665);
        assert_eq!(first["qtrs"], 0);
    }

    #[test]
    fn a_report_is_one_object() {
        let fixture = fixture::release();
        let mut out = Vec::new();
        super::write_report(&fixture.view(), &mut out);
        let report: Value = serde_json::from_slice(&out).unwrap();
        assert_eq!(report["statements"], 2);
        assert_eq!(report["verdict"], "off");
        assert_eq!(report["documents"][0]["format"], "text");
        assert_eq!((&report["cover"], &report["schedules"]), (&serde_json::json!([]), &serde_json::json!([])));
        assert_eq!(report["findings"][0]["code"], "EPS");
        assert_eq!(report["findings"][0]["labels"][0]["line"], 41);
        let coverage = &report["coverage"];
        assert_eq!(coverage["places"]["fact"], fixture.report.facts.len());
        assert_eq!(
            coverage["unplaced"].as_array().unwrap().len(),
            coverage["places"]["unplaced"].as_u64().unwrap_or(0) as usize
        );
        assert_eq!(report["facts"].as_array().unwrap().len(), fixture.report.facts.len());
    }
}
