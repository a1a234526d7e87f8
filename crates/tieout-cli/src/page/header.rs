//! Whose filing it is, and what was read of it.

use super::text::{clean, count, paint, width, wrap};
use super::{MEASURE, Page, style};
use crate::view::View;
use tieout::{StatementKind, Submission};

/// Whose filing it is, as far as header, cover and statements say.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filing {
    pub(crate) company: Option<String>,
    pub(crate) form: Option<String>,
    pub(crate) date: Option<String>,
    pub(crate) accession: Option<String>,
}

pub(crate) fn filing(view: &View<'_>) -> Filing {
    let submission = &view.report.submission;
    let form =
        field(submission, &["CONFORMED SUBMISSION TYPE", "TYPE", "form"]).unwrap_or_else(|| doc_types(submission));
    Filing {
        company: field(submission, &["COMPANY CONFORMED NAME", "CONFORMED-NAME", "registrant", "company", "name"])
            .filter(|name| width(name) <= NAME)
            .or_else(|| over_statements(view)),
        form: (!form.is_empty()).then_some(form),
        date: field(submission, &["FILED AS OF DATE", "FILING-DATE", "report_date", "date", "release_date"]).map(iso),
        accession: (!submission.accession.is_empty()).then(|| submission.accession.clone()),
    }
}

pub(super) fn write(view: &View<'_>, page: &Page, text: &mut String) {
    let Filing { company, form, date, accession } = filing(view);
    let who = [company, form, date, accession];
    let who: Vec<String> = who.into_iter().flatten().map(|s| clean(&s)).collect();
    *text += &format!("{}\n", paint(style::BOLD, &clean(view.source.name)));
    for line in wrap(&who.join(" · "), page.width.min(MEASURE)).iter().filter(|l| !l.is_empty()) {
        *text += &format!("{line}\n");
    }
    let report = view.report;
    let statements = report.tables.iter().filter(|t| t.kind != StatementKind::Other).count();
    let submission = &view.report.submission;
    let read = [
        (submission.documents.len(), "document"),
        (statements, "statement"),
        (report.tables.len() - statements, "other table"),
        (report.facts.len(), "number"),
        (report.claims.len(), "claim"),
        (report.ties.len(), "check"),
    ];
    let read: Vec<String> = read.iter().filter(|(n, _)| *n > 0).map(|(n, thing)| count(*n, thing)).collect();
    for line in wrap(&read.join(", "), page.width.min(MEASURE)) {
        *text += &format!("{}\n", paint(style::DIM, &line));
    }
}

/// The first field of one of these names, the names in order of trust.
fn field(submission: &Submission, names: &[&str]) -> Option<String> {
    let fields = || submission.header.iter().chain(&submission.cover);
    names.iter().find_map(|name| fields().find(|f| f.name == *name && !f.value.is_empty())).map(|f| f.value.clone())
}

/// A longer one is a sentence that begins with a name.
const NAME: usize = 60;

/// The name that stands over a statement. Only words that end as companies are registered are surely one.
fn over_statements(view: &View<'_>) -> Option<String> {
    const FORMS: [&str; 18] = [
        "inc",
        "corp",
        "corporation",
        "incorporated",
        "company",
        "co",
        "ltd",
        "limited",
        "llc",
        "lp",
        "plc",
        "nv",
        "sa",
        "ag",
        "bancorp",
        "bancorporation",
        "bancshares",
        "trust",
    ];
    let statements = view.report.tables.iter().filter(|t| t.kind != StatementKind::Other && t.coreg.is_empty());
    statements.take(8).find_map(|table| {
        let lines = view.locate(table.span.start).line..=view.locate(table.span.end).line;
        let text = |n: usize| view.text(view.lines().line(n));
        let first = lines.take(8).map(text).find(|t| !t.is_empty() && !t.starts_with('<'))?;
        let lower = first.to_ascii_lowercase();
        let name = ["and subsidiaries", "and subsidiary", "& subsidiaries"]
            .iter()
            .find_map(|tail| lower.strip_suffix(tail))
            .map_or(first.as_ref(), |name| &first[..name.len()])
            .trim_end_matches([' ', ',']);
        let last: String = name.rsplit(' ').next()?.chars().filter(char::is_ascii_alphabetic).collect();
        let company = name.contains(' ') && FORMS.contains(&last.to_ascii_lowercase().as_str());
        (company && width(name) <= NAME && table.title.starts_with(name)).then(|| name.to_string())
    })
}

fn doc_types(submission: &Submission) -> String {
    let types = submission.documents.iter().map(|d| d.doc_type.as_str()).filter(|t| !t.is_empty());
    types.take(4).collect::<Vec<_>>().join(", ")
}

/// Headers write 20030429.
fn iso(date: String) -> String {
    match (date.len(), date.bytes().all(|b| b.is_ascii_digit())) {
        (8, true) => format!("{}-{}-{}", &date[..4], &date[4..6], &date[6..]),
        _ => date,
    }
}
