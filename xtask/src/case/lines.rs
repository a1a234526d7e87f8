//! What came out, in few lines that a person reads: the one place where the forms of expected blocks are
//! defined.
//!
//! - `facts`: a line per table (kind, title, scale, then its columns), under it a line per table line with
//!   its depth as indent: label, `[concept]`, `= the sum that makes it`, and after the colon its values from
//!   left to right. A value carries its proof: `+` proven, `!` off, nothing where open; `~` before it says
//!   that it stands in no period column, `@` after it a period other than its column's. `.` is an empty cell.
//! - `claims`: kind, subject, period, value, verdict; then the quote and the figures that carry it.
//! - `ties`: code, verdict, the figure's place, printed against computed with the gap and what rounding allows.
//! - `findings`: severity, code, the words at its place, the message.
//! - `cover`: documents, then fields, each with its part.

use tieout::{Bound, Claim, ColumnRole, DocumentFormat, Fact, LineRole, Part, Proof, Report, Source, Table, Tie, Unit};

/// The lines of a block of this kind; `None` where there is no such kind.
pub(crate) fn of(kind: &str, report: &Report, source: &Source<'_>) -> Option<String> {
    let lines: Vec<String> = match kind {
        "facts" => (0..).zip(&report.tables).flat_map(|(index, table)| facts(report, index, table)).collect(),
        "claims" => report.claims.iter().map(claim).collect(),
        "ties" => report.ties.iter().map(tie).collect(),
        "findings" => report
            .findings
            .iter()
            .map(|finding| {
                let place = finding.labels.first().map(|l| words(source, l.span)).unwrap_or_default();
                format!("{} {} \"{place}\" {}", finding.severity.word(), finding.code, finding.message)
            })
            .collect(),
        "cover" => cover(report),
        _ => return None,
    };
    // Blanks at line ends would be lost on the way through an editor.
    Some(lines.iter().flat_map(|l| l.lines()).map(|l| format!("{}\n", l.trim_end())).collect())
}

fn facts(report: &Report, index: u32, table: &Table) -> Vec<String> {
    let whose: String =
        [&table.coreg, &table.scenario].iter().filter(|w| !w.is_empty()).map(|w| format!(", {w}")).collect();
    let scale = if table.scale == 0 { String::new() } else { format!(", x10^{}", table.scale) };
    let mut out = vec![format!("{} {} \"{}\"{scale}{whose}", index + 1, table.kind.code(), table.title)];
    let columns: Vec<String> = table
        .columns
        .iter()
        .map(|column| {
            let role = match column.role {
                ColumnRole::Period => String::new(),
                ColumnRole::Component => "component ".into(),
                ColumnRole::Change => "change ".into(),
                ColumnRole::Percent => "percent ".into(),
                ColumnRole::Other => "other ".into(),
            };
            let period = column.period.map_or("?".to_string(), |p| p.to_string());
            let tail: String =
                [&column.member, &column.scenario].iter().filter(|w| !w.is_empty()).map(|w| format!(" {w}")).collect();
            format!("{role}{period}{tail}")
        })
        .collect();
    out.push(format!("  | {}", columns.join(" | ")));
    let facts = report.facts_of(index);
    for (number, line) in (0..).zip(&table.lines) {
        let mut text = format!("{}{}", "  ".repeat(line.section.len() + 1), line.label);
        if !line.tag.is_empty() {
            text += &format!(" [{}]", line.tag.strip_prefix("us-gaap:").unwrap_or(&line.tag));
        }
        if let Some(sum) = &line.sum {
            let parts: Vec<String> =
                sum.parts.iter().map(|(l, minus)| format!("{}{}", if *minus { "-" } else { "+" }, l + 1)).collect();
            text += &format!(" = {}", parts.concat());
        } else if line.role == LineRole::Total {
            text += " = ?";
        }
        let here: Vec<&Fact> = facts.iter().filter(|f| f.line == number).collect();
        if !here.is_empty() {
            let width = table.columns.len().max(here.iter().map(|f| f.col as usize + 1).max().unwrap_or(0));
            let value =
                |col: usize| here.iter().find(|f| f.col as usize == col).map_or(".".to_string(), |f| value(f, table));
            text += &format!(": {}", (0..width).map(value).collect::<Vec<_>>().join(" | "));
        }
        out.push(format!("{text}  ({})", number + 1));
    }
    out
}

fn value(fact: &Fact, table: &Table) -> String {
    let proof = match fact.proof {
        Proof::Proven => "+",
        Proof::Off => "!",
        Proof::Open => "",
    };
    let aside = if fact.aside { "~" } else { "" };
    let unit = if fact.unit == Unit::USD { String::new() } else { format!(" {}", fact.unit) };
    // In a statement of equity the row says when; everywhere else the column does.
    let of_column = table.columns.get(fact.col as usize).and_then(|c| c.period);
    let period = match fact.period {
        Some(period) if of_column != Some(period) => format!(" @{period}"),
        _ => String::new(),
    };
    format!("{aside}{}{unit}{proof}{period}", fact.amount)
}

fn claim(claim: &Claim) -> String {
    let of = if claim.of.is_empty() { String::new() } else { format!(" of {}", claim.of) };
    let period = claim.period.map_or("?".to_string(), |p| p.to_string());
    let base = claim.base.map_or(String::new(), |p| format!(" from {p}"));
    let bound = match claim.bound {
        Bound::Exact => "",
        Bound::Approximate => "about ",
        Bound::AtLeast => "at least ",
        Bound::AtMost => "at most ",
    };
    let basis = if claim.basis.is_empty() { String::new() } else { format!(" ({})", claim.basis) };
    let support: Vec<String> = claim.support.iter().map(|f| f.to_string()).collect();
    let support = if support.is_empty() { String::new() } else { format!(" <- {}", support.join(" ")) };
    format!(
        "{} {}{of}, {period}{base}: {bound}{} {}{basis} {}\n    \"{}\"{support}",
        claim.kind.word(),
        claim.subject,
        claim.amount,
        claim.unit,
        claim.verdict.word(),
        claim.quote
    )
}

fn tie(tie: &Tie) -> String {
    let place = tie.fact.map_or("prose".to_string(), |f| f.to_string());
    let shown = |amount: Option<tieout::Amount>| amount.map_or("?".to_string(), |a| a.to_string());
    let gap = match tie.gap {
        Some(gap) if !gap.is_zero() => format!(", gap {gap} of {}", shown(tie.tolerance)),
        _ => String::new(),
    };
    let blames: Vec<String> = tie.blames.iter().map(|f| f.to_string()).collect();
    let blames = if blames.is_empty() { String::new() } else { format!(", blames {}", blames.join(" ")) };
    format!(
        "{} {} {place} {} vs {}{gap}{blames}: {}",
        tie.code,
        tie.verdict.word(),
        tie.printed,
        shown(tie.computed),
        tie.subject
    )
}

fn cover(report: &Report) -> Vec<String> {
    let submission = &report.submission;
    let documents = (1..).zip(&submission.documents).map(|(number, document)| {
        let format = match document.format {
            DocumentFormat::Text => "text",
            DocumentFormat::Html => "html",
            DocumentFormat::Schedule => "schedule",
            DocumentFormat::Other => "other",
        };
        let name = |w: &str| if w.is_empty() { String::new() } else { format!(" {w}") };
        format!("document {number}: {}{}, {format}", document.doc_type, name(&document.description))
    });
    let fields = submission.header.iter().chain(&submission.cover).map(|field| {
        let part = match &field.part {
            Part::Header(path) if path.is_empty() => "header".to_string(),
            Part::Header(path) => format!("header {path}"),
            Part::Cover => "cover".into(),
            Part::Item => "item".into(),
            Part::Exhibit => "exhibit".into(),
            Part::Signature => "signature".into(),
            Part::Release => "release".into(),
        };
        let note = if field.note.is_empty() { String::new() } else { format!(" ({})", field.note) };
        format!("{} {part} {}: {}{note}", field.doc, field.name, field.value)
    });
    let schedules = submission.schedules.iter().map(|schedule| {
        let values: Vec<String> = schedule.values.iter().map(|v| format!("{} {}", v.tag, v.text)).collect();
        format!("schedule article {}: {}", schedule.article, values.join(", "))
    });
    documents.chain(fields).chain(schedules).collect()
}

/// The words of a span, white space folded.
fn words(source: &Source<'_>, span: tieout::Span) -> String {
    tieout::decode(source.slice(span)).split_whitespace().collect::<Vec<_>>().join(" ")
}
