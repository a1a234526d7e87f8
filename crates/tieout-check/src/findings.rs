//! What a reader should know: one finding for each cause, worst first, then by place.

use crate::book::Book;
use crate::checks::by_code;
use crate::performed::Performed;
use crate::say;
use std::collections::BTreeMap;
use tieout_model::{Claim, FactRef, Finding, Label, Severity, Verdict};

/// Parts that are pointed at in one finding.
const MOST_LABELS: usize = 40;
/// Open claims of one document that are told one by one; more are told together.
const MOST_OPEN_CLAIMS: usize = 12;

/// Findings of the table checks.
pub(crate) fn of_tables(book: &Book<'_>, done: &[Performed], out: &mut Vec<Finding>) {
    let mut causes: BTreeMap<FactRef, usize> = BTreeMap::new();
    for performed in done {
        let tie = &performed.tie;
        let severity = match tie.verdict {
            Verdict::Ties => continue,
            Verdict::Open if !performed.told => continue,
            Verdict::Open => Severity::Note,
            Verdict::Off => by_code(tie.code).map_or(Severity::Error, |c| c.severity),
        };
        let cause = tie.blames.first().copied().filter(|_| tie.verdict == Verdict::Off);
        if let Some(&first) = cause.as_ref().and_then(|cause| causes.get(cause)) {
            also(out, first, performed);
            continue;
        }
        if let Some(cause) = cause {
            causes.insert(cause, out.len());
        }
        let finding = Finding {
            code: tie.code,
            severity,
            doc: tie.doc,
            message: message(book, performed),
            labels: labels(book, performed),
            help: performed.help.clone(),
        };
        out.push(finding);
    }
}

/// A second failure with the same cause goes with the first.
fn also(out: &mut [Finding], first: usize, performed: &Performed) {
    let Some(finding) = out.get_mut(first) else {
        return;
    };
    let worse = by_code(performed.tie.code).map_or(Severity::Error, |c| c.severity);
    finding.severity = finding.severity.max(worse);
    if finding.labels.len() < MOST_LABELS {
        let text = format!("{} fails here as well: {}", performed.tie.code, performed.tie.subject);
        finding.labels.push(Label { span: performed.tie.span, text });
    }
}

/// Both numbers, the gap and its direction.
fn message(book: &Book<'_>, performed: &Performed) -> String {
    let tie = &performed.tie;
    let Some(fact) = tie.fact.and_then(|at| book.fact(at)) else {
        return format!("{} is printed {}; {}", tie.subject, say::figure(tie.printed, 0), tie.because);
    };
    let computed = tie.computed.map(|c| book.figure_like(fact, c)).unwrap_or_default();
    let far = match (tie.gap, tie.tolerance) {
        (Some(gap), Some(tolerance)) => format!(" ({}, rounding allows {})", say::gap(gap), say::figure(tolerance, 0)),
        _ => String::new(),
    };
    let printed = format!("{} is printed {}", tie.subject, book.figure(fact));
    match tie.code {
        "XFOOT" | "YTD" => format!("{printed}; its {} sum to {computed}{far}", say::count(tie.parts.len(), "column")),
        "FOOT" | "EPS-ADD" | "CHAIN" => {
            format!("{printed}; its {} sum to {computed}{far}", say::count(tie.parts.len(), "line"))
        }
        "EPS" => format!("{printed} a share; {}, which rounds to {computed}{far}", tie.because),
        "BAL" | "CF" | "CF-BS" | "DUP" => format!("{printed}; {} {computed}{far}", against(tie.code, tie.parts.len())),
        "RF" => format!("{printed}; {}{far}", tie.because),
        _ => format!("{printed}; {}", tie.because),
    }
}

fn against(code: &str, parts: usize) -> &'static str {
    match (code, parts) {
        ("BAL", 1) => "total assets are",
        ("BAL", _) => "liabilities and equity add to",
        ("CF", _) => "the cash flow statement adds to",
        ("CF-BS", _) => "the balance sheet has",
        _ => "elsewhere it is",
    }
}

/// The figure in question first: the blamed one, then the figure checked, then its parts.
fn labels(book: &Book<'_>, performed: &Performed) -> Vec<Label> {
    let tie = &performed.tie;
    let mut labels = Vec::new();
    if let [blamed] = tie.blames.as_slice()
        && Some(*blamed) != tie.fact
        && let Some(fact) = book.fact(*blamed)
    {
        labels.push(Label { span: fact.span, text: "likely misprinted".to_owned() });
    }
    labels.push(Label { span: tie.span, text: "printed here".to_owned() });
    let parts = tie.parts.iter().take(MOST_LABELS).enumerate();
    labels.extend(parts.filter_map(|(i, &at)| {
        let minus = performed.equation.as_ref().and_then(|e| e.parts.get(i)).is_some_and(|&(_, minus)| minus);
        let subtracted = if minus { ", subtracted" } else { "" };
        let text = format!("part {} of {}{subtracted}", i + 1, tie.parts.len());
        Some(Label { span: book.fact(at)?.span, text })
    }));
    labels
}

/// Findings of the claims: each that is off, and those that are open, together where they are many.
pub(crate) fn of_claims(book: &Book<'_>, claims: &[Claim], codes: &[Option<&'static str>], out: &mut Vec<Finding>) {
    let mut open: BTreeMap<u32, Vec<(&Claim, &'static str)>> = BTreeMap::new();
    for (claim, code) in claims.iter().zip(codes) {
        let Some(code) = *code else { continue };
        match claim.verdict {
            Verdict::Ties => {}
            Verdict::Off => out.push(off(book, claim, code)),
            Verdict::Open => open.entry(claim.doc).or_default().push((claim, code)),
        }
    }
    for (doc, claims) in open {
        if claims.len() <= MOST_OPEN_CLAIMS {
            out.extend(claims.iter().map(|(claim, code)| note(doc, claim, code)));
        } else {
            out.push(together(doc, &claims));
        }
    }
}

fn off(book: &Book<'_>, claim: &Claim, code: &'static str) -> Finding {
    let mut labels = vec![Label { span: claim.span, text: "said here".to_owned() }];
    let figures = claim.support.iter().filter_map(|&at| book.fact(at));
    labels.extend(figures.map(|fact| Label { span: fact.span, text: book.subject(fact) }));
    let help = claim.because.split_once("; ").map_or("", |(_, rest)| rest).to_owned();
    let message = format!("\"{}\": {}", claim.quote, claim.because.split("; ").next().unwrap_or_default());
    Finding { code, severity: Severity::Error, doc: claim.doc, message, labels, help }
}

fn note(doc: u32, claim: &Claim, code: &'static str) -> Finding {
    Finding {
        code,
        severity: Severity::Note,
        doc,
        message: format!("\"{}\" is not settled: {}", claim.quote, claim.because),
        labels: vec![Label { span: claim.span, text: "said here".to_owned() }],
        help: String::new(),
    }
}

fn together(doc: u32, claims: &[(&Claim, &'static str)]) -> Finding {
    let code = claims.first().map_or("PROSE", |(_, code)| code);
    let label = |(claim, _): &(&Claim, &str)| Label { span: claim.span, text: claim.because.clone() };
    Finding {
        code,
        severity: Severity::Note,
        doc,
        message: format!("{} claims of document {doc} are not settled by its tables", claims.len()),
        labels: claims.iter().take(MOST_LABELS).map(label).collect(),
        help: String::new(),
    }
}

/// Worst first, then by place.
pub(crate) fn sort(findings: &mut [Finding]) {
    let place = |f: &Finding| f.labels.first().map_or(0, |l| l.span.start);
    findings.sort_by_key(|f| (std::cmp::Reverse(f.severity), place(f)));
}
