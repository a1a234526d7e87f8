//! Which tick marks stand beside which number.

use anstyle::Style;
use std::collections::{BTreeMap, BTreeSet};
use tieout::{Check, Fact, FactRef, Proof, Report, Verdict};

use super::sheet::UNCHECKED;
use super::style;

/// At most so many letters beside one number.
const MOST: usize = 3;

/// What the checks did with each number they touched.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    of: BTreeMap<FactRef, Touched>,
}

#[derive(Debug, Default)]
struct Touched {
    /// Ticks of the checks this number was checked by and passed.
    passed: Vec<char>,
    /// Ticks of the passed checks this number was a part of.
    part: Vec<char>,
    off: bool,
    open: bool,
}

impl Marks {
    /// Gathers the marks of a report. `checks` gives the letters.
    pub(crate) fn new(report: &Report, checks: &[Check]) -> Marks {
        let mut marks = Marks::default();
        for tie in &report.ties {
            let tick = checks.iter().find(|c| c.code == tie.code).map_or('?', |c| c.tick);
            match tie.verdict {
                Verdict::Ties => {
                    tie.fact.iter().for_each(|fact| add(&mut marks.at(*fact).passed, tick));
                    tie.parts.iter().for_each(|part| add(&mut marks.at(*part).part, tick.to_ascii_lowercase()));
                }
                // An empty list blames the figure itself.
                Verdict::Off if tie.blames.is_empty() => tie.fact.iter().for_each(|f| marks.at(*f).off = true),
                Verdict::Off => tie.blames.iter().for_each(|f| marks.at(*f).off = true),
                Verdict::Open => tie.fact.iter().for_each(|f| marks.at(*f).open = true),
            }
        }
        marks
    }

    fn at(&mut self, fact: FactRef) -> &mut Touched {
        self.of.entry(fact).or_default()
    }

    /// The mark of a number: letters of the checks it passed, else one small letter for a check it is a
    /// part of, else why there is none.
    pub(crate) fn mark(&self, fact: &Fact) -> (String, Style) {
        let touched = self.of.get(&fact.reference());
        if fact.proof == Proof::Off || touched.is_some_and(|t| t.off) {
            return ("X".into(), style::OFF);
        }
        let letters: String = match touched {
            Some(t) if !t.passed.is_empty() => t.passed.iter().take(MOST).collect(),
            Some(t) if !t.part.is_empty() => t.part.iter().take(1).collect(),
            Some(t) if t.open => return ("U".into(), style::OPEN),
            _ => return (UNCHECKED.into(), style::DIM),
        };
        (letters, if fact.proof == Proof::Proven { style::PROVEN } else { style::DIM })
    }
}

fn add(ticks: &mut Vec<char>, tick: char) {
    if !ticks.contains(&tick) {
        ticks.push(tick);
    }
}

/// What the used marks mean, one entry a letter; empty where no mark was set.
pub(super) fn legend(used: &BTreeSet<char>, report: &Report, checks: &[Check]) -> Vec<(String, Style)> {
    let performed: BTreeSet<&str> = report.ties.iter().filter(|t| t.verdict == Verdict::Ties).map(|t| t.code).collect();
    let mut letters: Vec<(char, Vec<&str>)> = Vec::new();
    for check in checks.iter().filter(|c| performed.contains(c.code)) {
        if !used.contains(&check.tick) && !used.contains(&check.tick.to_ascii_lowercase()) {
            continue;
        }
        match letters.iter_mut().find(|(letter, _)| *letter == check.tick) {
            Some((_, subjects)) => subjects.push(subject(check)),
            None => letters.push((check.tick, vec![subject(check)])),
        }
    }
    let mut legend: Vec<(String, Style)> = letters
        .iter()
        .map(|(l, subjects)| (format!("{l} {} ({})", meaning(*l), subjects.join(", ")), style::GOOD))
        .collect();
    if letters.iter().any(|(l, _)| used.contains(&l.to_ascii_lowercase())) {
        legend.push(("small letter: part of a checked sum".into(), style::DIM));
    }
    for (mark, meaning, style) in
        [('X', "exception", style::OFF), ('U', "unsupported", style::OPEN), ('·', "not checked", style::DIM)]
    {
        if used.contains(&mark) {
            legend.push((format!("{mark} {meaning}"), style));
        }
    }
    legend
}

/// Auditors' words for their letters.
fn meaning(letter: char) -> &'static str {
    match letter {
        'F' => "footed",
        'R' => "recalculated",
        'A' => "agreed",
        'C' => "cross-footed",
        'E' => "extended",
        _ => "checked",
    }
}

/// What a check is about, after the word for its letter; the name of a check that is not among these.
fn subject(check: &Check) -> &'static str {
    match check.code {
        "FOOT" => "column",
        "EPS-ADD" => "per-share parts",
        "NONGAAP" => "reconciliation",
        "BAL" => "balance",
        "CHAIN" => "chain",
        "CF" => "cash flow",
        "CF-BS" => "cash",
        "SH" => "shares",
        "DUP" => "repeated figures",
        "HDR" => "scale",
        "PROSE" => "text",
        "XFOOT" => "row",
        "YTD" => "periods",
        "EX27" => "schedule",
        "EPS" => "per share",
        "RF" => "roll-forward",
        "DELTA" => "change",
        "PCT" => "percent change",
        "PCTREV" => "share of revenue",
        "RATIO" => "ratio",
        "MULTIPLE" => "multiple",
        _ => check.name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn the_legend_names_a_letter_once() {
        let mut fixture = fixture::release();
        let bal = Check { code: "BAL", name: "balance", severity: tieout::Severity::Error, tick: 'F', manual: "" };
        fixture.report.ties[0].code = "BAL";
        let view = fixture.view();
        let checks: Vec<Check> = view.checks.iter().copied().chain([bal]).collect();
        let used = BTreeSet::from(['F', 'f', 'X']);
        let said: Vec<String> = legend(&used, view.report, &checks).into_iter().map(|(s, _)| s).collect();
        assert_eq!(said, ["F footed (column, balance)", "small letter: part of a checked sum", "X exception"]);
    }
}
