//! The way of the data, one stage after the other; no stage looks back.

use tieout_grid::{Block, Paragraph};
use tieout_inline::Form;
use tieout_model::{Check, Date, Document, DocumentFormat, Report, Submission};
use tieout_source::Source;
use tieout_statement::Calendar;

/// Every check there is.
pub(crate) const CHECKS: &[Check] = tieout_check::CHECKS;

/// Envelope → tables and paragraphs → statements and facts → claims → checks.
pub(crate) fn run(source: &Source<'_>) -> Report {
    let (submission, findings) = tieout_submission::read(source);
    let mut report = Report { submission, findings, ..Report::default() };
    let dates = Dates::of(&report.submission, source);
    let mut prose: Vec<(u32, Vec<Paragraph>)> = Vec::new();
    for (doc, document) in (1..).zip(&report.submission.documents) {
        // Paragraphs are kept; a grid is read and let go.
        let mut paragraphs = Vec::new();
        let grids = blocks(source, document).filter_map(|block| match block {
            Block::Grid(grid) => Some(grid),
            Block::Prose(paragraph) => {
                paragraphs.push(paragraph);
                None
            }
        });
        let first = report.tables.len() as u32;
        let (tables, facts) = tieout_statement::read(doc, grids, dates.calendar, first);
        report.tables.extend(tables);
        report.facts.extend(facts);
        prose.push((doc, paragraphs));
    }
    for (doc, document) in (1..).zip(&report.submission.documents) {
        if let Some(form) = tagged_form(document) {
            tieout_inline::read(source, doc, document.body, form, &mut report.tagging);
        }
    }
    tieout_inline::adopt(source, &mut report.tables, &report.facts, &mut report.tagging);
    // The prose of one document speaks of the tables of another: claims come after all tables.
    let period = tieout_statement::reported_period(&report.tables);
    for (doc, paragraphs) in prose {
        let skip = report.submission.without_claims(doc);
        let context = tieout_prose::Context {
            doc,
            report_date: dates.report,
            period,
            fiscal_year_end: dates.calendar.fiscal_year_end,
            skip: &skip,
        };
        report.claims.extend(tieout_prose::claims(&paragraphs, &context));
    }
    tieout_check::check(&mut report, source);
    report
}

/// A document's tables and paragraphs; none where it is not made of text.
fn blocks<'a>(source: &Source<'a>, document: &Document) -> Box<dyn Iterator<Item = Block<'a>> + 'a> {
    match document.format {
        DocumentFormat::Text => Box::new(tieout_grid::blocks(source, document.body, document.dash_escaped)),
        DocumentFormat::Html => Box::new(tieout_grid::html_blocks(source, document.body).into_iter()),
        DocumentFormat::Schedule | DocumentFormat::Other => Box::new(std::iter::empty()),
    }
}

/// How a document carries XBRL facts, where it may.
fn tagged_form(document: &Document) -> Option<Form> {
    match document.format {
        DocumentFormat::Html => Some(Form::Inline),
        DocumentFormat::Other if document.doc_type == "EX-101.INS" => Some(Form::Instance),
        _ => None,
    }
}

/// What header and cover say of time.
struct Dates {
    calendar: Calendar,
    report: Option<Date>,
}

impl Dates {
    fn of(submission: &Submission, source: &Source<'_>) -> Dates {
        let fields = || submission.header.iter().chain(&submission.cover);
        let value = |name: &str| fields().find(|f| f.name == name).map(|f| f.value.as_str());
        let date = |name: &str| value(name).and_then(date);
        let form = value("CONFORMED SUBMISSION TYPE").or_else(|| value("form")).unwrap_or_default();
        let calendar = Calendar {
            // An 8-K reports an event: its period is the day of the release, not the quarter's end.
            period_end: if form.starts_with("8-K") { None } else { date("CONFORMED PERIOD OF REPORT") }
                .or_else(|| date("period_end")),
            fiscal_year_end: value("FISCAL YEAR END")
                .and_then(month_and_day)
                .or_else(|| tieout_statement::year_end(source.bytes)),
            annual: form.starts_with("10-K") || form.starts_with("ARS"),
        };
        let report = ["dateline_date", "date_of_report", "FILED AS OF DATE"].iter().find_map(|name| date(name));
        Dates { calendar, report }
    }
}

/// `20030429` of headers, `2003-04-29` of covers.
fn date(text: &str) -> Option<Date> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if digits.len() != 8 {
        return None;
    }
    let (year, rest) = digits.split_at(4);
    let (month, day) = month_and_day(rest)?;
    Date::new(year.parse().ok()?, month, day).ok()
}

/// `1231`.
fn month_and_day(text: &str) -> Option<(i8, i8)> {
    let (month, day) = (text.get(..2)?.parse().ok()?, text.get(2..4)?.parse().ok()?);
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some((month, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_headers_and_covers() {
        assert_eq!(date("20030429"), Date::new(2003, 4, 29).ok());
        assert_eq!(date("2003-04-29"), Date::new(2003, 4, 29).ok());
        assert_eq!(date("April 29, 2003"), None);
        assert_eq!(month_and_day("0630"), Some((6, 30)));
        assert_eq!(month_and_day("9930"), None);
    }

    /// The stages speak to each other: a release of our own comes out read, tied and claimed.
    #[test]
    fn a_small_release_goes_all_the_way() {
        let text = b"\
EXHIBIT 99.1

Maple Ridge Instruments reported sales of $4.2 million for the year ended
December 31, 2002, up 5.0% from 2001.

                  MAPLE RIDGE INSTRUMENTS
                 Statements of Operations
                       (In thousands)
                               Year ended December 31,
                                 2002         2001
                               --------     --------
Sales                          $ 4,200      $ 4,000
Cost of sales                    2,950        3,660
                               --------     --------
Gross profit                     1,250          340
Selling expenses                 1,330        2,210
                               --------     --------
Net loss                       $   (80)     $(1,870)
                               ========     ========
";
        let report = run(&Source::new("release.txt", text));
        assert_eq!(report.tables.len(), 1);
        assert_eq!(report.facts.len(), 10);
        assert_eq!(report.claims.len(), 2);
        assert!(report.ties.iter().any(|t| t.code == "FOOT"));
    }
}
