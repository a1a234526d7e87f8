//! The page that `check` shows: header, statements with tick marks, claims, findings, summary.

mod claims;
mod findings;
mod header;
mod layout;
mod marks;
mod markup;
mod piece;
mod places;
mod sheet;
mod statement;
mod summary;
pub(crate) mod text;

use crate::view::View;
pub(crate) use header::{Filing, filing};
pub(crate) use marks::Marks;
pub(crate) use sheet::UNCHECKED;
pub(crate) use statement::is_tags;
use text::{paint, width};

/// How much to say, and how wide.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Page {
    /// Characters a line.
    pub(crate) width: usize,
    /// Findings and summary alone.
    pub(crate) quiet: bool,
    /// Every table, every note, every reason.
    pub(crate) verbose: bool,
}

impl Default for Page {
    fn default() -> Self {
        Page { width: 100, quiet: false, verbose: false }
    }
}

/// The few styles there are, by meaning.
pub(crate) mod style {
    use anstyle::{AnsiColor, Effects, Style};

    pub(crate) const PLAIN: Style = Style::new();
    pub(crate) const BOLD: Style = Style::new().effects(Effects::BOLD);
    pub(crate) const DIM: Style = Style::new().effects(Effects::DIMMED);
    pub(crate) const PROVEN: Style = AnsiColor::Green.on_default().effects(Effects::DIMMED);
    pub(crate) const GOOD: Style = AnsiColor::Green.on_default();
    pub(crate) const OFF: Style = AnsiColor::Red.on_default().effects(Effects::BOLD);
    pub(crate) const OPEN: Style = AnsiColor::Yellow.on_default();
    pub(crate) const PLACE: Style = AnsiColor::Blue.on_default().effects(Effects::BOLD);
    pub(crate) const HELP: Style = AnsiColor::Cyan.on_default();
}

/// The whole page of one file.
pub(crate) fn write(view: &View<'_>, page: &Page, out: &mut Vec<u8>) {
    let mut text = String::new();
    if page.quiet {
        // Over many files the clean ones should take one line each.
        summary::write(view, page, Some(view.source.name), &mut text);
        findings::write(view, page, &mut text);
    } else {
        header::write(view, page, &mut text);
        statement::write(view, page, &mut text);
        claims::write(view, page, &mut text);
        findings::write(view, page, &mut text);
        places::write(view, page, &mut text);
        text.push('\n');
        summary::write(view, page, None, &mut text);
        text.push('\n');
    }
    out.extend_from_slice(text.as_bytes());
}

/// A part's heading: its name, a rule to the edge of the page, and what it holds at the end.
pub(crate) fn heading(name: &str, holds: &str, page: &Page, text: &mut String) {
    let rule = page.width.min(MEASURE).saturating_sub(width(name) + width(holds) + 2).max(3);
    let rule = format!("{} {holds}", "─".repeat(rule));
    *text += &format!("\n{} {}\n\n", paint(style::BOLD, name), paint(style::DIM, rule.trim_end()));
}

/// No line of ours is longer than this, however wide the window: eyes lose the way back.
pub(crate) const MEASURE: usize = 120;

#[cfg(test)]
mod tests;
