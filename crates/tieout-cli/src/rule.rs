//! `tieout rule`: the list of checks, and one check's manual.

use crate::page::text::{paint, width, wrap};
use crate::page::{MEASURE, Page, style};
use tieout::{Check, Severity};

/// The list, or the manual of `code`. The error says which codes there are.
pub(crate) fn show(code: Option<&str>, checks: &[Check], page: &Page) -> Result<String, String> {
    let Some(code) = code else { return Ok(list(checks, page)) };
    match checks.iter().find(|c| c.code.eq_ignore_ascii_case(code)) {
        Some(check) => Ok(manual(check, page)),
        None => {
            let codes: Vec<&str> = checks.iter().map(|c| c.code).collect();
            Err(format!("there is no check {code}; the checks are {}", codes.join(", ")))
        }
    }
}

fn list(checks: &[Check], page: &Page) -> String {
    let code = checks.iter().map(|c| c.code.len()).max().unwrap_or(0);
    let mut text = String::new();
    for check in checks {
        let severity = match check.severity {
            Severity::Error => style::OFF,
            Severity::Warning | Severity::Note => style::OPEN,
        };
        text += &format!(
            "{}  {}  {}  {}\n",
            paint(style::GOOD, &check.tick.to_string()),
            paint(style::BOLD, &format!("{:code$}", check.code)),
            paint(severity, &format!("{:7}", check.severity.word())),
            check.name,
        );
    }
    let _ = page;
    text += &format!("\n{}\n", paint(style::DIM, "tieout rule CODE prints a check's manual"));
    text
}

/// Headings bold, paragraphs wrapped, anything indented or fenced as it stands.
fn manual(check: &Check, page: &Page) -> String {
    let measure = page.width.min(MEASURE).min(88);
    let head = format!("{}  {}", check.code, check.name);
    let tail = format!("{}, tick {}", check.severity.word(), check.tick);
    let gap = " ".repeat(measure.saturating_sub(width(&head) + width(&tail)).max(2));
    let mut text = format!("{}{gap}{}\n\n", paint(style::BOLD, &head), paint(style::DIM, &tail));
    let (mut paragraph, mut fenced) = (String::new(), false);
    let flush = |paragraph: &mut String, text: &mut String| {
        if !paragraph.is_empty() {
            wrap(paragraph, measure).iter().for_each(|line| *text += &format!("{line}\n"));
            paragraph.clear();
        }
    };
    for line in check.manual.trim().lines() {
        if line.trim_start().starts_with("```") {
            flush(&mut paragraph, &mut text);
            fenced = !fenced;
        } else if fenced || line.starts_with("    ") {
            flush(&mut paragraph, &mut text);
            text += &format!("    {}\n", line.strip_prefix("    ").unwrap_or(line));
        } else if let Some(name) = line.strip_prefix('#') {
            flush(&mut paragraph, &mut text);
            text += &format!("{}\n", paint(style::BOLD, name.trim_start_matches('#').trim()));
        } else if line.trim().is_empty() {
            flush(&mut paragraph, &mut text);
            text.push('\n');
        } else {
            if line.starts_with(['-', '*', ' ']) {
                flush(&mut paragraph, &mut text);
            }
            paragraph += &format!("{} ", line.trim());
        }
    }
    flush(&mut paragraph, &mut text);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHECK: Check = Check {
        code: "EPS",
        name: "per-share recomputation",
        severity: Severity::Error,
        tick: 'R',
        manual: "## What it checks\n\nIncome over shares,\nas printed.\n\n## Example\n\n    840 / 7,853\n",
    };

    #[test]
    fn a_manual_reads_like_one() {
        let text = show(Some("eps"), &[CHECK], &Page { width: 40, ..Page::default() }).unwrap();
        let text = anstream::adapter::strip_str(&text).to_string();
        assert_eq!(
            text,
            "EPS  per-share recomputation  error, tick R\n\n\
             What it checks\n\nIncome over shares, as printed.\n\nExample\n\n    840 / 7,853\n"
        );
    }

    #[test]
    fn an_unknown_code_is_answered_with_the_known() {
        let error = show(Some("ESP"), &[CHECK], &Page::default()).unwrap_err();
        assert_eq!(error, "there is no check ESP; the checks are EPS");
    }
}
