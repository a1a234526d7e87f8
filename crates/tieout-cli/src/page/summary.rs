//! Does it hold together? One sentence.

use super::text::{clean, count, grouped, paint, width, wrap};
use super::{MEASURE, Page, style};
use crate::view::{Counts, View};
use tieout::{Proof, Severity, Verdict};

pub(super) fn write(view: &View<'_>, page: &Page, name: Option<&str>, text: &mut String) {
    let [ties, claims] = view.verdicts();
    let facts = view.report.facts.len();
    // A claim that is off is a check that is off: the findings count each once.
    let exceptions = view.report.findings.iter().filter(|f| f.severity == Severity::Error).count();
    let (verdict, color) = match view.verdict() {
        Verdict::Off => (format!("off: {}", count(exceptions.max(1), "exception")), style::OFF),
        Verdict::Ties => ("ties".to_string(), style::GOOD),
        Verdict::Open => ("open: nothing could be checked".to_string(), style::OPEN),
    };
    let mut parts = vec![part("check", ties), part("claim", claims)];
    if facts > 0 {
        let proven = view.report.facts.iter().filter(|f| f.proof == Proof::Proven).count();
        parts.push(format!("{} of {} proven", grouped(proven), count(facts, "number")));
    }
    // Over many files the verdicts are wanted, and soon.
    if name.is_none() && !view.coverage().unplaced.is_empty() {
        parts.push(format!("{} without a place", grouped(view.coverage().unplaced.len())));
    }
    parts.retain(|p| !p.is_empty());
    let indent = width(&verdict) + 2;
    if let Some(name) = name {
        *text += &format!("{}  ", paint(style::BOLD, &clean(name)));
    }
    *text += &paint(color, &verdict);
    if !parts.is_empty() {
        let parts = parts.join(", ");
        let room = page.width.min(MEASURE).saturating_sub(indent);
        // One file a line where there are many: a list to search, not a page.
        let lines = if name.is_some() { vec![parts] } else { wrap(&parts, room) };
        *text += &format!("  {}", lines.join(&format!("\n{}", " ".repeat(indent))));
    }
    text.push('\n');
}

/// `61 checks (58 tie, 1 off, 2 open)`, without what there is none of.
fn part(thing: &str, counts: Counts) -> String {
    let all = counts.ties + counts.off + counts.open;
    if all == 0 {
        return String::new();
    }
    let each = [(counts.ties, "tie"), (counts.off, "off"), (counts.open, "open")];
    let said: Vec<String> =
        each.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{} {word}", grouped(*n))).collect();
    format!("{} ({})", count(all, thing), said.join(", "))
}
