//! Paragraphs of a filing's prose, read for what they say in numbers.
//!
//! A sentence is cut into words, numbers and phrases of time; one pass over them finds what governs each
//! number (a verb, a preposition, a noun beside it), and from that its subject, its kind and the side of a
//! comparison it stands on. Last, the phrases of time become days by the company's own calendar. What a
//! sentence does not say stays empty: a claim without a subject or a period is still a number with a place.
//!
//! The language is that of STANDARDS section 7. Nothing here knows whether a claim is true.

mod calendar;
mod claim;
mod gate;
mod item;
mod number;
mod page;
mod period;
mod section;
mod sentence;
mod subject;
mod template;
mod token;
mod vocabulary;

use calendar::Calendar;
use tieout_grid::Paragraph;
use tieout_model::{Claim, Date, Period, Span};

/// What is known of a document before its prose is read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context<'c> {
    /// Document number (1-based).
    pub doc: u32,
    /// When it was published.
    pub report_date: Option<Date>,
    /// The period it reports: that of a claim that names none.
    pub period: Option<Period>,
    /// Month and day on which the company's fiscal year ends.
    pub fiscal_year_end: Option<(i8, i8)>,
    /// Places without claims: forward-looking statements, contact details.
    pub skip: &'c [Span],
}

/// Every quantitative statement of `paragraphs`, in order, not yet checked.
///
/// Falls and losses are negative, percents are fractions, and each number gives at most one claim. A subject
/// or a period that the words do not settle is left out.
pub fn claims(paragraphs: &[Paragraph], context: &Context<'_>) -> Vec<Claim> {
    let calendar = calendar_of(paragraphs, context);
    let filer = filer(paragraphs).unwrap_or_default();
    let mut out = Vec::new();
    let mut section = None;
    let segments = section::Segments::named_in(paragraphs);
    let mut segment = "";
    let (mut low, mut tokens, mut items) = (String::new(), item::Sentence::default(), Vec::new());
    let mut rest = paragraphs;
    while let Some((first, after)) = rest.split_first() {
        segment = segments.after(first, segment);
        let broken = page::rejoined(rest);
        let (paragraph, taken) = broken.as_ref().map_or((first, 0), |(whole, taken)| (whole, *taken));
        rest = after.get(taken..).unwrap_or_default();
        let text = paragraph.text.as_str();
        let mut worth = gate::next(text.as_bytes(), 0);
        if worth.is_none() && !may_head(text) || context.skip.iter().any(|s| s.contains(paragraph.span)) {
            continue;
        }
        low.clear();
        low.push_str(text);
        low.make_ascii_lowercase();
        if let Some(when) = section::compared(paragraph, &low) {
            section = calendar.resolve(&when, None);
            continue;
        }
        let scope = Some(section::scope(text)).filter(|own| !own.is_empty()).unwrap_or(segment);
        let mut memory = claim::Memory { section, note: section::note(text), ..Default::default() };
        let mut subject = subject::Subject::default();
        for range in sentence::sentences(text) {
            let Some(number) = worth else { break };
            if number >= range.end {
                // "It" of a later sentence may be what this one speaks of.
                subject = subject::Subject::default();
                continue;
            }
            worth = gate::next(text.as_bytes(), range.end);
            // What a contract says shall be is no result.
            let ordered =
                text.get(range.clone()).is_some_and(|s| memchr::memmem::find(s.as_bytes(), b" shall ").is_some());
            if ordered || context.skip.iter().any(|s| s.contains(paragraph.span_of(range.clone()))) {
                continue;
            }
            tokens.read(&low, range, &mut items);
            let phrases = subject::Phrases { text, low: &low, items: &items, filer: &filer };
            let reading = template::read(phrases, scope, &mut subject);
            claim::claims(&reading, paragraph, &calendar, &mut memory, context.doc, &mut out);
        }
    }
    out
}

/// The period that the prose itself says it reports: the first that it names by its length and last day
/// ("first quarter ended March 31, 2003") in a sentence that announces results, else in one that measures them.
/// Where it names two with one end, the first.
pub fn reported_period(paragraphs: &[Paragraph]) -> Option<Period> {
    let mut announced = None;
    let mut measured = None;
    each_ended(paragraphs, |sentence, when| {
        let found = || Calendar::default().resolve(when, None);
        if ["result", "report", "announc", "earnings"].iter().any(|w| sentence.contains(w)) {
            announced = announced.or_else(found);
        } else if ["sales", "revenue", "income", "net loss"].iter().any(|w| sentence.contains(w)) {
            measured = measured.or_else(found);
        }
        announced.is_none()
    });
    announced.or(measured)
}

/// The calendar of the context, completed by what the prose says.
fn calendar_of(paragraphs: &[Paragraph], context: &Context<'_>) -> Calendar {
    let mut calendar = Calendar {
        period: context.period.or_else(|| reported_period(paragraphs)),
        report: context.report_date,
        year_end: context.fiscal_year_end,
        ahead: None,
    };
    if calendar.may_learn() {
        each_ended(paragraphs, |_, when| {
            calendar.learn(when);
            calendar.may_learn()
        });
    }
    if let Some(number) = calendar.period.filter(|_| calendar.year_end.is_none()).and_then(|p| quarter(paragraphs, p)) {
        calendar.learn_quarter(number);
    }
    calendar
}

/// Which quarter of its year `reported` is called: the number that a heading or an announcement of results names
/// without another year ("First Quarter Results"), else the only one that the prose names with its year.
fn quarter(paragraphs: &[Paragraph], reported: Period) -> Option<u8> {
    let mut only = None;
    let mut several = false;
    for paragraph in paragraphs {
        let text = paragraph.text.as_bytes();
        if [&b"uarter"[..], b"UARTER"].iter().all(|w| memchr::memmem::find(text, w).is_none()) {
            continue;
        }
        let low = paragraph.text.to_ascii_lowercase();
        for range in sentence::sentences(&paragraph.text) {
            let sentence = low.get(range.clone()).unwrap_or_default();
            let announces = ["result", "report", "announc", "earnings"].iter().any(|w| sentence.contains(w));
            for item in item::items(&low, range) {
                let item::What::When(when) = item.what else { continue };
                let period::Length::Quarter(number @ 1..=4) = when.length else { continue };
                let year = when.year.or(when.end.and_then(|d| d.year));
                let own = year.is_none_or(|y| y == reported.end().year()) && when.shift != period::Shift::YearAgo;
                if own && announces {
                    return Some(number);
                }
                if own && year.is_some() {
                    several |= only.is_some_and(|n| n != number);
                    only = Some(number);
                }
            }
        }
    }
    only.filter(|_| !several)
}

/// Calls `seen` for each phrase of time with a length and a full last day, until it returns false.
fn each_ended(paragraphs: &[Paragraph], mut seen: impl FnMut(&str, &period::When) -> bool) {
    for paragraph in paragraphs {
        let text = paragraph.text.as_bytes();
        let ended = [&b" end"[..], b" End", b" END"].iter().any(|w| memchr::memmem::find(text, w).is_some());
        if !ended || !has_digit(text) {
            continue;
        }
        let low = paragraph.text.to_ascii_lowercase();
        for range in sentence::sentences(&paragraph.text) {
            let ended = |s: &str| memchr::memmem::find(s.as_bytes(), b" end").is_some() && has_digit(s.as_bytes());
            if !low.get(range.clone()).is_some_and(ended) {
                continue;
            }
            let sentence = low.get(range.clone()).unwrap_or_default();
            for item in item::items(&low, range) {
                let item::What::When(when) = item.what else { continue };
                let whole = !matches!(when.length, period::Length::Any | period::Length::Day | period::Length::Month);
                if whole && when.end.is_some_and(|d| d.year.is_some()) && !seen(sentence, &when) {
                    return;
                }
            }
        }
    }
}

/// The name of the company that files, in lower case: the capitals before the first "Inc." or the like.
fn filer(paragraphs: &[Paragraph]) -> Option<String> {
    for paragraph in paragraphs.iter().take(60) {
        let words: Vec<&str> = paragraph.text.split([' ', ',', '.']).filter(|w| !w.is_empty()).take(40).collect();
        let end = words.iter().position(|w| {
            matches!(
                w.to_ascii_lowercase().as_str(),
                "inc" | "corp" | "corporation" | "ltd" | "co" | "company" | "plc" | "llc" | "bancorp"
            )
        });
        let Some(end) = end.filter(|&e| e > 0) else { continue };
        let named = |w: &&&str| {
            w.chars().any(|c| c.is_ascii_uppercase() || c == '&')
                && w.chars().all(|c| c.is_alphanumeric() || "&'-".contains(c))
        };
        let first = end - words.get(..end)?.iter().rev().take(5).take_while(named).count();
        let name = words.get(first..end).unwrap_or_default().join(" ").trim_start_matches('-').to_ascii_lowercase();
        let name = name.strip_prefix("the ").unwrap_or(&name);
        if name != "the" && name.len() > 1 {
            return Some(name.to_owned());
        }
    }
    None
}

/// Cheap: true for a text as short as a heading that sets two times against each other, with a digit in it.
fn may_head(text: &str) -> bool {
    text.len() <= 140 && has_digit(text.as_bytes())
}

/// Whole blocks at a time, so that the compiler makes vectors of it.
fn has_digit(bytes: &[u8]) -> bool {
    bytes.chunks(64).any(|block| block.iter().fold(false, |any, b| any | b.is_ascii_digit()))
}

#[cfg(test)]
mod tests;
