//! Words around a claim that take it off the plain figure of its subject. Read only where text and table
//! disagree: they decide whether that is held against the document.

use crate::book::{Book, Place};
use crate::words::{AnyOf, MONTHS, has, has_any};
use tieout_model::{Claim, Fact, Period, StatementKind, Unit};
use tieout_source::Span;

/// As far as a sentence is read to either side of its number, in bytes.
const REACH: u32 = 360;

/// Words that take a claim off the plain figure of its subject. A figure that then differs is no mistake.
pub(crate) fn qualified(quote: &str) -> bool {
    static WORDS: AnyOf = AnyOf::new(&[
        "excluding",
        "exclud",
        "pro forma",
        "adjusted",
        "before ",
        "except",
        "without",
        "including",
        "constant currency",
        "same-store",
        "same store",
        "comparable",
        "organic",
        "segment",
        "division",
        "of which",
        "portion",
        "combined",
        "annualized",
        "average",
        "cumulative",
        "non-gaap",
        "approximat",
        "related to",
        "attributable",
        "estimated",
        "expected",
        "up to",
        "differ",
    ]);
    WORDS.within(quote)
}

/// "An improvement of $5" in expenses is a fall: the words say which way is good, not which way it went.
pub(crate) fn evaluates(claim: &Claim) -> bool {
    has_any(&claim.quote, &["improve", "favorabl", "better", "worse"])
        && has_any(&claim.subject, &["expense", "cost", "loss", "charge", "deficit", "debt", "ratio"])
}

/// What a line is called speaks against the subject though the concept does not: interest paid is not interest
/// expense, interest expense is not net of income, and "debt" may be any part of it.
pub(super) fn differently(book: &Book<'_>, place: Place, subject: &str) -> bool {
    const LOOSE: &[&str] = &["debt", "total debt", "indebtedness", "borrowings", "total borrowings"];
    let Some(line) = book.line(place) else {
        return true;
    };
    // A line of the cash flow statement without a concept is a change, as in "income taxes" payable.
    if line.tag.is_empty() && book.tables.get(place.0 as usize).is_some_and(|t| t.kind == StatementKind::CashFlow) {
        return true;
    }
    if matches!(line.unit, Unit::PerShare(_))
        && !has_any(subject, &["earning", "income", "loss", "profit", "eps", "dividend"])
    {
        return true;
    }
    static PAID: AnyOf = AnyOf::new(&["paid", "payment", "supplemental"]);
    let paid = |text: &str| PAID.within(text);
    let headings = line.section.iter().filter_map(|&h| book.line((place.0, h)));
    // A debt that is due in parts stands in two lines, and the text speaks of both together.
    let part = has_any(&line.label, &["current portion", "current maturities"])
        || headings.clone().any(|h| has(&h.label, "current liabilities"));
    if part && !has_any(subject, &["current", "short-term", "long-term", "payable", "accrued"]) {
        return true;
    }
    let is_paid = paid(&line.label) || paid(&line.tag) || headings.into_iter().any(|h| paid(&h.label));
    let word = |text: &str| text.split(|c: char| !c.is_ascii_alphabetic()).any(|w| w.eq_ignore_ascii_case("net"));
    let earns = has_any(subject, &["income", "loss", "earning", "sales", "revenue", "profit"])
        && !has_any(subject, &["interest"]);
    (is_paid != paid(subject))
        || (word(subject) && !word(&line.label) && !earns)
        || LOOSE.iter().any(|loose| subject.trim().eq_ignore_ascii_case(loose))
}

/// What the sentence says that makes the figure another one than the claim's; none where it says nothing.
pub(super) fn aside(book: &Book<'_>, claim: &Claim, figure: Option<&Fact>) -> Option<&'static str> {
    let (before, after) = around(book, claim);
    let both = |words: &[&str]| has_any(&before, words) || has_any(&after, words);
    if both(&["exclud", "without", "adjusted", "pro forma", "averaged", "hypothetical", "used to"]) {
        return Some("the sentence is on another basis");
    }
    let part = ["affiliates ", "affiliate ", "subsidiary ", "subsidiaries ", "segment ", "division ", "joint venture "];
    if part.iter().any(|word| {
        before.match_indices(word).any(|(at, _)| !tail(before.get(..at).unwrap_or_default(), 8).contains("and "))
    }) {
        return Some("the sentence speaks of a part of the company");
    }
    let (near, next) = (tail(&before, 34), head(&after, 44));
    if has_any(near, &["additional", "average", "since"])
        || has_any(next, &["net of", "before", "after ", "in cash", "of cash", "since", "without"])
    {
        return Some("the words beside the number make it another figure");
    }
    if has(&before, " paid ") && figure.is_some_and(|f| !has(book.name(f), "paid")) {
        return Some("the text speaks of what was paid");
    }
    let period = claim.period?;
    let months: Vec<i8> =
        (1..).zip(MONTHS).filter(|(_, name)| before.contains(name) || next.contains(name)).map(|(m, _)| m).collect();
    let end = period.end();
    // Fiscal periods end a few days into the next month.
    let around_end = |month: &i8| *month == end.month() || (end.day() < 8 && month % 12 + 1 == end.month());
    if !months.is_empty() && !months.iter().any(around_end) {
        return Some("the sentence names another date");
    }
    if matches!(period, Period::Duration(..))
        && period.quarters() >= 4
        && both(&["quarter", "six months", "nine months", "three months"])
    {
        return Some("the sentence speaks of a part of the year");
    }
    None
}

/// The claim's sentence to the left and to the right of its number, on one line.
pub(super) fn around(book: &Book<'_>, claim: &Claim) -> (String, String) {
    let text = |span: Span| book.words(span).into_owned();
    let left = text(Span { start: claim.span.start.saturating_sub(REACH), end: claim.span.start });
    let end = claim.span.end.saturating_add(REACH).min(book.source.span().end);
    let right = text(Span { start: claim.span.end, end });
    let from = left.rmatch_indices(". ").map(|(at, _)| at).find(|&at| stops(&left, at)).map_or(0, |at| at + 2);
    let to = right.match_indices(". ").map(|(at, _)| at).find(|&at| stops(&right, at)).unwrap_or(right.len());
    (left.get(from..).unwrap_or_default().to_owned(), right.get(..to).unwrap_or_default().to_owned())
}

/// No sentence ends between two places.
pub(super) fn within_sentence(book: &Book<'_>, one: u32, other: u32) -> bool {
    let between = book.words(Span { start: one.min(other), end: one.max(other) });
    between.match_indices(". ").all(|(at, _)| !stops(&between, at))
}

/// A point ends a sentence where the word before it is no abbreviation of a letter or two.
fn stops(text: &str, at: usize) -> bool {
    let word = text.get(..at).unwrap_or_default().rsplit(' ').next().unwrap_or_default();
    word.len() > 2 || word.bytes().all(|b| b.is_ascii_digit())
}

fn tail(text: &str, n: usize) -> &str {
    (0..4).find_map(|more| text.get(text.len().saturating_sub(n + more)..)).unwrap_or(text)
}

fn head(text: &str, n: usize) -> &str {
    (0..4).find_map(|more| text.get(..(n + more).min(text.len()))).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{claim, read_period, report};
    use tieout_model::{Amount, ClaimKind};
    use tieout_source::Source;

    /// What the words of a sentence say about the number in it.
    fn told(text: &str, number: &str, period: &str) -> Option<&'static str> {
        let report = report("table IS 0 2003-01-01..2003-12-31\nNet sales | 1\n");
        let book = Book::new(Source::new("case", text.as_bytes()), &report.tables, &report.facts);
        let at = text.find(number).unwrap();
        let mut claim = claim(ClaimKind::Amount, "income", Amount::new(1, 0), "2003-12-31");
        claim.period = read_period(period);
        claim.span = Span::new(at, at + number.len());
        aside(&book, &claim, None)
    }

    #[test]
    fn words_beside_a_number() {
        let year = "2003-01-01..2003-12-31";
        assert_eq!(told("Sales were $5 million in 2003.", "$5 million", year), None);
        assert!(told("Without Dyno. Sales were $5 million in 2003.", "$5 million", year).is_none());
        assert!(told("Excluding one plant, sales were $5 million in 2003.", "$5 million", year).is_some());
        assert!(told("Charges of $8 million ($5 million net of tax) were taken.", "$5 million", year).is_some());
        assert!(told("At September 30, 2003 sales were $5 million.", "$5 million", "2003-12-31").is_some());
        assert!(told("At January 3, 2004 sales were $5 million.", "$5 million", "2004-01-03").is_none());
        assert!(told("For the third quarter sales were $5 million.", "$5 million", year).is_some());
    }
}
