//! What is known of the numbers, as one JSON object of short arrays: the page's script knows them by position.
//! The comments beside each list and `page.js` must agree.

use super::places::Places;
use crate::page::{Filing, filing};
use crate::view::{Counts, View};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use tieout::{
    Amount, Document, DocumentFormat, Fact, FactRef, LineRole, Period, Proof, Report, Span, StatementKind, Tie, Unit,
    Verdict,
};

/// What the browser's tab says.
pub(super) fn title(view: &View<'_>) -> String {
    let filing = filing(view);
    let name = [filing.company.as_deref(), filing.form.as_deref()];
    let name: Vec<&str> = name.into_iter().flatten().collect();
    let name = if name.is_empty() { view.source.name.to_string() } else { name.join(" ") };
    format!("{name} · tieout")
}

/// All of it.
pub(super) fn write(view: &View<'_>, places: &Places, page: &mut String) {
    let mut json = Json { out: String::from("{") };
    let periods = Index::of(view.report.facts.iter().filter_map(|f| f.period));
    let units = Index::of(view.report.facts.iter().map(|f| f.unit.to_string()));
    let mut words = Words::default();
    json.one("head", head(view));
    json.list("docs", documents(view));
    json.list("checks", checks(view));
    json.list("periods", periods.all.iter().map(|p| period(*p)));
    json.list("units", units.all.iter().map(|u| json!(u)));
    json.list("places", self::places(view, places));
    json.list("tables", tables(view, &mut words));
    json.list("facts", view.report.facts.iter().map(|f| fact(f, view.report, places, &periods, &units, &mut words)));
    json.list("ties", view.report.ties.iter().map(|t| tie(t, view, places, &mut words)));
    json.list("claims", claims(view, places, &mut words));
    json.list("findings", findings(view, places));
    json.list("words", words.all.iter().map(|w| json!(w)));
    json.out.push('}');
    // The end tag of a script must not stand in one.
    *page += &json.out.replace('<', "\\u003c");
}

/// An object written list by list: all of it at once would be many times its size.
struct Json {
    out: String,
}

impl Json {
    fn one(&mut self, name: &str, value: Value) {
        if self.out.len() > 1 {
            self.out.push_str(",\n");
        }
        self.out += &format!("\"{name}\":{value}");
    }

    fn list(&mut self, name: &str, values: impl Iterator<Item = Value>) {
        self.out += &format!(",\n\"{name}\":[");
        for (i, value) in values.enumerate() {
            if i > 0 {
                self.out.push(',');
            }
            self.out += &value.to_string();
        }
        self.out.push(']');
    }
}

/// Values that come again and again, each once.
struct Index<T> {
    all: Vec<T>,
    of: BTreeMap<T, usize>,
}

impl<T: Ord + Clone> Index<T> {
    fn of(values: impl Iterator<Item = T>) -> Index<T> {
        let all: Vec<T> = values.collect::<BTreeSet<T>>().into_iter().collect();
        let of = all.iter().cloned().zip(0..).collect();
        Index { all, of }
    }

    fn at(&self, value: &T) -> Option<usize> {
        self.of.get(value).copied()
    }
}

/// Labels and reasons, which repeat themselves: each once, numbered as they come.
#[derive(Default)]
struct Words<'a> {
    all: Vec<&'a str>,
    of: HashMap<&'a str, usize>,
}

impl<'a> Words<'a> {
    fn at(&mut self, words: &'a str) -> usize {
        *self.of.entry(words).or_insert_with(|| {
            self.all.push(words);
            self.all.len() - 1
        })
    }
}

fn head(view: &View<'_>) -> Value {
    let Filing { company, form, date, accession } = filing(view);
    let [ties, claims] = view.verdicts();
    let counts = |c: Counts| json!([c.ties, c.off, c.open]);
    let of = |proof| view.report.facts.iter().filter(|f| f.proof == proof).count();
    json!({
        "file": view.source.name,
        "bytes": view.source.bytes.len(),
        "company": company,
        "form": form,
        "date": date,
        "accession": accession,
        "verdict": view.verdict().word(),
        "ties": counts(ties),
        "claims": counts(claims),
        "facts": [of(Proof::Proven), of(Proof::Off), of(Proof::Open)],
        "unread": view.unread(),
        "version": env!("CARGO_PKG_VERSION"),
    })
}

/// type, description, filename, format (0 text, 1 HTML, 2 schedule, 3 not shown)
fn documents(view: &View<'_>) -> impl Iterator<Item = Value> {
    view.report.submission.documents.iter().map(|d| {
        let format = match d.format {
            DocumentFormat::Text => 0,
            DocumentFormat::Html => 1,
            DocumentFormat::Schedule => 2,
            DocumentFormat::Other => 3,
        };
        json!([d.doc_type, d.description, d.filename, format])
    })
}

/// code, name, tick, manual: those that were performed
fn checks(view: &View<'_>) -> impl Iterator<Item = Value> {
    let ties = view.report.ties.iter().map(|t| t.code);
    let used: BTreeSet<&str> = ties.chain(view.report.findings.iter().map(|f| f.code)).collect();
    view.checks
        .iter()
        .filter(move |c| used.contains(c.code))
        .map(|c| json!([c.code, c.name, c.tick.to_string(), c.manual]))
}

/// start (empty for an instant), end, quarters
fn period(period: Period) -> Value {
    let start = period.start().map_or(String::new(), |d| d.to_string());
    json!([start, period.end().to_string(), period.quarters()])
}

/// The line of a byte, as people count; 0 in markup, whose lines no reader sees.
fn line(view: &View<'_>, byte: u32) -> usize {
    let at = Span { start: byte, end: byte };
    // They stand one after the other.
    let documents = &view.report.submission.documents;
    let last = documents.partition_point(|d| d.body.start <= byte).checked_sub(1).and_then(|i| documents.get(i));
    let marked = |d: &Document| d.format == DocumentFormat::Html && d.body.contains(at);
    if last.is_some_and(marked) { 0 } else { view.locate(byte).line }
}

/// line in the file, as printed, look and tick marks ("pFR")
fn places(view: &View<'_>, places: &Places) -> impl Iterator<Item = Value> {
    places
        .all
        .iter()
        .map(|p| json!([line(view, p.span.start), view.text(p.span), format!("{}{}", p.look.class(), p.mark)]))
}

/// document, kind, name, title, whose and which, scale (10 to the power of), what says so, first and last line,
/// columns: [heading, member and scenario], lines: [label*, depth, role (0 heading, 1 line, 2 total), concept*, why*].
/// What has a star, here and below, is the number of one of the words.
fn tables<'a>(view: &View<'a>, words: &mut Words<'a>) -> impl Iterator<Item = Value> {
    view.report.tables.iter().map(move |t| {
        let columns = t.columns.iter().map(|c| json!([c.heading, joined(&[&c.member, &c.scenario])]));
        let lines = t.lines.iter().map(|l| {
            let role = match l.role {
                LineRole::Heading => 0,
                LineRole::Item => 1,
                LineRole::Total => 2,
            };
            json!([words.at(&l.label), l.section.len(), role, words.at(&l.tag), words.at(&l.tag_because)])
        });
        json!([
            t.doc,
            t.kind.code(),
            if t.kind == StatementKind::Other { "Table" } else { t.kind.name() },
            t.title,
            joined(&[&t.coreg, &t.scenario]),
            t.scale,
            t.scale_because,
            line(view, t.span.start),
            line(view, t.span.end.saturating_sub(1).max(t.span.start)),
            columns.collect::<Vec<_>>(),
            lines.collect::<Vec<_>>(),
        ])
    })
}

fn joined(parts: &[&String]) -> String {
    let parts: Vec<&str> = parts.iter().map(|p| p.as_str()).filter(|p| !p.is_empty()).collect();
    parts.join(", ")
}

/// place, table, line, column, value, unit, period (-1 unknown), proof (0 proven, 1 off, 2 open), why* the period
fn fact<'a>(
    fact: &Fact,
    report: &'a Report,
    places: &Places,
    periods: &Index<Period>,
    units: &Index<String>,
    words: &mut Words<'a>,
) -> Value {
    let proof = match fact.proof {
        Proof::Proven => 0,
        Proof::Off => 1,
        Proof::Open => 2,
    };
    let column = report.tables.get(fact.table as usize).and_then(|t| t.columns.get(fact.col as usize));
    json!([
        place(places, fact.span),
        fact.table,
        fact.line,
        fact.col,
        fact.amount.to_string(),
        units.at(&fact.unit.to_string()),
        fact.period.and_then(|p| periods.at(&p)).map_or(-1, |i| i as i64),
        proof,
        words.at(column.map_or("", |c| c.because.as_str())),
    ])
}

fn place(places: &Places, span: Span) -> i64 {
    places.at(span).map_or(-1, |i| i as i64)
}

/// code, verdict (0 ties, 1 off, 2 open), place, fact (-1 in the prose), subject*, computed, gap, tolerance, why*,
/// parts (facts; those that are subtracted as -1 - fact), blamed (facts)
fn tie<'a>(tie: &'a Tie, view: &View<'a>, places: &Places, words: &mut Words<'a>) -> Value {
    let report = view.report;
    // As the figure itself is printed: in the table's scale, a percent as a percent.
    let percent = view.text(tie.span).contains('%');
    let table = tie.fact.and_then(|f| report.tables.get(f.table as usize));
    let money = tie.fact.and_then(|f| report.fact(f)).is_some_and(|f| matches!(f.unit, Unit::Money(_) | Unit::Shares));
    let scale = match table {
        Some(table) if money => table.scale,
        _ if percent => -2,
        _ => 0,
    };
    let subtracted = tie.fact.and_then(|f| table?.lines.get(f.line as usize)?.sum.as_ref());
    let part = |part: &FactRef| {
        let index = index(report, *part)?;
        let sum = subtracted.filter(|_| tie.fact.is_some_and(|f| f.table == part.table && f.col == part.col));
        let minus = sum.is_some_and(|s| s.parts.iter().any(|(line, minus)| *line == part.line && *minus));
        Some(if minus { -1 - index } else { index })
    };
    json!([
        tie.code,
        verdict(tie.verdict),
        place(places, tie.span),
        tie.fact.and_then(|f| index(report, f)).unwrap_or(-1),
        words.at(&tie.subject),
        tie.computed.map(|a| figure(a, scale)),
        tie.gap.map(|a| a.to_string()),
        tie.tolerance.map(|a| a.to_string()),
        words.at(&tie.because),
        tie.parts.iter().filter_map(part).collect::<Vec<_>>(),
        tie.blames.iter().filter_map(|f| index(report, *f)).collect::<Vec<_>>(),
    ])
}

fn verdict(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Ties => 0,
        Verdict::Off => 1,
        Verdict::Open => 2,
    }
}

fn index(report: &Report, fact: FactRef) -> Option<i64> {
    report.facts.binary_search_by_key(&fact, Fact::reference).ok().map(|i| i as i64)
}

/// place, subject*, quote, verdict, computed, why*, facts that carry it, line
fn claims<'a>(view: &View<'a>, places: &Places, words: &mut Words<'a>) -> impl Iterator<Item = Value> {
    view.report.claims.iter().map(move |c| {
        let support: Vec<i64> = c.support.iter().filter_map(|f| index(view.report, *f)).collect();
        json!([
            place(places, c.span),
            words.at(&c.subject),
            c.quote,
            verdict(c.verdict),
            c.computed,
            words.at(&c.because),
            support,
            line(view, c.span.start),
        ])
    })
}

/// code, severity (0 note, 1 warning, 2 error), message, help, places: [place or -1, line, words], how far down the file
/// (of 10,000)
fn findings(view: &View<'_>, places: &Places) -> impl Iterator<Item = Value> {
    view.report.findings.iter().map(|f| {
        let labels = f.labels.iter().map(|l| json!([place(places, l.span), line(view, l.span.start), l.text]));
        let first = f.labels.first().map_or(0, |l| u64::from(l.span.start));
        json!([
            f.code,
            f.severity as u8,
            f.message,
            f.help,
            labels.collect::<Vec<_>>(),
            first * 10_000 / view.source.bytes.len().max(1) as u64,
        ])
    })
}

/// An amount as statements print it, `scale` taken off: 18,825 for 18825000 in thousands, (0.48) for -0.48.
fn figure(amount: Amount, scale: i8) -> String {
    let plain = amount.abs().scaled(scale.saturating_neg()).to_string();
    let (whole, fraction) = plain.split_once('.').map_or((plain.as_str(), None), |(w, f)| (w, Some(f)));
    let mut grouped = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let fraction = fraction.map_or(String::new(), |f| format!(".{f}"));
    let shown = format!("{grouped}{fraction}{}", if scale == -2 { "%" } else { "" });
    if amount.is_negative() { format!("({shown})") } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_look_as_they_are_printed() {
        assert_eq!(figure(Amount::new(18825, 3), 3), "18,825");
        assert_eq!(figure(Amount::new(-48, -2), 0), "(0.48)");
        assert_eq!(figure(Amount::new(84, -3), -2), "8.4%");
        assert_eq!(figure(Amount::new(1_284_000, 0), 0), "1,284,000");
    }
}
