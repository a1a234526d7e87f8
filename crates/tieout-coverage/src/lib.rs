//! Every number has one place: a fact's, a claim's, a heading's, a field's, or one on a declared skip list. What
//! is left has none, and is listed.
//!
//! The numbers are counted from the bytes of the documents as their readers see them, past the stages that
//! made tables and claims of them: a number that a stage has lost is found here. EX-27 schedules and documents
//! that are not text are left out.

mod shown;
mod skip;
mod words;

use shown::Shown;
use tieout_model::{Coverage, Document, Field, Part, Place, Report, Span, Table};
use tieout_source::Source;

/// The place of each number in the documents of `report`, which was read from `source`.
pub fn coverage(source: &Source<'_>, report: &Report) -> Coverage {
    let mut coverage = Coverage::default();
    let mut places = Places::of(report);
    for (doc, document) in (1..).zip(&report.submission.documents) {
        if let Some(shown) = Shown::of(source, document) {
            let cautions = Spans::of(report.submission.without_claims(doc));
            document_of(&shown, document, &mut places, cautions, &mut coverage);
        }
    }
    coverage
}

fn document_of(shown: &Shown<'_>, document: &Document, places: &mut Places, mut cautions: Spans, out: &mut Coverage) {
    let text: &[u8] = &shown.text;
    places.rewind(document.body.start);
    let mut sentence = Sentence::default();
    let mut tiny = Spans::of(shown.tiny.clone());
    let mut last = None;
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|t| t.iter().position(u8::is_ascii_digit)).map(|i| at + i) {
        let run = skip::run(text, start);
        let span = shown.span(start - usize::from(run.is_part()), run.end);
        let (place, end) = match places.read(span) {
            Some(place) => (place, run.end),
            None => {
                // In a row of figures a year or a date may be one that was lost.
                let row = places.tables.touch(span) && places.facts.any(shown.row(&run));
                let found = if row { run.page() } else { run.skipped(last) };
                let found = found.or_else(|| places.fields.touch(span).then_some((Place::Field, run.end)));
                let quiet = || {
                    let unseen = tiny.touch(span).then_some(Place::Unseen);
                    let caution = unseen.or_else(|| cautions.touch(span).then_some(Place::Caution));
                    caution.or_else(|| sentence.at(text, start).then_some(Place::Terms)).map(|place| (place, run.end))
                };
                found.or_else(quiet).unwrap_or((Place::Unplaced, run.end))
            }
        };
        last = Some((place, end));
        out.put(place, span);
        at = end.max(run.end);
    }
}

/// Where what the stages have read stands.
struct Places {
    facts: Spans,
    claims: Spans,
    headings: Spans,
    fields: Spans,
    tables: Spans,
}

impl Places {
    fn of(report: &Report) -> Places {
        let field =
            |f: &&Field| f.part != Part::Release || f.name.starts_with("dateline") || f.name.starts_with("period");
        let mut headings: Vec<Span> = report.tables.iter().flat_map(|t| t.lines.iter().map(|l| l.label_span)).collect();
        headings.extend(report.tables.iter().zip(0..).filter_map(|(t, n)| head(report, t, n)));
        Places {
            facts: Spans::of(report.facts.iter().map(|f| f.span).collect()),
            claims: Spans::of(report.claims.iter().map(|c| c.span).collect()),
            headings: Spans::of(headings),
            fields: Spans::of(report.submission.cover.iter().filter(field).map(|f| f.span).collect()),
            tables: Spans::of(report.tables.iter().map(|t| t.span).collect()),
        }
    }

    /// The place that a stage gave a number.
    fn read(&mut self, span: Span) -> Option<Place> {
        // Each is asked, so that each moves on.
        let (fact, claim, heading) = (self.facts.touch(span), self.claims.touch(span), self.headings.touch(span));
        let place = [(fact, Place::Fact), (claim, Place::Claim), (heading, Place::Heading)];
        place.into_iter().find(|(is, _)| *is).map(|(_, place)| place)
    }

    /// Documents may stand in any order.
    fn rewind(&mut self, start: u32) {
        for spans in [&mut self.facts, &mut self.claims, &mut self.headings, &mut self.fields, &mut self.tables] {
            spans.at = spans.all.partition_point(|s| s.end <= start);
        }
    }
}

/// Title and column headings: what stands above the first line with figures.
fn head(report: &Report, table: &Table, index: u32) -> Option<Span> {
    let first = report.facts_of(index).iter().min_by_key(|f| f.span.start)?;
    let label = table.lines.get(first.line as usize).map(|l| l.label_span).filter(|s| !s.is_empty());
    let end = label.map_or(first.span.start, |l| l.start.min(first.span.start));
    (end > table.span.start).then_some(Span { start: table.span.start, end })
}

/// Spans that do not overlap, in order, asked from left to right.
struct Spans {
    all: Vec<Span>,
    at: usize,
}

impl Spans {
    fn of(mut spans: Vec<Span>) -> Spans {
        spans.retain(|s| !s.is_empty());
        spans.sort_unstable();
        let mut all: Vec<Span> = Vec::with_capacity(spans.len());
        for span in spans {
            match all.last_mut() {
                Some(last) if span.start < last.end => *last = last.join(span),
                _ => all.push(span),
            }
        }
        Spans { all, at: 0 }
    }

    /// True where one of them has a byte of `span`, wherever that is.
    fn any(&self, span: Span) -> bool {
        let next = self.all.partition_point(|s| s.end <= span.start);
        self.all.get(next).is_some_and(|s| s.start < span.end)
    }

    /// True where one of them has a byte of `span`, which begins no earlier than the one asked before.
    fn touch(&mut self, span: Span) -> bool {
        while self.all.get(self.at).is_some_and(|s| s.end <= span.start) {
            self.at += 1;
        }
        self.all.get(self.at).is_some_and(|s| s.start < span.end)
    }
}

/// The sentence that was asked about last: its end, and whether it says what a contract says shall be.
#[derive(Default)]
struct Sentence {
    end: usize,
    shall: bool,
}

impl Sentence {
    /// Whether the sentence at `at` speaks of what shall be.
    fn at(&mut self, text: &[u8], at: usize) -> bool {
        while self.end <= at {
            let start = self.end;
            let rest = text.get(start..).unwrap_or_default();
            self.end = start + ends(rest);
            let words = text.get(start..self.end).unwrap_or_default();
            self.shall = memchr::memmem::find_iter(words, b"shall").any(|i| {
                let edge = |b: Option<&u8>| b.is_none_or(u8::is_ascii_whitespace);
                edge(i.checked_sub(1).and_then(|i| words.get(i))) && edge(words.get(i + 5))
            });
        }
        self.shall
    }
}

/// The length of the sentence that `text` begins with: to a full stop before white space and a capital, or an
/// empty line.
fn ends(text: &[u8]) -> usize {
    for stop in memchr::memchr2_iter(b'.', b'\n', text) {
        let rest = text.get(stop + 1..).unwrap_or_default();
        let blank = rest.iter().take(100).take_while(|b| b.is_ascii_whitespace()).count();
        let gap = rest.get(..blank).unwrap_or_default();
        let ended = match text.get(stop) {
            Some(b'.') => blank > 0 && rest.get(blank).is_none_or(u8::is_ascii_uppercase),
            _ => gap.contains(&b'\n'),
        };
        if ended {
            return stop + 1;
        }
    }
    text.len().max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tieout_model::{DocumentFormat, Submission};

    fn report(text: &str, format: DocumentFormat) -> Report {
        let document = Document {
            doc_type: "EX-99".into(),
            filename: String::new(),
            description: String::new(),
            format,
            body: Span::new(0, text.len()),
            dash_escaped: false,
        };
        Report { submission: Submission { documents: vec![document], ..Default::default() }, ..Default::default() }
    }

    fn places(text: &str, format: DocumentFormat) -> Coverage {
        coverage(&Source::new("t", text.as_bytes()), &report(text, format))
    }

    #[test]
    fn what_nobody_took_is_listed() {
        let text = "In 2003 it was $.12 a share.";
        let found = places(text, DocumentFormat::Text);
        assert_eq!((found.of(Place::Date), found.of(Place::Unplaced), found.all()), (1, 1, 2));
        assert_eq!(&text[found.unplaced[0].start as usize..found.unplaced[0].end as usize], ".12");
    }

    #[test]
    fn html_is_counted_as_shown() {
        let text =
            "<p style='font-size:1pt'>7 apples</p><font color=#333333>8 pears</font><p style='display:none'>9</p>";
        let found = places(text, DocumentFormat::Html);
        assert_eq!((found.of(Place::Unseen), found.of(Place::Unplaced), found.all()), (1, 1, 2));
        let at = text.find('8').unwrap();
        assert_eq!(found.unplaced, [Span::new(at, at + 1)]);
    }

    #[test]
    fn terms_of_a_contract_are_no_results() {
        let found = places("Buyer shall pay $5 million. It paid $6 million.", DocumentFormat::Text);
        assert_eq!((found.of(Place::Terms), found.of(Place::Unplaced)), (1, 1));
    }

    #[test]
    fn spans_are_asked_from_left_to_right() {
        let mut spans = Spans::of(vec![Span::new(9, 12), Span::new(1, 3), Span::new(2, 5)]);
        let asked = [(0, 1), (4, 5), (5, 6), (8, 10), (12, 13)].map(|(a, b)| spans.touch(Span::new(a, b)));
        assert_eq!(asked, [false, true, false, true, false]);
    }
}
