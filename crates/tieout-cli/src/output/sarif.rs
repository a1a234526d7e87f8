//! SARIF 2.1.0 (OASIS): the findings, for code review and continuous integration.

use super::Frame;
use crate::view::View;
use serde_json::{Value, json};
use tieout::{Finding, Severity, Span, decode};

/// The log around the results of all inputs.
pub(crate) fn frame() -> Frame {
    let rules: Vec<Value> = tieout::checks()
        .iter()
        .map(|check| {
            json!({
                "id": check.code,
                "name": check.name,
                "shortDescription": { "text": check.name },
                "fullDescription": { "text": first_paragraph(check.manual) },
                "help": { "text": check.manual },
                "defaultConfiguration": { "level": check.severity.word() },
            })
        })
        .collect();
    let tool = json!({ "driver": { "name": "tieout", "version": env!("CARGO_PKG_VERSION"), "rules": rules } });
    let head = format!(
        "{{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{{\
         \"tool\":{tool},\"columnKind\":\"unicodeCodePoints\",\"results\":[\n"
    );
    Frame { head, between: ",\n", tail: "\n]}]}\n" }
}

/// The results of one input.
pub(crate) fn write(view: &View<'_>, out: &mut Vec<u8>) {
    let results: Vec<String> = view.report.findings.iter().map(|f| result(view, f).to_string()).collect();
    out.extend_from_slice(results.join(",\n").as_bytes());
}

fn result(view: &View<'_>, finding: &Finding) -> Value {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let text = match finding.help.as_str() {
        "" => finding.message.clone(),
        help => format!("{}\n{help}", finding.message),
    };
    let places: Vec<Value> = finding.labels.iter().map(|l| location(view, l.span, &l.text)).collect();
    let mut result = json!({ "ruleId": finding.code, "level": level, "message": { "text": text } });
    match places.split_first() {
        Some((first, others)) => {
            result["locations"] = json!([first]);
            if !others.is_empty() {
                result["relatedLocations"] = json!(others);
            }
        }
        None => result["locations"] = json!([{ "physicalLocation": { "artifactLocation": artifact(view) } }]),
    }
    result
}

fn location(view: &View<'_>, span: Span, text: &str) -> Value {
    let ((start_line, start), (end_line, end)) = (point(view, span.start), point(view, span.end));
    let mut location = json!({
        "physicalLocation": {
            "artifactLocation": artifact(view),
            "region": {
                "startLine": start_line, "startColumn": start, "endLine": end_line, "endColumn": end,
                "byteOffset": span.start, "byteLength": span.len(),
                "snippet": { "text": decode(view.source.slice(span)) },
            },
        },
    });
    if !text.is_empty() {
        location["message"] = json!({ "text": text });
    }
    location
}

/// Line and column, the column in characters as the log declares.
fn point(view: &View<'_>, offset: u32) -> (usize, usize) {
    let line = view.locate(offset).line;
    let before = Span { start: view.lines().line(line).start, end: offset };
    (line, decode(view.source.slice(before)).chars().count() + 1)
}

fn artifact(view: &View<'_>) -> Value {
    json!({ "uri": uri(view.source.name) })
}

/// A path as a URI reference: what may not stand in one is percent-encoded.
fn uri(path: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~/".contains(&b);
    path.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

fn first_paragraph(manual: &str) -> String {
    let lines = manual.lines().map(str::trim).skip_while(|l| l.is_empty() || l.starts_with('#'));
    lines.take_while(|l| !l.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn the_log_is_one_json_value_with_places() {
        let fixture = fixture::release();
        let mut out = Vec::new();
        write(&fixture.view(), &mut out);
        let frame = frame();
        let log = format!("{}{}{}", frame.head, String::from_utf8(out).unwrap(), frame.tail);
        let log: Value = serde_json::from_str(&log).unwrap();
        let result = &log["runs"][0]["results"][0];
        assert_eq!(result["ruleId"], "EPS");
        assert_eq!(result["locations"][0]["physicalLocation"]["region"]["startLine"], 41);
        assert_eq!(result["locations"][0]["physicalLocation"]["region"]["snippet"]["text"], ".47");
    }

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri("a dir/8-k.txt"), "a%20dir/8-k.txt");
    }
}
